//! Every request of the corpus is accepted where everything that it names is in the right state.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tonic::Status;

use super::generate::Generator;
use super::known::Known;
use super::{corpus, lead_attributes, methods};
use crate::crash::writes::writing_rpcs;
use crate::events::publish;
use crate::support::app::within_deadline;
use crate::support::dynamic::call;
use crate::support::refused::Refused;
use crate::support::stage::{Stage, list, text};

/// How often each request is made, so that what is drawn by chance comes in several forms.
const ROUNDS: u64 = 2;

/// How often a request with a condition is made, at most, until a right one is drawn.
const MORE_ROUNDS: u64 = 12;

/// Methods whose request is never accepted, each with the reason.
const NEVER: &[(&str, &str)] = &[
    ("BeginSending", "it draws a lease that nobody has: the server mints them"),
    ("FinishSending", "it draws a lease that nobody has: the server mints them"),
    ("DeleteAttribute", "it names one that nobody declared: the corpus needs those that are there"),
    ("DeleteSellerAttribute", "it names one that nobody declared: the corpus needs those that are there"),
    ("DeleteOperation", "the server decides how long operations are kept"),
    ("DeleteRecordType", "it names one that nobody made: the corpus needs those that are there"),
    ("ExtendLease", "it draws a lease that nobody has: the server mints them"),
    ("ReleaseActivity", "it draws a lease that nobody has: the server mints them"),
];

/// Methods whose request may be refused in some rounds: its condition is drawn by chance, and some
/// conditions are wrong on purpose.
const CONDITIONED: [&str; 6] = [
    "CreateSegment",
    "UpdateSegment",
    "PreviewSegment",
    "CreateSequence",
    "UpdateSequence",
    "SimulateSequence",
];

/// Services whose calls are daily work. Enrollments have their own histories.
const DAILY: [&str; 3] = ["WorkQueueService", "EnrollmentService", "EmailService"];

/// Other writes that write no administrative event, each with the reason.
const UNAUDITED: &[(&str, &str)] = &[
    ("UpsertRecord", "records are data of the CRM, which comes by the thousand"),
    ("BatchUpsertRecords", "records are data of the CRM, which comes by the thousand"),
    ("IngestEngagementEvents", "the record's history has them"),
    ("CloseRecord", "the record's history has an event of its own"),
    ("ReopenRecord", "the record's history has an event of its own"),
    ("DeleteRecord", "the record's history has an event of its own"),
    ("MergeRecords", "the record's history has an event of its own"),
    ("TestWebhook", "it writes nothing: the test goes to the receiver only"),
];

/// By kind, names of what is there.
type Names = Vec<(&'static str, String)>;

/// Makes what a request needs; every id ends in the number, so that it is new.
struct Preparation<'a> {
    stage: &'a Stage,
    number: u64,
}

