//! CalendarService: when people work.

use tonic::{Request, Response, Status};

use crate::api::call::{self, Call};
use crate::api::convert::calendar as convert;
use crate::api::pb::calendar_service_server::CalendarService;
use crate::api::pb::import_calendar_events_request::Target;
use crate::api::{Api, etag, pb, update_mask};
use crate::domain::calendar::{Content, Schedule, zone};
use crate::domain::id::CalendarId;
use crate::domain::names;
use crate::domain::violation::Violations;
use crate::engine::{
    CreateCalendar, DeleteCalendar, Error, ImportCalendarEvents, Kind, SchedulePatch, UpdateCalendar,
};
use crate::store::tenants;

/// The fields that an update can set.
const UPDATABLE: &[&str] = &["display_name", "time_zone", "working_hours", "holidays", "time_off"];

#[tonic::async_trait]
impl CalendarService for Api {
    async fn create_calendar(
        &self,
        request: Request<pb::CreateCalendarRequest>,
    ) -> Result<Response<pb::CreateCalendarResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let calendar_id = found.keep_once(names::new_id("calendar_id", &message.calendar_id));
        let sent = message.calendar.unwrap_or_default();

        let display_name = sent.display_name.clone();
        let read = schedule(sent, |_| true);
        let content = found.keep_once(read.map_err(|found| found.under("calendar")).map(|patch| {
            let schedule = Schedule {
                time_zone: patch.time_zone.unwrap_or_default(),
                working_hours: patch.working_hours.unwrap_or_default(),
                holidays: patch.holidays.unwrap_or_default(),
                time_off: patch.time_off.unwrap_or_default(),
            };
            Content { display_name, schedule }
        }));
        // Only for a request that is refused anyway, so that all violations come together. The
        // engine checks after it has looked for a repetition: limits may have been lowered since.
        if let Some(content) = content.as_ref().filter(|_| !found.is_empty()) {
            let limits = self.settings(call.organization()).await?.limits;
            found.extend_once(content.check(&limits).under("calendar"));
        }
        let (calendar_id, content) = found.settle((calendar_id, content))?;

