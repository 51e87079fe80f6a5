//! A small sales floor for tests of calls: sellers, leads and two sequences, set up like a newcomer
//! would.

use serde_json::{Value, json};
use tonic::Status;

use super::app::{Client, TestApp};

/// A server with the sellers `ana` and `ben`, the leads `l1` and `l2` of ana, `l3` of ben and `l4`
/// of nobody, and two active sequences: `short`, with the steps hello (email), pause (ten seconds)
/// and call; `tasks`, with the steps first and second.
pub struct Stage {
    /// The server.
    pub app: TestApp,
    /// A system administrator.
    pub admin: Client,
}

impl Stage {
    /// Sets up the sales floor.
    pub async fn new() -> Self {
        Self::on(TestApp::new().await).await
    }

    /// Sets it up on a server without anything.
    pub async fn on(app: TestApp) -> Self {
        let admin = app.admin.clone();

        for (id, name) in [("ana", "Ana Ruiz"), ("ben", "Ben Okoro")] {
            let request = json!({"seller_id": id, "seller": {"display_name": name}});
            admin.done("SellerService/CreateSeller", request).await;
        }
        let owned = |id: &str, owner: &str| json!({"id": id, "owner": owner});
        let leads = json!([owned("l1", "ana"), owned("l2", "ana"), owned("l3", "ben"), {"id": "l4"}]);
        admin.leads(leads).await;

        let short = json!([
            {"step_id": "hello", "display_name": "Say hello", "email": {}},
            {"step_id": "pause", "wait": {"delay": {"seconds": 10}}},
            {"step_id": "call", "description": "Ask what they need",
                "phone_call": {"script": "Hi, this is …"}}]);
        admin.sequence("short", short).await;
        let tasks = json!([{"step_id": "first", "task": {}}, {"step_id": "second", "task": {}}]);
        admin.sequence("tasks", tasks).await;

        Self { app, admin }
    }

    /// Creates and activates a sequence.
    pub async fn sequence(&self, id: &str, steps: Value) {
        self.admin.sequence(id, steps).await;
    }

    /// Enrolls a lead; returns the enrollment.
    pub async fn enroll(&self, lead: &str, sequence: &str) -> Value {
        self.admin.enroll(lead, sequence).await
    }

    /// What the administrator's call answers.
    pub async fn call(&self, method: &str, request: Value) -> Result<Value, Status> {
        self.admin.call(method, request).await
    }

    /// What the administrator's call answers, which must succeed.
    pub async fn done(&self, method: &str, request: Value) -> Value {
        self.admin.done(method, request).await
    }

    /// A salesperson with a key of their own.
    pub async fn salesperson(&self, seller: &str) -> Client {
        self.admin.salesperson(seller).await
    }

    /// What a queue lists.
    pub async fn queue(&self, queue: &str) -> Vec<Value> {
        let listed = self.done("WorkQueueService/ListActivities", json!({"queue": queue})).await;
        list(&listed, "/activities")
    }
}

/// The text at a JSON pointer of an answer.
pub fn text<'a>(answer: &'a Value, pointer: &str) -> &'a str {
    answer.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {answer}"))
}

/// The list at a JSON pointer of an answer; empty if it isn't there.
pub fn list(answer: &Value, pointer: &str) -> Vec<Value> {
    answer.pointer(pointer).and_then(Value::as_array).cloned().unwrap_or_default()
}

/// What kind of event it is, like `waitStarted`, and what it says.
pub fn event(event: &Value) -> (&str, &Value) {
    let common = ["name", "eventTime", "actor", "requestId"];
    let fields = event.as_object().into_iter().flatten();
    let kind = fields.map(|(name, value)| (name.as_str(), value));
    let mut kinds = kind.filter(|(name, _)| !common.contains(name));
    kinds.next().unwrap_or_else(|| panic!("{event} says nothing"))
}

/// The same field of each item; empty where it is missing.
pub fn each<'a>(items: &'a [Value], field: &str) -> Vec<&'a str> {
    items.iter().map(|item| item[field].as_str().unwrap_or_default()).collect()
}
