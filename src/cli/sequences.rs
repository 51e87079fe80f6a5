//! `upnext sequences`: the picture of a sequence, with how many enrollments are at each step, what
//! happened there, and what would happen. Sequences as files.

mod as_code;
mod assumptions;
mod copy;
mod diff;
mod drawing;
mod simulate;
mod stats;
mod templates;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::client::{Calls, Server, readable};
use crate::api::convert::json;
use crate::api::pb;
use crate::api::pb::sequence_service_client::SequenceServiceClient;
use as_code::{Apply, Export};
use copy::Copy;
use diff::Diff;
use simulate::Simulate;
use stats::Stats;
use templates::Templates;

/// Look at sequences, try them, and keep them as files.
#[derive(Debug, Args)]
pub struct Sequences {
    #[command(flatten)]
    server: Server,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Draw a sequence: how many enrollments are at each step now, and went along each edge
    Show(Show),
    /// Show what happened in a sequence as a funnel, and the trend
    Stats(Stats),
    /// Show which steps differ between two drafts or revisions; with -f, what applying a file would
    /// do
    Diff(Diff),
    /// Tell what would happen to a record in a sequence, if its steps ended as assumed. Changes
    /// nothing
    Simulate(Simulate),
    /// List the sequences that upnext comes with
    Templates(Templates),
    /// Make a new draft from a sequence, a revision or a sequence template
    Copy(Copy),
    /// Write sequences, segments, their rules, email templates and calendars as a file
    Export(Export),
    /// Make sequences, segments, their rules, email templates and calendars like a file. What the
    /// file doesn't name stays as it is. Applying it again changes nothing
    Apply(Apply),
}

#[derive(Debug, Args)]
struct Show {
    /// The sequence for its saved draft, like paid-search; with a revision,
    /// sequences/paid-search/revisions/2
    sequence: String,
    /// Print a Mermaid flowchart
    #[arg(long, conflicts_with = "json")]
    mermaid: bool,
    /// Write a picture in SVG to this file; - is standard output
    #[arg(long, value_name = "FILE", conflicts_with_all = ["json", "mermaid"])]
    svg: Option<PathBuf>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Sequences {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// There is no such sequence or revision.
    pub async fn run(self) -> anyhow::Result<()> {
        let calls = self.server.connect().await?;
        let sequences = SequenceServiceClient::new(calls.clone());
        match self.command {
            Command::Show(show) => show.run(sequences).await,
            Command::Stats(stats) => stats.run(sequences).await,
            Command::Diff(diff) => diff.run(calls, sequences).await,
            Command::Simulate(simulate) => simulate.run(sequences).await,
            Command::Templates(templates) => templates.run(sequences).await,
            Command::Copy(copy) => copy.run(sequences).await,
            Command::Export(export) => export.run(calls).await,
            Command::Apply(apply) => apply.run(calls).await,
        }
    }
}

impl Show {
    async fn run(self, mut sequences: SequenceServiceClient<Calls>) -> anyhow::Result<()> {
        let request = pb::RenderSequenceRequest { name: self.sequence.clone(), with_counts: true };
        let answer = sequences.render_sequence(request).await.map_err(readable)?.into_inner();

        if let Some(file) = self.svg.as_ref().filter(|file| file.as_os_str() != "-") {
            return std::fs::write(file, drawing::svg(&answer))
                .with_context(|| format!("can't write {}", file.display()));
        }
        let mut out = std::io::stdout().lock();
        match (self.mermaid, self.json) {
            _ if self.svg.is_some() => write!(out, "{}", drawing::svg(&answer))?,
            (true, _) => write!(out, "{}", answer.mermaid)?,
            (_, true) => writeln!(out, "{}", json::line(&answer))?,
            _ => draw(&answer, &mut out)?,
        }
        Ok(())
    }
}

/// Draws the edges that lead to a step, or to the end.
fn arrive(
    answer: &pb::RenderSequenceResponse,
    step_id: &str,
    indent: &str,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    for edge in answer.edges.iter().filter(|edge| edge.to_step_id == step_id) {
        let label = if edge.label.is_empty() { String::new() } else { format!("{}: ", edge.label) };
        writeln!(out, "{indent}│  {label}{}", edge.passed_count)?;
    }
    Ok(())
}

/// Draws a line for each step and each edge.
fn draw(answer: &pb::RenderSequenceResponse, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "●  Start")?;
    // Steps inside paths stand further right.
    for step in &answer.steps {
        let indent = "    ".repeat(usize::try_from(step.nesting).unwrap_or_default());
        arrive(answer, &step.step_id, &indent, out)?;
        writeln!(out, "{indent}{}", step_line(step))?;
    }
    arrive(answer, "", "", out)?;
    writeln!(out, "●  End")?;

    let counted = &answer.counted_revision;
    match counted.as_str() {
        "" => writeln!(out, "\nno enrollments: it was never activated"),
        _ => writeln!(out, "\nenrollments of {counted}; {} open elsewhere", answer.elsewhere_count),
    }
}

fn step_line(step: &pb::RenderedStep) -> String {
    let sign = if step.passes { '○' } else { '■' };
    let named = match step.caption.starts_with(&step.display_name) {
        true => step.caption.clone(),
        false => format!("{}  ({})", step.display_name, step.caption),
    };
    let exited = match step.exited_count {
        0 => String::new(),
        exited => format!(", {exited} exited"),
    };
    format!("{sign}  {named}  {} here{exited}", step.current_count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stand_in_order_with_the_counts_between_them() {
        let step = |id: &str, name: &str, caption: &str, passes, exited| pb::RenderedStep {
            step_id: id.into(),
            display_name: name.into(),
            caption: caption.into(),
            passes,
            current_count: 2,
            exited_count: exited,
            nesting: i32::from(passes),
        };
        let edge = |from: &str, to: &str, passed_count| pb::RenderedEdge {
            from_step_id: from.into(),
            to_step_id: to.into(),
            passed_count,
            label: String::new(),
        };
        let answer = pb::RenderSequenceResponse {
            steps: vec![step("a", "Hello", "Email", false, 1), step("b", "Wait", "Wait 1 d", true, 0)],
            edges: vec![edge("", "a", 9), edge("a", "b", 6), edge("b", "", 4)],
            counted_revision: "sequences/s/revisions/1".into(),
            elsewhere_count: 3,
            ..Default::default()
        };

        let mut out = Vec::new();
        draw(&answer, &mut out).expect("can be written");
        let text = String::from_utf8(out).expect("text");
        let expected = "●  Start\n│  9\n■  Hello  (Email)  2 here, 1 exited\n    │  6\n    ○  Wait 1 d  2 here\n│  4\n\
                        ●  End\n\nenrollments of sequences/s/revisions/1; 3 open elsewhere\n";
        assert_eq!(text, expected);
    }
}
