//! Explains an enrollment: what brought it where it is, and what would move it where. Decides by
//! the code of the verbs, on changes that nobody saves.

use chrono::{DateTime, Utc};

use super::activity::{ClosedState, Closing};
use super::caller::Actor;
use super::case::{Broken, Case};
use super::consent::{ConsentPolicy, Reach};
use super::enrollment::{Enrollment, ExitReason, PauseReason};
use super::flow::Flow;
use super::history::{HistoryEvent, HistoryKind};
use super::throttle;
use super::timer::WaitReason;

/// Something that would move an enrollment.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What would have to happen.
    pub kind: ChangeKind,
    /// The enrollment afterwards.
    pub after: Enrollment,
}

/// What would have to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// The planned end of its wait comes.
    TimePasses,
    /// Somebody skips its wait.
    SkipWait,
    /// Somebody resumes it.
    ResumeEnrollment,
    /// Somebody lets it try its step again.
    RetryEnrollment,
    /// Its sequence is activated again.
    ActivateSequence,
    /// Its activity is completed.
    CompleteActivity,
    /// Its activity is skipped.
    SkipActivity,
    /// The record forbids to contact its person.
    WithdrawConsent,
    /// The record leaves the segment that started it.
    LeaveSegment,
    /// The record is closed.
    CloseRecord,
    /// Somebody ends it by hand.
    ExitEnrollment,
}

/// Returns the event that brought an enrollment where it is. `newest` are its last events that move
/// it, the newest first.
pub fn cause(newest: &[HistoryEvent]) -> Option<&HistoryEvent> {
    let arrives = |kind: HistoryKind| {
        kind.reaches_step()
            || matches!(
                kind,
                HistoryKind::EnrollmentCompleted
                    | HistoryKind::EnrollmentExited
                    | HistoryKind::EnrollmentPaused
                    | HistoryKind::EnrollmentFailed
            )
    };

    let arrival = newest.iter().position(|event| arrives(event.kind))?;
    match newest[arrival].kind {
        // These are causes by themselves. All others follow from the event before.
        HistoryKind::ActivityReopened
        | HistoryKind::EnrollmentExited
        | HistoryKind::EnrollmentPaused
        | HistoryKind::EnrollmentFailed
        | HistoryKind::EnrollmentMigrated => newest.get(arrival),
        _ => newest.get(arrival + 1),
    }
}

/// Returns what would move an enrollment, each as if it happened now. `leaving_ends` is true if it
/// ends when its record leaves the segment that it is in.
pub fn changes(case: &Case, leaving_ends: bool, flow: &mut Flow<'_>) -> Result<Vec<Change>, Broken> {
    if case.enrollment.end_time().is_some() {
        return Ok(Vec::new());
    }

    let position = case.enrollment.position;
    let mut changes = match (position.waiting(), &case.open, position.paused()) {
        (_, _, Some((_, reason))) => vec![resumed(case, reason, flow)?],
        // A command is carried out at any moment, and what it leads to depends on the record.
        (Some((_, WaitReason::Command)), ..) => Vec::new(),
        (Some((until, WaitReason::Throttle)), ..) if throttle::known(until).is_none() => {
            vec![skipped_wait(case, until, flow)?]
        }
        (Some((until, _)), ..) => of_wait(case, until, flow)?,
        (None, Some(_), _) => of_activity(case, flow)?,
        (None, None, _) => Vec::new(),
    };

    let mut exits = vec![
        (ChangeKind::CloseRecord, ExitReason::RecordClosed),
        (ChangeKind::ExitEnrollment, ExitReason::Manual),
    ];
    if leaving_ends {
        exits.insert(0, (ChangeKind::LeaveSegment, ExitReason::LeftSegment));
    }
    let exit = |(kind, reason)| Change { kind, after: case.exit(reason, Actor::UPNEXT, flow) };
    changes.extend(exits.into_iter().map(exit));
    Ok(changes)
}

fn resumed(case: &Case, reason: PauseReason, flow: &mut Flow<'_>) -> Result<Change, Broken> {
    let kind = match reason {
        PauseReason::Manual | PauseReason::OutOfOffice => ChangeKind::ResumeEnrollment,
        PauseReason::SequencePaused => ChangeKind::ActivateSequence,
        PauseReason::AttributeRefused | PauseReason::SequenceUnavailable => ChangeKind::RetryEnrollment,
    };
    Ok(Change { kind, after: case.resume(flow.now, Actor::UPNEXT, flow)?.enrollment })
}

