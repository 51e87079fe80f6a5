//! `upnext events`: what happens in the organization, as lines of JSON for other programs.

use std::io::Write;
use std::time::Duration;

use anyhow::bail;
use clap::Args;
use tonic::Code;

use super::client::{Calls, Server, readable};
use super::named;
use crate::api::convert::json;
use crate::api::pb;
use crate::api::pb::event_service_client::EventServiceClient;
use crate::api::pb::watch_events_response::Kind as Message;

/// The pause before a server that is away is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// What happens in the organization, the oldest first. The organization must publish its events:
/// its setting `publish_events` must be true.
#[derive(Debug, Args)]
pub struct Events {
    #[command(flatten)]
    server: Server,
    /// Go on with what happens from now on, until it is interrupted
    #[arg(long)]
    follow: bool,
    /// Go on after this token, which an earlier run printed with --tokens
    #[arg(long, value_name = "TOKEN", default_value = "", hide_default_value = true)]
    resume: String,
    /// Only these kinds, like `activity_completed`
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    kinds: Vec<String>,
    /// Only events about this record and those merged into it: recordTypes/lead/records/l1,
    /// lead/l1, or just l1 for a lead
    #[arg(long)]
    record: Option<String>,
    /// Only events of enrollments in this sequence
    #[arg(long, default_value = "", hide_default_value = true)]
    sequence: String,
    /// Only what this actor did: sellers/…, apiKeys/… or principals/…
    #[arg(long, default_value = "", hide_default_value = true)]
    actor: String,
    /// Print a line {"resumeToken": …} after each batch of events, for --resume
    #[arg(long)]
    tokens: bool,
}

impl Events {
    /// Prints them.
    ///
    /// # Errors
    /// The organization doesn't publish its events; the token isn't one of them; the server is
    /// away.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut client = EventServiceClient::new(self.server.connect().await?);
        let mut token = self.list(&mut client).await?;
        if !self.follow {
            return Ok(());
        }

        // Until it is interrupted, or refused.
        loop {
            token = self.stream(&mut client, token).await?;
        }
    }

    /// Prints what is published already. Returns the token to go on with.
    async fn list(&self, client: &mut EventServiceClient<Calls>) -> anyhow::Result<String> {
        let mut page_token = String::new();
        loop {
            let request = pb::ListEventsRequest {
                page_size: 1_000,
                page_token,
                resume_token: self.resume.clone(),
                kinds: self.kinds.clone(),
                record: self.record(),
                sequence: self.sequence.clone(),
                actor: self.actor.clone(),
            };

            let answer = client.list_events(request).await.map_err(readable)?.into_inner();
            // Printed before the token is used: a reader that stops here goes on after these.
            self.print(&answer.events, &answer.resume_token)?;
            if answer.next_page_token.is_empty() {
                return Ok(answer.resume_token);
            }
            page_token = answer.next_page_token;
        }
    }

    /// Prints what a stream sends until it ends, which it does now and then. Returns the token to
    /// go on with.
    async fn stream(
        &self,
        client: &mut EventServiceClient<Calls>,
        mut token: String,
    ) -> anyhow::Result<String> {
        let request = pb::WatchEventsRequest {
            resume_token: token.clone(),
            kinds: self.kinds.clone(),
            record: self.record(),
            sequence: self.sequence.clone(),
            actor: self.actor.clone(),
        };

        let mut stream = match client.watch_events(request).await {
            Ok(opened) => opened.into_inner(),
            // The server is restarting, perhaps.
            Err(status) if status.code() == Code::Unavailable => {
                tokio::time::sleep(PAUSE).await;
                return Ok(token);
            }
            Err(status) => bail!(readable(status)),
        };
        loop {
            match stream.message().await {
                Ok(Some(message)) => {
                    token = message.resume_token;
                    if let Some(Message::Published(published)) = message.kind {
                        self.print(&published.events, &token)?;
                    }
                }
                // A refusal is final.
                Err(status) if status.code() != Code::Unavailable => bail!(readable(status)),
                Ok(None) | Err(_) => return Ok(token),
            }
        }
    }

    /// The name of the record; empty for any.
    fn record(&self) -> String {
        self.record.as_deref().map(named::record).unwrap_or_default()
    }

    fn print(&self, events: &[pb::Event], token: &str) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        for event in events {
            writeln!(out, "{}", json::line(event))?;
        }
        if self.tokens && !events.is_empty() {
            writeln!(out, "{}", serde_json::json!({ "resumeToken": token }))?;
        }
        // Who reads through a pipe gets each batch at once.
        out.flush()
    }
}
