//! Queues the operations that compute running waits anew after working time has changed.

use uuid::Uuid;

use crate::domain::operation::OperationKind;
use crate::engine::{Error, Write};
use crate::store::{records, routing};

impl Write {
    /// Queues an operation for each type of record that can wait. The target is what changed: a
    /// calendar, a seller or the organization, with its name.
    pub(in crate::engine) async fn queue_wait_refresh(
        &mut self,
        target: (Uuid, String),
    ) -> Result<(), Error> {
        let organization = self.organization();
        for record_type in routing::waits::record_types(self.conn(), organization).await? {
            let Some(last) = records::last(self.conn(), organization, record_type).await? else { continue };
            let mut refresh = self.new_operation(OperationKind::RefreshWaits, target.clone(), record_type);
            refresh.upto = last;
            refresh.total = routing::waits::count(self.conn(), &refresh).await?;
            if refresh.total > 0 {
                self.queue(&refresh).await?;
            }
        }
        Ok(())
    }
}
