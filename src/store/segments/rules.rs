//! Assignment rules, and the turns of their sellers.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::{FromRow, PgConnection};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::assignment::{AssignmentRule, Candidates, Distribution, Profile, Turns};
use crate::domain::id::{AssignmentRuleId, ChosenId, OrganizationId, SegmentId, SellerId};
use crate::store::{Error, statement};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT organization_id, id, segment_id, assignment_rule_id, display_name, condition,
               candidates, listed_seller_ids, distribution, respect_capacity, available_within_hours,
               priority, disabled, version, create_time, update_time, seller_condition,
               (SELECT team.team_id FROM team
                WHERE team.organization_id = $1
                  AND team.id = assignment_rule.team_id) AS team
             FROM assignment_rule WHERE organization_id = $1 ",
            $rest
        )
    };
}

/// The words of the candidates.
const ANY_SELLER: &str = "ANY_SELLER";
const LISTED: &str = "LISTED";
const TEAM: &str = "TEAM";
const MATCHING: &str = "MATCHING";

/// Adds a rule. Returns false, and adds nothing, if the id is taken.
pub async fn insert(conn: &mut PgConnection, rule: &AssignmentRule) -> Result<bool, Error> {
    let inserted: Option<Uuid> = sqlx::query_scalar(
        "INSERT INTO assignment_rule (organization_id, id, segment_id, assignment_rule_id,
           display_name, condition, listed_seller_ids, distribution, priority, disabled, version,
           create_time, update_time, candidates, respect_capacity, available_within_hours, team_id,
           seller_condition)
         SELECT organization.organization_id, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
           $16, (SELECT id FROM team WHERE organization_id = $1 AND team_id = $17), $18
         FROM organization WHERE organization.organization_id = $1
         ON CONFLICT (organization_id, segment_id, assignment_rule_id) DO NOTHING
         RETURNING id",
    )
    .bind(rule.organization.0)
    .bind(rule.id.0)
    .bind(rule.segment.0)
    .bind(rule.assignment_rule_id.as_str())
    .bind(&rule.profile.display_name)
    .bind(&rule.profile.condition)
    .bind(listed(rule))
    .bind(rule.profile.distribution.as_str())
    .bind(rule.priority)
    .bind(rule.profile.disabled)
    .bind(rule.version)
    .bind(rule.create_time)
    .bind(rule.update_time)
    .bind(word(&rule.profile.candidates))
    .bind(rule.profile.respect_capacity)
    .bind(rule.profile.available_within_hours)
    .bind(team(rule))
    .bind(seller_condition(rule))
    .fetch_optional(conn)
    .instrument(statement::span::of("rules.insert"))
    .await?;

    Ok(inserted.is_some())
}

/// Updates a rule, except for its id and priority. Its segment must be locked.
pub async fn update(conn: &mut PgConnection, rule: &AssignmentRule) -> Result<(), Error> {
    let written: Option<Uuid> = sqlx::query_scalar(
        "UPDATE assignment_rule
         SET display_name = $3, condition = $4, listed_seller_ids = $5, disabled = $6, version = $7,
           update_time = $8, distribution = $9, candidates = $10, respect_capacity = $11,
           available_within_hours = $12,
           team_id = (SELECT id FROM team WHERE organization_id = $1 AND team_id = $13),
           seller_condition = $14
         WHERE organization_id = $1 AND id = $2 RETURNING id",
    )
    .bind(rule.organization.0)
    .bind(rule.id.0)
    .bind(&rule.profile.display_name)
    .bind(&rule.profile.condition)
    .bind(listed(rule))
    .bind(rule.profile.disabled)
    .bind(rule.version)
    .bind(rule.update_time)
    .bind(rule.profile.distribution.as_str())
    .bind(word(&rule.profile.candidates))
    .bind(rule.profile.respect_capacity)
    .bind(rule.profile.available_within_hours)
    .bind(team(rule))
    .bind(seller_condition(rule))
    .fetch_optional(conn)
    .instrument(statement::span::of("rules.update"))
    .await?;

    statement::reading::check_written(written, "assignment_rule", rule.id.0)
}

