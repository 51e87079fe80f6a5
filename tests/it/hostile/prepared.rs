//! What requests need to be accepted: sellers, leads, enrollments and the rest, made by calls.

use serde_json::{Value, json};

use crate::events::publish;
use crate::support::stage::{Stage, text};

/// By kind, names of what is there.
pub type Names = Vec<(&'static str, String)>;

/// Makes what a request needs; every id ends in the number, so that it is new.
pub struct Preparation<'a> {
    /// Where it is made.
    pub stage: &'a Stage,
    /// Another one for each request.
    pub number: u64,
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
    pub async fn names(&self, method: &str) -> Names {
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
            // The second one, which a move to the first place changes.
            "MoveAssignmentRule" => {
                let segment = self.segment().await;
                admin.rule(segment.trim_start_matches("segments/"), "last", &["ana"]).await;
                vec![("rules", format!("{segment}/rules/last"))]
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
                let away = json!({"current_owner": "ana", "nobody": {}});
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
    pub async fn one_of_each(&self) -> Names {
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
