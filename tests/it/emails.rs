//! Automated emails, sent by the real worker through a real mail server: each once, none that must
//! not be sent, and everything else to the record's owner.

mod coming_back;
mod killed;
mod limits;
mod unsubscribing;

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;
use tonic::Code;

use crate::support::app::{Client, DEADLINE, TestApp};
use crate::support::invariants;
use crate::support::mail_server::{Mail, MailServer};
use crate::support::process;
use crate::support::refused::refused;
use crate::support::stage::{event, list, text};

const ACTIVITIES: &str = "WorkQueueService/ListActivities";

/// A server, a mail server, and a worker's key. The leads have the owners ana and ben, and get the
/// email `hello` as their first step.
pub struct Office {
    pub app: TestApp,
    pub admin: Client,
    pub mail: MailServer,
    pub worker: Client,
}

impl Office {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let admin = app.admin.clone();
        for (id, name) in [("ana", "Ana Ruiz"), ("ben", "Ben Okoro")] {
            let seller = json!({"display_name": name, "email": format!("{id}@acme.example")});
            admin.done("SellerService/CreateSeller", json!({"seller_id": id, "seller": seller})).await;
        }
        admin.declare(json!({"nick": {"type": "STRING"}})).await;
        let email = json!({"subject": "Hi {{ record.nick }}",
            "body": "Dear {{ record.nick }},\n{{ seller.name }} of {{ sender.name }}\n{{ unsubscribe_url }}\n"});
        let template = json!({"display_name": "Hello", "email": email});
        admin
            .done("TemplateService/CreateTemplate", json!({"template_id": "hello", "template": template}))
            .await;
        let steps = json!([{"step_id": "hello", "automated_email": {"template": "hello"}},
            {"step_id": "call", "phone_call": {}}]);
        admin.sequence("welcome", steps).await;

        let key = json!({"api_key": {"display_name": "Worker", "roles": ["WORKER"]}});
        let created = admin.done("ApiKeyService/CreateApiKey", key).await;
        let worker = app.client(text(&created, "/secret"));
        let mail = MailServer::start().await;
        Self { app, admin, mail, worker }
    }

    /// Enrolls a lead whose address is its name; returns the activity.
    pub async fn lead(&self, name: &str, owner: &str) -> String {
        let attributes = json!({"email": format!("{name}@example.com"), "nick": name});
        self.lead_with(name, owner, attributes).await
    }

    pub async fn lead_with(&self, name: &str, owner: &str, attributes: Value) -> String {
        self.admin.leads(json!([{"id": name, "owner": owner, "attributes": attributes}])).await;
        let enrolled = self.admin.enroll(name, "welcome").await;
        text(&enrolled, "/openActivity").to_owned()
    }

    /// The worker's command.
    pub fn command(&self, connections: usize) -> tokio::process::Command {
        let port = self.mail.address.port().to_string();
        let connections = connections.to_string();
        let arguments = [
            "worker",
            "smtp",
            "--once",
            "--host",
            "127.0.0.1",
            "--port",
            &port,
            "--tls",
            "none",
            "--from",
            "Acme <hello@acme.example>",
            "--connections",
            &connections,
        ];
        let arguments: Vec<&dyn AsRef<std::ffi::OsStr>> =
            arguments.iter().map(|one| one as &dyn AsRef<std::ffi::OsStr>).collect();
        let mut command = process::upnext(&arguments);
        command.env("UPNEXT_ADDRESS", self.app.address.to_string()).env("UPNEXT_KEY", &self.worker.secret);
        let mut command = tokio::process::Command::from(command);
        command.kill_on_drop(true);
        command
    }

    /// Lets a worker send all that is due.
    pub async fn work(&self) {
        self.work_within(DEADLINE).await;
    }

    /// Like `work`, for so many emails as take longer.
    pub async fn work_within(&self, limit: Duration) {
        let ended = timeout(limit, self.command(2).output()).await;
        let output =
            ended.unwrap_or_else(|_| panic!("the worker didn't end within {limit:?}")).expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        self.app.run_until_idle().await;
    }

    pub async fn activity(&self, name: &str) -> Value {
        let view = json!({"name": name, "view": "FULL"});
        self.admin.done("WorkQueueService/GetActivity", view).await["activity"].clone()
    }

    pub async fn queue(&self, queue: &str) -> Vec<Value> {
        list(&self.admin.done(ACTIVITIES, json!({"queue": queue})).await, "/activities")
    }

    pub fn one_mail(&self) -> Mail {
        let taken = self.mail.taken();
        assert_eq!(taken.len(), 1, "{taken:?}");
        taken[0].clone()
    }

    pub async fn check(&self) {
        invariants::hold_in(self.app.app.engine.store(), self.app.now()).await;
    }

    /// Acquires the next automated email as a worker; returns the activity and the lease.
    pub async fn acquire(&self) -> (String, String) {
        let request = json!({"queue": "teams/automation", "kinds": ["AUTOMATED_EMAIL"]});
        let acquired = self.worker.done("WorkQueueService/AcquireActivities", request).await;
        let one = &list(&acquired, "/activities")[0];
        (text(one, "/activity/name").to_owned(), text(one, "/lease/leaseId").to_owned())
    }
}

