//! Splits with a goal: how their variants do, and what happens at their end.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tokio::join;

use super::{at, sound, told};
use crate::support::stage::{Stage, each, event, list, text};

/// A split of two equal variants, with the task `in-a` or `in-b`.
fn split(goal: &Value, end: Value) -> Value {
    let variant = |id: &str| json!({"variant_id": id, "weight": 50, "steps": [{"step_id": format!("in-{id}"), "task": {}}]});
    let mut split = json!({"variants": [variant("a"), variant("b")], "goal": goal});
    if !end.is_null() {
        split["end_time"] = end;
        split["default_variant"] = json!("a");
    }
    json!([{"step_id": "split", "split": split}, {"step_id": "after", "task": {}}])
}

fn decides(metric: &str, min_enrollments: i32) -> Value {
    json!({"metric": metric, "decide_at_end": true, "min_enrollments": min_enrollments})
}

/// Enrolls as many new leads, and returns those that took each variant.
async fn fill(stage: &Stage, sequence: &str, number: usize) -> [Vec<String>; 2] {
    let ids: Vec<String> = (0..number).map(|one| format!("{sequence}-{one}")).collect();
    let leads: Vec<Value> = ids.iter().map(|id| json!({"id": id, "owner": "ana"})).collect();
    stage.admin.leads(json!(leads)).await;

    let mut taken = [Vec::new(), Vec::new()];
    for id in ids {
        let name = stage.enroll(&id, sequence).await["name"].clone();
        taken[usize::from(at(stage, &name).await == "in-b")].push(id);
    }
    taken
}

async fn happens(stage: &Stage, lead: &str, what: Value) {
    let mut event =
        json!({"event_id": format!("{lead}-{what}"), "record": format!("recordTypes/lead/records/{lead}")});
    event.as_object_mut().expect("an object").extend(what.as_object().expect("an object").clone());
    let answer = stage.done("RecordService/IngestEngagementEvents", json!({"events": [event]})).await;
    assert!(answer["results"][0].get("ingested").is_some(), "{answer}");
}

/// What the statistics say of the variants of `split`: entered, reached, and who leads.
async fn compared(stage: &Stage, sequence: &str) -> Vec<(i64, i64, bool)> {
    let stats = stage.done("SequenceService/GetSequenceStats", json!({"name": sequence})).await;
    let steps = list(&stats, "/steps");
    let split = steps.iter().find(|step| step["stepId"] == "split").expect("the split");
    let count = |one: &Value, field: &str| one[field].as_str().unwrap_or("0").parse().expect("a number");
    let variant = |one: &Value| {
        (count(one, "enteredCount"), count(one, "reachedCount"), one["leads"].as_bool().unwrap_or_default())
    };
    list(split, "/variants").iter().map(variant).collect()
}

/// The ends of splits that were told.
async fn ends(stage: &Stage) -> Vec<Value> {
    let listed = stage.done("EventService/ListEvents", json!({"kinds": ["split_ended"]})).await;
    list(&listed, "/events").iter().map(|one| event(one).1.clone()).collect()
}

#[tokio::test]
async fn at_its_end_a_split_takes_the_variant_with_the_largest_share() {
    let stage = Stage::new().await;
    crate::events::publish(&stage.admin).await;
    let end = stage.app.now() + TimeDelta::hours(1);
    stage.sequence("splits", split(&decides("REPLIED", 3), json!(end))).await;
    let [a, b] = fill(&stage, "splits", 24).await;
    assert!(a.len() >= 3 && b.len() >= 3, "{a:?} {b:?}");
    for lead in b.iter().chain(&a[..1]) {
        happens(&stage, lead, json!({"replied": {}})).await;
    }
    let (in_a, in_b) = (a.len() as i64, b.len() as i64);
    assert_eq!(compared(&stage, "splits").await, [(in_a, 1, false), (in_b, in_b, true)]);

    let before = stage.enroll("l1", "splits").await["name"].clone();
    assert_eq!(told(&stage, &before, "splitDecided").await[0]["why"], "CHANCE");
    stage.app.advance(TimeDelta::hours(1) - TimeDelta::milliseconds(1)).await;
    assert_eq!(ends(&stage).await, Vec::<Value>::new());
    stage.app.advance(TimeDelta::milliseconds(1)).await;
    let sequence = stage.done("SequenceService/GetSequence", json!({"name": "splits"})).await;
    assert_eq!(sequence["sequence"]["splitWinners"], json!([{"stepId": "split", "variantId": "b"}]));
    let after = stage.enroll("l2", "splits").await["name"].clone();
    assert_eq!(at(&stage, &after).await, "in-b");
    assert_eq!(told(&stage, &after, "splitDecided").await[0]["why"], "WINNER");

    // Whoever takes the winner isn't counted: chance gave it nothing.
    let late = usize::from(at(&stage, &before).await == "in-b");
    let all = [(in_a + 1 - late as i64, 1), (in_b + late as i64, in_b)];
    let counted: Vec<_> = compared(&stage, "splits").await.iter().map(|one| (one.0, one.1)).collect();
    assert_eq!(counted, all);
    let told = ends(&stage).await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (text(&told[0], "/sequence"), text(&told[0], "/stepId"), text(&told[0], "/variantId")),
        ("sequences/splits", "split", "b")
    );
    assert_eq!((text(&told[0], "/why"), text(&told[0], "/metric")), ("LED", "REPLIED"));
    assert_eq!(each(&list(&told[0], "/variants"), "enteredCount"), all.map(|one| one.0.to_string()));
    sound(&stage).await;
}

