//! Records that are about to start a sequence: locks them, and loads them with the facts for the
//! decision.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use sqlx::types::Json;
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::case::Facts;
use crate::domain::id::{EnrollmentId, OrganizationId, RecordId, RecordTypeId, SellerId, SequenceId};
use crate::domain::names;
use crate::domain::reenrollment::Reenrollment;
use crate::domain::sequence::State;
use crate::store::Error;
use crate::store::enrollments::Locking;
use crate::store::enrollments::facts::{FactsRow, with_facts};
use crate::store::enrollments::places;
use crate::store::statement;
use crate::store::statement::columns::column;

/// The chosen ids of a record type and of a record of that type.
pub type RecordName = (String, String);

/// The record that is to start, and the sequence.
pub type EntrantKey = (OrganizationId, RecordId, SequenceId);

/// A record, a sequence, and the record's enrollments in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entrant {
    /// The organization of both.
    pub organization: OrganizationId,
    /// The record.
    pub record: RecordId,
    /// Its type.
    pub record_type: RecordTypeId,
    /// The chosen id of its type.
    pub record_type_name: String,
    /// `recordTypes/{record_type}/records/{record}`.
    pub record_name: String,
    /// True if the record is closed.
    pub closed: bool,
    /// The sequence.
    pub sequence: SequenceId,
    /// `sequences/{sequence}`.
    pub sequence_name: String,
    /// The record type of the sequence.
    pub sequence_record_type: RecordTypeId,
    /// The chosen id of that type.
    pub sequence_record_type_name: String,
    /// The state of the sequence. Only an active sequence takes records.
    pub state: State,
    /// The number of earlier enrollments of the record in the sequence.
    pub pass_number: i32,
    /// When the latest of these ended. `None` while it is open, or without any.
    pub end_time: Option<DateTime<Utc>>,
    /// When a record may begin the sequence again.
    pub reenrollment: Reenrollment,
    /// The open enrollment, or `None` without one.
    pub open: Option<EnrollmentId>,
    /// The facts for the decision.
    pub facts: Facts,
}

/// A sequence by its chosen id.
pub type SequenceName = (OrganizationId, String);

/// Returns the sequences that exist, by name. The lock keeps them from being deactivated or deleted
/// before the records have started. Without `locking` they are only read.
pub async fn sequences(
    conn: &mut PgConnection,
    names: &[SequenceName],
    locking: Option<Locking>,
) -> Result<HashMap<SequenceName, SequenceId>, Error> {
    let statement = match locking {
        None => include_str!("../sql/entrants_sequences.sql"),
        // Any number of transactions can share this lock. Changes of the sequence's lifecycle lock
        // FOR UPDATE, and wait for them.
        Some(Locking::Wait) => {
            concat!(include_str!("../sql/entrants_sequences.sql"), "FOR KEY SHARE OF sequence")
        }
        Some(Locking::Skip) => {
            concat!(include_str!("../sql/entrants_sequences.sql"), "FOR KEY SHARE OF sequence SKIP LOCKED")
        }
    };

    let rows: Vec<(Uuid, String, Uuid, bool)> = sqlx::query_as(statement)
        .bind(column(names, |name| name.0.0))
        .bind(column(names, |name| name.1.clone()))
        .fetch_all(&mut *conn)
        .instrument(statement::span::of("entrants.sequences"))
        .await?;

    let throttled: Vec<_> =
        rows.iter().filter(|row| row.3).map(|row| (OrganizationId(row.0), SequenceId(row.2))).collect();
    let held = match locking {
        // Whoever takes places there does so alone.
        Some(locking) => places::lock(conn, &throttled, locking).await?,
        None => HashMap::new(),
    };
    let named = |(organization, name, id, throttled): (Uuid, String, Uuid, bool)| {
        let locked = !throttled || locking.is_none() || held.contains_key(&SequenceId(id));
        locked.then_some(((OrganizationId(organization), name), SequenceId(id)))
    };
    Ok(rows.into_iter().filter_map(named).collect())
}

