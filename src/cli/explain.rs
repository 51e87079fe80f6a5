//! `upnext explain`: why a record is in its segment, with its owner and sequence, or isn't; and why
//! an enrollment is where it is.

use std::io::Write;

use clap::Args;

use super::client::{Calls, Server, readable, show};
use super::named;
use crate::api::convert;
use crate::api::pb;
use crate::api::pb::assignment_rule::NoCandidateReason;
use crate::api::pb::enrollment_service_client::EnrollmentServiceClient;
use crate::api::pb::explain_record_response::NoSegmentReason;
use crate::api::pb::explained_condition::{Join, Part, RelatedValue, Truth};
use crate::api::pb::explained_owner::Reason as OwnerReason;
use crate::api::pb::explained_rule::Verdict as RuleVerdict;
use crate::api::pb::explained_segment::Verdict;
use crate::api::pb::explained_sequence::Reason as SequenceReason;
use crate::api::pb::segment_service_client::SegmentServiceClient;

/// Why a record is enrolled, or isn't; why an enrollment is where it is.
#[derive(Debug, Args)]
pub struct Explain {
    #[command(flatten)]
    server: Server,
    /// The record: recordTypes/lead/records/l1, lead/l1, or just l1 for a lead; or an enrollment,
    /// enrollments/0193…
    subject: String,
    /// Print the answer as JSON
    #[arg(long)]
    json: bool,
}

impl Explain {
    /// Shows it.
    ///
    /// # Errors
    /// The record or enrollment isn't there, or isn't the caller's.
    pub async fn run(self) -> anyhow::Result<()> {
        let calls = self.server.connect().await?;
        if self.subject.starts_with("enrollments/") {
            return self.enrollment(calls).await;
        }

        let mut segments = SegmentServiceClient::new(calls);
        let request = pb::ExplainRecordRequest { name: named::record(&self.subject) };
        let answer = segments.explain_record(request).await.map_err(readable)?.into_inner();
        show(&answer, self.json, write)
    }

    async fn enrollment(self, calls: Calls) -> anyhow::Result<()> {
        let mut enrollments = EnrollmentServiceClient::new(calls);
        let request = pb::ExplainEnrollmentRequest { name: self.subject };
        let answer = enrollments.explain_enrollment(request).await.map_err(readable)?.into_inner();
        show(&answer, self.json, write_enrollment)
    }
}

/// Writes where an enrollment is and why, and then what would move it.
fn write_enrollment(answer: &pb::ExplainEnrollmentResponse, out: &mut dyn Write) -> std::io::Result<()> {
    let enrollment = answer.enrollment.clone().unwrap_or_default();
    let (name, record, sequence) = (enrollment.name, enrollment.record, enrollment.sequence);
    writeln!(out, "{name}  {record} in {sequence}, revision {}", enrollment.revision)?;
    answer.sentences.iter().try_for_each(|sentence| writeln!(out, "  {sentence}"))?;
    answer.changes.iter().try_for_each(|change| writeln!(out, "  - {}", change.sentence))
}

/// Writes what would happen first, and then why.
///
/// # Errors
/// It can't be written.
fn write(answer: &pb::ExplainRecordResponse, out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{}", answer.record)?;
    writeln!(out, "  segment   {}", segment(answer))?;
    let (owner, sequence) = (answer.owner.clone().unwrap_or_default(), answer.sequence.clone());
    writeln!(out, "  owner     {}", owner_line(&owner))?;
    writeln!(out, "  sequence  {}", sequence_line(&sequence.unwrap_or_default()))?;
    for exit in &answer.exits {
        writeln!(out, "  exits     {} ({})", exit.enrollment, exit.reason().as_str_name())?;
    }
    if let Some(when) = when(answer) {
        writeln!(out, "  when      {when}")?;
    }

    if !answer.segments.is_empty() {
        writeln!(out, "\nactive segments, in the order in which they are tried")?;
    }
    for segment in &answer.segments {
        let verdict = verdict(segment.verdict());
        writeln!(out, "  {:>3}  {}  {verdict}", segment.priority, segment.segment)?;
        write_parts(segment.condition.as_ref(), out)?;
    }

    if !answer.assignment_rules.is_empty() {
        writeln!(out, "\nassignment rules of {}", answer.segment)?;
    }
    for rule in &answer.assignment_rules {
        writeln!(out, "       {}  {}", rule.assignment_rule, rule_verdict(rule.verdict()))?;
        write_parts(rule.condition.as_ref(), out)?;
        write_matching(rule, out)?;
    }
    if answer.partial {
        writeln!(out, "… and more")?;
    }
    Ok(())
}

