//! Lists of activities: open ones in an order, and closed ones by the time when they were closed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tonic::{Request, Response, Status};
use uuid::Uuid;

use crate::api::call::{self, Call};
use crate::api::convert::{activity as convert, instant};
use crate::api::emails::making::put_draft;
use crate::api::page::{Page, SortKey};
use crate::api::pb::activity::{State, View};
use crate::api::pb::list_activities_request::Due;
use crate::api::work_queue::answers::seen_by;
use crate::api::{Api, pb, validate};
use crate::domain::activity::ClosedState;
use crate::domain::attribute::AttributeType;
use crate::domain::calendar;
use crate::domain::condition::{Condition, Field, Subject};
use crate::domain::id::{ActivityId, QueueId, SellerId};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::record_type::RecordType;
use crate::domain::violation::{Violation, Violations};
use crate::store::activities::groups;
use crate::store::activities::lists::{self, Closed, ListedRow, Open, Order, Position, Selection};
use crate::store::activities::rows::ActivityRow;
use crate::store::condition_sql::{SortForm, sort_form};
use crate::store::queues::rows::QueueRow;
use crate::store::tenants::calendars;
use crate::store::{ReadConnection, activities};

/// The most activities on a page in view FULL: each email is made anew.
const MOST_IN_FULL: i32 = 100;

/// The states of closed activities on the wire.
pub(super) const CLOSED: [(State, ClosedState); 3] = [
    (State::Completed, ClosedState::Completed),
    (State::Skipped, ClosedState::Skipped),
    (State::Canceled, ClosedState::Canceled),
];

/// Where a list continues: the value of its order, then the place among equals.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Key(Option<String>, DateTime<Utc>, Uuid);

impl SortKey for Key {
    fn is_possible(&self) -> bool {
        // Postgres has no texts with a zero character.
        let Key(value, time, _) = self;
        time.is_possible() && value.as_ref().is_none_or(|value| !value.contains('\0'))
    }
}

impl Api {
    pub(super) async fn list(
        &self,
        request: Request<pb::ListActivitiesRequest>,
    ) -> Result<Response<pb::ListActivitiesResponse>, Status> {
        let (call, message) = self.enter(request)?;
        let mut found = validate::violations(&message);
        // A token continues what the view said on the first page.
        let message = self.fill_in(&call, message).await?;
        let record_type = match message.record_type.as_str() {
            "" => None,
            name => found.keep("", names::RECORD_TYPE.parse("record_type", name)),
        };
        // Filters and orders depend on the attributes of the record type.
        let record_type = match record_type {
            None => None,
            Some([id]) => Some(self.record_type(&call, id).await?),
        };
        let asked = asked(&call, &message, record_type.as_ref(), found)?;

        let queue = match message.queue.as_str() {
            "" => None,
            name => Some(self.queue(&call, "queue", name).await?),
        };
        let selection = Selection {
            queue,
            scope: call.caller.scope(),
            record_type: record_type.as_ref(),
            filter: asked.filter.as_ref(),
            now: asked.page.now,
            limit: asked.page.limit(),
        };
        match &asked.states {
            States::Open(states) => self.list_open(&call, &message, &asked, &selection, *states).await,
            States::Closed { states, since } => {
                self.list_closed(&call, &asked, &selection, (states, *since)).await
            }
        }
    }

