//! Upserts: each item is checked, carried out and answered by itself.

use tonic::Status;

use crate::api::call::{Api, Call};
use crate::api::convert::record as convert;
use crate::api::pb::batch_upsert_records_response::result::Result as ItemAnswer;
use crate::api::pb::batch_upsert_records_response::{Result as ItemResult, Upserted as ItemUpserted};
use crate::api::status::Answer;
use crate::api::{etag, names, pb, validate};
use crate::domain::record_type::RecordType;
use crate::domain::version::Version;
use crate::domain::violation::{Violation, Violations};
use crate::engine::{Error, UpsertItem, Upserted};
use crate::store::records::View;
use crate::store::{records, sellers};

impl Api {
    pub(super) async fn upsert_one(
        &self,
        call: &Call,
        message: pb::UpsertRecordRequest,
    ) -> Result<pb::UpsertRecordResponse, Status> {
        let mut found = Violations::new();
        found.keep("", validate::check(&message));
        let id = found.keep_once(names::RECORD_TYPE.parse("record_type", &message.record_type));
        let me = self.me(call).await?;
        let upsert = found.keep("record", convert::upsert(message.record.unwrap_or_default(), me.as_deref()));
        let ([id], upsert) = found.settle(id.zip(upsert))?;
        let record_type = self.record_type(call, id).await?;
        let item = UpsertItem {
            organization: call.organization(),
            record_type: record_type.id,
            upsert,
            suppress_segmentation: message.suppress_segmentation,
            by: call.caller.actor(),
        };
        let upserted = self.engine.upsert_record(item).await.map_err(|error| error.under("record"))?;
        self.upserted(call, upserted, &record_type).await
    }

    pub(super) async fn upsert_batch(
        &self,
        call: &Call,
        message: pb::BatchUpsertRecordsRequest,
    ) -> Result<pb::BatchUpsertRecordsResponse, Status> {
        let (mut found, mut wrong) = by_item(validate::check(&message).err(), message.records.len());
        let id = found.keep_once(names::RECORD_TYPE.parse("record_type", &message.record_type));
        let [id] = found.settle(id)?;
        let record_type = self.record_type(call, id).await?;
        let me = self.me(call).await?;
        let mut items = Vec::with_capacity(message.records.len());
        let upserts = message.records.into_iter().map(|record| convert::upsert(record, me.as_deref()));
        for (index, (upsert, wrong)) in upserts.zip(&mut wrong).enumerate() {
            let upsert = wrong.keep(&field(index), upsert);
            items.extend(upsert.filter(|_| wrong.is_empty()).map(|upsert| UpsertItem {
                organization: call.organization(),
                record_type: record_type.id,
                upsert,
                suppress_segmentation: message.suppress_segmentation,
                by: call.caller.actor(),
            }));
        }
        let results = match message.validate_only {
            true => self.engine.preview_upserts(&items, call.now).await?,
            false => self.engine.upsert_records(&items, call.now).await?,
        };
        let answer = |result: Result<Upserted, Error>| match result {
            Ok(one) => {
                let mut upserted = upserted_item(&one, &record_type);
                if message.validate_only && one.writes() {
                    upserted.etag.clear();
                }
                ItemAnswer::Upserted(upserted)
            }
            Err(error) => ItemAnswer::Error(Answer::from(error).into_item()),
        };
        let results = in_order(wrong, results).into_iter().map(answer);
        let results = results.map(|result| ItemResult { result: Some(result) }).collect();
        Ok(pb::BatchUpsertRecordsResponse { results })
    }

    /// What was done, with the names of owner and segment.
    async fn upserted(
        &self,
        call: &Call,
        upserted: Upserted,
        record_type: &RecordType,
    ) -> Result<pb::UpsertRecordResponse, Status> {
        let Upserted { record, effect } = upserted;
        let (organization, mut conn) = (call.organization(), self.read().await?);
        let owner: Vec<_> = record.owner.iter().map(|owner| owner.0).collect();
        let owners = sellers::chosen_ids(&mut conn, organization, &owner).await?;
        let segments = records::segments(&mut conn, organization, &[record.id.0]).await?;

        let owner = record.owner.and_then(|owner| owners.get(&owner).cloned());
        let segment = segments.get(&record.id).cloned();
        let record = convert::record(&View { record, owner, segment }, record_type);
        Ok(pb::UpsertRecordResponse { record: Some(record), effect: convert::effect(effect).into() })
    }

    /// The chosen id of the seller that the caller's key is bound to.
    async fn me(&self, call: &Call) -> Result<Option<String>, Status> {
        let Some(own) = call.caller.seller else { return Ok(None) };
        let found = sellers::get(&mut *self.read().await?, call.organization(), own).await?;
        Ok(found.map(|seller| seller.seller_id.as_str().to_owned()))
    }
}

fn field(index: usize) -> String {
    format!("records[{index}]")
}

/// Parts what is wrong with the request from what is wrong with each of its items, whose paths
/// begin with `records[…]`.
fn by_item(found: Option<Violations>, count: usize) -> (Violations, Vec<Violations>) {
    let mut request = Vec::new();
    let mut items: Vec<Vec<Violation>> = vec![Vec::new(); count];
    for violation in found.into_iter().flatten() {
        let index = violation.field.strip_prefix("records[").and_then(|rest| rest.split(']').next());
        match index.and_then(|index| items.get_mut(index.parse::<usize>().ok()?)) {
            Some(item) => item.push(violation),
            None => request.push(violation),
        }
    }
    (request.into_iter().collect(), items.into_iter().map(|item| item.into_iter().collect()).collect())
}

/// One result for each item: those with something wrong have theirs, the others take the engine's
/// in turn, with their paths.
fn in_order(wrong: Vec<Violations>, results: Vec<Result<Upserted, Error>>) -> Vec<Result<Upserted, Error>> {
    let mut results = results.into_iter();
    let all = wrong.into_iter().enumerate().filter_map(|(index, wrong)| match wrong.is_empty() {
        true => results.next().map(|result| result.map_err(|error| error.under(&field(index)))),
        false => Some(Err(Error::Invalid(wrong))),
    });
    all.collect()
}

/// What an item of a batch answers: no more than fits a thousand times into one message.
fn upserted_item(upserted: &Upserted, record_type: &RecordType) -> ItemUpserted {
    let record = &upserted.record;
    ItemUpserted {
        name: names::RECORD.name([record_type.record_type_id.as_str(), record.record_id.as_str()]),
        effect: convert::effect(upserted.effect).into(),
        etag: etag::of(Version::of(record.id.0, record.version)),
    }
}
