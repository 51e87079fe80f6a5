//! Deletes a calendar that nobody uses.

use crate::domain::calendar::Calendar;
use crate::domain::names;
use crate::domain::refusal::Refusal;
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::tenants;

/// The calendar to delete.
#[derive(Clone, Debug)]
pub struct DeleteCalendar {
    /// Its id.
    pub calendar_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Deletes a calendar permanently.
    ///
    /// # Errors
    /// Missing; Stale; Refused (CalendarInUse).
    pub async fn delete_calendar(&self, request: &Request, command: DeleteCalendar) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Whoever lets a seller or the settings name a calendar holds its row.
        let organization = write.lock_organization().await?.id;
        let calendar = write.lock_calendar(&command.calendar_id, command.expected_version).await?;

        let users = tenants::calendars::users(write.conn(), &calendar).await?;
        if !users.is_empty() {
            let calendar = names::CALENDAR.name([&calendar.calendar_id]);
            return Err(Refusal::CalendarInUse { calendar, users }.into());
        }

        tenants::calendars::delete(write.conn(), organization, calendar.id).await?;
        write.commit(calendar.id.0, &()).await
    }
}

impl Write {
    /// Locks a calendar.
    ///
    /// # Errors
    /// Missing; Stale.
    pub(in crate::engine) async fn lock_calendar(
        &mut self,
        calendar_id: &str,
        seen: Option<Version>,
    ) -> Result<Calendar, Error> {
        let name = || names::CALENDAR.name([calendar_id]);
        let organization = self.organization();
        let calendar = tenants::calendars::lock(self.conn(), organization, calendar_id).await?;
        let calendar = calendar.ok_or_else(|| Error::Missing { kind: Kind::Calendar, name: name() })?;
        let current = Version::of(calendar.id.0, calendar.version);
        Error::if_stale(seen, current, name)?;
        self.sees(calendar.id.0).await?;
        Ok(calendar)
    }
}
