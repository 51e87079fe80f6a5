//! Events of a record on the wire: routing, closing and reopening, and what happened to its
//! enrollments.

use std::collections::HashMap;

use uuid::Uuid;

use super::event as convert;
use super::sequence_stats::variant_results;
use crate::api::actors::Actors;
use crate::api::enrollments::timelines::Timelines;
use crate::api::pb;
use crate::api::pb::assignment_rule::NoCandidateReason;
use crate::api::pb::event::Event as Kind;
use crate::api::pb::record::CloseOutcome;
use crate::api::pb::record_routed::{OwnerReason, SegmentReason, SequenceReason};
use crate::domain::enrollment::Enrollment;
use crate::domain::history::{HistoryDetail, HistoryEvent, HistoryKind};
use crate::domain::id::SellerId;
use crate::domain::names;
use crate::store::enrollments::rows::EnrollmentRow;

/// The names that a page of a record's history needs.
#[derive(Debug)]
pub struct Named {
    /// The full names of records, and of what administrators wrote, by key.
    pub subjects: HashMap<Uuid, String>,
    /// The enrollments in the events, by key.
    pub enrollments: HashMap<Uuid, EnrollmentRow>,
    /// The enrollments that carry manual activities, by key.
    pub manual: HashMap<Uuid, Enrollment>,
    /// The texts of their steps.
    pub timelines: Timelines,
    /// Those who acted or became owners.
    pub actors: Actors,
    /// The full names of segments, rules and sequences, by key.
    pub routing: HashMap<Uuid, String>,
}

impl Named {
    /// Converts an event of the record or of one of its enrollments.
    pub fn event(&self, event: &HistoryEvent) -> pb::Event {
        let enrollment = self.enrollments.get(&event.subject).map(|row| &row.enrollment);
        match enrollment.or_else(|| self.manual.get(&event.subject)) {
            // What somebody wrote about a record is gone with it, even from caches.
            Some(manual) if manual.is_manual_activity() && self.record(event).is_none() => {
                convert::event(manual, event, &Timelines::default(), &self.actors)
            }
            // The same as in the enrollment's own timeline.
            Some(enrollment) => convert::event(enrollment, event, &self.timelines, &self.actors),
            None => convert::headed(event, &self.actors, self.kind(event)),
        }
    }

    fn kind(&self, event: &HistoryEvent) -> Option<Kind> {
        let record = self.subjects.get(&event.subject).cloned().unwrap_or_default();
        Some(match event.kind {
            HistoryKind::RoutingRun => Kind::RecordRouted(self.routed(record, &event.detail)),
            HistoryKind::RecordClosed => {
                let close_outcome = event.detail.outcome.as_deref().and_then(CloseOutcome::from_str_name);
                let close_outcome = close_outcome.unwrap_or_default().into();
                Kind::RecordClosed(pb::RecordClosed { record, close_outcome })
            }
            HistoryKind::RecordReopened => Kind::RecordReopened(pb::RecordReopened { record }),
            HistoryKind::RecordMerged => {
                let survivor = event.detail.record.and_then(|survivor| self.subjects.get(&survivor));
                let survivor = survivor.cloned().unwrap_or_default();
                Kind::RecordMerged(pb::RecordMerged { record, survivor })
            }
            HistoryKind::RecordDeleted => Kind::RecordDeleted(pb::RecordDeleted {}),
            HistoryKind::AdministrativeWrite => Kind::AdministrativeWrite(self.written(event)),
            HistoryKind::SplitEnded => Kind::SplitEnded(self.split_ended(&event.detail)),
            // All others are about enrollments.
            _ => return None,
        })
    }

    /// Returns the full name of the record that an event is about, if it is there.
    pub fn record(&self, event: &HistoryEvent) -> Option<String> {
        match self.enrollments.get(&event.subject) {
            Some(row) => {
                let record = row.record.as_ref()?;
                Some(names::RECORD.name([&record.record_type, &record.id]))
            }
            None if event.kind == HistoryKind::AdministrativeWrite => None,
            None => {
                let manual = self.manual.get(&event.subject);
                self.subjects.get(&manual.map_or(event.subject, |manual| manual.record.0)).cloned()
            }
        }
    }

    fn written(&self, event: &HistoryEvent) -> pb::AdministrativeWrite {
        let method = event.detail.method.clone().unwrap_or_default();
        // Before there was an audit, names were looked up when they were shown.
        let kept = event.detail.audit.as_ref().map(|audit| &audit.resource);
        let written = [&self.subjects, &self.routing].into_iter().find_map(|names| names.get(&event.subject));
        let resource = kept.or(written).cloned().unwrap_or_default();
        // What changed is for administrators only: see `api/events/audit.rs`.
        pb::AdministrativeWrite { method, resource, ..Default::default() }
    }

