//! Ends the splits that upnext decides: at their end, the variant with the largest share becomes
//! the winner.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use futures::FutureExt;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::caller::Actor;
use crate::domain::definition::Definition;
use crate::domain::history::{HistoryEvent, HistoryKind};
use crate::domain::id::{OrganizationId, SequenceId};
use crate::domain::sequence::{Revision, Sequence};
use crate::domain::split_end::Measured;
use crate::domain::step::{Split, SplitGoal};
use crate::domain::timer::Timer;
use crate::engine::cases::run_commands::CarriedOut;
use crate::engine::cases::timer_work::TimerWork;
use crate::engine::frame::commit::Wakes;
use crate::engine::frame::core::Core;
use crate::engine::{Error, Write};
use crate::store::sequences::revisions::{self, RevisionKey};
use crate::store::sequences::splits::{self, Counted};
use crate::store::{changes, sequences};

/// Ends the splits of timers.
pub(in crate::engine) const END_SPLITS: TimerWork = TimerWork {
    name: "splits",
    panicked: "ending a split panicked",
    run: |core, conn, organization, timers, now| core.end_splits(conn, organization, timers, now).boxed(),
};

/// A split that ends.
struct Ending<'a> {
    asked: Measured,
    split: &'a Split,
    goal: SplitGoal,
}

impl Core {
    /// Ends the splits whose time has come, by the newest revisions of their sequences. Saves
    /// everything.
    pub(in crate::engine) async fn end_splits(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        timers: &[Timer],
        now: DateTime<Utc>,
    ) -> Result<CarriedOut, Error> {
        let ids: BTreeSet<SequenceId> = timers.iter().map(|timer| SequenceId(timer.subject)).collect();
        let ids = Vec::from_iter(ids);

        // Counted before anything is locked, because there may be millions of entries.
        let sequences = sequences::keyed(conn, organization, &ids, false).await?;
        let newest = newest(conn, organization, &sequences).await?;
        let asked: Vec<Measured> = ending(&newest, timers).into_iter().map(|one| one.asked).collect();
        let mut counted = splits::count(conn, organization, &asked).await?;

        let sequences = sequences::keyed(conn, organization, &ids, true).await?;
        // Another server may have ended them while this one waited.
        let timers = splits::take_timers(conn, timers).await?;
        let newest = self::newest(conn, organization, &sequences).await?;
        let ending = ending(&newest, &timers);
        // What a revision that came meanwhile asks for.
        let new = ending.iter().map(|one| &one.asked).filter(|one| !asked.contains(one));
        let new: Vec<Measured> = new.cloned().collect();
        counted.extend(splits::count(conn, organization, &new).await?);
        self.save_ended(conn, &sequences, (&ending, &counted), now).await
    }

    /// Decides splits of locked sequences by these numbers.
    async fn save_ended(
        &self,
        conn: &mut PgConnection,
        sequences: &[Sequence],
        (ending, counted): (&[Ending<'_>], &Counted),
        now: DateTime<Utc>,
    ) -> Result<CarriedOut, Error> {
        let mut after: BTreeMap<_, _> = sequences.iter().map(|one| (one.id, one.clone())).collect();
        let (decided, ()) = self.decide(now, |flow| {
            for one in ending {
                let event = one.end(&mut after, counted, now, (flow.mint)());
                flow.changes.history.extend(event);
            }
        });

        let changed =
            sequences.iter().filter_map(|before| after.get(&before.id).filter(|one| *one != before));
        for sequence in changed {
            sequences::update(conn, sequence).await?;
        }
        changes::save_rows(conn, &decided).await?;
        Ok(CarriedOut { decided, wakes: Wakes::default() })
    }
}

/// Reads the newest definitions of sequences.
async fn newest(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sequences: &[Sequence],
) -> Result<BTreeMap<SequenceId, Definition>, Error> {
    let keys: Vec<RevisionKey> =
        sequences.iter().map(|one| (organization, one.id, one.state.revision())).collect();
    let newest = revisions::definitions(conn, &keys).await?;
    Ok(newest.into_iter().map(|one| (one.key.1, one.definition)).collect())
}

/// Returns the splits that end at the times of these timers.
fn ending<'a>(newest: &'a BTreeMap<SequenceId, Definition>, timers: &[Timer]) -> Vec<Ending<'a>> {
    let mut ending = Vec::new();
    for (sequence, definition) in newest {
        for (step_id, split) in definition.measured_splits() {
            let Some((end_time, goal)) = split.decision() else { continue };
            let is_due = |timer: &Timer| timer.subject == sequence.0 && timer.due_at == end_time;
            if timers.iter().any(is_due) {
                let step_id = step_id.to_owned();
                let asked = Measured { sequence: *sequence, step_id, metric: goal.metric };
                ending.push(Ending { asked, split, goal });
            }
        }
    }
    ending
}

impl Ending<'_> {
    /// Ends the split, and returns what history tells of it: of a deleted sequence nothing.
    fn end(
        &self,
        sequences: &mut BTreeMap<SequenceId, Sequence>,
        counted: &Counted,
        now: DateTime<Utc>,
        id: Uuid,
    ) -> Option<HistoryEvent> {
        let Measured { sequence, step_id, .. } = &self.asked;
        let before = sequences.remove(sequence)?;
        if before.check_not_deleted().is_err() {
            return None;
        }

        let results = self.split.results(counted.get(&(*sequence, step_id.clone())));
        let (after, detail) = before.end_split(self.split, self.goal, (step_id, results), now);
        let event = HistoryEvent {
            organization: after.organization,
            subject: after.id.0,
            id,
            at: now,
            kind: HistoryKind::SplitEnded,
            actor: Actor::UPNEXT,
            detail,
        };
        sequences.insert(after.id, after);
        Some(event)
    }
}

impl Write {
    /// Sets the timers of a new revision's splits that decide at their ends, in place of those of
    /// the revision before it. A split that both have keeps its timer, or has ended.
    pub(in crate::engine) async fn time_splits(
        &mut self,
        before: Option<&Revision>,
        revision: &Revision,
    ) -> Result<(), Error> {
        let (organization, sequence) = (revision.organization, revision.sequence);
        let known = before.map(|before| before.plan.definition.split_decisions()).unwrap_or_default();
        let wanted = revision.plan.definition.split_decisions();
        let timer = |(due_at, _): &(DateTime<Utc>, &str)| splits::timer(organization, sequence, *due_at);

        let kept: BTreeSet<Timer> = wanted.iter().map(timer).collect();
        let gone: BTreeSet<Timer> = known.iter().map(timer).filter(|timer| !kept.contains(timer)).collect();
        let new: BTreeSet<Timer> = wanted.difference(&known).map(timer).collect();
        splits::take_timers(self.conn(), &Vec::from_iter(gone)).await?;
        splits::set_timers(self.conn(), &Vec::from_iter(new.iter().copied())).await?;
        if let Some(first) = new.first() {
            self.sets_timer(first.due_at);
        }
        Ok(())
    }
}
