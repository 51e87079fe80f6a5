//! RecordService: record types, and the CRM's records.

use tonic::{Request, Response, Status};

use crate::api::call::{self, Call};
use crate::api::convert::{record as convert, record_type as convert_type};
use crate::api::pb::record_service_server::RecordService;
use crate::api::{Api, etag, pb, update_mask};
use crate::domain::id::{ChosenId, RecordId};
use crate::domain::names;
use crate::domain::record_type::{self, RecordType};
use crate::domain::violation::Violations;
use crate::engine::{
    AttributePatch, CloseRecord, CreateRecordType, DeclareAttributes, DeleteRecord, Error, Kind,
    RecordTypeTarget, ReopenRecord,
};
use crate::store::records::{self, RecordRow};

/// The fields of a record type that an update can set.
const UPDATABLE: &[&str] = &[
    "display_name",
    "display_name_attribute",
    "email_attribute",
    "phone_attributes",
    "do_not_email_attribute",
    "do_not_phone_attribute",
    "priority_expression",
];

#[tonic::async_trait]
impl RecordService for Api {
    async fn create_record_type(
        &self,
        request: Request<pb::CreateRecordTypeRequest>,
    ) -> Result<Response<pb::CreateRecordTypeResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let draft = convert_type::draft(message.record_type.unwrap_or_default());
        let draft = found.keep("record_type", draft);
        // Only for a request that is refused anyway, so that all violations come together. The
        // engine checks after it has looked for a repetition: limits may have been lowered since.
        if let (Some(draft), false) = (&draft, found.is_empty()) {
            let limits = self.settings(call.organization()).await?.limits;
            found.keep("record_type", draft.check(&limits));
        }
        let draft = found.settle(draft)?;

