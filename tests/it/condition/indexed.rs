//! An index changes no answer: what a condition finds by one is what it finds without, and what the
//! naive evaluator finds.

mod leads;

use std::collections::BTreeMap;

use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use upnext::domain::attribute_index::AttributeIndex;
use upnext::domain::condition::Condition;
use upnext::domain::id::OperationId;
use upnext::domain::record_type::RecordType;
use upnext::store::records;
use uuid::Uuid;

use super::{generate, naive, parse, sample};
use crate::support::world::World;
use leads::{broken, fill, find, types};

/// Comparisons of attributes with constants, in which a value is equal, or a bound.
fn comparisons() -> Vec<String> {
    let own = |text: &String| !text.contains("record.c_") && !text.contains("record.ref.");
    let equal = generate::equalities().into_iter().filter(own);
    let signs = |text: String| [" == ", " >= ", " < "].map(|sign| text.replacen(" == ", sign, 1));
    // A truth is no bound.
    let is_condition = |text: &String| Condition::parse(text, &generate::subject()).is_ok();
    equal.flat_map(signs).filter(is_condition).collect()
}

#[tokio::test]
async fn a_condition_finds_the_same_records_with_and_without_an_index() {
    let world = World::new().await;
    let mut conn = world.store.connection().await.expect("connects");
    let (indexed, plain) = types(&world, &mut conn).await;
    let subject = generate::subject();
    let mut runner = TestRunner::default();
    let mut used = 0;

    for round in 0..8 {
        let mut held = sample(&mut runner, proptest::collection::vec(generate::record(), 40));
        held.iter_mut().for_each(|record| (record.columns, record.related) = (BTreeMap::new(), None));
        let attributes: Vec<Value> = held.iter().map(|record| json!(record.attributes)).collect();
        fill(&mut conn, &indexed, &attributes).await;
        assert_eq!(broken(&world, &mut conn).await, 0);

        for predicate in sample(&mut runner, proptest::collection::vec(generate::predicate(), 60)) {
            let asked = parse(&subject, &predicate.to_string());
            let names = indexed.indexes.keys().map(String::as_str);
            used += usize::from(asked.demand(names, naive::NOW.parse().ok()).is_some());
            let expected: Vec<usize> = (0..held.len())
                .filter(|place| naive::test(&predicate, &held[*place]) == Some(true))
                .collect();
            assert_eq!(find(&world, &mut conn, &indexed, &asked).await, expected, "{predicate}");
        }
        let texts = if round == 0 { comparisons() } else { Vec::new() };
        for text in texts {
            let asked = parse(&subject, &text);
            let expected = find(&world, &mut conn, &plain, &asked).await;
            assert_eq!(find(&world, &mut conn, &indexed, &asked).await, expected, "{text}");
        }
    }
    assert!(used > 20, "only {used} conditions were answered by an index");
}

#[tokio::test]
async fn odd_values_and_long_texts_are_found_by_an_index_as_without() {
    let world = World::new().await;
    let mut conn = world.store.connection().await.expect("connects");
    let (indexed, plain) = types(&world, &mut conn).await;
    let long = |end: &str| format!("{}{end}", "é".repeat(130));
    let held = [
        json!({"s1": "1", "i1": 1.0, "d1": 1e300, "t1": "garbage", "day": "x", "b1": "true"}),
        json!({"s1": 1, "i1": "1", "d1": 1, "t1": ["2026-01-01T00:00:00.000000Z"], "ref": 7, "b1": true}),
        json!({"s1": null, "i1": 1e300, "d1": -0.0, "t1": "0000-00-00T00:00:00.000000Z", "b1": 1}),
        json!({"s1": long(""), "i1": i64::MAX, "day": 5, "ref": "a1"}),
        json!({"s1": long("a"), "i1": i64::MAX - 1, "ref": "a1"}),
        json!({"s1": long("b"), "i1": i64::MIN, "ref": ["a1"]}),
        json!({}),
    ];
    fill(&mut conn, &indexed, &held).await;
    assert_eq!(broken(&world, &mut conn).await, 0);

    let long_a = long("a");
    for (text, expected) in [
        ("record.s1 == \"1\"", vec![0]),
        ("record.i1 == 1", vec![0]),
        ("record.i1 >= 1.0 && record.i1 <= 9223372036854775806", vec![0, 4]),
        ("record.i1 == 9223372036854775807", vec![3]),
        ("record.i1 < 0", vec![5]),
        ("record.d1 == 0.0", vec![2]),
        ("record.d1 > 0", vec![0, 1]),
        ("record.b1", vec![1]),
        ("!record.b1", vec![]),
        ("record.day > date(\"2020-01-01\")", vec![0]),
        ("record.ref == \"recordTypes/account/records/a1\"", vec![3, 4]),
        ("record.ref in [\"a1\", \"a2\"] && record.i1 != 9223372036854775807", vec![4]),
        ("record.s1 in []", vec![]),
        (&format!("record.s1 == \"{long_a}\""), vec![4]),
        (&format!("record.s1 > \"{long_a}\""), vec![5]),
        (&format!("record.s1 < \"{long_a}\" && record.s1 >= \"é\""), vec![3]),
        (&format!("record.s1 in [\"1\", \"{long_a}\"]"), vec![0, 4]),
    ] {
        let asked = parse(&generate::subject(), text);
        assert_eq!(find(&world, &mut conn, &plain, &asked).await, expected, "without: {text}");
        assert_eq!(find(&world, &mut conn, &indexed, &asked).await, expected, "{text}");
    }
}

#[tokio::test]
async fn an_index_that_was_dropped_meanwhile_is_not_believed() {
    let world = World::new().await;
    let mut conn = world.store.connection().await.expect("connects");
    let (indexed, plain) = types(&world, &mut conn).await;
    fill(&mut conn, &indexed, &[json!({"s1": "a"}), json!({"s1": "b"})]).await;
    let asked = parse(&generate::subject(), "record.s1 == \"a\"");

    // The caller read the type before.
    records::types::update(&mut conn, &plain).await.expect("is saved");
    sqlx::raw_sql("DELETE FROM record_value").execute(&mut *conn).await.expect("deletes");
    assert_eq!(find(&world, &mut conn, &indexed, &asked).await, [0]);
    // One that was marked again since is filled by another operation.
    let index = AttributeIndex { operation: OperationId(Uuid::from_u128(8)), ready: false };
    let again = RecordType { indexes: [("s1".to_owned(), index)].into(), ..plain };
    records::types::update(&mut conn, &again).await.expect("is saved");
    assert_eq!(find(&world, &mut conn, &indexed, &asked).await, [0]);
}
