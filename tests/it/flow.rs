//! Activities are completed, skipped and snoozed, and enrollments move on, with Postgres.

use upnext::domain::action::Action;
use upnext::domain::enrollment::Position;
use upnext::domain::id::{ActivityId, EnrollmentId};
use upnext::domain::reason::Reason;
use upnext::domain::refusal::Refusal;
use upnext::domain::version::Version;
use upnext::engine::{
    ActOnEnrollment, ActivityClosed, CloseActivity, CloseHow, Error, SkipWait, SnoozeActivity,
};
use uuid::Uuid;

use crate::support::invariants;
use crate::support::world::{World, email, phone_call, wait};

pub fn exit(enrollment: EnrollmentId) -> ActOnEnrollment {
    ActOnEnrollment { enrollment, expected_version: None, action: Action::Exit }
}

pub fn complete(activity: ActivityId) -> CloseActivity {
    CloseActivity {
        activity,
        expected_version: None,
        how: CloseHow::Complete { at: None },
        outcome: String::new(),
        note: String::new(),
        disposition: String::new(),
        lease: None,
    }
}

#[tokio::test]
async fn completing_an_email_leads_to_the_wait_and_skipping_the_wait_to_the_call() {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    let record = world.record("l1", Some(ana)).await;
    let sequence = world.sequence("paid", vec![email(), wait(10), phone_call()]).await;
    let started = world.start(sequence, record).await;
    let activity = started.opened.expect("the email is due").id;

    let closed = world.engine.close_activity(world.request_of(ana), complete(activity)).await.expect("done");
    assert_eq!(closed.waiting_until, Some(world.now() + chrono::TimeDelta::seconds(10)));
    assert_eq!(closed.next_activity, None);
    assert_eq!(world.engine.wake().next_timer_due(), closed.waiting_until);
    invariants::hold(&world).await;

    let skip = SkipWait { enrollment: closed.enrollment, expected_version: None };
    let skipped = world.engine.skip_wait(world.request(), skip.clone()).await.expect("skipped");
    let call = skipped.activity.expect("the call is due");
    invariants::hold(&world).await;
    let again = world.engine.skip_wait(world.request(), skip).await.expect_err("no wait");
    assert!(
        matches!(again, Error::Refused(Refusal::EnrollmentNotWaiting { activity }) if activity == Some(call))
    );

    let refused =
        world.engine.close_activity(world.request(), complete(call)).await.expect_err("needs an outcome");
    let Error::Invalid(found) = refused else { panic!("{refused}") };
    assert_eq!(found.shared_reason(), Some(Reason::OutcomeRequired));
    let made = CloseActivity { outcome: "made".to_owned(), ..complete(call) };
    let closed = world.engine.close_activity(world.request(), made).await.expect("done");
    assert_eq!((closed.next_activity, closed.waiting_until), (None, None));
    let ended: bool = sqlx::query_scalar("SELECT end_time IS NOT NULL FROM enrollment WHERE id = $1")
        .bind(closed.enrollment.0)
        .fetch_one(&mut *world.store.connection().await.expect("is there"))
        .await
        .expect("can be read");
    assert!(ended, "it went through");
    invariants::hold(&world).await;
}

#[tokio::test]
async fn completing_twice_says_who_closed_it_and_when() {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    let record = world.record("l1", Some(ana)).await;
    let sequence = world.sequence("paid", vec![email()]).await;
    let activity = world.start(sequence, record).await.opened.expect("due").id;
    world.engine.close_activity(world.request_of(ana), complete(activity)).await.expect("done");
    let at = world.now();
    world.advance(5);
    let again = world.engine.close_activity(world.request(), complete(activity)).await.expect_err("closed");
    let Error::Refused(Refusal::ActivityClosed { state, closed_by, close_time, .. }) = again else {
        panic!("{again}")
    };
    assert_eq!((state, closed_by.as_str(), close_time), ("COMPLETED", "sellers/ana", at));
}

