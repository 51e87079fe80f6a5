//! Queues the operations that give owners to members who have none: a rule or a seller changed, so
//! the rules may now find somebody.

use uuid::Uuid;

use crate::domain::id::RecordId;
use crate::domain::names;
use crate::domain::operation::OperationKind;
use crate::engine::{Error, Write};
use crate::store::segments;

impl Write {
    /// Queues an operation for each of these segments that is active and has members without an
    /// owner.
    pub(in crate::engine) async fn queue_assignments(&mut self, segments: &[Uuid]) -> Result<(), Error> {
        let organization = self.organization();
        let waiting = segments::memberships::without_owner(self.conn(), organization, segments).await?;

        for one in &waiting {
            let target = (one.segment.0, names::SEGMENT.name([&one.segment_id]));
            let mut assigning = self.new_operation(OperationKind::AssignMembers, target, one.record_type);
            // Whoever has no owner when the operation gets there. A record that is routed while
            // this transaction runs may have been given none by the old rules.
            assigning.upto = RecordId(Uuid::max());
            assigning.total = one.count;
            self.queue(&assigning).await?;
        }
        Ok(())
    }
}
