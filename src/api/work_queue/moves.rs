//! What sellers note on activities, snoozes that end early, and activities that go to other queues.

use std::collections::HashMap;
use std::mem::take;

use chrono::{DateTime, Utc};
use prost_types::Timestamp;
use tonic::{Request, Response, Status};

use crate::api::batch::{self, BatchItems};
use crate::api::call::Call;
use crate::api::convert::instant;
use crate::api::pb::activity::View;
use crate::api::pb::batch_reassign_activities_response as reassigned;
use crate::api::work_queue::manual::{self, CONTENTS};
use crate::api::work_queue::service::activity_id;
use crate::api::{Api, etag, pb, update_mask, validate};
use crate::domain::handling::Notes;
use crate::domain::id::{ActivityId, QueueId};
use crate::domain::manual_activity::ManualPatch;
use crate::domain::names::{self, QueueName, SellerName};
use crate::domain::reason::Reason;
use crate::domain::team::AUTOMATION;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::{self, ActivityReassigned, ReassignActivity, UnsnoozeActivity, UpdateActivity};
use crate::store::tenants;

/// The fields that an update can set: the last ones only of manual activities.
const UPDATABLE: &[&str] = &[
    "note",
    "read",
    "followed",
    "display_name",
    "description",
    "due_time",
    CONTENTS[0],
    CONTENTS[1],
    CONTENTS[2],
    CONTENTS[3],
    CONTENTS[4],
];

impl Api {
    pub(super) async fn update(
        &self,
        request: Request<pb::UpdateActivityRequest>,
    ) -> Result<Response<pb::UpdateActivityResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sent = message.activity.unwrap_or_default();
        let fields = update_mask::fields(&sent, message.update_mask.as_ref(), UPDATABLE);
        let fields = found.keep("", fields);
        let id = found.keep_once(names::ACTIVITY.parse_uuid("activity.name", &sent.name));
        let has = |field: &str| fields.as_ref().is_some_and(|fields| fields.has(field));
        let kind = manual::content_if(CONTENTS.into_iter().any(has), sent.content);
        let kind = found.keep("activity", kind);
        let due_time = found.keep("activity", due_time(has("due_time"), sent.due_time.as_ref()));
        let ((fields, id), kind, due_time) = found.settle((fields.zip(id), kind, due_time))?;

        // What the mask leaves out stays as it is.
        let notes = Notes {
            note: fields.has("note").then_some(sent.note),
            read: fields.has("read").then_some(sent.read),
            followed: fields.has("followed").then_some(sent.followed),
        };
        let expected_version = etag::expected(&sent.etag);
        let content = ManualPatch {
            display_name: fields.has("display_name").then_some(sent.display_name),
            description: fields.has("description").then_some(sent.description),
            kind,
            due_time,
        };
        let command = UpdateActivity { activity: ActivityId(id), expected_version, notes, content };
        let updated = self.engine.update_activity(&call.request(repetition), command).await;
        let id = updated.map_err(|error| error.under("activity"))?.activity;
        let activity = self.activities(&call, &[id], View::Basic).await?.remove(&id);
        Ok(Response::new(pb::UpdateActivityResponse { activity }))
    }

    pub(super) async fn unsnooze(
        &self,
        request: Request<pb::UnsnoozeActivityRequest>,
    ) -> Result<Response<pb::UnsnoozeActivityResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let activity = found.keep_once(activity_id(&message.name));
        let activity = found.settle(activity)?;

        let command = UnsnoozeActivity { activity, expected_version: etag::expected(&message.etag) };
        let decided = self.engine.unsnooze_activity(call.request(repetition), command).await?;
        let (activity, queue_head) = self.activity_and_head(&call, decided.activity, decided.queue).await?;
        Ok(Response::new(pb::UnsnoozeActivityResponse { activity, queue_head }))
    }

    /// An activity and the head of a queue as they are now.
    pub(super) async fn activity_and_head(
        &self,
        call: &Call,
        activity: ActivityId,
        queue: QueueId,
    ) -> Result<(Option<pb::Activity>, Option<pb::Activity>), Status> {
        let shown = self.activities(call, &[activity], View::Basic).await?.remove(&activity);
        let head = self.heads(call, &[queue]).await?.remove(&queue);
        Ok((shown, head))
    }

    pub(super) async fn reassign(
        &self,
        request: Request<pb::ReassignActivityRequest>,
    ) -> Result<Response<pb::ReassignActivityResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::violations(&message);
        let reassigning = reassigning(&call, message, wrong)?;
        let queues = self.queues(&call, vec![reassigning.queue.clone()]).await?;
        let (request, command) = reassigning.to(&queues)?;

        let decided = self.engine.reassign_activity(request, command).await?;
        let activity = self.activities(&call, &[decided.activity], View::Basic).await?;
        let activity = activity.get(&decided.activity).cloned();
        Ok(Response::new(pb::ReassignActivityResponse { activity }))
    }

    pub(super) async fn reassign_all(
        &self,
        request: Request<pb::BatchReassignActivitiesRequest>,
    ) -> Result<Response<pb::BatchReassignActivitiesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let wrong = validate::check_batch(&message, "requests")?;
        let items = batch::checked(message.requests, wrong);
        let items: Vec<Result<Reassigning, Violations>> =
            items.map(|(item, wrong)| reassigning(&call, item, wrong)).collect();
        // All queues are found by one read, whatever the items name.
        let named = items.iter().flatten().map(|item| item.queue.clone()).collect();
        let queues = self.queues(&call, named).await?;

        let commands = items.into_iter().map(|item| item?.to(&queues));
        let (places, commands) = BatchItems::split(commands);
        let results = places.join(self.engine.reassign_activities(commands).await);

        let done = |done: ActivityReassigned| {
            let name = names::ACTIVITY.uuid_name(done.activity.0);
            let etag = etag::of(Version::of(done.activity.0, done.version));
            reassigned::result::Result::Reassigned(reassigned::Reassigned { name, etag })
        };
        let failed = reassigned::result::Result::Error;
        let results = batch::results(results, done, failed, |result| reassigned::Result { result });
        Ok(Response::new(pb::BatchReassignActivitiesResponse { results }))
    }

    /// Finds queues by name, even those that the caller may not see: work can be given to anybody.
    /// Unknown names are absent.
    pub(super) async fn queues(
        &self,
        call: &Call,
        texts: Vec<String>,
    ) -> Result<HashMap<String, QueueId>, Status> {
        let (mut sellers, mut teams, mut found) = (Vec::new(), Vec::new(), HashMap::new());
        for text in texts {
            match names::queue("queue", &text) {
                Ok(QueueName::Seller(SellerName::Id(id))) => sellers.push(id.to_owned()),
                Ok(QueueName::Team(id)) => teams.push(id.to_owned()),
                Ok(QueueName::Seller(SellerName::Me)) => {
                    found.extend(call.caller.seller.map(|seller| (text.clone(), seller.into())));
                }
                // Reported where the item was read.
                Err(_) => {}
            }
        }

        let mut conn = self.read(call.organization()).await?;
        let sellers = tenants::sellers::keys(&mut conn, call.organization(), &sellers).await?;
        found.extend(sellers.into_iter().map(|(id, key)| (names::SELLER.name([&id]), key.into())));
        let teams = tenants::teams::keys(&mut conn, call.organization(), &teams).await?;
        found.extend(teams.into_iter().map(|(id, key)| (names::TEAM.name([&id]), key)));
        Ok(found)
    }
}

