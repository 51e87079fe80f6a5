//! Serves the lines of those who wait for a place in a sequence with a throttle: the oldest begin
//! when the day turns, or another enrollment ends.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use futures::FutureExt;
use sqlx::PgConnection;

use crate::domain::calendar;
use crate::domain::case::{Broken, Case};
use crate::domain::flow::Flow;
use crate::domain::id::{EnrollmentId, OrganizationId, QueueId, SellerId, SequenceId};
use crate::domain::throttle::{Line, LineKey, Throttle};
use crate::domain::timer::{Timer, TimerKind};
use crate::engine::Error;
use crate::engine::cases::fire_timers::hold_with;
use crate::engine::cases::load::Incomplete;
use crate::engine::cases::run_commands::CarriedOut;
use crate::engine::cases::timer_work::TimerWork;
use crate::engine::frame::commit::Wakes;
use crate::engine::frame::core::Core;
use crate::engine::frame::programs::OrganizationFacts;
use crate::store::enrollments::places::{self, Counts};
use crate::store::enrollments::{self, EnrollmentKey, Locking};
use crate::store::tenants::calendars::OwnerKey;
use crate::store::{self, changes, routing};

/// The most enrollments that begin in one transaction, about.
const LIMIT: i64 = 1000;

/// When those who aren't first look again, at the earliest.
const SOON: TimeDelta = TimeDelta::minutes(1);

/// Serves the lines of timers.
pub(in crate::engine) const SERVE_LINES: TimerWork = TimerWork {
    name: "lines",
    panicked: "serving a line panicked",
    run: |core, conn, organization, timers, now| core.serve(conn, organization, timers, now).boxed(),
};

/// A line, and those at its front.
struct Served {
    line: Line,
    /// The most that were asked for.
    most: i64,
    heads: Vec<EnrollmentId>,
}

impl Core {
    /// Lets those begin whose turn it is, and saves everything except the queues.
    pub(in crate::engine) async fn serve(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        timers: &[Timer],
        now: DateTime<Utc>,
    ) -> Result<CarriedOut, Error> {
        let lines = places::served(conn, organization, timers).await?;
        // Whoever takes places in a sequence holds it. It comes before all enrollments.
        let sequences: BTreeSet<_> = lines.keys().map(|line| (organization, line.1)).collect();
        let throttles = places::lock(conn, &Vec::from_iter(sequences), Locking::Wait).await?;
        let served = self.load_served(conn, (organization, &lines), &throttles, now).await?;

        // Those whose time was planned for now get another one if it isn't their turn.
        let planned = timers.iter().filter(|timer| timer.kind == TimerKind::Throttle);
        let planned = planned.map(|timer| timer.enrollment);
        let heads = served.values().flat_map(|one| one.heads.iter().copied());
        let keys: BTreeSet<EnrollmentKey> = planned.chain(heads).map(|id| (organization, id)).collect();
        let keys = enrollments::lock(conn, &Vec::from_iter(keys), Locking::Wait).await?;
        let cases = self.load_cases(conn, &keys, now).await?;
        let (cases, broken) = whole(cases, timers)?;

        let (decided, aside) = self.decide(now, |flow| {
            timers.iter().for_each(|timer| flow.changes.clear_timer(*timer));
            Turns { served, cases }.decide(flow)?;
            let aside = broken.iter().filter_map(|(case, why)| Some((case.stand_aside(flow)?, *why)));
            Ok::<_, Broken>(aside.collect::<Vec<_>>())
        });
        let aside = aside?;
        changes::save_rows(conn, &decided).await?;
        for (timer, why) in &aside {
            hold_with(self, conn, *timer, &Error::from(*why), now).await?;
        }
        Ok(CarriedOut { decided, wakes: Wakes { problems: !aside.is_empty(), ..Wakes::default() } })
    }

    async fn load_served(
        &self,
        conn: &mut PgConnection,
        (organization, lines): (OrganizationId, &BTreeMap<LineKey, bool>),
        throttles: &HashMap<SequenceId, Throttle>,
        now: DateTime<Utc>,
    ) -> Result<BTreeMap<LineKey, Served>, store::Error> {
        // Read after the locks, so that the epoch is as recent as the throttles.
        let epoch = routing::epoch(conn, organization).await?;
        let asked = lines.iter().map(|(line, is_sellers)| {
            let owner = is_sellers.then_some(SellerId(line.2.0));
            (*line, throttles.get(&line.1).copied().unwrap_or_default(), ((organization, owner), epoch))
        });
        let asked: Vec<_> = asked.collect();
        let loaded = self.load_lines(conn, &asked, now).await?;
        let days: Vec<_> = loaded.iter().map(|(key, line)| (*key, calendar::day(line.zone, now).0)).collect();
        places::forget(conn, &days).await?;

        let most = LIMIT / i64::try_from(loaded.len().max(1)).unwrap_or(LIMIT);
        // One more than may begin: whoever is first then has to know when to begin.
        let front = |line: Line| Served { line, most: line.free().min(most.max(1)) + 1, heads: Vec::new() };
        let mut served: BTreeMap<_, _> = loaded.into_iter().map(|(key, line)| (key, front(line))).collect();
        let wanted = served.iter().map(|(key, one)| (*key, one.most));
        for (key, head) in places::heads(conn, &Vec::from_iter(wanted)).await? {
            if let Some(one) = served.get_mut(&key) {
                one.heads.push(head);
            }
        }
        Ok(served)
    }

