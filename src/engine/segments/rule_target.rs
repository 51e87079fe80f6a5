//! The first steps of every verb of an assignment rule: lock, check the version, check the sellers
//! and the limit.

use crate::domain::assignment::{AssignmentRule, Candidates, Profile};
use crate::domain::condition::{Condition, Subject};
use crate::domain::id::SellerId;
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::refusal::Refusal;
use crate::domain::segment::Segment;
use crate::domain::seller_attributes;
use crate::domain::settings::Limits;
use crate::domain::version::Version;
use crate::domain::violation::Violations;
use crate::engine::{Error, Kind, SegmentTarget, Write};
use crate::store::{segments, tenants};

/// A rule as a request names it.
#[derive(Clone, Debug)]
pub struct RuleTarget {
    /// The id of its segment.
    pub segment_id: String,
    /// Its id.
    pub assignment_rule_id: String,
    /// The version that the caller saw, if it sent an etag.
    pub expected_version: Option<Version>,
}

/// Who may get the records of a rule, as a request names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CandidateNames {
    /// Every seller.
    AnySeller,
    /// The sellers with these ids, in the order of their first turns.
    Listed(Vec<String>),
    /// The members of the team with this id.
    Team(String),
    /// The sellers who match this condition.
    Matching(String),
}

impl RuleTarget {
    fn name(&self) -> String {
        names::RULE.name([&self.segment_id, &self.assignment_rule_id])
    }
}

impl Write {
    /// Locks the rule's segment and reads the rule. The segment's lock protects its rules.
    ///
    /// # Errors
    /// Missing, for the rule even if the segment doesn't exist; Stale.
    pub(in crate::engine) async fn lock_rule(
        &mut self,
        target: &RuleTarget,
    ) -> Result<(Segment, AssignmentRule), Error> {
        let missing = || Error::Missing { kind: Kind::AssignmentRule, name: target.name() };
        // The caller's etag is that of the rule, not of the segment.
        let segment = SegmentTarget { segment_id: target.segment_id.clone(), expected_version: None };
        let segment = self.lock_segment(&segment).await.map_err(|error| match error {
            Error::Missing { .. } => missing(),
            other => other,
        })?;

        let (organization, id) = (self.organization(), &target.assignment_rule_id);
        let found = segments::rules::find(self.conn(), organization, segment.id, id).await?;
        let rule = found.ok_or_else(missing)?;
        let current = Version::of(rule.id.0, rule.version);
        Error::if_stale(target.expected_version, current, || target.name())?;
        self.sees(rule.id.0).await?;
        Ok((segment, rule))
    }

    /// Returns the candidates with these names, or a violation with a path like `listed.sellers[1]`
    /// or `team` for each one that doesn't exist or comes twice. `subject` is that of a condition
    /// over sellers. The organization must be locked, so that the team and the attributes stay.
    pub(in crate::engine) async fn candidates(
        &mut self,
        names: CandidateNames,
        subject: &Subject,
    ) -> Result<Result<Candidates, Violations>, Error> {
        let organization = self.organization();
        Ok(match names {
            CandidateNames::AnySeller => Ok(Candidates::AnySeller),
            CandidateNames::Listed(ids) => {
                let keys = tenants::sellers::keys(self.conn(), organization, &ids).await?;
                listed(&ids, |id| keys.get(id).copied()).map(Candidates::Listed)
            }
            CandidateNames::Matching(text) => {
                let checked = seller_attributes::check_condition(&text, subject);
                checked.map(|_| Candidates::Matching(text))
            }
            CandidateNames::Team(id) => match tenants::teams::find(self.conn(), organization, &id).await? {
                Some(team) => Ok(Candidates::Team(team.team_id)),
                None => {
                    let description =
                        format!("must be an existing team: {} doesn't exist", names::TEAM.name([&id]));
                    Err(Violations::one("team", Reason::ReferenceNotFound, description))
                }
            },
        })
    }

    /// Queues the operation that saves what records refer to, if a rule's conditions read related
    /// records. The subjects are those of its condition and of one over sellers.
    pub(in crate::engine) async fn queue_references_of(
        &mut self,
        segment: &Segment,
        profile: &Profile,
        (subject, over_sellers): (&Subject, &Subject),
    ) -> Result<(), Error> {
        // Both were checked. A rule without a condition has an empty one, which isn't sound.
        let own = Condition::parse(&profile.condition, subject).map(|own| own.related_fields());
        let mut read = own.unwrap_or_default();
        if let Candidates::Matching(text) = &profile.candidates {
            let matching = Condition::parse(text, over_sellers);
            read.extend(matching.map(|one| one.related_fields_of_record()).unwrap_or_default());
        }
        self.queue_references(segment, &read).await
    }

    /// Refuses one more enabled rule if the segment has its maximum. The segment must be locked.
    pub(in crate::engine) async fn check_rule_limit(
        &mut self,
        segment: &Segment,
        limits: &Limits,
    ) -> Result<(), Error> {
        let organization = self.organization();
        let (_, working) = segments::rules::count(self.conn(), organization, segment.id).await?;
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
            None => {
                let description =
                    format!("must be an existing seller: {} doesn't exist", names::SELLER.name([id]));
                found.push(field, Reason::ReferenceNotFound, description);
            }
            Some(seller) if listed.contains(&seller) => {
                let description =
                    format!("duplicate {}: a seller can be listed once", names::SELLER.name([id]));
                found.push(field, Reason::FieldInvalid, description);
            }
            Some(seller) => listed.push(seller),
        }
    }

    found.into_result(listed)
}
