//! What a seller's terminal asks the server and tells it.

use anyhow::Context as _;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use prost_types::Timestamp;

use super::desk::{Act, Details, Undoable};
use super::pool::{Ask, LEASE, Taken, WAIT};
use super::time::minute;
use super::{Answer, desk};
use crate::api::convert::timestamp;
use crate::api::pb;
use crate::api::pb::activity::Content;
use crate::api::pb::enrollment_service_client::EnrollmentServiceClient;
use crate::api::pb::event::Event;
use crate::api::pb::organization_service_client::OrganizationServiceClient;
use crate::api::pb::record_service_client::RecordServiceClient;
use crate::api::pb::seller_service_client::SellerServiceClient;
use crate::api::pb::work_queue_service_client::WorkQueueServiceClient;
use crate::cli::client::{Calls, readable};
use crate::cli::time::local;
use crate::cli::{history, up_next};

/// How many events of a timeline are shown.
const EVENTS: i32 = 200;

/// What was done, in words, and what follows from it.
pub(super) struct Done {
    pub(super) said: String,
    /// The enrollment that waits now.
    pub(super) waiting: Option<String>,
    /// What can be undone.
    pub(super) undoable: Option<Undoable>,
    /// The activity, if it is closed.
    pub(super) closed: Option<Box<pb::Activity>>,
}

/// Asks for the outcomes that a phone call may have.
pub(super) async fn outcomes(calls: Calls) -> Answer {
    let request = pb::GetOrganizationRequest::default();
    match OrganizationServiceClient::new(calls).get_organization(request).await {
        Ok(answer) => {
            let organization = answer.into_inner().organization.unwrap_or_default();
            Answer::Outcomes(organization.settings.unwrap_or_default().phone_outcomes)
        }
        Err(status) => Answer::Failed(readable(status)),
    }
}

/// Asks where the seller wants to go after an activity is done.
pub(super) async fn preference(calls: Calls) -> Answer {
    let request = pb::GetSellerRequest { name: "sellers/me".to_owned() };
    let seller = SellerServiceClient::new(calls).get_seller(request).await.map(tonic::Response::into_inner);
    // A key without a seller has none, and a server that doesn't answer says so by other calls.
    let seller = seller.ok().and_then(|answer| answer.seller).unwrap_or_default();
    Answer::Preference(seller.after_completion())
}

/// Asks how the person is reached, and what there is to say.
pub(super) async fn details(calls: Calls, activity: pb::Activity) -> Answer {
    let key = desk::known_as(&activity);
    match read_details(calls, activity).await {
        Ok(details) => Answer::Details(key, details),
        Err(error) => Answer::Failed(error),
    }
}

async fn read_details(calls: Calls, activity: pb::Activity) -> anyhow::Result<Details> {
    let mut queue = WorkQueueServiceClient::new(calls.clone());
    let request = pb::GetActivityRequest { name: activity.name, view: pb::activity::View::Full.into() };
    let full = queue.get_activity(request).await.map_err(readable)?.into_inner().activity;
    let script = script(full.unwrap_or_default());

    let mut records = RecordServiceClient::new(calls);
    let record_type = activity.record.split("/records/").next().unwrap_or_default().to_owned();
    let request = pb::GetRecordRequest { name: activity.record };
    let record = records.get_record(request).await.map_err(readable)?.into_inner().record.unwrap_or_default();
    let request = pb::GetRecordTypeRequest { name: record_type };
    let declared = records.get_record_type(request).await.map_err(readable)?.into_inner().record_type;
    let declared = declared.unwrap_or_default();

    let phones = declared.phone_attributes.iter().filter_map(|name| text(&record, name)).collect();
    let email = text(&record, &declared.email_attribute).unwrap_or_default();
    Ok(Details { phones, email, script })
}

fn script(activity: pb::Activity) -> String {
    match activity.content {
        Some(Content::PhoneCall(call)) if !call.script.is_empty() => call.script,
        _ => activity.description,
    }
}

