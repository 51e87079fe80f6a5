//! Events for other systems, through the whole server: in order, each at least once, and never
//! forgotten because a write was committed late.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tonic::{Code, Streaming};
use upnext::api::pb;
use upnext::api::pb::event_service_client::EventServiceClient;
use upnext::api::pb::watch_events_response::Kind as Message;
use upnext::domain::caller::Actor;
use upnext::domain::history::{HistoryDetail, HistoryEvent, HistoryKind};
use upnext::domain::id::OrganizationId;
use upnext::store::history;
use uuid::Uuid;

use super::support::app::{Client, TestApp, within_deadline};
use super::support::invariants;
use super::support::refused::{Refused, refused};
use super::support::stage::{Stage, each, list, text};

/// Lets the organization publish its events.
pub async fn publish(client: &Client) {
    let organization = json!({"settings": {"publishEvents": true}});
    client.done("OrganizationService/UpdateOrganization", json!({"organization": organization})).await;
}

/// An organization that publishes its events.
pub async fn publishing() -> Stage {
    let stage = Stage::new().await;
    publish(&stage.admin).await;
    stage
}

/// Checks all rules.
pub async fn hold(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

/// Publishes, and lists events; with the token to go on.
pub async fn listed(stage: &Stage, request: Value) -> (Vec<Value>, String) {
    stage.app.run_until_idle().await;
    let answer = stage.done("EventService/ListEvents", request).await;
    (list(&answer, "/events"), text(&answer, "/resumeToken").to_owned())
}

/// The kind of an event, like `activityCompleted`.
fn kind(event: &Value) -> &str {
    let common = ["name", "eventTime", "actor", "requestId", "record"];
    let fields = event.as_object().into_iter().flatten();
    let mut kinds = fields.map(|(name, _)| name.as_str()).filter(|name| !common.contains(name));
    kinds.next().unwrap_or_default()
}

/// The kinds of events, like `activityCompleted`.
pub fn kinds(events: &[Value]) -> Vec<&str> {
    events.iter().map(kind).collect()
}

/// Completes what is due for the record's owner.
async fn complete(stage: &Stage, queue: &str, note: &str) -> Value {
    let activity = stage.queue(queue).await[0]["name"].clone();
    stage.done("WorkQueueService/CompleteActivity", json!({"name": activity, "note": note})).await
}

#[tokio::test]
async fn an_organization_that_publishes_nothing_is_told_which_setting_to_set() {
    let stage = Stage::new().await;
    for method in ["EventService/ListEvents", "EventService/WatchEvents"] {
        let status = stage.call(method, json!({})).await.expect_err("it doesn't publish");
        assert!(status.message().contains("publish_events"), "{status:?}");
        let refused = Refused::of(&status);
        assert_eq!(
            (refused.code, refused.reason.as_str()),
            (Code::FailedPrecondition, "EVENTS_NOT_PUBLISHED")
        );
    }
}

#[tokio::test]
async fn what_happens_is_listed_with_its_record_outcome_and_note_from_the_setting_on() {
    let stage = Stage::new().await;
    stage.enroll("l2", "tasks").await;
    publish(&stage.admin).await;
    let enrollment = stage.enroll("l1", "tasks").await;
    let activity = enrollment["openActivity"].clone();
    let done = json!({"name": activity, "outcome": "held", "note": "Call again in May"});
    stage.done("WorkQueueService/CompleteActivity", done).await;

    let (events, _) = listed(&stage, json!({})).await;
    let expected =
        ["administrativeWrite", "enrollmentStarted", "activityDue", "activityCompleted", "activityDue"];
    assert_eq!(kinds(&events), expected);
    let write = &events[0]["administrativeWrite"];
    assert_eq!(write["method"], "upnext.v1.OrganizationService/UpdateOrganization");
    assert!(text(write, "/resource").starts_with("organizations/"));
    assert_eq!(events[0].get("record"), None);
    let completed = &events[3];
    assert_eq!(completed["record"], "recordTypes/lead/records/l1");
    assert_eq!(completed["activityCompleted"]["activity"], activity);
    assert_eq!(completed["activityCompleted"]["note"], "Call again in May");
    assert_eq!(completed["activityCompleted"]["outcome"], "held");

    // What sellers wrote about a record goes with it.
    stage.done("RecordService/DeleteRecord", json!({"name": "recordTypes/lead/records/l1"})).await;
    let (after, _) = listed(&stage, json!({})).await;
    assert_eq!(after[3]["activityCompleted"].get("note"), None);
    assert_eq!(after[3].get("record"), None);
    assert!(kinds(&after[5..]).contains(&"recordDeleted"));
    hold(&stage).await;
}

#[tokio::test]
async fn a_manual_activity_names_its_record_and_is_forgotten_with_it() {
    let stage = publishing().await;
    let record = "recordTypes/lead/records/l1";
    let activity = json!({"record": record, "display_name": "Ask Zoë", "task": {}});
    let made = stage.done("WorkQueueService/CreateActivity", json!({"activity": activity})).await;
    let done = json!({"name": made["activity"]["name"]});
    stage.done("WorkQueueService/CompleteActivity", done).await;
    let kinds_only = json!({"kinds": ["activity_created", "activity_completed"]});
    let (events, _) = listed(&stage, kinds_only.clone()).await;
    assert_eq!(kinds(&events), ["activityCreated", "activityCompleted"]);
    assert_eq!(each(&events, "record"), [record, record]);
    assert_eq!(events[0]["activityCreated"]["displayName"], "Ask Zoë");

    stage.done("RecordService/DeleteRecord", json!({"name": record})).await;
    let (events, _) = listed(&stage, kinds_only).await;
    assert_eq!(events.len(), 2);
    assert!(!Value::from(events.clone()).to_string().contains("Zoë"), "{events:?}");
}

#[tokio::test]
async fn pages_end_where_the_next_begins_and_a_token_goes_on_later() {
    let stage = publishing().await;
    stage.enroll("l1", "tasks").await;
    stage.enroll("l3", "tasks").await;
    let (all, token) = listed(&stage, json!({})).await;
    let (mut paged, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = json!({"page_size": 2, "page_token": page_token});
        let answer = stage.done("EventService/ListEvents", request).await;
        paged.extend(list(&answer, "/events"));
        let Some(next) = answer.get("nextPageToken") else { break };
        page_token = next.as_str().expect("a text").to_owned();
    }
    assert_eq!(paged, all);

    assert_eq!(listed(&stage, json!({"resume_token": token})).await.0, Vec::<Value>::new());
    complete(&stage, "sellers/ana", "").await;
    let (more, _) = listed(&stage, json!({"resume_token": token})).await;
    assert_eq!(kinds(&more), ["activityCompleted", "activityDue"]);
}

#[tokio::test]
async fn only_the_wanted_kinds_come_and_a_token_is_bound_to_them() {
    let stage = publishing().await;
    stage.enroll("l1", "tasks").await;
    complete(&stage, "sellers/ana", "").await;
    let (completions, token) = listed(&stage, json!({"kinds": ["activity_completed"]})).await;
    assert_eq!(kinds(&completions), ["activityCompleted"]);
    complete(&stage, "sellers/ana", "").await;
    let again = json!({"kinds": ["activity_completed"], "resume_token": token});
    assert_eq!(kinds(&listed(&stage, again).await.0), ["activityCompleted"]);

    let other = refused(stage.call("EventService/ListEvents", json!({"resume_token": token})).await);
    assert_eq!((other.code, other.reason.as_str()), (Code::InvalidArgument, "RESUME_TOKEN_INVALID"));
    let unknown = json!({"kinds": ["activity_completed", "ActivityCompleted"]});
    let unknown = refused(stage.call("EventService/ListEvents", unknown).await);
    assert_eq!(unknown.violations[0].0, "kinds[1]");
}

#[tokio::test]
async fn events_of_a_record_a_sequence_or_an_actor_are_found_alone_and_a_token_is_bound_to_them() {
    let stage = publishing().await;
    let ana = stage.salesperson("ana").await;
    for (lead, sequence) in [("l1", "tasks"), ("l2", "short"), ("l3", "tasks")] {
        stage.enroll(lead, sequence).await;
    }
    let due = stage.queue("sellers/ana").await;
    let tasks = due.iter().find(|one| one["sequence"] == "sequences/tasks").expect("of l1");
    ana.done("WorkQueueService/CompleteActivity", json!({"name": tasks["name"]})).await;
    let close = json!({"name": "recordTypes/lead/records/l3", "close_outcome": "LOST"});
    stage.done("RecordService/CloseRecord", close).await;

    let of_l1 = json!({"record": "recordTypes/lead/records/l1"});
    let (events, token) = listed(&stage, of_l1.clone()).await;
    assert_eq!(kinds(&events), ["enrollmentStarted", "activityDue", "activityCompleted", "activityDue"]);
    let (of_short, _) = listed(&stage, json!({"sequence": "short"})).await;
    assert_eq!(each(&of_short, "record"), ["recordTypes/lead/records/l2"; 2]);
    let (by_ana, _) = listed(&stage, json!({"actor": "sellers/ana"})).await;
    assert_eq!((kinds(&by_ana), each(&by_ana, "actor")), (vec!["activityCompleted"], vec!["sellers/ana"]));
    let both = json!({"record": "recordTypes/lead/records/l3", "kinds": ["record_closed"]});
    assert_eq!(kinds(&listed(&stage, both).await.0), ["recordClosed"]);
    let key = events[0]["actor"].clone();
    let (by_key, _) = listed(&stage, json!({"actor": key, "sequence": "tasks"})).await;
    assert!(by_key.len() > 1 && by_key.iter().all(|event| event["actor"] == key), "{by_key:?}");

    // A token goes on with the same record only.
    let other = refused(stage.call("EventService/ListEvents", json!({"resume_token": token})).await);
    assert_eq!(other.reason, "RESUME_TOKEN_INVALID");
    let next = stage.queue("sellers/ana").await;
    let next = next.iter().find(|one| one["sequence"] == "sequences/tasks").expect("the second");
    ana.done("WorkQueueService/CompleteActivity", json!({"name": next["name"]})).await;
    stage.app.run_until_idle().await;
    let mut stream = Stream::of(&stage.admin, text(&of_l1, "/record"), &token).await;
    assert_eq!(stream.events().await.len(), 2, "completed, and the enrollment with it");

    for (wrong, reason) in [
        (json!({"record": "recordTypes/lead/records/nobody"}), "RESOURCE_NOT_FOUND"),
        (json!({"sequence": "nowhere"}), "RESOURCE_NOT_FOUND"),
        (json!({"actor": "sellers/nobody"}), "RESOURCE_NOT_FOUND"),
        (json!({"actor": "operator"}), "RESOURCE_NAME_INVALID"),
    ] {
        let refusal = refused(stage.call("EventService/ListEvents", wrong.clone()).await);
        assert_eq!(refusal.reason, reason, "{wrong}");
    }
}

#[tokio::test]
async fn a_write_that_is_committed_late_is_not_forgotten() {
    let stage = publishing().await;
    let organization: Uuid = sqlx::query_scalar("SELECT organization_id FROM publication")
        .fetch_one(&stage.app.database.pool())
        .await
        .expect("it publishes");

    // Its key is older than those that are committed while it isn't.
    let mut late = stage.app.database.pool().begin().await.expect("begins");
    let event = HistoryEvent {
        organization: OrganizationId(organization),
        subject: organization,
        id: stage.app.app.engine.clock().new_id(),
        at: stage.app.now(),
        kind: HistoryKind::AdministrativeWrite,
        actor: Actor { seller: None, key: None, request_id: None },
        detail: HistoryDetail { method: Some("late".to_owned()), ..HistoryDetail::default() },
    };
    history::append(&mut late, &[event]).await.expect("is appended");
    stage.enroll("l1", "tasks").await;
    let (before, token) = listed(&stage, json!({})).await;
    assert!(before.iter().all(|event| event["administrativeWrite"]["method"] != "late"));

    late.commit().await.expect("commits");
    let (after, _) = listed(&stage, json!({"resume_token": token})).await;
    assert_eq!(after.len(), 1);
    assert_eq!(after[0]["administrativeWrite"]["method"], "late");
    hold(&stage).await;
}

#[tokio::test]
async fn whether_an_event_was_written_is_known_when_its_transaction_has_ended() {
    let app = TestApp::new().await;
    let pool = app.database.pool();
    let organization = Uuid::from_u128(7);
    for commits in [false, true] {
        let event = HistoryEvent {
            organization: OrganizationId(organization),
            subject: organization,
            id: app.app.engine.clock().new_id(),
            at: app.now(),
            kind: HistoryKind::AdministrativeWrite,
            actor: Actor { seller: None, key: None, request_id: None },
            detail: HistoryDetail::default(),
        };
        let mut writes = pool.begin().await.expect("begins");
        history::append(&mut writes, std::slice::from_ref(&event)).await.expect("is appended");

        let mut asks = pool.begin().await.expect("begins");
        let ends = async {
            app.database.until_waiting(1).await;
            match commits {
                true => writes.commit().await.expect("ends"),
                false => writes.rollback().await.expect("ends"),
            }
        };
        let (is_first, ()) = tokio::join!(history::append_once(&mut asks, &event), ends);
        assert_eq!(is_first.expect("waits"), !commits);
        asks.rollback().await.expect("ends");
    }
}

#[tokio::test]
async fn positions_are_given_once_by_servers_that_publish_at_the_same_time() {
    let stage = publishing().await;
    let other = stage.app.another_server();
    for round in 0..20 {
        let enrollment = stage.enroll("l1", "tasks").await;
        let now = stage.app.now();
        let (one, two) =
            tokio::join!(stage.app.app.worker.publish_events(now), other.worker.publish_events(now));
        one.and(two).unwrap_or_else(|error| panic!("round {round}: {error}"));
        stage.done("EnrollmentService/ExitEnrollment", json!({"name": enrollment["name"]})).await;
    }
    let (events, _) = listed(&stage, json!({"page_size": 1000})).await;
    let mut names: Vec<&str> = events.iter().map(|event| text(event, "/name")).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "each once");
    hold(&stage).await;
}

