//! Reads published events, with the names and notes that other systems need.

use std::collections::HashMap;

use uuid::Uuid;

use crate::api::convert::record_event::Named;
use crate::api::page::{ITEM_BYTES, within};
use crate::api::pb;
use crate::api::pb::event::Event as Kind;
use crate::api::records::history::named;
use crate::domain::event_filter::EventFilter;
use crate::domain::history::{HistoryEvent, HistoryKind};
use crate::domain::id::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::engine::Engine;
use crate::store::publication::{self, Positions, Stretch};
use crate::store::{self, ReadConnection, activities, subjects};

/// The most positions that one read looks at. A filter that hardly anything passes would otherwise
/// look through all of them.
const LONGEST_STRETCH: i64 = 20_000;

/// Some published events, in order.
#[derive(Debug)]
pub struct Slice {
    /// The events, each with its position.
    pub events: Vec<(i64, pb::Event)>,
    /// The last position that was looked at: where to go on.
    pub upto: i64,
    /// The last position of the organization when reading began.
    pub head: i64,
    /// The last position whose event is no longer kept.
    pub forgotten: i64,
}

impl Slice {
    /// True if there is more to read.
    pub fn is_followed(&self) -> bool {
        self.upto < self.head
    }

    /// Checks that nothing was forgotten that would have followed this position.
    ///
    /// # Errors
    /// Events after it are no longer kept.
    pub fn check_follows(&self, position: Option<i64>) -> Result<(), Refusal> {
        match position {
            Some(position) if position < self.forgotten => Err(Refusal::EventsForgotten),
            _ => Ok(()),
        }
    }
}

/// Reads at most `limit` events after a position; as many as fit one message. Begins with the first
/// one that is kept. `None` if the organization doesn't publish its events.
pub async fn after(
    engine: &Engine,
    organization: OrganizationId,
    filter: &EventFilter,
    after: i64,
    limit: usize,
) -> Result<Option<Slice>, store::Error> {
    let mut conn = engine.store().read(organization).await?;
    // Read first: all positions up to it are visible to the statements that follow.
    let positions = publication::positions(&mut conn, organization).await?;
    let Some(Positions { head, forgotten }) = positions else { return Ok(None) };
    let after = after.clamp(forgotten, head);

    let upto = if filter.is_followed() { head } else { head.min(after + LONGEST_STRETCH) };
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let stretch = Stretch { filter, after, upto, limit: most };
    let read = publication::read(&mut conn, organization, stretch).await?;
    // Again: what was forgotten until just now is missing from what was read.
    let forgotten = match after < upto {
        true => publication::positions(&mut conn, organization).await?.map_or(forgotten, |now| now.forgotten),
        false => forgotten,
    };
    let is_full = read.len() >= limit;
    let last_read = read.last().map(|(position, _)| *position);

    // Boxed, because it reads for everything that an event may be about, and callers stand deep.
    let shown = Box::pin(shown(engine, organization, &mut conn, &read)).await?;
    let count = shown.len();
    let shown = within(ITEM_BYTES, shown);
    let is_cut = shown.len() < count;

    // Where the bytes or the limit ended it, the rest of the stretch wasn't looked at.
    let events: Vec<(i64, pb::Event)> = read.iter().map(|(position, _)| *position).zip(shown).collect();
    let last_shown = events.last().map(|(position, _)| *position);
    let upto = match (is_cut, is_full) {
        (true, _) => last_shown.unwrap_or(after),
        (false, true) => last_read.unwrap_or(upto),
        (false, false) => upto,
    };
    Ok(Some(Slice { events, upto, head, forgotten }))
}

/// Reads the events at these positions. Those that history no longer has are absent.
pub async fn at(
    engine: &Engine,
    organization: OrganizationId,
    conn: &mut ReadConnection,
    positions: &[i64],
) -> Result<HashMap<i64, pb::Event>, store::Error> {
    let read = publication::at(conn, organization, positions).await?;
    let shown = Box::pin(shown(engine, organization, conn, &read)).await?;
    Ok(read.iter().map(|(position, _)| *position).zip(shown).collect())
}

/// Converts events, which may be about anything.
async fn shown(
    engine: &Engine,
    organization: OrganizationId,
    conn: &mut ReadConnection,
    read: &[(i64, HistoryEvent)],
) -> Result<Vec<pb::Event>, store::Error> {
    let events: Vec<&HistoryEvent> = read.iter().map(|(_, event)| event).collect();
    let of = |wanted: fn(&HistoryEvent) -> bool| -> Vec<Uuid> {
        events.iter().filter(|event| wanted(event)).map(|event| event.subject).collect()
    };
    let administrative = |event: &HistoryEvent| event.kind == HistoryKind::AdministrativeWrite;
    // Few events are about what administrators write, so this is mostly no statement at all.
    let mut names = subjects::written(conn, organization, &of(administrative)).await?;
    let about_record = |event: &HistoryEvent| !event.kind.of_enrollment();
    let mut records = of(about_record);
    records.extend(events.iter().filter_map(|event| event.detail.record));
    names.extend(subjects::records(conn, organization, &records).await?);

    // History has no notes. They are read where they stand, for as long as they do.
    let closed = events.iter().filter(|event| closes(event)).filter_map(|event| event.detail.activity);
    let closed: Vec<Uuid> = closed.map(|activity| activity.0).collect();
    let notes = activities::notes::of_closed(conn, organization, &closed).await?;
    let named = Box::pin(named(engine, organization, conn, names, &events)).await?;
    Ok(events.into_iter().map(|event| told(event, &named, &notes)).collect())
}

fn closes(event: &HistoryEvent) -> bool {
    matches!(event.kind, HistoryKind::ActivityCompleted | HistoryKind::ActivitySkipped)
}

fn told(event: &HistoryEvent, named: &Named, notes: &HashMap<Uuid, String>) -> pb::Event {
    let note = || event.detail.activity.and_then(|activity| notes.get(&activity.0)).cloned();
    // The same as in timelines, with what other systems can't look up.
    let mut shown = named.event(event);
    match &mut shown.event {
        Some(Kind::ActivityCompleted(completed)) => completed.note = note().unwrap_or_default(),
        Some(Kind::ActivitySkipped(skipped)) => skipped.note = note().unwrap_or_default(),
        _ => {}
    }
    shown.record = named.record(event).unwrap_or_default();
    shown
}
