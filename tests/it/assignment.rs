//! Assignment rules through the whole server: who may get a record, how one is chosen, and what
//! becomes of records that find nobody.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::support::app::TestApp;
use super::support::invariants;
use super::support::refused::refused;
use super::support::stage::{list, text};

/// An organization with these sellers and the active segment `all` of all leads.
async fn floor(sellers: &[&str]) -> TestApp {
    let app = TestApp::new().await;
    for seller in sellers {
        app.admin.seller(seller).await;
    }
    app.admin.segment("all", "true").await;
    app.admin.activate_segment("all").await;
    app
}

async fn rule(app: &TestApp, id: &str, rule: Value) {
    let mut rule = rule;
    rule["display_name"] = json!(id);
    let request = json!({"parent": "segments/all", "assignment_rule_id": id, "assignment_rule": rule});
    app.admin.done("SegmentService/CreateAssignmentRule", request).await;
}

async fn seller(app: &TestApp, id: &str, change: Value) {
    let mut seller = change;
    seller["name"] = json!(format!("sellers/{id}"));
    app.admin.done("SellerService/UpdateSeller", json!({"seller": seller})).await;
}

async fn enter(app: &TestApp, leads: std::ops::RangeInclusive<i32>) {
    app.admin.leads(leads.map(|number| json!({"id": format!("l{number:03}")})).collect()).await;
}

async fn close(app: &TestApp, lead: i32) {
    let name = format!("recordTypes/lead/records/l{lead:03}");
    app.admin.done("RecordService/CloseRecord", json!({"name": name, "close_outcome": "WON"})).await;
}

/// The owners of all active leads, in the order of their creation; `-` without one.
async fn owners(app: &TestApp) -> Vec<String> {
    app.run_until_idle().await;
    invariants::hold_in(app.app.engine.store(), app.now()).await;
    let request = json!({"record_type": "lead", "page_size": 1000, "filter": "record.state == \"ACTIVE\""});
    let records = app.admin.done("RecordService/ListRecords", request).await;
    let owner =
        |record: &Value| record["owner"].as_str().map_or("-", |name| &name["sellers/".len()..]).to_owned();
    list(&records, "/records").iter().map(owner).collect()
}

/// Why a lead has its owner or none, as it is explained.
async fn explained(app: &TestApp, lead: i32) -> Value {
    let record = format!("recordTypes/lead/records/l{lead:03}");
    app.admin.done("SegmentService/ExplainRecord", json!({"name": record})).await["owner"].clone()
}

/// What the latest routing of a lead says about its owner.
async fn told(app: &TestApp, lead: i32) -> (String, String) {
    let parent = format!("recordTypes/lead/records/l{lead:03}");
    let history = app.admin.done("RecordService/ListRecordHistory", json!({"parent": parent})).await;
    let routed = list(&history, "/events").iter().find_map(|event| event.get("recordRouted")).cloned();
    let routed = routed.expect("it was routed");
    let word = |name: &str| routed[name].as_str().unwrap_or_default().to_owned();
    (word("ownerReason"), word("noCandidateReason"))
}

#[tokio::test]
async fn the_members_of_a_team_take_turns_and_the_team_can_change() {
    let app = floor(&["ana", "ben", "cem"]).await;
    let team = json!({"display_name": "EMEA", "members": ["cem", "ana"]});
    app.admin.done("TeamService/CreateTeam", json!({"team_id": "emea", "team": team})).await;
    rule(&app, "team", json!({"team": "teams/emea"})).await;
    enter(&app, 1..=3).await;
    assert_eq!(owners(&app).await, ["cem", "ana", "cem"]);
    let used = refused(app.admin.call("TeamService/DeleteTeam", json!({"name": "emea"})).await);
    assert_eq!(
        (used.reason.as_str(), used.metadata["users"].as_str()),
        ("TEAM_IN_USE", "segments/all/rules/team")
    );

    let nobody = json!({"team": {"name": "teams/emea"}, "update_mask": "members"});
    app.admin.done("TeamService/UpdateTeam", nobody).await;
    enter(&app, 4..=5).await;
    assert_eq!(owners(&app).await[3..], ["-", "-"]);
    assert_eq!(told(&app, 4).await, ("NO_CANDIDATE".to_owned(), "NOBODY_LISTED".to_owned()));
    // A new member gets those who wait.
    let ben = json!({"team": {"name": "teams/emea", "members": ["ben"]}});
    app.admin.done("TeamService/UpdateTeam", ben).await;
    assert_eq!(owners(&app).await[3..], ["ben", "ben"]);
    let unknown = json!({"assignment_rule": {"name": "segments/all/rules/team", "team": "nowhere"}});
    let unknown = refused(app.admin.call("SegmentService/UpdateAssignmentRule", unknown).await);
    assert_eq!(unknown.fields(), [("assignment_rule.team", "REFERENCE_NOT_FOUND")]);
}

