//! WorkQueueService: lists each seller's queue of due activities and acts on them. [`super::watch`]
//! streams it.

use std::mem::take;

use chrono::TimeDelta;
use tonic::{Request, Response, Status};

use crate::api::batch;
use crate::api::call::Call;
use crate::api::convert::{instant, up_next};
use crate::api::emails::making::put_draft;
use crate::api::pb::activity::View;
use crate::api::pb::batch_complete_activities_response::Result as ItemResult;
use crate::api::pb::batch_complete_activities_response::result::Result as ItemAnswer;
use crate::api::pb::work_queue_service_server::WorkQueueService;
use crate::api::revision_texts::Texts;
use crate::api::work_queue::answers::{Moved, queue_heads};
use crate::api::work_queue::leases;
use crate::api::work_queue::watch::Messages;
use crate::api::{Api, etag, pb, validate};
use crate::domain::id::{ActivityId, QueueId};
use crate::domain::names::{self, QueueName, SellerName};
use crate::domain::violation::{Violation, Violations};
use crate::engine::{self, CloseActivity, CloseHow, Error, Kind, ReopenActivity, SnoozeActivity};
use crate::store::activities;
use crate::store::{enrollments, records, tenants};

/// How many closed activities `GetUpNext` shows.
const COMPLETED: i64 = 100;

#[tonic::async_trait]
impl WorkQueueService for Api {
    type WatchWorkQueueStream = Messages<pb::WatchWorkQueueResponse>;
    type WatchNextActivityStream = Messages<pb::WatchNextActivityResponse>;

    async fn list_activities(
        &self,
        request: Request<pb::ListActivitiesRequest>,
    ) -> Result<Response<pb::ListActivitiesResponse>, Status> {
        self.list(request).await
    }

    async fn summarize_work_queues(
        &self,
        request: Request<pb::SummarizeWorkQueuesRequest>,
    ) -> Result<Response<pb::SummarizeWorkQueuesResponse>, Status> {
        self.summarize(request).await
    }

    async fn get_activity(
        &self,
        request: Request<pb::GetActivityRequest>,
    ) -> Result<Response<pb::GetActivityResponse>, Status> {
        let (call, message) = self.enter(request)?;
        validate::check(&message)?;
        let id = names::ACTIVITY.parse_uuid("name", &message.name)?;
        let (id, view) = (ActivityId(id), message.view());
        let found = self.activities(&call, &[id], view).await?.remove(&id);
        let mut activity = found.ok_or(Error::Missing { kind: Kind::Activity, name: message.name })?;
        if view == View::Full
            && let Some(row) = self.visible_activity(&call, id).await?
        {
            let open = row.ending.is_none().then_some(&row.shown);
            let mut drafts = self.drafts(&call, &Vec::from_iter(open)).await?;
            put_draft(&mut activity, drafts.remove(&id));
        }

        Ok(Response::new(pb::GetActivityResponse { activity: Some(activity) }))
    }

    async fn get_up_next(
        &self,
        request: Request<pb::GetUpNextRequest>,
    ) -> Result<Response<pb::GetUpNextResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let organization = call.organization();
        let [type_id, id] = names::RECORD.parse("record", &message.record)?;
        let missing = || Error::Missing { kind: Kind::Record, name: message.record.clone() };

        // Read everything in one snapshot, so that an activity closed in the meantime appears
        // exactly once.
        let mut held = self.read(organization).await?;
        let mut conn = held.snapshot().await?;
        let of = records::types::find(&mut conn, organization, type_id).await?.ok_or_else(missing)?;
        let found = records::find(&mut conn, organization, of.id, id, call.caller.scope()).await?;
        let record = found.ok_or_else(missing)?.record.id;
        let enrollments = enrollments::rows::open_of_record(&mut conn, organization, record).await?;
        let open = activities::rows::open_of_record(&mut conn, organization, record).await?;
        let closed = activities::rows::closed_of_record(&mut conn, organization, record, COMPLETED).await?;