    async fn list_open(
        &self,
        call: &Call,
        message: &pb::ListActivitiesRequest,
        asked: &Asked,
        selection: &Selection<'_>,
        OpenStates { due, snoozed, scheduled }: OpenStates,
    ) -> Result<Response<pb::ListActivitiesResponse>, Status> {
        let organization = call.organization();
        // Any other order than that of the queue reads all that there is, and so do groups.
        let mut conn = match asked.order.by.as_ref().or(asked.groups_wanted()) {
            Some(_) => self.survey(organization).await?,
            None => self.read(organization).await?,
        };
        let (from, to) = match message.due() {
            Due::Unspecified => (None, None),
            due => {
                let today = today(&mut conn, call, selection.queue, asked.page.now).await?;
                bounds(due, today)
            }
        };
        let after = asked.page.after.as_ref().map(|Key(value, rank, id)| Position {
            value: value.clone(),
            rank: *rank,
            id: ActivityId(*id),
        });

        let open = Open { due, snoozed, scheduled, from, to, order: &asked.order, after: after.as_ref() };
        let rows = lists::open(&mut conn, organization, selection, &open).await?;
        let groups = match asked.groups_wanted() {
            None => Vec::new(),
            Some(by) => groups::open(&mut conn, organization, selection, &open, by).await?,
        };
        let counts = match selection.queue {
            None => None,
            Some(queue) => activities::rows::counts(&mut conn, organization, queue).await?,
        };
        drop(conn);

        // Texts come after the connection was given back, because reading them may take another.
        let seen: Vec<&QueueRow> = rows.iter().map(|row| &row.shown).collect();
        let texts = self.texts(&seen).await?;
        let mut drafts = HashMap::new();
        if message.view() == View::Full {
            drafts = self.drafts(call, &seen).await?;
        }
        let counts = counts.map(|counts| convert::counts(counts.due, counts.snoozed));
        let show = |row: &ListedRow| {
            let mut activity = convert::seen(&row.shown, &texts.of(&row.shown), message.view());
            put_draft(&mut activity, drafts.remove(&row.shown.activity.id));
            activity
        };
        let key = |last: &ListedRow| {
            let Position { value, rank, id } = last.position();
            Key(value, rank, id.0)
        };
        let (activities, next_page_token) = asked.page.fill(&rows, show, key);
        let groups = groups.into_iter().map(convert::group).collect();
        Ok(Response::new(pb::ListActivitiesResponse { activities, next_page_token, counts, groups }))
    }

    async fn list_closed(
        &self,
        call: &Call,
        asked: &Asked,
        selection: &Selection<'_>,
        (states, since): (&[ClosedState], DateTime<Utc>),
    ) -> Result<Response<pb::ListActivitiesResponse>, Status> {
        let after = asked.page.after.as_ref().map(|Key(_, time, id)| (*time, ActivityId(*id)));
        // It reads all that was closed since then, before it sorts.
        let closed = Closed { states, since, after };
        let mut conn = self.survey(call.organization()).await?;
        let rows = lists::closed(&mut conn, call.organization(), selection, &closed).await?;
        let groups = match asked.groups_wanted() {
            None => Vec::new(),
            Some(by) => groups::closed(&mut conn, call.organization(), selection, &closed, by).await?,
        };
        drop(conn);

        let texts = self.texts(&rows.iter().map(|row| &row.shown).collect::<Vec<_>>()).await?;
        // Who did the work no longer sees the record if it is somebody else's by now.
        let show = |row: &ActivityRow| {
            let row = seen_by(call, row.clone());
            convert::activity(&row, &texts.of(&row.shown), View::Basic)
        };
        let key = |last: &ActivityRow| {
            let time = last.ending.as_ref().map_or(since, |ending| ending.at);
            Key(None, time, last.shown.activity.id.0)
        };
        let (activities, next_page_token) = asked.page.fill(&rows, show, key);
        let groups = groups.into_iter().map(convert::group).collect();
        Ok(Response::new(pb::ListActivitiesResponse { activities, next_page_token, counts: None, groups }))
    }
}

/// The day at `now`, by the calendar of the seller whose queue it is, else by the organization's;
/// without one, in UTC.
async fn today(
    conn: &mut ReadConnection,
    call: &Call,
    queue: Option<QueueId>,
    now: DateTime<Utc>,
) -> Result<(DateTime<Utc>, DateTime<Utc>), Status> {
    // A seller's queue has the seller's key.
    let seller = queue.map(|queue| SellerId(queue.0)).or(call.caller.seller);
    let schedules = calendars::schedules(conn, &[(call.organization(), seller)]).await?;
    let schedule = schedules.into_iter().next().and_then(|found| found.schedule);
    let zone = schedule.map(|schedule| schedule.time_zone).unwrap_or_default();
    Ok(calendar::day(zone, now))
}

