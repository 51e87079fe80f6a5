//! The answer to each refusal: a sentence, with the same facts as metadata for programs.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use super::{Answer, lacks_role};
use crate::api::roles;
use crate::domain::id::{ActivityId, EnrollmentId, KeyId};
use crate::domain::names::{self, ACTIVITY, ENROLLMENT, OPERATION};
use crate::domain::reenrollment::Opens;
use crate::domain::refusal::Refusal;
use crate::domain::reopening::{LaterAction, ReopenObstacle};

/// The subject of quotas. There is no need for a name, because it is the caller's organization.
const ORGANIZATION: &str = "organization";

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let reason = refusal.reason();
        let answer = |message: String| Answer::new(reason, message);

        match refusal {
            Refusal::LimitExceeded { limit, value } => {
                answer(format!("the limit {limit} of {value} is reached")).quota(ORGANIZATION, limit, value)
            }
            Refusal::SequenceNotActive { sequence, state } => state_forbids(
                answer(format!("{sequence} must be ACTIVE, is {state}")),
                &sequence,
                state,
                "ACTIVE",
            ),
            Refusal::SequenceInUse { open_enrollments, connected_segments } => {
                in_use(answer, open_enrollments, &connected_segments)
            }
            Refusal::ResourceDeleted { name } => {
                answer(format!("{name} is deleted; undelete it first")).precondition(&name)
            }
            Refusal::EventsNotPublished => {
                let message =
                    "the organization doesn't publish its events; set its setting publish_events first";
                answer(message.to_owned()).precondition("settings.publish_events")
            }
            Refusal::EventsForgotten => {
                let message = "events after the resume_token are no longer kept (history_retention_days); begin without one";
                answer(message.to_owned()).precondition("settings.history_retention_days")
            }
            Refusal::WebhookTestRunning => {
                answer("this server is sending another test of a webhook of the organization; it ends within 15 seconds".to_owned())
            }
            Refusal::SellerAuthoringOff => {
                let unless = "; the setting seller_authoring lets salespeople author sequences, too";
                lacks_role(roles::DESIGNING, unless)
            }
            Refusal::SellerNotKept => {
                let unless = "; a salesperson may only set their own after_completion";
                lacks_role(roles::SELLER_KEEPING, unless)
            }
            Refusal::ViewShared => {
                lacks_role(roles::VIEW_KEEPING, "; a salesperson may keep views of their own")
            }
            Refusal::SequenceOwnedByAnother { sequence } => {
                answer(format!("{sequence} isn't yours; a salesperson can only change own sequences"))
                    .with("sequence", sequence)
            }
            Refusal::SegmentAlreadyConnected { segment, connected_sequence } => {
                answer(format!("{segment} is connected to {connected_sequence}; disconnect that first"))
                    .precondition(&segment)
                    .with("connected_sequence", connected_sequence)
            }
            Refusal::SegmentNotConnected { segment } => {
                answer(format!("{segment} isn't connected to a sequence")).precondition(&segment)
            }
            Refusal::SegmentActive { segment } => {
                let active = answer(format!("{segment} is active; deactivate it first"));
                state_forbids(active, &segment, "ACTIVE", "DRAFT, INACTIVE")
            }
            Refusal::RecordTypeMismatch { expected, given } => record_type_mismatch(answer, expected, given),
            Refusal::RecordClosed { record } => answer(format!("{record} is closed")).precondition(&record),
            Refusal::RecordErased { record } => {
                answer(format!("{record} was erased, and can't come back within 30 days"))
                    .precondition(&record)
            }
            Refusal::RecordMerged { record, survivor } => {
                answer(format!("{record} was merged into {survivor}, and no longer exists by itself"))
                    .precondition(&record)
                    .with("survivor", survivor)
            }
            Refusal::RecordNotClosed { record } => {
                answer(format!("{record} isn't closed")).precondition(&record)
            }
            Refusal::AlreadyEnrolled { enrollment } => already_enrolled(answer, enrollment),
            Refusal::EnrolledBefore { sequence, opens } => enrolled_before(answer, sequence, opens),
            Refusal::EnrollmentEnded { state, reason } => enrollment_ended(answer, state, reason),
            Refusal::EnrollmentNotWaiting { activity } => not_waiting(answer, activity),
            Refusal::EnrollmentPaused { enrollment, reason, pause_time } => {
                enrollment_paused(answer, enrollment, reason, pause_time)
            }
            Refusal::EnrollmentNotPaused { enrollment } => {
                let name = ENROLLMENT.uuid_name(enrollment.0);
                state_forbids(answer(format!("{name} isn't paused")), &name, "ACTIVE", "PAUSED")
            }
            Refusal::EnrollmentFailed { enrollment, reason, fail_time } => {
                enrollment_failed(answer, enrollment, reason, fail_time)
            }
            Refusal::EnrollmentNotFailed { enrollment } => {
                let name = ENROLLMENT.uuid_name(enrollment.0);
                state_forbids(answer(format!("{name} hasn't failed")), &name, "ACTIVE", "FAILED")
            }
            Refusal::SequencePaused { enrollment } => {
                let name = ENROLLMENT.uuid_name(enrollment.0);
                answer(format!("the sequence of {name} is paused; activate the sequence first"))
                    .precondition(&name)
            }
            Refusal::SequenceSettling { sequence, operation } => {
                let name = OPERATION.uuid_name(operation.0);
                answer(format!("{name} still works on the enrollments of {sequence}; wait until it is done"))
                    .precondition(&sequence)
                    .with("operation", name)
            }
            Refusal::StepGone { step_id, revision } => answer(format!(
                "revision {revision} has no step {step_id}; use another step_policy or step_id"
            ))
            .precondition("step_policy")
            .with("step_id", step_id)
            .with("revision", revision.to_string()),
            Refusal::ActivityClosed { activity, state, outcome, closed_by, close_time } => {
                activity_closed(answer, activity, state, outcome, (closed_by, close_time))
            }
            Refusal::LeaseLost { activity, state } => lease_lost(answer, activity, state),
            Refusal::ActivityLeased { activity, holder, until } => {
                activity_leased(answer, activity, holder, until)
            }
            Refusal::ActivityNotSnoozed { activity } => {
                answer("the activity is due already".to_owned()).precondition(&ACTIVITY.uuid_name(activity.0))
            }
            Refusal::ActivityAutomated { activity } => {
                let why = "workers carry the activity out: it stays in their queue";
                answer(why.to_owned()).precondition(&ACTIVITY.uuid_name(activity.0))
            }
            Refusal::ActivityNotEmail { activity, kind } => {
                let name = ACTIVITY.uuid_name(activity.0);
                answer(format!("{name} is no email that this call takes: it is of kind {kind}"))
                    .precondition(&name)
                    .with("kind", kind)
            }
            Refusal::ActivityNotManual { activity } => {
                let name = ACTIVITY.uuid_name(activity.0);
                let why = "isn't a manual activity: its step says what it is and when it is due";
                answer(format!("{name} {why}")).precondition(&name)
            }
            Refusal::ActivityHasWarnings { warnings } => {
                let warnings = warnings.words();
                let why = "and the organization's consent_policy skips such activities";
                answer(format!("the activity would have the warnings {warnings}, {why}"))
                    .precondition("activity")
                    .with("warnings", warnings)
            }
            Refusal::ActivityOpen { activity, state } => activity_open(answer, activity, state),
            Refusal::ReopenGraceOver { activity, call_time, grace } => {
                grace_over(answer, activity, call_time, grace)
            }
            Refusal::LaterStepActedOn { activity, later } => later_step(answer, activity, later),
            Refusal::EnrolledAgain { enrollment } => {
                let name = ENROLLMENT.uuid_name(enrollment.0);
                answer(format!("the record was enrolled in this sequence again: {name}"))
                    .precondition(&name)
                    .with("enrollment", name)
            }
            Refusal::ActivityNotReopenable { activity, obstacle } => {
                not_reopenable(answer, activity, obstacle)
            }
            Refusal::AttributeTypeConflict { attribute, declared, given } => {
                type_conflict(answer, attribute, declared, given)
            }
            Refusal::AttributeInUse { attribute, users } => used(answer, &attribute, "the attribute", users),
            Refusal::RecordTypeInUse { record_type, users } => used(answer, &record_type, "", users),
            Refusal::TemplateInUse { sequences } => {
                let sequences = sequences.join(", ");
                let remedy = "remove it from their drafts and newest revisions first";
                answer(format!("the template is used by {sequences}; {remedy}"))
                    .precondition("template")
                    .with("sequences", sequences)
            }
            Refusal::CalendarInUse { calendar, users } => used(answer, &calendar, "", users),
            Refusal::TeamInUse { team, users } => used(answer, &team, "", users),
            Refusal::SellerInUse { seller, users } => seller_in_use(answer, &seller, users),
            Refusal::ResourceBuiltIn { resource } => {
                let why = format!("{resource} can't be deleted: every organization has it");
                answer(why).precondition(&resource)
            }
            Refusal::OperationDone { state } => {
                let done = answer(format!("the operation has ended: {state}"));
                state_forbids(done, "operation", state, "RUNNING")
            }
            Refusal::OperationNotCancelable { work } => {
                let rule = format!("an operation that {work} can't be canceled: it goes on to its end");
                answer(rule).precondition("operation")
            }
            Refusal::ApiKeyEnded { key } => {
                answer(format!("{key} was revoked or has expired; create a new key")).precondition(&key)
            }
            Refusal::LastAdministratorKey { key } => {
                let which = "the last key of a system administrator that never expires";
                answer(format!("{key} is {which}; create another one first")).precondition(&key)
            }
        }
    }
}

