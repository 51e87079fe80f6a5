//! The messages of waits, and of what they have in common with other steps.

use super::calendar::{day_of_week, shown_time, weekday};
use crate::api::pb;
use crate::api::pb::{until_attribute, wait_step};
use crate::domain::calendar::{clock_time, zone};
use crate::domain::step::{BusinessDays, BusinessHours, Delay, Offset, UntilAttribute, UntilLocalTime, Wait};
use crate::domain::violation::Violations;

/// Reads a wait. `None` if it breaks the options in the proto.
///
/// # Errors
/// All other violations. Paths begin at the message.
pub(super) fn read(wait: pb::WaitStep) -> Result<Option<Wait>, Violations> {
    Ok(match wait.kind {
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
            until.map(Wait::UntilLocalTime)
        }
        Some(wait_step::Kind::UntilAttribute(until)) => attribute_of(until).map(Wait::UntilAttribute),
        // The options in the proto report that it is missing.
        None => None,
    })
}

/// Converts a wait.
pub(super) fn message(wait: &Wait) -> pb::WaitStep {
    // Without `..`, so that a new field can't be forgotten here.
    let kind = match wait {
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
    pb::WaitStep { kind: Some(kind) }
}

pub(super) fn delay_message(delay: Delay) -> pb::Delay {
    // Without `..`, so that a new field can't be forgotten here.
    let Delay { days, hours, minutes, seconds } = delay;
    pb::Delay { days, hours, minutes, seconds }
}

fn local_time_of(until: &pb::UntilLocalTime) -> Result<Option<UntilLocalTime>, Violations> {
    let time_zone = match until.time_zone.as_str() {
        "" => None,
        text => Some(zone("time_zone", text)?),
    };
    let time = match until.time.as_str() {
        "" => None,
        text => match clock_time("time", text) {
            Ok(time) => Some(time),
            // The options in the proto report it.
            Err(_) => return Ok(None),
        },
    };

    // They report days that don't exist, too.
    let days = until.days.iter().filter_map(|day| weekday(*day)).collect();
    Ok(Some(UntilLocalTime { time, days, time_zone }))
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

/// Reads an amount of time. `None` if a part is negative.
pub fn delay_of(delay: pb::Delay) -> Option<Delay> {
    let pb::Delay { days, hours, minutes, seconds } = delay;
    // The options in the proto report negative parts.
    let fits = [days, hours, minutes, seconds].iter().all(|part| *part >= 0);
    fits.then_some(Delay { days, hours, minutes, seconds })
}
