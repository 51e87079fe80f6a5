//! How enrollments start, and how they go on from step to step. Pure: it gets the time and new keys
//! as arguments, and returns the rows to write.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::activity::{Activity, Closing};
use super::caller::Actor;
use super::case::Facts;
use super::changes::Changes;
use super::consent::{ConsentPolicy, Reach, Reaction, Warnings};
use super::enrollment::{Enrollment, EnrollmentSource, Position};
use super::history::{HistoryDetail, HistoryEvent, HistoryKind};
use super::id::{
    ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SegmentId, SellerId, SequenceId,
};
use super::past::Past;
use super::program::{Next, NodeId, Program};
use super::reason::Reason;
use super::step::ActivityKind;
use super::timer::WaitReason;
use super::violation::Violations;
use super::walk::Walk;

/// One batch of decisions. Later items see the results of earlier ones in `changes`.
pub struct Flow<'a> {
    /// The time of the batch.
    pub now: DateTime<Utc>,
    /// Returns a new key.
    pub mint: &'a mut dyn FnMut() -> Uuid,
    /// The rows that were decided so far.
    pub changes: &'a mut Changes,
}

/// The queue of a record's activities, and what they show of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The queue of its owner, or the queue for records without an owner.
    pub queue: QueueId,
    /// The display name of the record.
    pub display_name: String,
    /// What the record says about reaching its person.
    pub reach: Reach,
}

/// The facts that decisions about steps need.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// The program of the revision.
    pub program: &'a Program,
    /// What new activities get from the record.
    pub target: &'a Target,
    /// What happens at steps whose activities have warnings.
    pub consent_policy: ConsentPolicy,
    /// The other facts.
    pub facts: &'a Facts,
}

impl Basis<'_> {
    /// Returns what becomes of an activity of this kind with these warnings.
    pub(super) fn reaction(self, kind: ActivityKind, warnings: Warnings) -> Reaction {
        let exits = self.facts.exit_criteria.no_consent;
        self.consent_policy.reaction(warnings, kind.is_automated(), exits)
    }
}

/// A record to start in a sequence.
#[derive(Clone, Debug)]
pub struct Start {
    /// The organization.
    pub organization: OrganizationId,
    /// The key of the new enrollment.
    pub enrollment: EnrollmentId,
    /// The sequence.
    pub sequence: SequenceId,
    /// The number of its newest revision.
    pub revision: i32,
    /// The record.
    pub record: RecordId,
    /// 1 for the record's first enrollment in this sequence, 2 for the second, and so on.
    pub pass_number: i32,
    /// The cause of its start.
    pub source: EnrollmentSource,
    /// The segment that starts it. `None` if something else does.
    pub segment: Option<SegmentId>,
    /// The number of the sequence's last halt. 0 if there was none.
    pub halts: i32,
    /// The enrollment that advances into it. `None` if something else starts it.
    pub advanced_from: Option<EnrollmentId>,
    /// The seller who enrolls the record, or enrolled it where it advances from. `None` if no
    /// seller did.
    pub enroller: Option<SellerId>,
    /// When and where it begins.
    pub beginning: Beginning,
}

/// When and where an enrollment begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beginning {
    /// The time. Until then the enrollment is pending. `None`, or a time that has passed: now.
    pub at: Option<DateTime<Utc>>,
    /// The step. `None`: the first one.
    pub node: Option<NodeId>,
}

/// The state in which a decision left an enrollment.
#[derive(Clone, Debug)]
pub struct Advance {
    /// The enrollment in its new state.
    pub enrollment: Enrollment,
    /// The activity that is now due. `None` if the enrollment waits or has ended.
    pub opened: Option<Activity>,
}

impl Beginning {
    /// The longest time ahead at which an enrollment can begin, inclusive.
    const LONGEST: TimeDelta = TimeDelta::days(365);

    /// Checks the time when an enrollment is to begin: at most 365 days ahead.
    pub fn check(at: DateTime<Utc>, now: DateTime<Utc>, field: &str) -> Violations {
        if at - now <= Self::LONGEST {
            return Violations::new();
        }
        let description = format!("must be at most {} days ahead", Self::LONGEST.num_days());
        Violations::one(field, Reason::FieldInvalid, description)
    }
}

