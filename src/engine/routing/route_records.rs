//! Routes changed records in batches. Only one server at a time routes for an organization.

use std::iter::Sum;
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::PgConnection;
use tracing::Instrument as _;

use crate::domain::caller::Actor;
use crate::domain::id::{OperationId, OrganizationId, RecordId, SequenceId};
use crate::domain::operation::Operation;
use crate::domain::problem::{Item, ItemKind};
use crate::engine::cases::act_on_enrollments::BulkDuty;
use crate::engine::frame::core::transaction;
use crate::engine::frame::halves::Halves;
use crate::engine::frame::one_by_one::one_by_one;
use crate::engine::routing::choose_owners::Occasion;
use crate::engine::routing::route_batch::Routed;
use crate::engine::sequences::delete_sequence::Leftovers;
use crate::engine::{Engine, Error};
use crate::measures;
use crate::store::enrollments::Locking;
use crate::store::{self, records, routing};

/// The most changes in one transaction.
pub(in crate::engine) const BATCH: i64 = 1_000;

/// How long to wait if another server is routing for an organization.
const HELD_PAUSE: TimeDelta = TimeDelta::milliseconds(10);

/// The result of one tick.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ticked {
    /// True if there was work, and it was done.
    pub worked: bool,
    /// When to try again, if another server held some of the work. `None` otherwise.
    pub again_at: Option<DateTime<Utc>>,
}

/// The work on records. Each batch is one transaction.
#[derive(Clone, Debug)]
pub(in crate::engine) enum Duty {
    /// Route them because they changed.
    Route,
    /// Route them for an operation. `None`: for one that isn't known any more.
    RouteForOperation(Option<OperationId>),
    /// End their enrollments in a deleted sequence.
    Exit(Leftovers),
    /// Write the last halt of a sequence to their enrollments in it.
    Settle(SequenceId),
    /// Act on their enrollments, or enroll them.
    Bulk(Box<BulkDuty>),
    /// Erase their values of a deleted attribute, given by its full name.
    Erase(String),
    /// Give their open activities what their type's roles say about them.
    Refresh,
    /// Plan when they are routed again, because time alone may change what they match after this.
    PlanFlips(DateTime<Utc>),
    /// Save what they refer to.
    IndexReferences,
    /// Make the indexes have what they hold, as far as this operation has to.
    IndexAttributes(OperationId),
    /// Give their open activities the places in their queues that their priorities have by now.
    Rank,
    /// Give them to others, or back, as this operation says.
    Reassign(Box<Operation>),
}

impl Ticked {
    /// What two ticks did together.
    pub fn and(self, other: Self) -> Self {
        let again_at = self.again_at.into_iter().chain(other.again_at).min();
        Self { worked: self.worked || other.worked, again_at }
    }
}

impl Sum for Ticked {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), Self::and)
    }
}

