//! `upnext sequences templates`: the sequences that upnext comes with.

use std::io::Write;

use clap::Args;

use crate::api::pb;
use crate::api::pb::sequence_service_client::SequenceServiceClient;
use crate::cli::client::{Calls, readable, show};
use crate::domain::names;

#[derive(Debug, Args)]
pub(super) struct Templates {
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Templates {
    pub(super) async fn run(self, mut sequences: SequenceServiceClient<Calls>) -> anyhow::Result<()> {
        let request = pb::ListSequenceTemplatesRequest::default();
        let answer = sequences.list_sequence_templates(request).await.map_err(readable)?.into_inner();
        show(&answer, self.json, write)
    }
}

fn write(answer: &pb::ListSequenceTemplatesResponse, out: &mut dyn Write) -> std::io::Result<()> {
    for one in &answer.sequence_templates {
        let (steps, days) = (one.step_count, one.day_count);
        writeln!(out, "{}  {}: {steps} steps in {days} days", one.name, one.display_name)?;
        let record_type = names::RECORD_TYPE.name([&one.record_type]);
        writeln!(out, "    for {record_type}. {}", one.description)?;
    }
    writeln!(out, "\nCopy one: upnext sequences copy sequenceTemplates/… ID")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_template_says_how_long_it_takes() {
        let template = pb::SequenceTemplate {
            name: "sequenceTemplates/x".into(),
            display_name: "X".into(),
            description: "For x.".into(),
            record_type: "lead".into(),
            step_count: 7,
            day_count: 9,
            ..Default::default()
        };
        let answer =
            pb::ListSequenceTemplatesResponse { sequence_templates: vec![template], ..Default::default() };

        let mut out = Vec::new();
        write(&answer, &mut out).expect("can be written");
        let text = String::from_utf8(out).expect("text");
        assert!(
            text.starts_with("sequenceTemplates/x  X: 7 steps in 9 days\n    for recordTypes/lead. For x.\n"),
            "{text}"
        );
    }
}