#[tokio::test]
async fn all_take_the_default_if_variants_are_tied_or_have_too_few_and_a_choice_stays() {
    let stage = Stage::new().await;
    crate::events::publish(&stage.admin).await;
    let end = json!(stage.app.now() + TimeDelta::hours(1));
    stage.sequence("tied", split(&decides("REPLIED", 1), end.clone())).await;
    stage.sequence("few", split(&decides("REPLIED", 0), end.clone())).await;
    stage.sequence("chosen", split(&decides("REPLIED", 1), end.clone())).await;
    stage.sequence("watched", split(&json!({"metric": "REPLIED"}), end)).await;
    for sequence in ["tied", "few", "chosen", "watched"] {
        let [_, b] = fill(&stage, sequence, 12).await;
        if sequence != "tied" {
            happens(&stage, &b[0], json!({"replied": {}})).await;
        }
    }
    let decide = json!({"name": "chosen", "step_id": "split", "variant_id": "a"});
    stage.done("SequenceService/DecideSplit", decide).await;

    stage.app.advance(TimeDelta::hours(1)).await;
    let mut told: Vec<_> = ends(&stage).await;
    told.sort_by_key(|one| text(one, "/sequence").to_owned());
    assert_eq!(each(&told, "why"), ["CHOSEN", "TOO_FEW", "TIED"]);
    assert_eq!(each(&told, "variantId"), ["a", "a", "a"]);
    for (sequence, why) in [("tied", "ENDED"), ("few", "ENDED"), ("chosen", "WINNER"), ("watched", "ENDED")] {
        let name = stage.enroll("l1", sequence).await["name"].clone();
        let decided = self::told(&stage, &name, "splitDecided").await;
        assert_eq!((text(&decided[0], "/variantId"), text(&decided[0], "/why")), ("a", why), "{sequence}");
    }
    sound(&stage).await;
}

#[tokio::test]
async fn each_goal_is_reached_by_what_happens_after_the_split_and_by_no_machine() {
    let stage = Stage::new().await;
    for (metric, word) in [
        ("EMAIL_OPENED", "email_opened"),
        ("LINK_CLICKED", "link_clicked"),
        ("REPLIED", "replied"),
        ("MEETING_BOOKED", "meeting_booked"),
    ] {
        let id = metric.to_lowercase().replace('_', "-");
        stage.sequence(&id, split(&json!({"metric": metric}), Value::Null)).await;
        let [a, b] = fill(&stage, &id, 1).await;
        let lead = a.iter().chain(&b).next().expect("one").clone();
        let reached = async || -> i64 { compared(&stage, &id).await.iter().map(|one| one.1).sum() };

        let earlier = stage.app.now() - TimeDelta::seconds(1);
        happens(&stage, &lead, json!({word: {}, "event_time": earlier})).await;
        assert_eq!(reached().await, 0, "{metric} before the split");
        if matches!(metric, "EMAIL_OPENED" | "LINK_CLICKED") {
            happens(&stage, &lead, json!({word: {"by_machine": true}})).await;
            assert_eq!(reached().await, 0, "{metric} by a machine");
        }
        happens(&stage, &lead, json!({word: {}})).await;
        happens(&stage, &lead, json!({word: {}, "event_time": stage.app.now()})).await;
        assert_eq!(reached().await, 1, "{metric}, once");
    }

    stage.sequence("won", split(&json!({"metric": "WON"}), Value::Null)).await;
    let [a, b] = fill(&stage, "won", 2).await;
    let leads: Vec<&String> = a.iter().chain(&b).collect();
    for (lead, outcome) in leads.iter().zip(["WON", "LOST"]) {
        let close = json!({"name": format!("recordTypes/lead/records/{lead}"), "close_outcome": outcome});
        stage.done("RecordService/CloseRecord", close).await;
    }
    assert_eq!(compared(&stage, "won").await.iter().map(|one| one.1).sum::<i64>(), 1);
    sound(&stage).await;
}

