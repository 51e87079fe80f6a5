//! Records on the wire.

use prost_types::Struct;
use serde_json::Value;

use super::{json, timestamp};
use crate::api::{etag, pb};
use crate::domain::attribute::AttributeType;
use crate::domain::id::ChosenId;
use crate::domain::names;
use crate::domain::names::SellerName;
use crate::domain::reason::Reason;
use crate::domain::record::{Attributes, CloseOutcome, Effect, OwnerChange, RecordState, Upsert};
use crate::domain::record_type::RecordType;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::DeleteEffect;
use crate::store::records::RecordRow;

/// Converts a record.
pub fn record(view: &RecordRow, record_type: &RecordType) -> pb::Record {
    let record = &view.record;
    let (state, outcome, close_time) = match record.state {
        RecordState::Active => (pb::record::State::Active, None, None),
        RecordState::Closed { outcome, at } => (pb::record::State::Closed, Some(outcome), Some(at)),
    };

    let name = |id: &Option<ChosenId>, pattern: names::Pattern<1>| {
        id.as_ref().map(|id| pattern.name([id.as_str()])).unwrap_or_default()
    };

    pb::Record {
        name: names::RECORD.name([record_type.record_type_id.as_str(), record.record_id.as_str()]),
        id: record.record_id.to_string(),
        owner: name(&view.owner, names::SELLER),
        attributes: Some(attributes(&record.attributes, record_type)),
        state: state.into(),
        close_outcome: outcome.map(wire_outcome).unwrap_or_default().into(),
        source_version: record.source_version,
        segment: name(&view.segment, names::SEGMENT),
        etag: etag::of(Version::of(record.id.0, record.version)),
        create_time: Some(timestamp(record.create_time)),
        update_time: Some(timestamp(record.update_time)),
        close_time: close_time.map(timestamp),
        unsubscribe_time: record.unsubscribe_time.map(timestamp),
    }
}

fn attributes(attributes: &Attributes, record_type: &RecordType) -> Struct {
    // What is left of a deleted attribute isn't shown.
    let write = |(name, value): (&String, &Value)| match record_type.attribute(name)? {
        AttributeType::Double => Some((name.clone(), json::double(value))),
        _ => Some((name.clone(), json::value(value))),
    };
    Struct { fields: attributes.iter().filter_map(write).collect() }
}

pub(super) fn wire_outcome(outcome: CloseOutcome) -> pb::record::CloseOutcome {
    match outcome {
        CloseOutcome::Qualified => pb::record::CloseOutcome::Qualified,
        CloseOutcome::Disqualified => pb::record::CloseOutcome::Disqualified,
        CloseOutcome::Won => pb::record::CloseOutcome::Won,
        CloseOutcome::Lost => pb::record::CloseOutcome::Lost,
        CloseOutcome::Other => pb::record::CloseOutcome::Other,
    }
}

/// Reads how a record ended; none if that isn't specified.
pub fn outcome(outcome: pb::record::CloseOutcome) -> Option<CloseOutcome> {
    CloseOutcome::ALL.into_iter().find(|known| wire_outcome(*known) == outcome)
}

/// Converts the effect of an upsert.
pub fn effect(effect: Effect) -> pb::upsert_record_response::Effect {
    use pb::upsert_record_response::Effect as Wire;
    match effect {
        Effect::Created => Wire::Created,
        Effect::Updated => Wire::Updated,
        Effect::Unchanged => Wire::Unchanged,
        Effect::Outdated => Wire::Outdated,
    }
}

/// Converts the effect of a deletion.
pub fn delete_effect(effect: DeleteEffect) -> pb::delete_record_response::Effect {
    use pb::delete_record_response::Effect as Wire;
    match effect {
        DeleteEffect::Deleted => Wire::Deleted,
        DeleteEffect::Outdated => Wire::Outdated,
    }
}

/// Reads the fields of an upsert. `me` is the caller's own seller.
///
/// # Errors
/// Everything wrong with the form that the rules in the proto don't cover. Paths start at the
/// upsert.
pub fn upsert(
    message: pb::RecordUpsert,
    me: Option<&str>,
    allow_unknown_owner: bool,
) -> Result<Upsert, Violations> {
    let mut found = Violations::new();
    let owner = match allow_unknown_owner {
        false => found.keep("", owner(message.owner.as_deref(), me)),
        true => Some(owner_if_known(message.owner.as_deref(), me)),
    };
    let attributes = found.keep("attributes", json::object(message.attributes.unwrap_or_default()));
    let (Some(owner), Some(attributes)) = (owner, attributes) else { return Err(found) };
    let record_id = ChosenId::known(message.id);
    Ok(Upsert { record_id, owner, attributes, source_version: message.source_version })
}

fn owner_if_known(given: Option<&str>, me: Option<&str>) -> OwnerChange {
    match owner(given, me) {
        Ok(OwnerChange::Set(chosen)) => OwnerChange::SetIfKnown(Some(chosen)),
        Ok(change) => change,
        Err(_) => OwnerChange::SetIfKnown(None),
    }
}

fn owner(given: Option<&str>, me: Option<&str>) -> Result<OwnerChange, Violations> {
    let Some(given) = given else { return Ok(OwnerChange::Keep) };
    if given.is_empty() {
        return Ok(OwnerChange::Clear);
    }
    match (names::seller("owner", given)?, me) {
        (SellerName::Id(id), _) | (SellerName::Me, Some(id)) => Ok(OwnerChange::Set(id.to_owned())),
        (SellerName::Me, None) => {
            let description = "must name a seller: the caller's key isn't bound to one";
            Err(Violations::one("owner", Reason::ReferenceNotFound, description))
        }
    }
}
