//! Organizations that are exact copies, so that a write's effect on one can be compared with its
//! effect on another.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::json;
use sqlx::{AssertSqlSafe, PgPool};
use upnext::clock::Clock;
use upnext::engine::Engine;
use upnext::store::check::{Extent, rules};
use upnext::wake::Wake;
use uuid::Uuid;

use super::ledger::{BUSY, LEDGER, TABLES, UNPUBLISHED};
use crate::events::publish;
use crate::support::app::{Client, store};
use crate::support::database::TestDatabase;
use crate::support::stage::text;
use crate::support::victim::Victim;

/// Longer than anything here takes, even on a busy machine.
const DEADLINE: Duration = Duration::from_secs(60);

/// An organization, and names of what it has. Names are the same in every copy.
#[derive(Clone)]
pub struct Shop {
    pub organization: Uuid,
    pub secret: String,
    pub names: Names,
}

/// Names of one of everything.
#[derive(Clone, Default)]
pub struct Names {
    /// An open activity of ana's, at the first of two tasks.
    pub activity: String,
    /// Its enrollment, which can move to revision 2.
    pub activity_enrollment: String,
    /// Another one.
    pub other_activity: String,
    /// An enrollment that waits for an hour.
    pub waiting: String,
    /// A paused enrollment, at the first of two tasks.
    pub paused: String,
    /// One that failed, because `halted` takes no records.
    pub failed: String,
    /// The activity before that wait, which is completed.
    pub completed: String,
    /// A snoozed activity.
    pub snoozed: String,
    /// An activity that somebody made by hand.
    pub manual: String,
    /// An activity of nobody's lead, which is leased, and its lease.
    pub leased: String,
    pub lease: String,
    /// An automated email that is leased, and its lease.
    pub automated: String,
    pub automated_lease: String,
    /// Another one, which is being sent.
    pub begun: String,
    pub begun_lease: String,
    /// A key that nobody uses.
    pub api_key: String,
    /// One that acts in `few`, where another waits for its place.
    pub placed: String,
    /// The operation that gave cem's lead to ben.
    pub reassigned: String,
    /// A record that failed, and is tried again long after the test.
    pub problem: String,
    /// An event that a webhook gave up.
    pub delivery: String,
}

/// Where all organizations are.
pub struct Mall {
    engine: Engine,
    pool: PgPool,
    model: Option<Shop>,
}

/// What an organization has, as numbers that say what happened to it.
pub type Ledger = BTreeMap<String, i64>;

impl Mall {
    /// On a database.
    pub fn new(database: &TestDatabase) -> Self {
        let engine = Engine::new(store(database), Clock::system(), Wake::new());
        Self { engine, pool: database.pool(), model: None }
    }

    /// An organization without anything.
    pub async fn empty(&self) -> Shop {
        let now = Clock::system().now();
        let made = self.engine.create_organization("Shop", now).await.expect("is created");
        let secret = made.secret.expose().to_owned();
        Shop { organization: made.organization.0, secret, names: Names::default() }
    }

    /// An organization like the first one, which is furnished by calls.
    pub async fn shop(&mut self, victim: &Victim) -> Shop {
        let model = match &self.model {
            Some(model) => model.clone(),
            None => {
                let mut model = self.empty().await;
                model.names = furnish(&victim.client(&model.secret)).await;
                self.rest(model.organization).await;
                model.names.problem = self.fail("plain", model.organization).await;
                model.names.delivery = self.give_up(model.organization).await;
                self.model.insert(model).clone()
            }
        };

        let copy = self.empty().await;
        for table in ["queue", "team", "record_type"] {
            self.run(format!("DELETE FROM {table} WHERE organization_id = '{}'", copy.organization)).await;
        }
        for table in TABLES {
            self.copy(table, &model, &copy).await;
        }
        // Two statements, because a distributed database may keep the two on different nodes.
        let attributes: String =
            sqlx::query_scalar("SELECT seller_attributes::text FROM organization WHERE organization_id = $1")
                .bind(model.organization)
                .fetch_one(&self.pool)
                .await
                .expect("the model is there");
        // The model's activities were closed long before the last copy is made.
        sqlx::query(
            "UPDATE organization SET seller_attributes = $2::jsonb,
               settings = settings || '{\"reopen_grace_seconds\": 86400, \"publish_events\": true}'
             WHERE organization_id = $1",
        )
        .bind(copy.organization)
        .bind(attributes)
        .execute(&self.pool)
        .await
        .expect("the copy is there");
        Shop { names: model.names, ..copy }
    }

