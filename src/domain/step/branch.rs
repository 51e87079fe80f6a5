//! Branch steps: a condition decides between two paths.

use serde::{Deserialize, Serialize};
use strum::{FromRepr, IntoStaticStr, VariantArray};

use super::Form;
use crate::domain::activity::ClosedState;
use crate::domain::attribute::AttributeType;
use crate::domain::condition::{Condition, Field};
use crate::domain::reason::Reason;
use crate::domain::record_type::RecordType;
use crate::domain::violation::Violations;

/// The attribute that holds a record's process stage.
const STAGE: &str = "stage";

/// Two paths. The first one is taken if the condition is met, the second one if it isn't.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// What decides.
    pub condition: BranchCondition,
}

/// What decides a branch. It is decided when an enrollment arrives there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BranchCondition {
    /// An earlier call was completed with one of these outcomes.
    CallOutcome {
        /// The id of the call's step.
        step_id: String,
        /// The outcomes.
        outcomes: Vec<String>,
    },
    /// The record matches.
    Record {
        /// The text of a condition over `record`.
        condition: String,
    },
    /// The record's stage is one of these.
    Stage {
        /// The stages.
        stages: Vec<String>,
    },
    /// An earlier step ended like this.
    Step {
        /// The id of the step.
        step_id: String,
        /// How it ended.
        ending: Ending,
    },
}

/// How an earlier step ended. The numbers are the same in the proto. Never change them.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
#[repr(i32)]
pub enum Ending {
    /// Its activity was completed.
    Completed = 1,
    /// Its activity was skipped.
    Skipped = 2,
}

impl Ending {
    /// Returns its name in the API.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }

    /// True if an activity in this state ended like this.
    pub fn is(self, state: ClosedState) -> bool {
        match self {
            Ending::Completed => state == ClosedState::Completed,
            Ending::Skipped => state == ClosedState::Skipped,
        }
    }
}

impl Default for BranchCondition {
    fn default() -> Self {
        BranchCondition::Record { condition: String::new() }
    }
}

impl BranchCondition {
    /// Returns its field in the API, like `call_outcome`.
    pub const fn field(&self) -> &'static str {
        match self {
            BranchCondition::CallOutcome { .. } => "call_outcome",
            BranchCondition::Record { .. } => "record",
            BranchCondition::Stage { .. } => "stage",
            BranchCondition::Step { .. } => "step",
        }
    }

    /// Returns the id of the earlier step that it looks at. `None` if it looks at the record.
    pub fn step_id(&self) -> Option<&str> {
        match self {
            BranchCondition::CallOutcome { step_id, .. } | BranchCondition::Step { step_id, .. } => {
                Some(step_id)
            }
            BranchCondition::Record { .. } | BranchCondition::Stage { .. } => None,
        }
    }

    /// Returns the outcomes of calls that it names.
    pub fn outcomes(&self) -> &[String] {
        match self {
            BranchCondition::CallOutcome { outcomes, .. } => outcomes,
            BranchCondition::Record { .. } | BranchCondition::Stage { .. } | BranchCondition::Step { .. } => {
                &[]
            }
        }
    }

    /// Returns the condition over `record` that it asks. `None` if it looks at an earlier step.
    ///
    /// # Errors
    /// Everything that is wrong with it, with paths that begin at the condition, like
    /// `record.condition`.
    pub fn over_record(&self, record_type: &RecordType) -> Result<Option<Condition>, Violations> {
        match self {
            BranchCondition::Record { condition } => {
                Condition::check("record.condition", condition, &record_type.subject()).map(Some)
            }
            BranchCondition::Stage { stages } => match record_type.attribute(STAGE) {
                Some(AttributeType::String) => {
                    let field = Field { name: STAGE.to_owned(), attribute_type: AttributeType::String };
                    Ok(Some(Condition::one_of("record", &field, stages)))
                }
                _ => {
                    let rule = format!("needs the string attribute {STAGE} in {}", record_type.name());
                    Err(Violations::one("stage", Reason::AttributeUnknown, rule))
                }
            },
            BranchCondition::CallOutcome { .. } | BranchCondition::Step { .. } => Ok(None),
        }
    }

    /// Returns the text of the condition over `record` that it asks. `None` if it looks at an
    /// earlier step.
    pub fn text(&self) -> Option<String> {
        match self {
            BranchCondition::Record { condition } => Some(condition.clone()),
            BranchCondition::Stage { .. } => Some(format!("has(record.{STAGE})")),
            BranchCondition::CallOutcome { .. } | BranchCondition::Step { .. } => None,
        }
    }

    fn text_bytes(&self) -> usize {
        match self {
            BranchCondition::CallOutcome { step_id, outcomes } => {
                step_id.len() + outcomes.iter().map(String::len).sum::<usize>()
            }
            BranchCondition::Record { condition } => condition.len(),
            BranchCondition::Stage { stages } => stages.iter().map(String::len).sum(),
            BranchCondition::Step { step_id, .. } => step_id.len(),
        }
    }
}

impl<T> Form<T> for Branch {
    const NAME: &'static str = "Branch";

    type Referring<U> = Branch;

    fn refer<U>(self, _: &mut dyn FnMut(T) -> Option<U>) -> Branch {
        self
    }

    fn text_bytes(&self) -> usize {
        self.condition.text_bytes()
    }

    fn path_fields(&self) -> Vec<String> {
        vec!["yes_steps".to_owned(), "no_steps".to_owned()]
    }
}
