//! Sequences through the whole server: designed as drafts, frozen as revisions, deleted and
//! undeleted.

mod refusals;
mod uses;

use serde_json::{Value, json};
use tonic::{Code, Status};

use super::support::app::{Client, TestApp};
use super::support::dynamic::call;
use super::support::refused::{Refused, refused};

const REQUEST_ID: &str = "0190c0de-0000-7000-8000-000000000001";

/// Calls a verb of the service.
async fn ask(client: &Client, verb: &str, request: Value) -> Result<Value, Status> {
    call(client, &format!("upnext.v1.SequenceService/{verb}"), request).await
}

/// Calls a verb that must succeed; answers the sequence of its answer.
async fn done(client: &Client, verb: &str, request: Value) -> Value {
    let answer = ask(client, verb, request).await;
    answer.unwrap_or_else(|status| panic!("{verb}: {status:?}"))["sequence"].take()
}

/// Calls a verb that must be refused.
async fn no(client: &Client, verb: &str, request: Value) -> Refused {
    refused(ask(client, verb, request).await)
}

/// Email, wait, phone call: the tour's.
fn steps() -> Value {
    json!([
        {"step_id": "hello", "display_name": "Say hello", "email": {}},
        {"step_id": "pause", "wait": {"delay": {"seconds": 10}}},
        {"step_id": "call", "display_name": "Call", "description": "Ask what they need", "phone_call": {"script": "Hi, this is …"}}])
}

fn create(id: &str, steps: Value) -> Value {
    json!({"sequence_id": id, "sequence": {"display_name": "Paid search follow-up", "steps": steps}})
}

/// Creates a sequence with the tour's steps.
async fn created(client: &Client, id: &str) -> Value {
    done(client, "CreateSequence", create(id, steps())).await
}

/// Creates and activates one.
async fn active(client: &Client, id: &str) -> Value {
    created(client, id).await;
    done(client, "ActivateSequence", json!({"name": id})).await
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}"))
}

#[tokio::test]
async fn a_sequence_is_created_as_a_draft_for_leads_and_becomes_active_with_its_first_revision() {
    let app = TestApp::new().await;
    let draft = created(&app.admin, "paid-search").await;
    assert_eq!((text(&draft, "name"), text(&draft, "state")), ("sequences/paid-search", "DRAFT"));
    assert_eq!((text(&draft, "recordType"), draft["draftChanged"].as_bool()), ("lead", Some(true)));
    assert_eq!(draft["steps"][2]["phoneCall"]["script"], "Hi, this is …");

    let answer = ask(&app.admin, "ActivateSequence", json!({"name": "sequences/paid-search"})).await;
    let answer = answer.expect("can be activated");
    assert_eq!(answer["feedOperation"].as_str().unwrap_or_default(), "");

    let active = &answer["sequence"];
    assert_eq!((text(active, "state"), active["revision"].as_i64()), ("ACTIVE", Some(1)));
    assert!(!active["draftChanged"].as_bool().unwrap_or_default());
    assert_ne!(text(active, "etag"), text(&draft, "etag"));
    for name in ["sequences/paid-search", "paid-search"] {
        assert_eq!(&done(&app.admin, "GetSequence", json!({"name": name})).await, active);
    }
}

#[tokio::test]
async fn steps_without_an_id_get_one_and_keep_it_and_new_ones_get_none_that_was_used() {
    let app = TestApp::new().await;
    let two = done(&app.admin, "CreateSequence", create("s", json!([{"email": {}}, {"task": {}}]))).await;
    assert_eq!(
        (&two["steps"][0]["stepId"], &two["steps"][1]["stepId"]),
        (&json!("step-1"), &json!("step-2"))
    );
    done(&app.admin, "ActivateSequence", json!({"name": "s"})).await;
    let shorter = json!([{"step_id": "step-1", "email": {}}]);
    let update = |steps: Value| json!({"sequence": {"name": "s", "steps": steps}});
    done(&app.admin, "UpdateSequence", update(shorter)).await;
    let longer = json!([{"step_id": "step-1", "email": {}}, {"phone_call": {}}]);
    let after = done(&app.admin, "UpdateSequence", update(longer)).await;
    assert_eq!(after["steps"][1]["stepId"], "step-3", "step-2 is a task in the first revision");
}

