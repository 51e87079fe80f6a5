//! The active segments and rules of an organization with their conditions compiled, kept by each
//! server and checked by their epoch.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::assignment::AssignmentRule;
use crate::domain::condition::Condition;
use crate::domain::id::{OrganizationId, QueueId, RecordId, RecordTypeId, SegmentId};
use crate::domain::record_type::RecordType;
use crate::domain::segment::{Claim, Placement, Segment, choose};
use crate::engine::frame::recent::Recent;
use crate::engine::segments::segment_target::kept_condition;
use crate::store::answers::{self, Question};
use crate::store::routing::RoutedRecord;
use crate::store::{self, records, routing, segments, tenants};

/// How many organizations' plans a server keeps.
const CAPACITY: usize = 1_000;

/// The plans that this server knows.
#[derive(Debug, Default)]
pub(in crate::engine) struct RoutingPlans(Recent<OrganizationId, Arc<RoutingPlan>, CAPACITY>);

/// What an organization's records are routed by.
#[derive(Debug)]
pub(in crate::engine) struct RoutingPlan {
    epoch: i64,
    /// The queue of records without owner.
    pub unassigned: QueueId,
    types: HashMap<RecordTypeId, TypePlan>,
}

/// What the records of one type are routed by.
#[derive(Debug)]
struct TypePlan {
    record_type: RecordType,
    /// In the order in which they are tried.
    segments: Vec<PlannedSegment>,
    /// Whether anybody comes in: a segment is connected or has an active rule.
    switched_on: bool,
}

/// An active segment.
#[derive(Debug)]
pub(in crate::engine) struct PlannedSegment {
    pub segment: Segment,
    condition: Condition,
    /// In the order in which they are tried, without the disabled ones.
    pub rules: Vec<AssignmentRule>,
    /// Those of the rules that have one.
    rule_conditions: Vec<Option<Condition>>,
    /// The place of its condition among those of all segments and rules; those of its rules come
    /// next.
    place: usize,
}

/// Which conditions records match, by their places among those of all segments and rules. Those of
/// rules are only asked where their segment's matches.
pub(in crate::engine) type Matches = HashMap<RecordId, Vec<usize>>;

/// Where a record goes.
pub(in crate::engine) struct Placed<'a> {
    pub record: &'a RoutedRecord,
    pub placement: Placement,
    /// The segment that it is in afterwards.
    pub segment: Option<&'a PlannedSegment>,
    /// Which of that segment's rules match.
    pub rule_matches: Vec<bool>,
}

impl RoutingPlans {
    /// The plan of an organization as its definitions now stand. The routing row must be locked.
    pub async fn load(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
    ) -> Result<Arc<RoutingPlan>, store::Error> {
        let epoch = routing::epoch(conn, organization).await?;
        let known = self.0.get(&organization);
        if let Some(plan) = known.filter(|plan| plan.epoch == epoch) {
            return Ok(plan);
        }

        // Definitions that change while they are read have a higher epoch than the one noted, and
        // are read again next time.
        let plan = Arc::new(RoutingPlan::read(conn, organization, epoch).await?);
        self.0.keep(organization, plan.clone());
        Ok(plan)
    }
}

impl RoutingPlan {
    async fn read(
        conn: &mut PgConnection,
        organization: OrganizationId,
        epoch: i64,
    ) -> Result<Self, store::Error> {
        let active = segments::active(conn, organization).await?;
        let keys: Vec<Uuid> = active.iter().map(|segment| segment.id.0).collect();
        let mut rules: HashMap<SegmentId, Vec<AssignmentRule>> = HashMap::new();
        for rule in segments::rules::enabled(conn, organization, &keys).await? {
            rules.entry(rule.segment).or_default().push(rule);
        }

        let types: BTreeSet<Uuid> = active.iter().map(|segment| segment.record_type.0).collect();
        let types =
            records::types::by_keys(conn, organization, &types.into_iter().collect::<Vec<_>>()).await?;
        let missing = store::Error::Inconsistent { table: "team", column: "team_id", id: organization.0 };
        let unassigned =
            tenants::teams::queue(conn, organization, tenants::teams::UNASSIGNED).await?.ok_or(missing)?;

        let mut planned: HashMap<RecordTypeId, TypePlan> = types.into_iter().map(TypePlan::new).collect();
        for segment in active {
            if let Some(plan) = planned.get_mut(&segment.record_type) {
                let rules = rules.remove(&segment.id).unwrap_or_default();
                plan.add(segment, rules)?;
            }
        }
        Ok(Self { epoch, unassigned, types: planned })
    }

    /// The sequences that records may be enrolled in, by key.
    pub fn connected(&self) -> Vec<Uuid> {
        let all = self.types.values().flat_map(|plan| &plan.segments);
        let connected: BTreeSet<Uuid> =
            all.filter_map(|planned| planned.segment.connected_sequence).map(|sequence| sequence.0).collect();
        connected.into_iter().collect()
    }

