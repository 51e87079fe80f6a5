//! Records enrolled by hand.

use std::time::Duration;

use upnext::domain::reason::Reason;
use upnext::domain::refusal::Refusal;
use upnext::engine::{Engine, EnrollRecord, Enrolled, Error};
use uuid::Uuid;

use crate::support::invariants;
use crate::support::world::{World, email, wait};

pub fn enroll(record: &str, sequence: &str) -> EnrollRecord {
    EnrollRecord {
        record: ("lead".to_owned(), record.to_owned()),
        sequence: sequence.to_owned(),
        start_time: None,
        start_step_id: None,
        validate_only: false,
    }
}

#[tokio::test]
async fn a_record_is_enrolled_at_its_first_step_in_its_owners_queue() {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    world.record("l1", Some(ana)).await;
    world.sequence("paid", vec![email(), wait(5), email()]).await;
    let enrolled = world.engine.enroll_record(world.request(), enroll("l1", "paid")).await.expect("enrolls");
    let Enrolled::Made(id) = enrolled else { panic!("{enrolled:?}") };
    let standing = world.standing(id).await;
    let open = standing.open.expect("the email is due");
    assert_eq!((open.queue, open.record_display_name.as_str()), (ana.into(), "The lead l1"));
    invariants::hold(&world).await;

    let again = world.engine.enroll_record(world.request(), enroll("l1", "paid")).await.expect_err("twice");
    let Error::Refused(Refusal::AlreadyEnrolled { enrollment }) = again else { panic!("{again}") };
    assert_eq!(enrollment, id);
}

#[tokio::test]
async fn validating_an_enrollment_changes_nothing() {
    let world = World::new().await;
    world.record("l1", None).await;
    world.sequence("paid", vec![wait(5), email()]).await;
    let look = EnrollRecord { validate_only: true, ..enroll("l1", "paid") };
    let request = world.repeatable(Uuid::from_u128(3));
    let enrolled = world.engine.enroll_record(request, look).await.expect("possible");
    let Enrolled::Possible(enrollment) = enrolled else { panic!("{enrolled:?}") };
    assert!(enrollment.waiting_until().is_ok());
    for table in
        ["SELECT count(*) FROM enrollment", "SELECT count(*) FROM request", "SELECT count(*) FROM history"]
    {
        assert_eq!(world.count(table).await, 0);
    }
}

#[tokio::test]
async fn a_refused_enrollment_says_why() {
    let world = World::new().await;
    let (ana, ben) = (world.seller("ana").await, world.seller("ben").await);
    for (record, owner) in [("l1", None), ("l2", Some(ana))] {
        world.record(record, owner).await;
    }
    world.sequence("paid", vec![email()]).await;
    world.sequence("off", vec![email()]).await;
    world.run("UPDATE sequence SET state = 'INACTIVE' WHERE sequence_id = 'off'").await;
    let call = |request, command| world.engine.enroll_record(request, command);
    let inactive = call(world.request(), enroll("l1", "off")).await.expect_err("inactive");
    assert!(matches!(inactive, Error::Refused(Refusal::SequenceNotActive { state: "INACTIVE", .. })));

    let unknown = call(world.request(), enroll("l9", "none")).await.expect_err("unknown");
    let Error::Invalid(found) = unknown else { panic!("{unknown}") };
    assert_eq!((found.len(), found.shared_reason()), (2, Some(Reason::ReferenceNotFound)));

    let others = call(world.request_of(ben), enroll("l2", "paid")).await.expect_err("ana's");
    let Error::Invalid(found) = others else { panic!("{others}") };
    assert_eq!((found.len(), found.shared_reason()), (1, Some(Reason::ReferenceNotFound)));

    world.run("UPDATE record SET closed = true, close_outcome = 'WON', close_time = create_time WHERE record_id = 'l1'").await;
    let closed = call(world.request(), enroll("l1", "paid")).await.expect_err("closed");
    assert!(matches!(closed, Error::Refused(Refusal::RecordClosed { .. })), "{closed}");
    call(world.request_of(ana), enroll("l2", "paid")).await.expect("own");
}

