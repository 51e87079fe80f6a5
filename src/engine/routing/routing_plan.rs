//! The active segments and rules of an organization with their compiled conditions. Each server
//! caches them, and reads them again when the definition epoch changes.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::assignment::{AssignmentRule, Candidates, Lineup};
use crate::domain::condition::{Condition, Flip};
use crate::domain::id::{
    AssignmentRuleId, ChosenId, OrganizationId, QueueId, RecordId, RecordTypeId, SegmentId, SellerId,
};
use crate::domain::record_type::RecordType;
use crate::domain::related::RelatedChange;
use crate::domain::segment::{Claim, Placement, Segment, SegmentState, choose};
use crate::domain::seller_attributes::SellerAttributes;
use crate::domain::team::UNASSIGNED;
use crate::engine::frame::recent::Recent;
use crate::engine::segments::segment_target::kept_condition;
use crate::store::routing::RoutedRecord;
use crate::store::standing_questions::StandingQuestion;
use crate::store::tenants::organizations::Organization;
use crate::store::{self, records, routing, segments, tenants};

/// The most bytes of the plans that a server caches.
const PLAN_BYTES: usize = 64 << 20;
/// How many bytes a condition takes for each byte of its text, at worst about.
const MADE_OF_A_BYTE: usize = 16;

/// The plans that this server has cached.
#[derive(Debug, Default)]
pub(in crate::engine) struct RoutingPlans(Recent<OrganizationId, Arc<RoutingPlan>, PLAN_BYTES>);

/// The definitions by which an organization's records are routed.
#[derive(Debug)]
pub(in crate::engine) struct RoutingPlan {
    pub epoch: i64,
    /// The queue of records without an owner.
    pub unassigned: QueueId,
    /// What the turns of all rules are kept under. `None`: each rule has its own.
    pub shared_turns: Option<AssignmentRuleId>,
    /// The attributes that sellers can have.
    pub seller_attributes: SellerAttributes,
    pub(super) types: HashMap<RecordTypeId, TypePlan>,
}

/// The definitions by which the records of one type are routed.
#[derive(Debug)]
pub(in crate::engine) struct TypePlan {
    pub record_type: RecordType,
    /// When the answers of its conditions may change with time alone.
    pub flips: BTreeSet<Flip>,
    /// The attributes of related records that its conditions read, each after the reference: like
    /// `account` and `industry`.
    pub looks: BTreeSet<(String, String)>,
    /// The active segments, in the order in which they are tried.
    pub segments: Vec<PlannedSegment>,
    /// True if records can enter segments: a segment is connected or has an enabled rule.
    pub switched_on: bool,
    /// Asks the conditions of all segments and rules.
    pub(super) question: StandingQuestion,
}

/// An active segment.
#[derive(Debug)]
pub(in crate::engine) struct PlannedSegment {
    pub segment: Segment,
    pub condition: Condition,
    /// The enabled rules, in the order in which they are tried.
    pub rules: Vec<AssignmentRule>,
    /// The sellers whom each rule may choose.
    pub lineups: Vec<Lineup>,
    /// The condition of each rule, or `None` for a rule without one.
    pub rule_conditions: Vec<Option<Condition>>,
    /// The condition over sellers of each rule, or `None` for a rule without one.
    seller_conditions: Vec<Option<Condition>>,
    /// The place of its condition among the conditions of all segments and rules. The conditions of
    /// its rules come next.
    pub(super) place: usize,
}

/// The conditions that each record matches, by their places among the conditions of all segments
/// and rules. The conditions of rules are only evaluated if the condition of their segment matches.
pub(in crate::engine) type Matches = HashMap<RecordId, Vec<usize>>;

/// The decision where a record goes.
pub(in crate::engine) struct Placed<'a> {
    pub record: &'a RoutedRecord,
    pub placement: Placement,
    /// Since when it hasn't matched the segment in which it stays for now.
    pub lapse_time: Option<DateTime<Utc>>,
    /// The segment that it is in afterwards, or `None` without one.
    pub segment: Option<&'a PlannedSegment>,
    /// For each rule of that segment, true if it matches.
    pub rule_matches: Vec<bool>,
    /// The sellers who match the first of these rules, if that one has a condition over sellers.
    pub matching: Option<Arc<Lineup>>,
}