impl Preparation<'_> {
    fn id(&self, id: &str) -> String {
        format!("{id}{}", self.number)
    }

    /// A lead of ana.
    async fn lead(&self) -> String {
        self.stage.admin.leads(json!([{"id": self.id("r"), "owner": "ana"}])).await;
        format!("recordTypes/lead/records/{}", self.id("r"))
    }

    async fn draft(&self) -> String {
        self.stage.admin.draft(&self.id("d"), json!([{"task": {}}])).await;
        format!("sequences/{}", self.id("d"))
    }

    async fn active(&self) -> String {
        self.stage.admin.sequence(&self.id("s"), json!([{"task": {}}])).await;
        format!("sequences/{}", self.id("s"))
    }

    /// A draft of a segment with a rule, connected to a sequence.
    async fn segment(&self) -> String {
        let id = self.id("g");
        self.stage.admin.segment(&id, "record.origin == \"web\"").await;
        self.stage.admin.rule(&id, "rule", &["ana"]).await;
        self.stage.admin.connect(&id, "tasks").await;
        format!("segments/{id}")
    }

    /// An enrollment at the first of these steps.
    async fn enrollment(&self, steps: Value) -> Names {
        self.lead().await;
        self.stage.sequence(&self.id("s"), steps).await;
        let enrollment = self.stage.enroll(&self.id("r"), &self.id("s")).await;

        let activity = enrollment["openActivity"].as_str().unwrap_or_default().to_owned();
        vec![("enrollments", text(&enrollment, "/name").to_owned()), ("activities", activity)]
    }

    /// One that can't advance, because the other sequence isn't active any more.
    async fn failed(&self) -> Names {
        self.stage.sequence(&self.id("o"), json!([{"task": {}}])).await;
        let on = json!({"advance_to_sequence": {"sequence": self.id("o")}});
        let names = self.enrollment(json!([{"emit_event": {"event_name": "x"}}, on])).await;
        self.stage.done("SequenceService/DeactivateSequence", json!({"name": self.id("o")})).await;
        self.stage.app.run_until_idle().await;
        names
    }

    /// An operation that no loop has begun with.
    async fn operation(&self) -> String {
        let activate = json!({"name": self.segment().await, "backfill": true});
        let activated = self.stage.done("SegmentService/ActivateSegment", activate).await;
        text(&activated, "/backfillOperation").to_owned()
    }

    /// What `method` acts on and leaves in another state.
    async fn names(&self, method: &str) -> Names {
        let admin = &self.stage.admin;

        match method {
            "ActivateSequence" => vec![("sequences", self.draft().await)],
            "DeactivateSequence" | "DeleteSequence" | "UpdateSequence" => {
                vec![("sequences", self.active().await)]
            }
            "DecideSplit" => {
                let variants = json!([{"variant_id": "a", "weight": 50}, {"variant_id": "b", "weight": 50}]);
                let split = json!({"step_id": "split", "split": {"variants": variants}});
                admin.sequence(&self.id("split"), json!([split, {"task": {}}])).await;
                vec![("sequences", format!("sequences/{}", self.id("split")))]
            }
            "UndeleteSequence" => {
                let name = self.draft().await;
                admin.done("SequenceService/DeleteSequence", json!({"name": name})).await;
                vec![("sequences", name)]
            }
            "ListEvents" | "WatchEvents" | "CreateWebhook" => {
                publish(admin).await;
                Names::new()
            }
            "GetWebhook"
            | "UpdateWebhook"
            | "DeleteWebhook"
            | "RotateWebhookSecret"
            | "ListWebhookDeliveries"
            | "RetryWebhookDelivery"
            | "TestWebhook" => self.webhook().await,
            "ActivateSegment"
            | "DeleteSegment"
            | "DisconnectSequence"
            | "UpdateSegment"
            | "MoveSegment"
            | "RunAssignment"
            | "CreateAssignmentRule" => vec![("segments", self.segment().await)],
            "DeactivateSegment" => {
                let name = self.segment().await;
                admin.done("SegmentService/ActivateSegment", json!({"name": name})).await;
                vec![("segments", name)]
            }
            "ConnectSequence" => {
                admin.segment(&self.id("g"), "true").await;
                vec![("segments", format!("segments/{}", self.id("g")))]
            }
            "DeleteAssignmentRule" | "UpdateAssignmentRule" => {
                let rule = format!("{}/rules/rule", self.segment().await);
                vec![("rules", rule), ("teams", self.team().await)]
            }
            "DeleteCalendar" | "UpdateCalendar" => vec![("calendars", self.calendar().await)],
            "DeleteTeam" | "UpdateTeam" => {
                vec![("teams", self.team().await), ("sellers", "sellers/ana".to_owned())]
            }
            "DeleteTemplate" | "UpdateTemplate" => vec![("templates", self.template().await)],
            "RotateApiKey" | "RevokeApiKey" => vec![("apiKeys", self.api_key().await)],
            "ReopenRecord" => {
                let name = self.lead().await;
                admin.done("RecordService/CloseRecord", json!({"name": name, "close_outcome": "LOST"})).await;
                vec![("records", name)]
            }
            "RetryProblem" => vec![("problems", self.problem().await)],
            "MergeRecords" => {
                let double = self.id("double");
                admin.leads(json!([{"id": double}])).await;
                let double = format!("recordTypes/lead/records/{double}");
                vec![("records", self.lead().await), ("duplicates", double)]
            }
            "CloseRecord"
            | "DeleteRecord"
            | "EraseRecord"
            | "EnrollRecord"
            | "BatchEnrollRecords"
            | "CreateActivity"
            | "BatchCreateActivities" => {
                vec![("records", self.lead().await)]
            }
            "SkipWait" => self.enrollment(json!([{"wait": {"delay": {"hours": 1}}}, {"task": {}}])).await,
            "RetryEnrollment" => self.failed().await,
            "ResumeEnrollment" => {
                let names = self.enrollment(json!([{"task": {}}])).await;
                let (_, enrollment) =
                    names.iter().find(|(kind, _)| *kind == "enrollments").expect("one is open");
                admin.done("EnrollmentService/PauseEnrollment", json!({"name": enrollment})).await;
                names
            }
            "ExitEnrollment"
            | "PauseEnrollment"
            | "MigrateEnrollment"
            | "UpdateEnrollment"
            | "BatchActOnEnrollments"
            | "CompleteActivity"
            | "BatchCompleteActivities"
            | "SkipActivity"
            | "BatchSkipActivities"
            | "SnoozeActivity"
            | "BatchSnoozeActivities"
            | "UpdateActivity"
            | "ReassignActivity"
            | "BatchReassignActivities" => self.enrollment(json!([{"phone_call": {}}])).await,
            "UnsnoozeActivity" => {
                let names = self.enrollment(json!([{"task": {}}])).await;
                let (_, activity) =
                    names.iter().find(|(kind, _)| *kind == "activities").expect("one is open");
                let until = self.stage.app.now() + chrono::TimeDelta::hours(1);
                let snooze = json!({"name": activity, "until": until});
                admin.done("WorkQueueService/SnoozeActivity", snooze).await;
                names
            }
            "GetView" | "UpdateView" | "DeleteView" => vec![("views", self.view().await)],
            "CancelActivity" => {
                let task = json!({"activity": {"record": self.lead().await, "task": {}}});
                let made = admin.done("WorkQueueService/CreateActivity", task).await;
                vec![("activities", text(&made, "/activity/name").to_owned())]
            }
            "RenderActivity" => self.enrollment(json!([{"email": {}}])).await,
            "ReopenActivity" => {
                let names = self.enrollment(json!([{"task": {}}])).await;
                let (_, activity) =
                    names.iter().find(|(kind, _)| *kind == "activities").expect("one is open");
                admin.done("WorkQueueService/SkipActivity", json!({"name": activity})).await;
                names
            }
            "CancelOperation" => vec![("operations", self.operation().await)],
            "DeleteSeller" => {
                admin.seller(&self.id("s")).await;
                vec![("sellers", format!("sellers/{}", self.id("s")))]
            }
            "HandBackRecords" => {
                let _ = self.lead().await;
                let away = json!({"seller": "ana", "nobody": {}});
                let taken = admin.done("SellerService/ReassignRecords", away).await;
                vec![("operations", text(&taken, "/operation").to_owned())]
            }
            // One that is done: a wait for another ends with the clock, which stands still here.
            "WaitOperation" => {
                let name = self.operation().await;
                // All that was begun so far takes longer than most things on a busy machine.
                self.stage.app.app.run_until_idle().await.expect("every tick succeeds");
                vec![("operations", name)]
            }
            _ => Names::new(),
        }
    }

    /// One of each kind, for requests that change nothing or make something new.
    async fn one_of_each(&self) -> Names {
        let segment = self.segment().await;
        let mut names = self.enrollment(json!([{"phone_call": {}}])).await;
        names.extend([
            ("recordTypes", "recordTypes/lead".to_owned()),
            ("sellers", "sellers/ana".to_owned()),
            ("sequences", "sequences/tasks".to_owned()),
            ("records", "recordTypes/lead/records/l1".to_owned()),
            ("rules", format!("{segment}/rules/rule")),
            ("segments", segment),
            ("calendars", self.calendar().await),
            ("teams", self.team().await),
            ("templates", self.template().await),
            ("apiKeys", self.api_key().await),
            ("problems", self.problem().await),
            ("operations", Preparation { number: self.number + 1, ..*self }.operation().await),
        ]);

        names
    }

    async fn view(&self) -> String {
        let view = json!({"view_id": self.id("v"), "view": {"display_name": "V"}});
        self.stage.admin.done("WorkQueueService/CreateView", view).await;
        format!("views/{}", self.id("v"))
    }

    async fn calendar(&self) -> String {
        let hours = json!({"days": ["MONDAY"], "start_time": "09:00", "end_time": "17:00"});
        let calendar = json!({"display_name": "C", "time_zone": "UTC", "working_hours": [hours]});
        let request = json!({"calendar_id": self.id("c"), "calendar": calendar});
        self.stage.done("CalendarService/CreateCalendar", request).await;
        format!("calendars/{}", self.id("c"))
    }

    async fn team(&self) -> String {
        let request = json!({"team_id": self.id("m"), "team": {"display_name": "M"}});
        self.stage.done("TeamService/CreateTeam", request).await;
        format!("teams/{}", self.id("m"))
    }

    async fn template(&self) -> String {
        let template = json!({"display_name": "T", "email": {}});
        let request = json!({"template_id": self.id("t"), "template": template});
        self.stage.done("TemplateService/CreateTemplate", request).await;
        format!("templates/{}", self.id("t"))
    }

    /// As if routing a lead had failed, which is tried again long after the test.
    async fn problem(&self) -> String {
        let (lead, id) = (self.lead().await, upnext::clock::Clock::system().new_id());
        let lead = lead.rsplit('/').next().expect("a name").to_owned();
        let made = sqlx::query(
            "INSERT INTO set_aside (organization_id, id, kind, subject_id, reason, create_time, retry_time, retrying)
             SELECT organization_id, $1, 'record_change', id, 'a test', create_time, create_time + interval '1 year', true
             FROM record WHERE record_id = $2",
        );
        made.bind(id).bind(lead).execute(&self.stage.app.database.pool()).await.expect("is made");
        format!("problems/{id}")
    }

    /// A webhook that gave up an event.
    async fn webhook(&self) -> Names {
        publish(&self.stage.admin).await;
        let webhook = json!({"url": "https://127.0.0.1:9/", "disabled": true});
        let request = json!({"webhook_id": self.id("w"), "webhook": webhook});
        self.stage.done("EventService/CreateWebhook", request).await;
        let id = upnext::clock::Clock::system().new_id();
        let made = sqlx::query(
            "INSERT INTO webhook_delivery (organization_id, id, webhook_id, position, attempts, last_error, create_time)
             SELECT organization_id, $1, id, 1, 5, 'a test', create_time FROM webhook WHERE webhook_id = $2",
        );
        made.bind(id).bind(self.id("w")).execute(&self.stage.app.database.pool()).await.expect("is made");
        let name = format!("webhooks/{}", self.id("w"));
        vec![("deliveries", format!("{name}/deliveries/{id}")), ("webhooks", name)]
    }

    async fn api_key(&self) -> String {
        let key = json!({"display_name": "K", "roles": ["INTEGRATION"]});
        let created = self.stage.done("ApiKeyService/CreateApiKey", json!({"api_key": key})).await;
        text(&created, "/apiKey/name").to_owned()
    }
}

