//! Sequences, their steps and revisions on the wire.

use std::collections::HashMap;

use super::wait::{delay_message, delay_of};
use super::{assignee, step as kinds, timestamp, words};
use crate::api::pb::reenrollment::Policy;
use crate::api::{etag, pb};
use crate::domain::assignee::Assignee;
use crate::domain::attribute::AttributeType;
use crate::domain::condition::Subject;
use crate::domain::definition::{Definition, Step};
use crate::domain::draft::{Draft, DraftStep};
use crate::domain::exit_criteria::ExitCriteria;
use crate::domain::filing::NamedSeller;
use crate::domain::id::{ChosenId, TemplateId};
use crate::domain::names::{self, SellerName};
use crate::domain::reason::Reason;
use crate::domain::record::DEFAULT;
use crate::domain::reenrollment::{Again, Reenrollment};
use crate::domain::sequence::{Revision, State};
use crate::domain::sequence_template::SequenceTemplate;
use crate::domain::sequence_warnings::SequenceWarning;
use crate::domain::step::{StepKind, Task};
use crate::domain::throttle::Throttle;
use crate::domain::version::Version;
use crate::domain::violation::{Violation, Violations};
use crate::engine::Whose;
use crate::store::sequences::SequenceRow;

/// The chosen ids of templates, by the keys that definitions use.
pub type TemplateNames = HashMap<TemplateId, ChosenId>;

/// Converts a sequence without its steps.
pub fn basic(shown: &SequenceRow) -> pb::Sequence {
    let sequence = &shown.sequence;
    let segment = |id: &String| names::SEGMENT.name([id]);

    pb::Sequence {
        name: names::SEQUENCE.name([&sequence.sequence_id]),
        display_name: sequence.plan.display_name.clone(),
        description: sequence.plan.description.clone(),
        record_type: shown.record_type.to_string(),
        steps: Vec::new(),
        state: state(&sequence.state).into(),
        revision: sequence.state.revision(),
        draft_changed: shown.draft_changed,
        connected_segments: shown.connected_segments.iter().map(segment).collect(),
        open_enrollment_count: shown.open_enrollments,
        etag: etag::of(Version::of(sequence.id.0, sequence.version)),
        create_time: Some(timestamp(sequence.create_time)),
        update_time: Some(timestamp(sequence.update_time)),
        delete_time: sequence.state.delete_time().map(timestamp),
        exit_criteria: Some(shown_criteria(&sequence.plan.exit_criteria)),
        pause_time: sequence.halt.and_then(|halt| halt.pause_time()).map(timestamp),
        working_hours_only: Some(sequence.plan.working_hours_only),
        priority: Some(sequence.plan.priority.points()),
        assign_to: Some(assignee::message(&sequence.plan.assign_to)),
        split_winners: sequence.split_winners.iter().map(split_winner).collect(),
        owner: shown.owner.as_ref().map(|id| names::SELLER.name([id])).unwrap_or_default(),
        tags: sequence.filing.tags.clone(),
        reenrollment: Some(shown_reenrollment(sequence.reenrollment)),
        throttle: shown_throttle(sequence.throttle),
    }
}

fn split_winner((step_id, variant_id): (&String, &String)) -> pb::SplitWinner {
    pb::SplitWinner { step_id: step_id.clone(), variant_id: variant_id.clone() }
}

/// Reads a seller; `None` if the field is empty.
pub fn seller(field: &str, text: &str) -> Result<Option<NamedSeller>, Violation> {
    Ok(match text {
        "" => None,
        _ => Some(match names::seller(field, text)? {
            SellerName::Me => NamedSeller::Me,
            SellerName::Id(id) => NamedSeller::Id(ChosenId::known(id)),
        }),
    })
}

