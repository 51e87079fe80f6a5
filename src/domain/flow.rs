//! How enrollments start, and where they go on. Pure: time and keys are arguments, rows to write
//! come out.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::activity::Activity;
use super::caller::Actor;
use super::changes::Changes;
use super::enrollment::{Enrollment, EnrollmentSource, Position};
use super::history::{HistoryDetail, HistoryEvent, HistoryKind};
use super::id::{ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SegmentId, SequenceId};
use super::program::{Next, NodeId, Program};
use super::step::{ActivityKind, Work};
use super::timer::WaitReason;

/// One batch of decisions: later items see the results of earlier ones in `changes`.
pub struct Flow<'a> {
    /// The instant of the batch.
    pub now: DateTime<Utc>,
    /// Makes keys.
    pub mint: &'a mut dyn FnMut() -> Uuid,
    /// What was decided so far.
    pub changes: &'a mut Changes,
}

/// Where a record's activities go, and what they are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The queue of its owner, or the one for records without owner.
    pub queue: QueueId,
    /// What people call the record.
    pub display_name: String,
}

/// What steps are decided by.
#[derive(Clone, Copy, Debug)]
pub struct Basis<'a> {
    /// What the revision says.
    pub program: &'a Program,
    /// Where the record's activities go.
    pub target: &'a Target,
}

/// A record that is to go through a sequence.
#[derive(Clone, Debug)]
pub struct Start {
    /// The tenant.
    pub organization: OrganizationId,
    /// The key of the enrollment that it makes.
    pub enrollment: EnrollmentId,
    /// The sequence.
    pub sequence: SequenceId,
    /// Its newest revision.
    pub revision: i32,
    /// The record.
    pub record: RecordId,
    /// 1 for the record's first time in this sequence.
    pub pass_number: i32,
    /// What starts it.
    pub source: EnrollmentSource,
    /// The segment that starts it.
    pub segment: Option<SegmentId>,
}

/// Where a decision left an enrollment.
#[derive(Clone, Debug)]
pub struct Advance {
    /// As it now stands.
    pub enrollment: Enrollment,
    /// The activity that is due now, if its new step is one.
    pub opened: Option<Activity>,
}

impl Flow<'_> {
    /// Starts a record in a sequence: at its first activity, or in its first wait.
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
            node: NodeId(0),
            step_reach_time: self.now,
            position: Position::Completed { at: self.now },
            version: 1,
            create_time: self.now,
        };

        self.note(&enrollment, HistoryKind::EnrollmentStarted, by, HistoryDetail::default());
        let opened = self.walk(&mut enrollment, basis.program.first(), self.now, basis);
        self.changes.started.push(enrollment.clone());
        Advance { enrollment, opened }
    }

    /// Goes on at `next` until an activity is due, a wait runs or the end is reached. `since` is
    /// when the step before ended: waits count from it, and one that is over by now is passed at
    /// once.
    pub(super) fn walk(
        &mut self,
        enrollment: &mut Enrollment,
        mut next: Next,
        mut since: DateTime<Utc>,
        basis: Basis<'_>,
    ) -> Option<Activity> {
        while let Next::To(node) = next
            && let Some(here) = basis.program.node(node)
        {
            enrollment.node = node;
            enrollment.step_reach_time = self.now;
            match here.step.kind.work() {
                Work::Act(kind) => return Some(self.open(enrollment, kind, since, basis.target)),
                Work::Wait(wait) => {
                    let until = wait.until(since);
                    let detail = HistoryDetail { planned: Some(until), ..HistoryDetail::at(node) };
                    self.note(enrollment, HistoryKind::WaitStarted, Actor::UPNEXT, detail.clone());
                    if until > self.now {
                        enrollment.position = Position::Waiting { until, reason: WaitReason::Step };
                        if let Some(timer) = enrollment.timer() {
                            self.changes.set_timer(timer, basis.target.queue);
                        }
                        return None;
                    }
                    self.note(enrollment, HistoryKind::WaitEnded, Actor::UPNEXT, detail);
                    since = until;
                }
            }
            next = here.next;
        }

        enrollment.position = Position::Completed { at: self.now };
        self.note(enrollment, HistoryKind::EnrollmentCompleted, Actor::UPNEXT, HistoryDetail::default());
        None
    }

    fn open(
        &mut self,
        enrollment: &mut Enrollment,
        kind: ActivityKind,
        due_time: DateTime<Utc>,
        target: &Target,
    ) -> Activity {
        let id = ActivityId((self.mint)());
        let (queue, name) = (target.queue, target.display_name.clone());
        let activity = Activity::due(id, kind, enrollment, queue, name, due_time, self.now);

        enrollment.position = Position::Acting { activity: activity.id };
        self.note(enrollment, HistoryKind::ActivityDue, Actor::UPNEXT, HistoryDetail::of(&activity));
        self.changes.open_activity(activity.clone());
        activity
    }

    /// Notes an enrollment that moved.
    pub(super) fn moved(&mut self, mut enrollment: Enrollment, opened: Option<Activity>) -> Advance {
        enrollment.version += 1;
        self.changes.move_enrollment(enrollment.clone());
        Advance { enrollment, opened }
    }

    /// Notes what happened to an enrollment.
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
