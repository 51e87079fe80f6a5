//! Explanations of enrollments on the wire, with sentences for people.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::assignee as convert_assignee;
use super::calendar::calendar_name;
use super::{activity as convert_activity, enrollment as convert, event as convert_event, timestamp};
use crate::api::actors::Actors;
use crate::api::enrollments::timelines::Timelines;
use crate::api::pb;
use crate::api::pb::activity::{State as ActivityState, View};
use crate::api::pb::assignee::NotAssignedReason;
use crate::api::pb::enrollment::{Reason, State};
use crate::api::pb::event::Event as Kind;
use crate::api::pb::explained_change::Kind as WireKind;
use crate::api::pb::explained_wait::Kind as WaitKind;
use crate::api::revision_texts::Texts;
use crate::domain::assignee::{Assignee, Unassigned};
use crate::domain::enrollment_explanation::{Change, ChangeKind};
use crate::domain::id::ChosenId;
use crate::domain::names;
use crate::domain::throttle;
use crate::domain::wait_explanation::{ExplainedKind, ExplainedWait};
use crate::engine::ExplainedEnrollment;
use crate::store::enrollments::rows::EnrollmentRow;

/// Converts an explanation.
pub fn explanation(
    explained: &ExplainedEnrollment,
    timelines: &Timelines,
    actors: &Actors,
) -> pb::ExplainEnrollmentResponse {
    let (row, texts) = (&explained.row, &timelines.texts);
    let event = |event| convert_event::event(&row.enrollment, event, timelines, actors);

    let mut answer = pb::ExplainEnrollmentResponse {
        enrollment: Some(convert::enrollment(row, texts)),
        activity: explained.activity.as_ref().map(|row| convert_activity::activity(row, texts, View::Basic)),
        cause: explained.cause.as_ref().map(event),
        move_time: row.enrollment.timer().and_then(|timer| throttle::known(timer.due_at)).map(timestamp),
        problem: explained.problem.map(|id| names::PROBLEM.uuid_name(id.0)).unwrap_or_default(),
        changes: explained.changes.iter().map(|one| change(one, row, texts)).collect(),
        sentences: Vec::new(),
        wait: explained.wait.as_ref().map(|one| wait(one, explained.calendar.as_ref())),
        assignment: explained.assignment.as_ref().map(assignment),
    };
    // From the other parts, so that the sentences can't say anything else.
    answer.sentences = sentences(&answer);
    answer
}

fn assignment((assignee, why): &(Assignee, Option<Unassigned>)) -> pb::ExplainedAssignment {
    pb::ExplainedAssignment {
        assign_to: Some(convert_assignee::message(assignee)),
        not_assigned_reason: why.map_or(NotAssignedReason::Unspecified, not_assigned).into(),
    }
}

fn not_assigned(why: Unassigned) -> NotAssignedReason {
    NotAssignedReason::from_str_name(why.as_str()).unwrap_or_default()
}

fn wait(wait: &ExplainedWait, calendar: Option<&ChosenId>) -> pb::ExplainedWait {
    let kind = match wait.kind {
        ExplainedKind::ElapsedTime => WaitKind::ElapsedTime,
        ExplainedKind::WorkingTime => WaitKind::WorkingTime,
        ExplainedKind::LocalTime => WaitKind::LocalTime,
        ExplainedKind::Attribute => WaitKind::Attribute,
        ExplainedKind::BranchLimit => WaitKind::BranchLimit,
        ExplainedKind::NextCall => WaitKind::NextCall,
        ExplainedKind::WorkingHours => WaitKind::WorkingHours,
    };
    pb::ExplainedWait {
        kind: kind.into(),
        length: wait.length.clone(),
        start_time: Some(timestamp(wait.begin_time)),
        calendar: calendar_name(calendar),
        time_zone: wait.zone.map(|zone| zone.name().to_owned()).unwrap_or_default(),
        attribute: wait.attribute.clone().unwrap_or_default(),
        attribute_time: wait.attribute_time.map(timestamp),
        unmoved_time: wait.unmoved_time.map(timestamp),
    }
}

