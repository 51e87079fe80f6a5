//! Differences between drafts and revisions of sequences.

use prost_reflect::{DynamicMessage, FieldDescriptor, ReflectMessage as _, Value};
use tonic::Status;

use crate::api::call::Call;
use crate::api::page::{ITEM_BYTES, within};
use crate::api::pb::step_difference::Kind as WireKind;
use crate::api::sequences::pictures::{missing_named, named};
use crate::api::sequences::service::{revision_number, steps};
use crate::api::{Api, pb, validate};
use crate::domain::definition::{Definition, Step};
use crate::domain::difference::{Difference, between};
use crate::domain::names;
use crate::domain::program::Program;
use crate::domain::sequence::{Plan, Sequence};
use crate::engine::Error;
use crate::store::{ReadConnection, sequences};

/// A draft or revision, with its full name.
struct Compared {
    name: String,
    plan: Plan,
}

impl Api {
    /// Compares the drafts or revisions that a request names.
    pub(super) async fn differences(
        &self,
        call: &Call,
        message: &pb::DiffSequenceRequest,
    ) -> Result<pb::DiffSequenceResponse, Status> {
        let mut found = validate::violations(message);
        let after = found.keep_once(named("name", &message.name));
        let base = match message.base_name.as_str() {
            "" => Some(None),
            base => found.keep_once(named("base_name", base)).map(Some),
        };
        let (after, base) = found.settle((after, base))?;

        let mut conn = self.read(call.organization()).await?;
        let (sequence, after) = compared(call, &mut conn, after).await?;
        let before = match base {
            // Of any sequence, even one of another record type.
            Some(base) => Some(compared(call, &mut conn, base).await?.1),
            None => earlier(&mut conn, &sequence, &after.name).await?,
        };

        let empty = Definition::default();
        let old = before.as_ref().map_or(&empty, |before| &before.plan.definition);
        let (old, new) = (Program::compile(old), Program::compile(&after.plan.definition));
        let (old_steps, new_steps) = (all(&old), all(&new));
        let differences = between(&old_steps, &new_steps);
        let shown = shown(call, &mut conn, &differences).await?;
        let steps = within(ITEM_BYTES, shown);
        Ok(pb::DiffSequenceResponse {
            partial: steps.len() < differences.len(),
            steps,
            fields: before.as_ref().map(|before| fields(&before.plan, &after.plan)).unwrap_or_default(),
            base_name: before.map(|before| before.name).unwrap_or_default(),
            name: after.name,
        })
    }
}

fn all(program: &Program) -> Vec<&Step> {
    program.nodes().iter().map(|node| &node.step).collect()
}

/// Reads a draft or revision, and its sequence.
async fn compared(
    call: &Call,
    conn: &mut ReadConnection,
    (id, number): (&str, Option<&str>),
) -> Result<(Sequence, Compared), Error> {
    let missing = || missing_named(id, number);
    let organization = call.organization();
    let sequence = sequences::find(conn, organization, id).await?.ok_or_else(missing)?.sequence;
    let Some(text) = number else {
        let draft = Compared { name: names::SEQUENCE.name([id]), plan: sequence.plan.clone() };
        return Ok((sequence, draft));
    };

    let number = revision_number(text).ok_or_else(missing)?;
    let found = sequences::revisions::get(conn, organization, sequence.id, number).await?;
    let revision = Compared { name: names::REVISION.name([id, text]), plan: found.ok_or_else(missing)?.plan };
    Ok((sequence, revision))
}

/// Reads the revision before a draft or revision. `None` if there is none.
async fn earlier(
    conn: &mut ReadConnection,
    sequence: &Sequence,
    name: &str,
) -> Result<Option<Compared>, Error> {
    let number = match name.rsplit_once("/revisions/") {
        None => sequence.state.revision(),
        Some((_, number)) => revision_number(number).map_or(0, |number| number - 1),
    };
    let found = sequences::revisions::get(conn, sequence.organization, sequence.id, number).await?;
    Ok(found.map(|revision| Compared {
        name: names::REVISION.name([sequence.sequence_id.as_str(), &number.to_string()]),
        plan: revision.plan,
    }))
}

/// The names and descriptions that differ.
fn fields(before: &Plan, after: &Plan) -> Vec<pb::FieldDifference> {
    let fields = [
        ("display_name", &before.display_name, &after.display_name),
        ("description", &before.description, &after.description),
    ];
    let differing = fields.into_iter().filter(|(_, before, after)| before != after);
    let shown = |(field, before, after): (&str, &String, &String)| pb::FieldDifference {
        field: field.to_owned(),
        before: before.clone(),
        after: after.clone(),
    };
    differing.map(shown).collect()
}

/// Converts differences, with the names of templates.
async fn shown(
    call: &Call,
    conn: &mut ReadConnection,
    differences: &[Difference<'_>],
) -> Result<Vec<pb::StepDifference>, Status> {
    let side = |one: fn(&Difference<'_>) -> Option<Step>| Definition {
        steps: differences.iter().filter_map(one).collect(),
    };
    let before = side(|one| one.before.cloned());
    let after = side(|one| one.after.cloned());
    let mut before = steps(conn, call.organization(), &before).await?.into_iter();
    let mut after = steps(conn, call.organization(), &after).await?.into_iter();

    // Both lists have the order of the differences, without those that lack the side.
    let show = |one: &Difference<'_>| {
        let before = one.before.and_then(|_| before.next());
        let after = one.after.and_then(|_| after.next());
        let kind = match (&before, &after) {
            (None, _) => WireKind::Added,
            (_, None) => WireKind::Removed,
            _ if one.is_moved => WireKind::Moved,
            _ => WireKind::Changed,
        };
        let either = after.as_ref().or(before.as_ref());
        pb::StepDifference {
            step_id: either.map(|step| step.step_id.clone()).unwrap_or_default(),
            kind: kind.into(),
            changed_fields: before.as_ref().zip(after.as_ref()).map_or_else(Vec::new, changed_fields),
            before,
            after,
        }
    };
    Ok(differences.iter().map(show).collect())
}

/// The paths of the fields that differ, like `description` or `wait.delay`.
fn changed_fields((before, after): (&pb::Step, &pb::Step)) -> Vec<String> {
    let (before, after) = (before.transcode_to_dynamic(), after.transcode_to_dynamic());
    let mut changed = Vec::new();

    for field in differing(&before, &after) {
        let values = (before.get_field(&field).into_owned(), after.get_field(&field).into_owned());
        match values {
            (Value::Message(old), Value::Message(new))
                if before.has_field(&field) && after.has_field(&field) =>
            {
                let below = differing(&old, &new).into_iter();
                changed.extend(below.map(|inner| format!("{}.{}", field.name(), inner.name())));
            }
            _ => changed.push(field.name().to_owned()),
        }
    }
    changed
}

fn differing(before: &DynamicMessage, after: &DynamicMessage) -> Vec<FieldDescriptor> {
    let differs = |field: &FieldDescriptor| {
        before.has_field(field) != after.has_field(field) || before.get_field(field) != after.get_field(field)
    };
    before.descriptor().fields().filter(differs).collect()
}
