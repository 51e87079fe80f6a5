//! The messages of all kinds of steps, and of the activities that carry them out: a block for each
//! kind.

use super::sequence::{TemplateNames, template_name};
use super::wait::{self, delay_message, delay_of};
use super::{branch_condition, instant, json, timestamp};
use crate::api::pb;
use crate::api::pb::activity::{Content, Kind as ActivityWord, View};
use crate::api::pb::assign_owner_step;
use crate::api::pb::step::Kind;
use crate::api::revision_texts::Texts;
use crate::domain::id::{ChosenId, TemplateId};
use crate::domain::names;
use crate::domain::program::Node;
use crate::domain::reason::Reason;
use crate::domain::step::{
    ActivityKind, AdvanceToSequence, Appointment, AssignOwner, AssignTo, AutomatedEmail,
    AutomatedTextMessage, Branch, CallRetry, Email, EmitEvent, LinkedIn, LinkedInAction, Metric, PhoneCall,
    Split, SplitGoal, StepKind, Task, TextMessage, UpdateAttribute, Variant, Wait, step_table,
};
use crate::domain::violation::Violations;

/// The message of the form of a step.
trait StepMessage: Sized {
    /// The form that callers send.
    type Sent;
    /// The form that is stored.
    type Kept;

    /// Reads the message. `None` if it breaks the options in the proto, which are checked and
    /// reported elsewhere.
    ///
    /// # Errors
    /// All other violations. Paths begin at the form, like `template`.
    fn read(self) -> Result<Option<Self::Sent>, Violations>;

    /// Returns the message of a stored form.
    fn of(kept: &Self::Kept, templates: &TemplateNames) -> Self;

    /// Removes the long text.
    fn shorten(&mut self) {}
}

/// The message of the content that is special to an activity's kind.
trait ContentMessage: Sized {
    /// The stored form of its step.
    type Kept;

    /// Returns the message. It contains the long text only if the view is FULL.
    fn of(kept: &Self::Kept, texts: &Texts, view: View) -> Self;
}

impl StepMessage for pb::PhoneCallStep {
    type Sent = PhoneCall;
    type Kept = PhoneCall;

    fn read(self) -> Result<Option<PhoneCall>, Violations> {
        // Without a delay, the options in the proto report it.
        let retry = self.retry.and_then(|retry| {
            let delay = delay_of(retry.delay?)?;
            let (max_calls, reached_outcomes) = (retry.max_calls, retry.reached_outcomes);
            Some(CallRetry { max_calls, delay, reached_outcomes })
        });
        Ok(Some(PhoneCall { script: self.script, retry }))
    }

    fn of(kept: &PhoneCall, _: &TemplateNames) -> Self {
        let retry = kept.retry.clone().map(|retry| pb::phone_call_step::CallRetry {
            max_calls: retry.max_calls,
            delay: Some(delay_message(retry.delay)),
            reached_outcomes: retry.reached_outcomes,
        });
        Self { script: kept.script.clone(), retry }
    }

    fn shorten(&mut self) {
        self.script.clear();
    }
}

impl ContentMessage for pb::PhoneCallContent {
    type Kept = PhoneCall;

    fn of(kept: &PhoneCall, _: &Texts, view: View) -> Self {
        Self { script: if view == View::Full { kept.script.clone() } else { String::new() } }
    }
}

impl StepMessage for pb::TaskStep {
    type Sent = Task;
    type Kept = Task;

    fn read(self) -> Result<Option<Task>, Violations> {
        Ok(Some(Task {}))
    }

    fn of(_: &Task, _: &TemplateNames) -> Self {
        Self {}
    }
}

impl ContentMessage for pb::TaskContent {
    type Kept = Task;

    fn of(_: &Task, _: &Texts, _: View) -> Self {
        Self {}
    }
}

impl StepMessage for pb::WaitStep {
    type Sent = Wait;
    type Kept = Wait;

    fn read(self) -> Result<Option<Wait>, Violations> {
        wait::read(self)
    }

    fn of(kept: &Wait, _: &TemplateNames) -> Self {
        wait::message(kept)
    }
}

