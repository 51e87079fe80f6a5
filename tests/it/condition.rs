//! The condition compiler compared with a naive evaluator: what Postgres says about a record is
//! what the language means.

mod generate;
mod indexed;
mod naive;

use chrono::{DateTime, Utc};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use sqlx::postgres::PgPoolOptions;
use sqlx::{PgPool, Postgres, QueryBuilder, Row};
use upnext::domain::condition::{Condition, Subject};
use upnext::domain::id::{OrganizationId, RecordTypeId};
use upnext::store::condition_sql::{
    FieldSource, Found, Lookup, Place, RELATED, Related, push_condition, push_filter, push_scan, push_scans,
};
use uuid::Uuid;

use crate::support::database::TestDatabase;

use naive::Record;

/// Attributes in the JSON object, a column for each name that begins with `c_`, and those of the
/// record to which `ref` refers.
struct Fields;

/// The organization and the type of the related records.
const OURS: Uuid = Uuid::from_u128(1);
const ACCOUNT: Uuid = Uuid::from_u128(2);

impl FieldSource for Fields {
    fn place(&self, name: &str) -> Place {
        match name {
            "c_text" => Place::Column("r.c_text"),
            "c_int" => Place::Column("r.c_int"),
            "c_double" => Place::Column("r.c_double"),
            "c_bool" => Place::Column("r.c_bool"),
            "c_time" => Place::Column("r.c_time"),
            "c_date" => Place::Column("r.c_date"),
            "c_list" => Place::Column("r.c_list"),
            "nowhere" => Place::Nowhere,
            name if name.starts_with("ref.") => RELATED,
            _ => Place::Attributes("r.attributes"),
        }
    }

    fn related(&self, name: &str) -> Option<Related> {
        name.starts_with("ref.").then_some(Related {
            organization: OrganizationId(Uuid::from_u128(1)),
            attributes: "r.attributes",
            record_type: RecordTypeId(ACCOUNT),
        })
    }

    fn now(&self) -> Option<DateTime<Utc>> {
        Some(naive::NOW.parse().expect("an instant"))
    }
}

const TABLE: &str = "CREATE TABLE subject_row (id int PRIMARY KEY,
    organization_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000001', attributes jsonb NOT NULL, c_text text,
    c_int bigint, c_double double precision, c_bool boolean, c_time timestamptz, c_date date, c_list text[])";

const FILL: &str = "INSERT INTO subject_row
    SELECT n.ordinality, $2, n.row -> 'attributes', c.c_text, c.c_int, c.c_double, c.c_bool, c.c_time, c.c_date,
      c.c_list
    FROM unnest($1::jsonb[]) WITH ORDINALITY AS n (row, ordinality),
    LATERAL jsonb_to_record(n.row -> 'columns') AS c (c_text text, c_int bigint, c_double double precision,
        c_bool boolean, c_time timestamptz, c_date date, c_list text[])";

/// Connections that compile no statements, like those of a server: a statement of hundreds of
/// conditions takes minutes to compile.
fn pool(database: &TestDatabase) -> PgPool {
    PgPoolOptions::new().connect_lazy_with(database.connect_options().options([("jit", "off")]))
}

async fn fill(pool: &PgPool, records: &[Record]) {
    sqlx::query("DROP TABLE IF EXISTS subject_row").execute(pool).await.unwrap();
    sqlx::query(TABLE).execute(pool).await.unwrap();
    let rows = records.iter().zip(0..).map(|(record, number)| {
        let mut row = record.to_json();
        if record.related.is_some() {
            row["attributes"]["ref"] = json!(format!("r{number}"));
        }
        row
    });
    sqlx::query(FILL).bind(rows.collect::<Vec<Value>>()).bind(OURS).execute(pool).await.unwrap();

    sqlx::query("DELETE FROM record").execute(pool).await.unwrap();
    for (record, number) in records.iter().zip(0..) {
        let Some(related) = &record.related else { continue };
        relate(pool, (OURS, ACCOUNT), &format!("r{number}"), &json!(related)).await;
        // One of another type, and one of another organization, have the same id.
        relate(pool, (OURS, OURS), &format!("r{number}"), &json!(records[0].attributes)).await;
        relate(pool, (ACCOUNT, ACCOUNT), &format!("r{number}"), &json!(records[0].attributes)).await;
    }
}

