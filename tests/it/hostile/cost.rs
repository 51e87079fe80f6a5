//! No request can freeze a server: what each may cost of the processor is measured, and is at most
//! a millisecond for each KiB of it.

use std::time::Duration;

use bytes::Bytes;
use prost::Message;
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, MapKey, MessageDescriptor, Value};
use serde_json::{Value as Json, json};
use tonic::Code;

use super::serving::{Serving, proc};
use super::wire::{Answer, exchange, framed, headers};
use super::{corpus, generate::Generator, is_long, methods};
use crate::support::app::Client;
use crate::support::database::TestDatabase;
use crate::support::dynamic::method;
use crate::support::victim::Victim;

/// What a call may cost besides its bytes: a server of a debug build, its loops, and the ticks in
/// which the system counts.
const CONSTANT: Duration = Duration::from_millis(600);
const PER_KIB: Duration = Duration::from_millis(1);
/// How often the system counts: a hundred times per second.
const TICK: Duration = Duration::from_millis(10);
/// Longer than a call here takes that is within its cost.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long a stream, or a call that waits by contract, is listened to.
const LISTENING: Duration = Duration::from_millis(200);

/// A server in a process of its own, whose processor time is read.
struct Measured {
    victim: Victim,
    admin: Client,
    _database: TestDatabase,
}

impl Measured {
    async fn new() -> Self {
        let Serving { victim, admin, database } = Serving::new().await;
        let ana = json!({"seller_id": "ana", "seller": {"display_name": "Ana"}});
        admin.done("SellerService/CreateSeller", ana).await;
        // As many names as a record type can have, each far from and near to others.
        let declared: serde_json::Map<_, _> = (0..490)
            .map(|number| (format!("{}{number}", "declared_attribute_".repeat(3)), json!({"type": "STRING"})))
            .collect();
        admin.declare(Json::Object(declared)).await;
        Self { victim, admin, _database: database }
    }

    /// Makes one call, and fails if it cost more than its bytes allow.
    async fn call(&self, name: &str, what: &str, message: &[u8]) -> Option<Answer> {
        let method = method(name);
        let waits = super::waits(&method);
        let patience = if waits { LISTENING } else { PATIENCE };
        let (path, before) = (format!("/{name}"), self.spent());
        let sent = headers(Some(&self.admin.secret));
        let answer = exchange(&self.victim.channel(), &path, sent, framed(message), patience).await;
        let spent = self.spent() - before;

        let allowed = CONSTANT + PER_KIB * u32::try_from(message.len() / 1024).expect("fits");
        let size = message.len();
        assert!(spent <= allowed, "{name} with {what}, {size} bytes: {spent:?}, {allowed:?} allowed");
        assert!(waits || answer.is_ok(), "{name} with {what}: {answer:?}");
        answer.ok()
    }

    /// The processor time that the server has used.
    fn spent(&self) -> Duration {
        let stat = proc(self.victim.id(), "stat");
        // The name, in brackets, may contain spaces. User and system time are the 14th and 15th.
        let (_, fields) = stat.rsplit_once(')').expect("has a name");
        let ticks = fields.split_whitespace().skip(11).take(2);
        let ticks: u32 = ticks.map(|ticks| ticks.parse::<u32>().expect("a number")).sum();
        TICK * ticks
    }

    async fn judged(&self, name: &str, what: &str, request: Json) -> Code {
        let message = DynamicMessage::deserialize(method(name).input(), request).expect("fits its type");
        let answer = self.call(name, what, &message.encode_to_vec()).await.expect("is answered");
        answer.status.expect("a status").code()
    }
}

fn many<T>(count: usize, one: impl Fn(usize) -> T) -> Vec<T> {
    (0..count).map(one).collect()
}