/// Deletes a rule and its turns. Its segment and the routing row must be locked.
pub async fn delete(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: AssignmentRuleId,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM assignment_turn WHERE organization_id = $1 AND assignment_rule_id = $2")
        .bind(organization.0)
        .bind(id.0)
        .execute(&mut *conn)
        .instrument(statement::span::of("rules.delete"))
        .await?;

    let deleted: Option<Uuid> =
        sqlx::query_scalar("DELETE FROM assignment_rule WHERE organization_id = $1 AND id = $2 RETURNING id")
            .bind(organization.0)
            .bind(id.0)
            .fetch_optional(conn)
            .instrument(statement::span::of("rules.delete"))
            .await?;
    statement::reading::check_written(deleted, "assignment_rule", id.0)
}

/// Reads a rule by key.
pub async fn get(
    conn: &mut PgConnection,
    organization: OrganizationId,
    id: AssignmentRuleId,
) -> Result<Option<AssignmentRule>, Error> {
    let row: Option<Row> = sqlx::query_as(select!("AND id = $2"))
        .bind(organization.0)
        .bind(id.0)
        .fetch_optional(conn)
        .instrument(statement::span::of("rules.get"))
        .await?;
    row.map(AssignmentRule::try_from).transpose()
}

/// Reads a rule of a segment by the id that the caller chose.
pub async fn find(
    conn: &mut PgConnection,
    organization: OrganizationId,
    segment: SegmentId,
    id: &str,
) -> Result<Option<AssignmentRule>, Error> {
    let row: Option<Row> = sqlx::query_as(select!("AND segment_id = $2 AND assignment_rule_id = $3"))
        .bind(organization.0)
        .bind(segment.0)
        .bind(id)
        .fetch_optional(conn)
        .instrument(statement::span::of("rules.find"))
        .await?;
    row.map(AssignmentRule::try_from).transpose()
}

/// Returns at most `limit` rules of a segment in the order of their priorities, after priority
/// `after`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    segment: SegmentId,
    after: i32,
    limit: i64,
) -> Result<Vec<AssignmentRule>, Error> {
    let rows: Vec<Row> =
        sqlx::query_as(select!("AND segment_id = $2 AND priority > $3 ORDER BY priority, id LIMIT $4"))
            .bind(organization.0)
            .bind(segment.0)
            .bind(after)
            .bind(limit)
            .fetch_all(conn)
            .instrument(statement::span::of("rules.page"))
            .await?;
    rows.into_iter().map(AssignmentRule::try_from).collect()
}

/// Returns the enabled rules of these segments in the order in which routing tries them.
pub async fn enabled(
    conn: &mut PgConnection,
    organization: OrganizationId,
    segments: &[Uuid],
) -> Result<Vec<AssignmentRule>, Error> {
    let rows: Vec<Row> = sqlx::query_as(select!(
        "AND segment_id = ANY ($2) AND NOT disabled ORDER BY segment_id, priority, id"
    ))
    .bind(organization.0)
    .bind(segments)
    .fetch_all(conn)
    .instrument(statement::span::of("rules.enabled"))
    .await?;
    rows.into_iter().map(AssignmentRule::try_from).collect()
}

/// What an enabled rule must have to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Nothing.
    Any,
    /// It respects capacity.
    Capacity,
    /// It respects availability.
    Availability,
    /// Its candidates are those who match a condition.
    Condition,
}