    /// Holds records against the conditions that say something about what becomes of them.
    pub async fn evaluate(
        &self,
        conn: &mut PgConnection,
        records: &[RoutedRecord],
    ) -> Result<Matches, store::Error> {
        let mut matches = Matches::new();
        for plan in self.types.values() {
            let (places, questions): (Vec<_>, Vec<_>) = plan.questions(records).into_iter().unzip();
            let answers = answers::ask(conn, &plan.record_type, &questions).await?;
            for (first, answers) in places.into_iter().zip(answers) {
                let all = |places: Vec<usize>| places.into_iter().map(|place| first + place).collect();
                matches.extend(answers.into_iter().map(|(record, places)| (record, all(places))));
            }
        }
        Ok(matches)
    }

    /// Chooses a record's segment.
    pub fn place<'a>(&'a self, record: &'a RoutedRecord, matches: &Matches) -> Placed<'a> {
        let none = Vec::new();
        let matches = matches.get(&record.id).unwrap_or(&none);
        let plan = self.types.get(&record.record_type);
        let (claims, indices) = plan.map(|plan| plan.claims(matches)).unwrap_or_default();
        let switched_on = plan.is_some_and(|plan| plan.switched_on);

        let placement = choose(&claims, record.segment, !record.closed, switched_on);
        let index = match placement {
            Placement::Outside | Placement::Leaves(_) => None,
            Placement::Stays(index) | Placement::Enters(index) => Some(index),
            Placement::Moves { to, .. } | Placement::Taken { to, .. } => Some(to),
        };

        let index = index.and_then(|index| indices.get(index).copied());
        let segment = plan.zip(index).and_then(|(plan, index)| plan.segments.get(index));
        let rule_matches =
            plan.zip(index).map(|(plan, index)| plan.rule_matches(index, matches)).unwrap_or_default();
        Placed { record, placement, segment, rule_matches }
    }
}

impl TypePlan {
    fn new(record_type: RecordType) -> (RecordTypeId, Self) {
        (record_type.id, Self { record_type, segments: Vec::new(), switched_on: false })
    }

    fn add(&mut self, segment: Segment, rules: Vec<AssignmentRule>) -> Result<(), store::Error> {
        let condition = kept_condition(&segment, &self.record_type)?;
        let rule_conditions = rules.iter().map(|rule| rule_condition(rule, &self.record_type));
        let rule_conditions = rule_conditions.collect::<Result<_, _>>()?;
        self.switched_on |= segment.connected_sequence.is_some() || !rules.is_empty();
        let place = self.segments.last().map_or(0, |last| last.place + last.conditions().count());
        self.segments.push(PlannedSegment { segment, condition, rules, rule_conditions, place });
        Ok(())
    }

    /// What the records of this type are asked, each question with the place of its first
    /// condition. While nobody comes in, only members are asked, each about its own segment alone.
    fn questions(&self, records: &[RoutedRecord]) -> Vec<(usize, Question<'_>)> {
        let active = |record: &&RoutedRecord| record.record_type == self.record_type.id && !record.closed;
        let records = records.iter().filter(active);
        if self.switched_on {
            let groups = self.segments.iter().map(|planned| planned.conditions().collect()).collect();
            return vec![(0, Question { records: records.map(|record| record.id).collect(), groups })];
        }

        let mut members: HashMap<SegmentId, Vec<RecordId>> = HashMap::new();
        for record in records {
            if let Some(segment) = record.segment {
                members.entry(segment).or_default().push(record.id);
            }
        }
        let with_members = self.segments.iter().filter_map(|planned| {
            let records = members.remove(&planned.segment.id)?;
            Some((planned.place, Question { records, groups: vec![vec![&planned.condition]] }))
        });
        with_members.collect()
    }

    /// The segments that match, in the order in which they are tried, each with its index.
    fn claims(&self, matches: &[usize]) -> (Vec<Claim>, Vec<usize>) {
        let segment = |place: &usize| self.segments.binary_search_by_key(place, |planned| planned.place).ok();
        let claim = |index: usize| {
            let segment = &self.segments[index].segment;
            let allow_resegmentation = segment.profile.allow_resegmentation;
            (Claim { segment: segment.id, matches: true, allow_resegmentation }, index)
        };
        matches.iter().filter_map(segment).map(claim).unzip()
    }

    /// Which rules of the segment at `index` match: one without condition always does.
    fn rule_matches(&self, index: usize, matches: &[usize]) -> Vec<bool> {
        let planned = &self.segments[index];
        let mut place = planned.place;
        let matches = |condition: &Option<Condition>| match condition {
            None => true,
            Some(_) => {
                place += 1;
                matches.binary_search(&place).is_ok()
            }
        };
        planned.rule_conditions.iter().map(matches).collect()
    }
}

impl PlannedSegment {
    /// Its condition, followed by those of its rules.
    fn conditions(&self) -> impl Iterator<Item = &Condition> {
        [&self.condition].into_iter().chain(self.rule_conditions.iter().flatten())
    }
}

/// The condition of a rule: it was checked when it was saved, and attribute types never change.
fn rule_condition(
    rule: &AssignmentRule,
    record_type: &RecordType,
) -> Result<Option<Condition>, store::Error> {
    let text = &rule.profile.condition;
    if text.trim().is_empty() {
        return Ok(None);
    }
    let inconsistent =
        |_| store::Error::Inconsistent { table: "assignment_rule", column: "condition", id: rule.id.0 };
    Condition::parse(text, &record_type.subject().as_saved()).map(Some).map_err(inconsistent)
}