/// Writes who matches the rule's condition over sellers, if it decides by one.
fn write_matching(rule: &pb::ExplainedRule, out: &mut dyn Write) -> std::io::Result<()> {
    if rule.matching_sellers.is_empty() {
        return Ok(());
    }
    let more = match usize::try_from(rule.matching_seller_count) {
        Ok(count) if count > rule.matching_sellers.len() => ", …",
        _ => "",
    };
    let sellers = rule.matching_sellers.join(", ");
    writeln!(out, "       matching sellers ({}): {sellers}{more}", rule.matching_seller_count)
}

/// Writes a line for each part of a condition, marked with what it says about the record.
fn write_parts(condition: Option<&pb::ExplainedCondition>, out: &mut dyn Write) -> std::io::Result<()> {
    let Some(condition) = condition else { return writeln!(out, "       ✓ every record") };
    let join = match condition.join() {
        Join::Any => "any of ",
        Join::All | Join::Unspecified => "",
    };
    condition.parts.iter().try_for_each(|part| writeln!(out, "       {} {join}{}", mark(part), text(part)))
}

fn mark(part: &Part) -> char {
    match part.truth() {
        Truth::True => '✓',
        Truth::False => '✗',
        Truth::Unknown | Truth::Unspecified => '?',
    }
}

/// The text of a part in one line, with what it reads of related records, and what is missing.
fn text(part: &Part) -> String {
    let text = part.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let of_record = |one: &RelatedValue| {
        let value = one.value.clone().and_then(|value| convert::json::any(value).ok());
        let value = value.map_or_else(|| "missing".to_owned(), |value| value.to_string());
        format!("  ({} of {}: {value})", one.attribute, one.record)
    };
    let text = text + &part.related_values.iter().map(of_record).collect::<String>();
    match (part.truth(), part.missing_attributes.as_slice()) {
        (Truth::Unknown, []) => format!("{text}  (has no result)"),
        (Truth::Unknown, missing) => format!("{text}  (missing: {})", missing.join(", ")),
        _ => text,
    }
}

fn segment(answer: &pb::ExplainRecordResponse) -> String {
    let now = if answer.current_segment.is_empty() { "none" } else { &answer.current_segment };
    if answer.segment == answer.current_segment && !answer.segment.is_empty() {
        return format!("{now}, where it stays");
    }
    if !answer.segment.is_empty() {
        return format!("{now} now, would enter {}", answer.segment);
    }

    let why = match answer.no_segment_reason() {
        NoSegmentReason::RecordClosed => {
            let outcome = answer.close_outcome().as_str_name();
            return format!("{now} now, would be in none: the record is closed ({outcome})");
        }
        NoSegmentReason::NoActiveSegment => "no segment of its type is active",
        NoSegmentReason::NothingConnected => {
            "no active segment of its type is connected to a sequence or has an enabled rule"
        }
        NoSegmentReason::NoMatch => "no active segment matches",
        NoSegmentReason::Unspecified => "the reason is unknown to this version",
    };
    format!("{now} now, would be in none: {why}")
}

fn owner_line(owner: &pb::ExplainedOwner) -> String {
    let would_be = if owner.owner.is_empty() { "nobody" } else { &owner.owner };
    let why = match owner.reason() {
        OwnerReason::RoundRobin => "the turn is theirs",
        OwnerReason::AlreadyOwned => "who owns it already",
        OwnerReason::LoadBalancing => "who has the most free capacity",
        OwnerReason::NoCandidate => match owner.no_candidate_reason() {
            NoCandidateReason::NobodyListed => "the rule matches, but its team has no members",
            NoCandidateReason::NobodyMatches => {
                "the rule matches, but no seller matches its seller_condition"
            }
            NoCandidateReason::AllUnavailable => "the rule matches, but nobody works soon enough",
            NoCandidateReason::AllAtCapacity => "the rule matches, but all own as many records as they may",
            NoCandidateReason::OlderFirst => "the rule matches, but others have waited longer and come first",
            NoCandidateReason::NobodyTakesRecords | NoCandidateReason::Unspecified => {
                "the rule matches, but none of its sellers takes records"
            }
        },
        OwnerReason::NoRule => "no enabled rule matches",
        OwnerReason::RulesNotRun => "the segment takes the record from another one, and doesn't reassign",
        OwnerReason::NotAsked => "stays so, because no rule is asked",
        OwnerReason::Unspecified => "the reason is unknown to this version",
    };
    match owner.assignment_rule.as_str() {
        "" => format!("{would_be}: {why}"),
        rule => format!("{would_be}: {why}, by {rule}"),
    }
}