        let running = enrollments.iter().map(|row| (row.enrollment.sequence, row.enrollment.revision));
        let done = closed.iter().map(|row| (row.shown.activity.sequence, row.shown.activity.revision));
        // Those of manual activities are of no enrollment that is shown.
        let open_ones = open.iter().map(|row| (row.activity.sequence, row.activity.revision));
        let revisions = running.chain(done).chain(open_ones).collect();
        drop(conn);

        // Revisions never change, so they can be read outside the snapshot.
        let texts = Texts::load(&self.engine, &mut held, organization, revisions).await?;

        Ok(Response::new(up_next::answer([
            up_next::current(&enrollments, &open, &texts),
            up_next::upcoming(&enrollments, &open, &texts),
            up_next::completed(&closed, &texts),
        ])))
    }

    async fn watch_work_queue(
        &self,
        request: Request<pb::WatchWorkQueueRequest>,
    ) -> Result<Response<Self::WatchWorkQueueStream>, Status> {
        self.watch_window(request).await
    }

    async fn watch_next_activity(
        &self,
        request: Request<pb::WatchNextActivityRequest>,
    ) -> Result<Response<Self::WatchNextActivityStream>, Status> {
        self.watch_head(request).await
    }

    async fn complete_activity(
        &self,
        request: Request<pb::CompleteActivityRequest>,
    ) -> Result<Response<pb::CompleteActivityResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::violations(&message);
        let (request, command) = completion(&call, message, wrong)?;
        let decided = self.engine.close_activity(request, command).await?;
        let answer = self.progress(&call, [Moved::from(&decided)]).await?.pop().unwrap_or_default();
        Ok(Response::new(answer.into()))
    }

    async fn batch_complete_activities(
        &self,
        request: Request<pb::BatchCompleteActivitiesRequest>,
    ) -> Result<Response<pb::BatchCompleteActivitiesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::check_batch(&message, "requests")?;
        let items = batch::checked(message.requests, wrong);
        let items = items.map(|(item, wrong)| completion(&call, item, wrong));
        let (results, progress) = self.close_all(&call, items).await?;

        let queue_heads = queue_heads(&progress);
        let mut completed = progress.iter();
        let done = |_| ItemAnswer::Completed(completed.next().map(Into::into).unwrap_or_default());
        let results = batch::results(results, done, ItemAnswer::Error, |result| ItemResult { result });
        Ok(Response::new(pb::BatchCompleteActivitiesResponse { results, queue_heads }))
    }

    async fn skip_activity(
        &self,
        request: Request<pb::SkipActivityRequest>,
    ) -> Result<Response<pb::SkipActivityResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::violations(&message);
        let (request, command) = skip(&call, message, wrong)?;
        let decided = self.engine.close_activity(request, command).await?;
        let answer = self.progress(&call, [Moved::from(&decided)]).await?.pop().unwrap_or_default();
        Ok(Response::new(answer.into()))
    }

    async fn snooze_activity(
        &self,
        request: Request<pb::SnoozeActivityRequest>,
    ) -> Result<Response<pb::SnoozeActivityResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::violations(&message);
        let (request, command) = snooze(&call, message, wrong)?;
        let decided = self.engine.snooze_activity(request, command).await?;
        let (activity, queue_head) = self.activity_and_head(&call, decided.activity, decided.queue).await?;
        Ok(Response::new(pb::SnoozeActivityResponse { activity, queue_head }))
    }

    async fn reopen_activity(
        &self,
        request: Request<pb::ReopenActivityRequest>,
    ) -> Result<Response<pb::ReopenActivityResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let activity = found.keep_once(activity_id(&message.name));
        let activity = found.settle(activity)?;

        let expected_version = etag::expected(&message.etag);
        let command = ReopenActivity { activity, expected_version, reason: message.reason };
        let decided = self.engine.reopen_activity(&call.request(repetition), command).await?;
        let answer = self.progress(&call, [Moved::from(&decided)]).await?.pop().unwrap_or_default();
        Ok(Response::new(answer.into()))
    }

    async fn batch_skip_activities(
        &self,
        request: Request<pb::BatchSkipActivitiesRequest>,
    ) -> Result<Response<pb::BatchSkipActivitiesResponse>, Status> {
        self.skip_all(request).await
    }

    async fn batch_snooze_activities(
        &self,
        request: Request<pb::BatchSnoozeActivitiesRequest>,
    ) -> Result<Response<pb::BatchSnoozeActivitiesResponse>, Status> {
        self.snooze_all(request).await
    }

    async fn create_activity(
        &self,
        request: Request<pb::CreateActivityRequest>,
    ) -> Result<Response<pb::CreateActivityResponse>, Status> {
        self.create(request).await
    }

    async fn batch_create_activities(
        &self,
        request: Request<pb::BatchCreateActivitiesRequest>,
    ) -> Result<Response<pb::BatchCreateActivitiesResponse>, Status> {
        self.create_all(request).await
    }

    async fn cancel_activity(
        &self,
        request: Request<pb::CancelActivityRequest>,
    ) -> Result<Response<pb::CancelActivityResponse>, Status> {
        self.cancel(request).await
    }

    async fn create_view(
        &self,
        request: Request<pb::CreateViewRequest>,
    ) -> Result<Response<pb::CreateViewResponse>, Status> {
        self.create_saved_view(request).await
    }

    async fn get_view(
        &self,
        request: Request<pb::GetViewRequest>,
    ) -> Result<Response<pb::GetViewResponse>, Status> {
        self.get_saved_view(request).await
    }

    async fn list_views(
        &self,
        request: Request<pb::ListViewsRequest>,
    ) -> Result<Response<pb::ListViewsResponse>, Status> {
        self.list_saved_views(request).await
    }

    async fn update_view(
        &self,
        request: Request<pb::UpdateViewRequest>,
    ) -> Result<Response<pb::UpdateViewResponse>, Status> {
        self.update_saved_view(request).await
    }

    async fn delete_view(
        &self,
        request: Request<pb::DeleteViewRequest>,
    ) -> Result<Response<pb::DeleteViewResponse>, Status> {
        self.delete_saved_view(request).await
    }

    async fn update_activity(
        &self,
        request: Request<pb::UpdateActivityRequest>,
    ) -> Result<Response<pb::UpdateActivityResponse>, Status> {
        self.update(request).await
    }

    async fn unsnooze_activity(
        &self,
        request: Request<pb::UnsnoozeActivityRequest>,
    ) -> Result<Response<pb::UnsnoozeActivityResponse>, Status> {
        self.unsnooze(request).await
    }

    async fn reassign_activity(
        &self,
        request: Request<pb::ReassignActivityRequest>,
    ) -> Result<Response<pb::ReassignActivityResponse>, Status> {
        self.reassign(request).await
    }

    async fn batch_reassign_activities(
        &self,
        request: Request<pb::BatchReassignActivitiesRequest>,
    ) -> Result<Response<pb::BatchReassignActivitiesResponse>, Status> {
        self.reassign_all(request).await
    }

    async fn acquire_activities(
        &self,
        request: Request<pb::AcquireActivitiesRequest>,
    ) -> Result<Response<pb::AcquireActivitiesResponse>, Status> {
        self.acquire(request).await
    }

    async fn extend_lease(
        &self,
        request: Request<pb::ExtendLeaseRequest>,
    ) -> Result<Response<pb::ExtendLeaseResponse>, Status> {
        self.extend(request).await
    }

    async fn release_activity(
        &self,
        request: Request<pb::ReleaseActivityRequest>,
    ) -> Result<Response<pb::ReleaseActivityResponse>, Status> {
        self.release(request).await
    }
}