fn text(record: &pb::Record, attribute: &str) -> Option<String> {
    match record.attributes.as_ref()?.fields.get(attribute)?.kind.as_ref()? {
        prost_types::value::Kind::StringValue(text) => Some(text.clone()),
        _ => None,
    }
}

/// Does what a key asked for.
pub(super) fn carry_out(calls: Calls, act: Act) -> BoxFuture<'static, Answer> {
    match act {
        Act::Complete { activity, outcome, note } => {
            told(activity, |name| complete(calls, name, outcome, note))
        }
        Act::Skip { activity } => told(activity, |name| skip(calls, name)),
        Act::Snooze { activity, until } => told(activity, move |name| snooze(calls, name, until)),
        Act::Follow { activity, followed } => {
            let said = if followed { "followed" } else { "no longer followed" };
            let marked = pb::Activity { followed, ..activity };
            updated(update(calls, marked, "followed", said)).boxed()
        }
        Act::Note { activity, note } => {
            let noted = pb::Activity { note, ..activity };
            updated(update(calls, noted, "note", "noted")).boxed()
        }
        Act::Reassign { activity, queue } => told(activity, |name| reassign(calls, name, queue)),
        Act::Cancel { activity } => told(activity, |name| cancel(calls, name)),
        Act::Make { record, text } => updated(make(calls, record, text)).boxed(),
        Act::SkipWait { enrollment } => {
            let skipped = skip_wait(calls, enrollment);
            skipped.map(|skipped| skipped.map_or_else(Answer::Failed, Answer::WaitSkipped)).boxed()
        }
        Act::Undo(undoable) => {
            let undone = undo(calls, undoable.clone());
            undone.map(|undone| Answer::Undone(undoable, undone)).boxed()
        }
        Act::Timeline { activity } => {
            let lines = timeline(calls, activity);
            lines.map(|lines| lines.map_or_else(Answer::Failed, Answer::Timeline)).boxed()
        }
        Act::GiveBack(taken) => {
            let said = format!("{}: given back (press a for the next one)", title(&taken.activity));
            let given = give_back(calls, taken);
            given.map(|given| given.map_or_else(Answer::Failed, |()| Answer::Updated(said))).boxed()
        }
        // Nothing is left to do.
        Act::Quit => futures::future::pending().boxed(),
    }
}

/// Tells what was done with an activity, and what came of it with its title.
fn told<F>(activity: pb::Activity, tell: impl FnOnce(String) -> F) -> BoxFuture<'static, Answer>
where
    F: Future<Output = anyhow::Result<Done>> + Send + 'static,
{
    let title = title(&activity);
    let done = tell(activity.name.clone());
    async move {
        let done = done.await.map(|done| Done { said: format!("{title}: {}", done.said), ..done });
        Answer::Done(activity.name, done.context(title))
    }
    .boxed()
}

async fn complete(calls: Calls, name: String, outcome: String, note: String) -> anyhow::Result<Done> {
    let mut queue = WorkQueueServiceClient::new(calls);
    let said = if outcome.is_empty() { "done".to_owned() } else { format!("done, {outcome}") };
    let request = pb::CompleteActivityRequest { name, outcome, note, ..Default::default() };
    let answer = queue.complete_activity(request).await.map_err(readable)?.into_inner();
    Ok(undoable(said, answer.activity, answer.enrollment, answer.waiting_until.as_ref()))
}

async fn skip(calls: Calls, name: String) -> anyhow::Result<Done> {
    let mut queue = WorkQueueServiceClient::new(calls);
    let request = pb::SkipActivityRequest { name, ..Default::default() };
    let answer = queue.skip_activity(request).await.map_err(readable)?.into_inner();
    Ok(undoable("skipped".to_owned(), answer.activity, answer.enrollment, answer.waiting_until.as_ref()))
}

