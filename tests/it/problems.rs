//! What fails is kept and tried again: by itself after growing pauses, or when somebody asks for
//! it. Only what fails again and again while others succeed is set aside.

use chrono::TimeDelta;
use futures::FutureExt as _;
use serde_json::{Value, json};
use upnext::wake::Topic;

use crate::support::app::TestApp;
use crate::support::invariants;
use crate::support::stage::list;
use crate::support::world::{World, email, wait};

/// A world with three enrollments in a wait of five seconds. The second one's can't be ended.
async fn three_waits() -> World {
    let world = World::new().await;
    let sequence = world.sequence("paid", vec![wait(5), email()]).await;
    let mut records = Vec::new();
    for number in 0..3 {
        let record = world.record(&format!("l{number}"), None).await;
        world.start(sequence, record).await;
        records.push(record);
    }
    let poison = format!("ALTER TABLE activity ADD CONSTRAINT poison CHECK (record_id <> '{}')", records[1]);
    world.run(poison).await;
    world
}

async fn attempts(world: &World) -> Vec<(i32, bool)> {
    sqlx::query_as("SELECT attempts, retrying FROM set_aside")
        .fetch_all(&world.store.pool())
        .await
        .expect("can be read")
}

#[tokio::test]
async fn a_timer_that_fails_is_kept_and_fired_once_its_cause_is_gone() {
    let world = three_waits().await;
    world.advance(5);
    world.engine.fire_timers(world.now()).await.expect("fires");
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 2);
    assert_eq!(attempts(&world).await, [(1, true)]);
    invariants::hold(&world).await;

    assert_eq!(world.engine.timer_heads().await.expect("looks"), [], "a held timer isn't awaited");
    assert!(!world.engine.retry_problems(world.now()).await.expect("looks").worked, "not yet");
    world.advance(1);
    let retried = world.engine.retry_problems(world.now()).await.expect("tries");
    assert_eq!((retried.worked, retried.again_at), (true, Some(world.now() + TimeDelta::seconds(2))));
    assert_eq!(attempts(&world).await, [(2, true)]);
    invariants::hold(&world).await;

    world.run("ALTER TABLE activity DROP CONSTRAINT poison").await;
    world.advance(2);
    assert!(world.engine.retry_problems(world.now()).await.expect("tries").worked);
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 3);
    assert_eq!(world.count("SELECT count(*) FROM timer").await, 0);
    assert_eq!(attempts(&world).await, []);
    invariants::hold(&world).await;
}

#[tokio::test]
async fn a_problem_waits_for_its_turn_while_a_backfill_routes_batch_after_batch() {
    let world = three_waits().await;
    world.advance(5);
    world.engine.fire_timers(world.now()).await.expect("fires");
    world.run("ALTER TABLE activity DROP CONSTRAINT poison").await;
    world.advance(1);

    let pool = world.store.pool();
    let mut routing = pool.begin().await.expect("begins");
    sqlx::query("SELECT FROM routing FOR UPDATE").execute(&mut *routing).await.expect("locks");
    let batch_ends = async {
        world.until_waiting(1).await;
        routing.commit().await.expect("commits");
    };
    let (retried, ()) = tokio::join!(world.engine.retry_problems(world.now()), batch_ends);
    assert!(retried.expect("tries").worked);
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 3);
    assert_eq!(attempts(&world).await, []);
}

/// Lets so many attempts of everything fail.
async fn fail(world: &World, times: usize) {
    for _ in 0..times {
        world.advance(300);
        assert!(world.engine.retry_problems(world.now()).await.expect("tries").worked);
    }
}

#[tokio::test]
async fn only_what_fails_again_and_again_while_others_succeed_is_set_aside() {
    let world = three_waits().await;
    world.advance(5);
    world.engine.fire_timers(world.now()).await.expect("fires");
    fail(&world, 6).await;
    assert_eq!(attempts(&world).await, [(7, true)]);
    fail(&world, 1).await;
    assert_eq!(attempts(&world).await, [(8, false)], "the others have fired");
    world.advance(300);
    assert!(!world.engine.retry_problems(world.now()).await.expect("looks").worked, "once a day");
    world.advance(24 * 3600);
    assert!(world.engine.retry_problems(world.now()).await.expect("tries").worked);
    invariants::hold(&world).await;
}