impl Engine {
    /// Returns the organizations that have changes, or records that are due to be routed again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organizations_to_route(&self, now: DateTime<Utc>) -> Result<Vec<OrganizationId>, Error> {
        let mut conn = self.store().connection().await?;
        Ok(records::changes::organizations_waiting(&mut conn, now).await?)
    }

    /// Returns when the next record is due to be routed again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn next_flip(&self) -> Result<Option<DateTime<Utc>>, Error> {
        Ok(records::flips::next_due(&mut *self.store().connection().await?).await?)
    }

    /// Routes one batch of each organization that has changes, one after the other.
    ///
    /// # Errors
    /// Returns the error of the first organization that failed. The others were served.
    pub async fn route_changes(&self, now: DateTime<Utc>) -> Result<Ticked, Error> {
        let waiting = self.organizations_to_route(now).await?;
        one_by_one(waiting, |organization| self.route_changes_of(organization, now)).await
    }

    /// Routes one batch of an organization's changes.
    ///
    /// # Errors
    /// The database failed, and the changes didn't cause it.
    pub async fn route_changes_of(
        &self,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<Ticked, Error> {
        Ok(match self.route_batch_of(organization, now).await? {
            None => Ticked { worked: false, again_at: Some(now + HELD_PAUSE) },
            Some(taken) => Ticked { worked: taken > 0, again_at: None },
        })
    }

    /// Routes up to a batch. A batch that fails, other than for a passing reason, is halved, down
    /// to the failing item. Returns the number of changes, or `None` if another server is routing
    /// there.
    async fn route_batch_of(
        &self,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<Option<i64>, store::Error> {
        let pace = &self.core().routing_pace;
        let (mut taken, mut rest) = (0, Halves::of(pace.next(organization)));

        while let Some(limit) = rest.next() {
            let began = Instant::now();
            match self.route_changed(organization, limit, now).instrument(transaction("routing")).await {
                Ok(None) if taken == 0 => return Ok(None),
                Ok(None) => break,
                Ok(Some(more)) => {
                    pace.took(organization, limit, more, began.elapsed());
                    taken += more;
                    // There are no more changes, so the other halves would find nothing.
                    if more < limit {
                        break;
                    }
                }
                // The changes didn't cause this failure: the next tick tries them again.
                Err(error) if error.retryable() => return Err(error),
                Err(error) => {
                    pace.failed(organization, limit);
                    tracing::debug!(
                        organization.id = %organization, limit,
                        error = &error as &dyn std::error::Error,
                        "routing batch failed, retrying in halves"
                    );
                    if rest.failed(limit).is_some() {
                        self.route_alone(organization, now).instrument(transaction("routing")).await?;
                        taken += 1;
                    }
                }
            }
        }

        Ok(Some(taken))
    }

    /// Routes changes in one transaction. Returns the number of changes, or `None` if another
    /// server is routing there.
    async fn route_changed(
        &self,
        organization: OrganizationId,
        limit: i64,
        now: DateTime<Utc>,
    ) -> Result<Option<i64>, store::Error> {
        let began = Instant::now();
        let mut tx = self.core().begin_batch().await?;

        match self.route_claimed(&mut tx, organization, limit, now).await {
            Ok(None) => {
                self.core().undo(tx).await;
                Ok(None)
            }
            Ok(Some((taken, routed))) => {
                self.core().commit(tx, &routed.decided).await?;
                if routed.queued {
                    self.wake().operation_queued();
                }

                if taken > 0 {
                    self.core().successes.note(ItemKind::RecordChange, now);
                    metrics::counter!(measures::ROUTED_CHANGES).increment(taken.unsigned_abs());
                    metrics::histogram!(measures::ROUTING_CHANGES).record(taken as f64);
                    metrics::histogram!(measures::ROUTING_DURATION).record(began.elapsed());
                }
                // An operation that was saved is work, too.
                Ok(Some(taken.max(i64::from(routed.queued))))
            }
            Err(error) => Err(self.core().roll_back(tx, error).await),
        }
    }

    /// Takes changes and routes their records. Returns `None` if another server is routing there.
    async fn route_claimed(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        limit: i64,
        now: DateTime<Utc>,
    ) -> Result<Option<(i64, Routed)>, store::Error> {
        // Don't wait: the server that holds the lock is doing this work.
        if !routing::try_lock(conn, organization).await? {
            return Ok(None);
        }

        // First, so that whoever comes now waits behind those who have waited longer.
        let queued = self.give_freed_places(conn, organization, now).await?;
        // Neither keeps the other waiting: at midnight many may be due at once, and changes come
        // without an end while a CRM syncs.
        let (half, count) = ((limit + 1) / 2, |taken: usize| i64::try_from(taken).unwrap_or(limit));
        // What it queues is claimed in its turn, behind what has waited longer.
        let spread = self.spread_changes(conn, organization, half).await?;
        let mut records = records::flips::claim(conn, organization, half, now).await?;
        let more_due = count(records.len()) == half;
        records.extend(records::changes::claim(conn, organization, limit - count(records.len())).await?);
        let left = limit - count(records.len());
        if more_due && left > 0 {
            records.extend(records::flips::claim(conn, organization, left, now).await?);
        }
        let taken = count(records.len()) + spread;
        let mut routed = match records.len() {
            0 => Routed::default(),
            _ => self.route(conn, organization, &records, Occasion::change(now)).await?,
        };
        routed.queued |= queued;
        Ok(Some((taken, routed)))
    }

    /// Routes the oldest change alone. If it fails again, it is tried later.
    async fn route_alone(
        &self,
        organization: OrganizationId,
        now: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        let mut tx = self.core().begin(Locking::Wait).await?;

        match self.route_oldest(&mut tx, organization, now).await {
            Ok(routed) => {
                // The attempt has bumped the queues.
                let (decided, wakes) = routed.changes_and_wakes();
                self.core().commit_bumped(tx, &decided, wakes).await?;
                // If it was noted as a problem, that is committed now.
                self.wake().problem_due();
                Ok(())
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
        // Like a batch does: one that failed has undone it.
        self.spread_changes(conn, organization, 1).await?;
        let due = records::flips::claim(conn, organization, 1, now).await?.pop();
        let record = match due {
            None => records::changes::claim(conn, organization, 1).await?.pop(),
            due => due,
        };
        let Some(record) = record else { return Ok(Routed::default()) };

        let item = Item::RecordChange { record };
        let routed = self.do_or_note(conn, organization, (Duty::Route, item), record, now).await?;
        Ok(routed.unwrap_or_default())
    }

    /// Processes one record and bumps its queues. Returns `None` if it failed, and is tried again
    /// later as `item`.
    ///
    /// Both happen in the transaction that took the record. Its lock keeps other servers from
    /// taking the record meanwhile, so no other record is passed over in its place.
    pub(in crate::engine) async fn do_or_note(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        (duty, item): (Duty, Item),
        record: RecordId,
        now: DateTime<Utc>,
    ) -> Result<Option<Routed>, store::Error> {
        let mut attempt = store::savepoint(conn).await?;
        let error = match self.do_and_bump(&mut attempt, organization, duty, record, now).await {
            Ok(routed) => {
                attempt.commit().await?;
                return Ok(Some(routed));
            }
            Err(error) if error.retryable() => return Err(error),
            Err(error) => error,
        };

        // Undo only the attempt. The change stays taken: from now on it is known as a problem.
        attempt.rollback().await?;
        self.core().note_problem(conn, organization, item, &error, now).await?;
        Ok(None)
    }

    /// Processes one record and bumps its queues. The routing row must be locked.
    pub(in crate::engine) async fn do_and_bump(
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

    /// Does the work on records. The routing row must be locked.
    pub(in crate::engine) async fn do_duty(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        duty: Duty,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        match duty {
            Duty::Route => self.route(conn, organization, records, Occasion::change(now)).await,
            Duty::RouteForOperation(operation) => {
                self.route(conn, organization, records, Occasion { operation, oldest: false, now }).await
            }
            Duty::Exit(left) => {
                let decided = self.exit_leftovers(conn, left, records, Actor::UPNEXT, now).await?;
                Ok(Routed { decided, ..Routed::default() })
            }
            Duty::Settle(sequence) => {
                let decided = self.settle_enrollments(conn, (organization, sequence), records, now).await?;
                Ok(Routed { decided, ..Routed::default() })
            }
            Duty::Reassign(operation) => self.reassign_chunk(conn, &operation, records, now).await,
            Duty::Bulk(bulk) => self.do_bulk(conn, organization, &bulk, records, now).await,
            Duty::Erase(name) => {
                self.erase_attribute(conn, organization, &name, records, now).await?;
                Ok(Routed::default())
            }
            Duty::PlanFlips(since) => {
                self.plan_flips(conn, organization, records, since).await?;
                Ok(Routed::default())
            }
            Duty::IndexReferences => {
                self.index_references(conn, organization, records).await?;
                Ok(Routed::default())
            }
            Duty::IndexAttributes(operation) => {
                self.index_attributes(conn, (organization, operation), records).await?;
                Ok(Routed::default())
            }
            Duty::Refresh => {
                let decided = self.refresh_activities(conn, organization, records, now).await?;
                Ok(Routed { decided, ..Routed::default() })
            }
            Duty::Rank => {
                let decided = self.rank_activities(conn, organization, records, now).await?;
                Ok(Routed { decided, ..Routed::default() })
            }
        }
    }
}
