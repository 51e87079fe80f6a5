//! The kinds of steps. Each has its own file, and a row in one table. All code that lists the kinds
//! is generated from the table.

use serde::{Deserialize, Serialize};
use strum::{FromRepr, IntoStaticStr, VariantArray};

use super::consent::Channel;
use super::id::TemplateId;
use super::settings::{LONGEST_OUTCOME, Limits, Settings, check_length};
use super::violation::Violations;

/// All kinds of steps, in two groups: a seller acts on the step, or upnext passes it by itself. A
/// row contains the kind's form and its file. The name of the file is also the kind's field in
/// stored definitions and in the API. The number is that of its activities, and it is the same in
/// the proto. Never change it.
macro_rules! step_table {
    ($made:ident) => {
        $made! {
            acts {
                /// An email for the seller to send.
                Email(Email<T>) in email = 1;
                /// A call for the seller to make. Completing it needs an outcome.
                PhoneCall(PhoneCall) in phone_call = 2;
                /// Any other work.
                Task(Task) in task = 3;
                /// An email that a worker sends.
                AutomatedEmail(AutomatedEmail<T>) in automated_email = 4;
                /// A text message for the seller to send.
                TextMessage(TextMessage<T>) in text_message = 5;
                /// A text message that a worker sends.
                AutomatedTextMessage(AutomatedTextMessage<T>) in automated_text_message = 6;
                /// Something to do on LinkedIn.
                LinkedIn(LinkedIn) in linked_in = 7;
                /// A meeting for the seller to hold.
                Appointment(Appointment) in appointment = 8;
            }
            passes {
                /// Time between the step before and the step after.
                Wait(Wait) in wait;
                /// Two paths, between which a condition decides.
                Branch(Branch) in branch;
                /// Several paths, between which chance decides.
                Split(Split) in split;
                /// A new value for an attribute of the record.
                UpdateAttribute(UpdateAttribute) in update_attribute;
                /// A new owner for the record.
                AssignOwner(AssignOwner) in assign_owner;
                /// The end of this enrollment and the start of another one.
                AdvanceToSequence(AdvanceToSequence) in advance_to_sequence;
                /// News for the outside.
                EmitEvent(EmitEvent) in emit_event;
            }
        }
    };
}
pub(crate) use step_table;

/// The form of a kind of step: its fields and their rules. `T` is the type of its reference to a
/// template.
trait Form<T> {
    /// The name that sellers see if a step has no name of its own.
    const NAME: &'static str;

    /// The same form, with another type of reference.
    type Referring<U>;

    /// Returns the same form, with its reference converted by `to`. Without a reference, `to` isn't
    /// called.
    fn refer<U>(self, to: &mut dyn FnMut(T) -> Option<U>) -> Self::Referring<U>;

    /// Returns its template. `None` if it has none. The field must be named `template`, because SQL
    /// statements look for it there.
    fn template(&self) -> Option<&T> {
        None
    }

    /// True if a sequence can't be activated while it has no template.
    const NEEDS_TEMPLATE: bool = false;

    /// Returns the number of bytes of the form's own texts.
    fn text_bytes(&self) -> usize {
        0
    }

    /// Checks the values. Paths begin at the form, like `script`.
    fn check(&self, _limits: &Limits) -> Violations {
        Violations::new()
    }

    /// Returns the fields that contain its paths, each a list of steps, like `yes_steps`.
    fn path_fields(&self) -> Vec<String> {
        Vec::new()
    }
}

/// The rules for activities that carry out a form.
trait Act {
    /// How the activity reaches a person. `None` if it doesn't.
    const CHANNEL: Option<Channel>;

    /// True if a worker does it, without a seller. Its activities are in the automation queue.
    const AUTOMATED: bool = false;

    /// True if outcomes must be among those that the organization set. Otherwise the seller can use
    /// any words.
    const CHOSEN_OUTCOMES: bool = false;

    /// The form's fields with words of people. What somebody wrote there about a record is erased
    /// with it.
    const TEXTS: &'static [&'static str] = &[];

    /// Checks the outcome that a seller reports.
    fn check_outcome(outcome: &str, _settings: &Settings) -> Violations {
        check_length("outcome", outcome, LONGEST_OUTCOME)
    }
}

