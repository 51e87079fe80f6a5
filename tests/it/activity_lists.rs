//! Lists of activities: filters over activities and records, orders, days, closed ones, summaries.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use upnext::domain::calendar::day;

use crate::support::refused::refused;
use crate::support::stage::{Stage, each, list, text};

const LIST: &str = "WorkQueueService/ListActivities";
const SUMMARIZE: &str = "WorkQueueService/SummarizeWorkQueues";
const COMPLETE: &str = "WorkQueueService/CompleteActivity";

/// The bare ids of the records that a list shows, in its order.
async fn leads(stage: &Stage, request: Value) -> Vec<String> {
    let listed = stage.done(LIST, request).await;
    let listed = list(&listed, "/activities");
    let bare = |name: &str| name.rsplit('/').next().expect("a last part").to_owned();
    each(&listed, "record").into_iter().map(bare).collect()
}

async fn scored(stage: &Stage, scores: &[(&str, &str, Value)]) {
    stage.admin.declare(json!({"score": {"type": "INT"}})).await;
    let lead = |(id, owner, score): &(&str, &str, Value)| json!({"id": id, "owner": owner, "attributes": {"score": score}});
    stage.admin.leads(scores.iter().map(lead).collect()).await;
    for (id, ..) in scores {
        stage.enroll(id, "tasks").await;
        stage.app.advance(TimeDelta::seconds(1)).await;
    }
}

#[tokio::test]
async fn a_list_is_filtered_over_activities_and_records_and_ordered_by_both() {
    let stage = Stage::new().await;
    let scores = [
        ("a", "ana", json!(20)),
        ("b", "ben", json!(7)),
        ("c", "ana", json!(100)),
        ("d", "ben", json!(null)),
    ];
    scored(&stage, &scores).await;
    let all = |more: Value| {
        let mut request = json!({"record_type": "lead"});
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        request
    };

    assert_eq!(leads(&stage, json!({})).await, ["a", "b", "c", "d"]);
    for (order, expected) in [
        ("record.score", ["b", "a", "c", "d"]),
        ("record.score desc", ["c", "a", "b", "d"]),
        ("record.owner desc", ["b", "d", "a", "c"]),
        ("due_time desc", ["d", "c", "b", "a"]),
        ("record_display_name desc", ["d", "c", "b", "a"]),
        ("kind", ["a", "b", "c", "d"]),
    ] {
        assert_eq!(leads(&stage, all(json!({"order_by": order}))).await, expected, "{order}");
    }
    assert_eq!(leads(&stage, json!({"queue": "sellers/ana", "order_by": "due_time desc"})).await, ["c", "a"]);

    let filter = "record.score > 10 && activity.kind == \"TASK\" && activity.record_type == \"lead\"";
    assert_eq!(leads(&stage, all(json!({"filter": filter}))).await, ["a", "c"]);
    let either = "activity.record == \"d\" || record.owner == \"sellers/ana\" && record.score < 50";
    assert_eq!(leads(&stage, all(json!({"filter": either}))).await, ["a", "d"]);

    let first = list(&stage.done(LIST, json!({})).await, "/activities")[0]["name"].clone();
    let mark = json!({"activity": {"name": first, "read": true, "followed": true}});
    stage.done("WorkQueueService/UpdateActivity", mark).await;
    assert_eq!(leads(&stage, json!({"filter": "!activity.read"})).await, ["b", "c", "d"]);
    assert_eq!(leads(&stage, json!({"filter": "activity.followed"})).await, ["a"]);
}

