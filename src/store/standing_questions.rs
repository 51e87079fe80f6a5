//! Asks conditions about ever new records, like those of all active segments about records that
//! changed. What a record may match is looked up by its values. The remaining tests are statements
//! that Postgres plans once.

use std::collections::{BTreeMap, HashMap};

use sqlx::{PgConnection, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::RecordId;
use crate::store::answers::{self, Answers, Question};
use crate::store::condition_sql::{Found, Lookup};
use crate::store::database::pool::Plans;
use crate::store::records::{CONDITION_TABLES, Fields};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// The most groups in a statement about records that may match some of them: Postgres prepares the
/// tests of all of them each time it runs.
const GROUPS: usize = 250;

/// Groups of conditions that are asked again and again. The others of a group are only tested if
/// its first one matches.
#[derive(Debug, Default)]
pub struct StandingQuestion {
    /// Finds groups by what their first conditions ask for.
    lookup: Lookup,
    /// The groups, ascending, that a value finds and that have more to test.
    tested: Vec<usize>,
}

impl StandingQuestion {
    /// Prepares to ask these groups about records of one type. Each has a first condition.
    pub fn of(groups: &[Vec<&Condition>], source: &Fields<'_>) -> Self {
        let firsts = groups.iter().filter_map(|group| group.first().copied());
        let lookup = Lookup::of(firsts, source);
        let is_tested = |place: &usize| {
            let decided = groups[*place].len() == 1 && !groups[*place][0].root().is_conjunction();
            !decided && lookup.rest().binary_search(place).is_err()
        };
        let tested = (0..groups.len()).filter(is_tested).collect();
        Self { lookup, tested }
    }

    /// Asks the groups, which must be the same as when this was prepared, about records.
    pub async fn ask(
        &self,
        conn: &mut PgConnection,
        source: &Fields<'_>,
        groups: &[Vec<&Condition>],
        records: &[RecordId],
    ) -> Result<Answers, Error> {
        let found = self.look_up(conn, source, records, false).await?;
        let places = Places::of(groups);
        let mut answers = Answers::new();
        let mut tested = BTreeMap::<usize, Vec<RecordId>>::new();

        for record in records {
            for one in found.get(record).into_iter().flatten() {
                if one.matches && groups[one.place].len() == 1 {
                    answers.entry(*record).or_default().push(places.first(one.place));
                    continue;
                }
                let records = tested.entry(one.place / GROUPS).or_default();
                // A record may match several groups of the same statement.
                if records.last() != Some(record) {
                    records.push(*record);
                }
            }
        }

        self.test(conn, source, groups, (records, tested), &mut answers).await?;
        answers.values_mut().for_each(|places| places.sort_unstable());
        Ok(answers)
    }

    /// Tests groups on the records that may match them, and adds what they match.
    async fn test(
        &self,
        conn: &mut PgConnection,
        source: &Fields<'_>,
        groups: &[Vec<&Condition>],
        (records, tested): (&[RecordId], BTreeMap<usize, Vec<RecordId>>),
        answers: &mut Answers,
    ) -> Result<(), Error> {
        let rest = self.lookup.rest();
        // Every statement is the same each time, whichever records it is about.
        let part = |part: usize| self.tested.iter().copied().filter(move |group| group / GROUPS == part);
        let mut asked: Vec<(Vec<usize>, Vec<RecordId>)> =
            tested.into_iter().map(|(one, records)| (part(one).collect(), records)).collect();
        asked.push((rest.to_vec(), records.to_vec()));
        asked.retain(|(chosen, _)| !chosen.is_empty());
        if asked.is_empty() {
            return Ok(());
        }

        let places = Places::of(groups);
        let mode = set_plans(conn, Plans::Kept.mode(false)).await?;
        for (chosen, records) in asked {
            let groups = chosen.iter().map(|group| groups[*group].clone()).collect();
            let question = Question { records, groups };
            let all: Vec<usize> = chosen.iter().flat_map(|group| places.all(*group)).collect();
            for told in answers::ask(conn, source, &[question]).await? {
                for (record, matching) in told {
                    answers.entry(record).or_default().extend(matching.into_iter().map(|at| all[at]));
                }
            }
        }
        set_plans(conn, &mode).await?;
        Ok(())
    }

    /// Returns the active records that are in no segment and match none of the groups, as far as
    /// their values say so. Reads them as they are, without a lock.
    pub async fn outsiders(
        &self,
        conn: &mut PgConnection,
        source: &Fields<'_>,
        records: &[RecordId],
    ) -> Result<Vec<RecordId>, Error> {
        if !self.lookup.rest().is_empty() {
            return Ok(Vec::new());
        }

        let found = self.look_up(conn, source, records, true).await?;
        let outsiders = found.into_iter().filter(|(_, found)| found.is_empty());
        Ok(outsiders.map(|(record, _)| record).collect())
    }

    /// Returns what the values of records find, or only of those that are active and in no segment.
    async fn look_up(
        &self,
        conn: &mut PgConnection,
        source: &Fields<'_>,
        records: &[RecordId],
        outside: bool,
    ) -> Result<HashMap<RecordId, Vec<Found>>, Error> {
        // Without keys, only the second question says anything.
        if self.lookup.is_empty() && !outside {
            return Ok(HashMap::new());
        }

        let mut query = QueryBuilder::new("SELECT record.id, ");
        self.lookup.push_values(&mut query, source);
        query.push(" FROM ").push(CONDITION_TABLES).push(" WHERE record.organization_id = ");
        query.push_bind(source.record_type.organization.0).push(" AND record.id = ANY (");
        query.push_bind(column(records, |record| record.0)).push(") AND record.record_type_id = ");
        query.push_bind(source.record_type.id.0);
        if outside {
            query.push(" AND NOT record.closed AND NOT EXISTS (SELECT FROM membership");
            query.push(" WHERE membership.organization_id = ").push_bind(source.record_type.organization.0);
            query.push(" AND membership.record_id = record.id)");
        }

        let rows: Vec<(Uuid, Vec<Option<String>>)> = query
            .build_query_as()
            .fetch_all(conn)
            .instrument(statement::span::of("standing_questions.look_up"))
            .await?;
        let read =
            |(record, values): (Uuid, Vec<Option<String>>)| (RecordId(record), self.lookup.found(&values));
        Ok(rows.into_iter().map(read).collect())
    }
}

/// The places of the conditions of groups, counted through all groups.
struct Places(Vec<usize>);

impl Places {
    fn of(groups: &[Vec<&Condition>]) -> Self {
        let ends = groups.iter().scan(0, |end, group| {
            *end += group.len();
            Some(*end)
        });
        Self([0].into_iter().chain(ends).collect())
    }

    fn first(&self, group: usize) -> usize {
        self.0[group]
    }

    fn all(&self, group: usize) -> std::ops::Range<usize> {
        self.0[group]..self.0[group + 1]
    }
}

/// Says when the next statements of the transaction are planned. Returns how it was before.
async fn set_plans(conn: &mut PgConnection, mode: &str) -> Result<String, Error> {
    // Outside of a transaction it changes nothing, unlike SET LOCAL without a warning.
    // A distributed database chooses its plans itself.
    let (before, _): (String, String) = sqlx::query_as(
        "SELECT earlier.mode,
           set_config('plan_cache_mode', CASE earlier.mode WHEN 'auto' THEN 'auto' ELSE $1 END, true)
         FROM (SELECT current_setting('plan_cache_mode') AS mode OFFSET 0) AS earlier",
    )
    .bind(mode)
    .fetch_one(conn)
    .instrument(statement::span::of("standing_questions.set_plans"))
    .await?;
    Ok(before)
}
