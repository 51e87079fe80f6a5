//! Acts on all enrollments of a sequence that match a condition, or enrolls all records that match
//! one: an operation that works in chunks.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::action::{Action, Alike};
use crate::domain::bulk::{Bulk, BulkWork, ExpectedCounts};
use crate::domain::case::{Broken, Case};
use crate::domain::condition::Condition;
use crate::domain::enrollment::EnrollmentSource;
use crate::domain::flow::{Beginning, Start};
use crate::domain::id::{EnrollmentId, OperationId, OrganizationId, RecordId, SequenceId};
use crate::domain::migration::Destination;
use crate::domain::reason::Reason;
use crate::domain::refusal::Refusal;
use crate::domain::sequence::Sequence;
use crate::domain::violation::Violations;
use crate::engine::cases::enroll_records::check_entrant;
use crate::engine::cases::load::Incomplete;
use crate::engine::routing::route_batch::Routed;
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::enrollments::bulk;
use crate::store::{self, changes, enrollments, records, routing};

/// The records of a seller are no work of a sequence.
const NOT_OF_A_SEQUENCE: Error = Error::Fault("a sequence was to reassign the records of a seller");

/// Acts on many enrollments, or enrolls many records.
#[derive(Clone, Debug)]
pub struct ActOnEnrollments {
    /// The chosen id of the sequence.
    pub sequence_id: String,
    /// The condition that they match. Empty: all.
    pub condition: String,
    /// What to do.
    pub work: BulkWork,
    /// Only count what would happen.
    pub validate_only: bool,
}

/// The answer to acting on many enrollments. It is kept for repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrollmentsActedOn {
    /// The operation. `None` if there is nothing to do, or it was only asked.
    pub operation: Option<OperationId>,
    /// What is expected of them.
    pub expected: ExpectedCounts,
}

/// The work of an operation on the records of a chunk.
#[derive(Clone, Debug)]
pub(in crate::engine) struct BulkDuty {
    pub bulk: Bulk,
    pub sequence: SequenceId,
    /// Enrollments with higher keys began after the operation was queued.
    pub upto: Uuid,
}

impl Engine {
    /// Queues the operation, and counts what is expected of it.
    ///
    /// # Errors
    /// Missing (sequence); Invalid (condition, revision); Refused (ResourceDeleted;
    /// SequenceNotActive to enroll).
    pub async fn act_on_enrollments_matching(
        &self,
        request: &Request,
        command: ActOnEnrollments,
    ) -> Result<EnrollmentsActedOn, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        // What it reads of records stays until it is queued: who deletes an attribute holds this,
        // too.
        if matches!(command.work, BulkWork::Enroll) && !command.validate_only {
            write.lock_organization().await?;
        }
        let sequence = write.lock_draft(&command.sequence_id, None).await?;
        let ActOnEnrollments { condition, work, .. } = command;
        // All of them move to the revision that is the newest now.
        let work = match work {
            BulkWork::Act(action) => BulkWork::Act(action.on_newest(sequence.state.revision())),
            other => other,
        };
        if let BulkWork::Act(action) = &work {
            action.check_times(request.now).under("action.pause").into_result(())?;
        }
        let expected = match &work {
            BulkWork::Act(action) => self.expect(&mut write, &sequence, &condition, action).await?,
            BulkWork::Enroll => expect_enrolled(&mut write, &sequence, &condition, request.now).await?,
            BulkWork::Reassign(_) | BulkWork::HandBack(_) => return Err(NOT_OF_A_SEQUENCE),
        };
        let mut answer = EnrollmentsActedOn { operation: None, expected };
        if command.validate_only {
            // Dropping the write rolls it back. Even its request id can be used again.
            return Ok(answer);
        }