    fn split_ended(&self, detail: &HistoryDetail) -> pb::SplitEnded {
        let sequence = detail.sequence.and_then(|key| self.routing.get(&key)).cloned().unwrap_or_default();
        let why = detail.why.as_deref().and_then(pb::split_ended::Why::from_str_name).unwrap_or_default();
        let split = detail.split.as_deref();
        pb::SplitEnded {
            sequence,
            step_id: split.map(|split| split.step_id.clone()).unwrap_or_default(),
            variant_id: detail.outcome.clone().unwrap_or_default(),
            why: why.into(),
            metric: split.map_or(0, |split| split.metric as i32),
            variants: split.map(|split| variant_results(&split.variants)).unwrap_or_default(),
        }
    }

    fn routed(&self, record: String, detail: &HistoryDetail) -> pb::RecordRouted {
        // What was deleted since has no name any more.
        let name =
            |key: Option<Uuid>| key.and_then(|key| self.routing.get(&key)).cloned().unwrap_or_default();
        let owner = detail.seller.and_then(|key| self.actors.sellers.get(&SellerId(key)));

        // The sequence is in the event only if no enrollment tells it.
        let enrolled = detail.enrollment.and_then(|key| self.enrollments.get(&key));
        let sequence = match enrolled {
            Some(row) => names::SEQUENCE.name([&row.sequence]),
            None => name(detail.sequence),
        };

        pb::RecordRouted {
            record,
            segment_reason: segment_reason(detail).into(),
            segment: name(detail.segment),
            left_segment: name(detail.left_segment),
            assignment_rule: name(detail.assignment_rule),
            owner: owner.map(|id| names::SELLER.name([id])).unwrap_or_default(),
            owner_reason: owner_reason(detail).into(),
            sequence,
            enrollment: detail.enrollment.map(|key| names::ENROLLMENT.uuid_name(key)).unwrap_or_default(),
            sequence_reason: sequence_reason(detail).into(),
            no_candidate_reason: no_candidate_reason(detail).into(),
        }
    }
}

/// History stores the reasons as words.
fn owner_reason(detail: &HistoryDetail) -> OwnerReason {
    match &detail.owner_reason {
        Some(word) => OwnerReason::from_str_name(word).unwrap_or_default(),
        // Routing notes a reason only if it asked.
        None => OwnerReason::NotAsked,
    }
}

fn segment_reason(detail: &HistoryDetail) -> SegmentReason {
    detail.segment_reason.as_deref().and_then(SegmentReason::from_str_name).unwrap_or_default()
}

fn no_candidate_reason(detail: &HistoryDetail) -> NoCandidateReason {
    let word = detail.no_candidate_reason.as_deref();
    word.and_then(NoCandidateReason::from_str_name).unwrap_or_default()
}

fn sequence_reason(detail: &HistoryDetail) -> SequenceReason {
    match (&detail.sequence_reason, detail.segment) {
        (Some(word), _) => SequenceReason::from_str_name(word).unwrap_or_default(),
        (None, Some(_)) => SequenceReason::NotConnected,
        (None, None) => SequenceReason::NoSegment,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::assignment::{Assignment, Distribution, NoCandidateReason as Reason, Shortage};
    use crate::domain::id::{AssignmentRuleId, SegmentId};
    use crate::domain::routing::Feeding;
    use crate::domain::segment::Placement;

    #[test]
    fn every_word_of_the_history_is_a_reason_on_the_wire() {
        let (rule, seller) = (AssignmentRuleId(Uuid::nil()), SellerId(Uuid::nil()));
        for decided in [
            Assignment::NoRule,
            Assignment::Assigned { rule, seller, by: Distribution::RoundRobin },
            Assignment::Assigned { rule, seller, by: Distribution::LoadBalancing },
            Assignment::AlreadyOwned { rule, seller },
            Assignment::NoCandidate { rule, shortage: Shortage::of(Reason::NobodyListed) },
        ] {
            let word = Some(decided.as_str().to_owned());
            let detail = HistoryDetail { owner_reason: word, ..HistoryDetail::default() };
            assert_eq!(owner_reason(&detail).as_str_name(), decided.as_str());
        }

        for reason in Reason::ALL {
            let word = Some(reason.as_str().to_owned());
            let detail = HistoryDetail { no_candidate_reason: word, ..HistoryDetail::default() };
            assert_eq!(no_candidate_reason(&detail).as_str_name(), reason.as_str());
        }

        let (from, to) = (SegmentId(Uuid::nil()), 0);
        let (moves, taken) = (Placement::Moves { from, to }, Placement::Taken { from, to });
        for placement in [Placement::Stays(0), Placement::Enters(0), Placement::Leaves(from), moves, taken] {
            let word = placement.as_str().map(str::to_owned);
            let detail = HistoryDetail { segment_reason: word, ..HistoryDetail::default() };
            assert_eq!(Some(segment_reason(&detail).as_str_name()), placement.as_str());
        }

        for feeding in [Feeding::Enrolled, Feeding::Unchanged, Feeding::EnrolledBefore, Feeding::Inactive] {
            let word = Some(feeding.as_str().to_owned());
            let detail = HistoryDetail { sequence_reason: word, ..HistoryDetail::default() };
            assert_eq!(sequence_reason(&detail).as_str_name(), feeding.as_str());
        }
    }
}