/// Adds the state of `subject` to an answer, and the states in which the request is allowed.
fn state_forbids(answer: Answer, subject: &str, state: &str, allowed: &str) -> Answer {
    answer.precondition(subject).with("state", state).with("allowed_states", allowed)
}

/// Users that are named, at most: a refusal fits into headers.
const USERS: usize = 20;

fn used(answer: impl Fn(String) -> Answer, subject: &str, what: &str, users: Vec<String>) -> Answer {
    let (users, others) = listed(users);
    let sentence = format!("{what} {subject} is used by {users}{others}");
    answer(sentence.trim_start().to_owned()).precondition(subject).with("users", users)
}

/// The first names of a list in one text, and how many more there are.
fn listed(mut users: Vec<String>) -> (String, String) {
    let more = users.len().saturating_sub(USERS);
    users.truncate(USERS);
    let others = if more > 0 { format!(" and {more} more") } else { String::new() };
    (users.join(", "), others)
}

fn seller_in_use(answer: impl Fn(String) -> Answer, seller: &str, users: Vec<String>) -> Answer {
    let (users, others) = listed(users);
    let remedy = "give records and activities to others with ReassignRecords, and set force for the rest";
    let sentence = format!("{seller} can't be deleted: left are {users}{others}; {remedy}");
    answer(sentence).precondition(seller).with("users", users)
}

