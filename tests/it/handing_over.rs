//! Work that goes to another queue, snoozes that end early, and both in batches.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, each, event, list, text};

const REASSIGN: &str = "WorkQueueService/ReassignActivity";
const UNSNOOZE: &str = "WorkQueueService/UnsnoozeActivity";
const COMPLETE: &str = "WorkQueueService/CompleteActivity";

async fn names(stage: &Stage, queue: &str) -> Vec<String> {
    each(&stage.queue(queue).await, "name").into_iter().map(str::to_owned).collect()
}

async fn check(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

async fn upsert(stage: &Stage, record: Value) {
    stage.admin.leads(json!([record])).await;
    stage.app.run_until_idle().await;
}

#[tokio::test]
async fn a_reassigned_activity_stays_where_it_was_put_until_its_record_has_another_owner() {
    let stage = Stage::new().await;
    stage.admin.declare(json!({"name": {"type": "STRING"}})).await;
    let enrollment = stage.enroll("l1", "tasks").await;
    let first = text(&enrollment, "/openActivity").to_owned();
    let moved = stage.done(REASSIGN, json!({"name": first, "queue": "sellers/ben"})).await;
    assert_eq!(text(&moved, "/activity/queue"), "sellers/ben");

    // A change that isn't of the owner leaves it there.
    upsert(&stage, json!({"id": "l1", "attributes": {"name": "Kim", "phone": "555-0100"}})).await;
    assert_eq!(names(&stage, "sellers/ben").await, [first.as_str()]);
    check(&stage).await;

    // Ben does it; the next step is ana's again.
    let ben = stage.salesperson("ben").await;
    ben.done(COMPLETE, json!({"name": first})).await;
    let second = names(&stage, "sellers/ana").await.remove(0);
    let shown = json!({"name": enrollment["name"], "view": "FULL"});
    let shown = stage.done("EnrollmentService/GetEnrollment", shown).await;
    let timeline = list(&shown, "/enrollment/timeline");
    let kinds: Vec<&str> = timeline.iter().map(|one| event(one).0).collect();
    let expected = ["enrollmentStarted", "activityDue", "activityMoved", "activityCompleted", "activityDue"];
    assert_eq!(kinds, expected);

    // Another owner takes all open work, wherever it is.
    stage.done(REASSIGN, json!({"name": second, "queue": "teams/unassigned"})).await;
    upsert(&stage, json!({"id": "l1", "owner": "ben"})).await;
    assert_eq!(names(&stage, "sellers/ben").await, [second.as_str()]);
    upsert(&stage, json!({"id": "l1", "owner": "ana"})).await;
    assert_eq!(names(&stage, "sellers/ana").await, [second.as_str()]);

    // Back where it belongs, it is like all others.
    stage.done(REASSIGN, json!({"name": second, "queue": "sellers/ben"})).await;
    stage.done(REASSIGN, json!({"name": second, "queue": "sellers/ana"})).await;
    stage.done(REASSIGN, json!({"name": second, "queue": "sellers/ana"})).await;
    check(&stage).await;
}

#[tokio::test]
async fn an_activity_whose_record_comes_to_the_seller_who_has_it_follows_the_record_again() {
    let stage = Stage::new().await;
    let enrollment = stage.enroll("l1", "tasks").await;
    let activity = text(&enrollment, "/openActivity").to_owned();
    stage.done(REASSIGN, json!({"name": activity, "queue": "sellers/ben"})).await;

    upsert(&stage, json!({"id": "l1", "owner": "ben"})).await;
    assert_eq!(names(&stage, "sellers/ben").await, [activity.as_str()]);
    check(&stage).await;
    upsert(&stage, json!({"id": "l1", "owner": "ana"})).await;
    assert_eq!(names(&stage, "sellers/ana").await, [activity.as_str()]);
    check(&stage).await;
}

#[tokio::test]
async fn a_reassignment_that_cannot_be_is_refused() {
    let stage = Stage::new().await;
    let template = json!({"display_name": "Hello", "email": {"subject": "Hello"}});
    let template = json!({"template_id": "hello", "template": template});
    stage.done("TemplateService/CreateTemplate", template).await;
    stage.sequence("mails", json!([{"automated_email": {"template": "hello"}}])).await;
    let enrollment = stage.enroll("l1", "mails").await;
    let automated = json!({"name": enrollment["openActivity"], "queue": "sellers/ben"});
    assert_eq!(refused(stage.call(REASSIGN, automated).await).reason, "ACTIVITY_AUTOMATED");

    let own = stage.enroll("l1", "tasks").await["openActivity"].clone();
    let unknown = refused(stage.call(REASSIGN, json!({"name": own, "queue": "sellers/nobody"})).await);
    assert_eq!(unknown.fields(), [("queue", "REFERENCE_NOT_FOUND")]);
    let robots = json!({"name": own, "queue": "teams/automation"});
    assert_eq!(refused(stage.call(REASSIGN, robots).await).fields(), [("queue", "FIELD_INVALID")]);
    let ben = stage.salesperson("ben").await;
    let others = ben.call(REASSIGN, json!({"name": own, "queue": "sellers/me"})).await;
    assert_eq!(refused(others).reason, "RESOURCE_NOT_FOUND");

    // A seller may give own work away, and then no longer sees it if the record isn't theirs.
    let ana = stage.salesperson("ana").await;
    ana.done(REASSIGN, json!({"name": own, "queue": "sellers/ben"})).await;
    assert_eq!(names(&stage, "sellers/ben").await, [own.as_str().expect("a name")]);
    check(&stage).await;
}

#[tokio::test]
async fn a_snooze_ends_at_once_and_the_activity_is_in_its_old_place() {
    let stage = Stage::new().await;
    let first = stage.enroll("l1", "tasks").await["openActivity"].clone();
    stage.app.advance(TimeDelta::seconds(1)).await;
    stage.enroll("l2", "tasks").await;
    let order = names(&stage, "sellers/ana").await;
    let until = stage.app.now() + TimeDelta::hours(1);
    stage.done("WorkQueueService/SnoozeActivity", json!({"name": first, "until": until})).await;
    assert_eq!(names(&stage, "sellers/ana").await, order[1..]);

    let woken = stage.done(UNSNOOZE, json!({"name": first})).await;
    assert_eq!((text(&woken, "/activity/state"), &woken["queueHead"]["name"]), ("DUE", &first));
    assert_eq!(names(&stage, "sellers/ana").await, order);
    let again = refused(stage.call(UNSNOOZE, json!({"name": first})).await);
    assert_eq!(again.reason, "ACTIVITY_NOT_SNOOZED");

    // Its timer is gone with it.
    stage.app.advance(TimeDelta::hours(2)).await;
    check(&stage).await;
}

#[tokio::test]
async fn batches_of_skips_snoozes_and_reassignments_answer_item_by_item() {
    let stage = Stage::new().await;
    let mut open = Vec::new();
    for lead in ["l1", "l2", "l3"] {
        open.push(stage.enroll(lead, "tasks").await["openActivity"].clone());
    }
    let nobody = format!("activities/{}", uuid::Uuid::from_u128(1));
    let reason = |answer: &Value, index: usize| {
        let found = answer["results"][index]["error"]["details"].as_array().expect("details");
        found.iter().find_map(|detail| detail["reason"].as_str()).unwrap_or_default().to_owned()
    };

    let until = stage.app.now() + TimeDelta::hours(1);
    let snooze = |name: &Value, until: Value| json!({"name": name, "until": until});
    let items = json!([
        snooze(&open[0], json!(until)),
        snooze(&json!(nobody), json!(until)),
        snooze(&open[1], json!(stage.app.now()))
    ]);
    let snoozed = stage.done("WorkQueueService/BatchSnoozeActivities", json!({"requests": items})).await;
    assert_eq!(snoozed["results"][0]["snoozed"]["name"], open[0]);
    assert_eq!(snoozed["results"][0]["snoozed"]["snoozeUntil"].as_str().map(str::parse), Some(Ok(until)));
    assert_eq!(
        (reason(&snoozed, 1), reason(&snoozed, 2)),
        ("RESOURCE_NOT_FOUND".into(), "FIELD_INVALID".into())
    );
    assert_eq!(snoozed["queueHeads"][0]["activity"], open[1]);

    let to = |name: &Value, queue: &str| json!({"name": name, "queue": queue});
    let items =
        json!([to(&open[0], "sellers/ben"), to(&open[1], "sellers/none"), to(&open[1], "teams/unassigned")]);
    let moved = stage.done("WorkQueueService/BatchReassignActivities", json!({"requests": items})).await;
    assert_eq!(moved["results"][0]["reassigned"]["name"], open[0]);
    assert_eq!(reason(&moved, 1), "REFERENCE_NOT_FOUND");
    assert_eq!(moved["results"][2]["reassigned"]["name"], open[1]);
    let got = stage.done("WorkQueueService/GetActivity", json!({"name": open[1]})).await;
    assert_eq!(moved["results"][2]["reassigned"]["etag"], got["activity"]["etag"]);

    let items = json!([{"name": open[2], "reason": "no time"}, {"name": open[2]}, {"name": open[1]}]);
    let skipped = stage.done("WorkQueueService/BatchSkipActivities", json!({"requests": items})).await;
    assert_eq!(skipped["results"][0]["skipped"]["name"], open[2]);
    assert!(skipped["results"][0]["skipped"]["progress"]["nextActivity"].is_string());
    assert_eq!(reason(&skipped, 1), "ACTIVITY_CLOSED");
    assert_eq!(skipped["results"][2]["skipped"]["name"], open[1]);

    // The snooze went along with its activity.
    stage.app.advance(TimeDelta::hours(1)).await;
    assert_eq!(names(&stage, "sellers/ben").await[0], open[0].as_str().expect("a name"));
    check(&stage).await;
}

#[tokio::test]
async fn a_team_that_gets_work_at_that_instant_stays_and_one_that_goes_gets_none() {
    let stage = Stage::new().await;
    let enrollment = stage.enroll("l1", "tasks").await;
    let activity = text(&enrollment, "/openActivity").to_owned();
    let team = json!({"team_id": "pool", "team": {"display_name": "Pool"}});
    stage.done("TeamService/CreateTeam", team.clone()).await;
    let give = || json!({"name": activity, "queue": "teams/pool"});
    let hold = async |statement: &'static str| {
        let mut holder = stage.app.database.pool().begin().await.expect("begins");
        sqlx::query(statement).execute(&mut *holder).await.expect("locks");
        holder
    };

    // The deletion is under way: the work waits for it, and stays where it is.
    let mut deletion = hold("SELECT FROM team WHERE team_id = 'pool' FOR NO KEY UPDATE").await;
    let given = async {
        stage.app.database.until_waiting(1).await;
        let delete = "UPDATE queue SET closed = true FROM team WHERE team.id = queue.id AND team_id = 'pool';
            UPDATE team SET delete_time = create_time WHERE team_id = 'pool'";
        sqlx::raw_sql(delete).execute(&mut *deletion).await.expect("deletes");
        deletion.commit().await.expect("commits");
    };
    let (refusal, ()) = tokio::join!(stage.call(REASSIGN, give()), given);
    assert_eq!(refused(refusal).fields(), [("queue", "REFERENCE_NOT_FOUND")]);
    check(&stage).await;

    // The work is under way: the deletion waits for it, and finds it.
    stage.done("TeamService/CreateTeam", team).await;
    let held = hold("SELECT FROM enrollment FOR UPDATE").await;
    let deleted = async {
        stage.app.database.until_waiting(1).await;
        let release = async {
            stage.app.database.until_waiting(2).await;
            held.commit().await.expect("commits");
        };
        tokio::join!(stage.call("TeamService/DeleteTeam", json!({"name": "teams/pool"})), release).0
    };
    let (moved, refusal) = tokio::join!(stage.call(REASSIGN, give()), deleted);
    assert_eq!(text(&moved.expect("is moved"), "/activity/queue"), "teams/pool");
    assert_eq!(refused(refusal).reason, "TEAM_IN_USE");
    check(&stage).await;
}