fn of_wait(case: &Case, until: DateTime<Utc>, flow: &mut Flow<'_>) -> Result<Vec<Change>, Broken> {
    let skipped = skipped_wait(case, until, flow)?;
    // One that is late expires now.
    let now = until.max(flow.now);
    let later = &mut Flow { now, mint: &mut *flow.mint, changes: &mut *flow.changes };
    let expired = case.end_wait(until, None, later)?.enrollment;
    Ok(vec![Change { kind: ChangeKind::TimePasses, after: expired }, skipped])
}

fn skipped_wait(case: &Case, until: DateTime<Utc>, flow: &mut Flow<'_>) -> Result<Change, Broken> {
    let after = case.end_wait(until, Some(Actor::UPNEXT), flow)?.enrollment;
    Ok(Change { kind: ChangeKind::SkipWait, after })
}

fn of_activity(case: &Case, flow: &mut Flow<'_>) -> Result<Vec<Change>, Broken> {
    let closing = |state, at| Closing {
        state,
        outcome: String::new(),
        note: String::new(),
        by: Actor::UPNEXT,
        at,
        item: None,
    };
    let mut changes = Vec::new();
    for (kind, state) in [
        (ChangeKind::CompleteActivity, ClosedState::Completed),
        (ChangeKind::SkipActivity, ClosedState::Skipped),
    ] {
        let after = case.close(closing(state, flow.now), flow)?.enrollment;
        changes.push(Change { kind, after });
    }

    changes.extend(without_consent(case, flow)?);
    Ok(changes)
}

/// Returns what happens if the record forbids to contact its person. `None` if the activity stays,
/// because it contacts nobody, or because the organization only warns.
fn without_consent(case: &Case, flow: &mut Flow<'_>) -> Result<Option<Change>, Broken> {
    let contacts = case.activity()?.kind.channel().is_some();
    // What a worker does never reaches a person who doesn't want that.
    let warns =
        case.settings()?.consent_policy == ConsentPolicy::Warn && !case.activity()?.kind.is_automated();
    if !contacts || warns {
        return Ok(None);
    }

    let mut target = case.target()?.clone();
    target.reach = Reach { do_not_email: true, do_not_phone: true, ..target.reach };
    case.follow(&target, Actor::UPNEXT, flow)?;
    let moved = flow.changes.moved.get(&case.enrollment.id).cloned();
    Ok(moved.map(|after| Change { kind: ChangeKind::WithdrawConsent, after }))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::history::HistoryDetail;
    use crate::domain::id::OrganizationId;

    #[test]
    fn the_cause_is_the_event_before_the_arrival_or_a_verb_that_moved_it_there() {
        use HistoryKind::*;
        let event = |kind| HistoryEvent {
            organization: OrganizationId(Uuid::nil()),
            subject: Uuid::nil(),
            id: Uuid::nil(),
            at: DateTime::UNIX_EPOCH,
            kind,
            actor: Actor::UPNEXT,
            detail: HistoryDetail::default(),
        };
        let told = |newest: &[HistoryKind]| {
            let newest: Vec<HistoryEvent> = newest.iter().copied().map(event).collect();
            cause(&newest).map(|event| event.kind)
        };
        assert_eq!(told(&[WaitStarted, ActivityCompleted, ActivityDue]), Some(ActivityCompleted));
        assert_eq!(told(&[ActivityDue, EnrollmentStarted]), Some(EnrollmentStarted));
        assert_eq!(told(&[ActivityCanceled, ActivityReopened, ActivityDue]), Some(ActivityReopened));
        assert_eq!(told(&[EnrollmentExited, ActivityCanceled, ActivityDue]), Some(EnrollmentExited));
        assert_eq!(told(&[EnrollmentCompleted, ActivitySkipped, ActivityDue]), Some(ActivitySkipped));
        assert_eq!(told(&[EnrollmentPaused, ActivityDue]), Some(EnrollmentPaused));
        assert_eq!(told(&[EnrollmentFailed, ActivityCompleted]), Some(EnrollmentFailed));
        assert_eq!(
            told(&[EnrollmentResumed, EnrollmentPaused, WaitStarted, ActivitySkipped]),
            Some(EnrollmentPaused)
        );
        assert_eq!(told(&[ActivityDue, EnrollmentMigrated, ActivityCanceled]), Some(EnrollmentMigrated));
        assert_eq!(told(&[]), None);
    }
}
