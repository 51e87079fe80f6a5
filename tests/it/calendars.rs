//! Calendars through the whole server.

use serde_json::{Value, json};
use tonic::{Code, Status};

use super::support::app::{Client, TestApp};
use super::support::dynamic::call;
use super::support::refused::refused;

async fn ask(client: &Client, verb: &str, request: Value) -> Result<Value, Status> {
    call(client, &format!("upnext.v1.CalendarService/{verb}"), request).await
}

fn office() -> Value {
    json!({"calendar_id": "office", "calendar": {
        "display_name": "Office", "time_zone": "Europe/Berlin",
        "working_hours": [{
            "days": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"], "start_time": "09:00", "end_time": "17:00",
            "breaks": [{"start_time": "12:00", "end_time": "13:00"}],
        }],
        "holidays": [{"date": "2026-12-25", "display_name": "Christmas"}],
        "time_off": [{"start_date": "2026-08-03", "end_date": "2026-08-14", "display_name": "Vacation"},
            {"start_date": "2026-09-01", "start_time": "14:00", "end_time": "16:00"}],
    }})
}

async fn with_office() -> (TestApp, Value) {
    let app = TestApp::new().await;
    let created = ask(&app.admin, "CreateCalendar", office()).await.expect("can be created");
    (app, created["calendar"].clone())
}

