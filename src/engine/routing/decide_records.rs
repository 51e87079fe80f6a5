//! Decides what becomes of records: their segments, owners and enrollments. Reads, and neither
//! locks nor writes. Routing saves what is decided here, and explanations tell it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::assignment::{Ownership, Staff, Turns};
use crate::domain::caller::Actor;
use crate::domain::case::{Broken, Case, Facts};
use crate::domain::changes::Changes;
use crate::domain::enrollment::{Enrollment, EnrollmentSource, ExitReason};
use crate::domain::flow::{Beginning, Flow, Start, Target};
use crate::domain::history::{HistoryDetail, HistoryEvent, HistoryKind};
use crate::domain::id::{
    AssignmentRuleId, EnrollmentId, OrganizationId, QueueId, RecordId, SegmentId, SellerId, SequenceId,
};
use crate::domain::routing::{ConnectedSequence, Feeding, Standing, feed};
use crate::domain::segment::{OnLeave, Placement, Segment};
use crate::engine::cases::load::Incomplete;
use crate::engine::frame::core::Core;
use crate::engine::routing::choose_owners::{Occasion, is_served, load_assigning, load_turns, own, ruled};
use crate::engine::routing::routing_plan::{Placed, RoutingPlan};
use crate::store;
use crate::store::routing::operations::Assigning;
use crate::store::routing::{self, LatestPass, RoutedRecord};

/// Records with their segments and owners, and what decisions about their enrollments need.
pub(in crate::engine) struct Considered<'a> {
    /// Where each record goes.
    pub placed: Vec<Placed<'a>>,
    /// What becomes of the owner of each.
    pub ownerships: Vec<Ownership>,
    /// The turns of the rules afterwards.
    pub turns: BTreeMap<AssignmentRuleId, Turns>,
    /// The operations that serve the segments' members without an owner.
    pub assigning: Vec<Assigning>,
    /// The sellers whom the rules may choose, afterwards.
    staff: Staff,
    known: Known,
}

/// What becomes of the enrollments of one record.
#[derive(Debug)]
pub(in crate::engine) struct Outcome {
    /// What the sequence of its segment does, or `None` without one.
    pub feeding: Option<Feeding>,
    /// The enrollment that starts.
    pub enrollment: Option<EnrollmentId>,
    /// The enrollments that end, with the reasons.
    pub exits: Vec<(EnrollmentId, ExitReason)>,
}

/// The facts of a batch, apart from the records and their segments.
struct Known {
    organization: OrganizationId,
    /// The queue of records without an owner.
    unassigned: QueueId,
    /// The connected sequences that the records may start.
    sequences: HashMap<SequenceId, ConnectedSequence>,
    /// The facts of records that may start a sequence, for its newest revision.
    facts: HashMap<RecordId, Facts>,
    /// The latest enrollment of each record in its sequence. Absent without any.
    passes: HashMap<(SequenceId, RecordId), LatestPass>,
}

