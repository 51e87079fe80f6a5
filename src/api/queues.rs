//! Which queue a request means, if its caller may see it.

use tonic::Status;

use super::call::{Api, Call};
use super::names::{self, QueueName, SellerName};
use crate::domain::id::QueueId;
use crate::domain::violation::Violations;
use crate::engine::{Error, Kind};
use crate::store::{sellers, teams};

impl Api {
    /// Finds the queue that `field` names: a seller's, the caller's own, or a team's.
    ///
    /// # Errors
    /// The name is malformed; there is no such queue, which is also said of those that aren't the caller's to see.
    pub async fn queue(&self, call: &Call, field: &str, text: &str) -> Result<QueueId, Status> {
        let name = names::queue(field, text).map_err(Violations::from)?;
        let mut conn = self.read().await?;
        let organization = call.organization();
        let found = match name {
            QueueName::Seller(SellerName::Me) => call.caller.seller.map(QueueId::from),
            QueueName::Seller(SellerName::Id(id)) => {
                sellers::find(&mut conn, organization, id).await?.map(|seller| seller.id.into())
            }
            QueueName::Team(id) => teams::queue(&mut conn, organization, id).await?,
        };
        let visible = found.filter(|queue| call.caller.scope().has_queue(*queue));
        Ok(visible.ok_or_else(|| Error::Missing { kind: Kind::Queue, name: text.to_owned() })?)
    }
}
