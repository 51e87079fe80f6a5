//! Simulations of sequences.

use chrono::{DateTime, TimeDelta, Utc};
use tonic::Status;

use crate::api::actors::Actors;
use crate::api::call::Call;
use crate::api::convert::wait::delay_of;
use crate::api::convert::{enrollment, event, instant, json};
use crate::api::enrollments::timelines::Timelines;
use crate::api::page::{ITEM_BYTES, within};
use crate::api::pb::branch_decided::Path;
use crate::api::pb::step_assumption::Kind as Wire;
use crate::api::revision_texts::Texts;
use crate::api::sequences::pictures::named;
use crate::api::sequences::service::revision_number;
use crate::api::sequences::validations::{given, sketch};
use crate::api::{Api, pb, validate};
use crate::domain::engagement::EngagementKind;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::simulation::{Assumed, AssumedEnding, AssumedEngagement, Stated, StatedStep};
use crate::domain::step::Delay;
use crate::domain::violation::Violations;
use crate::engine::{Error, Kind, SimulateSequence, Simulated};

/// How far from now a simulation can start.
const FARTHEST_START: TimeDelta = TimeDelta::days(3_653);

impl Api {
    /// Simulates what a request asks for.
    pub(super) async fn simulated(
        &self,
        call: &Call,
        message: pb::SimulateSequenceRequest,
    ) -> Result<pb::SimulateSequenceResponse, Status> {
        let mut found = validate::violations(&message);
        let command = read(message, call.now, &mut found)?;
        found.into_result(())?;
        let simulated = self.engine.simulate_sequence(&call.request(None), &command).await?;
        self.shown(call, simulated).await
    }

    async fn shown(&self, call: &Call, simulated: Simulated) -> Result<pb::SimulateSequenceResponse, Status> {
        let Simulated { row, timeline, revision, unreached } = simulated;
        let timelines = Timelines::of(Texts::of([revision]));
        let mut conn = self.read(call.organization()).await?;
        let actors = Actors::of(call.organization(), &mut conn, &timeline).await?;

        let events = timeline.iter().map(|one| event::event(&row.enrollment, one, &timelines, &actors));
        let shown = within(ITEM_BYTES, events);
        let partial = shown.len() < timeline.len();
        let is_saved = !row.sequence.as_str().is_empty();
        let enrollment = enrollment::enrollment(&row, &timelines.texts);
        let enrollment = pb::Enrollment {
            sequence: if is_saved { enrollment.sequence } else { String::new() },
            // Nothing can be changed.
            etag: String::new(),
            timeline: shown,
            ..enrollment
        };
        Ok(pb::SimulateSequenceResponse {
            enrollment: Some(enrollment),
            partial,
            unreached_step_ids: unreached,
        })
    }
}

/// Reads what to simulate. What is wrong is added, and has a harmless value.
fn read(
    message: pb::SimulateSequenceRequest,
    now: DateTime<Utc>,
    found: &mut Violations,
) -> Result<SimulateSequence, Error> {
    let name = found.keep_once(given(&message.name, message.sequence.is_some())).flatten();
    let named = name.and_then(|name| found.keep_once(named("name", name)));
    let sequence_id = named.map(|(id, _)| id.to_owned());
    let number = named.and_then(|(_, number)| number);
    let missing = || Error::Missing { kind: Kind::SequenceRevision, name: message.name.clone() };
    let revision = number.map(|text| revision_number(text).ok_or_else(missing)).transpose()?;
    if revision.is_some() && message.sequence.is_some() {
        found.push("sequence", Reason::FieldInvalid, "can't be given with a revision, which never changes");
    }

    let mut wrong = Violations::new();
    let sketch = message.sequence.map(|sequence| sketch(sequence, &mut wrong));
    found.extend_once(wrong.under("sequence"));
    let start_time = message.start_time.map(|at| instant("start_time", &at));
    let start_time = start_time.and_then(|at| found.keep("", at)).unwrap_or(now);
    if (start_time - now).abs() > FARTHEST_START {
        found.push("start_time", Reason::FieldInvalid, "must be at most ten years from now");
    }
    let record = (!message.record.is_empty()).then(|| names::RECORD.parse("record", &message.record));
    let record = record.and_then(|record| found.keep_once(record));
    let attributes = found.keep("attributes", json::object(message.attributes.unwrap_or_default()));

    Ok(SimulateSequence {
        sequence_id,
        revision,
        sketch,
        start_time,
        record: record.map(|[of, id]| (of.to_owned(), id.to_owned())),
        attributes: attributes.unwrap_or_default(),
        stated: Stated {
            steps: message.steps.into_iter().filter_map(step).collect(),
            engagements: message.engagements.into_iter().filter_map(engagement).collect(),
        },
    })
}

/// Reads what is assumed of a step. `None` if it breaks the options in the proto.
fn step(message: pb::StepAssumption) -> Option<(String, StatedStep)> {
    let ends = |ending, delay| Some(StatedStep::Ends(Assumed { ending, delay: self::delay(delay)? }));
    let stated = match message.kind? {
        Wire::Completed(of) => ends(AssumedEnding::Completed(of.outcome), of.delay)?,
        Wire::Skipped(of) => ends(AssumedEnding::Skipped(of.reason), of.delay)?,
        Wire::Open(_) => ends(AssumedEnding::Open, None)?,
        Wire::Path(path) => StatedStep::Path(Path::try_from(path) == Ok(Path::Yes)),
        Wire::VariantId(id) => StatedStep::Variant(id),
    };
    Some((message.step_id, stated))
}

/// Reads what the person is assumed to do. `None` if it breaks the options in the proto.
fn engagement(message: pb::EngagementAssumption) -> Option<AssumedEngagement> {
    let kind = i16::try_from(message.kind).ok().and_then(EngagementKind::from_repr)?;
    let step_id = (!message.step_id.is_empty()).then_some(message.step_id);
    Some(AssumedEngagement { kind, step_id, delay: delay(message.delay)? })
}

/// Reads a delay; none is no time.
fn delay(message: Option<pb::Delay>) -> Option<Delay> {
    message.map_or(Some(Delay::default()), delay_of)
}
