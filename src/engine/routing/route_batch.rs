//! Routes a batch of records: segment, owner, enrollment and first activity. Part of the
//! transactions of record changes and of operations.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::assignment::{Assignment, Turns, assign};
use crate::domain::caller::Actor;
use crate::domain::case::{Broken, Case, Facts};
use crate::domain::changes::Changes;
use crate::domain::enrollment::{Enrollment, EnrollmentSource, ExitReason};
use crate::domain::flow::{Flow, Start, Target};
use crate::domain::history::{HistoryDetail, HistoryEvent, HistoryKind};
use crate::domain::id::{
    AssignmentRuleId, EnrollmentId, OrganizationId, QueueId, RecordId, SegmentId, SellerId, SequenceId,
};
use crate::domain::routing::{Feeding, Standing, feed};
use crate::domain::segment::{OnLeave, Placement};
use crate::domain::sequence::State;
use crate::engine::Engine;
use crate::engine::routing::routing_plan::Placed;
use crate::store::routing::{self, LatestPass};
use crate::store::{self, changes, segments};

/// The result of routing a batch. Everything is written except the queues.
#[derive(Debug, Default)]
pub(in crate::engine) struct Routed {
    /// The changes. The commit still bumps their queues and wakes the watchers.
    pub decided: Changes,
    /// The number of enrollments that were started.
    pub enrolled: i64,
}

/// The facts of a batch, apart from the records and their segments.
struct Known {
    organization: OrganizationId,
    /// The queue of records without an owner.
    unassigned: QueueId,
    /// The connected sequences that the records may start.
    sequences: HashMap<SequenceId, State>,
    /// The facts of records that may start a sequence, for its newest revision.
    facts: HashMap<RecordId, Facts>,
    /// The latest enrollment of each record in its sequence. Absent without any.
    passes: HashMap<(SequenceId, RecordId), LatestPass>,
}

/// The decision of the rules about one record.
#[derive(Clone, Copy)]
enum Owner {
    /// The rules did not apply.
    NotAsked,
    /// Another segment took the record, and its rules are not set to run again.
    RulesNotRun,
    /// The rules ran.
    Decided(Assignment),
}