fn in_use(answer: impl Fn(String) -> Answer, open_enrollments: i64, connected_segments: &[String]) -> Answer {
    let segments = connected_segments.join(", ");
    // In the metadata, an empty list is an empty text.
    let connected = if segments.is_empty() { "no segment".to_owned() } else { segments.clone() };
    answer(format!(
        "the sequence has {open_enrollments} open enrollments and is connected to {connected}; end and disconnect \
         them, or use force"
    ))
    .precondition("sequence")
    .with("open_enrollment_count", open_enrollments.to_string())
    .with("connected_segments", segments)
}

fn record_type_mismatch(answer: impl Fn(String) -> Answer, expected: String, given: String) -> Answer {
    answer(format!("the record type must be {expected}, is {given}"))
        .precondition("record_type")
        .with("expected", expected)
        .with("given", given)
}

fn already_enrolled(answer: impl Fn(String) -> Answer, enrollment: EnrollmentId) -> Answer {
    let name = ENROLLMENT.uuid_name(enrollment.0);
    answer(format!("the record has an open enrollment in this sequence: {name}"))
        .precondition(&name)
        .with("enrollment", name)
}

fn enrolled_before(answer: impl Fn(String) -> Answer, sequence: String, opens: Opens) -> Answer {
    let before = format!("the record was enrolled in {sequence} before");
    match opens {
        Opens::Never => answer(format!("{before}, and can't begin it again")).precondition(&sequence),
        Opens::At(at) => {
            let time = at.to_rfc3339_opts(SecondsFormat::Micros, true);
            answer(format!("{before}, and can begin it again at {time}"))
                .precondition(&sequence)
                .with("begin_time", time)
        }
    }
    .with("sequence", sequence)
}

