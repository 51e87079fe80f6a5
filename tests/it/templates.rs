//! Email templates through the whole server.

use serde_json::{Value, json};
use tonic::{Code, Status};

use super::support::app::{Client, TestApp};
use super::support::dynamic::call;
use super::support::refused::refused;

async fn ask(client: &Client, verb: &str, request: Value) -> Result<Value, Status> {
    call(client, &format!("upnext.v1.TemplateService/{verb}"), request).await
}

async fn sequences(client: &Client, verb: &str, request: Value) -> Result<Value, Status> {
    call(client, &format!("upnext.v1.SequenceService/{verb}"), request).await
}

fn intro() -> Value {
    json!({"template_id": "intro", "template": {"display_name": "Intro", "email": {"subject": "Hello {{ record.email }}", "body": "Hi"}}})
}

async fn with_template() -> (TestApp, Value) {
    let app = TestApp::new().await;
    let template = ask(&app.admin, "CreateTemplate", intro()).await.expect("can be created");
    (app, template["template"].clone())
}

fn email(sequence_id: &str, template: &str) -> Value {
    let steps = json!([{"step_id": "mail", "email": {"template": template}}]);
    json!({"sequence_id": sequence_id, "sequence": {"display_name": "Mail", "steps": steps}})
}

#[tokio::test]
async fn a_template_is_created_read_changed_and_deleted() {
    let (app, created) = with_template().await;
    assert_eq!((&created["name"], &created["recordType"]), (&json!("templates/intro"), &json!("lead")));
    let read = ask(&app.admin, "GetTemplate", json!({"name": "intro"})).await.expect("exists");
    assert_eq!(read["template"], created);

    let again = refused(ask(&app.admin, "CreateTemplate", intro()).await);
    assert_eq!((again.code, again.reason.as_str()), (Code::AlreadyExists, "RESOURCE_EXISTS"));
    let etag = &created["etag"];
    let update = json!({"template": {"name": "templates/intro", "etag": etag, "email": {"body": ""}}, "update_mask": "email.body"});

    let changed = ask(&app.admin, "UpdateTemplate", update.clone()).await.expect("fits");
    let changed = &changed["template"];
    assert_eq!(
        (changed["email"]["body"].as_str().unwrap_or_default(), &changed["email"]["subject"]),
        ("", &created["email"]["subject"])
    );

    let stale = refused(ask(&app.admin, "UpdateTemplate", update).await);
    assert_eq!((stale.code, stale.reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));
    let stale = refused(ask(&app.admin, "DeleteTemplate", json!({"name": "intro", "etag": etag})).await);
    assert_eq!(stale.reason, "ETAG_MISMATCH");

    let delete = json!({"name": "intro", "request_id": "0190c0de-0000-7000-8000-000000000001"});
    ask(&app.admin, "DeleteTemplate", delete.clone()).await.expect("nobody uses it");
    ask(&app.admin, "DeleteTemplate", delete).await.expect("is repeated");

    let gone = refused(ask(&app.admin, "DeleteTemplate", json!({"name": "intro"})).await);
    assert_eq!((gone.code, gone.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"));
}

#[tokio::test]
async fn all_problems_of_a_template_are_reported_at_once() {
    let (app, _) = with_template().await;
    let long = json!({"template_id": "x", "template": {"email": {"subject": "x".repeat(1_001), "body": "x".repeat(100_001)}}});
    let wrong = refused(ask(&app.admin, "CreateTemplate", long).await);
    let expected = [
        ("template.display_name", "FIELD_REQUIRED"),
        ("template.email.subject", "FIELD_TOO_LONG"),
        ("template.email.body", "FIELD_TOO_LONG"),
    ];
    assert_eq!(wrong.fields(), expected);

    let boat =
        json!({"template_id": "x", "template": {"display_name": "X", "record_type": "boat", "email": {}}});
    let wrong = refused(ask(&app.admin, "CreateTemplate", boat).await);
    assert_eq!(wrong.fields(), [("template.record_type", "REFERENCE_NOT_FOUND")]);

    let retyped = json!({"template": {"name": "intro", "record_type": "contact"}});
    let wrong = refused(ask(&app.admin, "UpdateTemplate", retyped).await);
    assert_eq!(wrong.fields(), [("template.record_type", "FIELD_IMMUTABLE")]);
}

#[tokio::test]
async fn a_template_is_named_by_steps_of_its_record_type_and_kept_while_it_is() {
    let (app, _) = with_template().await;
    let created = sequences(&app.admin, "CreateSequence", email("s", "intro")).await.expect("it is known");
    assert_eq!(created["sequence"]["steps"][0]["email"]["template"], "templates/intro");

    let mut contacts = email("c", "intro");
    contacts["sequence"]["record_type"] = json!("contact");
    let wrong = refused(sequences(&app.admin, "CreateSequence", contacts).await);
    assert_eq!(wrong.fields(), [("sequence.steps[0].email.template", "TEMPLATE_UNKNOWN")]);

    let delete = || ask(&app.admin, "DeleteTemplate", json!({"name": "intro"}));
    let used = refused(delete().await);
    assert_eq!((used.code, used.reason.as_str()), (Code::FailedPrecondition, "TEMPLATE_IN_USE"));
    assert_eq!(used.metadata["sequences"], "sequences/s");

    sequences(&app.admin, "ActivateSequence", json!({"name": "s"})).await.expect("can be activated");
    let without = json!({"sequence": {"name": "s", "steps": [{"step_id": "mail", "email": {}}]}});
    sequences(&app.admin, "UpdateSequence", without).await.expect("fits");
    assert_eq!(refused(delete().await).reason, "TEMPLATE_IN_USE", "the newest revision names it");

    sequences(&app.admin, "ActivateSequence", json!({"name": "s"})).await.expect("can be activated");
    delete().await.expect("nothing that can run names it");
    let first = json!({"name": "sequences/s/revisions/1"});
    let first = sequences(&app.admin, "GetSequenceRevision", first).await.expect("is kept");

    let old = &first["sequenceRevision"]["steps"][0]["email"]["template"];
    assert!(old.as_str().is_some_and(|name| name.starts_with("templates/")), "{old}");
}

#[tokio::test]
async fn a_template_that_a_deleted_sequence_names_keeps_it_from_coming_back_to_life() {
    let (app, _) = with_template().await;
    sequences(&app.admin, "CreateSequence", email("s", "intro")).await.expect("it is known");
    sequences(&app.admin, "DeleteSequence", json!({"name": "s"})).await.expect("it isn't used");
    ask(&app.admin, "DeleteTemplate", json!({"name": "intro"}))
        .await
        .expect("only a deleted sequence names it");
    sequences(&app.admin, "UndeleteSequence", json!({"name": "s"})).await.expect("comes back as a draft");
    let wrong = refused(sequences(&app.admin, "ActivateSequence", json!({"name": "s"})).await);
    assert_eq!(wrong.fields(), [("steps[0].email.template", "TEMPLATE_UNKNOWN")]);
}

#[tokio::test]
async fn templates_are_listed_by_id_and_hidden_from_other_organizations() {
    let (app, _) = with_template().await;
    for id in ["b", "a"] {
        let request = json!({"template_id": id, "template": {"display_name": "X", "record_type": "contact", "email": {}}});
        ask(&app.admin, "CreateTemplate", request).await.expect("can be created");
    }

    let names = |answer: &Value| -> Vec<String> {
        let templates = answer["templates"].as_array().cloned().unwrap_or_default();
        templates.iter().filter_map(|template| template["name"].as_str().map(str::to_owned)).collect()
    };
    let first = ask(&app.admin, "ListTemplates", json!({"page_size": 2})).await.expect("lists");
    assert_eq!(names(&first), ["templates/a", "templates/b"]);

    let next = json!({"page_size": 2, "page_token": first["nextPageToken"]});
    assert_eq!(names(&ask(&app.admin, "ListTemplates", next).await.expect("lists")), ["templates/intro"]);
    let leads = json!({"filter": r#"template.record_type == "recordTypes/lead""#});
    assert_eq!(names(&ask(&app.admin, "ListTemplates", leads).await.expect("lists")), ["templates/intro"]);

    let other = app.other_organization().await;
    assert_eq!(names(&ask(&other, "ListTemplates", json!({})).await.expect("lists")), [""; 0]);
    for verb in ["GetTemplate", "DeleteTemplate"] {
        let hidden = refused(ask(&other, verb, json!({"name": "intro"})).await);
        assert_eq!(hidden.code, Code::NotFound, "{verb}");
    }

    let update = json!({"template": {"name": "intro", "display_name": "Mine"}});
    assert_eq!(refused(ask(&other, "UpdateTemplate", update).await).code, Code::NotFound);
}
