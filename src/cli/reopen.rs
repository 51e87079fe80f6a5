//! `upnext reopen`: an activity that was completed or skipped by mistake is open again.

use std::io::Write as _;

use clap::Args;

use super::client::{Server, readable};
use crate::api::pb;
use crate::api::pb::work_queue_service_client::WorkQueueServiceClient;
use crate::domain::names;

/// An activity to reopen.
#[derive(Debug, Args)]
pub struct Reopen {
    #[command(flatten)]
    server: Server,
    /// The activity: activities/0193…, or its id alone
    activity: String,
    /// Why it is reopened; the record's timeline keeps it
    #[arg(long, default_value = "")]
    reason: String,
}

impl Reopen {
    /// Reopens it.
    ///
    /// # Errors
    /// The activity isn't there, isn't the caller's, or can't be reopened.
    pub async fn run(self) -> anyhow::Result<()> {
        let name = match self.activity.contains('/') {
            true => self.activity,
            false => names::ACTIVITY.name([self.activity]),
        };
        let mut queue = WorkQueueServiceClient::new(self.server.connect().await?);
        let request = pb::ReopenActivityRequest { name, reason: self.reason, ..Default::default() };
        let answer = queue.reopen_activity(request).await.map_err(readable)?.into_inner();

        let activity = answer.activity.unwrap_or_default();
        let (name, state, queue) = (&activity.name, activity.state().as_str_name(), &activity.queue);
        writeln!(std::io::stdout(), "{name} is {state} in {queue} again")?;
        Ok(())
    }
}