#[tokio::test]
async fn while_everything_fails_nothing_is_set_aside() {
    let world = three_waits().await;
    world.run("ALTER TABLE activity ADD CONSTRAINT all_poison CHECK (kind < 0)").await;
    world.advance(5);
    world.engine.fire_timers(world.now()).await.expect("fires");
    fail(&world, 12).await;
    assert_eq!(attempts(&world).await, [(13, true); 3]);
    invariants::hold(&world).await;

    world.run("ALTER TABLE activity DROP CONSTRAINT poison, DROP CONSTRAINT all_poison").await;
    world.advance(300);
    assert!(world.engine.retry_problems(world.now()).await.expect("tries").worked);
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 3);
}

#[tokio::test]
async fn a_timer_that_an_earlier_release_deleted_is_made_again() {
    let world = three_waits().await;
    world.run("ALTER TABLE activity DROP CONSTRAINT poison").await;
    world
        .run(
            "INSERT INTO set_aside (organization_id, id, kind, subject_id, reason, create_time)
             SELECT organization_id, gen_random_uuid(), 'timer', id, 'once', create_time FROM enrollment",
        )
        .await;
    world.run("DELETE FROM timer").await;
    invariants::hold_but(&world, &["wait_has_timer"]).await;
    world.advance(5);
    assert!(world.engine.retry_problems(world.now()).await.expect("tries").worked);
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 3);
    assert_eq!(attempts(&world).await, []);
    invariants::hold(&world).await;
}

#[tokio::test]
async fn the_problem_of_an_enrollment_that_moved_on_is_gone() {
    let world = three_waits().await;
    world.advance(5);
    world.engine.fire_timers(world.now()).await.expect("fires");
    world.run("ALTER TABLE activity DROP CONSTRAINT poison").await;
    let waiting: uuid::Uuid = sqlx::query_scalar("SELECT id FROM enrollment WHERE waiting_until IS NOT NULL")
        .fetch_one(&world.store.pool())
        .await
        .expect("one waits");
    let skip = upnext::engine::SkipWait {
        enrollment: upnext::domain::id::EnrollmentId(waiting),
        expected_version: None,
    };
    world.engine.skip_wait(world.request(), skip).await.expect("is skipped");
    world.advance(1);
    assert!(world.engine.retry_problems(world.now()).await.expect("tries").worked);
    assert_eq!(attempts(&world).await, []);
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 3);
    invariants::hold(&world).await;
}

async fn problems(app: &TestApp) -> Vec<Value> {
    list(&app.admin.done("OrganizationService/ListProblems", json!({})).await, "/problems")
}

#[tokio::test]
async fn problems_are_listed_with_reason_and_cure_and_retried_when_asked() {
    let app = TestApp::new().await;
    app.admin.sequence("tasks", json!([{"step_id": "one", "task": {}}])).await;
    app.admin.segment("all", "true").await;
    app.admin.connect("all", "tasks").await;
    app.admin.activate_segment("all").await;
    let pool = app.database.pool();
    let run = async |statement: &'static str| sqlx::query(statement).execute(&pool).await.expect("runs");
    run("ALTER TABLE activity ADD CONSTRAINT poison CHECK (record_display_name <> 'l1')").await;
    app.admin.leads(json!([{"id": "l1"}, {"id": "l2"}])).await;
    app.run_until_idle().await;

    let found = problems(&app).await;
    let [problem] = found.as_slice() else { panic!("{found:?}") };
    let name = problem["name"].clone();
    assert_eq!(problem["kind"], "RECORD_CHANGE");
    assert_eq!(problem["state"], "RETRYING");
    assert_eq!(problem["record"], "recordTypes/lead/records/l1");
    assert_eq!(problem["reason"], "a statement failed");
    assert_eq!(problem["attemptCount"], 1);
    assert!(problem["cure"].as_str().is_some_and(|cure| !cure.is_empty()), "{problem}");

    // The cause is still there: it fails again at once.
    app.admin.done("OrganizationService/RetryProblem", json!({"name": name})).await;
    app.run_until_idle().await;
    assert_eq!(problems(&app).await.len(), 1);

    run("ALTER TABLE activity DROP CONSTRAINT poison").await;
    app.admin.done("OrganizationService/RetryProblem", json!({"name": name})).await;
    app.run_until_idle().await;
    assert_eq!(problems(&app).await, [] as [Value; 0]);
    let activities =
        app.admin.done("WorkQueueService/ListActivities", json!({"queue": "teams/unassigned"})).await;
    assert_eq!(list(&activities, "/activities").len(), 2);
}

