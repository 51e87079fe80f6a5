//! Giving the records of a seller to others for a holiday, and handing them back.

use serde_json::{Value, json};
use tonic::Code;

use crate::halts::{Floor, MANY};
use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, list, text};

const REASSIGN: &str = "SellerService/ReassignRecords";
const HAND_BACK: &str = "SellerService/HandBackRecords";

async fn hold(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

/// The counts of an answer: records and activities.
fn counts(answer: &Value) -> [usize; 2] {
    ["recordCount", "activityCount"]
        .map(|field| answer[field].as_str().map_or(0, |count| count.parse().expect("a number")))
}

/// The owner of a lead; empty if nobody is.
async fn owner(stage: &Stage, lead: &str) -> String {
    let name = format!("recordTypes/lead/records/{lead}");
    let read = stage.done("RecordService/GetRecord", json!({"name": name})).await;
    read["record"]["owner"].as_str().unwrap_or_default().to_owned()
}

/// The owners of leads.
async fn owners<const N: usize>(stage: &Stage, leads: [&str; N]) -> Vec<String> {
    let mut found = Vec::new();
    for lead in leads {
        found.push(owner(stage, lead).await.trim_start_matches("sellers/").to_owned());
    }
    found
}

/// The leads whose activities a queue lists.
async fn leads(stage: &Stage, queue: &str) -> Vec<String> {
    let listed = stage.queue(queue).await;
    let mut leads: Vec<String> = listed
        .iter()
        .map(|activity| text(activity, "/record").trim_start_matches("recordTypes/lead/records/").to_owned())
        .collect();
    leads.sort();
    leads
}

#[tokio::test]
async fn all_records_go_to_another_seller_in_chunks_and_come_back_unless_given_on() {
    let floor = Floor::crowded().await;
    let (stage, all) = (&floor.0, MANY + 2);
    floor.enroll("l1", "tasks").await;
    let away =
        |only: bool| json!({"current_owner": "sellers/ana", "new_owner": "ben", "validate_only": only});
    let told = stage.done(REASSIGN, away(true)).await;
    assert_eq!((counts(&told), told.get("operation")), ([all, 1], None));
    assert_eq!(owners(stage, ["l1", "m7"]).await, ["ana", "ana"]);

    let taken = stage.done(REASSIGN, away(false)).await;
    assert_eq!(counts(&taken), [all, 1]);
    assert!(floor.run_in_turn().await > 1, "it takes several chunks");
    let total = i64::try_from(all).expect("is small");
    assert_eq!(floor.last().await, (total, total, 0));
    let of_ana = "SELECT count(*) FROM record JOIN seller ON seller.id = record.owner_id WHERE seller.seller_id = 'ana'";
    let waits =
        "SELECT count(*) FROM timer JOIN seller ON seller.id = timer.queue_id WHERE seller.seller_id = 'ben'";
    assert_eq!((floor.count(of_ana).await, floor.count(waits).await), (0, total - 2));
    assert_eq!(
        (leads(stage, "sellers/ana").await, leads(stage, "sellers/ben").await),
        (vec![], vec!["l1".to_owned()])
    );
    floor.hold().await;

    // Somebody gives one on, and another comes meanwhile.
    stage.admin.leads(json!([{"id": "l2", "owner": ""}, {"id": "late", "owner": "ana"}])).await;
    stage.app.run_until_idle().await;
    let back = json!({"operation": taken["operation"]});
    let told = stage.done(HAND_BACK, json!({"operation": taken["operation"], "validate_only": true})).await;
    assert_eq!((counts(&told), told.get("operation")), ([all - 1, 0], None));
    let returned = stage.done(HAND_BACK, back.clone()).await;
    assert_eq!(counts(&returned), [all - 1, 0]);
    assert!(floor.run_in_turn().await > 1, "it takes several chunks");
    assert_eq!(owners(stage, ["l1", "l2", "l3", "late", "m7"]).await, ["ana", "", "ben", "ana", "ana"]);
    assert_eq!(floor.count(of_ana).await, total);
    assert_eq!(leads(stage, "sellers/ana").await, ["l1"]);
    floor.hold().await;

    let nothing = stage.done(HAND_BACK, back).await;
    assert_eq!((counts(&nothing), nothing.get("operation")), ([0, 0], None));
}

#[tokio::test]
async fn a_team_takes_turns_and_what_ownership_does_not_move_goes_along_if_asked() {
    let stage = Stage::new().await;
    stage.admin.seller("cem").await;
    let team = json!({"display_name": "Cover", "members": ["ana", "ben", "cem"]});
    stage.done("TeamService/CreateTeam", json!({"team_id": "cover", "team": team})).await;
    stage.admin.leads(json!([{"id": "l5", "owner": "ana"}, {"id": "l6", "owner": "ana"}])).await;
    stage.enroll("l3", "tasks").await;
    let activity = text(&stage.queue("sellers/ben").await[0], "/name").to_owned();
    let to_ana = json!({"name": activity, "queue": "sellers/ana"});
    stage.done("WorkQueueService/ReassignActivity", to_ana).await;

    let some = json!({"current_owner": "ana", "team": "cover", "record_type": "lead", "condition": "record.id == \"l1\""});
    assert_eq!(counts(&stage.done(REASSIGN, some).await), [1, 0]);
    stage.app.run_until_idle().await;
    assert_eq!(owners(&stage, ["l1", "l2"]).await, ["ben", "ana"]);
    // Without being asked for, the activity of ben's record stays with her.
    assert_eq!(leads(&stage, "sellers/ana").await, ["l3"]);

    let rest = json!({"current_owner": "ana", "team": "teams/cover", "include_activities": true});
    let taken = stage.done(REASSIGN, rest).await;
    assert_eq!(counts(&taken), [3, 1]);
    stage.app.run_until_idle().await;
    // In the order of the records: l2, l3 for its activity alone, l5 and l6.
    assert_eq!(owners(&stage, ["l2", "l3", "l5", "l6"]).await, ["cem", "ben", "cem", "ben"]);
    assert_eq!(
        (leads(&stage, "sellers/ana").await.len(), leads(&stage, "sellers/ben").await),
        (0, vec!["l3".to_owned()])
    );
    hold(&stage).await;

    // The activity is in the queue of its own record's owner now, where it belongs.
    let back = stage.done(HAND_BACK, json!({"operation": taken["operation"]})).await;
    assert_eq!(counts(&back), [3, 1]);
    stage.app.run_until_idle().await;
    assert_eq!(owners(&stage, ["l1", "l2", "l3", "l5", "l6"]).await, ["ben", "ana", "ben", "ana", "ana"]);
    assert_eq!(
        (leads(&stage, "sellers/ana").await, leads(&stage, "sellers/ben").await.len()),
        (vec!["l3".to_owned()], 0)
    );
    hold(&stage).await;
}

#[tokio::test]
async fn closed_records_go_along_if_asked_and_nobody_owns_what_nobody_gets() {
    let stage = Stage::new().await;
    stage.enroll("l1", "tasks").await;
    let close = json!({"name": "recordTypes/lead/records/l2", "close_outcome": "WON"});
    stage.done("RecordService/CloseRecord", close).await;
    let open = json!({"current_owner": "ana", "nobody": {}, "validate_only": true});
    assert_eq!(counts(&stage.done(REASSIGN, open).await), [1, 1]);

    let all = json!({"current_owner": "ana", "nobody": {}, "include_closed": true});
    let taken = stage.done(REASSIGN, all).await;
    assert_eq!(counts(&taken), [2, 1]);
    stage.app.run_until_idle().await;
    assert_eq!(owners(&stage, ["l1", "l2", "l3"]).await, ["", "", "ben"]);
    assert_eq!(leads(&stage, "teams/unassigned").await, ["l1"]);

    // A record that is deleted meanwhile takes what is kept of it along.
    stage.done("RecordService/DeleteRecord", json!({"name": "recordTypes/lead/records/l2"})).await;
    hold(&stage).await;
    let back = stage.done(HAND_BACK, json!({"operation": taken["operation"]})).await;
    assert_eq!(counts(&back), [1, 0]);
    stage.app.run_until_idle().await;
    assert_eq!(
        (owners(&stage, ["l1"]).await, leads(&stage, "sellers/ana").await),
        (vec!["ana".to_owned()], vec!["l1".to_owned()])
    );
    hold(&stage).await;
}

#[tokio::test]
async fn the_places_that_the_seller_has_again_go_to_those_who_wait() {
    let stage = Stage::new().await;
    let full = json!({"seller": {"name": "sellers/ana", "max_capacity": 2}, "update_mask": "maxCapacity"});
    stage.done("SellerService/UpdateSeller", full).await;
    stage.admin.segment("waiting", "record.id in [\"w1\", \"w2\", \"w3\"]").await;
    let rule = json!({"display_name": "Ana", "listed": {"sellers": ["ana"]}, "distribution": "ROUND_ROBIN", "respect_capacity": true});
    let rule = json!({"parent": "segments/waiting", "assignment_rule_id": "ana", "assignment_rule": rule});
    stage.done("SegmentService/CreateAssignmentRule", rule).await;
    stage.admin.activate_segment("waiting").await;
    stage.admin.leads(json!([{"id": "w1"}, {"id": "w2"}, {"id": "w3"}])).await;
    stage.app.run_until_idle().await;
    assert_eq!(owners(&stage, ["w1", "w2", "w3"]).await, ["", "", ""]);

    stage.done(REASSIGN, json!({"current_owner": "ana", "new_owner": "ben"})).await;
    stage.app.run_until_idle().await;
    assert_eq!(owners(&stage, ["l1", "l2", "w1", "w2", "w3"]).await, ["ben", "ben", "ana", "ana", ""]);
}

#[tokio::test]
async fn whoever_takes_no_records_gets_none_and_that_counts_as_failed() {
    let floor = Floor::new().await;
    let stage = &floor.0;
    let team = json!({"display_name": "Cover", "members": ["ana", "ben"]});
    stage.done("TeamService/CreateTeam", json!({"team_id": "cover", "team": team})).await;
    let off =
        json!({"seller": {"name": "sellers/ben", "assign_records": false}, "update_mask": "assignRecords"});
    stage.done("SellerService/UpdateSeller", off).await;
    stage.done(REASSIGN, json!({"current_owner": "ana", "team": "cover"})).await;
    stage.app.run_until_idle().await;
    assert_eq!(floor.last().await, (2, 2, 2));
    assert_eq!(owners(stage, ["l1", "l2"]).await, ["ana", "ana"]);
}

#[tokio::test]
async fn everything_that_is_wrong_is_reported_at_once() {
    let stage = Stage::new().await;
    let wrong = async |method: &str, request: Value| {
        let wrong = refused(stage.call(method, request).await);
        (
            wrong.code,
            wrong.reason.clone(),
            wrong.violations.iter().map(|one| one.0.clone()).collect::<Vec<_>>(),
        )
    };
    let (code, reason, _) = wrong(REASSIGN, json!({"current_owner": "zoe", "nobody": {}})).await;
    assert_eq!((code, reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"));
    let (.., fields) =
        wrong(REASSIGN, json!({"current_owner": "a/b", "record_type": "c/d", "team": "e/f"})).await;
    assert_eq!(fields, ["current_owner", "record_type", "team"]);
    let (.., fields) = wrong(REASSIGN, json!({"current_owner": "ana"})).await;
    assert_eq!(fields, ["recipient"]);

    let both = json!({"current_owner": "ana", "record_type": "none", "new_owner": "zoe"});
    let (_, reason, fields) = wrong(REASSIGN, both).await;
    assert_eq!(
        (reason.as_str(), fields),
        ("REFERENCE_NOT_FOUND", vec!["record_type".to_owned(), "new_owner".to_owned()])
    );
    let typeless = json!({"current_owner": "ana", "condition": "true", "new_owner": "ana"});
    let (_, reason, fields) = wrong(REASSIGN, typeless).await;
    assert_eq!(
        (reason.as_str(), fields),
        ("FIELDS_INVALID", vec!["record_type".to_owned(), "new_owner".to_owned()])
    );
    let (_, reason, _) = wrong(
        REASSIGN,
        json!({"current_owner": "ana", "record_type": "lead", "condition": "record.nothing", "nobody": {}}),
    )
    .await;
    assert_eq!(reason, "CONDITION_INVALID");
    for (team, expected) in [("none", "REFERENCE_NOT_FOUND"), ("unassigned", "FIELD_INVALID")] {
        let (_, reason, fields) = wrong(REASSIGN, json!({"current_owner": "ana", "team": team})).await;
        assert_eq!((reason.as_str(), fields), (expected, vec!["team".to_owned()]));
    }

    stage.admin.segment("all", "true").await;
    stage.admin.activate_segment("all").await;
    let connect = json!({"name": "all", "sequence": "tasks", "backfill": true});
    let other = stage.done("SegmentService/ConnectSequence", connect).await["backfillOperation"].clone();
    let (_, reason, fields) = wrong(HAND_BACK, json!({"operation": other})).await;
    assert_eq!((reason.as_str(), fields), ("FIELD_INVALID", vec!["operation".to_owned()]));
    let unknown = format!("operations/{}", uuid::Uuid::nil());
    let (code, ..) = wrong(HAND_BACK, json!({"operation": unknown})).await;
    assert_eq!(code, Code::NotFound);
    let nothing = json!({"current_owner": "ana", "record_type": "lead", "condition": "false", "nobody": {}});
    assert_eq!(list(&stage.done(REASSIGN, nothing).await, "/operation").len(), 0);
}

#[tokio::test]
async fn what_running_operations_read_of_records_cannot_be_deleted() {
    let stage = Stage::new().await;
    stage.admin.declare(json!({"tier": {"type": "STRING"}})).await;
    stage.admin.leads(json!([{"id": "l1", "owner": "ana", "attributes": {"tier": "gold"}}])).await;
    let condition = "record.tier == \"gold\"";
    let some =
        json!({"current_owner": "ana", "new_owner": "ben", "record_type": "lead", "condition": condition});
    let reassigns = stage.done(REASSIGN, some).await;
    let enroll = json!({"sequence": "tasks", "condition": condition, "enroll": {}});
    let enrolls = stage.done("EnrollmentService/ActOnEnrollments", enroll).await;

    let delete = json!({"record_type": "lead", "attribute": "tier"});
    let used = refused(stage.call("RecordService/DeleteAttribute", delete.clone()).await);
    assert_eq!(used.reason, "ATTRIBUTE_IN_USE");
    for operation in [&reassigns, &enrolls] {
        assert!(used.message.contains(text(operation, "/operation")), "{used:?}");
    }

    stage.app.run_until_idle().await;
    assert_eq!(
        (owner(&stage, "l1").await, leads(&stage, "sellers/ben").await),
        ("sellers/ben".to_owned(), vec!["l1".to_owned()])
    );
    stage.done("RecordService/DeleteAttribute", delete).await;
}

#[tokio::test]
async fn an_operation_whose_condition_cannot_be_read_holds_up_no_other() {
    let stage = Stage::new().await;
    let some = json!({"current_owner": "ana", "new_owner": "ben", "record_type": "lead", "condition": "record.id == \"l1\""});
    stage.done(REASSIGN, some).await;
    stage.done(REASSIGN, json!({"current_owner": "ben", "new_owner": "ana"})).await;
    let pool = stage.app.database.pool();
    let broken = "UPDATE operation SET bulk = jsonb_set(bulk, '{condition}', '\"record.(\"') WHERE bulk ->> 'condition' <> ''";
    sqlx::query(broken).execute(&pool).await.expect("is broken");

    stage.app.run_until_idle().await;
    let states = sqlx::query_scalar("SELECT state FROM operation ORDER BY id").fetch_all(&pool).await;
    let states: Vec<String> = states.expect("reads");
    assert_eq!(states, ["CANCELED", "SUCCEEDED"]);
    assert_eq!(owners(&stage, ["l1", "l3"]).await, ["ana", "ana"]);
}
