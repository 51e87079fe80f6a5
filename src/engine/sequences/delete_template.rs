//! Deletes a template that no sequence uses.

use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::sequences;

/// The template to delete.
#[derive(Clone, Debug)]
pub struct DeleteTemplate {
    /// Its id.
    pub template_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Deletes a template permanently.
    ///
    /// # Errors
    /// Missing; Stale; Refused (TemplateInUse).
    pub async fn delete_template(&self, request: &Request, command: DeleteTemplate) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Whoever writes a draft that names a template holds this lock.
        let organization = write.lock_organization().await?.id;
        let (id, seen) = (&command.template_id, command.expected_version);
        let template = write.lock_template(id, seen).await?.template;

        let users = sequences::templates::sequences_with(write.conn(), organization, template.id).await?;
        if !users.is_empty() {
            let users = users.into_iter();
            let sequences = users.map(|sequence| names::SEQUENCE.name([sequence])).collect();
            return Err(Refusal::TemplateInUse { sequences }.into());
        }

        sequences::templates::delete(write.conn(), organization, template.id).await?;
        write.commit(template.id.0, &()).await
    }
}

impl Write {
    /// Locks a template.
    ///
    /// # Errors
    /// Missing; Stale.
    pub(in crate::engine) async fn lock_template(
        &mut self,
        template_id: &str,
        seen: Option<Version>,
    ) -> Result<sequences::templates::TemplateRow, Error> {
        let name = || names::TEMPLATE.name([template_id]);
        let organization = self.organization();
        let shown = sequences::templates::lock(self.conn(), organization, template_id).await?;
        let shown = shown.ok_or_else(|| Error::Missing { kind: Kind::Template, name: name() })?;
        let current = Version::of(shown.template.id.0, shown.template.version);
        Error::if_stale(seen, current, name)?;
        self.sees(shown.template.id.0).await?;
        Ok(shown)
    }
}