impl Engine {
    /// Routes records. The routing row must be locked. No row that comes later in the lock order
    /// may be locked yet.
    pub(in crate::engine) async fn route(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Routed, store::Error> {
        // Lock in the lock order: sequences, then records.
        let plan = self.core().routing_plans.load(conn, organization).await?;
        let sequences = routing::lock_sequences(conn, organization, &plan.connected()).await?;
        let ids: Vec<Uuid> =
            records.iter().map(|record| record.0).collect::<BTreeSet<_>>().into_iter().collect();
        routing::lock_records(conn, organization, &ids).await?;

        // Load after locking: a statement that waits for a lock sees rows as they were before.
        let records = routing::load_records(conn, organization, &ids).await?;
        let matches = plan.evaluate(conn, &records).await?;
        let placed: Vec<Placed<'_>> = records.iter().map(|record| plan.place(record, &matches)).collect();
        let known = self.load_known(conn, organization, plan.unassigned, &placed, sequences).await?;
        let available = load_available(conn, organization, &placed).await?;
        let mut turns = load_turns(conn, organization, &placed).await?;

        // The open enrollments come last: only the placement and the owner say which ones change.
        let owners: Vec<Owner> = placed.iter().map(|one| own(one, &available, &mut turns)).collect();
        let open = self.core().open_cases(conn, organization, &touched(&placed, &owners)).await?;
        let routed = self.decide(&known, &placed, &owners, open, now)?;

        save(conn, organization, &placed, &owners, now).await?;
        segments::rules::save_turns(conn, organization, &turns).await?;
        changes::save_rows(conn, &routed.decided).await?;
        Ok(routed)
    }

    async fn load_known(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        unassigned: QueueId,
        placed: &[Placed<'_>],
        sequences: HashMap<SequenceId, State>,
    ) -> Result<Known, store::Error> {
        // Only records in a segment with a connected sequence can be enrolled.
        let connected =
            placed.iter().filter_map(|one| Some((one.segment?.segment.connected_sequence?, one.record)));
        let asked: Vec<(SequenceId, RecordId)> =
            connected.clone().map(|(sequence, record)| (sequence, record.id)).collect();
        let passes = routing::latest_passes(conn, organization, &asked).await?;

        let mut starting: Vec<_> = connected
            .filter_map(|(sequence, record)| {
                let revision = sequences.get(&sequence)?.active_revision()?;
                Some(((organization, sequence, revision), record.id, record.facts.clone()))
            })
            .collect();
        let facts = starting.iter_mut().map(|(revision, _, facts)| (*revision, facts));
        self.core().complete(conn, facts).await?;

        let facts = starting.into_iter().map(|(_, record, facts)| (record, facts)).collect();
        Ok(Known { organization, unassigned, sequences, facts, passes })
    }

    /// Decides record by record, in the order in which the records were created.
    fn decide(
        &self,
        known: &Known,
        placed: &[Placed<'_>],
        owners: &[Owner],
        open: Vec<Case>,
        now: DateTime<Utc>,
    ) -> Result<Routed, Broken> {
        let mut open_of: HashMap<RecordId, Vec<Case>> = HashMap::new();
        open.into_iter().for_each(|case| open_of.entry(case.enrollment.record).or_default().push(case));

        let (decided, enrolled) = self.core().decide(now, |flow| {
            let decide = |(one, owner): (&Placed<'_>, &Owner)| {
                let open = open_of.remove(&one.record.id).unwrap_or_default();
                let decision = Decision { one, owner: *owner, known, flow: &mut *flow };
                decision.run(open).map(|enrolled| i64::from(enrolled.is_some()))
            };
            placed.iter().zip(owners).map(decide).sum::<Result<i64, Broken>>()
        });
        Ok(Routed { decided, enrolled: enrolled? })
    }
}

/// Decides about the enrollments of one record.
struct Decision<'a, 'f, 'c> {
    one: &'a Placed<'a>,
    owner: Owner,
    known: &'a Known,
    flow: &'f mut Flow<'c>,
}

impl Decision<'_, '_, '_> {
    /// Ends the enrollments that leaving the segment ends, moves the others to the new owner,
    /// enrolls the record, and adds the decision to its history. Returns the new enrollment, or
    /// `None` without one.
    fn run(mut self, open: Vec<Case>) -> Result<Option<EnrollmentId>, Broken> {
        let target = self.target();
        let new_owner = self.owner.new_owner().is_some();

        // A sequence that ends here counts as ended when the record is enrolled below.
        let mut ended = BTreeSet::new();
        for case in open {
            match self.exit_reason(&case.enrollment) {
                Some(reason) => {
                    ended.insert(case.enrollment.sequence);
                    case.exit(reason, Actor::UPNEXT, self.flow);
                }
                None if new_owner => case.follow(&target, Actor::UPNEXT, self.flow)?,
                None => {}
            }
        }

        let (feeding, enrollment) = self.enroll(&target, &ended);
        if let Some(detail) = told(self.one, self.owner, feeding, enrollment) {
            self.flow.changes.history.push(HistoryEvent {
                organization: self.known.organization,
                subject: self.one.record.id.0,
                id: (self.flow.mint)(),
                at: self.flow.now,
                kind: HistoryKind::RoutingRun,
                actor: Actor::UPNEXT,
                detail,
            });
        }
        Ok(enrollment)
    }

    /// Returns what the next activities get from the record.
    fn target(&self) -> Target {
        let owner = self.owner.new_owner().or(self.one.record.facts.owner);
        let queue = owner.map_or(self.known.unassigned, QueueId::from);
        let named = self.one.record.facts.target.as_ref();
        let reach = named.map(|target| target.reach).unwrap_or_default();
        let display_name = named.map(|target| target.display_name.clone()).unwrap_or_default();
        Target { queue, display_name, reach }
    }

    /// Returns the reason why an open enrollment ends now, or `None` if it goes on. It goes on if
    /// the segment that takes the record feeds the same sequence.
    fn exit_reason(&self, open: &Enrollment) -> Option<ExitReason> {
        // Segments end only enrollments that a segment started, never those made by hand.
        let from = open.segment?;
        match self.one.placement {
            Placement::Taken { from: left, .. } if left == from => {
                let fed = self.one.segment.and_then(|planned| planned.segment.connected_sequence);
                (fed != Some(open.sequence)).then_some(ExitReason::Superseded)
            }
            Placement::Leaves(left) | Placement::Moves { from: left, .. } if left == from => {
                let exits = self.one.record.on_leave == OnLeave::ExitEnrollment;
                exits.then_some(ExitReason::LeftSegment)
            }
            _ => None,
        }
    }

    fn enroll(
        &mut self,
        target: &Target,
        ended: &BTreeSet<SequenceId>,
    ) -> (Option<Feeding>, Option<EnrollmentId>) {
        let Some(planned) = self.one.segment else { return (None, None) };
        let Some(sequence) = planned.segment.connected_sequence else { return (None, None) };

        let standing = match self.known.passes.get(&(sequence, self.one.record.id)) {
            None => Standing::New,
            Some(latest) if latest.open && !ended.contains(&sequence) => Standing::Open,
            Some(_) => Standing::Ended,
        };

        let revision = self.known.sequences.get(&sequence).and_then(State::active_revision);
        let feeding = feed(standing, revision.is_some());
        let facts = self.known.facts.get(&self.one.record.id);
        let basis = facts.and_then(|facts| facts.basis_of(target).ok());
        let (Feeding::Enrolled, Some(revision), Some(basis)) = (feeding, revision, basis) else {
            return (Some(feeding), None);
        };

        let start = Start {
            organization: self.known.organization,
            enrollment: EnrollmentId((self.flow.mint)()),
            sequence,
            revision,
            record: self.one.record.id,
            // A segment enrolls a record in a sequence only once.
            pass_number: 1,
            source: EnrollmentSource::Segment,
            segment: Some(planned.segment.id),
        };
        let advance = self.flow.start(start, basis, Actor::UPNEXT);
        (Some(feeding), Some(advance.enrollment.id))
    }
}

impl Owner {
    /// Returns the seller who gets the record now, or `None` if the owner stays the same.
    fn new_owner(self) -> Option<SellerId> {
        match self {
            Owner::Decided(Assignment::Assigned { seller, .. }) => Some(seller),
            _ => None,
        }
    }
}

/// Runs the rules for a record that enters a segment, or that is in one without an owner.
fn own(
    one: &Placed<'_>,
    available: &BTreeSet<SellerId>,
    turns: &mut BTreeMap<AssignmentRuleId, Turns>,
) -> Owner {
    let Some(planned) = one.segment else { return Owner::NotAsked };

    let owner = match one.placement {
        // Without an owner, so that the rules choose a new one.
        Placement::Taken { .. } if planned.segment.profile.reassign_on_resegmentation => None,
        Placement::Taken { .. } => return Owner::RulesNotRun,
        Placement::Enters(_) | Placement::Moves { .. } => one.record.facts.owner,
        // Earlier the rules found nobody, or there were none.
        Placement::Stays(_) if one.record.facts.owner.is_none() => None,
        Placement::Stays(_) | Placement::Leaves(_) | Placement::Outside => return Owner::NotAsked,
    };

    match assign(&planned.rules, &one.rule_matches, owner, available, turns) {
        // The rules chose the seller who already owns the record, so nothing changes.
        Assignment::Assigned { rule, seller } if one.record.facts.owner == Some(seller) => {
            Owner::Decided(Assignment::AlreadyOwned { rule, seller })
        }
        decided => Owner::Decided(decided),
    }
}

/// Returns the rules that may apply to records that enter a segment or need an owner.
fn ruled<'a>(
    placed: &'a [Placed<'a>],
) -> impl Iterator<Item = &'a crate::domain::assignment::AssignmentRule> {
    let asked =
        |one: &&Placed<'_>| !matches!(one.placement, Placement::Stays(_)) || one.record.facts.owner.is_none();
    placed.iter().filter(asked).filter_map(|one| one.segment).flat_map(|planned| &planned.rules)
}

