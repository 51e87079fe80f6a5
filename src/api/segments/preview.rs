//! Previews of segments: what a condition matches, and what a segment with it would do.

use tonic::Status;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::convert::segment as convert;
use crate::api::{Api, pb, validate};
use crate::domain::condition::Condition;
use crate::domain::id::{ChosenId, RecordId, SegmentId};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::record_type::RecordType;
use crate::domain::segment::{OnLeave, Profile, Segment, SegmentState};
use crate::domain::sequence::Sequence;
use crate::domain::violation::Violations;
use crate::engine::unknown_record_type;
use crate::store::{ReadConnection, records, segments, sequences, subjects};

/// How many records a preview names by default.
const SAMPLE: i64 = 10;

impl Api {
    /// Returns what matches, and what would become of it.
    pub(super) async fn preview(
        &self,
        call: &Call,
        message: pb::PreviewSegmentRequest,
    ) -> Result<pb::PreviewSegmentResponse, Status> {
        let mut found = validate::violations(&message);
        let record_type_id = found.keep("", convert::record_type(&message.record_type));
        let sequence = Some(message.sequence.as_str()).filter(|name| !name.is_empty());
        let sequence = sequence.map(|name| found.keep_once(names::SEQUENCE.parse_id("sequence", name)));
        let mut record_type_id = found.settle(record_type_id)?;

        let segment = match message.segment.as_str() {
            "" => None,
            name => Some(self.find_segment(call, "segment", name).await?),
        };
        if let Some(shown) = &segment {
            record_type_id.clone_from(&shown.record_type_id);
        }
        let mut conn = self.survey(call.organization()).await?;
        let record_type = records::types::find(&mut conn, call.organization(), &record_type_id).await?;
        let record_type = record_type.ok_or_else(|| unknown_record_type(&record_type_id))?;
        let condition = Condition::check("condition", &message.condition, &record_type.subject())?;

        // Zero means the default.
        let size = Some(i64::from(message.sample_size)).filter(|size| *size > 0).unwrap_or(SAMPLE);
        let source = records::Fields { record_type: &record_type, now: call.now };
        let count = segments::matches::count(&mut conn, &source, &condition).await?;
        let sample = segments::matches::sample(&mut conn, &source, &condition, size).await?;
        let lacking_attributes = lacking(&mut conn, &source, &condition).await?;

        let mut supposed = match segment {
            Some(shown) => Segment { state: SegmentState::Active, ..shown.segment },
            None => new_segment(&record_type),
        };
        supposed.profile.condition = message.condition;
        // Whoever stays only for that time leaves all the same.
        supposed.profile.leave_grace = None;
        if let Some(id) = sequence.flatten() {
            let named = sequences::find(&mut conn, call.organization(), &id).await?;
            let named = named.map(|shown| shown.sequence);
            let fits =
                |one: &Sequence| one.record_type == record_type.id && one.state.delete_time().is_none();
            let named = named.filter(fits);
            let named = named.ok_or_else(|| unknown_sequence(&id, &record_type_id))?;
            supposed.connected_sequence = Some(named.id);
        }
        drop(conn);
        let examples = usize::try_from(size).unwrap_or_default();
        let found = self.engine.suppose(&supposed, examples, call.now).await?;

        let name = |id: String| names::RECORD.name([&record_type_id, &id]);
        Ok(pb::PreviewSegmentResponse {
            count,
            sample: sample.into_iter().map(name).collect(),
            lacking_attributes,
            forecast: Some(convert::forecast(&found.forecast)),
            entering_sample: self.names_of(call, &found.entering).await?,
            leaving_sample: self.names_of(call, &found.leaving).await?,
        })
    }

    /// Returns the full names of records, in the same order. Those that are gone are left out.
    async fn names_of(&self, call: &Call, keys: &[RecordId]) -> Result<Vec<String>, Status> {
        let keys: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        let mut conn = self.read(call.organization()).await?;
        let mut names = subjects::records(&mut conn, call.organization(), &keys).await?;
        Ok(keys.iter().filter_map(|key| names.remove(key)).collect())
    }
}

/// Returns the attributes that the condition negates and that some active records lack.
async fn lacking(
    conn: &mut ReadConnection,
    source: &records::Fields<'_>,
    condition: &Condition,
) -> Result<Vec<pb::LackingAttribute>, Status> {
    let mut lacking = Vec::new();
    for field in condition.negated_fields() {
        let without = Condition::lacking("record", field);
        let count = segments::matches::count(conn, source, &without).await?;
        if count > 0 {
            let both = without.and(condition);
            let matching_count = segments::matches::count(conn, source, &both).await?;
            lacking.push(pb::LackingAttribute { attribute: field.name.clone(), count, matching_count });
        }
    }

    Ok(lacking)
}

/// A segment as it would be created: last in priority.
fn new_segment(record_type: &RecordType) -> Segment {
    Segment {
        organization: record_type.organization,
        id: SegmentId(Uuid::nil()),
        segment_id: ChosenId::known(""),
        profile: Profile {
            display_name: String::new(),
            description: String::new(),
            condition: String::new(),
            on_leave: OnLeave::Stay,
            leave_grace: None,
            allow_resegmentation: false,
            reassign_on_resegmentation: false,
        },
        record_type: record_type.id,
        priority: i32::MAX,
        state: SegmentState::Active,
        connected_sequence: None,
        version: 0,
        create_time: record_type.create_time,
        update_time: record_type.create_time,
    }
}

fn unknown_sequence(id: &str, record_type_id: &str) -> Violations {
    let name = names::SEQUENCE.name([id]);
    let description =
        format!("must name an existing sequence for {record_type_id} records: {name} isn't one");
    Violations::one("sequence", Reason::ReferenceNotFound, description)
}
