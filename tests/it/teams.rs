//! Teams, and how many records sellers own, through the whole server.

use serde_json::{Value, json};
use tonic::Code;

use super::support::app::TestApp;
use super::support::refused::refused;
use super::support::stage::list;

async fn team(app: &TestApp, id: &str, team: Value) -> Value {
    let mut team = team;
    team["display_name"] = json!(id);
    app.admin.done("TeamService/CreateTeam", json!({"team_id": id, "team": team})).await["team"].clone()
}

async fn with_sellers() -> TestApp {
    let app = TestApp::new().await;
    for seller in ["ana", "ben", "cem"] {
        app.admin.seller(seller).await;
    }
    app
}

async fn calendar(app: &TestApp, id: &str, zone: &str) {
    let hours = json!({"days": ["MONDAY"], "start_time": "09:00", "end_time": "17:00"});
    let calendar = json!({"display_name": id, "time_zone": zone, "working_hours": [hours]});
    app.admin.done("CalendarService/CreateCalendar", json!({"calendar_id": id, "calendar": calendar})).await;
}

#[tokio::test]
async fn a_team_keeps_the_order_of_its_members_and_is_read_changed_listed_and_deleted() {
    let app = with_sellers().await;
    let made = team(&app, "emea", json!({"members": ["sellers/cem", "ana"]})).await;
    assert_eq!(made["members"], json!(["sellers/cem", "sellers/ana"]));
    assert_eq!(made.get("builtIn"), None);
    let read = app.admin.done("TeamService/GetTeam", json!({"name": "emea"})).await;
    assert_eq!(read["team"], made);

    let update = json!({"team": {"name": "teams/emea", "members": ["ben", "cem"], "etag": made["etag"]}});
    let changed = app.admin.done("TeamService/UpdateTeam", update.clone()).await["team"].clone();
    assert_eq!(
        (&changed["members"], &changed["displayName"]),
        (&json!(["sellers/ben", "sellers/cem"]), &json!("emea"))
    );
    let stale = refused(app.admin.call("TeamService/UpdateTeam", update).await);
    assert_eq!((stale.code, stale.reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));
    let listed = app.admin.done("TeamService/ListTeams", json!({"filter": "team.id != \"x\""})).await;
    let names: Vec<_> = list(&listed, "/teams").iter().map(|team| team["name"].clone()).collect();
    assert_eq!(names, ["teams/automation", "teams/emea", "teams/unassigned"]);

    app.admin.done("TeamService/DeleteTeam", json!({"name": "emea"})).await;
    let gone = refused(app.admin.call("TeamService/GetTeam", json!({"name": "emea"})).await);
    assert_eq!((gone.code, gone.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"));
    for method in ["ListActivities", "WatchWorkQueue"] {
        let queue = format!("WorkQueueService/{method}");
        let queue = refused(app.admin.call(&queue, json!({"queue": "teams/emea"})).await);
        assert_eq!(queue.reason, "RESOURCE_NOT_FOUND", "{method}");
    }
    // Its id can be given again.
    let again = team(&app, "emea", json!({})).await;
    assert_eq!(again.get("members"), None);
    app.admin.done("WorkQueueService/ListActivities", json!({"queue": "teams/emea"})).await;
}

#[tokio::test]
async fn all_problems_of_a_team_are_reported_at_once_and_the_built_in_ones_stay() {
    let app = with_sellers().await;
    let wrong = json!({"team_id": "a b", "team": {"display_name": "", "members": ["ana", "sellers/me", "a/b"], "calendar": "x/y"}});
    let wrong = refused(app.admin.call("TeamService/CreateTeam", wrong).await);
    let expected = [
        ("team_id", "FIELD_INVALID"),
        ("team.calendar", "RESOURCE_NAME_INVALID"),
        ("team.members[1]", "FIELD_INVALID"),
        ("team.members[2]", "RESOURCE_NAME_INVALID"),
    ];
    assert_eq!(wrong.fields(), expected);
    let unknown = json!({"team_id": "t", "team": {"display_name": "", "members": ["ana", "zoe", "ana"], "calendar": "none"}});
    let unknown = refused(app.admin.call("TeamService/CreateTeam", unknown).await);
    let expected = [
        ("team.display_name", "FIELD_REQUIRED"),
        ("team.members[1]", "REFERENCE_NOT_FOUND"),
        ("team.members[2]", "FIELD_INVALID"),
        ("team.calendar", "REFERENCE_NOT_FOUND"),
    ];
    assert_eq!(unknown.fields(), expected);

    for name in ["teams/unassigned", "teams/automation"] {
        let built_in = app.admin.done("TeamService/GetTeam", json!({"name": name})).await;
        assert_eq!(built_in["team"]["builtIn"], true);
        let kept = refused(app.admin.call("TeamService/DeleteTeam", json!({"name": name})).await);
        assert_eq!((kept.code, kept.reason.as_str()), (Code::FailedPrecondition, "RESOURCE_BUILT_IN"));
    }
    let taken = json!({"team_id": "unassigned", "team": {"display_name": "Mine"}});
    assert_eq!(refused(app.admin.call("TeamService/CreateTeam", taken).await).reason, "RESOURCE_EXISTS");
}

#[tokio::test]
async fn members_without_a_calendar_follow_the_one_of_their_team() {
    let app = with_sellers().await;
    for (id, zone) in [("own", "Asia/Tokyo"), ("teams", "Europe/Berlin"), ("all", "UTC")] {
        calendar(&app, id, zone).await;
    }
    let own = json!({"seller": {"name": "sellers/ben", "calendar": "own"}});
    app.admin.done("SellerService/UpdateSeller", own).await;
    let settings =
        json!({"organization": {"settings": {"calendar": "all"}}, "update_mask": "settings.calendar"});
    app.admin.done("OrganizationService/UpdateOrganization", settings).await;
    team(&app, "emea", json!({"members": ["ana", "ben"], "calendar": "teams"})).await;

    let wait = json!({"step_id": "pause", "wait": {"business_hours": {"hours": 1}}});
    app.admin.sequence("waits", json!([wait, {"step_id": "then", "task": {}}])).await;
    let leads = ["ana", "ben", "cem"].map(|owner| json!({"id": owner, "owner": owner}));
    app.admin.leads(leads.into_iter().collect()).await;
    let mut enrolled = Vec::new();
    for lead in ["ana", "ben", "cem"] {
        enrolled.push(app.admin.enroll(lead, "waits").await["name"].clone());
    }
    let zones = async || {
        app.run_until_idle().await;
        let mut zones = Vec::new();
        for name in &enrolled {
            let told = app.admin.done("EnrollmentService/ExplainEnrollment", json!({"name": name})).await;
            zones.push(told["wait"]["calendar"].as_str().unwrap_or_default().to_owned());
        }
        zones
    };
    assert_eq!(zones().await, ["calendars/teams", "calendars/own", "calendars/all"]);

    let used = refused(app.admin.call("CalendarService/DeleteCalendar", json!({"name": "teams"})).await);
    assert_eq!((used.reason.as_str(), used.metadata["users"].as_str()), ("CALENDAR_IN_USE", "teams/emea"));
    let until = async |name: &Value| {
        app.run_until_idle().await;
        app.admin.done("EnrollmentService/GetEnrollment", json!({"name": name})).await["enrollment"]["waitingUntil"].clone()
    };
    let (before, other) = (until(&enrolled[0]).await, until(&enrolled[2]).await);
    let without = json!({"team": {"name": "teams/emea"}, "update_mask": "members"});
    app.admin.done("TeamService/UpdateTeam", without).await;
    assert_eq!(zones().await, ["calendars/all", "calendars/own", "calendars/all"]);
    assert_ne!(until(&enrolled[0]).await, before, "the running wait is planned anew");
    assert_eq!(until(&enrolled[2]).await, other);
}

#[tokio::test]
async fn a_seller_shows_how_many_active_records_are_owned_and_how_many_more_fit() {
    let app = with_sellers().await;
    let leads = ["l1", "l2", "l3"].map(|id| json!({"id": id, "owner": "ana"}));
    app.admin.leads(leads.into_iter().collect()).await;
    let close = json!({"name": "recordTypes/lead/records/l3", "close_outcome": "LOST"});
    app.admin.done("RecordService/CloseRecord", close).await;
    let account = json!({"record_type": "account", "record": {"id": "a1", "owner": "ana"}});
    app.admin.done("RecordService/UpsertRecord", account).await;

    let most = |most: Value| json!({"seller": {"name": "sellers/ana", "max_capacity": most}, "update_mask": "maxCapacity"});
    let ana = app.admin.done("SellerService/UpdateSeller", most(json!(5))).await["seller"].clone();
    let told = |seller: &Value| {
        ["maxCapacity", "consumedCapacity", "availableCapacity"].map(|field| seller[field].clone())
    };
    assert_eq!(told(&ana), [json!(5), json!("3"), json!("2")]);
    let lowered = app.admin.done("SellerService/UpdateSeller", most(json!(2))).await;
    assert_eq!(told(&lowered["seller"]), [json!(2), json!("3"), json!("-1")]);
    let listed =
        app.admin.done("SellerService/ListSellers", json!({"filter": "seller.max_capacity < 3"})).await;
    assert_eq!(listed["sellers"], json!([lowered["seller"]]));
    let unlimited = app.admin.done("SellerService/UpdateSeller", most(Value::Null)).await;
    assert_eq!(told(&unlimited["seller"]), [Value::Null, json!("3"), Value::Null]);

    let below = refused(app.admin.call("SellerService/UpdateSeller", most(json!(-1))).await);
    assert_eq!(below.fields(), [("seller.max_capacity", "FIELD_INVALID")]);
}