    /// As if the routing of a record had failed; returns the problem's name.
    async fn fail(&self, record: &str, organization: Uuid) -> String {
        let id = upnext::clock::Clock::system().new_id();
        self.run(format!(
            "INSERT INTO set_aside (organization_id, id, kind, subject_id, reason, create_time, retry_time, retrying)
             SELECT organization_id, '{id}', 'record_change', id, 'a test', create_time, create_time + interval '1 year', true
             FROM record WHERE record_id = '{record}' AND organization_id = '{organization}'"
        ))
        .await;
        format!("problems/{id}")
    }

    /// As if the webhook `crm` had given up an event; returns the delivery's name.
    async fn give_up(&self, organization: Uuid) -> String {
        let id = upnext::clock::Clock::system().new_id();
        self.run(format!(
            "INSERT INTO webhook_delivery (organization_id, id, webhook_id, position, attempts, last_error, create_time)
             SELECT organization_id, '{id}', id, position, 5, 'a test', create_time
             FROM webhook WHERE webhook_id = 'crm' AND organization_id = '{organization}'"
        ))
        .await;
        format!("webhooks/crm/deliveries/{id}")
    }

    async fn copy(&self, table: &str, model: &Shop, copy: &Shop) {
        let columns: Vec<String> = sqlx::query_scalar(
            "SELECT attname::text FROM pg_attribute
             WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'organization_id' ORDER BY attnum",
        )
        .bind(table)
        .fetch_all(&self.pool)
        .await
        .expect("the table is there");

        let columns = columns.join(", ");
        self.run(format!(
            "INSERT INTO {table} (organization_id, {columns}) SELECT '{}', {columns} FROM {table} WHERE organization_id = '{}'",
            copy.organization, model.organization
        ))
        .await;
    }

