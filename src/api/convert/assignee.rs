//! Who does activities, on the wire.

use crate::api::pb;
use crate::api::pb::assignee::Assignee as Wire;
use crate::api::pb::{Enroller, RecordOwner};
use crate::domain::assignee::Assignee;
use crate::domain::names;
use crate::domain::violation::Violations;

/// Reads who does activities. `None` if it says nothing, which the options in the proto report.
///
/// # Errors
/// The team isn't named as teams are.
pub fn read(given: pb::Assignee) -> Result<Option<Assignee>, Violations> {
    Ok(match given.assignee {
        None => None,
        Some(Wire::RecordOwner(RecordOwner {})) => Some(Assignee::RecordOwner),
        Some(Wire::Attribute(name)) => Some(Assignee::Attribute(name)),
        Some(Wire::Team(name)) => {
            Some(Assignee::Team(names::TEAM.parse("team", &name).map(|[id]| id.to_owned())?))
        }
        Some(Wire::Enroller(Enroller {})) => Some(Assignee::Enroller),
    })
}

/// Converts who does activities.
pub fn message(assignee: &Assignee) -> pb::Assignee {
    let wire = match assignee {
        Assignee::RecordOwner => Wire::RecordOwner(RecordOwner {}),
        Assignee::Attribute(name) => Wire::Attribute(name.clone()),
        Assignee::Team(id) => Wire::Team(names::TEAM.name([id])),
        Assignee::Enroller => Wire::Enroller(Enroller {}),
    };
    pb::Assignee { assignee: Some(wire) }
}
