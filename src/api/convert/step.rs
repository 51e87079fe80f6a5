//! The kinds of steps on the wire, and of the activities that carry them out: a block for each.

use super::sequence::{TemplateNames, template_name};
use crate::api::pb;
use crate::api::pb::activity::{Content, Kind as ActivityWord, View};
use crate::api::pb::step::Kind;
use crate::api::pb::wait_step;
use crate::api::revision_texts::Texts;
use crate::domain::id::{ChosenId, TemplateId};
use crate::domain::names;
use crate::domain::program::Node;
use crate::domain::reason::Reason;
use crate::domain::step::{ActivityKind, Delay, Email, PhoneCall, StepKind, Task, Wait, step_table};
use crate::domain::violation::Violations;

/// The message of a form of step.
trait StepMessage: Sized {
    /// The form as it is sent, and as it is kept.
    type Sent;
    type Kept;

    /// Reads it. None for one that breaks the options in the proto, which say so themselves. Paths
    /// begin at the form: `template`.
    fn read(self) -> Result<Option<Self::Sent>, Violations>;

    /// What it looks like.
    fn of(kept: &Self::Kept, templates: &TemplateNames) -> Self;

    /// Takes the long text away.
    fn shorten(&mut self) {}
}

/// The message of what an activity has of its own kind.
trait ContentMessage: Sized {
    /// The form of its step.
    type Kept;

    /// What it looks like; a long text only if the view is FULL.
    fn of(kept: &Self::Kept, texts: &Texts, view: View) -> Self;
}

impl StepMessage for pb::EmailStep {
    type Sent = Email<ChosenId>;
    type Kept = Email<TemplateId>;

    fn read(self) -> Result<Option<Email<ChosenId>>, Violations> {
        let template = match self.template.as_str() {
            "" => None,
            name => Some(names::TEMPLATE.parse("template", name).map(|[id]| ChosenId::known(id))?),
        };
        Ok(Some(Email { template }))
    }

    fn of(kept: &Email<TemplateId>, templates: &TemplateNames) -> Self {
        Self { template: kept.template.map(|key| template_name(key, templates)).unwrap_or_default() }
    }
}

impl ContentMessage for pb::EmailContent {
    type Kept = Email<TemplateId>;

    fn of(kept: &Email<TemplateId>, texts: &Texts, _: View) -> Self {
        let template = kept.template.and_then(|key| texts.templates().get(&key));
        Self { template: template.map(|id| names::TEMPLATE.name([id.as_str()])).unwrap_or_default() }
    }
}

impl StepMessage for pb::PhoneCallStep {
    type Sent = PhoneCall;
    type Kept = PhoneCall;

    fn read(self) -> Result<Option<PhoneCall>, Violations> {
        Ok(Some(PhoneCall { script: self.script }))
    }

    fn of(kept: &PhoneCall, _: &TemplateNames) -> Self {
        Self { script: kept.script.clone() }
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
        match self.kind {
            Some(wait_step::Kind::Delay(delay)) => Ok(delay_of(delay).map(Wait::Delay)),
            Some(wait_step::Kind::BusinessDays(_)) => {
                let description = "is not supported yet, delay is";
                Err(Violations::one("business_days", Reason::NotSupportedYet, description))
            }
            None => Ok(None),
        }
    }

    fn of(kept: &Wait, _: &TemplateNames) -> Self {
        let Wait::Delay(Delay { days, hours, minutes, seconds }) = *kept;
        Self { kind: Some(wait_step::Kind::Delay(pb::Delay { days, hours, minutes, seconds })) }
    }
}

fn delay_of(delay: pb::Delay) -> Option<Delay> {
    let pb::Delay { days, hours, minutes, seconds } = delay;
    let fits = [days, hours, minutes, seconds].iter().all(|part| *part >= 0);
    fits.then_some(Delay { days, hours, minutes, seconds })
}

macro_rules! messages {
    (
        acts { $($(#[$act_doc:meta])* $act:ident($act_form:ty) in $act_file:ident = $number:literal;)* }
        passes { $($(#[$pass_doc:meta])* $pass:ident($pass_form:ty) in $pass_file:ident;)* }
    ) => {
        /// Reads a kind of step; none for one that breaks the options in the proto. Paths begin at
        /// the step: `email.template`.
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

        /// What a kind of step looks like.
        pub fn kind(kind: &StepKind, templates: &TemplateNames) -> Kind {
            match kind {
                $(StepKind::$act(form) => Kind::$act(StepMessage::of(form, templates)),)*
                $(StepKind::$pass(form) => Kind::$pass(StepMessage::of(form, templates)),)*
            }
        }

        /// Takes the long text away, if the kind has any.
        pub fn shorten(kind: &mut Kind) {
            match kind {
                $(Kind::$act(form) => form.shorten(),)*
                $(Kind::$pass(form) => form.shorten(),)*
            }
        }

        /// What an activity of this kind, at this node, has of its own; a long text only if the
        /// view is FULL.
        pub fn content(kind: ActivityKind, node: Option<&Node>, texts: &Texts, view: View) -> Content {
            match kind {
                $(ActivityKind::$act => Content::$act(match node.map(|node| &node.step.kind) {
                    Some(StepKind::$act(form)) => ContentMessage::of(form, texts, view),
                    _ => Default::default(),
                }),)*
            }
        }

        /// The word for a kind of activity.
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