/// Lets a generator know these things, and what of the others there is to know.
fn tell(generator: &mut Generator, names: &Names, others: &Names) {
    generator.known = Known::default();
    let is_named = |kind: &str| names.iter().any(|(named, _)| *named == kind);
    let others = others.iter().filter(|(kind, _)| !is_named(kind));
    for (kind, name) in names.iter().chain(others) {
        generator.known.note(kind, name, &mut generator.random);
    }
}

/// Whether a call was refused for its condition and for nothing else.
fn is_about_condition(status: &Status) -> bool {
    let refused = Refused::of(status);
    let mut fields = refused.violations.iter().map(|(field, ..)| field);
    !refused.violations.is_empty() && fields.all(|field| field.ends_with("condition"))
}

/// What is wrong with the first item of a batch's answer, the only one that names something new.
fn refused_item(answer: &Value) -> Option<Value> {
    list(answer, "/results").first()?.get("error").cloned()
}

/// Checks that each accepted administrative write is in the audit, with what it changed.
async fn check_audit(stage: &Stage, accepted: &BTreeSet<String>) {
    let mut told: Vec<Value> = Vec::new();
    let mut token = String::new();
    loop {
        let request = json!({"page_size": 1_000, "page_token": token});
        let page = stage.done("EventService/ListAuditEvents", request).await;
        told.extend(list(&page, "/events").iter().map(|event| event["administrativeWrite"].clone()));
        token = page["nextPageToken"].as_str().unwrap_or_default().to_owned();
        if token.is_empty() {
            break;
        }
    }

    let method = |write: &Value| text(write, "/method").rsplit('/').next().unwrap_or_default().to_owned();
    let audited: BTreeSet<String> = told.iter().map(method).collect();
    let forgotten = |rpc: &String| {
        let (service, name) = rpc.split_once('/').expect("has a service");
        let excused = UNAUDITED.iter().any(|(excused, _)| *excused == name) || DAILY.contains(&service);
        !excused && accepted.contains(name) && !audited.contains(name)
    };
    let forgotten: Vec<String> = writing_rpcs().into_iter().filter(forgotten).collect();
    assert!(forgotten.is_empty(), "write no audit event: {forgotten:?}");

    for write in &told {
        let (name, shown) = (method(write), (write.get("before").is_some(), write.get("after").is_some()));
        let makes =
            ["Create", "Clone", "RotateApiKey", "upnext "].iter().any(|start| name.starts_with(start));
        assert!(shown.0 || makes, "what was before? {write}");
        assert!(shown.1 || name.starts_with("Delete"), "what is after? {write}");
        assert!(!text(write, "/resource").is_empty() && !text(write, "/resourceKind").is_empty(), "{write}");
    }
}

