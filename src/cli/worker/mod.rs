//! `upnext worker`: programs that do what sequences automate, as clients of a server.

mod calls;
mod intake;
mod mailer;
mod message;
mod smtp;

use clap::{Args, Subcommand};

/// Do what sequences automate.
#[derive(Debug, Args)]
pub struct Worker {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Debug, Subcommand)]
enum Kind {
    /// Send automated emails through a mail server.
    ///
    /// UPNEXT_KEY is a key with the role worker. Any number of these may run. An email is sent
    /// once: if this program ends while it is sending one, nobody knows whether it was sent, and
    /// the record's owner decides.
    Smtp(smtp::Smtp),
    /// Tell the server what came back: replies, automatic replies and emails that couldn't be
    /// delivered.
    ///
    /// UPNEXT_KEY is a key with the role sales_manager. Messages that it was told of before change
    /// nothing, so the same files can be read again.
    Intake(intake::Intake),
}

impl Worker {
    /// Works until it is told to stop.
    ///
    /// # Errors
    /// The server or the mail server can't be reached at the start; a setting is wrong; the key
    /// stops working.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.kind {
            Kind::Smtp(smtp) => smtp.run().await,
            Kind::Intake(intake) => intake.run().await,
        }
    }
}
