//! Random records and conditions, with many boundary values, missing values and values of the wrong
//! type.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use upnext::domain::attribute::{AttributeName, AttributeType};
use upnext::domain::condition::Subject;

use super::naive::{Expr, Pred, Record, Type, Val};

const FIELDS: [(&str, Type); 28] = [
    ("s1", Type::Text),
    ("s2", Type::Text),
    ("i1", Type::Int),
    ("i2", Type::Int),
    ("d1", Type::Double),
    ("d2", Type::Double),
    ("b1", Type::Bool),
    ("b2", Type::Bool),
    ("t1", Type::Time),
    ("t2", Type::Time),
    ("day", Type::Date),
    ("day2", Type::Date),
    ("tags", Type::List),
    ("c_text", Type::Text),
    ("c_int", Type::Int),
    ("c_double", Type::Double),
    ("c_bool", Type::Bool),
    ("c_time", Type::Time),
    ("c_date", Type::Date),
    ("c_list", Type::List),
    ("ref.s1", Type::Text),
    ("ref.s2", Type::Text),
    ("ref.i1", Type::Int),
    ("ref.d1", Type::Double),
    ("ref.b1", Type::Bool),
    ("ref.t1", Type::Time),
    ("ref.day", Type::Date),
    ("ref.tags", Type::List),
];

/// What `ref` holds: nothing, what refers to nobody, or what is no reference. `None`: the id of the
/// related record.
fn references() -> [Option<Option<Value>>; 6] {
    [None, None, None, Some(None), Some(Some(json!("nobody"))), Some(Some(json!(7)))]
}

const TEXTS: [&str; 14] =
    ["", "a", "A", "aé", "é", "É", "\u{ffff}", "😀", "😀a", "paid search", "it's \"\\", "%_", "z\nz", "ab"];
const INTS: [i64; 10] = [0, 1, -1, 2, -7, 10, 3_000_000_000, i64::MAX, i64::MIN, 9_007_199_254_740_993];
const DOUBLES: [f64; 11] =
    [0.0, -0.0, 0.1, 0.2, 0.3, 1.0, -2.5, 1e308, -1.797_693_134_862_315_7e308, 5e-324, 12_345.678];
const TIMES: [&str; 7] = [
    "0001-01-01T00:00:00.000000Z",
    "1969-12-31T23:59:59.999999Z",
    "2000-02-29T12:00:00.000000Z",
    "2026-03-31T07:00:00.000000Z",
    "2026-03-31T07:00:00.000001Z",
    "2026-04-30T07:00:00.000000Z",
    "9999-12-31T23:59:59.999999Z",
];
const DATES: [&str; 4] = ["0001-01-01", "2000-02-29", "2026-03-31", "9999-12-31"];
const SPANS: [(&str, i64); 6] = [
    ("0s", 0),
    ("30d", 2_592_000_000_000),
    ("-1us", -1),
    ("1h30m", 5_400_000_000),
    ("1.5d", 129_600_000_000),
    ("3652059d", 315_537_897_600_000_000),
];

pub fn subject() -> Subject {
    let declared = |kind| match kind {
        Type::Text => AttributeType::String,
        Type::Int => AttributeType::Int,
        Type::Double => AttributeType::Double,
        Type::Bool => AttributeType::Bool,
        Type::Time => AttributeType::Timestamp,
        Type::Date => AttributeType::Date,
        Type::List => AttributeType::StringList,
        Type::Span => unreachable!("no field is a span"),
    };
    let own = FIELDS.iter().filter(|(name, _)| !name.contains('.'));
    let mut fields: BTreeMap<_, _> = own.map(|(name, kind)| ((*name).to_owned(), declared(*kind))).collect();
    let of_account = FIELDS.iter().filter_map(|(name, kind)| {
        let name = AttributeName::new(name.strip_prefix("ref.")?).expect("a name");
        Some((name, declared(*kind)))
    });
    let related = BTreeMap::from([("account".to_owned(), of_account.collect())]);

    fields.insert("ref".to_owned(), AttributeType::Reference { record_type: "account".to_owned() });
    fields.insert("nowhere".to_owned(), AttributeType::String);
    Subject { fields, knows_now: true, related, ..Subject::new("record", []) }
}

