//! Messages made from descriptors: values at every edge, mixed with names of things that exist, so
//! that calls go deep.

use std::collections::HashMap;

use prost_reflect::{
    DynamicMessage, FieldDescriptor, Kind, MapKey, MessageDescriptor, ReflectMessage, Value,
};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};

use super::known::Known;
use super::texts::{CONDITIONS, ODD, PATHS};

/// The deepest message that is made; Struct goes beyond it on its own.
const DEEPEST: usize = 6;

/// Makes messages; the same seed makes the same ones from the same answers.
pub struct Generator {
    /// The one source of chance.
    pub random: StdRng,
    /// What the server has told.
    pub known: Known,
    /// The instant of the server, in seconds.
    pub now: i64,
    made: u64,
    tag: u64,
}

impl Generator {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self { random: StdRng::seed_from_u64(seed), known: Known::default(), now: 0, made: 0, tag: seed }
    }

    /// True so often out of a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.random.random_range(0..100) < percent
    }

    /// Something of this kind that exists, or once did.
    pub fn known(&mut self, kind: &str) -> String {
        self.known.any(kind, &mut self.random)
    }

    /// Anything that exists.
    fn known_name(&mut self) -> String {
        let kinds = self.known.kinds();
        let kind = kinds.choose(&mut self.random).copied().unwrap_or("sequences");
        self.known(kind)
    }

    /// An id that nothing has.
    pub fn fresh_id(&mut self) -> String {
        self.made += 1;
        format!("x{}", self.made)
    }

    /// A UUID, often one that came before.
    pub fn request_id(&mut self) -> String {
        let number = self.random.random_range(0..200_u128);
        uuid::Uuid::from_u128(u128::from(self.tag) << 64 | 0x7000_8000_0000_0000_0000 | number).to_string()
    }

    /// One of these.
    pub fn one_of(&mut self, texts: &[&str]) -> String {
        (*texts.choose(&mut self.random).expect("there are some")).to_owned()
    }

    /// A condition or filter.
    pub fn condition(&mut self) -> String {
        match self.random.random_range(0..20) {
            0 => format!("{}record.b", "!".repeat(self.random.random_range(1..3000))),
            1 => format!("{}true{}", "(".repeat(2000), ")".repeat(2000)),
            2 => vec!["record.b"; self.random.random_range(1..2000)].join(" && "),
            3 => self.odd_text(),
            _ => self.one_of(CONDITIONS),
        }
    }

    /// A text that nothing should take amiss.
    pub fn odd_text(&mut self) -> String {
        match self.random.random_range(0..60) {
            0 => "x".repeat(self.random.random_range(1..70_000)),
            1 => "\u{10ffff}".repeat(self.random.random_range(1..3000)),
            2 => "x".repeat(1 << 20),
            3 => (0..self.random.random_range(1..40)).map(|_| self.random.random::<char>()).collect(),
            4 => "\u{0}".repeat(300),
            5 => "a/".repeat(5000),
            _ => self.one_of(ODD),
        }
    }

    /// A message with any of its fields.
    pub fn message(&mut self, descriptor: &MessageDescriptor, depth: usize) -> DynamicMessage {
        let mut message = DynamicMessage::new(descriptor.clone());
        if self.well_known(&mut message) {
            return message;
        }
        for field in descriptor.fields() {
            if self.chance(60) {
                let value = self.field(&field, depth);
                message.set_field(&field, value);
            }
        }
        message
    }

    /// Changes something of a message, at whatever depth.
    pub fn mutate(&mut self, message: &mut DynamicMessage) {
        let fields: Vec<_> = message.descriptor().fields().collect();
        let Some(field) = fields.choose(&mut self.random).cloned() else { return };
        if message.has_field(&field) && self.chance(60) {
            match message.get_field_mut(&field) {
                Value::Message(inner) => return self.mutate(inner),
                Value::List(items) if !items.is_empty() => {
                    let index = self.random.random_range(0..items.len());
                    if let Value::Message(inner) = &mut items[index] {
                        return self.mutate(inner);
                    }
                }
                _ => {}
            }
        }

        if self.chance(15) {
            message.clear_field(&field);
        } else {
            let value = self.field(&field, 0);
            message.set_field(&field, value);
        }
    }

    fn field(&mut self, field: &FieldDescriptor, depth: usize) -> Value {
        if field.is_list() {
            let length = match self.random.random_range(0..40) {
                0 => 1001,
                1 => 260,
                length => length % 4,
            };
            if length > 4 {
                // The same item over and over: what matters is how many.
                let item = self.value(field.name(), &field.kind(), DEEPEST);
                return Value::List(vec![item; length]);
            }
            return Value::List(
                (0..length).map(|_| self.value(field.name(), &field.kind(), depth)).collect(),
            );
        }

        if let Kind::Message(entry) = field.kind()
            && field.is_map()
        {
            let length = if self.chance(3) { 501 } else { self.random.random_range(0..4) };
            let kind = entry.map_entry_value_field().kind();
            let entries = (0..length).map(|index| {
                let key = if self.chance(50) { format!("k{index}") } else { self.odd_text() };
                (MapKey::String(key), self.value("", &kind, depth))
            });
            return Value::Map(entries.collect::<HashMap<_, _>>());
        }
        self.value(field.name(), &field.kind(), depth)
    }

    fn value(&mut self, name: &str, kind: &Kind, depth: usize) -> Value {
        const I64: [i64; 9] = [0, 1, -1, i64::MAX, i64::MIN, 1 << 53, (1 << 53) + 1, i32::MAX as i64, 1000];
        const I32: [i32; 10] = [0, 1, -1, 2, 50, 1000, 1001, 500, i32::MAX, i32::MIN];
        const F64: [f64; 9] =
            [0.0, -0.0, 1.5, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE, 5e-324];

        match kind {
            Kind::String => Value::String(self.text(name)),
            Kind::Bytes => Value::Bytes(self.odd_text().into_bytes().into()),
            Kind::Bool => Value::Bool(self.chance(50)),
            Kind::Double => Value::F64(F64[self.random.random_range(0..F64.len())]),
            Kind::Float => Value::F32(f32::NAN),
            Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => {
                Value::I32(I32[self.random.random_range(0..I32.len())])
            }
            Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => {
                Value::I64(I64[self.random.random_range(0..I64.len())])
            }
            Kind::Uint32 | Kind::Fixed32 => Value::U32(u32::MAX),
            Kind::Uint64 | Kind::Fixed64 => Value::U64(u64::MAX),
            Kind::Enum(described) => {
                let known: Vec<i32> = described.values().map(|value| value.number()).collect();
                let odd = [-1, 99, i32::MAX, i32::MIN];
                let values = if self.chance(75) { &known[..] } else { &odd[..] };
                Value::EnumNumber(*values.choose(&mut self.random).expect("an enum has values"))
            }
            Kind::Message(descriptor) if depth < DEEPEST => {
                Value::Message(self.message(descriptor, depth + 1))
            }
            Kind::Message(descriptor) => Value::Message(DynamicMessage::new(descriptor.clone())),
        }
    }

    /// A text that fits a field of this name, most of the time.
    fn text(&mut self, field: &str) -> String {
        let kind = match field {
            _ if self.chance(20) => return self.odd_text(),
            _ if self.chance(5) => return self.known_name(),
            "request_id" => return self.request_id(),
            "filter" | "condition" => return self.condition(),
            "page_token" => "next_page_token",
            "etag" => "etag",
            "resume_token" => "resume_token",
            "sequence" | "connected_sequence" => "sequences",
            "seller" | "owner" | "current_owner" | "sellers" | "members" | "queue" => "sellers",
            "record" => "records",
            "record_type" | "reference_type" => "recordTypes",
            "template" => "templates",
            "calendar" => "calendars",
            "team" => "teams",
            "parent" | "segment" => "segments",
            "id" => "records",
            "name" => return self.known_name(),
            _ if field.ends_with("_id") => return self.fresh_id(),
            _ => return self.odd_text(),
        };
        let known = self.known(kind);
        let bare = matches!(field, "id" | "owner" | "seller" | "record_type") && self.chance(60);

        if bare { known.rsplit('/').next().unwrap_or_default().to_owned() } else { known }
    }

    /// Fills a message of another author's, whose fields have a meaning of their own. False: it is
    /// one of ours.
    fn well_known(&mut self, message: &mut DynamicMessage) -> bool {
        match message.descriptor().full_name() {
            name @ ("google.protobuf.Timestamp" | "google.protobuf.Duration") => {
                let seconds = match name {
                    "google.protobuf.Duration" => {
                        [0, 1, -1, 600, i64::MAX, i64::MIN, 315_576_000_000, -315_576_000_001]
                    }
                    _ => [
                        self.now,
                        self.now + 3600,
                        self.now - 60,
                        i64::MAX,
                        i64::MIN,
                        -62_135_596_800,
                        253_402_300_799,
                        253_402_300_800,
                    ],
                };
                let nanos = [0, 0, 0, 1, -1, 999_999_999, 1_000_000_000, i32::MIN];
                message.set_field_by_name("seconds", Value::I64(seconds[self.random.random_range(0..8)]));
                message.set_field_by_name("nanos", Value::I32(nanos[self.random.random_range(0..8)]));
            }
            "google.protobuf.Struct" => {
                let deepest = if self.chance(10) { self.random.random_range(1..60) } else { 2 };
                let entries = (0..self.random.random_range(0..4)).map(|_| {
                    let key = if self.chance(80) {
                        self.one_of(&["origin", "n", "f", "b", "t", "d", "l", "ref", "score"])
                    } else {
                        self.odd_text()
                    };
                    (MapKey::String(key), Value::Message(self.json(deepest)))
                });
                let entries = entries.collect::<HashMap<_, _>>();
                message.set_field_by_name("fields", Value::Map(entries));
            }
            "google.protobuf.Value" => *message = self.json(3),
            "google.protobuf.FieldMask" => {
                let paths = (0..self.random.random_range(0..4)).map(|_| {
                    Value::String(if self.chance(80) { self.one_of(PATHS) } else { self.odd_text() })
                });
                let paths = paths.collect();
                message.set_field_by_name("paths", Value::List(paths));
            }
            _ => return false,
        }

        true
    }

    /// A JSON value of at most this depth; one that may be deep is deep.
    fn json(&mut self, deepest: usize) -> DynamicMessage {
        let value =
            upnext::api::pb::DESCRIPTORS.get_message_by_name("google.protobuf.Value").expect("is imported");
        let mut message = DynamicMessage::new(value);
        let shape = if deepest > 3 { self.random.random_range(4..6) } else { self.random.random_range(0..7) };

        match shape {
            0 => message.set_field_by_name("null_value", Value::EnumNumber(0)),
            1 => {
                let numbers =
                    [0.0, -0.0, 1.0, 1.5, f64::NAN, f64::INFINITY, 1e308, 9_007_199_254_740_993.0, -9.3e18];
                message.set_field_by_name(
                    "number_value",
                    Value::F64(numbers[self.random.random_range(0..numbers.len())]),
                );
            }
            2 => {
                let texts = [
                    "web",
                    "9223372036854775807",
                    "9223372036854775808",
                    "2026-01-01T00:00:00Z",
                    "9999-12-31T23:59:59.999999999Z",
                    "0001-01-01",
                    "10000-01-01",
                    "2026-02-30",
                    "l1",
                    "recordTypes/lead/records/l2",
                ];
                let text = if self.chance(50) { self.one_of(&texts) } else { self.odd_text() };
                message.set_field_by_name("string_value", Value::String(text));
            }
            3 => message.set_field_by_name("bool_value", Value::Bool(self.chance(50))),
            4 if deepest > 0 => {
                let mut list = message.get_field_by_name("list_value").expect("is declared").into_owned();
                let items =
                    (0..self.random.random_range(1..3)).map(|_| Value::Message(self.json(deepest - 1)));
                let items = if deepest > 3 { items.take(1).collect() } else { items.collect() };
                list.as_message_mut().expect("a message").set_field_by_name("values", Value::List(items));
                message.set_field_by_name("list_value", list);
            }
            5 if deepest > 0 => {
                let mut inner = message.get_field_by_name("struct_value").expect("is declared").into_owned();
                let entry = (MapKey::String("k".to_owned()), Value::Message(self.json(deepest - 1)));
                inner
                    .as_message_mut()
                    .expect("a message")
                    .set_field_by_name("fields", Value::Map(HashMap::from([entry])));
                message.set_field_by_name("struct_value", inner);
            }
            // A value of no kind at all.
            _ => {}
        }
        message
    }

    /// Damages the bytes of a message.
    pub fn damage(&mut self, bytes: &mut Vec<u8>) {
        match self.random.random_range(0..7) {
            0 if !bytes.is_empty() => bytes.truncate(self.random.random_range(0..bytes.len())),
            1 if !bytes.is_empty() => {
                let at = self.random.random_range(0..bytes.len());
                bytes[at] = self.random.random();
            }
            // An unknown field of each wire type.
            2 => bytes.extend([0xf8, 0x7f, 1]),
            3 => bytes.extend([0xfa, 0x7f, 3, 0xff, 0xff, 0xff]),
            // Text that is none.
            4 => bytes.extend([0x0a, 4, 0xff, 0xfe, 0xc0, 0x80]),
            // The first field with the wrong wire type, and a length beyond the end.
            5 => bytes.extend([0x09, 1, 2, 3, 4, 5, 6, 7, 8]),
            _ => bytes.extend([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]),
        }
    }
}
