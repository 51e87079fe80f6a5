//! The part of SegmentService that handles assignment rules.

use std::collections::{BTreeSet, HashMap};

use tonic::Status;
use uuid::Uuid;

use crate::api::call::Call;
use crate::api::convert::segment as convert;
use crate::api::{Api, etag, pb, update_mask};
use crate::domain::assignment::{self, AssignmentRule, Candidates};
use crate::domain::id::{AssignmentRuleId, ChosenId, SellerId};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::seller_attributes;
use crate::domain::violation::Violations;
use crate::engine::{CreateAssignmentRule, Error, Kind, RulePatch, RuleTarget, UpdateAssignmentRule};
use crate::store::{records, segments, tenants};

/// The fields that an update can set.
const UPDATABLE: &[&str] = &[
    "display_name",
    "condition",
    "listed",
    "any_seller",
    "team",
    "seller_condition",
    "distribution",
    "respect_capacity",
    "available_within_hours",
    "disabled",
];
/// Of these, the ways to say who may get a record.
const CANDIDATES: [&str; 4] = ["listed", "any_seller", "team", "seller_condition"];
/// Fields that an update mask may name but must not change.
const FIXED: &[&str] = &["priority"];

impl Api {
    pub(super) async fn make_rule(
        &self,
        call: &Call,
        mut message: pb::CreateAssignmentRuleRequest,
    ) -> Result<pb::AssignmentRule, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let rule_id = found.keep_once(names::new_id("assignment_rule_id", &message.assignment_rule_id));
        let segment_id = found.keep_once(names::SEGMENT.parse("parent", &message.parent));
        let given = message.assignment_rule.is_some();
        let rule = message.assignment_rule.unwrap_or_default();
        if given && rule.candidates.is_none() {
            let description = "must be given: one of listed, any_seller, team, seller_condition";
            found.push("assignment_rule.candidates", Reason::FieldRequired, description);
        }
        let candidates = found.keep("assignment_rule", convert::candidates(rule.candidates.as_ref()));
        if !found.is_empty() {
            found.extend_under("assignment_rule", self.rule_problems(call, &message.parent, &rule).await?);
        }
        let distribution = convert::distribution(rule.distribution());
        let (rule_id, [segment_id], candidates) =
            found.settle((rule_id, segment_id, candidates.flatten()))?;