pub fn record() -> impl Strategy<Value = Record> {
    let values = FIELDS.iter().map(|(name, kind)| stored(name, *kind)).collect::<Vec<_>>();
    (values, select(references().to_vec())).prop_map(|(values, reference)| {
        let (mut record, mut related) = (Record::default(), BTreeMap::new());
        for ((name, _), value) in FIELDS.iter().zip(values) {
            let Some(value) = value else { continue };
            let (side, name) = match name.strip_prefix("ref.") {
                Some(name) => (&mut related, name),
                None if name.starts_with("c_") => (&mut record.columns, *name),
                None => (&mut record.attributes, *name),
            };
            side.insert(name.to_owned(), value);
        }

        match reference {
            None => record.related = Some(related),
            Some(held) => record.attributes.extend(held.map(|held| ("ref".to_owned(), held))),
        }
        record
    })
}

/// A value as it is stored, nothing, or (in the JSON object) something of another kind.
fn stored(name: &str, kind: Type) -> BoxedStrategy<Option<Value>> {
    let texts = |pool: &'static [&'static str]| select(pool).prop_map(|text| json!(text)).boxed();
    let right = match kind {
        Type::Text => texts(&TEXTS),
        Type::Int => select(&INTS[..]).prop_map(|whole| json!(whole)).boxed(),
        Type::Double => select(&DOUBLES[..]).prop_map(|double| json!(double)).boxed(),
        Type::Bool => any::<bool>().prop_map(|truth| json!(truth)).boxed(),
        Type::Time => texts(&TIMES),
        Type::Date => texts(&DATES),
        Type::List => vec(select(&TEXTS[..]), 0..4).prop_map(|items| json!(items)).boxed(),
        Type::Span => unreachable!("no field is a span"),
    };

    if name.starts_with("c_") {
        return prop_oneof![4 => right.prop_map(Some), 1 => Just(None)].boxed();
    }
    let odd = match kind {
        Type::Text | Type::Date | Type::Time => vec![json!(1), json!(null), json!([]), json!({"a": 1})],
        Type::Int => vec![json!("1"), json!(null), json!(true), json!(1e19)],
        Type::Double => vec![json!("1"), json!(null), json!(true), json!([1])],
        Type::Bool => vec![json!("true"), json!(null), json!(1)],
        _ => vec![json!("a"), json!(null), json!({})],
    };
    prop_oneof![8 => right.prop_map(Some), 2 => Just(None), 1 => select(odd).prop_map(Some)].boxed()
}

