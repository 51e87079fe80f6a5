//! What is answered of activities after a read or a write: read for all that one answer shows, never one by one.

use std::collections::HashMap;

use tonic::Status;

use super::call::{Api, Call};
use super::convert::{activity as convert, timestamp};
use super::pb;
use super::watch::ShownTexts;
use crate::domain::id::{ActivityId, QueueId};
use crate::engine::ActivityClosed;
use crate::store::activity_rows::ActivityRow;
use crate::store::queue_rows::QueueRow;

/// What completing and skipping answer.
#[derive(Clone, Debug, Default)]
pub struct Closed {
    activity: Option<pb::Activity>,
    next_activity: Option<pb::Activity>,
    waiting_until: Option<prost_types::Timestamp>,
    enrollment_completed: bool,
    queue_head: Option<pb::Activity>,
}

macro_rules! answers_as {
    ($($response:ident),+) => {
        $(impl From<Closed> for pb::$response {
            fn from(closed: Closed) -> Self {
                Self {
                    activity: closed.activity,
                    next_activity: closed.next_activity,
                    waiting_until: closed.waiting_until,
                    enrollment_completed: closed.enrollment_completed,
                    queue_head: closed.queue_head,
                }
            }
        })+
    };
}

answers_as!(CompleteActivityResponse, SkipActivityResponse);

impl Api {
    /// Activities as they now stand, by key: those that the caller may see. A repeated request shows nothing that has gone to somebody else.
    pub async fn activities(
        &self,
        call: &Call,
        ids: &[ActivityId],
    ) -> Result<HashMap<ActivityId, pb::Activity>, Status> {
        let keys: Vec<_> = ids.iter().map(|id| (call.organization(), *id)).collect();
        let rows = self.reads.activities.get(&keys).await?.into_iter().flatten();
        let rows: Vec<ActivityRow> =
            rows.filter(|row| may_see(call, row)).map(|row| seen_by(call, row)).collect();
        let texts = self.texts(&rows.iter().map(|row| &row.shown).collect::<Vec<_>>()).await?;
        let shown =
            |row: &ActivityRow| (row.shown.activity.id, convert::activity(row, &texts.of(&row.shown)));
        Ok(rows.iter().map(shown).collect())
    }

    /// The heads of queues as they now stand.
    pub async fn heads(
        &self,
        call: &Call,
        queues: &[QueueId],
    ) -> Result<HashMap<QueueId, pb::Activity>, Status> {
        let scope = call.caller.scope();
        let queues = queues.iter().filter(|queue| scope.has_queue(**queue));
        let keys: Vec<_> = queues.map(|queue| (call.organization(), *queue)).collect();
        let heads: Vec<QueueRow> = self.reads.heads.get(&keys).await?.into_iter().flatten().collect();
        let texts = self.texts(&heads.iter().collect::<Vec<_>>()).await?;
        Ok(heads.iter().map(|row| (row.activity.queue, convert::open(row, &texts.of(row)))).collect())
    }

    /// The texts of activities: read once for each revision, and kept.
    pub async fn texts(&self, rows: &[&QueueRow]) -> Result<ShownTexts, Status> {
        Ok(self.live.texts.of(&self.engine, rows).await?)
    }

    /// What became of closed activities, in their order.
    pub async fn closed(&self, call: &Call, decided: &[ActivityClosed]) -> Result<Vec<Closed>, Status> {
        let ids = decided.iter().flat_map(|one| [Some(one.activity), one.next_activity]).flatten();
        let ids: Vec<ActivityId> = ids.collect();
        let queues: Vec<QueueId> = decided.iter().map(|one| one.queue).collect();
        let (activities, heads) = tokio::try_join!(self.activities(call, &ids), self.heads(call, &queues))?;
        let answer = |one: &ActivityClosed| Closed {
            activity: activities.get(&one.activity).cloned(),
            next_activity: one.next_activity.and_then(|next| activities.get(&next).cloned()),
            waiting_until: one.waiting_until.map(timestamp),
            enrollment_completed: one.enrollment_completed,
            queue_head: heads.get(&one.queue).cloned(),
        };
        Ok(decided.iter().map(answer).collect())
    }
}

/// Whether the caller may see an activity: of the own queue, or of an own record.
fn may_see(call: &Call, row: &ActivityRow) -> bool {
    let scope = call.caller.scope();
    scope.has_queue(row.shown.activity.queue) || scope.has_owner(row.owner)
}

/// What the caller may see of an activity. One that is closed tells the record as it is now: that is hidden, as a deleted record is, from who did
/// the work once the record is somebody else's.
fn seen_by(call: &Call, mut row: ActivityRow) -> ActivityRow {
    if row.ending.is_some() && !call.caller.scope().has_owner(row.owner) {
        row.shown.record = None;
        row.shown.activity.record_display_name.clear();
    }
    row
}