/// Reads the new due time of a manual activity, if an update sets it.
fn due_time(set: bool, sent: Option<&Timestamp>) -> Result<Option<DateTime<Utc>>, Violations> {
    match sent.filter(|_| set) {
        Some(at) => instant("due_time", at).map(Some),
        None if set => {
            let rule = "must be given: a due time can be changed, but not cleared";
            Err(Violations::one("due_time", Reason::FieldRequired, rule))
        }
        None => Ok(None),
    }
}

/// A reassignment, as one request.
type Moving = (engine::Request, ReassignActivity);

/// A reassignment whose queue is still to be found.
struct Reassigning {
    request: engine::Request,
    activity: ActivityId,
    etag: String,
    queue: String,
}

impl Reassigning {
    /// The command, by the queues that were found.
    fn to(self, queues: &HashMap<String, QueueId>) -> Result<Moving, Violations> {
        let unknown = || Violations::one("queue", Reason::ReferenceNotFound, "there is no such queue");
        let to = *queues.get(&self.queue).ok_or_else(unknown)?;
        let expected_version = etag::expected(&self.etag);
        Ok((self.request, ReassignActivity { activity: self.activity, expected_version, to }))
    }
}

/// Checks the name of a queue into which somebody puts an activity.
pub(super) fn check_queue(field: &str, name: &str, found: &mut Violations) {
    if let Some(QueueName::Team(AUTOMATION)) = found.keep("", names::queue(field, name)) {
        let description = "must not be teams/automation: only what workers carry out is there";
        found.push(field, Reason::FieldInvalid, description);
    }
}

/// Reads one reassignment; `found` holds what was wrong with the message so far.
fn reassigning(
    call: &Call,
    mut message: pb::ReassignActivityRequest,
    mut found: Violations,
) -> Result<Reassigning, Violations> {
    // The fingerprint must cover everything but the id itself.
    let request_id = take(&mut message.request_id);
    let repetition = call.repetition(&request_id, &message);
    let activity = found.keep_once(activity_id(&message.name));
    if !message.queue.is_empty() {
        check_queue("queue", &message.queue, &mut found);
    }
    let activity = found.settle(activity)?;

    let pb::ReassignActivityRequest { etag, queue, .. } = message;
    Ok(Reassigning { request: call.request(repetition), activity, etag, queue })
}
