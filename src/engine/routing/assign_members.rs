//! Queues the operations that give owners to members who have none: a rule or a seller changed, so
//! the rules may now find somebody.

use uuid::Uuid;

use crate::domain::id::{RecordId, SellerId, TeamId};
use crate::domain::names;
use crate::domain::operation::{Operation, OperationKind};
use crate::engine::{Error, Write};
use crate::store::segments;
use crate::store::segments::rules::Asking;

impl Write {
    /// Queues the operations for the segments whose rules of this kind may choose a seller.
    pub(in crate::engine) async fn queue_assignments_to(
        &mut self,
        seller: SellerId,
        asking: Asking,
    ) -> Result<(), Error> {
        let organization = self.organization();
        let choosing =
            segments::rules::segments_choosing(self.conn(), organization, &[seller.0], asking).await?;
        self.queue_assignments(&choosing).await.map(drop)
    }

    /// Queues the operations for the segments whose rules look at working time, or choose from this
    /// team.
    pub(in crate::engine) async fn queue_timed_assignments(
        &mut self,
        team: Option<TeamId>,
    ) -> Result<(), Error> {
        let (organization, team) = (self.organization(), team.map(|team| team.0));
        let timed = segments::rules::segments_timed_or_of_team(self.conn(), organization, team).await?;
        self.queue_assignments(&timed).await.map(drop)
    }

    /// Queues an operation for each of these segments that is active and has members without an
    /// owner. Returns them.
    pub(in crate::engine) async fn queue_assignments(
        &mut self,
        segments: &[Uuid],
    ) -> Result<Vec<Operation>, Error> {
        let organization = self.organization();
        let waiting = segments::memberships::without_owner(self.conn(), organization, segments).await?;

        let mut queued = Vec::new();
        for one in &waiting {
            let target = (one.segment.0, names::SEGMENT.name([&one.segment_id]));
            let mut assigning = self.new_operation(OperationKind::AssignMembers, target, one.record_type);
            // Whoever has no owner when the operation gets there. A record that is routed while
            // this transaction runs may have been given none by the old rules.
            assigning.upto = RecordId(Uuid::max());
            assigning.total = one.count;
            self.queue(&assigning).await?;
            queued.push(assigning);
        }
        Ok(queued)
    }
}
