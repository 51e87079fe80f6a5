//! When a person is back, as an automatic reply says it in words: there is no field for it. Only
//! what can mean one date alone is read, so no numbers like 09/08.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use regex::Regex;

/// The longest absence that is believed.
const LONGEST: TimeDelta = TimeDelta::days(366);

const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar"],
    &["february", "feb", "februar"],
    &["march", "mar", "märz"],
    &["april", "apr"],
    &["may", "mai"],
    &["june", "jun", "juni"],
    &["july", "jul", "juli"],
    &["august", "aug"],
    &["september", "sep", "sept"],
    &["october", "oct", "oktober", "okt"],
    &["november", "nov"],
    &["december", "dec", "dezember", "dez"],
];

/// A word that says that a return is near, then a date: `2026-09-08`, `8 September 2026`,
/// `September 8th`, `8. September` or `08.09.2026`.
static RETURN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?xi)\b(?P<cue>back|returning|returns?|until|till|through|zurück|wieder|bis|ab)\b
        [^\d.!?]{0,40}?(?:(?P<month_first>\p{Alphabetic}{3,9})\.?\s+)?
        (?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})
        | (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:
            \.(?P<dotted>\d{1,2})\.(?P<dotted_year>\d{4})?
          | \.?\s*(?:of\s+)?(?P<month>\p{Alphabetic}{3,9})\.?,?(?:\s+(?P<year>\d{4}))?
          | ,?(?:\s+(?P<late_year>\d{4}))?
        ))",
    )
    .expect("a valid pattern")
});

/// Returns the first time at which the person is back, after the reply was sent at `sent`. `None`
/// if it says none.
pub(super) fn told(text: &str, sent: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    let sent = sent?;
    RETURN.captures_iter(text).find_map(|found| {
        let number = |name| found.name(name).and_then(|number| number.as_str().parse::<u32>().ok());
        let year = |name| found.name(name).and_then(|number| number.as_str().parse::<i32>().ok());
        let named = |name| found.name(name).and_then(|word| month(word.as_str()));

        let (given, month, day) = if let (Some(month), Some(day)) = (number("m"), number("d")) {
            (year("y"), month, day)
        } else {
            let month = number("dotted").or_else(|| named("month")).or_else(|| named("month_first"))?;
            let given = year("dotted_year").or_else(|| year("year")).or_else(|| year("late_year"));
            (given, month, number("day")?)
        };
        let mut date = NaiveDate::from_ymd_opt(given.unwrap_or(sent.year()), month, day)?;
        if given.is_none() && date < sent.date_naive() {
            date = date.with_year(sent.year() + 1)?;
        }

        // Away through a day means back on the next.
        let inclusive = matches!(found["cue"].to_lowercase().as_str(), "through" | "bis");
        let date = if inclusive { date.checked_add_days(Days::new(1))? } else { date };
        let back = date.and_time(NaiveTime::MIN).and_utc();
        (back > sent && back - sent <= LONGEST).then_some(back)
    })
}

fn month(word: &str) -> Option<u32> {
    let word = word.to_lowercase();
    let found = MONTHS.iter().position(|names| names.contains(&word.as_str()))?;
    u32::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(text: &str) -> Option<String> {
        let sent = "2026-09-01T08:00:00Z".parse().ok();
        told(text, sent).map(|back| back.date_naive().to_string())
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in [
            "I'm out of office and back on 8 September.",
            "I will be returning on September 8th, 2026",
            "Out until 2026-09-08.",
            "Ich bin ab dem 8. September wieder da",
            "Ich bin am 08.09.2026 nicht da; zurück am 8.9.2026",
            "away through Sep 7",
            "Abwesend bis 07.09.2026",
            "back 8 Sept. 2026",
        ] {
            assert_eq!(back(text).as_deref(), Some("2026-09-08"), "{text}");
        }
        assert_eq!(back("back on 5 January").as_deref(), Some("2027-01-05"));
    }

    #[test]
    fn what_could_mean_two_dates_or_none_is_not_read() {
        for text in [
            "I am away.",
            "back on 09/08/2026",
            "back soon, call 8 times",
            "back on 8 August 2026",
            "until 31 February",
            "I started on 8 September",
            "back 2031-01-01",
        ] {
            assert_eq!(back(text), None, "{text}");
        }
    }
}
