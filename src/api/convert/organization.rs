//! Organizations on the wire.

use prost_types::Duration;

use super::calendar::calendar_name;
use super::seller::declared_attributes;
use super::timestamp;
use super::wait::delay_message;
use crate::api::pb::organization as wire;
use crate::api::update_mask::Fields;
use crate::api::{etag, pb};
use crate::domain::consent::ConsentPolicy;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::settings::{LONGEST_REOPEN_GRACE, Limits, LimitsPatch, Settings, each_limit};
use crate::domain::version::Version;
use crate::domain::violation::Violation;
use crate::store::tenants::organizations::Organization;

macro_rules! names_of {
    ($($limit:ident),+) => {
        &["display_name", "settings.phone_outcomes", "settings.dispositions", "settings.consent_policy", "settings.reopen_grace_period", "settings.seller_authoring", "settings.calendar", "settings.email_calendar", "settings.round_robin_across_rules", "settings.auto_skip_after", "settings.publish_events", "settings.history_retention_days", $(concat!("settings.limits.", stringify!($limit))),+]
    };
}

/// The fields that an update can set.
pub const UPDATABLE: &[&str] = each_limit!(names_of);

/// Converts an organization.
pub fn organization(organization: &Organization) -> pb::Organization {
    pb::Organization {
        name: names::ORGANIZATION.uuid_name(organization.id.0),
        display_name: organization.display_name.clone(),
        settings: Some(settings(&organization.settings)),
        etag: etag::of(Version::of(organization.id.0, organization.version)),
        create_time: Some(timestamp(organization.create_time)),
        update_time: Some(timestamp(organization.update_time)),
        seller_attributes: declared_attributes(&organization.seller_attributes),
    }
}

fn settings(settings: &Settings) -> wire::Settings {
    let limits = &settings.limits;
    macro_rules! shown {
        ($($limit:ident),+) => { wire::Limits { $($limit: Some(limits.$limit)),+ } };
    }
    let consent_policy = match settings.consent_policy {
        ConsentPolicy::Warn => wire::ConsentPolicy::Warn,
        ConsentPolicy::Skip => wire::ConsentPolicy::Skip,
    };

    wire::Settings {
        phone_outcomes: settings.phone_outcomes.clone(),
        dispositions: settings.dispositions.clone(),
        limits: Some(each_limit!(shown)),
        consent_policy: consent_policy.into(),
        reopen_grace_period: Some(Duration { seconds: settings.reopen_grace_seconds, nanos: 0 }),
        seller_authoring: Some(settings.seller_authoring),
        calendar: calendar_name(settings.calendar.as_ref()),
        email_calendar: calendar_name(settings.email_calendar.as_ref()),
        round_robin_across_rules: Some(settings.round_robin_across_rules),
        auto_skip_after: settings.auto_skip_after.map(delay_message),
        publish_events: Some(settings.publish_events),
        history_retention_days: Some(settings.history_retention_days),
    }
}

/// The limits that an update sets: the given values, or the defaults where no value is given.
pub fn limits(given: &wire::Limits, fields: &Fields) -> LimitsPatch {
    let default = Limits::default();
    macro_rules! set {
        ($($limit:ident),+) => {
            LimitsPatch {
                $($limit: fields
                    .has(concat!("settings.limits.", stringify!($limit)))
                    .then(|| given.$limit.unwrap_or(default.$limit))),+
            }
        };
    }
    each_limit!(set)
}

/// The dispositions that an update sets: the given ones, or the defaults if none are given.
pub fn dispositions(given: Vec<String>) -> Vec<String> {
    if given.is_empty() { Settings::default().dispositions } else { given }
}

/// The outcomes that an update sets: the given ones, or the defaults if none are given.
pub fn phone_outcomes(given: Vec<String>) -> Vec<String> {
    if given.is_empty() { Settings::default().phone_outcomes } else { given }
}

/// The policy that an update sets: the given one, or the default if none is given.
pub fn consent_policy(given: wire::ConsentPolicy) -> ConsentPolicy {
    match given {
        wire::ConsentPolicy::Unspecified => ConsentPolicy::default(),
        wire::ConsentPolicy::Warn => ConsentPolicy::Warn,
        wire::ConsentPolicy::Skip => ConsentPolicy::Skip,
    }
}

/// The seconds that an update sets for reopening: the given ones, or the default if none are given.
///
/// # Errors
/// They aren't whole.
pub fn reopen_grace_seconds(given: Option<&Duration>) -> Result<i64, Violation> {
    let path = "organization.settings.reopen_grace_period";
    match given {
        None => Ok(Settings::default().reopen_grace_seconds),
        Some(Duration { seconds, nanos: 0 }) => Ok(*seconds),
        Some(_) => {
            let rule = format!("must be whole seconds, from 0s to {LONGEST_REOPEN_GRACE}s");
            Err(Violation::new(path, Reason::FieldInvalid, rule))
        }
    }
}
