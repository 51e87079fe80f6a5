//! Finds the enrollments whose sequence has reached its goal. Part of the transactions that change
//! records.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::case::Case;
use crate::domain::condition::Condition;
use crate::domain::id::{EnrollmentId, OrganizationId, RecordId};
use crate::engine::frame::core::Core;
use crate::store;
use crate::store::answers::{self, Question};
use crate::store::records::{self, Fields};

impl Core {
    /// Returns which of these open cases have reached their goal. Their records must be locked, and
    /// their changes saved.
    pub(in crate::engine) async fn reached_goals(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        cases: &[Case],
        now: DateTime<Utc>,
    ) -> Result<BTreeSet<EnrollmentId>, store::Error> {
        let with_goal = cases.iter().filter(|case| !case.facts.exit_criteria.goal_condition.is_empty());
        let with_goal: Vec<&Case> = with_goal.collect();
        let of_records: BTreeSet<RecordId> = with_goal.iter().map(|case| case.enrollment.record).collect();
        let types = records::types::of_records(conn, organization, &Vec::from_iter(of_records)).await?;

        let mut reached = BTreeSet::new();
        for (record_type, records) in types {
            let own = with_goal.iter().filter(|case| records.contains(&case.enrollment.record));
            reached.extend(ask(conn, &Fields { record_type: &record_type, now }, own.copied()).await?);
        }
        Ok(reached)
    }
}

/// Asks each case's record about the goal of its sequence. All records are of one type.
async fn ask(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    cases: impl Iterator<Item = &Case>,
) -> Result<Vec<EnrollmentId>, store::Error> {
    let mut by_goal: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    cases.for_each(|case| by_goal.entry(&case.facts.exit_criteria.goal_condition).or_default().push(case));

    // A goal that doesn't fit the type any more is never reached.
    let subject = source.record_type.subject().as_saved();
    let goals = by_goal.values().filter_map(|cases| {
        let goal = cases.first()?.facts.exit_criteria.goal(&subject)?;
        Some((goal, cases.as_slice()))
    });
    let goals: Vec<(Condition, &[&Case])> = goals.collect();
    let questions =
        goals.iter().map(|(goal, cases)| Question { records: records_of(cases), groups: vec![vec![goal]] });
    let questions: Vec<Question<'_>> = questions.collect();

    let answers: Vec<HashMap<RecordId, Vec<usize>>> = answers::ask(conn, source, &questions).await?;
    let matching = goals.iter().zip(&answers).flat_map(|((_, cases), answer)| {
        cases.iter().filter(|case| answer.contains_key(&case.enrollment.record))
    });
    Ok(matching.map(|case| case.enrollment.id).collect())
}

fn records_of(cases: &[&Case]) -> Vec<RecordId> {
    cases.iter().map(|case| case.enrollment.record).collect()
}
