//! Records that changed are routed, batch by batch, one router at a time for an organization.

use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;

use crate::domain::caller::Actor;
use crate::domain::id::{OrganizationId, RecordId};
use crate::engine::frame::core::{transaction, undo};
use crate::engine::frame::halves::Halves;
use crate::engine::routing::route_batch::Routed;
use crate::engine::sequences::delete_sequence::Leftovers;
use crate::engine::{Engine, Error};
use crate::measures;
use crate::store::enrollments::Locking;
use crate::store::routing::set_aside::SetAside;
use crate::store::{self, records, routing};

/// Changes that one transaction takes at most.
const BATCH: i64 = 1_000;
/// When to look again after another server was found to route for an organization.
const HELD_PAUSE: TimeDelta = TimeDelta::milliseconds(10);

/// What one tick came to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ticked {
    /// There was something to do, and it was done.
    pub worked: bool,
    /// When to look again, because somebody else was at it.
    pub again_at: Option<DateTime<Utc>>,
}

/// What is done to records, one batch in one transaction.
#[derive(Clone, Debug)]
pub(in crate::engine) enum Duty {
    /// They are routed because they changed.
    Route,
    /// They are routed for an operation.
    RouteForOperation,
    /// Their enrollments in a deleted sequence end.
    Exit(Leftovers),
    /// What they have of a deleted attribute, by its full name, is erased.
    Erase(String),
}

impl Duty {
    /// What an item is called that is set aside.
    const fn kind(&self) -> &'static str {
        match self {
            Duty::Route => "record_change",
            Duty::RouteForOperation | Duty::Exit(_) | Duty::Erase(_) => "operation",
        }
    }
}

