//! What changing a record does to its open work: it moves to the new owner, or ends.

use std::time::Duration;

use serde_json::{Map, Value, json};
use upnext::domain::caller::Actor;
use upnext::domain::enrollment::{ExitReason, Position};
use upnext::domain::id::ChosenId;
use upnext::domain::record::{CloseOutcome, Effect, OwnerChange, Upsert};
use upnext::engine::{CloseActivity, CloseHow, CloseRecord, DeleteRecord, UpsertItem};

use crate::support::app::within_deadline;
use crate::support::invariants;
use crate::support::world::{World, email, phone_call, wait};

pub fn item(world: &World, id: &str, owner: OwnerChange, attributes: &Value) -> UpsertItem {
    let attributes: Map<String, Value> = attributes.as_object().expect("an object").clone();
    UpsertItem {
        organization: world.organization,
        record_type: world.record_type,
        record_type_id: ChosenId::known("lead"),
        upsert: Upsert { record_id: ChosenId::known(id), owner, attributes, source_version: 0 },
        suppress_segmentation: false,
        by: Actor::UPNEXT,
    }
}

#[tokio::test]
async fn an_open_activity_and_a_running_wait_go_to_the_new_owner_under_the_new_name() {
    let world = World::new().await;
    let (ana, ben) = (world.seller("ana").await, world.seller("ben").await);
    let record = world.record("l1", Some(ana)).await;
    let acting = world.sequence("call", vec![phone_call()]).await;
    let waiting = world.sequence("later", vec![wait(60), email()]).await;
    let (acting, waiting) = (world.start(acting, record).await, world.start(waiting, record).await);
    let to_ben = item(&world, "l1", OwnerChange::Set("ben".to_owned()), &json!({"name": "Kim"}));
    let done = world.engine.upsert_record(to_ben).await.expect("is accepted");
    assert_eq!(done.effect, Effect::Updated);

    let open = world.standing(acting.enrollment.id).await.open.expect("the call is due");
    assert_eq!((open.queue, open.record_display_name.as_str()), (ben.into(), "Kim"));
    let shown =
        "SELECT count(*) FROM timer JOIN seller ON seller.id = timer.queue_id WHERE seller.seller_id = 'ben'";
    assert_eq!(world.count(shown).await, 1);
    invariants::hold(&world).await;

    let to_nobody = item(&world, "l1", OwnerChange::Clear, &json!({}));
    world.engine.upsert_records(&[to_nobody], world.now()).await.expect("is accepted");
    let open = world.standing(acting.enrollment.id).await.open.expect("the call is due");
    assert_eq!(open.queue, world.unassigned);
    assert!(world.standing(waiting.enrollment.id).await.enrollment.waiting_until().is_ok());
    invariants::hold(&world).await;
}

#[tokio::test]
async fn closing_a_record_ends_its_work() {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    let record = world.record("l1", Some(ana)).await;
    let acting = world.sequence("call", vec![phone_call()]).await;
    let waiting = world.sequence("later", vec![wait(60), email()]).await;
    let started = [world.start(acting, record).await, world.start(waiting, record).await];
    let command = CloseRecord {
        record_type: "lead".to_owned(),
        record_id: "l1".to_owned(),
        outcome: CloseOutcome::Lost,
        expected_version: None,
    };

    world.engine.close_record(&world.request_of(ana), command).await.expect("is hers");
    for one in started {
        let position = world.standing(one.enrollment.id).await.enrollment.position;
        let expected = Position::Exited { at: world.now(), reason: ExitReason::RecordClosed };
        assert_eq!(position, expected);
    }
    assert_eq!(world.count("SELECT count(*) FROM activity").await, 0);
    assert_eq!(world.count("SELECT count(*) FROM timer").await, 0);
    invariants::hold(&world).await;
}

#[tokio::test]
async fn deleting_a_record_ends_its_work_and_erases_its_words() {
    let world = World::new().await;
    let record = world.record("l1", None).await;
    let calls = world.sequence("calls", vec![phone_call(), phone_call()]).await;
    let started = world.start(calls, record).await;
    let close = CloseActivity {
        activity: started.opened.expect("the call is due").id,
        expected_version: None,
        how: CloseHow::Complete { at: None },
        outcome: "made".to_owned(),
        note: "likes tea".to_owned(),
        disposition: String::new(),
        lease: None,
    };
    world.engine.close_activity(world.request(), close).await.expect("is open");
    assert_eq!(world.count("SELECT count(*) FROM closed_activity WHERE note <> ''").await, 1);

    let command = DeleteRecord {
        record_type: "lead".to_owned(),
        record_id: "l1".to_owned(),
        expected_version: None,
        source_version: 0,
    };
    world.engine.delete_record(&world.request(), command).await.expect("exists");
    assert_eq!(world.count("SELECT count(*) FROM record").await, 0);
    assert_eq!(world.count("SELECT count(*) FROM closed_activity WHERE note <> ''").await, 0);

    let position = world.standing(started.enrollment.id).await.enrollment.position;
    assert!(matches!(position, Position::Exited { reason: ExitReason::RecordDeleted, .. }), "{position:?}");
    invariants::hold(&world).await;
}

