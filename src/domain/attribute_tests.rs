use serde_json::json;

use super::*;

fn reference() -> AttributeType {
    AttributeType::Reference { record_type: "account".to_owned() }
}

#[test]
fn a_type_is_written_and_parsed_by_its_name() {
    for word in ["STRING", "INT", "DOUBLE", "BOOL", "TIMESTAMP", "DATE", "STRING_LIST"] {
        assert_eq!(word.parse::<AttributeType>().unwrap().to_string(), word);
    }
    assert_eq!(reference().to_string(), "REFERENCE");
    assert!("REFERENCE".parse::<AttributeType>().unwrap_err().contains("record type"));
    assert!("TEXT".parse::<AttributeType>().unwrap_err().contains("\"TEXT\""));
}

#[test]
fn a_type_survives_its_stored_form() {
    let stored = serde_json::to_value(reference()).unwrap();
    assert_eq!(stored, json!({"type": "REFERENCE", "record_type": "account"}));
    assert_eq!(serde_json::from_value::<AttributeType>(stored).unwrap(), reference());
    assert_eq!(serde_json::to_value(AttributeType::StringList).unwrap(), json!({"type": "STRING_LIST"}));
}

#[test]
fn whole_numbers_are_accepted_as_numbers_integral_doubles_or_text() {
    let int = AttributeType::Int;
    assert_eq!(int.coerce(&json!(12.0)).unwrap(), json!(12));
    assert_eq!(int.coerce(&json!("9223372036854775807")).unwrap(), json!(i64::MAX));
    assert_eq!(int.coerce(&json!("-9223372036854775808")).unwrap(), json!(i64::MIN));
    assert_eq!(int.coerce(&json!("12.0")).unwrap(), json!(12));
    for refused in [json!(1.5), json!("1.5"), json!("1."), json!("+1"), json!("1E3"), json!(""), json!(true)]
    {
        assert!(int.coerce(&refused).is_err(), "{refused}");
    }
}

#[test]
fn a_code_is_no_number() {
    for kind in [AttributeType::Int, AttributeType::Double] {
        for code in ["02138", "00", "-00", "00501", "007.0"] {
            let rule = kind.coerce(&json!(code)).expect_err("refused");
            assert_eq!(rule, format!("has leading zeros: a code? its attribute is {kind}"), "{code}");
            assert_eq!(kind.parse_text(code), Err(rule));
        }
    }
    assert!(AttributeType::Int.parse_text("-0").is_err());
    for code in ["1E10", "2e05"] {
        let rule = AttributeType::Double.parse_text(code).expect_err("refused");
        assert!(rule.starts_with("reads like a code"), "{code}: {rule}");
    }
}

#[test]
fn a_double_keeps_what_its_text_says() {
    let double = AttributeType::Double;
    for (kept, value) in
        [(".5", 0.5), ("5.", 5.0), ("1.0E10", 1e10), ("1e-7", 1e-7), ("0.30000000000000004", 0.1 + 0.2)]
    {
        assert_eq!(double.parse_text(kept), Ok(json!(value)), "{kept}");
    }
    for lost in ["1e-400", "12345678901234567", "1.234567890123456789", "9007199254740993"] {
        let rule = double.parse_text(lost).expect_err("refused");
        assert_eq!(rule, "has more digits than a DOUBLE keeps", "{lost}");
    }
}

#[test]
fn a_number_that_may_have_been_rounded_on_its_way_is_refused() {
    let int = AttributeType::Int;
    let most = 9_007_199_254_740_991_i64;
    for exact in [most, -most] {
        assert_eq!(int.coerce(&json!(exact)), Ok(json!(exact)));
        assert_eq!(int.coerce(&json!(exact as f64)), Ok(json!(exact)));
    }
    // 2^53 + 1 arrives as 2^53.
    for rounded in [json!(9_007_199_254_740_993_i64 as f64), json!(-1e16), json!(9.223_372_036_854_776e18)] {
        let rule = int.coerce(&rounded).expect_err("refused");
        assert!(rule.contains("as text"), "{rounded}: {rule}");
    }
    assert_eq!(int.coerce(&json!("9007199254740993")), Ok(json!(9_007_199_254_740_993_i64)));
}

