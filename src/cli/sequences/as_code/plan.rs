//! What must be done to make an organization like a file.

use std::collections::BTreeSet;

use anyhow::{Context as _, ensure};
use serde_json::{Map, Value, json};

use super::calls::Caller;
use super::file::{Wanted, with_defaults};
use super::kinds::{KINDS, Role};

/// One call that changes something.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Action {
    /// What it does, for people, like `update sequences/paid: steps`.
    pub told: String,
    /// The method.
    pub method: String,
    /// The request.
    pub request: Value,
}

/// Returns what must be done, in order. What a file doesn't name stays as it is.
///
/// # Errors
/// The server refuses a read, or something that can't be changed differs.
pub(super) async fn plan(caller: &Caller, wanted: &[Wanted]) -> anyhow::Result<Vec<Action>> {
    let mut found = Vec::with_capacity(wanted.len());
    for one in wanted {
        found.push(caller.get(&one.kind, &one.name).await?);
    }
    let all: Vec<(&Wanted, Option<&Value>)> = wanted.iter().zip(found.iter().map(Option::as_ref)).collect();
    decide(&all)
}

/// Decides what must be done. Each resource comes with what is there, if it is.
fn decide(all: &[(&Wanted, Option<&Value>)]) -> anyhow::Result<Vec<Action>> {
    let mut actions = Vec::new();
    let mut changed = BTreeSet::new();
    for (wanted, current) in all {
        let action = match current {
            None => Some(create(wanted)),
            Some(current) => update(wanted, current)?,
        };
        if let Some(action) = action {
            // Only a draft that this run changes needs to be activated again.
            changed.insert(wanted.name.as_str());
            actions.push(action);
        }
    }

    let of = |list: &'static str| all.iter().filter(move |(wanted, _)| wanted.kind.list == list);
    let mut sequences: Vec<_> = of("sequences").collect();
    sequences.sort_by_cached_key(|(wanted, _)| depth(wanted, all, &mut BTreeSet::new()));
    // A sequence can be activated after those that it advances to, and connected once it was.
    for (wanted, current) in sequences {
        actions.extend(switch(wanted, *current, changed.contains(wanted.name.as_str())));
    }
    for (wanted, current) in of("segments") {
        actions.extend(connect(wanted, *current));
    }
    for (wanted, current) in of("segments") {
        actions.extend(switch(wanted, *current, false));
    }
    Ok(actions)
}

fn create(wanted: &Wanted) -> Action {
    let kind = wanted.kind;
    let id = wanted.name.rsplit('/').next().unwrap_or_default();
    let mut fields = wanted.fields.clone();
    // The name gives the id, and a directive is a call of its own.
    fields.retain(|field, _| field != "name" && kind.role(field) != Role::Directive);
    let mut request = json!({format!("{}_id", kind.field): id, kind.field: fields});
    if let Some(parent) = kind.parent(&wanted.name) {
        request["parent"] = json!(parent);
    }
    Action { told: format!("create {}", wanted.name), method: kind.method("Create"), request }
}

/// Returns the update that makes a resource as wanted. `None` if it is.
fn update(wanted: &Wanted, current: &Value) -> anyhow::Result<Option<Action>> {
    let kind = wanted.kind;
    let mut differ = Vec::new();
    for (field, value) in &wanted.fields {
        let value = &with_defaults(field, value).with_context(|| wanted.name.clone())?;
        let same = is_same(value, current.get(field).unwrap_or(&Value::Null));
        match kind.role(field) {
            Role::Set if !same => differ.push(field.as_str()),
            Role::Fixed if field != "name" => {
                let was = current.get(field).unwrap_or(&Value::Null);
                ensure!(same, "{}: {field} is {was}, and can't become {value}", wanted.name);
            }
            _ => {}
        }
    }
    if differ.is_empty() {
        return Ok(None);
    }

    let mut fields = Map::from_iter([("name".to_owned(), json!(wanted.name))]);
    fields.extend(differ.iter().map(|field| ((*field).to_owned(), wanted.fields[*field].clone())));
    let told = format!("update {}: {}", wanted.name, differ.join(", "));
    let request = json!({kind.field: fields, "update_mask": differ.join(",")});
    Ok(Some(Action { told, method: kind.method("Update"), request }))
}

