//! Saves that an item failed, so that it is tried again. Part of the transaction that passes over
//! the item.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::id::{OrganizationId, ProblemId};
use crate::domain::problem::{Item, ItemKind, Problem};
use crate::engine::frame::core::Core;
use crate::measures;
use crate::store;
use crate::store::routing::set_aside;

/// When items of each kind were last processed by this server. While none are, the failing ones
/// aren't to blame.
#[derive(Debug, Default)]
pub(in crate::engine) struct Successes {
    timers: AtomicI64,
    records: AtomicI64,
}

impl Successes {
    /// Notes that items of this kind were processed.
    pub fn note(&self, kind: ItemKind, now: DateTime<Utc>) {
        self.of(kind).fetch_max(now.timestamp_micros(), Ordering::Relaxed);
    }

    fn latest(&self, kind: ItemKind) -> Option<DateTime<Utc>> {
        let micros = self.of(kind).load(Ordering::Relaxed);
        DateTime::from_timestamp_micros(micros).filter(|_| micros > 0)
    }

    fn of(&self, kind: ItemKind) -> &AtomicI64 {
        match kind {
            ItemKind::Timer => &self.timers,
            // Records are routed in the same way, whatever the occasion.
            ItemKind::RecordChange | ItemKind::Operation => &self.records,
        }
    }
}

impl Core {
    /// Saves that an item failed, and when it is tried again.
    pub async fn note_problem(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        item: Item,
        failure: &(dyn std::error::Error + Send + Sync + 'static),
        now: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        let (id, reason) = match set_aside::of_item(conn, organization, &item).await? {
            Some(known) if known.item == item => return self.note_again(conn, &known, failure, now).await,
            // An earlier item of the same subject, which is gone.
            Some(known) => (known.id, failure.to_string()),
            None => (ProblemId(self.clock.new_id()), failure.to_string()),
        };

        let problem = Problem::first(organization, id, item, reason, now);
        set_aside::save(conn, &problem).await?;
        tell(&problem, true, failure);
        Ok(())
    }

    /// Saves that the item of a problem failed again.
    pub async fn note_again(
        &self,
        conn: &mut PgConnection,
        known: &Problem,
        failure: &(dyn std::error::Error + Send + Sync + 'static),
        now: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        let succeeded = self.successes.latest(known.item.kind());
        let problem = known.again(failure.to_string(), succeeded, now);

        set_aside::save(conn, &problem).await?;
        tell(&problem, known.retrying, failure);
        Ok(())
    }
}

/// Logs a failure, and counts an item that is set aside.
fn tell(problem: &Problem, was_retrying: bool, failure: &(dyn std::error::Error + Send + Sync + 'static)) {
    let Problem { organization, item, attempts, .. } = problem;
    let (kind, subject) = (item.kind().as_str(), item.subject());

    if was_retrying && !problem.retrying {
        tracing::error!(
            organization.id = %organization, kind, %subject, attempts, error = failure as &dyn std::error::Error,
            "item fails again and again, set aside"
        );
        metrics::counter!(measures::SET_ASIDE, "kind" => kind).increment(1);
    } else {
        tracing::warn!(
            organization.id = %organization, kind, %subject, attempts, error = failure as &dyn std::error::Error,
            "item could not be processed, trying again later"
        );
    }
}
