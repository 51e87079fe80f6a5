//! A change of a template's texts.

use crate::domain::id::TemplateId;
use crate::domain::names;
use crate::domain::refusal::Reason;
use crate::domain::template::{Content, Template};
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::templates;

/// What is to change.
#[derive(Clone, Debug)]
pub struct UpdateTemplate {
    /// The chosen id.
    pub template_id: String,
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
    /// The record type that the caller takes it to have: it can't be changed.
    pub record_type: Option<String>,
    /// The new value of each field that changes.
    pub patch: ContentPatch,
}

/// The fields that change.
#[derive(Clone, Debug, Default)]
pub struct ContentPatch {
    /// What people call it.
    pub display_name: Option<String>,
    /// The email's subject.
    pub subject: Option<String>,
    /// The email's body.
    pub body: Option<String>,
}

impl Engine {
    /// Changes a template; activities that are open show the new text.
    ///
    /// # Errors
    /// Missing; Stale; Invalid with paths that begin at the template.
    pub async fn update_template(
        &self,
        request: &Request,
        command: UpdateTemplate,
    ) -> Result<TemplateId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let name = || names::TEMPLATE.name([&command.template_id]);
        let organization = write.organization();
        let limits = write.settings().await?.limits;
        let shown = templates::lock(write.conn(), organization, &command.template_id).await?;
        let shown = shown.ok_or_else(|| Error::Missing { kind: Kind::Template, name: name() })?;
        let before = shown.template;
        if command
            .expected_version
            .is_some_and(|expected| expected != Version::of(before.id.0, before.version))
        {
            return Err(Error::Stale { name: name() });
        }
        let content = command.patch.apply(before.content.clone());
        let mut found = content.check(&limits);
        if command.record_type.is_some_and(|given| given != shown.record_type.as_str()) {
            let description = "can't be changed once the template is made";
            found.push("record_type", Reason::FieldImmutable, description);
        }
        found.into_result(())?;
        let id = before.id;
        if content == before.content {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }
        let after = Template { content, version: before.version + 1, update_time: request.now, ..before };
        templates::update(write.conn(), &after).await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}

impl ContentPatch {
    fn apply(self, before: Content) -> Content {
        Content {
            display_name: self.display_name.unwrap_or(before.display_name),
            subject: self.subject.unwrap_or(before.subject),
            body: self.body.unwrap_or(before.body),
        }
    }
}
