//! Fires due timers: waits end and lead to the next step, and snoozed activities come back.
//!
//! A tick finds the organizations that have due timers, and fires one batch for each of them, or
//! two side by side. So an organization with a million overdue timers doesn't delay the fresh
//! timers of another. A batch that fails is halved, down to the failing item, which is held and
//! tried again later.

use std::collections::{BTreeSet, HashMap};
use std::iter::Sum;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use sqlx::PgConnection;
use tokio::sync::oneshot;
use tracing::Instrument as _;

use crate::domain::case::Case;
use crate::domain::changes::Changes;
use crate::domain::id::OrganizationId;
use crate::domain::problem::{Item, ItemKind};
use crate::domain::timer::{Timer, TimerKind, TimerSubject};
use crate::engine::cases::run_commands::RUN_COMMANDS;
use crate::engine::cases::serve_lines::SERVE_LINES;
use crate::engine::frame::core::{Core, plans_for, transaction};
use crate::engine::frame::halves::Halves;
use crate::engine::frame::one_by_one::one_by_one;
use crate::engine::sequences::end_splits::END_SPLITS;
use crate::engine::{Engine, Error};
use crate::measures;
use crate::store::enrollments::{EnrollmentKey, Locking};
use crate::store::{self, Plans, changes, enrollments};

/// The most timers of one organization in one transaction.
const LIMIT: usize = 1000;

/// The most organizations in one tick.
const ORGANIZATIONS: i64 = 1000;

/// The result of a tick of the timer loop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fired {
    /// The number of timers that were fired, found stale or held.
    pub timers: usize,
    /// True if more timers may be due.
    pub full: bool,
}

impl Engine {
    /// Returns the organizations that have timers, with the due time of the first timer of each,
    /// the earliest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn timer_heads(&self) -> Result<Vec<(OrganizationId, DateTime<Utc>)>, Error> {
        let mut conn = self.core().store.connection().await?;
        Ok(enrollments::timers::heads(&mut conn, ORGANIZATIONS).await?)
    }

    /// Fires the timers of an organization that are due by `now`, at most two batches. Idempotent:
    /// any number of servers may run it at the same time.
    ///
    /// `now` may be a few milliseconds ahead. Then all but the commit is done before it, and the
    /// commit comes at that instant.
    ///
    /// # Errors
    /// One of the batches failed.
    pub async fn fire_timers_of(
        &self,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<Fired, Error> {
        fire_side_by_side(self.core(), organization, now).await.into_iter().sum()
    }

    /// Fires due timers of one organization after the other.
    ///
    /// # Errors
    /// Returns the error of the first organization that failed. The others were served.
    pub async fn fire_timers(&self, now: DateTime<Utc>) -> Result<Fired, Error> {
        let due = self.timer_heads().await?.into_iter().take_while(|(_, due)| *due <= now);
        one_by_one(due, |(organization, _)| self.fire_timers_of(organization, now)).await
    }
}

impl Sum for Fired {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            timers: sum.timers + one.timers,
            full: sum.full || one.full,
        })
    }
}

/// Fires a batch of due timers of one organization. If that batch claims as many timers as it may,
/// a second one starts beside it: one is decided while Postgres saves the other. They wait for each
/// other only where both bump the same queue.
async fn fire_side_by_side(
    core: &Core,
    organization: OrganizationId,
    now: DateTime<Utc>,
) -> [Result<Fired, Error>; 2] {
    let (full, told) = oneshot::channel();
    let second = async {
        match told.await {
            Ok(()) => fire_one_batch(core, organization, now, None).await,
            // The sender was dropped unused: the first batch was not full.
            Err(_) => Ok(Fired::default()),
        }
    };

    tokio::join!(fire_one_batch(core, organization, now, Some(full)), second).into()
}

