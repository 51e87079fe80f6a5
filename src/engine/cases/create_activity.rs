//! Makes activities by hand.
//!
//! Not batched like the other verbs of activities: nobody makes them by the thousand.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::case::Facts;
use crate::domain::definition::Step;
use crate::domain::id::{ActivityId, EnrollmentId, RecordTypeId, SequenceId, TemplateId};
use crate::domain::manual_activity::{MOST_OPEN, ManualActivity, ManualPatch};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::violation::Violations;
use crate::engine::cases::load::Incomplete;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::activities::manual;
use crate::store::enrollments::entrants::RecordName;
use crate::store::{self, changes, sequences};

/// Makes a manual activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreateActivity {
    /// The chosen ids of the record type and the record.
    pub record: RecordName,
    /// What is to be done. It names a kind.
    pub content: ManualPatch,
}

/// The answer to making an activity. It is kept for repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityCreated {
    /// The activity.
    pub activity: ActivityId,
}

impl Engine {
    /// Makes one manual activity.
    ///
    /// # Errors
    /// - [`Error::Invalid`] for the content, with paths that begin at the activity, and with
    ///   `REFERENCE_NOT_FOUND` for `record`, even if it exists but is not the caller's.
    /// - [`Error::Refused`] with `RecordClosed`, `LimitExceeded` or `ActivityHasWarnings`.
    pub async fn create_activity(
        &self,
        request: &Request,
        command: CreateActivity,
    ) -> Result<ActivityCreated, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let (record, step) = command.check(&mut write).await?;
        let (manual, facts) = self.write_manual(&mut write, &record, step).await?;
        let (decided, made) = self.core().decide(write.now(), |flow| {
            let broken = |_| Error::Fault("a record lacks what its activities need");
            let basis = facts.basis().map_err(broken)?;
            let kind = manual.kind().ok_or(Error::Fault("a manual activity is of no kind"))?;
            let due_time = command.content.due_time.unwrap_or(flow.now);
            let key = EnrollmentId((flow.mint)());
            flow.make(&manual, (key, kind), due_time, basis, request.actor()).map_err(Error::Refused)
        });
        let answer = ActivityCreated { activity: made?.id };

        changes::save_rows(write.conn(), &decided).await?;
        write.commit_with_queues(&answer, decided).await?;
        Ok(answer)
    }

    /// Writes the text of a new manual activity. Returns it with what decides about it.
    async fn write_manual(
        &self,
        write: &mut Write,
        record: &Record,
        step: Step,
    ) -> Result<(ManualActivity, Facts), Error> {
        let (organization, now) = (write.organization(), write.now());
        let manual = ManualActivity {
            organization,
            sequence: SequenceId(write.new_id()),
            revision: 1,
            record: record.id,
            record_type: record.record_type,
            step,
            create_time: now,
        };
        manual::insert(write.conn(), &manual).await?;

        // From now on it is found like the revision of a sequence.
        let mut facts = manual::facts(write.conn(), organization, record.id).await?;
        let revision = (organization, manual.sequence, manual.revision);
        let new = Incomplete { revision, record: record.id, enrollment: None, facts: &mut facts };
        Box::pin(self.core().complete(write.conn(), [new], now)).await?;
        Ok((manual, facts))
    }
}

impl CreateActivity {
    /// Locks the record, and checks that it may have the activity. Returns what is to be done.
    async fn check(&self, write: &mut Write) -> Result<(Record, Step), Error> {
        let names = (self.record.0.as_str(), self.record.1.as_str());
        let scope = write.caller().scope();
        let (record_type, record) = match write.lock_record(names, None, scope).await {
            Err(Error::Missing { kind: Kind::Record, name }) => {
                let rule = format!("there is no {name}");
                return Err(Violations::one("record", Reason::ReferenceNotFound, rule).into());
            }
            found => found?,
        };

        let limits = write.settings().await?.limits;
        let (organization, now) = (write.organization(), write.now());
        let templates = templates(write, record_type.id, &self.content).await?;
        let (step, found) = self.content.apply(None, &templates, &limits, now);
        let step = found.into_result(step)?.ok_or(Error::Fault("a manual activity has no kind"))?;

        if !record.is_active() {
            let record = names::RECORD.name([names.0, names.1]);
            return Err(Error::Refused(Refusal::RecordClosed { record }));
        }
        if manual::count_open(write.conn(), organization, record.id).await? >= MOST_OPEN {
            let limit = "open_manual_activities_per_record";
            return Err(Error::Refused(Refusal::LimitExceeded { limit, value: MOST_OPEN }));
        }
        Ok((record, step))
    }
}

/// Returns the key of the template that a manual activity names, by its chosen id.
async fn templates(
    write: &mut Write,
    record_type: RecordTypeId,
    content: &ManualPatch,
) -> Result<BTreeMap<String, TemplateId>, store::Error> {
    let organization = write.organization();
    sequences::templates::keys(write.conn(), organization, record_type, &content.template_ids()).await
}

impl ManualActivity {
    /// Returns its next revision, and everything that is wrong with the patch. `None` if the text
    /// stays. Paths begin at the activity.
    pub(super) async fn patched(
        &self,
        write: &mut Write,
        patch: &ManualPatch,
        now: DateTime<Utc>,
    ) -> Result<(Option<Self>, Violations), Error> {
        let limits = write.settings().await?.limits;
        let templates = templates(write, self.record_type, patch).await?;
        let (step, found) = patch.apply(Some(&self.step), &templates, &limits, now);
        let next = step.filter(|step| *step != self.step).map(|step| self.edited(step, now));
        Ok((next, found))
    }
}
