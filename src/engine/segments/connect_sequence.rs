//! Connects a segment to a sequence: its records are enrolled from now on.

use crate::domain::names;
use crate::domain::operation::OperationKind;
use crate::domain::reason::Reason;
use crate::domain::segment::{Connectable, Segment};
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Opened, Request, SegmentStarted, SegmentTarget, Write};
use crate::store::segments;

/// The segment and sequence to connect.
#[derive(Clone, Debug)]
pub struct ConnectSequence {
    /// The segment.
    pub target: SegmentTarget,
    /// The id of the sequence.
    pub sequence_id: String,
    /// If the segment is connected to another sequence, replace that one instead of refusing.
    pub replace: bool,
    /// Evaluate all records of the type, not only new and changed ones.
    pub backfill: bool,
    /// Only check and return what would happen.
    pub validate_only: bool,
}

impl Engine {
    /// Connects a segment to a sequence.
    ///
    /// # Errors
    /// Missing; Stale; Invalid if the sequence doesn't exist; Refused if the sequence isn't active,
    /// the record types differ, or the segment is connected to another sequence.
    pub async fn connect_sequence(
        &self,
        request: &Request,
        command: ConnectSequence,
    ) -> Result<SegmentStarted, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let counted = write.count_matches(&command.target).await?;
        let organization = write.lock_organization().await?.id;
        let id = &command.sequence_id;
        let sequence = segments::connections::lock_sequence(write.conn(), organization, id).await?;
        let segment = write.lock_segment(&command.target).await?;
        // The sequence comes first in the lock order, but a missing segment is reported first.
        let sequence = sequence.ok_or_else(|| unknown_sequence(id))?;

        let existing = write.matches(&segment, counted).await?;
        let connected = connect(&mut write, &segment, &sequence, command.replace, request).await?;
        let mut answer = SegmentStarted::new(segment.id, existing);
        if command.validate_only {
            // Rolls back, and frees the locks before the long walk.
            drop(write);
            answer.forecast =
                self.forecast_backfill(&connected.unwrap_or(segment), command.backfill, request.now).await?;
            return Ok(answer);
        }

        if let Some(connected) = &connected {
            segments::update(write.conn(), connected).await?;
            write.definitions_changed().await?;
        }
        if command.backfill {
            answer.backfill = Some(write.queue_over_records(OperationKind::BackfillSegment, &segment).await?);
        }
        write.finish_segment_start(connected.is_some(), &answer).await?;
        Ok(answer)
    }
}

/// Returns the connected segment. `None` if it was connected to this sequence before.
async fn connect(
    write: &mut Write,
    segment: &Segment,
    to: &Connectable,
    replace: bool,
    request: &Request,
) -> Result<Option<Segment>, Error> {
    let organization = write.organization();
    let record_type = write.record_type(segment.record_type).await?;
    let connected = match segment.connected_sequence {
        Some(one) => segments::connections::sequence_name(write.conn(), organization, one).await?,
        None => None,
    };

    let record_type = record_type.record_type_id.as_str();
    Ok(segment.connect(to, replace, connected.as_deref(), record_type, request.now)?)
}

fn unknown_sequence(id: &str) -> Error {
    let description = format!("must name an existing sequence: {} doesn't exist", names::SEQUENCE.name([id]));
    Violations::one("sequence", Reason::ReferenceNotFound, description).into()
}
