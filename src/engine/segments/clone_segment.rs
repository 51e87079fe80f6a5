//! Copies a segment with its rules.

use uuid::Uuid;

use crate::domain::id::{AssignmentRuleId, ChosenId, SegmentId};
use crate::domain::refusal::Refusal;
use crate::domain::segment::{Profile, Segment, SegmentState};
use crate::domain::settings::Limits;
use crate::engine::{Engine, Error, Kind, Opened, Request, SegmentTarget, Write};
use crate::store::segments;

/// The copy to make.
#[derive(Clone, Debug)]
pub struct CloneSegment {
    /// The id of the original.
    pub original: String,
    /// The id of the copy, chosen by the caller.
    pub segment_id: ChosenId,
    /// The name of the copy. `None`: that of the original, after "Copy of".
    pub display_name: Option<String>,
}

impl Engine {
    /// Copies a segment and its rules. The copy is a draft and comes last.
    ///
    /// # Errors
    /// Missing; Invalid; Exists; Refused if more rules are enabled than the limit allows by now.
    pub async fn clone_segment(&self, request: &Request, command: CloneSegment) -> Result<SegmentId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Every write of a segment and its rules locks the organization first, so what is copied
        // stays as it is.
        let limits = write.lock_organization().await?.settings.limits;
        let organization = write.organization();
        let target = SegmentTarget { segment_id: command.original, expected_version: None };
        let original = target.find(write.conn(), organization).await?;
        let copied = format!("Copy of {}", original.profile.display_name);
        let display_name = command.display_name.unwrap_or(copied);
        limits.check_display_name("display_name", &display_name).into_result(())?;

        let last = segments::count_of_type(write.conn(), organization, original.record_type).await? + 1;
        let copy = Segment {
            id: SegmentId(self.clock().new_id()),
            segment_id: command.segment_id,
            profile: Profile { display_name, ..original.profile.clone() },
            priority: last,
            state: SegmentState::Draft,
            connected_sequence: None,
            version: 1,
            create_time: request.now,
            update_time: request.now,
            ..original
        };

        if !segments::insert(write.conn(), &copy).await? {
            return Err(Error::Exists { kind: Kind::Segment, name: copy.name() });
        }
        write.copy_rules(original.id, &copy, &limits).await?;
        write.definitions_changed().await?;
        write.commit(copy.id.0, &copy.id).await?;
        Ok(copy.id)
    }
}

impl Write {
    async fn copy_rules(
        &mut self,
        original: SegmentId,
        copy: &Segment,
        limits: &Limits,
    ) -> Result<(), Error> {
        let organization = copy.organization;
        let rules = segments::rules::page(self.conn(), organization, original, 0, i64::MAX).await?;
        let enabled = rules.iter().filter(|rule| !rule.profile.disabled).count();
        let value = i64::from(limits.active_rules_per_segment);
        if i64::try_from(enabled).is_ok_and(|enabled| enabled > value) {
            return Err(Refusal::LimitExceeded { limit: "active_rules_per_segment", value }.into());
        }

        let keys: Vec<(AssignmentRuleId, Uuid)> = rules.iter().map(|rule| (rule.id, self.new_id())).collect();
        Ok(segments::rule_copies::copy(self.conn(), copy, &keys).await?)
    }
}