#[tokio::test]
async fn an_automated_email_is_sent_once_as_its_template_says() {
    let office = Office::new().await;
    let activity = office.lead("kim", "ana").await;
    office.work().await;
    office.work().await;

    let mail = office.one_mail();
    assert_eq!(mail.to, "kim@example.com");
    assert_eq!(mail.header("Subject").as_deref(), Some("Hi kim"));
    assert_eq!(mail.header("From").as_deref(), Some("Acme <hello@acme.example>"));
    assert_eq!(mail.header("Reply-To").as_deref(), Some("ana@acme.example"));
    let id = activity.strip_prefix("activities/").expect("a name");
    assert_eq!(mail.header("Message-ID"), Some(format!("<upnext.{id}@acme.example>")));
    assert!(mail.body().starts_with("Dear kim,\r\nAna Ruiz of Acme\r\n"), "{}", mail.body());

    let done = office.activity(&activity).await;
    assert_eq!((text(&done, "/state"), text(&done, "/outcome")), ("COMPLETED", "sent"));
    assert_eq!(office.queue("sellers/ana").await[0]["kind"], "PHONE_CALL");
    office.check().await;
}

#[tokio::test]
async fn one_step_is_done_for_many_records_each_with_its_own_draft() {
    let office = Office::new().await;
    let by_hand = json!([{"step_id": "write", "email": {"template": "hello"}}]);
    office.admin.sequence("by-hand", by_hand).await;
    for (id, nick) in [("kim", json!("Kim")), ("bo", json!("Bo")), ("cy", json!(null))] {
        let attributes = json!({"email": format!("{id}@example.com"), "nick": nick});
        office.admin.leads(json!([{"id": id, "owner": "ana", "attributes": attributes}])).await;
        office.admin.enroll(id, "by-hand").await;
    }

    let filter = "activity.step_id == \"write\"";
    let request = json!({"queue": "sellers/ana", "filter": filter, "view": "FULL", "page_size": 1000});
    let listed = office.admin.done(ACTIVITIES, request.clone()).await;
    let listed = list(&listed, "/activities");
    let subject = |one: &Value| one["email"]["draft"]["subject"].as_str().map(str::to_owned);
    let subjects: Vec<_> = listed.iter().map(subject).collect();
    // The third one lacks what its template needs.
    assert_eq!(subjects, [Some("Hi Kim".to_owned()), Some("Hi Bo".to_owned()), None]);
    assert_eq!(text(&listed[1], "/email/draft/to"), "bo@example.com");
    assert_eq!(listed[0], office.activity(text(&listed[0], "/name")).await);

    let mut basic = request;
    basic["view"] = json!("BASIC");
    let basic = list(&office.admin.done(ACTIVITIES, basic).await, "/activities");
    assert!(basic.iter().all(|one| one["email"].get("draft").is_none()));
    let ready = listed.iter().filter(|one| subject(one).is_some());
    let done: Vec<Value> = ready.map(|one| json!({"name": one["name"], "outcome": "sent"})).collect();
    let done = office.admin.done("WorkQueueService/BatchCompleteActivities", json!({"requests": done})).await;
    assert!(!done.to_string().contains("error"), "{done}");
    assert_eq!(office.queue("sellers/ana").await.len(), 1);
    office.check().await;
}