impl Api {
    /// Finds the queue that `field` names: a seller's, the caller's own, or a team's.
    ///
    /// # Errors
    /// The name is malformed, or there is no such queue. Queues that the caller may not see get the
    /// same answer.
    pub async fn queue(&self, call: &Call, field: &str, text: &str) -> Result<QueueId, Status> {
        self.queue_if(call, field, text, false).await
    }

    /// Like [`Api::queue`], but the caller may also name every team, if `pools`.
    pub(super) async fn queue_if(
        &self,
        call: &Call,
        field: &str,
        text: &str,
        pools: bool,
    ) -> Result<QueueId, Status> {
        let name = names::queue(field, text)?;
        let mut conn = self.read(call.organization()).await?;
        let organization = call.organization();
        let found = match name {
            QueueName::Seller(SellerName::Me) => call.caller.seller.map(QueueId::from),
            QueueName::Seller(SellerName::Id(id)) => {
                tenants::sellers::find(&mut conn, organization, id).await?.map(|seller| seller.id.into())
            }
            QueueName::Team(id) => tenants::teams::queue(&mut conn, organization, id).await?,
        };
        // Hidden queues get the same answer as missing ones.
        let pooled = pools && matches!(name, QueueName::Team(_));
        let visible = found.filter(|queue| pooled || call.caller.scope().has_queue(*queue));

        Ok(visible.ok_or_else(|| Error::Missing { kind: Kind::Queue, name: text.to_owned() })?)
    }
}