/// Returns the keys of the segments that have an enabled rule of this kind which may choose one of
/// these sellers.
pub async fn segments_choosing(
    conn: &mut PgConnection,
    organization: OrganizationId,
    sellers: &[Uuid],
    asking: Asking,
) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar(
        "SELECT DISTINCT segment_id FROM assignment_rule
         WHERE organization_id = $1 AND NOT disabled
           AND (NOT $3 OR respect_capacity) AND (NOT $4 OR available_within_hours IS NOT NULL)
           AND (NOT $5 OR candidates = 'MATCHING')
           AND (candidates IN ('ANY_SELLER', 'MATCHING') OR listed_seller_ids && $2 OR EXISTS (
             SELECT FROM team
             WHERE team.organization_id = $1 AND team.id = assignment_rule.team_id
               AND team.member_ids && $2))
         ORDER BY segment_id",
    )
    .bind(organization.0)
    .bind(sellers)
    .bind(asking == Asking::Capacity)
    .bind(asking == Asking::Availability)
    .bind(asking == Asking::Condition)
    .fetch_all(conn)
    .instrument(statement::span::of("rules.segments_choosing"))
    .await?)
}

/// Returns the keys of the segments that have an enabled rule which respects availability, or one
/// whose candidates are this team.
pub async fn segments_timed_or_of_team(
    conn: &mut PgConnection,
    organization: OrganizationId,
    team: Option<Uuid>,
) -> Result<Vec<Uuid>, Error> {
    Ok(sqlx::query_scalar(
        "SELECT DISTINCT segment_id FROM assignment_rule
         WHERE organization_id = $1 AND NOT disabled AND (available_within_hours IS NOT NULL OR team_id = $2)
         ORDER BY segment_id",
    )
    .bind(organization.0)
    .bind(team)
    .fetch_all(conn)
    .instrument(statement::span::of("rules.segments_timed_or_of_team"))
    .await?)
}

/// Counts the rules of a segment, and those of them that are enabled. The segment must be locked.
pub async fn count(
    conn: &mut PgConnection,
    organization: OrganizationId,
    segment: SegmentId,
) -> Result<(i32, i64), Error> {
    Ok(sqlx::query_as(
        "SELECT coalesce(max(priority), 0), count(*) FILTER (WHERE NOT disabled)
         FROM assignment_rule WHERE organization_id = $1 AND segment_id = $2",
    )
    .bind(organization.0)
    .bind(segment.0)
    .fetch_one(conn)
    .instrument(statement::span::of("rules.count"))
    .await?)
}

/// Returns the latest turns of these rules. The routing row must be locked.
pub async fn turns(
    conn: &mut PgConnection,
    organization: OrganizationId,
    rules: &[Uuid],
) -> Result<BTreeMap<AssignmentRuleId, Turns>, Error> {
    let rows: Vec<(Uuid, Uuid, i64)> = sqlx::query_as(
        "SELECT assignment_rule_id, seller_id, turn FROM assignment_turn
         WHERE organization_id = $1 AND assignment_rule_id = ANY ($2)
         ORDER BY assignment_rule_id, seller_id",
    )
    .bind(organization.0)
    .bind(rules)
    .fetch_all(conn)
    .instrument(statement::span::of("rules.turns"))
    .await?;

    let mut turns: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (rule, seller, turn) in rows {
        turns.entry(AssignmentRuleId(rule)).or_default().push((SellerId(seller), turn));
    }

    Ok(turns.into_iter().map(|(rule, last)| (rule, Turns::new(last))).collect())
}

