//! Spreads the changes of related records: queues the records that refer to a changed one, and
//! whose conditions read what changed in it, for routing. A chunk at a time, because many may refer
//! to one.

use std::collections::BTreeSet;

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, RecordId, RecordTypeId};
use crate::domain::operation::OperationKind;
use crate::domain::segment::Segment;
use crate::engine::frame::write::Write;
use crate::engine::routing::routing_plan::RoutingPlan;
use crate::engine::{Engine, Error};
use crate::store::records::references::Asked;
use crate::store::records::related_changes::{self, Waiting};
use crate::store::records::{changes, references};
use crate::store::{self, records, routing};

/// The most changes that are looked at together. Each finds up to a chunk of records.
const CHANGES: i64 = 100;

impl Engine {
    /// Queues up to `limit` of the records that refer to changed ones. The routing row must be
    /// locked. Returns how many changes and records it has dealt with, about; 0 if nothing waits.
    pub(super) async fn spread_changes(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        limit: i64,
    ) -> Result<i64, store::Error> {
        let waiting = related_changes::oldest(conn, organization, limit.min(CHANGES)).await?;
        if waiting.is_empty() {
            return Ok(0);
        }

        let plan = self.core().routing_plans.load(conn, organization).await?;
        let asked: Vec<Asked> =
            waiting.iter().enumerate().flat_map(|(place, one)| asked(&plan, place, one)).collect();
        let found = references::referring(conn, organization, &asked, limit).await?;
        let queued: Vec<(Uuid, RecordId)> =
            found.iter().map(|(_, record)| (self.clock().new_id(), *record)).collect();
        changes::append(conn, organization, &queued).await?;

        // A full chunk may have left out records that refer to its last change, or to a later one.
        let is_full = i64::try_from(found.len()).is_ok_and(|count| count >= limit);
        let stopped = found.last().filter(|_| is_full);
        let told = stopped.map_or(waiting.len(), |(place, _)| *place);
        related_changes::remove(conn, organization, &waiting[..told]).await?;
        if let Some((place, last)) = stopped {
            related_changes::go_on(conn, organization, waiting[*place].id, *last).await?;
        }
        Ok(i64::try_from(told.max(1)).unwrap_or(limit))
    }

    /// Saves what records refer to by the reference attributes of their type.
    pub(in crate::engine) async fn index_references(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        ids: &[RecordId],
    ) -> Result<(), store::Error> {
        // A record that is being changed must not be overwritten with what it referred to before.
        routing::lock_records(conn, organization, ids).await?;
        for (record_type, ids) in records::types::of_records(conn, organization, ids).await? {
            let declared = record_type.references().map(|(attribute, related)| (attribute, related.id));
            let declared: Vec<(&str, RecordTypeId)> = declared.collect();
            let held = references::held(conn, organization, &Vec::from_iter(ids), &declared).await?;
            references::save(conn, organization, &held).await?;
        }
        Ok(())
    }
}

/// Returns what refers to a changed record and has conditions that read what changed.
fn asked<'a>(plan: &'a RoutingPlan, place: usize, one: &'a Waiting) -> impl Iterator<Item = Asked> + 'a {
    plan.looking(&one.change).map(move |(record_type, attribute)| Asked {
        change: place,
        target_type: one.change.record_type,
        target: one.change.record_id.clone(),
        after: one.cursor,
        record_type,
        attribute: attribute.to_owned(),
    })
}

impl Write {
    /// Queues the operation that saves what the records of a segment's type refer to, if conditions
    /// read these attributes of related records: references that were written by an earlier release
    /// aren't saved yet.
    pub(in crate::engine) async fn queue_references(
        &mut self,
        segment: &Segment,
        read: &BTreeSet<(String, String)>,
    ) -> Result<(), Error> {
        match read.is_empty() {
            true => Ok(()),
            false => self.index_references((segment.id.0, segment.name()), segment.record_type).await,
        }
    }

    /// Queues the operation that saves what the records of a type refer to, for a segment or a
    /// sequence that has to find those who refer to something.
    pub(in crate::engine) async fn index_references(
        &mut self,
        target: (Uuid, String),
        record_type: RecordTypeId,
    ) -> Result<(), Error> {
        let operation = self.new_operation(OperationKind::IndexReferences, target, record_type);
        self.queue_counted(operation).await
    }
}
