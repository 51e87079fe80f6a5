//! Giving the records of a seller to others, and handing them back.

use std::mem::take;

use tonic::Status;

use crate::api::call::Call;
use crate::api::convert::operation as convert_operation;
use crate::api::pb::reassign_records_request::Recipient as Sent;
use crate::api::{Api, pb};
use crate::domain::bulk::{Reassignment, Recipient};
use crate::domain::names::{self, SellerName};
use crate::domain::reason::Reason;
use crate::domain::violation::Violation;
use crate::engine::{HandBackRecords, ReassignRecords};

impl Api {
    /// Gives the records of a seller to others.
    pub(super) async fn hand_over(
        &self,
        call: &Call,
        mut message: pb::ReassignRecordsRequest,
    ) -> Result<pb::ReassignRecordsResponse, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let seller = found.keep_once(names::seller("current_owner", &message.current_owner));
        let record_type = match message.record_type.as_str() {
            "" => Some(None),
            text => found.keep_once(names::RECORD_TYPE.parse_id("record_type", text)).map(Some),
        };
        let to = found.keep_once(recipient(message.recipient.take()));
        let (seller, record_type, to) = found.settle((seller, record_type, to))?;

        let seller_id = match seller {
            SellerName::Id(id) => id.to_owned(),
            SellerName::Me => self.own_seller_id(call, &message.current_owner).await?,
        };
        let reassignment = Reassignment {
            to,
            with_closed: message.include_closed,
            with_activities: message.include_activities,
        };
        let (condition, validate_only) = (take(&mut message.condition), message.validate_only);
        let command = ReassignRecords { seller_id, record_type, condition, reassignment, validate_only };
        // A count isn't kept: the same request may be made in earnest.
        let request = call.request(repetition.filter(|_| !validate_only));
        let done = self.engine.reassign_records(&request, command).await?;
        Ok(pb::ReassignRecordsResponse {
            operation: convert_operation::name(done.operation),
            record_count: done.records,
            activity_count: done.activities,
        })
    }

    /// Gives back what an operation took from a seller.
    pub(super) async fn hand_back(
        &self,
        call: &Call,
        mut message: pb::HandBackRecordsRequest,
    ) -> Result<pb::HandBackRecordsResponse, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let operation = found.keep_once(convert_operation::id("operation", &message.operation));
        let operation = found.settle(operation)?;

        let command = HandBackRecords { operation, validate_only: message.validate_only };
        let request = call.request(repetition.filter(|_| !message.validate_only));
        let done = self.engine.hand_back_records(&request, command).await?;
        Ok(pb::HandBackRecordsResponse {
            operation: convert_operation::name(done.operation),
            record_count: done.records,
            activity_count: done.activities,
        })
    }
}

/// Reads who gets the records.
fn recipient(sent: Option<Sent>) -> Result<Recipient, Violation> {
    match sent {
        Some(Sent::NewOwner(name)) => names::SELLER.parse_id("new_owner", &name).map(Recipient::Seller),
        Some(Sent::Team(name)) => names::TEAM.parse_id("team", &name).map(Recipient::Team),
        Some(Sent::Nobody(_)) => Ok(Recipient::Nobody),
        None => Err(Violation::new("recipient", Reason::FieldRequired, "must be set")),
    }
}
