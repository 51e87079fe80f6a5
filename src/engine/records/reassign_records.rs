//! Gives the records of a seller to others, for a holiday or for good: an operation that works in
//! chunks.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::domain::bulk::{Bulk, BulkWork, Reassignment, Recipient};
use crate::domain::condition::Condition;
use crate::domain::id::{OperationId, RecordTypeId};
use crate::domain::names;
use crate::domain::operation::OperationKind;
use crate::domain::reason::Reason;
use crate::domain::seller::Seller;
use crate::domain::violation::Violations;
use crate::engine::segments::create_segment::unknown_record_type;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::records::handovers::{self, Leaving};
use crate::store::{records, tenants};

/// The records to reassign.
#[derive(Clone, Debug)]
pub struct ReassignRecords {
    /// The chosen id of the seller whose records they are.
    pub seller_id: String,
    /// The chosen id of their type. `None`: all types.
    pub record_type: Option<String>,
    /// The condition that they match. Empty: all.
    pub condition: String,
    /// What becomes of them.
    pub reassignment: Reassignment,
    /// Only count what would happen.
    pub validate_only: bool,
}

/// The answer to reassigning records, or to handing them back. It is kept for repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordsReassigned {
    /// The operation. `None` if there is nothing to do, or it was only asked.
    pub operation: Option<OperationId>,
    /// The number of records that get another owner.
    pub records: i64,
    /// The number of open activities that leave the queue.
    pub activities: i64,
}

impl RecordsReassigned {
    /// Nothing is queued yet.
    pub(super) const fn expecting(leaving: Leaving) -> Self {
        Self { operation: None, records: leaving.owned, activities: leaving.activities }
    }
}

impl Engine {
    /// Queues the operation, and counts what it will do.
    ///
    /// # Errors
    /// Missing (seller); Invalid (record type, condition, recipient).
    pub async fn reassign_records(
        &self,
        request: &Request,
        command: ReassignRecords,
    ) -> Result<RecordsReassigned, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // Its condition can be read until it is queued: who deletes an attribute holds this, too.
        if !command.condition.is_empty() && !command.validate_only {
            write.lock_organization().await?;
        }
        let organization = write.organization();
        let seller = tenants::sellers::find(write.conn(), organization, &command.seller_id).await?;
        let name = names::SELLER.name([&command.seller_id]);
        let missing = || Error::Missing { kind: Kind::Seller, name: name.clone() };
        let seller = seller.ok_or_else(missing)?;
        write.sees(seller.id.0).await?;
        // Both, so that a caller learns of everything that is wrong at once.
        let mut found = Violations::new();
        let record_type = found.keep("", write.check_source(&command).await?);
        found.extend(write.check_recipient(&command.reassignment.to, &seller).await?);
        let record_type = found.settle(record_type)?;

        let ReassignRecords { condition, reassignment, validate_only, .. } = command;
        let target = (seller.id.0, name.clone());
        let mut operation = write.new_operation(OperationKind::ReassignRecords, target, record_type);
        let asked = (condition.as_str(), &reassignment);
        let leaving = handovers::count_leaving(write.conn(), &operation, asked, request.now).await?;
        let mut answer = RecordsReassigned::expecting(leaving);
        if validate_only {
            // Dropping the write rolls it back. Even its request id can be used again.
            return Ok(answer);
        }

        if leaving.records > 0 {
            operation.total = leaving.records;
            operation.bulk =
                Some(Bulk { condition, work: BulkWork::Reassign(reassignment), by: request.actor() });
            write.queue(&operation).await?;
            answer.operation = Some(operation.id);
        }
        write.commit(seller.id.0, &answer).await?;
        Ok(answer)
    }
}

impl Write {
    /// Checks which records are meant. Returns the key of their type, which is nil for all types.
    async fn check_source(
        &mut self,
        command: &ReassignRecords,
    ) -> Result<Result<RecordTypeId, Violations>, Error> {
        let condition = command.condition.as_str();
        let Some(named) = &command.record_type else {
            let description = "must be given with a condition, which is over the records of one type";
            let required = || Violations::one("record_type", Reason::FieldRequired, description);
            return Ok(if condition.is_empty() { Ok(RecordTypeId(Uuid::nil())) } else { Err(required()) });
        };

        let organization = self.organization();
        let Some(record_type) = records::types::find(self.conn(), organization, named).await? else {
            return Ok(Err(unknown_record_type(named)));
        };
        let checked = match condition {
            "" => Ok(()),
            text => Condition::check("condition", text, &record_type.subject()).map(drop),
        };
        Ok(checked.map(|()| record_type.id))
    }

    /// Returns what is wrong with who is to get the records of a seller.
    async fn check_recipient(&mut self, to: &Recipient, seller: &Seller) -> Result<Violations, Error> {
        let organization = self.organization();

        Ok(match to {
            Recipient::Nobody => Violations::new(),
            Recipient::Seller(id) if id == seller.seller_id.as_str() => {
                let description = "must be another seller than the one whose records they are";
                Violations::one("new_owner", Reason::FieldInvalid, description)
            }
            Recipient::Seller(id) => match tenants::sellers::find(self.conn(), organization, id).await? {
                Some(_) => Violations::new(),
                None => unknown("new_owner", "seller", &names::SELLER.name([id])),
            },
            Recipient::Team(id) => {
                let teams = [id.clone()];
                let members = tenants::teams::members_of(self.conn(), organization, &teams).await?;
                match members.into_values().next() {
                    None => unknown("team", "team", &names::TEAM.name([id])),
                    Some(members) if members.iter().all(|member| *member == seller.id) => {
                        let description = "must have a member who isn't the seller whose records they are";
                        Violations::one("team", Reason::FieldInvalid, description)
                    }
                    Some(_) => Violations::new(),
                }
            }
        })
    }
}

fn unknown(field: &str, kind: &str, name: &str) -> Violations {
    let description = format!("must be an existing {kind}: {name} doesn't exist");
    Violations::one(field, Reason::ReferenceNotFound, description)
}
