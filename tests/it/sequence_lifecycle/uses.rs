//! What depends on a sequence: segments, enrollments, and the limit of active sequences.

use futures::future::join_all;
use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use tonic::Code;
use upnext::domain::caller::Actor;
use upnext::domain::case::Facts;
use upnext::domain::changes::Changes;
use upnext::domain::consent::{ConsentPolicy, Reach};
use upnext::domain::definition::Definition;
use upnext::domain::enrollment::EnrollmentSource;
use upnext::domain::flow::{Basis, Beginning, Flow, Start, Target};
use upnext::domain::id::{EnrollmentId, QueueId, SequenceId};
use upnext::domain::operation::OperationState;
use upnext::domain::program::Program;
use upnext::engine::{DeleteSequence, EnrollRecord, Error};
use upnext::store::{changes, routing, sequences};

use super::super::support::app::{Client, TestApp};
use super::super::support::columns::insert;
use super::super::support::refused::{Refused, refused};
use super::super::support::world::{World, phone_call, wait};
use super::{active, ask, created, done, no, text};

/// Connects a segment, made beside the server, with a sequence.
async fn connect(app: &TestApp, segment: &str, sequence: &str) {
    let columns = [
        ("organization_id", "organization_id"),
        ("id", "$1"),
        ("segment_id", "$2"),
        ("record_type_id", "record_type_id"),
        ("connected_sequence_id", "id"),
        ("create_time", "$4"),
    ];
    let statement = insert("segment", &columns, "FROM sequence WHERE sequence_id = $3");
    sqlx::query(AssertSqlSafe(statement))
        .bind(app.clock.clock().new_id())
        .bind(segment)
        .bind(sequence)
        .bind(app.now())
        .execute(&app.database.pool())
        .await
        .expect("the segment is new");
}

#[tokio::test]
async fn a_connected_segment_is_shown_and_keeps_the_sequence_until_force_disconnects_it() {
    let app = TestApp::new().await;
    active(&app.admin, "s").await;
    connect(&app, "b", "s").await;
    connect(&app, "a", "s").await;
    let shown = done(&app.admin, "GetSequence", json!({"name": "s"})).await;
    assert_eq!(shown["connectedSegments"], json!(["segments/a", "segments/b"]));

    let refused = no(&app.admin, "DeleteSequence", json!({"name": "s"})).await;
    assert_eq!((refused.code, refused.reason.as_str()), (Code::FailedPrecondition, "SEQUENCE_IN_USE"));
    assert_eq!(refused.metadata["connected_segments"], "segments/a, segments/b");
    assert_eq!(refused.metadata["open_enrollment_count"], "0");

    let deleted = done(&app.admin, "DeleteSequence", json!({"name": "s", "force": true})).await;
    assert_eq!(deleted["connectedSegments"].as_array().map_or(0, Vec::len), 0);
    let versions: Vec<i64> = sqlx::query_scalar("SELECT version FROM segment ORDER BY segment_id")
        .fetch_all(&app.database.pool())
        .await
        .expect("reads");
    assert_eq!(versions, [2, 2], "their etags change");
}

#[tokio::test]
async fn reactivating_a_sequence_feeds_it_from_connected_segments_and_a_new_revision_alone_does_not() {
    let app = TestApp::new().await;
    active(&app.admin, "s").await;
    connect(&app, "a", "s").await;
    let operation = |answer: &Value| answer["feedOperation"].as_str().unwrap_or_default().to_owned();
    let activate =
        async || ask(&app.admin, "ActivateSequence", json!({"name": "s"})).await.expect("can be activated");
    let change = json!({"sequence": {"name": "s", "steps": [{"step_id": "call", "phone_call": {}}]}});
    done(&app.admin, "UpdateSequence", change).await;
    let revised = activate().await;
    assert_eq!((&revised["sequence"]["revision"], operation(&revised).as_str()), (&json!(2), ""));

    done(&app.admin, "DeactivateSequence", json!({"name": "s"})).await;
    let fed = operation(&activate().await);
    assert!(fed.starts_with("operations/"), "{fed:?}");

    let queued: Vec<(String, String, String)> =
        sqlx::query_as("SELECT 'operations/' || id, kind, target_name FROM operation")
            .fetch_all(&app.database.pool())
            .await
            .expect("reads");
    assert_eq!(queued, [(fed, "FEED_SEQUENCE".to_owned(), "sequences/s".to_owned())]);
}