#[tokio::test]
async fn deleting_a_record_erases_skip_reasons_and_keeps_the_organizations_own_words() {
    let world = World::new().await;
    let record = world.record("l1", None).await;
    let steps = vec![phone_call(), phone_call(), email(), phone_call()];
    let sequence = world.sequence("calls", steps).await;
    let mut due = world.start(sequence, record).await.opened.map(|opened| opened.id);
    let ways = [
        (CloseHow::Complete { at: None }, "made"),
        (CloseHow::Skip, "Kim is ill"),
        (CloseHow::Complete { at: None }, "Kim wants tea"),
    ];
    for (how, outcome) in ways {
        let close = CloseActivity {
            activity: due.expect("one is due"),
            expected_version: None,
            how,
            outcome: outcome.to_owned(),
            note: String::new(),
            disposition: String::new(),
            lease: None,
        };
        due = world.engine.close_activity(world.request(), close).await.expect("is open").next_activity;
    }

    let closed = "SELECT count(*) FROM closed_activity WHERE outcome LIKE 'Kim%'";
    let noted = "SELECT count(*) FROM history WHERE detail ->> 'outcome' LIKE 'Kim%'";
    assert_eq!((world.count(closed).await, world.count(noted).await), (2, 2));

    let command = DeleteRecord {
        record_type: "lead".to_owned(),
        record_id: "l1".to_owned(),
        expected_version: None,
        source_version: 0,
    };
    world.engine.delete_record(&world.request(), command).await.expect("exists");
    assert_eq!((world.count(closed).await, world.count(noted).await), (0, 0));
    assert_eq!(world.count("SELECT count(*) FROM history WHERE detail::text LIKE '%Kim%'").await, 0);
    assert_eq!(world.count("SELECT count(*) FROM closed_activity WHERE outcome = 'made'").await, 1);
    assert_eq!(world.count("SELECT count(*) FROM history WHERE detail ->> 'outcome' = 'made'").await, 1);
    invariants::hold(&world).await;
}

#[tokio::test]
async fn concurrent_upserts_all_succeed_even_those_of_locked_records() {
    let world = World::new().await;
    world.record("held", None).await;
    let mut other = world.store.begin().await.expect("begins");
    sqlx::query("SELECT id FROM record FOR NO KEY UPDATE").execute(&mut *other).await.expect("locks");
    let calls = (0..200).map(|index| {
        let id = if index % 50 == 0 { "held".to_owned() } else { format!("l{}", index % 20) };
        let (engine, item) =
            (world.engine.clone(), item(&world, &id, OwnerChange::Keep, &json!({"name": index.to_string()})));
        (id, tokio::spawn(async move { engine.upsert_record(item).await }))
    });
    let (held, free): (Vec<_>, Vec<_>) = calls.partition(|(id, _)| id == "held");
    let mut created = 0;

    for (_, call) in free {
        let done = within_deadline("what nobody holds isn't held up", call).await.expect("ends");
        created += usize::from(done.expect("is accepted").effect == Effect::Created);
    }
    assert_eq!(created, 20);
    assert!(held.iter().all(|(_, call)| !call.is_finished()));

    other.rollback().await.expect("ends");
    for (_, call) in held {
        let done = tokio::time::timeout(Duration::from_secs(30), call).await.expect("ends in time");
        assert_eq!(done.expect("ends").expect("is accepted").effect, Effect::Updated);
    }
}

#[tokio::test]
async fn the_changes_of_a_batch_are_routed_in_the_order_in_which_the_records_were_created() {
    let world = World::new().await;
    // Neither by the ids that callers choose, nor by chance.
    let ids: Vec<String> = (0..50).map(|number| format!("l{}", (number * 37) % 50)).collect();
    let items: Vec<UpsertItem> =
        ids.iter().map(|id| item(&world, id, OwnerChange::Keep, &json!({}))).collect();
    world.engine.upsert_records(&items, world.now()).await.expect("are accepted");

    let changed: Vec<String> = sqlx::query_scalar(
        "SELECT record.record_id FROM record_change JOIN record ON record.id = record_change.record_id
         ORDER BY record_change.id",
    )
    .fetch_all(&world.store.pool())
    .await
    .expect("is read");
    assert_eq!(changed, ids);
}
