//! Explains what routing would do with one record. Decides as routing does, and saves nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::assignment::{Lineup, Ownership};
use crate::domain::caller::Scope;
use crate::domain::case::Case;
use crate::domain::condition::{Condition, Join};
use crate::domain::explanation::{
    Absence, ExplainedCondition, ExplainedOwner, ExplainedPart, ExplainedRule, ExplainedSegment,
    ExplainedSequence, Explanation, absence, rule_verdicts, verdicts,
};
use crate::domain::id::{ChosenId, OrganizationId, RecordId, SellerId};
use crate::domain::names;
use crate::domain::record_type::RecordType;
use crate::domain::segment::Claim;
use crate::engine::routing::choose_owners::Occasion;
use crate::engine::routing::decide_records::{Considered, Outcome};
use crate::engine::routing::explain_related::related_values;
use crate::engine::routing::routing_plan::{Placed, PlannedSegment, TypePlan};
use crate::engine::{Engine, Error, Kind};
use crate::store::records::RecordRow;
use crate::store::{self, records, routing, segments, tenants, truths};

/// The most sellers who match a rule's condition that an explanation names.
const MATCHING_SHOWN: usize = 100;

impl Engine {
    /// Explains what routing would do now with a record in `scope`, given by the ids of its type
    /// and its own. Takes no locks, and reads everything from one state of the database.
    ///
    /// # Errors
    /// Missing: no such record in the scope. Store.
    pub async fn explain_record(
        &self,
        organization: OrganizationId,
        (record_type_id, record_id): (&str, &str),
        scope: Scope,
        now: DateTime<Utc>,
    ) -> Result<Explanation, Error> {
        let name = || names::RECORD.name([record_type_id, record_id]);
        let missing = || Error::Missing { kind: Kind::Record, name: name() };

        let mut held = self.store().read(organization).await?;
        let mut snapshot = held.snapshot().await?;
        let record_type = records::types::find(&mut snapshot, organization, record_type_id).await?;
        let record_type = record_type.ok_or_else(missing)?;
        let found = records::find(&mut snapshot, organization, record_type.id, record_id, scope).await?;
        let shown = found.ok_or_else(missing)?;
        Ok(self.explain(&mut snapshot, &record_type, (shown, scope), now).await?)
    }

    async fn explain(
        &self,
        conn: &mut PgConnection,
        record_type: &RecordType,
        (shown, scope): (RecordRow, Scope),
        now: DateTime<Utc>,
    ) -> Result<Explanation, store::Error> {
        let (organization, id) = (record_type.organization, shown.record.id);
        let source = records::Fields { record_type, now };
        let plan = self.core().routing_plans.load(conn, organization).await?;
        let sequences = routing::connected_sequences(conn, organization, &plan.connected()).await?;
        let loaded = routing::load_records(conn, organization, &[id]).await?;
        let occasion = Occasion::change(now);
        let considered =
            self.core().consider(conn, organization, &plan, &loaded, (sequences, occasion)).await?;
        let mut open = self.core().seen_cases(conn, organization, &considered.touched(), now).await?;
        let new_owner = |case: &Case| considered.new_owner(case.enrollment.record);
        self.core().time_for(conn, &mut open, new_owner).await?;
        let (_, outcomes) = self.core().decide_records(&considered, open, &BTreeSet::new(), now)?;

        let decided = considered.placed.first().zip(considered.ownerships.first()).zip(outcomes.first());
        // Records are loaded with an inner join to their organization, which exists.
        let ((placed, ownership), outcome) =
            decided.ok_or(store::Error::Inconsistent { table: "record", column: "id", id: id.0 })?;

        let of_type = plan.of_type(record_type.id);
        let (explained, absence) = match of_type {
            Some(of_type) => segments_of(conn, (&source, scope), of_type, placed).await?,
            None => (Vec::new(), absence(&[], !placed.record.closed, false)),
        };
        Ok(Explanation {
            state: shown.record.state,
            change_pending: records::changes::awaits(conn, organization, id).await?,
            problem: routing::set_aside::of_record(conn, organization, id).await?,
            placement: placed.placement,
            absence: placed.segment.is_none().then_some(absence),
            segments: explained,
            rules: rules_of(conn, (&source, scope), placed, *ownership).await?,
            owner: owner_of(conn, organization, &shown, *ownership).await?,
            sequence: sequence_of(conn, organization, &considered, placed, outcome).await?,
            exits: outcome.exits.clone(),
            record: (record_type.record_type_id.clone(), shown.record.record_id),
            current_segment: shown.segment,
        })
    }
}

