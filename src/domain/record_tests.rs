use serde_json::json;

use super::*;
use crate::domain::refusal::Refusal;

fn lead() -> RecordType {
    let lead =
        built_in_types(OrganizationId(Uuid::nil()), DateTime::UNIX_EPOCH, &mut || Uuid::nil()).remove(0);
    let declared = [
        ("origin", AttributeType::String),
        ("revenue", AttributeType::Double),
        ("visits", AttributeType::Int),
        ("tags", AttributeType::StringList),
    ];
    let declared = declared.map(|(name, declared)| (name.to_owned(), declared)).into_iter().collect();
    lead.declare(&declared, DateTime::UNIX_EPOCH).expect("fine")
}

fn upsert(attributes: Value) -> Upsert {
    let Value::Object(attributes) = attributes else { panic!("an object") };
    Upsert { record_id: ChosenId::known("l1"), owner: OwnerChange::Keep, attributes, source_version: 0 }
}

fn ana() -> SellerId {
    SellerId(Uuid::from_u128(7))
}

fn apply(current: Option<&Record>, upsert: &Upsert) -> Result<Merged, Violations> {
    let sellers = HashMap::from([("ana".to_owned(), ana())]);
    let now = DateTime::from_timestamp_micros(1_800_000_000_000_000).expect("in range");
    let record_type = lead();
    let merge = Merge { record_type: &record_type, sellers: &sellers, now, hints: HINTS.into() };
    merge.apply(current, upsert, &mut || Uuid::from_u128(1))
}

fn created(attributes: Value) -> Record {
    apply(None, &upsert(attributes)).expect("fine").record
}

#[test]
fn a_new_record_is_active_and_holds_the_given_values() {
    let merged = apply(None, &upsert(json!({"origin": "social", "email": null}))).expect("fine");
    assert_eq!((merged.effect, merged.content_changed), (Effect::Created, true));
    assert_eq!(Value::Object(merged.record.attributes.clone()), json!({"origin": "social"}));
    assert!(merged.record.is_active() && merged.record.version == 1);
}

#[test]
fn an_omitted_attribute_stays_and_null_clears_it() {
    let before = created(json!({"origin": "social", "revenue": 3}));
    let merged = apply(Some(&before), &upsert(json!({"revenue": null, "visits": "12"}))).expect("fine");
    assert_eq!(merged.effect, Effect::Updated);
    assert_eq!(Value::Object(merged.record.attributes), json!({"origin": "social", "visits": 12}));
    assert_eq!((merged.record.version, merged.record.create_time), (2, before.create_time));
}

#[test]
fn an_owner_is_set_kept_and_cleared() {
    let set = |owner| Upsert { owner, ..upsert(json!({})) };
    let owned = apply(None, &set(OwnerChange::Set("ana".into()))).expect("fine").record;
    assert_eq!(owned.owner, Some(ana()));
    assert_eq!(apply(Some(&owned), &set(OwnerChange::Keep)).expect("fine").effect, Effect::Unchanged);
    let cleared = apply(Some(&owned), &set(OwnerChange::Clear)).expect("fine");
    assert_eq!((cleared.record.owner, cleared.owner_changed), (None, true));
}

#[test]
fn equal_content_is_unchanged_even_if_the_database_formats_numbers_differently() {
    let mut before = created(json!({"revenue": 1e16, "visits": 3, "tags": ["a", "a"]}));
    // The database returns 1e16 like this.
    before.attributes.insert("revenue".into(), json!(10_000_000_000_000_000_i64));
    let again = apply(Some(&before), &upsert(json!({"revenue": 1e16, "visits": 3.0, "tags": ["a", "a"]})));
    assert_eq!(again.expect("fine"), Merged::nothing(before, Effect::Unchanged));
}

#[test]
fn an_older_version_is_ignored_and_an_upsert_without_one_never_is() {
    let versioned =
        |version, origin: &str| Upsert { source_version: version, ..upsert(json!({"origin": origin})) };
    let seven = apply(None, &versioned(7, "a")).expect("fine").record;
    assert_eq!(apply(Some(&seven), &versioned(6, "b")).expect("fine").effect, Effect::Outdated);

    let same = apply(Some(&seven), &versioned(7, "b")).expect("fine");
    assert_eq!((same.effect, same.record.source_version), (Effect::Updated, 7));
    // An upsert without a version is applied, and keeps the accepted version.
    let none = apply(Some(&seven), &versioned(0, "b")).expect("fine");
    assert_eq!((none.effect, none.record.source_version), (Effect::Updated, 7));
}

