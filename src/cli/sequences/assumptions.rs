//! Assumptions of a simulation, as people type them.

use anyhow::{Context as _, bail};

use crate::api::convert::json;
use crate::api::pb;
use crate::api::pb::branch_decided::Path;
use crate::api::pb::engagement_event::EventKind;
use crate::api::pb::step_assumption::Kind;

/// Reads an attribute, like `revenue=10000` or `origin=web`.
///
/// # Errors
/// It has another form.
pub(super) fn attribute(given: &str) -> anyhow::Result<(String, prost_types::Value)> {
    let form = || format!("--attribute {given:?} must have the form NAME=VALUE");
    let (name, value) = given.split_once('=').with_context(form)?;
    // What isn't JSON is text: few people want to type quotes.
    let value = serde_json::from_str(value).unwrap_or_else(|_| serde_json::Value::from(value));
    Ok((name.to_owned(), json::value(&value)))
}

/// Reads what happens at a step, like `call=busy@2h`.
///
/// # Errors
/// It has another form.
pub(super) fn step(given: &str) -> anyhow::Result<pb::StepAssumption> {
    let form = || format!("--step {given:?} must have the form STEP=WHAT or STEP=WHAT@TIME");
    let (step_id, what) = given.split_once('=').with_context(form)?;
    let (what, delay) = timed(what)?;
    let completed =
        |outcome: &str| Kind::Completed(pb::CompletedAssumption { outcome: outcome.to_owned(), delay });

    let kind = match what {
        "yes" => Kind::Path(Path::Yes.into()),
        "no" => Kind::Path(Path::No.into()),
        "open" => Kind::Open(pb::OpenAssumption {}),
        "skip" => Kind::Skipped(pb::SkippedAssumption { reason: String::new(), delay }),
        "done" => completed(""),
        _ => match what.strip_prefix("variant:") {
            Some(variant) => Kind::VariantId(variant.to_owned()),
            None => completed(what),
        },
    };
    if delay.is_some() && !matches!(kind, Kind::Completed(_) | Kind::Skipped(_)) {
        bail!("--step {given:?} has a time, but only a step that is done or skipped can have one");
    }
    Ok(pb::StepAssumption { step_id: step_id.to_owned(), kind: Some(kind) })
}

/// Reads what the person does, like `opened:hello@2h`.
///
/// # Errors
/// It has another form.
pub(super) fn person(given: &str) -> anyhow::Result<pb::EngagementAssumption> {
    let (what, delay) = timed(given)?;
    let (what, step_id) = what.split_once(':').unwrap_or((what, ""));

    let kind = match what {
        "opened" => EventKind::EmailOpened,
        "replied" => EventKind::Replied,
        "clicked" => EventKind::LinkClicked,
        "downloaded" => EventKind::AttachmentDownloaded,
        "bounced" => EventKind::Bounced,
        "unsubscribed" => EventKind::Unsubscribed,
        "booked" => EventKind::MeetingBooked,
        _ => bail!(
            "--person {given:?} must begin with opened, replied, clicked, downloaded, bounced, unsubscribed or \
             booked"
        ),
    };
    Ok(pb::EngagementAssumption { kind: kind.into(), step_id: step_id.to_owned(), delay })
}

/// Takes the time after the `@`, if there is one.
fn timed(given: &str) -> anyhow::Result<(&str, Option<pb::Delay>)> {
    match given.rsplit_once('@') {
        None => Ok((given, None)),
        Some((what, time)) => Ok((what, Some(delay(time)?))),
    }
}

/// Reads a delay, like `2d12h`, `30min` or `10s`.
fn delay(text: &str) -> anyhow::Result<pb::Delay> {
    let form =
        || format!("{text:?} must be a time like 2d, 12h, 30min or 10s, or several of them like 2d12h");
    let mut delay = pb::Delay::default();
    let mut rest = text;

    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).with_context(form)?;
        let (amount, unit) = rest.split_at(digits);
        let length = unit.find(|c: char| c.is_ascii_digit()).unwrap_or(unit.len());
        let amount: i32 = amount.parse().ok().with_context(form)?;
        match &unit[..length] {
            "d" => delay.days = amount,
            "h" => delay.hours = amount,
            "m" | "min" => delay.minutes = amount,
            "s" => delay.seconds = amount,
            _ => bail!(form()),
        }
        rest = &unit[length..];
    }
    Ok(delay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_the_sum_of_its_parts() {
        let expected = pb::Delay { days: 2, hours: 12, minutes: 30, seconds: 10 };
        assert_eq!(delay("2d12h30min10s").expect("a time"), expected);
        assert_eq!(delay("5m").expect("a time"), pb::Delay { minutes: 5, ..Default::default() });
        for wrong in ["2", "d", "2x", "2d3", "-1d", "99999999999d"] {
            assert!(delay(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_happens_at_a_step_is_read() {
        let read = |given: &str| step(given).expect("can be read");
        let day = Some(pb::Delay { days: 1, ..Default::default() });
        let busy = Kind::Completed(pb::CompletedAssumption { outcome: "busy".into(), delay: day });
        assert_eq!((read("call=busy@1d").step_id.as_str(), read("call=busy@1d").kind), ("call", Some(busy)));
        assert_eq!(read("a=yes").kind, Some(Kind::Path(Path::Yes.into())));
        assert_eq!(read("a=variant:b").kind, Some(Kind::VariantId("b".into())));
        assert_eq!(read("a=open").kind, Some(Kind::Open(pb::OpenAssumption {})));
        assert!(matches!(read("a=done").kind, Some(Kind::Completed(done)) if done.outcome.is_empty()));
        assert!(matches!(read("a=skip@1d").kind, Some(Kind::Skipped(skipped)) if skipped.delay == day));
        assert!(step("call").is_err() && step("a=yes@1d").is_err());
    }

    #[test]
    fn what_the_person_does_is_read() {
        let opened = person("opened:hello@2h").expect("can be read");
        assert_eq!((opened.kind(), opened.step_id.as_str()), (EventKind::EmailOpened, "hello"));
        assert_eq!(opened.delay.map(|delay| delay.hours), Some(2));
        assert_eq!(person("booked").expect("can be read").kind(), EventKind::MeetingBooked);
        assert!(person("waved").is_err());
    }

    #[test]
    fn an_attribute_is_json_or_text() {
        let read = |given: &str| json::any(attribute(given).expect("can be read").1).expect("a value");
        assert_eq!(read("revenue=10"), serde_json::json!(10.0));
        assert_eq!(read("origin=web"), serde_json::json!("web"));
        assert_eq!(read("origin=null"), serde_json::Value::Null);
        assert!(attribute("origin").is_err());
    }
}