/// Claims and fires a batch of due timers of one organization. Sends on `full` as soon as it has
/// claimed a full batch, before it fires it.
async fn fire_one_batch(
    core: &Core,
    organization: OrganizationId,
    now: DateTime<Utc>,
    full: Option<oneshot::Sender<()>>,
) -> Result<Fired, Error> {
    let mut claimed = Claimed { full, ..Claimed::default() };
    let began = Instant::now();
    let fired = fire(core, organization, now, None, &mut claimed).instrument(transaction("timers")).await;

    let failure = match fired {
        Ok(0) => {
            // Timers that are due but can't be claimed may have lost their enrollment.
            let mut conn = core.store.connection().await?;
            let timers = enrollments::timers::drop_lost(&mut conn, organization, now).await?;
            return Ok(Fired { timers, full: false });
        }
        Ok(timers) => {
            metrics::histogram!(measures::SWEEP_DURATION).record(began.elapsed());
            metrics::histogram!(measures::SWEEP_TIMERS).record(timers as f64);
            let of = |wanted: fn(TimerKind) -> bool| claimed.of(wanted);
            let (commands, lines) = (of(|kind| kind == TimerKind::Command), of(TimerKind::serves_line));
            let splits = of(|kind| kind == TimerKind::SplitEnd);
            // A command may lead to another one, and more may begin than one transaction takes.
            let full = timers >= LIMIT || !commands.is_empty() || !lines.is_empty();
            // First, so that whoever comes to a split now takes the winner.
            let ended = END_SPLITS.work(core, organization, splits, now).await;
            let ran = RUN_COMMANDS.work(core, organization, commands, now).await;
            let served = SERVE_LINES.work(core, organization, lines, now).await;
            return ended.and(ran).and(served).map(|()| Fired { timers, full });
        }
        Err(failure) => failure,
    };

    let claimed = claimed.timers;
    if claimed.is_empty() || passes_by_itself(&failure) {
        return Err(failure);
    }

    let timers = claimed.len();
    fire_halves(core, organization, now, claimed, failure).await?;
    Ok(Fired { timers, full: timers >= LIMIT })
}

/// The timers that a batch has claimed. Known even if the batch fails afterwards.
#[derive(Default)]
struct Claimed {
    timers: Vec<Timer>,
    /// Sent if the batch claimed as many timers as it may, because there may be more.
    full: Option<oneshot::Sender<()>>,
}

impl Claimed {
    /// Returns the timers of kinds that have transactions of their own.
    fn of(&self, wanted: fn(TimerKind) -> bool) -> Vec<Timer> {
        self.timers.iter().copied().filter(|timer| wanted(timer.kind)).collect()
    }

    fn note(&mut self, claimed: &[Timer]) {
        self.timers = claimed.to_vec();
        if let Some(full) = self.full.take_if(|_| claimed.len() >= LIMIT) {
            // The send can't fail: sender and receiver are awaited together.
            _ = full.send(());
        }
    }
}

/// Fires the halves of a failed batch, and halves those that fail again, down to single items.
/// Holds the failing items.
async fn fire_halves(
    core: &Core,
    organization: OrganizationId,
    now: DateTime<Utc>,
    batch: Vec<Timer>,
    failure: Error,
) -> Result<(), Error> {
    let mut rest = Halves::of(batch);
    let mut known = Some(failure);

    while let Some(part) = rest.next() {
        let failure = match known.take() {
            // The whole batch has just failed, so don't try it again.
            Some(failure) => failure,
            None => match fire(core, organization, now, Some(&part), &mut Claimed::default())
                .instrument(transaction("timers"))
                .await
            {
                Ok(_) => continue,
                Err(failure) if passes_by_itself(&failure) => return Err(failure),
                Err(failure) => failure,
            },
        };

        for timer in rest.failed(part).into_iter().flatten() {
            hold(core, timer, &failure, now).await?;
        }
    }

    Ok(())
}

/// True if the items didn't cause the failure. Then the next tick tries them again.
pub(in crate::engine) fn passes_by_itself(failure: &Error) -> bool {
    matches!(failure, Error::Store(error) if error.retryable())
}

