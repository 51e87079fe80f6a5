//! Changes a sequence's name, description or draft.

use crate::domain::changes::Changes;
use crate::domain::draft::PlanPatch;
use crate::domain::filing::FilingPatch;
use crate::domain::id::SequenceId;
use crate::domain::reason::Reason;
use crate::domain::reenrollment::Reenrollment;
use crate::domain::sequence::Sequence;
use crate::domain::throttle::Throttle;
use crate::domain::timer::{Timer, TimerKind};
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::sequences::sequence_plan;
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::{changes, enrollments, records, sequences};

/// The change to make.
#[derive(Clone, Debug)]
pub struct UpdateSequence {
    /// Its id.
    pub sequence_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
    /// The id of the record type, if given. It must be the sequence's current one.
    pub record_type: Option<String>,
    /// The new values.
    pub plan: PlanPatch,
    /// The new owner and tags.
    pub filing: FilingPatch,
    /// When a record may begin it again. `None`: as before.
    pub reenrollment: Option<Reenrollment>,
    /// How many enrollments a seller gets. `None`: as before.
    pub throttle: Option<Throttle>,
}

impl Engine {
    /// Changes a sequence. A changed draft takes effect with the next activation.
    ///
    /// # Errors
    /// Missing; Stale; Refused (ResourceDeleted, SellerAuthoringOff, SequenceOwnedByAnother);
    /// Invalid, with paths relative to the sequence.
    pub async fn update_sequence(
        &self,
        request: &Request,
        command: UpdateSequence,
    ) -> Result<SequenceId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // The lock also keeps a template that the plan names from being deleted meanwhile.
        let organization = write.lock_organization().await?;
        let (organization, limits) = (organization.id, organization.settings.limits);
        let (id, seen) = (&command.sequence_id, command.expected_version);
        let before = match command.throttle {
            // Whoever enrolls counts by the throttle that it has seen.
            Some(_) => write.lock_sequence(id, seen).await?,
            None => write.lock_draft(id, seen).await?,
        };

        let (plan, mut found) = sequence_plan::changed(write.conn(), &before, limits, &command.plan).await?;
        let named = command.filing.owner.as_ref().and_then(Option::as_ref);
        let owner = write.named_seller(named).await?;
        let (filing, wrong) = command.filing.apply(&before.filing, owner);
        found.extend(wrong);
        if let Some(given) = &command.record_type {
            let given = records::types::find(write.conn(), organization, given).await?;
            if given.is_none_or(|given| given.id != before.record_type) {
                found.extend(record_type_is_fixed());
            }
        }
        found.into_result(())?;

        let reenrollment = command.reenrollment.unwrap_or(before.reenrollment);
        let throttle = command.throttle.unwrap_or(before.throttle);
        let after = before.clone().edit(plan, filing, (reenrollment, throttle), request.now)?;
        // Nobody who may only change own sequences gives one away.
        write.check_author(&after).await?;
        if after.throttle != before.throttle {
            return write.save_throttled(&after).await;
        }
        // Servers cache revisions, not drafts, so their caches stay valid.
        write.save_uncached(&before, &after).await
    }
}

impl Write {
    /// Saves and commits a sequence with another throttle. All its lines are served by that.
    async fn save_throttled(mut self, after: &Sequence) -> Result<SequenceId, Error> {
        let (organization, now) = (after.organization, self.now());
        sequences::update(self.conn(), after).await?;
        // Servers cache the throttles.
        self.definitions_changed().await?;

        let mut decided = Changes::new();
        let first = enrollments::places::first_of_each(self.conn(), (organization, after.id)).await?;
        for (queue, enrollment) in first {
            let (kind, subject) = (TimerKind::Line, self.new_id());
            decided.set_timer(Timer { organization, due_at: now, kind, subject, enrollment }, queue);
        }
        changes::save_rows(self.conn(), &decided).await?;
        self.note(after.id.0).await?;
        self.commit_with_queues(&after.id, decided).await?;
        Ok(after.id)
    }
}

pub(in crate::engine) fn record_type_is_fixed() -> Violations {
    Violations::one("record_type", Reason::FieldImmutable, "is immutable")
}
