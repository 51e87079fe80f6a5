//! What is due by itself: waits end and lead to the next step, snoozed activities come back.
//!
//! A tick asks which organizations have something due, and gives each one batch, or two side by
//! side: one with a million overdue timers doesn't delay another's fresh one. A batch that fails is
//! halved down to the item, which is set aside with its reason.

use std::collections::{BTreeSet, HashMap};
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
use crate::domain::timer::Timer;
use crate::engine::frame::core::{Core, plans_for, transaction, undo};
use crate::engine::frame::halves::Halves;
use crate::engine::{Engine, Error};
use crate::measures;
use crate::store::enrollments::{EnrollmentKey, Locking};
use crate::store::routing;
use crate::store::routing::set_aside::SetAside;
use crate::store::{self, Plans, changes, enrollments};

/// The most timers of one organization in one transaction.
const LIMIT: usize = 1000;

/// The most organizations of one tick.
const ORGANIZATIONS: i64 = 1000;

/// What a tick of the timer loop found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fired {
    /// How many timers were fired, found stale or set aside.
    pub timers: usize,
    /// There is more that is due.
    pub full: bool,
    /// The earliest due time there is now.
    pub next: Option<DateTime<Utc>>,
}

impl Engine {
    /// Fires what is due by `now`, at most one batch for each organization. Idempotent; any number
    /// of servers may do it at once.
    ///
    /// # Errors
    /// The first organization's that failed; the others were served.
    pub async fn fire_timers(&self, now: DateTime<Utc>) -> Result<Fired, Error> {
        let core = self.core();
        let heads = enrollments::timers::heads(&mut *core.store.connection().await?, ORGANIZATIONS).await?;
        let mut fired = Fired { next: heads.first().map(|(_, due_at)| *due_at), ..Fired::default() };
        if fired.next.is_none_or(|next| next > now) {
            return Ok(fired);
        }

        let mut failed = None;
        for (organization, _) in heads.into_iter().take_while(|(_, due_at)| *due_at <= now) {
            for batch in fire_side_by_side(core, organization, now).await {
                match batch {
                    Ok(count) => {
                        fired.timers += count;
                        fired.full |= count >= LIMIT;
                    }
                    Err(error) => failed = failed.or(Some(error)),
                }
            }
        }

        if let Some(error) = failed {
            return Err(error);
        }
        let heads = enrollments::timers::heads(&mut *core.store.connection().await?, 1).await?;
        fired.next = heads.first().map(|(_, due_at)| *due_at);
        Ok(fired)
    }
}

/// Fires a batch of what is due in one organization, and once that has claimed as much as it may,
/// another beside it: one is decided while Postgres saves the other. They wait for each other only
/// where both bump a queue. Says how many timers each was.
async fn fire_side_by_side(
    core: &Core,
    organization: OrganizationId,
    now: DateTime<Utc>,
) -> [Result<usize, Error>; 2] {
    let (full, told) = oneshot::channel();
    let second = async {
        match told.await {
            Ok(()) => fire_one_batch(core, organization, now, None).await,
            Err(_) => Ok(0),
        }
    };
    tokio::join!(fire_one_batch(core, organization, now, Some(full)), second).into()
}

/// Claims and fires what is due in one organization; says how many timers it was, and already
/// before they are fired if it is a full batch.
async fn fire_one_batch(
    core: &Core,
    organization: OrganizationId,
    now: DateTime<Utc>,
    full: Option<oneshot::Sender<()>>,
) -> Result<usize, Error> {
    let mut claimed = Claimed { full, ..Claimed::default() };
    let began = Instant::now();
    let fired = fire(core, organization, now, None, &mut claimed).instrument(transaction("timers")).await;
    let failure = match fired {
        Ok(0) => {
            let mut conn = core.store.connection().await?;
            return Ok(enrollments::timers::drop_lost(&mut conn, organization, now).await?);
        }
        Ok(count) => {
            metrics::histogram!(measures::SWEEP_DURATION).record(began.elapsed());
            metrics::histogram!(measures::SWEEP_TIMERS).record(count as f64);
            return Ok(count);
        }
        Err(failure) => failure,
    };

    let claimed = claimed.timers;
    if claimed.is_empty() || passes_by_itself(&failure) {
        return Err(failure);
    }
    let count = claimed.len();
    fire_halves(core, organization, now, claimed, failure).await?;
    Ok(count)
}

