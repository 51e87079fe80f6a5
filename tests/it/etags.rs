//! Etags: the etag of one resource never matches another.

use serde_json::{Value, json};

use super::support::refused::refused;
use super::support::stage::Stage;

/// What is made, deleted and made again under its name: the calls for that, where the answer has
/// it, and a change that names its etag.
struct Case {
    create: (&'static str, Value),
    place: &'static str,
    delete: &'static str,
    name: &'static str,
    change: fn(&Value) -> (&'static str, Value),
}

fn cases() -> Vec<Case> {
    let lead = "recordTypes/lead/records/l9";
    let hours = json!({"days": ["MONDAY"], "start_time": "09:00", "end_time": "17:00"});
    let calendar = json!({"display_name": "C", "time_zone": "UTC", "working_hours": [hours]});
    vec![
        Case {
            create: ("CalendarService/CreateCalendar", json!({"calendar_id": "c", "calendar": calendar})),
            place: "/calendar/etag",
            delete: "CalendarService/DeleteCalendar",
            name: "calendars/c",
            change: |etag| {
                let calendar = json!({"name": "calendars/c", "display_name": "Other", "etag": etag});
                ("CalendarService/UpdateCalendar", json!({"calendar": calendar}))
            },
        },
        Case {
            create: ("TeamService/CreateTeam", json!({"team_id": "m", "team": {"display_name": "M"}})),
            place: "/team/etag",
            delete: "TeamService/DeleteTeam",
            name: "teams/m",
            change: |etag| {
                let team = json!({"name": "teams/m", "display_name": "Other", "etag": etag});
                ("TeamService/UpdateTeam", json!({"team": team}))
            },
        },
        Case {
            create: (
                "TemplateService/CreateTemplate",
                json!({"template_id": "t", "template": {"display_name": "T", "email": {}}}),
            ),
            place: "/template/etag",
            delete: "TemplateService/DeleteTemplate",
            name: "templates/t",
            change: |etag| {
                let template = json!({"name": "templates/t", "display_name": "Other", "etag": etag});
                ("TemplateService/UpdateTemplate", json!({"template": template}))
            },
        },
        Case {
            create: (
                "SegmentService/CreateSegment",
                json!({"segment_id": "g", "segment": {"display_name": "G", "condition": "true"}}),
            ),
            place: "/segment/etag",
            delete: "SegmentService/DeleteSegment",
            name: "segments/g",
            change: |etag| ("SegmentService/ActivateSegment", json!({"name": "segments/g", "etag": etag})),
        },
        Case {
            create: ("RecordService/UpsertRecord", json!({"record_type": "lead", "record": {"id": "l9"}})),
            place: "/record/etag",
            delete: "RecordService/DeleteRecord",
            name: lead,
            change: |etag| {
                let close =
                    json!({"name": "recordTypes/lead/records/l9", "close_outcome": "WON", "etag": etag});
                ("RecordService/CloseRecord", close)
            },
        },
    ]
}

#[tokio::test]
async fn the_etag_of_a_deleted_resource_does_not_match_its_successor() {
    let stage = Stage::new().await;
    for Case { create: (create, content), place, delete, name, change } in cases() {
        let etag = |answer: &Value| {
            answer.pointer(place).cloned().unwrap_or_else(|| panic!("no {place} in {answer}"))
        };
        let old = etag(&stage.done(create, content.clone()).await);
        stage.done(delete, json!({"name": name, "etag": old})).await;
        let new = etag(&stage.done(create, content).await);
        let (method, stale) = change(&old);
        assert_eq!(refused(stage.call(method, stale).await).reason, "ETAG_MISMATCH", "{name}");
        let (method, fresh) = change(&new);
        stage.done(method, fresh).await;
    }
}
