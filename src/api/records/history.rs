//! The history of a record: what was decided about it, and what happened to its enrollments.

use std::collections::{BTreeSet, HashMap};

use tonic::Status;
use uuid::Uuid;

use crate::api::actors::Actors;
use crate::api::call::Call;
use crate::api::convert::record_event::Named;
use crate::api::enrollment_service::newest_first;
use crate::api::{Api, pb};
use crate::domain::history::HistoryEvent;
use crate::domain::id::{EnrollmentId, RecordId};
use crate::domain::names;
use crate::domain::violation::Violations;
use crate::engine::{Error, Kind};
use crate::store::history::{self, Order};
use crate::store::{ReadConnection, enrollments, records, routing};

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
        let names = HashMap::from([(record.0, message.parent.clone())]);
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
        let organization = call.organization();
        let subjects = events.iter().flat_map(|event| [Some(event.subject), event.detail.enrollment]);
        let subjects: BTreeSet<EnrollmentId> = subjects.flatten().map(EnrollmentId).collect();
        // The record's own key is among them, and is the key of no enrollment.
        let rows = enrollments::rows::get(conn, organization, &Vec::from_iter(subjects)).await?;
        let timelines = self.timelines(call, conn, &rows).await?;

        let actors = Actors::of(call, conn, events.iter().copied()).await?;

        // Keys are unique across tables, so one statement finds the names of all.
        let decided = events.iter().map(|event| &event.detail).flat_map(|detail| {
            [detail.segment, detail.left_segment, detail.assignment_rule, detail.sequence]
        });
        let decided: BTreeSet<Uuid> = decided.flatten().collect();
        let routing = routing::names::of_keys(conn, organization, &Vec::from_iter(decided)).await?;
        let enrollments = rows.into_iter().map(|row| (row.enrollment.id.0, row)).collect();
        Ok(Named { records, enrollments, timelines, actors, routing })
    }
}

/// Returns the key of a record, if the caller may see it. `ids` are those of its type and its own.
async fn record_key(call: &Call, conn: &mut ReadConnection, ids: [&str; 2]) -> Result<RecordId, Error> {
    let missing = || Error::Missing { kind: Kind::Record, name: names::RECORD.name(ids) };
    let (organization, scope) = (call.organization(), call.caller.scope());
    let record_type = records::types::find(conn, organization, ids[0]).await?.ok_or_else(missing)?;
    let found = records::find(conn, organization, record_type.id, ids[1], scope).await?;
    Ok(found.ok_or_else(missing)?.record.id)
}