fn enrollment_ended(answer: impl Fn(String) -> Answer, state: &str, reason: &str) -> Answer {
    // Only an exit has a reason.
    let why = if reason.is_empty() { String::new() } else { format!(" ({reason})") };
    let ended = answer(format!("the enrollment has ended: {state}{why}"));
    state_forbids(ended, "enrollment", state, "PENDING, ACTIVE, PAUSED, FAILED").with("reason", reason)
}

fn enrollment_paused(
    answer: impl Fn(String) -> Answer,
    enrollment: EnrollmentId,
    reason: &str,
    pause_time: DateTime<Utc>,
) -> Answer {
    let name = ENROLLMENT.uuid_name(enrollment.0);
    let time = pause_time.to_rfc3339_opts(SecondsFormat::Micros, true);
    let paused = answer(format!("{name} is paused since {time} ({reason}); resume it first"));
    state_forbids(paused, &name, "PAUSED", "ACTIVE").with("reason", reason).with("pause_time", time)
}

fn enrollment_failed(
    answer: impl Fn(String) -> Answer,
    enrollment: EnrollmentId,
    reason: &str,
    fail_time: DateTime<Utc>,
) -> Answer {
    let name = ENROLLMENT.uuid_name(enrollment.0);
    let time = fail_time.to_rfc3339_opts(SecondsFormat::Micros, true);
    let failed = answer(format!("{name} failed at {time} ({reason}); retry it once the cause is gone"));
    state_forbids(failed, &name, "FAILED", "ACTIVE").with("reason", reason).with("fail_time", time)
}

fn not_waiting(answer: impl Fn(String) -> Answer, activity: Option<ActivityId>) -> Answer {
    let Some(activity) = activity else {
        return answer("the enrollment isn't waiting: its step is being carried out".to_owned());
    };
    let name = ACTIVITY.uuid_name(activity.0);
    answer(format!("the enrollment isn't waiting: {name} is open; complete or skip that activity"))
        .precondition(&name)
        .with("activity", name)
}

/// `closed` is the name of who closed it, and when.
fn activity_closed(
    answer: impl Fn(String) -> Answer,
    activity: ActivityId,
    state: &str,
    outcome: String,
    closed: (String, DateTime<Utc>),
) -> Answer {
    // Microseconds are as exact as Postgres stores times.
    let (closed_by, time) = (closed.0, closed.1.to_rfc3339_opts(SecondsFormat::Micros, true));
    // Only a seller or an API key has a name.
    let who = if closed_by.is_empty() { "upnext" } else { &closed_by };
    let how = if outcome.is_empty() { String::new() } else { format!(" ({outcome})") };

    let told = answer(format!("the activity is closed: {state}{how} by {who} at {time}"));
    state_forbids(told, &ACTIVITY.uuid_name(activity.0), state, "SCHEDULED, DUE, SNOOZED")
        .with("outcome", outcome)
        .with("closed_by", closed_by)
        .with("close_time", time)
}

