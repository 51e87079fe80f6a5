//! Activates a segment: it starts to take records.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::id::{OperationId, SegmentId};
use crate::domain::operation::OperationKind;
use crate::domain::refusal::Refusal;
use crate::domain::routing::Forecast;
use crate::domain::segment::Segment;
use crate::domain::settings::Limits;
use crate::engine::segments::segment_target::{MatchCount, kept_condition};
use crate::engine::{Engine, Error, Opened, Request, SegmentTarget, Walk, Write};
use crate::store::segments;

/// The segment to activate, and how.
#[derive(Clone, Debug)]
pub struct ActivateSegment {
    /// The segment.
    pub target: SegmentTarget,
    /// Evaluate all records of the type, not only new and changed ones.
    pub backfill: bool,
    /// Only check and return what would happen.
    pub validate_only: bool,
}

/// The result of activating or connecting a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentStarted {
    /// The segment.
    pub segment: SegmentId,
    /// The number of active records that match now.
    pub existing_matches: i64,
    /// True if there may be more: they took too long to count.
    #[serde(default)]
    pub matches_partial: bool,
    /// The operation that evaluates all records. `None` without a backfill.
    pub backfill: Option<OperationId>,
    /// What a backfill would do. `None` unless only that was asked.
    #[serde(skip)]
    pub forecast: Option<Forecast>,
}

impl Engine {
    /// Activates a segment.
    ///
    /// # Errors
    /// Missing; Stale; Refused if the organization has its maximum of active segments.
    pub async fn activate_segment(
        &self,
        request: &Request,
        command: ActivateSegment,
    ) -> Result<SegmentStarted, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let counted = write.count_matches(&command.target).await?;
        let limits = write.lock_organization().await?.settings.limits;
        let segment = write.lock_segment(&command.target).await?;
        let existing = write.matches(&segment, counted).await?;

        let activated = segment.activate(request.now);
        if let Some(active) = &activated {
            activate(&mut write, active, &limits).await?;
        }
        let mut answer = SegmentStarted::new(segment.id, existing);
        if command.validate_only {
            // Rolls back what was tried, and frees the locks before the long walk.
            drop(write);
            answer.forecast =
                self.forecast_backfill(&activated.unwrap_or(segment), command.backfill, request.now).await?;
            return Ok(answer);
        }

        if command.backfill {
            answer.backfill = Some(write.queue_over_records(OperationKind::BackfillSegment, &segment).await?);
        }
        // Even with a backfill, which can be canceled.
        if let Some(active) = &activated {
            write.queue_flips(active).await?;
            let record_type = write.record_type(active.record_type).await?;
            let condition = kept_condition(active, &record_type)?;
            write.queue_references(active, &condition.related_fields()).await?;
        }
        write.finish_segment_start(activated.is_some(), &answer).await?;
        Ok(answer)
    }
}

impl SegmentStarted {
    pub(in crate::engine) fn new(segment: SegmentId, existing: MatchCount) -> Self {
        let MatchCount { count, partial } = existing;
        Self { segment, existing_matches: count, matches_partial: partial, backfill: None, forecast: None }
    }
}

impl Engine {
    /// Returns what a backfill would do if the segment were as given. `None` without one.
    pub(in crate::engine) async fn forecast_backfill(
        &self,
        supposed: &Segment,
        backfill: bool,
        now: DateTime<Utc>,
    ) -> Result<Option<Forecast>, Error> {
        match backfill {
            true => Ok(Some(self.forecast(supposed, Walk::Backfill, now).await?)),
            false => Ok(None),
        }
    }
}

async fn activate(write: &mut Write, segment: &Segment, limits: &Limits) -> Result<(), Error> {
    let value = i64::from(limits.active_segments);
    let organization = write.organization();
    // Exact, because the organization's row is locked.
    if segments::count_active(write.conn(), organization).await? >= value {
        return Err(Refusal::LimitExceeded { limit: "active_segments", value }.into());
    }
    segments::update(write.conn(), segment).await?;
    write.definitions_changed().await
}

impl Write {
    /// Commits.
    pub(in crate::engine) async fn finish_segment_start(
        self,
        changed: bool,
        answer: &SegmentStarted,
    ) -> Result<(), Error> {
        if changed || answer.backfill.is_some() {
            self.commit(answer.segment.0, answer).await?;
        } else {
            self.commit_unnoted(answer).await?;
        }
        Ok(())
    }
}