/// Converts a revision without its steps; the sequence has this id and record type.
pub fn basic_revision(revision: &Revision, sequence_id: &str, record_type: &str) -> pb::SequenceRevision {
    pb::SequenceRevision {
        name: names::REVISION.name([sequence_id, &revision.number.to_string()]),
        revision: revision.number,
        revision_description: revision.revision_description.clone(),
        display_name: revision.plan.display_name.clone(),
        description: revision.plan.description.clone(),
        record_type: record_type.to_owned(),
        steps: Vec::new(),
        create_time: Some(timestamp(revision.create_time)),
        exit_criteria: Some(shown_criteria(&revision.plan.exit_criteria)),
        working_hours_only: revision.plan.working_hours_only,
        priority: revision.plan.priority.points(),
        assign_to: Some(assignee::message(&revision.plan.assign_to)),
    }
}

/// Reads exit criteria: a switch that isn't given has its default.
pub fn exit_criteria(given: pb::ExitCriteria) -> ExitCriteria {
    let default = ExitCriteria::default();
    ExitCriteria {
        replied: given.replied.unwrap_or(default.replied),
        bounced: given.bounced.unwrap_or(default.bounced),
        unsubscribed: given.unsubscribed.unwrap_or(default.unsubscribed),
        account_replied: given.account_replied.unwrap_or(default.account_replied),
        meeting_booked: given.meeting_booked.unwrap_or(default.meeting_booked),
        no_consent: given.no_consent.unwrap_or(default.no_consent),
        out_of_office_hold: given.out_of_office_hold.unwrap_or(default.out_of_office_hold),
        goal_condition: given.goal_condition,
    }
}

/// Converts exit criteria, with every switch.
pub fn shown_criteria(criteria: &ExitCriteria) -> pb::ExitCriteria {
    pb::ExitCriteria {
        replied: Some(criteria.replied),
        bounced: Some(criteria.bounced),
        unsubscribed: Some(criteria.unsubscribed),
        account_replied: Some(criteria.account_replied),
        meeting_booked: Some(criteria.meeting_booked),
        no_consent: Some(criteria.no_consent),
        out_of_office_hold: Some(criteria.out_of_office_hold),
        goal_condition: criteria.goal_condition.clone(),
    }
}

/// Reads when a record may begin again: what isn't given has its default.
///
/// # Errors
/// The gap isn't allowed.
pub fn reenrollment(given: &pb::Reenrollment) -> Result<Reenrollment, Violations> {
    let default = Reenrollment::default();
    let again = |policy, default| match policy {
        Policy::Unspecified => default,
        Policy::Never => Again::Never,
        Policy::AfterGap => Again::AfterGap,
        Policy::Always => Again::Always,
    };
    let pb::Delay { days, hours, minutes, seconds } = given.gap.unwrap_or_default();
    let [days, hours, minutes, seconds] = [days, hours, minutes, seconds].map(i64::from);

    let read = Reenrollment {
        by_segment: again(given.by_segment(), default.by_segment),
        by_hand: again(given.by_hand(), default.by_hand),
        gap_seconds: ((days * 24 + hours) * 60 + minutes) * 60 + seconds,
    };
    read.check().into_result(read)
}

/// Converts when a record may begin again.
pub fn shown_reenrollment(shown: Reenrollment) -> pb::Reenrollment {
    let policy = |again| match again {
        Again::Never => Policy::Never,
        Again::AfterGap => Policy::AfterGap,
        Again::Always => Policy::Always,
    };
    pb::Reenrollment {
        by_segment: policy(shown.by_segment).into(),
        by_hand: policy(shown.by_hand).into(),
        gap: (shown.gap_seconds > 0).then(|| gap(shown.gap_seconds)),
    }
}

fn gap(seconds: i64) -> pb::Delay {
    // The longest gap has 3,650 days.
    let part = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
    pb::Delay {
        days: part(seconds / 86_400),
        hours: part(seconds / 3_600 % 24),
        minutes: part(seconds / 60 % 60),
        seconds: part(seconds % 60),
    }
}

