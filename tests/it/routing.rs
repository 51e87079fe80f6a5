//! Routing on the engine: record change → membership → owner → enrollment → first activity.

use serde_json::{Value, json};
use upnext::domain::assignment::Distribution;
use upnext::domain::id::{ChosenId, EnrollmentId, RecordId, SellerId};
use upnext::domain::segment::{OnLeave, Profile};
use upnext::engine::{
    ActivateSegment, CandidateNames, ConnectSequence, CreateAssignmentRule, CreateSegment, SegmentTarget,
};
use upnext::store::records;
use uuid::Uuid;

use super::flow::exit;
use super::support::invariants;
use super::support::world::{World, email, phone_call, wait};

fn profile(condition: &str) -> Profile {
    Profile {
        display_name: "A segment".to_owned(),
        description: String::new(),
        condition: condition.to_owned(),
        on_leave: OnLeave::Stay,
        leave_grace: None,
        allow_resegmentation: false,
        reassign_on_resegmentation: false,
    }
}

fn target(segment_id: &str) -> SegmentTarget {
    SegmentTarget { segment_id: segment_id.to_owned(), expected_version: None }
}

/// An active segment of leads, the last one.
async fn segment(world: &World, segment_id: &str, profile: Profile) {
    let command = CreateSegment {
        segment_id: ChosenId::known(segment_id),
        record_type: "lead".to_owned(),
        profile,
        priority: None,
    };
    world.engine.create_segment(&world.request(), command).await.expect("is created");
    let command = ActivateSegment { target: target(segment_id), backfill: false, validate_only: false };
    world.engine.activate_segment(&world.request(), command).await.expect("can be activated");
}

async fn connect(world: &World, segment_id: &str, sequence_id: &str) {
    let command = ConnectSequence {
        target: target(segment_id),
        sequence_id: sequence_id.to_owned(),
        replace: true,
        backfill: false,
        validate_only: false,
    };
    world.engine.connect_sequence(&world.request(), command).await.expect("can be connected");
}

async fn rule(world: &World, segment_id: &str, condition: &str, listed: &[&str]) {
    let command = CreateAssignmentRule {
        segment_id: segment_id.to_owned(),
        assignment_rule_id: ChosenId::known(format!("r{}", world.clock().new_id())),
        display_name: "In turn".to_owned(),
        condition: condition.to_owned(),
        candidates: CandidateNames::Listed(listed.iter().map(|id| (*id).to_owned()).collect()),
        distribution: Distribution::RoundRobin,
        respect_capacity: false,
        available_within_hours: None,
        priority: None,
        disabled: false,
    };
    world.engine.create_assignment_rule(&world.request(), command).await.expect("is created");
}

/// Notes that records changed, and routes until nothing is left.
async fn changed(world: &World, records: &[RecordId]) {
    let changes: Vec<_> = records.iter().map(|record| (world.clock().new_id(), *record)).collect();
    let mut conn = world.store.connection().await.expect("connects");
    records::changes::append(&mut conn, world.organization, &changes).await.expect("can be noted");
    while world.engine.route_changes(world.now()).await.expect("routes").worked {}
}

async fn rename(world: &World, record: RecordId, record_id: &str) {
    sqlx::query("UPDATE record SET record_id = $3 WHERE organization_id = $1 AND id = $2")
        .bind(world.organization.0)
        .bind(record.0)
        .bind(record_id)
        .execute(&world.store.pool())
        .await
        .expect("can be renamed");
    changed(world, &[record]).await;
}

async fn owner(world: &World, record: RecordId) -> Option<SellerId> {
    let owner: Option<Uuid> = sqlx::query_scalar("SELECT owner_id FROM record WHERE id = $1")
        .bind(record.0)
        .fetch_one(&world.store.pool())
        .await
        .expect("exists");
    owner.map(SellerId)
}

