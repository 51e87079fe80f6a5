//! Records with the oddest values that the API accepts: the records beside them are still routed
//! and enrolled.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::support::dynamic::call;
use super::support::stage::{Stage, each, list, text};

/// Conditions that look at every attribute in every way, so that one that fails for a record would
/// stop its batch.
const CONDITIONS: [&str; 8] = [
    "record.n / record.i > 1 && record.i * record.i + record.i - 9223372036854775807 > 0 && record.i % record.i == 1",
    "record.n * record.n * record.n > 1.0e300 || record.n / 0.0 == 1.0 || -record.n - record.n < -1.0e308",
    "record.t - timestamp(\"0001-01-01T00:00:00Z\") > duration(\"3650000d\") && record.t + duration(\"3650000d\") > record.t",
    "record.t - duration(\"3650000d\") < record.create_time && record.create_time - record.t < duration(\"1us\")",
    "record.d < date(\"0001-01-02\") && record.d > date(\"9999-12-30\")",
    "record.s.lowerAscii().contains(record.s) && size(record.s) > 32000 && record.s.endsWith(record.s) && !(record.s in [\"\"])",
    "record.s in record.l && size(record.l) > 4000 && \"\" in record.l",
    "record.b && record.r == \"a1\" && record.s.startsWith(record.id)",
];

/// What passes validation and is as bad as it can be.
fn poisons() -> Vec<Value> {
    let long = "ß".repeat(32_768);
    let list: Vec<String> = (0..5_000).map(|number| format!("{number}\u{1f480}")).collect();
    vec![
        json!({"i": "9223372036854775807"}),
        json!({"i": "-9223372036854775808"}),
        json!({"i": 0, "n": 0}),
        json!({"n": f64::MAX}),
        json!({"n": f64::MIN, "i": -1}),
        json!({"n": f64::MIN_POSITIVE, "i": 1}),
        json!({"n": 5e-324}),
        json!({"n": -0.0, "i": "-9223372036854775808"}),
        json!({"t": "0001-01-01T00:00:00Z"}),
        json!({"t": "9999-12-31T23:59:59.999999999Z"}),
        json!({"t": "9999-12-31T23:59:59-14:00"}),
        json!({"t": "2016-12-31T23:59:60Z"}),
        json!({"d": "0001-01-01"}),
        json!({"d": "9999-12-31"}),
        json!({"d": "2024-02-29"}),
        json!({"s": long}),
        json!({"s": "\u{202e}\u{feff}\u{1}\\\"%_'; DROP TABLE record; --$1"}),
        json!({"s": "\\u0000 \u{10ffff} \\x00"}),
        json!({"s": ""}),
        json!({"l": list}),
        json!({"l": []}),
        json!({"l": ["", "", "null", "{}"]}),
        json!({"b": true, "r": "a1", "s": "x"}),
        json!({"i": 9e18}),
        json!({"s": {"deep": {"deep": []}}}),
        json!({"n": "NaN"}),
        json!({"n": "1e999999"}),
        json!({"i": "1e3", "d": "2024-02-30"}),
        json!({"t": "10000-01-01T00:00:00Z"}),
    ]
}

/// A segment for each condition, before one that takes everybody; all lead into one sequence with
/// one seller.
async fn furnish(stage: &Stage) {
    let attributes = json!({"n": {"type": "DOUBLE"}, "i": {"type": "INT"}, "t": {"type": "TIMESTAMP"}, "d": {"type": "DATE"},
        "s": {"type": "STRING"}, "l": {"type": "STRING_LIST"}, "b": {"type": "BOOL"},
        "r": {"type": "REFERENCE", "reference_type": "account"}});
    stage.admin.declare(attributes).await;

    for (number, condition) in CONDITIONS.iter().chain(&["record.id.startsWith(\"all\")"]).enumerate() {
        let id = format!("g{number}");
        stage.admin.segment(&id, condition).await;
        let rule = json!({"display_name": "ana", "listed": {"sellers": ["ana"]},
            "condition": CONDITIONS[number % 8]});
        let parent = format!("segments/{id}");
        let rule = json!({"parent": parent, "assignment_rule_id": "odd", "assignment_rule": rule});
        stage.done("SegmentService/CreateAssignmentRule", rule).await;
        stage.admin.connect(&id, "tasks").await;
        stage.admin.activate_segment(&id).await;
    }
}

#[tokio::test]
async fn a_record_with_the_oddest_valid_values_does_not_stop_its_neighbours() {
    let stage = Stage::new().await;
    furnish(&stage).await;
    // Each poison between two that nothing is wrong with, all of them in one batch of routing.
    let records: Vec<Value> = poisons()
        .into_iter()
        .enumerate()
        .flat_map(|(number, attributes)| {
            let neighbour =
                json!({"id": format!("all{number}"), "attributes": {"s": "fine", "i": 1, "n": 1.5}});
            [json!({"id": format!("odd{number}"), "attributes": attributes}), neighbour]
        })
        .collect();
    let request = json!({"record_type": "lead", "records": records});
    let answer = stage.done("RecordService/BatchUpsertRecords", request).await;
    let results = list(&answer, "/results");
    let (odd, fine): (Vec<_>, Vec<_>) = results.iter().enumerate().partition(|(place, _)| place % 2 == 0);
    assert!(fine.iter().all(|(_, result)| result.get("upserted").is_some()), "{fine:?}");
    let taken = odd.iter().filter(|(_, result)| result.get("upserted").is_some()).count();
    assert!(taken >= 20 && taken < odd.len(), "{taken} of {} odd ones pass validation", odd.len());
    for (_, result) in odd.iter().filter(|(_, result)| result.get("error").is_some()) {
        assert_eq!(text(result, "/error/details/0/reason"), "ATTRIBUTE_VALUE_INVALID");
    }
    stage.app.run_until_idle().await;

    let request = json!({"filter": "enrollment.source == \"SEGMENT\"", "page_size": 1000});
    let enrolled = list(&stage.done("EnrollmentService/ListEnrollments", request).await, "/enrollments");
    let enrolled: BTreeSet<&str> = each(&enrolled, "record").into_iter().collect();
    for (number, _) in fine.iter().enumerate() {
        let name = format!("recordTypes/lead/records/all{number}");
        assert!(enrolled.contains(name.as_str()), "{name} is beside an odd one");
    }
    let pool = stage.app.database.pool();
    for nothing in ["SELECT count(*) FROM set_aside", "SELECT count(*) FROM record_change"] {
        let count: i64 = sqlx::query_scalar(nothing).fetch_one(&pool).await.expect("counts");
        assert_eq!(count, 0, "{nothing}");
    }
    // The same by backfill, preview and list, which ask the database in their own ways.
    for condition in CONDITIONS {
        stage.done("SegmentService/PreviewSegment", json!({"condition": condition})).await;
        let filter = json!({"record_type": "lead", "filter": condition, "page_size": 1000});
        call(&stage.admin, "upnext.v1.RecordService/ListRecords", filter).await.expect("lists");
    }
}