/// Returns the records that exist, by name, with their owners. Locks them in the order of their
/// keys. Without `locking` they are only read.
pub async fn records(
    conn: &mut PgConnection,
    names: &[(OrganizationId, RecordName)],
    locking: Option<Locking>,
) -> Result<HashMap<(OrganizationId, RecordName), (RecordId, Option<SellerId>)>, Error> {
    let statement = match locking {
        None => include_str!("../sql/entrants_records.sql"),
        Some(Locking::Wait) => {
            concat!(include_str!("../sql/entrants_records.sql"), "FOR NO KEY UPDATE OF record")
        }
        Some(Locking::Skip) => {
            concat!(include_str!("../sql/entrants_records.sql"), "FOR NO KEY UPDATE OF record SKIP LOCKED")
        }
    };

    let rows: Vec<(Uuid, String, String, Uuid, Option<Uuid>)> = sqlx::query_as(statement)
        .bind(column(names, |name| name.0.0))
        .bind(column(names, |name| name.1.0.clone()))
        .bind(column(names, |name| name.1.1.clone()))
        .fetch_all(conn)
        .instrument(statement::span::of("entrants.records"))
        .await?;

    let named = |(organization, of, name, id, owner): (Uuid, _, _, _, Option<Uuid>)| {
        ((OrganizationId(organization), (of, name)), (RecordId(id), owner.map(SellerId)))
    };
    Ok(rows.into_iter().map(named).collect())
}

static LOAD: LazyLock<String> = LazyLock::new(|| with_facts(include_str!("../sql/entrants_load.sql")));

/// Loads records and the sequences that they are to start, in the order of `keys`. Returns `None`
/// for a key if the record or the sequence doesn't exist. Both must be locked.
pub async fn load(conn: &mut PgConnection, keys: &[EntrantKey]) -> Result<Vec<Option<Entrant>>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }

    let rows: Vec<Row> = sqlx::query_as(LOAD.as_str())
        .bind(column(keys, |key| key.0.0))
        .bind(column(keys, |key| key.1.0))
        .bind(column(keys, |key| key.2.0))
        .fetch_all(conn)
        .instrument(statement::span::of("entrants.load"))
        .await?;

    rows.into_iter().map(Row::entrant).collect()
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    #[sqlx(flatten)]
    record: RecordRow,
    #[sqlx(flatten)]
    sequence: SequenceRow,
    pass_number: i32,
    end_time: Option<DateTime<Utc>>,
    open_enrollment_id: Option<Uuid>,
    #[sqlx(flatten)]
    facts: FactsRow,
}

#[derive(FromRow)]
struct RecordRow {
    record_id: Option<Uuid>,
    record_type_id: Option<Uuid>,
    record_type_name: Option<String>,
    record_name: Option<String>,
    closed: Option<bool>,
}

#[derive(FromRow)]
struct SequenceRow {
    sequence_id: Option<Uuid>,
    sequence_name: Option<String>,
    sequence_record_type_id: Option<Uuid>,
    sequence_record_type_name: Option<String>,
    state: Option<String>,
    revision: Option<i32>,
    delete_time: Option<DateTime<Utc>>,
    reenrollment: Option<Json<Reenrollment>>,
}

impl Row {
    fn entrant(self) -> Result<Option<Entrant>, Error> {
        let inconsistent = |table, column, id| Error::Inconsistent { table, column, id };
        let (Some(record), Some(sequence)) = (self.record.record_id, self.sequence.sequence_id) else {
            return Ok(None);
        };

        let SequenceRow { state, revision, delete_time, .. } = &self.sequence;
        let state =
            State::of(state.as_deref().unwrap_or_default(), revision.unwrap_or_default(), *delete_time);
        let state = state.ok_or_else(|| inconsistent("sequence", "state", sequence))?;

        // The outer joins make every column optional, but all of them are there with sound data.
        let facts = Facts::from(self.facts);
        let built = || {
            facts.target.as_ref()?;
            let record_type_name = self.record.record_type_name?;
            Some(Entrant {
                organization: OrganizationId(self.organization_id),
                record: RecordId(record),
                record_type: RecordTypeId(self.record.record_type_id?),
                record_name: names::RECORD.name([&record_type_name, &self.record.record_name?]),
                record_type_name,
                closed: self.record.closed?,
                sequence: SequenceId(sequence),
                sequence_name: names::SEQUENCE.name([self.sequence.sequence_name?]),
                sequence_record_type: RecordTypeId(self.sequence.sequence_record_type_id?),
                sequence_record_type_name: self.sequence.sequence_record_type_name?,
                state,
                pass_number: self.pass_number,
                end_time: self.end_time,
                reenrollment: self.sequence.reenrollment?.0,
                open: self.open_enrollment_id.map(EnrollmentId),
                facts,
            })
        };

        // Something is missing: the record's type, the sequence's type, or the queue of records
        // without an owner.
        built().ok_or_else(|| inconsistent("record", "record_type_id", record)).map(Some)
    }
}