async fn segment_of(world: &World, record: RecordId) -> Option<String> {
    sqlx::query_scalar(
        "SELECT segment.segment_id FROM membership JOIN segment ON segment.id = membership.segment_id WHERE membership.record_id = $1",
    )
    .bind(record.0)
    .fetch_optional(&world.store.pool())
    .await
    .expect("can be read")
}

/// What the latest routing run of a record says, under this name.
async fn told(world: &World, record: RecordId, name: &str) -> Value {
    let detail: Option<Value> = sqlx::query_scalar(
        "SELECT detail FROM history WHERE subject_id = $1 AND kind = 101 ORDER BY id DESC LIMIT 1",
    )
    .bind(record.0)
    .fetch_optional(&world.store.pool())
    .await
    .expect("can be read");
    detail.map(|detail| detail[name].clone()).unwrap_or_default()
}

/// Each enrollment of a record: its sequence, state and reason.
async fn enrollments(world: &World, record: RecordId) -> Vec<(String, i16, i16)> {
    sqlx::query_as(
        "SELECT sequence.sequence_id, enrollment.state, enrollment.reason FROM enrollment JOIN sequence ON sequence.id = enrollment.sequence_id
         WHERE enrollment.record_id = $1 ORDER BY enrollment.id",
    )
    .bind(record.0)
    .fetch_all(&world.store.pool())
    .await
    .expect("can be read")
}

const ACTIVE: i16 = 2;
const EXITED: i16 = 5;

#[tokio::test]
async fn a_changed_record_gets_segment_owner_enrollment_and_first_activity_at_once() {
    let world = World::new().await;
    let (ana, ben) = (world.seller("ana").await, world.seller("ben").await);
    world.sequence("follow-up", vec![email(), wait(60), phone_call()]).await;
    segment(&world, "paid", profile("record.id.startsWith(\"p\")")).await;
    rule(&world, "paid", "", &["ana", "ben"]).await;
    connect(&world, "paid", "follow-up").await;

    let mut records = Vec::new();
    for id in ["p1", "p2", "o1", "p3"] {
        records.push(world.record(id, None).await);
    }
    changed(&world, &records).await;

    let mut owners = Vec::new();
    for record in &records {
        owners.push(owner(&world, *record).await);
    }
    assert_eq!(owners, [Some(ana), Some(ben), None, Some(ana)]);
    assert_eq!(segment_of(&world, records[0]).await.as_deref(), Some("paid"));
    assert_eq!(segment_of(&world, records[2]).await, None);
    assert_eq!(enrollments(&world, records[0]).await, [("follow-up".to_owned(), ACTIVE, 0)]);
    assert_eq!(told(&world, records[0], "owner_reason").await, json!("ROUND_ROBIN"));
    assert_eq!(told(&world, records[0], "sequence_reason").await, json!("ENROLLED"));

    let due: Vec<(Uuid, i64)> =
        sqlx::query_as("SELECT id, due_count FROM queue WHERE due_count > 0 ORDER BY id")
            .fetch_all(&world.store.pool())
            .await
            .expect("can be read");
    assert_eq!(due, [(ana.0, 2), (ben.0, 1)]);
    assert_eq!(world.count("SELECT count(*) FROM record_change").await, 0);
    invariants::hold(&world).await;

    // Nothing new: the same again changes nothing and says nothing.
    let runs = world.count("SELECT count(*) FROM history").await;
    changed(&world, &records).await;
    assert_eq!(world.count("SELECT count(*) FROM history").await, runs);
    assert_eq!(world.count("SELECT count(*) FROM enrollment").await, 3);
}

#[tokio::test]
async fn nothing_is_segmented_until_a_segment_is_connected_or_has_an_active_rule() {
    let world = World::new().await;
    world.seller("ana").await;
    segment(&world, "all", profile("true")).await;
    segment(&world, "last", profile("record.id == \"nobody\"")).await;
    let record = world.record("a", None).await;
    changed(&world, &[record]).await;
    assert_eq!(segment_of(&world, record).await, None);
    // From now on every active segment claims, also one with neither.
    rule(&world, "last", "", &["ana"]).await;
    changed(&world, &[record]).await;
    assert_eq!(segment_of(&world, record).await.as_deref(), Some("all"));
    assert_eq!(told(&world, record, "owner_reason").await, json!("NO_RULE"));
}