/// A record of an organization and a type.
async fn relate(pool: &PgPool, (organization, of): (Uuid, Uuid), id: &str, attributes: &Value) {
    sqlx::query(
        "INSERT INTO record (organization_id, id, record_type_id, record_id, attributes, closed, source_version,
           version, create_time, update_time)
         SELECT $1, gen_random_uuid(), $2, $3, $4, false, 0, 1, now(), now()",
    )
    .bind(organization)
    .bind(of)
    .bind(id)
    .bind(attributes)
    .execute(pool)
    .await
    .unwrap();
}

/// What Postgres says: for each row in order, one answer per condition.
async fn ask(pool: &PgPool, conditions: &[Condition]) -> Vec<Vec<bool>> {
    let mut query = QueryBuilder::<Postgres>::new("SELECT ARRAY[");
    for (i, condition) in conditions.iter().enumerate() {
        query.push(if i > 0 { ", " } else { "" });
        push_condition(&mut query, condition, &Fields);
    }
    query.push("] FROM subject_row AS r ORDER BY r.id");
    let rows = query.build().persistent(false).fetch_all(pool).await.expect("a condition never raises");
    rows.into_iter().map(|row| row.get(0)).collect()
}

/// What one scan of all rows says: for each in order, one answer per condition. They form groups of
/// `size`, of which the first decides whether the others are asked.
async fn scan(pool: &PgPool, conditions: &[Condition], size: usize) -> Vec<Vec<bool>> {
    let groups: Vec<Vec<&Condition>> = conditions.chunks(size).map(|group| group.iter().collect()).collect();
    let mut query = QueryBuilder::<Postgres>::new("");
    let scan =
        push_scan(&mut query, &groups, &Fields, "r.id", |query| _ = query.push(" FROM subject_row AS r"));
    query.push(" ORDER BY subject.id");
    let rows = query.build().persistent(false).fetch_all(pool).await.expect("a condition never raises");
    let answers = rows.into_iter().map(|row| {
        let matching = scan.matching(&row.get::<Vec<i64>, _>("matches"));
        (0..conditions.len()).map(|place| matching.binary_search(&place).is_ok()).collect()
    });
    answers.collect()
}

/// What scans side by side in one statement say, each of `size` conditions: for each row in order,
/// one answer per condition. Each row is asked by each scan, in a row of its own.
async fn scans(pool: &PgPool, conditions: &[Condition], size: usize) -> Vec<Vec<bool>> {
    let asked = conditions.chunks(size).map(|some| some.iter().map(|one| vec![one]).collect());
    let asked: Vec<Vec<Vec<&Condition>>> = asked.collect();
    let groups: Vec<&[Vec<&Condition>]> = asked.iter().map(Vec::as_slice).collect();
    let mut query = QueryBuilder::<Postgres>::new("SELECT ");
    let scans = push_scans(&mut query, &groups, &Fields, "item.number");
    query.push(" AS matches FROM subject_row AS r CROSS JOIN generate_series(0, ");
    query.push_bind(i32::try_from(scans.len() - 1).expect("a small number"));
    query.push(") AS item (number) ORDER BY r.id, item.number");

    let rows = query.build().persistent(false).fetch_all(pool).await.expect("a condition never raises");
    let of_record = rows.chunks(scans.len()).map(|rows| {
        let told = rows.iter().zip(&scans).zip(&asked).flat_map(|((row, scan), asked)| {
            let matching = scan.matching(&row.get::<Vec<i64>, _>("matches"));
            (0..asked.len()).map(move |place| matching.binary_search(&place).is_ok())
        });
        told.collect()
    });
    of_record.collect()
}

/// What a look-up finds by the values of each row, in order.
async fn look_up(pool: &PgPool, lookup: &Lookup) -> Vec<Vec<Found>> {
    let mut query = QueryBuilder::<Postgres>::new("SELECT ");
    lookup.push_values(&mut query, &Fields);
    query.push(" FROM subject_row AS r ORDER BY r.id");
    let rows = query.build().persistent(false).fetch_all(pool).await.expect("a value never raises");
    rows.into_iter().map(|row| lookup.found(&row.get::<Vec<Option<String>>, _>(0))).collect()
}