fn change(change: &Change, row: &EnrollmentRow, texts: &Texts) -> pb::ExplainedChange {
    let (kind, what) = match change.kind {
        ChangeKind::TimePasses => (WireKind::TimePasses, "When the wait ends"),
        ChangeKind::SkipWait => (WireKind::SkipWait, "If somebody skips the wait"),
        ChangeKind::ResumeEnrollment => (WireKind::ResumeEnrollment, "If somebody resumes the enrollment"),
        ChangeKind::RetryEnrollment => (WireKind::RetryEnrollment, "If somebody retries the enrollment"),
        ChangeKind::ActivateSequence => (WireKind::ActivateSequence, "If the sequence is activated"),
        ChangeKind::CompleteActivity => (WireKind::CompleteActivity, "If the activity is completed"),
        ChangeKind::SkipActivity => (WireKind::SkipActivity, "If the activity is skipped"),
        ChangeKind::WithdrawConsent => (WireKind::WithdrawConsent, "If the record forbids the contact"),
        ChangeKind::LeaveSegment => (WireKind::LeaveSegment, "If the record leaves the segment"),
        ChangeKind::CloseRecord => (WireKind::CloseRecord, "If the record is closed"),
        ChangeKind::ExitEnrollment => (WireKind::ExitEnrollment, "If somebody exits the enrollment"),
    };

    // Everything but its state stays: the record, the sequence and the segment.
    let after = EnrollmentRow { enrollment: change.after.clone(), ..row.clone() };
    let after = convert::enrollment(&after, texts);
    let sentence = format!("{what}, {}.", place(&after));
    pb::ExplainedChange { kind: kind.into(), enrollment: Some(convert::unnamed(after)), sentence }
}

/// Tells where an enrollment would be.
fn place(after: &pb::Enrollment) -> String {
    let step = step(&after.current_step_id, &after.current_step_display_name);
    match (after.state(), &after.waiting_until) {
        (State::Completed, _) => "it is completed".to_owned(),
        (State::Exited, _) => format!("it exits with {}", after.reason().as_str_name()),
        (State::Pending, Some(until)) => format!("it begins {step} at {}", time(until)),
        (State::Pending, None) => format!("it waits for its turn to begin {step}"),
        (State::Active, Some(until)) => format!("it waits at {step} until {}", time(until)),
        (State::Active, None) => format!("{step} is due"),
        (state, _) => format!("it is {}", state.as_str_name()),
    }
}

/// Tells why the record's owner does an activity that is another's.
fn unassigned(assignment: &pb::ExplainedAssignment) -> Option<String> {
    use pb::assignee::Assignee as Wire;
    let nobody = match assignment.assign_to.as_ref()?.assignee.as_ref()? {
        _ if assignment.not_assigned_reason() == NotAssignedReason::Unspecified => return None,
        Wire::Attribute(name) => format!("the record's {name} names no seller"),
        Wire::Team(name) => format!("there is no {name}"),
        Wire::Enroller(_) => "no seller enrolled the record".to_owned(),
        Wire::RecordOwner(_) => return None,
    };
    Some(format!("It is for the record's owner, because {nobody}."))
}

fn sentences(answer: &pb::ExplainEnrollmentResponse) -> Vec<String> {
    let enrollment = answer.enrollment.clone().unwrap_or_default();
    let mut sentences = vec![arrival(&enrollment, answer.cause.as_ref())];
    let paused = enrollment.state() == State::Paused;
    sentences.extend(answer.activity.as_ref().filter(|_| !paused).map(awaited));
    sentences.extend(answer.assignment.as_ref().and_then(unassigned));
    if paused {
        let by = match enrollment.reason() {
            Reason::SequencePaused => "its sequence is activated".to_owned(),
            _ => match &enrollment.resume_time {
                Some(end) => format!("{}, or until ResumeEnrollment is called", time(end)),
                None => "ResumeEnrollment is called".to_owned(),
            },
        };
        sentences.push(format!("Nothing is due and no time counts until {by}."));
    }
    if enrollment.state() == State::Failed {
        let cure = match enrollment.reason() {
            Reason::SequenceUnavailable => "the other sequence is active",
            _ => "the record can have the attribute",
        };
        sentences.push(format!("It stands there until RetryEnrollment is called: once {cure}, it goes on."));
    }
    sentences.extend(answer.wait.as_ref().map(length));
    if enrollment.reason() == Reason::Throttled {
        let why = "because its sequence limits what a seller has, by its throttle";
        sentences.push(format!("It waits in line for its turn, {why}."));
    }

    match &answer.move_time {
        _ if paused => {}
        Some(until) if enrollment.state() == State::Pending => {
            let step = step(&enrollment.current_step_id, &enrollment.current_step_display_name);
            let earlier = match enrollment.reason() {
                Reason::Throttled => ", or earlier if others before it leave the line",
                _ => "",
            };
            sentences.push(format!("It begins {step} at {}{earlier}.", time(until)));
        }
        Some(until) => {
            let clocks = answer.wait.as_ref().and_then(|wait| shown(until, &wait.time_zone));
            let clocks = clocks.map(|clocks| format!(" ({clocks})")).unwrap_or_default();
            sentences.push(format!("It waits until {}{clocks}, and then goes on by itself.", time(until)));
        }
        None if enrollment.reason() == Reason::Throttled => {
            let step = step(&enrollment.current_step_id, &enrollment.current_step_display_name);
            sentences.push(format!("It begins {step} when enough others of the seller have ended."));
        }
        None if enrollment.end_time.is_some() => {
            sentences
                .push("It has ended, so nothing moves it. EnrollRecord starts the record again.".to_owned());
        }
        None => {}
    }
    if !answer.problem.is_empty() {
        sentences.push(format!("{} keeps it from moving by itself.", answer.problem));
    }
    sentences
}

