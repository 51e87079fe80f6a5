//! Changes a template's texts.

use crate::domain::id::TemplateId;
use crate::domain::reason::Reason;
use crate::domain::template::{Content, Template};
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request};
use crate::store::sequences;

/// The change to make.
#[derive(Clone, Debug)]
pub struct UpdateTemplate {
    /// Its id.
    pub template_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// The id of the record type, if given. It must be the template's current one.
    pub record_type: Option<String>,
    /// The new value of each field that changes.
    pub patch: ContentPatch,
}

/// The fields that change.
#[derive(Clone, Debug, Default)]
pub struct ContentPatch {
    /// Its display name.
    pub display_name: Option<String>,
    /// The email's subject.
    pub subject: Option<String>,
    /// The email's body.
    pub body: Option<String>,
}

impl Engine {
    /// Changes a template. Open activities show the new text.
    ///
    /// # Errors
    /// Missing; Stale; Invalid, with paths relative to the template.
    pub async fn update_template(
        &self,
        request: &Request,
        command: UpdateTemplate,
    ) -> Result<TemplateId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let limits = write.settings().await?.limits;
        let (id, seen) = (&command.template_id, command.expected_version);
        let shown = write.lock_template(id, seen).await?;
        let (before, record_type) = (shown.template, shown.record_type);

        let content = command.patch.apply(before.content.clone());
        let mut found = content.check(&limits);
        if command.record_type.is_some_and(|given| given != record_type.as_str()) {
            let description = format!("is immutable (current value {:?})", record_type.as_str());
            found.push("record_type", Reason::FieldImmutable, description);
        }
        found.into_result(())?;

        let id = before.id;
        if content == before.content {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }

        let version = before.version + 1;
        let after = Template { content, version, update_time: request.now, ..before };
        sequences::templates::update(write.conn(), &after).await?;
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