#[tokio::test]
async fn any_seller_includes_those_who_join_later_and_candidates_can_be_replaced() {
    let app = floor(&["ben"]).await;
    seller(&app, "ben", json!({"assign_records": false})).await;
    rule(&app, "any", json!({"any_seller": {}})).await;
    enter(&app, 1..=2).await;
    assert_eq!(owners(&app).await, ["-", "-"]);
    assert_eq!(explained(&app, 1).await["noCandidateReason"], "NOBODY_TAKES_RECORDS");
    app.admin.seller("ana").await;
    assert_eq!(owners(&app).await, ["ana", "ana"]);
    seller(&app, "ben", json!({"assign_records": true})).await;
    enter(&app, 3..=5).await;
    assert_eq!(owners(&app).await[2..], ["ben", "ana", "ben"]);

    let name = "segments/all/rules/any";
    let listed = json!({"assignment_rule": {"name": name, "listed": {"sellers": ["ana"]}}});
    let changed =
        app.admin.done("SegmentService/UpdateAssignmentRule", listed).await["assignmentRule"].clone();
    assert_eq!((&changed["listed"]["sellers"], changed.get("anySeller")), (&json!(["sellers/ana"]), None));
    let lacking = json!({"assignment_rule": {"name": name}, "update_mask": "team"});
    let lacking = refused(app.admin.call("SegmentService/UpdateAssignmentRule", lacking).await);
    assert_eq!(lacking.fields(), [("assignment_rule.team", "FIELD_REQUIRED")]);
    for hours in [0, 121] {
        let hours = json!({"assignment_rule": {"name": name, "available_within_hours": hours}});
        let hours = refused(app.admin.call("SegmentService/UpdateAssignmentRule", hours).await);
        assert_eq!(hours.fields(), [("assignment_rule.available_within_hours", "FIELD_INVALID")]);
    }
}

#[tokio::test]
async fn the_seller_with_the_most_free_capacity_is_next_and_equals_take_turns() {
    let app = floor(&["ana", "ben"]).await;
    seller(&app, "ana", json!({"max_capacity": 10})).await;
    seller(&app, "ben", json!({"max_capacity": 5})).await;
    let owned = (1..=8)
        .map(|number| json!({"id": format!("o{number}"), "owner": if number < 8 { "ana" } else { "ben" }}));
    app.admin.leads(owned.collect()).await;
    app.run_until_idle().await;
    rule(&app, "load", json!({"any_seller": {}, "distribution": "LOAD_BALANCING"})).await;
    // Free: 3 and 4, then 3 each.
    enter(&app, 1..=3).await;
    assert_eq!(owners(&app).await[8..], ["ben", "ana", "ben"]);
    assert_eq!(told(&app, 1).await.0, "LOAD_BALANCING");
    assert_eq!(explained(&app, 1).await["reason"], "NOT_ASKED");
}