/// Saves the turns that were taken. The routing row must be locked.
pub async fn save_turns(
    conn: &mut PgConnection,
    organization: OrganizationId,
    turns: &BTreeMap<AssignmentRuleId, Turns>,
) -> Result<(), Error> {
    let (mut rules, mut sellers, mut numbers) = (Vec::new(), Vec::new(), Vec::new());
    for (rule, turns) in turns {
        for (seller, number) in turns.taken() {
            rules.push(rule.0);
            sellers.push(seller.0);
            numbers.push(number);
        }
    }
    if rules.is_empty() {
        return Ok(());
    }

    sqlx::query(
        "INSERT INTO assignment_turn (organization_id, assignment_rule_id, seller_id, turn)
         SELECT $1, taken.assignment_rule_id, taken.seller_id, taken.turn
         FROM unnest($2::uuid[], $3::uuid[], $4::bigint[])
           AS taken (assignment_rule_id, seller_id, turn)
         ON CONFLICT (organization_id, assignment_rule_id, seller_id) DO UPDATE
           SET turn = excluded.turn",
    )
    .bind(organization.0)
    .bind(&rules)
    .bind(&sellers)
    .bind(&numbers)
    .execute(conn)
    .instrument(statement::span::of("rules.save_turns"))
    .await?;
    Ok(())
}

fn word(candidates: &Candidates) -> &'static str {
    match candidates {
        Candidates::AnySeller => ANY_SELLER,
        Candidates::Listed(_) => LISTED,
        Candidates::Team(_) => TEAM,
        Candidates::Matching(_) => MATCHING,
    }
}

fn listed(rule: &AssignmentRule) -> Vec<Uuid> {
    match &rule.profile.candidates {
        Candidates::Listed(sellers) => sellers.iter().map(|seller| seller.0).collect(),
        Candidates::AnySeller | Candidates::Team(_) | Candidates::Matching(_) => Vec::new(),
    }
}

fn team(rule: &AssignmentRule) -> Option<&str> {
    match &rule.profile.candidates {
        Candidates::Team(team) => Some(team.as_str()),
        Candidates::AnySeller | Candidates::Listed(_) | Candidates::Matching(_) => None,
    }
}

fn seller_condition(rule: &AssignmentRule) -> Option<&str> {
    match &rule.profile.candidates {
        Candidates::Matching(condition) => Some(condition),
        Candidates::AnySeller | Candidates::Listed(_) | Candidates::Team(_) => None,
    }
}

#[derive(FromRow)]
struct Row {
    organization_id: Uuid,
    id: Uuid,
    segment_id: Uuid,
    assignment_rule_id: String,
    display_name: String,
    condition: String,
    candidates: String,
    listed_seller_ids: Vec<Uuid>,
    team: Option<String>,
    seller_condition: Option<String>,
    distribution: String,
    respect_capacity: bool,
    available_within_hours: Option<i32>,
    priority: i32,
    disabled: bool,
    version: i64,
    create_time: DateTime<Utc>,
    update_time: DateTime<Utc>,
}

impl TryFrom<Row> for AssignmentRule {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let inconsistent = |column| Error::Inconsistent { table: "assignment_rule", column, id: row.id };
        let listed = row.listed_seller_ids.into_iter().map(SellerId).collect();
        let candidates = match (row.candidates.as_str(), row.team, row.seller_condition) {
            (ANY_SELLER, ..) => Candidates::AnySeller,
            (LISTED, ..) => Candidates::Listed(listed),
            (TEAM, Some(team), _) => Candidates::Team(ChosenId::known(team)),
            (MATCHING, _, Some(condition)) => Candidates::Matching(condition),
            _ => return Err(inconsistent("candidates")),
        };
        let all = [Distribution::RoundRobin, Distribution::LoadBalancing];
        let distribution = all.into_iter().find(|one| one.as_str() == row.distribution);

        Ok(Self {
            organization: OrganizationId(row.organization_id),
            id: AssignmentRuleId(row.id),
            segment: SegmentId(row.segment_id),
            assignment_rule_id: ChosenId::known(row.assignment_rule_id),
            profile: Profile {
                display_name: row.display_name,
                condition: row.condition,
                candidates,
                distribution: distribution.ok_or_else(|| inconsistent("distribution"))?,
                respect_capacity: row.respect_capacity,
                available_within_hours: row.available_within_hours,
                disabled: row.disabled,
            },
            priority: row.priority,
            version: row.version,
            create_time: row.create_time,
            update_time: row.update_time,
        })
    }
}