    /// Loads lines of which the owners and throttles are known.
    async fn load_lines(
        &self,
        conn: &mut PgConnection,
        asked: &[(LineKey, Throttle, (OwnerKey, i64))],
        now: DateTime<Utc>,
    ) -> Result<HashMap<LineKey, Line>, store::Error> {
        let working = self.programs.working_times(conn, asked.iter().map(|(_, _, owner)| *owner)).await?;
        let zone = |owner: &OwnerKey| match working.get(owner).and_then(Option::as_ref) {
            Some(working) => working.zone(),
            None => Tz::UTC,
        };
        let days = asked.iter().map(|(key, _, owner)| (*key, calendar::day(zone(&owner.0), now).0));
        let counts = places::count(conn, &Vec::from_iter(days)).await?;

        let line = |(key, throttle, owner): &(LineKey, Throttle, (OwnerKey, i64))| {
            let Counts { begun_today, active, waiting } = counts.get(key).copied().unwrap_or_default();
            (*key, Line { throttle: *throttle, zone: zone(&owner.0), begun_today, active, waiting })
        };
        Ok(asked.iter().map(line).collect())
    }

    /// Adds the lines of owners whose records are about to start a sequence with a throttle.
    pub(in crate::engine) async fn add_lines(
        &self,
        conn: &mut PgConnection,
        incomplete: &mut [Incomplete<'_>],
        organizations: &HashMap<OrganizationId, Arc<OrganizationFacts>>,
        now: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        let throttle = |one: &Incomplete<'_>| {
            let starts = one.enrollment.is_none();
            organizations.get(&one.revision.0)?.throttles.get(&one.revision.1).filter(|_| starts).copied()
        };
        let asked = incomplete.iter().filter_map(|one| {
            let owner = ((one.revision.0, one.facts.owner), one.facts.definition_epoch);
            Some((line_key(one)?, (throttle(one)?, owner)))
        });
        let asked: BTreeMap<_, _> = asked.collect();
        if asked.is_empty() {
            return Ok(());
        }

        let asked = asked.into_iter().map(|(key, (throttle, owner))| (key, throttle, owner));
        let lines = self.load_lines(conn, &Vec::from_iter(asked), now).await?;
        for one in incomplete.iter_mut().filter(|one| throttle(one).is_some()) {
            one.facts.line = line_key(one).and_then(|key| lines.get(&key)).copied();
        }
        Ok(())
    }
}

/// A case that can't be decided, and why.
type Aside = (Case, Broken);

/// Returns the cases that can be decided, and the broken ones, which would keep those behind them
/// from their turn.
///
/// # Errors
/// One of the timers is that of a broken case. Then the timer itself has failed.
fn whole(cases: Vec<Case>, timers: &[Timer]) -> Result<(Vec<Case>, Vec<Aside>), Broken> {
    let (mut whole, mut broken) = (Vec::with_capacity(cases.len()), Vec::new());
    for case in cases {
        match case.check_whole() {
            Ok(()) => whole.push(case),
            Err(why) if timers.iter().any(|timer| case.enrollment.timer() == Some(*timer)) => {
                return Err(why);
            }
            Err(why) => broken.push((case, why)),
        }
    }
    Ok((whole, broken))
}

/// The line in which the record of an owner waits.
fn line_key(one: &Incomplete<'_>) -> Option<LineKey> {
    let unassigned = one.facts.target.as_ref().map(|target| target.queue);
    let queue = one.facts.owner.map(QueueId::from).or(unassigned)?;
    Some((one.revision.0, one.revision.1, queue))
}

/// Whose turn it is.
struct Turns {
    served: BTreeMap<LineKey, Served>,
    cases: Vec<Case>,
}

impl Turns {
    fn decide(self, flow: &mut Flow<'_>) -> Result<(), Broken> {
        let mut cases: HashMap<_, _> = self.cases.iter().map(|case| (case.enrollment.id, case)).collect();
        for (key, Served { mut line, most, heads }) in self.served {
            // Others may be behind these, whose turn it is, too.
            let mut rest = heads.last().copied().filter(|_| i64::try_from(heads.len()) == Ok(most));
            for head in heads {
                let Some(case) = cases.remove(&head) else { continue };
                // A halt that isn't written yet comes first.
                let case = case.settled(flow)?;
                if !case.enrollment.waits_in_line() || case.enrollment.place != Some(key.2) {
                    continue;
                }

                if line.free() > 0 {
                    case.begin_in_turn(flow)?;
                    line.begun_today += 1;
                    line.active += 1;
                    line.waiting -= 1;
                } else {
                    case.wait_in_line_until(line.begin_time(0, flow.now), flow)?;
                    rest = None;
                    break;
                }
            }
            if let Some(last) = rest {
                flow.serve_line(key, last);
            }
            // The others planned to begin now, but they aren't first: they count as the last.
            for case in cases.values().filter(|case| case.enrollment.place == Some(key.2)) {
                // Should they be first after all, the line is served before.
                let until = line.begin_time((line.waiting - 1).max(1), flow.now).max(flow.now + SOON);
                if case.enrollment.sequence == key.1 {
                    case.settled(flow)?.wait_in_line_until(until, flow)?;
                }
            }
        }
        Ok(())
    }
}
