//! Enters the events of an iCalendar file into a calendar.

use serde::{Deserialize, Serialize};

use crate::domain::calendar::ical::{self, Entered, SkippedEvent, Told};
use crate::domain::calendar::{MOST_DAYS_OFF, Schedule};
use crate::domain::id::CalendarId;
use crate::domain::reason::Reason;
use crate::domain::settings::Limits;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Opened, Request};

/// The events to enter.
#[derive(Clone, Debug)]
pub struct ImportCalendarEvents {
    /// The calendar's id.
    pub calendar_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// The text of the file.
    pub content: String,
    /// True if the events are holidays, false if they are time off.
    pub as_holidays: bool,
    /// Only tell what would be entered.
    pub validate_only: bool,
}

/// What became of the events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedEvents {
    /// The calendar.
    pub calendar: CalendarId,
    /// How many holidays or periods of time off were added.
    pub added: usize,
    /// How many were there already.
    pub existing: usize,
    /// How many have passed.
    pub past: usize,
    /// How many can't be entered.
    pub skipped: usize,
    /// The names of the first of them, and why.
    pub told: Vec<(String, String)>,
}

/// The most skipped events that an answer names.
const SKIPPED_SHOWN: usize = 100;
/// The most characters of a name that an answer shows.
const NAME_SHOWN: usize = 160;

impl Engine {
    /// Enters the events of a file. Operations compute the running waits that depend on the
    /// calendar anew.
    ///
    /// # Errors
    /// Missing; Stale; Invalid, with the path `content`.
    pub async fn import_calendar_events(
        &self,
        request: &Request,
        command: ImportCalendarEvents,
    ) -> Result<ImportedEvents, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let (before, limits) = write.lock_for_change(&command.calendar_id, command.expected_version).await?;
        let (calendar, zone) = (before.id, before.content.schedule.time_zone);
        let told = ical::read(&command.content, zone, ical::today(zone, request.now));
        let mut told = told.map_err(|rule| invalid(&rule))?;
        told.shorten(&limits);

        let mut content = before.content.clone();
        let answer = entered(calendar, told, &mut content.schedule, command.as_holidays)?;
        if command.validate_only {
            // Dropping the write rolls it back. Even its request id can be used again.
            return Ok(answer);
        }
        if content == before.content {
            write.commit_unnoted(&answer).await?;
            return Ok(answer);
        }
        write.save_calendar(before, content).await?;
        write.commit(calendar.0, &answer).await?;
        Ok(answer)
    }
}

/// Enters the times of a file.
fn entered(
    calendar: CalendarId,
    told: Told,
    schedule: &mut Schedule,
    as_holidays: bool,
) -> Result<ImportedEvents, Error> {
    let Told { times, past, mut skipped } = told;
    let Entered { added, existing } = if as_holidays {
        let (entered, partial) = schedule.add_holidays(times);
        skipped.extend(partial);
        entered
    } else {
        schedule.add_time_off(times)
    };

    let (count, name) = match as_holidays {
        true => (schedule.holidays.len(), "holidays"),
        false => (schedule.time_off.len(), "periods of time off"),
    };
    if count > MOST_DAYS_OFF {
        return Err(invalid(&format!(
            "a calendar has at most {MOST_DAYS_OFF} {name}; with these it would have more"
        )));
    }
    let shown = skipped.iter().take(SKIPPED_SHOWN).map(|SkippedEvent { summary, reason }| {
        (summary.chars().take(NAME_SHOWN).collect(), reason.chars().take(2 * NAME_SHOWN).collect())
    });
    let (told, skipped) = (shown.collect(), skipped.len());
    Ok(ImportedEvents { calendar, added, existing, past, skipped, told })
}

fn invalid(rule: &str) -> Error {
    Violations::one("content", Reason::FieldInvalid, rule).into()
}

impl Told {
    /// Cuts names that are longer than the limit: nobody can change the file of a holiday service.
    fn shorten(&mut self, limits: &Limits) {
        let most = usize::try_from(limits.display_name_characters).unwrap_or(usize::MAX);
        for time in &mut self.times {
            time.display_name = time.display_name.chars().take(most).collect();
        }
    }
}
