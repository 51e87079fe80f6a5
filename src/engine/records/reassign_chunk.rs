//! Gives some records of a seller to others, or back: one chunk of an operation. Owners change by
//! the same code as with an upsert, so that everything follows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde_json::Map;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::bulk::{Bulk, BulkWork, Reassignment, Recipient};
use crate::domain::caller::Actor;
use crate::domain::case::{Broken, Case};
use crate::domain::changes::Changes;
use crate::domain::id::{OperationId, OrganizationId, QueueId, RecordId, SellerId};
use crate::domain::operation::Operation;
use crate::domain::record::{OwnerChange, Upsert};
use crate::domain::team::UNASSIGNED;
use crate::engine::Engine;
use crate::engine::cases::team_rounds::TeamRounds;
use crate::engine::frame::batch::Outcome;
use crate::engine::frame::core::Core;
use crate::engine::records::upsert_batch::{UpsertBatch, UpsertItem};
use crate::engine::routing::route_batch::Routed;
use crate::store::enrollments::{self, Locking};
use crate::store::records::handovers::{self, Handover, Named};
use crate::store::{self, changes, segments, tenants};

/// The locked records of a chunk.
struct Chunk<'a> {
    operation: &'a Operation,
    by: Actor,
    named: BTreeMap<RecordId, Named>,
    batch: UpsertBatch,
}

/// What was taken from the seller.
struct Taken {
    handovers: Vec<Handover>,
    /// The number of records for which nobody was left.
    refused: i64,
    /// Where the other activities of each record go.
    queues: HashMap<RecordId, QueueId>,
}

impl Engine {
    /// Does the work of an operation on the records of a chunk. The routing row must be locked.
    /// Saves everything but the queues.
    pub(in crate::engine) async fn reassign_chunk(
        &self,
        conn: &mut PgConnection,
        operation: &Operation,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        // Without its bulk, an operation finds no records, and fails before it comes here.
        let Some(bulk) = &operation.bulk else { return Ok(Routed::default()) };
        let chunk = Chunk::lock(conn, (operation, bulk.by), records).await?;

        match &bulk.work {
            BulkWork::Reassign(reassignment) => self.take(conn, chunk, (bulk, reassignment), now).await,
            BulkWork::HandBack(taken_by) => self.give_back(conn, chunk, *taken_by, now).await,
            BulkWork::Enroll | BulkWork::Act(_) => Ok(Routed::default()),
        }
    }

    /// Gives records of the seller to others.
    async fn take(
        &self,
        conn: &mut PgConnection,
        mut chunk: Chunk<'_>,
        (bulk, reassignment): (&Bulk, &Reassignment),
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        let (organization, seller) = (chunk.operation.organization, chunk.seller());
        // Somebody may have changed them while the locks were waited for.
        let asked = (bulk.condition.as_str(), reassignment);
        let leaving = handovers::still_leaving(conn, chunk.operation, asked, &chunk.records(), now).await?;
        let mut recipients = Recipients::load(conn, (organization, seller), &reassignment.to, now).await?;
        // Whoever may get one is held: nobody deletes that seller before the commit.
        chunk.batch.load_sellers(conn, organization, &recipients.named()).await?;

        let mut mint = || self.clock().new_id();
        let Taken { mut handovers, refused, queues } =
            chunk.take_all(&leaving, &mut recipients, now, &mut mint);
        segments::rules::save_turns(conn, organization, recipients.rounds.turns()).await?;

        let (mut decided, wakes) = self.core().save_known(conn, organization, &chunk.batch, now).await?;
        if reassignment.with_activities {
            let from = QueueId::from(seller);
            let moved = |case: &Case| {
                let open = case.open.as_ref().filter(|open| open.queue == from)?;
                queues.get(&open.record).copied()
            };
            let (moved, activities) = self.core().move_activities(conn, &chunk, &moved, now).await?;
            decided.add_saved(moved);
            handovers.extend(activities);
        }
        handovers::insert(conn, organization, chunk.operation.id, &handovers).await?;
        Ok(Routed { decided, refused, wakes, ..Routed::default() })
    }

