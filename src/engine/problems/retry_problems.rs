//! Tries problems again, each in a transaction of its own.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt as _;
use sqlx::PgConnection;
use tracing::Instrument as _;

use crate::domain::changes::Changes;
use crate::domain::id::{OrganizationId, ProblemId, RecordId};
use crate::domain::operation::{Operation, OperationState};
use crate::domain::problem::{Item, Problem};
use crate::domain::timer::{Timer, TimerKind};
use crate::engine::cases::fire_timers;
use crate::engine::frame::commit::Wakes;
use crate::engine::frame::core::transaction;
use crate::engine::frame::one_by_one::one_by_one;
use crate::engine::routing::route_records::{Duty, Ticked};
use crate::engine::routing::run_operations;
use crate::engine::{Engine, Error};
use crate::store::enrollments::timers;
use crate::store::routing::set_aside;
use crate::store::{self, routing};

/// The most items of one organization in one tick.
const LIMIT: i64 = 10;

/// How long to wait if another transaction holds what an item needs.
const HELD_PAUSE: TimeDelta = TimeDelta::milliseconds(500);

/// Problems by organization.
pub type DueProblems = BTreeMap<OrganizationId, Vec<ProblemId>>;

/// What an attempt changed, and whom that wakes besides those who wait for the changes.
type Done = (Changes, Wakes);

/// What became of an attempt.
enum Attempt {
    /// It succeeded.
    Succeeded(Box<Done>),
    /// There is nothing left to do.
    Moot,
    /// Another transaction holds what it needs.
    Held,
}

/// Returns when to look again: at the next attempt, but while something is held not before its
/// pause is over.
pub fn after(next: Option<DateTime<Utc>>, held: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    next.map(|next| held.map_or(next, |held| next.max(held)))
}

impl Engine {
    /// Returns the problems whose next attempt is due by `now`, some of each organization.
    ///
    /// # Errors
    /// The database failed.
    pub async fn due_problems(&self, now: DateTime<Utc>) -> Result<DueProblems, Error> {
        let mut due = DueProblems::new();
        for (organization, id) in set_aside::due(&mut *self.store().connection().await?, now, LIMIT).await? {
            due.entry(organization).or_default().push(id);
        }
        Ok(due)
    }

    /// Returns when the next attempt at any problem is due.
    ///
    /// # Errors
    /// The database failed.
    pub async fn next_problem(&self) -> Result<Option<DateTime<Utc>>, Error> {
        Ok(set_aside::next_due(&mut *self.store().connection().await?).await?)
    }

    /// Tries these problems of an organization again.
    ///
    /// # Errors
    /// Returns the first error that has nothing to do with the item. The others were tried.
    pub async fn retry_problems_of(
        &self,
        organization: OrganizationId,
        problems: &[ProblemId],
    ) -> Result<Ticked, Error> {
        one_by_one(problems, |id| self.retry_one(organization, *id).instrument(transaction("problems"))).await
    }

    /// Tries again the problems whose next attempt is due, of one organization after the other.
    ///
    /// # Errors
    /// Returns the first error that has nothing to do with the item. The others were tried.
    pub async fn retry_problems(&self, now: DateTime<Utc>) -> Result<Ticked, Error> {
        let due = self.due_problems(now).await?;
        let ticked: Ticked = one_by_one(due, |(organization, problems)| async move {
            self.retry_problems_of(organization, &problems).await
        })
        .await?;

        Ok(Ticked { again_at: after(self.next_problem().await?, ticked.again_at), ..ticked })
    }

    /// Tries one item, or has to wait for what another transaction holds.
    async fn retry_one(&self, organization: OrganizationId, id: ProblemId) -> Result<Ticked, Error> {
        // An attempt may take long. The pause after it begins at its own time.
        let now = self.clock().now();
        let mut tx = self.core().begin_write().await?;

        match self.retry_locked(&mut tx, organization, id, now).await {
            // The attempt has bumped the queues.
            Ok(Some((decided, wakes))) => {
                self.core().commit_bumped(tx, &decided, wakes).await?;
                return Ok(Ticked { worked: true, again_at: None });
            }
            Ok(None) => self.core().undo(tx).await,
            Err(Error::Store(error)) if error.waited_in_vain() => self.core().undo(tx).await,
            Err(error) => return Err(self.core().roll_back(tx, error).await),
        }
        Ok(Ticked { worked: false, again_at: Some(self.clock().now() + HELD_PAUSE) })
    }

