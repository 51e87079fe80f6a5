//! How late something is, and until when it may be snoozed, by the seller's own clock.

use chrono::{DateTime, Datelike as _, Days, Duration, Local, NaiveTime, TimeZone as _, Utc, Weekday};
use prost_types::Timestamp;

use crate::cli::time::{instant, local};

/// A day without its year, and a time to the minute.
pub(super) fn minute(timestamp: &Timestamp) -> String {
    instant(timestamp).map(|instant| local(instant, "%d %b %H:%M")).unwrap_or_default()
}

/// How long something is overdue.
pub(super) fn overdue(due: DateTime<Utc>, now: DateTime<Utc>) -> String {
    match now - due {
        late if late < Duration::minutes(1) => "due now".to_owned(),
        late if late < Duration::hours(1) => format!("{} min overdue", late.num_minutes()),
        late if late < Duration::days(2) => format!("{} h overdue", late.num_hours()),
        late => format!("{} days overdue", late.num_days()),
    }
}

/// Until when an activity may be snoozed.
pub(super) fn snoozes(now: DateTime<Utc>) -> [(&'static str, DateTime<Utc>); 4] {
    let today = now.with_timezone(&Local).date_naive();
    let morning = |days: u64| {
        let day = today.checked_add_days(Days::new(days)).unwrap_or(today);
        let nine = day.and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default());
        let local = Local.from_local_datetime(&nine).earliest();
        // Where clocks skip that hour, a day later will do.
        local.map_or(now + Duration::days(1), |local| local.with_timezone(&Utc))
    };
    let until_monday = 7 - u64::from(today.weekday().days_since(Weekday::Mon));

    [
        ("10 minutes", now + Duration::minutes(10)),
        ("1 hour", now + Duration::hours(1)),
        ("tomorrow at 9:00", morning(1)),
        ("Monday at 9:00", morning(until_monday)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snooze_ends_at_nine_in_the_sellers_own_morning() {
        let now = DateTime::from_timestamp(1_790_007_200, 0).expect("an instant");
        let [.., (_, tomorrow), (_, monday)] = snoozes(now);
        let nine = NaiveTime::from_hms_opt(9, 0, 0).expect("a time");
        assert_eq!(tomorrow.with_timezone(&Local).time(), nine);
        assert!(tomorrow > now && tomorrow < now + Duration::hours(48));
        let monday = monday.with_timezone(&Local);
        assert_eq!((monday.weekday(), monday.time()), (Weekday::Mon, nine));
    }

    #[test]
    fn how_late_something_is_is_told_in_the_unit_that_matters() {
        let due = DateTime::from_timestamp(1_790_000_000, 0).expect("an instant");
        let late = |seconds| overdue(due, due + Duration::seconds(seconds));
        assert_eq!([late(-5), late(59)], ["due now", "due now"]);
        assert_eq!([late(60), late(7_200)], ["1 min overdue", "2 h overdue"]);
        assert_eq!(late(3 * 86_400), "3 days overdue");
    }
}
