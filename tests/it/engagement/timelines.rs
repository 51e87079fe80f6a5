//! Events in timelines: each once, by its own time, and of its own email.

use chrono::TimeDelta;
use serde_json::json;

use super::{LEAD, about, at, complete, enrollment, of_lead, timeline, told};
use crate::support::invariants;
use crate::support::stage::{Stage, each, event, list, text};

#[tokio::test]
async fn an_event_is_kept_once_and_stands_in_the_timeline_of_its_email() {
    let stage = Stage::new().await;
    let short = stage.enroll("l1", "short").await;
    complete(&stage, &short["openActivity"]).await;
    stage.app.advance(TimeDelta::minutes(10)).await;

    let opened = of_lead("e1", "email_opened");
    let first = told(&stage, json!([opened, opened])).await;
    assert_eq!(each(&first, "effect"), ["RECORDED", "DUPLICATE"]);
    assert_eq!(each(&told(&stage, json!([opened])).await, "effect"), ["DUPLICATE"]);
    let expected = [("EMAIL_OPENED".to_owned(), text(&short, "/openActivity").to_owned())];
    assert_eq!(timeline(&stage, &short["name"]).await, expected);

    let by_machine = json!({"event_id": "e2", "record": LEAD, "email_opened": {"by_machine": true}});
    told(&stage, json!([by_machine])).await;
    let shown = enrollment(&stage, &short["name"]).await;
    let last = list(&shown, "/timeline").pop().expect("an event");
    assert_eq!(
        (event(&last).1["byMachine"].as_bool(), text(event(&last).1, "/stepId")),
        (Some(true), "hello")
    );
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn an_event_belongs_to_the_latest_email_that_was_completed_by_its_own_time() {
    let stage = Stage::new().await;
    let emails = json!([{"step_id": "one", "email": {}}, {"step_id": "two", "email": {}}, {"step_id": "last", "task": {}}]);
    stage.sequence("emails", emails).await;
    let enrolled = stage.enroll("l1", "emails").await;
    let start = stage.app.now();
    complete(&stage, &enrolled["openActivity"]).await;
    stage.app.advance(TimeDelta::hours(2)).await;
    let second = enrollment(&stage, &enrolled["name"]).await["openActivity"].clone();
    complete(&stage, &second).await;
    stage.app.advance(TimeDelta::hours(2)).await;

    // Told late, and the later one first.
    let events = json!([
        at(of_lead("e3", "link_clicked"), start + TimeDelta::hours(3)),
        at(of_lead("e2", "email_opened"), start + TimeDelta::hours(1)),
        at(of_lead("e1", "email_opened"), start - TimeDelta::hours(1)),
        about(
            at(of_lead("e4", "attachment_downloaded"), start + TimeDelta::hours(3)),
            &enrolled["openActivity"]
        ),
        at(of_lead("e5", "email_opened"), start + TimeDelta::days(9))
    ]);
    told(&stage, events).await;

    let (one, two) = (text(&enrolled, "/openActivity"), second.as_str().expect("a name"));
    let told = timeline(&stage, &enrolled["name"]).await;
    let told: Vec<(&str, &str)> = told.iter().map(|(kind, of)| (kind.as_str(), of.as_str())).collect();
    let expected = [
        ("EMAIL_OPENED", ""),
        ("EMAIL_OPENED", one),
        ("LINK_CLICKED", two),
        ("ATTACHMENT_DOWNLOADED", one),
        ("EMAIL_OPENED", two),
    ];
    assert_eq!(told, expected, "in the order in which they happened; the future is now");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}
