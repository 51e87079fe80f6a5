use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;

fn subject() -> Subject {
    let account = AttributeType::Reference { record_type: "account".to_owned() };
    let fields = [
        ("origin", AttributeType::String),
        ("revenue", AttributeType::Double),
        ("count", AttributeType::Int),
        ("vip", AttributeType::Bool),
        ("seen", AttributeType::Timestamp),
        ("born", AttributeType::Date),
        ("tags", AttributeType::StringList),
        ("account", account.clone()),
        ("partner", AttributeType::Reference { record_type: "partner".to_owned() }),
    ];
    let name = |name: &str| AttributeName::new(name).expect("a name");
    let of_account = [
        (name("industry"), AttributeType::String),
        (name("renewal"), AttributeType::Timestamp),
        (name("parent"), account),
    ];
    let related = BTreeMap::from([("account".to_owned(), of_account.into())]);
    Subject { knows_now: true, related, ..Subject::new("record", fields) }
}

fn parse(text: &str) -> Result<Condition, Vec<ConditionProblem>> {
    Condition::parse(text, &subject())
}

/// The only problem, as line, column and message.
fn problem(text: &str) -> (u32, u32, String) {
    let problems = parse(text).expect_err(text);
    assert_eq!(problems.len(), 1, "{text}: {problems:?}");
    (problems[0].line, problems[0].column, problems[0].message.clone())
}

#[test]
fn an_unknown_attribute_is_named_with_its_place_and_the_nearest_name() {
    assert_eq!(
        problem("record.orign == 3"),
        (1, 8, "unknown attribute orign: did you mean origin?".to_owned())
    );
    // Columns count characters, not bytes, and white space is allowed around the dot.
    let (line, column, _) = problem("record.origin == \"é😀\" &&\n  \"é\" == record . orign");
    assert_eq!((line, column), (2, 19));
    assert_eq!(problem("has(record.zzzzzz)"), (1, 12, "unknown attribute zzzzzz".to_owned()));
}

#[test]
fn all_problems_are_reported_at_once_in_order() {
    let problems = parse("record.a1 == 1 && record.origin < 3 || now == record.seen").unwrap_err();
    let columns: Vec<u32> = problems.iter().map(|problem| problem.column).collect();
    assert_eq!(columns, [8, 33, 44]);
}

#[test]
fn wrong_types_name_both() {
    assert_eq!(problem("record.origin == 3"), (1, 15, "== can't compare STRING with INT".to_owned()));
    assert!(problem("record.seen > \"2026-01-01\"").2.contains("timestamp(\"…\")"));
    assert!(problem("record.count % 2.0 == 1").2.contains("% can't be applied to INT and DOUBLE"));
    assert!(problem("record.origin + record.origin == \"x\"").2.contains("joining strings"));
    assert!(problem("record.count").2.contains("expected BOOL, found INT"));
    assert!(problem("record.vip < true").2.contains("can't order BOOL"));
    assert!(problem("record.account == record.origin").2.contains("REFERENCE to account with STRING"));
    assert!(problem("record.tags == record.tags").2.contains("STRING_LIST"));
    assert!(problem("1 in record.tags").2.contains("STRING_LIST can only hold STRING, not INT"));
    assert!(problem("record.count in [1, \"x\"]").2.contains("INT with STRING"));
}

#[test]
fn unsupported_parts_of_cel_are_refused_by_name() {
    for (text, named) in [
        ("record.seen == now", "now can only be compared by <, <=, > or >="),
        ("record.born < now", "now can only be compared"),
        ("now > timestamp(\"2026-01-01T00:00:00Z\")", "with a TIMESTAMP attribute"),
        ("now - now > duration(\"1d\")", "now can only be compared"),
        ("now - record.born > duration(\"1d\")", "now can only be compared"),
        ("now - record.seen > record.seen", "now can only be compared"),
        ("now + now > record.seen", "now can only be compared"),
        ("duration(\"1d\") - now < record.seen", "now can only be compared"),
        ("record.seen < now - record.seen", "now can only be compared"),
        ("record.seen in [now]", "now can only be compared"),
        ("now", "now can only be compared"),
        ("record.seen < now + duration(\"200000000d\")", "ten thousand years"),
        ("record.account.industri == \"x\"", "attribute industri of account: did you mean industry?"),
        ("record.account.id == \"x\"", "unknown attribute id of account"),
        ("record.account.parent.industry == \"x\"", "parent.industry is two references away"),
        ("record.origin.industry == \"x\"", "origin is a STRING and has no attribute industry"),
        (
            "record.partner.industry == \"x\"",
            "partner.industry can't be used here: only the record's own attributes can",
        ),
        ("record.account.renewal == now", "now can only be compared"),
        ("record.vip ? true : false", "?: is not supported"),
        ("record.origin.matches(\"x\")", "the function matches is not supported"),
        ("record.tags.exists(t, t == \"x\")", "the function exists is not supported"),
        ("record.tags[0] == \"x\"", "[ ] is not supported"),
        ("record.origin == null", "null is not supported"),
        ("record.count == 3u", "unsigned"),
        ("record.origin == b\"x\"", "bytes"),
        ("{\"a\": 1} == record.origin", "{ }"),
        ("record.origin == \"\\u0000\"", "NUL"),
        ("record.origin in [record.origin]", "only literals"),
        ("record.origin.startswith(\"x\")", "did you mean startsWith?"),
    ] {
        let (_, _, message) = problem(text);
        assert!(message.contains(named), "{text}: {message}");
    }
}

