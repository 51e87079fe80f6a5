//! The columns of enrollments.

use chrono::{DateTime, Utc};

use crate::domain::enrollment::{Enrollment, ExitReason, PauseReason, Position};
use crate::domain::throttle::THROTTLED;
use crate::domain::timer::WaitReason;
use crate::store::statement::chain::Values;
use crate::store::statement::columns::column;
use crate::store::statement::table::{Column, Columns, Held, Readable, Role, Table, Unread, kind_of, table};

table!(ENROLLMENT = Enrollment: "enrollment" {
    Key organization_id = organization,
    Key id = id,
    Fixed sequence_id = sequence,
    Changing revision = revision,
    Fixed record_id = record,
    Fixed pass_number = pass_number,
    Fixed source = source,
    Fixed segment_id = segment,
    Fixed advanced_from_id = advanced_from,
    Fixed enroller_id = enroller,
    Changing node = node,
    Changing step_reach_time = step_reach_time,
    Changing halt_number = halts,
    Changing version = version,
    Fixed create_time = create_time,
    Seldom place_queue_id = place,
    Rare disposition = disposition,
    Rare resumed = resumed,
} and {
    Changing state: smallint => |row| row.position.state() as i16,
    Changing reason: smallint => |row| reason(row),
    Changing waiting_until: timestamptz => |row| row.position.planned_wait().map(|(until, _)| until),
    Changing waiting_for: smallint => |row| row.position.planned_wait().map(|(_, reason)| reason as i16),
    Changing pause_time: timestamptz => |row| row.position.paused().map(|(at, _)| at),
    Changing pause_end_time: timestamptz => |row| row.position.pause_end(),
    Changing activity_id: uuid => |row| row.position.activity().map(|activity| activity.0),
    Changing end_time: timestamptz => |row| row.end_time(),
} read {
    position = position,
});

/// Returns the number of the reason for its state. 0 stands for no reason.
fn reason(row: &Enrollment) -> i16 {
    let exited = row.position.exit_reason().map(|reason| reason as i16);
    let paused = row.position.paused().map(|(_, reason)| reason as i16);
    let throttled = row.waits_in_line().then_some(THROTTLED.0);
    exited.or(paused).or(throttled).unwrap_or_default()
}

fn position(columns: &Columns<'_>) -> Result<Position, Unread> {
    let unknown = Unread::Unknown("enrollment.state");
    let waiting = columns.get("enrollment.waiting_until")?;
    let activity = columns.get("enrollment.activity_id")?;

    // Exactly one of the three is set: an enrollment waits, has an open activity, or has ended.
    let position = match (waiting, activity, columns.get("enrollment.end_time")?) {
        (Some(until), None, None) => {
            let reason: Option<WaitReason> = columns.get("enrollment.waiting_for")?;
            reason.map(|reason| Position::Waiting { until, reason })
        }
        (None, Some(activity), None) => Some(Position::Acting { activity }),
        (None, None, Some(at)) => Some(match columns.get("enrollment.reason")? {
            // 0 stands for no reason. The column is never NULL.
            0_i16 => Position::Completed { at },
            _ => Position::Exited { at, reason: columns.get::<ExitReason>("enrollment.reason")? },
        }),
        _ => None,
    };

    // A paused one still has what the pause interrupted.
    let position = match columns.get("enrollment.pause_time")? {
        None => position,
        Some(at) => {
            let reason: PauseReason = columns.get("enrollment.reason")?;
            let until: Option<DateTime<Utc>> = columns.get("enrollment.pause_end_time")?;
            let interrupted = position.and_then(Position::at_step);
            interrupted.map(|interrupted| Position::Paused { at, reason, until, interrupted })
        }
    };

    // The state is stored too, for queries. It must agree with the other columns.
    let state: i16 = columns.get("enrollment.state")?;
    position.filter(|position| position.state() as i16 == state).ok_or(unknown)
}
