//! What responses show of activities after a read or a write. One query reads everything that a
//! response shows, never one query per row.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tonic::Status;

use crate::api::call::Call;
use crate::api::convert::{activity as convert, enrollment as convert_enrollment, timestamp};
use crate::api::pb::activity::View;
use crate::api::pb::batch_complete_activities_response::Completed;
use crate::api::work_queue::kept_texts::ShownTexts;
use crate::api::{Api, pb};
use crate::domain::enrollment::Enrollment;
use crate::domain::id::{ActivityId, EnrollmentId, QueueId};
use crate::domain::names;
use crate::engine::{ActivityClosed, ActivityReopened, Decided, WaitSkipped};
use crate::store::activities::rows::ActivityRow;
use crate::store::enrollments::rows::EnrollmentRow;
use crate::store::queues::rows::{QueueOwner, QueueRow};

/// The current state of everything that a verb affected.
#[derive(Clone, Debug, Default)]
pub struct Answered {
    moved: Option<Moved>,
    activity: Option<pb::Activity>,
    enrollment: Option<pb::Enrollment>,
    next_activity: Option<pb::Activity>,
    waiting_until: Option<prost_types::Timestamp>,
    queue_head: Option<pb::Activity>,
}

/// The effects of a verb, by key.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The activity that the verb acted on; none for a wait.
    pub activity: Option<ActivityId>,
    /// The enrollment that moved.
    pub enrollment: EnrollmentId,
    /// Its next activity, if it is due at once.
    pub next_activity: Option<ActivityId>,
    /// When its wait ends, if its next step is a wait.
    pub waiting_until: Option<DateTime<Utc>>,
    /// The queue whose head is the next thing to do.
    pub queue: QueueId,
    /// The rows behind these keys, if they needn't be read.
    pub decided: Option<Arc<Decided>>,
}

impl From<&ActivityClosed> for Moved {
    fn from(closed: &ActivityClosed) -> Self {
        let ActivityClosed { activity, enrollment, next_activity, waiting_until, queue, .. } = *closed;
        let (activity, decided) = (Some(activity), closed.decided.clone());
        Self { activity, enrollment, next_activity, waiting_until, queue, decided }
    }
}

impl From<&WaitSkipped> for Moved {
    fn from(skipped: &WaitSkipped) -> Self {
        let WaitSkipped { enrollment, activity: next_activity, waiting_until, queue } = *skipped;
        Self { activity: None, enrollment, next_activity, waiting_until, queue, decided: None }
    }
}

impl From<&ActivityReopened> for Moved {
    fn from(reopened: &ActivityReopened) -> Self {
        let ActivityReopened { activity, queue, enrollment } = *reopened;
        let (next_activity, waiting_until, decided) = (None, None, None);
        Self { activity: Some(activity), enrollment, next_activity, waiting_until, queue, decided }
    }
}

macro_rules! answers_as {
    ($($response:ident),+) => {
        $(impl From<Answered> for pb::$response {
            fn from(answered: Answered) -> Self {
                let Answered { activity, enrollment, next_activity, waiting_until, queue_head, .. } = answered;
                Self { activity, enrollment, next_activity, waiting_until, queue_head }
            }
        })+
    };
}

answers_as!(CompleteActivityResponse, SkipActivityResponse);

impl From<Answered> for pb::SkipWaitResponse {
    fn from(answered: Answered) -> Self {
        let Answered { enrollment, next_activity, waiting_until, queue_head, .. } = answered;
        Self { enrollment, next_activity, waiting_until, queue_head }
    }
}

impl From<Answered> for pb::ReopenActivityResponse {
    fn from(answered: Answered) -> Self {
        let Answered { activity, enrollment, queue_head, .. } = answered;
        Self { activity, enrollment, queue_head }
    }
}

impl From<&Answered> for Completed {
    /// The names are those of the affected resources; the other fields only show what the caller
    /// may still see.
    fn from(answered: &Answered) -> Self {
        let (moved, next) = (answered.moved.as_ref(), answered.next_activity.as_ref());
        // A manual activity shows no enrollment.
        let is_manual = answered.activity.as_ref().is_some_and(|activity| activity.enrollment.is_empty());
        let enrollment = moved.filter(|_| !is_manual);
        let enrollment = enrollment.map(|moved| names::ENROLLMENT.uuid_name(moved.enrollment.0));
        let activity = moved.and_then(|moved| moved.activity);

        let progress = pb::EnrollmentProgress {
            enrollment: enrollment.unwrap_or_default(),
            state: answered.enrollment.as_ref().map(|enrollment| enrollment.state).unwrap_or_default(),
            waiting_until: answered.waiting_until,
            next_activity: next.map(|next| next.name.clone()).unwrap_or_default(),
        };

        Self {
            name: activity.map(|id| names::ACTIVITY.uuid_name(id.0)).unwrap_or_default(),
            etag: answered.activity.as_ref().map(|activity| activity.etag.clone()).unwrap_or_default(),
            progress: Some(progress),
        }
    }
}

