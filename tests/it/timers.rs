//! What is due happens by itself, once, and on time for every organization.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::json;
use upnext::domain::activity::ActivityState;
use upnext::domain::enrollment::Position;
use upnext::domain::record::OwnerChange;
use upnext::engine::{SkipWait, SnoozeActivity};

use crate::flow::complete;
use crate::support::columns::insert;
use crate::support::ground::copy;
use crate::support::invariants;
use crate::support::world::{World, email, phone_call, wait};
use crate::work_of_changed_records::item;

#[tokio::test]
async fn the_timer_of_a_wait_leads_to_the_call() {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    let record = world.record("l1", Some(ana)).await;
    let sequence = world.sequence("paid", vec![email(), wait(10), phone_call()]).await;
    let started = world.start(sequence, record).await;
    let email = started.opened.expect("due").id;
    let closed = world.engine.close_activity(world.request(), complete(email)).await.expect("done");

    world.advance(9);
    let fired = world.engine.fire_timers(world.now()).await.expect("looks");
    assert_eq!((fired.timers, fired.full), (0, false));
    let heads = world.engine.timer_heads().await.expect("reads");
    assert_eq!(heads.first().map(|(_, due_at)| *due_at), closed.waiting_until);
    world.advance(1);
    assert_eq!(world.engine.fire_timers(world.now()).await.expect("fires").timers, 1);
    assert_eq!(world.engine.timer_heads().await.expect("reads"), []);
    let call = world.standing(closed.enrollment).await.open.expect("the call is due");
    assert_eq!((call.queue, Some(call.due_time)), (ana.into(), closed.waiting_until));
    invariants::hold(&world).await;
}

#[tokio::test]
async fn nothing_is_written_before_its_instant_even_if_the_clock_stands_still() {
    let world = World::new().await;
    let record = world.record("l1", None).await;
    let sequence = world.sequence("paid", vec![wait(5), email()]).await;
    let started = world.start(sequence, record).await.enrollment;
    let due_at = started.waiting_until().expect("it waits");
    let fire = || world.engine.fire_timers_of(world.organization, due_at);

    for early in [1, 3_600_000] {
        world.set_time(due_at - TimeDelta::milliseconds(early));
        assert_eq!(fire().await.expect("gives up").timers, 0);
        assert_eq!(world.standing(started.id).await.enrollment, started);
        assert_eq!(world.count("SELECT count(*) FROM timer WHERE NOT held").await, 1);
        assert_eq!(world.count("SELECT sum(revision)::bigint FROM queue").await, 0);
    }

    // Its instant comes while the transaction is open.
    let mut fired = 0;
    while fired == 0 {
        world.set_time(due_at - TimeDelta::milliseconds(1));
        let passing = async {
            assert_eq!(world.count("SELECT count(*) FROM activity").await, 0);
            world.set_time(due_at);
        };
        let (firing, ()) = tokio::join!(fire(), passing);
        fired = firing.expect("fires").timers;
    }
    let open = world.standing(started.id).await.open.expect("it is due");
    assert_eq!((open.due_time, open.create_time), (due_at, due_at));
    invariants::hold(&world).await;
}

