//! An organization with one of everything, so that for each rule there is a row that can be broken.

use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use crate::support::app::TestApp;

/// A server on whose database every rule has something to look at, and all hold.
///
/// The leads: `paid1` to `paid4` came in by a segment, of which `paid1` acts, `paid2` waits,
/// `paid3` was snoozed and `paid4` is closed; `paid5` is deleted. `watched` is in a segment without
/// a sequence, `plain` in none. By hand, `hand` acts in `tasks`, `done` went through `short`, and
/// `again` was ended in its wait there and acts in its second pass. What `undone` did in `short`,
/// `tasks` and `twice` was reopened, and took back a wait, an end and an activity. `held` was
/// paused, resumed and paused again. `eve` has nothing to do. `leased` acts in
/// `tasks` under a lease.
pub struct Everything(pub TestApp);

impl Everything {
    /// Sets up the sales floor.
    pub async fn new() -> Self {
        Self::on(TestApp::new().await).await
    }

    /// Sets it up on a server without anything.
    pub async fn on(app: TestApp) -> Self {
        let everything = Self(app);
        everything.0.other_organization().await;
        everything.furnish().await;
        everything.work().await;
        everything
    }

    async fn furnish(&self) {
        let admin = &self.0.admin;
        // One with a request_id, so that there is a request.
        let ana = json!({"seller_id": "ana", "seller": {"display_name": "ana"},
            "request_id": Uuid::from_u128(7).to_string()});
        admin.done("SellerService/CreateSeller", ana).await;
        let hours = json!({"days": ["MONDAY"], "start_time": "09:00", "end_time": "17:00"});
        let office = json!({"display_name": "Office", "time_zone": "UTC", "working_hours": [hours]});
        let office = json!({"calendar_id": "office", "calendar": office});
        admin.done("CalendarService/CreateCalendar", office).await;
        let ben = json!({"seller_id": "ben", "seller": {"display_name": "ben", "calendar": "office"}});
        admin.done("SellerService/CreateSeller", ben).await;
        admin.seller("eve").await;
        let field = json!({"display_name": "Field", "members": ["eve", "ben"], "calendar": "office"});
        admin.done("TeamService/CreateTeam", json!({"team_id": "field", "team": field})).await;
        let key = json!({"display_name": "ana", "roles": ["SALESPERSON"], "seller": "ana"});
        admin.done("ApiKeyService/CreateApiKey", json!({"api_key": key})).await;

        let employer = json!({"type": "REFERENCE", "reference_type": "account"});
        let origin = json!({"type": "STRING", "indexed": true});
        admin.declare(json!({"origin": origin, "employer": employer})).await;
        let industry = json!({"record_type": "account", "attributes": {"industry": {"type": "STRING"}}});
        admin.done("RecordService/DeclareAttributes", industry).await;
        let template = json!({"display_name": "Hello", "email": {"subject": "Hello"}});
        let template = json!({"template_id": "hello", "template": template});
        admin.done("TemplateService/CreateTemplate", template).await;
        let short = json!([{"step_id": "hello", "email": {"template": "templates/hello"}},
            {"step_id": "pause", "wait": {"delay": {"seconds": 10}}},
            {"step_id": "call", "phone_call": {}}]);
        admin.sequence("short", short).await;
        admin.sequence("tasks", json!([{"step_id": "first", "task": {}}])).await;
        let twice = json!([{"step_id": "first", "task": {}}, {"step_id": "second", "task": {}}]);
        admin.sequence("twice", twice).await;

        admin.segment("paid", "record.origin == \"paid\"").await;
        admin.segment("watched", "record.origin == \"watched\"").await;
        admin.segment("banks", "record.employer.industry == \"banking\"").await;
        admin.rule("paid", "in-turn", &["ana", "ben"]).await;
        admin.rule("paid", "never", &["ana", "ben"]).await;
        admin.connect("paid", "short").await;
    }