#[test]
fn a_newer_version_is_stored_even_if_the_content_is_equal() {
    let five = Upsert { source_version: 5, ..upsert(json!({"origin": "a"})) };
    let before = apply(None, &five).expect("fine").record;
    let noted = apply(Some(&before), &Upsert { source_version: 9, ..five }).expect("fine");
    assert_eq!(
        (noted.effect, noted.content_changed, noted.record.source_version),
        (Effect::Updated, false, 9)
    );
}

#[test]
fn everything_wrong_with_an_item_is_reported_at_once() {
    let mut bad = upsert(json!({"orign": "x", "visits": 1.5, "odd name": 1, "email": "a\u{0}"}));
    bad.owner = OwnerChange::Set("zoe".into());
    let found = apply(None, &bad).expect_err("refused");
    let told: Vec<_> = found.iter().map(|one| (one.field.as_str(), one.reason)).collect();
    let expected = [
        ("owner", Reason::ReferenceNotFound),
        ("attributes.email", Reason::AttributeValueInvalid),
        ("attributes[\"odd name\"]", Reason::AttributeUnknown),
        ("attributes.orign", Reason::AttributeUnknown),
        ("attributes.visits", Reason::AttributeValueInvalid),
    ];
    assert_eq!(told, expected);
    assert!(found.to_string().contains("did you mean origin?"));
}

#[test]
fn texts_and_whole_upserts_have_a_limit() {
    assert!(apply(None, &upsert(json!({"origin": "ö".repeat(LONGEST_TEXT)}))).is_ok());
    let long = apply(None, &upsert(json!({"tags": ["ö".repeat(LONGEST_TEXT + 1)]}))).expect_err("refused");
    assert_eq!(long.shared_reason(), Some(Reason::AttributeValueInvalid));
    // Each text is within its limit, but together they exceed the limit of an upsert.
    let many: Vec<String> = (0..9).map(|_| "x".repeat(LONGEST_TEXT)).collect();
    let large = apply(None, &upsert(json!({"tags": many}))).expect_err("refused");
    assert_eq!(large.shared_reason(), Some(Reason::FieldTooLong));
}

#[test]
fn a_change_of_name_is_noticed() {
    let before = created(json!({"name": "Kim"}));
    assert_eq!(before.display_name(&lead()), "Kim");
    let renamed = apply(Some(&before), &upsert(json!({"name": null}))).expect("fine");
    assert!(renamed.display_name_changed && !renamed.owner_changed);
    assert_eq!(renamed.record.display_name(&lead()), "l1");
    let other = apply(Some(&before), &upsert(json!({"origin": "x"}))).expect("fine");
    assert!(!other.display_name_changed && other.content_changed);
}

#[test]
fn a_record_is_closed_once() {
    let now = DateTime::UNIX_EPOCH;
    let closed = created(json!({})).close(CloseOutcome::Won, &lead(), now).expect("open");
    assert_eq!((closed.is_active(), closed.version), (false, 2));
    let refused = closed.close(CloseOutcome::Lost, &lead(), now).expect_err("closed");
    assert_eq!(refused, Refusal::RecordClosed { record: "recordTypes/lead/records/l1".into() });
}

#[test]
fn a_record_holds_at_most_a_mebibyte_and_one_that_holds_more_can_become_smaller() {
    // 35 texts of 32,000 bytes are more than 1 MiB.
    let text = "x".repeat(32_000);
    let tags: Vec<_> = (0..34).map(|_| text.clone()).collect();
    let mut large = created(json!({"origin": text}));
    large.attributes.insert("tags".to_owned(), json!(tags));

    let grown = apply(Some(&large), &upsert(json!({"visits": 1}))).expect_err("would be larger");
    assert_eq!(grown.shared_reason(), Some(Reason::FieldTooLong));
    let owned = Upsert { owner: OwnerChange::Set("ana".into()), ..upsert(json!({})) };
    assert!(apply(Some(&large), &owned).is_ok(), "it can change hands");
    assert!(apply(Some(&large), &upsert(json!({"origin": null}))).is_ok(), "and shrink");
}

#[test]
fn only_the_first_unknown_names_of_a_batch_get_a_suggestion() {
    let wrong: Map<String, Value> = (0..40).map(|number| (format!("origi{number:02}"), json!(1))).collect();
    let found = apply(None, &upsert(wrong.into())).expect_err("unknown");
    let hints = found.iter().filter(|wrong| wrong.description.contains("did you mean origin")).count();
    assert_eq!((found.len(), hints), (40, HINTS));
}

#[test]
fn more_attributes_than_a_type_can_have_are_refused_as_a_whole() {
    let many: Map<String, Value> = (0..501).map(|number| (format!("a{number}"), json!(1))).collect();
    let found = apply(None, &upsert(many.into())).expect_err("too many");
    assert_eq!(found.len(), 1);
    assert_eq!(found.shared_reason(), Some(Reason::FieldTooLong));
}
