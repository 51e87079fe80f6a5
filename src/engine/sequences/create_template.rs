//! Creates an email template.

use crate::domain::id::{ChosenId, TemplateId};
use crate::domain::names;
use crate::domain::template::{Content, Template};
use crate::engine::segments::create_segment::unknown_record_type;
use crate::engine::{Engine, Error, Kind, Opened, Request};
use crate::store::{records, sequences};

/// The template to create.
#[derive(Clone, Debug)]
pub struct CreateTemplate {
    /// The id, chosen by the caller.
    pub template_id: ChosenId,
    /// The id of the record type whose attributes its variables are.
    pub record_type: String,
    /// Its name, subject and body.
    pub content: Content,
}

impl Engine {
    /// Creates a template.
    ///
    /// # Errors
    /// Invalid, with paths relative to the template; Exists.
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
        let known = records::types::find(write.conn(), organization, &command.record_type).await?;
        let Some(record_type) = known else {
            found.extend(unknown_record_type(&command.record_type));
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

        if !sequences::templates::insert(write.conn(), &template).await? {
            return Err(Error::Exists {
                kind: Kind::Template,
                name: names::TEMPLATE.name([&template.template_id]),
            });
        }
        write.commit(template.id.0, &template.id).await?;
        Ok(template.id)
    }
}
