//! Conditions over the record to which a record refers: a lead's employer. What they say is true
//! again a moment after the related record has changed, whatever became of it.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::support::app::{Client, TestApp};
use super::support::invariants;
use super::support::refused::refused;
use super::support::stage::{each, list, text};

/// Leads of banks are called by ana. Leads refer to accounts by `employer`, accounts to others by
/// `parent`.
async fn banks() -> TestApp {
    let app = TestApp::new().await;
    app.admin.seller("ana").await;
    let account = json!({"type": "REFERENCE", "reference_type": "account"});
    app.admin.declare(json!({"employer": account, "origin": {"type": "STRING"}})).await;
    let of_account = json!({"industry": {"type": "STRING"}, "renewal": {"type": "TIMESTAMP"},
        "staff": {"type": "INT"}, "parent": account});
    let of_account = json!({"record_type": "account", "attributes": of_account});
    app.admin.done("RecordService/DeclareAttributes", of_account).await;
    app.admin.sequence("call", json!([{"step_id": "call", "phone_call": {}}])).await;
    let banks = json!({"display_name": "Banks", "on_leave": "EXIT_ENROLLMENT",
        "condition": "record.employer.industry == \"banking\""});
    let banks = json!({"segment_id": "banks", "segment": banks});
    app.admin.done("SegmentService/CreateSegment", banks).await;
    app.admin.connect("banks", "call").await;
    app
}

/// A server with that segment active and nothing left to do.
async fn floor() -> TestApp {
    let app = banks().await;
    app.admin.activate_segment("banks").await;
    app.run_until_idle().await;
    app
}

async fn lead(app: &TestApp, id: &str, employer: Value) {
    app.admin.leads(json!([{"id": id, "owner": "ana", "attributes": {"employer": employer}}])).await;
}

async fn account(app: &TestApp, id: &str, attributes: Value) {
    let record = json!({"id": id, "attributes": attributes});
    let upsert = json!({"record_type": "account", "record": record});
    app.admin.done("RecordService/UpsertRecord", upsert).await;
}

/// The members of a segment, in the order of their ids, once the loops rest.
async fn members(app: &TestApp, segment: &str) -> Vec<String> {
    app.run_until_idle().await;
    invariants::hold_in(app.app.engine.store(), app.now()).await;
    let asked = json!({"parent": format!("segments/{segment}")});
    let members = app.admin.done("SegmentService/ListSegmentMembers", asked).await;
    let members = list(&members, "/segmentMembers");
    let mut ids: Vec<String> = each(&members, "record")
        .into_iter()
        .map(|name| name["recordTypes/lead/records/".len()..].to_owned())
        .collect();
    ids.sort();
    ids
}

async fn run(app: &TestApp, statement: &'static str) {
    sqlx::raw_sql(statement).execute(&app.database.pool()).await.expect("is run");
}

async fn count(app: &TestApp, statement: &'static str) -> i64 {
    sqlx::query_scalar(statement).fetch_one(&app.database.pool()).await.expect("counts")
}

const NONE: [&str; 0] = [];

#[tokio::test]
async fn a_record_enters_and_leaves_as_the_one_it_refers_to_changes() {
    let app = floor().await;
    lead(&app, "l1", json!("b1")).await;
    lead(&app, "l2", json!("b2")).await;
    lead(&app, "l3", Value::Null).await;
    assert_eq!(members(&app, "banks").await, NONE, "nobody knows their employers");

    // It may arrive later.
    account(&app, "b1", json!({"industry": "banking"})).await;
    assert_eq!(members(&app, "banks").await, ["l1"]);
    account(&app, "b2", json!({"industry": "trade"})).await;
    assert_eq!(members(&app, "banks").await, ["l1"]);
    account(&app, "b2", json!({"industry": "banking"})).await;
    assert_eq!(members(&app, "banks").await, ["l1", "l2"]);
    account(&app, "b1", json!({"industry": null})).await;
    assert_eq!(members(&app, "banks").await, ["l2"]);

    // Another reference is a change of the record itself.
    lead(&app, "l2", json!("b1")).await;
    lead(&app, "l3", json!("b2")).await;
    assert_eq!(members(&app, "banks").await, ["l3"]);
    account(&app, "b1", json!({"industry": "banking"})).await;
    lead(&app, "l3", Value::Null).await;
    assert_eq!(members(&app, "banks").await, ["l1", "l2"]);
    let open = json!({"filter": "enrollment.open"});
    let open = app.admin.done("EnrollmentService/ListEnrollments", open).await;
    assert!(list(&open, "/enrollments").is_empty(), "who left exited, and begins no second time");
    assert_eq!(count(&app, "SELECT count(*) FROM record_reference").await, 2);
}