/// Implements the messages of a kind whose only field is a template. What else a content has is
/// added later, like the draft of an email.
macro_rules! with_template {
    ($($form:ident: $step:ident, $content:ident { $($later:ident)? };)*) => {$(
        impl StepMessage for pb::$step {
            type Sent = $form<ChosenId>;
            type Kept = $form<TemplateId>;

            fn read(self) -> Result<Option<$form<ChosenId>>, Violations> {
                Ok(Some($form { template: read_template(&self.template)? }))
            }

            fn of(kept: &$form<TemplateId>, templates: &TemplateNames) -> Self {
                Self { template: kept.template.map(|key| template_name(key, templates)).unwrap_or_default() }
            }
        }

        impl ContentMessage for pb::$content {
            type Kept = $form<TemplateId>;

            fn of(kept: &$form<TemplateId>, texts: &Texts, _: View) -> Self {
                Self { template: shown_template(kept.template, texts), $($later: None)? }
            }
        }
    )*};
}

with_template! {
    Email: EmailStep, EmailContent { draft };
    AutomatedEmail: AutomatedEmailStep, AutomatedEmailContent {};
    TextMessage: TextMessageStep, TextMessageContent {};
    AutomatedTextMessage: AutomatedTextMessageStep, AutomatedTextMessageContent {};
}

fn read_template(name: &str) -> Result<Option<ChosenId>, Violations> {
    match name {
        // An absent text arrives as an empty one.
        "" => Ok(None),
        name => Ok(Some(names::TEMPLATE.parse("template", name).map(|[id]| ChosenId::known(id))?)),
    }
}

fn shown_template(template: Option<TemplateId>, texts: &Texts) -> String {
    // Missing if it was deleted, which is possible if only older revisions use it.
    let template = template.and_then(|key| texts.template(&key));
    template.map(|id| names::TEMPLATE.name([id.as_str()])).unwrap_or_default()
}

impl StepMessage for pb::LinkedInStep {
    type Sent = LinkedIn;
    type Kept = LinkedIn;

    fn read(self) -> Result<Option<LinkedIn>, Violations> {
        Ok(LinkedInAction::from_repr(self.action).map(|action| LinkedIn { action }))
    }

    fn of(kept: &LinkedIn, _: &TemplateNames) -> Self {
        Self { action: kept.action as i32 }
    }
}

impl ContentMessage for pb::LinkedInContent {
    type Kept = LinkedIn;

    fn of(kept: &LinkedIn, _: &Texts, _: View) -> Self {
        Self { action: kept.action as i32 }
    }
}

impl StepMessage for pb::AppointmentStep {
    type Sent = Appointment;
    type Kept = Appointment;

    fn read(self) -> Result<Option<Appointment>, Violations> {
        Ok(Some(Appointment { seconds: whole_seconds(self.duration)?, location: self.location }))
    }

    fn of(kept: &Appointment, _: &TemplateNames) -> Self {
        Self { duration: lasting(kept), location: kept.location.clone() }
    }
}

impl ContentMessage for pb::AppointmentContent {
    type Kept = Appointment;

    fn of(kept: &Appointment, _: &Texts, _: View) -> Self {
        Self { duration: lasting(kept), location: kept.location.clone() }
    }
}

fn whole_seconds(duration: Option<prost_types::Duration>) -> Result<i64, Violations> {
    match duration.unwrap_or_default() {
        prost_types::Duration { seconds, nanos: 0 } => Ok(seconds),
        _ => Err(Violations::one("duration", Reason::FieldInvalid, "must be whole seconds")),
    }
}

fn lasting(kept: &Appointment) -> Option<prost_types::Duration> {
    (kept.seconds > 0).then_some(prost_types::Duration { seconds: kept.seconds, nanos: 0 })
}

impl StepMessage for pb::BranchStep {
    type Sent = Branch;
    type Kept = Branch;

    fn read(self) -> Result<Option<Branch>, Violations> {
        let condition = self.condition.and_then(|condition| condition.kind).and_then(branch_condition::read);
        Ok(condition.map(|condition| Branch { condition }))
    }

