//! How enrollments start, and how they go on from step to step. Pure: it gets the time and new keys
//! as arguments, and returns the rows to write.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::activity::{Activity, Closing};
use super::caller::Actor;
use super::changes::Changes;
use super::consent::{ConsentPolicy, Reach};
use super::enrollment::{Enrollment, EnrollmentSource, Position};
use super::history::{HistoryDetail, HistoryEvent, HistoryKind};
use super::id::{ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SegmentId, SequenceId};
use super::program::{Next, NodeId, Program};
use super::step::{ActivityKind, Work};
use super::timer::WaitReason;
use super::timing::Timing;

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
    /// What the times of steps depend on.
    pub timing: &'a Timing,
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
    /// The segment that starts it. `None` if a call starts it.
    pub segment: Option<SegmentId>,
}

/// The state in which a decision left an enrollment.
#[derive(Clone, Debug)]
pub struct Advance {
    /// The enrollment in its new state.
    pub enrollment: Enrollment,
    /// The activity that is now due. `None` if the enrollment waits or has ended.
    pub opened: Option<Activity>,
}

impl Flow<'_> {
    /// Starts a record in a sequence, at its first activity or in its first wait.
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
            // `walk` sets the node and the position.
            node: NodeId(0),
            step_reach_time: self.now,
            position: Position::Completed { at: self.now },
            version: 1,
            create_time: self.now,
        };

        self.note(&enrollment, HistoryKind::EnrollmentStarted, by, HistoryDetail::default());
        let opened = self.walk(&mut enrollment, basis.program.first(), self.now, basis);
        // After the walk, which sets the position that is saved.
        self.changes.started.push(enrollment.clone());
        Advance { enrollment, opened }
    }

    /// Goes on at `next` until an activity is due, a wait runs or the end is reached. Returns the
    /// activity that is due. `since` is the time when the step before ended: a wait counts from it,
    /// and is passed at once if it is already over.
    pub(super) fn walk(
        &mut self,
        enrollment: &mut Enrollment,
        mut next: Next,
        mut since: DateTime<Utc>,
        basis: Basis<'_>,
    ) -> Option<Activity> {
        // A node that the program doesn't have counts as the end.
        while let Next::To(node) = next
            && let Some(here) = basis.program.node(node)
        {
            enrollment.node = node;
            enrollment.step_reach_time = self.now;

            match here.step.kind.work() {
                Work::Act(kind) => {
                    since = basis.timing.moved(since);
                    if since > self.now {
                        self.note_wait(enrollment, HistoryKind::WaitStarted, since);
                        self.stop(enrollment, since, WaitReason::WorkingHours, basis.target);
                        return None;
                    }

                    let activity = self.open(enrollment, kind, since, basis.target);
                    if activity.warnings.is_empty() || basis.consent_policy == ConsentPolicy::Warn {
                        return Some(activity);
                    }
                    // As if the seller had skipped it immediately: the next step counts from now.
                    self.close(enrollment, &activity, Closing::skip_for(activity.warnings, self.now));
                    since = self.now;
                }
                Work::Wait(wait) => {
                    let planned = basis.timing.plan(wait, since);
                    // A wait begins when the step before it ended, which can be earlier than now.
                    enrollment.step_reach_time = since;
                    self.note_wait(enrollment, HistoryKind::WaitStarted, planned.until);
                    if planned.until > self.now {
                        self.stop(enrollment, planned.until, WaitReason::Step, basis.target);
                        return None;
                    }

                    // Already over: the next step counts from its planned end, not from now.
                    let detail = HistoryDetail { planned: Some(planned.until), ..HistoryDetail::at(node) };
                    let detail = planned.ended(detail);
                    self.note(enrollment, HistoryKind::WaitEnded, Actor::UPNEXT, detail);
                    since = planned.until;
                }
            }
            next = here.next;
        }

        enrollment.position = Position::Completed { at: self.now };
        self.note(enrollment, HistoryKind::EnrollmentCompleted, Actor::UPNEXT, HistoryDetail::default());
        None
    }

    /// Stops until a timer fires.
    fn stop(
        &mut self,
        enrollment: &mut Enrollment,
        until: DateTime<Utc>,
        reason: WaitReason,
        target: &Target,
    ) {
        enrollment.position = Position::Waiting { until, reason };
        if let Some(timer) = enrollment.timer() {
            self.changes.set_timer(timer, target.queue);
        }
    }

    fn note_wait(&mut self, enrollment: &Enrollment, kind: HistoryKind, until: DateTime<Utc>) {
        let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::at(enrollment.node) };
        self.note(enrollment, kind, Actor::UPNEXT, detail);
    }

    /// Opens an activity for the enrollment's current step.
    fn open(
        &mut self,
        enrollment: &mut Enrollment,
        kind: ActivityKind,
        due_time: DateTime<Utc>,
        target: &Target,
    ) -> Activity {
        let id = ActivityId((self.mint)());
        let activity = Activity::due(id, kind, enrollment, target, due_time, self.now);

        enrollment.position = Position::Acting { activity: activity.id };
        self.note(enrollment, HistoryKind::ActivityDue, Actor::UPNEXT, HistoryDetail::of(&activity));
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

    /// Adds an event to the history of an enrollment.
    pub(super) fn note(
        &mut self,
        enrollment: &Enrollment,
        kind: HistoryKind,
        actor: Actor,
        detail: HistoryDetail,
    ) {
        self.changes.history.push(HistoryEvent {
            organization: enrollment.organization,
            subject: enrollment.id.0,
            id: (self.mint)(),
            at: self.now,
            kind,
            actor,
            detail,
        });
    }
}

#[cfg(test)]
mod tests;