#[tokio::test]
async fn members_are_asked_about_their_own_segments_alone_while_nothing_is_connected() {
    let world = World::new().await;
    world.sequence("calls", vec![phone_call()]).await;
    segment(&world, "p", profile("record.id.startsWith(\"p\")")).await;
    segment(&world, "q", profile("record.id.startsWith(\"q\")")).await;
    connect(&world, "p", "calls").await;
    let (stays, leaves) = (world.record("p1", None).await, world.record("q1", None).await);
    changed(&world, &[stays, leaves]).await;
    assert_eq!(segment_of(&world, leaves).await.as_deref(), Some("q"));

    world.run("UPDATE segment SET connected_sequence_id = NULL").await;
    world.run("UPDATE organization SET definition_epoch = definition_epoch + 1").await;
    world.run("UPDATE record SET record_id = CASE record_id WHEN 'p1' THEN 'p2' ELSE 'p3' END").await;
    changed(&world, &[stays, leaves]).await;

    assert_eq!(segment_of(&world, stays).await.as_deref(), Some("p"));
    assert_eq!(segment_of(&world, leaves).await, None, "p would match, and takes nobody");
    invariants::hold(&world).await;
}

#[tokio::test]
async fn a_record_that_no_longer_matches_leaves_and_on_leave_decides_about_its_enrollment() {
    let world = World::new().await;
    world.sequence("one", vec![phone_call()]).await;
    world.sequence("two", vec![phone_call()]).await;
    segment(
        &world,
        "p",
        Profile { on_leave: OnLeave::ExitEnrollment, ..profile("record.id.startsWith(\"p\")") },
    )
    .await;
    segment(&world, "q", profile("record.id.startsWith(\"q\")")).await;
    connect(&world, "p", "one").await;
    connect(&world, "q", "two").await;

    let record = world.record("p1", None).await;
    changed(&world, &[record]).await;
    rename(&world, record, "q1").await;
    assert_eq!(segment_of(&world, record).await.as_deref(), Some("q"));

    let left = ("one".to_owned(), EXITED, 4);
    assert_eq!(enrollments(&world, record).await, [left.clone(), ("two".to_owned(), ACTIVE, 0)]);
    rename(&world, record, "x1").await;
    assert_eq!(segment_of(&world, record).await, None);
    assert_eq!(enrollments(&world, record).await, [left, ("two".to_owned(), ACTIVE, 0)], "q keeps it");

    // Segments enroll a record in a sequence once.
    rename(&world, record, "p1").await;
    assert_eq!(told(&world, record, "sequence_reason").await, json!("ENROLLED_BEFORE"));
    assert_eq!(enrollments(&world, record).await.len(), 2);
    invariants::hold(&world).await;
}