/// Checks that a look-up finds a condition if it is true, and knows of those that ask for nothing
/// but a value whether they are.
async fn check_look_up(pool: &PgPool, conditions: &[Condition], answers: &[Vec<bool>]) -> Lookup {
    let lookup = Lookup::of(conditions, &Fields);
    for (row, (found, answers)) in look_up(pool, &lookup).await.iter().zip(answers).enumerate() {
        for (place, condition) in conditions.iter().enumerate() {
            let found = found.iter().find(|one| one.place == place);
            let told = match found {
                Some(found) => found.matches.then_some(true),
                None if lookup.rest().contains(&place) => None,
                None => Some(false),
            };
            assert!(told.is_none_or(|told| told == answers[place]), "{} on row {row}", condition.text());
        }
    }
    lookup
}

fn parse(subject: &Subject, text: &str) -> Condition {
    Condition::parse(text, subject).unwrap_or_else(|problems| panic!("{text}: {problems:?}"))
}

#[tokio::test]
async fn postgres_and_the_naive_evaluator_agree_on_every_record_and_condition() {
    let database = TestDatabase::new().await;
    let (pool, subject) = (pool(&database), generate::subject());
    let mut runner = TestRunner::default();

    for _ in 0..25 {
        let records = sample(&mut runner, proptest::collection::vec(generate::record(), 40));
        let asked = sample(&mut runner, proptest::collection::vec(generate::predicate(), 50));
        let parsed: Vec<Condition> = asked.iter().map(|p| parse(&subject, &p.to_string())).collect();
        fill(&pool, &records).await;
        let together = scan(&pool, &parsed, 3).await;
        let apart = scans(&pool, &parsed, 7).await;
        let alone = ask(&pool, &parsed).await;
        check_look_up(&pool, &parsed, &alone).await;
        let told = alone.into_iter().zip(together).zip(apart);
        for (record, ((answers, together), apart)) in records.iter().zip(told) {
            for (place, predicate) in asked.iter().enumerate() {
                let expected = naive::test(predicate, record) == Some(true);
                assert_eq!(answers[place], expected, "{predicate}\non {}", record.to_json());
                assert_eq!(apart[place], expected, "apart: {predicate}\non {}", record.to_json());
                let asked = answers[place / 3 * 3];
                assert_eq!(
                    together[place],
                    expected && asked,
                    "together: {predicate}\non {}",
                    record.to_json()
                );
            }
        }
    }
}

#[tokio::test]
async fn no_stored_value_however_odd_makes_a_condition_raise() {
    let database = TestDatabase::new().await;
    let (pool, subject) = (pool(&database), generate::subject());
    let mut runner = TestRunner::default();

    fill(&pool, &[]).await;
    sqlx::raw_sql(
        r#"INSERT INTO subject_row (id, attributes, c_double, c_time, c_date) VALUES
        (1, '[]', 'NaN', 'infinity', 'infinity'), (2, '"text"', 'Infinity', '-infinity', '-infinity'),
        (3, '7', '-Infinity', '4000-01-01 BC', '4000-01-01 BC'), (4, 'null', 5e-324, '200000-01-01', '200000-01-01'),
        (5, '{"i1": 1e100000, "i2": 1e-10000, "d1": 1e100000, "d2": 1e-10000, "t1": "2026-02-31T99:99:99.999999Z",
              "t2": "0000-00-00T00:00:00.000000Z", "day": "x", "tags": [null, 1, {"a": []}, "a"], "ref": {}}',
            1e308, NULL, NULL),
        (6, '{"i1": "1", "d1": {}, "b1": "true", "s1": 1, "t1": "garbage", "t2": ["2026-01-01T00:00:00.000000Z"],
              "tags": "a"}', 0, NULL, NULL),
        (7, '{"ref": "text"}', 0, NULL, NULL), (8, '{"ref": "odd"}', 0, NULL, NULL), (9, '{"ref": ["odd"]}', 0, NULL, NULL)"#,
    )
    .execute(&pool)
    .await
    .unwrap();
    relate(&pool, (OURS, ACCOUNT), "text", &json!("text")).await;
    let odd = json!({"i1": 1e300, "d1": "x", "t1": "2026-02-31T99:99:99.999999Z", "day": [], "tags": [null, 1, {}]});
    relate(&pool, (OURS, ACCOUNT), "odd", &odd).await;
    for _ in 0..25 {
        let asked = sample(&mut runner, proptest::collection::vec(generate::predicate(), 50));
        let parsed: Vec<Condition> = asked.iter().map(|p| parse(&subject, &p.to_string())).collect();
        assert_eq!(ask(&pool, &parsed).await.len(), 9);
        assert_eq!(scan(&pool, &parsed, 3).await.len(), 9);
        check_look_up(&pool, &parsed, &ask(&pool, &parsed).await).await;
    }
}

