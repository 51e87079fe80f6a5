//! What every verb of an assignment rule begins with.

use crate::domain::assignment::AssignmentRule;
use crate::domain::id::SellerId;
use crate::domain::names;
use crate::domain::refusal::{Reason, Refusal};
use crate::domain::segment::Segment;
use crate::domain::settings::Limits;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::{Error, Kind, SegmentTarget, Write};
use crate::store::{assignment_rules, sellers};

/// A rule as a request names it.
#[derive(Clone, Debug)]
pub struct RuleTarget {
    /// The chosen id of its segment.
    pub segment_id: String,
    /// The chosen id.
    pub assignment_rule_id: String,
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
}

impl RuleTarget {
    fn name(&self) -> String {
        names::RULE.name([&self.segment_id, &self.assignment_rule_id])
    }
}

impl Write {
    /// Locks the rule's segment, under which the rule changes; the rule must be as the caller saw
    /// it.
    pub(in crate::engine) async fn lock_rule(
        &mut self,
        target: &RuleTarget,
    ) -> Result<(Segment, AssignmentRule), Error> {
        let missing = || Error::Missing { kind: Kind::AssignmentRule, name: target.name() };
        let segment = SegmentTarget { segment_id: target.segment_id.clone(), expected_version: None };
        let segment = self.lock_segment(&segment).await.map_err(|error| match error {
            Error::Missing { .. } => missing(),
            other => other,
        })?;
        let organization = self.organization();
        let found =
            assignment_rules::find(self.conn(), organization, segment.id, &target.assignment_rule_id).await?;
        let rule = found.ok_or_else(missing)?;
        match target.expected_version {
            Some(expected) if expected != Version::of(rule.id.0, rule.version) => {
                Err(Error::Stale { name: target.name() })
            }
            _ => Ok((segment, rule)),
        }
    }

    /// The keys of listed sellers, each once; those that don't exist are violations like
    /// `listed.sellers[1]`.
    pub(in crate::engine) async fn listed_sellers(
        &mut self,
        ids: &[String],
    ) -> Result<Result<Vec<SellerId>, Violations>, Error> {
        let organization = self.organization();
        let keys = sellers::keys(self.conn(), organization, ids).await?;
        Ok(listed(ids, |id| keys.get(id).copied()))
    }

    /// Nothing if one more rule of the segment may work. The segment must be locked.
    pub(in crate::engine) async fn check_rule_limit(
        &mut self,
        segment: &Segment,
        limits: &Limits,
    ) -> Result<(), Error> {
        let organization = self.organization();
        let (_, working) = assignment_rules::count(self.conn(), organization, segment.id).await?;
        let value = i64::from(limits.active_rules_per_segment);
        if working >= value {
            return Err(Refusal::LimitExceeded { limit: "active_rules_per_segment", value }.into());
        }
        Ok(())
    }
}

fn listed(ids: &[String], key: impl Fn(&str) -> Option<SellerId>) -> Result<Vec<SellerId>, Violations> {
    let mut found = Violations::new();
    let mut listed = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let field = format!("listed.sellers[{index}]");
        match key(id) {
            None => found.push(
                field,
                Reason::ReferenceNotFound,
                format!("there is no {}", names::SELLER.name([id])),
            ),
            Some(seller) if listed.contains(&seller) => {
                found.push(
                    field,
                    Reason::FieldInvalid,
                    format!("must be listed once, {} stands before", names::SELLER.name([id])),
                );
            }
            Some(seller) => listed.push(seller),
        }
    }
    found.into_result(listed)
}
