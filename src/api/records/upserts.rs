//! Upserts: each item is checked, executed and answered independently.

use chrono::{DateTime, Utc};
use prost::Message as _;
use tonic::Status;

use crate::api::apart::apart;
use crate::api::batch::{self, BatchItems};
use crate::api::call::Call;
use crate::api::convert::record as convert;
use crate::api::pb::batch_upsert_records_response::result::Result as ItemAnswer;
use crate::api::pb::batch_upsert_records_response::{Result as ItemResult, Upserted as ItemUpserted};
use crate::api::{Api, etag, pb, validate};
use crate::domain::names;
use crate::domain::record::Record;
use crate::domain::record_type::RecordType;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::{Error, UpsertItem, Upserted};
use crate::store::records::RecordRow;
use crate::store::{records, tenants};

impl Api {
    pub(super) async fn upsert_one(
        &self,
        call: &Call,
        message: pb::UpsertRecordRequest,
    ) -> Result<pb::UpsertRecordResponse, Status> {
        let mut found = validate::violations(&message);
        let id = found.keep_once(names::RECORD_TYPE.parse("record_type", &message.record_type));
        // `sellers/me` as an owner is replaced by the id before the engine sees it.
        let me = self.me(call).await?;
        let record = message.record.unwrap_or_default();
        let upsert = convert::upsert(record, me.as_deref(), message.allow_unknown_owner);
        let upsert = found.keep("record", upsert);
        let ([id], upsert) = found.settle((id, upsert))?;

        let record_type = self.record_type(call, id).await?;
        let item = UpsertItem {
            organization: call.organization(),
            record_type: record_type.id,
            record_type_id: record_type.record_type_id.clone(),
            upsert,
            suppress_segmentation: message.suppress_segmentation,
            by: call.caller.actor(),
        };
        let validate_only = message.validate_only;
        let upserted = match validate_only {
            true => self.previewed(item, call.now).await,
            false => self.engine.upsert_record(item).await,
        };
        let upserted = upserted.map_err(|error| error.under("record"))?;

        let unwritten = validate_only && upserted.writes();
        let mut answer = self.upserted(call, upserted, &record_type).await?;
        // The etag that a preview would give a written record is never that of a stored one.
        answer.record.iter_mut().filter(|_| unwritten).for_each(|record| record.etag.clear());
        Ok(answer)
    }

    /// What an upsert would do now.
    async fn previewed(&self, item: UpsertItem, now: DateTime<Utc>) -> Result<Upserted, Error> {
        let told = self.engine.preview_upserts(&[item], now).await?.pop();
        told.unwrap_or(Err(Error::Fault("a preview of an upsert says nothing")))
    }

    pub(super) async fn upsert_batch(
        &self,
        call: &Call,
        message: pb::BatchUpsertRecordsRequest,
    ) -> Result<pb::BatchUpsertRecordsResponse, Status> {
        let mut found = Violations::new();
        let wrong = found.keep("", validate::check_batch(&message, "records")).unwrap_or_default();
        let id = found.keep_once(names::RECORD_TYPE.parse_id("record_type", &message.record_type));
        let id = found.settle(id)?;

        let record_type = self.record_type(call, &id).await?;
        let me = self.me(call).await?;
        let bytes = message.encoded_len();
        let items = batch::checked(message.records, wrong).map(|(record, mut found)| {
            let upsert = found.keep("", convert::upsert(record, me.as_deref(), message.allow_unknown_owner));
            Ok(UpsertItem {
                organization: call.organization(),
                record_type: record_type.id,
                record_type_id: record_type.record_type_id.clone(),
                upsert: found.settle(upsert)?,
                suppress_segmentation: message.suppress_segmentation,
                by: call.caller.actor(),
            })
        });
        let (batch, items) = apart(bytes, || BatchItems::split(items));
        let upserted = match message.validate_only {
            true => self.engine.preview_upserts(&items, call.now).await?,
            false => self.engine.upsert_records(&items, call.now).await?,
        };

        // An item is a record of the request, so the paths of its violations start at the request.
        let in_place = batch.join(upserted).into_iter().enumerate();
        let in_place =
            in_place.map(|(index, one)| one.map_err(|error| error.under(&format!("records[{index}]"))));
        let answer = |one: Upserted| {
            let mut item = upserted_item(&one, &record_type);
            // The etag that a preview would give a written record is never that of a stored one.
            if message.validate_only && one.writes() {
                item.etag.clear();
            }
            ItemAnswer::Upserted(item)
        };
        let results = batch::results(in_place, answer, ItemAnswer::Error, |result| ItemResult { result });
        Ok(pb::BatchUpsertRecordsResponse { results })
    }

    /// The response of one upsert, with the names of owner and segment.
    async fn upserted(
        &self,
        call: &Call,
        upserted: Upserted,
        record_type: &RecordType,
    ) -> Result<pb::UpsertRecordResponse, Status> {
        let Upserted { record, effect, owner_unknown, .. } = upserted;
        let answer = pb::UpsertRecordResponse {
            effect: convert::effect(effect).into(),
            owner_unknown,
            ..Default::default()
        };
        let Some(record) = record else { return Ok(answer) };
        let (organization, mut conn) = (call.organization(), self.read(call.organization()).await?);
        let owner: Vec<_> = record.owner.iter().map(|owner| owner.0).collect();
        let owners = tenants::sellers::chosen_ids(&mut conn, organization, &owner).await?;
        let segments = records::segments(&mut conn, organization, &[record.id.0]).await?;

        let owner = record.owner.and_then(|owner| owners.get(&owner).cloned());
        let segment = segments.get(&record.id).cloned();
        let record = convert::record(&RecordRow { record, owner, segment }, record_type);
        Ok(pb::UpsertRecordResponse { record: Some(record), ..answer })
    }

    /// The chosen id of the seller that the caller's key is bound to.
    async fn me(&self, call: &Call) -> Result<Option<String>, Status> {
        let Some(own) = call.caller.seller else { return Ok(None) };
        let found =
            tenants::sellers::get(&mut *self.read(call.organization()).await?, call.organization(), own)
                .await?;
        Ok(found.map(|seller| seller.seller_id.as_str().to_owned()))
    }
}

/// The result of one item, small enough that a thousand fit into one message.
fn upserted_item(upserted: &Upserted, record_type: &RecordType) -> ItemUpserted {
    let etag = |record: &Record| etag::of(Version::of(record.id.0, record.version));
    ItemUpserted {
        name: names::RECORD.name([&record_type.record_type_id, &upserted.record_id]),
        effect: convert::effect(upserted.effect).into(),
        etag: upserted.record.as_ref().map(etag).unwrap_or_default(),
        owner_unknown: upserted.owner_unknown,
    }
}