#[tokio::test]
async fn a_look_up_finds_what_equals_a_constant_in_every_record() {
    let database = TestDatabase::new().await;
    let (pool, subject) = (pool(&database), generate::subject());
    let mut runner = TestRunner::default();
    let texts: Vec<String> = generate::equalities()
        .into_iter()
        .flat_map(|text| [format!("{text} && record.i2 > 0"), text])
        .collect();
    let conditions: Vec<Condition> = texts.iter().map(|text| parse(&subject, text)).collect();

    for _ in 0..10 {
        let mut records = sample(&mut runner, proptest::collection::vec(generate::record(), 40));
        records.push(Record::default());
        fill(&pool, &records).await;
        let answers = ask(&pool, &conditions).await;
        let lookup = check_look_up(&pool, &conditions, &answers).await;
        assert!(lookup.rest().is_empty(), "{:?}", lookup.rest().iter().map(|at| &texts[*at]));
        assert!(answers.iter().flatten().any(|matches| *matches));
    }
}

#[tokio::test]
async fn one_and_one_point_zero_are_the_same_value_and_a_text_of_it_is_none() {
    let database = TestDatabase::new().await;
    let (pool, subject) = (pool(&database), generate::subject());
    fill(&pool, &[]).await;
    sqlx::raw_sql(
        r#"INSERT INTO subject_row (id, attributes) VALUES (1, '{"i1": 1, "d1": 1.0}'),
        (2, '{"i1": 1.0, "d1": 1}'), (3, '{"i1": 1.00e0, "d1": 100e-2}'), (4, '{"i1": "1", "d1": null}'),
        (5, '{"tags": ["1", 1, "é", 1e100000]}'), (6, '{"tags": "1", "s1": "e\u0301"}')"#,
    )
    .execute(&pool)
    .await
    .unwrap();

    for (text, expected) in [
        ("record.i1 == 1", [true, true, true, false, false, false]),
        ("record.i1 == 1.0", [true, true, true, false, false, false]),
        ("record.d1 in [1.0, 7.5]", [true, true, true, false, false, false]),
        ("1.0 == record.d1", [true, true, true, false, false, false]),
        ("\"1\" in record.tags", [false, false, false, false, true, false]),
        ("\"é\" in record.tags", [false, false, false, false, true, false]),
        ("\"2\" in record.tags", [false; 6]),
        ("record.s1 == \"\"", [false; 6]),
        ("record.s1 in []", [false; 6]),
    ] {
        let lookup = Lookup::of([&parse(&subject, text)], &Fields);
        let found: Vec<bool> = look_up(&pool, &lookup).await.iter().map(|found| !found.is_empty()).collect();
        assert_eq!(found, expected, "{text}");
        check_look_up(&pool, &[parse(&subject, text)], &ask(&pool, &[parse(&subject, text)]).await).await;
    }
}

#[tokio::test]
async fn what_no_value_decides_is_left_to_tests() {
    let (subject, source) = (generate::subject(), Fields);
    for text in [
        "record.s1 != \"a\"",
        "!(record.s1 == \"a\")",
        "record.s1 == \"a\" || record.s2 == \"a\"",
        "record.i1 > 1",
        "record.s1 == record.s2",
        "record.s1.lowerAscii() == \"a\"",
        "record.c_time == timestamp(\"2026-03-31T07:00:00Z\")",
        "\"a\" in record.c_list",
        "record.nowhere == \"a\"",
    ] {
        assert_eq!(Lookup::of([&parse(&subject, text)], &source).rest(), [0], "{text}");
    }
}