#[tokio::test]
async fn a_merge_reaches_those_who_refer_to_any_of_the_records() {
    let app = floor().await;
    account(&app, "b1", json!({"staff": 1})).await;
    account(&app, "b2", json!({"industry": "banking"})).await;
    lead(&app, "l1", json!("b1")).await;
    lead(&app, "l2", json!("b2")).await;
    lead(&app, "l3", Value::Null).await;
    assert_eq!(members(&app, "banks").await, ["l2"]);

    let merge = |record_type: &str, survivor: &str, merged: &str| {
        let name = |id: &str| format!("recordTypes/{record_type}/records/{id}");
        json!({"name": name(survivor), "merged_records": [name(merged)]})
    };
    app.admin.done("RecordService/MergeRecords", merge("account", "b1", "b2")).await;
    assert_eq!(members(&app, "banks").await, ["l1"], "b1 is a bank now, and there is no b2");
    // What a merged record refers to, the survivor does.
    app.admin.done("RecordService/MergeRecords", merge("lead", "l3", "l1")).await;
    assert_eq!(members(&app, "banks").await, ["l3"]);
    account(&app, "b1", json!({"industry": "trade"})).await;
    assert_eq!(members(&app, "banks").await, NONE);
}

#[tokio::test]
async fn a_record_leaves_when_the_one_it_refers_to_is_deleted_or_erased() {
    let app = floor().await;
    for (lead_id, bank) in [("l1", "b1"), ("l2", "b2"), ("l3", "b3")] {
        account(&app, bank, json!({"industry": "banking"})).await;
        lead(&app, lead_id, json!(bank)).await;
    }
    assert_eq!(members(&app, "banks").await, ["l1", "l2", "l3"]);

    let name = |id: &str| json!({"name": format!("recordTypes/account/records/{id}")});
    app.admin.done("RecordService/DeleteRecord", name("b1")).await;
    app.admin.done("RecordService/EraseRecord", name("b2")).await;
    // Its id stays there only because l2 has it, until l2 is told.
    let told = "SELECT count(*) FROM related_change WHERE record_id = 'b2'";
    assert_eq!(count(&app, told).await, 1);
    assert_eq!(members(&app, "banks").await, ["l3"]);
    assert_eq!(count(&app, told).await, 0);
    account(&app, "b1", json!({"industry": "banking"})).await;
    assert_eq!(members(&app, "banks").await, ["l1", "l3"], "the same id is a new record");

    // With a record go its own references.
    app.admin.done("RecordService/DeleteRecord", json!({"name": "recordTypes/lead/records/l3"})).await;
    account(&app, "b3", json!({"industry": "trade"})).await;
    assert_eq!(members(&app, "banks").await, ["l1"]);
    assert_eq!(count(&app, "SELECT count(*) FROM record_reference").await, 2);
}

#[tokio::test]
async fn only_what_conditions_read_of_a_related_record_has_its_referrers_evaluated() {
    let app = floor().await;
    account(&app, "b1", json!({"industry": "banking"})).await;
    lead(&app, "l1", json!("b1")).await;
    assert_eq!(members(&app, "banks").await, ["l1"]);

    // Whoever is evaluated enters again.
    run(&app, "DELETE FROM membership").await;
    account(&app, "b1", json!({"staff": 7, "parent": "b2"})).await;
    assert_eq!(count(&app, "SELECT count(*) FROM related_change").await, 1, "somebody may read it");
    assert_eq!(members(&app, "banks").await, NONE);
    assert_eq!(count(&app, "SELECT count(*) FROM related_change").await, 0, "nobody does");
    account(&app, "b1", json!({"industry": "banking"})).await;
    assert_eq!(members(&app, "banks").await, NONE, "nothing has changed");

    let suppressed = json!({"record_type": "account", "suppress_segmentation": true,
        "record": {"id": "b1", "attributes": {"industry": "trade"}}});
    app.admin.done("RecordService/UpsertRecord", suppressed).await;
    assert_eq!(count(&app, "SELECT count(*) FROM related_change").await, 0);

    // A closed account is still somebody's employer.
    let close = json!({"name": "recordTypes/account/records/b1", "close_outcome": "LOST"});
    app.admin.done("RecordService/CloseRecord", close).await;
    account(&app, "b1", json!({"industry": "banking"})).await;
    assert_eq!(members(&app, "banks").await, ["l1"]);
}