#[tokio::test]
async fn a_calendar_is_created_read_changed_and_deleted() {
    let (app, created) = with_office().await;
    assert_eq!(
        (&created["name"], &created["timeZone"]),
        (&json!("calendars/office"), &json!("Europe/Berlin"))
    );
    assert_eq!(created["workingHours"][0]["breaks"], json!([{"startTime": "12:00", "endTime": "13:00"}]));
    // What was left out is shown as it counts.
    let expected = json!({"startDate": "2026-08-03", "startTime": "00:00", "endDate": "2026-08-14", "displayName": "Vacation"});
    assert_eq!(created["timeOff"][0], expected);
    assert_eq!(created["timeOff"][1]["endDate"], "2026-09-01");
    let read = ask(&app.admin, "GetCalendar", json!({"name": "office"})).await.expect("exists");
    assert_eq!(read["calendar"], created);

    let again = refused(ask(&app.admin, "CreateCalendar", office()).await);
    assert_eq!((again.code, again.reason.as_str()), (Code::AlreadyExists, "RESOURCE_EXISTS"));
    let etag = &created["etag"];
    let update = json!({"calendar": {"name": "calendars/office", "etag": etag, "time_zone": "Asia/Tokyo"}, "update_mask": "timeZone,holidays"});
    let changed = ask(&app.admin, "UpdateCalendar", update.clone()).await.expect("fits");
    let changed = &changed["calendar"];
    assert_eq!(
        (&changed["timeZone"], &changed["workingHours"]),
        (&json!("Asia/Tokyo"), &created["workingHours"])
    );
    assert!(
        changed["holidays"].as_array().is_none_or(Vec::is_empty),
        "the mask names them, so they are cleared"
    );
    assert_eq!(changed["timeOff"], created["timeOff"]);

    let stale = refused(ask(&app.admin, "UpdateCalendar", update).await);
    assert_eq!((stale.code, stale.reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));
    let stale = refused(ask(&app.admin, "DeleteCalendar", json!({"name": "office", "etag": etag})).await);
    assert_eq!(stale.reason, "ETAG_MISMATCH");

    let delete = json!({"name": "office", "request_id": "0190c0de-0000-7000-8000-000000000001"});
    ask(&app.admin, "DeleteCalendar", delete.clone()).await.expect("nobody uses it");
    ask(&app.admin, "DeleteCalendar", delete).await.expect("is repeated");
    let gone = refused(ask(&app.admin, "GetCalendar", json!({"name": "office"})).await);
    assert_eq!((gone.code, gone.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"));
}

#[tokio::test]
async fn all_problems_of_a_calendar_are_reported_at_once() {
    let (app, _) = with_office().await;
    let wrong = json!({"calendar_id": "a b", "calendar": {
        "time_zone": "Europe/Berln",
        "working_hours": [{"days": ["MONDAY", "MONDAY"], "start_time": "9:00", "end_time": "17:00"}, {"start_time": "09:00", "end_time": "24:00"}],
        "holidays": [{"date": "2026-02-30"}],
        "time_off": [{"start_date": "2026-08-03", "end_date": "later"}],
    }});
    let wrong = refused(ask(&app.admin, "CreateCalendar", wrong).await);
    let mut fields = wrong.fields();
    fields.sort_unstable();
    let expected = [
        ("calendar.holidays[0].date", "FIELD_INVALID"),
        ("calendar.time_off[0].end_date", "FIELD_INVALID"),
        ("calendar.time_zone", "FIELD_INVALID"),
        ("calendar.working_hours[0].days", "FIELD_INVALID"),
        ("calendar.working_hours[0].start_time", "FIELD_INVALID"),
        ("calendar.working_hours[1].days", "FIELD_REQUIRED"),
        ("calendar.working_hours[1].end_time", "FIELD_INVALID"),
        ("calendar_id", "FIELD_INVALID"),
    ];
    assert_eq!(fields, expected);

    let days = json!(["MONDAY"]);
    let hours = |start: &str, end: &str| json!({"days": days, "start_time": start, "end_time": end});
    let wrong = json!({"calendar": {"name": "office", "display_name": "", "working_hours": [hours("09:00", "12:00"), hours("11:00", "17:00")],
        "time_off": [{"start_date": "2026-08-03", "end_date": "2026-08-02"}]}, "update_mask": "*"});
    let wrong = refused(ask(&app.admin, "UpdateCalendar", wrong).await);
    assert_eq!(wrong.fields(), [("calendar.time_zone", "FIELD_REQUIRED")]);
    let wrong = json!({"calendar": {"name": "office", "working_hours": [hours("09:00", "12:00"), hours("11:00", "17:00")],
        "time_off": [{"start_date": "2026-08-03", "end_date": "2026-08-02"}]}, "update_mask": "displayName,workingHours,timeOff"});
    let wrong = refused(ask(&app.admin, "UpdateCalendar", wrong).await);
    let expected = [
        ("calendar.display_name", "FIELD_REQUIRED"),
        ("calendar.working_hours[1]", "FIELD_INVALID"),
        ("calendar.time_off[0].end_date", "FIELD_INVALID"),
    ];
    assert_eq!(wrong.fields(), expected);
    let none = json!({"calendar": {"name": "office"}, "update_mask": "workingHours"});
    let wrong = refused(ask(&app.admin, "UpdateCalendar", none).await);
    assert_eq!(wrong.fields(), [("calendar.working_hours", "FIELD_REQUIRED")]);
}

#[tokio::test]
async fn a_calendar_that_sellers_or_the_settings_name_is_kept() {
    let (app, _) = with_office().await;
    let admin = &app.admin;
    let ana = json!({"seller_id": "ana", "seller": {"display_name": "Ana", "calendar": "office"}});
    let ana = admin.done("SellerService/CreateSeller", ana).await;
    assert_eq!(ana["seller"]["calendar"], "calendars/office");
    let settings = json!({"organization": {"settings": {"calendar": "calendars/office"}}});
    let settings = admin.done("OrganizationService/UpdateOrganization", settings).await;
    assert_eq!(settings["organization"]["settings"]["calendar"], "calendars/office");
    for name in ["office", "calendars/office"] {
        let filter = json!({"filter": format!("seller.calendar == \"{name}\"")});
        let found = admin.done("SellerService/ListSellers", filter).await;
        assert_eq!(found["sellers"].as_array().map(Vec::len), Some(1), "{name}");
    }

    let delete = || ask(admin, "DeleteCalendar", json!({"name": "office"}));
    let used = refused(delete().await);
    assert_eq!((used.code, used.reason.as_str()), (Code::FailedPrecondition, "CALENDAR_IN_USE"));
    assert_eq!(used.metadata["users"], "the settings, sellers/ana");

    // A change of something else leaves the calendar.
    let renamed = json!({"seller": {"name": "sellers/ana", "display_name": "Ana R."}});
    let renamed = admin.done("SellerService/UpdateSeller", renamed).await;
    assert_eq!(renamed["seller"]["calendar"], "calendars/office");
    let without = json!({"seller": {"name": "sellers/ana"}, "update_mask": "calendar"});
    let without = admin.done("SellerService/UpdateSeller", without).await;
    assert_eq!(without["seller"]["calendar"].as_str().unwrap_or_default(), "");
    let none = json!({"organization": {}, "update_mask": "settings.calendar"});
    admin.done("OrganizationService/UpdateOrganization", none).await;
    delete().await.expect("nobody uses it any more");

    let create = json!({"seller_id": "ben", "seller": {"display_name": "Ben", "calendar": "office"}});
    let unknown = refused(call(admin, "upnext.v1.SellerService/CreateSeller", create).await);
    assert_eq!(unknown.fields(), [("seller.calendar", "REFERENCE_NOT_FOUND")]);
    let settings = json!({"organization": {"settings": {"calendar": "office"}}});
    let unknown = refused(call(admin, "upnext.v1.OrganizationService/UpdateOrganization", settings).await);
    assert_eq!(unknown.fields(), [("organization.settings.calendar", "REFERENCE_NOT_FOUND")]);
    let other = json!({"seller": {"name": "ana", "calendar": "sellers/ana"}});
    let wrong = refused(call(admin, "upnext.v1.SellerService/UpdateSeller", other).await);
    assert_eq!(wrong.fields(), [("seller.calendar", "RESOURCE_NAME_INVALID")]);
}

#[tokio::test]
async fn calendars_are_listed_by_id_and_hidden_from_other_organizations() {
    let (app, _) = with_office().await;
    for id in ["tokyo", "night"] {
        let mut calendar = office();
        calendar["calendar_id"] = json!(id);
        calendar["calendar"]["time_zone"] = json!("Asia/Tokyo");
        ask(&app.admin, "CreateCalendar", calendar).await.expect("can be created");
    }

    let names = |answer: &Value| -> Vec<String> {
        let calendars = answer["calendars"].as_array().cloned().unwrap_or_default();
        calendars.iter().filter_map(|calendar| calendar["name"].as_str().map(str::to_owned)).collect()
    };
    let first = ask(&app.admin, "ListCalendars", json!({"page_size": 2})).await.expect("lists");
    assert_eq!(names(&first), ["calendars/night", "calendars/office"]);
    let next = json!({"page_size": 2, "page_token": first["nextPageToken"]});
    assert_eq!(names(&ask(&app.admin, "ListCalendars", next).await.expect("lists")), ["calendars/tokyo"]);
    let zone = json!({"filter": "calendar.time_zone == \"Asia/Tokyo\""});
    let found = ask(&app.admin, "ListCalendars", zone).await.expect("lists");
    assert_eq!(names(&found), ["calendars/night", "calendars/tokyo"]);

    let other = app.other_organization().await;
    assert_eq!(names(&ask(&other, "ListCalendars", json!({})).await.expect("lists")), [""; 0]);
    for verb in ["GetCalendar", "DeleteCalendar"] {
        assert_eq!(
            refused(ask(&other, verb, json!({"name": "office"})).await).code,
            Code::NotFound,
            "{verb}"
        );
    }
}
