//! Finds the conditions that records match. Each record is tested only against the conditions that
//! it is asked about. Everything that decides by conditions asks here.

use std::collections::HashMap;

use sqlx::{PgConnection, Postgres, QueryBuilder};
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::RecordId;
use crate::store::condition_sql::{Scan, push_scan, push_scans};
use crate::store::records::{CONDITION_TABLES, Fields};
use crate::store::{Error, statement};

/// The most bytes of condition text that one statement evaluates. Every parameter takes several
/// bytes of text, so a statement stays below the limit of 65,535 parameters.
pub(in crate::store) const TEXT_PER_STATEMENT: usize = 60_000;

/// The conditions to test for some records of one type.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The records. A record may be in several questions.
    pub records: Vec<RecordId>,
    /// The conditions. The others of a group are only tested if its first one matches.
    pub groups: Vec<Vec<&'a Condition>>,
}

/// For each record that matches any condition of its question: the places of these conditions,
/// ascending. Places count through all groups.
pub type Answers = HashMap<RecordId, Vec<usize>>;

/// A question, or the part of a long question that fits into one statement.
#[derive(Clone, Copy)]
struct Part<'a, 'b> {
    question: usize,
    records: &'a [RecordId],
    groups: &'a [Vec<&'b Condition>],
    /// The number of conditions of the question that come before this part.
    before: usize,
}

/// Asks questions about records of one type. The answers are in the order of the questions. Takes
/// one statement, unless the conditions are long.
pub async fn ask(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    questions: &[Question<'_>],
) -> Result<Vec<Answers>, Error> {
    let mut answers = vec![Answers::new(); questions.len()];
    for parts in statements(questions) {
        let rows = match parts.as_slice() {
            [part] => ask_one(conn, source, part).await?,
            _ => ask_several(conn, source, &parts).await?,
        };

        // Places count within a part. Shift them to count within the whole question.
        for (record, place, matching) in rows {
            let part = &parts[place];
            let found = answers[part.question].entry(record).or_default();
            found.extend(matching.into_iter().map(|place| part.before + place));
        }
    }
    Ok(answers)
}

/// A record, the place of its part in the statement, and the conditions that it matches.
type Matching = (RecordId, usize, Vec<usize>);

/// Asks a single part. The records are found by their keys and scanned once.
async fn ask_one(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    part: &Part<'_, '_>,
) -> Result<Vec<Matching>, Error> {
    let mut query = QueryBuilder::new("");
    let scan = push_scan(&mut query, part.groups, source, "record.id", |query| {
        query.push(" FROM ").push(CONDITION_TABLES).push(" WHERE record.organization_id = ");
        query.push_bind(source.record_type.organization.0).push(" AND record.id = ANY (");
        query.push_bind(keys(part.records).collect::<Vec<_>>()).push(")");
    });
    query.push(" ORDER BY subject.id");

    let rows: Vec<(Uuid, Vec<i64>)> =
        query.build_query_as().fetch_all(conn).instrument(statement::span::of("answers.ask_one")).await?;
    let rows = rows.into_iter().map(|(record, words)| (record, 0, words));
    Ok(matching(&[scan], rows))
}

/// Asks several parts. Each record comes with the number of its part.
async fn ask_several(
    conn: &mut PgConnection,
    source: &Fields<'_>,
    parts: &[Part<'_, '_>],
) -> Result<Vec<Matching>, Error> {
    // A record that is in several parts comes once for each.
    let pairs = parts.iter().zip(0_i32..);
    let pairs = pairs.flat_map(|(part, number)| keys(part.records).map(move |record| (record, number)));
    let (records, numbers): (Vec<Uuid>, Vec<i32>) = pairs.unzip();
    let groups: Vec<_> = parts.iter().map(|part| part.groups).collect();

    let mut query = QueryBuilder::<Postgres>::new("SELECT record.id, item.number, ");
    let scans = push_scans(&mut query, &groups, source, "item.number");
    push_records(&mut query, source, records, Some(numbers));
    query.push(" ORDER BY record.id, item.number");

    let rows: Vec<(Uuid, i32, Vec<i64>)> =
        query.build_query_as().fetch_all(conn).instrument(statement::span::of("answers.ask_several")).await?;
    Ok(matching(&scans, rows.into_iter()))
}

fn matching(scans: &[Scan], rows: impl Iterator<Item = (Uuid, i32, Vec<i64>)>) -> Vec<Matching> {
    let read = |(record, number, words): (Uuid, i32, Vec<i64>)| {
        let place = usize::try_from(number).ok()?;
        Some((RecordId(record), place, scans.get(place)?.matching(&words)))
    };
    rows.filter_map(read).filter(|(_, _, matching)| !matching.is_empty()).collect()
}

/// Appends a `FROM` with these records and all that conditions read of them. `numbers` gives each
/// one an `item.number`.
pub(in crate::store) fn push_records(
    query: &mut QueryBuilder<Postgres>,
    source: &Fields<'_>,
    records: Vec<Uuid>,
    numbers: Option<Vec<i32>>,
) {
    let organization = source.record_type.organization.0;
    // Each item has the organization: sql/record_update.sql says why.
    query.push(" FROM unnest(").push_bind(vec![organization; records.len()]);
    query.push("::uuid[], ").push_bind(records).push("::uuid[]");
    let number = match numbers {
        Some(numbers) => {
            query.push(", ").push_bind(numbers).push("::integer[]");
            ", number"
        }
        None => "",
    };

    query.push(") AS item (organization_id, id").push(number).push(") JOIN (").push(CONDITION_TABLES);
    query.push(") ON record.organization_id = item.organization_id AND record.id = item.id");
    query.push(" AND one_shard(item.organization_id, ").push_bind(organization).push(")");
}

fn keys(records: &[RecordId]) -> impl Iterator<Item = Uuid> {
    records.iter().map(|record| record.0)
}

/// Divides questions into statements. Returns the parts of each statement.
fn statements<'a, 'b>(questions: &'a [Question<'b>]) -> Vec<Vec<Part<'a, 'b>>> {
    let (mut statements, mut room) = (Vec::<Vec<Part<'a, 'b>>>::new(), 0);
    for (place, question) in questions.iter().enumerate().filter(|(_, one)| !one.records.is_empty()) {
        let mut rest =
            Part { question: place, records: &question.records, groups: &question.groups, before: 0 };
        while !rest.groups.is_empty() {
            let mut count = fitting(rest.groups, room);
            if count == 0 {
                statements.push(Vec::new());
                room = TEXT_PER_STATEMENT;
                // A group that is longer than the limit gets a statement of its own.
                count = fitting(rest.groups, room).max(1);
            }

            let (taken, left) = rest.groups.split_at(count);
            let conditions = taken.iter().map(Vec::len).sum::<usize>();
            room = room.saturating_sub(taken.iter().map(|group| text(group)).sum());
            statements.last_mut().expect("one was begun").push(Part { groups: taken, ..rest });
            rest = Part { groups: left, before: rest.before + conditions, ..rest };
        }
    }

    statements
}