/// Reads how many enrollments a seller gets.
pub fn throttle(given: Option<pb::Throttle>) -> Throttle {
    let pb::Throttle { new_per_seller_and_day, active_per_seller } = given.unwrap_or_default();
    Throttle { new_per_seller_and_day, active_per_seller }
}

/// Converts how many enrollments a seller gets. `None`: any number.
fn shown_throttle(shown: Throttle) -> Option<pb::Throttle> {
    let Throttle { new_per_seller_and_day, active_per_seller } = shown;
    (!shown.is_off()).then_some(pb::Throttle { new_per_seller_and_day, active_per_seller })
}

/// Converts a reason why a draft can't be activated.
pub fn violation(found: Violation) -> pb::validate_sequence_response::Violation {
    let (field, reason, description) = (found.field, found.reason.as_str().to_owned(), found.description);
    pb::validate_sequence_response::Violation { field, reason, description }
}

/// Converts a sequence template.
pub fn sequence_template(template: &SequenceTemplate) -> pb::SequenceTemplate {
    pb::SequenceTemplate {
        name: template.name(),
        display_name: template.display_name.to_owned(),
        description: template.description.to_owned(),
        record_type: template.record_type.to_owned(),
        // Its steps use no email templates.
        steps: steps(&template.definition, &TemplateNames::new()),
        step_count: i32::try_from(template.step_count()).unwrap_or(i32::MAX),
        day_count: i32::try_from(template.length().num_days()).unwrap_or(i32::MAX),
    }
}

/// Converts something that an author probably doesn't want.
pub fn warning(found: SequenceWarning) -> pb::validate_sequence_response::Warning {
    let (field, reason, description) = (found.field, found.reason as i32, found.description);
    pb::validate_sequence_response::Warning { field, reason, description }
}

/// Reads a record type; empty means the default.
pub fn record_type(text: &str) -> Result<String, Violations> {
    match text {
        "" => Ok(DEFAULT.to_owned()),
        _ => Ok(names::RECORD_TYPE.parse("record_type", text).map(|[id]| id.to_owned())?),
    }
}

/// Reads steps. A step that can't be read is reported (paths start at the sequence, like
/// `steps[1].email.template`) and replaced by a harmless one, so that all other values can still be
/// checked.
///
/// Rules that are options in the proto aren't repeated here: [`crate::api::validate`] reports a
/// step without a kind, for example.
pub fn draft(steps: Vec<pb::Step>) -> (Draft, Violations) {
    let mut found = Violations::new();
    let steps = draft_steps(steps, "steps", &mut found);
    (Draft { steps }, found)
}

fn draft_steps(steps: Vec<pb::Step>, field: &str, found: &mut Violations) -> Vec<DraftStep> {
    let read = steps.into_iter().enumerate().map(|(index, step)| {
        let (step, wrong) = draft_step(step);
        found.extend_under(&format!("{field}[{index}]"), wrong);
        step
    });
    read.collect()
}

fn draft_step(mut step: pb::Step) -> (DraftStep, Violations) {
    let mut found = Violations::new();
    // The forms of steps know nothing of the steps inside them.
    let inside = step.kind.as_mut().map(take_paths).unwrap_or_default();
    let read = step.kind.and_then(|kind| found.keep("", kinds::read(kind)).flatten());
    let kind = read.unwrap_or(StepKind::Task(Task {}));
    let paths = inside.into_iter().map(|(field, steps)| draft_steps(steps, &field, &mut found)).collect();
    let step_id = ChosenId::new(&step.step_id).ok();
    let (display_name, description) = (step.display_name, step.description);
    // An amount that is too large to add up breaks the options in the proto.
    let auto_skip_after = step.auto_skip_after.and_then(delay_of);
    let assign_to = found.keep("", assign_to(step.assign_to)).flatten();
    (DraftStep { step_id, display_name, description, auto_skip_after, assign_to, kind, paths }, found)
}