/// The head of each affected queue, by name, without duplicates.
pub fn queue_heads(answered: &[Answered]) -> Vec<pb::QueueHead> {
    named_heads(answered.iter().filter_map(|one| one.queue_head.as_ref()))
}

/// The names of queues and of their heads, without duplicates.
pub fn named_heads<'a>(heads: impl Iterator<Item = &'a pb::Activity>) -> Vec<pb::QueueHead> {
    // The map keeps one entry per queue, in a stable order.
    let heads: BTreeMap<&str, &str> = heads.map(|head| (head.queue.as_str(), head.name.as_str())).collect();
    let head = |(queue, activity): (&str, &str)| pb::QueueHead {
        queue: queue.to_owned(),
        activity: activity.to_owned(),
    };
    heads.into_iter().map(head).collect()
}

impl Api {
    /// Activities as they are now, by key, as far as the caller may see them. A repeated request
    /// doesn't show activities that have moved to somebody else.
    pub async fn activities(
        &self,
        call: &Call,
        ids: &[ActivityId],
        view: View,
    ) -> Result<HashMap<ActivityId, pb::Activity>, Status> {
        let keys: Vec<_> = ids.iter().map(|id| (call.organization(), *id)).collect();
        let rows = self.reads.activities.get(&keys).await?.into_iter().flatten();
        self.show_activities(call, rows, view).await
    }

    async fn show_activities(
        &self,
        call: &Call,
        rows: impl Iterator<Item = ActivityRow>,
        view: View,
    ) -> Result<HashMap<ActivityId, pb::Activity>, Status> {
        // Check the rows as read: they may have moved since the caller learned of them.
        let rows = rows.filter(|row| may_see(call, row));
        let rows: Vec<ActivityRow> = rows.map(|row| seen_by(call, row)).collect();

        let texts = self.texts(&rows.iter().map(|row| &row.shown).collect::<Vec<_>>()).await?;
        let shown =
            |row: &ActivityRow| (row.shown.activity.id, convert::activity(row, &texts.of(&row.shown), view));
        Ok(rows.iter().map(shown).collect())
    }

    /// An activity as it is now, if the caller may see it.
    pub async fn visible_activity(&self, call: &Call, id: ActivityId) -> Result<Option<ActivityRow>, Status> {
        let row = self.reads.activities.get(&[(call.organization(), id)]).await?.into_iter().flatten().next();
        Ok(row.filter(|row| may_see(call, row)))
    }

    /// The heads of queues as they are now.
    pub async fn heads(
        &self,
        call: &Call,
        queues: &[QueueId],
    ) -> Result<HashMap<QueueId, pb::Activity>, Status> {
        let scope = call.caller.scope();
        // A verb can touch a queue that the caller may not see.
        let queues = queues.iter().filter(|queue| scope.has_queue(**queue));
        let keys: Vec<_> = queues.map(|queue| (call.organization(), *queue)).collect();
        let heads: Vec<QueueRow> = self.reads.heads.get(&keys).await?.into_iter().flatten().collect();
        let texts = self.texts(&heads.iter().collect::<Vec<_>>()).await?;
        Ok(heads.iter().map(|row| (row.activity.queue, convert::open(row, &texts.of(row)))).collect())
    }

    /// The texts of activities, read once per revision and cached.
    pub async fn texts(&self, rows: &[&QueueRow]) -> Result<ShownTexts, Status> {
        Ok(self.live.texts.of(&self.engine, rows).await?)
    }

    /// Enrollments as they are now, in the BASIC view, by key, as far as the caller may see them.
    pub async fn enrollments(
        &self,
        call: &Call,
        ids: &[EnrollmentId],
    ) -> Result<HashMap<EnrollmentId, pb::Enrollment>, Status> {
        let keys: Vec<_> = ids.iter().map(|id| (call.organization(), *id)).collect();
        let rows = self.reads.enrollments.get(&keys).await?.into_iter().flatten();
        self.show_enrollments(call, rows).await
    }

