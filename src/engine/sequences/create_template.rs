//! A new email template.

use crate::domain::id::{ChosenId, TemplateId};
use crate::domain::names;
use crate::domain::refusal::Reason;
use crate::domain::template::{Content, Template};
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::{record_types, templates};

/// The template to be made.
#[derive(Clone, Debug)]
pub struct CreateTemplate {
    /// The caller's own id.
    pub template_id: ChosenId,
    /// The chosen id of the record type that its variables are of.
    pub record_type: String,
    /// What people write.
    pub content: Content,
}

impl Engine {
    /// Makes a template.
    ///
    /// # Errors
    /// Invalid with paths that begin at the template; Exists.
    pub async fn create_template(
        &self,
        request: &Request,
        command: CreateTemplate,
    ) -> Result<TemplateId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let organization = write.organization();
        let limits = write.settings().await?.limits;
        let mut found = command.content.check(&limits);
        let known = record_types::find(write.conn(), organization, &command.record_type).await?;
        let Some(record_type) = known else {
            let description = format!("must be a record type, there is no {:?}", command.record_type);
            found.push("record_type", Reason::ReferenceNotFound, description);
            return Err(found.into());
        };
        found.into_result(())?;
        let template = Template {
            organization,
            id: TemplateId(self.clock().new_id()),
            template_id: command.template_id,
            record_type: record_type.id,
            content: command.content,
            version: 1,
            create_time: request.now,
            update_time: request.now,
        };
        if !templates::insert(write.conn(), &template).await? {
            return Err(Error::Exists {
                kind: Kind::Template,
                name: names::TEMPLATE.name([&template.template_id]),
            });
        }
        write.commit(template.id.0, &template.id).await?;
        Ok(template.id)
    }
}
