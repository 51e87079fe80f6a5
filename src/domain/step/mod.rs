//! The kinds of steps: a file for each, and one table from which everything that enumerates them
//! is made.

use serde::{Deserialize, Serialize};
use strum::{FromRepr, IntoStaticStr, VariantArray};

use super::id::TemplateId;
use super::settings::{LONGEST_OUTCOME, Limits, Settings, check_length};
use super::violation::Violations;

/// Every kind of step, in two groups: a seller acts on it, or upnext passes it by itself. A row
/// names the form and its file; the file's name is also the kind's word in kept definitions and on
/// the wire. The number is that of its activities, as in the proto: never renumber.
macro_rules! step_table {
    ($made:ident) => {
        $made! {
            acts {
                /// An email for the seller to send.
                Email(Email<T>) in email = 1;
                /// A call for the seller to make; completing it needs an outcome.
                PhoneCall(PhoneCall) in phone_call = 2;
                /// Free work.
                Task(Task) in task = 3;
            }
            passes {
                /// Time between the step before and the step after.
                Wait(Wait) in wait;
            }
        }
    };
}
pub(crate) use step_table;

/// What a form says of its kind. `T` is how it refers to a template.
trait Form<T> {
    /// What sellers see of a step that has no name of its own.
    const NAME: &'static str;

    /// The same form that refers to its template in another way.
    type Referring<U>;

    /// Refers to the template, if it has one, by what `to` makes of it.
    fn refer<U>(self, to: &mut dyn FnMut(T) -> Option<U>) -> Self::Referring<U>;

    /// Its template, if it has one: its field `template`, where statements look for it.
    fn template(&self) -> Option<&T> {
        None
    }

    /// The bytes of its own texts.
    fn text_bytes(&self) -> usize {
        0
    }

    /// Finds the values that no draft may have. Paths begin at the form: `script`.
    fn check(&self, _limits: &Limits) -> Violations {
        Violations::new()
    }

    /// Finds what keeps it from being the last step, which is at `field`.
    fn check_last(&self, _field: &str) -> Violations {
        Violations::new()
    }
}

/// What a form says of the activities that carry it out.
trait Act {
    /// Whether outcomes are words that the organization chose; else they are the seller's own.
    const CHOSEN_OUTCOMES: bool = false;

    /// Checks how a seller says that it ended.
    fn check_outcome(outcome: &str, _settings: &Settings) -> Violations {
        check_length("outcome", outcome, LONGEST_OUTCOME)
    }
}