impl Engine {
    /// Routes one batch for each organization that has changes, so that none waits for another's
    /// backlog.
    ///
    /// # Errors
    /// The first organization's that failed; the others were served.
    pub async fn route_changes(&self, now: DateTime<Utc>) -> Result<Ticked, Error> {
        let mut conn = self.store().connection().await?;
        let waiting = records::changes::organizations_waiting(&mut conn).await?;
        drop(conn);
        let (mut ticked, mut failed) = (Ticked::default(), None);
        for organization in waiting {
            match self.route_changes_of(organization, now).await {
                Ok(None) => ticked.again_at = Some(now + HELD_PAUSE),
                Ok(Some(taken)) => ticked.worked |= taken > 0,
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        failed.map_or(Ok(ticked), |error| Err(error.into()))
    }

    /// Takes up to a batch of an organization's changes. One that fails of itself is halved, down
    /// to the item that is to blame. Says how many were taken; none if somebody else routes there.
    async fn route_changes_of(
        &self,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<Option<i64>, store::Error> {
        let (mut taken, mut rest) = (0, Halves::of(BATCH));

        while let Some(limit) = rest.next() {
            match self.route_changed(organization, limit, now).instrument(transaction("routing")).await {
                Ok(None) if taken == 0 => return Ok(None),
                Ok(None) => break,
                Ok(Some(more)) => {
                    taken += more;
                    if more < limit {
                        break;
                    }
                }
                Err(error) if error.retryable() => return Err(error),
                Err(error) => {
                    tracing::debug!(organization.id = %organization, limit, error = &error as &dyn std::error::Error, "a batch of changes fails, it is halved");
                    if rest.failed(limit).is_some() {
                        self.route_alone(organization, now).instrument(transaction("routing")).await?;
                        taken += 1;
                    }
                }
            }
        }

        Ok(Some(taken))
    }

    /// One transaction. Says how many it took; none if somebody else routes there.
    async fn route_changed(
        &self,
        organization: OrganizationId,
        limit: i64,
        now: DateTime<Utc>,
    ) -> Result<Option<i64>, store::Error> {
        let began = Instant::now();
        let mut tx = self.core().begin(Locking::Wait).await?;

        match self.route_claimed(&mut tx, organization, limit, now).await {
            Ok(None) => {
                undo(tx).await;
                Ok(None)
            }

            Ok(Some((taken, routed))) => {
                self.core().commit(tx, &routed.decided).await?;
                if taken > 0 {
                    metrics::counter!(measures::ROUTED_CHANGES).increment(taken.unsigned_abs());
                    metrics::histogram!(measures::ROUTING_CHANGES).record(taken as f64);
                    metrics::histogram!(measures::ROUTING_DURATION).record(began.elapsed());
                }
                Ok(Some(taken))
            }
            Err(error) => Err(self.core().roll_back(tx, error).await),
        }
    }

    /// Takes changes and routes their records; none if somebody else routes there.
    async fn route_claimed(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        limit: i64,
        now: DateTime<Utc>,
    ) -> Result<Option<(i64, Routed)>, store::Error> {
        if !routing::try_lock(conn, organization).await? {
            return Ok(None);
        }

        let records = records::changes::claim(conn, organization, limit).await?;
        let taken = i64::try_from(records.len()).unwrap_or(limit);
        let routed = match taken {
            0 => Routed::default(),
            _ => self.route(conn, organization, &records, now).await?,
        };
        Ok(Some((taken, routed)))
    }

    /// Tries the oldest change alone, and sets it aside if it fails again.
    async fn route_alone(
        &self,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        let mut tx = self.core().begin(Locking::Wait).await?;

        match self.route_oldest(&mut tx, organization, now).await {
            Ok(routed) => {
                // Bumped with the attempt.
                self.core().commit_bumped(tx, &routed.decided).await
            }
            Err(error) => Err(self.core().roll_back(tx, error).await),
        }
    }

    async fn route_oldest(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        routing::lock(conn, organization).await?;
        match records::changes::claim(conn, organization, 1).await?.first() {
            None => Ok(Routed::default()),
            Some(record) => {
                let routed = self.do_or_set_aside(conn, organization, Duty::Route, *record, now).await?;
                Ok(routed.unwrap_or_default())
            }
        }
    }

    /// Does one record, its queues bumped; or sets it aside: none. Both in the transaction that
    /// took it, under whose lock nobody can have taken it instead, so that no other record is
    /// blamed for what this one did.
    pub(in crate::engine) async fn do_or_set_aside(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        duty: Duty,
        record: RecordId,
        now: DateTime<Utc>,
    ) -> Result<Option<Routed>, store::Error> {
        let mut attempt = store::savepoint(conn).await?;
        let kind = duty.kind();
        let error = match self.do_and_bump(&mut attempt, organization, duty, record, now).await {
            Ok(routed) => {
                attempt.commit().await?;
                return Ok(Some(routed));
            }
            Err(error) if error.retryable() => return Err(error),
            Err(error) => error,
        };

        // Only the attempt is undone: the change stays taken.
        attempt.rollback().await?;
        let item = self.set_aside(organization, kind, record, &error);
        routing::set_aside::insert(conn, &item, now).await?;
        Ok(None)
    }

    async fn do_and_bump(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        duty: Duty,
        record: RecordId,
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        let routed = self.do_duty(conn, organization, duty, &[record], now).await?;
        store::changes::bump(conn, &routed.decided, || self.clock().new_stamp()).await?;
        Ok(routed)
    }

    /// Does what is to be done to records. The routing row must be locked.
    pub(in crate::engine) async fn do_duty(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        duty: Duty,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        match duty {
            Duty::Route | Duty::RouteForOperation => self.route(conn, organization, records, now).await,
            Duty::Exit(left) => {
                let decided = self.exit_leftovers(conn, left, records, Actor::UPNEXT, now).await?;
                Ok(Routed { decided, enrolled: 0 })
            }
            Duty::Erase(name) => {
                self.erase_attribute(conn, organization, &name, records, now).await?;
                Ok(Routed::default())
            }
        }
    }

    /// A record that can't be done, and why. Logged here, once: its neighbours go on.
    fn set_aside(
        &self,
        organization: OrganizationId,
        kind: &'static str,
        record: RecordId,
        error: &store::Error,
    ) -> SetAside {
        let cause = error as &dyn std::error::Error;
        tracing::error!(organization.id = %organization, record.id = %record, error = cause, "work on a record fails, it is set aside");
        let (id, subject) = (self.clock().new_id(), record.0);
        SetAside { organization, id, kind, subject, reason: error.to_string() }
    }
}
