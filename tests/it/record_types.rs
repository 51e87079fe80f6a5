//! Record types through the whole server.

use serde_json::{Value, json};
use tonic::Code;
use upnext::api::pb;
use upnext::api::pb::attribute::Type;

use super::support::app::TestApp;
use super::support::crm::records;
use super::support::dynamic::call;
use super::support::refused::{Refused, refused};

fn attribute(kind: Type, reference_type: &str) -> pb::Attribute {
    pb::Attribute { r#type: kind.into(), reference_type: reference_type.to_owned(), ..Default::default() }
}

fn partner(attributes: &[(&str, pb::Attribute)]) -> pb::CreateRecordTypeRequest {
    let record_type = pb::RecordType {
        display_name: "Partner".to_owned(),
        attributes: attributes.iter().map(|(name, kind)| ((*name).to_owned(), kind.clone())).collect(),
        ..pb::RecordType::default()
    };
    pb::CreateRecordTypeRequest {
        record_type_id: "partner".to_owned(),
        record_type: Some(record_type),
        request_id: String::new(),
    }
}

fn declare(attributes: &[(&str, pb::Attribute)]) -> pb::DeclareAttributesRequest {
    pb::DeclareAttributesRequest {
        record_type: "lead".to_owned(),
        attributes: attributes.iter().map(|(name, kind)| ((*name).to_owned(), kind.clone())).collect(),
        ..Default::default()
    }
}

#[tokio::test]
async fn every_organization_has_the_built_in_record_types() {
    let app = TestApp::new().await;
    let mut types = records(&app.admin);
    let request = pb::ListRecordTypesRequest { page_size: 3, page_token: String::new() };
    let first = types.list_record_types(request.clone()).await.expect("lists").into_inner();
    let request = pb::ListRecordTypesRequest { page_token: first.next_page_token, ..request };
    let last = types.list_record_types(request).await.expect("lists").into_inner();
    assert_eq!(last.next_page_token, "");
    let all: Vec<_> = first.record_types.into_iter().chain(last.record_types).collect();
    let names: Vec<_> = all.iter().map(|one| one.name.trim_start_matches("recordTypes/")).collect();
    assert_eq!(names, ["account", "contact", "insight", "lead", "opportunity"]);
    assert!(
        all.iter().all(|one| one.built_in && one.attributes.len() == 5 && one.email_attribute == "email")
    );
}

#[tokio::test]
async fn a_custom_record_type_is_created_once_and_refers_to_what_exists() {
    let app = TestApp::new().await;
    let mut types = records(&app.admin);
    let sound =
        [("account", attribute(Type::Reference, "account")), ("tags", attribute(Type::StringList, ""))];

    let made = types.create_record_type(partner(&sound)).await.expect("is created").into_inner();
    let made = made.record_type.expect("the answer has the record type");
    assert_eq!((made.name.as_str(), made.built_in), ("recordTypes/partner", false));

    let request = pb::GetRecordTypeRequest { name: "partner".to_owned() };
    let read = types.get_record_type(request).await.expect("exists").into_inner().record_type;
    assert_eq!(read, Some(made));

    let again = refused(types.create_record_type(partner(&sound)).await);
    assert_eq!((again.code, again.reason.as_str()), (Code::AlreadyExists, "RESOURCE_EXISTS"));
    let dangling = [("account", attribute(Type::Reference, "acount"))];

    let told = refused(types.create_record_type(partner(&dangling)).await);
    let field = "record_type.attributes[\"account\"].reference_type";
    assert_eq!(told.fields(), [(field, "REFERENCE_NOT_FOUND")]);
}

#[tokio::test]
async fn roles_name_declared_attributes() {
    let app = TestApp::new().await;
    let mut request = partner(&[("mail", attribute(Type::Int, ""))]);
    if let Some(record_type) = &mut request.record_type {
        record_type.email_attribute = "mail".to_owned();
        record_type.display_name_attribute = "title".to_owned();
        record_type.display_name.clear();
    }

    let told = refused(records(&app.admin).create_record_type(request).await);
    let expected = [
        ("record_type.display_name", "FIELD_REQUIRED"),
        ("record_type.display_name_attribute", "ATTRIBUTE_UNKNOWN"),
        ("record_type.email_attribute", "FIELD_INVALID"),
    ];
    assert_eq!(told.fields(), expected);
}

#[tokio::test]
async fn attributes_are_added_and_never_change_their_type() {
    let app = TestApp::new().await;
    let mut types = records(&app.admin);
    let origin = declare(&[("origin", attribute(Type::String, "")), ("email", attribute(Type::String, ""))]);
    let first = types.declare_attributes(origin.clone()).await.expect("can be declared").into_inner();
    assert!(first.record_type.as_ref().is_some_and(|lead| lead.attributes.contains_key("origin")));

    let again = types.declare_attributes(origin).await.expect("is the same").into_inner();
    assert_eq!(again, first);
    let conflict = declare(&[("origin", attribute(Type::Int, ""))]);
    let told = refused(types.declare_attributes(conflict).await);
    assert_eq!((told.code, told.reason.as_str()), (Code::FailedPrecondition, "ATTRIBUTE_TYPE_CONFLICT"));

    let wrong = declare(&[
        ("first name", attribute(Type::String, "")),
        ("owner", attribute(Type::String, "")),
        ("parent", attribute(Type::Reference, "")),
    ]);
    let told = refused(types.declare_attributes(wrong).await);

    let fields: Vec<_> = told.fields().iter().map(|(field, _)| (*field).to_owned()).collect();
    assert!(fields.contains(&"attributes[\"parent\"].reference_type".to_owned()), "{fields:?}");
}

#[tokio::test]
async fn a_declaration_that_is_only_checked_is_refused_alike_and_changes_nothing() {
    let app = TestApp::new().await;
    let only =
        |attributes: Value| json!({"record_type": "lead", "validate_only": true, "attributes": attributes});
    let method = "RecordService/DeclareAttributes";
    let lead = || done(&app, "RecordService/GetRecordType", json!({"name": "lead"}));
    let before = lead().await;

    let mut fine = only(json!({"tier": {"type": "INT"}}));
    fine["request_id"] = json!("0190c0de-0000-7000-8000-000000000001");
    assert_eq!(done(&app, method, fine.clone()).await["record_type"], before["record_type"]);
    for (attributes, field) in [
        (json!({"state": {"type": "STRING"}}), "attributes[\"state\"]"),
        (json!({"a": {"type": "REFERENCE", "reference_type": "acount"}}), "attributes[\"a\"].reference_type"),
    ] {
        assert_eq!(refused_call(&app, method, only(attributes)).await.fields()[0].0, field);
    }
    assert_eq!(lead().await, before);

    fine["validate_only"] = json!(false);
    done(&app, method, fine).await;
    assert_ne!(lead().await, before);
}

async fn done(app: &TestApp, method: &str, request: Value) -> Value {
    let answer = call(&app.admin, &format!("upnext.v1.{method}"), request.clone()).await;
    answer.unwrap_or_else(|status| panic!("{method} {request}: {status:?}"))
}

async fn refused_call(app: &TestApp, method: &str, request: Value) -> Refused {
    refused(call(&app.admin, &format!("upnext.v1.{method}"), request).await)
}

#[tokio::test]
async fn a_deleted_attribute_takes_its_values_along_and_its_name_is_free_again() {
    let app = TestApp::new().await;
    let declare = |kind: &str| json!({"record_type": "lead", "attributes": {"postal": {"type": kind}, "origin": {"type": "STRING"}}});
    done(&app, "RecordService/DeclareAttributes", declare("INT")).await;
    let records: Vec<Value> = (0..1_500)
        .map(|number| json!({"id": format!("l{number}"), "attributes": {"postal": number, "origin": "web"}}))
        .collect();
    for records in records.chunks(1_000) {
        done(&app, "RecordService/BatchUpsertRecords", json!({"record_type": "lead", "records": records}))
            .await;
    }
    done(
        &app,
        "RecordService/CloseRecord",
        json!({"name": "recordTypes/lead/records/l3", "close_outcome": "WON"}),
    )
    .await;
    let delete = json!({"record_type": "lead", "attribute": "postal"});
    let deleted = done(&app, "RecordService/DeleteAttribute", delete.clone()).await;
    assert!(deleted["recordType"]["attributes"].get("postal").is_none(), "{deleted}");
    let operation = deleted["eraseOperation"].as_str().expect("there are values to erase").to_owned();

    let seen = done(&app, "RecordService/GetRecord", json!({"name": "recordTypes/lead/records/l7"})).await;
    assert_eq!(seen["record"]["attributes"], json!({"origin": "web"}));
    let early = refused_call(&app, "RecordService/DeclareAttributes", declare("STRING")).await;
    assert!(early.reason == "ATTRIBUTE_IN_USE" && early.message.contains(&operation), "{early:?}");
    let cancel =
        call(&app.admin, "google.longrunning.Operations/CancelOperation", json!({"name": operation})).await;
    assert_eq!(refused(cancel).reason, "OPERATION_NOT_CANCELABLE");
    assert_eq!(
        refused_call(&app, "RecordService/DeleteAttribute", delete).await.reason,
        "RESOURCE_NOT_FOUND"
    );

    app.run_until_idle().await;
    let ended =
        call(&app.admin, "google.longrunning.Operations/GetOperation", json!({"name": operation})).await;
    let ended = ended.expect("is there");
    assert_eq!((&ended["done"], &ended["response"]["doneCount"]), (&json!(true), &json!("1500")), "{ended}");
    let left = "SELECT count(*) FROM record WHERE attributes ? 'postal'";
    let left: i64 = sqlx::query_scalar(left).fetch_one(&app.database.pool()).await.expect("counts");
    assert_eq!(left, 0);
    done(&app, "RecordService/DeclareAttributes", declare("STRING")).await;
    let code = json!({"record_type": "lead", "record": {"id": "l7", "attributes": {"postal": "02138"}}});
    let record = done(&app, "RecordService/UpsertRecord", code).await;
    assert_eq!(record["record"]["attributes"]["postal"], "02138");
}

#[tokio::test]
async fn an_attribute_or_a_type_in_use_stays_and_its_users_are_named() {
    let app = TestApp::new().await;
    let partner = json!({"record_type_id": "partner", "record_type": {"display_name": "Partner", "attributes": {
        "tier": {"type": "STRING"}, "mail": {"type": "STRING"}}, "email_attribute": "mail"}});
    done(&app, "RecordService/CreateRecordType", partner).await;
    let segment = json!({"segment_id": "gold", "segment": {"display_name": "Gold", "record_type": "partner",
        "condition": "record.tier == \"gold\""}});
    done(&app, "SegmentService/CreateSegment", segment).await;
    let rule = json!({"parent": "segments/gold", "assignment_rule_id": "all", "assignment_rule": {"display_name": "All",
        "condition": "has(record.tier)", "listed": {"sellers": []}}});
    let _ = call(&app.admin, "upnext.v1.SegmentService/CreateAssignmentRule", rule).await;
    let delete = |attribute: &str| json!({"record_type": "partner", "attribute": attribute});
    let tier = refused_call(&app, "RecordService/DeleteAttribute", delete("tier")).await;
    assert!(tier.reason == "ATTRIBUTE_IN_USE" && tier.message.contains("segments/gold"), "{tier:?}");
    let mail = refused_call(&app, "RecordService/DeleteAttribute", delete("mail")).await;
    assert!(mail.message.contains("email_attribute of recordTypes/partner"), "{mail:?}");
    let lead = refused_call(&app, "RecordService/DeleteRecordType", json!({"name": "lead"})).await;
    assert!(lead.reason == "RESOURCE_BUILT_IN" && lead.message.contains("every organization"), "{lead:?}");
    let used = refused_call(&app, "RecordService/DeleteRecordType", json!({"name": "partner"})).await;
    assert!(used.reason == "RECORD_TYPE_IN_USE" && used.message.contains("segments/gold"), "{used:?}");

    let elsewhere = json!({"record_type": {"name": "partner", "display_name_attribute": "mail"}, "update_mask": "displayNameAttribute,emailAttribute"});
    let updated = done(&app, "RecordService/UpdateRecordType", elsewhere).await;
    assert_eq!(updated["recordType"]["displayNameAttribute"], "mail");
    assert_eq!(updated["recordType"].get("emailAttribute"), None);
    let wrong = json!({"record_type": {"name": "partner", "email_attribute": "nothing"}});
    let wrong = refused_call(&app, "RecordService/UpdateRecordType", wrong).await;
    assert_eq!(wrong.fields(), [("record_type.email_attribute", "ATTRIBUTE_UNKNOWN")]);
    done(&app, "SegmentService/DeleteSegment", json!({"name": "gold"})).await;
    done(&app, "RecordService/DeleteAttribute", delete("tier")).await;
    done(&app, "RecordService/DeleteRecordType", json!({"name": "partner"})).await;
    let gone = refused_call(&app, "RecordService/GetRecordType", json!({"name": "partner"})).await;
    assert_eq!(gone.reason, "RESOURCE_NOT_FOUND");
}