        let record_type_id = ChosenId::known(message.record_type_id);
        let command = CreateRecordType { record_type_id: record_type_id.clone(), draft };
        let created = self.engine.create_record_type(&call.request(repetition), command).await;
        created.map_err(|error| error.under("record_type"))?;
        let record_type = self.record_type(&call, record_type_id.as_str()).await?;
        let record_type = Some(convert_type::record_type(&record_type));
        Ok(Response::new(pb::CreateRecordTypeResponse { record_type }))
    }

    async fn get_record_type(
        &self,
        request: Request<pb::GetRecordTypeRequest>,
    ) -> Result<Response<pb::GetRecordTypeResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let [id] = names::RECORD_TYPE.parse("name", &message.name)?;
        let record_type = Some(convert_type::record_type(&self.record_type(&call, id).await?));
        Ok(Response::new(pb::GetRecordTypeResponse { record_type }))
    }

    async fn list_record_types(
        &self,
        request: Request<pb::ListRecordTypesRequest>,
    ) -> Result<Response<pb::ListRecordTypesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let page = call.page::<String>(message.page_size, &message.page_token, &[])?;

        let (organization, last) = (call.organization(), page.after.as_deref());
        let mut conn = self.read(call.organization()).await?;
        let rows = records::types::page(&mut conn, organization, last, page.limit()).await?;
        let (record_types, next_page_token) =
            page.fill(&rows, convert_type::record_type, |last| last.record_type_id.to_string());
        Ok(Response::new(pb::ListRecordTypesResponse { record_types, next_page_token }))
    }

    async fn update_record_type(
        &self,
        request: Request<pb::UpdateRecordTypeRequest>,
    ) -> Result<Response<pb::UpdateRecordTypeResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let given = message.record_type.unwrap_or_default();
        let fields = found.keep("", update_mask::fields(&given, message.update_mask.as_ref(), UPDATABLE));
        let name = found.keep_once(names::RECORD_TYPE.parse("record_type.name", &given.name));
        let (fields, [id]) = found.settle(fields.zip(name))?;
        let id = id.to_owned();
        let target =
            RecordTypeTarget { record_type: id.clone(), expected_version: etag::expected(&given.etag) };
        let patch = convert_type::patch(given, &fields);
        let updated = self.engine.update_record_type(&call.request(repetition), target, patch).await;
        updated.map_err(|error| error.under("record_type"))?;
        let record_type = Some(convert_type::record_type(&self.record_type(&call, &id).await?));

        Ok(Response::new(pb::UpdateRecordTypeResponse { record_type }))
    }

    async fn delete_record_type(
        &self,
        request: Request<pb::DeleteRecordTypeRequest>,
    ) -> Result<Response<pb::DeleteRecordTypeResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let name = found.keep_once(names::RECORD_TYPE.parse("name", &message.name));
        let [id] = found.settle(name)?;
        let target =
            RecordTypeTarget { record_type: id.to_owned(), expected_version: etag::expected(&message.etag) };
        self.engine.delete_record_type(&call.request(repetition), target).await?;
        Ok(Response::new(pb::DeleteRecordTypeResponse {}))
    }

    async fn delete_attribute(
        &self,
        request: Request<pb::DeleteAttributeRequest>,
    ) -> Result<Response<pb::DeleteAttributeResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let name = found.keep_once(names::RECORD_TYPE.parse("record_type", &message.record_type));
        let [id] = found.settle(name)?;
        let target =
            RecordTypeTarget { record_type: id.to_owned(), expected_version: etag::expected(&message.etag) };
        let request = call.request(repetition);
        let deleted = self.engine.delete_attribute(&request, target, &message.attribute).await?;
        let record_type = Some(convert_type::record_type(&self.record_type(&call, id).await?));
        let erase_operation = deleted.erase_operation.map(|id| names::OPERATION.uuid_name(id.0));

        Ok(Response::new(pb::DeleteAttributeResponse {
            record_type,
            erase_operation: erase_operation.unwrap_or_default(),
        }))
    }

    async fn update_attribute(
        &self,
        request: Request<pb::UpdateAttributeRequest>,
    ) -> Result<Response<pb::UpdateAttributeResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let name = found.keep_once(names::RECORD_TYPE.parse("record_type", &message.record_type));
        let [id] = found.settle(name)?;
        let target =
            RecordTypeTarget { record_type: id.to_owned(), expected_version: etag::expected(&message.etag) };
        let patch = AttributePatch { description: message.description, indexed: message.indexed };
        let patch = (message.attribute.as_str(), patch);
        self.engine.update_attribute(&call.request(repetition), target, patch).await?;
        let record_type = Some(convert_type::record_type(&self.record_type(&call, id).await?));
        Ok(Response::new(pb::UpdateAttributeResponse { record_type }))
    }

    async fn declare_attributes(
        &self,
        request: Request<pb::DeclareAttributesRequest>,
    ) -> Result<Response<pb::DeclareAttributesResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let id = found.keep_once(names::RECORD_TYPE.parse_id("record_type", &message.record_type));
        let descriptions = convert_type::descriptions(&message.attributes);
        let indexed = convert_type::indexed(&message.attributes).map(str::to_owned).collect();
        let attributes = found.keep("", convert_type::declared(message.attributes));
        // The rules in the proto already check most names, so don't report those again.
        if let Some(declared) = &attributes {
            found.keep_once(record_type::names(declared));
        }
        let (id, attributes) = found.settle((id, attributes))?;

        let validate_only = message.validate_only;
        let record_type = id.clone();
        let command = DeclareAttributes { record_type, attributes, descriptions, indexed, validate_only };
        self.engine.declare_attributes(&call.request(repetition), command).await?;
        let record_type = Some(convert_type::record_type(&self.record_type(&call, &id).await?));
        Ok(Response::new(pb::DeclareAttributesResponse { record_type }))
    }

    async fn upsert_record(
        &self,
        request: Request<pb::UpsertRecordRequest>,
    ) -> Result<Response<pb::UpsertRecordResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.upsert_one(&call, message).await?))
    }

    async fn batch_upsert_records(
        &self,
        request: Request<pb::BatchUpsertRecordsRequest>,
    ) -> Result<Response<pb::BatchUpsertRecordsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.upsert_batch(&call, message).await?))
    }

    async fn get_record(
        &self,
        request: Request<pb::GetRecordRequest>,
    ) -> Result<Response<pb::GetRecordResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let record = Some(self.record(&call, &message.name).await?);
        Ok(Response::new(pb::GetRecordResponse { record }))
    }

    async fn list_records(
        &self,
        request: Request<pb::ListRecordsRequest>,
    ) -> Result<Response<pb::ListRecordsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let [id] = names::RECORD_TYPE.parse("record_type", &message.record_type)?;
        // Filters depend on the attributes of the record type.
        let record_type = self.record_type(&call, id).await?;
        let mut found = Violations::new();
        let parts = [("record_type", id), ("filter", message.filter.as_str())];
        let page = found.keep("", call.page::<RecordId>(message.page_size, &message.page_token, &parts));
        let subject = call.caller.scope().visible(record_type.list_subject());
        let filter = found.keep("", call::filter(&message.filter, &subject));
        let (page, filter) = found.settle((page, filter))?;

        let (scope, last) = (call.caller.scope(), page.after);
        let mut conn = match filter {
            Some(_) => self.survey(call.organization()).await?,
            None => self.read(call.organization()).await?,
        };
        let source = records::Fields { record_type: &record_type, now: page.now };
        let rows = records::page(&mut conn, &source, scope, filter.as_ref(), last, page.limit()).await?;
        let show = |view: &RecordRow| convert::record(view, &record_type);
        let (records, next_page_token) = page.fill(&rows, show, |last| last.record.id);
        Ok(Response::new(pb::ListRecordsResponse { records, next_page_token }))
    }

    async fn list_record_history(
        &self,
        request: Request<pb::ListRecordHistoryRequest>,
    ) -> Result<Response<pb::ListRecordHistoryResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.history(&call, &message).await?))
    }

    async fn close_record(
        &self,
        request: Request<pb::CloseRecordRequest>,
    ) -> Result<Response<pb::CloseRecordResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let ids = found.keep_once(names::RECORD.parse("name", &message.name));
        let outcome = convert::outcome(message.close_outcome());
        let ([record_type, record_id], outcome) = found.settle((ids, outcome))?;

        let command = CloseRecord {
            record_type: record_type.to_owned(),
            record_id: record_id.to_owned(),
            outcome,
            expected_version: etag::expected(&message.etag),
        };
        self.engine.close_record(&call.request(repetition), command).await?;
        let record = Some(self.record(&call, &message.name).await?);
        Ok(Response::new(pb::CloseRecordResponse { record }))
    }

    async fn reopen_record(
        &self,
        request: Request<pb::ReopenRecordRequest>,
    ) -> Result<Response<pb::ReopenRecordResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let ids = found.keep_once(names::RECORD.parse("name", &message.name));
        let [record_type, record_id] = found.settle(ids)?;

        let command = ReopenRecord {
            record_type: record_type.to_owned(),
            record_id: record_id.to_owned(),
            expected_version: etag::expected(&message.etag),
        };
        self.engine.reopen_record(&call.request(repetition), command).await?;
        let record = Some(self.record(&call, &message.name).await?);
        Ok(Response::new(pb::ReopenRecordResponse { record }))
    }

    async fn delete_record(
        &self,
        request: Request<pb::DeleteRecordRequest>,
    ) -> Result<Response<pb::DeleteRecordResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let ids = found.keep_once(names::RECORD.parse("name", &message.name));
        let [record_type, record_id] = found.settle(ids)?;

        let command = DeleteRecord {
            record_type: record_type.to_owned(),
            record_id: record_id.to_owned(),
            expected_version: etag::expected(&message.etag),
            source_version: message.source_version,
        };
        let effect = self.engine.delete_record(&call.request(repetition), command).await?;
        let effect = convert::delete_effect(effect).into();
        Ok(Response::new(pb::DeleteRecordResponse { effect }))
    }

    async fn erase_record(
        &self,
        request: Request<pb::EraseRecordRequest>,
    ) -> Result<Response<pb::EraseRecordResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let ids = found.keep_once(names::RECORD.parse("name", &message.name));
        let [record_type, record_id] = found.settle(ids)?;
        self.engine.erase_record(&call.request(repetition), (record_type, record_id)).await?;
        Ok(Response::new(pb::EraseRecordResponse {}))
    }

    async fn merge_records(
        &self,
        request: Request<pb::MergeRecordsRequest>,
    ) -> Result<Response<pb::MergeRecordsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.merge(&call, message).await?))
    }

    async fn ingest_engagement_events(
        &self,
        request: Request<pb::IngestEngagementEventsRequest>,
    ) -> Result<Response<pb::IngestEngagementEventsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        Ok(Response::new(self.ingest(&call, message).await?))
    }
}

