//! Changes a segment's profile.

use crate::domain::id::SegmentId;
use crate::domain::reason::Reason;
use crate::domain::segment::{OnLeave, Profile, Segment, SegmentState};
use crate::domain::step::Delay;
use crate::domain::violation::Violations;
use crate::engine::segments::segment_target::kept_condition;
use crate::engine::{Engine, Error, Opened, Request, SegmentTarget};
use crate::store::segments;

/// The change to make.
#[derive(Clone, Debug)]
pub struct UpdateSegment {
    /// The segment.
    pub target: SegmentTarget,
    /// The new value of each field that changes.
    pub patch: SegmentPatch,
    /// The id of the record type, if given. It must be the segment's current one.
    pub record_type: Option<String>,
    /// The priority, if given. It must be the segment's current one.
    pub priority: Option<i32>,
}

/// The fields that change.
#[derive(Clone, Debug, Default)]
pub struct SegmentPatch {
    /// Its display name.
    pub display_name: Option<String>,
    /// Its description.
    pub description: Option<String>,
    /// The text of the condition.
    pub condition: Option<String>,
    /// What happens to the enrollment when a record leaves the segment.
    pub on_leave: Option<OnLeave>,
    /// The new grace; `Some(None)` for none.
    pub leave_grace: Option<Option<Delay>>,
    /// True if it takes records out of segments of lower priority.
    pub allow_resegmentation: Option<bool>,
    /// True if the rules run again for records that it took out of another segment.
    pub reassign_on_resegmentation: Option<bool>,
}

impl Engine {
    /// Changes a segment. The change applies to records that change from now on.
    ///
    /// # Errors
    /// Missing; Stale; Invalid, with paths relative to the segment.
    pub async fn update_segment(
        &self,
        request: &Request,
        command: UpdateSegment,
    ) -> Result<SegmentId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let limits = write.lock_organization().await?.settings.limits;
        let before = write.lock_segment(&command.target).await?;
        let record_type = write.record_type(before.record_type).await?;

        let mut found = immutable(&command, record_type.record_type_id.as_str(), before.priority);
        let profile = command.patch.apply(before.profile.clone());
        found.extend(profile.check(&limits, Some(&record_type.subject())));
        found.into_result(())?;

        let id = before.id;
        if profile == before.profile {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }

        let after = Segment { profile, ..before.changed(request.now) };
        segments::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        if after.state == SegmentState::Active && after.profile.condition != before.profile.condition {
            write.queue_flips(&after).await?;
            let condition = kept_condition(&after, &record_type)?;
            write.queue_references(&after, &condition.related_fields()).await?;
        }
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}

/// Finds immutable fields that were given with another value than the current one.
fn immutable(command: &UpdateSegment, record_type: &str, priority: i32) -> Violations {
    let mut found = Violations::new();
    if command.record_type.as_ref().is_some_and(|given| given != record_type) {
        let description = format!("is immutable (current value {record_type:?})");
        found.push("record_type", Reason::FieldImmutable, description);
    }
    if command.priority.is_some_and(|given| given != priority) {
        let description = format!("is immutable here (current value {priority})");
        found.push("priority", Reason::FieldImmutable, description);
    }
    found
}

impl SegmentPatch {
    /// Returns the profile with the changes.
    pub fn apply(self, before: Profile) -> Profile {
        Profile {
            display_name: self.display_name.unwrap_or(before.display_name),
            description: self.description.unwrap_or(before.description),
            condition: self.condition.unwrap_or(before.condition),
            on_leave: self.on_leave.unwrap_or(before.on_leave),
            leave_grace: self.leave_grace.unwrap_or(before.leave_grace),
            allow_resegmentation: self.allow_resegmentation.unwrap_or(before.allow_resegmentation),
            reassign_on_resegmentation: self
                .reassign_on_resegmentation
                .unwrap_or(before.reassign_on_resegmentation),
        }
    }
}