/// Explains all active segments of a record's type, and why the record would be in none of them.
async fn segments_of(
    conn: &mut PgConnection,
    (source, scope): (&records::Fields<'_>, Scope),
    of_type: &TypePlan,
    placed: &Placed<'_>,
) -> Result<(Vec<ExplainedSegment>, Absence), store::Error> {
    let conditions: Vec<_> = of_type.segments.iter().map(|planned| &planned.condition).collect();
    let conditions = conditions_of(conn, (source, scope), placed.record.id, &conditions).await?;

    let claim = |(planned, condition): (&PlannedSegment, &ExplainedCondition)| Claim {
        segment: planned.segment.id,
        matches: condition.truth == Some(true),
        allow_resegmentation: planned.segment.profile.allow_resegmentation,
    };
    let claims: Vec<Claim> = of_type.segments.iter().zip(&conditions).map(claim).collect();
    let winner = placed.segment.map(|winner| winner.segment.id);
    let winner = winner.and_then(|winner| claims.iter().position(|claim| claim.segment == winner));
    let qualifies = !placed.record.closed;
    let verdicts = verdicts(&claims, winner, qualifies, of_type.switched_on);

    let explained = of_type.segments.iter().zip(conditions).zip(verdicts);
    let explained = explained.map(|((planned, condition), verdict)| ExplainedSegment {
        segment_id: planned.segment.segment_id.clone(),
        display_name: planned.segment.profile.display_name.clone(),
        priority: planned.segment.priority,
        condition,
        verdict,
    });
    Ok((explained.collect(), absence(&claims, qualifies, of_type.switched_on)))
}

/// Explains the rules of the segment that a record would be in.
async fn rules_of(
    conn: &mut PgConnection,
    (source, scope): (&records::Fields<'_>, Scope),
    placed: &Placed<'_>,
    ownership: Ownership,
) -> Result<Vec<ExplainedRule>, store::Error> {
    let Some(planned) = placed.segment else { return Ok(Vec::new()) };
    let conditions: Vec<_> = planned.rule_conditions.iter().flatten().collect();
    let mut conditions =
        conditions_of(conn, (source, scope), placed.record.id, &conditions).await?.into_iter();

    // A rule without a condition matches every record.
    let conditions: Vec<_> = planned
        .rule_conditions
        .iter()
        .map(|condition| condition.as_ref().and_then(|_| conditions.next()))
        .collect();
    let matches = |condition: &Option<ExplainedCondition>| {
        condition.as_ref().is_none_or(|condition| condition.truth == Some(true))
    };
    let matching: Vec<_> = planned
        .rules
        .iter()
        .zip(&conditions)
        .map(|(rule, condition)| (rule.id, matches(condition)))
        .collect();

    let (names, matching_count) = matching_sellers(conn, source.record_type.organization, placed).await?;
    let asked = placed.seller_condition().map(|(rule, _)| rule);
    let explained = planned.rules.iter().zip(conditions).zip(rule_verdicts(&matching, ownership));
    let explained = explained.map(|((rule, condition), verdict)| ExplainedRule {
        id: rule.id,
        assignment_rule_id: rule.assignment_rule_id.clone(),
        display_name: rule.profile.display_name.clone(),
        condition,
        verdict,
        matching: if asked == Some(rule.id) { names.clone() } else { Vec::new() },
        matching_count: if asked == Some(rule.id) { matching_count } else { 0 },
    });
    Ok(explained.collect())
}

/// Returns the first of the sellers who match for a record, and how many do.
async fn matching_sellers(
    conn: &mut PgConnection,
    organization: OrganizationId,
    placed: &Placed<'_>,
) -> Result<(Vec<ChosenId>, usize), store::Error> {
    let Some(Lineup::Sellers(sellers)) = placed.matching.as_deref() else { return Ok((Vec::new(), 0)) };
    let shown: Vec<_> = sellers.iter().take(MATCHING_SHOWN).map(|seller| seller.0).collect();
    let names = tenants::sellers::chosen_ids(conn, organization, &shown).await?;
    let names = shown.into_iter().filter_map(|key| names.get(&SellerId(key)).cloned());
    Ok((names.collect(), sellers.len()))
}

/// Explains conditions part by part.
async fn conditions_of(
    conn: &mut PgConnection,
    (source, scope): (&records::Fields<'_>, Scope),
    record: RecordId,
    conditions: &[&Condition],
) -> Result<Vec<ExplainedCondition>, store::Error> {
    let parted: Vec<(Join, Vec<Condition>)> = conditions.iter().map(|condition| condition.parts()).collect();
    let parts = parted.iter().flat_map(|(_, parts)| parts);
    let asked: Vec<&Condition> = conditions.iter().copied().chain(parts).collect();
    let truths = truths::of(conn, source, record, &asked).await?;
    let lacking = lacking(conn, source, record, &asked, &truths).await?;
    let related = related_values(conn, (source, scope), record, conditions).await?;

    let (wholes, parts) = truths.split_at(conditions.len());
    let mut parts = parts.iter();
    let explained = parted.into_iter().zip(wholes).map(|((join, of_one), truth)| {
        let part = |(part, truth): (&Condition, &Option<bool>)| ExplainedPart {
            text: part.text().to_owned(),
            truth: *truth,
            missing: match truth {
                None => part.fields_used().intersection(&lacking).cloned().collect(),
                Some(_) => Vec::new(),
            },
            related: related.iter().filter(|one| part.fields_used().contains(&one.field)).cloned().collect(),
        };
        let parts = of_one.iter().zip(parts.by_ref()).map(part).collect();
        ExplainedCondition { truth: *truth, join, parts }
    });
    Ok(explained.collect())
}

/// Returns the fields of conditions with an unknown truth that the record lacks.
async fn lacking(
    conn: &mut PgConnection,
    source: &records::Fields<'_>,
    record: RecordId,
    conditions: &[&Condition],
    truths: &[Option<bool>],
) -> Result<BTreeSet<String>, store::Error> {
    let unknown = conditions.iter().zip(truths).filter(|(_, truth)| truth.is_none());
    let names: BTreeSet<String> = unknown.flat_map(|(condition, _)| condition.fields_used()).collect();

    let subject = source.record_type.subject();
    let having: BTreeMap<String, Condition> = names
        .into_iter()
        .filter_map(|name| {
            let field = subject.field(&name)?;
            Some((name, Condition::having(&subject.variable, &field)))
        })
        .collect();
    let has = truths::of(conn, source, record, &having.values().collect::<Vec<_>>()).await?;
    Ok(having.into_keys().zip(has).filter(|(_, has)| *has != Some(true)).map(|(name, _)| name).collect())
}

async fn owner_of(
    conn: &mut PgConnection,
    organization: OrganizationId,
    shown: &RecordRow,
    ownership: Ownership,
) -> Result<ExplainedOwner, store::Error> {
    let current = shown.owner.clone();
    let owner = match ownership.new_owner() {
        None => current.clone(),
        Some(SellerId(key)) => {
            tenants::sellers::chosen_ids(conn, organization, &[key]).await?.into_values().next()
        }
    };
    Ok(ExplainedOwner { current, owner, ownership })
}

async fn sequence_of(
    conn: &mut PgConnection,
    organization: OrganizationId,
    considered: &Considered<'_>,
    placed: &Placed<'_>,
    outcome: &Outcome,
) -> Result<ExplainedSequence, store::Error> {
    let connected = placed.segment.and_then(|planned| planned.segment.connected_sequence);
    let name = match connected {
        None => None,
        Some(sequence) => segments::connections::sequence_name(conn, organization, sequence).await?,
    };
    let enrollment = connected.and_then(|sequence| considered.latest_enrollment(sequence, placed.record.id));
    Ok(ExplainedSequence { name, feeding: outcome.feeding, enrollment })
}