fn field(kind: Type) -> impl Strategy<Value = Expr> {
    let names: Vec<&'static str> =
        FIELDS.iter().filter(|(_, other)| *other == kind).map(|(name, _)| *name).collect();
    select(names).prop_map(move |name| Expr::Field(name, kind))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

fn number(written: String) -> Expr {
    let value = Val::Number(written.parse().expect("a decimal"));
    Expr::Literal(written, value)
}

fn literal(kind: Type) -> BoxedStrategy<Expr> {
    let micros = |text: &str| chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_micros();

    match kind {
        Type::Text => select(&TEXTS[..])
            .prop_map(|text| Expr::Literal(quoted(text), Val::Text(text.to_owned())))
            .boxed(),
        Type::Int => select(&INTS[..]).prop_map(|whole| number(whole.to_string())).boxed(),
        Type::Double => select(&DOUBLES[..]).prop_map(|double| number(format!("{double:?}"))).boxed(),
        Type::Bool => {
            any::<bool>().prop_map(|truth| Expr::Literal(truth.to_string(), Val::Bool(truth))).boxed()
        }
        Type::Time => select(&TIMES[..])
            .prop_map(move |text| {
                Expr::Literal(format!("timestamp(\"{text}\")"), Val::Number(micros(text).into()))
            })
            .boxed(),
        Type::Date => select(&DATES[..])
            .prop_map(|text| Expr::Literal(quoted(text), Val::Text(text.to_owned())))
            .boxed(),
        Type::Span => select(&SPANS[..])
            .prop_map(|(text, span)| Expr::Literal(format!("duration(\"{text}\")"), Val::Number(span.into())))
            .boxed(),
        Type::List => unreachable!("lists have no literals of their own"),
    }
}

/// Conditions that ask for one value of a field: each of the boundary values, and some in a list.
pub fn equalities() -> Vec<String> {
    let known = FIELDS.iter().filter(|(name, _)| !["c_time", "c_list"].contains(name));
    let asking = |(name, kind): &(&str, Type)| {
        let written: Vec<String> = match kind {
            Type::Text => TEXTS.iter().map(|text| quoted(text)).collect(),
            Type::Int => {
                INTS.iter().map(i64::to_string).chain(["1.0".to_owned(), "0.5".to_owned()]).collect()
            }
            Type::Double => {
                DOUBLES.iter().map(|double| format!("{double:?}")).chain(["1".to_owned()]).collect()
            }
            Type::Bool => ["true", "false"].map(str::to_owned).to_vec(),
            Type::Time => TIMES.iter().map(|time| format!("timestamp(\"{time}\")")).collect(),
            Type::Date => DATES.iter().map(|date| quoted(date)).collect(),
            Type::List => {
                return TEXTS.iter().map(|text| format!("{} in record.{name}", quoted(text))).collect();
            }
            Type::Span => unreachable!("no field is a span"),
        };

        let one_of = format!("record.{name} in [{}]", written[..2].join(", "));
        written.iter().map(|value| format!("record.{name} == {value}")).chain([one_of]).collect::<Vec<_>>()
    };
    known.flat_map(asking).collect()
}

fn plain(kind: Type) -> BoxedStrategy<Expr> {
    if kind == Type::Span { literal(kind) } else { prop_oneof![3 => field(kind), 2 => literal(kind)].boxed() }
}

fn calculated(
    signs: &'static [&'static str],
    kind: Type,
    left: impl Strategy<Value = Expr> + 'static,
    right: impl Strategy<Value = Expr> + 'static,
) -> BoxedStrategy<Expr> {
    (select(signs), left, right)
        .prop_map(move |(sign, left, right)| Expr::Calculate(sign, kind, Box::new(left), Box::new(right)))
        .boxed()
}

/// An expression that holds a field somewhere: arithmetic on constants alone is refused when it has
/// no result.
fn expression(kind: Type) -> BoxedStrategy<Expr> {
    let lists = || field(Type::List).prop_map(|list| Expr::Size(Box::new(list)));

    match kind {
        Type::Text => {
            prop_oneof![4 => plain(kind), 1 => plain(kind).prop_map(|text| Expr::Lower(Box::new(text)))]
                .boxed()
        }
        Type::Int => {
            let size = plain(Type::Text).prop_map(|text| Expr::Size(Box::new(text)));
            let leaf = prop_oneof![6 => plain(kind), 1 => size, 1 => lists()];
            leaf.prop_recursive(3, 8, 2, move |inner| {
                calculated(&["+", "-", "*", "/", "%"], Type::Int, inner.clone(), inner)
            })
            .boxed()
        }
        Type::Double => {
            let leaf = plain(kind);
            leaf.prop_recursive(3, 8, 2, move |inner| {
                // A quotient is exact here only if it has an end: by these it has one.
                let divisor = select(vec!["2.0", "0.5", "-4.0", "10.0", "0.0", "2"]);
                prop_oneof![
                    calculated(&["+", "-", "*"], Type::Double, inner.clone(), inner.clone()),
                    calculated(&["+", "-", "*"], Type::Double, inner.clone(), plain(Type::Int)),
                    calculated(&["/"], Type::Double, inner, divisor.prop_map(|text| number(text.to_owned()))),
                ]
            })
            .boxed()
        }
        Type::Time => prop_oneof![
            3 => plain(kind),
            1 => calculated(&["+", "-"], kind, field(kind), literal(Type::Span)),
            1 => calculated(&["+"], kind, literal(Type::Span), field(kind)),
        ]
        .boxed(),
        Type::Span => prop_oneof![
            1 => literal(kind),
            2 => calculated(&["-"], kind, field(Type::Time), plain(Type::Time)),
        ]
        .boxed(),
        _ => plain(kind),
    }
}