/// Returns the sellers who are listed in the rules and take records now.
async fn load_available(
    conn: &mut PgConnection,
    organization: OrganizationId,
    placed: &[Placed<'_>],
) -> Result<BTreeSet<SellerId>, store::Error> {
    let listed = ruled(placed).flat_map(|rule| rule.profile.listed.iter());
    let sellers: BTreeSet<Uuid> = listed.map(|seller| seller.0).collect();
    // No rule lists anybody: save the statement.
    if sellers.is_empty() {
        return Ok(BTreeSet::new());
    }
    segments::rules::available(conn, organization, &Vec::from_iter(sellers)).await
}

async fn load_turns(
    conn: &mut PgConnection,
    organization: OrganizationId,
    placed: &[Placed<'_>],
) -> Result<BTreeMap<AssignmentRuleId, Turns>, store::Error> {
    let rules: BTreeSet<Uuid> = ruled(placed).map(|rule| rule.id.0).collect();
    if rules.is_empty() {
        return Ok(BTreeMap::new());
    }
    segments::rules::turns(conn, organization, &rules.into_iter().collect::<Vec<_>>()).await
}

/// Returns the records whose open enrollments may change, because they leave a segment or get a new
/// owner.
fn touched(placed: &[Placed<'_>], owners: &[Owner]) -> Vec<RecordId> {
    let touched = |(one, owner): &(&Placed<'_>, &Owner)| {
        let ends = match one.placement {
            Placement::Taken { .. } => true,
            Placement::Leaves(_) | Placement::Moves { .. } => one.record.on_leave == OnLeave::ExitEnrollment,
            Placement::Outside | Placement::Stays(_) | Placement::Enters(_) => false,
        };
        ends || owner.new_owner().is_some()
    };
    placed.iter().zip(owners).filter(touched).map(|(one, _)| one.record.id).collect()
}

/// Saves the memberships and owners.
async fn save(
    conn: &mut PgConnection,
    organization: OrganizationId,
    placed: &[Placed<'_>],
    owners: &[Owner],
    now: DateTime<Utc>,
) -> Result<(), store::Error> {
    let (mut joined, mut left, mut owned) = (Vec::new(), Vec::new(), Vec::new());
    for (one, owner) in placed.iter().zip(owners) {
        match one.placement {
            Placement::Enters(_) | Placement::Moves { .. } | Placement::Taken { .. } => {
                joined.extend(one.segment.map(|planned| (one.record.id, planned.segment.id)));
            }
            Placement::Leaves(_) => left.push(one.record.id.0),
            Placement::Outside | Placement::Stays(_) => {}
        }
        owned.extend(owner.new_owner().map(|seller| (one.record.id, seller)));
    }

    routing::save_owners(conn, organization, &owned, now).await?;
    segments::memberships::leave(conn, organization, &left).await?;
    segments::memberships::join(conn, organization, &joined, now).await
}

/// Returns the history entry for a decision that changed something or was refused. `None` if
/// nothing changed.
fn told(
    one: &Placed<'_>,
    owner: Owner,
    feeding: Option<Feeding>,
    enrollment: Option<EnrollmentId>,
) -> Option<HistoryDetail> {
    let left: Option<SegmentId> = match one.placement {
        Placement::Outside => return None,
        // Don't repeat that a member is still enrolled, was enrolled before, or still has no owner.
        Placement::Stays(_) if enrollment.is_none() && owner.new_owner().is_none() => return None,
        Placement::Stays(_) | Placement::Enters(_) => None,
        Placement::Leaves(from) | Placement::Moves { from, .. } | Placement::Taken { from, .. } => Some(from),
    };

    let (owner_reason, rule, seller) = match owner {
        Owner::NotAsked => (None, None, None),
        Owner::RulesNotRun => (Some("RULES_NOT_RUN"), None, None),
        Owner::Decided(decided) => (Some(decided.as_str()), decided.rule(), owner.new_owner()),
    };

    Some(HistoryDetail {
        segment: one.segment.map(|planned| planned.segment.id.0),
        left_segment: left.map(|segment| segment.0),
        assignment_rule: rule.map(|rule| rule.0),
        seller: seller.or(one.record.facts.owner).map(|seller| seller.0),
        owner_reason: owner_reason.map(str::to_owned),
        enrollment: enrollment.map(|enrollment| enrollment.0),
        sequence_reason: feeding.map(|feeding| feeding.as_str().to_owned()),
        ..Default::default()
    })
}