/// Declares the form of a kind whose only field is a template, with its rules as an activity.
macro_rules! templated {
    (
        $(#[$doc:meta])* $form:ident($(#[$template_doc:meta])* template), $name:literal, $channel:ident
        $(, $needs:ident, $automated:ident)?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        pub struct $form<T> {
            $(#[$template_doc])*
            pub template: Option<T>,
        }

        // Not derived, because that would need a default for `T`.
        impl<T> Default for $form<T> {
            fn default() -> Self {
                Self { template: None }
            }
        }

        impl<T> $crate::domain::step::Form<T> for $form<T> {
            const NAME: &'static str = $name;
            $(const $needs: bool = true;)?

            type Referring<U> = $form<U>;

            fn refer<U>(self, to: &mut dyn FnMut(T) -> Option<U>) -> $form<U> {
                $form { template: self.template.and_then(to) }
            }

            fn template(&self) -> Option<&T> {
                self.template.as_ref()
            }
        }

        impl<T> $crate::domain::step::Act for $form<T> {
            const CHANNEL: Option<$crate::domain::consent::Channel> =
                Some($crate::domain::consent::Channel::$channel);
            $(const $automated: bool = true;)?
        }
    };
}

macro_rules! kinds {
    (
        acts { $($(#[$act_doc:meta])* $act:ident($act_form:ty) in $act_file:ident = $number:literal;)* }
        passes { $($(#[$pass_doc:meta])* $pass:ident($pass_form:ty) in $pass_file:ident;)* }
    ) => {
        $(mod $act_file; pub use $act_file::$act;)*
        $(mod $pass_file; pub use $pass_file::$pass;)*

        /// The kind of a step, with the kind's own fields. `T` is the type of a reference to a
        /// template: the template's key in stored definitions.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum StepKind<T = TemplateId> {
            $($(#[$act_doc])* $act($act_form),)*
            $($(#[$pass_doc])* $pass($pass_form),)*
        }

        /// The kind of an activity. The numbers are stored, and they are the same in the proto.
        /// Never change them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, FromRepr, IntoStaticStr, VariantArray)]
        #[strum(serialize_all = "SCREAMING_SNAKE_CASE", const_into_str)]
        #[repr(i16)]
        pub enum ActivityKind {
            $($(#[$act_doc])* $act = $number,)*
        }

        /// The work at a step.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Work<'a> {
            /// A seller acts.
            Act(ActivityKind),
            $($(#[$pass_doc])* $pass(&'a $pass_form),)*
        }

        impl<T> StepKind<T> {
            /// Returns the kind's field in stored definitions and in the API, like `phone_call`.
            pub const fn field(&self) -> &'static str {
                match self {
                    $(StepKind::$act(_) => stringify!($act_file),)*
                    $(StepKind::$pass(_) => stringify!($pass_file),)*
                }
            }

            /// Returns the work at the step.
            pub const fn work(&self) -> Work<'_> {
                match self {
                    $(StepKind::$act(_) => Work::Act(ActivityKind::$act),)*
                    $(StepKind::$pass(form) => Work::$pass(form),)*
                }
            }

            /// Returns one of each kind, with default fields.
            #[cfg(test)]
            pub fn each() -> Vec<Self> {
                vec![
                    $(StepKind::$act(Default::default()),)*
                    $(StepKind::$pass(Default::default()),)*
                ]
            }
        }

        impl ActivityKind {
            /// Returns the field of stored definitions that contains the steps of this kind.
            pub const fn field(self) -> &'static str {
                match self {
                    $(ActivityKind::$act => stringify!($act_file),)*
                }
            }

            /// Returns how the activity reaches a person. `None` if it doesn't.
            pub const fn channel(self) -> Option<Channel> {
                // The table's form types contain `T`.
                type T = TemplateId;
                match self {
                    $(ActivityKind::$act => <$act_form as Act>::CHANNEL,)*
                }
            }

            /// True if a worker does it, without a seller.
            pub const fn is_automated(self) -> bool {
                // The table's form types contain `T`.
                type T = TemplateId;
                match self {
                    $(ActivityKind::$act => <$act_form as Act>::AUTOMATED,)*
                }
            }

            /// True if outcomes must be among those that the organization set. Otherwise the seller
            /// can use any words.
            pub const fn has_chosen_outcomes(self) -> bool {
                // The table's form types contain `T`.
                type T = TemplateId;
                match self {
                    $(ActivityKind::$act => <$act_form as Act>::CHOSEN_OUTCOMES,)*
                }
            }

            /// Returns the form's fields with words of people, like `script`.
            pub const fn texts(self) -> &'static [&'static str] {
                // The table's form types contain `T`.
                type T = TemplateId;
                match self {
                    $(ActivityKind::$act => <$act_form as Act>::TEXTS,)*
                }
            }

            /// Checks the outcome that a seller reports.
            pub fn check_outcome(self, outcome: &str, settings: &Settings) -> Violations {
                // The table's form types contain `T`.
                type T = TemplateId;
                match self {
                    $(ActivityKind::$act => <$act_form as Act>::check_outcome(outcome, settings),)*
                }
            }
        }

        /// Evaluates one expression with the form of any kind.
        macro_rules! with_form {
            ($kind:expr, $form:ident => $answer:expr) => {
                match $kind {
                    $(StepKind::$act($form) => $answer,)*
                    $(StepKind::$pass($form) => $answer,)*
                }
            };
        }

        /// Returns the same kind, with another form.
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

pub use assign_owner::AssignTo;
pub use branch::{BranchCondition, Ending};
pub use linked_in::LinkedInAction;
pub use phone_call::CallRetry;
pub use split::{Lead, Lot, Metric, SplitGoal, Variant, VariantNumbers, VariantResult, leader};
pub use wait::{BusinessDays, BusinessHours, Delay, Offset, Remaining, UntilAttribute, UntilLocalTime};

impl<T> StepKind<T> {
    /// Returns the name that sellers see if a step has no name of its own.
    pub fn shown_name(&self) -> &'static str {
        // Only a function can name the type of a form, which its constant is read from.
        fn name<T, F: Form<T>>(_: &F) -> &'static str {
            F::NAME
        }
        with_form!(self, form => name::<T, _>(form))
    }

    /// Returns the same kind, with its reference to a template converted by `to`. Without a
    /// reference, `to` isn't called.
    pub fn refer<U>(self, mut to: impl FnMut(T) -> Option<U>) -> StepKind<U> {
        map_form!(self, form => form.refer(&mut to))
    }

    /// Returns its template. `None` if it has none.
    pub fn template(&self) -> Option<&T> {
        with_form!(self, form => form.template())
    }

    /// Returns the number of bytes of the form's own texts.
    pub fn text_bytes(&self) -> usize {
        // `T` is named, because most forms implement `Form` for every `T`.
        with_form!(self, form => Form::<T>::text_bytes(form))
    }

    /// True if enrollments end there and go on in another sequence.
    pub const fn is_advance(&self) -> bool {
        matches!(self, StepKind::AdvanceToSequence(_))
    }

    /// True if a decision there looks at how earlier steps ended, or at earlier calls of its own.
    pub fn asks_past(&self) -> bool {
        match self {
            StepKind::Branch(branch) => branch.condition.step_id().is_some(),
            StepKind::PhoneCall(call) => call.retry.is_some(),
            _ => false,
        }
    }

    /// Checks the values. Paths begin at the step, like `phone_call.script`.
    pub fn check(&self, limits: &Limits) -> Violations {
        with_form!(self, form => Form::<T>::check(form, limits)).under(self.field())
    }

    /// True if it has no template, but a sequence can't be activated without it.
    pub fn lacks_template(&self) -> bool {
        fn needs<T, F: Form<T>>(_: &F) -> bool {
            F::NEEDS_TEMPLATE
        }
        self.template().is_none() && with_form!(self, form => needs::<T, _>(form))
    }

    /// Returns the fields that contain its paths. Each begins at the step, like `branch.yes_steps`.
    pub fn path_fields(&self) -> Vec<String> {
        let fields = with_form!(self, form => Form::<T>::path_fields(form)).into_iter();
        fields.map(|field| format!("{}.{field}", self.field())).collect()
    }
}

impl ActivityKind {
    /// Returns its name in the API.
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

    #[test]
    fn every_text_of_an_activity_is_known_to_be_one() {
        for kind in StepKind::<TemplateId>::each() {
            let Work::Act(activity) = kind.work() else { continue };
            let kept = serde_json::to_value(&kind).expect("serializes");
            let fields = kept[kind.field()].as_object().expect("a form has fields");
            // Until somebody writes there, a text is empty.
            let texts = fields.iter().filter(|(_, value)| value.as_str() == Some(""));
            let texts: Vec<&str> = texts.map(|(field, _)| field.as_str()).collect();
            assert_eq!(activity.texts(), texts, "{}", kind.field());
        }
    }
}
