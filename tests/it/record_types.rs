//! Record types through the whole server.

use tonic::Code;
use upnext::api::pb;
use upnext::api::pb::attribute::Type;

use super::support::app::TestApp;
use super::support::crm::records;
use super::support::refused::refused;

fn attribute(kind: Type, reference_type: &str) -> pb::Attribute {
    pb::Attribute { r#type: kind.into(), reference_type: reference_type.to_owned() }
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
        request_id: String::new(),
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