/// A stream of events.
pub struct Stream {
    stream: Streaming<pb::WatchEventsResponse>,
    token: String,
}

impl Stream {
    async fn open(client: &Client, token: &str) -> Self {
        Self::of(client, "", token).await
    }

    /// Opens one of the events about a record.
    pub async fn of(client: &Client, record: &str, token: &str) -> Self {
        let (record, resume_token) = (record.to_owned(), token.to_owned());
        let request = pb::WatchEventsRequest { resume_token, record, ..Default::default() };
        let opened = EventServiceClient::new(client.calls()).watch_events(request).await;
        Self { stream: opened.expect("opens").into_inner(), token: token.to_owned() }
    }

    /// Reads the next message.
    pub async fn next(&mut self) -> Message {
        let next = within_deadline("a message", self.stream.message()).await;
        let response = next.expect("the stream continues").expect("the stream continues");
        self.token = response.resume_token;
        response.kind.expect("every message says something")
    }

    /// Reads up to the next events.
    pub async fn events(&mut self) -> Vec<pb::Event> {
        loop {
            if let Message::Published(published) = self.next().await {
                return published.events;
            }
        }
    }

    async fn end(&mut self) -> Refused {
        loop {
            match within_deadline("the end", self.stream.message()).await {
                Ok(Some(_)) => {}
                Ok(None) => panic!("it ends with a status"),
                Err(status) => return Refused::of(&status),
            }
        }
    }
}