        if expected.all() > 0 {
            let target = (sequence.id.0, sequence.name());
            let mut operation = write.new_operation(work.kind(), target, sequence.record_type);
            operation.total = expected.all();
            operation.bulk = Some(Bulk { condition, work, by: request.actor() });
            write.queue(&operation).await?;
            answer.operation = Some(operation.id);
        }
        write.commit(sequence.id.0, &answer).await?;
        Ok(answer)
    }

    /// Counts what an action would do with the open enrollments that match.
    async fn expect(
        &self,
        write: &mut Write,
        sequence: &Sequence,
        condition: &str,
        action: &Action,
    ) -> Result<ExpectedCounts, Error> {
        let organization = write.organization();
        let condition = bulk::condition(condition)?;
        let now = write.now();
        let to = self.destination(write.conn(), (organization, sequence.id), action, (&[], now)).await?;
        if let (Some(revision), None) = (action.destination(), &to) {
            let description = format!("{} has no revision {revision}", sequence.name());
            return Err(Violations::one("migrate.revision", Reason::ReferenceNotFound, description).into());
        }

        let groups = bulk::alike(write.conn(), organization, sequence.id, condition.as_ref()).await?;
        let keys = groups.iter().map(|(alike, _)| (organization, sequence.id, alike.revision));
        let programs = self.programs().load(write.conn(), keys).await?;
        let halted = sequence.halt.is_some_and(|halt| halt.pause_time().is_some());
        let add = |sum: ExpectedCounts, (alike, count): &(Alike, i64)| {
            let alike = &Alike { with_sequence: alike.with_sequence || halted, ..*alike };
            let from = programs.get(&(organization, sequence.id, alike.revision));
            let from = from.map(|compiled| &*compiled.program);
            sum.and(action.forecast(*alike, from, to.as_ref()), *count)
        };
        Ok(groups.iter().fold(ExpectedCounts::default(), add))
    }

    async fn destination(
        &self,
        conn: &mut PgConnection,
        (organization, sequence): (OrganizationId, SequenceId),
        action: &Action,
        (cases, now): (&[Case], DateTime<Utc>),
    ) -> Result<Option<Destination>, store::Error> {
        let asked: BTreeSet<_> =
            action.destination().map(|revision| (organization, sequence, revision)).into_iter().collect();
        let moving: Vec<_> = asked.iter().flat_map(|key| cases.iter().map(|case| (*key, case))).collect();
        Ok(self.core().destinations(conn, &asked, &moving, now).await?.into_values().next())
    }

    /// Does the work of an operation on the records of a chunk. Saves everything but the queues.
    pub(in crate::engine) async fn do_bulk(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        duty: &BulkDuty,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        match &duty.bulk.work {
            BulkWork::Enroll => self.enroll_all(conn, organization, duty, records, now).await,
            BulkWork::Act(action) => self.act_on_all(conn, (organization, action), duty, records, now).await,
            // Operations with this work have a kind, and so a duty, of their own.
            BulkWork::Reassign(_) | BulkWork::HandBack(_) => Ok(Routed::default()),
        }
    }

    async fn act_on_all(
        &self,
        conn: &mut PgConnection,
        (organization, action): (OrganizationId, &Action),
        duty: &BulkDuty,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        let BulkDuty { sequence, upto, .. } = *duty;
        let mut keys =
            enrollments::lock_open_in_sequence(conn, organization, sequence, records, upto).await?;
        // Somebody may have changed them while the locks were waited for.
        let kept = |_| store::Error::Inconsistent { table: "operation", column: "bulk", id: sequence.0 };
        if let Some(condition) = bulk::condition(&duty.bulk.condition).map_err(kept)? {
            keys = bulk::matching(conn, (organization, sequence), &condition, keys).await?;
        }
        let cases = self.core().load_cases(conn, &keys, now).await?;
        let to = self.destination(conn, (organization, sequence), action, (&cases, now)).await?;

        let (decided, refused) = self.core().decide(now, |flow| {
            let act = |case: &Case| {
                let done = case.settled(flow)?.act(action, to.as_ref(), duty.bulk.by, flow)?;
                Ok(done.err().filter(|refusal| !refusal.is_done_already(action)))
            };
            let acted: Result<Vec<Option<Refusal>>, Broken> = cases.iter().map(act).collect();
            acted.map(|refused| refused.into_iter().flatten().count())
        });
        let refused = i64::try_from(refused?).unwrap_or(i64::MAX);

        changes::save_rows(conn, &decided).await?;
        Ok(Routed { decided, refused, ..Routed::default() })
    }

    async fn enroll_all(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        duty: &BulkDuty,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        routing::lock_sequences(conn, organization, &[duty.sequence.0]).await?;
        routing::lock_records(conn, organization, records).await?;
        // Somebody may have changed them while the locks were waited for.
        let of = (organization, duty.sequence);
        let records = bulk::matching_records(conn, of, (&duty.bulk.condition, now), records).await?;

        let keys: Vec<_> = records.iter().map(|record| (organization, *record, duty.sequence)).collect();
        let loaded = enrollments::entrants::load(conn, &keys).await?;
        let mut entrants: Vec<_> = loaded.into_iter().flatten().collect();
        let facts = entrants.iter_mut().filter_map(|entrant| {
            let revision = entrant.state.active_revision()?;
            let revision = (organization, entrant.sequence, revision);
            Some(Incomplete { revision, record: entrant.record, enrollment: None, facts: &mut entrant.facts })
        });
        self.core().complete(conn, facts, now).await?;

        let (decided, enrolled) = self.core().decide(now, |flow| {
            let mut enrolled = 0;
            for entrant in &entrants {
                // Whoever can't be enrolled any more is left out.
                let (Ok(revision), Ok(basis)) = (check_entrant(entrant, now), entrant.facts.basis()) else {
                    continue;
                };
                let start = Start {
                    organization,
                    enrollment: EnrollmentId((flow.mint)()),
                    sequence: entrant.sequence,
                    revision,
                    record: entrant.record,
                    pass_number: entrant.pass_number + 1,
                    source: EnrollmentSource::Manual,
                    segment: None,
                    advanced_from: None,
                    enroller: duty.bulk.by.seller,
                    halts: entrant.facts.halts(),
                    beginning: Beginning::default(),
                };
                flow.start(start, basis, duty.bulk.by);
                enrolled += 1;
            }
            enrolled
        });

        changes::save_rows(conn, &decided).await?;
        Ok(Routed { decided, enrolled, ..Routed::default() })
    }
}

/// Counts the records that would be enrolled.
async fn expect_enrolled(
    write: &mut Write,
    sequence: &Sequence,
    condition: &str,
    now: DateTime<Utc>,
) -> Result<ExpectedCounts, Error> {
    if sequence.state.active_revision().is_none() {
        let (name, state) = (sequence.name(), sequence.state.as_str());
        return Err(Refusal::SequenceNotActive { sequence: name, state }.into());
    }

    let organization = write.organization();
    let found = records::types::by_keys(write.conn(), organization, &[sequence.record_type.0]).await?;
    let record_type =
        found.into_iter().next().ok_or(Error::Fault("the record type of a sequence is missing"))?;
    let condition = match condition {
        "" => None,
        text => Some(Condition::check("condition", text, &record_type.subject())?),
    };
    let source = records::Fields { record_type: &record_type, now };
    let (changed, unchanged) =
        bulk::count_entrants(write.conn(), &source, condition.as_ref(), sequence).await?;
    Ok(ExpectedCounts { changed, unchanged, ..ExpectedCounts::default() })
}
