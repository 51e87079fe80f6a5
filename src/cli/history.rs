//! `upnext history`: what was decided about a record, and what happened in its sequences.

use clap::Args;

use super::client::{Calls, Server, readable};
use super::listing::{Listing, Page};
use super::time::local_minute;
use super::{named, watch};
use crate::api::pb;
use crate::api::pb::assignment_rule::NoCandidateReason;
use crate::api::pb::record_routed::{OwnerReason, SequenceReason};
use crate::api::pb::record_service_client::RecordServiceClient;

/// What was decided about a record.
#[derive(Debug, Args)]
pub struct History {
    #[command(flatten)]
    server: Server,
    /// The record: recordTypes/lead/records/l1, lead/l1, or just l1 for a lead
    record: String,
    /// Begin with the oldest event instead of the newest
    #[arg(long)]
    oldest_first: bool,
    #[command(flatten)]
    listing: Listing,
}

impl History {
    /// Shows it.
    ///
    /// # Errors
    /// The record isn't there, or isn't the caller's.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut records = RecordServiceClient::new(self.server.connect().await?);
        self.listing.show(line, async |size, token| self.page(&mut records, size, token).await).await
    }

    /// Asks for a page, and returns the token of the next one, too.
    async fn page(
        &self,
        records: &mut RecordServiceClient<Calls>,
        page_size: i32,
        page_token: String,
    ) -> anyhow::Result<Page> {
        let order_by = if self.oldest_first { "event_time" } else { "event_time desc" };
        let request = pb::ListRecordHistoryRequest {
            parent: named::record(&self.record),
            page_size,
            page_token,
            order_by: order_by.to_owned(),
        };
        let answer = records.list_record_history(request).await.map_err(readable)?.into_inner();
        Ok((answer.events, answer.next_page_token))
    }
}

fn line(event: &pb::Event) -> String {
    let time = event.event_time.as_ref().map(local_minute).unwrap_or_default();
    let by = if event.actor.is_empty() { String::new() } else { format!(", by {}", event.actor) };
    format!("{time}  {}{by}", watch::happened(event))
}

/// Tells what routing decided about a record.
pub(super) fn routed(routed: &pb::RecordRouted) -> String {
    let (segment, left) = (routed.segment.as_str(), routed.left_segment.as_str());
    let place = match (left, segment) {
        ("", "") => "routed".to_owned(),
        ("", segment) => format!("in {segment}"),
        (left, "") => format!("left {left}"),
        (left, segment) => format!("from {left} to {segment}"),
    };
    let parts = [Some(place), owner(routed), sequence(routed)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Tells who owns the record; `None` if that wasn't asked.
fn owner(routed: &pb::RecordRouted) -> Option<String> {
    let owner = if routed.owner.is_empty() { "nobody" } else { &routed.owner };
    let why = match routed.owner_reason() {
        OwnerReason::RoundRobin => "the turn was theirs",
        OwnerReason::AlreadyOwned => "who owned it already",
        OwnerReason::LoadBalancing => "who had the most free capacity",
        OwnerReason::NoCandidate => match routed.no_candidate_reason() {
            NoCandidateReason::NobodyListed => "the rule's team had no members",
            NoCandidateReason::NobodyMatches => "no seller matched the rule's seller_condition",
            NoCandidateReason::AllUnavailable => "none of the rule's sellers worked soon enough",
            NoCandidateReason::AllAtCapacity => "all of the rule's sellers owned as many records as they may",
            NoCandidateReason::OlderFirst => "others had waited longer",
            NoCandidateReason::NobodyTakesRecords | NoCandidateReason::Unspecified => {
                "none of the rule's sellers took records"
            }
        },
        OwnerReason::NoRule => "no enabled rule matched",
        OwnerReason::RulesNotRun => "the rules were not run",
        OwnerReason::NotAsked | OwnerReason::Unspecified => return None,
    };
    let by = match routed.assignment_rule.as_str() {
        "" => String::new(),
        rule => format!(", by {rule}"),
    };
    Some(format!("owner {owner} ({why}{by})"))
}

/// Tells what the segment's sequence did; `None` without one.
fn sequence(routed: &pb::RecordRouted) -> Option<String> {
    let sequence = if routed.sequence.is_empty() { "its sequence" } else { &routed.sequence };
    Some(match routed.sequence_reason() {
        SequenceReason::Enrolled => format!("enrolled in {sequence}, {}", routed.enrollment),
        SequenceReason::SequenceUnchanged => format!("was enrolled in {sequence} already"),
        SequenceReason::EnrolledBefore => format!("not enrolled in {sequence}, because it was before"),
        SequenceReason::SequenceInactive => format!("not enrolled in {sequence}, which wasn't active"),
        SequenceReason::NotConnected => "the segment had no sequence".to_owned(),
        SequenceReason::NoSegment | SequenceReason::Unspecified => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_told_in_one_line() {
        let entered = pb::RecordRouted {
            segment: "segments/web".into(),
            assignment_rule: "segments/web/rules/turn".into(),
            owner: "sellers/ana".into(),
            owner_reason: OwnerReason::RoundRobin.into(),
            sequence: "sequences/s".into(),
            enrollment: "enrollments/1".into(),
            sequence_reason: SequenceReason::Enrolled.into(),
            ..Default::default()
        };
        let expected = "in segments/web; owner sellers/ana (the turn was theirs, by \
                        segments/web/rules/turn); enrolled in sequences/s, enrollments/1";
        assert_eq!(routed(&entered), expected);

        let left = pb::RecordRouted {
            left_segment: "segments/web".into(),
            owner_reason: OwnerReason::NotAsked.into(),
            sequence_reason: SequenceReason::NoSegment.into(),
            ..Default::default()
        };
        assert_eq!(routed(&left), "left segments/web");
    }
}
