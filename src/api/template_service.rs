//! TemplateService: email templates.

use tonic::{Request, Response, Status};

use crate::api::call::{self, Call};
use crate::api::convert::sequence::record_type;
use crate::api::convert::template as convert;
use crate::api::pb::template::View;
use crate::api::pb::template_service_server::TemplateService;
use crate::api::{Api, etag, pb, update_mask, validate};
use crate::domain::id::TemplateId;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::violation::Violations;
use crate::engine::{ContentPatch, CreateTemplate, DeleteTemplate, Error, Kind, UpdateTemplate};
use crate::store::sequences;
use crate::store::sequences::templates::TemplateRow;

/// The fields that an update can set.
const UPDATABLE: &[&str] = &["display_name", "email.subject", "email.body"];
/// Fields that an update mask may name but must not change.
const FIXED: &[&str] = &["record_type"];

#[tonic::async_trait]
impl TemplateService for Api {
    async fn create_template(
        &self,
        request: Request<pb::CreateTemplateRequest>,
    ) -> Result<Response<pb::CreateTemplateResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let template_id = found.keep_once(names::new_id("template_id", &message.template_id));
        let sent = message.template.unwrap_or_default();
        let record_type = found.keep("template", record_type(&sent.record_type));
        if sent.content.is_none() {
            found.push("template.content", Reason::FieldRequired, "must be given: email");
        }
        let content = convert::content(sent);
        // Only for a request that is refused anyway, so that all violations come together. The
        // engine checks after it has looked for a repetition: limits may have been lowered since.
        if !found.is_empty() {
            let limits = self.settings(call.organization()).await?.limits;
            found.extend_under("template", content.check(&limits));
        }
        let (template_id, record_type) = found.settle((template_id, record_type))?;

        let command = CreateTemplate { template_id, record_type, content };
        let created = self.engine.create_template(&call.request(repetition), command).await;
        let id = created.map_err(|error| error.under("template"))?;
        Ok(Response::new(pb::CreateTemplateResponse { template: Some(self.template(&call, id).await?) }))
    }

    async fn get_template(
        &self,
        request: Request<pb::GetTemplateRequest>,
    ) -> Result<Response<pb::GetTemplateResponse>, Status> {
        let (call, message) = self.enter(request)?;
        validate::check(&message)?;
        let [id] = names::TEMPLATE.parse("name", &message.name)?;
        let mut conn = self.read(call.organization()).await?;
        let found = sequences::templates::find(&mut conn, call.organization(), id).await?;
        let missing = || Error::Missing { kind: Kind::Template, name: names::TEMPLATE.name([id]) };
        let view = message.view();
        let template = Some(convert::template(&found.ok_or_else(missing)?, view));
        Ok(Response::new(pb::GetTemplateResponse { template }))
    }

    async fn list_templates(
        &self,
        request: Request<pb::ListTemplatesRequest>,
    ) -> Result<Response<pb::ListTemplatesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        let parts = [("filter", message.filter.as_str())];
        let page = found.keep("", call.page::<String>(message.page_size, &message.page_token, &parts));
        let filter = found.keep("", call::filter(&message.filter, &convert::subject()));
        let (page, filter) = found.settle((page, filter))?;

        let (organization, last) = (call.organization(), page.after.as_deref());
        let mut conn = self.read(call.organization()).await?;
        let rows =
            sequences::templates::page(&mut conn, organization, filter.as_ref(), last, page.limit()).await?;
        let show = |row: &TemplateRow| convert::template(row, View::Basic);
        let (templates, next_page_token) =
            page.fill(&rows, show, |last| last.template.template_id.to_string());
        Ok(Response::new(pb::ListTemplatesResponse { templates, next_page_token }))
    }

    async fn update_template(
        &self,
        request: Request<pb::UpdateTemplateRequest>,
    ) -> Result<Response<pb::UpdateTemplateResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sent = message.template.unwrap_or_default();
        let fields = found
            .keep("", update_mask::fields_or_fixed(&sent, message.update_mask.as_ref(), UPDATABLE, FIXED));
        let template_id = found.keep_once(names::TEMPLATE.parse_id("template.name", &sent.name));
        let given = found.keep("template", record_type(&sent.record_type));
        let (fields, template_id) = found.settle((fields, template_id))?;

        let expected_version = etag::expected(&sent.etag);
        // An empty record type means unchanged here, although it means the default on creation.
        let record_type = given.filter(|_| fields.has("record_type") && !sent.record_type.is_empty());
        let content = convert::content(sent);
        let patch = ContentPatch {
            display_name: fields.has("display_name").then_some(content.display_name),
            subject: fields.has("email.subject").then_some(content.subject),
            body: fields.has("email.body").then_some(content.body),
        };
        let command = UpdateTemplate { template_id, expected_version, record_type, patch };
        let updated = self.engine.update_template(&call.request(repetition), command).await;
        let id = updated.map_err(|error| error.under("template"))?;
        Ok(Response::new(pb::UpdateTemplateResponse { template: Some(self.template(&call, id).await?) }))
    }

    async fn delete_template(
        &self,
        request: Request<pb::DeleteTemplateRequest>,
    ) -> Result<Response<pb::DeleteTemplateResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let template_id = found.keep_once(names::TEMPLATE.parse_id("name", &message.name));
        let template_id = found.settle(template_id)?;

        let command = DeleteTemplate { template_id, expected_version: etag::expected(&message.etag) };
        self.engine.delete_template(&call.request(repetition), command).await?;
        Ok(Response::new(pb::DeleteTemplateResponse {}))
    }
}

impl Api {
    /// Reads a template that was just written. If somebody deleted it in the meantime, it is
    /// missing.
    async fn template(&self, call: &Call, id: TemplateId) -> Result<pb::Template, Status> {
        let mut conn = self.read(call.organization()).await?;
        let template = sequences::templates::get(&mut conn, call.organization(), id).await?;
        let missing = || Error::Missing { kind: Kind::Template, name: names::TEMPLATE.uuid_name(id.0) };
        Ok(convert::template(&template.ok_or_else(missing)?, View::Full))
    }
}
