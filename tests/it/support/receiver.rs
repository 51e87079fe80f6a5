//! A receiver of webhooks: a real HTTP server that does what it is told, and fails in every way.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use standardwebhooks::Webhook;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};

/// What the receiver does with a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer {
    /// Answers with this status. One of 300 to 399 leads to another path.
    Status(u16),
    /// Answers 200, and then sends a body without end.
    Endless,
    /// Closes the connection instead of an answer.
    Closed,
    /// Answers 200 once it is released.
    Held,
}

/// A request that came.
#[derive(Clone, Debug)]
pub struct Received {
    path: String,
    headers: BTreeMap<String, String>,
    text: String,
    /// The event.
    pub body: Value,
    answer: Answer,
}

/// A receiver. Without other orders it answers 200.
pub struct Receiver {
    port: u16,
    state: Arc<Mutex<State>>,
    came: Arc<Notify>,
    released: Arc<Notify>,
    /// `None` while it is dead.
    accepting: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct State {
    answers: VecDeque<Answer>,
    received: Vec<Received>,
}

impl Receiver {
    /// Listens on a free port of this machine.
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let (state, came, released) = Default::default();
        let receiver = Self { port, state, came, released, accepting: Mutex::default() };
        receiver.listen(listener);
        receiver
    }

    fn listen(&self, listener: TcpListener) {
        let (state, came, released) = (self.state.clone(), self.came.clone(), self.released.clone());
        let accepting = tokio::spawn(async move {
            // They end with this task.
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, state.clone(), came.clone(), released.clone()));
            }
        });
        *self.accepting.lock().expect("nobody panics with it") = Some(accepting);
    }

    /// Kills it: its connections break, and new ones are refused until it is started again.
    pub async fn kill(&self) {
        let accepting = self.accepting.lock().expect("nobody panics with it").take();
        let accepting = accepting.expect("it lives");
        accepting.abort();
        // Canceled, as it was told.
        let _ = accepting.await;
    }

    /// Starts it again, where it was.
    pub async fn restart(&self) {
        let address = ("127.0.0.1", self.port);
        self.listen(TcpListener::bind(address).await.expect("the port is still free"));
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What it does with the next requests, in order.
    pub fn answer(&self, answers: impl IntoIterator<Item = Answer>) {
        self.state.lock().expect("nobody panics with it").answers.extend(answers);
    }

    /// Forgets what it was told to do: it answers 200 from now on.
    pub fn recover(&self) {
        self.state.lock().expect("nobody panics with it").answers.clear();
    }

    /// All requests, whatever the answer.
    pub fn received(&self) -> Vec<Received> {
        self.state.lock().expect("nobody panics with it").received.clone()
    }

    /// Waits until enough has come.
    pub async fn until(&self, enough: impl Fn(&[Received]) -> bool) {
        loop {
            // Armed before the look, so that nothing in between is missed.
            let came = self.came.notified();
            if enough(&self.received()) {
                return;
            }
            came.await;
        }
    }

    /// Lets a request that is held have its answer.
    pub fn release(&self) {
        self.released.notify_one();
    }

    /// The requests that were answered with success.
    pub fn accepted(&self) -> Vec<Received> {
        let mut all = self.received();
        all.retain(Received::is_accepted);
        all
    }

    /// How many requests came where redirects lead.
    pub fn redirected(&self) -> usize {
        self.received().iter().filter(|one| one.path == "/elsewhere").count()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        if let Some(accepting) = self.accepting.get_mut().expect("nobody panics with it") {
            accepting.abort();
        }
    }
}

impl Received {
    /// True if it was answered with success.
    pub fn is_accepted(&self) -> bool {
        matches!(self.answer, Answer::Status(200..300) | Answer::Endless | Answer::Held)
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// True if one of the signatures is by this secret.
    pub fn is_signed_by(&self, secret: &str) -> bool {
        let signer = Webhook::new(secret).expect("a secret");
        let timestamp = self.header("webhook-timestamp").parse().expect("seconds");
        let expected = signer.sign(self.header("webhook-id"), timestamp, self.text.as_bytes());
        let expected = expected.expect("signs");
        self.header("webhook-signature").split(' ').any(|signature| signature == expected)
    }
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>, came: Arc<Notify>, released: Arc<Notify>) {
    while let Some((path, headers, text)) = read(&mut stream).await {
        let answer = {
            let mut state = state.lock().expect("nobody panics with it");
            let answer = state.answers.pop_front().unwrap_or(Answer::Status(200));
            let body = serde_json::from_str(&text).expect("the body is JSON");
            state.received.push(Received { path, headers, text, body, answer });
            answer
        };
        came.notify_waiters();

        if answer == Answer::Held {
            released.notified().await;
        }
        match answer {
            Answer::Closed => return,
            Answer::Endless => {
                let begin = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
                let mut sent = stream.write_all(begin).await;
                while sent.is_ok() {
                    sent = stream.write_all(b"4\r\nlies\r\n").await;
                }
                return;
            }
            Answer::Status(_) | Answer::Held => {
                let status = if let Answer::Status(status) = answer { status } else { 200 };
                let to = if (300..400).contains(&status) { "location: /elsewhere\r\n" } else { "" };
                let answer = format!("HTTP/1.1 {status} x\r\n{to}content-length: 0\r\n\r\n");
                if stream.write_all(answer.as_bytes()).await.is_err() {
                    return;
                }
            }
        }
    }
}

/// Reads a request: its path, headers and body. `None` at the end.
async fn read(stream: &mut TcpStream) -> Option<(String, BTreeMap<String, String>, String)> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let mut lines = head.split("\r\n");
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    let headers: BTreeMap<String, String> = lines.filter_map(header).collect();

    let length: usize = headers.get("content-length")?.parse().ok()?;
    let mut body = bytes.split_off(end + 4);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some((path, headers, String::from_utf8(body).ok()?))
}
