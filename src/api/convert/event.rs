//! Events on the wire: one conversion for timelines and every other view of history.

use std::collections::HashMap;

use prost_types::Struct;

use super::{json, timestamp};
use crate::api::actors::Actors;
use crate::api::enrollments::timelines::Timelines;
use crate::api::pb;
use crate::api::pb::event::Event as Kind;
use crate::api::pb::{assignee, branch_decided, owner_assigned, split_decided};
use crate::domain::enrollment::Enrollment;
use crate::domain::history::{HistoryEvent, HistoryKind};
use crate::domain::id::{ChosenId, SellerId};
use crate::domain::names;
use crate::domain::step::StepKind;
use crate::domain::waiting::ATTRIBUTE_MISSING;

/// Converts an event of an enrollment.
pub fn event(
    enrollment: &Enrollment,
    event: &HistoryEvent,
    timelines: &Timelines,
    actors: &Actors,
) -> pb::Event {
    headed(event, actors, kind(&SharedFields::of(enrollment, event, timelines, &actors.sellers), event))
}

/// Adds what events of all kinds have.
pub(in crate::api) fn headed(event: &HistoryEvent, actors: &Actors, kind: Option<Kind>) -> pb::Event {
    pb::Event {
        name: names::EVENT.uuid_name(event.id),
        event_time: Some(timestamp(event.at)),
        actor: match event.is_of_operator() {
            true => names::OPERATOR.to_owned(),
            false => actors.name(event.actor),
        },
        request_id: event.actor.request_id.map(|id| id.to_string()).unwrap_or_default(),
        record: String::new(),
        event: kind,
    }
}

/// The fields that most kinds of event share.
struct SharedFields {
    enrollment: String,
    step_id: String,
    step_display_name: String,
    activity: String,
    planned_time: Option<prost_types::Timestamp>,
    word: String,
    why: String,
    note: String,
    seller: String,
    next_enrollment: String,
    event_name: String,
    attributes: Option<Struct>,
}

impl SharedFields {
    fn of(
        enrollment: &Enrollment,
        event: &HistoryEvent,
        timelines: &Timelines,
        sellers: &HashMap<SellerId, ChosenId>,
    ) -> Self {
        // Callers never see its enrollment and its step.
        let is_manual = enrollment.is_manual_activity();
        let node = |index| timelines.node(enrollment, event.id, index);
        let step = event.detail.node.and_then(node).map(|node| &node.step);
        let emitted = step.and_then(|step| match &step.kind {
            StepKind::EmitEvent(emit) => Some(emit),
            _ => None,
        });
        let attributes = emitted.filter(|emit| !emit.attributes.is_empty());
        let seller = event.detail.seller.and_then(|seller| sellers.get(&SellerId(seller)));
        let next = event.detail.enrollment;
        let activity = event.detail.activity.map(|id| names::ACTIVITY.uuid_name(id.0));

        Self {
            enrollment: match is_manual {
                true => String::new(),
                false => names::ENROLLMENT.uuid_name(enrollment.id.0),
            },
            step_id: step.filter(|_| !is_manual).map(|step| step.step_id.clone()).unwrap_or_default(),
            step_display_name: step.map(|step| step.shown_name().to_owned()).unwrap_or_default(),
            activity: activity.unwrap_or_default(),
            planned_time: event.detail.planned.map(timestamp),
            word: event.detail.outcome.clone().unwrap_or_default(),
            why: event.detail.why.clone().unwrap_or_default(),
            note: event.detail.note.clone().unwrap_or_default(),
            seller: seller.map(|id| names::SELLER.name([id])).unwrap_or_default(),
            next_enrollment: next.map(|id| names::ENROLLMENT.uuid_name(id)).unwrap_or_default(),
            event_name: emitted.map(|emit| emit.event_name.clone()).unwrap_or_default(),
            attributes: attributes.map(|emit| json::message(emit.attributes.iter())),
        }
    }

    /// Why the record's owner does an activity that is another's.
    fn not_assigned(&self) -> i32 {
        assignee::NotAssignedReason::from_str_name(&self.why).unwrap_or_default().into()
    }
}

/// Builds the message of a kind from the shared fields and those named after it.
macro_rules! told {
    ($kind:ident of $told:ident $(, $field:ident: $value:expr)*) => {{
        let SharedFields { enrollment, step_id, step_display_name, .. } = $told;
        Kind::$kind(pb::$kind {
            enrollment: enrollment.clone(),
            step_id: step_id.clone(),
            step_display_name: step_display_name.clone(),
            $($field: $value),*
        })
    }};
}

