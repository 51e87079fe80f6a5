//! Changes a calendar.

use chrono_tz::Tz;

use crate::domain::calendar::{Calendar, Content, Holiday, Schedule, TimeOff, WorkingHours};
use crate::domain::id::CalendarId;
use crate::domain::names;
use crate::domain::settings::Limits;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::tenants;

/// The change to make.
#[derive(Clone, Debug)]
pub struct UpdateCalendar {
    /// Its id.
    pub calendar_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// The new display name, if it changes.
    pub display_name: Option<String>,
    /// The new value of each part of the schedule that changes.
    pub schedule: SchedulePatch,
}

/// The parts of a schedule that change. Lists are replaced as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchedulePatch {
    /// The zone.
    pub time_zone: Option<Tz>,
    /// The hours of a week.
    pub working_hours: Option<Vec<WorkingHours>>,
    /// Days without work.
    pub holidays: Option<Vec<Holiday>>,
    /// Times without work.
    pub time_off: Option<Vec<TimeOff>>,
}

impl Engine {
    /// Changes a calendar. Operations compute the running waits that depend on it anew.
    ///
    /// # Errors
    /// Missing; Stale; Invalid, with paths relative to the calendar.
    pub async fn update_calendar(
        &self,
        request: &Request,
        command: UpdateCalendar,
    ) -> Result<CalendarId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let (before, limits) = write.lock_for_change(&command.calendar_id, command.expected_version).await?;
        let id = before.id;

        let content = Content {
            display_name: command.display_name.unwrap_or_else(|| before.content.display_name.clone()),
            schedule: command.schedule.apply(before.content.schedule.clone()),
        };
        content.check(&limits).into_result(())?;
        if content == before.content {
            write.commit_unnoted(&id).await?;
            return Ok(id);
        }

        write.save_calendar(before, content).await?;
        write.commit(id.0, &id).await?;
        Ok(id)
    }
}

impl Write {
    /// Locks a calendar that is to be changed, with everything that comes before it in the lock
    /// order. Returns it with the organization's limits.
    pub(in crate::engine) async fn lock_for_change(
        &mut self,
        calendar_id: &str,
        seen: Option<Version>,
    ) -> Result<(Calendar, Limits), Error> {
        // `definitions_changed` writes the organization's row, which is first in the lock order.
        let limits = self.lock_organization().await?.settings.limits;
        // A record that is refused meanwhile would miss the new hours.
        self.stop_routing().await?;
        Ok((self.lock_calendar(calendar_id, seen).await?, limits))
    }

    /// Saves the new content of a calendar, which must be locked. Operations compute the running
    /// waits that depend on it anew.
    pub(in crate::engine) async fn save_calendar(
        &mut self,
        before: Calendar,
        content: Content,
    ) -> Result<(), Error> {
        let (version, schedule) = (before.version + 1, before.content.schedule.clone());
        let after = Calendar { content, version, update_time: self.now(), ..before };
        tenants::calendars::update(self.conn(), &after).await?;

        // Servers cache calendars by the organization's epoch.
        self.definitions_changed().await?;
        if after.content.schedule != schedule {
            self.queue_timed_assignments(None).await?;
            self.queue_wait_refresh((after.id.0, names::CALENDAR.name([&after.calendar_id]))).await?;
        }
        Ok(())
    }
}

impl SchedulePatch {
    fn apply(self, before: Schedule) -> Schedule {
        Schedule {
            time_zone: self.time_zone.unwrap_or(before.time_zone),
            working_hours: self.working_hours.unwrap_or(before.working_hours),
            holidays: self.holidays.unwrap_or(before.holidays),
            time_off: self.time_off.unwrap_or(before.time_off),
        }
    }
}