        let command = CreateCalendar { calendar_id, content };
        let created = self.engine.create_calendar(&call.request(repetition), command).await;
        let id = created.map_err(|error| error.under("calendar"))?;
        Ok(Response::new(pb::CreateCalendarResponse { calendar: Some(self.calendar(&call, id).await?) }))
    }

    async fn get_calendar(
        &self,
        request: Request<pb::GetCalendarRequest>,
    ) -> Result<Response<pb::GetCalendarResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let [id] = names::CALENDAR.parse("name", &message.name)?;
        let mut conn = self.read(call.organization()).await?;
        let found = tenants::calendars::find(&mut conn, call.organization(), id).await?;
        let missing = || Error::Missing { kind: Kind::Calendar, name: names::CALENDAR.name([id]) };
        let calendar = Some(convert::calendar(&found.ok_or_else(missing)?));
        Ok(Response::new(pb::GetCalendarResponse { calendar }))
    }

    async fn list_calendars(
        &self,
        request: Request<pb::ListCalendarsRequest>,
    ) -> Result<Response<pb::ListCalendarsResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = Violations::new();
        let parts = [("filter", message.filter.as_str())];
        let page = found.keep("", call.page::<String>(message.page_size, &message.page_token, &parts));
        let filter = found.keep("", call::filter(&message.filter, &convert::subject()));
        let (page, filter) = found.settle((page, filter))?;

        let (organization, last) = (call.organization(), page.after.as_deref());
        let mut conn = self.read(call.organization()).await?;
        let rows =
            tenants::calendars::page(&mut conn, organization, filter.as_ref(), last, page.limit()).await?;
        let (calendars, next_page_token) =
            page.fill(&rows, convert::calendar, |last| last.calendar_id.to_string());
        Ok(Response::new(pb::ListCalendarsResponse { calendars, next_page_token }))
    }

    async fn update_calendar(
        &self,
        request: Request<pb::UpdateCalendarRequest>,
    ) -> Result<Response<pb::UpdateCalendarResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let sent = message.calendar.unwrap_or_default();
        let fields = found.keep("", update_mask::fields(&sent, message.update_mask.as_ref(), UPDATABLE));
        let calendar_id = found.keep_once(names::CALENDAR.parse_id("calendar.name", &sent.name));
        let has = |field: &str| fields.as_ref().is_some_and(|fields| fields.has(field));
        let display_name = has("display_name").then(|| sent.display_name.clone());
        let expected_version = etag::expected(&sent.etag);
        let schedule = found.keep_once(schedule(sent, has).map_err(|found| found.under("calendar")));
        let (_, calendar_id, schedule) = found.settle((fields, calendar_id, schedule))?;

        let command = UpdateCalendar { calendar_id, expected_version, display_name, schedule };
        let updated = self.engine.update_calendar(&call.request(repetition), command).await;
        let id = updated.map_err(|error| error.under("calendar"))?;
        Ok(Response::new(pb::UpdateCalendarResponse { calendar: Some(self.calendar(&call, id).await?) }))
    }

    async fn import_calendar_events(
        &self,
        request: Request<pb::ImportCalendarEventsRequest>,
    ) -> Result<Response<pb::ImportCalendarEventsResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let calendar_id = found.keep_once(names::CALENDAR.parse_id("name", &message.name));
        let calendar_id = found.settle(calendar_id)?;

        let command = ImportCalendarEvents {
            calendar_id,
            expected_version: etag::expected(&message.etag),
            as_holidays: message.target() == Target::Holidays,
            validate_only: message.validate_only,
            content: message.content,
        };
        let imported = self.engine.import_calendar_events(&call.request(repetition), command).await?;
        let calendar = self.calendar(&call, imported.calendar).await?;
        Ok(Response::new(convert::imported(imported, calendar)))
    }

    async fn delete_calendar(
        &self,
        request: Request<pb::DeleteCalendarRequest>,
    ) -> Result<Response<pb::DeleteCalendarResponse>, Status> {
        let (call, mut message) = self.enter(request)?;
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let calendar_id = found.keep_once(names::CALENDAR.parse_id("name", &message.name));
        let calendar_id = found.settle(calendar_id)?;

        let command = DeleteCalendar { calendar_id, expected_version: etag::expected(&message.etag) };
        self.engine.delete_calendar(&call.request(repetition), command).await?;
        Ok(Response::new(pb::DeleteCalendarResponse {}))
    }
}

/// Reads the parts of a schedule that `has` names. Paths begin at the calendar.
fn schedule(sent: pb::Calendar, has: impl Fn(&str) -> bool) -> Result<SchedulePatch, Violations> {
    let mut found = Violations::new();
    let time_zone = has("time_zone").then(|| found.keep("", zone("time_zone", &sent.time_zone)));
    let hours = has("working_hours").then(|| found.keep("", convert::working_hours(&sent.working_hours)));
    let holidays = has("holidays").then(|| found.keep("", convert::holidays(sent.holidays)));
    let time_off = has("time_off").then(|| found.keep("", convert::time_off(sent.time_off)));

    // What couldn't be read has a violation.
    found.into_result(SchedulePatch {
        time_zone: time_zone.flatten(),
        working_hours: hours.flatten(),
        holidays: holidays.flatten(),
        time_off: time_off.flatten(),
    })
}

impl Api {
    /// Reads a calendar that was just written. If somebody deleted it in the meantime, it is
    /// missing.
    async fn calendar(&self, call: &Call, id: CalendarId) -> Result<pb::Calendar, Status> {
        let mut conn = self.read(call.organization()).await?;
        let calendar = tenants::calendars::get(&mut conn, call.organization(), id).await?;
        let missing = || Error::Missing { kind: Kind::Calendar, name: names::CALENDAR.uuid_name(id.0) };
        Ok(convert::calendar(&calendar.ok_or_else(missing)?))
    }
}