macro_rules! kinds {
    (
        acts { $($(#[$act_doc:meta])* $act:ident($act_form:ty) in $act_file:ident = $number:literal;)* }
        passes { $($(#[$pass_doc:meta])* $pass:ident($pass_form:ty) in $pass_file:ident;)* }
    ) => {
        $(mod $act_file; pub use $act_file::$act;)*
        $(mod $pass_file; pub use $pass_file::$pass;)*

        /// What a step is. `T` is how it refers to a template: by key once it is kept.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum StepKind<T = TemplateId> {
            $($(#[$act_doc])* $act($act_form),)*
            $($(#[$pass_doc])* $pass($pass_form),)*
        }

        /// What a seller is to do. The numbers are kept, as in the proto: never renumber.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
        #[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
        #[repr(i16)]
        pub enum ActivityKind {
            $($(#[$act_doc])* $act = $number,)*
        }

        /// What is to be done at a step.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Work<'a> {
            /// A seller acts.
            Act(ActivityKind),
            $($(#[$pass_doc])* $pass(&'a $pass_form),)*
        }

        impl<T> StepKind<T> {
            /// The kind's word in kept definitions and on the wire, say `phone_call`.
            pub const fn field(&self) -> &'static str {
                match self {
                    $(StepKind::$act(_) => stringify!($act_file),)*
                    $(StepKind::$pass(_) => stringify!($pass_file),)*
                }
            }

            /// What is to be done at such a step.
            pub const fn work(&self) -> Work<'_> {
                match self {
                    $(StepKind::$act(_) => Work::Act(ActivityKind::$act),)*
                    $(StepKind::$pass(form) => Work::$pass(form),)*
                }
            }

            /// One of each kind, with nothing in it.
            #[cfg(test)]
            pub fn each() -> Vec<Self> {
                vec![
                    $(StepKind::$act(Default::default()),)*
                    $(StepKind::$pass(Default::default()),)*
                ]
            }
        }

        impl ActivityKind {
            /// The word under which definitions keep the steps that it carries out.
            pub const fn field(self) -> &'static str {
                match self {
                    $(ActivityKind::$act => stringify!($act_file),)*
                }
            }

            /// Whether outcomes are words that the organization chose; else they are the seller's.
            pub const fn has_chosen_outcomes(self) -> bool {
                type T = TemplateId;
                match self {
                    $(ActivityKind::$act => <$act_form as Act>::CHOSEN_OUTCOMES,)*
                }
            }

            /// Checks how a seller says that it ended.
            pub fn check_outcome(self, outcome: &str, settings: &Settings) -> Violations {
                type T = TemplateId;
                match self {
                    $(ActivityKind::$act => <$act_form as Act>::check_outcome(outcome, settings),)*
                }
            }
        }

        /// Does the same with the form of any kind.
        macro_rules! with_form {
            ($kind:expr, $form:ident => $answer:expr) => {
                match $kind {
                    $(StepKind::$act($form) => $answer,)*
                    $(StepKind::$pass($form) => $answer,)*
                }
            };
        }

        /// Makes a kind with another form.
        macro_rules! map_form {
            ($kind:expr, $form:ident => $answer:expr) => {
                match $kind {
                    $(StepKind::$act($form) => StepKind::$act($answer),)*
                    $(StepKind::$pass($form) => StepKind::$pass($answer),)*
                }
            };
        }
    };
}

step_table!(kinds);

pub use wait::Delay;

impl<T> StepKind<T> {
    /// What sellers see of a step that has no name of its own.
    pub fn shown_name(&self) -> &'static str {
        fn name<T, F: Form<T>>(_: &F) -> &'static str {
            F::NAME
        }
        with_form!(self, form => name::<T, _>(form))
    }

    /// The same that refers to its template, if it has one, by what `to` makes of it.
    pub fn refer<U>(self, mut to: impl FnMut(T) -> Option<U>) -> StepKind<U> {
        map_form!(self, form => form.refer(&mut to))
    }

    /// Its template, if it has one.
    pub fn template(&self) -> Option<&T> {
        with_form!(self, form => form.template())
    }

    /// The bytes of its own texts.
    pub fn text_bytes(&self) -> usize {
        with_form!(self, form => Form::<T>::text_bytes(form))
    }

    /// Finds the values that no draft may have. Paths begin at the step: `phone_call.script`.
    pub fn check(&self, limits: &Limits) -> Violations {
        with_form!(self, form => Form::<T>::check(form, limits)).under(self.field())
    }

    /// Finds what keeps it from being the last step, which is at `field`.
    pub fn check_last(&self, field: &str) -> Violations {
        with_form!(self, form => Form::<T>::check_last(form, field))
    }
}

impl ActivityKind {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        self.into_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_kept_under_its_word_and_reads_back() {
        for kind in StepKind::<TemplateId>::each() {
            let kept = serde_json::to_value(&kind).expect("serializes");
            assert!(kept.get(kind.field()).is_some(), "{kept}");
            assert_eq!(serde_json::from_value::<StepKind>(kept).expect("reads back"), kind);
        }
    }

    #[test]
    fn the_word_of_an_activity_is_that_of_its_step() {
        for kind in StepKind::<TemplateId>::each() {
            if let Work::Act(activity) = kind.work() {
                assert_eq!(activity.field(), kind.field());
                assert_eq!(activity.as_str(), kind.field().to_uppercase());
            }
        }
    }
}
