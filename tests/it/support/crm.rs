//! The CRM's side: records as a CRM sends them.

use serde_json::{Value, json};
use upnext::api::pb;
use upnext::api::pb::record_service_client::RecordServiceClient;
use upnext::api::pb::seller_service_client::SellerServiceClient;

use super::app::{Calls, Client};

/// The client of the record service.
pub type Records = RecordServiceClient<Calls>;

/// Calls about records, by this caller.
pub fn records(client: &Client) -> Records {
    RecordServiceClient::new(client.calls())
}

/// Attributes from a JSON object, as a gRPC client would send them.
pub fn attributes(object: &Value) -> prost_types::Struct {
    let fields = object.as_object().expect("an object").iter();
    prost_types::Struct { fields: fields.map(|(name, value)| (name.clone(), wire(value))).collect() }
}

fn wire(value: &Value) -> prost_types::Value {
    use prost_types::value::Kind;
    let kind = match value {
        Value::Null => Kind::NullValue(0),
        Value::Bool(value) => Kind::BoolValue(*value),
        Value::Number(number) => Kind::NumberValue(number.as_f64().expect("a double")),
        Value::String(text) => Kind::StringValue(text.clone()),
        Value::Array(items) => {
            Kind::ListValue(prost_types::ListValue { values: items.iter().map(wire).collect() })
        }
        Value::Object(_) => Kind::StructValue(attributes(value)),
    };
    prost_types::Value { kind: Some(kind) }
}

/// What an upsert says: an id and attributes.
pub fn upsert(id: &str, object: &Value) -> pb::RecordUpsert {
    pb::RecordUpsert {
        id: id.to_owned(),
        attributes: Some(attributes(object)),
        ..pb::RecordUpsert::default()
    }
}

/// A batch of leads.
pub fn leads(records: Vec<pb::RecordUpsert>) -> pb::BatchUpsertRecordsRequest {
    pb::BatchUpsertRecordsRequest { record_type: "lead".to_owned(), records, ..Default::default() }
}

/// Declares `origin`, `revenue` and `visits` for leads, as the tour does.
pub async fn declare_lead_attributes(records: &mut Records) {
    let declared = [
        ("origin", pb::attribute::Type::String),
        ("revenue", pb::attribute::Type::Double),
        ("visits", pb::attribute::Type::Int),
    ];
    let declared = declared
        .map(|(name, kind)| (name.to_owned(), pb::Attribute { r#type: kind.into(), ..Default::default() }));
    let request = pb::DeclareAttributesRequest {
        record_type: "lead".to_owned(),
        attributes: declared.into(),
        ..Default::default()
    };
    records.declare_attributes(request).await.expect("can be declared");
}

/// Upserts one lead, which must succeed.
pub async fn send(records: &mut Records, record: pb::RecordUpsert) -> pb::UpsertRecordResponse {
    let request = pb::UpsertRecordRequest {
        record_type: "lead".to_owned(),
        record: Some(record),
        ..pb::UpsertRecordRequest::default()
    };
    records.upsert_record(request).await.expect("is accepted").into_inner()
}

/// Creates a seller.
pub async fn seller(client: &Client, id: &str) {
    let seller = pb::Seller { display_name: id.to_owned(), ..pb::Seller::default() };
    let request =
        pb::CreateSellerRequest { seller_id: id.to_owned(), seller: Some(seller), request_id: String::new() };
    SellerServiceClient::new(client.calls()).create_seller(request).await.expect("is created");
}

/// An attribute of a record as JSON; null if it is missing.
pub fn attribute(record: &pb::Record, name: &str) -> Value {
    use prost_types::value::Kind;
    let fields = &record.attributes.as_ref().expect("records have attributes").fields;
    match fields.get(name).and_then(|value| value.kind.as_ref()) {
        Some(Kind::StringValue(text)) => json!(text),
        Some(Kind::NumberValue(number)) => json!(number),
        Some(Kind::BoolValue(value)) => json!(value),
        _ => Value::Null,
    }
}
