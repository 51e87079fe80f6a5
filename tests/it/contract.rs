//! The protos tell the truth: the server answers as a call's comment says about roles and errors,
//! and as a field's annotation says about updates.

use std::collections::BTreeSet;

use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MessageDescriptor, MethodDescriptor, Value};
use serde_json::{Map, json};
use upnext::api::pb::DESCRIPTORS;
use upnext::api::roles::{self, Access};

use super::support::app::TestApp;
use super::support::dynamic::call;
use super::support::promised::{ANY, COMMENTS, reasons};
use super::support::refused::{Refused, refused};

fn methods() -> Vec<MethodDescriptor> {
    let ours = DESCRIPTORS.services().filter(|service| service.full_name().starts_with("upnext.v1."));
    ours.flat_map(|service| service.methods().collect::<Vec<_>>()).collect()
}

fn name(method: &MethodDescriptor) -> String {
    format!("{}/{}", method.parent_service().full_name(), method.name())
}

#[test]
fn every_call_documents_its_roles_and_only_published_reasons() {
    let published = DESCRIPTORS.get_enum_by_name("upnext.v1.ErrorReason").expect("is published");
    let published: BTreeSet<String> = published.values().map(|value| value.name().to_owned()).collect();

    for method in methods() {
        let (name, comment) = (name(&method), &COMMENTS[&name(&method)]);
        let (_, access) = roles::access(&format!("/{name}")).expect("has a row in the table");
        let expected = match access {
            Access::Open => panic!("{name} is open"),
            Access::AnyRole => "any".to_owned(),
            Access::Roles(roles) => roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", "),
        };
        assert!(comment.contains(&format!("Roles: {expected}. Errors: ")), "{name}: {comment}");
        let unknown: Vec<_> = reasons(comment, "Errors: ").difference(&published).cloned().collect();
        assert_eq!(unknown, Vec::<String>::new(), "{name} names an unknown reason");
    }
}

/// A request whose fields are filled by `value`; those for which it has none are left out.
fn request(
    method: &MethodDescriptor,
    value: impl Fn(&FieldDescriptor) -> Option<Value>,
) -> serde_json::Value {
    let mut message = DynamicMessage::new(method.input());
    for field in method.input().fields() {
        if let Some(value) = value(&field) {
            message.set_field(&field, value);
        }
    }
    serde_json::to_value(&message).expect("has a JSON form")
}

/// Requests that are wrong in ways that any call may meet: nothing given, malformed names, a
/// page of less than nothing, a request id that is no UUID.
fn probes(method: &MethodDescriptor) -> Vec<serde_json::Value> {
    let text = |field: &FieldDescriptor| matches!(field.kind(), Kind::String) && !field.is_list();
    let malformed = request(method, |field| text(field).then(|| Value::String("no/such/name".to_owned())));
    let page = request(method, |field| (field.name() == "page_size").then_some(Value::I32(-1)));
    let id =
        request(method, |field| (field.name() == "request_id").then(|| Value::String("no UUID".to_owned())));
    vec![json!({}), malformed, page, id]
}

#[tokio::test]
async fn every_refusal_is_documented_in_the_calls_comment() {
    let app = TestApp::new().await;
    assert!(ANY.contains("FIELD_REQUIRED") && ANY.contains("CONFLICT"), "{ANY:?}");
    let mut refusals = 0;
    for method in methods() {
        let name = name(&method);
        for probe in probes(&method) {
            // The call itself compares what it is answered with the comment.
            refusals += usize::from(call(&app.admin, &name, probe.clone()).await.is_err());
        }
    }
    assert!(refusals > methods().len(), "most probes are refused: {refusals}");
}

/// The behaviours of a field, by number in `google.api.FieldBehavior`.
fn behaviour(field: &FieldDescriptor) -> Vec<i32> {
    let extension = DESCRIPTORS.get_extension_by_name("google.api.field_behavior").expect("is vendored");
    let options = field.options();
    let listed = options.get_extension(&extension);
    listed.as_list().into_iter().flatten().filter_map(Value::as_enum_number).collect()
}

