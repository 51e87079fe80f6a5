//! What decides a branch, on the wire.

use super::wait::{delay_message, delay_of};
use crate::api::pb;
use crate::api::pb::branch_condition::Kind as Asked;
use crate::domain::engagement::EngagementKind;
use crate::domain::step::{BranchCondition, Ending};

/// Reads what decides a branch. `None` if it breaks the options in the proto.
pub(super) fn read(kind: Asked) -> Option<BranchCondition> {
    Some(match kind {
        Asked::Engagement(of) => {
            let actions =
                of.actions.iter().map(|action| EngagementKind::from_repr(i16::try_from(*action).ok()?));
            BranchCondition::Engagement {
                step_id: of.step_id,
                actions: actions.collect::<Option<_>>()?,
                all: of.all,
                limit: delay_of(of.limit?)?,
                wait_for_limit: of.wait_for_limit,
            }
        }
        Asked::CallOutcome(pb::CallOutcomeCondition { step_id, outcomes }) => {
            BranchCondition::CallOutcome { step_id, outcomes }
        }
        Asked::Record(pb::RecordCondition { condition }) => BranchCondition::Record { condition },
        Asked::Stage(pb::StageCondition { stages }) => BranchCondition::Stage { stages },
        Asked::Step(pb::StepCondition { step_id, ending }) => {
            BranchCondition::Step { step_id, ending: Ending::from_repr(ending)? }
        }
    })
}

/// Returns the message of what decides a branch.
pub(super) fn message(condition: BranchCondition) -> Asked {
    match condition {
        BranchCondition::Engagement { step_id, actions, all, limit, wait_for_limit } => {
            let actions = actions.into_iter().map(|action| action as i32).collect();
            let limit = Some(delay_message(limit));
            Asked::Engagement(pb::EngagementCondition { step_id, actions, all, limit, wait_for_limit })
        }
        BranchCondition::CallOutcome { step_id, outcomes } => {
            Asked::CallOutcome(pb::CallOutcomeCondition { step_id, outcomes })
        }
        BranchCondition::Record { condition } => Asked::Record(pb::RecordCondition { condition }),
        BranchCondition::Stage { stages } => Asked::Stage(pb::StageCondition { stages }),
        BranchCondition::Step { step_id, ending } => {
            Asked::Step(pb::StepCondition { step_id, ending: ending as i32 })
        }
    }
}