#[tokio::test]
async fn what_happens_to_a_wait_or_a_snooze_just_before_its_end_counts() {
    let world = World::new().await;
    let (ana, ben) = (world.seller("ana").await, world.seller("ben").await);
    let sequence = world.sequence("paid", vec![wait(5), email()]).await;
    let mut started = Vec::new();
    for id in ["skipped", "moved"] {
        let record = world.record(id, Some(ana)).await;
        started.push(world.start(sequence, record).await.enrollment);
    }
    let record = world.record("snoozed", Some(ana)).await;
    let sequence = world.sequence("first", vec![email()]).await;
    let activity = world.start(sequence, record).await.opened.expect("due").id;
    let due_at = started[0].waiting_until().expect("it waits");
    let snooze = |until| SnoozeActivity { activity, expected_version: None, until, lease: None };
    world.engine.snooze_activity(world.request(), snooze(due_at)).await.expect("is snoozed");

    world.set_time(due_at - TimeDelta::milliseconds(1));
    let skip = SkipWait { enrollment: started[0].id, expected_version: None };
    let to_ben = item(&world, "moved", OwnerChange::Set("ben".to_owned()), &json!({}));
    let later = due_at + TimeDelta::seconds(10);
    let (fired, skipped, moved, snoozed) = tokio::join!(
        Box::pin(world.engine.fire_timers_of(world.organization, due_at)),
        Box::pin(world.engine.skip_wait(world.request(), skip)),
        Box::pin(world.engine.upsert_record(to_ben)),
        Box::pin(world.engine.snooze_activity(world.request(), snooze(later))),
    );
    assert_eq!(fired.expect("gives up").timers, 0);
    assert!(skipped.expect("is skipped").activity.is_some());
    moved.expect("is moved");
    snoozed.expect("is snoozed again");

    world.set_time(due_at);
    assert_eq!(world.engine.fire_timers(due_at).await.expect("fires").timers, 1);
    let queue = async |enrollment| world.standing(enrollment).await.open.expect("it is due").queue;
    assert_eq!(queue(started[0].id).await, ana.into());
    assert_eq!(queue(started[1].id).await, ben.into());
    assert_eq!(world.count("SELECT count(*) FROM timer").await, 1, "the snooze goes on");
    invariants::hold(&world).await;
}

#[tokio::test]
async fn a_snoozed_activity_comes_back_to_its_place() {
    let world = World::new().await;
    let record = world.record("l1", None).await;
    let sequence = world.sequence("paid", vec![email()]).await;
    let before = world.start(sequence, record).await.opened.expect("due");
    let until = world.now() + chrono::TimeDelta::hours(1);
    let snooze = SnoozeActivity { activity: before.id, expected_version: None, until, lease: None };
    world.engine.snooze_activity(world.request(), snooze).await.expect("is snoozed");
    world.advance(3600);
    assert_eq!(world.engine.fire_timers(world.now()).await.expect("fires").timers, 1);
    let after = world.standing(before.enrollment).await.open.expect("open");
    assert_eq!((after.state, after.rank, after.snooze_count), (ActivityState::Due, before.rank, 1));
    invariants::hold(&world).await;
}

#[tokio::test]
async fn a_snoozed_activity_that_is_completed_leaves_no_timer() {
    let world = World::new().await;
    let record = world.record("l1", None).await;
    let sequence = world.sequence("paid", vec![email(), email()]).await;
    let activity = world.start(sequence, record).await.opened.expect("due").id;
    let until = world.now() + chrono::TimeDelta::hours(1);
    let snooze = SnoozeActivity { activity, expected_version: None, until, lease: None };
    world.engine.snooze_activity(world.request(), snooze).await.expect("is snoozed");
    let closed = world.engine.close_activity(world.request(), complete(activity)).await.expect("done");
    assert!(closed.next_activity.is_some());
    invariants::hold(&world).await;
}

#[tokio::test]
async fn a_timer_whose_enrollment_is_gone_or_has_moved_on_is_deleted() {
    let world = World::new().await;
    let record = world.record("l1", None).await;
    let sequence = world.sequence("paid", vec![email(), email()]).await;
    let started = world.start(sequence, record).await;
    let timer = |kind, enrollment| {
        let columns = [
            ("organization_id", "organization_id"),
            ("due_at", "create_time"),
            ("kind", kind),
            ("subject_id", "id"),
            ("enrollment_id", enrollment),
            ("queue_id", "id"),
        ];
        insert("timer", &columns, "FROM enrollment")
    };
    world.run(timer("1", "id")).await;
    world.run(timer("2", "organization_id")).await;

    while world.engine.fire_timers(world.now()).await.expect("fires").timers > 0 {}
    assert_eq!(world.count("SELECT count(*) FROM timer").await, 0);
    assert_eq!(world.standing(started.enrollment.id).await.enrollment, started.enrollment);
    assert_eq!(world.count("SELECT count(*) FROM set_aside").await, 0);
}