/// What a batch has claimed, known also if it fails afterwards.
#[derive(Default)]
struct Claimed {
    timers: Vec<Timer>,
    /// Told if it is as much as a batch may claim: there may be more.
    full: Option<oneshot::Sender<()>>,
}

impl Claimed {
    fn note(&mut self, claimed: &[Timer]) {
        self.timers = claimed.to_vec();
        if let Some(full) = self.full.take_if(|_| claimed.len() >= LIMIT) {
            // Nobody who waits for it has gone: both are awaited together.
            _ = full.send(());
        }
    }
}

/// Fires the halves of a batch that failed, and theirs, down to the item.
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
            // All of them have failed already.
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
            put_aside(core, timer, &failure, now).await?;
        }
    }
    Ok(())
}

/// Whether the failure is not of the items' making: the next tick tries again.
fn passes_by_itself(failure: &Error) -> bool {
    matches!(failure, Error::Store(store::Error::Unavailable(_) | store::Error::Conflict(_)))
}

/// One transaction: claims these timers, or what is due, and notes what it claimed also if it fails
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
            undo(tx).await;
            return Ok(0);
        }
        Ok(claimed) => claimed,
        Err(failure) => return Err(core.roll_back(tx, failure.into()).await),
    };
    noted.note(&claimed);

    // A panic is a failure of an item, and must not take its neighbours along.
    let fired = AssertUnwindSafe(save(core, &mut tx, now, &claimed)).catch_unwind().await;
    let fired = fired.unwrap_or(Err(Error::Fault("firing a timer panicked")));
    core.finish(tx, fired).await?;
    note_lateness(core, &claimed);
    Ok(claimed.len())
}

fn note_lateness(core: &Core, fired: &[Timer]) {
    let (now, lateness) = (core.clock.now(), metrics::histogram!(measures::TIMER_LATENESS));
    for timer in fired {
        lateness.record((now - timer.due_at).to_std().unwrap_or_default());
    }
}

async fn save(
    core: &Core,
    conn: &mut PgConnection,
    now: DateTime<Utc>,
    claimed: &[Timer],
) -> Result<(Changes, ()), Error> {
    // The transaction began before it was known how many they are.
    if plans_for(claimed.len()) == Plans::Fresh {
        store::plan(conn, Plans::Fresh).await?;
    }

    let keys: BTreeSet<EnrollmentKey> =
        claimed.iter().map(|timer| (timer.organization, timer.enrollment)).collect();
    let cases = core.load_cases(conn, &Vec::from_iter(keys)).await?;
    let cases: HashMap<EnrollmentKey, Case> = cases.into_iter().map(|case| (case.key(), case)).collect();

    let (decided, fired) = core.decide(now, |flow| {
        claimed.iter().try_for_each(|timer| match cases.get(&(timer.organization, timer.enrollment)) {
            Some(case) => case.fire(*timer, flow),
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

/// Notes why a timer can't be fired, and removes it, so that its neighbours go on.
async fn put_aside(core: &Core, timer: Timer, failure: &Error, now: DateTime<Utc>) -> Result<(), Error> {
    tracing::error!(
        organization.id = %timer.organization, timer.subject = %timer.subject, error = failure as &dyn std::error::Error,
        "a timer can't be fired and is set aside"
    );

    let item = SetAside {
        organization: timer.organization,
        id: core.clock.new_id(),
        kind: "timer",
        subject: timer.subject,
        reason: failure.to_string(),
    };

    let mut tx = core.begin(Locking::Wait).await?;
    let replaced = replace(&mut tx, &timer, &item, now).await;
    Ok(core.finish(tx, replaced.map(|()| (Changes::new(), ()))).await?)
}

/// Puts the reason in the timer's place, unless somebody else has fired it.
async fn replace(
    conn: &mut PgConnection,
    timer: &Timer,
    item: &SetAside,
    now: DateTime<Utc>,
) -> Result<(), store::Error> {
    match enrollments::timers::delete(conn, timer).await? {
        true => routing::set_aside::insert(conn, item, now).await,
        false => Ok(()),
    }
}