const REQUIRED: i32 = 2;
const OUTPUT_ONLY: i32 = 3;
const IMMUTABLE: i32 = 5;
const IDENTIFIER: i32 = 8;

/// The fields of a resource that its annotations let an update set.
fn updatable(resource: &MessageDescriptor) -> BTreeSet<String> {
    let fixed = [OUTPUT_ONLY, IMMUTABLE, IDENTIFIER];
    let can = |field: &FieldDescriptor| !behaviour(field).iter().any(|behaviour| fixed.contains(behaviour));
    let fields = resource.fields().filter(can).map(|field| field.name().to_owned());
    // Says which state the caller saw; it is no part of what is set.
    fields.filter(|name| name != "etag").collect()
}

/// The fields that an update says it takes when its mask names none of them.
fn accepted(refused: &Refused) -> BTreeSet<String> {
    let wrong = refused.violations.iter().find(|(field, ..)| field == "update_mask.paths[0]");
    let (_, reason, text) = wrong.unwrap_or_else(|| panic!("{refused:?}"));
    assert_eq!(reason, "UPDATE_MASK_INVALID");
    let list = text.strip_prefix("must be one of ").and_then(|text| text.split_once(';'));
    let (list, _) = list.unwrap_or_else(|| panic!("{text}"));
    list.split(", ").map(|path| path.split('.').next().unwrap_or(path).to_owned()).collect()
}

#[tokio::test]
async fn updates_accept_exactly_the_fields_annotated_as_settable() {
    let app = TestApp::new().await;
    let mut updates = 0;

    // UpdateAttribute sets a part of a resource, and has no mask.
    let masked = |method: &MethodDescriptor| method.input().get_field_by_name("update_mask").is_some();
    for method in methods().into_iter().filter(masked) {
        updates += 1;
        let (name, input) = (name(&method), method.input());
        let field = input.fields().next().expect("the resource comes first");
        let Kind::Message(resource) = field.kind() else { panic!("{name} begins with its resource") };
        let mut request = Map::new();
        request.insert(field.name().to_owned(), json!({}));
        request.insert("update_mask".to_owned(), json!("nonsense"));
        let refused = refused(call(&app.admin, &name, request.into()).await);
        assert_eq!(accepted(&refused), updatable(&resource), "{name}");
    }
    assert_eq!(updates, 13);
}

#[test]
fn required_fields_are_annotated_like_the_validation_rules() {
    let rules = DESCRIPTORS.get_extension_by_name("buf.validate.field").expect("is vendored");
    for message in DESCRIPTORS.all_messages().filter(|message| message.package_name() == "upnext.v1") {
        for field in message.fields() {
            let options = field.options();
            let rules = options.get_extension(&rules);
            let required = rules.as_message().and_then(|rules| {
                rules.get_field_by_name("required").and_then(|required| required.as_bool())
            });
            if required == Some(true) {
                assert!(behaviour(&field).contains(&REQUIRED), "{} is required", field.full_name());
            }
        }
    }
}

#[test]
fn every_field_of_a_request_or_resource_has_a_field_behavior() {
    let resource = DESCRIPTORS.get_extension_by_name("google.api.resource").expect("is vendored");
    let roots = DESCRIPTORS.all_messages().filter(|message| {
        message.package_name() == "upnext.v1"
            && (message.name().ends_with("Request") || message.options().has_extension(&resource))
    });
    let mut open: Vec<MessageDescriptor> = roots.collect();
    let mut seen = BTreeSet::new();

    while let Some(message) = open.pop() {
        if message.package_name() != "upnext.v1" || !seen.insert(message.full_name().to_owned()) {
            continue;
        }
        for field in message.fields() {
            // The members of a choice are what it says of itself.
            let chosen = field.containing_oneof().is_some_and(|oneof| !oneof.is_synthetic());
            if !chosen && !message.is_map_entry() {
                assert!(!behaviour(&field).is_empty(), "{} says nothing", field.full_name());
            }
            let is_told = behaviour(&field).contains(&OUTPUT_ONLY);
            if let (Kind::Message(below), false) = (field.kind(), is_told) {
                open.push(below);
            }
        }
    }
}
