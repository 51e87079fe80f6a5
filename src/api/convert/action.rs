//! What to do with enrollments, on the wire.

use crate::api::pb;
use crate::api::pb::act_on_enrollments_request::Work;
use crate::api::pb::enrollment_action;
use crate::domain::action::Action;
use crate::domain::bulk::BulkWork;
use crate::domain::migration::StepPolicy;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::violation::Violations;
use crate::engine::EnrollmentsActedOn;

/// Reads an action.
pub fn action(message: Option<&pb::EnrollmentAction>) -> Result<Action, Violations> {
    match message.and_then(|message| message.action.as_ref()) {
        Some(enrollment_action::Action::Pause(_)) => Ok(Action::Pause),
        Some(enrollment_action::Action::Resume(_)) => Ok(Action::Resume),
        Some(enrollment_action::Action::Exit(_)) => Ok(Action::Exit),
        Some(enrollment_action::Action::Migrate(migrate)) => {
            let policy = step_policy(migrate.step_policy());
            Ok(Action::Migrate { revision: migrate.revision, policy })
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

/// Reads what becomes of a step.
pub fn step_policy(policy: pb::StepPolicy) -> StepPolicy {
    match policy {
        pb::StepPolicy::Unspecified | pb::StepPolicy::SameStep => StepPolicy::Same,
        pb::StepPolicy::SameStepOrRestart => StepPolicy::SameOrRestart,
        pb::StepPolicy::Restart => StepPolicy::Restart,
    }
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
