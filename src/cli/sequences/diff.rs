//! `upnext sequences diff`: which steps differ between two drafts or revisions.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::as_code::show_plan;
use crate::api::pb;
use crate::api::pb::sequence_service_client::SequenceServiceClient;
use crate::api::pb::step_difference::Kind;
use crate::cli::client::{Calls, readable, show};

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The sequence for its saved draft, like paid-search; with a revision,
    /// sequences/paid-search/revisions/2
    #[arg(required_unless_present = "file")]
    sequence: Option<String>,
    /// What to compare it with, in the same forms [default: the revision before it]
    #[arg(default_value = "", hide_default_value = true)]
    base: String,
    /// Compare with a file instead, in YAML or JSON: show what applying it would do
    #[arg(short, long, value_name = "FILE", conflicts_with_all = ["sequence", "json"])]
    file: Option<PathBuf>,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Diff {
    pub(super) async fn run(
        self,
        calls: Calls,
        mut sequences: SequenceServiceClient<Calls>,
    ) -> anyhow::Result<()> {
        if let Some(file) = &self.file {
            return show_plan(calls, file).await;
        }
        let request =
            pb::DiffSequenceRequest { name: self.sequence.unwrap_or_default(), base_name: self.base };
        let answer = sequences.diff_sequence(request).await.map_err(readable)?.into_inner();
        show(&answer, self.json, write)
    }
}

/// Writes a line for each field and step that differs.
fn write(answer: &pb::DiffSequenceResponse, out: &mut dyn Write) -> std::io::Result<()> {
    let base = if answer.base_name.is_empty() { "nothing" } else { &answer.base_name };
    writeln!(out, "{} compared with {base}", answer.name)?;
    for field in &answer.fields {
        writeln!(out, "~ {}: {:?}, was {:?}", field.field, field.after, field.before)?;
    }
    for step in &answer.steps {
        writeln!(out, "{}", line(step))?;
    }

    if answer.steps.is_empty() {
        writeln!(out, "no step differs")?;
    }
    if answer.partial {
        writeln!(out, "… and more")?;
    }
    Ok(())
}

fn line(step: &pb::StepDifference) -> String {
    let shown = step.after.as_ref().or(step.before.as_ref());
    let name = shown.map(|step| step.display_name.as_str()).filter(|name| !name.is_empty());
    let name = name.map(|name| format!(" ({name})")).unwrap_or_default();
    let changed = match step.changed_fields.as_slice() {
        [] => String::new(),
        fields => format!(": {}", fields.join(", ")),
    };
    let sign = match step.kind() {
        Kind::Added => '+',
        Kind::Removed => '-',
        Kind::Moved => '>',
        Kind::Changed | Kind::Unspecified => '~',
    };
    format!("{sign} {}{name}{changed}", step.step_id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_difference_has_a_line_with_a_sign() {
        let step = |step_id: &str, kind: Kind, fields: &[&str]| pb::StepDifference {
            step_id: step_id.into(),
            kind: kind.into(),
            after: Some(pb::Step { display_name: "Call".into(), ..Default::default() }),
            changed_fields: fields.iter().map(|field| (*field).to_owned()).collect(),
            ..Default::default()
        };
        let answer = pb::DiffSequenceResponse {
            name: "sequences/s".into(),
            base_name: "sequences/s/revisions/1".into(),
            steps: vec![
                step("a", Kind::Added, &[]),
                step("b", Kind::Changed, &["wait.delay"]),
                step("c", Kind::Moved, &[]),
            ],
            ..Default::default()
        };

        let mut out = Vec::new();
        write(&answer, &mut out).expect("can be written");
        let expected = "sequences/s compared with sequences/s/revisions/1\n+ a (Call)\n~ b (Call): wait.delay\n> c (Call)\n";
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }
}
