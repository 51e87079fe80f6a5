//! The columns of activities, open and closed.

use uuid::Uuid;

use crate::domain::activity::{Activity, ActivityState, Closing, Marks};
use crate::domain::id::{KeyId, LeaseId};
use crate::domain::lease::Lease;
use crate::domain::sending::{Manual, ManualReason};
use crate::store::statement::chain::{Filled, Values};
use crate::store::statement::columns::column;
use crate::store::statement::table::{Column, Columns, Held, Readable, Role, Table, Unread, kind_of, table};

table!(ACTIVITY = Activity: "activity" {
    Key organization_id = organization,
    Key id = id,
    Fixed enrollment_id = enrollment,
    Fixed record_id = record,
    Fixed sequence_id = sequence,
    Changing revision = revision,
    Changing node = node,
    // A worker's email can become one for the record's owner.
    Changing kind = kind,
    Changing queue_id = queue,
    Changing record_display_name = record_display_name,
    Changing warnings = warnings,
    // Only a manual activity can get another one.
    Seldom due_time = due_time,
    Seldom priority = priority,
    Seldom rank = rank,
    Seldom auto_skip_time = auto_skip_time,
    Changing snooze_count = snooze_count,
    Changing version = version,
    Fixed create_time = create_time,
    Rare reassigned_from_queue_id = reassigned_from,
} and {
    Changing state: smallint => |row| row.state.number(),
    Changing snooze_until: timestamptz => |row| row.state.snooze_until(),
    Rare is_read: boolean => |row| row.marks.read.then_some(true),
    Rare is_followed: boolean => |row| row.marks.followed.then_some(true),
    Rare draft_note: text => |row| Some(row.note.as_str()).filter(|note| !note.is_empty()),
    Rare lease_id: uuid => |row| row.lease.map(|lease| lease.id.0),
    Rare lease_epoch: bigint => |row| row.lease.map(|lease| lease.epoch),
    Rare lease_until: timestamptz => |row| row.lease.map(|lease| lease.until),
    Rare lease_key_id: uuid => |row| row.lease.map(|lease| lease.holder.0),
    Rare manual_reason: smallint => |row| row.manual.as_ref().map(|manual| manual.reason as i16),
    Rare manual_detail: text => |row| row.manual.as_ref().map(|manual| manual.detail.as_str()),
} read {
    state = state,
    marks = marks,
    note = note,
    lease = lease,
    manual = manual,
});

fn marks(columns: &Columns<'_>) -> Result<Marks, Unread> {
    let set = |name| columns.get::<Option<bool>>(name).map(|mark| mark == Some(true));
    Ok(Marks { read: set("activity.is_read")?, followed: set("activity.is_followed")? })
}

fn note(columns: &Columns<'_>) -> Result<String, Unread> {
    Ok(columns.get::<Option<String>>("activity.draft_note")?.unwrap_or_default())
}

fn state(columns: &Columns<'_>) -> Result<ActivityState, Unread> {
    // The state and the end of the snooze must agree: only a snoozed activity has one.
    let until = columns.get("activity.snooze_until")?;
    ActivityState::of(columns.get("activity.state")?, until).ok_or(Unread::Unknown("activity.state"))
}

fn lease(columns: &Columns<'_>) -> Result<Option<Lease>, Unread> {
    let Some(id) = columns.get::<Option<Uuid>>("activity.lease_id")? else { return Ok(None) };
    Ok(Some(Lease {
        id: LeaseId(id),
        epoch: columns.get("activity.lease_epoch")?,
        until: columns.get("activity.lease_until")?,
        holder: KeyId(columns.get("activity.lease_key_id")?),
    }))
}

fn manual(columns: &Columns<'_>) -> Result<Option<Manual>, Unread> {
    let Some(number) = columns.get("activity.manual_reason")? else { return Ok(None) };
    let reason = ManualReason::from_repr(number).ok_or(Unread::Unknown("activity.manual_reason"))?;
    Ok(Some(Manual { reason, detail: columns.get("activity.manual_detail")? }))
}

/// The key of a closed activity, to delete the row when the activity is open again.
pub(in crate::store) const CLOSED: Table<Activity> = table!("closed_activity", Activity {
    Key organization_id: uuid => |row| row.organization.0,
    Key id: uuid => |row| row.id.0,
});

/// How an activity was closed. The table `closed_activity` has these columns and those of
/// [`ACTIVITY`], except the ones that only an open activity has.
const CLOSING: Table<Closing> = table!("closed_activity", Closing {
    Fixed state: smallint => |row| row.state as i16,
    Fixed outcome: text => |row| row.outcome.as_str(),
    Fixed note: text => |row| row.note.as_str(),
    Fixed closed_by_seller_id: uuid => |row| row.by.seller.map(|seller| seller.0),
    Fixed closed_by_key_id: uuid => |row| row.by.key.map(|key| key.0),
    Fixed close_time: timestamptz => |row| row.at,
    Fixed item_id: uuid => |row| row.item,
});

/// The present name of a closed activity's record.
pub(in crate::store) const CLOSED_RECORD_NAME: &str = "COALESCE(NULLIF(record.attributes ->> NULLIF(record_type.display_name_attribute, ''), ''), \
       record.record_id, '')";

/// The columns of `activity` that `closed_activity` doesn't have, each with the SQL to read
/// instead. A closed activity doesn't store the name of its record, and shows the record's current
/// name.
const ONLY_OPEN: [(&str, &str); 15] = [
    ("record_display_name", CLOSED_RECORD_NAME),
    ("warnings", "0::smallint"),
    ("state", "1::smallint"),
    ("snooze_until", "NULL::timestamptz"),
    ("reassigned_from_queue_id", "NULL::uuid"),
    ("auto_skip_time", "NULL::timestamptz"),
    ("is_read", "NULL::boolean"),
    ("is_followed", "NULL::boolean"),
    ("draft_note", "NULL::text"),
    ("lease_id", "NULL::uuid"),
    ("lease_epoch", "NULL::bigint"),
    ("lease_until", "NULL::timestamptz"),
    ("lease_key_id", "NULL::uuid"),
    ("manual_reason", "NULL::smallint"),
    ("manual_detail", "NULL::text"),
];

/// Returns the columns of an open activity.
pub(in crate::store) fn open_columns() -> String {
    ACTIVITY.list(|name| format!("activity.{name}"))
}

/// Returns the same columns of a closed activity. They show it as due, which it was before.
pub(in crate::store) fn closed_columns() -> String {
    ACTIVITY.list(|name| match ONLY_OPEN.iter().find(|(only_open, _)| *only_open == name) {
        None => format!("activity.{name}"),
        Some((_, instead)) => format!("{instead} AS {name}"),
    })
}

/// Returns the same columns, each with the name by which an [`Activity`] is read.
pub(in crate::store) fn closed_select() -> String {
    ACTIVITY.list(|name| match ONLY_OPEN.iter().find(|(only_open, _)| *only_open == name) {
        None => format!("activity.{name} AS \"activity.{name}\""),
        Some((_, instead)) => format!("{instead} AS \"activity.{name}\""),
    })
}

/// Returns the columns of `closed_activity`, filled from these rows.
pub(in crate::store) fn closed<'r>(activities: &'r [&Activity], closings: &'r [&Closing]) -> Vec<Filled<'r>> {
    let kept = |_, name: &str| ONLY_OPEN.iter().all(|(only_open, _)| *only_open != name);
    let mut columns = ACTIVITY.filled(activities, kept);
    columns.extend(CLOSING.all(closings));
    columns
}