    async fn show_enrollments(
        &self,
        call: &Call,
        rows: impl Iterator<Item = EnrollmentRow>,
    ) -> Result<HashMap<EnrollmentId, pb::Enrollment>, Status> {
        let rows: Vec<_> = rows.filter(|row| call.caller.scope().has_owner(row.owner)).collect();

        let key = |row: &EnrollmentRow| {
            let Enrollment { organization, sequence, revision, .. } = row.enrollment;
            (organization, sequence, revision)
        };
        let texts = self.live.texts.of_revisions(&self.engine, rows.iter().map(key)).await?;
        let shown = |row: &EnrollmentRow| {
            (row.enrollment.id, convert_enrollment::enrollment(row, &texts.of_revision(key(row))))
        };
        Ok(rows.iter().map(shown).collect())
    }

    /// The effects of verbs, in their order. Only what isn't known from the decisions is read.
    pub async fn progress(
        &self,
        call: &Call,
        moved: impl IntoIterator<Item = Moved>,
    ) -> Result<Vec<Answered>, Status> {
        let moved: Vec<Moved> = moved.into_iter().collect();
        let queues: Vec<_> = moved.iter().map(|one| one.queue).collect();
        let ((mut activities, mut enrollments), mut heads) =
            tokio::try_join!(self.shown_of(call, &moved), self.heads(call, &queues))?;

        let mut left = moved.len();
        let answered = |one: Moved| {
            left -= 1;
            let last = left == 0;
            Answered {
                activity: one.activity.and_then(|id| of(&mut activities, &id, last)),
                enrollment: of(&mut enrollments, &one.enrollment, last),
                next_activity: one.next_activity.and_then(|id| of(&mut activities, &id, last)),
                waiting_until: one.waiting_until.map(timestamp),
                queue_head: of(&mut heads, &one.queue, last),
                moved: Some(one),
            }
        };
        Ok(moved.into_iter().map(answered).collect())
    }

    /// The activities and enrollments that verbs moved.
    async fn shown_of(&self, call: &Call, moved: &[Moved]) -> Result<Shown, Status> {
        let decided = self.decided_rows(moved.iter().filter_map(|one| one.decided.as_deref())).await?;
        let known: HashSet<_> = decided.iter().map(|rows| rows.enrollment.enrollment.id).collect();
        let rest = || moved.iter().filter(|one| !known.contains(&one.enrollment));
        let ids: Vec<_> = rest().flat_map(|one| [one.activity, one.next_activity]).flatten().collect();
        let unread: Vec<_> = rest().map(|one| one.enrollment).collect();
        // Each of these reads is shared with other calls, so run them at the same time.
        let (mut activities, mut enrollments) =
            tokio::try_join!(self.activities(call, &ids, View::Basic), self.enrollments(call, &unread))?;

        let (rows, moved): (Vec<_>, Vec<_>) =
            decided.into_iter().map(|rows| (rows.activities, rows.enrollment)).unzip();
        activities.extend(self.show_activities(call, rows.into_iter().flatten(), View::Basic).await?);
        enrollments.extend(self.show_enrollments(call, moved.into_iter()).await?);
        Ok((activities, enrollments))
    }
}

/// The message of a key. The last one who asks takes it, so a single call copies none.
fn of<K: Eq + Hash, V: Clone>(shown: &mut HashMap<K, V>, key: &K, last: bool) -> Option<V> {
    match last {
        true => shown.remove(key),
        false => shown.get(key).cloned(),
    }
}

/// Activities and enrollments by key.
type Shown = (HashMap<ActivityId, pb::Activity>, HashMap<EnrollmentId, pb::Enrollment>);

/// Whether the caller may see an activity: it is in a queue or of a record of the caller's, or the
/// caller works in the queues of teams and it is in one.
fn may_see(call: &Call, row: &ActivityRow) -> bool {
    let scope = call.caller.scope();
    let pooled = matches!(row.shown.queue, QueueOwner::Team(_)) && call.caller.works_in_pools();
    pooled || scope.has_queue(row.shown.activity.queue) || scope.has_owner(row.owner)
}

/// What the caller may see of an activity. A closed activity shows its record as it is now. If the
/// record has moved to somebody else, the seller who did the work no longer sees it, as if it were
/// deleted.
pub(super) fn seen_by(call: &Call, mut row: ActivityRow) -> ActivityRow {
    if row.ending.is_some() && !call.caller.scope().has_owner(row.owner) {
        row.shown.record = None;
        row.shown.activity.record_display_name.clear();
    }
    row
}