/// From when on, and before when.
fn bounds(
    due: Due,
    (begins, ends): (DateTime<Utc>, DateTime<Utc>),
) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    match due {
        Due::Unspecified => (None, None),
        Due::Overdue => (None, Some(begins)),
        Due::Today => (Some(begins), Some(ends)),
        Due::Later => (Some(ends), None),
    }
}

/// What a list is asked for.
pub(super) struct Asked {
    page: Page<Key>,
    filter: Option<Condition>,
    order: Order,
    group_by: Option<Field>,
    states: States,
}

impl Asked {
    /// Returns the field to group by. `None` if there is none, or the first page had the groups.
    fn groups_wanted(&self) -> Option<&Field> {
        self.group_by.as_ref().filter(|_| self.page.after.is_none())
    }
}

/// The states of open activities that a list asks for.
#[derive(Clone, Copy)]
struct OpenStates {
    due: bool,
    snoozed: bool,
    scheduled: bool,
}

/// The states that a list asks for.
enum States {
    Open(OpenStates),
    Closed { states: Vec<ClosedState>, since: DateTime<Utc> },
}

/// Reads what a list is asked for; `found` holds what was wrong so far.
pub(super) fn asked(
    call: &Call,
    message: &pb::ListActivitiesRequest,
    record_type: Option<&RecordType>,
    mut found: Violations,
) -> Result<Asked, Violations> {
    let states = found.keep("", states(message));
    let is_closed = matches!(states, Some(States::Closed { .. }));
    let subject = if is_closed { convert::closed_subject() } else { convert::open_subject() };
    let subject = match record_type {
        Some(record_type) => subject.beside(call.caller.scope().visible(record_type.subject())),
        None => subject,
    };
    let order = found.keep("", order(&message.order_by, &subject, is_closed));
    let group_by = found.keep("", group_by(&message.group_by, &subject));
    let filter = found.keep("", call::filter(&message.filter, &subject));
    // Only the form is checked here: finding the queue takes a read, which invalid requests must
    // not cause.
    if !message.queue.is_empty() {
        found.keep("", names::queue("queue", &message.queue));
    }

    let page = found.keep_once(page(call, message, order.as_ref()));
    let asked = (page.zip(filter), order.zip(group_by), states);
    let ((page, filter), (order, group_by), states) = found.settle(asked)?;
    Ok(Asked { page, filter, order, group_by, states })
}

/// Reads the page. A token continues the same query, so it is bound to all that selects rows.
fn page(
    call: &Call,
    message: &pb::ListActivitiesRequest,
    order: Option<&Order>,
) -> Result<Page<Key>, Violations> {
    let states = format!("{:?}", message.states);
    let view = message.view.to_string();
    let (due, since) = (message.due.to_string(), format!("{:?}", message.closed_since));
    let parts = [
        ("queue", &*message.queue),
        ("filter", &*message.filter),
        ("states", &*states),
        ("record_type", &*message.record_type),
        ("order_by", &*message.order_by),
        ("group_by", &*message.group_by),
        ("view", &*view),
        ("due", &*due),
        ("closed_since", &*since),
    ];
    let size = match message.view() {
        View::Full => message.page_size.min(MOST_IN_FULL),
        View::Unspecified | View::Basic => message.page_size,
    };
    let page = call.page::<Key>(size, &message.page_token, &parts)?;

    // Anybody can make a token.
    let by = order.and_then(|order| order.by.as_ref());
    let number = by.is_some_and(|field| sort_form(field) == SortForm::Number);
    let value = page.after.as_ref().and_then(|Key(value, ..)| value.as_ref());
    if number && value.is_some_and(|value| !is_decimal(value)) {
        let description = "is not a valid page token; use next_page_token unchanged";
        return Err(Violations::one("page_token", Reason::PageTokenInvalid, description));
    }
    Ok(page)
}

/// Whether Postgres writes a number like this.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= 1_000 && are_digits(whole) && are_digits(rest)
}

