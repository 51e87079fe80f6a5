//! Webhooks through the whole server, with a real receiver that fails, hangs, redirects and lies.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tonic::Code;

use super::events::{hold, publish};
use super::support::app::within_deadline;
use super::support::receiver::{Answer, Received, Receiver};
use super::support::refused::{Refused, refused};
use super::support::stage::{Stage, each, list, text};

/// A sales floor that publishes its events, and a receiver of them.
struct Floor {
    stage: Stage,
    receiver: Receiver,
    secret: String,
}

impl Floor {
    async fn new(kinds: &[&str]) -> Self {
        let stage = Stage::new().await;
        publish(&stage.admin).await;
        let receiver = Receiver::new().await;
        let webhook = json!({"url": receiver.url("/crm"), "kinds": kinds});
        let request = json!({"webhook_id": "crm", "webhook": webhook});
        let created = stage.done("EventService/CreateWebhook", request).await;
        Self { stage, receiver, secret: text(&created, "/secret").to_owned() }
    }

    /// Enrolls a lead, and completes its first activity.
    async fn complete(&self, lead: &str, note: &str) {
        let activity = self.stage.enroll(lead, "tasks").await["openActivity"].clone();
        let request = json!({"name": activity, "outcome": "held", "note": note});
        self.stage.done("WorkQueueService/CompleteActivity", request).await;
    }

    async fn run(&self) {
        self.stage.app.run_until_idle().await;
    }

    async fn advance(&self, seconds: i64) {
        self.stage.app.advance(TimeDelta::seconds(seconds)).await;
    }

    async fn webhook(&self) -> Value {
        self.stage.done("EventService/GetWebhook", json!({"name": "crm"})).await["webhook"].clone()
    }

    async fn deliveries(&self) -> Vec<Value> {
        let listed = self.stage.done("EventService/ListWebhookDeliveries", json!({"parent": "crm"})).await;
        list(&listed, "/webhookDeliveries")
    }
}

fn notes(received: &[Received]) -> Vec<String> {
    let note = |one: &Received| one.body["activityCompleted"]["note"].as_str().unwrap_or("").to_owned();
    received.iter().map(note).collect()
}

#[tokio::test]
async fn a_completion_with_its_outcome_and_note_arrives_signed_under_its_events_name() {
    let floor = Floor::new(&["activity_completed"]).await;
    floor.complete("l1", "Wants a quote").await;
    floor.run().await;

    let received = floor.receiver.received();
    assert_eq!(received.len(), 1, "other kinds are not sent");
    let one = &received[0];
    assert_eq!(one.body["record"], "recordTypes/lead/records/l1");
    assert_eq!(one.body["activityCompleted"]["outcome"], "held");
    assert_eq!(one.body["activityCompleted"]["note"], "Wants a quote");
    assert_eq!(one.header("webhook-id"), text(&one.body, "/name"));
    assert_eq!(one.header("content-type"), "application/json");
    assert!(one.is_signed_by(&floor.secret));
    assert_eq!(floor.webhook().await["progress"], json!({}));
    hold(&floor.stage).await;
}

#[tokio::test]
async fn events_of_a_record_arrive_in_order_and_what_fails_is_sent_again_before_the_next() {
    let floor = Floor::new(&["activity_completed"]).await;
    floor.receiver.answer([Answer::Status(500), Answer::Status(302), Answer::Closed]);
    for note in ["1", "2", "3"] {
        floor.complete("l1", note).await;
        let activities = floor.stage.queue("sellers/ana").await;
        let skip = json!({"name": activities[0]["name"]});
        floor.stage.done("WorkQueueService/SkipActivity", skip).await;
    }
    floor.run().await;
    assert_eq!(notes(&floor.receiver.received()), ["1"]);
    let progress = floor.webhook().await["progress"].clone();
    assert_eq!((&progress["attemptCount"], &progress["lastError"]), (&json!(1), &json!("answered 500")));
    assert!(progress["nextAttemptTime"].is_string());

    for _ in 0..3 {
        floor.advance(10).await;
    }
    let received = floor.receiver.received();
    assert_eq!(notes(&received), ["1", "1", "1", "1", "2", "3"]);
    let ids: Vec<&str> = received[..4].iter().map(|one| one.header("webhook-id")).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "a repetition has the same id");
    assert_eq!(floor.receiver.redirected(), 0, "a redirect isn't followed");
}