#[tokio::test]
async fn a_goal_of_the_sequence_is_reached_by_meeting_it() {
    let stage = super::stage().await;
    let steps = split(&json!({"metric": "GOAL_MET"}), Value::Null);
    let validate = json!({"sequence": {"display_name": "Aims", "steps": steps}});
    let validated = stage.done("SequenceService/ValidateSequence", validate).await;
    assert_eq!(each(&list(&validated, "/warnings"), "reason"), ["GOAL_UNREACHABLE"]);

    let goal = json!({"goal_condition": "record.origin == \"won\""});
    let aims = json!({"display_name": "Aims", "steps": steps, "exit_criteria": goal});
    stage.done("SequenceService/CreateSequence", json!({"sequence_id": "aims", "sequence": aims})).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "aims"})).await;
    let [a, b] = fill(&stage, "aims", 2).await;
    let lead = a.iter().chain(&b).next().expect("one");
    super::lead(&stage, lead, json!({"origin": "won"})).await;
    stage.app.run_until_idle().await;
    assert_eq!(compared(&stage, "aims").await.iter().map(|one| one.1).sum::<i64>(), 1);
}

#[tokio::test]
async fn the_end_of_the_newest_revision_counts_and_two_servers_decide_once() {
    let stage = Stage::new().await;
    crate::events::publish(&stage.admin).await;
    let now = stage.app.now();
    let ends_at = |hours: i64| split(&decides("REPLIED", 1), json!(now + TimeDelta::hours(hours)));
    stage.sequence("moved", ends_at(1)).await;
    let later = json!({"name": "sequences/moved", "steps": ends_at(2)});
    stage.done("SequenceService/UpdateSequence", json!({"sequence": later, "update_mask": "steps"})).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "moved"})).await;
    sound(&stage).await;
    let [_, b] = fill(&stage, "moved", 12).await;
    happens(&stage, &b[0], json!({"replied": {}})).await;

    stage.app.advance(TimeDelta::hours(1)).await;
    assert_eq!(ends(&stage).await, Vec::<Value>::new());
    // A deactivated sequence still decides: its enrollments go on.
    stage.done("SequenceService/DeactivateSequence", json!({"name": "moved"})).await;
    let (engine, other) = (&stage.app.app.engine, stage.app.another_server());
    stage.app.clock.advance(TimeDelta::hours(1));
    let (one, two) = join!(engine.fire_timers(stage.app.now()), other.engine.fire_timers(stage.app.now()));
    one.and(two).expect("fires");
    stage.app.run_until_idle().await;
    assert_eq!(each(&ends(&stage).await, "variantId"), ["b"]);
    sound(&stage).await;

    // The same end again is no new one; what it says of itself must be whole.
    stage.done("SequenceService/ActivateSequence", json!({"name": "moved"})).await;
    stage.app.run_until_idle().await;
    assert_eq!(ends(&stage).await.len(), 1);
    let endless = json!({"name": "sequences/moved", "steps": split(&decides("REPLIED", 1), Value::Null)});
    let refused = stage.call("SequenceService/UpdateSequence", json!({"sequence": endless})).await;
    let refused = crate::support::refused::refused(refused);
    assert_eq!(refused.reason, "FIELD_INVALID");
    assert!(format!("{refused:?}").contains("steps[0].split.goal.decide_at_end"), "{refused:?}");
}

/// Makes a split that already runs be measured by something else.
async fn measure(stage: &Stage, sequence: &str, goal: &Value) {
    let edited = json!({"name": format!("sequences/{sequence}"), "steps": split(goal, Value::Null)});
    stage.done("SequenceService/UpdateSequence", json!({"sequence": edited, "update_mask": "steps"})).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": sequence})).await;
}

