//! WorkQueueService: each seller's queue of due activities, listed and acted on; [`super::watch`]
//! streams it.

use std::mem::take;

use chrono::{DateTime, TimeDelta, Utc};
use tonic::{Request, Response, Status};
use uuid::Uuid;

use super::activity_answers::{Moved, queue_heads};
use super::batch::Batch;
use super::call::{self, Api, Call};
use super::convert::{activity as convert, instant, up_next};
use super::pb::activity::{State, View};
use super::pb::batch_complete_activities_response as batch;
use super::pb::work_queue_service_server::WorkQueueService;
use super::status::Answer;
use super::texts::Texts;
use super::watch::Messages;
use super::{etag, names, pb, validate};
use crate::domain::id::ActivityId;
use crate::domain::refusal::Reason;
use crate::domain::violation::Violations;
use crate::engine::{self, CloseActivity, CloseHow, Error, Kind, SnoozeActivity};
use crate::store::activity_rows::{self, Listed};
use crate::store::queue_rows::QueueRow;
use crate::store::{enrollment_rows, record_types, records};

/// How many done activities `GetUpNext` shows.
const COMPLETED: i64 = 100;

#[tonic::async_trait]
impl WorkQueueService for Api {
    type WatchWorkQueueStream = Messages<pb::WatchWorkQueueResponse>;
    type WatchNextActivityStream = Messages<pb::WatchNextActivityResponse>;

    async fn list_activities(
        &self,
        request: Request<pb::ListActivitiesRequest>,
    ) -> Result<Response<pb::ListActivitiesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let organization = call.organization();
        let states = states(&message);
        let mut found = Violations::new();
        found.keep("", validate::check(&message));
        let parts = [("queue", &*message.queue), ("filter", &*message.filter), ("states", &*states.text)];
        let page = call.page::<(DateTime<Utc>, Uuid)>(message.page_size, &message.page_token, &parts);
        let page = page.map_err(|wrong| wrong.into_iter().for_each(|wrong| found.push_once(wrong))).ok();
        let filter = found.keep("", call::filter(&message.filter, &convert::subject())).flatten();
        if !message.queue.is_empty() {
            found.keep("", names::queue("queue", &message.queue).map_err(Violations::from));
        }
        found.extend(states.refused);
        let page = found.settle(page)?;

        let queue = match message.queue.as_str() {
            "" => None,
            name => Some(self.queue(&call, "queue", name).await?),
        };
        let listed = Listed {
            queue,
            scope: call.caller.scope(),
            due: states.due,
            snoozed: states.snoozed,
            filter: filter.as_ref(),
            after: page.after.map(|(rank, id)| (rank, ActivityId(id))),
            limit: page.limit(),
        };
        let mut conn = self.read().await?;
        let rows = activity_rows::page(&mut conn, organization, &listed).await?;
        let counts = match queue {
            None => None,
            Some(queue) => activity_rows::counts(&mut conn, organization, queue).await?,
        };
        drop(conn);