fn lease_lost(answer: impl Fn(String) -> Answer, activity: ActivityId, state: &str) -> Answer {
    let how = "it expired, was given back, or ended with its activity";
    answer(format!("the lease is lost: {how}, which is now {state}; acquire another activity"))
        .precondition(&ACTIVITY.uuid_name(activity.0))
        .with("state", state)
}

fn activity_leased(
    answer: impl Fn(String) -> Answer,
    activity: ActivityId,
    holder: KeyId,
    until: DateTime<Utc>,
) -> Answer {
    let (holder, time) = (names::principal(holder, None), until.to_rfc3339_opts(SecondsFormat::Micros, true));
    answer(format!("{holder} has leased the activity until {time}"))
        .precondition(&ACTIVITY.uuid_name(activity.0))
        .with("holder", holder)
        .with("expire_time", time)
}

fn activity_open(answer: impl Fn(String) -> Answer, activity: ActivityId, state: &str) -> Answer {
    let open = answer(format!("the activity is already open: {state}"));
    state_forbids(open, &ACTIVITY.uuid_name(activity.0), state, "COMPLETED, SKIPPED")
}

fn grace_over(
    answer: impl Fn(String) -> Answer,
    activity: ActivityId,
    call_time: DateTime<Utc>,
    grace: TimeDelta,
) -> Answer {
    let grace = format!("{}s", grace.num_seconds());
    let time = call_time.to_rfc3339_opts(SecondsFormat::Micros, true);
    let sentence = match grace.as_str() {
        "0s" => {
            "the organization doesn't allow activities to be reopened: its reopen_grace_period is 0s".into()
        }
        _ => format!("the activity was closed at {time}, and can be reopened for {grace} only"),
    };

    answer(sentence)
        .precondition(&ACTIVITY.uuid_name(activity.0))
        .with("call_time", time)
        .with("reopen_grace_period", grace)
}

fn later_step(answer: impl Fn(String) -> Answer, activity: ActivityId, later: LaterAction) -> Answer {
    let named = |id: ActivityId| ACTIVITY.uuid_name(id.0);
    let (what, action, about) = match later {
        LaterAction::Closed(id) => (format!("{} was completed or skipped", named(id)), "CLOSED", Some(id)),
        LaterAction::Snoozed(id) => (format!("{} was snoozed", named(id)), "SNOOZED", Some(id)),
        LaterAction::WaitSkipped => ("the wait was skipped".to_owned(), "WAIT_SKIPPED", None),
    };

    answer(format!("somebody acted on a later step: {what}"))
        .precondition(&named(activity))
        .with("action", action)
        .with("activity", about.map(named).unwrap_or_default())
}

fn not_reopenable(
    answer: impl Fn(String) -> Answer,
    activity: ActivityId,
    obstacle: ReopenObstacle,
) -> Answer {
    let sentence = match obstacle {
        ReopenObstacle::Canceled => {
            "the activity was canceled; only what somebody completed or skipped can be reopened"
        }
        ReopenObstacle::SkippedByUpnext => {
            "upnext skipped the activity; only what somebody completed or skipped can be reopened"
        }
        ReopenObstacle::Migrated => "the enrollment has moved to another revision or step since",
        ReopenObstacle::RecordDeleted => "the record is deleted",
        ReopenObstacle::LeftSegment => "the record is no longer in the segment that enrolled it",
        ReopenObstacle::SequenceHalted => "the sequence was deactivated with PAUSE or EXIT",
        ReopenObstacle::Warnings => {
            "the activity would have warnings, and the organization's consent_policy skips such activities"
        }
    };

    answer(sentence.to_owned())
        .precondition(&ACTIVITY.uuid_name(activity.0))
        .with("obstacle", obstacle.as_str())
}

fn type_conflict(
    answer: impl Fn(String) -> Answer,
    attribute: String,
    declared: String,
    given: String,
) -> Answer {
    answer(format!("attribute {attribute} is declared as {declared}, which never changes; {given} was given"))
        .precondition(&attribute)
        .with("attribute", attribute)
        .with("declared", declared)
        .with("given", given)
}