/// Returns the activation or deactivation that the wanted state needs.
fn switch(wanted: &Wanted, current: Option<&Value>, changed: bool) -> Option<Action> {
    let want = wanted.fields.get("state")?.as_str()?;
    let text = |field: &str| current.and_then(|current| current[field].as_str()).unwrap_or_default();
    let draft_changed = current.is_some_and(|current| current["draft_changed"] == json!(true));
    let verb = match (want, text("state")) {
        ("ACTIVE", "ACTIVE") if !changed && !draft_changed => return None,
        ("ACTIVE", _) => "activate",
        ("INACTIVE", "ACTIVE") => "deactivate",
        // What was never active takes nothing either.
        _ => return None,
    };
    let method = wanted.kind.method(if verb == "activate" { "Activate" } else { "Deactivate" });
    Some(Action { told: format!("{verb} {}", wanted.name), method, request: json!({"name": wanted.name}) })
}

/// Returns the connection of a segment that is wanted, unless it is there.
fn connect(wanted: &Wanted, current: Option<&Value>) -> Option<Action> {
    let want = wanted.fields.get("connected_sequence")?.as_str()?;
    let now = current.and_then(|current| current["connected_sequence"].as_str()).unwrap_or_default();
    if is_same_text(want, now) {
        return None;
    }

    let name = &wanted.name;
    let service = "upnext.v1.SegmentService";
    Some(match want {
        "" => Action {
            told: format!("disconnect {name} from {now}"),
            method: format!("{service}/DisconnectSequence"),
            request: json!({"name": name}),
        },
        _ => Action {
            told: format!("connect {name} to {want}"),
            method: format!("{service}/ConnectSequence"),
            request: json!({"name": name, "sequence": want, "replace": true}),
        },
    })
}

/// Returns how many sequences of the file enrollments of this one can advance through, at most.
fn depth<'a>(
    wanted: &'a Wanted,
    all: &[(&'a Wanted, Option<&'a Value>)],
    seen: &mut BTreeSet<&'a str>,
) -> usize {
    // A circle ends here. The server refuses it.
    if !seen.insert(&wanted.name) {
        return 0;
    }
    let mut targets = Vec::new();
    advances(&Value::Object(wanted.fields.clone()), &mut targets);
    let named = |target: &String| all.iter().find(|(one, _)| is_same_text(target, &one.name));
    let deepest = targets.iter().filter_map(named).map(|(one, _)| 1 + depth(one, all, seen)).max();
    seen.remove(wanted.name.as_str());
    deepest.unwrap_or_default()
}

/// Adds the sequences that steps advance to.
fn advances(value: &Value, to: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            let target = fields.get("advance_to_sequence").and_then(|step| step["sequence"].as_str());
            to.extend(target.map(str::to_owned));
            fields.values().for_each(|value| advances(value, to));
        }
        Value::Array(items) => items.iter().for_each(|item| advances(item, to)),
        _ => {}
    }
}

/// True if the server has what is wanted. A name may be wanted by its bare id.
fn is_same(wanted: &Value, current: &Value) -> bool {
    match (wanted, current) {
        (Value::Object(wanted), Value::Object(current)) => {
            wanted.len() == current.len()
                && wanted
                    .iter()
                    .all(|(field, value)| current.get(field).is_some_and(|current| is_same(value, current)))
        }
        (Value::Array(wanted), Value::Array(current)) => {
            wanted.len() == current.len()
                && wanted.iter().zip(current).all(|(wanted, current)| is_same(wanted, current))
        }
        (Value::String(wanted), Value::String(current)) => is_same_text(wanted, current),
        // Answers leave out what is the default.
        (Value::String(text), Value::Null) => text.is_empty(),
        (Value::Array(items), Value::Null) => items.is_empty(),
        (Value::Bool(on), Value::Null) => !on,
        _ => wanted == current,
    }
}

