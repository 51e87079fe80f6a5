//! A seller may have ten streams open, and the eleventh takes the place of the right one.

use tonic::{Code, Streaming};
use upnext::api::pb;
use upnext::api::pb::watch_work_queue_response::Event;
use upnext::api::pb::work_queue_service_client::WorkQueueServiceClient;

use super::support::app::{TestApp, within_deadline};
use super::support::desk::Desk;
use super::support::refused::Refused;

/// A stream of ana's queue.
struct Open {
    stream: Streaming<pb::WatchWorkQueueResponse>,
    token: String,
}

impl Open {
    /// Opens it, and reads its first message.
    async fn new(app: &TestApp, resume_token: String) -> Self {
        let queue = "sellers/ana".to_owned();
        let request = pb::WatchWorkQueueRequest { queue, resume_token, ..Default::default() };
        let opened = WorkQueueServiceClient::new(app.admin.calls()).watch_work_queue(request).await;
        let mut open = Self { stream: opened.expect("opens").into_inner(), token: String::new() };
        open.next().await;
        open
    }

    async fn next(&mut self) -> Event {
        let next = within_deadline("a message", self.stream.message()).await;
        let response = next.expect("the stream continues").expect("the stream continues");
        self.token = response.resume_token;
        response.event.expect("every message says something")
    }

    async fn end(&mut self) -> Refused {
        let end = within_deadline("the end", self.stream.message()).await;
        Refused::of(&end.expect_err("the stream ends"))
    }
}

async fn ten(app: &TestApp) -> Vec<Open> {
    let mut open = Vec::new();
    for _ in 0..10 {
        open.push(Open::new(app, String::new()).await);
    }
    open
}

/// All of them hear of another activity.
async fn go_on(desk: &Desk, open: &mut [Open]) {
    desk.open(1).await;
    for stream in open {
        assert!(matches!(stream.next().await, Event::Update(_)), "it goes on");
    }
}

#[tokio::test]
async fn the_eleventh_stream_of_a_seller_ends_the_oldest() {
    let app = TestApp::new().await;
    let desk = Desk::new(&app, "ana").await;
    let mut open = ten(&app).await;
    open.push(Open::new(&app, String::new()).await);

    let end = open.remove(0).end().await;
    assert_eq!((end.code, end.reason.as_str()), (Code::ResourceExhausted, "TOO_MANY_STREAMS"));
    assert_eq!(end.metadata["value"], "10");
    go_on(&desk, &mut open).await;
}

#[tokio::test]
async fn a_client_whose_connection_broke_takes_its_own_place_again_and_nobody_elses() {
    let app = TestApp::new().await;
    let desk = Desk::new(&app, "ana").await;
    let mut open = ten(&app).await;

    // To the server the broken streams are open: nobody told it otherwise.
    let mut broken = Vec::new();
    for _ in 0..12 {
        let last = open.pop().expect("ten");
        open.push(Open::new(&app, last.token.clone()).await);
        broken.push(last);
    }

    for mut stream in broken {
        assert_eq!(stream.end().await.reason, "TOO_MANY_STREAMS");
    }
    go_on(&desk, &mut open).await;
}