#[tokio::test]
async fn every_request_of_the_corpus_is_accepted_where_what_it_names_is_ready() {
    accept_all(&Stage::new().await).await;
}

/// Calls every method where what its request names is ready.
pub async fn accept_all(stage: &Stage) {
    stage.admin.declare(lead_attributes()).await;
    let others = Preparation { stage, number: 0 }.one_of_each().await;
    let mut generator = Generator::new(1);
    generator.now = stage.app.now().timestamp();
    let (mut accepted, mut wrong) = (BTreeSet::<String>::new(), Vec::new());

    for round in 0..MORE_ROUNDS {
        for (index, method) in (1..).zip(methods()) {
            let (name, number) = (method.name(), (round + 1) * 1_000 + index);
            if round >= ROUNDS && (accepted.contains(name) || !CONDITIONED.contains(&name)) {
                continue;
            }
            let names = Preparation { stage, number }.names(name).await;
            tell(&mut generator, &names, &others);
            let mut request = corpus::request(name, &mut generator);
            // A dry run is drawn by chance, and the audit has none.
            if let Some(fields) = request.as_object_mut().filter(|_| round == 0) {
                fields.remove("validate_only");
            }

            let full_name = format!("{}/{name}", method.parent_service().full_name());
            let answer = within_deadline(name, call(&stage.admin, &full_name, request.clone())).await;
            match answer {
                Ok(answer) => match refused_item(&answer) {
                    None => drop(accepted.insert(name.to_owned())),
                    Some(error) => wrong.push(format!("{name} {request}: {error}")),
                },
                Err(status) if CONDITIONED.contains(&name) && is_about_condition(&status) => {}
                Err(_) if NEVER.iter().any(|(never, _)| *never == name) => {}
                Err(status) => wrong.push(format!("{name} {request}: {status:?}")),
            }
        }
    }

    check_audit(stage, &accepted).await;
    let never = methods().into_iter().filter(|method| !accepted.contains(method.name()));
    let never: BTreeSet<String> = never.map(|method| method.name().to_owned()).collect();
    let known: BTreeSet<String> = NEVER.iter().map(|(method, _)| (*method).to_owned()).collect();
    assert!(wrong.is_empty(), "refused, though all is ready:\n{}", wrong.join("\n"));
    assert_eq!(never, known, "accepted in no round");
}
