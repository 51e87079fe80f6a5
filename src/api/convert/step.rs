//! The messages of all kinds of steps, and of the activities that carry them out: a block for each
//! kind.

use super::calendar::{day_of_week, shown_time, weekday};
use super::sequence::{TemplateNames, template_name};
use crate::api::pb;
use crate::api::pb::activity::{Content, Kind as ActivityWord, View};
use crate::api::pb::step::Kind;
use crate::api::pb::{until_attribute, wait_step};
use crate::api::revision_texts::Texts;
use crate::domain::calendar::{clock_time, zone};
use crate::domain::id::{ChosenId, TemplateId};
use crate::domain::names;
use crate::domain::program::Node;
use crate::domain::step::{
    ActivityKind, BusinessDays, BusinessHours, Delay, Email, Offset, PhoneCall, StepKind, Task,
    UntilAttribute, UntilLocalTime, Wait, step_table,
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

impl StepMessage for pb::EmailStep {
    type Sent = Email<ChosenId>;
    type Kept = Email<TemplateId>;

    fn read(self) -> Result<Option<Email<ChosenId>>, Violations> {
        let template = match self.template.as_str() {
            // An absent text arrives as an empty one.
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
        // Missing if it was deleted, which is possible if only older revisions use it.
        let template = kept.template.and_then(|key| texts.template(&key));
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
        Ok(match self.kind {
            Some(wait_step::Kind::Delay(delay)) => delay_of(delay).map(Wait::Delay),
            Some(wait_step::Kind::BusinessDays(pb::BusinessDays { days })) => {
                // The options in the proto report a number below 1.
                (days > 0).then_some(Wait::BusinessDays(BusinessDays { days }))
            }
            Some(wait_step::Kind::BusinessHours(pb::BusinessHours { hours, minutes })) => {
                let fits = hours >= 0 && minutes >= 0;
                fits.then_some(Wait::BusinessHours(BusinessHours { hours, minutes }))
            }
            Some(wait_step::Kind::UntilLocalTime(until)) => {
                let until = local_time_of(&until).map_err(|found| found.under("until_local_time"))?;
                Some(Wait::UntilLocalTime(until))
            }
            Some(wait_step::Kind::UntilAttribute(until)) => attribute_of(until).map(Wait::UntilAttribute),
            // The options in the proto report that it is missing.
            None => None,
        })
    }

    fn of(kept: &Wait, _: &TemplateNames) -> Self {
        // Without `..`, so that a new field can't be forgotten here.
        let kind = match kept {
            Wait::Delay(delay) => wait_step::Kind::Delay(delay_message(*delay)),
            Wait::BusinessDays(BusinessDays { days }) => {
                wait_step::Kind::BusinessDays(pb::BusinessDays { days: *days })
            }
            Wait::BusinessHours(BusinessHours { hours, minutes }) => {
                wait_step::Kind::BusinessHours(pb::BusinessHours { hours: *hours, minutes: *minutes })
            }
            Wait::UntilLocalTime(until) => wait_step::Kind::UntilLocalTime(local_time_message(until)),
            Wait::UntilAttribute(until) => wait_step::Kind::UntilAttribute(attribute_message(until)),
        };
        Self { kind: Some(kind) }
    }
}

fn local_time_of(until: &pb::UntilLocalTime) -> Result<UntilLocalTime, Violations> {
    let mut found = Violations::new();
    let time = match until.time.as_str() {
        "" => Some(None),
        text => found.keep("", clock_time("time", text)).map(Some),
    };
    let time_zone = match until.time_zone.as_str() {
        "" => Some(None),
        text => found.keep("", zone("time_zone", text)).map(Some),
    };

    let (time, time_zone) = found.settle((time, time_zone))?;
    // The options in the proto report days that don't exist.
    let days = until.days.iter().filter_map(|day| weekday(*day)).collect();
    Ok(UntilLocalTime { time, days, time_zone })
}

fn local_time_message(until: &UntilLocalTime) -> pb::UntilLocalTime {
    let UntilLocalTime { time, days, time_zone } = until;
    pb::UntilLocalTime {
        time: time.map(shown_time).unwrap_or_default(),
        days: days.iter().map(|day| day_of_week(*day).into()).collect(),
        time_zone: time_zone.map(|zone| zone.name().to_owned()).unwrap_or_default(),
    }
}

fn attribute_of(until: pb::UntilAttribute) -> Option<UntilAttribute> {
    let offset = match until.offset {
        Some(until_attribute::Offset::Before(delay)) => Offset::Before(delay_of(delay)?),
        Some(until_attribute::Offset::After(delay)) => Offset::After(delay_of(delay)?),
        None => Offset::default(),
    };
    Some(UntilAttribute { attribute: until.attribute, offset })
}

fn attribute_message(until: &UntilAttribute) -> pb::UntilAttribute {
    let UntilAttribute { attribute, offset } = until;
    let offset = match *offset {
        Offset::Before(delay) => until_attribute::Offset::Before(delay_message(delay)),
        Offset::After(delay) => until_attribute::Offset::After(delay_message(delay)),
    };
    pb::UntilAttribute { attribute: attribute.clone(), offset: Some(offset) }
}

fn delay_message(delay: Delay) -> pb::Delay {
    // Without `..`, so that a new field can't be forgotten here.
    let Delay { days, hours, minutes, seconds } = delay;
    pb::Delay { days, hours, minutes, seconds }
}

fn delay_of(delay: pb::Delay) -> Option<Delay> {
    let pb::Delay { days, hours, minutes, seconds } = delay;
    // The options in the proto report negative parts.
    let fits = [days, hours, minutes, seconds].iter().all(|part| *part >= 0);
    fits.then_some(Delay { days, hours, minutes, seconds })
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