#[tokio::test]
async fn far_too_long_lists_cost_no_more_than_their_bytes() {
    let server = Measured::new().await;
    let seller = |number| format!("not a seller {number}");
    let rule = json!({"display_name": "x", "listed": {"sellers": many(200_000, seller)}});
    let request = json!({"parent": "segments/x", "assignment_rule_id": "x", "assignment_rule": rule});
    let rules = "upnext.v1.SegmentService/CreateAssignmentRule";
    assert_eq!(server.judged(rules, "200,000 sellers", request).await, Code::InvalidArgument);

    let bad = |number| (format!("not a name {number}"), json!({"type": "STRING"}));
    let attributes: serde_json::Map<_, _> = many(60_000, bad).into_iter().collect();
    let declare = "upnext.v1.RecordService/DeclareAttributes";
    let request = json!({"record_type": "lead", "attributes": attributes});
    assert_eq!(server.judged(declare, "60,000 names", request).await, Code::InvalidArgument);

    let step = |number| json!({"step_id": format!("not an id {number}"), "task": {}});
    let sequence = json!({"display_name": "x", "record_type": "lead", "steps": many(40_000, step)});
    let create = "upnext.v1.SequenceService/CreateSequence";
    let request = json!({"sequence_id": "x", "sequence": sequence});
    assert_eq!(server.judged(create, "40,000 steps", request).await, Code::InvalidArgument);

    let paths = many(100_000, |number| format!("field{number}")).join(",");
    let update = "upnext.v1.SellerService/UpdateSeller";
    let request = json!({"seller": {"name": "ana"}, "update_mask": paths});
    assert_eq!(server.judged(update, "100,000 paths", request).await, Code::InvalidArgument);

    let roles = many(200_000, |_| "WORKER");
    let create = "upnext.v1.ApiKeyService/CreateApiKey";
    let request = json!({"api_key": {"display_name": "x", "roles": roles}});
    assert_eq!(server.judged(create, "200,000 roles", request).await, Code::InvalidArgument);

    let items = many(100_000, |_| json!({}));
    let complete = "upnext.v1.WorkQueueService/BatchCompleteActivities";
    assert_eq!(
        server.judged(complete, "100,000 items", json!({"requests": items})).await,
        Code::InvalidArgument
    );
}

#[tokio::test]
async fn undeclared_names_cost_no_more_than_their_bytes() {
    let server = Measured::new().await;
    let upsert = "upnext.v1.RecordService/UpsertRecord";
    let named = |count: usize| -> serde_json::Map<_, _> {
        many(count, |number| (format!("{}{number}", "declared_attribute_".repeat(3)), json!("x")))
            .into_iter()
            .map(|(name, value)| (format!("{name}_"), value))
            .collect()
    };
    for count in [500, 4_000] {
        let request = json!({"record_type": "lead", "record": {"id": "x", "attributes": named(count)}});
        assert_eq!(server.judged(upsert, "undeclared names", request).await, Code::InvalidArgument);
    }

    let records = many(1_000, |number| json!({"id": format!("r{number}"), "attributes": named(50)}));
    let batch = "upnext.v1.RecordService/BatchUpsertRecords";
    let request = json!({"record_type": "lead", "records": records});
    assert_eq!(server.judged(batch, "1,000 × 50 undeclared names", request).await, Code::Ok);
}

#[tokio::test]
async fn conditions_cost_no_more_than_their_bytes() {
    let server = Measured::new().await;
    let unknown = many(90, |number| format!("record.declared_attribute_declared_{number} == 1")).join(" && ");
    let conditions = [
        ("unknown names", unknown),
        ("too many characters", "record.name == \"x\" || ".repeat(100_000)),
        ("brackets", "(".repeat(4_000)),
        ("operators", "!".repeat(4_000)),
        ("a list", format!("record.name in [{}]", many(480, |number| format!("\"{number}\"")).join(", "))),
    ];

    for (what, condition) in conditions {
        for (name, field) in [
            ("upnext.v1.SegmentService/PreviewSegment", "condition"),
            ("upnext.v1.RecordService/ListRecords", "filter"),
        ] {
            let request = json!({"record_type": "lead", field: condition});
            server.judged(name, what, request).await;
        }
    }
}

