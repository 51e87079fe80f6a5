//! Teams on the wire.

use super::calendar::{calendar_id, calendar_name};
use super::timestamp;
use crate::api::{etag, pb};
use crate::domain::attribute::AttributeType;
use crate::domain::condition::Subject;
use crate::domain::id::ChosenId;
use crate::domain::names::{self, SellerName};
use crate::domain::reason::Reason;
use crate::domain::team::{Profile, Team};
use crate::domain::version::Version;
use crate::domain::violation::Violations;

/// The most members of a team.
const MOST_MEMBERS: usize = 250;

/// Converts a team.
pub fn team(team: &Team) -> pb::Team {
    pb::Team {
        name: names::TEAM.name([&team.team_id]),
        display_name: team.profile.display_name.clone(),
        members: team.profile.members.iter().map(|id| names::SELLER.name([id])).collect(),
        calendar: calendar_name(team.profile.calendar.as_ref()),
        built_in: team.is_built_in(),
        etag: etag::of(Version::of(team.id.0, team.version)),
        create_time: Some(timestamp(team.create_time)),
        update_time: Some(timestamp(team.update_time)),
    }
}

/// Reads the fields of a team that callers can set.
///
/// # Errors
/// Names of members and calendars that can't be any, with paths relative to the team.
pub fn profile(team: pb::Team) -> Result<Profile, Violations> {
    let mut found = Violations::new();
    let calendar = found.keep_once(calendar_id("calendar", &team.calendar));

    let mut members = Vec::new();
    // The rules in the proto report that there are too many.
    for (index, text) in team.members.iter().take(MOST_MEMBERS).enumerate() {
        let field = format!("members[{index}]");
        match names::seller(&field, text) {
            Ok(SellerName::Id(id)) => members.push(ChosenId::known(id)),
            Ok(SellerName::Me) => {
                let description = "must name a seller by id: \"me\" depends on the caller";
                found.push(field, Reason::FieldInvalid, description);
            }
            Err(wrong) => found.push_once(wrong),
        }
    }

    let display_name = team.display_name;
    found.into_result(Profile { display_name, members, calendar: calendar.flatten() })
}

/// The fields that list filters can use.
pub fn subject() -> Subject {
    let fields = [
        ("id", AttributeType::String),
        ("display_name", AttributeType::String),
        ("calendar", AttributeType::String),
        ("create_time", AttributeType::Timestamp),
        ("update_time", AttributeType::Timestamp),
    ];
    Subject::new("team", fields)
}