#[tokio::test]
async fn only_a_changed_draft_becomes_a_revision_and_the_list_shows_what_each_froze() {
    let app = TestApp::new().await;
    active(&app.admin, "s").await;
    let again = done(&app.admin, "ActivateSequence", json!({"name": "s"})).await;
    assert_eq!(again["revision"], 1);

    let change = json!({"sequence": {"name": "s", "display_name": "Renamed", "steps": [{"step_id": "call", "phone_call": {}}]}});
    let changed = done(&app.admin, "UpdateSequence", change).await;
    assert_eq!((&changed["state"], &changed["revision"]), (&json!("ACTIVE"), &json!(1)));
    assert_eq!(changed["draftChanged"], true);

    let activate = json!({"name": "s", "revision_description": "Shorter"});
    assert_eq!(done(&app.admin, "ActivateSequence", activate).await["revision"], 2);
    let list = |token: &str| json!({"parent": "s", "page_size": 1, "page_token": token});
    let first = ask(&app.admin, "ListSequenceRevisions", list("")).await.expect("lists");

    let newest = &first["sequenceRevisions"][0];
    assert_eq!(text(newest, "name"), "sequences/s/revisions/2");
    assert_eq!((text(newest, "revisionDescription"), text(newest, "displayName")), ("Shorter", "Renamed"));
    assert_eq!((newest.get("steps"), steps_of(&app, 2).await), (None, 1));

    let next = list(text(&first, "nextPageToken"));
    let last = ask(&app.admin, "ListSequenceRevisions", next).await.expect("lists");
    let oldest = &last["sequenceRevisions"][0];
    assert_eq!(
        (oldest["revision"].as_i64(), text(oldest, "displayName")),
        (Some(1), "Paid search follow-up")
    );
    assert_eq!((text(oldest, "recordType"), steps_of(&app, 1).await), ("lead", 3));
    assert_eq!(last["nextPageToken"].as_str().unwrap_or_default(), "");
}

/// How many steps a revision of `s` has.
async fn steps_of(app: &TestApp, revision: i32) -> usize {
    let get = json!({"name": format!("sequences/s/revisions/{revision}")});
    let got = ask(&app.admin, "GetSequenceRevision", get).await.expect("is there");
    got["sequenceRevision"]["steps"].as_array().map(Vec::len).unwrap_or_default()
}

#[tokio::test]
async fn a_sequence_is_deactivated_activated_again_deleted_and_brought_back() {
    let app = TestApp::new().await;
    active(&app.admin, "s").await;
    let name = || json!({"name": "s"});

    let inactive = done(&app.admin, "DeactivateSequence", name()).await;
    assert_eq!(text(&inactive, "state"), "INACTIVE");
    assert_eq!(done(&app.admin, "DeactivateSequence", json!({"name": "s", "mode": "DRAIN"})).await, inactive);

    let back = done(&app.admin, "ActivateSequence", name()).await;
    assert_eq!((text(&back, "state"), &back["revision"]), ("ACTIVE", &json!(1)));
    let deleted = done(&app.admin, "DeleteSequence", name()).await;
    assert_eq!(text(&deleted, "state"), "INACTIVE");
    assert!(deleted["deleteTime"].is_string());
    assert_eq!(done(&app.admin, "GetSequence", name()).await, deleted);
    for verb in ["DeleteSequence", "ActivateSequence", "DeactivateSequence"] {
        assert_eq!(no(&app.admin, verb, name()).await.reason, "RESOURCE_DELETED", "{verb}");
    }

    let update = json!({"sequence": {"name": "s", "display_name": "x"}});
    assert_eq!(no(&app.admin, "UpdateSequence", update).await.reason, "RESOURCE_DELETED");
    let taken = no(&app.admin, "CreateSequence", create("s", steps())).await;
    assert_eq!((taken.code, taken.reason.as_str()), (Code::AlreadyExists, "RESOURCE_EXISTS"));

    let undeleted = done(&app.admin, "UndeleteSequence", name()).await;
    assert_eq!((text(&undeleted, "state"), &undeleted["deleteTime"]), ("INACTIVE", &Value::Null));
    assert_eq!(done(&app.admin, "UndeleteSequence", name()).await, undeleted);

    created(&app.admin, "draft").await;
    done(&app.admin, "DeleteSequence", json!({"name": "draft"})).await;
    assert_eq!(text(&done(&app.admin, "UndeleteSequence", json!({"name": "draft"})).await, "state"), "DRAFT");
}