/// Reads who does activities. `None` if that isn't given. The path begins at its parent.
///
/// # Errors
/// The team isn't named as teams are.
pub fn assign_to(given: Option<pb::Assignee>) -> Result<Option<Assignee>, Violations> {
    let read = given.map(assignee::read).transpose().map_err(|found| found.under("assign_to"))?;
    Ok(read.flatten())
}

/// Takes the steps out of the paths of a kind. Each path comes with its field, like
/// `branch.yes_steps`.
fn take_paths(kind: &mut pb::step::Kind) -> Vec<(String, Vec<pb::Step>)> {
    match kind {
        pb::step::Kind::Branch(branch) => vec![
            ("branch.yes_steps".to_owned(), std::mem::take(&mut branch.yes_steps)),
            ("branch.no_steps".to_owned(), std::mem::take(&mut branch.no_steps)),
        ],
        pb::step::Kind::Split(split) => {
            let variants = split.variants.iter_mut().enumerate();
            let path = |(index, variant): (usize, &mut pb::SplitVariant)| {
                (format!("split.variants[{index}].steps"), std::mem::take(&mut variant.steps))
            };
            variants.map(path).collect()
        }
        _ => Vec::new(),
    }
}

/// Puts steps into the paths of a kind.
fn put_paths(kind: &mut pb::step::Kind, paths: Vec<Vec<pb::Step>>) {
    let mut paths = paths.into_iter();
    match kind {
        pb::step::Kind::Branch(branch) => {
            branch.yes_steps = paths.next().unwrap_or_default();
            branch.no_steps = paths.next().unwrap_or_default();
        }
        pb::step::Kind::Split(split) => {
            let variants = split.variants.iter_mut().zip(paths);
            variants.for_each(|(variant, steps)| variant.steps = steps);
        }
        _ => {}
    }
}

/// Converts the steps of a definition.
pub fn steps(definition: &Definition, templates: &TemplateNames) -> Vec<pb::Step> {
    definition.steps.iter().map(|one| step(one, templates)).collect()
}

/// Converts a step.
pub fn step(step: &Step, templates: &TemplateNames) -> pb::Step {
    let mut kind = kinds::kind(&step.kind, templates);
    let paths = step.paths.iter().map(|path| path.iter().map(|one| self::step(one, templates)).collect());
    put_paths(&mut kind, paths.collect());
    pb::Step {
        step_id: step.step_id.clone(),
        display_name: step.display_name.clone(),
        description: step.description.clone(),
        assign_to: step.assign_to.as_ref().map(assignee::message),
        kind: Some(kind),
        auto_skip_after: step.auto_skip_after.map(delay_message),
    }
}

/// The name of a template. A deleted template is named by its key; otherwise the step would look as
/// if it never had one.
pub(super) fn template_name(key: TemplateId, templates: &TemplateNames) -> String {
    match templates.get(&key) {
        Some(chosen) => names::TEMPLATE.name([chosen]),
        None => names::TEMPLATE.uuid_name(key.0),
    }
}

fn state(state: &State) -> pb::sequence::State {
    match state {
        State::Draft | State::Deleted { revision: None, .. } => pb::sequence::State::Draft,
        State::Active { .. } => pb::sequence::State::Active,
        State::Inactive { .. } | State::Deleted { revision: Some(_), .. } => pb::sequence::State::Inactive,
    }
}

/// The fields that list filters can use.
pub fn subject() -> Subject {
    let fields = [
        ("id", AttributeType::String),
        ("display_name", AttributeType::String),
        ("record_type", AttributeType::String),
        ("state", AttributeType::String),
        ("revision", AttributeType::Int),
        ("create_time", AttributeType::Timestamp),
        ("update_time", AttributeType::Timestamp),
        ("owner", AttributeType::String),
        ("tags", AttributeType::StringList),
    ];
    Subject::new("sequence", fields).one_of("state", words("upnext.v1.Sequence.State"))
}