#[tokio::test]
async fn a_poisonous_timer_is_held_and_its_neighbours_go_on() {
    let world = World::new().await;
    let sequence = world.sequence("paid", vec![wait(5), email()]).await;
    let mut enrollments = Vec::new();

    for number in 0..9 {
        let record = world.record(&format!("l{number}"), None).await;
        enrollments.push(world.start(sequence, record).await.enrollment.id);
    }

    world.run("UPDATE enrollment SET source = 99 WHERE record_id = (SELECT id FROM record WHERE record_id = 'l4')").await;
    world.run("DELETE FROM record WHERE record_id = 'l6'").await;
    world.advance(5);
    assert_eq!(world.engine.fire_timers(world.now()).await.expect("fires").timers, 9);
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 7);
    assert_eq!(world.count("SELECT count(*) FROM timer WHERE held").await, 2);
    assert_eq!(world.count("SELECT count(*) FROM set_aside WHERE kind = 'timer' AND reason <> ''").await, 2);
    assert!(matches!(world.standing(enrollments[0]).await.enrollment.position, Position::Acting { .. }));
}

#[tokio::test]
async fn an_organization_with_many_overdue_timers_does_not_delay_another() {
    let world = World::new().await;
    let sequence = world.sequence("paid", vec![wait(5), email()]).await;
    let record = world.record("l1", None).await;
    let started = world.start(sequence, record).await;

    // 2,500 copies, all overdue before the neighbour's one.
    world.run("DROP INDEX enrollment_open_key").await;
    let pass = [("id", "gen_random_uuid()"), ("pass_number", "number")];
    world.run(copy("enrollment", &pass, "enrollment, generate_series(2, 2501) AS number", "true")).await;
    let timer = [
        ("organization_id", "organization_id"),
        ("due_at", "waiting_until"),
        ("enrollment_id", "id"),
        ("queue_id", "organization_id"),
    ];
    world.run(insert("timer", &timer, "FROM enrollment WHERE pass_number > 1")).await;

    let event = [("subject_id", "enrollment.id"), ("id", "gen_random_uuid()")];
    let first = "enrollment JOIN history USING (organization_id)";
    world.run(copy("history", &event, first, "pass_number > 1")).await;
    let neighbour = world.neighbour().await;
    let sequence = neighbour.sequence("paid", vec![wait(6), email()]).await;
    let record = neighbour.record("l1", None).await;
    let fresh = neighbour.start(sequence, record).await.enrollment.id;
    world.advance(6);

    let fired = world.engine.fire_timers(world.now()).await.expect("fires");
    assert!(fired.full && fired.timers < 2501);
    assert!(neighbour.standing(fresh).await.open.is_some());

    while world.engine.fire_timers(world.now()).await.expect("fires").full {}
    assert!(world.standing(started.enrollment.id).await.open.is_some());
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 2502);

    // Its index went above.
    invariants::hold_but(&world, &["enrollment_open_once"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_fire_each_timer_once() {
    let world = World::new().await;
    let sequence = world.sequence("paid", vec![wait(5), email()]).await;
    for number in 0..60 {
        let record = world.record(&format!("l{number}"), None).await;
        world.start(sequence, record).await;
    }

    world.advance(5);
    let servers = [world.engine.clone(), world.server(), world.server()];
    let now = world.now();
    let ticks = servers.into_iter().map(|engine| {
        tokio::spawn(async move {
            let mut count = 0;
            loop {
                let fired = engine.fire_timers(now).await.expect("fires");
                count += fired.timers;
                if engine.timer_heads().await.expect("reads").is_empty() {
                    return count;
                }
                tokio::task::yield_now().await;
            }
        })
    });
    let counts = tokio::time::timeout(std::time::Duration::from_secs(60), join_all(ticks)).await;

    let total: usize = counts.expect("in time").into_iter().map(|count| count.expect("no panic")).sum();
    assert_eq!(total, 60);
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 60);
    invariants::hold(&world).await;
}

/// Commands, lines and splits have transactions of their own, which only their timers open.
#[tokio::test]
async fn a_sweep_of_plain_waits_is_one_transaction() {
    let world = World::recorded().await;
    let sequence = world.sequence("calls", vec![wait(10), email()]).await;
    let record = world.record("l1", None).await;
    world.start(sequence, record).await;
    world.advance(10);

    world.database.note("upnext");
    assert_eq!(world.engine.fire_timers(world.now()).await.expect("fires").timers, 1);
    let noted = world.database.noted();
    let begun = noted.iter().filter(|statement| statement.starts_with("BEGIN")).count();
    assert_eq!(begun, 1, "{noted:?}");
}
