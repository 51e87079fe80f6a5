//! Gives back what an operation took from a seller, unless somebody has given it on since: an
//! operation that works in chunks.

use crate::domain::bulk::{Bulk, BulkWork};
use crate::domain::id::{OperationId, SellerId};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Kind, Opened, RecordsReassigned, Request};
use crate::store::records::handovers;
use crate::store::{routing, tenants};

/// What to hand back.
#[derive(Clone, Debug)]
pub struct HandBackRecords {
    /// The operation that took it.
    pub operation: OperationId,
    /// Only count what would happen.
    pub validate_only: bool,
}

impl Engine {
    /// Queues the operation, and counts what it will do.
    ///
    /// # Errors
    /// Missing (operation, seller); Invalid if the operation gave no records to others.
    pub async fn hand_back_records(
        &self,
        request: &Request,
        command: HandBackRecords,
    ) -> Result<RecordsReassigned, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let organization = write.organization();
        let name = names::OPERATION.uuid_name(command.operation.0);
        let taking = routing::operations::get(write.conn(), organization, command.operation).await?;
        let taking = taking.ok_or(Error::Missing { kind: Kind::Operation, name })?;
        let Some(Bulk { work: BulkWork::Reassign(_), .. }) = &taking.bulk else {
            let description = "must be an operation that ReassignRecords has named";
            return Err(Violations::one("operation", Reason::FieldInvalid, description).into());
        };
        let seller = SellerId(taking.target);
        if tenants::sellers::get(write.conn(), organization, seller).await?.is_none() {
            return Err(Error::Missing { kind: Kind::Seller, name: taking.target_name });
        }

        write.sees(seller.0).await?;
        let returning = handovers::count_returning(write.conn(), organization, taking.id).await?;
        let mut answer = RecordsReassigned::expecting(returning);
        if command.validate_only {
            // Dropping the write rolls it back. Even its request id can be used again.
            return Ok(answer);
        }

        // Operations run one after the other: if the first one still runs, this one waits for it.
        if returning.records > 0 || taking.end_time.is_none() {
            let work = BulkWork::HandBack(taking.id);
            let target = (seller.0, taking.target_name);
            let mut operation = write.new_operation(work.kind(), target, taking.record_type);
            operation.total = returning.records;
            operation.bulk = Some(Bulk { condition: String::new(), work, by: request.actor() });
            write.queue(&operation).await?;
            answer.operation = Some(operation.id);
        }
        write.commit(seller.0, &answer).await?;
        Ok(answer)
    }
}