fn undoable(
    said: String,
    activity: Option<pb::Activity>,
    enrollment: Option<pb::Enrollment>,
    waiting_until: Option<&Timestamp>,
) -> Done {
    let closed = activity.clone().map(Box::new);
    let undoable = activity.map(|activity| undoable_of(activity, false));

    match waiting_until {
        Some(until) => {
            let said = format!("{said}; waits until {} (w skips it, u undoes)", minute(until));
            Done { said, waiting: enrollment.map(|enrollment| enrollment.name), undoable, closed }
        }
        None => Done { said: format!("{said} (u undoes)"), waiting: None, undoable, closed },
    }
}

fn undoable_of(activity: pb::Activity, is_snoozed: bool) -> Undoable {
    Undoable { title: title(&activity), activity: activity.name, is_snoozed }
}

fn title(activity: &pb::Activity) -> String {
    format!("{}: {}", activity.display_name, activity.record_display_name)
}

async fn undo(calls: Calls, undoable: Undoable) -> anyhow::Result<()> {
    let (mut queue, name) = (WorkQueueServiceClient::new(calls), undoable.activity);
    // What was snoozed is still open.
    if undoable.is_snoozed {
        let request = pb::UnsnoozeActivityRequest { name, ..Default::default() };
        queue.unsnooze_activity(request).await.map_err(readable)?;
    } else {
        let request = pb::ReopenActivityRequest { name, ..Default::default() };
        queue.reopen_activity(request).await.map_err(readable)?;
    }
    Ok(())
}

async fn updated(said: impl Future<Output = anyhow::Result<String>>) -> Answer {
    said.await.map_or_else(Answer::Failed, Answer::Updated)
}

/// Sets a field of an activity that stays where it is.
async fn update(calls: Calls, activity: pb::Activity, field: &str, said: &str) -> anyhow::Result<String> {
    let said = format!("{}: {said}", title(&activity));
    // What it shows may have changed since: only this field counts.
    let activity = pb::Activity { etag: String::new(), ..activity };
    let update_mask = Some(prost_types::FieldMask { paths: vec![field.to_owned()] });
    let request = pb::UpdateActivityRequest { activity: Some(activity), update_mask, ..Default::default() };
    WorkQueueServiceClient::new(calls).update_activity(request).await.map_err(readable)?;
    Ok(said)
}

async fn reassign(calls: Calls, name: String, queue: String) -> anyhow::Result<Done> {
    let said = format!("given to {queue}");
    let request = pb::ReassignActivityRequest { name, queue, ..Default::default() };
    WorkQueueServiceClient::new(calls).reassign_activity(request).await.map_err(readable)?;
    Ok(Done { said, waiting: None, undoable: None, closed: None })
}

async fn cancel(calls: Calls, name: String) -> anyhow::Result<Done> {
    let request = pb::CancelActivityRequest { name, ..Default::default() };
    WorkQueueServiceClient::new(calls).cancel_activity(request).await.map_err(readable)?;
    Ok(Done { said: "canceled".to_owned(), waiting: None, undoable: None, closed: None })
}

/// Makes an activity by hand.
async fn make(calls: Calls, record: String, text: String) -> anyhow::Result<String> {
    let (content, display_name) = desk::asked_for(&text);
    let activity = pb::Activity { record, display_name, content: Some(content), ..Default::default() };
    let request = pb::CreateActivityRequest { activity: Some(activity), ..Default::default() };
    let made = WorkQueueServiceClient::new(calls).create_activity(request).await.map_err(readable)?;
    let made = made.into_inner().activity.unwrap_or_default();
    Ok(format!("{}: made", title(&made)))
}

async fn snooze(calls: Calls, name: String, until: chrono::DateTime<chrono::Utc>) -> anyhow::Result<Done> {
    let mut queue = WorkQueueServiceClient::new(calls);
    let request = pb::SnoozeActivityRequest { name, until: Some(timestamp(until)), ..Default::default() };
    let answer = queue.snooze_activity(request).await.map_err(readable)?.into_inner();
    let said = format!("snoozed until {} (u undoes)", local(until, "%d %b %H:%M"));
    let undoable = answer.activity.map(|activity| undoable_of(activity, true));
    Ok(Done { said, waiting: None, undoable, closed: None })
}

