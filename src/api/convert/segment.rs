//! Segments and their assignment rules on the wire.

use std::collections::HashMap;

use super::wait::{delay_message, delay_of};
use super::{operation, timestamp, words};
use crate::api::pb::assignment_rule::{
    Candidates as WireCandidates, Distribution as WireDistribution, ListedSellers,
    NoCandidateReason as WireReason,
};
use crate::api::pb::run_assignment_response::AssignedCount;
use crate::api::pb::segment::{OnLeave as WireOnLeave, State};
use crate::api::{etag, pb};
use crate::domain::assignment::{AssignmentRule, Candidates, Distribution, NoCandidateReason};
use crate::domain::attribute::AttributeType;
use crate::domain::condition::Subject;
use crate::domain::id::{ChosenId, SellerId};
use crate::domain::names;
use crate::domain::names::SellerName;
use crate::domain::reason::Reason;
use crate::domain::record_type::DEFAULT;
use crate::domain::routing::Forecast;
use crate::domain::segment::{OnLeave, Profile, SegmentState};
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::{AssignmentPreview, AssignmentRun, CandidateNames};
use crate::store::segments::SegmentRow;
use crate::store::segments::memberships::Member;

/// Converts a segment.
pub fn segment(shown: &SegmentRow) -> pb::Segment {
    let segment = &shown.segment;
    let profile = &segment.profile;
    let state = match segment.state {
        SegmentState::Draft => State::Draft,
        SegmentState::Active => State::Active,
        SegmentState::Inactive => State::Inactive,
    };
    let on_leave = match profile.on_leave {
        OnLeave::Stay => WireOnLeave::Stay,
        OnLeave::ExitEnrollment => WireOnLeave::ExitEnrollment,
    };
    let connected = shown.connected_sequence_id.as_ref();

    pb::Segment {
        name: names::SEGMENT.name([&segment.segment_id]),
        display_name: profile.display_name.clone(),
        description: profile.description.clone(),
        record_type: shown.record_type_id.clone(),
        condition: profile.condition.clone(),
        priority: segment.priority,
        on_leave: on_leave.into(),
        leave_grace: profile.leave_grace.map(delay_message),
        allow_resegmentation: Some(profile.allow_resegmentation),
        reassign_on_resegmentation: Some(profile.reassign_on_resegmentation),
        state: state.into(),
        connected_sequence: connected.map(|id| names::SEQUENCE.name([id])).unwrap_or_default(),
        member_count: shown.member_count,
        etag: etag::of(Version::of(segment.id.0, segment.version)),
        create_time: Some(timestamp(segment.create_time)),
        update_time: Some(timestamp(segment.update_time)),
    }
}

/// Converts what routing would do.
pub fn forecast(forecast: &Forecast) -> pb::SegmentForecast {
    pb::SegmentForecast {
        higher_priority_count: forecast.higher_priority,
        kept_count: forecast.kept,
        member_count: forecast.members,
        entering_count: forecast.entering,
        enrolled_now_count: forecast.enrolled_now,
        enrolled_before_count: forecast.enrolled_before,
        enrolling_count: forecast.enrolling,
        total_count: forecast.evaluated,
        enrolled_count: forecast.starting,
        partial: forecast.partial,
        leaving_count: forecast.leaving,
        leaving_partial: forecast.leaving_partial,
    }
}

/// Reads the fields of a segment that callers can set.
pub fn profile(segment: pb::Segment) -> Profile {
    let on_leave = match segment.on_leave() {
        WireOnLeave::Unspecified | WireOnLeave::Stay => OnLeave::Stay,
        WireOnLeave::ExitEnrollment => OnLeave::ExitEnrollment,
    };
    Profile {
        display_name: segment.display_name,
        description: segment.description,
        condition: segment.condition,
        on_leave,
        // An amount that is too large to add up breaks the options in the proto.
        leave_grace: segment.leave_grace.and_then(delay_of),
        allow_resegmentation: segment.allow_resegmentation.unwrap_or_default(),
        reassign_on_resegmentation: segment.reassign_on_resegmentation.unwrap_or_default(),
    }
}

