//! What is known of the events of a batch before they are kept: their records, which are locked,
//! and the activities that they name.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::engagement::{About, EngagementEvent, EngagementKind};
use crate::domain::id::{ActivityId, OrganizationId, RecordId};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::settings::Settings;
use crate::domain::violation::Violations;
use crate::engine::Error;
use crate::engine::records::ingest_events::{Ingested, ToldEvent};
use crate::store::enrollments::entrants::{self, RecordName};
use crate::store::records::tombstones;
use crate::store::{self, engagement, routing, tenants};

/// A new event, with its place among the items.
pub(in crate::engine) struct Accepted {
    pub place: usize,
    pub event: EngagementEvent,
    /// The activity that its sender named.
    pub about: Option<About>,
}

/// The results of the items so far: `None` for those that are still to be decided.
pub(in crate::engine) type Results = Vec<Option<Result<Ingested, Error>>>;

/// The rows that the items name.
pub(in crate::engine) struct KnownEvents {
    /// The records that exist, all locked.
    records: HashMap<RecordName, RecordId>,
    activities: HashMap<ActivityId, (RecordId, About)>,
    /// The other records of the same account, locked, too, of each record that replied.
    account: HashMap<RecordId, Vec<RecordId>>,
    settings: Settings,
}

impl KnownEvents {
    /// Locks the records of the items, and those of the same account on which their replies act.
    pub async fn load(
        conn: &mut PgConnection,
        organization: OrganizationId,
        items: &[ToldEvent],
    ) -> Result<Self, Error> {
        // The keys and the accounts are read before the locks, so that one statement locks all
        // records in their order.
        let seen = find(conn, organization, items).await?;
        let replied = items.iter().filter(|item| item.engagement.kind == EngagementKind::Replied);
        let replied: BTreeSet<RecordId> =
            replied.filter_map(|item| seen.get(&item.record).copied()).collect();
        let account = engagement::accounts(conn, organization, &Vec::from_iter(replied)).await?;
        let wanted: BTreeSet<RecordId> = seen.values().chain(account.values().flatten()).copied().collect();
        routing::lock_records(conn, organization, &Vec::from_iter(wanted.iter().copied())).await?;

        // A record that was waited for may have been deleted, and made again or merged.
        let records = find(conn, organization, items).await?;
        if records.values().any(|record| !wanted.contains(record)) {
            // It may come before the others in the order of locks, so the sender has to try again.
            return Err(store::Error::unavailable().into());
        }
        let named: Vec<ActivityId> = items.iter().filter_map(|item| item.activity).collect();
        let activities = engagement::activities(conn, organization, &named).await?;
        let settings = tenants::organizations::get(conn, organization).await?;
        let settings = settings.map(|organization| organization.settings).unwrap_or_default();
        Ok(Self { records, activities, account, settings })
    }

    /// Returns the records on whose enrollments the events can act.
    pub fn touched(&self) -> Vec<RecordId> {
        let all = self.records.values().chain(self.account.values().flatten()).copied();
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Returns the other records of the same account, by record.
    pub fn account(&self) -> HashMap<RecordId, Vec<RecordId>> {
        self.account.clone()
    }

    /// Checks the items. Returns the results of those that are wrong, and the others as events.
    pub fn check(
        &self,
        organization: OrganizationId,
        items: &[ToldEvent],
        now: DateTime<Utc>,
    ) -> (Results, Vec<Accepted>) {
        let (mut results, mut told) = (Results::new(), Vec::new());
        for (place, item) in items.iter().enumerate() {
            let checked = self.check_one(organization, item, now);
            let (event, about) = match checked {
                Ok(checked) => checked,
                Err(found) => {
                    results.push(Some(Err(found.into())));
                    continue;
                }
            };
            results.push(None);
            told.push(Accepted { place, event, about });
        }
        (results, told)
    }

    fn check_one(
        &self,
        organization: OrganizationId,
        item: &ToldEvent,
        now: DateTime<Utc>,
    ) -> Result<(EngagementEvent, Option<About>), Violations> {
        let mut found = item.engagement.check(&self.settings);
        let record = self.records.get(&item.record).copied();
        if record.is_none() {
            let name = names::RECORD.name([&item.record.0, &item.record.1]);
            found.push("record", Reason::ReferenceNotFound, format!("there is no {name}"));
        }

        let named = item.activity.and_then(|activity| self.activities.get(&activity));
        let about = named.filter(|(of, _)| Some(*of) == record).map(|(_, about)| *about);
        if let (Some(activity), Some(_), None) = (item.activity, record, about) {
            let name = names::ACTIVITY.uuid_name(activity.0);
            found.push("activity", Reason::ReferenceNotFound, format!("the record has no {name}"));
        }

        let Some(record) = record.filter(|_| found.is_empty()) else { return Err(found) };
        let event = EngagementEvent {
            organization,
            event_id: item.event_id.clone(),
            fingerprint: item.fingerprint(),
            record,
            activity: item.activity,
            engagement: item.engagement.clone(),
            at: item.at.map_or(now, |at| at.min(now)),
            ingest_time: now,
        };
        Ok((event, about))
    }

    /// Keeps the events whose ids are new, and returns them. Writes the results of the others.
    pub async fn keep(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        told: Vec<Accepted>,
        results: &mut Results,
    ) -> Result<Vec<Accepted>, Error> {
        // Of several with one id, the first counts.
        let mut first: BTreeMap<String, Accepted> = BTreeMap::new();
        let mut others = Vec::new();
        for one in told {
            match first.contains_key(&one.event.event_id) {
                true => others.push(one),
                false => _ = first.insert(one.event.event_id.clone(), one),
            }
        }

        let events: Vec<EngagementEvent> = first.values().map(|one| one.event.clone()).collect();
        let added = engagement::insert(conn, organization, &events).await?;
        let (fresh, known): (Vec<_>, Vec<_>) =
            first.into_values().partition(|one| added.contains(&one.event.event_id));
        others.extend(known);
        let ids: Vec<&str> = others.iter().map(|one| one.event.event_id.as_str()).collect();
        let kept = engagement::fingerprints(conn, organization, &ids).await?;

        for one in &others {
            let same = kept.get(&one.event.event_id) == Some(&one.event.fingerprint);
            results[one.place] = Some(if same { Ok(Ingested::Duplicate) } else { Err(reused()) });
        }
        Ok(fresh)
    }
}

/// Returns the keys of the items' records that exist. A merged one is the record that survived.
async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    items: &[ToldEvent],
) -> Result<HashMap<RecordName, RecordId>, Error> {
    let names: BTreeSet<RecordName> = items.iter().map(|item| item.record.clone()).collect();
    let keys: Vec<_> = names.iter().map(|name| (organization, name.clone())).collect();
    let found = entrants::records(conn, &keys, None).await?.into_iter();
    let mut found: HashMap<_, _> = found.map(|((_, name), (record, _))| (name, record)).collect();

    let absent: Vec<RecordName> = names.into_iter().filter(|name| !found.contains_key(name)).collect();
    found.extend(tombstones::survivors(conn, organization, &absent).await?);
    Ok(found)
}

fn reused() -> Error {
    let description = "this event_id was already used with other content: send a new one";
    Error::Invalid(Violations::one("event_id", Reason::EventIdReused, description))
}