impl RoutingPlans {
    /// Returns the plan of an organization for its current definitions. To route by it, lock the
    /// routing row before.
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

        // The epoch was read first. If definitions change while they are read, the epoch is higher
        // next time, and the plan is read again.
        let plan = Arc::new(RoutingPlan::read(conn, organization, epoch).await?);
        self.0.keep(organization, plan.clone(), plan.bytes());
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
        Self::of(conn, organization, epoch, active).await
    }

    /// Returns the plan that there would be if a segment were as given. Nobody may keep it.
    pub async fn supposing(
        conn: &mut PgConnection,
        organization: OrganizationId,
        supposed: &Segment,
    ) -> Result<Self, store::Error> {
        let epoch = routing::epoch(conn, organization).await?;
        let mut active = segments::active(conn, organization).await?;
        active.retain(|segment| segment.id != supposed.id);
        if supposed.state == SegmentState::Active {
            active.push(supposed.clone());
        }
        active.sort_by_key(|segment| (segment.priority, segment.id));
        Self::of(conn, organization, epoch, active).await
    }

    /// Returns the plan for these active segments, which are in the order in which they are tried.
    async fn of(
        conn: &mut PgConnection,
        organization: OrganizationId,
        epoch: i64,
        active: Vec<Segment>,
    ) -> Result<Self, store::Error> {
        let keys: Vec<Uuid> = active.iter().map(|segment| segment.id.0).collect();
        let mut rules: HashMap<SegmentId, Vec<AssignmentRule>> = HashMap::new();
        for rule in segments::rules::enabled(conn, organization, &keys).await? {
            rules.entry(rule.segment).or_default().push(rule);
        }

        let teams = rules.values().flatten().filter_map(|rule| match &rule.profile.candidates {
            Candidates::Team(team) => Some(team.to_string()),
            Candidates::AnySeller | Candidates::Listed(_) | Candidates::Matching(_) => None,
        });
        let teams: BTreeSet<String> = teams.collect();
        let teams = tenants::teams::members_of(conn, organization, &Vec::from_iter(teams)).await?;

        let types: BTreeSet<Uuid> = active.iter().map(|segment| segment.record_type.0).collect();
        let types =
            records::types::by_keys(conn, organization, &types.into_iter().collect::<Vec<_>>()).await?;

        let missing = |table, column| store::Error::Inconsistent { table, column, id: organization.0 };
        let unassigned = tenants::teams::queue(conn, organization, UNASSIGNED).await?;
        let unassigned = unassigned.ok_or_else(|| missing("team", "team_id"))?;
        let found = tenants::organizations::get(conn, organization).await?;
        let Organization { settings, seller_attributes, .. } =
            found.ok_or_else(|| missing("organization", "organization_id"))?;

        let mut planned: HashMap<RecordTypeId, TypePlan> = types.into_iter().map(TypePlan::new).collect();
        for segment in active {
            if let Some(plan) = planned.get_mut(&segment.record_type) {
                let rules = rules.remove(&segment.id).unwrap_or_default();
                let lineups = rules.iter().map(|rule| lineup(rule, &teams)).collect();
                plan.add(segment, (rules, lineups), &seller_attributes)?;
            }
        }
        planned.values_mut().for_each(TypePlan::prepare);
        let shared_turns = settings.round_robin_across_rules.then_some(AssignmentRuleId(organization.0));
        Ok(Self { epoch, unassigned, shared_turns, seller_attributes, types: planned })
    }

    /// Returns the bytes that the plan takes, about.
    fn bytes(&self) -> usize {
        self.types.values().map(TypePlan::bytes).sum()
    }

    /// Returns the keys of the sequences in which records may be enrolled.
    pub fn connected(&self) -> Vec<Uuid> {
        let all = self.types.values().flat_map(|plan| &plan.segments);
        let connected: BTreeSet<Uuid> =
            all.filter_map(|planned| planned.segment.connected_sequence).map(|sequence| sequence.0).collect();
        connected.into_iter().collect()
    }

    /// Returns the definitions for one type, or `None` if none of its segments is active.
    pub fn of_type(&self, record_type: RecordTypeId) -> Option<&TypePlan> {
        self.types.get(&record_type)
    }

    /// Returns the types of the records whose conditions read what has changed in a related record,
    /// each with the attribute that refers to it.
    pub fn looking<'a>(
        &'a self,
        change: &'a RelatedChange,
    ) -> impl Iterator<Item = (RecordTypeId, &'a str)> + 'a {
        let looks = move |plan: &'a TypePlan| {
            let read = plan.looks.iter().filter(move |(reference, attribute)| {
                let related = plan.record_type.related_by(reference);
                related.is_some_and(|related| related.id == change.record_type)
                    && change.attributes.contains(attribute)
            });
            let references: BTreeSet<&str> = read.map(|(reference, _)| reference.as_str()).collect();
            references.into_iter().map(move |reference| (plan.record_type.id, reference))
        };
        self.types.values().flat_map(looks)
    }

    /// True if a record matches a segment, as far as that was evaluated.
    pub fn matches(&self, record: &RoutedRecord, segment: SegmentId, matches: &Matches) -> bool {
        let planned = self.types.get(&record.record_type).map(|plan| &plan.segments);
        let planned = planned.and_then(|planned| planned.iter().find(|one| one.segment.id == segment));
        let matches = matches.get(&record.id);
        planned.zip(matches).is_some_and(|(planned, matches)| matches.binary_search(&planned.place).is_ok())
    }

    /// Chooses a record's segment.
    pub fn place<'a>(
        &'a self,
        record: &'a RoutedRecord,
        matches: &Matches,
        now: DateTime<Utc>,
    ) -> Placed<'a> {
        let mut matches = matches.get(&record.id).map_or_else(Cow::default, Cow::from);
        let plan = self.types.get(&record.record_type);
        // For the time of its grace, a member counts as matching.
        let lapsed = plan.and_then(|plan| plan.lapsed(record, &matches, now));
        if let Some((place, _)) = lapsed {
            let at = matches.partition_point(|known| *known < place);
            matches.to_mut().insert(at, place);
        }
        let (claims, indices) = plan.map(|plan| plan.claims(&matches)).unwrap_or_default();
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
            plan.zip(index).map(|(plan, index)| plan.rule_matches(index, &matches)).unwrap_or_default();
        let stays = matches!(placement, Placement::Stays(_));
        let lapse_time = lapsed.map(|(_, since)| since).filter(|_| stays);
        Placed { record, placement, lapse_time, segment, rule_matches, matching: None }
    }
}