#[tokio::test]
async fn hundreds_of_conditions_on_texts_are_evaluated_in_one_scan() {
    let database = TestDatabase::new().await;
    let (pool, subject) = (pool(&database), generate::subject());
    let mut records = vec![Record::default()];

    for text in 0..40 {
        let mut record = Record::default();
        record.attributes.insert("s1".to_owned(), json!(format!("campaign {text}")));
        record.attributes.insert("i1".to_owned(), json!(text % 7));
        records.push(record);
    }

    fill(&pool, &records).await;
    let condition = |number: usize| match number % 4 {
        0 => {
            format!("record.s1 in [\"campaign {}\", \"campaign {}\", \"campaign 3\"]", number / 4, number / 2)
        }
        1 => format!("record.i1 > {} && record.s1 == \"campaign {}\"", number % 5, number / 9),
        2 => format!("\"campaign {}\" == record.s1", number / 7),
        _ => format!("record.i1 == {}", number % 9),
    };
    let conditions: Vec<Condition> = (0..400).map(|number| parse(&subject, &condition(number))).collect();
    let alone = ask(&pool, &conditions).await;

    // Also more in a group than a word has bits.
    for size in [1, 3, 80] {
        let together = scan(&pool, &conditions, size).await;
        for (alone, together) in alone.iter().zip(&together) {
            let expected: Vec<bool> =
                (0..400).map(|place| alone[place] && alone[place / size * size]).collect();
            assert_eq!(together, &expected);
        }
        assert!(together.iter().flatten().any(|matches| *matches));
    }
}

#[tokio::test]
async fn missing_values_match_as_the_language_says() {
    let database = TestDatabase::new().await;
    let (pool, subject) = (pool(&database), generate::subject());
    fill(&pool, &[Record::default()]).await;

    for (text, expected) in [
        ("record.s1 != \"paid search\"", true),
        ("record.s1 == \"paid search\"", false),
        ("!(record.d1 > 10)", false),
        ("!(record.s1 == \"x\")", false),
        ("!(record.s1 in [])", false),
        ("!has(record.d1)", true),
        ("record.s1 != record.s2 || !(record.s1 != record.s2)", false),
        ("1 / 0 != 1", true),
        ("!(1 / 0 == 1)", false),
        ("record.nowhere != \"x\" && !has(record.nowhere)", true),
        ("record.b1 || true", true),
        ("!(record.b1 && false)", true),
        ("0.1 + 0.2 == 0.3", true),
        ("-7 / 2 == -3 && -7 % 2 == -1", true),
    ] {
        let condition = parse(&subject, text);
        assert_eq!(ask(&pool, std::slice::from_ref(&condition)).await, [[expected]], "{text}");
        let mut query = QueryBuilder::<Postgres>::new("SELECT count(*) FROM subject_row AS r WHERE ");
        push_filter(&mut query, &condition, &Fields);
        let count: i64 = query.build_query_scalar().fetch_one(&pool).await.unwrap();
        assert_eq!(count == 1, expected, "{text}");
    }
}

#[tokio::test]
async fn coerced_values_compare_as_their_types_say() {
    use upnext::domain::attribute::AttributeType;
    let database = TestDatabase::new().await;
    let (pool, subject) = (pool(&database), generate::subject());
    let mut record = Record::default();
    let reference = AttributeType::Reference { record_type: "account".to_owned() };
    for (name, attribute_type, value) in [
        ("i1", AttributeType::Int, json!("9223372036854775807")),
        ("t1", AttributeType::Timestamp, json!("2026-03-31T09:00:00+02:00")),
        ("ref", reference, json!("recordTypes/account/records/a1")),
    ] {
        record.attributes.insert(name.to_owned(), attribute_type.coerce(&value).unwrap());
    }

    fill(&pool, &[record]).await;
    let text = "record.i1 == 9223372036854775807 && record.i1 != 9223372036854775806
        && record.t1 == timestamp(\"2026-03-31T07:00:00Z\") && record.ref == \"a1\"
        && record.ref in [\"recordTypes/account/records/a1\"] && record.i1 + 1 != 0 && !has(record.s1)
        && record.t1 - timestamp(\"2026-03-31T06:00:00Z\") == duration(\"1h\")";
    assert_eq!(ask(&pool, &[parse(&subject, text)]).await, [[true]]);
}

fn sample<S: Strategy>(runner: &mut TestRunner, strategy: S) -> S::Value {
    strategy.new_tree(runner).expect("the strategies reject nothing").current()
}