impl Core {
    /// Chooses the segments and owners of records, and loads what decisions about their enrollments
    /// need. `sequences` are the connected ones. To route the records, lock both before.
    pub(in crate::engine) async fn consider<'a>(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        plan: &'a RoutingPlan,
        records: &'a [RoutedRecord],
        (sequences, occasion): (HashMap<SequenceId, ConnectedSequence>, Occasion),
    ) -> Result<Considered<'a>, store::Error> {
        let matches = plan.evaluate(conn, records, occasion.now).await?;
        let mut placed: Vec<Placed<'_>> =
            records.iter().map(|record| plan.place(record, &matches, occasion.now)).collect();
        plan.match_sellers(conn, &mut placed, occasion.now).await?;

        let rules: Vec<_> = ruled(&placed).collect();
        let mut staff = self.staff_of(conn, (organization, plan.epoch), &rules, occasion.now).await?;
        // After the staff: if somebody has room since, the operation for it is already there.
        let assigning = load_assigning(conn, organization, &rules).await?;
        let mut turns = load_turns(conn, (organization, plan.shared_turns), &rules).await?;
        let mut own = |one: &Placed<'_>| {
            let older_first =
                one.segment.is_some_and(|planned| is_served(&assigning, planned.segment.id, occasion));
            own(one, (plan.shared_turns, older_first, occasion.now), &mut staff, &mut turns)
        };
        let ownerships: Vec<Ownership> = placed.iter().map(&mut own).collect();
        let owners = placed.iter().zip(&ownerships);
        let owners = owners.filter_map(|(one, ownership)| Some((one.record.id, ownership.new_owner()?)));
        let owners: HashMap<RecordId, SellerId> = owners.collect();

        let mut known = Known::of(organization, plan.unassigned, sequences);
        self.load_known(conn, &mut known, &placed, (&owners, occasion.now)).await?;
        // These answers may be about the owner, so they are asked again once the record has it.
        for (one, ownership) in placed.iter().zip(&ownerships) {
            if ownership.new_owner().is_some()
                && let Some(facts) = known.facts.get_mut(&one.record.id)
            {
                facts.answers.clear();
            }
        }
        Ok(Considered { placed, ownerships, turns, assigning, staff, known })
    }

    /// Loads what decisions about the sequences of records need. `owners` are the new ones.
    async fn load_known(
        &self,
        conn: &mut PgConnection,
        known: &mut Known,
        placed: &[Placed<'_>],
        (owners, now): (&HashMap<RecordId, SellerId>, DateTime<Utc>),
    ) -> Result<(), store::Error> {
        let organization = known.organization;
        // Only records in a segment with a connected sequence can be enrolled.
        let connected =
            placed.iter().filter_map(|one| Some((one.segment?.segment.connected_sequence?, one.record)));
        let asked: Vec<(SequenceId, RecordId)> =
            connected.clone().map(|(sequence, record)| (sequence, record.id)).collect();
        known.passes = routing::latest_passes(conn, organization, &asked).await?;

        let mut starting: Vec<_> = connected
            .filter_map(|(sequence, record)| {
                let revision = known.sequences.get(&sequence)?.state.active_revision()?;
                let owner = owners.get(&record.id).copied().or(record.facts.owner);
                let facts = Facts { owner, ..record.facts.clone() };
                Some(((organization, sequence, revision), record.id, facts))
            })
            .collect();
        let incomplete = starting.iter_mut().map(|(revision, record, facts)| Incomplete {
            revision: *revision,
            record: *record,
            enrollment: None,
            facts,
        });
        self.complete(conn, incomplete, now).await?;

        known.facts = starting.into_iter().map(|(_, record, facts)| (record, facts)).collect();
        Ok(())
    }

    /// Decides record by record, in the order in which the records were created. `open` are the
    /// open cases of [`Considered::touched`], and `reached` those whose goal is reached.
    pub(in crate::engine) fn decide_records(
        &self,
        considered: &Considered<'_>,
        open: Vec<Case>,
        reached: &BTreeSet<EnrollmentId>,
        now: DateTime<Utc>,
    ) -> Result<(Changes, Vec<Outcome>), Broken> {
        let mut open_of: HashMap<RecordId, Vec<Case>> = HashMap::new();
        open.into_iter().for_each(|case| open_of.entry(case.enrollment.record).or_default().push(case));

        let Considered { placed, ownerships, known, .. } = considered;
        let (decided, outcomes) = self.decide(now, |flow| {
            let decide = |(one, ownership): (&Placed<'_>, &Ownership)| {
                let open = open_of.remove(&one.record.id).unwrap_or_default();
                Decision { one, ownership: *ownership, known, reached, flow: &mut *flow }.run(open)
            };
            placed.iter().zip(ownerships).map(decide).collect::<Result<Vec<Outcome>, Broken>>()
        });
        Ok((decided, outcomes?))
    }
}

impl Known {
    fn of(
        organization: OrganizationId,
        unassigned: QueueId,
        sequences: HashMap<SequenceId, ConnectedSequence>,
    ) -> Self {
        Self { organization, unassigned, sequences, facts: HashMap::new(), passes: HashMap::new() }
    }
}