    /// Locks a problem and tries its item. Returns `None` if it is held.
    ///
    /// Waits for its turn to route: beside a backfill, the lock is hardly ever free.
    async fn retry_locked(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        id: ProblemId,
        now: DateTime<Utc>,
    ) -> Result<Option<Done>, Error> {
        routing::lock(conn, organization).await?;
        let operation = match set_aside::operation(conn, organization, id).await? {
            Some(operation) => routing::operations::lock(conn, organization, operation).await?,
            None => None,
        };
        // Another server may have solved it, or tried it, meanwhile.
        let problem = set_aside::lock(conn, organization, id).await?;
        let Some(problem) = problem.filter(|problem| problem.retry_time <= now) else {
            return Ok(Some(Done::default()));
        };
        // An earlier release may have deleted the timer. It must be there even if this fails.
        let timer = match problem.item {
            Item::Timer { subject, .. } => timers::restore(conn, organization, subject).await?,
            Item::RecordChange { .. } | Item::OfOperation { .. } => None,
        };

        let mut attempt = store::savepoint(conn).await?;
        // A panic is treated like any failure of the item.
        let tried = AssertUnwindSafe(self.attempt(&mut attempt, &problem, timer, operation, now));
        let tried = tried.catch_unwind().await.unwrap_or(Err(Error::Fault("trying an item again panicked")));
        match tried {
            Ok(Attempt::Held) => Ok(None),
            Ok(Attempt::Moot) => {
                attempt.commit().await.map_err(store::Error::from)?;
                set_aside::delete(conn, &problem).await?;
                Ok(Some(Done::default()))
            }
            Ok(Attempt::Succeeded(done)) => {
                attempt.commit().await.map_err(store::Error::from)?;
                set_aside::delete(conn, &problem).await?;
                Ok(Some(*done))
            }
            Err(Error::Store(error)) if error.retryable() => Err(error.into()),
            Err(failure) => {
                attempt.rollback().await.map_err(store::Error::from)?;
                let problem = Problem { item: current(&problem, timer), ..problem };
                self.core().note_again(conn, &problem, &failure, now).await?;
                Ok(Some(Done::default()))
            }
        }
    }

    async fn attempt(
        &self,
        conn: &mut PgConnection,
        problem: &Problem,
        timer: Option<Timer>,
        operation: Option<Operation>,
        now: DateTime<Utc>,
    ) -> Result<Attempt, Error> {
        match problem.item {
            Item::Timer { .. } => self.fire_alone(conn, timer, now).await,
            Item::RecordChange { record } => {
                let routed = self.do_and_bump(conn, problem.organization, Duty::Route, record, now).await?;
                Ok(Attempt::Succeeded(Box::new(routed.changes_and_wakes())))
            }
            Item::OfOperation { record, .. } => self.repeat_duty(conn, problem, record, operation, now).await,
        }
    }

    /// Fires one timer. `None` stands for one whose enrollment or activity doesn't wait any more.
    async fn fire_alone(
        &self,
        conn: &mut PgConnection,
        timer: Option<Timer>,
        now: DateTime<Utc>,
    ) -> Result<Attempt, Error> {
        // A later timer of the same subject fires by itself.
        let Some(timer) = timer.filter(|timer| timer.due_at <= now) else { return Ok(Attempt::Moot) };
        if timer.kind == TimerKind::Command {
            let done = self.core().carry_out(conn, timer.organization, &[timer], now).await?;
            // The next command of the enrollment has a timer with the same key.
            timers::release(conn, &timer).await?;
            store::changes::bump(conn, &done.decided, || self.clock().new_stamp()).await?;
            return Ok(Attempt::Succeeded(Box::new((done.decided, done.wakes))));
        }

        if timer.kind.serves_line() {
            // Whoever is held has no turn.
            timers::release(conn, &timer).await?;
            let served = self.core().serve(conn, timer.organization, &[timer], now).await?;
            store::changes::bump(conn, &served.decided, || self.clock().new_stamp()).await?;
            // Others may be held now. Too early a look costs nothing.
            self.wake().problem_due();
            return Ok(Attempt::Succeeded(Box::new((served.decided, served.wakes))));
        }

        if timer.kind == TimerKind::SplitEnd {
            // Other ends of the sequence share the problem.
            store::sequences::splits::release(conn, &timer).await?;
            let ended = self.core().end_splits(conn, timer.organization, &[timer], now).await?;
            return Ok(Attempt::Succeeded(Box::new((ended.decided, ended.wakes))));
        }

        let claimed = timers::claim_these(conn, timer.organization, &[timer]).await?;
        if claimed.is_empty() {
            return Ok(Attempt::Held);
        }

        let (decided, ()) = fire_timers::save(self.core(), conn, now, &claimed).await?;
        store::changes::bump(conn, &decided, || self.clock().new_stamp()).await?;
        Ok(Attempt::Succeeded(Box::new((decided, Wakes::default()))))
    }

    /// Does for a record what its operation couldn't do. `None` stands for an operation that isn't
    /// known: an earlier release didn't keep which one it was. All that ran then routed records.
    async fn repeat_duty(
        &self,
        conn: &mut PgConnection,
        problem: &Problem,
        record: RecordId,
        operation: Option<Operation>,
        now: DateTime<Utc>,
    ) -> Result<Attempt, Error> {
        // Nobody wants the rest of what was canceled.
        if operation.as_ref().is_some_and(|operation| operation.state == OperationState::Canceled) {
            return Ok(Attempt::Moot);
        }
        let duty = operation.as_ref().map_or(Duty::RouteForOperation(None), run_operations::duty);
        let routed = self.do_and_bump(conn, problem.organization, duty, record, now).await?;
        if let Some(operation) = operation {
            routing::operations::update(conn, &operation.mended(routed.enrolled)).await?;
        }
        Ok(Attempt::Succeeded(Box::new(routed.changes_and_wakes())))
    }
}

/// The item of a problem, with the key that its timer has now.
fn current(problem: &Problem, timer: Option<Timer>) -> Item {
    match (problem.item, timer) {
        (Item::Timer { subject, .. }, Some(timer)) => {
            Item::Timer { subject, key: Some((timer.due_at, timer.kind)) }
        }
        (item, _) => item,
    }
}
