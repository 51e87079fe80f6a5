//! What is answered of activities after a read or a write: read for all that one answer shows, never one by one.

use std::collections::HashMap;

use tonic::Status;

use super::call::{Api, Call};
use super::convert::{activity as convert, timestamp};
use super::pb;
use super::texts::Texts;
use crate::domain::id::{ActivityId, QueueId};
use crate::engine::ActivityClosed;
use crate::store::activity_rows::ActivityRow;
use crate::store::queue_rows::QueueRow;
use crate::store::{Connection, activity_rows};

/// What completing and skipping answer.
#[derive(Clone, Debug, Default)]
pub struct Closed {
    activity: Option<pb::Activity>,
    next_activity: Option<pb::Activity>,
    waiting_until: Option<prost_types::Timestamp>,
    enrollment_completed: bool,
    queue_head: Option<pb::Activity>,
}

impl From<Closed> for pb::CompleteActivityResponse {
    fn from(closed: Closed) -> Self {
        Self {
            activity: closed.activity,
            next_activity: closed.next_activity,
            waiting_until: closed.waiting_until,
            enrollment_completed: closed.enrollment_completed,
            queue_head: closed.queue_head,
        }
    }
}

impl From<Closed> for pb::SkipActivityResponse {
    fn from(closed: Closed) -> Self {
        Self {
            activity: closed.activity,
            next_activity: closed.next_activity,
            waiting_until: closed.waiting_until,
            enrollment_completed: closed.enrollment_completed,
            queue_head: closed.queue_head,
        }
    }
}

impl Api {
    /// Activities as they now stand, by key: those that the caller may see. A repeated request shows nothing that has gone to somebody else.
    pub async fn activities(
        &self,
        call: &Call,
        ids: &[ActivityId],
    ) -> Result<HashMap<ActivityId, pb::Activity>, Status> {
        let mut conn = self.read().await?;
        let mut rows = activity_rows::get(&mut conn, call.organization(), ids).await?;
        rows.retain(|row| may_see(call, row));
        let texts = self.texts(call, &mut conn, rows.iter().map(|row| &row.shown).collect()).await?;
        Ok(rows.iter().map(|row| (row.shown.activity.id, convert::activity(row, &texts))).collect())
    }

    /// The heads of queues as they now stand.
    pub async fn heads(
        &self,
        call: &Call,
        queues: &[QueueId],
    ) -> Result<HashMap<QueueId, pb::Activity>, Status> {
        let mut conn = self.read().await?;
        let scope = call.caller.scope();
        let queues: Vec<QueueId> = queues.iter().copied().filter(|queue| scope.has_queue(*queue)).collect();
        let heads = activity_rows::heads(&mut conn, call.organization(), &queues).await?;
        let texts = self.texts(call, &mut conn, heads.values().collect()).await?;
        Ok(heads.iter().map(|(queue, row)| (*queue, convert::open(row, &texts))).collect())
    }

    /// The texts of activities.
    pub async fn texts(
        &self,
        call: &Call,
        conn: &mut Connection,
        rows: Vec<&QueueRow>,
    ) -> Result<Texts, Status> {
        let revisions = rows.iter().map(|row| (row.activity.sequence, row.activity.revision)).collect();
        Ok(Texts::load(&self.engine, conn, call.organization(), revisions).await?)
    }

    /// What became of closed activities, in their order.
    pub async fn closed(&self, call: &Call, decided: &[ActivityClosed]) -> Result<Vec<Closed>, Status> {
        let ids = decided.iter().flat_map(|one| [Some(one.activity), one.next_activity]).flatten();
        let activities = self.activities(call, &ids.collect::<Vec<_>>()).await?;
        let queues: Vec<QueueId> = decided.iter().map(|one| one.queue).collect();
        let heads = self.heads(call, &queues).await?;
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
pub fn may_see(call: &Call, row: &ActivityRow) -> bool {
    let scope = call.caller.scope();
    scope.has_queue(row.shown.activity.queue) || scope.has_owner(row.owner)
}