impl Considered<'_> {
    /// Returns the owner that a record is about to get. `None` if it keeps its owner.
    pub fn new_owner(&self, record: RecordId) -> Option<SellerId> {
        let place = self.placed.iter().position(|one| one.record.id == record)?;
        self.ownerships.get(place)?.new_owner()
    }

    /// Returns true if no rule of a segment can choose anybody at `now`.
    pub fn is_exhausted(&self, segment: SegmentId, now: DateTime<Utc>) -> bool {
        let planned = self.placed.iter().filter_map(|one| one.segment);
        let planned = planned.into_iter().find(|planned| planned.segment.id == segment);
        planned.is_some_and(|planned| {
            let mut rules = planned.rules.iter().zip(&planned.lineups);
            rules.all(|(rule, lineup)| self.staff.candidates(&rule.profile, lineup, now).is_err())
        })
    }

    /// Returns the segments whose records found nobody, each with its type and when the first
    /// seller with room comes to work.
    pub fn retries(&self) -> BTreeMap<SegmentId, (&Segment, DateTime<Utc>)> {
        let mut retries: BTreeMap<SegmentId, (&Segment, DateTime<Utc>)> = BTreeMap::new();
        for (one, ownership) in self.placed.iter().zip(&self.ownerships) {
            let at = ownership.shortage().and_then(|shortage| shortage.retry_time);
            if let Some((planned, at)) = one.segment.zip(at) {
                let first = retries.entry(planned.segment.id).or_insert((&planned.segment, at));
                first.1 = first.1.min(at);
            }
        }
        retries
    }

    /// Returns the sellers who lose a record to another one.
    pub fn losing(&self) -> Vec<SellerId> {
        let both = self.placed.iter().zip(&self.ownerships);
        let losing = both.filter(|(_, ownership)| ownership.new_owner().is_some());
        losing.filter_map(|(one, _)| one.record.facts.owner).collect()
    }

    /// Returns the records whose open enrollments may change, because they leave a segment or get a
    /// new owner.
    pub fn touched(&self) -> Vec<RecordId> {
        let touched = |(one, ownership): &(&Placed<'_>, &Ownership)| {
            let ends = match one.placement {
                Placement::Taken { .. } => true,
                Placement::Leaves(_) | Placement::Moves { .. } => {
                    one.record.on_leave == OnLeave::ExitEnrollment
                }
                Placement::Outside | Placement::Stays(_) | Placement::Enters(_) => false,
            };
            ends || ownership.new_owner().is_some()
        };
        let touched = self.placed.iter().zip(&self.ownerships).filter(touched);
        touched.map(|(one, _)| one.record.id).collect()
    }

    /// Returns the latest enrollment of a record in a sequence that it may start.
    pub fn latest_enrollment(&self, sequence: SequenceId, record: RecordId) -> Option<EnrollmentId> {
        self.known.passes.get(&(sequence, record)).map(|latest| latest.enrollment)
    }
}

/// Decides about the enrollments of one record.
struct Decision<'a, 'f, 'c> {
    one: &'a Placed<'a>,
    ownership: Ownership,
    known: &'a Known,
    /// The enrollments whose goal is reached.
    reached: &'a BTreeSet<EnrollmentId>,
    flow: &'f mut Flow<'c>,
}

