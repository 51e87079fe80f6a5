//! Creates a sequence, as a draft.

use std::collections::BTreeMap;

use crate::domain::caller::Authorship;
use crate::domain::draft::PlanPatch;
use crate::domain::filing::{Filing, FilingPatch};
use crate::domain::id::{ChosenId, SequenceId};
use crate::domain::reenrollment::Reenrollment;
use crate::domain::sequence::{Sequence, State};
use crate::domain::throttle::Throttle;
use crate::domain::violation::Violations;
use crate::engine::sequences::sequence_plan;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::sequences;

/// The sequence to create.
#[derive(Clone, Debug)]
pub struct CreateSequence {
    /// The id, chosen by the caller.
    pub sequence_id: ChosenId,
    /// The id of the type of its records.
    pub record_type: String,
    /// Its name, description and steps.
    pub plan: PlanPatch,
    /// Its owner and tags. A salesperson's sequence is their own unless it says otherwise.
    pub filing: FilingPatch,
    /// When a record may begin it again.
    pub reenrollment: Reenrollment,
    /// How many enrollments a seller gets.
    pub throttle: Throttle,
}

impl Engine {
    /// Creates a sequence in state DRAFT.
    ///
    /// # Errors
    /// Invalid, with paths relative to the sequence; Exists; Refused (SellerAuthoringOff,
    /// SequenceOwnedByAnother).
    pub async fn create_sequence(
        &self,
        request: &Request,
        command: CreateSequence,
    ) -> Result<SequenceId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // The lock also keeps a template that the plan names from being deleted meanwhile.
        let organization = write.lock_organization().await?;
        let (organization, limits) = (organization.id, organization.settings.limits);
        let CreateSequence { sequence_id, record_type, plan, filing, reenrollment, throttle } = command;
        let (record_type, plan, mut found) =
            sequence_plan::new(write.conn(), organization, limits, &record_type, &plan).await?;
        let filing = found.keep("", write.new_filing(&filing).await?);
        let filing = found.into_result(filing)?.unwrap_or_default();

        let sequence = Sequence {
            organization,
            id: SequenceId(self.clock().new_id()),
            sequence_id,
            record_type: record_type.expect("an unknown record type is a violation"),
            plan,
            filing,
            reenrollment,
            throttle,
            state: State::Draft,
            halt: None,
            split_winners: BTreeMap::new(),
            version: 1,
            create_time: request.now,
            update_time: request.now,
        };

        write.check_author(&sequence).await?;
        if !sequences::insert(write.conn(), &sequence).await? {
            return Err(Error::Exists { kind: Kind::Sequence, name: sequence.name() });
        }
        write.commit(sequence.id.0, &sequence.id).await?;
        Ok(sequence.id)
    }
}

impl Write {
    /// Returns the filing of a new sequence, or what is wrong with it.
    pub(in crate::engine) async fn new_filing(
        &mut self,
        patch: &FilingPatch,
    ) -> Result<Result<Filing, Violations>, Error> {
        let own = match self.caller().authorship() {
            Authorship::Own(seller) => Some(seller),
            Authorship::All | Authorship::Nothing => None,
        };
        let named = self.named_seller(patch.owner.as_ref().and_then(Option::as_ref)).await?;
        let (filing, found) = patch.apply(&Filing { owner: own, tags: Vec::new() }, named);
        Ok(found.into_result(filing))
    }
}