#[tokio::test]
async fn thousands_who_refer_to_one_record_are_evaluated_in_chunks_by_several_servers() {
    let app = floor().await;
    account(&app, "b1", json!({"industry": "trade"})).await;
    for first in [0, 1_000, 2_000] {
        let leads = (first..first + 900).map(|number| {
            let employer = if number % 9 == 0 { "b2" } else { "b1" };
            json!({"id": format!("l{number}"), "attributes": {"employer": employer}})
        });
        app.admin.leads(leads.collect()).await;
    }
    app.run_until_idle().await;

    account(&app, "b1", json!({"industry": "banking"})).await;
    account(&app, "b2", json!({"industry": "trade"})).await;
    let (other, pool) = (app.another_server(), app.database.pool());
    let (one, two) = tokio::join!(app.app.run_until_idle(), other.run_until_idle());
    one.expect("every tick succeeds");
    two.expect("every tick succeeds");
    app.run_until_idle().await;
    let members: (i64, i64) = sqlx::query_as(
        "SELECT count(*), count(*) FILTER (WHERE record.attributes ->> 'employer' = 'b1')
         FROM membership JOIN record ON record.id = membership.record_id",
    )
    .fetch_one(&pool)
    .await
    .expect("is counted");
    assert_eq!(members, (2_400, 2_400));
    invariants::hold_in(app.app.engine.store(), app.now()).await;
}

#[tokio::test]
async fn references_of_an_earlier_release_are_saved_once_a_condition_needs_them() {
    let app = banks().await;
    account(&app, "b1", json!({"industry": "trade"})).await;
    for id in ["l1", "closed", "l2"] {
        lead(&app, id, json!("b1")).await;
    }
    let close = json!({"name": "recordTypes/lead/records/closed", "close_outcome": "LOST"});
    app.admin.done("RecordService/CloseRecord", close).await;
    app.run_until_idle().await;
    run(&app, "DELETE FROM record_reference").await;

    app.admin.activate_segment("banks").await;
    app.run_until_idle().await;
    assert_eq!(count(&app, "SELECT count(*) FROM operation WHERE kind = 'INDEX_REFERENCES'").await, 1);
    assert_eq!(count(&app, "SELECT count(*) FROM record_reference").await, 3);
    account(&app, "b1", json!({"industry": "banking"})).await;
    assert_eq!(members(&app, "banks").await, ["l1", "l2"]);
}

#[tokio::test]
async fn time_alone_decides_by_the_timestamp_of_a_related_record() {
    let app = floor().await;
    let soon = "record.employer.renewal < now + duration(\"30d\")";
    app.admin.segment("renewing", soon).await;
    app.admin.connect("renewing", "call").await;
    app.admin.activate_segment("renewing").await;
    let renewal = (app.now() + TimeDelta::days(40)).to_rfc3339();
    account(&app, "b1", json!({"renewal": renewal})).await;
    lead(&app, "l1", json!("b1")).await;
    assert_eq!(members(&app, "renewing").await, NONE);
    app.advance(TimeDelta::days(10)).await;
    assert_eq!(members(&app, "renewing").await, NONE, "exactly 30 days are not less");
    app.advance(TimeDelta::microseconds(1)).await;
    assert_eq!(members(&app, "renewing").await, ["l1"]);

    // A new instant is planned anew for who refers to it.
    let renewal = (app.now() + TimeDelta::days(50)).to_rfc3339();
    account(&app, "b1", json!({"renewal": renewal})).await;
    assert_eq!(members(&app, "renewing").await, NONE);
    app.advance(TimeDelta::days(21)).await;
    assert_eq!(members(&app, "renewing").await, ["l1"]);
}

