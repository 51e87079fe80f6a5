//! `upnext watch`: a live queue, as a seller's terminal, as lines or as JSON.

mod board;
mod stream;
mod terminal;

use std::io::{IsTerminal as _, Write, stdin, stdout};

use clap::Args;

use super::client::Server;
use crate::api::convert::json;
use board::Board;
use stream::{Message, Stream};
pub(super) use terminal::happened;

/// Show a queue as it changes, and work on it.
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
    /// On a terminal: take one activity at a time under a lease, so that several can work on a
    /// team's queue and nobody does what another does
    #[arg(long, conflicts_with = "json")]
    lease: bool,
}

impl Watch {
    /// Shows the queue until it is interrupted.
    ///
    /// # Errors
    /// Nobody listens at the address; the queue isn't there or isn't the caller's; the key stops
    /// working.
    pub async fn run(self) -> anyhow::Result<()> {
        let calls = self.server.connect().await?;
        let stream = Stream::new(calls.clone(), &self.queue, self.window);
        if !self.json && stdout().is_terminal() && stdin().is_terminal() {
            return terminal::run(calls, stream, &self.queue, self.lease).await;
        }
        anyhow::ensure!(!self.lease, "--lease needs a terminal: without one, nobody works on what is taken");

        let (mut board, mut out) = (Board::new(&self.queue), stdout());
        let show = |message: Message| {
            if self.json {
                writeln!(out, "{}", json::line(&message.response))?;
            } else {
                board.apply(message).iter().try_for_each(|line| writeln!(out, "{line}"))?;
            }
            out.flush()
        };
        stream.follow(show, |why| eprintln!("{why}: trying again")).await
    }
}