impl<'a> Placed<'a> {
    /// Returns the rule that decides, with its condition over sellers. `None` if it has none.
    pub fn seller_condition(&self) -> Option<(AssignmentRuleId, &'a Condition)> {
        let place = self.rule_matches.iter().position(|matches| *matches)?;
        let planned = self.segment?;
        Some((planned.rules.get(place)?.id, planned.seller_conditions.get(place)?.as_ref()?))
    }
}

impl TypePlan {
    fn bytes(&self) -> usize {
        let attributes = self.record_type.attributes.len() * size_of::<[Uuid; 8]>();
        attributes + self.segments.iter().map(PlannedSegment::bytes).sum::<usize>()
    }

    fn new(record_type: RecordType) -> (RecordTypeId, Self) {
        let (segments, question) = (Vec::new(), StandingQuestion::default());
        let (flips, looks) = (BTreeSet::new(), BTreeSet::new());
        (record_type.id, Self { record_type, flips, looks, segments, switched_on: false, question })
    }

    fn add(
        &mut self,
        segment: Segment,
        (rules, lineups): (Vec<AssignmentRule>, Vec<Lineup>),
        attributes: &SellerAttributes,
    ) -> Result<(), store::Error> {
        let condition = kept_condition(&segment, &self.record_type)?;
        let rule_conditions = rules.iter().map(|rule| rule_condition(rule, &self.record_type));
        let rule_conditions = rule_conditions.collect::<Result<Vec<_>, _>>()?;
        let seller_conditions =
            rules.iter().map(|rule| seller_condition(rule, &self.record_type, attributes));
        let seller_conditions = seller_conditions.collect::<Result<Vec<_>, _>>()?;
        // Members without an owner get one when time alone lets a rule match.
        let conditions = rule_conditions.iter().flatten().chain([&condition]);
        self.looks.extend(conditions.clone().flat_map(Condition::related_fields));
        self.looks.extend(seller_conditions.iter().flatten().flat_map(Condition::related_fields_of_record));
        self.flips.extend(conditions.flat_map(Condition::flips));
        self.flips.extend(seller_conditions.iter().flatten().flat_map(Condition::flips_of_record));
        self.switched_on |= segment.connected_sequence.is_some() || !rules.is_empty();
        let place = self.segments.last().map_or(0, |last| last.place + last.conditions().count());
        self.segments.push(PlannedSegment {
            segment,
            condition,
            rules,
            lineups,
            rule_conditions,
            seller_conditions,
            place,
        });
        Ok(())
    }