#[tokio::test]
async fn a_missing_variable_makes_an_email_of_the_owner_who_is_told_why() {
    let office = Office::new().await;
    let activity = office.lead_with("kim", "ana", json!({"email": "kim@example.com"})).await;
    office.work().await;
    assert_eq!(office.mail.taken(), []);

    let shown = office.activity(&activity).await;
    assert_eq!((text(&shown, "/kind"), text(&shown, "/queue")), ("EMAIL", "sellers/ana"));
    assert_eq!(text(&shown, "/handover/reason"), "VARIABLE_MISSING");
    assert_eq!(text(&shown, "/handover/detail"), "the subject needs record.nick, which has no value");
    assert_eq!(text(&shown, "/email/template"), "templates/hello");
    assert_eq!(shown["email"]["draft"], Value::Null);

    let request = json!({"parent": shown["enrollment"], "order_by": "event_time desc"});
    let events = office.admin.done("EnrollmentService/ListEnrollmentEvents", request).await;
    let (kind, told) = event(&events["events"][0]);
    assert_eq!((kind, text(told, "/handover/reason")), ("emailHandedOver", "VARIABLE_MISSING"));

    // Once the value is there, the composer opens with the text.
    office.admin.leads(json!([{"id": "kim", "attributes": {"nick": "Kim"}}])).await;
    let draft = office.activity(&activity).await;
    assert_eq!(text(&draft, "/email/draft/subject"), "Hi Kim");
    assert_eq!(text(&draft, "/email/draft/to"), "kim@example.com");
    let rendered = office.admin.done("EmailService/RenderActivity", json!({"name": activity})).await;
    assert_eq!(rendered["email"], draft["email"]["draft"]);
    office.admin.done("WorkQueueService/CompleteActivity", json!({"name": activity})).await;
    office.check().await;
}

#[tokio::test]
async fn what_the_mail_server_says_decides() {
    let office = Office::new().await;
    let refused = office.lead("unknown", "ana").await;
    let deferred = office.lead("later", "ben").await;
    let silent = office.lead("silent", "ben").await;
    let fine = office.lead("kim", "ana").await;
    office.work().await;
    assert_eq!(office.mail.counts().into_iter().collect::<Vec<_>>(), [("kim@example.com".to_owned(), 1)]);
    assert_eq!(text(&office.activity(&fine).await, "/state"), "COMPLETED");

    let shown = office.activity(&refused).await;
    assert_eq!((text(&shown, "/kind"), text(&shown, "/handover/reason")), ("EMAIL", "REFUSED"));
    assert!(text(&shown, "/handover/detail").starts_with("550"), "{shown}");
    let shown = office.activity(&silent).await;
    assert_eq!(
        (text(&shown, "/queue"), text(&shown, "/handover/reason")),
        ("sellers/ben", "OUTCOME_UNKNOWN")
    );

    let shown = office.activity(&deferred).await;
    assert_eq!((text(&shown, "/kind"), text(&shown, "/state")), ("AUTOMATED_EMAIL", "SNOOZED"));
    let until: chrono::DateTime<chrono::Utc> = text(&shown, "/snoozeUntil").parse().expect("an instant");
    assert_eq!(until, office.app.now() + chrono::TimeDelta::minutes(5));

    // It is tried ten times in all.
    for _ in 0..9 {
        office.app.advance(chrono::TimeDelta::hours(4)).await;
        office.work().await;
    }
    let shown = office.activity(&deferred).await;
    assert_eq!((text(&shown, "/kind"), text(&shown, "/handover/reason")), ("EMAIL", "REFUSED"));
    office.check().await;
}

#[tokio::test]
async fn a_worker_that_says_nothing_leaves_an_email_that_nobody_sends_again_and_a_late_word_counts() {
    let office = Office::new().await;
    let activity = office.lead("kim", "ana").await;
    let (name, lease) = office.acquire().await;
    assert_eq!(name, activity);
    let begin = json!({"name": name, "lease_id": lease});
    let begun = office.worker.done("EmailService/BeginSending", begin.clone()).await;
    assert_eq!((text(&begun, "/decision"), text(&begun, "/email/to")), ("SEND", "kim@example.com"));

    office.app.advance(chrono::TimeDelta::minutes(6)).await;
    office.work().await;
    assert_eq!(office.mail.taken(), []);
    assert_eq!(text(&office.activity(&activity).await, "/handover/reason"), "OUTCOME_UNKNOWN");
    let lost = refused(office.worker.call("EmailService/BeginSending", begin).await);
    assert_eq!(lost.code, Code::NotFound, "it is in no queue of a team any more: {lost:?}");

    let finish = json!({"name": name, "lease_id": lease, "result": "SENT"});
    office.worker.done("EmailService/FinishSending", finish.clone()).await;
    let done = office.activity(&activity).await;
    assert_eq!((text(&done, "/state"), text(&done, "/outcome")), ("COMPLETED", "sent"));
    // The same again changes nothing, anything else comes too late.
    office.worker.done("EmailService/FinishSending", finish).await;
    let late = json!({"name": name, "lease_id": lease, "result": "REFUSED"});
    let late = refused(office.worker.call("EmailService/FinishSending", late).await);
    assert_eq!((late.reason.as_str(), late.metadata["state"].as_str()), ("LEASE_LOST", "COMPLETED"));
    office.check().await;
}

