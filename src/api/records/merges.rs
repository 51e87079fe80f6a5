//! Merges of records: which ones a request names.

use std::collections::HashSet;

use tonic::Status;

use crate::api::call::Call;
use crate::api::{Api, etag, pb};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::refusal::Refusal;
use crate::domain::violation::Violations;
use crate::engine::{Error, MergeRecords};

impl Api {
    pub(super) async fn merge(
        &self,
        call: &Call,
        mut message: pb::MergeRecordsRequest,
    ) -> Result<pb::MergeRecordsResponse, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let ids = found.keep_once(names::RECORD.parse("name", &message.name));
        let merged = message.merged_records.iter().enumerate().map(|(index, name)| {
            found.keep_once(names::RECORD.parse(&format!("merged_records[{index}]"), name))
        });
        let merged: Option<Vec<[&str; 2]>> = merged.collect();
        found.extend_once(named_twice(&message));
        let ([record_type, survivor], merged) = found.settle((ids, merged))?;

        if let Some([other, _]) = merged.iter().find(|[other, _]| *other != record_type) {
            let (expected, given) = (record_type.to_owned(), (*other).to_owned());
            return Err(Error::from(Refusal::RecordTypeMismatch { expected, given }).into());
        }
        let command = MergeRecords {
            record_type: record_type.to_owned(),
            survivor: survivor.to_owned(),
            merged: merged.iter().map(|[_, id]| (*id).to_owned()).collect(),
            expected_version: etag::expected(&message.etag),
        };
        let done = self.engine.merge_records(&call.request(repetition), command).await?;

        Ok(pb::MergeRecordsResponse {
            record: Some(self.record(call, &message.name).await?),
            continued_count: done.continued,
            exited_count: done.exited,
        })
    }
}

/// A record can't be merged into itself, or twice.
fn named_twice(message: &pb::MergeRecordsRequest) -> Violations {
    let mut found = Violations::new();
    let mut named = HashSet::from([&message.name]);
    for (index, name) in message.merged_records.iter().enumerate() {
        if !named.insert(name) {
            let field = format!("merged_records[{index}]");
            found.push(&field, Reason::FieldInvalid, "must name each record once, and not the survivor");
        }
    }
    found
}
