//! Runs the rules of a segment for its members without an owner, because somebody asks for it.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::id::{ChosenId, OperationId, OrganizationId};
use crate::engine::routing::choose_owners::Occasion;
use crate::engine::{Engine, Error, Opened, Request, SegmentTarget};
use crate::store::{routing, segments, tenants};

/// The most members that a preview looks at.
const MOST: i64 = 1_000;

/// A run of the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentRun {
    /// The number of members without an owner.
    pub waiting: i64,
    /// The operation that serves them. `None` if there are none.
    pub operation: Option<OperationId>,
}

/// What a run of the rules would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssignmentPreview {
    /// The number of members without an owner.
    pub waiting: i64,
    /// How many each seller would get.
    pub assigned: BTreeMap<ChosenId, i64>,
    /// How many would still have no owner.
    pub unassigned: i64,
    /// True if there are more members than were looked at.
    pub partial: bool,
}

impl Engine {
    /// Queues an operation that runs the rules of a segment for its members without an owner. None
    /// are served while the segment isn't active.
    ///
    /// # Errors
    /// Missing; Stale.
    pub async fn run_assignment(
        &self,
        request: &Request,
        target: SegmentTarget,
    ) -> Result<AssignmentRun, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        write.stop_routing().await?;
        let segment = write.lock_segment(&target).await?;
        let queued = write.queue_assignments(&[segment.id.0]).await?;
        let queued = queued.first();
        let run = AssignmentRun {
            waiting: queued.map_or(0, |operation| operation.total),
            operation: queued.map(|operation| operation.id),
        };

        write.commit(segment.id.0, &run).await?;
        Ok(run)
    }

    /// Says what a run of the rules would do with the oldest members without an owner. Takes no
    /// locks, and changes nothing.
    ///
    /// # Errors
    /// Missing; Stale.
    pub async fn preview_assignment(
        &self,
        organization: OrganizationId,
        target: &SegmentTarget,
        now: DateTime<Utc>,
    ) -> Result<AssignmentPreview, Error> {
        let mut held = self.store().read(organization).await?;
        let mut conn = held.snapshot().await?;
        let segment = target.find(&mut conn, organization).await?;
        let waiting = segments::memberships::without_owner(&mut conn, organization, &[segment.id.0]).await?;
        let waiting = waiting.first().map_or(0, |one| one.count);
        let oldest =
            segments::memberships::oldest_without_owner(&mut conn, organization, segment.id, MOST).await?;

        let plan = self.core().routing_plans.load(&mut conn, organization).await?;
        let records = routing::load_records(&mut conn, organization, &oldest).await?;
        let occasion = Occasion { operation: None, oldest: true, now };
        // Who is enrolled where makes no difference to owners.
        let known = (HashMap::new(), occasion);
        let considered = self.core().consider(&mut conn, organization, &plan, &records, known).await?;

        let owners: Vec<Uuid> =
            considered.ownerships.iter().filter_map(|one| one.new_owner()).map(|seller| seller.0).collect();
        let names = tenants::sellers::chosen_ids(&mut conn, organization, &owners).await?;
        let (mut assigned, mut unassigned) = (BTreeMap::new(), 0);
        for ownership in &considered.ownerships {
            match ownership.new_owner().and_then(|seller| names.get(&seller)) {
                Some(name) => *assigned.entry(name.clone()).or_default() += 1,
                None => unassigned += 1,
            }
        }
        Ok(AssignmentPreview { waiting, assigned, unassigned, partial: waiting > MOST })
    }
}