/// Asks the server for what the seller wants of a pool.
pub(super) async fn ask(calls: Calls, ask: Ask) -> Answer {
    match ask {
        Ask::Take { queue } => Answer::Taken(Box::new(take(calls, queue).await)),
        Ask::Extend { activity, lease_id } => {
            let lease_duration = Some(prost_types::Duration { seconds: LEASE, nanos: 0 });
            let name = activity.clone();
            let request = pb::ExtendLeaseRequest { name, lease_id, lease_duration, ..Default::default() };
            let extended = WorkQueueServiceClient::new(calls).extend_lease(request).await;
            Answer::Extended(activity, extended.map(|_| ()).map_err(readable))
        }
    }
}

async fn take(calls: Calls, queue: String) -> anyhow::Result<Option<pb::AcquiredActivity>> {
    let seconds = |seconds: i64| Some(prost_types::Duration { seconds, nanos: 0 });
    let request = pb::AcquireActivitiesRequest {
        queue,
        max_activities: 1,
        lease_duration: seconds(LEASE),
        wait_duration: seconds(WAIT),
        ..Default::default()
    };
    let answer = WorkQueueServiceClient::new(calls).acquire_activities(request).await.map_err(readable)?;
    Ok(answer.into_inner().activities.into_iter().next())
}

/// Gives back what was taken from a pool.
pub(super) async fn give_back(calls: Calls, taken: Taken) -> anyhow::Result<()> {
    let (name, lease_id) = (taken.activity.name, taken.lease_id);
    let request = pb::ReleaseActivityRequest { name, lease_id, ..Default::default() };
    WorkQueueServiceClient::new(calls).release_activity(request).await.map_err(readable)?;
    Ok(())
}

async fn skip_wait(calls: Calls, name: String) -> anyhow::Result<String> {
    let request = pb::SkipWaitRequest { name, ..Default::default() };
    EnrollmentServiceClient::new(calls).skip_wait(request).await.map_err(readable)?;
    Ok("the wait is skipped".to_owned())
}

/// What is planned for the activity's record, and what happened in its enrollment, newest first.
async fn timeline(calls: Calls, activity: pb::Activity) -> anyhow::Result<Vec<String>> {
    let mut queue = WorkQueueServiceClient::new(calls.clone());
    let request = pb::GetUpNextRequest { record: activity.record };
    let answer = queue.get_up_next(request).await.map_err(readable)?.into_inner();
    let mut plan = Vec::new();
    up_next::write(&answer, &mut plan).context("can't be written")?;

    let request = pb::ListEnrollmentEventsRequest {
        parent: activity.enrollment,
        page_size: EVENTS,
        order_by: "event_time desc".to_owned(),
        ..Default::default()
    };
    let mut enrollments = EnrollmentServiceClient::new(calls);
    let events = enrollments.list_enrollment_events(request).await.map_err(readable)?.into_inner().events;

    let plan = String::from_utf8_lossy(&plan).lines().map(str::to_owned).collect::<Vec<_>>();
    Ok(plan.into_iter().chain([String::new()]).chain(events.iter().map(line)).collect())
}

fn line(event: &pb::Event) -> String {
    let time = event.event_time.as_ref().map(minute).unwrap_or_default();
    let by = if event.actor.is_empty() { String::new() } else { format!(", by {}", event.actor) };
    format!("{time}  {}{by}", happened(event))
}