    /// Gives back what an operation took from the seller, as far as those who got it have it.
    async fn give_back(
        &self,
        conn: &mut PgConnection,
        mut chunk: Chunk<'_>,
        taken_by: OperationId,
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        let (organization, seller) = (chunk.operation.organization, chunk.seller());
        let taken = handovers::of_records(conn, organization, taken_by, &chunk.records()).await?;
        let chosen = tenants::sellers::chosen_ids(conn, organization, &[seller.0]).await?;
        let chosen = chosen.get(&seller).map(|chosen| chosen.as_str().to_owned());
        chunk.batch.load_sellers(conn, organization, &chosen.iter().cloned().collect()).await?;
        // Nothing goes back to a seller who was deleted meanwhile.
        let chosen = chosen.filter(|chosen| chunk.batch.seller(chosen).is_some());

        let (mut returned, mut refused, mut held) = (Vec::new(), 0, HashMap::new());
        for one in taken {
            if let Some(activity) = one.activity {
                held.insert(activity, one);
            } else if chunk.owner(one.record).map(|owner| owner.0) == one.holder {
                let change = chosen.clone().map_or(OwnerChange::Keep, OwnerChange::Set);
                match chunk.give(one.record, change, now, &mut || self.clock().new_id()) {
                    true => returned.push(one),
                    false => refused += 1,
                }
            }
        }

        let (mut decided, wakes) = self.core().save_known(conn, organization, &chunk.batch, now).await?;
        // Somebody may have put it into another queue since, or it has followed its record back.
        let back = |case: &Case| {
            let open = case.open.as_ref().filter(|_| chosen.is_some())?;
            held.get(&open.id).filter(|one| one.holder == Some(open.queue.0)).map(|_| QueueId::from(seller))
        };
        let (moved, activities) = self.core().move_activities(conn, &chunk, &back, now).await?;
        decided.add_saved(moved);
        returned.extend(activities);
        handovers::delete(conn, organization, taken_by, &returned).await?;
        Ok(Routed { decided, refused, wakes, ..Routed::default() })
    }
}

impl Core {
    /// Puts open activities of the chunk's records into other queues. Returns which.
    async fn move_activities(
        &self,
        conn: &mut PgConnection,
        chunk: &Chunk<'_>,
        to: &(dyn Fn(&Case) -> Option<QueueId> + Sync),
        now: DateTime<Utc>,
    ) -> Result<(Changes, Vec<Handover>), store::Error> {
        // Loaded only now: those of records with another owner may have moved by themselves.
        let cases = self.open_cases(conn, chunk.operation.organization, &chunk.records(), now).await?;
        let (decided, moved) = self.decide(now, |flow| {
            let moves = cases.iter().map(|case| {
                let case = case.settled(flow)?;
                let (Some(queue), Some(open)) = (to(&case), &case.open) else { return Ok(None) };
                let activity = Some(case.reassign(queue, chunk.by, flow)?.id);
                Ok(Some(Handover { record: open.record, activity, holder: Some(queue.0) }))
            });
            moves.filter_map(Result::transpose).collect::<Result<Vec<Handover>, Broken>>()
        });
        let moved = moved?;

        changes::save_rows(conn, &decided).await?;
        Ok((decided, moved))
    }
}