#[tokio::test]
async fn of_20_leads_exactly_12_are_assigned_and_3_freed_places_go_to_the_3_oldest() {
    let app = floor(&["ana", "ben", "cem"]).await;
    for id in ["ana", "ben", "cem"] {
        seller(&app, id, json!({"max_capacity": 4})).await;
    }
    rule(&app, "four", json!({"listed": {"sellers": ["ana", "ben", "cem"]}, "respect_capacity": true})).await;
    enter(&app, 1..=20).await;
    let expected: Vec<&str> =
        (0..20).map(|n| if n < 12 { ["ana", "ben", "cem"][n % 3] } else { "-" }).collect();
    assert_eq!(owners(&app).await, expected);
    assert_eq!(told(&app, 13).await, ("NO_CANDIDATE".to_owned(), "ALL_AT_CAPACITY".to_owned()));
    let why = explained(&app, 20).await;
    assert_eq!(
        (&why["reason"], &why["noCandidateReason"]),
        (&json!("NO_CANDIDATE"), &json!("ALL_AT_CAPACITY"))
    );

    for lead in [2, 4, 9] {
        close(&app, lead).await;
    }
    // One that comes now waits behind those who have waited longer.
    enter(&app, 21..=21).await;
    let after = owners(&app).await;
    assert_eq!(after[9..].iter().filter(|owner| *owner != "-").count(), 3, "{after:?}");
    assert!(after[9..12].iter().all(|owner| owner != "-"), "{after:?}");
    let mut gave = after[9..12].to_vec();
    gave.sort();
    assert_eq!(gave, ["ana", "ben", "cem"], "each to whom a place was freed");

    // A lower maximum takes nothing away and gives nothing; a higher one serves the next oldest.
    seller(&app, "ana", json!({"max_capacity": 1})).await;
    close(&app, 1).await;
    let lowered = owners(&app).await;
    assert_eq!(lowered[..11].iter().filter(|owner| *owner == "-").count(), 0);
    assert_eq!(lowered[11..], ["-"; 6]);
    seller(&app, "ana", json!({"max_capacity": 5})).await;
    let raised = owners(&app).await;
    assert_eq!(raised[11..], ["ana", "ana", "-", "-", "-", "-"]);
    // Another owner, and a deletion, free a place, too.
    app.admin.leads(json!([{"id": "l003", "owner": ""}])).await;
    app.admin.done("RecordService/DeleteRecord", json!({"name": "recordTypes/lead/records/l005"})).await;
    let freed = owners(&app).await;
    assert_eq!(freed.iter().filter(|owner| *owner == "-").count(), 3, "{freed:?}");
    assert_eq!(freed[freed.len() - 3..], ["-"; 3], "the youngest wait");
}