impl Api {
    /// Reads a record type by its chosen id.
    ///
    /// # Errors
    /// NOT_FOUND.
    pub(in crate::api) async fn record_type(&self, call: &Call, id: &str) -> Result<RecordType, Status> {
        let found =
            records::types::find(&mut *self.read(call.organization()).await?, call.organization(), id)
                .await?;
        let missing = || Error::Missing { kind: Kind::RecordType, name: names::RECORD_TYPE.name([id]) };
        Ok(found.ok_or_else(missing)?)
    }

    /// Reads a record by its full name, if the caller may see it.
    ///
    /// # Errors
    /// INVALID_ARGUMENT, NOT_FOUND.
    pub(super) async fn record(&self, call: &Call, name: &str) -> Result<pb::Record, Status> {
        let [type_id, record_id] = names::RECORD.parse("name", name)?;
        let missing = || Error::Missing { kind: Kind::Record, name: name.to_owned() };
        let mut conn = self.read(call.organization()).await?;
        let (organization, scope) = (call.organization(), call.caller.scope());
        let record_type =
            records::types::find(&mut conn, organization, type_id).await?.ok_or_else(missing)?;
        let view = records::find(&mut conn, organization, record_type.id, record_id, scope).await?;
        Ok(convert::record(&view.ok_or_else(missing)?, &record_type))
    }
}
