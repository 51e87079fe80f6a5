//! Takes engagement events, many in one transaction: keeps them, and does what they cause.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;
use tracing::Instrument as _;

use crate::domain::caller::Actor;
use crate::domain::case::Broken;
use crate::domain::changes::Changes;
use crate::domain::engaged::{Effect, Engaged};
use crate::domain::engagement::{About, Engagement, EngagementKind};
use crate::domain::flow::Flow;
use crate::domain::id::{ActivityId, OrganizationId, RecordId};
use crate::engine::cases::fire_timers::passes_by_itself;
use crate::engine::frame::core::transaction;
use crate::engine::frame::halves::Halves;
use crate::engine::records::known_events::{Accepted, KnownEvents};
use crate::engine::{Engine, Error, Request};
use crate::store::enrollments::Locking;
use crate::store::enrollments::entrants::RecordName;
use crate::store::{Part, changes, engagement};

/// An event as a caller tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldEvent {
    /// The id that the sender gave it.
    pub event_id: String,
    /// The chosen ids of the record type and the record.
    pub record: RecordName,
    /// The activity that it is about, if the sender names one.
    pub activity: Option<ActivityId>,
    /// What happened.
    pub engagement: Engagement,
    /// The time when it happened. `None`: now.
    pub at: Option<DateTime<Utc>>,
}

/// The result of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ingested {
    /// It is kept.
    Recorded(Effect),
    /// It was kept before.
    Duplicate,
}

impl ToldEvent {
    /// Returns the hash by which a repetition is recognized.
    pub(in crate::engine) fn fingerprint(&self) -> Vec<u8> {
        let told = serde_json::to_vec(self).expect("plain data");
        Sha256::digest(told).to_vec()
    }
}

impl Engine {
    /// Keeps events of one organization, and does what they cause: all in one transaction, or in
    /// several if one of them fails. Each item succeeds or fails by itself. The results are in the
    /// order of the items.
    ///
    /// # Errors
    /// Of an item: Invalid, with paths relative to the event; Fault. Of the batch: Store, if the
    /// database fails. Those that are kept by then are duplicates when the batch is sent again.
    pub async fn ingest_events(
        &self,
        request: &Request,
        items: &[ToldEvent],
    ) -> Result<Vec<Result<Ingested, Error>>, Error> {
        self.ingest_events_by(request.caller.organization, request.actor(), items).await
    }

    /// Like [`Self::ingest_events`], for whoever did it.
    pub(in crate::engine) async fn ingest_events_by(
        &self,
        organization: OrganizationId,
        by: Actor,
        items: &[ToldEvent],
    ) -> Result<Vec<Result<Ingested, Error>>, Error> {
        let _share = self.store().share(organization).await?;
        let (mut results, mut rest) = (Vec::with_capacity(items.len()), Halves::of(items));

        while let Some(part) = rest.next() {
            // Boxed because it is large: every caller's stack would hold it otherwise.
            match Box::pin(self.ingest_together((organization, by), part)).await {
                Ok(ingested) => results.extend(ingested),
                Err(failure) if passes_by_itself(&failure) => return Err(failure),
                // One of them is to blame. The others don't suffer for it.
                Err(failure) => {
                    if rest.failed(part).is_some() {
                        results.push(Err(failure));
                    }
                }
            }
        }
        Ok(results)
    }

    async fn ingest_together(
        &self,
        (organization, by): (OrganizationId, Actor),
        items: &[ToldEvent],
    ) -> Result<Vec<Result<Ingested, Error>>, Error> {
        let ingest = async {
            let mut tx = self.core().begin(Locking::Wait).await?;
            let saved = self.save_events(&mut tx, (organization, by), items).await;
            let of_call = |(decided, results): (Changes, Vec<Result<Ingested, Error>>)| {
                let call_of = results.iter().any(Result::is_ok).then_some(organization);
                (Changes { call_of, ..decided }, results)
            };
            self.core().finish(tx, saved.map(of_call)).await
        };
        let ingest = ingest.instrument(transaction("ingest"));
        self.store().while_answered(Part::Transaction, ingest).await?
    }

    async fn save_events(
        &self,
        conn: &mut PgConnection,
        (organization, by): (OrganizationId, Actor),
        items: &[ToldEvent],
    ) -> Result<(Changes, Vec<Result<Ingested, Error>>), Error> {
        let now = self.clock().now();
        let known = KnownEvents::load(conn, organization, items).await?;
        // Before the events are kept: what the cases know of earlier events doesn't contain them.
        let cases = self.core().open_cases(conn, organization, &known.touched(), now).await?;
        let (mut results, told) = known.check(organization, items, now);
        let accepted = known.keep(conn, organization, told, &mut results).await?;

        let consents = records_with(&accepted, EngagementKind::of_consent);
        let since = engagement::unsubscribed_since(conn, organization, &consents).await?;
        let emails = latest_emails(conn, organization, &accepted).await?;
        let mut engaged = Engaged::new(cases, known.account());
        for (record, since) in &since {
            engaged.set_unsubscribed(*record, since.is_some());
        }
        let (decided, effects) =
            self.core().decide(now, |flow| apply(&accepted, &emails, &mut engaged, by, flow));
        for (one, effect) in accepted.iter().zip(effects?) {
            results[one.place] = Some(Ok(Ingested::Recorded(effect)));
        }

        engagement::save_unsubscribed(conn, organization, &since, now).await?;
        changes::save_rows(conn, &decided).await?;
        let missing = || Err(Error::Fault("an event has no result"));
        Ok((decided, results.into_iter().map(|result| result.unwrap_or_else(missing)).collect()))
    }
}

/// Applies the events in the order in which they happened.
fn apply(
    accepted: &[Accepted],
    emails: &HashMap<usize, About>,
    engaged: &mut Engaged,
    by: Actor,
    flow: &mut Flow<'_>,
) -> Result<Vec<Effect>, Broken> {
    let mut order: Vec<usize> = (0..accepted.len()).collect();
    order.sort_by_key(|place| accepted[*place].event.at);

    engaged.settle_halts(flow)?;
    let mut effects = vec![Effect::default(); accepted.len()];
    for place in order {
        let one = &accepted[place];
        let about = one.about.or_else(|| emails.get(&place).copied());
        effects[place] = engaged.apply(&one.event, about, by, flow)?;
    }
    Ok(effects)
}

/// Returns the records with an event of such a kind.
fn records_with(accepted: &[Accepted], wanted: fn(EngagementKind) -> bool) -> Vec<RecordId> {
    let events = accepted.iter().map(|one| &one.event);
    let records = events.filter(|event| wanted(event.engagement.kind)).map(|event| event.record);
    records.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Finds the emails that events belong to whose senders named no activity, by the event's place.
async fn latest_emails(
    conn: &mut PgConnection,
    organization: OrganizationId,
    accepted: &[Accepted],
) -> Result<HashMap<usize, About>, Error> {
    let asked = accepted.iter().enumerate().filter(|(_, one)| one.event.seeks_email());
    let (places, asked): (Vec<usize>, Vec<_>) =
        asked.map(|(place, one)| (place, (one.event.record, one.event.at))).unzip();

    let found = engagement::latest_emails(conn, organization, &asked).await?;
    Ok(found.into_iter().map(|(index, about)| (places[index], about)).collect())
}