    /// Returns the place of the segment in which a record may stay for now although it doesn't
    /// match, and since when it hasn't.
    fn lapsed(
        &self,
        record: &RoutedRecord,
        matches: &[usize],
        now: DateTime<Utc>,
    ) -> Option<(usize, DateTime<Utc>)> {
        let own = self.segments.iter().find(|planned| Some(planned.segment.id) == record.segment)?;
        if record.closed || matches.binary_search(&own.place).is_ok() {
            return None;
        }
        own.segment.profile.lapse(record.lapse_time, now).map(|since| (own.place, since))
    }

    /// Returns the segments that match, in the order in which they are tried, each with its index.
    fn claims(&self, matches: &[usize]) -> (Vec<Claim>, Vec<usize>) {
        // Places of rules' conditions are not found here, and drop out.
        let segment = |place: &usize| self.segments.binary_search_by_key(place, |planned| planned.place).ok();
        let claim = |index: usize| {
            let segment = &self.segments[index].segment;
            let allow_resegmentation = segment.profile.allow_resegmentation;
            (Claim { segment: segment.id, matches: true, allow_resegmentation }, index)
        };
        matches.iter().filter_map(segment).map(claim).unzip()
    }

    /// For each rule of the segment at `index`, true if it matches. A rule without a condition
    /// always matches.
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
    fn bytes(&self) -> usize {
        // Listed sellers are in the rule and in its lineup.
        let listed = |lineup: &Lineup| match lineup {
            Lineup::Everybody | Lineup::Matching => 0,
            Lineup::Sellers(sellers) => 2 * size_of_val(&sellers[..]),
        };
        let rules = size_of_val(&self.rules[..]) + self.lineups.iter().map(listed).sum::<usize>();
        let conditions = self.rule_conditions.iter().chain(&self.seller_conditions).flatten();
        let conditions = conditions.chain([&self.condition]);
        let texts: usize = conditions.map(|condition| condition.text().len()).sum();
        size_of_val(self) + rules + texts * MADE_OF_A_BYTE
    }

    /// Returns its condition, followed by the conditions of its rules.
    pub(super) fn conditions(&self) -> impl Iterator<Item = &Condition> {
        [&self.condition].into_iter().chain(self.rule_conditions.iter().flatten())
    }
}

fn lineup(rule: &AssignmentRule, teams: &HashMap<ChosenId, Vec<SellerId>>) -> Lineup {
    match &rule.profile.candidates {
        Candidates::AnySeller => Lineup::Everybody,
        Candidates::Listed(sellers) => Lineup::Sellers(sellers.clone()),
        Candidates::Team(team) => Lineup::Sellers(teams.get(team).cloned().unwrap_or_default()),
        Candidates::Matching(_) => Lineup::Matching,
    }
}

/// Parses the condition over sellers of a rule. It can't fail with sound data, like the other one.
fn seller_condition(
    rule: &AssignmentRule,
    record_type: &RecordType,
    attributes: &SellerAttributes,
) -> Result<Option<Condition>, store::Error> {
    let Candidates::Matching(text) = &rule.profile.candidates else { return Ok(None) };
    let (table, column, id) = ("assignment_rule", "seller_condition", rule.id.0);
    let inconsistent = |_| store::Error::Inconsistent { table, column, id };
    let subject = attributes.subject_beside(record_type).as_saved();
    Condition::parse(text, &subject).map(Some).map_err(inconsistent)
}

/// Parses the condition of a rule. It can't fail with sound data: the condition was checked when it
/// was saved, and attribute types never change.
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