#[tokio::test]
async fn a_segment_enrolls_a_record_again_each_time_it_enters_if_the_sequence_says_so() {
    let world = World::new().await;
    world.sequence("one", vec![phone_call()]).await;
    let leaving = OnLeave::ExitEnrollment;
    segment(&world, "p", Profile { on_leave: leaving, ..profile("record.id.startsWith(\"p\")") }).await;
    connect(&world, "p", "one").await;
    world
        .run("UPDATE sequence SET reenrollment = '{\"by_segment\": \"AFTER_GAP\", \"gap_seconds\": 60}'")
        .await;

    let record = world.record("p1", None).await;
    changed(&world, &[record]).await;
    rename(&world, record, "x1").await;
    rename(&world, record, "p1").await;
    assert_eq!(told(&world, record, "sequence_reason").await, json!("ENROLLED_BEFORE"));

    // It entered too early, so its first change after the gap enrolls it.
    world.advance(60);
    rename(&world, record, "p2").await;
    assert_eq!(enrollments(&world, record).await.len(), 2);

    let exited = ("one".to_owned(), EXITED, 4);
    assert_eq!(enrollments(&world, record).await, [exited, ("one".to_owned(), ACTIVE, 0)]);
    assert_eq!(world.count("SELECT pass_number::int8 FROM enrollment ORDER BY id DESC LIMIT 1").await, 2);

    // What ended while it is a member doesn't begin again with its next change.
    world.run("UPDATE sequence SET reenrollment = '{\"by_segment\": \"ALWAYS\"}'").await;
    world.advance(1);
    let open: Uuid = sqlx::query_scalar("SELECT id FROM enrollment WHERE end_time IS NULL")
        .fetch_one(&world.store.pool())
        .await
        .expect("one is open");
    world.engine.act_on_enrollment(world.request(), exit(EnrollmentId(open))).await.expect("ends");
    rename(&world, record, "p3").await;
    assert_eq!(enrollments(&world, record).await.len(), 2);
    invariants::hold(&world).await;
}

#[tokio::test]
async fn a_segment_that_allows_it_takes_records_from_lower_ones_and_supersedes_their_enrollment() {
    let world = World::new().await;
    let (ana, ben) = (world.seller("ana").await, world.seller("ben").await);
    world.sequence("one", vec![phone_call()]).await;
    world.sequence("two", vec![phone_call()]).await;
    let taking = Profile {
        allow_resegmentation: true,
        reassign_on_resegmentation: true,
        ..profile("record.id.endsWith(\"!\") || record.id.endsWith(\"-\")")
    };
    segment(&world, "high", profile("record.id.endsWith(\"-\") && record.id == \"none\"")).await;
    segment(&world, "taking", taking).await;
    segment(&world, "low", profile("record.id.startsWith(\"p\")")).await;
    rule(&world, "low", "", &["ana"]).await;
    rule(&world, "taking", "", &["ben"]).await;
    connect(&world, "low", "one").await;
    connect(&world, "taking", "two").await;
    let record = world.record("p1", None).await;
    changed(&world, &[record]).await;
    assert_eq!(owner(&world, record).await, Some(ana));

    rename(&world, record, "p1!").await;
    assert_eq!(segment_of(&world, record).await.as_deref(), Some("taking"));
    let expected = [("one".to_owned(), EXITED, 5), ("two".to_owned(), ACTIVE, 0)];
    assert_eq!(enrollments(&world, record).await, expected);
    assert_eq!(owner(&world, record).await, Some(ben), "its rules run again");
    invariants::hold(&world).await;
}

#[tokio::test]
async fn an_owner_is_kept_and_counts_as_a_turn_and_without_candidates_nobody_gets_the_record() {
    let world = World::new().await;
    let (ana, ben) = (world.seller("ana").await, world.seller("ben").await);
    segment(&world, "all", profile("true")).await;
    rule(&world, "all", "record.id.startsWith(\"p\")", &["ana", "ben"]).await;
    let owned = world.record("p1", Some(ana)).await;
    let free = world.record("p2", None).await;
    let other = world.record("x", None).await;

    changed(&world, &[owned, free, other]).await;
    assert_eq!(owner(&world, owned).await, Some(ana));
    assert_eq!(told(&world, owned, "owner_reason").await, json!("ALREADY_OWNED"));
    assert_eq!(owner(&world, free).await, Some(ben), "ana had her turn");
    assert_eq!(told(&world, other, "owner_reason").await, json!("NO_RULE"));

    sqlx::query("UPDATE seller SET assign_records = false")
        .execute(&world.store.pool())
        .await
        .expect("written");
    let late = world.record("p3", None).await;
    changed(&world, &[late]).await;
    assert_eq!(owner(&world, late).await, None);
    assert_eq!(told(&world, late, "owner_reason").await, json!("NO_CANDIDATE"));
}