const SIGNS: [&str; 6] = ["==", "!=", "<", "<=", ">", ">="];

fn compared(left: Type, right: Type) -> BoxedStrategy<Pred> {
    let left = if left == Type::Date { field(left).boxed() } else { expression(left) };
    let signs = select(&SIGNS[..]);
    (signs, left, expression(right)).prop_map(|(sign, left, right)| Pred::Compare(sign, left, right)).boxed()
}

fn one_of(kind: Type) -> BoxedStrategy<Pred> {
    let value = if kind == Type::Date { field(kind).boxed() } else { expression(kind) };
    (value, vec(literal(kind), 0..4)).prop_map(|(value, choices)| Pred::OneOf(value, choices)).boxed()
}

fn simple() -> BoxedStrategy<Pred> {
    let same = [Type::Text, Type::Int, Type::Double, Type::Time, Type::Date, Type::Span];
    let tests = select(vec!["startsWith", "endsWith", "contains"]);
    let test = (tests, expression(Type::Text), expression(Type::Text));

    prop_oneof![
        6 => proptest::strategy::Union::new(same.map(|kind| compared(kind, kind))),
        1 => compared(Type::Int, Type::Double),
        1 => compared(Type::Double, Type::Int),
        2 => proptest::strategy::Union::new(
            [Type::Text, Type::Int, Type::Double, Type::Bool, Type::Time, Type::Date].map(one_of)
        ),
        1 => (expression(Type::Text), select(vec!["tags", "c_list", "ref.tags"]))
            .prop_map(|(value, list)| Pred::Holds(value, list)),
        2 => test.prop_map(|(name, text, part)| Pred::Test(name, text, part)),
        1 => select(&FIELDS[..]).prop_map(|(name, kind)| Pred::Has(name, kind)),
        1 => plain(Type::Bool).prop_map(Pred::Is),
        2 => beside_now(),
    ]
    .boxed()
}

/// A timestamp compared with `now`, in every form that is allowed.
fn beside_now() -> BoxedStrategy<Pred> {
    let signs = select(vec![("<", ">"), ("<=", ">="), (">", "<"), (">=", "<=")]);
    let field = select(vec!["t1", "t2", "c_time", "ref.t1"]);
    let spans = || select(&SPANS[..5]);

    (signs, field, spans(), spans(), 0..7)
        .prop_map(|((sign, mirrored), field, (one, first), (other, second), form)| {
            let (text, shift) = match form {
                0 => (format!("record.{field} {sign} now"), 0),
                1 => (format!("record.{field} {sign} now - duration(\"{one}\")"), -first),
                2 => (format!("duration(\"{one}\") + now {mirrored} record.{field}"), first),
                3 => (
                    format!("record.{field} - duration(\"{one}\") {sign} now + duration(\"{other}\")"),
                    first + second,
                ),
                4 => (format!("now - record.{field} {mirrored} duration(\"{one}\")"), -first),
                5 => (format!("duration(\"{one}\") {mirrored} record.{field} - now"), first),
                _ => (
                    format!("now {mirrored} duration(\"{one}\") + record.{field} - duration(\"{other}\")"),
                    second - first,
                ),
            };
            Pred::Now(text, sign, field, shift)
        })
        .boxed()
}

pub fn predicate() -> BoxedStrategy<Pred> {
    simple()
        .prop_recursive(3, 12, 3, |inner| {
            let truth = || {
                let nested = inner.clone().prop_map(|inner| Expr::Truth(Box::new(inner)));
                prop_oneof![plain(Type::Bool), nested]
            };

            prop_oneof![
                vec(inner.clone(), 2..4).prop_map(Pred::All),
                vec(inner.clone(), 2..4).prop_map(Pred::Any),
                inner.clone().prop_map(|inner| Pred::Not(Box::new(inner))),
                (select(vec!["==", "!="]), truth(), truth())
                    .prop_map(|(sign, left, right)| Pred::Compare(sign, left, right)),
            ]
        })
        .boxed()
}