/// Weekdays from 9 to 17 in UTC.
async fn office(app: &TestApp, id: &str, off: Value) {
    let hours = json!({"days": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"], "start_time": "09:00", "end_time": "17:00"});
    let calendar = json!({"display_name": id, "time_zone": "UTC", "working_hours": [hours], "time_off": off});
    app.admin.done("CalendarService/CreateCalendar", json!({"calendar_id": id, "calendar": calendar})).await;
}

/// Moves the clock to the next time of day.
fn until(app: &TestApp, day: i64, hour: u32, minute: u32) {
    let date = app.now().date_naive() + TimeDelta::days(day);
    let at: DateTime<Utc> = date.and_hms_opt(hour, minute, 0).expect("a time").and_utc();
    app.clock.advance(at - app.now());
}

#[tokio::test]
async fn who_is_away_is_passed_over_and_who_waits_is_served_when_work_begins() {
    let app = floor(&["ana", "ben"]).await;
    office(&app, "days", json!([])).await;
    for id in ["ana", "ben"] {
        seller(&app, id, json!({"calendar": "days"})).await;
    }
    seller(&app, "ben", json!({"max_capacity": 1})).await;
    let within =
        json!({"listed": {"sellers": ["ana", "ben"]}, "respect_capacity": true, "available_within_hours": 1});
    rule(&app, "within", within).await;
    // The next Monday, at 7:30.
    until(&app, 1, 7, 30);
    while app.now().format("%a").to_string() != "Mon" {
        until(&app, 1, 7, 30);
    }
    enter(&app, 1..=3).await;
    assert_eq!(owners(&app).await, ["-"; 3]);
    assert_eq!(told(&app, 1).await, ("NO_CANDIDATE".to_owned(), "ALL_UNAVAILABLE".to_owned()));
    let why = explained(&app, 1).await;
    let eight = app.now() + TimeDelta::minutes(30);
    let retry: DateTime<Utc> = text(&why, "/retryTime").parse().expect("an instant");
    assert_eq!(retry, eight, "an hour before nine");

    // Nobody calls: the clock alone serves them.
    until(&app, 0, 8, 0);
    enter(&app, 4..=4).await;
    assert_eq!(owners(&app).await, ["ana", "ben", "ana", "ana"]);

    // A vacation that is taken back.
    let off = json!([{"start_date": app.now().date_naive().to_string(), "end_date": "2099-12-31"}]);
    let vacation = |off: Value| json!({"calendar": {"name": "calendars/days", "time_off": off}, "update_mask": "timeOff"});
    app.admin.done("CalendarService/UpdateCalendar", vacation(off)).await;
    enter(&app, 5..=5).await;
    assert_eq!(owners(&app).await[4..], ["-"]);
    app.admin.done("CalendarService/UpdateCalendar", vacation(json!([]))).await;
    assert_eq!(owners(&app).await[4..], ["ana"]);
}

#[tokio::test]
async fn four_servers_give_nobody_more_than_the_maximum() {
    let app = floor(&["ana", "ben", "cem"]).await;
    for id in ["ana", "ben", "cem"] {
        seller(&app, id, json!({"max_capacity": 100})).await;
    }
    rule(&app, "load", json!({"any_seller": {}, "distribution": "LOAD_BALANCING", "respect_capacity": true}))
        .await;
    enter(&app, 1..=400).await;
    let (two, three, four) = (app.another_server(), app.another_server(), app.another_server());
    let (one, now) = (&app.app.engine, app.now());
    let routed = tokio::join!(
        one.route_changes(now),
        two.engine.route_changes(now),
        three.engine.route_changes(now),
        four.engine.route_changes(now)
    );
    for routed in [routed.0, routed.1, routed.2, routed.3] {
        routed.expect("routes");
    }
    let owners = owners(&app).await;
    for id in ["ana", "ben", "cem"] {
        assert_eq!(owners.iter().filter(|owner| *owner == id).count(), 100, "{id}");
    }
    assert!(owners[..300].iter().all(|owner| owner != "-"));
}

#[tokio::test]
async fn rules_are_run_by_hand_and_a_preview_tells_who_would_get_how_many() {
    let app = floor(&["ana", "ben"]).await;
    for (id, most) in [("ana", 1), ("ben", 2)] {
        seller(&app, id, json!({"max_capacity": most, "assign_records": false})).await;
    }
    rule(&app, "two", json!({"listed": {"sellers": ["ana", "ben"]}, "respect_capacity": true})).await;
    enter(&app, 1..=5).await;
    assert_eq!(owners(&app).await, ["-"; 5]);
    // Not by a call, which would serve them at once.
    let quietly = "UPDATE seller SET assign_records = true";
    sqlx::query(quietly).execute(&app.database.pool()).await.expect("is written");

    let run = async |only: bool| {
        app.admin.done("SegmentService/RunAssignment", json!({"name": "all", "validate_only": only})).await
    };
    let preview = run(true).await;
    let counts = json!([{"seller": "sellers/ana", "count": "1"}, {"seller": "sellers/ben", "count": "2"}]);
    assert_eq!((&preview["waitingCount"], &preview["assignedCounts"]), (&json!("5"), &counts));
    assert_eq!((&preview["unassignedCount"], preview.get("operation")), (&json!("2"), None));
    assert_eq!(owners(&app).await, ["-"; 5], "a preview changes nothing");

    let started = run(false).await;
    assert_eq!(started["waitingCount"], "5");
    assert!(text(&started, "/operation").starts_with("operations/"));
    assert_eq!(owners(&app).await, ["ana", "ben", "ben", "-", "-"]);
    app.admin.done("SegmentService/DeactivateSegment", json!({"name": "all"})).await;
    assert_eq!(run(false).await.get("operation"), None, "it isn't active");
}

#[tokio::test]
async fn a_setting_lets_the_turns_of_all_rules_count_together() {
    let app = floor(&["ana", "ben", "cem"]).await;
    app.admin.declare(json!({"hot": {"type": "BOOL"}})).await;
    rule(&app, "hot", json!({"any_seller": {}, "condition": "record.hot"})).await;
    rule(&app, "rest", json!({"any_seller": {}})).await;
    let leads = async |first: i32| {
        let lead = |n: i32| json!({"id": format!("l{:03}", first + n), "attributes": {"hot": n % 2 == 0}});
        app.admin.leads((0..4).map(lead).collect()).await;
        owners(&app).await.split_off(first as usize - 1)
    };
    assert_eq!(leads(1).await, ["ana", "ana", "ben", "ben"]);
    let across = json!({"organization": {"settings": {"round_robin_across_rules": true}}});
    let updated = app.admin.done("OrganizationService/UpdateOrganization", across).await;
    assert_eq!(updated["organization"]["settings"]["roundRobinAcrossRules"], true);
    assert_eq!(leads(5).await, ["ana", "ben", "cem", "ana"]);
}