/// Reads which sequences to reassign.
pub fn whose(message: &pb::ReassignSequencesRequest) -> Result<Whose, Violations> {
    if message.sequences.is_empty() == message.current_owner.is_empty() {
        let description = "must be given, or else current_owner, but not both";
        return Err(Violations::one("sequences", Reason::FieldInvalid, description));
    }
    if let Some(owner) = seller("current_owner", &message.current_owner)? {
        return Ok(Whose::OwnedBy(owner));
    }

    let mut found = Violations::new();
    let read = |(place, name): (usize, &String)| {
        found.keep_once(names::SEQUENCE.parse_id(&format!("sequences[{place}]"), name))
    };
    let ids: Vec<String> = message.sequences.iter().enumerate().filter_map(read).collect();
    found.into_result(Whose::Named(ids))
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;
    use crate::api::pb::step::Kind;
    use crate::api::pb::validate_sequence_response::warning::Reason as Wire;
    use crate::api::pb::wait_step;
    use crate::domain::reason::Reason;
    use crate::domain::sequence_warnings::WarningReason;

    fn wire(step_id: &str, kind: Kind) -> pb::Step {
        pb::Step { step_id: step_id.to_owned(), kind: Some(kind), ..Default::default() }
    }

    fn email(template: &str) -> Kind {
        Kind::Email(pb::EmailStep { template: template.to_owned() })
    }

    fn wait(kind: wait_step::Kind) -> Kind {
        Kind::Wait(pb::WaitStep { kind: Some(kind) })
    }

    #[test]
    fn every_kind_of_step_reads_back_as_it_was_sent() {
        let delay = pb::Delay { days: 1, hours: 2, minutes: 3, seconds: 4 };
        let sent = vec![
            wire("hello", email("templates/intro")),
            wire("pause", wait(wait_step::Kind::Delay(delay))),
            wire("call", Kind::PhoneCall(pb::PhoneCallStep { script: "Hi".to_owned(), retry: None })),
            wire("note", Kind::Task(pb::TaskStep {})),
        ];

        let (draft, found) = draft(sent.clone());
        assert!(found.is_empty());
        let key = TemplateId(uuid::Uuid::from_u128(7));
        let (definition, found) = draft.define(&[("intro".to_owned(), key)].into(), &Default::default());
        assert!(found.is_empty());

        let templates = TemplateNames::from([(key, ChosenId::known("intro"))]);
        assert_eq!(steps(&definition, &templates), sent);
    }

    #[test]
    fn every_step_that_cannot_be_read_is_found_with_its_path() {
        let local = pb::UntilLocalTime { time_zone: "Nowhere/Else".to_owned(), ..Default::default() };
        let sent = vec![
            wire("a", email("templates/no such")),
            wire("b", wait(wait_step::Kind::UntilLocalTime(local))),
            wire("c", email("sequences/x")),
        ];

        let (draft, found) = draft(sent);
        let told: Vec<_> = found.iter().map(|found| (found.field.as_str(), found.reason)).collect();
        let expected = [
            ("steps[0].email.template", Reason::ResourceNameInvalid),
            ("steps[1].wait.until_local_time.time_zone", Reason::FieldInvalid),
            ("steps[2].email.template", Reason::ResourceNameInvalid),
        ];
        assert_eq!((told.as_slice(), draft.steps.len()), (expected.as_slice(), 3));
    }

    #[test]
    fn warnings_have_the_numbers_and_words_of_the_proto() {
        for reason in WarningReason::VARIANTS {
            let wire = Wire::try_from(*reason as i32).expect("a number of the proto");
            assert_eq!(wire.as_str_name(), reason.as_str());
        }
    }

    #[test]
    fn a_record_type_is_lead_unless_given() {
        assert_eq!(record_type("").as_deref(), Ok("lead"));
        assert_eq!(record_type("recordTypes/contact").as_deref(), Ok("contact"));
        assert!(record_type("a b").is_err());
    }
}