#[test]
fn the_supported_language_parses() {
    for text in [
        "record.origin == \"paid search\" && record.revenue > 10000",
        "!(record.revenue > 10) || record.vip && !record.vip",
        "has(record.account) && record.account in [\"a1\", \"recordTypes/account/records/a2\"]",
        "record.born >= \"2026-01-01\" || record.born < date('2000-02-29')",
        "record.seen > timestamp(\"2026-01-01T00:00:00+02:00\") - duration(\"30d\")",
        "record.seen - timestamp(\"2026-01-01T00:00:00Z\") > duration(\"1h30m\") // a comment",
        "size(record.tags) > 1 && record.tags.size() < 3",
        "\"x\" in record.tags && record.origin in record.tags",
        "record.count / 2 + -record.count % 3 >= -9223372036854775808",
        "record.origin.lowerAscii().startsWith(r'a\\') && record.origin.contains('''it's''')",
        "(record.vip == (record.count > 0x1F)) != false",
        "now - record.seen > duration('30d') || record.seen - now < duration('1h')",
        "record.seen < now - duration('30d') || now + duration('1h') >= record.seen - duration('1d')",
        "(duration('1d') + now) - duration('1h') < record.seen + duration('2d') - duration('3h')",
        "record.count in [] && record.revenue in [1, 2.5, -3]",
        "record.account.industry in ['bank'] && !has(record.account.parent) && record.account.renewal < now",
        "record.account.parent == 'a1' || size(record.account.industry) > 3",
    ] {
        let condition = parse(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
        assert_eq!(condition.text(), text);
    }
}

#[test]
fn fields_used_are_all_fields_named_in_the_text() {
    let condition =
        parse("has(record.vip) && size(record.tags) > record.count || record.origin in ['x']").unwrap();
    assert_eq!(condition.fields_used().into_iter().collect::<Vec<_>>(), ["count", "origin", "tags", "vip"]);
}

#[test]
fn an_attribute_of_a_related_record_begins_with_the_reference() {
    let text = "record.account.industry != 'bank' || record.account.renewal - duration('30d') < now";
    let condition = parse(text).unwrap();
    assert_eq!(
        condition.fields_used().into_iter().collect::<Vec<_>>(),
        ["account.industry", "account.renewal"]
    );
    let negated = condition.negated_fields();
    assert_eq!(Condition::having("record", negated[0]).text(), "has(record.account.industry)");
    let flips: Vec<String> = condition.flips().into_iter().map(|flip| flip.field).collect();
    assert_eq!(flips, ["account.renewal"]);
    assert_eq!(
        subject().field("account.renewal").map(|field| field.attribute_type),
        Some(AttributeType::Timestamp)
    );
    assert_eq!((subject().field("account.x"), subject().field("origin.x")), (None, None));
    assert!(Condition::parse(text, &subject().without_related()).is_err());

    let seller = Subject::new("seller", [("industry", AttributeType::String)]).beside(subject());
    let both = Condition::parse("seller.industry == record.account.industry", &seller).unwrap();
    assert_eq!(
        both.related_fields_of_record(),
        parse("has(record.account.industry)").unwrap().related_fields()
    );
    assert_eq!(both.fields_used().into_iter().collect::<Vec<_>>(), ["industry", "record.account.industry"]);
}

#[test]
fn constants_are_computed_and_brought_into_stored_form() {
    let root = parse("record.seen > timestamp('2026-03-01T00:00:00Z') - duration('1.5d')").unwrap().root;
    let instant = chrono::DateTime::parse_from_rfc3339("2026-02-27T12:00:00Z").unwrap().to_utc();

    let Predicate::Compare { right, .. } = root else { panic!() };
    assert_eq!(right, Expression::Literal(Literal::Timestamp(instant)));
    assert!(problem("record.seen > timestamp('9999-12-31T00:00:00Z') + duration('2d')").2.contains("9999"));
    for refused in
        ["'30'", "''", "'-'", "'1x'", "'1.5us'", "'1ns'", "'4000000d'", "'1..5s'", "'99999999999999999999s'"]
    {
        assert!(parse(&format!("record.seen - record.seen > duration({refused})")).is_err(), "{refused}");
    }
}

#[test]
fn limits_are_named_with_their_value() {
    assert!(problem("").2.contains("empty"));
    assert!(problem(&" ".repeat(LONGEST + 1)).2.contains("4096 characters, this one has 4097"));
    assert!(
        problem(&format!("{}record.vip{}", "(".repeat(33), ")".repeat(33))).2.contains("at most 32 deep")
    );
    assert!(problem(&format!("{}record.vip", "!".repeat(4000))).2.contains("at most 32 deep"));
    assert!(problem(&format!("record.count{} > 1", "+1".repeat(40))).2.contains("at most 32 deep"));
    // Each `record.vip` is two nodes.
    assert!(problem(&vec!["record.vip"; 300].join("&&")).2.contains("at most 500 names"));
    // A long list of alternatives is one node more, not 199 levels.
    assert!(parse(&vec!["record.vip"; 200].join("||")).is_ok());
}

#[test]
fn the_deepest_nesting_of_every_kind_fits_a_small_stack() {
    let deepest =
        [("(", ")"), ("!(", ")"), ("[", "]"), ("size(", ")"), ("record.vip == (", ")"), ("-(", ")")];
    let texts = deepest.map(|(open, close)| {
        let texts = (1..=DEEPEST + 1).map(|n| format!("{}record.vip{}", open.repeat(n), close.repeat(n)));
        texts.collect::<Vec<String>>()
    });
    let parse_all = move || texts.iter().flatten().filter(|text| parse(text).is_ok()).count();

    // A worker thread has 2 MB; the rest is for the caller.
    let thread = std::thread::Builder::new().stack_size(1_500_000).spawn(parse_all).unwrap();
    assert!(thread.join().unwrap() > DEEPEST);
}

#[test]
fn a_subject_that_is_asked_only_when_it_changes_refuses_now() {
    let problems = Condition::parse("record.seen < now", &subject().without_now()).unwrap_err();
    assert!(problems[0].message.starts_with("now can't be used here"), "{problems:?}");
}

#[test]
fn the_next_flip_is_the_first_instant_after_now_at_which_an_answer_may_change() {
    let text =
        "record.seen < now - duration('1h') && !(record.seen + duration('1m') > now) || record.seen >= now";
    let flips = parse(text).unwrap().flips();
    let shifts: Vec<i64> = flips.iter().map(|flip| flip.shift).collect();
    assert_eq!(shifts, [-3_600_000_000, -60_000_000, 0]);

    let seen = chrono::DateTime::from_timestamp_micros(1_000_000_000_000).unwrap();
    let value = |name: &str| (name == "seen").then_some(seen.timestamp_micros());
    let just_after = |seconds| seen + TimeDelta::seconds(seconds) + TimeDelta::microseconds(1);
    for (now, next) in [
        (seen - TimeDelta::days(1), Some(just_after(0))),
        (seen, Some(just_after(0))),
        (just_after(0), Some(just_after(60))),
        (just_after(60), Some(just_after(3_600))),
        (just_after(3_600), None),
    ] {
        assert_eq!(Flip::next(&flips, value, now), next, "{now}");
    }
    assert_eq!(Flip::next(&flips, |_| None, seen), None);
    assert_eq!(Flip::next(&flips, |_| Some(i64::MIN), seen), None);
}

#[test]
fn bad_syntax_says_what_was_expected_and_where() {
    for (text, column, message) in [
        ("record.origin = 'x'", 15, "unexpected '='; use == for equality"),
        ("record.count >", 15, "expected a name or a value, found the end"),
        ("(record.vip", 12, "expected ), found the end"),
        ("record.origin == 'x", 18, "the string isn't closed"),
        ("record.vip record.vip", 12, "expected an operator, found \"record\""),
        ("origin == 'x'", 1, "unknown name origin: did you mean record.origin?"),
    ] {
        assert_eq!(problem(text), (1, column, message.to_owned()));
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn no_sequence_of_words_makes_it_panic(words in prop::collection::vec(prop::sample::select(vec![
        "record", ".", "origin", "count", "tags", "seen", "now", "null", "true", "has", "size",
        "timestamp", "duration", "(", ")", "[", "]", "{", "}", "&&", "||", "!", "-", "+", "*", "/",
        "%", "==", "!=", "<", ">=", "in", ",", "?", ":", "'x'", "\"", "'''", "r'", "\\", "1", "2.5e3",
        "9223372036854775808", "0x", "1e", " ", "\n", "é", "😀",
    ]), 0..400)) {
        let _ = parse(&words.concat());
        let _ = parse(&words.join(" "));
    }
}
