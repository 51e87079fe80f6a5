//! Any text as a condition: it is parsed, checked and written as SQL, or refused, quickly and
//! without a panic, on a worker's stack.
//!
//! The sources are compiled in, not the library: what they need builds in a minute, and the fuzzer
//! sees nothing else.

#![no_main]
#![expect(dead_code, unused_imports, reason = "only conditions are called")]

#[path = "../../../src/domain/mod.rs"]
mod domain;
#[path = "../../../src/store"]
mod store {
    pub mod condition_sql;
}

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use libfuzzer_sys::fuzz_target;
use sqlx::{Postgres, QueryBuilder};

use domain::attribute::AttributeType;
use domain::condition::{Condition, Subject};
use store::condition_sql::{FieldSource, Place, push_condition, push_filter};

/// Far more than any text takes; a machine with other work is slow.
const QUICK: Duration = Duration::from_secs(2);

static SUBJECT: LazyLock<Subject> = LazyLock::new(|| {
    let fields = [
        ("s", AttributeType::String),
        ("i", AttributeType::Int),
        ("d", AttributeType::Double),
        ("b", AttributeType::Bool),
        ("t", AttributeType::Timestamp),
        ("day", AttributeType::Date),
        ("l", AttributeType::StringList),
        ("owner", AttributeType::String),
    ];
    Subject { knows_now: true, ..Subject::new("r", fields) }
});

struct Fields;

impl FieldSource for Fields {
    fn place(&self, name: &str) -> Place {
        match name {
            "owner" => Place::Column("seller.seller_id"),
            "b" => Place::Nowhere,
            _ => Place::Attributes("r.attributes"),
        }
    }

    fn now(&self) -> Option<DateTime<Utc>> {
        Some(DateTime::UNIX_EPOCH)
    }

    fn full_name(&self, name: &str) -> Option<&'static str> {
        (name == "owner").then_some("'sellers/' || seller.seller_id")
    }
}

fuzz_target!(|text: &str| {
    let begun = Instant::now();
    let Ok(condition) = Condition::parse(text, &SUBJECT) else { return };
    for push in [push_condition, push_filter] {
        let mut query = QueryBuilder::<Postgres>::new("");
        push(&mut query, &condition, &Fields);
        // The SQL grows with the condition and no faster.
        let length = query.sql().as_str().len();
        assert!(length <= 2_000 + 1_000 * text.len(), "{length} bytes of SQL");
    }
    // Spaces around it change nothing, unless they make it too long.
    if let Ok(again) = Condition::parse(&format!(" {text} "), &SUBJECT) {
        assert_eq!(again.root(), condition.root());
    }
    assert!(begun.elapsed() < QUICK, "took {:?}", begun.elapsed());
});