#[tokio::test]
async fn a_batch_decides_each_item_separately_and_enrolls_a_repeated_record_once() {
    let world = World::new().await;
    world.sequence("paid", vec![email()]).await;
    for record in 0..20 {
        world.record(&format!("l{record}"), None).await;
    }
    let mut commands: Vec<_> =
        (0..20).map(|record| (world.request(), enroll(&format!("l{record}"), "paid"))).collect();
    commands.push((world.request(), enroll("l3", "paid")));
    commands.push((world.request(), enroll("l99", "paid")));
    let answers = world.engine.enroll_records(commands).await;
    assert!(answers[..20].iter().all(Result::is_ok));
    assert!(matches!(&answers[20], Err(Error::Refused(Refusal::AlreadyEnrolled { .. }))));
    assert!(matches!(&answers[21], Err(Error::Invalid(_))));
    invariants::hold(&world).await;

    // A second time through is another pass.
    world.run("UPDATE enrollment SET state = 4, end_time = create_time, activity_id = NULL").await;
    world.run("DELETE FROM activity").await;
    world.engine.enroll_record(world.request(), enroll("l3", "paid")).await.expect("ended before");
    assert_eq!(world.count("SELECT max(pass_number)::bigint FROM enrollment").await, 2);
}

#[tokio::test]
async fn rows_locked_by_one_organization_do_not_delay_anothers_enrollments() {
    for held in [
        "SELECT FROM sequence WHERE organization_id = $1 FOR UPDATE",
        "SELECT FROM record WHERE organization_id = $1 FOR UPDATE",
    ] {
        let world = World::new().await;
        let other = world.neighbour().await;
        for one in [&world, &other] {
            one.record("l1", None).await;
            one.sequence("paid", vec![email()]).await;
        }

        let mut holder = world.store.begin().await.expect("begins");
        sqlx::query(held).bind(world.organization.0).execute(&mut *holder).await.expect("locks");
        let (engine, request) = (world.engine.clone(), world.request());
        let waiting = tokio::spawn(async move { engine.enroll_record(request, enroll("l1", "paid")).await });
        world.until_waiting(1).await;
        other.engine.enroll_record(other.request(), enroll("l1", "paid")).await.expect("enrolls");
        assert!(!waiting.is_finished(), "a caller that needs the row still waits for it");

        holder.rollback().await.expect("rolls back");
        waiting.await.expect("no panic").expect("enrolls");
        invariants::hold(&world).await;
    }
}

#[tokio::test]
async fn a_request_that_waits_for_its_twin_does_not_delay_other_enrollments() {
    let world = World::new().await;
    for record in ["l1", "l2"] {
        world.record(record, None).await;
    }
    world.sequence("paid", vec![email()]).await;

    let mut holder = world.store.begin().await.expect("begins");
    sqlx::query("SELECT FROM record WHERE record_id = 'l1' FOR UPDATE")
        .execute(&mut *holder)
        .await
        .expect("locks");

    let send = |engine: Engine| {
        let request = world.repeatable(Uuid::from_u128(8));
        tokio::spawn(async move { engine.enroll_record(request, enroll("l1", "paid")).await })
    };
    let first = send(world.engine.clone());
    world.until_waiting(1).await;

    let server = world.server();
    let twin = send(server.clone());
    world.until_waiting(2).await;
    let others = server.enroll_record(world.request(), enroll("l2", "paid"));
    tokio::time::timeout(Duration::from_secs(30), others).await.expect("in time").expect("enrolls");
    assert!(!first.is_finished() && !twin.is_finished(), "the twins still wait");

    holder.rollback().await.expect("rolls back");
    let answers = [first.await, twin.await].map(|answer| answer.expect("no panic").expect("enrolls"));
    assert_eq!(answers[0], answers[1]);
    invariants::hold(&world).await;
}
