//! `upnext watch`: a live queue in the terminal.

mod board;

use std::io::{ErrorKind, IsTerminal as _, Write, stdout};
use std::time::Duration;

use anyhow::bail;
use clap::Args;
use prost_reflect::{ReflectMessage as _, SerializeOptions};
use tonic::{Code, Status};

use super::client::{Calls, Server, readable};
use crate::api::pb;
use crate::api::pb::watch_work_queue_response::Event;
use crate::api::pb::work_queue_service_client::WorkQueueServiceClient;
use crate::clock::Clock;
use board::Board;

/// Show a queue as it changes.
#[derive(Debug, Args)]
pub struct Watch {
    #[command(flatten)]
    server: Server,
    /// sellers/…, sellers/me or teams/…
    queue: String,
    /// How many of the first activities to show, at most 500
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    window: i32,
    /// Print each message of the stream as a line of JSON
    #[arg(long)]
    json: bool,
}

/// A server that says nothing for three of its heartbeats is gone.
const SILENCE: Duration = Duration::from_secs(65);
/// The wait before the second attempt to reach a server; it doubles up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(8);

/// How the queue is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// All of it, drawn anew at each change.
    Screen,
    /// A line for each change.
    Lines,
    /// A line of JSON for each message.
    Json,
}

/// Why a stream ended.
enum StreamEnd {
    /// The server may be reached again.
    Away(String),
    /// Nobody reads what is printed.
    Unread,
}

impl Watch {
    /// Shows the queue until it is interrupted.
    ///
    /// # Errors
    /// Nobody listens at the address; the queue isn't there or isn't the caller's; the key stops
    /// working.
    pub async fn run(self) -> anyhow::Result<()> {
        let form = match (self.json, stdout().is_terminal()) {
            (true, _) => Form::Json,
            (false, true) => Form::Screen,
            (false, false) => Form::Lines,
        };

        let mut client = WorkQueueServiceClient::new(self.server.connect().await?);
        let mut shown = Shown {
            form,
            board: Board::new(&self.queue),
            clock: Clock::system(),
            token: String::new(),
            failures: 0,
        };

        loop {
            match self.follow(&mut client, &mut shown, &mut stdout()).await? {
                StreamEnd::Unread => return Ok(()),
                StreamEnd::Away(why) => shown.wait(&why).await,
            }
        }
    }

    /// Follows one stream to its end.
    async fn follow(
        &self,
        client: &mut WorkQueueServiceClient<Calls>,
        shown: &mut Shown,
        out: &mut impl Write,
    ) -> anyhow::Result<StreamEnd> {
        let request = pb::WatchWorkQueueRequest {
            queue: self.queue.clone(),
            window_size: self.window,
            resume_token: shown.token.clone(),
        };
        let mut stream = match client.watch_work_queue(request).await {
            Ok(response) => response.into_inner(),
            Err(status) => return away(status),
        };

        loop {
            let message = match tokio::time::timeout(SILENCE, stream.message()).await {
                Ok(Ok(Some(message))) => message,
                Ok(Ok(None)) => return Ok(StreamEnd::Away("the stream ended".to_owned())),
                Ok(Err(status)) => return away(status),
                Err(_) => return Ok(StreamEnd::Away("the server went silent".to_owned())),
            };
            match shown.show(message, out) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(StreamEnd::Unread),
                Err(error) => bail!(error),
            }
        }
    }
}

/// What may pass by itself is tried again; a refusal is final.
fn away(status: Status) -> anyhow::Result<StreamEnd> {
    match status.code() {
        // A connection that broke in the middle is UNKNOWN, one that was closed under a new call
        // CANCELLED.
        Code::Unavailable | Code::Unknown | Code::Cancelled => {
            Ok(StreamEnd::Away(status.message().to_owned()))
        }
        _ => Err(readable(status)),
    }
}

/// What stands on the screen, and how to go on from it.
struct Shown {
    form: Form,
    board: Board,
    clock: Clock,
    token: String,
    failures: u32,
}

impl Shown {
    fn show(&mut self, response: pb::WatchWorkQueueResponse, out: &mut impl Write) -> std::io::Result<()> {
        self.failures = 0;
        self.token.clone_from(&response.resume_token);

        match self.form {
            Form::Json => writeln!(out, "{}", json(&response))?,
            Form::Screen => {
                let quiet = matches!(response.event, Some(Event::Heartbeat(_)));
                self.board.apply(response.event);
                if !quiet {
                    // Begins at the top and clears what was there: nothing scrolls.
                    let (rows, columns) = console::Term::stdout().size();
                    let now = self.clock.now();
                    write!(out, "\x1b[H\x1b[J{}", self.board.screen(rows.into(), columns.into(), now))?;
                }
            }
            Form::Lines => {
                for line in self.board.apply(response.event) {
                    writeln!(out, "{line}")?;
                }
            }
        }
        out.flush()
    }

    async fn wait(&mut self, why: &str) {
        if self.failures == 1 {
            eprintln!("{why}: trying again");
        }
        if self.failures > 0 {
            let wait = FIRST_WAIT * 2u32.saturating_pow(self.failures - 1);
            tokio::time::sleep(wait.min(LONGEST_WAIT)).await;
        }
        // The first time at once: a server that drains has others beside it.
        self.failures += 1;
    }
}

fn json(response: &pb::WatchWorkQueueResponse) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::new(&mut bytes);
    let message = response.transcode_to_dynamic();
    message
        .serialize_with_options(&mut serializer, &SerializeOptions::new())
        .expect("every message has a JSON form");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}
