//! The end of a template that no sequence uses.

use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::templates;

/// Which template is to be deleted.
#[derive(Clone, Debug)]
pub struct DeleteTemplate {
    /// The chosen id.
    pub template_id: String,
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Deletes a template for good.
    ///
    /// # Errors
    /// Missing; Stale; TemplateInUse.
    pub async fn delete_template(&self, request: &Request, command: DeleteTemplate) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let name = || names::TEMPLATE.name([&command.template_id]);
        let organization = write.organization();
        // Who names a template in a draft holds the organization's row meanwhile.
        write.lock_organization().await?;
        let shown = templates::lock(write.conn(), organization, &command.template_id).await?;
        let template = shown.ok_or_else(|| Error::Missing { kind: Kind::Template, name: name() })?.template;
        if command
            .expected_version
            .is_some_and(|expected| expected != Version::of(template.id.0, template.version))
        {
            return Err(Error::Stale { name: name() });
        }
        let users = templates::sequences_with(write.conn(), organization, template.id).await?;
        if !users.is_empty() {
            let sequences = users.into_iter().map(|sequence| names::SEQUENCE.name([sequence])).collect();
            return Err(Refusal::TemplateInUse { sequences }.into());
        }
        templates::delete(write.conn(), organization, template.id).await?;
        write.commit(template.id.0, &()).await
    }
}