#[tokio::test]
async fn a_list_is_grouped_with_the_counts_of_all_its_pages() {
    let stage = Stage::new().await;
    stage.admin.declare(json!({"industry": {"type": "STRING"}})).await;
    let lead =
        |id: &str, industry: Value| json!({"id": id, "owner": "ana", "attributes": {"industry": industry}});
    let leads = [("a", json!("Steel")), ("b", json!("Paper")), ("c", json!("Steel")), ("d", json!(null))];
    stage.admin.leads(leads.iter().map(|(id, industry)| lead(id, industry.clone())).collect()).await;
    for id in ["a", "b", "c", "d"] {
        stage.enroll(id, "tasks").await;
    }
    stage.enroll("a", "short").await;
    let groups = async |request: Value| {
        let listed = stage.done(LIST, request).await;
        let shown = |group: &Value| {
            let value = group["value"].as_str().unwrap_or_default().to_owned();
            (value, group["count"].as_i64().unwrap_or_default())
        };
        (list(&listed, "/groups").iter().map(shown).collect::<Vec<_>>(), listed["nextPageToken"].clone())
    };
    let told = |groups: &[(&str, i64)]| {
        groups.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect::<Vec<_>>()
    };

    let by = |more: Value| {
        let mut request = json!({"queue": "sellers/ana", "record_type": "lead", "page_size": 1});
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        request
    };
    assert_eq!(groups(by(json!({"group_by": "kind"}))).await.0, told(&[("TASK", 4), ("EMAIL", 1)]));
    let industries = told(&[("Steel", 3), ("Paper", 1), ("", 1)]);
    let (first, token) = groups(by(json!({"group_by": "record.industry"}))).await;
    assert_eq!(first, industries);
    // The groups are those of the whole list, so the next page has none.
    let next = by(json!({"group_by": "record.industry", "page_token": token}));
    assert_eq!(groups(next).await.0, told(&[]));
    let filtered = by(json!({"group_by": "sequence", "filter": "record.industry == \"Steel\""}));
    assert_eq!(groups(filtered).await.0, told(&[("tasks", 2), ("short", 1)]));
    let salesperson = stage.salesperson("ben").await;
    let nothing = salesperson.done(LIST, json!({"group_by": "kind"})).await;
    assert_eq!(list(&nothing, "/groups"), Vec::<Value>::new());

    let since = stage.app.now();
    for activity in stage.queue("sellers/ana").await {
        let outcome = if activity["kind"] == "EMAIL" { "sent" } else { "" };
        stage.done(COMPLETE, json!({"name": activity["name"], "outcome": outcome})).await;
    }
    let done = json!({"states": ["COMPLETED"], "closed_since": since, "group_by": "outcome"});
    assert_eq!(groups(done).await.0, told(&[("", 4), ("sent", 1)]));
}