    fn of(kept: &Branch, _: &TemplateNames) -> Self {
        let kind = Some(branch_condition::message(kept.condition.clone()));
        let condition = Some(pb::BranchCondition { kind });
        // The paths are put in by whoever converts the steps inside them.
        Self { condition, ..Self::default() }
    }
}

impl StepMessage for pb::SplitStep {
    type Sent = Split;
    type Kept = Split;

    fn read(self) -> Result<Option<Split>, Violations> {
        let variant = |one: pb::SplitVariant| Variant { variant_id: one.variant_id, weight: one.weight };
        let variants = self.variants.into_iter().map(variant).collect();
        let end_time = self.end_time.map(|time| instant("end_time", &time)).transpose()?;
        let goal = |goal: pb::SplitGoal| {
            let metric = Metric::from_repr(goal.metric)?;
            let min_enrollments = Some(goal.min_enrollments).filter(|number| *number > 0);
            Some(SplitGoal { metric, decide_at_end: goal.decide_at_end, min_enrollments })
        };
        let goal = self.goal.and_then(goal);
        Ok(Some(Split { variants, end_time, default_variant: self.default_variant, goal }))
    }

    fn of(kept: &Split, _: &TemplateNames) -> Self {
        // The paths are put in by whoever converts the steps inside them.
        let variant = |one: &Variant| pb::SplitVariant {
            variant_id: one.variant_id.clone(),
            weight: one.weight,
            steps: Vec::new(),
        };
        Self {
            variants: kept.variants.iter().map(variant).collect(),
            end_time: kept.end_time.map(timestamp),
            default_variant: kept.default_variant.clone(),
            goal: kept.goal.map(|goal| pb::SplitGoal {
                metric: goal.metric as i32,
                decide_at_end: goal.decide_at_end,
                min_enrollments: goal.min_enrollments.unwrap_or_default(),
            }),
        }
    }
}

impl StepMessage for pb::UpdateAttributeStep {
    type Sent = UpdateAttribute;
    type Kept = UpdateAttribute;

    fn read(self) -> Result<Option<UpdateAttribute>, Violations> {
        let value = json::any(self.value.unwrap_or_default()).map_err(|found| found.under("value"))?;
        Ok(Some(UpdateAttribute { attribute: self.attribute, value }))
    }

    fn of(kept: &UpdateAttribute, _: &TemplateNames) -> Self {
        Self { attribute: kept.attribute.clone(), value: Some(json::value(&kept.value)) }
    }
}

impl StepMessage for pb::AssignOwnerStep {
    type Sent = AssignOwner;
    type Kept = AssignOwner;

    fn read(self) -> Result<Option<AssignOwner>, Violations> {
        let to = match self.to {
            Some(assign_owner_step::To::Seller(name)) => {
                AssignTo::Seller(names::SELLER.parse("seller", &name).map(|[id]| id.to_owned())?)
            }
            Some(assign_owner_step::To::Attribute(name)) => AssignTo::Attribute(name),
            Some(assign_owner_step::To::Team(name)) => {
                AssignTo::Team(names::TEAM.parse("team", &name).map(|[id]| id.to_owned())?)
            }
            // The options in the proto report that it is missing.
            None => return Ok(None),
        };
        Ok(Some(AssignOwner { to }))
    }

    fn of(kept: &AssignOwner, _: &TemplateNames) -> Self {
        let to = match &kept.to {
            AssignTo::Seller(id) => assign_owner_step::To::Seller(names::SELLER.name([id])),
            AssignTo::Attribute(name) => assign_owner_step::To::Attribute(name.clone()),
            AssignTo::Team(id) => assign_owner_step::To::Team(names::TEAM.name([id])),
        };
        Self { to: Some(to) }
    }
}

impl StepMessage for pb::AdvanceToSequenceStep {
    type Sent = AdvanceToSequence;
    type Kept = AdvanceToSequence;

    fn read(self) -> Result<Option<AdvanceToSequence>, Violations> {
        let sequence = match self.sequence.as_str() {
            // The options in the proto report that it is missing.
            "" => String::new(),
            name => names::SEQUENCE.parse("sequence", name).map(|[id]| id.to_owned())?,
        };
        Ok(Some(AdvanceToSequence { sequence }))
    }

