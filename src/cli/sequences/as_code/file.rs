//! Files in YAML or JSON: what stands in them, and whether that can be applied.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use prost_reflect::{DynamicMessage, ReflectMessage as _};
use serde_json::{Map, Value};

use super::calls::{message, plain};
use super::kinds::{KINDS, Kind, Role};
use crate::api::convert::sequence as convert;
use crate::api::pb;
use crate::api::pb::DESCRIPTORS;

/// One resource of a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    /// Its kind.
    pub kind: Kind,
    /// Its full name.
    pub name: String,
    /// Its fields as the file has them, without those that only show what is.
    pub fields: Map<String, Value>,
}

/// Reads a file; `-` is standard input.
///
/// # Errors
/// It can't be read, or something in it is wrong.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<Wanted>> {
    let text = match path.to_str() {
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        }
        _ => fs::read_to_string(path),
    };
    let text = text.with_context(|| format!("{} can't be read", path.display()))?;
    parse(&text).with_context(|| format!("{} can't be applied", path.display()))
}

/// Reads the text of a file. JSON is YAML, too.
pub(super) fn parse(text: &str) -> anyhow::Result<Vec<Wanted>> {
    let file: Map<String, Value> = serde_saphyr::from_str(text)?;
    let lists = KINDS.map(|kind| kind.list).join(", ");
    let mut all = Vec::new();
    for list in file.keys() {
        ensure!(KINDS.iter().any(|kind| kind.list == list), "there is no list {list}, only {lists}");
    }

    for kind in KINDS {
        let Some(list) = file.get(kind.list).filter(|list| !list.is_null()) else { continue };
        let list = list.as_array().with_context(|| format!("{} must be a list", kind.list))?;
        for (index, one) in list.iter().enumerate() {
            let place = || format!("{}[{index}]", kind.list);
            let wanted = wanted(kind, one).with_context(place)?;
            let twice = all.iter().any(|known: &Wanted| known.name == wanted.name);
            ensure!(!twice, "{}: {} is listed twice", place(), wanted.name);
            all.push(wanted);
        }
    }
    Ok(all)
}

/// Writes resources as a file.
pub(super) fn write(all: &[Wanted], as_json: bool) -> anyhow::Result<String> {
    let mut file = Map::new();
    for kind in KINDS {
        let of_kind = all.iter().filter(|wanted| wanted.kind == kind);
        let list: Vec<Value> = of_kind.map(|wanted| Value::Object(wanted.fields.clone())).collect();
        if !list.is_empty() {
            file.insert(kind.list.to_owned(), Value::Array(list));
        }
    }
    Ok(match as_json {
        true => format!("{}\n", serde_json::to_string_pretty(&file)?),
        false => serde_saphyr::to_string(&file)?,
    })
}

/// Reads one resource.
///
/// # Errors
/// It has no name, an unknown field, or a step without an id.
pub(super) fn wanted(kind: Kind, value: &Value) -> anyhow::Result<Wanted> {
    let name = value.get("name").and_then(Value::as_str).context("needs a name")?;
    ensure!(fits(kind, name), "name: {name:?} must have the form {}", pattern(kind));
    let Value::Object(fields) = plain(&message(&kind, value)?) else { bail!("must be an object") };
    check_steps("", &Value::Object(fields.clone()))?;

    // A value that is the default, like an empty condition, is wanted, too, if the file names it.
    let named = |field: &String| value.get(field).is_some_and(|value| !value.is_null());
    let empty = value.as_object().into_iter().flatten();
    let empty =
        empty.filter(|(field, value)| is_empty(value) && named(field) && !fields.contains_key(*field));
    let mut all: Map<String, Value> = empty.map(|(field, value)| (field.clone(), value.clone())).collect();
    all.extend(fields);
    all.retain(|field, _| kind.role(field) != Role::Shown);
    Ok(Wanted { kind, name: name.to_owned(), fields: all })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(on) => !on,
        _ => false,
    }
}

/// The pattern of a kind's names, like `segments/{segment}/rules/{rule}`.
fn pattern(kind: Kind) -> String {
    use prost_reflect::Value as ProtoValue;

    let resource = DESCRIPTORS.get_extension_by_name("google.api.resource");
    let message = DESCRIPTORS.get_message_by_name(&kind.message());
    let pattern = resource.zip(message).and_then(|(resource, message)| {
        let options = message.options();
        let value = options.get_extension(&resource);
        let patterns = value.as_message()?.get_field_by_name("pattern")?;
        patterns.as_list()?.first().and_then(ProtoValue::as_str).map(str::to_owned)
    });
    pattern.unwrap_or_default()
}

fn fits(kind: Kind, name: &str) -> bool {
    let pattern = pattern(kind);
    let (pattern, parts): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), name.split('/').collect());
    let fits = |(pattern, part): (&&str, &&str)| {
        if pattern.starts_with('{') { !part.is_empty() } else { pattern == part }
    };
    pattern.len() == parts.len() && pattern.iter().zip(&parts).all(fits)
}

