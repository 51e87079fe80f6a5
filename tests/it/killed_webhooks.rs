//! The real binary sends events to a CRM, and both are killed again and again.

use std::collections::{BTreeMap, BTreeSet};

use nix::sys::signal::Signal;
use serde_json::json;
use sqlx::AssertSqlSafe;
use upnext::clock::Clock;
use upnext::engine::Engine;
use upnext::wake::Wake;

use super::events::publish;
use super::support::app::{Client, store, within_deadline};
use super::support::chance::is_long;
use super::support::database::TestDatabase;
use super::support::invariants;
use super::support::receiver::{Answer, Received, Receiver};
use super::support::stage::text;
use super::support::victim::Victim;

/// How often both are killed.
const SHORT: usize = 6;
const LONG: usize = 100;

async fn furnish(client: &Client, receiver: &Receiver) {
    publish(client).await;
    client.seller("ana").await;
    client.leads(json!([{"id": "l0", "owner": "ana"}, {"id": "l1", "owner": "ana"}])).await;
    client.sequence("one", json!([{"step_id": "only", "task": {}}])).await;
    let webhook = json!({"url": receiver.url("/"), "kinds": ["activity_completed"]});
    client.done("EventService/CreateWebhook", json!({"webhook_id": "crm", "webhook": webhook})).await;
}

async fn complete(client: &Client, lead: &str, note: &str) {
    let activity = client.enroll(lead, "one").await["openActivity"].clone();
    client.done("WorkQueueService/CompleteActivity", json!({"name": activity, "note": note})).await;
}

/// The notes of each record, in the order in which they were accepted first. Whoever has seen a
/// `webhook-id` ignores it.
fn arrived(received: &[Received]) -> BTreeMap<String, Vec<String>> {
    let (mut arrived, mut seen) = (BTreeMap::<String, Vec<String>>::new(), BTreeSet::new());
    for one in received.iter().filter(|one| one.is_accepted()) {
        if seen.insert(one.header("webhook-id")) {
            let notes = arrived.entry(text(&one.body, "/record").to_owned()).or_default();
            notes.push(text(&one.body, "/activityCompleted/note").to_owned());
        }
    }
    arrived
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crm_gets_every_completion_in_order_while_the_server_and_the_crm_are_killed() {
    let (database, receiver) = (TestDatabase::new().await, Receiver::new().await);
    let engine = Engine::new(store(&database), Clock::system(), Wake::new());
    let made = engine.create_organization("Shop", Clock::system().now()).await.expect("is created");
    let mut victim = Victim::start(&database).await;
    let secret = made.secret.expose();
    furnish(&victim.client(secret), &receiver).await;

    let kills = if is_long() { LONG } else { SHORT };
    let mut expected = BTreeMap::<String, Vec<String>>::new();
    for round in 0..kills {
        let before = receiver.received().len();
        receiver.answer([Answer::Status(200), Answer::Status(503), Answer::Closed]);
        let client = victim.client(secret);
        for lead in ["l0", "l1"] {
            let note = format!("{round:03}");
            complete(&client, lead, &note).await;
            expected.entry(format!("recordTypes/lead/records/{lead}")).or_default().push(note);
        }

        // At once, or in the middle of the sending.
        if round % 2 == 1 {
            within_deadline("something comes", receiver.until(|all| all.len() > before)).await;
        }
        victim.signal(Signal::SIGKILL);
        receiver.kill().await;
        // As if its lease had run out meanwhile, and the next attempt were due.
        let lapse = "UPDATE webhook SET lease_id = NULL, lease_expire_time = NULL, attempts = 0, next_attempt_time = NULL";
        sqlx::query(AssertSqlSafe(lapse)).execute(&database.pool()).await.expect("runs");
        victim.restart().await;
        receiver.restart().await;
    }

    // Each failure that is left would cost a pause.
    receiver.recover();
    let all = |received: &[Received]| arrived(received) == expected;
    within_deadline("everything arrives", receiver.until(all)).await;
    assert_eq!(arrived(&receiver.received()), expected);
    victim.end();
    invariants::hold_in(&store(&database), Clock::system().now()).await;
}