/// The chosen id of the record type; `lead` unless given.
pub fn record_type(text: &str) -> Result<String, Violations> {
    if text.is_empty() {
        return Ok(DEFAULT.to_owned());
    }
    let [id] = names::RECORD_TYPE.parse("record_type", text)?;
    Ok(id.to_owned())
}

/// The fields that list filters can use.
pub fn subject() -> Subject {
    let fields = [
        ("id", AttributeType::String),
        ("display_name", AttributeType::String),
        ("record_type", AttributeType::String),
        ("state", AttributeType::String),
        ("priority", AttributeType::Int),
        ("connected_sequence", AttributeType::String),
        ("create_time", AttributeType::Timestamp),
        ("update_time", AttributeType::Timestamp),
    ];
    Subject::new("segment", fields)
        .one_of("state", words("upnext.v1.Segment.State"))
        .not_empty("connected_sequence")
}

/// The fields that filters of routing's decisions can use.
pub fn run_subject() -> Subject {
    let fields = [
        ("record", AttributeType::String),
        ("record_type", AttributeType::String),
        ("segment", AttributeType::String),
        ("left_segment", AttributeType::String),
        ("assignment_rule", AttributeType::String),
        ("owner", AttributeType::String),
        ("sequence", AttributeType::String),
        ("segment_reason", AttributeType::String),
        ("owner_reason", AttributeType::String),
        ("no_candidate_reason", AttributeType::String),
        ("sequence_reason", AttributeType::String),
        ("event_time", AttributeType::Timestamp),
    ];

    Subject::new("run", fields)
        .one_of("segment_reason", words("upnext.v1.RecordRouted.SegmentReason"))
        .one_of("owner_reason", words("upnext.v1.RecordRouted.OwnerReason"))
        .one_of("no_candidate_reason", words("upnext.v1.AssignmentRule.NoCandidateReason"))
        .one_of("sequence_reason", words("upnext.v1.RecordRouted.SequenceReason"))
}

/// Converts a member of a segment.
pub fn member(member: &Member) -> pb::SegmentMember {
    pb::SegmentMember {
        record: names::RECORD.name([&member.record_type_id, &member.record_id]),
        join_time: Some(timestamp(member.join_time)),
        lapse_time: member.lapse_time.map(timestamp),
    }
}

/// Converts a rule of the segment with this id.
pub fn rule(
    rule: &AssignmentRule,
    segment: &str,
    sellers: &HashMap<SellerId, ChosenId>,
) -> pb::AssignmentRule {
    let listed = |listed: &[SellerId]| {
        let listed = listed.iter().filter_map(|seller| sellers.get(seller));
        ListedSellers { sellers: listed.map(|id| names::SELLER.name([id])).collect() }
    };
    let candidates = match &rule.profile.candidates {
        Candidates::AnySeller => WireCandidates::AnySeller(pb::AnySeller {}),
        Candidates::Listed(sellers) => WireCandidates::Listed(listed(sellers)),
        Candidates::Team(team) => WireCandidates::Team(names::TEAM.name([team])),
        Candidates::Matching(condition) => WireCandidates::SellerCondition(condition.clone()),
    };
    let distribution = match rule.profile.distribution {
        Distribution::RoundRobin => WireDistribution::RoundRobin,
        Distribution::LoadBalancing => WireDistribution::LoadBalancing,
    };

    pb::AssignmentRule {
        name: names::RULE.name([segment, rule.assignment_rule_id.as_str()]),
        display_name: rule.profile.display_name.clone(),
        condition: rule.profile.condition.clone(),
        candidates: Some(candidates),
        distribution: distribution.into(),
        respect_capacity: Some(rule.profile.respect_capacity),
        available_within_hours: rule.profile.available_within_hours,
        priority: rule.priority,
        disabled: Some(rule.profile.disabled),
        etag: etag::of(Version::of(rule.id.0, rule.version)),
        create_time: Some(timestamp(rule.create_time)),
        update_time: Some(timestamp(rule.update_time)),
    }
}

