//! Activates a sequence: its draft becomes a revision, and it starts to take records.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::domain::assignee::Assignee;
use crate::domain::changes::Changes;
use crate::domain::id::{OperationId, SequenceId};
use crate::domain::operation::OperationKind;
use crate::domain::references::References;
use crate::domain::sequence::{ActivationFacts, Denied, Revision, Sequence};
use crate::domain::settings::Settings;
use crate::domain::version::Version;
use crate::engine::sequences::sequence_plan;
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::{self, routing, sequences, tenants};

/// The sequence to activate.
#[derive(Clone, Debug)]
pub struct ActivateSequence {
    /// Its id.
    pub sequence_id: String,
    /// The description of the new revision.
    pub revision_description: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// Only check whether it would succeed.
    pub validate_only: bool,
}

/// The result of an activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivatedSequence {
    /// The sequence.
    pub sequence: SequenceId,
    /// The operation that enrolls the members of connected segments. `None` if there are no such
    /// segments.
    pub feed_operation: Option<OperationId>,
    /// The operation that writes the resumption to paused enrollments. `None` if all are written.
    #[serde(default)]
    pub resume_operation: Option<OperationId>,
}

impl Engine {
    /// Freezes the draft as the next revision, if it has changed, and activates the sequence.
    ///
    /// # Errors
    /// Missing; Stale; Refused (ResourceDeleted, LimitExceeded); Invalid, with paths relative to
    /// the sequence.
    pub async fn activate_sequence(
        &self,
        request: &Request,
        command: ActivateSequence,
    ) -> Result<ActivatedSequence, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let settings = write.lock_organization().await?.settings;
        let before = write.lock_sequence(&command.sequence_id, command.expected_version).await?;
        let description = &command.revision_description;
        settings.limits.check_description("revision_description", description).into_result(())?;

        let facts = facts(write.conn(), &before, settings).await?;
        let done = before.clone().activate(&facts, description, request.now)?;
        write.check_ended(&before).await?;
        let mut answer =
            ActivatedSequence { sequence: before.id, feed_operation: None, resume_operation: None };
        if command.validate_only {
            // Dropping the write rolls it back. Even its request id can be used again.
            return Ok(answer);
        }
        if done.sequence == before {
            write.commit_unnoted(&answer).await?;
            return Ok(answer);
        }

        sequences::update(write.conn(), &done.sequence).await?;
        if let Some(revision) = &done.revision {
            sequences::revisions::insert(write.conn(), revision).await?;
            write.time_splits(facts.newest.as_ref(), revision).await?;
            let asks = |revision: &Revision| revision.plan.exit_criteria.account_replied;
            if asks(revision) && !facts.newest.as_ref().is_some_and(asks) {
                // References that were written by an earlier release aren't saved yet.
                write.index_references((before.id.0, before.name()), before.record_type).await?;
            }
        }
        // Before those of connected segments: whoever was here first goes on first.
        let mut touched = Changes::new();
        if done.resumes {
            (answer.resume_operation, touched) = self.settle(&mut write, &done.sequence).await?;
        }
        if done.feeds {
            answer.feed_operation = write.queue_feed(&done.sequence).await?;
        }
        write.definitions_changed().await?;

        write.note(before.id.0).await?;
        write.commit_with_queues(&answer, touched).await?;
        Ok(answer)
    }
}

impl Write {
    /// Queues the operation that enrolls the members of connected segments. `None` if there are no
    /// such segments.
    async fn queue_feed(&mut self, sequence: &Sequence) -> Result<Option<OperationId>, Error> {
        let (organization, id) = (sequence.organization, sequence.id);
        let uses = sequences::uses(self.conn(), organization, id).await?;
        if uses.connected_segments.is_empty() {
            return Ok(None);
        }

        let (target, record_type) = ((id.0, sequence.name()), sequence.record_type);
        let mut operation = self.new_operation(OperationKind::FeedSequence, target, record_type);
        let upto = operation.upto;
        operation.total =
            routing::operation_totals::count_members(self.conn(), organization, id.0, upto).await?;
        self.queue(&operation).await?;
        Ok(Some(operation.id))
    }
}

/// Loads what the activation of a sequence depends on. Exact while the organization's row is
/// locked.
pub(in crate::engine) async fn facts(
    conn: &mut PgConnection,
    sequence: &Sequence,
    settings: Settings,
) -> Result<ActivationFacts, store::Error> {
    let organization = sequence.organization;
    let number = sequence.state.revision();
    let newest = sequences::revisions::get(conn, organization, sequence.id, number).await?;
    let active_sequences = sequences::count_active(conn, organization).await?;
    // Most sequences ask nothing of the record. Activations wait for each other, so save the
    // statement.
    let plan = &sequence.plan;
    let asks = !plan.definition.conditions().is_empty()
        || !plan.exit_criteria.goal_condition.is_empty()
        || matches!(plan.assign_to, Assignee::Attribute(_));
    let record_type = if asks { sequence_plan::record_type_of(conn, sequence).await? } else { None };
    let references = references(conn, sequence, settings.phone_outcomes).await?;
    Ok(ActivationFacts { limits: settings.limits, newest, active_sequences, record_type, references })
}

/// Loads what exists of the things that a draft names.
async fn references(
    conn: &mut PgConnection,
    sequence: &Sequence,
    phone_outcomes: Vec<String>,
) -> Result<References, store::Error> {
    let (organization, definition) = (sequence.organization, &sequence.plan.definition);
    let named = definition.templates();
    let templates = sequences::templates::existing(conn, organization, sequence.record_type, &named).await?;

    let sellers = Vec::from_iter(definition.sellers());
    let sellers = match sellers.is_empty() {
        true => BTreeSet::new(),
        false => tenants::sellers::keys(conn, organization, &sellers).await?.into_keys().collect(),
    };
    let teams = Vec::from_iter(sequence.plan.teams());
    let teams = match teams.is_empty() {
        true => BTreeSet::new(),
        false => tenants::teams::keys(conn, organization, &teams).await?.into_keys().collect(),
    };
    let targets = match definition.advances_to().is_empty() {
        true => BTreeMap::new(),
        false => sequences::advances::targets(conn, organization).await?,
    };
    Ok(References { templates, phone_outcomes, sellers, teams, sequences: targets })
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Invalid(found) => Self::Invalid(found),
            Denied::Refused(refusal) => Self::Refused(refusal),
        }
    }
}