#[tokio::test]
async fn an_inactive_sequence_enrolls_nobody_and_one_that_the_record_is_in_by_hand_stays() {
    let world = World::new().await;
    let sequence = world.sequence("one", vec![phone_call()]).await;
    segment(&world, "all", profile("true")).await;
    connect(&world, "all", "one").await;
    let by_hand = world.record("a", None).await;
    world.start(sequence, by_hand).await;
    changed(&world, &[by_hand]).await;
    assert_eq!(told(&world, by_hand, "sequence_reason").await, json!("SEQUENCE_UNCHANGED"));

    let stop = "UPDATE sequence SET state = 'INACTIVE'";
    sqlx::query(stop).execute(&world.store.pool()).await.expect("written");
    let late = world.record("b", None).await;
    changed(&world, &[late]).await;
    assert_eq!(told(&world, late, "sequence_reason").await, json!("SEQUENCE_INACTIVE"));
    assert_eq!(segment_of(&world, late).await.as_deref(), Some("all"));
    assert_eq!(enrollments(&world, late).await, []);

    let go = "UPDATE sequence SET state = 'ACTIVE'";
    sqlx::query(go).execute(&world.store.pool()).await.expect("written");
    changed(&world, &[late]).await;
    assert_eq!(enrollments(&world, late).await, [("one".to_owned(), ACTIVE, 0)]);
}

#[tokio::test]
async fn a_poisonous_record_is_known_as_a_problem_and_its_neighbours_go_on() {
    let world = World::new().await;
    world.sequence("one", vec![phone_call()]).await;
    segment(&world, "all", profile("true")).await;
    connect(&world, "all", "one").await;
    let mut records = Vec::new();

    for n in 0..9 {
        records.push(world.record(&format!("r{n}"), None).await);
    }
    let poison = "ALTER TABLE enrollment ADD CONSTRAINT poison CHECK (record_id <> '00000000-0000-0000-0000-000000000000')";
    let poison = poison.replace("00000000-0000-0000-0000-000000000000", &records[4].to_string());
    sqlx::raw_sql(sqlx::AssertSqlSafe(poison)).execute(&world.store.pool()).await.expect("altered");
    changed(&world, &records).await;
    assert_eq!(world.count("SELECT count(*) FROM enrollment").await, 8);
    assert_eq!(world.count("SELECT count(*) FROM record_change").await, 0);

    let aside: Vec<(Uuid, String)> = sqlx::query_as("SELECT subject_id, kind FROM set_aside")
        .fetch_all(&world.store.pool())
        .await
        .expect("can be read");
    assert_eq!(aside, [(records[4].0, "record_change".to_owned())]);
}

#[tokio::test]
async fn one_organizations_backlog_does_not_delay_anothers_change() {
    let world = World::new().await;
    let neighbour = world.neighbour().await;
    for of in [&world, &neighbour] {
        of.sequence("one", vec![phone_call()]).await;
        segment(of, "all", profile("true")).await;
        connect(of, "all", "one").await;
    }

    let mut backlog = Vec::new();
    for n in 0..3 {
        let record = world.record(&format!("r{n}"), None).await;
        backlog.extend((0..800).map(|_| (world.clock().new_id(), record)));
    }

    let mut conn = world.store.connection().await.expect("connects");
    records::changes::append(&mut conn, world.organization, &backlog).await.expect("can be noted");
    let record = neighbour.record("x", None).await;
    let change = [(world.clock().new_id(), record)];
    records::changes::append(&mut conn, neighbour.organization, &change).await.expect("can be noted");
    world.engine.route_changes(world.now()).await.expect("routes");
    assert_eq!(enrollments(&neighbour, record).await.len(), 1);
    assert_eq!(world.count("SELECT count(*) FROM record_change").await, 1_400);
}