/// The most sellers that a rule lists.
const MOST_LISTED: usize = 250;

/// Reads who may get the records of a rule. `None` if that isn't given.
///
/// # Errors
/// Every name that can't be a seller's or team's, with a path like `listed.sellers[1]`.
pub fn candidates(given: Option<&WireCandidates>) -> Result<Option<CandidateNames>, Violations> {
    Ok(match given {
        None => None,
        Some(WireCandidates::AnySeller(_)) => Some(CandidateNames::AnySeller),
        Some(WireCandidates::Listed(given)) => Some(CandidateNames::Listed(listed(given)?)),
        Some(WireCandidates::SellerCondition(text)) => Some(CandidateNames::Matching(text.clone())),
        Some(WireCandidates::Team(name)) => {
            let mut found = Violations::new();
            let team = found.keep_once(names::TEAM.parse_id("team", name));
            found.into_result(team.map(CandidateNames::Team))?
        }
    })
}

/// The chosen ids of a rule's listed sellers.
///
/// # Errors
/// Every entry that can't be a seller, with its index; none if there are too many.
fn listed(listed: &ListedSellers) -> Result<Vec<String>, Violations> {
    let mut found = Violations::new();
    let mut ids = Vec::new();
    // The rules in the proto report that there are too many, so nobody reads what is in them.
    if listed.sellers.len() > MOST_LISTED {
        return Err(found);
    }

    for (index, text) in listed.sellers.iter().enumerate() {
        let field = format!("listed.sellers[{index}]");
        match names::seller(&field, text) {
            Ok(SellerName::Id(id)) => ids.push(id.to_owned()),
            Ok(SellerName::Me) => {
                found.push(
                    field,
                    Reason::FieldInvalid,
                    "must name a seller by id: \"me\" depends on the caller",
                );
            }
            Err(wrong) => found.push_once(wrong),
        }
    }

    found.into_result(ids)
}

/// Reads a rule's distribution.
pub fn distribution(given: WireDistribution) -> Distribution {
    match given {
        WireDistribution::Unspecified | WireDistribution::RoundRobin => Distribution::RoundRobin,
        WireDistribution::LoadBalancing => Distribution::LoadBalancing,
    }
}

/// Converts why a rule finds nobody.
pub fn no_candidate_reason(reason: NoCandidateReason) -> WireReason {
    match reason {
        NoCandidateReason::NobodyListed => WireReason::NobodyListed,
        NoCandidateReason::NobodyMatches => WireReason::NobodyMatches,
        NoCandidateReason::NobodyTakesRecords => WireReason::NobodyTakesRecords,
        NoCandidateReason::AllUnavailable => WireReason::AllUnavailable,
        NoCandidateReason::AllAtCapacity => WireReason::AllAtCapacity,
        NoCandidateReason::OlderFirst => WireReason::OlderFirst,
    }
}

/// Converts a run of a segment's rules.
pub fn assignment_run(run: AssignmentRun) -> pb::RunAssignmentResponse {
    pb::RunAssignmentResponse {
        waiting_count: run.waiting,
        operation: operation::name(run.operation),
        ..Default::default()
    }
}

/// Converts what a run of a segment's rules would do.
pub fn assignment_preview(preview: &AssignmentPreview) -> pb::RunAssignmentResponse {
    let assigned = |(seller, count): (&ChosenId, &i64)| AssignedCount {
        seller: names::SELLER.name([seller]),
        count: *count,
    };
    pb::RunAssignmentResponse {
        waiting_count: preview.waiting,
        operation: String::new(),
        assigned_counts: preview.assigned.iter().map(assigned).collect(),
        unassigned_count: preview.unassigned,
        partial: preview.partial,
    }
}