#[tokio::test]
async fn a_record_that_failed_in_an_operation_counts_as_done_once_it_succeeds() {
    let app = TestApp::new().await;
    app.admin.sequence("tasks", json!([{"step_id": "one", "task": {}}])).await;
    app.admin.segment("all", "true").await;
    app.admin.connect("all", "tasks").await;
    app.admin.leads(json!([{"id": "l1"}, {"id": "l2"}, {"id": "l3"}])).await;
    app.run_until_idle().await;
    let pool = app.database.pool();
    let run = async |statement: &'static str| sqlx::query(statement).execute(&pool).await.expect("runs");
    run("ALTER TABLE activity ADD CONSTRAINT poison CHECK (record_display_name <> 'l2')").await;
    let request = json!({"name": "segments/all", "backfill": true});
    let active = app.admin.done("SegmentService/ActivateSegment", request).await;
    app.run_until_idle().await;

    let counts = async || {
        sqlx::query_as::<_, (i64, i64, i64)>("SELECT done, failed, enrolled FROM operation")
            .fetch_one(&pool)
            .await
            .expect("is read")
    };
    assert_eq!(counts().await, (3, 1, 2));
    let found = problems(&app).await;
    assert_eq!(found[0]["kind"], "OPERATION");
    assert_eq!(found[0]["operation"], active["backfillOperation"]);

    run("ALTER TABLE activity DROP CONSTRAINT poison").await;
    app.advance(TimeDelta::seconds(1)).await;
    assert_eq!(counts().await, (3, 0, 3));
    assert_eq!(problems(&app).await, [] as [Value; 0]);
}

#[tokio::test]
async fn what_succeeds_at_last_wakes_those_who_go_on_with_it() {
    let app = TestApp::new().await;
    for seller in ["ana", "ben"] {
        app.admin.seller(seller).await;
    }
    app.admin.leads(json!([{"id": "l1", "owner": "ana"}])).await;
    app.run_until_idle().await;
    app.admin
        .done("SellerService/ReassignRecords", json!({"current_owner": "ana", "new_owner": "ben"}))
        .await;
    // As if it had failed.
    let failed =
        "INSERT INTO set_aside (organization_id, id, kind, subject_id, reason, create_time, operation_id)
        SELECT organization_id, record.id, 'operation', record.id, 'x', record.create_time, operation.id
        FROM record JOIN operation USING (organization_id);
        UPDATE operation SET cursor_record_id = upto_record_id, done = 1, failed = 1";
    sqlx::raw_sql(failed).execute(&app.database.pool()).await.expect("failed");
    assert!(app.app.engine.run_operations(app.now()).await.expect("ends").worked);

    let routing = app.app.worker.wake().arm(Topic::RecordChanges);
    assert!(app.app.worker.retry_problems(app.now()).await.expect("tries").worked);
    assert!(routing.now_or_never().is_some(), "segments see the new owner");
    let record = json!({"name": "recordTypes/lead/records/l1"});
    let record = app.admin.done("RecordService/GetRecord", record).await;
    assert_eq!(record["record"]["owner"], "sellers/ben");
}
