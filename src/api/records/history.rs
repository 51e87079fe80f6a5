//! The history of a record: what was decided about it, and what happened to its enrollments.

use std::collections::{BTreeSet, HashMap};

use tonic::Status;
use uuid::Uuid;

use crate::api::actors::Actors;
use crate::api::call::Call;
use crate::api::convert::record_event::Named;
use crate::api::enrollments::service::newest_first;
use crate::api::enrollments::timelines::Timelines;
use crate::api::{Api, pb};
use crate::domain::history::{HistoryDetail, HistoryEvent, HistoryKind};
use crate::domain::id::{EnrollmentId, OrganizationId, RecordId};
use crate::domain::names;
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Kind};
use crate::store::history::{self, Order};
use crate::store::{self, ReadConnection, enrollments, records, subjects};

impl Api {
    /// Reads a page of a record's history, if the caller may see the record.
    ///
    /// # Errors
    /// INVALID_ARGUMENT, NOT_FOUND.
    pub(super) async fn history(
        &self,
        call: &Call,
        message: &pb::ListRecordHistoryRequest,
    ) -> Result<pb::ListRecordHistoryResponse, Status> {
        let mut found = Violations::new();
        let ids = found.keep_once(names::RECORD.parse("parent", &message.parent));
        let newest_first = found.keep_once(newest_first(&message.order_by, true));
        // A page token is bound to the parent and the order.
        let newest = (newest_first == Some(true)).to_string();
        let parts = [("parent", message.parent.as_str()), ("newest_first", &newest)];
        let page = found.keep("", call.page::<Uuid>(message.page_size, &message.page_token, &parts));
        let (ids, newest_first, page) = found.settle((ids, newest_first, page))?;

        let order = match newest_first {
            true => Order::NewestFirst { before: page.after },
            false => Order::OldestFirst { after: page.after },
        };
        let mut conn = self.read(call.organization()).await?;
        let record = record_key(call, &mut conn, ids).await?;
        let rows =
            history::page_of_record(&mut conn, call.organization(), record, order, page.limit()).await?;
        // Its own name, and those of records that were merged into it.
        let about = rows.iter().filter(|event| !event.kind.of_enrollment());
        let about = about.flat_map(|event| [Some(event.subject), event.detail.record]);
        let about: Vec<Uuid> = about.flatten().chain([record.0]).collect();
        let names = subjects::records(&mut conn, call.organization(), &about).await?;
        let named = self.named(call, &mut conn, names, &rows.iter().collect::<Vec<_>>()).await?;
        let (events, next_page_token) = page.fill(&rows, |event| named.event(event), |last| last.id);
        Ok(pb::ListRecordHistoryResponse { events, next_page_token })
    }

    /// Reads the names in these events, which are about these records and their enrollments.
    pub(in crate::api) async fn named(
        &self,
        call: &Call,
        conn: &mut ReadConnection,
        records: HashMap<Uuid, String>,
        events: &[&HistoryEvent],
    ) -> Result<Named, Status> {
        Ok(Box::pin(named(&self.engine, call.organization(), conn, records, events)).await?)
    }
}

/// Reads the names in events of one organization. `subjects` has those of what they are about,
/// except enrollments, segments, rules and sequences.
pub(in crate::api) async fn named(
    engine: &Engine,
    organization: OrganizationId,
    conn: &mut ReadConnection,
    mut subjects: HashMap<Uuid, String>,
    events: &[&HistoryEvent],
) -> Result<Named, store::Error> {
    let keys = events.iter().flat_map(|event| [Some(event.subject), event.detail.enrollment]);
    let keys: BTreeSet<EnrollmentId> = keys.flatten().map(EnrollmentId).collect();
    // The keys of records are among them, and are the keys of no enrollments.
    let rows = enrollments::rows::get(conn, organization, &Vec::from_iter(keys.clone())).await?;
    let manual = enrollments::rows::of_manual(conn, organization, &Vec::from_iter(keys)).await?;
    let unnamed = manual.iter().map(|one| one.record.0).filter(|key| !subjects.contains_key(key));
    let unnamed: Vec<Uuid> = unnamed.collect();
    subjects.extend(subjects::records(conn, organization, &unnamed).await?);
    let enrolled = rows.iter().map(|row| &row.enrollment).chain(&manual);
    let timelines = Timelines::load(engine, conn, organization, enrolled).await?;

    let actors = Actors::of(organization, conn, events.iter().copied()).await?;

    // Keys are unique across tables, so one statement finds the names of all.
    let decided = events.iter().flat_map(|event| {
        let HistoryDetail { segment, left_segment, assignment_rule, sequence, .. } = &event.detail;
        let written = (event.kind == HistoryKind::AdministrativeWrite).then_some(event.subject);
        [*segment, *left_segment, *assignment_rule, *sequence, written]
    });
    let decided: BTreeSet<Uuid> = decided.flatten().collect();
    let routing = subjects::decided(conn, organization, &Vec::from_iter(decided)).await?;
    let enrollments = rows.into_iter().map(|row| (row.enrollment.id.0, row)).collect();
    let manual = manual.into_iter().map(|enrollment| (enrollment.id.0, enrollment)).collect();
    Ok(Named { subjects, enrollments, manual, timelines, actors, routing })
}

/// Returns the key of a record, if the caller may see it. `ids` are those of its type and its own.
pub(in crate::api) async fn record_key(
    call: &Call,
    conn: &mut ReadConnection,
    ids: [&str; 2],
) -> Result<RecordId, Error> {
    let missing = || Error::Missing { kind: Kind::Record, name: names::RECORD.name(ids) };
    let (organization, scope) = (call.organization(), call.caller.scope());
    let record_type = records::types::find(conn, organization, ids[0]).await?.ok_or_else(missing)?;
    let found = records::find(conn, organization, record_type.id, ids[1], scope).await?;
    Ok(found.ok_or_else(missing)?.record.id)
}