    /// An automated email that is being sent.
    async fn mail(&self) {
        let admin = &self.0.admin;
        let template =
            json!({"template_id": "mail", "template": {"display_name": "Mail", "email": {"subject": "Hi"}}});
        admin.done("TemplateService/CreateTemplate", template).await;
        admin.sequence("mail", json!([{"step_id": "mail", "automated_email": {"template": "mail"}}])).await;
        admin
            .leads(json!([{"id": "mailed", "owner": "ana", "attributes": {"email": "kim@example.com"}}]))
            .await;
        admin.enroll("mailed", "mail").await;
        let acquired = json!({"queue": "teams/automation"});
        let acquired = admin.done("WorkQueueService/AcquireActivities", acquired).await;
        let one = &acquired["activities"][0];
        let begin = json!({"name": one["activity"]["name"], "lease_id": one["lease"]["leaseId"]});
        admin.done("EmailService/BeginSending", begin).await;
    }

    async fn work(&self) {
        let admin = &self.0.admin;
        let leads = [
            "paid1", "paid2", "paid3", "paid4", "paid5", "watched", "plain", "hand", "done", "again",
            "undone", "leased", "held",
        ];
        let lead =
            |id: &str| json!({"id": id, "attributes": {"origin": id.trim_end_matches(char::is_numeric)}});
        admin.leads(leads.map(lead).into_iter().collect()).await;
        admin.activate_segment("watched").await;
        admin.activate_segment("banks").await;
        admin.leads(json!([{"id": "banker", "attributes": {"employer": "b1"}}])).await;
        let bank = json!({"id": "b1", "attributes": {"industry": "banking"}});
        let bank = json!({"record_type": "account", "record": bank});
        admin.done("RecordService/UpsertRecord", bank).await;
        let backfill = json!({"name": "segments/paid", "backfill": true});
        admin.done("SegmentService/ActivateSegment", backfill).await;
        self.0.run_until_idle().await;

        self.complete("paid2", "").await;
        let close = json!({"name": "recordTypes/lead/records/paid4", "close_outcome": "WON"});
        admin.done("RecordService/CloseRecord", close).await;
        let delete = json!({"name": "recordTypes/lead/records/paid5"});
        admin.done("RecordService/DeleteRecord", delete).await;

        // The first that nobody owns.
        admin.enroll("leased", "tasks").await;
        admin.done("WorkQueueService/AcquireActivities", json!({"queue": "teams/unassigned"})).await;
        self.mail().await;
        admin.enroll("hand", "tasks").await;
        admin.enroll("done", "short").await;
        self.complete("done", "").await;
        let again = admin.enroll("again", "short").await;
        self.complete("again", "").await;
        admin.done("EnrollmentService/ExitEnrollment", json!({"name": again["name"]})).await;
        admin.enroll("again", "short").await;
        self.skip_wait("done").await;
        self.complete("done", "made").await;

        for sequence in ["short", "tasks", "twice"] {
            let activity = admin.enroll("undone", sequence).await["openActivity"].clone();
            let done = json!({"name": activity, "note": "oops"});
            admin.done("WorkQueueService/CompleteActivity", done).await;
            admin.done("WorkQueueService/ReopenActivity", json!({"name": activity})).await;
        }

        self.engage().await;
        let held = admin.enroll("held", "tasks").await;
        for method in ["PauseEnrollment", "ResumeEnrollment", "PauseEnrollment"] {
            admin.done(&format!("EnrollmentService/{method}"), json!({"name": held["name"]})).await;
        }

        let until = self.0.now() + TimeDelta::hours(1);
        let snoozed = json!({"name": self.activity("paid3").await, "until": until});
        admin.done("WorkQueueService/SnoozeActivity", snoozed).await;
        self.by_hand().await;
        self.line().await;
        let view = json!({"display_name": "Mine", "owner": "sellers/ana", "filter": "activity.priority > 5"});
        admin.done("WorkQueueService/CreateView", json!({"view_id": "mine", "view": view})).await;
        // Its change awaits routing.
        admin.leads(json!([{"id": "plain", "owner": "ana"}])).await;
    }

