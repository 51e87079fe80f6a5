//! Caps and hours: no email more than allowed, and none outside of the hours.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::Office;
use crate::support::stage::text;

#[tokio::test]
async fn no_cap_is_exceeded_by_one_and_the_rest_comes_the_next_day() {
    let office = Office::new().await;
    let limits = json!({"emails_per_day": 8, "emails_per_seller_and_day": 5});
    let settings = json!({"organization": {"settings": {"limits": limits}}});
    office.admin.done("OrganizationService/UpdateOrganization", settings).await;
    for index in 0..9 {
        office.lead(&format!("a{index}"), "ana").await;
        office.lead(&format!("b{index}"), "ben").await;
    }

    // Several workers at once.
    let mut workers =
        [office.command(4), office.command(4)].map(|mut command| command.spawn().expect("it runs"));
    for worker in &mut workers {
        let ended = crate::support::app::within_deadline("the worker ends", worker.wait()).await;
        assert!(ended.expect("it ran").success());
    }
    let sent = |letter: &str| office.mail.counts().keys().filter(|to| to.starts_with(letter)).count();
    assert_eq!(office.mail.taken().len(), 8);
    assert!(sent("a") <= 5 && sent("b") <= 5, "{} {}", sent("a"), sent("b"));
    office.check().await;

    // The days begin at midnight in UTC, because the organization has no calendar.
    let now: DateTime<Utc> = office.app.now();
    let midnight = now.date_naive().succ_opt().expect("a day").and_time(chrono::NaiveTime::MIN).and_utc();
    office.app.advance(midnight - now - chrono::TimeDelta::microseconds(1)).await;
    office.work().await;
    assert_eq!(office.mail.taken().len(), 8);
    office.app.advance(chrono::TimeDelta::microseconds(1)).await;
    office.work().await;
    assert_eq!(office.mail.taken().len(), 16);
    office.app.advance(chrono::TimeDelta::days(1)).await;
    office.work().await;
    assert_eq!(office.mail.taken().len(), 18);
    office.check().await;
}

#[tokio::test]
async fn a_cap_of_zero_sends_nothing() {
    let office = Office::new().await;
    let settings = json!({"organization": {"settings": {"limits": {"emails_per_day": 0}}}});
    office.admin.done("OrganizationService/UpdateOrganization", settings).await;
    let activity = office.lead("kim", "ana").await;
    office.work().await;
    assert_eq!(office.mail.taken(), []);
    assert_eq!(text(&office.activity(&activity).await, "/state"), "SNOOZED");
}

#[tokio::test]
async fn emails_are_sent_in_the_hours_of_their_calendar() {
    let office = Office::new().await;
    let hours = json!([{"days": ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"],
        "start_time": "09:00", "end_time": "10:00"}]);
    let calendar = json!({"display_name": "Emails", "time_zone": "Europe/Berlin", "working_hours": hours});
    office
        .admin
        .done("CalendarService/CreateCalendar", json!({"calendar_id": "emails", "calendar": calendar}))
        .await;
    let settings = json!({"organization": {"settings": {"email_calendar": "emails"}}});
    let updated = office.admin.done("OrganizationService/UpdateOrganization", settings).await;
    assert_eq!(text(&updated, "/organization/settings/emailCalendar"), "calendars/emails");
    let used = crate::support::refused::refused(
        office.admin.call("CalendarService/DeleteCalendar", json!({"name": "calendars/emails"})).await,
    );
    assert_eq!(used.reason, "CALENDAR_IN_USE");

    // It is 2026-09-21T14:13:20Z.
    let activity = office.lead("kim", "ana").await;
    office.work().await;
    assert_eq!(office.mail.taken(), []);
    let shown = office.activity(&activity).await;
    assert_eq!(text(&shown, "/snoozeUntil"), "2026-09-22T07:00:00Z");
    let until: DateTime<Utc> = text(&shown, "/snoozeUntil").parse().expect("an instant");
    office.app.advance(until - office.app.now()).await;
    office.work().await;
    assert_eq!(office.one_mail().to, "kim@example.com");
    office.check().await;
}
