//! The work of timers that has transactions of its own: commands, the lines of throttles, and
//! the ends of splits.

use std::panic::AssertUnwindSafe;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use sqlx::PgConnection;
use tracing::Instrument as _;

use crate::domain::id::OrganizationId;
use crate::domain::timer::Timer;
use crate::engine::Error;
use crate::engine::cases::fire_timers::{hold, passes_by_itself};
use crate::engine::cases::run_commands::CarriedOut;
use crate::engine::frame::core::{Core, transaction};
use crate::engine::frame::halves::Halves;
use crate::store::enrollments::Locking;

type Run = for<'a> fn(
    &'a Core,
    &'a mut PgConnection,
    OrganizationId,
    &'a [Timer],
    DateTime<Utc>,
) -> BoxFuture<'a, Result<CarriedOut, Error>>;

/// What timers of one kind lead to.
pub(in crate::engine) struct TimerWork {
    /// The name of its transactions.
    pub name: &'static str,
    /// What is said of it if it panics.
    pub panicked: &'static str,
    /// Does it, and saves everything except the queues.
    pub run: Run,
}

impl TimerWork {
    /// Does the work of timers of one organization. A batch that fails is halved, down to the
    /// failing timer, which is held. Without timers it costs nothing.
    pub async fn work(
        &self,
        core: &Core,
        organization: OrganizationId,
        timers: Vec<Timer>,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        if timers.is_empty() {
            return Ok(());
        }

        let mut rest = Halves::of(timers);
        while let Some(part) = rest.next() {
            let attempt = self.attempt(core, organization, &part, now);
            let failure = match attempt.instrument(transaction(self.name)).await {
                Ok(()) => continue,
                Err(failure) if passes_by_itself(&failure) => return Err(failure),
                Err(failure) => failure,
            };
            for timer in rest.failed(part).into_iter().flatten() {
                hold(core, timer, &failure, now).await?;
            }
        }
        Ok(())
    }

    async fn attempt(
        &self,
        core: &Core,
        organization: OrganizationId,
        timers: &[Timer],
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut tx = core.begin(Locking::Wait).await?;
        // Treat a panic like the failure of an item, so that halving finds it and the others go on.
        let run = AssertUnwindSafe((self.run)(core, &mut tx, organization, timers, now));
        match run.catch_unwind().await.unwrap_or(Err(Error::Fault(self.panicked))) {
            Ok(saved) => Ok(core.commit_and_wake(tx, &saved.decided, saved.wakes).await?),
            Err(failure) => Err(core.roll_back(tx, failure).await),
        }
    }
}