fn sequence_line(sequence: &pb::ExplainedSequence) -> String {
    let (name, enrollment) = (&sequence.sequence, &sequence.enrollment);
    match sequence.reason() {
        SequenceReason::Enrolled => format!("{name}: would be enrolled"),
        SequenceReason::SequenceUnchanged => format!("{name}: is enrolled already, {enrollment}"),
        SequenceReason::EnrolledBefore => {
            format!("{name}: not enrolled again by a segment now, because it was before: {enrollment}")
        }
        SequenceReason::SequenceInactive => {
            format!("{name}: not enrolled, because the sequence isn't active")
        }
        SequenceReason::NotConnected => "none: the segment is not connected to a sequence".to_owned(),
        SequenceReason::NoSegment => "none: the record would be in no segment".to_owned(),
        SequenceReason::Unspecified => "the reason is unknown to this version".to_owned(),
    }
}

/// When that happens. `None` if nothing would change, and nothing waits.
fn when(answer: &pb::ExplainRecordResponse) -> Option<String> {
    let owner = answer.owner.clone().unwrap_or_default();
    let enrolled = answer.sequence.as_ref().is_some_and(|one| one.reason() == SequenceReason::Enrolled);
    let stays = answer.segment == answer.current_segment && owner.owner == owner.current_owner;
    match (answer.problem.as_str(), answer.change_pending) {
        ("", true) => Some("now: a change of the record waits for routing".to_owned()),
        ("", false) if stays && !enrolled && answer.exits.is_empty() => None,
        ("", false) => Some("at the record's next change, or with a backfill".to_owned()),
        (problem, _) => Some(format!("{problem} comes first: it keeps the record from being processed")),
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Wins => "WINS",
        Verdict::NoMatch => "doesn't match",
        Verdict::HigherPriority => "matches, but one with higher priority has or takes the record",
        Verdict::Kept => {
            "matches, but the record stays in its own segment: this one doesn't allow resegmentation"
        }
        Verdict::RecordClosed => "matches, but the record is closed",
        Verdict::NothingConnected => "matches, but no segment is connected or has a rule",
        Verdict::Unspecified => "",
    }
}

fn rule_verdict(verdict: RuleVerdict) -> &'static str {
    match verdict {
        RuleVerdict::Decides => "DECIDES",
        RuleVerdict::NoMatch => "doesn't match",
        RuleVerdict::HigherPriority => "matches, but one with higher priority decides",
        RuleVerdict::NotRun => "not run",
        RuleVerdict::Unspecified => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str, truth: Truth, missing: &[&str]) -> Part {
        let missing_attributes = missing.iter().map(|name| (*name).to_owned()).collect();
        Part { text: text.to_owned(), truth: truth.into(), missing_attributes, related_values: vec![] }
    }

    #[test]
    fn an_enrollment_is_explained_in_sentences() {
        let change = |sentence: &str| pb::ExplainedChange { sentence: sentence.into(), ..Default::default() };
        let answer = pb::ExplainEnrollmentResponse {
            enrollment: Some(pb::Enrollment {
                name: "enrollments/1".into(),
                record: "recordTypes/lead/records/l1".into(),
                sequence: "sequences/s".into(),
                revision: 2,
                ..Default::default()
            }),
            sentences: vec!["It is there.".into()],
            changes: vec![change("If so, it moves.")],
            ..Default::default()
        };

        let mut out = Vec::new();
        write_enrollment(&answer, &mut out).expect("can be written");
        let expected = "enrollments/1  recordTypes/lead/records/l1 in sequences/s, revision 2\n  It is there.\n  \
                        - If so, it moves.\n";
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }

    #[test]
    fn what_would_happen_comes_first_and_each_part_is_marked() {
        let condition = pb::ExplainedCondition {
            truth: Truth::Unknown.into(),
            join: Join::All.into(),
            parts: vec![
                part("record.a\n == 1", Truth::True, &[]),
                part("record.b == 1", Truth::False, &[]),
                part("record.c == 1", Truth::Unknown, &["c"]),
            ],
        };
        let segment = pb::ExplainedSegment {
            segment: "segments/web".into(),
            priority: 1,
            condition: Some(condition),
            verdict: Verdict::NoMatch.into(),
            ..Default::default()
        };
        let answer = pb::ExplainRecordResponse {
            record: "recordTypes/lead/records/l1".into(),
            no_segment_reason: NoSegmentReason::NoMatch.into(),
            segments: vec![segment],
            ..Default::default()
        };

        let mut out = Vec::new();
        write(&answer, &mut out).expect("can be written");
        let text = String::from_utf8(out).expect("text");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "  segment   none now, would be in none: no active segment matches");
        assert_eq!(lines[6], "    1  segments/web  doesn't match");
        assert_eq!(lines[7], "       ✓ record.a == 1");
        assert_eq!(lines[8], "       ✗ record.b == 1");
        assert_eq!(lines[9], "       ? record.c == 1  (missing: c)");
    }
}
