//! iCalendar files that are imported into calendars, through the whole server.

use serde_json::{Value, json};

use super::support::app::TestApp;
use super::support::refused::refused;
use super::support::stage::list;

async fn office() -> TestApp {
    let app = TestApp::new().await;
    let hours = json!({"days": ["MONDAY"], "start_time": "09:00", "end_time": "17:00"});
    let calendar = json!({"display_name": "Office", "time_zone": "Europe/Berlin", "working_hours": [hours]});
    app.admin
        .done("CalendarService/CreateCalendar", json!({"calendar_id": "office", "calendar": calendar}))
        .await;
    app
}

fn file(events: &[&str]) -> String {
    let events: String =
        events.iter().map(|event| format!("BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n")).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n{events}END:VCALENDAR\r\n")
}

fn request(content: &str, target: &str) -> Value {
    json!({"name": "office", "content": content, "target": target})
}

async fn import(app: &TestApp, request: Value) -> Value {
    app.admin.done("CalendarService/ImportCalendarEvents", request).await
}

#[tokio::test]
async fn the_days_of_a_file_become_holidays_once() {
    let app = office().await;
    let content = file(&[
        "SUMMARY:Last days\r\nDTSTART;VALUE=DATE:20981230\r\nDTEND;VALUE=DATE:20990101",
        "SUMMARY:Old\r\nDTSTART;VALUE=DATE:19990101",
        "SUMMARY:Meeting\r\nDTSTART:20990105T080000Z\r\nDTEND:20990105T090000Z",
        "SUMMARY:Stand-up\r\nDTSTART;VALUE=DATE:20990105\r\nRRULE:FREQ=DAILY",
    ]);
    let mut only = request(&content, "HOLIDAYS");
    only["validate_only"] = json!(true);
    let preview = import(&app, only).await;
    assert_eq!((&preview["addedCount"], preview["calendar"].get("holidays")), (&json!(2), None));

    let imported = import(&app, request(&content, "HOLIDAYS")).await;
    let days = json!([{"date": "2098-12-30", "displayName": "Last days"}, {"date": "2098-12-31", "displayName": "Last days"}]);
    assert_eq!(imported["calendar"]["holidays"], days);
    assert_eq!((&imported["pastCount"], &imported["skippedCount"]), (&json!(1), &json!(2)));
    let skipped = list(&imported, "/skippedEvents");
    let names: Vec<_> = skipped.iter().map(|one| one["displayName"].as_str().unwrap_or_default()).collect();
    assert_eq!(names, ["Stand-up", "Meeting"]);

    let again = import(&app, request(&content, "HOLIDAYS")).await;
    assert_eq!((again.get("addedCount"), &again["existingCount"]), (None, &json!(2)));
    assert_eq!(again["calendar"]["etag"], imported["calendar"]["etag"], "nothing changed");
}

#[tokio::test]
async fn times_become_time_off_in_the_zone_of_the_calendar() {
    let app = office().await;
    let content = file(&["SUMMARY:Doctor\r\nDTSTART:20990105T080000Z\r\nDTEND:20990105T093000Z"]);
    let imported = import(&app, request(&content, "TIME_OFF")).await;
    let off = json!([{"startDate": "2099-01-05", "startTime": "09:00", "endDate": "2099-01-05", "endTime": "10:30", "displayName": "Doctor"}]);
    assert_eq!(imported["calendar"]["timeOff"], off);
}

#[tokio::test]
async fn other_files_too_many_events_and_an_old_etag_are_refused() {
    let app = office().await;
    let wrong =
        async |request: Value| refused(app.admin.call("CalendarService/ImportCalendarEvents", request).await);
    let deep = format!("BEGIN:VCALENDAR\n{}", "BEGIN:VEVENT\n".repeat(50_000));
    let many: Vec<String> = (0..600)
        .map(|number| {
            let year = 2100 + number * 2;
            format!("DTSTART;VALUE=DATE:{year}0101\r\nDTEND;VALUE=DATE:{}1231", year + 1)
        })
        .collect();
    let many = file(&many.iter().map(String::as_str).collect::<Vec<_>>());
    let long = file(&["SUMMARY:Forever\r\nDTSTART;VALUE=DATE:20990101\r\nDTEND;VALUE=DATE:21990101"]);
    for content in ["date,name", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\0", deep.as_str(), many.as_str()] {
        let refused = wrong(request(content, "HOLIDAYS")).await;
        assert_eq!(refused.fields(), [("content", "FIELD_INVALID")]);
    }

    let skipped = import(&app, request(&long, "HOLIDAYS")).await;
    assert_eq!(list(&skipped, "/skippedEvents")[0]["reason"], "lasts longer than 1000 days");

    let mut stale = request(&file(&[]), "HOLIDAYS");
    stale["etag"] = json!("old");
    assert_eq!(wrong(stale).await.reason, "ETAG_MISMATCH");
    let mut nowhere = request(&file(&[]), "HOLIDAYS");
    nowhere["name"] = json!("nowhere");
    assert_eq!(wrong(nowhere).await.reason, "RESOURCE_NOT_FOUND");
}