impl Flow<'_> {
    /// Starts a record in a sequence, at its first activity or in its first wait. If it begins
    /// later, it is pending until then.
    pub fn start(&mut self, start: Start, basis: Basis<'_>, by: Actor) -> Advance {
        let mut enrollment = Enrollment {
            organization: start.organization,
            id: start.enrollment,
            sequence: start.sequence,
            revision: start.revision,
            record: start.record,
            pass_number: start.pass_number,
            source: start.source,
            segment: start.segment,
            advanced_from: start.advanced_from,
            enroller: start.enroller,
            place: basis.facts.line.map(|_| basis.target.queue),
            // `walk` sets the node and the position.
            node: NodeId(0),
            step_reach_time: self.now,
            position: Position::Completed { at: self.now },
            resumed: None,
            disposition: None,
            halts: start.halts,
            version: 1,
            create_time: self.now,
        };

        self.note(&enrollment, HistoryKind::EnrollmentStarted, by, HistoryDetail::default());
        // Without a step, it begins where every enrollment does.
        let first = start.beginning.node.map_or(basis.program.first(), Next::To);
        let later = start.beginning.at.filter(|at| *at > self.now).map(|at| (at, WaitReason::Start));
        let in_line = |until| (until, WaitReason::Throttle);
        // One that begins later joins the line then.
        let waits = later.or_else(|| self.line_up(&enrollment, basis).map(in_line));
        let opened = match (waits, first) {
            // A program without steps has nothing to wait for.
            (Some(wait), Next::To(node)) => {
                self.defer(&mut enrollment, node, wait, basis);
                None
            }
            _ => self.walk(&mut enrollment, first, self.now, basis),
        };
        // After the walk, which sets the position that is saved.
        self.changes.started.push(enrollment.clone());
        Advance { enrollment, opened }
    }

    /// Lets an enrollment begin a step later.
    fn defer(
        &mut self,
        enrollment: &mut Enrollment,
        node: NodeId,
        (until, reason): (DateTime<Utc>, WaitReason),
        basis: Basis<'_>,
    ) {
        enrollment.node = node;
        enrollment.position = Position::Waiting { until, reason };
        self.note(enrollment, HistoryKind::WaitStarted, Actor::UPNEXT, enrollment.wait_detail(until));
        enrollment.timer().into_iter().for_each(|timer| self.changes.set_timer(timer, basis.target.queue));
    }

    /// Goes on after an activity was completed or skipped. Returns the activity that is now due, if
    /// any. `since` is the time when the activity ended.
    pub(super) fn walk_after(
        &mut self,
        enrollment: &mut Enrollment,
        node: NodeId,
        since: DateTime<Utc>,
        basis: Basis<'_>,
        past: Past,
    ) -> Option<Activity> {
        Walk { flow: self, enrollment, basis, past, since }.after(node)
    }

    /// Goes on at `next` until an activity is due, a wait runs or the end is reached. Returns the
    /// activity that is due. `since` is the time when the step before ended.
    pub(super) fn walk(
        &mut self,
        enrollment: &mut Enrollment,
        next: Next,
        since: DateTime<Utc>,
        basis: Basis<'_>,
    ) -> Option<Activity> {
        let past = basis.facts.past.clone();
        Walk { flow: self, enrollment, basis, past, since }.go(next)
    }

    /// Opens an activity for the enrollment's current step.
    pub(super) fn open(
        &mut self,
        enrollment: &mut Enrollment,
        kind: ActivityKind,
        due_time: DateTime<Utc>,
        basis: Basis<'_>,
    ) -> Activity {
        let id = ActivityId((self.mint)());
        let (priority, target) = (basis.facts.priority, basis.target);
        let home = basis.facts.home((enrollment.node, kind), enrollment.enroller, target);
        let mut activity =
            Activity::due(id, kind, enrollment, (home.queue, target), priority, due_time, self.now);

        let node = basis.program.node(enrollment.node).zip(basis.facts.settings.as_deref());
        let after = node.and_then(|(node, settings)| settings.auto_skip_after(&node.step));
        // From now on, so that whoever works has all of the time, even if the step is late.
        activity.auto_skip_time = after.map(|after| self.now + after.total());

        enrollment.position = Position::Acting { activity: activity.id };
        let detail = home.told(HistoryDetail::of(&activity));
        self.note(enrollment, HistoryKind::ActivityDue, Actor::UPNEXT, detail);
        self.changes.open_activity(activity.clone());
        activity
    }

    /// Closes an activity of an enrollment, with an event.
    pub(super) fn close(&mut self, enrollment: &Enrollment, activity: &Activity, closing: Closing) {
        let outcome = (!closing.outcome.is_empty()).then(|| closing.outcome.clone());
        let detail = HistoryDetail { outcome, ..HistoryDetail::of(activity) };
        self.note(enrollment, closing.state.told_as(), closing.by, detail);
        self.changes.close_activity(activity.closed(closing));
    }

    /// Adds an enrollment that moved to the changes, with a new version.
    pub(super) fn moved(&mut self, mut enrollment: Enrollment, opened: Option<Activity>) -> Advance {
        enrollment.version += 1;
        self.changes.move_enrollment(enrollment.clone());
        Advance { enrollment, opened }
    }

    /// Adds to the history which path an enrollment takes, and why.
    pub(super) fn choice_noted(
        &mut self,
        enrollment: &Enrollment,
        kind: HistoryKind,
        outcome: &str,
        why: &str,
    ) {
        let (outcome, why) = (Some(outcome.to_owned()), Some(why.to_owned()));
        let detail = HistoryDetail { outcome, why, ..HistoryDetail::at(enrollment.node) };
        self.note(enrollment, kind, Actor::UPNEXT, detail);
    }

    /// Adds an event to the history of an enrollment, which is in its state from before, and counts
    /// it. A manual activity has no sequence whose tallies could count it.
    pub(super) fn note(
        &mut self,
        enrollment: &Enrollment,
        kind: HistoryKind,
        actor: Actor,
        detail: HistoryDetail,
    ) {
        if enrollment.is_manual_activity() && kind.is_of_whole() {
            return;
        }
        let event = HistoryEvent {
            organization: enrollment.organization,
            subject: enrollment.id.0,
            id: (self.mint)(),
            at: self.now,
            kind,
            actor,
            detail,
        };
        if !enrollment.is_manual_activity() {
            self.changes.tallies.count(enrollment, &event);
            self.changes.splits.tell(&event);
        }

        self.changes.history.push(event);
    }
}

#[cfg(test)]
mod tests;
