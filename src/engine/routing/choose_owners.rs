//! Chooses the owners of records: whether the rules of their segments are run, what they need to
//! know, and who comes first.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::assignment::{
    Assignment, AssignmentRule, Lineup, Ownership, Ruling, Staff, Turns, assign,
};
use crate::domain::id::{AssignmentRuleId, OperationId, OrganizationId, SegmentId};
use crate::domain::segment::Placement;
use crate::engine::routing::routing_plan::Placed;
use crate::store::routing::operations::Assigning;
use crate::store::{self, routing, segments};

/// Why records are considered, and when.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine) struct Occasion {
    /// The operation that looks at them. `None`: they changed, or somebody asks.
    pub operation: Option<OperationId>,
    /// True if they are known to be those who have waited longest.
    pub oldest: bool,
    /// The present.
    pub now: DateTime<Utc>,
}

impl Occasion {
    /// They changed, or somebody asks.
    pub fn change(now: DateTime<Utc>) -> Self {
        Self { operation: None, oldest: false, now }
    }
}

/// True if an operation that isn't the one at work serves those members of a segment first who have
/// waited longer.
pub(in crate::engine) fn is_served(assigning: &[Assigning], segment: SegmentId, occasion: Occasion) -> bool {
    let of_segment = || assigning.iter().filter(|one| one.segment == segment);
    let serves = of_segment().any(|one| Some(one.operation) == occasion.operation);
    let before = |one: &Assigning| {
        let begins = one.start_time.is_none_or(|start| start <= occasion.now);
        // A newer one begins with the oldest again.
        begins && (!serves || occasion.operation.is_some_and(|own| own < one.operation))
    };
    !occasion.oldest && of_segment().any(before)
}

/// Runs the rules for a record that enters a segment, or that is in one without an owner.
pub(in crate::engine) fn own(
    one: &Placed<'_>,
    (shared_turns, older_first, now): (Option<AssignmentRuleId>, bool, DateTime<Utc>),
    staff: &mut Staff,
    turns: &mut BTreeMap<AssignmentRuleId, Turns>,
) -> Ownership {
    let Some(planned) = one.segment else { return Ownership::NotAsked };

    let owner = match one.placement {
        // Without an owner, so that the rules choose a new one.
        Placement::Taken { .. } if planned.segment.profile.reassign_on_resegmentation => None,
        Placement::Taken { .. } => return Ownership::RulesNotRun,
        Placement::Enters(_) | Placement::Moves { .. } => one.record.facts.owner,
        // Earlier the rules found nobody, or there were none.
        Placement::Stays(_) if one.record.facts.owner.is_none() => None,
        Placement::Stays(_) | Placement::Leaves(_) | Placement::Outside => return Ownership::NotAsked,
    };

    let (rules, lineups, matches) = (&planned.rules[..], &planned.lineups[..], &one.rule_matches[..]);
    let matching = one.matching.as_deref();
    let ruling = Ruling { rules, lineups, matches, matching, shared_turns, older_first, now };
    // A record that looks for another owner doesn't weigh on its present one.
    let present = one.record.facts.owner.filter(|_| owner.is_none());
    present.into_iter().for_each(|seller| staff.weigh(seller, -1));
    let decided = assign(ruling, owner, staff, turns);
    if !matches!(decided, Assignment::Assigned { .. }) {
        present.into_iter().for_each(|seller| staff.weigh(seller, 1));
    }

    match decided {
        // The rules chose the seller who already owns the record, so nothing changes.
        Assignment::Assigned { rule, seller, .. } if one.record.facts.owner == Some(seller) => {
            Ownership::Decided(Assignment::AlreadyOwned { rule, seller })
        }
        decided => Ownership::Decided(decided),
    }
}

/// True if rules may be run for a record: it enters a segment, or needs an owner.
pub(in crate::engine) fn asks_rules(one: &Placed<'_>) -> bool {
    !matches!(one.placement, Placement::Stays(_)) || one.record.facts.owner.is_none()
}

/// Returns the rules that may apply to records that enter a segment or need an owner, each once,
/// with their lineups.
pub(in crate::engine) fn ruled<'a>(
    placed: &'a [Placed<'a>],
) -> impl Iterator<Item = (&'a AssignmentRule, &'a Lineup)> {
    let asked = placed.iter().filter(|one| asks_rules(one)).filter_map(|one| one.segment);
    let segments: BTreeMap<SegmentId, _> = asked.map(|planned| (planned.segment.id, planned)).collect();
    segments.into_values().flat_map(|planned| planned.rules.iter().zip(&planned.lineups))
}

pub(in crate::engine) async fn load_turns(
    conn: &mut PgConnection,
    (organization, shared): (OrganizationId, Option<AssignmentRuleId>),
    rules: &[(&AssignmentRule, &Lineup)],
) -> Result<BTreeMap<AssignmentRuleId, Turns>, store::Error> {
    if rules.is_empty() {
        return Ok(BTreeMap::new());
    }
    let keys: Vec<Uuid> = match shared {
        Some(shared) => vec![shared.0],
        None => rules.iter().map(|(rule, _)| rule.id.0).collect(),
    };
    segments::rules::turns(conn, organization, &keys).await
}

pub(in crate::engine) async fn load_assigning(
    conn: &mut PgConnection,
    organization: OrganizationId,
    rules: &[(&AssignmentRule, &Lineup)],
) -> Result<Vec<Assigning>, store::Error> {
    // Without a rule there is nothing to wait for.
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    routing::operations::assigning(conn, organization).await
}
