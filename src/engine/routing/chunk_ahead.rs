//! The chunk ahead: the chunk of an operation after the one that is being saved, decided at the
//! same time, and committed after it.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tracing::Instrument as _;

use crate::domain::operation::{Operation, OperationKind};
use crate::engine::Engine;
use crate::engine::frame::core::transaction;
use crate::engine::routing::route_batch::Routed;
use crate::engine::routing::run_operations::{CHUNK, Claimed, chunk, count, duty};
use crate::store::{self, enrollments, routing};

/// How long a chunk ahead waits for the one before it. That one may wait for somebody who waits for
/// records of this one, and Postgres can't see it.
const PATIENCE: Duration = Duration::from_secs(1);

impl Engine {
    /// True if the chunks of an operation don't depend on each other. Rules of assignment make
    /// them: the next record goes to the seller who has waited longest by then.
    pub(super) async fn runs_ahead(
        &self,
        conn: &mut PgConnection,
        operation: &Operation,
    ) -> Result<bool, store::Error> {
        let routes = matches!(operation.kind, OperationKind::BackfillSegment | OperationKind::FeedSequence);
        if !routes {
            return Ok(false);
        }
        // Whoever takes places in a sequence with a throttle holds its row until the commit.
        let organization = operation.organization;
        if !enrollments::places::throttles(conn, &[organization]).await?.is_empty() {
            return Ok(false);
        }
        let plan = self.core().routing_plans.load(conn, organization).await?;
        let of_type = plan.of_type(operation.record_type);
        Ok(of_type.is_some_and(|of_type| of_type.segments.iter().all(|planned| planned.rules.is_empty())))
    }

    /// Processes the records after a chunk while it is still being saved, in a transaction of its
    /// own, which is committed after it. Returns the number of records: none if there are none, or
    /// if either failed. Then nothing is written, and the next chunk begins with these records.
    pub(super) async fn run_ahead(
        &self,
        claimed: &Claimed,
        saved: oneshot::Receiver<Operation>,
        now: DateTime<Utc>,
    ) -> i64 {
        if claimed.ahead.is_empty() {
            return 0;
        }
        self.try_ahead(claimed, saved, now).instrument(transaction("operations")).await.unwrap_or_else(
            |error| {
                tracing::debug!(error = &error as &dyn std::error::Error, "the chunk ahead failed");
                0
            },
        )
    }

    async fn try_ahead(
        &self,
        claimed: &Claimed,
        saved: oneshot::Receiver<Operation>,
        now: DateTime<Utc>,
    ) -> Result<i64, store::Error> {
        let mut tx = self.core().begin_batch().await?;
        match self.route_ahead(&mut tx, claimed, saved, now).await {
            Ok(Some((operation, routed))) => {
                self.commit_chunk(tx, &operation, routed, claimed.ahead.len(), now).await
            }
            Ok(None) => {
                self.core().undo(tx).await;
                Ok(0)
            }
            Err(error) => Err(self.core().roll_back(tx, error).await),
        }
    }

    /// Returns `None` if the chunk before failed, or somebody else has the operation since.
    async fn route_ahead(
        &self,
        conn: &mut PgConnection,
        claimed: &Claimed,
        saved: oneshot::Receiver<Operation>,
        now: DateTime<Utc>,
    ) -> Result<Option<(Operation, Routed)>, store::Error> {
        let Claimed { operation, ahead, .. } = claimed;
        let organization = operation.organization;
        if !routing::join(conn, organization).await? {
            return Ok(None);
        }
        let routed = self.do_duty(conn, organization, duty(operation), ahead, now).await?;

        // Everything later waits for the chunk before, so that the cursor never passes records that
        // weren't processed. No lock is waited for: this one already holds records.
        let Ok(Ok(operation)) = timeout(PATIENCE, saved).await else { return Ok(None) };
        if !routing::lock_as_it_is(conn, &operation).await? {
            return Ok(None);
        }
        let more = count(ahead.len()) == CHUNK;
        let operation = operation.pass(chunk(ahead, more, &routed), now);
        routing::operations::update(conn, &operation).await?;
        Ok(Some((operation, routed)))
    }
}