/// Activates, again while the server is too busy to begin.
async fn activate_eventually(client: &Client, id: String) -> Result<Value, tonic::Status> {
    loop {
        match ask(client, "ActivateSequence", json!({"name": id})).await {
            Err(status) if status.code() == Code::Unavailable => {}
            // On a busy machine, some wait too long for their turn.
            Err(status) if Refused::of(&status).reason == "TOO_MANY_CALLS" => {}
            answer => return answer,
        }
    }
}

#[tokio::test]
async fn of_251_concurrent_activations_exactly_250_succeed() {
    let app = TestApp::new().await;
    for number in 0..251 {
        created(&app.admin, &format!("s{number}")).await;
    }
    let activations = (0..251).map(|number| activate_eventually(&app.admin, format!("s{number}")));
    let answers = join_all(activations).await;
    let (fine, mut denied): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
    assert_eq!((fine.len(), denied.len()), (250, 1));

    let denied = refused(denied.remove(0));
    assert_eq!((denied.code, denied.reason.as_str()), (Code::ResourceExhausted, "LIMIT_EXCEEDED"));
    assert_eq!((&*denied.metadata["limit"], &*denied.metadata["value"]), ("active_sequences", "250"));

    let active: i64 = sqlx::query_scalar("SELECT count(*) FROM sequence WHERE state = 'ACTIVE'")
        .fetch_one(&app.database.pool())
        .await
        .expect("counts");
    assert_eq!(active, 250);

    let filter = json!({"filter": r#"sequence.state == "DRAFT""#});
    let last = ask(&app.admin, "ListSequences", filter).await.expect("lists")["sequences"][0].take();
    let problems = ask(&app.admin, "ValidateSequence", json!({"name": text(&last, "name")})).await;
    assert_eq!(problems.expect("answers")["violations"][0]["reason"], "LIMIT_EXCEEDED");
}

/// Enrolls a new record of `world`, beside the engine.
async fn enroll(world: &World, sequence: SequenceId, record_id: &str) {
    let mut conn = world.store.connection().await.expect("connects");
    let revision =
        sequences::revisions::get(&mut conn, world.organization, sequence, 1).await.expect("reads");
    let definition: Definition = revision.expect("it is active").plan.definition;
    let owner = world.seller(record_id).await;
    let start = Start {
        organization: world.organization,
        enrollment: EnrollmentId(world.clock().new_id()),
        sequence,
        revision: 1,
        record: world.record(record_id, Some(owner)).await,
        pass_number: 1,
        source: EnrollmentSource::Manual,
        segment: None,
        halts: 0,
        advanced_from: None,
        enroller: None,
        beginning: Beginning::default(),
    };

    let target =
        Target { queue: QueueId(owner.0), display_name: "A lead".to_owned(), reach: Reach::default() };
    let (clock, mut started) = (world.clock(), Changes::new());
    let mut mint = || clock.new_id();
    let mut flow = Flow { now: world.now(), mint: &mut mint, changes: &mut started };
    let basis = Basis {
        program: &Program::compile(&definition),
        target: &target,
        consent_policy: ConsentPolicy::Warn,
        facts: &Facts::default(),
    };
    flow.start(start, basis, Actor::UPNEXT);
    changes::save(&mut conn, &started, || clock.new_stamp()).await.expect("saves");
}

/// So many enrollments, each waiting an hour.
fn waiting() -> String {
    let record = [
        ("organization_id", "sequence.organization_id"),
        ("id", "('0190c0de-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid"),
        ("record_type_id", "sequence.record_type_id"),
        ("record_id", "'m' || n"),
        ("create_time", "sequence.create_time"),
    ];
    let records = "FROM sequence, generate_series(1, 2500) AS n RETURNING organization_id, id, create_time";

    let enrollment = [
        ("organization_id", "lead.organization_id"),
        ("id", "lead.id"),
        ("sequence_id", "sequence.id"),
        ("record_id", "lead.id"),
        ("waiting_until", "lead.create_time + interval '1 hour'"),
        ("waiting_for", "1"),
        ("create_time", "lead.create_time"),
    ];
    let enrollments = "FROM lead JOIN sequence USING (organization_id)
      RETURNING organization_id, id, waiting_until";

    let timer = [
        ("organization_id", "waiting.organization_id"),
        ("due_at", "waiting.waiting_until"),
        ("enrollment_id", "waiting.id"),
        ("queue_id", "team.id"),
    ];
    let timers = "FROM waiting JOIN team USING (organization_id)";

    format!(
        "WITH lead AS ({}), waiting AS ({}) {}",
        insert("record", &record, records),
        insert("enrollment", &enrollment, enrollments),
        insert("timer", &timer, timers),
    )
}

#[tokio::test]
async fn force_leaves_thousands_of_enrollments_to_an_operation_that_any_server_can_continue() {
    let world = World::new().await;
    let sequence = world.sequence("calls", vec![wait(3600), phone_call()]).await;
    world.run(waiting()).await;
    let poison =
        "UPDATE enrollment SET source = 99 WHERE record_id = (SELECT id FROM record WHERE record_id = 'm7')";
    world.run(poison).await;

    let command = DeleteSequence { sequence_id: "calls".to_owned(), expected_version: None, force: true };
    let deleted = world.engine.delete_sequence(&world.request(), command).await.expect("force deletes it");
    let operation = deleted.exit_operation.expect("it is too much for one transaction");
    let open = "SELECT count(*) FROM enrollment WHERE end_time IS NULL";
    assert_eq!(world.count(open).await, 2_500);

    let lead = EnrollRecord {
        record: ("lead".to_owned(), "l1".to_owned()),
        sequence: "calls".to_owned(),
        start_time: None,
        start_step_id: None,
        validate_only: false,
    };
    world.record("l1", None).await;
    let refused = world.engine.enroll_record(world.request(), lead).await.expect_err("it is deleted");
    assert!(matches!(refused, Error::Invalid(_)), "{refused}");

    // Who enrolls once the sequence is back is nobody's leftover.
    world.engine.undelete_sequence(&world.request(), "calls").await.expect("brings it back");
    enroll(&world, sequence, "l2").await;

    let (one, other) = (&world.engine, &world.server());
    assert!(one.run_operations(world.now()).await.expect("runs").worked);
    assert!(world.count(open).await > 1_000, "a transaction takes a part of them");

    while other.run_operations(world.now()).await.expect("runs").worked {}
    assert_eq!(world.count(open).await, 2, "the poisonous one, and the one that came later");
    assert_eq!(world.count("SELECT count(*) FROM timer").await, 2);

    let mut conn = world.store.connection().await.expect("connects");
    let ended = routing::operations::get(&mut conn, world.organization, operation)
        .await
        .expect("reads")
        .expect("is there");
    assert_eq!(
        (ended.state, ended.total, ended.done, ended.failed),
        (OperationState::Succeeded, 2_500, 2_500, 1)
    );
}

#[tokio::test]
async fn force_ends_open_enrollments_with_their_activities_and_waits_in_the_same_transaction() {
    let world = World::new().await;
    let calls = world.sequence("calls", vec![phone_call()]).await;
    let waits = world.sequence("waits", vec![wait(60), phone_call()]).await;
    enroll(&world, calls, "l1").await;
    enroll(&world, calls, "l2").await;
    enroll(&world, waits, "l3").await;

    let delete = |sequence_id: &str, force| {
        let command = DeleteSequence { sequence_id: sequence_id.to_owned(), expected_version: None, force };
        let (engine, request) = (world.engine.clone(), world.request());
        async move { engine.delete_sequence(&request, command).await }
    };
    delete("calls", false).await.expect_err("two enrollments are open");

    let deleted = delete("calls", true).await.expect("force ends them");
    assert_eq!(deleted.exit_operation, None, "all at once");
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 0);
    assert_eq!(world.count("SELECT count(*) FROM closed_activity").await, 2);
    assert_eq!(world.count("SELECT sum(due_count)::bigint FROM queue").await, 0);
    assert_eq!(world.count("SELECT count(*) FROM enrollment WHERE end_time IS NULL").await, 1);
    assert_eq!(world.count("SELECT count(*) FROM timer").await, 1);

    delete("waits", true).await.expect("force ends it");
    assert_eq!(world.count("SELECT count(*) FROM timer").await, 0);
    assert_eq!(world.count("SELECT count(*) FROM sequence WHERE delete_time IS NULL").await, 0);

    let exited = "SELECT count(*) FROM history WHERE detail ->> 'outcome' = 'SEQUENCE_DELETED' AND kind = 13";
    assert_eq!(world.count(exited).await, 3);
}