#[tokio::test]
async fn what_is_refused_is_given_up_listed_and_sent_again_on_demand() {
    let floor = Floor::new(&["activity_completed"]).await;
    floor.receiver.answer(vec![Answer::Status(422); 5]);
    floor.complete("l1", "poison").await;
    floor.complete("l3", "fine").await;
    for _ in 0..6 {
        floor.advance(20).await;
    }
    assert_eq!(notes(&floor.receiver.received()), ["poison", "poison", "poison", "poison", "poison", "fine"]);
    let given_up = floor.deliveries().await;
    assert_eq!(each(&given_up, "lastError"), ["answered 422"]);
    assert_eq!(given_up[0]["attemptCount"], 5);
    assert_eq!(given_up[0]["event"]["activityCompleted"]["note"], "poison");

    // The first attempt on demand fails, too.
    floor.receiver.answer([Answer::Status(422)]);
    for _ in 0..2 {
        let retry = json!({"name": given_up[0]["name"]});
        floor.stage.done("EventService/RetryWebhookDelivery", retry).await;
        floor.run().await;
    }
    assert_eq!(floor.receiver.received().len(), 8);
    assert_eq!(floor.deliveries().await, Vec::<Value>::new());
    let again = json!({"name": given_up[0]["name"]});
    let gone = refused(floor.stage.call("EventService/RetryWebhookDelivery", again).await);
    assert_eq!((gone.code, gone.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"));
    hold(&floor.stage).await;
}

#[tokio::test]
async fn a_receiver_that_is_gone_gets_nothing_more_until_the_webhook_is_enabled() {
    let floor = Floor::new(&["activity_completed"]).await;
    floor.receiver.answer([Answer::Status(410)]);
    floor.complete("l1", "1").await;
    floor.run().await;
    floor.advance(10_000).await;
    assert_eq!(floor.receiver.received().len(), 1);
    let webhook = floor.webhook().await;
    assert_eq!(
        (&webhook["disabled"], &webhook["progress"]["lastError"]),
        (&json!(true), &json!("answered 410"))
    );

    let enable = json!({"webhook": {"name": "crm", "disabled": false}});
    floor.stage.done("EventService/UpdateWebhook", enable).await;
    floor.run().await;
    assert_eq!(notes(&floor.receiver.received()), ["1", "1"]);
}

#[tokio::test]
async fn one_that_fails_delays_only_itself_and_an_endless_answer_nobody() {
    let floor = Floor::new(&["activity_completed"]).await;
    let other = Receiver::new().await;
    let webhook = json!({"url": other.url("/"), "kinds": ["activity_completed"]});
    let request = json!({"webhook_id": "other", "webhook": webhook});
    floor.stage.done("EventService/CreateWebhook", request).await;
    floor.receiver.answer(vec![Answer::Closed; 3]);
    other.answer([Answer::Endless, Answer::Status(204)]);
    floor.complete("l1", "1").await;
    floor.complete("l3", "2").await;
    floor.run().await;
    assert_eq!(notes(&other.received()), ["1", "2"]);
    assert_eq!(notes(&floor.receiver.received()), ["1"]);
}

#[tokio::test]
async fn a_new_secret_signs_beside_the_old_one_until_the_overlap_is_over() {
    let floor = Floor::new(&["activity_completed"]).await;
    let rotate = json!({"name": "crm", "overlap": "3600s"});
    let rotated = floor.stage.done("EventService/RotateWebhookSecret", rotate).await;
    let new = text(&rotated, "/secret").to_owned();
    floor.complete("l1", "1").await;
    floor.run().await;
    floor.advance(3_601).await;
    floor.complete("l3", "2").await;
    floor.run().await;

    let received = floor.receiver.received();
    let signed = |one: &Received| (one.is_signed_by(&floor.secret), one.is_signed_by(&new));
    assert_eq!(received.iter().map(signed).collect::<Vec<_>>(), [(true, true), (false, true)]);
    let too_long = json!({"name": "crm", "overlap": "604801s"});
    let too_long = refused(floor.stage.call("EventService/RotateWebhookSecret", too_long).await);
    assert_eq!(too_long.violations[0].0, "overlap");
}

#[tokio::test]
async fn a_webhook_is_created_read_changed_listed_and_deleted_and_shows_its_secret_once() {
    let floor = Floor::new(&[]).await;
    assert!(floor.secret.starts_with("whsec_"));
    let webhook = floor.webhook().await;
    assert!(!webhook.to_string().contains(&floor.secret));
    let id = "0190c0de-0000-7000-8000-000000000001";
    let request = json!({"webhook_id": "two", "webhook": {"url": "https://example.com/"}, "request_id": id});
    assert!(floor.stage.done("EventService/CreateWebhook", request.clone()).await["secret"].is_string());
    let repeated = floor.stage.done("EventService/CreateWebhook", request).await;
    assert_eq!((repeated.get("secret"), &repeated["webhook"]["name"]), (None, &json!("webhooks/two")));
    let taken = json!({"webhook_id": "two", "webhook": {"url": "https://example.com/"}});
    let taken = refused(floor.stage.call("EventService/CreateWebhook", taken).await);
    assert_eq!(taken.reason, "RESOURCE_EXISTS");

    let change = json!({"webhook": {"name": "two", "kinds": ["record_routed"]}});
    let changed = floor.stage.done("EventService/UpdateWebhook", change).await;
    assert_eq!(changed["webhook"]["url"], "https://example.com/");
    let stale = json!({"name": "two", "etag": webhook["etag"]});
    let stale = refused(floor.stage.call("EventService/DeleteWebhook", stale).await);
    assert_eq!((stale.code, stale.reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));
    let listed = floor.stage.done("EventService/ListWebhooks", json!({})).await;
    assert_eq!(each(&list(&listed, "/webhooks"), "name"), ["webhooks/crm", "webhooks/two"]);
    floor.stage.done("EventService/DeleteWebhook", json!({"name": "two"})).await;
    let gone = refused(floor.stage.call("EventService/GetWebhook", json!({"name": "two"})).await);
    assert_eq!(gone.reason, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn wrong_webhooks_are_refused_with_all_that_is_wrong() {
    let stage = Stage::new().await;
    let create = |id: &str, url: &str| json!({"webhook_id": id, "webhook": {"url": url}});
    let off = refused(stage.call("EventService/CreateWebhook", create("a", "https://example.com/")).await);
    assert_eq!(off.reason, "EVENTS_NOT_PUBLISHED");
    publish(&stage.admin).await;
    let mut wrong = create("a b", "ftp://example.com/");
    wrong["webhook"]["kinds"] = json!(["nothing"]);
    let wrong = refused(stage.call("EventService/CreateWebhook", wrong).await);
    let expected = [
        ("webhook.kinds[0]", "FIELD_INVALID"),
        ("webhook.url", "WEBHOOK_URL_INVALID"),
        ("webhook_id", "FIELD_INVALID"),
    ];
    let mut found: Vec<_> = wrong.violations.iter().map(|(field, reason, _)| (&**field, &**reason)).collect();
    found.sort_unstable();
    assert_eq!(found, expected);

    for number in 0..20 {
        let request = create(&format!("w{number}"), "https://example.com/");
        stage.done("EventService/CreateWebhook", request).await;
    }
    let full = stage.call("EventService/CreateWebhook", create("more", "https://example.com/")).await;
    let full = Refused::of(&full.expect_err("there are 20"));
    assert_eq!((full.code, full.reason.as_str()), (Code::ResourceExhausted, "LIMIT_EXCEEDED"));
}

/// Server and receiver fail in turns, and leases of dead servers run out.
#[tokio::test]
async fn every_completion_arrives_at_least_once_in_order_while_servers_and_receiver_fail() {
    let floor = Floor::new(&["activity_completed"]).await;
    let (mut answers, mut expected) = (Vec::new(), BTreeMap::<String, Vec<String>>::new());
    for round in 0..30 {
        // Never five in a row that fail.
        answers.extend([Answer::Status(503), Answer::Closed, Answer::Status(200)]);
        let lead = ["l1", "l3"][round % 2];
        let note = format!("{round:02}");
        floor.complete(lead, &note).await;
        let queue = ["sellers/ana", "sellers/ben"][round % 2];
        let skip = json!({"name": floor.stage.queue(queue).await[0]["name"]});
        floor.stage.done("WorkQueueService/SkipActivity", skip).await;
        expected.entry(format!("recordTypes/lead/records/{lead}")).or_default().push(note);
    }
    floor.receiver.answer(answers);

    // A server takes the lease and dies: another one goes on when it has run out.
    floor.stage.app.app.worker.publish_events(floor.stage.app.now()).await.expect("publishes");
    let now = floor.stage.app.now();
    let engine = &floor.stage.app.app.worker;
    let due = engine.due_webhooks(now, 10).await.expect("is read");
    engine.claim_webhook(due[0], now).await.expect("is claimed").expect("nobody has it");
    floor.run().await;
    assert_eq!(floor.receiver.received().len(), 0, "the dead server has the lease");
    for _ in 0..70 {
        floor.advance(91).await;
    }

    let mut arrived = BTreeMap::<String, Vec<String>>::new();
    for one in floor.receiver.accepted() {
        let note = notes(std::slice::from_ref(&one)).remove(0);
        let notes = arrived.entry(text(&one.body, "/record").to_owned()).or_default();
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    assert_eq!(arrived, expected);
    assert_eq!(floor.deliveries().await, Vec::<Value>::new());
    hold(&floor.stage).await;
}

#[tokio::test]
async fn a_test_is_sent_at_once_and_tells_what_the_receiver_answered() {
    let floor = Floor::new(&["record_routed"]).await;
    let disabled = json!({"webhook": {"name": "crm", "disabled": true}});
    let before = floor.stage.done("EventService/UpdateWebhook", disabled).await["webhook"].clone();
    floor.receiver.answer([Answer::Status(204), Answer::Status(500), Answer::Status(302), Answer::Closed]);

    let mut told = Vec::new();
    for _ in 0..4 {
        let test = floor.stage.done("EventService/TestWebhook", json!({"name": "crm"})).await;
        assert!(text(&test, "/duration").ends_with('s'), "{test}");
        told.push((test["statusCode"].as_i64(), test["error"].as_str().unwrap_or("").to_owned()));
    }
    assert_eq!(told[0], (Some(204), String::new()));
    assert_eq!(told[1], (Some(500), "answered 500".to_owned()));
    assert_eq!(told[2], (Some(302), "answered 302".to_owned()));
    assert!(told[3].0.is_none() && !told[3].1.is_empty(), "{told:?}");

    let received = floor.receiver.received();
    assert_eq!((received.len(), floor.receiver.redirected()), (4, 0));
    let one = &received[0];
    assert!(one.is_signed_by(&floor.secret));
    assert_eq!(one.body["webhookTest"]["webhook"], "webhooks/crm");
    assert_eq!(one.body["name"], one.header("webhook-id"));
    // Nothing is kept of it.
    assert_eq!(floor.webhook().await, before);
    let events = floor.stage.done("EventService/ListEvents", json!({})).await;
    assert!(!events.to_string().contains("webhookTest"));
    hold(&floor.stage).await;
}

#[tokio::test]
async fn an_organization_tests_one_webhook_at_a_time_and_holds_no_connection_meanwhile() {
    let floor = Floor::new(&[]).await;
    floor.stage.app.run_until_idle().await;
    let before = floor.receiver.received().len();
    floor.receiver.answer([Answer::Held]);
    let admin = floor.stage.admin.clone();
    let first =
        tokio::spawn(async move { admin.call("EventService/TestWebhook", json!({"name": "crm"})).await });
    within_deadline("the test", floor.receiver.until(|all| all.len() > before)).await;

    let second = refused(floor.stage.call("EventService/TestWebhook", json!({"name": "crm"})).await);
    assert_eq!((second.code, second.reason.as_str()), (Code::ResourceExhausted, "WEBHOOK_TEST_RUNNING"));
    assert_eq!(open_transactions(&floor).await, 0);
    floor.receiver.release();
    let first = first.await.expect("no panic").expect("is answered");
    assert_eq!(first["statusCode"], 200);
    floor.stage.done("EventService/TestWebhook", json!({"name": "crm"})).await;
}

/// Transactions of the server that are open.
async fn open_transactions(floor: &Floor) -> i64 {
    let open = "SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
    sqlx::query_scalar(open).fetch_one(&floor.stage.app.database.pool()).await.expect("counts")
}