/// Tells where it is and why.
fn arrival(enrollment: &pb::Enrollment, cause: Option<&pb::Event>) -> String {
    let since = |at: &Option<prost_types::Timestamp>| at.as_ref().map(time).unwrap_or_default();
    let place = match enrollment.state() {
        State::Completed => format!("It was completed at {}", since(&enrollment.end_time)),
        State::Exited => format!("It exited at {}", since(&enrollment.end_time)),
        // Its start is told with its time.
        State::Pending => return "It hasn't begun yet.".to_owned(),
        State::Paused => {
            let step = step(&enrollment.current_step_id, &enrollment.current_step_display_name);
            format!("It is paused at {step} since {}", since(&enrollment.pause_time))
        }
        State::Failed => {
            let step = step(&enrollment.current_step_id, &enrollment.current_step_display_name);
            format!("It failed at {step} at {}", since(&enrollment.fail_time))
        }
        _ => {
            let step = step(&enrollment.current_step_id, &enrollment.current_step_display_name);
            format!("It is at {step} since {}", since(&enrollment.step_reach_time))
        }
    };

    let why = cause.and_then(|cause| Some((reason(cause.event.as_ref()?)?, cause)));
    match why {
        // Events of later releases can be causes that this one has no words for.
        None => format!("{place}."),
        Some((why, cause)) if cause.actor.is_empty() => format!("{place}, because {why}."),
        Some((why, cause)) => format!("{place}, because {why} by {}.", cause.actor),
    }
}

/// Tells what happened; `None` for what is no cause.
fn reason(event: &Kind) -> Option<String> {
    Some(match event {
        Kind::EnrollmentStarted(_) => "it was started".to_owned(),
        Kind::WaitEnded(told) => format!("{} ended", step(&told.step_id, &told.step_display_name)),
        Kind::WaitSkipped(told) => format!("{} was skipped", step(&told.step_id, &told.step_display_name)),
        Kind::ActivityCompleted(told) => {
            format!("{} was completed", step(&told.step_id, &told.step_display_name))
        }
        Kind::ActivitySkipped(told) if told.skip_reason.is_empty() => {
            format!("{} was skipped", step(&told.step_id, &told.step_display_name))
        }
        Kind::ActivitySkipped(told) => {
            let step = step(&told.step_id, &told.step_display_name);
            format!("{step} was skipped ({})", told.skip_reason)
        }
        Kind::ActivityReopened(told) => {
            format!("{} was reopened", step(&told.step_id, &told.step_display_name))
        }
        Kind::BranchDecided(told) => {
            let path = told.path().as_str_name();
            format!("{} was decided: {path}", step(&told.step_id, &told.step_display_name))
        }
        Kind::SplitDecided(told) => {
            format!("{} chose {}", step(&told.step_id, &told.step_display_name), told.variant_id)
        }
        Kind::AttributeUpdated(told) => {
            format!("{} was carried out", step(&told.step_id, &told.step_display_name))
        }
        Kind::OwnerAssigned(told) => {
            format!("{} was carried out", step(&told.step_id, &told.step_display_name))
        }
        Kind::EventEmitted(told) => {
            format!("{} was carried out", step(&told.step_id, &told.step_display_name))
        }
        Kind::EnrollmentPaused(told) if told.reason() == Reason::SequencePaused => {
            "its sequence was deactivated with PAUSE".to_owned()
        }
        Kind::EnrollmentPaused(told) if told.reason() == Reason::OutOfOffice => {
            "the person is away".to_owned()
        }
        Kind::EnrollmentPaused(_) => "it was paused".to_owned(),
        Kind::EnrollmentFailed(told) => format!("of {}", told.refused_reason),
        Kind::EnrollmentMigrated(told) => {
            format!("it was moved from revision {} or from another step", told.from_revision)
        }
        Kind::EnrollmentExited(told) => format!("of {}", told.reason().as_str_name()),
        _ => return None,
    })
}

