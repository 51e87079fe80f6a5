//! Engagement events: each is checked, executed and answered independently.

use prost::Message as _;
use tonic::Status;

use crate::api::apart::apart;
use crate::api::batch::{self, BatchItems};
use crate::api::call::Call;
use crate::api::convert::engagement as convert;
use crate::api::pb::ingest_engagement_events_response::result::Result as ItemAnswer;
use crate::api::pb::ingest_engagement_events_response::{
    Effect, Ingested as ItemIngested, Result as ItemResult,
};
use crate::api::{Api, pb, validate};
use crate::domain::names;
use crate::domain::violation::Violations;
use crate::engine::Ingested;

impl Api {
    pub(super) async fn ingest(
        &self,
        call: &Call,
        message: pb::IngestEngagementEventsRequest,
    ) -> Result<pb::IngestEngagementEventsResponse, Status> {
        let mut found = Violations::new();
        let wrong = found.keep("", validate::check_batch(&message, "events"));
        let wrong = found.settle(wrong)?;

        let bytes = message.encoded_len();
        let items = batch::checked(message.events, wrong).map(|(event, mut found)| {
            match convert::told(event) {
                Ok(told) => found.settle(Some(told)),
                // What the rules in the proto refuse isn't refused twice.
                Err(more) => {
                    found.extend_once(more);
                    Err(found)
                }
            }
        });
        let (batch, items) = apart(bytes, || BatchItems::split(items));
        let ingested = self.engine.ingest_events(&call.request(None), &items).await?;

        let in_place = batch.join(ingested).into_iter().enumerate();
        let in_place =
            in_place.map(|(index, one)| one.map_err(|error| error.under(&format!("events[{index}]"))));
        let done = |one| ItemAnswer::Ingested(item(one));
        let results = batch::results(in_place, done, ItemAnswer::Error, |result| ItemResult { result });
        Ok(pb::IngestEngagementEventsResponse { results })
    }
}

fn item(ingested: Ingested) -> ItemIngested {
    let (effect, done) = match ingested {
        Ingested::Recorded(done) => (Effect::Recorded, done),
        Ingested::Duplicate => (Effect::Duplicate, Default::default()),
    };
    let completed = done.completed.map(|activity| names::ACTIVITY.uuid_name(activity.0));
    ItemIngested {
        effect: effect.into(),
        completed_activity: completed.unwrap_or_default(),
        exited_count: done.exited,
    }
}