#[test]
fn doubles_are_finite_numbers() {
    let double = AttributeType::Double;
    assert_eq!(double.coerce(&json!(3)).unwrap(), json!(3.0));
    assert_eq!(double.coerce(&json!("42.5")).unwrap(), json!(42.5));
    assert_eq!(double.parse_text(" 1.0e3 ").unwrap(), json!(1000.0));
    for refused in ["NaN", "inf", "-Infinity", "1e999", "", "1,5", "+1.5"] {
        assert!(double.parse_text(refused).is_err(), "{refused}");
    }
}

#[test]
fn timestamps_are_stored_with_a_fixed_width_in_utc() {
    let timestamp = AttributeType::Timestamp;
    let stored = timestamp.coerce(&json!("2026-03-31T09:00:00.1234567+02:00")).unwrap();
    assert_eq!(stored, json!("2026-03-31T07:00:00.123456Z"));
    for offset in ["+0000", "-0730"] {
        let text = format!("2026-05-13T14:20:48.000{offset}");
        let colon = format!("2026-05-13T14:20:48.000{}:{}", &offset[..3], &offset[3..]);
        assert_eq!(timestamp.parse_text(&text).unwrap(), timestamp.parse_text(&colon).unwrap());
    }
    assert_eq!(timestamp.parse_text("0001-01-01T00:00:00Z").unwrap(), json!("0001-01-01T00:00:00.000000Z"));
    // A leap second.
    assert_eq!(timestamp.parse_text("2016-12-31T23:59:60Z").unwrap(), json!("2016-12-31T23:59:59.999999Z"));
    for refused in
        ["2026-03-31", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00"]
    {
        assert!(timestamp.parse_text(refused).is_err(), "{refused}");
    }
}

#[test]
fn dates_are_days_that_exist() {
    let date = AttributeType::Date;
    assert_eq!(date.coerce(&json!("2024-02-29")).unwrap(), json!("2024-02-29"));
    for refused in
        ["2026-02-29", "2026-2-01", "0000-01-01", "+2026-01-1", "2026-01-01T00:00:00Z", " 2026-1-1 "]
    {
        assert!(date.coerce(&json!(refused)).is_err(), "{refused}");
    }
}

#[test]
fn a_reference_is_stored_as_the_bare_id() {
    assert_eq!(reference().coerce(&json!("a-1@x.y_z")).unwrap(), json!("a-1@x.y_z"));
    assert_eq!(reference().coerce(&json!("recordTypes/account/records/a1")).unwrap(), json!("a1"));
    for refused in ["recordTypes/contact/records/a1", "", "a b", "recordTypes/account/records/"] {
        assert!(reference().coerce(&json!(refused)).is_err(), "{refused}");
    }
}

#[test]
fn text_with_nul_is_refused_because_the_database_cannot_store_it() {
    assert!(AttributeType::String.coerce(&json!("a\u{0}b")).unwrap_err().contains("NUL"));
    assert!(AttributeType::StringList.coerce(&json!(["a", "\u{0}"])).unwrap_err().contains("NUL"));
}

#[test]
fn lists_hold_strings_only() {
    // Empty elements are dropped.
    assert_eq!(AttributeType::StringList.parse_text("a; b;;c ").unwrap(), json!(["a", "b", "c"]));
    assert_eq!(AttributeType::StringList.coerce(&json!([])).unwrap(), json!([]));
    assert!(AttributeType::StringList.coerce(&json!(["a", 1])).unwrap_err().contains("a number"));
}

#[test]
fn the_rule_names_the_kind_that_was_given() {
    assert_eq!(AttributeType::Bool.coerce(&json!(1)).unwrap_err(), "must be true or false, not a number");
    assert_eq!(AttributeType::Bool.coerce(&json!("True")), Ok(json!(true)));
    assert_eq!(AttributeType::String.coerce(&Value::Null).unwrap_err(), "must be a string, not null");
}

#[test]
fn attribute_names_are_identifiers_that_are_neither_reserved_nor_built_in() {
    for name in ["origin", "_x", "A1", &"a".repeat(64)] {
        assert_eq!(AttributeName::new(name).unwrap().as_str(), name);
    }
    for name in ["", "1a", "a-b", "é", "in", "null", "owner", "update_time", &"a".repeat(65)] {
        assert!(AttributeName::new(name).is_err(), "{name}");
    }
}