#[tokio::test]
async fn what_a_list_cannot_do_is_refused_with_what_it_can() {
    let stage = Stage::new().await;
    stage.admin.declare(json!({"hot": {"type": "BOOL"}})).await;
    let now = stage.app.now();
    for (request, field, told) in [
        (json!({"filter": "record.hot"}), "filter", "unknown name record"),
        (
            json!({"record_type": "lead", "filter": "seller.id == \"a\""}),
            "filter",
            "only activity and record",
        ),
        (json!({"record_type": "lead", "filter": "record.hott"}), "filter", "unknown attribute record.hott"),
        (json!({"filter": "activity.closed_by == \"ana\""}), "filter", "unknown attribute closed_by"),
        (json!({"order_by": "hot"}), "order_by", "must be one of create_time, due_time, kind"),
        (json!({"record_type": "lead", "order_by": "record.hot"}), "order_by", "any type but BOOL"),
        (json!({"order_by": "read"}), "order_by", "must be one of"),
        (json!({"group_by": "due_time"}), "group_by", "must be one of kind, priority, record"),
        (json!({"record_type": "lead", "group_by": "record.hot"}), "group_by", "of type STRING, INT"),
        (json!({"states": ["PAUSED"]}), "states[0]", "in no queue"),
        (json!({"states": ["DUE", "SKIPPED"], "closed_since": now}), "states", "not both"),
        (json!({"states": ["SKIPPED"]}), "closed_since", "is required"),
        (json!({"closed_since": now}), "closed_since", "needs a state of closed activities"),
        (json!({"states": ["SKIPPED"], "closed_since": now, "due": "TODAY"}), "due", "must not be set"),
        (
            json!({"states": ["SKIPPED"], "closed_since": now, "order_by": "kind"}),
            "order_by",
            "must be empty",
        ),
    ] {
        let wrong = refused(stage.call(LIST, request.clone()).await);
        assert_eq!(wrong.fields()[0].0, field, "{request}");
        assert!(wrong.message.contains(told), "{request}: {}", wrong.message);
    }
    let unknown = refused(stage.call(LIST, json!({"record_type": "boat"})).await);
    assert_eq!(unknown.reason, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn pages_in_any_order_show_what_stays_once_while_others_come_and_go() {
    let stage = Stage::new().await;
    let ids: Vec<String> = (0..24).map(|number| format!("n{number:02}")).collect();
    let score = |number: usize| if number.is_multiple_of(4) { Value::Null } else { json!(number % 3) };
    let scores: Vec<_> =
        ids.iter().enumerate().map(|(number, id)| (id.as_str(), "ana", score(number))).collect();
    scored(&stage, &scores).await;

    for order in ["", "record.score", "record.score desc", "record_display_name", "due_time desc"] {
        let mut request =
            json!({"record_type": "lead", "order_by": order, "page_size": 3, "queue": "sellers/ana"});
        let first =
            list(&stage.done(LIST, json!({"queue": "sellers/ana", "page_size": 100})).await, "/activities");
        let mut stays: BTreeSet<String> = each(&first, "name").into_iter().map(str::to_owned).collect();
        let mut shown = Vec::new();
        loop {
            let page = stage.done(LIST, request.clone()).await;
            shown.extend(each(&list(&page, "/activities"), "name").into_iter().map(str::to_owned));
            let token = page["nextPageToken"].as_str().unwrap_or_default();
            if token.is_empty() {
                break;
            }
            request["page_token"] = json!(token);
            // The last one shown goes, and its next step comes in its place.
            let last = shown.last().expect("a page has some").clone();
            stage.done(COMPLETE, json!({"name": last})).await;
            stays.remove(&last);
        }

        let seen: BTreeSet<String> = shown.iter().cloned().collect();
        assert_eq!(seen.len(), shown.len(), "{order}: nothing comes twice");
        assert!(stays.is_subset(&seen), "{order}: nothing is left out");
        // A token is for its query alone.
        request["order_by"] = json!("kind desc");
        let other = refused(stage.call(LIST, request).await);
        assert_eq!(other.fields(), [("page_token", "PAGE_TOKEN_INVALID")]);
    }
}

/// Gives ana a calendar in Berlin, and moves the clock to a second before midnight there.
async fn before_midnight_in_berlin(stage: &Stage) -> DateTime<Utc> {
    let hours = json!([{"days": ["MONDAY"], "start_time": "09:00", "end_time": "17:00"}]);
    let calendar = json!({"time_zone": "Europe/Berlin", "display_name": "Berlin", "working_hours": hours});
    let calendar = json!({"calendar_id": "berlin", "calendar": calendar});
    stage.done("CalendarService/CreateCalendar", calendar).await;
    let seller = json!({"seller": {"name": "sellers/ana", "calendar": "berlin"}});
    stage.done("SellerService/UpdateSeller", seller).await;

    let (_, midnight) = day(chrono_tz::Europe::Berlin, stage.app.now());
    stage.app.advance(midnight - TimeDelta::seconds(1) - stage.app.now()).await;
    midnight
}

#[tokio::test]
async fn days_are_those_of_the_sellers_calendar() {
    let stage = Stage::new().await;
    let midnight = before_midnight_in_berlin(&stage).await;
    stage.enroll("l1", "tasks").await;
    stage.app.advance(TimeDelta::seconds(1)).await;
    assert_eq!(stage.app.now(), midnight);
    let second = stage.enroll("l2", "tasks").await["openActivity"].clone();

    let due = |word: &str| json!({"queue": "sellers/ana", "due": word});
    assert_eq!(leads(&stage, due("OVERDUE")).await, ["l1"]);
    assert_eq!(leads(&stage, due("TODAY")).await, ["l2"]);
    assert_eq!(leads(&stage, due("LATER")).await, [""; 0]);

    // A snooze until this evening is for today, one until tomorrow for later.
    let tomorrow = day(chrono_tz::Europe::Berlin, midnight).1;
    let mut until = tomorrow - TimeDelta::seconds(1);
    for expected in [["TODAY", "LATER"], ["LATER", "TODAY"]] {
        let snooze = json!({"name": second, "until": until});
        stage.done("WorkQueueService/SnoozeActivity", snooze).await;
        assert_eq!(leads(&stage, due(expected[0])).await, ["l2"]);
        assert_eq!(leads(&stage, due(expected[1])).await, [""; 0]);
        until = tomorrow;
    }
}

#[tokio::test]
async fn what_ben_did_today_is_listed_by_whom_and_when() {
    let stage = Stage::new().await;
    let ben = stage.salesperson("ben").await;
    let (one, three) = (stage.enroll("l1", "tasks").await, stage.enroll("l3", "tasks").await);
    let began = stage.app.now();
    stage.app.advance(TimeDelta::hours(1)).await;
    ben.done(COMPLETE, json!({"name": three["openActivity"], "outcome": "done"})).await;
    stage.app.advance(TimeDelta::hours(1)).await;
    let skip = json!({"name": one["openActivity"], "reason": "no time"});
    stage.done("WorkQueueService/SkipActivity", skip).await;

    let closed = |more: Value| {
        let mut request = json!({"states": ["COMPLETED", "SKIPPED"], "closed_since": began});
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        request
    };
    assert_eq!(leads(&stage, closed(json!({}))).await, ["l1", "l3"]);
    assert_eq!(leads(&stage, closed(json!({"filter": "activity.closed_by == \"ben\""}))).await, ["l3"]);
    let by_name = "activity.closed_by == \"sellers/ben\" && activity.outcome == \"done\"";
    assert_eq!(leads(&stage, closed(json!({"filter": by_name}))).await, ["l3"]);
    assert_eq!(leads(&stage, closed(json!({"filter": "!has(activity.closed_by)"}))).await, ["l1"]);
    assert_eq!(leads(&stage, closed(json!({"queue": "sellers/ana"}))).await, ["l1"]);
    let later = began + TimeDelta::minutes(61);
    assert_eq!(leads(&stage, closed(json!({"closed_since": later}))).await, ["l1"]);
    assert_eq!(leads(&stage, closed(json!({"states": ["CANCELED"]}))).await, [""; 0]);

    // Page by page, and only what is one's own.
    let mut request = closed(json!({"page_size": 1}));
    let page = stage.done(LIST, request.clone()).await;
    assert_eq!(text(&page, "/activities/0/state"), "SKIPPED");
    request["page_token"] = page["nextPageToken"].clone();
    let page = stage.done(LIST, request).await;
    assert_eq!((text(&page, "/activities/0/outcome"), page.get("nextPageToken")), ("done", None));
    let own = ben.done(LIST, closed(json!({}))).await;
    assert_eq!(each(&list(&own, "/activities"), "closedBy"), ["sellers/ben"]);
}

#[tokio::test]
async fn a_summary_tells_who_has_to_do_what_and_did_what_today() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    before_midnight_in_berlin(&stage).await;
    let old = stage.enroll("l1", "tasks").await["openActivity"].clone();
    let due = stage.app.now();
    ana.done(COMPLETE, json!({"name": old})).await;
    stage.app.advance(TimeDelta::hours(1)).await;
    stage.enroll("l2", "short").await;
    let done = stage.enroll("l2", "tasks").await["openActivity"].clone();
    ana.done(COMPLETE, json!({"name": done})).await;
    let three = stage.enroll("l3", "tasks").await["openActivity"].clone();
    let until = stage.app.now() + TimeDelta::hours(1);
    stage.done("WorkQueueService/SnoozeActivity", json!({"name": three, "until": until})).await;

    let told = stage.done(SUMMARIZE, json!({})).await;
    let told = list(&told, "/summaries");
    assert_eq!(each(&told, "queue"), ["sellers/ana", "sellers/ben"]);
    // What was completed before midnight is not of today; its next step fell due then.
    let anas = &told[0];
    assert_eq!((&anas["due"], &anas["overdue"], &anas["completedToday"]), (&json!(3), &json!(1), &json!(1)));
    assert_eq!(text(anas, "/oldestDueTime").parse(), Ok(due));
    let email = json!({"kind": "EMAIL", "due": 1});
    let task = json!({"kind": "TASK", "due": 2, "overdue": 1, "completedToday": 1});
    assert_eq!(anas["kinds"], json!([email, task]));
    assert_eq!((told[1].get("due"), &told[1]["snoozed"]), (None, &json!(1)));

    let page = stage.done(SUMMARIZE, json!({"page_size": 1})).await;
    let next = json!({"page_size": 1, "page_token": page["nextPageToken"]});
    let next = stage.done(SUMMARIZE, next).await;
    assert_eq!(each(&list(&next, "/summaries"), "queue"), ["sellers/ben"]);
    let own = ana.done(SUMMARIZE, json!({})).await;
    assert_eq!(each(&list(&own, "/summaries"), "queue"), ["sellers/ana"]);

    let bens = json!({"team_id": "bens", "team": {"display_name": "Bens", "members": ["ben"]}});
    stage.done("TeamService/CreateTeam", bens).await;
    let of_team = stage.done(SUMMARIZE, json!({"team": "teams/bens"})).await;
    assert_eq!(list(&of_team, "/summaries"), [told[1].clone()]);
    assert_eq!(list(&ana.done(SUMMARIZE, json!({"team": "bens"})).await, "/summaries"), [] as [Value; 0]);
    let unknown = refused(stage.call(SUMMARIZE, json!({"team": "none"})).await);
    assert_eq!(unknown.reason, "RESOURCE_NOT_FOUND");
}