    /// Of two leads that nobody owns, one acts in `few`, and the other waits in line for that. In
    /// `split`, a lead has taken a variant, and it decides later.
    async fn line(&self) {
        let admin = &self.0.admin;
        admin.leads(json!([{"id": "few1"}, {"id": "few2"}])).await;
        admin.sequence("few", json!([{"step_id": "first", "task": {}}])).await;
        let few = json!({"name": "sequences/few", "throttle": {"active_per_seller": 1}});
        admin.done("SequenceService/UpdateSequence", json!({"sequence": few})).await;
        admin.enroll("few1", "few").await;
        admin.enroll("few2", "few").await;

        let end = self.0.now() + TimeDelta::days(2);
        let goal = json!({"metric": "REPLIED", "decide_at_end": true});
        let variants = json!([{"variant_id": "a", "weight": 50}, {"variant_id": "b", "weight": 50}]);
        let split = json!({"variants": variants, "goal": goal, "end_time": end, "default_variant": "a"});
        admin
            .sequence("split", json!([{"step_id": "split", "split": split}, {"step_id": "then", "task": {}}]))
            .await;
        admin.leads(json!([{"id": "drawn"}])).await;
        admin.enroll("drawn", "split").await;
    }

    /// Of `hand`, one activity for later, and one that is done.
    async fn by_hand(&self) {
        let admin = &self.0.admin;
        let due = self.0.now() + TimeDelta::hours(3);
        let task = |due| json!({"activity": {"record": "recordTypes/lead/records/done", "task": {}, "due_time": due}});
        admin.done("WorkQueueService/CreateActivity", task(due)).await;
        let done = admin.done("WorkQueueService/CreateActivity", task(self.0.now())).await;
        let done = json!({"name": done["activity"]["name"]});
        admin.done("WorkQueueService/CompleteActivity", done).await;
    }

    /// The person of `paid2` opened the email, that of `watched` booked a meeting, and that of
    /// `plain` unsubscribed.
    async fn engage(&self) {
        let record = |lead: &str| format!("recordTypes/lead/records/{lead}");
        let email = self.id("SELECT closed_activity.id FROM closed_activity", "paid2").await;
        let events = json!([
            {"event_id": "opened", "record": record("paid2"), "activity": format!("activities/{email}"), "email_opened": {}},
            {"event_id": "meeting", "record": record("watched"), "meeting_booked": {}},
            {"event_id": "unsubscribed", "record": record("plain"), "unsubscribed": {}}]);
        let answer =
            self.0.admin.done("RecordService/IngestEngagementEvents", json!({"events": events})).await;
        assert!(!answer.to_string().contains("error"), "{answer}");
    }

    async fn skip_wait(&self, lead: &str) {
        let id = self.id("SELECT enrollment.id FROM enrollment", lead).await;
        self.0.admin.done("EnrollmentService/SkipWait", json!({"name": format!("enrollments/{id}")})).await;
    }

    async fn complete(&self, lead: &str, outcome: &str) {
        let request = json!({"name": self.activity(lead).await, "outcome": outcome});
        self.0.admin.done("WorkQueueService/CompleteActivity", request).await;
    }

    /// The open activity of a lead.
    async fn activity(&self, lead: &str) -> String {
        format!("activities/{}", self.id("SELECT activity.id FROM activity", lead).await)
    }

    async fn id(&self, select: &str, lead: &str) -> Uuid {
        let table = select.rsplit(' ').next().expect("a table");
        let query = format!(
            "{select} JOIN record ON record.organization_id = {table}.organization_id AND record.id = {table}.record_id WHERE record.record_id = $1"
        );
        let query = sqlx::query_scalar(sqlx::AssertSqlSafe(query)).bind(lead.to_owned());
        query.fetch_one(&self.0.database.pool()).await.unwrap_or_else(|error| panic!("{lead}: {error}"))
    }
}
