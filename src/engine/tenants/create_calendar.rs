//! Creates a calendar.

use crate::domain::calendar::{Calendar, Content};
use crate::domain::id::{CalendarId, ChosenId};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::{self, tenants};

/// The calendar to create.
#[derive(Clone, Debug)]
pub struct CreateCalendar {
    /// The id, chosen by the caller.
    pub calendar_id: ChosenId,
    /// Its name and schedule.
    pub content: Content,
}

impl Engine {
    /// Creates a calendar, which nobody uses yet.
    ///
    /// # Errors
    /// Invalid, with paths relative to the calendar; Exists.
    pub async fn create_calendar(
        &self,
        request: &Request,
        command: CreateCalendar,
    ) -> Result<CalendarId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let limits = write.settings().await?.limits;
        command.content.check(&limits).into_result(())?;
        let calendar = Calendar {
            organization: write.organization(),
            id: CalendarId(self.clock().new_id()),
            calendar_id: command.calendar_id,
            content: command.content,
            version: 1,
            create_time: request.now,
            update_time: request.now,
        };

        if !tenants::calendars::insert(write.conn(), &calendar).await? {
            return Err(Error::Exists {
                kind: Kind::Calendar,
                name: names::CALENDAR.name([&calendar.calendar_id]),
            });
        }
        write.commit(calendar.id.0, &calendar.id).await?;
        Ok(calendar.id)
    }
}

impl Write {
    /// Keeps a calendar from being deleted until the commit. `field` is a violation if it doesn't
    /// exist.
    pub(in crate::engine) async fn hold_calendar(
        &mut self,
        field: &str,
        calendar: Option<&ChosenId>,
    ) -> Result<Violations, store::Error> {
        let Some(calendar) = calendar else { return Ok(Violations::new()) };
        let organization = self.organization();
        if tenants::calendars::hold(self.conn(), organization, calendar.as_str()).await? {
            return Ok(Violations::new());
        }
        let description = format!("there is no {}", names::CALENDAR.name([calendar]));
        Ok(Violations::one(field, Reason::ReferenceNotFound, description))
    }
}