#[tokio::test]
async fn a_stream_sends_what_is_published_and_goes_on_with_its_token() {
    let stage = publishing().await;
    stage.app.run_until_idle().await;
    let mut stream = Stream::open(&stage.admin, "").await;
    assert!(matches!(stream.next().await, Message::Heartbeat(beat) if beat.waiting_event_count == 0));
    stage.enroll("l1", "tasks").await;
    stage.app.run_until_idle().await;
    assert_eq!(stream.events().await.len(), 2);
    let token = stream.token.clone();
    drop(stream);

    complete(&stage, "sellers/ana", "").await;
    stage.app.run_until_idle().await;
    let mut again = Stream::open(&stage.admin, &token).await;
    let events = again.events().await;
    assert!(matches!(&events[0].event, Some(pb::event::Event::ActivityCompleted(_))));
    assert_eq!(events.len(), 2);

    // A quiet stream shows that it lives.
    stage.app.clock.advance(TimeDelta::minutes(1));
    assert!(matches!(again.next().await, Message::Heartbeat(_)));
    stage.app.begin_to_drain();
    let end = again.end().await;
    assert_eq!((end.code, end.reason.as_str()), (Code::Unavailable, "STREAM_DRAINED"));
}

#[tokio::test]
async fn a_stream_on_another_server_hears_of_events_by_the_doorbell() {
    let app = TestApp::with_doorbell().await;
    publish(&app.admin).await;
    app.run_until_idle().await;
    let (client, lifecycle) = app.beside(true).await;
    let mut stream = Stream::open(&client, "").await;
    stream.next().await;
    app.admin.seller("ana").await;
    app.run_until_idle().await;
    let events = stream.events().await;
    assert!(matches!(&events[0].event, Some(pb::event::Event::AdministrativeWrite(_))));
    lifecycle.begin_to_drain();
}

