//! One seller's queue, for tests of streams: each change is written straight into the tables, like
//! an engine would, and the server is woken.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use upnext::app::App;
use upnext::clock::{Clock, ManualClock};
use upnext::domain::activity::{Activity, ActivityState, ClosedActivity, ClosedState, Closing, Marks};
use upnext::domain::caller::Actor;
use upnext::domain::changes::Changes;
use upnext::domain::consent::Reach;
use upnext::domain::definition::{Definition, Step};
use upnext::domain::id::{ActivityId, EnrollmentId, OrganizationId, QueueId, RecordId, SequenceId};
use upnext::domain::priority::Priority;
use upnext::domain::program::NodeId;
use upnext::domain::step::{ActivityKind, PhoneCall, StepKind};
use upnext::store::changes;

use super::app::TestApp;
use super::dynamic::call;
use super::ground::Ground;

/// A seller's queue, with the record and the active sequence that activities need.
pub struct Desk {
    app: App,
    clock: ManualClock,
    pub organization: OrganizationId,
    pub queue: QueueId,
    record: RecordId,
    sequence: SequenceId,
    /// The open activities in their current state.
    open: Mutex<Vec<Activity>>,
}

impl Desk {
    /// Adds the seller `seller_id`, who has nothing to do.
    pub async fn new(app: &TestApp, seller_id: &str) -> Self {
        Self::with_script(app, seller_id, "Hi").await
    }

    /// Like [`Desk::new`], but with this script in each activity.
    pub async fn with_script(app: &TestApp, seller_id: &str, script: &str) -> Self {
        let seller = json!({"seller_id": seller_id, "seller": {"display_name": seller_id}});
        call(&app.admin, "upnext.v1.SellerService/CreateSeller", seller).await.expect("can be created");
        let (organization, queue): (Uuid, Uuid) =
            sqlx::query_as("SELECT organization_id, id FROM seller WHERE seller_id = $1")
                .bind(seller_id)
                .fetch_one(&app.app.engine.store().pool())
                .await
                .expect("the seller is there");

        let clock = app.clock.clone();
        let (record, sequence) = (clock.clock().new_id(), clock.clock().new_id());
        let desk = Self {
            app: app.app.clone(),
            clock,
            organization: OrganizationId(organization),
            queue: QueueId(queue),
            record: RecordId(record),
            sequence: SequenceId(sequence),
            open: Mutex::default(),
        };
        desk.furnish(seller_id, script).await;
        desk
    }

    async fn furnish(&self, name: &str, script: &str) {
        let pool = self.app.engine.store().pool();
        let ground = Ground { pool, organization: self.organization, now: self.now() };
        ground.lead(self.record.0, &format!("lead-of-{name}"), None, &json!({})).await;

        let step = Step {
            step_id: "call".to_owned(),
            display_name: "Call".to_owned(),
            description: "Ask what they need".to_owned(),
            auto_skip_after: None,
            assign_to: None,
            kind: StepKind::PhoneCall(PhoneCall { script: script.to_owned(), retry: None }),
            paths: Vec::new(),
        };
        let definition = Definition { steps: vec![step] };
        ground.sequence(self.sequence.0, &format!("calls-of-{name}"), &definition).await;
    }

    fn clock(&self) -> Clock {
        self.clock.clock()
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The open activities in their current state, in the order in which they were opened.
    pub fn open_activities(&self) -> Vec<Activity> {
        self.open.lock().expect("no lock holder panics").clone()
    }

    /// Opens an activity that is due, ranked `seconds` behind one that falls due now.
    pub async fn open(&self, seconds: i64) -> Activity {
        let now = self.now();
        let activity = Activity {
            organization: self.organization,
            id: ActivityId(self.clock().new_id()),
            enrollment: EnrollmentId(self.clock().new_id()),
            record: self.record,
            sequence: self.sequence,
            revision: 1,
            node: NodeId(0),
            kind: ActivityKind::PhoneCall,
            queue: self.queue,
            record_display_name: format!("Lead {seconds}"),
            warnings: Reach::default().warnings(ActivityKind::PhoneCall.channel()),
            due_time: now,
            priority: Priority::default(),
            rank: now + TimeDelta::seconds(seconds),
            state: ActivityState::Due,
            lease: None,
            reassigned_from: None,
            marks: Marks::default(),
            note: String::new(),
            manual: None,
            auto_skip_time: None,
            snooze_count: 0,
            version: 1,
            create_time: now,
        };

        let mut changes = Changes::new();
        changes.open_activity(activity.clone());
        self.commit(changes).await;
        self.open.lock().expect("no lock holder panics").push(activity.clone());
        activity
    }

    /// Puts an activity off for an hour.
    pub async fn snooze(&self, activity: &Activity) -> Activity {
        let until = self.now() + TimeDelta::hours(1);
        let after = Activity {
            state: ActivityState::Snoozed { until },
            snooze_count: activity.snooze_count + 1,
            version: activity.version + 1,
            ..activity.clone()
        };
        self.change(activity, after).await
    }

    /// Brings a snoozed activity back.
    pub async fn wake(&self, activity: &Activity) -> Activity {
        let after = Activity { state: ActivityState::Due, version: activity.version + 1, ..activity.clone() };
        self.change(activity, after).await
    }

    /// Moves an activity to another queue.
    pub async fn transfer(&self, activity: &Activity, queue: QueueId) -> Activity {
        let after = Activity { queue, version: activity.version + 1, ..activity.clone() };
        self.change(activity, after).await
    }

    async fn change(&self, before: &Activity, after: Activity) -> Activity {
        let mut changes = Changes::new();
        changes.change_activity(before, after.clone());
        self.commit(changes).await;
        let mut open = self.open.lock().expect("no lock holder panics");
        open.retain(|activity| activity.id != after.id || after.queue != self.queue);
        open.iter_mut().filter(|activity| activity.id == after.id).for_each(|it| *it = after.clone());
        if after.queue == self.queue && open.iter().all(|activity| activity.id != after.id) {
            open.push(after.clone());
        }
        after
    }

    /// Ends an activity.
    pub async fn close(&self, activity: &Activity, state: ClosedState) {
        let closing = Closing {
            state,
            outcome: "made".to_owned(),
            note: String::new(),
            by: Actor::UPNEXT,
            at: self.now(),
            item: None,
        };
        let mut changes = Changes::new();
        changes.close_activity(ClosedActivity { activity: activity.clone(), closing });
        self.commit(changes).await;
        self.open.lock().expect("no lock holder panics").retain(|open| open.id != activity.id);
    }

    async fn commit(&self, decided: Changes) {
        let mut tx = self.app.engine.store().begin().await.expect("begins");
        let clock = self.clock();
        changes::save(&mut tx, &decided, || clock.new_stamp()).await.expect("saves");
        tx.commit().await.expect("commits");
        self.app.engine.wake().queues_changed(decided.queues.keys().copied());
    }
}