/// The bytes of the large field of a fuzzed request.
fn large() -> usize {
    if is_long() { 2 << 20 } else { 96 << 10 }
}

#[tokio::test]
async fn every_field_of_every_rpc_may_be_large_and_costs_no_more_than_its_bytes() {
    let server = Measured::new().await;
    let mut generator = Generator::new(7);
    let mut judged = 0;

    for method in methods() {
        let name = format!("{}/{}", method.parent_service().full_name(), method.name());
        let usual = corpus::request(method.name(), &mut generator);
        let usual = DynamicMessage::deserialize(method.input(), usual).expect("the request fits its type");
        for path in paths(&method.input(), 4) {
            let mut request = usual.clone();
            let shown: Vec<_> = path.iter().map(|field| field.name()).collect();
            fill(&mut request, &path);
            server.call(&name, &shown.join("."), &request.encode_to_vec()).await;
            judged += 1;
        }
    }

    assert!(judged > 200, "{judged} fields");
}

/// The ways to all fields that can be large, through at most `depth` messages.
fn paths(message: &MessageDescriptor, depth: usize) -> Vec<Vec<FieldDescriptor>> {
    let below = |field: FieldDescriptor| {
        let mut found = Vec::new();
        if field.is_list() || field.is_map() || matches!(field.kind(), Kind::String | Kind::Bytes) {
            found.push(vec![field.clone()]);
        }
        if let (Kind::Message(inner), false) = (field.kind(), field.is_map())
            && depth > 1
        {
            let inner = paths(&inner, depth - 1).into_iter();
            found.extend(inner.map(|rest| [vec![field.clone()], rest].concat()));
        }
        found
    };

    message.fields().flat_map(below).collect()
}

/// Makes the field at the end of the way large.
fn fill(message: &mut DynamicMessage, path: &[FieldDescriptor]) {
    let [field, rest @ ..] = path else { return };
    let large = large();
    if rest.is_empty() {
        let value = match field.kind() {
            _ if field.is_map() => entries(field, large),
            _ if field.is_list() => Value::List(many(large / 12, |number| element(&field.kind(), number))),
            Kind::Bytes => Value::Bytes(Bytes::from(vec![b'x'; large])),
            _ => Value::String("x y ".repeat(large / 4)),
        };
        return message.set_field(field, value);
    }

    let mut inner = match message.get_field(field).into_owned() {
        Value::Message(inner) => inner,
        Value::List(items) => match items.first().and_then(Value::as_message) {
            Some(first) => first.clone(),
            None => DynamicMessage::new(field.kind().as_message().expect("is one").clone()),
        },
        _ => return,
    };
    fill(&mut inner, rest);
    let inner = Value::Message(inner);
    message.set_field(field, if field.is_list() { Value::List(vec![inner]) } else { inner });
}

fn entries(field: &FieldDescriptor, large: usize) -> Value {
    let kind = field.kind();
    let entry = kind.as_message().expect("maps have entries");
    let value = entry.map_entry_value_field().kind();
    let one = |number| (MapKey::String(format!("not a name {number}")), element(&value, number));
    Value::Map(many(large / 24, one).into_iter().collect())
}

fn element(kind: &Kind, number: usize) -> Value {
    match kind {
        Kind::Message(message) => {
            let mut element = DynamicMessage::new(message.clone());

            // A text in it, so that no two are alike.
            if let Some(text) =
                message.fields().find(|field| field.kind() == Kind::String && !field.is_list())
            {
                element.set_field(&text, Value::String(format!("not {number}")));
            }
            Value::Message(element)
        }
        Kind::String => Value::String(format!("not {number}")),
        Kind::Enum(_) => Value::EnumNumber(i32::try_from(number % 9).expect("fits")),
        kind => kind.default_value(),
    }
}
