//! Batches of completions, skips and snoozes. Each item succeeds or fails by itself.

use tonic::{Request, Response, Status};

use crate::api::batch::{self, BatchItems};
use crate::api::call::Call;
use crate::api::pb::activity::View;
use crate::api::pb::batch_complete_activities_response::Completed;
use crate::api::pb::batch_skip_activities_response as skipped;
use crate::api::pb::batch_snooze_activities_response as snoozed;
use crate::api::work_queue::answers::{Answered, Moved, named_heads, queue_heads};
use crate::api::work_queue::service::{skip, snooze};
use crate::api::{Api, pb, validate};
use crate::domain::id::{ActivityId, QueueId};
use crate::domain::names;
use crate::domain::violation::Violations;
use crate::engine::{self, ActivityChanged, ActivityClosed, CloseActivity, Error};

impl Api {
    pub(super) async fn skip_all(
        &self,
        request: Request<pb::BatchSkipActivitiesRequest>,
    ) -> Result<Response<pb::BatchSkipActivitiesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::check_batch(&message, "requests")?;
        let items = batch::checked(message.requests, wrong);
        let items = items.map(|(item, wrong)| skip(&call, item, wrong));
        let (results, progress) = self.close_all(&call, items).await?;

        let queue_heads = queue_heads(&progress);
        let mut answers = progress.iter();
        let done = |_| {
            let Completed { name, etag, progress } = answers.next().map(Into::into).unwrap_or_default();
            skipped::result::Result::Skipped(skipped::Skipped { name, etag, progress })
        };
        let failed = skipped::result::Result::Error;
        let results = batch::results(results, done, failed, |result| skipped::Result { result });
        Ok(Response::new(pb::BatchSkipActivitiesResponse { results, queue_heads }))
    }

    pub(super) async fn snooze_all(
        &self,
        request: Request<pb::BatchSnoozeActivitiesRequest>,
    ) -> Result<Response<pb::BatchSnoozeActivitiesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::check_batch(&message, "requests")?;
        let items = batch::checked(message.requests, wrong);
        let items = items.map(|(item, wrong)| snooze(&call, item, wrong));
        let (places, commands) = BatchItems::split(items);
        let results = places.join(self.engine.snooze_activities(commands).await);

        let done: Vec<ActivityChanged> = results.iter().flatten().copied().collect();
        let ids: Vec<ActivityId> = done.iter().map(|one| one.activity).collect();
        let queues: Vec<QueueId> = done.iter().map(|one| one.queue).collect();
        let (shown, heads) =
            tokio::try_join!(self.activities(&call, &ids, View::Basic), self.heads(&call, &queues))?;

        let told = |one: ActivityChanged| {
            let activity = shown.get(&one.activity).cloned().unwrap_or_default();
            let name = names::ACTIVITY.uuid_name(one.activity.0);
            let (etag, snooze_until) = (activity.etag, activity.snooze_until);
            snoozed::result::Result::Snoozed(snoozed::Snoozed { name, etag, snooze_until })
        };
        let failed = snoozed::result::Result::Error;
        let results = batch::results(results, told, failed, |result| snoozed::Result { result });
        let queue_heads = named_heads(heads.values());
        Ok(Response::new(pb::BatchSnoozeActivitiesResponse { results, queue_heads }))
    }

    /// Closes many activities. Returns the result of each item, and what each success led to.
    pub(super) async fn close_all(
        &self,
        call: &Call,
        items: impl Iterator<Item = Result<(engine::Request, CloseActivity), Violations>>,
    ) -> Result<(Vec<Result<ActivityClosed, Error>>, Vec<Answered>), Status> {
        let (places, commands) = BatchItems::split(items);
        let results = places.join(self.engine.close_activities(commands).await);
        let progress = self.progress(call, results.iter().flatten().map(Moved::from)).await?;
        Ok((results, progress))
    }
}
