//! What to do with enrollments, on the wire.

use prost_types::Timestamp;

use super::instant;
use crate::api::pb;
use crate::api::pb::act_on_enrollments_request::Work;
use crate::api::pb::{enrollment, enrollment_action};
use crate::domain::action::Action;
use crate::domain::bulk::BulkWork;
use crate::domain::migration::StepPolicy;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::violation::{Violation, Violations};
use crate::engine::EnrollmentsActedOn;

/// Reads an action.
pub fn action(message: Option<&pb::EnrollmentAction>) -> Result<Action, Violations> {
    match message.and_then(|message| message.action.as_ref()) {
        Some(enrollment_action::Action::Pause(message)) => {
            pause(message.resume_time.as_ref()).map_err(|found| found.under("action.pause"))
        }
        Some(enrollment_action::Action::Resume(_)) => Ok(Action::Resume),
        Some(enrollment_action::Action::Retry(_)) => Ok(Action::Retry),
        Some(enrollment_action::Action::Exit(_)) => Ok(Action::Exit),
        Some(enrollment_action::Action::Migrate(migrate)) => {
            let found = migration(migrate.revision, migrate.step_policy(), &migrate.step_id);
            found.map_err(|found| Violations::from(found).under("action.migrate"))
        }
        None => Err(Violations::one("action", Reason::FieldRequired, "must be set")),
    }
}

/// Reads the work of an operation on enrollments or records.
pub fn work(message: Option<&Work>) -> Result<BulkWork, Violations> {
    match message {
        Some(Work::Enroll(_)) => Ok(BulkWork::Enroll),
        Some(Work::Action(message)) => action(Some(message)).map(BulkWork::Act),
        None => Err(Violations::one("work", Reason::FieldRequired, "must be set")),
    }
}

/// Reads a pause, with the time at which it ends by itself.
pub fn pause(resume_time: Option<&Timestamp>) -> Result<Action, Violations> {
    let until = resume_time.map(|at| instant("resume_time", at)).transpose()?;
    Ok(until.map_or(Action::Pause, Action::PauseUntil))
}

/// Reads where an enrollment is to move.
///
/// # Errors
/// Both a policy and a step are given.
pub fn migration(revision: i32, policy: enrollment::StepPolicy, step_id: &str) -> Result<Action, Violation> {
    let step_id = Some(step_id).filter(|step_id| !step_id.is_empty()).map(str::to_owned);
    if step_id.is_some() && policy != enrollment::StepPolicy::Unspecified {
        let description = "is only allowed without a step_policy: it says itself where the enrollment begins";
        return Err(Violation::new("step_id", Reason::FieldInvalid, description));
    }

    let policy = match policy {
        enrollment::StepPolicy::Unspecified | enrollment::StepPolicy::SameStep => StepPolicy::Same,
        enrollment::StepPolicy::SameStepOrRestart => StepPolicy::SameOrRestart,
        enrollment::StepPolicy::Restart => StepPolicy::Restart,
    };
    Ok(Action::Migrate { revision, policy, step_id })
}

/// Converts the answer to acting on many enrollments.
pub fn answer(done: &EnrollmentsActedOn) -> pb::ActOnEnrollmentsResponse {
    pb::ActOnEnrollmentsResponse {
        operation: done.operation.map(|id| names::OPERATION.uuid_name(id.0)).unwrap_or_default(),
        changed_count: done.expected.changed,
        restarted_count: done.expected.restarted,
        unchanged_count: done.expected.unchanged,
        refused_count: done.expected.refused,
    }
}
