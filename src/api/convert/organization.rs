//! Organizations on the wire.

use super::timestamp;
use crate::api::{etag, names, pb};
use crate::domain::settings::Limits;
use crate::domain::version::Version;
use crate::store::organizations::Organization;

/// What an organization looks like.
pub fn organization(organization: &Organization) -> pb::Organization {
    pb::Organization {
        name: names::ORGANIZATION.uuid_name(organization.id.0),
        display_name: organization.display_name.clone(),
        phone_outcomes: organization.settings.phone_outcomes.clone(),
        limits: Some(limits_to_wire(&organization.settings.limits)),
        etag: etag::of(Version::of(organization.id.0, organization.version)),
        create_time: Some(timestamp(organization.create_time)),
        update_time: Some(timestamp(organization.update_time)),
    }
}

fn limits_to_wire(limits: &Limits) -> pb::organization::Limits {
    pb::organization::Limits {
        active_sequences: limits.active_sequences,
        active_segments: limits.active_segments,
        active_rules_per_segment: limits.active_rules_per_segment,
        wait_days: limits.wait_days,
        steps_per_definition: limits.steps_per_definition,
        revisions_per_sequence: limits.revisions_per_sequence,
        display_name_characters: limits.display_name_characters,
        description_characters: limits.description_characters,
    }
}

/// The limits asked for: what is zero has its default.
pub fn limits(wire: &pb::organization::Limits) -> Limits {
    let default = Limits::default();
    let or = |value: i32, default: i32| if value == 0 { default } else { value };
    Limits {
        active_sequences: or(wire.active_sequences, default.active_sequences),
        active_segments: or(wire.active_segments, default.active_segments),
        active_rules_per_segment: or(wire.active_rules_per_segment, default.active_rules_per_segment),
        wait_days: or(wire.wait_days, default.wait_days),
        steps_per_definition: or(wire.steps_per_definition, default.steps_per_definition),
        revisions_per_sequence: or(wire.revisions_per_sequence, default.revisions_per_sequence),
        display_name_characters: or(wire.display_name_characters, default.display_name_characters),
        description_characters: or(wire.description_characters, default.description_characters),
    }
}