/// Converts the kind; none for an event that isn't about an enrollment.
fn kind(told: &SharedFields, event: &HistoryEvent) -> Option<Kind> {
    let (activity, planned) = (|| told.activity.clone(), told.planned_time);
    Some(match event.kind {
        HistoryKind::EnrollmentStarted => {
            Kind::EnrollmentStarted(pb::EnrollmentStarted { enrollment: told.enrollment.clone() })
        }
        HistoryKind::WaitStarted => told!(WaitStarted of told, planned_end_time: planned),
        HistoryKind::WaitEnded => {
            let attribute_missing = told.word == ATTRIBUTE_MISSING;
            told!(WaitEnded of told, planned_end_time: planned, attribute_missing: attribute_missing)
        }
        HistoryKind::WaitRescheduled => told!(WaitRescheduled of told, planned_end_time: planned),
        HistoryKind::WaitSkipped => told!(WaitSkipped of told, planned_end_time: planned),
        HistoryKind::ActivityDue => {
            told!(ActivityDue of told, activity: activity(), not_assigned_reason: told.not_assigned())
        }
        HistoryKind::ActivityCompleted => {
            told!(ActivityCompleted of told, activity: activity(), outcome: told.word.clone(), note: String::new())
        }
        HistoryKind::ActivitySkipped => {
            told!(ActivitySkipped of told, activity: activity(), skip_reason: told.word.clone(), note: String::new())
        }
        HistoryKind::ActivitySnoozed => {
            told!(ActivitySnoozed of told, activity: activity(), snooze_until: planned)
        }
        HistoryKind::ActivityWoken => told!(ActivityWoken of told, activity: activity()),
        HistoryKind::LeaseExpired => told!(LeaseExpired of told, activity: activity()),
        HistoryKind::EmailHandedOver => {
            let reason = pb::email_handover::Reason::from_str_name(&told.word).unwrap_or_default();
            let handover = pb::EmailHandover { reason: reason.into(), detail: told.why.clone() };
            told!(EmailHandedOver of told, activity: activity(), handover: Some(handover))
        }
        HistoryKind::ActivityCanceled => {
            told!(ActivityCanceled of told, activity: activity(), reason: told.word.clone())
        }
        HistoryKind::ActivityCreated => Kind::ActivityCreated(pb::ActivityCreated {
            activity: activity(),
            display_name: told.step_display_name.clone(),
            due_time: planned,
        }),
        HistoryKind::ActivityEdited => Kind::ActivityEdited(pb::ActivityEdited {
            activity: activity(),
            display_name: told.step_display_name.clone(),
            due_time: planned,
        }),
        HistoryKind::ActivityMoved => {
            told!(ActivityMoved of told, activity: activity(), not_assigned_reason: told.not_assigned())
        }
        HistoryKind::EnrollmentCompleted => {
            Kind::EnrollmentCompleted(pb::EnrollmentCompleted { enrollment: told.enrollment.clone() })
        }
        HistoryKind::EnrollmentExited => {
            told!(EnrollmentExited of told, reason: reason(&told.word).into(),
                next_enrollment: told.next_enrollment.clone(), not_started_reason: told.why.clone())
        }
        HistoryKind::ActivityReopened => {
            told!(ActivityReopened of told, activity: activity(), reason: told.word.clone(), note: told.note.clone())
        }
        HistoryKind::WaitCanceled => told!(WaitCanceled of told, planned_end_time: planned),
        HistoryKind::EnrollmentReopened => {
            Kind::EnrollmentReopened(pb::EnrollmentReopened { enrollment: told.enrollment.clone() })
        }
        HistoryKind::EngagementRecorded => {
            told!(EngagementRecorded of told, activity: activity(),
                kind: event.detail.engagement.map_or(0, |kind| kind as i32),
                engagement_time: event.detail.engagement_time.map(timestamp),
                by_machine: event.detail.by_machine, outcome: told.word.clone(), return_time: planned)
        }
        HistoryKind::EnrollmentPaused => {
            told!(EnrollmentPaused of told, reason: reason(&told.word).into(), planned_end_time: planned,
                resume_time: event.detail.resume.map(timestamp))
        }
        HistoryKind::EnrollmentResumed => told!(EnrollmentResumed of told, planned_end_time: planned),
        HistoryKind::EnrollmentFailed => {
            told!(EnrollmentFailed of told, reason: reason(&told.word).into(), refused_reason: told.why.clone())
        }
        HistoryKind::EnrollmentRetried => told!(EnrollmentRetried of told),
        HistoryKind::EnrollmentMigrated => told!(EnrollmentMigrated of told,
            from_revision: event.detail.revision.unwrap_or_default(), planned_end_time: planned),
        HistoryKind::EnrollmentMoved => {
            Kind::EnrollmentMoved(pb::EnrollmentMoved { enrollment: told.enrollment.clone() })
        }
        HistoryKind::DispositionSet => Kind::DispositionSet(pb::DispositionSet {
            enrollment: told.enrollment.clone(),
            disposition: told.word.clone(),
        }),
        HistoryKind::BranchDecided => {
            let path = branch_decided::Path::from_str_name(&told.word).unwrap_or_default();
            let why = branch_decided::Why::from_str_name(&told.why).unwrap_or_default();
            told!(BranchDecided of told, path: path.into(), why: why.into())
        }
        HistoryKind::SplitDecided => {
            let why = split_decided::Why::from_str_name(&told.why).unwrap_or_default();
            told!(SplitDecided of told, variant_id: told.word.clone(), why: why.into())
        }
        HistoryKind::AttributeUpdated => {
            told!(AttributeUpdated of told, not_changed_reason: told.why.clone())
        }
        HistoryKind::OwnerAssigned => {
            let why = owner_assigned::NotChangedReason::from_str_name(&told.why).unwrap_or_default();
            told!(OwnerAssigned of told, seller: told.seller.clone(), not_changed_reason: why.into())
        }
        HistoryKind::EventEmitted => {
            told!(EventEmitted of told, event_name: told.event_name.clone(), attributes: told.attributes.clone())
        }
        HistoryKind::RoutingRun
        | HistoryKind::AdministrativeWrite
        | HistoryKind::RecordClosed
        | HistoryKind::RecordDeleted
        | HistoryKind::RecordMerged
        | HistoryKind::RecordReopened
        | HistoryKind::SplitEnded => return None,
    })
}

/// History stores the reason as a word.
fn reason(word: &str) -> pb::enrollment::Reason {
    pb::enrollment::Reason::from_str_name(word).unwrap_or_default()
}