    fn of(kept: &AdvanceToSequence, _: &TemplateNames) -> Self {
        match kept.sequence.as_str() {
            "" => Self::default(),
            id => Self { sequence: names::SEQUENCE.name([id]) },
        }
    }
}

impl StepMessage for pb::EmitEventStep {
    type Sent = EmitEvent;
    type Kept = EmitEvent;

    fn read(self) -> Result<Option<EmitEvent>, Violations> {
        let attributes = self.attributes.map(json::object).transpose();
        let attributes = attributes.map_err(|found| found.under("attributes"))?.unwrap_or_default();
        Ok(Some(EmitEvent { event_name: self.event_name, attributes }))
    }

    fn of(kept: &EmitEvent, _: &TemplateNames) -> Self {
        let attributes = (!kept.attributes.is_empty()).then(|| json::message(kept.attributes.iter()));
        Self { event_name: kept.event_name.clone(), attributes }
    }
}

macro_rules! messages {
    (
        acts { $($(#[$act_doc:meta])* $act:ident($act_form:ty) in $act_file:ident = $number:literal;)* }
        passes { $($(#[$pass_doc:meta])* $pass:ident($pass_form:ty) in $pass_file:ident;)* }
    ) => {
        /// Reads a kind of step. `None` if it breaks the options in the proto, which are checked
        /// and reported elsewhere.
        ///
        /// # Errors
        /// All other violations. Paths begin at the step, like `email.template`.
        pub fn read(kind: Kind) -> Result<Option<StepKind<ChosenId>>, Violations> {
            match kind {
                $(Kind::$act(form) => {
                    let read = form.read().map_err(|found| found.under(stringify!($act_file)));
                    Ok(read?.map(StepKind::$act))
                })*
                $(Kind::$pass(form) => {
                    let read = form.read().map_err(|found| found.under(stringify!($pass_file)));
                    Ok(read?.map(StepKind::$pass))
                })*
            }
        }

        /// Returns the message of a kind of step.
        pub fn kind(kind: &StepKind, templates: &TemplateNames) -> Kind {
            match kind {
                $(StepKind::$act(form) => Kind::$act(StepMessage::of(form, templates)),)*
                $(StepKind::$pass(form) => Kind::$pass(StepMessage::of(form, templates)),)*
            }
        }

        /// Removes the long text, if the kind has one.
        pub fn shorten(kind: &mut Kind) {
            match kind {
                $(Kind::$act(form) => form.shorten(),)*
                $(Kind::$pass(form) => form.shorten(),)*
            }
        }

        /// Returns the content of an activity of this kind at this node. It contains the long text
        /// only if the view is FULL.
        pub fn content(kind: ActivityKind, node: Option<&Node>, texts: &Texts, view: View) -> Content {
            // The template of what a worker couldn't send.
            if let (ActivityKind::Email, Some(StepKind::AutomatedEmail(form))) =
                (kind, node.map(|node| &node.step.kind))
            {
                let template = shown_template(form.template, texts);
                return Content::Email(pb::EmailContent { template, ..Default::default() });
            }
            match kind {
                $(ActivityKind::$act => Content::$act(match node.map(|node| &node.step.kind) {
                    Some(StepKind::$act(form)) => ContentMessage::of(form, texts, view),
                    // Without its node, the activity still shows its kind.
                    _ => Default::default(),
                }),)*
            }
        }

        /// Returns the API's value for a kind of activity.
        pub fn activity_kind(kind: ActivityKind) -> ActivityWord {
            match kind {
                $(ActivityKind::$act => ActivityWord::$act,)*
            }
        }
    };
}

step_table!(messages);

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn every_kind_of_step_reads_back_as_it_was_sent() {
        for kept in StepKind::each() {
            let sent = kind(&kept, &TemplateNames::new());
            assert_eq!(read(sent), Ok(Some(kept.refer(|_| None))));
        }
    }

    #[test]
    fn kinds_of_activities_have_the_numbers_and_words_of_the_proto() {
        for kind in ActivityKind::VARIANTS {
            let word = activity_kind(*kind);
            assert_eq!((word as i32, word.as_str_name()), (*kind as i32, kind.as_str()));
        }
    }
}
