//! Sellers who work: each with a key of their own, through the API, like a seller's client would.

use std::time::Duration;

use chrono::TimeDelta;

use super::leads::Dice;
use super::plan;
use crate::api::convert::timestamp;
use crate::api::pb;
use crate::api::pb::activity::Kind;
use crate::api::pb::api_key_service_client::ApiKeyServiceClient;
use crate::api::pb::record::CloseOutcome;
use crate::api::pb::record_service_client::RecordServiceClient;
use crate::api::pb::work_queue_service_client::WorkQueueServiceClient;
use crate::cli::client::{Calls, Server, readable};
use crate::clock::Clock;

/// Activities that a seller does one after another at first, so that there is something to look
/// back at.
const AT_FIRST: usize = 12;
/// The pause between two of the first ones.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
/// The shortest pause between two of the later ones; the longest is twice that.
const PAUSE: Duration = Duration::from_secs(5);
/// How long an activity is put off.
const SNOOZE: TimeDelta = TimeDelta::minutes(3);

/// A seller at work.
pub(super) struct Worker {
    calls: Calls,
    dice: Dice,
}

/// What a seller does with an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Complete,
    Skip,
    Snooze,
    Close,
}

impl Worker {
    /// The seller with this number, with a new key; those of earlier starts are revoked, as nobody
    /// knows them any more.
    ///
    /// # Errors
    /// What the server refused.
    pub(super) async fn hire(admin: &Calls, server: &Server, number: usize) -> anyhow::Result<Self> {
        let (id, name) = plan::SELLERS[number];
        let display_name = format!("{name}'s client in the demo");
        let mut keys = ApiKeyServiceClient::new(admin.clone());
        let request = pb::ListApiKeysRequest { page_size: 1000, ..Default::default() };

        let known = keys.list_api_keys(request).await.map_err(readable)?.into_inner().api_keys;
        let older = known.iter().filter(|key| key.display_name == display_name && key.revoke_time.is_none());
        for key in older {
            let request = pb::RevokeApiKeyRequest { name: key.name.clone(), ..Default::default() };
            keys.revoke_api_key(request).await.map_err(readable)?;
        }

        let key = pb::ApiKey {
            display_name,
            roles: vec![pb::Role::Salesperson.into()],
            seller: id.to_owned(),
            ..Default::default()
        };
        let request = pb::CreateApiKeyRequest { api_key: Some(key), ..Default::default() };
        let secret = keys.create_api_key(request).await.map_err(readable)?.into_inner().secret;

        let server = Server { api_key: Some(secret), ..server.clone() };
        Ok(Self { calls: server.connect().await?, dice: Dice::thrown_for(number + 1) })
    }

    /// Works until the server stops; then ends quietly.
    pub(super) async fn go_on(mut self) {
        for done in 0.. {
            let pause = match done < AT_FIRST {
                true => FIRST_PAUSE,
                false => PAUSE + PAUSE.mul_f64(self.dice.below(100) as f64 / 100.0),
            };
            tokio::time::sleep(pause).await;
            if self.work().await.is_err() {
                return;
            }
        }
    }

    /// Does something with the head of the queue, if there is one.
    async fn work(&mut self) -> anyhow::Result<()> {
        let mut queue = WorkQueueServiceClient::new(self.calls.clone());
        let request =
            pb::ListActivitiesRequest { queue: "sellers/me".to_owned(), page_size: 1, ..Default::default() };
        let due = queue.list_activities(request).await.map_err(readable)?.into_inner().activities;
        let Some(activity) = due.into_iter().next() else { return Ok(()) };

        let deed = deed(self.dice.below(100));
        match deed {
            Deed::Complete => {
                let outcome = self.outcome(activity.kind());
                let request = pb::CompleteActivityRequest {
                    name: activity.name,
                    outcome: outcome.to_owned(),
                    note: self
                        .dice
                        .pick(&["", "", "Wants a quote", "Call again in spring", "Happy as it is"])
                        .to_owned(),
                    ..Default::default()
                };
                queue.complete_activity(request).await.map_err(readable)?;
            }
            Deed::Skip => {
                let request = pb::SkipActivityRequest {
                    name: activity.name,
                    reason: self.dice.pick(&["already in touch", "not the right person"]).to_owned(),
                    ..Default::default()
                };
                queue.skip_activity(request).await.map_err(readable)?;
            }
            Deed::Snooze => {
                let request = pb::SnoozeActivityRequest {
                    name: activity.name,
                    until: Some(timestamp(Clock::system().now() + SNOOZE)),
                    ..Default::default()
                };
                queue.snooze_activity(request).await.map_err(readable)?;
            }
            Deed::Close => {
                let outcome = match self.dice.below(2) {
                    0 => CloseOutcome::Qualified,
                    _ => CloseOutcome::Disqualified,
                };
                let request = pb::CloseRecordRequest {
                    name: activity.record,
                    close_outcome: outcome.into(),
                    ..Default::default()
                };
                RecordServiceClient::new(self.calls.clone()).close_record(request).await.map_err(readable)?;
            }
        }
        Ok(())
    }

    fn outcome(&mut self, kind: Kind) -> &'static str {
        match kind {
            Kind::PhoneCall => self.dice.pick(&["made", "made", "no_answer", "voicemail", "busy"]),
            _ => "",
        }
    }
}

/// Out of a hundred activities most are done.
fn deed(throw: usize) -> Deed {
    match throw {
        0..78 => Deed::Complete,
        78..86 => Deed::Skip,
        86..94 => Deed::Snooze,
        _ => Deed::Close,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_activities_are_done_and_each_deed_happens() {
        let deeds: Vec<Deed> = (0..100).map(deed).collect();
        let count = |deed| deeds.iter().filter(|done| **done == deed).count();
        assert!(count(Deed::Complete) > 70);
        assert!([Deed::Skip, Deed::Snooze, Deed::Close].into_iter().all(|deed| count(deed) > 4));
    }
}