/// Checks that every step has an id: the server would give it one, and applying the file again
/// would look like another step.
fn check_steps(place: &str, value: &Value) -> anyhow::Result<()> {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let place = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
                let steps = value.as_array().filter(|_| name.ends_with("steps"));
                for (index, step) in steps.into_iter().flatten().enumerate() {
                    let named = step.get("step_id").is_some();
                    ensure!(named, "{place}[{index}] needs a step_id, so that it stays the same step");
                }
                check_steps(&place, value)?;
            }
            Ok(())
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| check_steps(&format!("{place}[{index}]"), item)),
        _ => Ok(()),
    }
}

/// Fills in what an answer of the server would add to a value: the defaults of the fields that it
/// shows even if they aren't given.
pub(super) fn with_defaults(field: &str, value: &Value) -> anyhow::Result<Value> {
    Ok(match field {
        "exit_criteria" => {
            let given: pb::ExitCriteria = given("ExitCriteria", value)?.transcode_to()?;
            plain(&convert::shown_criteria(&convert::exit_criteria(given)).transcode_to_dynamic())
        }
        "reenrollment" => {
            let given: pb::Reenrollment = given("Reenrollment", value)?.transcode_to()?;
            // The server says what is wrong with it.
            let Ok(read) = convert::reenrollment(&given) else { return Ok(value.clone()) };
            plain(&convert::shown_reenrollment(read).transcode_to_dynamic())
        }
        _ => value.clone(),
    })
}

fn given(message: &str, value: &Value) -> anyhow::Result<DynamicMessage> {
    let descriptor = DESCRIPTORS.get_message_by_name(&format!("upnext.v1.{message}"));
    Ok(DynamicMessage::deserialize(descriptor.context("no such message")?, value)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "
sequences:
  - name: sequences/paid
    display_name: Paid search
    record_type: lead
    state: ACTIVE
    steps:
      - {step_id: hello, email: {template: intro}}
      - {step_id: fork, branch: {condition: {record: {condition: 'record.a == 1'}}, no_steps: [{step_id: b, task: {}}]}}
templates:
  - {name: templates/intro, display_name: Intro, email: {subject: Hi}}
";

    #[test]
    fn a_file_is_read_in_the_order_in_which_it_is_applied_and_written_again() {
        let all = parse(FILE).expect("can be read");
        let names: Vec<&str> = all.iter().map(|wanted| wanted.name.as_str()).collect();
        assert_eq!(names, ["templates/intro", "sequences/paid"]);
        for as_json in [false, true] {
            let written = write(&all, as_json).expect("can be written");
            assert_eq!(parse(&written).expect("can be read"), all, "{written}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let wrong = |text: &str, said: &str| {
            let told = format!("{:#}", parse(text).expect_err("is wrong"));
            assert!(told.contains(said), "{told}");
        };
        wrong("sequenzes: []", "there is no list sequenzes, only templates, sequences");
        wrong("sequences: {}", "sequences must be a list");
        wrong("sequences: [{display_name: A}]", "sequences[0]: needs a name");
        wrong("sequences: [{name: paid}]", "must have the form sequences/{sequence}");
        wrong("sequences: [{name: sequences/a, stepps: []}]", "stepps");
        wrong("sequences: [{name: sequences/a, steps: [{task: {}}]}]", "steps[0] needs a step_id");
        wrong(
            "sequences: [{name: sequences/a}, {name: sequences/a}]",
            "sequences[1]: sequences/a is listed twice",
        );
        let inside =
            "sequences: [{name: sequences/a, steps: [{step_id: b, branch: {yes_steps: [{task: {}}]}}]}]";
        wrong(inside, "steps[0].branch.yes_steps[0] needs a step_id");
    }

    #[test]
    fn what_only_shows_is_left_out_and_what_is_empty_stays() {
        let file = "assignment_rules: [{name: segments/a/rules/b, condition: '', etag: x, create_time: '2026-01-01T00:00:00Z'}]";
        let all = parse(file).expect("can be read");
        let fields: Vec<&String> = all[0].fields.keys().collect();
        assert_eq!(fields, ["condition", "name"]);
    }

    #[test]
    fn what_the_server_shows_by_default_is_filled_in() {
        let filled = with_defaults("exit_criteria", &serde_json::json!({"replied": false})).expect("fine");
        assert_eq!((&filled["replied"], &filled["bounced"]), (&false.into(), &true.into()));
        let filled = with_defaults("reenrollment", &serde_json::json!({"by_hand": "NEVER"})).expect("fine");
        assert_eq!(filled, serde_json::json!({"by_hand": "NEVER", "by_segment": "NEVER"}));
    }
}