        let texts = self.texts(&rows.iter().collect::<Vec<_>>()).await?;
        let counts = counts.map(|counts| convert::counts(counts.due, counts.snoozed));
        let show = |row: &QueueRow| convert::open(row, &texts.of(row));
        let key = |last: &QueueRow| (last.activity.rank, last.activity.id.0);
        let (activities, next_page_token) = page.fill(&rows, show, key);
        Ok(Response::new(pb::ListActivitiesResponse { activities, next_page_token, counts }))
    }

    async fn get_activity(
        &self,
        request: Request<pb::GetActivityRequest>,
    ) -> Result<Response<pb::GetActivityResponse>, Status> {
        let (call, message) = self.enter(request)?;
        validate::check(&message)?;
        let id = names::ACTIVITY.parse_uuid("name", &message.name).map_err(Violations::from)?;
        let (id, view) = (ActivityId(id), message.view());
        let found = self.activities(&call, &[id], view).await?.remove(&id);
        let activity = found.ok_or(Error::Missing { kind: Kind::Activity, name: message.name })?;
        Ok(Response::new(pb::GetActivityResponse { activity: Some(activity) }))
    }

    async fn get_up_next(
        &self,
        request: Request<pb::GetUpNextRequest>,
    ) -> Result<Response<pb::GetUpNextResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let organization = call.organization();
        let [type_id, id] = names::RECORD.parse("record", &message.record).map_err(Violations::from)?;
        let missing = || Error::Missing { kind: Kind::Record, name: message.record.clone() };
        // One state of things: what is closed meanwhile is neither shown twice nor not at all.
        let mut conn = self.engine.store().begin_snapshot().await?;
        let of = record_types::find(&mut conn, organization, type_id).await?.ok_or_else(missing)?;
        let found = records::find(&mut conn, organization, of.id, id, call.caller.scope()).await?;
        let record = found.ok_or_else(missing)?.record.id;
        let enrollments = enrollment_rows::open_of_record(&mut conn, organization, record).await?;
        let open = activity_rows::open_of_record(&mut conn, organization, record).await?;
        let closed = activity_rows::closed_of_record(&mut conn, organization, record, COMPLETED).await?;
        let running = enrollments.iter().map(|row| (row.enrollment.sequence, row.enrollment.revision));
        let done = closed.iter().map(|row| (row.shown.activity.sequence, row.shown.activity.revision));
        let revisions = running.chain(done).collect();
        drop(conn);
        // These never change.
        let texts = Texts::load(&self.engine, &mut self.read().await?, organization, revisions).await?;
        Ok(Response::new(up_next::answer([
            up_next::current(&enrollments, &open, &texts),
            up_next::upcoming(&enrollments, &texts),
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
        let wrong = validate::check(&message).err().unwrap_or_default();
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
        let mut wrong = validate::check_batch(&message, "requests")?;
        let items = message.requests.into_iter().enumerate();
        let items =
            items.map(|(index, item)| completion(&call, item, wrong.remove(&index).unwrap_or_default()));
        let (places, commands) = Batch::split(items);
        let results = places.join(self.engine.close_activities(commands).await);

        let progress = self.progress(&call, results.iter().flatten().map(Moved::from)).await?;
        let queue_heads = queue_heads(&progress);
        let mut completed = progress.iter();
        let result = |result: Result<_, Error>| match result {
            Ok(_) => batch::result::Result::Completed(completed.next().map(Into::into).unwrap_or_default()),
            Err(error) => batch::result::Result::Error(Answer::from(error).into_item()),
        };
        let results = results.into_iter().map(result);
        let results = results.map(|result| batch::Result { result: Some(result) }).collect();
        Ok(Response::new(pb::BatchCompleteActivitiesResponse { results, queue_heads }))
    }

    async fn skip_activity(
        &self,
        request: Request<pb::SkipActivityRequest>,
    ) -> Result<Response<pb::SkipActivityResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let activity = activity_id(&message.name, &mut found);
        found.into_result(())?;
        let command = CloseActivity {
            activity,
            expected_version: etag::expected(&message.etag),
            how: CloseHow::Skip,
            outcome: message.reason,
            note: message.note,
        };
        let decided = self.engine.close_activity(call.request(repetition), command).await?;
        let answer = self.progress(&call, [Moved::from(&decided)]).await?.pop().unwrap_or_default();
        Ok(Response::new(answer.into()))
    }

    async fn snooze_activity(
        &self,
        request: Request<pb::SnoozeActivityRequest>,
    ) -> Result<Response<pb::SnoozeActivityResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let activity = activity_id(&message.name, &mut found);
        let until = message.until.as_ref().and_then(|until| found.keep("", instant("until", until)));
        found.into_result(())?;
        let expected_version = etag::expected(&message.etag);
        let command = SnoozeActivity { activity, expected_version, until: until.unwrap_or(call.now) };
        let decided = self.engine.snooze_activity(call.request(repetition), command).await?;
        let activity = self.activities(&call, &[decided.activity], View::Basic).await?;
        let activity = activity.get(&decided.activity).cloned();
        let queue_head = self.heads(&call, &[decided.queue]).await?.remove(&decided.queue);
        Ok(Response::new(pb::SnoozeActivityResponse { activity, queue_head }))
    }
}

/// Which states a list is asked for.
struct States {
    due: bool,
    snoozed: bool,
    /// Says the same for each way to ask for it.
    text: String,
    refused: Violations,
}

/// Reads the states of a list; none means what is due.
fn states(message: &pb::ListActivitiesRequest) -> States {
    let asked: Vec<State> = message.states().collect();
    let (due, snoozed) = (asked.is_empty() || asked.contains(&State::Due), asked.contains(&State::Snoozed));
    let mut refused = Violations::new();
    for (index, state) in asked.iter().enumerate() {
        if !matches!(state, State::Unspecified | State::Due | State::Snoozed) {
            let description = format!("must be DUE or SNOOZED, is {}", state.as_str_name());
            refused.push(format!("states[{index}]"), Reason::FieldInvalid, description);
        }
    }
    States { due, snoozed, text: format!("{due} {snoozed}"), refused }
}

/// How far the clock of a client may be ahead.
const AHEAD: TimeDelta = TimeDelta::minutes(1);

/// Reads what completes an activity; `found` is what was found wrong with the message so far.
fn completion(
    call: &Call,
    mut message: pb::CompleteActivityRequest,
    mut found: Violations,
) -> Result<(engine::Request, CloseActivity), Violations> {
    let request_id = take(&mut message.request_id);
    let repetition = call.repetition(&request_id, &message);
    let activity = activity_id(&message.name, &mut found);
    let at = message.complete_time.as_ref();
    let at = at.and_then(|at| found.keep("", instant("complete_time", at)));
    // A client's clock may be a little ahead.
    let at = at.map(|at| if at - call.now <= AHEAD { at.min(call.now) } else { at });
    found.into_result(())?;
    let command = CloseActivity {
        activity,
        expected_version: etag::expected(&message.etag),
        how: CloseHow::Complete { at },
        outcome: message.outcome,
        note: message.note,
    };
    Ok((call.request(repetition), command))
}

/// Reads an activity's name. A missing one was found by the rules in the proto.
fn activity_id(name: &str, found: &mut Violations) -> ActivityId {
    let id = names::ACTIVITY.parse_uuid("name", name);
    ActivityId(found.keep_once(id).unwrap_or_default())
}
