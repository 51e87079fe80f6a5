//! Which conditions records match, asked as pairs of both: a record is held against the conditions
//! that it is asked about, and no others. Whatever decides by conditions asks here.

use std::collections::HashMap;

use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::domain::condition::Condition;
use crate::domain::id::RecordId;
use crate::domain::record_type::RecordType;
use crate::store::Error;
use crate::store::condition_sql::{Scan, push_scan, push_scans};
use crate::store::records::{CONDITION_TABLES, Fields};

/// The length of the conditions, in bytes, that one statement evaluates: a parameter takes several,
/// and there can be 65,535.
const TEXT_PER_STATEMENT: usize = 60_000;

/// What some records of one type are asked about.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// The records; a record may be asked several questions.
    pub records: Vec<RecordId>,
    /// The conditions. The first of each group decides whether its others are asked.
    pub groups: Vec<Vec<&'a Condition>>,
}

/// For each record that matches any condition of its question: which, by their places in all
/// groups counted through, ascending.
pub type Answers = HashMap<RecordId, Vec<usize>>;

/// A question, or so much of a long one as goes into one statement.
#[derive(Clone, Copy)]
struct Part<'a, 'b> {
    question: usize,
    records: &'a [RecordId],
    groups: &'a [Vec<&'b Condition>],
    /// The conditions of the question that come before.
    before: usize,
}

/// Asks questions about records of one type; answers in their order. One statement, unless the
/// conditions are long.
pub async fn ask(
    conn: &mut PgConnection,
    record_type: &RecordType,
    questions: &[Question<'_>],
) -> Result<Vec<Answers>, Error> {
    let mut answers = vec![Answers::new(); questions.len()];
    for parts in statements(questions) {
        let rows = match parts.as_slice() {
            [part] => ask_one(conn, record_type, part).await?,
            _ => ask_several(conn, record_type, &parts).await?,
        };

        for (record, place, matching) in rows {
            let part = &parts[place];
            let found = answers[part.question].entry(record).or_default();
            found.extend(matching.into_iter().map(|place| part.before + place));
        }
    }
    Ok(answers)
}

/// A record, the place of the part that it was asked, and what it matches.
type Matching = (RecordId, usize, Vec<usize>);

/// The records are found by their keys and scanned once.
async fn ask_one(
    conn: &mut PgConnection,
    record_type: &RecordType,
    part: &Part<'_, '_>,
) -> Result<Vec<Matching>, Error> {
    let source = Fields { record_type };
    let mut query = QueryBuilder::new("");
    let scan = push_scan(&mut query, part.groups, &source, "record.id", |query| {
        query.push(" FROM ").push(CONDITION_TABLES).push(" WHERE record.organization_id = ");
        query.push_bind(record_type.organization.0).push(" AND record.id = ANY (");
        query.push_bind(keys(part.records).collect::<Vec<_>>()).push(")");
    });
    query.push(" ORDER BY subject.id");

    let rows: Vec<(Uuid, Vec<i64>)> = query.build_query_as().fetch_all(conn).await?;
    let rows = rows.into_iter().map(|(record, words)| (record, 0, words));
    Ok(matching(&[scan], rows))
}

/// Each record comes with the number of the part that it is asked.
async fn ask_several(
    conn: &mut PgConnection,
    record_type: &RecordType,
    parts: &[Part<'_, '_>],
) -> Result<Vec<Matching>, Error> {
    let pairs = parts.iter().zip(0_i32..);
    let pairs = pairs.flat_map(|(part, number)| keys(part.records).map(move |record| (record, number)));
    let (records, numbers): (Vec<Uuid>, Vec<i32>) = pairs.unzip();
    let groups: Vec<_> = parts.iter().map(|part| part.groups).collect();

    let mut query = QueryBuilder::<Postgres>::new("SELECT record.id, item.number, ");
    let scans = push_scans(&mut query, &groups, &Fields { record_type }, "item.number");
    query.push(" FROM unnest(").push_bind(records).push("::uuid[], ").push_bind(numbers);
    query.push("::integer[]) AS item (id, number) JOIN (").push(CONDITION_TABLES);
    query.push(") ON record.id = item.id AND record.organization_id = ");
    query.push_bind(record_type.organization.0).push(" ORDER BY record.id, item.number");

    let rows: Vec<(Uuid, i32, Vec<i64>)> = query.build_query_as().fetch_all(conn).await?;
    Ok(matching(&scans, rows.into_iter()))
}

fn matching(scans: &[Scan], rows: impl Iterator<Item = (Uuid, i32, Vec<i64>)>) -> Vec<Matching> {
    let read = |(record, number, words): (Uuid, i32, Vec<i64>)| {
        let place = usize::try_from(number).ok()?;
        Some((RecordId(record), place, scans.get(place)?.matching(&words)))
    };
    rows.filter_map(read).filter(|(_, _, matching)| !matching.is_empty()).collect()
}

fn keys(records: &[RecordId]) -> impl Iterator<Item = Uuid> {
    records.iter().map(|record| record.0)
}

/// The parts of each statement: as many as it has parameters for.
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
                // A group that is longer than a statement goes alone.
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

/// How many groups have room for their texts.
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
