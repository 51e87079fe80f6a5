//! The halts of sequences, which pause or exit all their enrollments.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::halt::{Halt, HaltEffect};
use crate::domain::id::{OrganizationId, SequenceId};
use crate::store::{Error, statement};

/// Returns the last halt of each sequence of these organizations that had one.
pub async fn of_organizations(
    conn: &mut PgConnection,
    organizations: &[OrganizationId],
) -> Result<HashMap<OrganizationId, HashMap<SequenceId, Halt>>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT organization_id, id, halt_number, pause_time, resume_time, exit_time
         FROM sequence
         WHERE organization_id = ANY ($1) AND halt_number > 0
         ORDER BY organization_id, id",
    )
    .bind(organizations.iter().map(|id| id.0).collect::<Vec<_>>())
    .fetch_all(conn)
    .instrument(statement::span::of("halts.of_organizations"))
    .await?;

    let mut halts: HashMap<OrganizationId, HashMap<SequenceId, Halt>> = HashMap::new();
    for row in rows {
        let of = halts.entry(OrganizationId(row.organization_id)).or_default();
        of.extend(row.halt.read().map(|halt| (SequenceId(row.id), halt)));
    }
    Ok(halts)
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    #[sqlx(flatten)]
    halt: HaltColumns,
}

/// The columns that make up the last halt of a sequence.
#[derive(FromRow)]
pub(in crate::store) struct HaltColumns {
    halt_number: i32,
    pause_time: Option<DateTime<Utc>>,
    resume_time: Option<DateTime<Utc>>,
    exit_time: Option<DateTime<Utc>>,
}

impl HaltColumns {
    /// Returns the halt. `None` if there was none.
    pub(in crate::store) fn read(&self) -> Option<Halt> {
        let pause = self.pause_time.map(|at| HaltEffect::Pause { at, resumed_at: self.resume_time });
        let exit = self.exit_time.map(|at| HaltEffect::Exit { at });
        Some(Halt { number: self.halt_number, effect: pause.or(exit)? })
    }
}

/// Returns the times of a halt: of the pause, of the resumption and of the exit.
pub(in crate::store) fn times(halt: Option<Halt>) -> [Option<DateTime<Utc>>; 3] {
    match halt.map(|halt| halt.effect) {
        None => [None; 3],
        Some(HaltEffect::Pause { at, resumed_at }) => [Some(at), resumed_at, None],
        Some(HaltEffect::Exit { at }) => [None, None, Some(at)],
    }
}
