//! `upnext sequences copy`: a new draft from a sequence, a revision or a sequence template.

use std::io::Write as _;

use clap::Args;

use crate::api::pb;
use crate::api::pb::sequence_service_client::SequenceServiceClient;
use crate::cli::client::{Calls, readable};

#[derive(Debug, Args)]
pub(super) struct Copy {
    /// What to copy: a sequence, like paid-search, sequences/paid-search/revisions/2 or
    /// sequenceTemplates/demo-request
    source: String,
    /// The id of the new sequence
    id: String,
    /// Its name [default: that of the original]
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
}

impl Copy {
    pub(super) async fn run(self, mut sequences: SequenceServiceClient<Calls>) -> anyhow::Result<()> {
        let request = pb::CloneSequenceRequest {
            name: self.source,
            sequence_id: self.id,
            display_name: self.name,
            description: String::new(),
            request_id: String::new(),
        };
        let answer = sequences.clone_sequence(request).await.map_err(readable)?.into_inner();

        let made = answer.sequence.unwrap_or_default();
        writeln!(
            std::io::stdout(),
            "{}  {}, a draft of {} steps",
            made.name,
            made.display_name,
            made.steps.len()
        )?;
        Ok(())
    }
}