        let command = CreateAssignmentRule {
            segment_id: segment_id.to_owned(),
            assignment_rule_id: rule_id,
            display_name: rule.display_name,
            condition: rule.condition,
            candidates,
            distribution,
            respect_capacity: rule.respect_capacity.unwrap_or_default(),
            available_within_hours: rule.available_within_hours,
            priority: Some(rule.priority).filter(|priority| *priority > 0),
            disabled: rule.disabled.unwrap_or_default(),
        };
        let created = self.engine.create_assignment_rule(&call.request(repetition), command).await;
        let id = created.map_err(|error| error.under("assignment_rule"))?;
        self.rule(call, segment_id, id).await
    }

    pub(super) async fn read_rule(&self, call: &Call, name: &str) -> Result<pb::AssignmentRule, Status> {
        let [segment_id, rule_id] = names::RULE.parse("name", name)?;
        let missing = || Error::Missing { kind: Kind::AssignmentRule, name: name.to_owned() };
        let mut conn = self.read(call.organization()).await?;
        let segment = crate::store::segments::find(&mut conn, call.organization(), segment_id).await?;
        let segment = segment.ok_or_else(missing)?.id;
        let rule = segments::rules::find(&mut conn, call.organization(), segment, rule_id).await?;
        drop(conn);
        let rule = rule.ok_or_else(missing)?;
        let sellers = self.listed_ids(call, std::slice::from_ref(&rule)).await?;
        Ok(convert::rule(&rule, segment_id, &sellers))
    }

    pub(super) async fn list_rules(
        &self,
        call: &Call,
        message: pb::ListAssignmentRulesRequest,
    ) -> Result<pb::ListAssignmentRulesResponse, Status> {
        let mut found = Violations::new();
        let segment_id = found.keep_once(names::SEGMENT.parse_id("parent", &message.parent));
        let parts = [("parent", segment_id.as_deref().unwrap_or_default())];
        let page = found.keep("", call.page::<i32>(message.page_size, &message.page_token, &parts));
        let (page, segment_id) = found.settle((page, segment_id))?;

        let segment = self.find_segment(call, "parent", &message.parent).await?.segment.id;
        let (organization, last) = (call.organization(), page.after.unwrap_or_default());
        let mut conn = self.read(call.organization()).await?;
        let rows = segments::rules::page(&mut conn, organization, segment, last, page.limit()).await?;
        drop(conn);
        // Sellers of all rules are read at once, after the connection was given back.
        let sellers = self.listed_ids(call, &rows).await?;
        let show = |rule: &AssignmentRule| convert::rule(rule, &segment_id, &sellers);
        let (assignment_rules, next_page_token) = page.fill(&rows.into(), show, |last| last.priority);
        Ok(pb::ListAssignmentRulesResponse { assignment_rules, next_page_token })
    }

    pub(super) async fn change_rule(
        &self,
        call: &Call,
        mut message: pb::UpdateAssignmentRuleRequest,
    ) -> Result<pb::AssignmentRule, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let rule = message.assignment_rule.unwrap_or_default();
        let mask = message.update_mask.as_ref();
        let fields = found.keep("", update_mask::fields_or_fixed(&rule, mask, UPDATABLE, FIXED));
        let name = found.keep_once(names::RULE.parse("assignment_rule.name", &rule.name));
        let candidates = found.keep("assignment_rule", convert::candidates(rule.candidates.as_ref()));
        let sets = |field: &str| fields.as_ref().is_some_and(|fields| fields.has(field));
        let named = CANDIDATES.iter().filter(|field| sets(field));
        for lacking in named.clone().filter(|field| **field != given(rule.candidates.as_ref())) {
            let field = format!("assignment_rule.{lacking}");
            found.push(field, Reason::FieldRequired, "must be given: the update mask names it");
        }
        let replaced = named.count() > 0;
        let patch = RulePatch {
            display_name: sets("display_name").then(|| rule.display_name.clone()),
            condition: sets("condition").then(|| rule.condition.clone()),
            candidates: candidates.flatten().filter(|_| replaced),
            distribution: sets("distribution").then(|| convert::distribution(rule.distribution())),
            respect_capacity: sets("respect_capacity").then_some(rule.respect_capacity.unwrap_or_default()),
            available_within_hours: sets("available_within_hours").then_some(rule.available_within_hours),
            disabled: sets("disabled").then_some(rule.disabled.unwrap_or_default()),
        };
        let priority = Some(rule.priority).filter(|given| *given > 0 && sets("priority"));
        let name = found.settle(name)?;

        let target = rule_target(name, &rule.etag);
        let command = UpdateAssignmentRule { target, patch, priority };
        let updated = self.engine.update_assignment_rule(&call.request(repetition), command).await;
        let id = updated.map_err(|error| error.under("assignment_rule"))?;
        let [segment_id, _] = name;
        self.rule(call, segment_id, id).await
    }

    pub(super) async fn remove_rule(
        &self,
        call: &Call,
        mut message: pb::DeleteAssignmentRuleRequest,
    ) -> Result<(), Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let name = found.keep_once(names::RULE.parse("name", &message.name));
        let name = found.settle(name)?;

        let target = rule_target(name, &message.etag);
        Ok(self.engine.delete_assignment_rule(&call.request(repetition), target).await?)
    }

    pub(super) async fn move_rule(
        &self,
        call: &Call,
        mut message: pb::MoveAssignmentRuleRequest,
    ) -> Result<pb::AssignmentRule, Status> {
        let (repetition, mut found) = call.check(&mut message, |message| &mut message.request_id);
        let name = found.keep_once(names::RULE.parse("name", &message.name));
        let name = found.settle(name)?;

        let target = rule_target(name, &message.etag);
        let request = call.request(repetition);
        let id = self.engine.move_assignment_rule(&request, target, message.priority).await?;
        let [segment_id, _] = name;
        self.rule(call, segment_id, id).await
    }

    /// A rule of the segment with this id, by key.
    async fn rule(
        &self,
        call: &Call,
        segment_id: &str,
        id: AssignmentRuleId,
    ) -> Result<pb::AssignmentRule, Status> {
        let rule = segments::rules::get(&mut *self.read(call.organization()).await?, call.organization(), id)
            .await?;
        let rule = rule.ok_or_else(|| Error::Missing { kind: Kind::AssignmentRule, name: id.to_string() })?;
        let sellers = self.listed_ids(call, std::slice::from_ref(&rule)).await?;
        Ok(convert::rule(&rule, segment_id, &sellers))
    }

    /// The chosen ids of the sellers in the rules.
    async fn listed_ids(
        &self,
        call: &Call,
        rules: &[AssignmentRule],
    ) -> Result<HashMap<SellerId, ChosenId>, Status> {
        let listed = |rule: &AssignmentRule| match &rule.profile.candidates {
            Candidates::Listed(sellers) => sellers.iter().map(|seller| seller.0).collect(),
            Candidates::AnySeller | Candidates::Team(_) | Candidates::Matching(_) => Vec::new(),
        };
        let keys: BTreeSet<Uuid> = rules.iter().flat_map(listed).collect();
        let keys: Vec<Uuid> = keys.into_iter().collect();
        Ok(tenants::sellers::chosen_ids(
            &mut *self.read(call.organization()).await?,
            call.organization(),
            &keys,
        )
        .await?)
    }

    /// Further violations in the texts of a new rule, for a request that is refused anyway.
    async fn rule_problems(
        &self,
        call: &Call,
        parent: &str,
        rule: &pb::AssignmentRule,
    ) -> Result<Violations, Status> {
        let organization = self.own_organization(call).await?;
        let limits = organization.settings.limits;
        // Without the segment only the display name can be checked, because conditions depend on
        // the record type.
        let Ok(shown) = self.find_segment(call, "parent", parent).await else {
            return Ok(limits.check_display_name("display_name", &rule.display_name));
        };

        let key = shown.segment.record_type.0;
        let types =
            records::types::by_keys(&mut *self.read(call.organization()).await?, call.organization(), &[key])
                .await?;
        let Some(of) = types.first() else { return Ok(Violations::new()) };
        let mut found = assignment::check(&rule.display_name, &rule.condition, &limits, &of.subject());
        if let Some(pb::assignment_rule::Candidates::SellerCondition(text)) = &rule.candidates {
            let subject = organization.seller_attributes.subject_beside(of);
            found.keep("", seller_attributes::check_condition(text, &subject));
        }
        Ok(found)
    }
}

/// The field that says who may get a record; empty if none does.
fn given(candidates: Option<&pb::assignment_rule::Candidates>) -> &'static str {
    match candidates {
        None => "",
        Some(pb::assignment_rule::Candidates::Listed(_)) => "listed",
        Some(pb::assignment_rule::Candidates::AnySeller(_)) => "any_seller",
        Some(pb::assignment_rule::Candidates::Team(_)) => "team",
        Some(pb::assignment_rule::Candidates::SellerCondition(_)) => "seller_condition",
    }
}

/// The rule that a request names, at the version that the caller saw.
fn rule_target([segment_id, rule_id]: [&str; 2], etag: &str) -> RuleTarget {
    RuleTarget {
        segment_id: segment_id.to_owned(),
        assignment_rule_id: rule_id.to_owned(),
        expected_version: etag::expected(etag),
    }
}