/// Returns the number of groups, from the first, whose texts fit.
fn fitting(groups: &[Vec<&Condition>], room: usize) -> usize {
    let mut length = 0;
    let fits = |group: &&Vec<&Condition>| {
        length += text(group);
        length <= room
    };
    groups.iter().take_while(fits).count()
}

fn text(group: &[&Condition]) -> usize {
    group.iter().map(|condition| condition.text().len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::attribute::AttributeType;
    use crate::domain::condition::Subject;

    #[test]
    fn every_group_is_asked_once_by_a_statement_that_has_room_for_it() {
        let subject = Subject::new("record", [("name", AttributeType::String)]);
        let text = format!("record.name == \"{}\"", "x".repeat(3_980));
        let long = Condition::parse(&text, &subject).expect("a condition");
        let groups = |counts: &[usize]| counts.iter().map(|count| vec![&long; *count]).collect();
        let record = RecordId(Uuid::nil());
        let question = |counts: &[usize]| Question { records: vec![record], groups: groups(counts) };
        let questions = [question(&[1, 7, 10]), question(&[18, 1]), question(&[1])];

        let asked = statements(&questions);
        let places = |part: &Part<'_, '_>| (part.question, part.before, part.groups.len());
        let asked: Vec<Vec<_>> = asked.iter().map(|parts| parts.iter().map(places).collect()).collect();
        let expected = [vec![(0, 0, 2)], vec![(0, 8, 1)], vec![(1, 0, 1)], vec![(1, 18, 1), (2, 0, 1)]];
        assert_eq!(asked, expected);
    }

    #[test]
    fn a_question_about_no_record_is_not_asked() {
        assert!(statements(&[Question { records: Vec::new(), groups: vec![Vec::new()] }]).is_empty());
    }
}