/// Tells who has to act.
fn awaited(activity: &pb::Activity) -> String {
    let (queue, name) = (&activity.queue, &activity.name);
    let warnings: Vec<&str> = activity.warnings().map(|warning| warning.as_str_name()).collect();
    let warned =
        if warnings.is_empty() { String::new() } else { format!(" It warns: {}.", warnings.join(", ")) };
    let state = match (activity.state(), &activity.snooze_until, &activity.due_time) {
        (ActivityState::Snoozed, Some(until), _) => format!("snoozed until {}", time(until)),
        (_, _, Some(due)) => format!("due since {}", time(due)),
        _ => "due".to_owned(),
    };
    format!("It waits for {queue} to complete or skip {name}, which is {state}.{warned}")
}

/// Tells why a wait ends when it does.
fn length(wait: &pb::ExplainedWait) -> String {
    let length = &wait.length;
    let since = wait.start_time.as_ref().map(time).unwrap_or_default();
    let hours = working_hours(wait);

    let why = match wait.kind() {
        WaitKind::WorkingTime => format!("Its wait of {length} began at {since} and counts {hours}."),
        WaitKind::LocalTime => format!("It waits {length} by the clocks of {}.", wait.time_zone),
        WaitKind::Attribute => match &wait.attribute_time {
            Some(at) => format!("It waits {length}, and the record's {} is {}.", wait.attribute, time(at)),
            None => format!("It waits {length} as it was: the record has no {} now.", wait.attribute),
        },
        WaitKind::BranchLimit => {
            format!("The branch gives the person {length} of elapsed time, from {since} on.")
        }
        WaitKind::NextCall => format!("The next call falls due {length} after the one of {since}."),
        WaitKind::WorkingHours => {
            format!("It came there outside of working hours at {since}, and its sequence keeps to {hours}.")
        }
        WaitKind::ElapsedTime | WaitKind::Unspecified => {
            format!("Its wait of {length} began at {since} and counts all the time that passes.")
        }
    };
    match &wait.unmoved_time {
        Some(unmoved) => {
            let unmoved = time(unmoved);
            format!("{why} It would end at {unmoved}, but its sequence keeps to {hours}.")
        }
        None => why,
    }
}

/// Names the working time that counts.
fn working_hours(wait: &pb::ExplainedWait) -> String {
    match wait.calendar.as_str() {
        "" => "all time as working time, because its owner has no calendar".to_owned(),
        calendar => format!("the working hours of {calendar} ({})", wait.time_zone),
    }
}

/// What the clocks of a zone show, like `Tue 2026-09-22 14:00 in Europe/Berlin`. `None` without a
/// zone, and for UTC, which the sentence has.
fn shown(at: &prost_types::Timestamp, zone: &str) -> Option<String> {
    let zone: Tz = zone.parse().ok().filter(|zone| *zone != Tz::UTC)?;
    let at = DateTime::from_timestamp(at.seconds, 0)?.with_timezone(&zone);
    Some(format!("{} in {zone}", at.format("%a %Y-%m-%d %H:%M")))
}

fn step(step_id: &str, display_name: &str) -> String {
    match display_name {
        "" => format!("step {step_id}"),
        name => format!("step {step_id} ({name})"),
    }
}

/// An instant to the second, for sentences.
fn time(timestamp: &prost_types::Timestamp) -> String {
    let instant: Option<DateTime<Utc>> = DateTime::from_timestamp(timestamp.seconds, 0);
    instant.map(|instant| instant.format("%Y-%m-%d %H:%M:%S UTC").to_string()).unwrap_or_default()
}