impl<'a> Chunk<'a> {
    /// Locks records, then their open enrollments.
    async fn lock(
        conn: &mut PgConnection,
        (operation, by): (&'a Operation, Actor),
        records: &[RecordId],
    ) -> Result<Self, store::Error> {
        let organization = operation.organization;
        let named = handovers::names(conn, organization, records).await?;
        let items: Vec<UpsertItem> =
            named.iter().map(|named| item(organization, named, OwnerChange::Keep, by)).collect();
        let batch = UpsertBatch::load(conn, organization, &items, Locking::Wait).await?;

        // All at once, in their order: later on, first some of them are needed, then others.
        let keys: Vec<_> = named.iter().map(|named| (organization, named.id)).collect();
        enrollments::lock_open_of_records(conn, &keys).await?;
        let named = named.into_iter().map(|named| (named.id, named)).collect();
        Ok(Self { operation, by, named, batch })
    }

    fn seller(&self) -> SellerId {
        SellerId(self.operation.target)
    }

    fn records(&self) -> Vec<RecordId> {
        self.named.keys().copied().collect()
    }

    fn owner(&self, record: RecordId) -> Option<SellerId> {
        let named = self.named.get(&record)?;
        self.batch.record(&named.name())?.owner
    }

    /// Gives the seller's records to others.
    fn take_all(
        &mut self,
        leaving: &[RecordId],
        recipients: &mut Recipients<'_>,
        now: DateTime<Utc>,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> Taken {
        let mut taken = Taken { handovers: Vec::new(), refused: 0, queues: HashMap::new() };
        for record in leaving.iter().copied() {
            let Ok(to) = recipients.draw(&self.batch) else {
                taken.refused += 1;
                continue;
            };

            let holder = to.as_ref().map(|(_, seller)| *seller);
            taken.queues.insert(record, holder.map_or(recipients.unassigned, QueueId::from));
            let change = to.map_or(OwnerChange::Clear, |(chosen, _)| OwnerChange::Set(chosen));
            // Of others' records, only activities are taken.
            if self.owner(record) == Some(self.seller()) {
                match self.give(record, change, now, mint) {
                    true => taken.handovers.push(Handover::of(record, holder)),
                    false => taken.refused += 1,
                }
            }
        }
        taken
    }

    /// Gives a record to somebody. Returns false if it has no other owner by that.
    fn give(
        &mut self,
        record: RecordId,
        owner: OwnerChange,
        now: DateTime<Utc>,
        mint: &mut dyn FnMut() -> Uuid,
    ) -> bool {
        let Some(named) = self.named.get(&record) else { return false };
        // One that was deleted meanwhile isn't created again.
        if self.batch.record(&named.name()).is_none() {
            return false;
        }
        let item = item(self.operation.organization, named, owner, self.by);
        matches!(self.batch.apply(&item, now, mint), Outcome::Done(Ok(upserted)) if upserted.writes())
    }
}

fn item(organization: OrganizationId, named: &Named, owner: OwnerChange, by: Actor) -> UpsertItem {
    let record_id = named.record_id.clone();
    UpsertItem {
        organization,
        record_type: named.record_type,
        record_type_id: named.record_type_id.clone(),
        upsert: Upsert { record_id, owner, attributes: Map::new(), source_version: 0 },
        suppress_segmentation: false,
        by,
    }
}

/// Who gets the records, one after the other.
struct Recipients<'a> {
    to: &'a Recipient,
    rounds: TeamRounds,
    /// The queue of the activities of records without an owner.
    unassigned: QueueId,
}

impl<'a> Recipients<'a> {
    async fn load(
        conn: &mut PgConnection,
        (organization, seller): (OrganizationId, SellerId),
        to: &'a Recipient,
        now: DateTime<Utc>,
    ) -> Result<Self, store::Error> {
        let teams = to.team().map(str::to_owned).into_iter().collect();
        let rounds = TeamRounds::load(conn, organization, teams, now).await?.without(seller);
        let unassigned = tenants::teams::queue(conn, organization, UNASSIGNED).await?;
        let missing = || store::Error::Inconsistent { table: "team", column: "team_id", id: organization.0 };
        Ok(Self { to, rounds, unassigned: unassigned.ok_or_else(missing)? })
    }

    /// Returns the chosen ids of everybody who may get one.
    fn named(&self) -> BTreeSet<String> {
        match self.to {
            Recipient::Seller(chosen) => BTreeSet::from([chosen.clone()]),
            Recipient::Team(_) => self.rounds.members(),
            Recipient::Nobody => BTreeSet::new(),
        }
    }

    /// Returns who gets the next one, by chosen id and key. `None`: nobody is to own it.
    ///
    /// # Errors
    /// Why there is nobody.
    fn draw(&mut self, batch: &UpsertBatch) -> Result<Option<(String, SellerId)>, &'static str> {
        let chosen = match self.to {
            Recipient::Seller(chosen) => chosen.clone(),
            Recipient::Team(team) => self.rounds.draw(team)?,
            Recipient::Nobody => return Ok(None),
        };
        batch.seller(&chosen).map(|seller| Some((chosen, seller))).ok_or("SELLER_UNKNOWN")
    }
}