/// Reads the states of a list; none means due.
fn states(message: &pb::ListActivitiesRequest) -> Result<States, Violations> {
    let asked: Vec<State> = message.states().collect();
    let mut found = Violations::new();
    for (index, state) in asked.iter().enumerate().filter(|(_, state)| **state == State::Paused) {
        let description = format!("must not be {}: it is in no queue", state.as_str_name());
        found.push(format!("states[{index}]"), Reason::FieldInvalid, description);
    }

    let closed = CLOSED.iter().filter(|(state, _)| asked.contains(state)).map(|(_, closed)| *closed);
    let closed: Vec<ClosedState> = closed.collect();
    let due = asked.is_empty() || asked.contains(&State::Due);
    // What is snoozed until this evening is for today, too.
    let days = asked.is_empty() && message.due() != Due::Unspecified;
    let snoozed = asked.contains(&State::Snoozed) || days;
    let scheduled = asked.contains(&State::Scheduled) || days;
    // A list has one order, and open and closed ones have none in common.
    if closed.is_empty() {
        if message.closed_since.is_some() {
            found.push("closed_since", Reason::FieldInvalid, "needs a state of closed activities in states");
        }
        return found.into_result(States::Open(OpenStates { due, snoozed, scheduled }));
    }

    if asked.contains(&State::Due) || snoozed || scheduled {
        let description = "must be states of open activities or of closed ones, not both";
        found.push("states", Reason::FieldInvalid, description);
    }
    if message.due() != Due::Unspecified {
        found.push("due", Reason::FieldInvalid, "must not be set for closed activities");
    }
    let since = message.closed_since.as_ref().map(|since| instant("closed_since", since));
    let since = found.keep("", since.transpose()).flatten();
    if message.closed_since.is_none() {
        let description = "is required with a state of closed activities: from when on to list them";
        found.push("closed_since", Reason::FieldRequired, description);
    }
    let since = found.settle(since)?;
    Ok(States::Closed { states: closed, since })
}

/// Reads the field to group by.
fn group_by(name: &str, subject: &Subject) -> Result<Option<Field>, Violation> {
    if name.is_empty() {
        return Ok(None);
    }
    let groups = |kind: &AttributeType| {
        !matches!(kind, AttributeType::Bool | AttributeType::StringList | AttributeType::Timestamp)
    };
    let mut known = subject.fields.iter().filter(|(_, kind)| groups(kind));
    let own: Vec<&str> =
        known.clone().map(|(field, _)| field.as_str()).filter(|field| !field.contains('.')).collect();
    let field = known.find(|(field, _)| *field == name);
    let field = field.map(|(_, kind)| Field { name: name.to_owned(), attribute_type: kind.clone() });

    field.map(Some).ok_or_else(|| {
        let rule = format!(
            "must be one of {}, or with record_type a record's attribute of type STRING, INT, DOUBLE, DATE \
             or REFERENCE, like record.industry",
            own.join(", ")
        );
        Violation::new("group_by", Reason::FieldInvalid, rule)
    })
}

/// Reads the order: a field, with ` desc` behind it or not.
fn order(order_by: &str, subject: &Subject, closed: bool) -> Result<Order, Violation> {
    if order_by.is_empty() {
        return Ok(Order::default());
    }
    let refuse = |why: String| Err(Violation::new("order_by", Reason::FieldInvalid, why));
    if closed {
        return refuse("must be empty: closed activities come in the order of their close_time".to_owned());
    }

    let (name, descending) = match order_by.strip_suffix(" desc") {
        Some(name) => (name, true),
        None => (order_by, false),
    };
    let sorts = |kind: &AttributeType| !matches!(kind, AttributeType::Bool | AttributeType::StringList);
    let mut known = subject.fields.iter().filter(|(_, kind)| sorts(kind));
    let mut known_names = subject.fields.iter().filter(|(field, kind)| sorts(kind) && !field.contains('.'));
    match known.find(|(field, _)| *field == name) {
        Some((field, kind)) => {
            let by = Field { name: field.clone(), attribute_type: kind.clone() };
            Ok(Order { by: Some(by), descending })
        }
        None => {
            let names: Vec<&str> = known_names.by_ref().map(|(field, _)| field.as_str()).collect();
            let names = names.join(", ");
            refuse(format!(
                "must be one of {names}, or with record_type a record's attribute of any type but BOOL and \
                 STRING_LIST, like record.score; each can have \" desc\" behind it"
            ))
        }
    }
}