/// What happened, in a few words.
pub(in crate::cli) fn happened(event: &pb::Event) -> String {
    match &event.event {
        Some(Event::EnrollmentStarted(_)) => "enrolled".to_owned(),
        Some(Event::WaitStarted(_)) => "wait began".to_owned(),
        Some(Event::WaitEnded(_)) => "wait ended".to_owned(),
        Some(Event::WaitRescheduled(_)) => "wait planned anew".to_owned(),
        Some(Event::WaitSkipped(_)) => "wait skipped".to_owned(),
        Some(Event::ActivityDue(due)) => format!("due: {}", due.step_display_name),
        Some(Event::ActivityCompleted(done)) if done.outcome.is_empty() => {
            format!("completed: {}", done.step_display_name)
        }
        Some(Event::ActivityCompleted(done)) => {
            format!("completed: {}, {}", done.step_display_name, done.outcome)
        }
        Some(Event::ActivitySkipped(skipped)) => format!("skipped: {}", skipped.step_display_name),
        Some(Event::ActivitySnoozed(snoozed)) => format!("snoozed: {}", snoozed.step_display_name),
        Some(Event::ActivityWoken(woken)) => format!("due again: {}", woken.step_display_name),
        Some(Event::EmailHandedOver(given)) => format!("to be sent by hand: {}", given.step_display_name),
        Some(Event::LeaseExpired(expired)) => format!("lease expired: {}", expired.step_display_name),
        Some(Event::ActivityCanceled(canceled)) => format!("canceled: {}", canceled.step_display_name),
        Some(Event::ActivityMoved(moved)) => format!("to another queue: {}", moved.step_display_name),
        Some(Event::ActivityReopened(reopened)) => format!("open again: {}", reopened.step_display_name),
        Some(Event::WaitCanceled(_)) => "wait taken back".to_owned(),
        Some(Event::EnrollmentReopened(_)) => "sequence goes on".to_owned(),
        Some(Event::EnrollmentPaused(_)) => "paused".to_owned(),
        Some(Event::EnrollmentResumed(_)) => "resumed".to_owned(),
        Some(Event::EnrollmentFailed(failed)) => format!("failed: {}", failed.step_display_name),
        Some(Event::EnrollmentRetried(retried)) => format!("tried again: {}", retried.step_display_name),
        Some(Event::DispositionSet(told)) => match told.disposition.as_str() {
            "" => "no longer judged".to_owned(),
            word => format!("judged: {word}"),
        },
        Some(Event::EnrollmentMigrated(_)) => "moved to another revision".to_owned(),
        Some(Event::EnrollmentCompleted(_)) => "sequence completed".to_owned(),
        Some(Event::EnrollmentExited(_)) => "left the sequence".to_owned(),
        Some(Event::EngagementRecorded(heard)) => {
            let word = heard.kind().as_str_name().to_lowercase().replace('_', " ");
            if heard.by_machine { format!("{word} by a machine") } else { word }
        }
        Some(Event::BranchDecided(decided)) => {
            format!("{}: {}", decided.step_display_name, decided.path().as_str_name().to_lowercase())
        }
        Some(Event::SplitDecided(decided)) => {
            format!("{}: {}", decided.step_display_name, decided.variant_id)
        }
        Some(Event::AttributeUpdated(updated)) => updated.step_display_name.clone(),
        Some(Event::OwnerAssigned(assigned)) => {
            format!("{} {}", assigned.step_display_name, assigned.seller)
        }
        Some(Event::EventEmitted(emitted)) => format!("told: {}", emitted.event_name),
        Some(Event::RecordRouted(routed)) => history::routed(routed),
        Some(Event::RecordClosed(closed)) => {
            format!("record closed: {}", closed.close_outcome().as_str_name())
        }
        Some(Event::RecordReopened(_)) => "record reopened".to_owned(),
        Some(Event::ActivityCreated(made)) => format!("made by hand: {}", made.display_name),
        Some(Event::ActivityEdited(edited)) => format!("edited: {}", edited.display_name),
        Some(Event::RecordDeleted(_)) => "record deleted".to_owned(),
        Some(Event::RecordMerged(merged)) if merged.record.is_empty() => {
            "a record was merged into another one".to_owned()
        }
        Some(Event::RecordMerged(merged)) => format!("{} merged into {}", merged.record, merged.survivor),
        Some(Event::EnrollmentMoved(_)) => "came from a record that was merged into this one".to_owned(),
        Some(Event::AdministrativeWrite(write)) => format!("{} {}", write.method, write.resource),
        Some(Event::SplitEnded(ended)) => format!("{}: all take {}", ended.step_id, ended.variant_id),
        Some(Event::WebhookTest(test)) => format!("{} was tested", test.webhook),
        None => "something that only a newer upnext knows".to_owned(),
    }
}