fn is_same_text(wanted: &str, current: &str) -> bool {
    // Answers have full names, and files may have bare ids.
    let bare = |kind: &super::kinds::Kind| current.strip_prefix(&format!("{}/", kind.list)) == Some(wanted);
    let other = ["sellers/", "teams/"].iter().any(|list| current.strip_prefix(list) == Some(wanted));
    wanted == current || KINDS.iter().any(bare) || other
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::sequences::as_code::file::wanted;

    fn sequence(value: Value) -> Wanted {
        wanted(KINDS[1], &value).expect("can be read")
    }

    fn told(all: &[(&Wanted, Option<&Value>)]) -> Vec<String> {
        decide(all).expect("can be decided").into_iter().map(|action| action.told).collect()
    }

    #[test]
    fn what_is_missing_is_created_and_activated_after_what_it_advances_to() {
        let step =
            json!([{"step_id": "a", "task": {}}, {"step_id": "b", "advance_to_sequence": {"sequence": "z"}}]);
        let first = sequence(json!({"name": "sequences/a", "state": "ACTIVE", "steps": step}));
        let second = sequence(json!({"name": "sequences/z", "state": "ACTIVE"}));
        let expected =
            ["create sequences/a", "create sequences/z", "activate sequences/z", "activate sequences/a"];
        assert_eq!(told(&[(&first, None), (&second, None)]), expected);
        let created = decide(&[(&first, None)]).expect("fine").remove(0);
        assert_eq!(created.request["sequence_id"], "a");
        assert_eq!(
            (created.request["sequence"].get("state"), created.request["sequence"].get("name")),
            (None, None)
        );
    }

    #[test]
    fn what_is_there_as_wanted_needs_nothing() {
        let steps = json!([{"step_id": "a", "email": {"template": "intro"}}]);
        let file = sequence(json!({"name": "sequences/a", "state": "ACTIVE", "steps": steps, "tags": [],
            "exit_criteria": {"replied": false}}));
        let switches = json!({"replied": false, "bounced": true, "unsubscribed": true, "account_replied": false,
            "meeting_booked": false, "no_consent": false, "out_of_office_hold": true});
        let mut current = json!({"name": "sequences/a", "state": "ACTIVE", "exit_criteria": switches,
            "steps": [{"step_id": "a", "email": {"template": "templates/intro"}}]});
        assert_eq!(told(&[(&file, Some(&current))]), [""; 0]);

        current["draft_changed"] = json!(true);
        assert_eq!(told(&[(&file, Some(&current))]), ["activate sequences/a"]);
        current["exit_criteria"]["bounced"] = json!(false);
        let expected = ["update sequences/a: exit_criteria", "activate sequences/a"];
        assert_eq!(told(&[(&file, Some(&current))]), expected);
    }

    #[test]
    fn what_can_not_be_changed_is_an_error() {
        let file = sequence(json!({"name": "sequences/a", "record_type": "contact"}));
        let current = json!({"name": "sequences/a", "record_type": "lead"});
        let error = decide(&[(&file, Some(&current))]).expect_err("is fixed").to_string();
        assert_eq!(error, "sequences/a: record_type is \"lead\", and can't become \"contact\"");
    }

    #[test]
    fn a_segment_is_connected_before_it_is_activated() {
        let file = json!({"name": "segments/web", "state": "ACTIVE", "connected_sequence": "paid"});
        let file = wanted(KINDS[2], &file).expect("can be read");
        let expected = ["create segments/web", "connect segments/web to paid", "activate segments/web"];
        assert_eq!(told(&[(&file, None)]), expected);
        let current = json!({"state": "ACTIVE", "connected_sequence": "sequences/paid"});
        assert_eq!(told(&[(&file, Some(&current))]), [""; 0]);
    }
}
