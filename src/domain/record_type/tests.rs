//! Tests of record types.

use super::*;

pub(super) fn lead() -> RecordType {
    built_in_types(OrganizationId(Uuid::nil()), DateTime::UNIX_EPOCH, &mut || Uuid::nil()).remove(0)
}

fn draft(record_type: &RecordType) -> RecordTypeDraft {
    let attributes = record_type.attributes.iter();
    RecordTypeDraft {
        display_name: record_type.display_name.clone(),
        attributes: attributes.map(|(name, declared)| (name.to_string(), declared.clone())).collect(),
        descriptions: record_type.descriptions.clone(),
        indexed: BTreeSet::new(),
        roles: record_type.roles.clone(),
        priority: record_type.priority.clone(),
    }
}

fn declared(attributes: &[(&str, AttributeType)]) -> Declared {
    attributes.iter().map(|(name, declared)| ((*name).to_owned(), declared.clone())).collect()
}

#[test]
fn built_in_types_pass_the_checks() {
    let mut minted = 0;
    let types = built_in_types(OrganizationId(Uuid::nil()), DateTime::UNIX_EPOCH, &mut || {
        minted += 1;
        Uuid::from_u128(minted)
    });
    let ids: Vec<&str> = types.iter().map(|one| one.record_type_id.as_str()).collect();
    assert_eq!(ids, ["lead", "opportunity", "account", "contact", "insight"]);
    assert!(types.iter().all(|one| draft(one).check(&Limits::default()).is_ok() && one.built_in));
    assert_eq!(minted, 5);
}

#[test]
fn new_attributes_are_added_and_declaring_them_again_changes_nothing() {
    let origin = declared(&[("origin", AttributeType::String), ("email", AttributeType::String)]);
    let first = lead().declare(&origin, DateTime::UNIX_EPOCH).expect("fine");
    assert_eq!((first.version, first.attributes.len()), (2, 6));
    assert_eq!(first.declare(&origin, DateTime::UNIX_EPOCH), Ok(first.clone()));
}

#[test]
fn a_declared_type_never_changes() {
    let conflict = lead().declare(&declared(&[("email", AttributeType::Int)]), DateTime::UNIX_EPOCH);
    let expected = Refusal::AttributeTypeConflict {
        attribute: "email".into(),
        declared: "STRING".into(),
        given: "INT".into(),
    };
    assert_eq!(conflict, Err(Declined::Refused(expected)));
}

#[test]
fn every_bad_name_is_reported_at_its_key() {
    let bad = declared(&[("first name", AttributeType::String), ("owner", AttributeType::String)]);
    let Err(Declined::Invalid(found)) = lead().declare(&bad, DateTime::UNIX_EPOCH) else { panic!("refused") };
    let fields: Vec<&str> = found.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["attributes[\"first name\"]", "attributes[\"owner\"]"]);
}

#[test]
fn a_record_type_has_at_most_500_attributes() {
    let many = |range: std::ops::Range<i32>| -> Declared {
        range.map(|index| (format!("a{index}"), AttributeType::Int)).collect()
    };
    let full = lead().declare(&many(0..495), DateTime::UNIX_EPOCH).expect("500 in all");
    assert!(full.declare(&many(494..496), DateTime::UNIX_EPOCH).is_err());
}

#[test]
fn roles_name_declared_attributes_of_their_type() {
    let roles = Roles {
        email: "mail".into(),
        phones: vec!["do_not_phone".into()],
        do_not_email: "email".into(),
        ..Roles::default()
    };

    let draft = RecordTypeDraft { roles, ..draft(&lead()) };
    let found = draft.check(&Limits::default()).expect_err("refused");
    let reasons: Vec<_> =
        found.iter().map(|violation| (violation.field.as_str(), violation.reason)).collect();
    let expected = [
        ("email_attribute", Reason::AttributeUnknown),
        ("phone_attributes[0]", Reason::FieldInvalid),
        ("do_not_email_attribute", Reason::FieldInvalid),
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn state_is_reserved_for_the_built_in_one_but_an_older_attribute_stays() {
    let subject = lead().list_subject();
    assert_eq!(subject.fields["state"], AttributeType::String);
    assert!(!lead().subject().fields.contains_key("state"));
    let state = declared(&[("state", AttributeType::Int), ("state_", AttributeType::String)]);
    let Err(Declined::Invalid(found)) = lead().declare(&state, DateTime::UNIX_EPOCH) else {
        panic!("refused")
    };
    let fields: Vec<&str> = found.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["attributes[\"state\"]"]);
    let mut older = lead();
    older.attributes.insert(AttributeName::new("state").expect("a name"), AttributeType::Int);
    assert!(older.declare(&state, DateTime::UNIX_EPOCH).is_ok());
    assert_eq!(older.list_subject().fields["state"], AttributeType::Int);
}

#[test]
fn a_stage_is_an_attribute_like_others() {
    let stage = declared(&[("stage", AttributeType::String)]);
    let with = lead().declare(&stage, DateTime::UNIX_EPOCH).expect("fine");
    assert_eq!(with.subject().fields["stage"], AttributeType::String);
}