#[tokio::test]
async fn rules_and_branches_decide_by_a_related_record() {
    let app = floor().await;
    let industry = json!({"attributes": {"industry": {"type": "STRING"}}});
    app.admin.done("SellerService/DeclareSellerAttributes", industry).await;
    let ben = json!({"display_name": "Ben", "attributes": {"industry": "trade"}});
    app.admin.done("SellerService/CreateSeller", json!({"seller_id": "ben", "seller": ben})).await;

    let big = json!({"step_id": "big", "branch": {
        "condition": {"record": {"condition": "record.employer.staff > 100"}},
        "yes_steps": [{"step_id": "visit", "task": {}}], "no_steps": [{"step_id": "write", "email": {}}]}});
    app.admin.sequence("by-size", json!([big])).await;
    app.admin.segment("all", "has(record.employer)").await;
    app.admin.connect("all", "by-size").await;
    let expert = json!({"display_name": "Experts", "condition": "record.employer.staff > 10",
        "seller_condition": "seller.industry == record.employer.industry"});
    let expert = json!({"parent": "segments/all", "assignment_rule_id": "expert", "assignment_rule": expert});
    app.admin.done("SegmentService/CreateAssignmentRule", expert).await;
    app.admin.activate_segment("all").await;

    account(&app, "t1", json!({"industry": "retail", "staff": 500})).await;
    app.admin.leads(json!([{"id": "l1", "attributes": {"employer": "t1"}}])).await;
    assert_eq!(members(&app, "all").await, ["l1"]);
    let owner = async || {
        let record = app.admin.done("RecordService/GetRecord", json!({"name": LEAD})).await;
        record.pointer("/record/owner").and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    assert_eq!(owner().await, "", "nobody knows the industry");
    account(&app, "t1", json!({"industry": "trade"})).await;
    assert_eq!(members(&app, "all").await, ["l1"]);
    assert_eq!(owner().await, "sellers/ben");

    let queue = json!({"queue": "sellers/ben"});
    let activities = app.admin.done("WorkQueueService/ListActivities", queue).await;
    assert_eq!(each(&list(&activities, "/activities"), "stepId"), ["visit"]);
}

const LEAD: &str = "recordTypes/lead/records/l1";

#[tokio::test]
async fn what_cannot_be_kept_true_or_does_not_exist_is_refused_by_name() {
    let app = floor().await;
    for (condition, told) in [
        ("record.employer.parent.industry == \"x\"", "parent.industry is two references away"),
        (
            "record.employer.industri == \"x\"",
            "unknown attribute industri of account: did you mean industry?",
        ),
        ("record.employer.owner == \"ana\"", "unknown attribute owner of account"),
        ("record.origin.industry == \"x\"", "origin is a STRING and has no attribute industry"),
        ("record.employer.staff == \"x\"", "== can't compare INT with STRING"),
    ] {
        let preview = json!({"record_type": "lead", "condition": condition});
        let refused = refused(app.admin.call("SegmentService/PreviewSegment", preview).await);
        assert_eq!(refused.fields(), [("condition", "CONDITION_INVALID")]);
        assert!(refused.violations[0].2.contains(told), "{condition}: {:?}", refused.violations);
    }

    let elsewhere = "employer.staff can't be used here: only the record's own attributes can";
    let goal = json!({"name": "call", "exit_criteria": {"goal_condition": "record.employer.staff > 1"}});
    let goal = app.admin.call("SequenceService/UpdateSequence", json!({"sequence": goal})).await;
    let priority = json!({"name": "recordTypes/lead", "priority_expression": "record.employer.staff"});
    let priority = app.admin.call("RecordService/UpdateRecordType", json!({"record_type": priority})).await;
    for answer in [goal, priority] {
        let refused = refused(answer);
        assert!(refused.violations[0].2.contains(elsewhere), "{:?}", refused.violations);
    }

    let delete = |of: &str, attribute: &str| json!({"record_type": of, "attribute": attribute});
    for (of, attribute) in [("account", "industry"), ("lead", "employer")] {
        let answer = app.admin.call("RecordService/DeleteAttribute", delete(of, attribute)).await;
        let refused = refused(answer);
        assert_eq!(refused.reason, "ATTRIBUTE_IN_USE");
        assert!(refused.message.contains("segments/banks"), "{}", refused.message);
    }
    app.admin.done("RecordService/DeleteAttribute", delete("account", "staff")).await;
    app.run_until_idle().await;
    invariants::hold_in(app.app.engine.store(), app.now()).await;
}

#[tokio::test]
async fn an_attribute_that_refers_to_records_takes_its_references_along() {
    let app = floor().await;
    account(&app, "b1", json!({"parent": "b2"})).await;
    account(&app, "b2", json!({"parent": "b2"})).await;
    app.run_until_idle().await;
    let parents = "SELECT count(*) FROM record_reference WHERE attribute = 'parent'";
    assert_eq!(count(&app, parents).await, 2);
    let delete = json!({"record_type": "account", "attribute": "parent"});
    app.admin.done("RecordService/DeleteAttribute", delete).await;
    app.run_until_idle().await;
    assert_eq!(count(&app, parents).await, 0);
    invariants::hold_in(app.app.engine.store(), app.now()).await;
}

#[tokio::test]
async fn lists_and_explanations_show_a_related_record_to_those_who_may_see_it() {
    let app = &floor().await;
    app.admin.seller("ben").await;
    let key = json!({"display_name": "ana", "roles": ["SALESPERSON"], "seller": "ana"});
    let key = app.admin.done("ApiKeyService/CreateApiKey", json!({"api_key": key})).await;
    let ana = app.client(text(&key, "/secret"));
    let account = json!({"id": "b1", "owner": "ben", "attributes": {"industry": "banking", "staff": 7}});
    let account = json!({"record_type": "account", "record": account});
    app.admin.done("RecordService/UpsertRecord", account).await;
    lead(app, "l1", json!("b1")).await;
    lead(app, "l2", json!("gone")).await;
    assert_eq!(members(app, "banks").await, ["l1"]);

    let explained = async |client: &Client, lead: &str| {
        let asked = json!({"name": format!("recordTypes/lead/records/{lead}")});
        let explained = client.done("SegmentService/ExplainRecord", asked).await;
        explained.pointer("/segments/0/condition/parts/0").cloned().expect("a part")
    };
    let part = explained(&app.admin, "l1").await;
    assert_eq!(text(&part, "/truth"), "TRUE");
    let value = json!({"attribute": "employer.industry", "record": "recordTypes/account/records/b1",
        "value": "banking"});
    assert_eq!(list(&part, "/relatedValues"), [value]);
    let part = explained(&app.admin, "l2").await;
    let value = json!({"attribute": "employer.industry", "record": "recordTypes/account/records/gone"});
    assert_eq!(list(&part, "/relatedValues"), [value]);
    assert_eq!(list(&part, "/missingAttributes"), [json!("employer.industry")]);

    let part = explained(&ana, "l1").await;
    assert_eq!((text(&part, "/truth"), list(&part, "/relatedValues").len()), ("TRUE", 0));
    let filter = json!({"record_type": "lead", "filter": "record.employer.staff == 7"});
    let listed = app.admin.done("RecordService/ListRecords", filter.clone()).await;
    assert_eq!(each(&list(&listed, "/records"), "name"), [LEAD]);
    let refused = refused(ana.call("RecordService/ListRecords", filter).await);
    assert!(refused.violations[0].2.contains("can't be used here"), "{:?}", refused.violations);

    let activities =
        json!({"record_type": "lead", "filter": "record.employer.industry.startsWith(\"bank\")"});
    let listed = app.admin.done("WorkQueueService/ListActivities", activities.clone()).await;
    assert_eq!(each(&list(&listed, "/activities"), "record"), [LEAD]);
    assert!(ana.call("WorkQueueService/ListActivities", activities).await.is_err());
}

#[tokio::test]
async fn what_waits_for_routing_is_told_even_if_it_is_the_related_record() {
    let app = floor().await;
    account(&app, "b1", json!({"industry": "trade"})).await;
    lead(&app, "l1", json!("b1")).await;
    app.run_until_idle().await;
    let pending = async || {
        let explained = app.admin.done("SegmentService/ExplainRecord", json!({"name": LEAD})).await;
        explained["changePending"] == json!(true)
    };
    assert!(!pending().await);
    account(&app, "b1", json!({"industry": "banking"})).await;
    assert!(pending().await);
    app.run_until_idle().await;
    assert!(!pending().await);

    let preview = json!({"record_type": "lead", "condition": "record.employer.industry != \"trade\""});
    let preview = app.admin.done("SegmentService/PreviewSegment", preview).await;
    assert_eq!(text(&preview, "/count"), "1");
    let lacking = list(&preview, "/lackingAttributes");
    assert_eq!(each(&lacking, "attribute"), NONE, "no record lacks it: {preview}");
}