    async fn run(&self, statement: String) {
        let done = sqlx::raw_sql(AssertSqlSafe(statement.clone())).execute(&self.pool).await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// Waits until the loops have nothing to do for an organization.
    pub async fn rest(&self, organization: Uuid) {
        self.until_none(BUSY, organization).await;
    }

    /// Waits until the loops have published everything, too.
    pub async fn rest_and_publish(&self, organization: Uuid) {
        self.rest(organization).await;
        self.until_none(UNPUBLISHED, organization).await;
    }

    async fn until_none(&self, query: &'static str, organization: Uuid) {
        let since = Instant::now();
        while self.count(query, organization).await > 0 {
            assert!(since.elapsed() < DEADLINE, "the loops don't come to rest");
            // Loops of another process tell nobody that they rest.
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    async fn count(&self, query: &'static str, organization: Uuid) -> i64 {
        sqlx::query_scalar(query).bind(organization).fetch_one(&self.pool).await.expect("counts")
    }

    /// What an organization has.
    pub async fn ledger(&self, organization: Uuid) -> Ledger {
        let rows: Vec<(String, i64)> =
            sqlx::query_as(LEDGER).bind(organization).fetch_all(&self.pool).await.expect("is read");
        rows.into_iter().collect()
    }

    /// What breaks a rule in an organization.
    pub async fn broken(&self, organization: Uuid) -> Vec<String> {
        let mut snapshot = self.engine.store().begin_survey().await.expect("begins");
        let organization = Some(upnext::domain::id::OrganizationId(organization));
        let extent = Extent { organization, now: Clock::system().now(), limit: 3 };
        let mut broken = Vec::new();
        for rule in rules() {
            let found = rule.broken(&mut snapshot, &extent).await.expect("is checked");
            broken.extend(
                found.violations.iter().map(|one| format!("{}: {} {}", rule.name, one.sentence, one.ids)),
            );
        }
        broken
    }
}

/// What changed from one ledger to another.
pub fn changes(before: &Ledger, after: &Ledger) -> Ledger {
    let names = before.keys().chain(after.keys());
    let value = |ledger: &Ledger, name: &String| ledger.get(name).copied().unwrap_or(0);
    let changed = names.map(|name| (name.clone(), value(after, name) - value(before, name)));
    changed.filter(|(_, change)| *change != 0).collect()
}

/// Gives an organization one of everything that writes act upon. The leads `paid1`, `paid2` and
/// `live1` are not enrolled; `acts1` and `acts2` act in `tasks`, `waits` waits in `short`, and
/// `clocked` waits for working time, all ana's, and `held` is paused in `tasks`; `writes` has an
/// email to write, in `goal`, which ends once the lead's origin is `won`; `closed` is closed.
/// `paid` is a segment that isn't active, connected to `short`, `live` one that is, to `tasks`;
/// `later1` is in the segment `later`, whose only seller, cem, takes no records; `full2` waits
/// until dan, who may own one record, loses `full1`. `lent` was cem's, and is ben's for now.
async fn furnish(client: &Client) -> Names {
    publish(client).await;
    for webhook in ["crm", "spare"] {
        let content = json!({"url": "https://example.com/", "disabled": true});
        let webhook = json!({"webhook_id": webhook, "webhook": content});
        client.done("EventService/CreateWebhook", webhook).await;
    }
    for calendar in ["used", "unused"] {
        let hours = json!({"days": ["MONDAY", "TUESDAY"], "start_time": "09:00", "end_time": "17:00"});
        let content = json!({"display_name": calendar, "time_zone": "UTC", "working_hours": [hours]});
        let calendar = json!({"calendar_id": calendar, "calendar": content});
        client.done("CalendarService/CreateCalendar", calendar).await;
    }
    client
        .done("SellerService/DeclareSellerAttributes", json!({"attributes": {"spare": {"type": "INT"}}}))
        .await;
    let ana = json!({"display_name": "ana", "calendar": "used", "attributes": {"spare": 1}});
    let ana = json!({"seller_id": "ana", "seller": ana});
    client.done("SellerService/CreateSeller", ana).await;
    client.seller("ben").await;
    client.seller("cem").await;
    client.seller("gone").await;
    let cem = json!({"seller": {"name": "sellers/cem", "assign_records": false}});
    client.done("SellerService/UpdateSeller", cem).await;
    let full = json!({"team_id": "full", "team": {"display_name": "full", "members": ["dan"]}});
    for team in ["used", "unused"] {
        let team = json!({"team_id": team, "team": {"display_name": team, "members": ["ana", if team == "used" { "cem" } else { "gone" }]}});
        client.done("TeamService/CreateTeam", team).await;
    }
    let dan = json!({"seller_id": "dan", "seller": {"display_name": "dan", "max_capacity": 1}});
    client.done("SellerService/CreateSeller", dan).await;
    client.done("TeamService/CreateTeam", full).await;
    let key = json!({"api_key": {"display_name": "CRM", "roles": ["INTEGRATION"]}});
    let key = client.done("ApiKeyService/CreateApiKey", key).await;
    client.declare(json!({"origin": {"type": "STRING", "indexed": true}, "spare": {"type": "INT"}, "employer": {"type": "REFERENCE", "reference_type": "account"}})).await;
    let industry = json!({"record_type": "account", "attributes": {"industry": {"type": "STRING"}}});
    client.done("RecordService/DeclareAttributes", industry).await;
    let spare = json!({"record_type_id": "spare", "record_type": {"display_name": "Spare"}});
    client.done("RecordService/CreateRecordType", spare).await;
    for template in ["used", "unused"] {
        let template = json!({"template_id": template, "template": {"display_name": template, "email": {}}});
        client.done("TemplateService/CreateTemplate", template).await;
    }

    sequences(client).await;
    segments(client).await;

    let owned = |id: &str| json!({"id": id, "owner": "ana", "attributes": {"origin": "own"}});
    let paid = |id: &str| json!({"id": id, "attributes": {"origin": "paid", "spare": 1}});
    let others = json!([{"id": "plain"}, {"id": "pooled"}, {"id": "snoozed"}, {"id": "closed"},
         {"id": "mailed", "attributes": {"email": "mailed@example.com"}}, {"id": "begun", "attributes": {"email": "begun@example.com"}},
        {"id": "later1", "attributes": {"origin": "later"}}, {"id": "full1", "owner": "dan"},
        {"id": "full2", "attributes": {"origin": "full"}}, {"id": "banker1", "attributes": {"employer": "b1"}}]);
    client.leads(json!([{"id": "lent", "owner": "cem"}])).await;
    let leads = ["acts1", "acts2", "waits", "clocked", "held", "writes"].map(owned).into_iter();
    let leads = leads.chain(["paid1", "paid2"].map(paid));
    client.leads(leads.collect()).await;
    client.leads(others).await;
    let reassign = json!({"current_owner": "cem", "new_owner": "ben"});
    let reassigned = client.done("SellerService/ReassignRecords", reassign).await;
    let close = json!({"name": "recordTypes/lead/records/closed", "close_outcome": "LOST"});
    client.done("RecordService/CloseRecord", close).await;
    let (first, second) = (client.enroll("acts1", "tasks").await, client.enroll("acts2", "tasks").await);
    let waits = client.enroll("waits", "short").await;
    client.enroll("writes", "goal").await;
    client.enroll("clocked", "hours").await;
    let hello = json!({"name": waits["openActivity"]});
    client.done("WorkQueueService/CompleteActivity", hello).await;

    client.leads(json!([{"id": "few1", "owner": "ben"}, {"id": "few2", "owner": "ben"}, {"id": "few3", "owner": "ben"}])).await;
    let placed = client.enroll("few1", "few").await;
    client.enroll("few2", "few").await;
    client.enroll("pooled", "tasks").await;
    let snoozed = client.enroll("snoozed", "tasks").await;
    let until = Clock::system().now() + chrono::TimeDelta::hours(2);
    let snooze = json!({"name": snoozed["openActivity"], "until": until});
    client.done("WorkQueueService/SnoozeActivity", snooze).await;
    let view = json!({"view_id": "used", "view": {"display_name": "Used", "owner": "sellers/ana"}});
    client.done("WorkQueueService/CreateView", view).await;
    let manual = json!({"activity": {"record": "recordTypes/lead/records/acts2", "task": {}}});
    let manual = client.done("WorkQueueService/CreateActivity", manual).await;
    // Longer than the test takes.
    let leased = json!({"queue": "teams/unassigned", "lease_duration": "3600s"});
    let leased = client.done("WorkQueueService/AcquireActivities", leased).await;

    // In this order they are acquired.
    client.enroll("mailed", "mail").await;
    client.enroll("begun", "mail").await;
    let mails = json!({"queue": "teams/automation", "lease_duration": "3600s", "max_activities": 2});
    let mails = client.done("WorkQueueService/AcquireActivities", mails).await;
    let begun = text(&mails, "/activities/1/activity/name").to_owned();
    let begun_lease = text(&mails, "/activities/1/lease/leaseId").to_owned();
    let begin = json!({"name": begun, "lease_id": begun_lease});
    client.done("EmailService/BeginSending", begin).await;

    client.enroll("held", "halted").await;
    client.done("SequenceService/DeactivateSequence", json!({"name": "halted", "mode": "PAUSE"})).await;
    let failed = client.enroll("held", "onward").await;
    let again = json!([{"step_id": "first", "task": {}}, {"step_id": "second", "task": {}}, {"step_id": "third", "task": {}}]);
    let update = json!({"sequence": {"name": "sequences/tasks", "steps": again}, "update_mask": "steps"});
    client.done("SequenceService/UpdateSequence", update).await;
    client.done("SequenceService/ActivateSequence", json!({"name": "tasks"})).await;
    let paused = client.enroll("held", "tasks").await;
    client.done("EnrollmentService/PauseEnrollment", json!({"name": paused["name"]})).await;

    Names {
        activity: text(&first, "/openActivity").to_owned(),
        activity_enrollment: text(&first, "/name").to_owned(),
        other_activity: text(&second, "/openActivity").to_owned(),
        waiting: text(&waits, "/name").to_owned(),
        paused: text(&paused, "/name").to_owned(),
        failed: text(&failed, "/name").to_owned(),
        completed: text(&waits, "/openActivity").to_owned(),
        snoozed: text(&snoozed, "/openActivity").to_owned(),
        manual: text(&manual, "/activity/name").to_owned(),
        leased: text(&leased, "/activities/0/activity/name").to_owned(),
        lease: text(&leased, "/activities/0/lease/leaseId").to_owned(),
        automated: text(&mails, "/activities/0/activity/name").to_owned(),
        automated_lease: text(&mails, "/activities/0/lease/leaseId").to_owned(),
        begun,
        begun_lease,
        api_key: text(&key, "/apiKey/name").to_owned(),
        placed: text(&placed, "/name").to_owned(),
        reassigned: text(&reassigned, "/operation").to_owned(),
        problem: String::new(),
        delivery: String::new(),
    }
}

async fn sequences(client: &Client) {
    let short = json!([{"step_id": "hello", "email": {"template": "templates/used"}},
        {"step_id": "pause", "wait": {"delay": {"hours": 1}}}, {"step_id": "call", "phone_call": {}}]);
    let tasks = json!([{"step_id": "first", "task": {}}, {"step_id": "second", "task": {}}]);
    let pause = json!({"step_id": "pause", "wait": {"delay": {"seconds": 1}}});
    let soon = json!([pause, {"step_id": "then", "task": {}}]);

    client.sequence("short", short).await;
    client.sequence("tasks", tasks.clone()).await;
    client.sequence("soon", soon).await;
    let mail = json!([{"step_id": "mail", "automated_email": {"template": "used"}}, {"step_id": "then", "task": {}}]);
    client.sequence("mail", mail).await;
    client.sequence("halted", tasks.clone()).await;
    client.sequence("onward", json!([pause, {"advance_to_sequence": {"sequence": "halted"}}])).await;
    let hours = json!({"step_id": "pause", "wait": {"business_hours": {"hours": 4}}});
    client.sequence("hours", json!([hours, {"step_id": "then", "task": {}}])).await;
    let commands = json!([
        {"update_attribute": {"attribute": "origin", "value": "called"}},
        {"step_id": "split", "split": {"variants": [
            {"variant_id": "a", "weight": 50}, {"variant_id": "b", "weight": 50}]}},
        {"assign_owner": {"seller": "ben"}},
        {"assign_owner": {"team": "used"}},
        {"advance_to_sequence": {"sequence": "tasks"}}]);
    client.sequence("commands", commands).await;
    client.sequence("few", tasks.clone()).await;
    let few = json!({"name": "sequences/few", "throttle": {"active_per_seller": 1}});
    client.done("SequenceService/UpdateSequence", json!({"sequence": few})).await;
    client.draft("draft", tasks.clone()).await;
    let hello = json!([{"step_id": "hello", "email": {}}, {"step_id": "then", "task": {}}]);
    client.draft("goal", hello).await;
    let goal = json!({"exit_criteria": {"goal_condition": "record.origin == \"won\""}, "name": "goal"});
    client.done("SequenceService/UpdateSequence", json!({"sequence": goal})).await;
    client.done("SequenceService/ActivateSequence", json!({"name": "goal"})).await;
    // It ended before it begins, so it is decided at once.
    let variants = json!([{"variant_id": "a", "weight": 50}, {"variant_id": "b", "weight": 50}]);
    let goal = json!({"metric": "REPLIED", "decide_at_end": true});
    let ends = json!({"variants": variants, "goal": goal, "end_time": "2026-01-01T00:00:00Z", "default_variant": "b"});
    client.draft("ends", json!([{"step_id": "split", "split": ends}, {"step_id": "then", "task": {}}])).await;
    client.draft("gone", tasks).await;
    client.done("SequenceService/DeleteSequence", json!({"name": "gone"})).await;
}

async fn segments(client: &Client) {
    for id in ["live", "paid", "alone"] {
        client.segment(id, &format!("record.origin == \"{id}\"")).await;
        client.rule(id, "in-turn", &["ana", "ben"]).await;
    }
    client.rule("paid", "last", &["cem"]).await;
    client.segment("later", "record.origin == \"later\"").await;
    client.rule("later", "one", &["cem"]).await;
    client.activate_segment("later").await;
    client.segment("full", "record.origin == \"full\"").await;
    let full = json!({"display_name": "full", "team": "full", "respect_capacity": true});
    let full = json!({"parent": "segments/full", "assignment_rule_id": "one", "assignment_rule": full});
    client.done("SegmentService/CreateAssignmentRule", full).await;
    client.activate_segment("full").await;
    client.segment("banks", "record.employer.industry == \"banking\"").await;
    client.activate_segment("banks").await;
    client.connect("live", "tasks").await;
    client.connect("paid", "short").await;
    client.activate_segment("live").await;
}