/// Claims and fires `these` timers, or those that are due, in one transaction, which commits no
/// earlier than `now`. Returns their number. Writes what it claimed to `noted`, even if it fails
/// afterwards.
async fn fire(
    core: &Core,
    organization: OrganizationId,
    now: DateTime<Utc>,
    these: Option<&[Timer]>,
    noted: &mut Claimed,
) -> Result<usize, Error> {
    let mut tx = match these {
        Some(_) => core.begin(Locking::Wait).await?,
        None => core.begin_keyed(Locking::Wait, 0).await?,
    };

    let limit = i64::try_from(LIMIT).expect("a small number");
    let claimed = match these {
        Some(these) => enrollments::timers::claim_these(&mut tx, organization, these).await,
        None => enrollments::timers::claim(&mut tx, organization, now, limit).await,
    };
    let claimed = match claimed {
        Ok(claimed) if claimed.is_empty() => {
            core.undo(tx).await;
            return Ok(0);
        }
        Ok(claimed) => claimed,
        Err(failure) => return Err(core.roll_back(tx, failure.into()).await),
    };
    noted.note(&claimed);

    // Treat a panic like the failure of an item, so that halving finds it and the others go on.
    let fired = AssertUnwindSafe(save(core, &mut tx, now, &claimed)).catch_unwind().await;
    let fired = fired.unwrap_or(Err(Error::Fault("firing a timer panicked")));
    if core.finish_at(tx, now, fired).await?.is_none() {
        // Its instant doesn't come: the next tick tries again.
        return Ok(0);
    }

    // Only after the commit: a batch that fails fires nothing.
    core.successes.note(ItemKind::Timer, now);
    note_lateness(core, &claimed);
    Ok(claimed.len())
}

fn note_lateness(core: &Core, fired: &[Timer]) {
    let (now, lateness) = (core.clock.now(), metrics::histogram!(measures::TIMER_LATENESS));
    // A command is due since the step before it ended, which can be reported late.
    for timer in fired.iter().filter(|timer| timer.kind != TimerKind::Command) {
        lateness.record((now - timer.due_at).to_std().unwrap_or_default());
    }
}

/// Decides what due timers lead to, and saves it, except the queues.
pub(in crate::engine) async fn save(
    core: &Core,
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    claimed: &[Timer],
) -> Result<(Changes, ()), Error> {
    // The number of timers decides how to plan. It was not known when the transaction began.
    if plans_for(claimed.len()) == Plans::Fresh {
        store::plan_anew(conn).await?;
    }

    // A sequence has no case. What happens at the end of its splits is decided later.
    let moving = || claimed.iter().filter(|timer| timer.kind.subject() != TimerSubject::Sequence);
    let keys: BTreeSet<EnrollmentKey> =
        moving().map(|timer| (timer.organization, timer.enrollment)).collect();
    let cases = core.load_cases(conn, &Vec::from_iter(keys), now).await?;
    let cases: HashMap<EnrollmentKey, Case> = cases.into_iter().map(|case| (case.key(), case)).collect();

    let (decided, fired) = core.decide(now, |flow| {
        moving().try_for_each(|timer| match cases.get(&(timer.organization, timer.enrollment)) {
            Some(case) => case.fire(*timer, flow),
            // Without its enrollment there is nothing to move.
            None => {
                flow.changes.clear_timer(*timer);
                Ok(())
            }
        })
    });
    fired?;

    changes::save_rows(conn, &decided).await?;
    Ok((decided, ()))
}

/// Keeps a timer that can't be fired from the others, so that they go on. Unless another server has
/// fired it.
pub(in crate::engine) async fn hold(
    core: &Core,
    timer: Timer,
    failure: &Error,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut tx = core.begin(Locking::Wait).await?;
    let held = hold_with(core, &mut tx, timer, failure, now).await;
    core.finish(tx, held.map(|()| (Changes::new(), ()))).await?;

    core.wake.problem_due();
    Ok(())
}

/// Like [`hold`], as part of a transaction.
pub(in crate::engine) async fn hold_with(
    core: &Core,
    conn: &mut PgConnection,
    timer: Timer,
    failure: &Error,
    now: DateTime<Utc>,
) -> Result<(), store::Error> {
    let item = Item::Timer { subject: timer.subject, key: Some((timer.due_at, timer.kind)) };
    if enrollments::timers::hold(conn, &timer).await? {
        core.note_problem(conn, timer.organization, item, failure, now).await?;
    }
    Ok(())
}