/// How far the clock of a client may be ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(1);

/// Reads one completion; `found` holds what was wrong with the message so far.
fn completion(
    call: &Call,
    mut message: pb::CompleteActivityRequest,
    mut found: Violations,
) -> Result<(engine::Request, CloseActivity), Violations> {
    // The fingerprint must cover everything but the id itself.
    let request_id = take(&mut message.request_id);
    let repetition = call.repetition(&request_id, &message);
    let activity = found.keep_once(activity_id(&message.name));
    let at = message.complete_time.as_ref().map(|at| instant("complete_time", at));
    let at = found.keep("", at.transpose());
    let (activity, at) = found.settle((activity, at))?;
    // The client's clock may be slightly ahead.
    let at = at.map(|at| if at - call.now <= AHEAD { at.min(call.now) } else { at });

    let command = CloseActivity {
        activity,
        expected_version: etag::expected(&message.etag),
        how: CloseHow::Complete { at },
        outcome: message.outcome,
        note: message.note,
        disposition: message.disposition,
        lease: leases::shown(&message.lease_id),
    };
    Ok((call.request(repetition), command))
}

/// Reads one skip; `found` holds what was wrong with the message so far.
pub(super) fn skip(
    call: &Call,
    mut message: pb::SkipActivityRequest,
    mut found: Violations,
) -> Result<(engine::Request, CloseActivity), Violations> {
    let request_id = take(&mut message.request_id);
    let repetition = call.repetition(&request_id, &message);
    let activity = found.keep_once(activity_id(&message.name));
    let activity = found.settle(activity)?;

    let command = CloseActivity {
        activity,
        expected_version: etag::expected(&message.etag),
        how: CloseHow::Skip,
        outcome: message.reason,
        note: message.note,
        disposition: String::new(),
        lease: leases::shown(&message.lease_id),
    };
    Ok((call.request(repetition), command))
}

/// Reads one snooze; `found` holds what was wrong with the message so far.
pub(super) fn snooze(
    call: &Call,
    mut message: pb::SnoozeActivityRequest,
    mut found: Violations,
) -> Result<(engine::Request, SnoozeActivity), Violations> {
    let request_id = take(&mut message.request_id);
    let repetition = call.repetition(&request_id, &message);
    let activity = found.keep_once(activity_id(&message.name));
    // The rules in the proto report a missing instant.
    let until = message.until.as_ref().and_then(|until| found.keep("", instant("until", until)));
    let (activity, until) = found.settle((activity, until))?;

    let lease = leases::shown(&message.lease_id);
    let expected_version = etag::expected(&message.etag);
    let command = SnoozeActivity { activity, expected_version, until, lease };
    Ok((call.request(repetition), command))
}

/// Reads an activity's name.
pub(in crate::api) fn activity_id(name: &str) -> Result<ActivityId, Violation> {
    names::ACTIVITY.parse_uuid("name", name).map(ActivityId)
}