#[tokio::test]
async fn lists_are_ordered_by_id_filtered_and_hide_what_is_deleted() {
    let app = TestApp::new().await;
    for id in ["b", "C", "a"] {
        created(&app.admin, id).await;
    }
    done(&app.admin, "ActivateSequence", json!({"name": "a"})).await;
    done(&app.admin, "DeleteSequence", json!({"name": "b"})).await;

    let names = |answer: &Value| -> Vec<String> {
        let sequences = answer["sequences"].as_array().cloned().unwrap_or_default();
        sequences.iter().map(|sequence| text(sequence, "name").to_owned()).collect()
    };
    let list = async |request: Value| ask(&app.admin, "ListSequences", request).await.expect("lists");
    assert_eq!(names(&list(json!({})).await), ["sequences/C", "sequences/a"]);

    let first = list(json!({"show_deleted": true, "page_size": 2})).await;
    assert_eq!(names(&first), ["sequences/C", "sequences/a"]);
    let token = text(&first, "nextPageToken");
    let next = json!({"show_deleted": true, "page_size": 2, "page_token": token});
    assert_eq!(names(&list(next).await), ["sequences/b"]);

    let other = no(&app.admin, "ListSequences", json!({"page_token": token})).await;
    assert_eq!(other.reason, "PAGE_TOKEN_INVALID");
    let filter = r#"sequence.state == "ACTIVE" && sequence.record_type == "recordTypes/lead" && sequence.revision == 1"#;
    assert_eq!(names(&list(json!({"filter": filter})).await), ["sequences/a"]);

    let wrong = no(&app.admin, "ListSequences", json!({"filter": "sequence.stat == 3"})).await;
    assert_eq!(wrong.fields(), [("filter", "CONDITION_INVALID")]);
}

#[tokio::test]
async fn a_repeated_verb_gets_its_first_answer_and_other_content_is_refused() {
    let app = TestApp::new().await;
    let with_id = |mut request: Value| {
        request["request_id"] = json!(REQUEST_ID);
        request
    };
    let twice = async |verb: &str, request: Value| {
        let request = with_id(request);
        let first = ask(&app.admin, verb, request.clone()).await.expect("works once");
        assert_eq!(ask(&app.admin, verb, request.clone()).await.expect("is repeated"), first, "{verb}");
        let mut other = request;
        match verb {
            "CreateSequence" => other["sequence_id"] = json!("other"),
            "UpdateSequence" => other["sequence"]["name"] = json!("other"),
            _ => other["name"] = json!("other"),
        }
        assert_eq!(no(&app.admin, verb, other).await.reason, "REQUEST_ID_REUSED", "{verb}");
    };

    twice("CreateSequence", create("s", steps())).await;
    twice("UpdateSequence", json!({"sequence": {"name": "s", "display_name": "Renamed"}})).await;
    twice("ActivateSequence", json!({"name": "s"})).await;
    twice("DeactivateSequence", json!({"name": "s"})).await;
    twice("DeleteSequence", json!({"name": "s"})).await;
    twice("UndeleteSequence", json!({"name": "s"})).await;
}