#[tokio::test]
async fn a_worker_that_repeats_its_question_after_the_lease_sends_nothing() {
    let office = Office::new().await;
    office.lead("kim", "ana").await;
    let (name, lease) = office.acquire().await;
    let id = "01890a5d-ac96-774b-bcce-b302099a8057";
    let begin = json!({"name": name, "lease_id": lease, "request_id": id});
    let begun = office.worker.done("EmailService/BeginSending", begin.clone()).await;
    assert_eq!(text(&begun, "/decision"), "SEND");

    // Its answer may have been lost for so long.
    office.app.clock.advance(chrono::TimeDelta::minutes(5));
    let lost = refused(office.worker.call("EmailService/BeginSending", begin.clone()).await);
    assert_eq!((lost.reason.as_str(), lost.metadata["state"].as_str()), ("LEASE_LOST", "DUE"));

    // The other one's lease is no better.
    office.app.run_until_idle().await;
    assert_eq!(office.acquire().await.0, name);
    let lost = refused(office.worker.call("EmailService/BeginSending", begin).await);
    assert_eq!(lost.reason, "LEASE_LOST");
    office.check().await;
}

#[tokio::test]
async fn an_email_that_was_sent_while_its_enrollment_was_paused_is_completed_afterwards() {
    let office = Office::new().await;
    let activity = office.lead("kim", "ana").await;
    let (name, lease) = office.acquire().await;
    let begin =
        json!({"name": name, "lease_id": lease, "request_id": "01890a5d-ac96-774b-bcce-b302099a8057"});
    let begun = office.worker.done("EmailService/BeginSending", begin.clone()).await;
    assert_eq!(office.worker.done("EmailService/BeginSending", begin).await["email"], begun["email"]);
    let enrollment = office.activity(&activity).await["enrollment"].clone();
    office.admin.done("EnrollmentService/PauseEnrollment", json!({"name": enrollment})).await;
    let finish = json!({"name": name, "lease_id": lease, "result": "SENT"});
    office.worker.done("EmailService/FinishSending", finish).await;
    assert_eq!(text(&office.activity(&activity).await, "/state"), "PAUSED");

    office.admin.done("EnrollmentService/ResumeEnrollment", json!({"name": enrollment})).await;
    office.work().await;
    assert_eq!(office.mail.taken(), [], "it was sent before");
    let done = office.activity(&activity).await;
    assert_eq!((text(&done, "/state"), text(&done, "/outcome")), ("COMPLETED", "sent"));
    office.check().await;
}

#[tokio::test]
async fn what_is_no_email_is_refused_and_a_template_with_a_mistake_never_kept() {
    let office = Office::new().await;
    office.lead("kim", "ana").await;
    office.work().await;
    let call = text(&office.queue("sellers/ana").await[0], "/name").to_owned();
    let wrong = refused(office.admin.call("EmailService/RenderActivity", json!({"name": call})).await);
    assert_eq!((wrong.code, wrong.reason.as_str()), (Code::FailedPrecondition, "ACTIVITY_NOT_EMAIL"));
    assert_eq!(wrong.metadata["kind"], "PHONE_CALL");

    let email = json!({"subject": "Hi {{", "body": "one\n{% set x = 1 %}"});
    let template = json!({"template_id": "wrong", "template": {"display_name": "Wrong", "email": email}});
    let wrong = refused(office.admin.call("TemplateService/CreateTemplate", template).await);
    let found: Vec<_> =
        wrong.violations.iter().map(|(field, reason, _)| (field.as_str(), reason.as_str())).collect();
    assert_eq!(
        found,
        [("template.email.subject", "TEMPLATE_INVALID"), ("template.email.body", "TEMPLATE_INVALID")]
    );
    assert!(wrong.violations[1].2.starts_with("line 2: "), "{wrong:?}");
}