impl Decision<'_, '_, '_> {
    /// Ends the enrollments that leaving the segment ends, moves the others to the new owner,
    /// enrolls the record, and adds the decision to its history.
    fn run(mut self, open: Vec<Case>) -> Result<Outcome, Broken> {
        let target = self.target();
        let new_owner = self.ownership.new_owner().is_some();

        // A sequence that ends here counts as ended when the record is enrolled below.
        let (mut ended, mut exits) = (BTreeSet::new(), Vec::new());
        for case in open {
            match self.exit_reason(&case.enrollment) {
                Some(reason) => {
                    ended.insert(case.enrollment.sequence);
                    exits.push((case.enrollment.id, reason));
                    case.exit(reason, Actor::UPNEXT, self.flow);
                }
                None if new_owner => case.follow(&target, Actor::UPNEXT, self.flow)?,
                None => {}
            }
        }

        let (feeding, enrollment) = self.enroll(&target, &ended);
        if let Some(detail) = told(self.one, self.ownership, feeding, enrollment) {
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
        Ok(Outcome { feeding, enrollment, exits })
    }

    /// Returns what the next activities get from the record.
    fn target(&self) -> Target {
        let owner = self.ownership.new_owner().or(self.one.record.facts.owner);
        let queue = owner.map_or(self.known.unassigned, QueueId::from);
        let named = self.one.record.facts.target.as_ref();
        let reach = named.map(|target| target.reach).unwrap_or_default();
        let display_name = named.map(|target| target.display_name.clone()).unwrap_or_default();
        Target { queue, display_name, reach }
    }

    /// Returns the reason why an open enrollment ends now, or `None` if it goes on. It goes on if
    /// the segment that takes the record feeds the same sequence.
    fn exit_reason(&self, open: &Enrollment) -> Option<ExitReason> {
        if self.reached.contains(&open.id) {
            return Some(ExitReason::GoalMet);
        }
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

        let latest = self.known.passes.get(&(sequence, self.one.record.id));
        let standing = match latest.map(|latest| latest.end_time) {
            None => Standing::New,
            Some(Some(at)) => Standing::Ended { at },
            Some(None) if ended.contains(&sequence) => Standing::Ended { at: self.flow.now },
            Some(None) => Standing::Open,
        };

        // Segments are only connected to sequences that exist.
        let Some(connected) = self.known.sequences.get(&sequence) else { return (None, None) };
        let joined = self.one.placement.joined(self.one.record.join_time, self.flow.now);
        let feeding = feed(standing, connected, joined, self.flow.now);
        let revision = connected.state.active_revision();
        let facts = self.known.facts.get(&self.one.record.id);
        let halts = facts.map_or(0, Facts::halts);
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
            pass_number: latest.map_or(0, |latest| latest.pass_number) + 1,
            source: EnrollmentSource::Segment,
            segment: Some(planned.segment.id),
            halts,
            advanced_from: None,
            enroller: None,
            beginning: Beginning::default(),
        };
        let advance = self.flow.start(start, basis, Actor::UPNEXT);
        (Some(feeding), Some(advance.enrollment.id))
    }
}

/// Returns the history entry for a decision that changed something or was refused. `None` if
/// nothing changed.
fn told(
    one: &Placed<'_>,
    ownership: Ownership,
    feeding: Option<Feeding>,
    enrollment: Option<EnrollmentId>,
) -> Option<HistoryDetail> {
    let left: Option<SegmentId> = match one.placement {
        Placement::Outside => return None,
        // Don't repeat that a member is still enrolled, was enrolled before, or still has no owner.
        Placement::Stays(_) if enrollment.is_none() && ownership.new_owner().is_none() => return None,
        Placement::Stays(_) | Placement::Enters(_) => None,
        Placement::Leaves(from) | Placement::Moves { from, .. } | Placement::Taken { from, .. } => Some(from),
    };

    let (owner_reason, rule, seller) = match ownership {
        Ownership::NotAsked => (None, None, None),
        Ownership::RulesNotRun => (Some("RULES_NOT_RUN"), None, None),
        Ownership::Decided(decided) => (Some(decided.as_str()), decided.rule(), ownership.new_owner()),
    };

    let connected = one.segment.and_then(|planned| planned.segment.connected_sequence);
    // An enrollment that starts has its sequence.
    let sequence = connected.filter(|_| enrollment.is_none());

    Some(HistoryDetail {
        segment_reason: one.placement.as_str().map(str::to_owned),
        segment: one.segment.map(|planned| planned.segment.id.0),
        left_segment: left.map(|segment| segment.0),
        assignment_rule: rule.map(|rule| rule.0),
        seller: seller.or(one.record.facts.owner).map(|seller| seller.0),
        owner_reason: owner_reason.map(str::to_owned),
        no_candidate_reason: ownership.shortage().map(|shortage| shortage.reason.as_str().to_owned()),
        sequence: sequence.map(|sequence| sequence.0),
        enrollment: enrollment.map(|enrollment| enrollment.0),
        sequence_reason: feeding.map(|feeding| feeding.as_str().to_owned()),
        ..Default::default()
    })
}