#[tokio::test]
async fn a_goal_that_is_new_or_edited_counts_what_happened_before() {
    let stage = Stage::new().await;
    stage.sequence("edited", split(&Value::Null, Value::Null)).await;
    let [a, b] = fill(&stage, "edited", 12).await;
    let (in_a, in_b) = (a.len() as i64, b.len() as i64);
    // Both in one batch, of one enrollment.
    let event = |id: &str, kind: &str| json!({"event_id": id, "record": format!("recordTypes/lead/records/{}", b[0]), kind: {}});
    let events = json!([event("reply", "replied"), event("booking", "meeting_booked")]);
    stage.done("RecordService/IngestEngagementEvents", json!({"events": events})).await;
    happens(&stage, &a[0], json!({"meeting_booked": {}})).await;

    for (metric, reached) in
        [("REPLIED", [0, 1]), ("MEETING_BOOKED", [1, 1]), ("LINK_CLICKED", [0, 0]), ("WON", [0, 0])]
    {
        measure(&stage, "edited", &json!({"metric": metric})).await;
        let counted: Vec<_> = compared(&stage, "edited").await.iter().map(|one| (one.0, one.1)).collect();
        assert_eq!(counted, [(in_a, reached[0]), (in_b, reached[1])], "{metric}");
    }
    sound(&stage).await;
}

#[tokio::test]
async fn variants_keep_their_numbers_when_history_is_forgotten_and_get_them_back_from_what_is_kept() {
    let stage = Stage::new().await;
    stage.sequence("kept", split(&json!({"metric": "REPLIED"}), Value::Null)).await;
    let [a, b] = fill(&stage, "kept", 12).await;
    happens(&stage, &b[0], json!({"replied": {}})).await;
    for lead in a.iter().chain(&b) {
        let close = json!({"name": format!("recordTypes/lead/records/{lead}"), "close_outcome": "WON"});
        stage.done("RecordService/CloseRecord", close).await;
    }
    let before = compared(&stage, "kept").await;
    assert_eq!(before, [(a.len() as i64, 0, false), (b.len() as i64, 1, true)]);

    let (engine, pool) = (&stage.app.app.engine, stage.app.database.pool());
    for broken in [
        "DELETE FROM split_entry",
        "UPDATE split_entry SET variant_id = 'a', reached = 2, at = at - interval '1 day'",
    ] {
        sqlx::query(broken).execute(&pool).await.expect("runs");
        assert_ne!(compared(&stage, "kept").await, before);
        engine.recount_tallies().await.expect("counts");
        assert_eq!(compared(&stage, "kept").await, before);
        sound(&stage).await;
    }

    let organization = json!({"settings": {"history_retention_days": 30}});
    stage.done("OrganizationService/UpdateOrganization", json!({"organization": organization})).await;
    stage.app.advance(TimeDelta::days(32)).await;
    let told = sqlx::query_scalar("SELECT count(*) FROM history WHERE kind = 18").fetch_one(&pool);
    let told: i64 = told.await.expect("counts");
    assert_eq!(told, 0);
    assert_eq!(compared(&stage, "kept").await, before);
    engine.recount_tallies().await.expect("counts");
    assert_eq!(compared(&stage, "kept").await, before);
    sound(&stage).await;
}

#[tokio::test]
async fn an_enrollment_is_won_while_its_record_is_closed_as_won() {
    let stage = Stage::new().await;
    stage.sequence("won", split(&json!({"metric": "WON"}), Value::Null)).await;
    let [a, b] = fill(&stage, "won", 2).await;
    let leads: Vec<&String> = a.iter().chain(&b).collect();
    let reached = async || -> i64 { compared(&stage, "won").await.iter().map(|one| one.1).sum() };
    let name = |lead: &str| format!("recordTypes/lead/records/{lead}");

    for outcome in ["WON", "QUALIFIED"] {
        let close = json!({"name": name(leads[0]), "close_outcome": outcome});
        stage.done("RecordService/CloseRecord", close).await;
        assert_eq!(reached().await, 1, "{outcome}");
        sound(&stage).await;
        if outcome == "WON" {
            stage.done("RecordService/ReopenRecord", json!({"name": name(leads[0])})).await;
            assert_eq!(reached().await, 0);
        }
    }

    // It goes on as a record that is open.
    let merge = json!({"name": name(leads[1]), "merged_records": [name(leads[0])]});
    stage.done("RecordService/MergeRecords", merge).await;
    assert_eq!(reached().await, 0);
    sound(&stage).await;
}