#[tokio::test]
async fn a_repeated_request_gets_its_first_answer_and_a_failed_one_is_decided_anew() {
    let world = World::new().await;
    let record = world.record("l1", None).await;
    let sequence = world.sequence("paid", vec![phone_call()]).await;
    let activity = world.start(sequence, record).await.opened.expect("due").id;
    let request = world.repeatable(Uuid::from_u128(77));
    let failed = world.engine.close_activity(request.clone(), complete(activity)).await;
    assert!(matches!(failed, Err(Error::Invalid(_))));

    let made = CloseActivity { outcome: "made".to_owned(), ..complete(activity) };
    let first = world.engine.close_activity(request.clone(), made.clone()).await.expect("done");
    let second = world.engine.close_activity(request.clone(), made.clone()).await.expect("repeated");
    // A repetition reads what the first answer is made of.
    assert!(first.decided.is_some() && second.decided.is_none());
    assert_eq!(ActivityClosed { decided: None, ..first }, second);

    let mut other = request;
    other.repetition.as_mut().expect("has one").fingerprint = [8; 32];
    let reused = world.engine.close_activity(other, made).await.expect_err("other content");
    let Error::Invalid(found) = reused else { panic!("{reused}") };
    assert_eq!(found.shared_reason(), Some(Reason::RequestIdReused));
    invariants::hold(&world).await;
}

#[tokio::test]
async fn work_of_others_does_not_exist_for_a_salesperson() {
    let world = World::new().await;
    let (ana, ben) = (world.seller("ana").await, world.seller("ben").await);
    let record = world.record("l1", Some(ana)).await;
    let sequence = world.sequence("paid", vec![email(), wait(10), email()]).await;
    let started = world.start(sequence, record).await;
    let (enrollment, activity) = (started.enrollment.id, started.opened.expect("due").id);
    let until = world.now() + chrono::TimeDelta::hours(1);
    let snooze = SnoozeActivity { activity, expected_version: None, until, lease: None };
    let exit = exit(enrollment);

    let missing = |error: Error| assert!(matches!(error, Error::Missing { .. }), "{error}");
    missing(world.engine.close_activity(world.request_of(ben), complete(activity)).await.expect_err("no"));
    missing(world.engine.snooze_activity(world.request_of(ben), snooze).await.expect_err("no"));
    missing(world.engine.act_on_enrollment(world.request_of(ben), exit).await.expect_err("no"));

    let neighbour = world.neighbour().await;
    missing(neighbour.engine.close_activity(neighbour.request(), complete(activity)).await.expect_err("no"));
    world.engine.close_activity(world.request_of(ana), complete(activity)).await.expect("own");
    missing(world.engine.close_activity(world.request_of(ben), complete(activity)).await.expect_err("no"));

    let skip = SkipWait { enrollment, expected_version: None };
    missing(world.engine.skip_wait(world.request_of(ben), skip).await.expect_err("no"));
}

#[tokio::test]
async fn an_old_version_is_stale() {
    let world = World::new().await;
    let record = world.record("l1", None).await;
    let sequence = world.sequence("paid", vec![email()]).await;
    let opened = world.start(sequence, record).await.opened.expect("due");
    let until = world.now() + chrono::TimeDelta::hours(1);
    let snooze = SnoozeActivity {
        activity: opened.id,
        expected_version: Some(Version::of(opened.id.0, opened.version)),
        until,
        lease: None,
    };
    world.engine.snooze_activity(world.request(), snooze.clone()).await.expect("is snoozed");

    let stale = world.engine.snooze_activity(world.request(), snooze).await.expect_err("stale");
    assert!(matches!(stale, Error::Stale { .. }), "{stale}");
    invariants::hold(&world).await;
}