#[tokio::test]
async fn a_key_has_ten_streams_and_one_more_ends_the_oldest() {
    let stage = publishing().await;
    let mut first = Stream::open(&stage.admin, "").await;
    first.next().await;
    let mut others = Vec::new();
    for _ in 0..10 {
        let mut other = Stream::open(&stage.admin, "").await;
        other.next().await;
        others.push(other);
    }
    let end = first.end().await;
    assert_eq!((end.code, end.reason.as_str()), (Code::ResourceExhausted, "TOO_MANY_STREAMS"));
}

#[tokio::test]
async fn a_stream_ends_when_the_organization_stops_to_publish_and_positions_go_on_after_that() {
    let stage = publishing().await;
    stage.app.run_until_idle().await;
    let mut stream = Stream::open(&stage.admin, "").await;
    stream.next().await;
    let off = json!({"organization": {"settings": {"publishEvents": false}}});
    stage.done("OrganizationService/UpdateOrganization", off).await;
    stage.app.run_until_idle().await;
    stage.app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(stream.end().await.reason, "EVENTS_NOT_PUBLISHED");

    stage.enroll("l1", "tasks").await;
    publish(&stage.admin).await;
    stage.enroll("l3", "tasks").await;
    let (events, _) = listed(&stage, json!({})).await;
    let expected = ["administrativeWrite", "administrativeWrite", "enrollmentStarted", "activityDue"];
    assert_eq!(kinds(&events), expected, "nothing of the time in between");
    hold(&stage).await;
}