#[tokio::test]
async fn exiting_cancels_what_is_open_or_awaited_and_ends_once() {
    let world = World::new().await;
    let sequence = world.sequence("paid", vec![email(), wait(10), email()]).await;
    for (record, completes) in [("l1", false), ("l2", true)] {
        let record = world.record(record, None).await;
        let started = world.start(sequence, record).await;
        if completes {
            let email = started.opened.expect("due").id;
            world.engine.close_activity(world.request(), complete(email)).await.expect("done");
        }
        let exit = exit(started.enrollment.id);
        world.engine.act_on_enrollment(world.request(), exit.clone()).await.expect("exits");
        let again = world.engine.act_on_enrollment(world.request(), exit).await.expect_err("ended");
        assert!(matches!(again, Error::Refused(Refusal::EnrollmentEnded { .. })), "{again}");
        let standing = world.standing(started.enrollment.id).await;
        assert!(matches!(standing.enrollment.position, Position::Exited { .. }));
    }

    assert_eq!(world.count("SELECT count(*) FROM timer").await, 0);
    invariants::hold(&world).await;
}

#[tokio::test]
async fn a_poisonous_item_does_not_keep_the_rest_of_its_batch_from_committing() {
    let world = World::new().await;
    let sequence = world.sequence("paid", vec![email()]).await;
    let mut commands = Vec::new();

    for number in 0..9 {
        let record = world.record(&format!("l{number}"), None).await;
        let activity = world.start(sequence, record).await.opened.expect("due").id;
        commands.push((world.request(), complete(activity)));
    }

    world.run("UPDATE enrollment SET source = 99 WHERE record_id = (SELECT id FROM record WHERE record_id = 'l4')").await;
    let answers = world.engine.close_activities(commands).await;
    let failed: Vec<usize> = (0..9).filter(|item| answers[*item].is_err()).collect();
    assert_eq!(failed, [4]);
    assert_eq!(world.count("SELECT count(*) FROM closed_activity").await, 8);
    invariants::hold_but(&world, &["enrollment_source"]).await;
}

#[tokio::test]
async fn an_answer_is_forgotten_after_a_day() {
    let world = World::new().await;
    let record = world.record("l1", None).await;
    let sequence = world.sequence("paid", vec![email()]).await;
    let activity = world.start(sequence, record).await.opened.expect("due").id;
    let request = world.repeatable(Uuid::from_u128(5));
    world.engine.close_activity(request, complete(activity)).await.expect("done");
    world.run("INSERT INTO witness SELECT organization_id, id, create_time FROM request, gen_random_uuid() AS id").await;
    world.advance(600);
    world.engine.keep_house(world.now()).await.expect("tidies");
    assert_eq!(world.count("SELECT count(*) FROM witness").await, 1);
    world.advance(23 * 3600 + 3000);
    world.engine.keep_house(world.now()).await.expect("tidies");
    assert_eq!(world.count("SELECT count(*) FROM witness").await, 0, "nobody looks for it any more");
    assert_eq!(world.count("SELECT count(*) FROM request").await, 1);

    world.advance(1);
    world.engine.keep_house(world.now()).await.expect("tidies");
    assert_eq!(world.count("SELECT count(*) FROM request").await, 0);

    // The default one, where this month's events stand already, and the next month's.
    let partitions = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'history'::regclass";
    assert_eq!(world.count(partitions).await, 2);
}

#[tokio::test]
async fn what_is_old_is_forgotten_in_parts_that_fail_alone() {
    let world = World::new().await;
    world.run("DELETE FROM witness").await;
    world.run("INSERT INTO witness SELECT organization_id, gen_random_uuid(), create_time + n * interval '1 millisecond' FROM organization, generate_series(1, 15000) AS n").await;
    world.advance(3600);
    assert!(world.engine.keep_house(world.now()).await.expect("tidies"), "there is more");
    assert_eq!(world.count("SELECT count(*) FROM witness").await, 5_000);

    world.run("ALTER TABLE tombstone RENAME TO gone").await;
    world.engine.keep_house(world.now()).await.expect_err("there are no tombstones");
    assert_eq!(world.count("SELECT count(*) FROM witness").await, 0);
}
