use serde_json::{Value as Json, json};

use super::*;

const HEAD: &str = r#"
syntax = "proto3";
package probe;
import "buf/validate/validate.proto";
"#;

/// Compiles a proto of the test's own, so that each rule is tested even if our protos don't use it.
fn compile(body: &str) -> (DescriptorPool, Checks) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("probe.proto"), format!("{HEAD}{body}")).expect("written");
    let mut compiler = protox::Compiler::new([folder.path(), "proto".as_ref()]).expect("both folders exist");
    compiler.open_file("probe.proto").expect("compiles");
    let pool = compiler.descriptor_pool();
    let plans = Checks::compile(&pool, "probe");
    (pool, plans)
}

/// The violations of `value` as a `probe.M` with this `body`: field, reason, description.
fn found(body: &str, value: Json) -> Vec<(String, Reason, String)> {
    let (pool, plans) = compile(body);
    assert_eq!(plans.unsupported, Vec::<String>::new());
    let message = pool.get_message_by_name("probe.M").expect("declared");
    let message = DynamicMessage::deserialize(message, value).expect("fits the proto");
    let violations = plans.check(&message).err().unwrap_or_default();
    violations.into_iter().map(|found| (found.field, found.reason, found.description)).collect()
}

fn one(field: &str, reason: Reason, description: &str) -> Vec<(String, Reason, String)> {
    vec![(field.to_owned(), reason, description.to_owned())]
}

#[test]
fn every_rule_in_our_protos_is_understood() {
    assert_eq!(CHECKS.unsupported, Vec::<String>::new());
    assert!(CHECKS.by_name.contains_key("upnext.v1.CreateSequenceRequest"));
}

#[test]
fn a_rule_that_is_not_understood_is_named() {
    let (_, plans) = compile("message M { string a = 1 [(buf.validate.field).string.email = true]; }");
    assert_eq!(plans.unsupported, ["probe.M.a: string.email"]);
    let (_, plans) = compile("message M { string a = 1 [(buf.validate.field).cel_expression = \"true\"]; }");
    assert_eq!(plans.unsupported, ["probe.M.a: cel_expression"]);
}

#[test]
fn a_message_without_rules_has_no_plan_even_if_it_contains_itself() {
    let (_, plans) = compile(
        "message M { repeated M children = 1; string a = 2; N other = 3; O third = 4; } message N { string a = 1; }
         message O { string b = 1 [(buf.validate.field).required = true]; }",
    );
    let mut names: Vec<_> = plans.by_name.keys().collect();
    names.sort();
    assert_eq!(names, ["probe.M", "probe.O"]);
    let fields: Vec<_> =
        plans.by_name["probe.M"].fields.iter().map(|field| field.descriptor.name()).collect();
    assert_eq!(fields, ["children", "third"]);
}

#[test]
fn what_leads_to_no_rule_is_not_read_and_yet_known_to_be_there() {
    let body = "message N { N below = 1; }
        message O { string a = 1 [(buf.validate.field).required = true]; }
        message M {
            N plain = 1; repeated N list = 2; map<string, N> map = 3;
            O ruled = 4; map<string, O> ruled_map = 5; N required = 6 [(buf.validate.field).required = true];
            oneof kind { option (buf.validate.oneof).required = true; N x = 7; O y = 8; }
        }";
    let (_, plans) = compile(body);
    let fields = plans.by_name["probe.M"].shape.fields();
    let closed: Vec<_> =
        fields.filter(|field| field.kind() == Kind::Bytes).map(|field| field.number()).collect();
    assert_eq!(closed, [1, 2, 3, 7]);

    let value = json!({"plain": {"below": {}}, "list": [{}], "map": {"k": {"below": {}}}, "x": {},
        "ruled_map": {"k": {"a": "v"}}, "required": {}});
    assert_eq!(found(body, value), []);
    let value = json!({"ruled": {}, "ruled_map": {"k": {}}, "y": {}});
    let all = found(body, value);
    let fields: Vec<_> = all.iter().map(|found| found.0.as_str()).collect();
    assert_eq!(fields, ["ruled.a", "ruled_map[\"k\"].a", "required", "y.a"]);
}

#[test]
fn an_upserts_attributes_are_left_to_those_who_know_their_types() {
    let shape = &CHECKS.by_name["upnext.v1.RecordUpsert"].shape;
    let attributes = shape.get_field_by_name("attributes").expect("declared");
    assert_eq!(attributes.kind(), Kind::Bytes);
}

#[test]
fn length_is_counted_in_characters_and_the_limit_is_named() {
    let body = "message M { string a = 1 [(buf.validate.field).string.max_len = 3]; }";
    assert_eq!(found(body, json!({"a": "äöü"})), []);
    let expected = one("a", Reason::FieldTooLong, "must be at most 3 characters, has 4");
    assert_eq!(found(body, json!({"a": "äöüß"})), expected);
}

#[test]
fn an_empty_text_that_breaks_several_rules_is_one_missing_field() {
    let body = "message M { string a = 1 [(buf.validate.field).string = {min_len: 2, pattern: \"^x\"}]; }";
    assert_eq!(
        found(body, json!({})),
        one("a", Reason::FieldRequired, "must be given: at least 2 characters")
    );
    let both = found(body, json!({"a": "y"}));
    let descriptions: Vec<_> = both.iter().map(|found| found.2.as_str()).collect();
    assert_eq!(descriptions, ["must be at least 2 characters, has 1", "must be of the form ^x, is \"y\""]);
}

#[test]
fn a_zero_value_is_left_alone_only_if_the_proto_says_so() {
    let body = "message M {
        string a = 1 [(buf.validate.field) = {ignore: IGNORE_IF_ZERO_VALUE, string: {uuid: true}}];
        string b = 2 [(buf.validate.field) = {ignore: IGNORE_ALWAYS, string: {uuid: true}}];
        optional string c = 3 [(buf.validate.field).string.uuid = true];
        string d = 4 [(buf.validate.field).string.uuid = true];
    }";
    assert_eq!(found(body, json!({"b": "x"})), one("d", Reason::FieldRequired, "must be given: a UUID"));
    let uuid = "0190c0de-0000-7000-8000-000000000001";
    assert_eq!(found(body, json!({"a": uuid, "d": uuid.to_uppercase()})), []);
    let broken = found(body, json!({"a": "x", "c": "", "d": uuid.replace('-', "")}));
    let fields: Vec<_> = broken.iter().map(|found| found.0.as_str()).collect();
    assert_eq!(fields, ["a", "c", "d"]);
}

#[test]
fn numbers_have_limits_of_their_own_type() {
    let body = "message M {
        int32 a = 1 [(buf.validate.field).int32 = {gte: 0, lte: 10}];
        uint64 b = 2 [(buf.validate.field).uint64 = {gt: 0, lt: 18446744073709551615}];
        double c = 3 [(buf.validate.field).double = {gte: 0.5}];
        int64 d = 4 [(buf.validate.field).int64 = {not_in: [7]}];
    }";

    let descriptions =
        |value| -> Vec<String> { found(body, value).into_iter().map(|found| found.2).collect() };
    assert_eq!(descriptions(json!({"a": 10, "b": 1, "c": 0.5, "d": 0})), Vec::<String>::new());
    assert_eq!(
        descriptions(json!({"a": -1, "b": 0, "c": 0.25, "d": 7})),
        [
            "must be at least 0, is -1",
            "must be more than 0, is 0",
            "must be at least 0.5, is 0.25",
            "must be other than 7, is 7"
        ]
    );
    assert_eq!(
        descriptions(json!({"a": 11, "b": u64::MAX, "c": "NaN"})),
        [
            "must be at most 10, is 11",
            "must be less than 18446744073709551615, is 18446744073709551615",
            "must be at least 0.5, is NaN"
        ]
    );
}

#[test]
fn an_enum_says_which_values_it_takes() {
    let body = "enum Kind { KIND_UNSPECIFIED = 0; GOOD = 1; BETTER = 2; }
        message M {
            Kind a = 1 [(buf.validate.field).enum = {defined_only: true, not_in: [0]}];
            Kind b = 2 [(buf.validate.field).enum.defined_only = true];
            repeated Kind c = 3 [(buf.validate.field).repeated.items.enum = {defined_only: true, not_in: [0]}];
        }";

    assert_eq!(found(body, json!({"a": "GOOD", "c": ["BETTER"]})), []);
    assert_eq!(found(body, json!({})), one("a", Reason::FieldRequired, "must be given: one of GOOD, BETTER"));
    assert_eq!(
        found(body, json!({"a": 1, "b": 9})),
        one("b", Reason::FieldInvalid, "must be one of KIND_UNSPECIFIED, GOOD, BETTER, is 9")
    );
    assert_eq!(
        found(body, json!({"a": 1, "c": [1, 7]})),
        one("c[1]", Reason::FieldInvalid, "must be one of GOOD, BETTER, is 7")
    );
}

#[test]
fn lists_and_maps_are_counted_and_their_elements_checked() {
    let body = "message M {
        repeated string a = 1 [(buf.validate.field).repeated = {
            min_items: 1, max_items: 3, unique: true, items: {string: {max_len: 2}}
        }];
        map<string, string> b = 2 [(buf.validate.field).map = {
            max_pairs: 2, keys: {string: {max_len: 3}}, values: {string: {min_len: 1}}
        }];
    }";

    assert_eq!(found(body, json!({"a": ["x", "yy"], "b": {"k": "v"}})), []);
    assert_eq!(found(body, json!({})), one("a", Reason::FieldRequired, "must be given: at least 1 item"));

    // Too many are counted, and nobody looks at them.
    let too_many = found(body, json!({"a": ["x", "x", "zzz", "y"], "b": {"k": "", "long": "v", "m": "v"}}));
    let texts: Vec<_> =
        too_many.iter().map(|(field, _, description)| format!("{field}: {description}")).collect();
    assert_eq!(texts, ["a: must be at most 3 items, has 4", "b: must be at most 2 items, has 3"]);

    let all = found(body, json!({"a": ["x", "x", "zzz"], "b": {"k": "", "long": "v"}}));
    let texts: Vec<_> = all.iter().map(|(field, _, description)| format!("{field}: {description}")).collect();
    assert_eq!(
        texts,
        [
            "a: must be free of duplicates, has the same value twice",
            "a[2]: must be at most 2 characters, has 3",
            "b[\"k\"]: must be given: at least 1 character",
            "b[\"long\"]: key must be at most 3 characters, has 4",
        ]
    );
}

#[test]
fn bytes_are_counted_as_bytes() {
    let body = "message M { bytes a = 1 [(buf.validate.field).bytes = {min_len: 1, max_len: 2}]; }";
    assert_eq!(
        found(body, json!({"a": "AAAA"})),
        one("a", Reason::FieldTooLong, "must be at most 2 bytes, has 3")
    );
    assert_eq!(found(body, json!({})), one("a", Reason::FieldRequired, "must be given: at least 1 byte"));
}

#[test]
fn violations_below_lists_maps_and_recursion_are_found_with_their_paths() {
    let body = "message M {
            string a = 1 [(buf.validate.field).required = true];
            repeated M steps = 2;
            map<string, Leaf> leaves = 3;
            Leaf must = 4;
        }
        message Leaf {
            oneof kind { option (buf.validate.oneof).required = true; int32 x = 1; string y = 2; }
        }";

    let value = json!({"a": "v", "steps": [{"a": "v"}, {"steps": [{"a": "v", "must": {}}]}],
        "leaves": {"ok": {"x": 0}, "z": {}, "b": {}}});
    let all = found(body, value);
    let fields: Vec<_> = all.iter().map(|found| found.0.as_str()).collect();
    assert_eq!(
        fields,
        ["steps[1].a", "steps[1].steps[0].must.kind", "leaves[\"b\"].kind", "leaves[\"z\"].kind"]
    );
    assert!(all.iter().all(|found| found.1 == Reason::FieldRequired));
    assert_eq!(all[3].2, "must be given: one of x, y");
}

#[test]
fn a_request_of_ours_is_checked_through_its_generated_type() {
    let request = pb::CreateSellerRequest { seller_id: "a/b".into(), request_id: "x".into(), seller: None };
    let violations = check(&request).unwrap_err();
    let fields: Vec<_> = violations.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["seller_id", "seller", "request_id"]);
    assert_eq!(violations.shared_reason(), None);
    let seller = Some(pb::Seller { display_name: "Ana Ruiz".into(), ..Default::default() });
    assert_eq!(
        check(&pb::CreateSellerRequest { seller_id: "ana".into(), seller, ..Default::default() }),
        Ok(())
    );
}

/// The violations of a request of ours, given as a client would paste it.
fn asked(request: &str, value: Json) -> Vec<(String, Reason)> {
    let message = pb::DESCRIPTORS.get_message_by_name(&format!("upnext.v1.{request}")).expect("ours");
    let message = DynamicMessage::deserialize(message, value).expect("fits the proto");
    let violations = check(&message).err().unwrap_or_default();
    violations.into_iter().map(|found| (found.field, found.reason)).collect()
}

#[test]
fn a_newcomers_requests_are_fine() {
    let steps = json!([
        {"step_id": "hello", "display_name": "Say hello", "email": {}},
        {"step_id": "pause", "wait": {"delay": {"seconds": 10}}},
        {"step_id": "call", "display_name": "Call", "phone_call": {"script": "Hi, this is …"}}
    ]);
    let requests = [
        ("CreateSellerRequest", json!({"seller_id": "ana", "seller": {"display_name": "Ana Ruiz"}})),
        (
            "DeclareAttributesRequest",
            json!({"record_type": "lead", "attributes": {"origin": {"type": "STRING"}, "revenue": {"type": "DOUBLE"}}}),
        ),
        (
            "BatchUpsertRecordsRequest",
            json!({"record_type": "lead", "records": [
                {"id": "l1", "attributes": {"origin": "paid search", "revenue": 12000}},
                {"id": "l3", "owner": "ben", "attributes": {"origin": "organic search"}}]}),
        ),
        (
            "CreateSequenceRequest",
            json!({"sequence_id": "paid-search", "sequence": {"display_name": "Follow-up", "steps": steps}}),
        ),
        ("ActivateSequenceRequest", json!({"name": "sequences/paid-search"})),
        (
            "PreviewSegmentRequest",
            json!({"record_type": "lead", "condition": "record.origin == \"paid search\""}),
        ),
        (
            "CreateSegmentRequest",
            json!({"segment_id": "paid-search", "segment": {"display_name": "Paid search", "record_type": "lead",
                "condition": "record.origin == \"paid search\""}}),
        ),
        (
            "CreateAssignmentRuleRequest",
            json!({"parent": "segments/paid-search", "assignment_rule_id": "in-turn", "assignment_rule": {
                "display_name": "In turn", "listed": {"sellers": ["ana", "ben"]}, "distribution": "ROUND_ROBIN"}}),
        ),
        ("ConnectSequenceRequest", json!({"name": "segments/paid-search", "sequence": "paid-search"})),
        ("ActivateSegmentRequest", json!({"name": "segments/paid-search", "backfill": true})),
        ("WatchNextActivityRequest", json!({"queue": "sellers/ana"})),
        ("WatchWorkQueueRequest", json!({"queue": "sellers/ana", "window_size": 50})),
        ("ListActivitiesRequest", json!({"queue": "sellers/ana"})),
        (
            "CompleteActivityRequest",
            json!({"name": "activities/x", "outcome": "made", "note": "wants a quote"}),
        ),
        ("ListEnrollmentsRequest", json!({"filter": "enrollment.sequence == \"paid-search\""})),
        ("GetEnrollmentRequest", json!({"name": "enrollments/x", "view": "FULL"})),
    ];
    for (request, value) in requests {
        assert_eq!(asked(request, value), [], "{request}");
    }
}

#[test]
fn a_step_deep_in_a_definition_is_named_by_its_path() {
    let steps = json!([{"email": {}}, {"step_id": "a/b", "wait": {"delay": {"seconds": -1}}}]);
    let found = asked(
        "CreateSequenceRequest",
        json!({"sequence_id": "a", "sequence": {"display_name": "A", "steps": steps}}),
    );
    let expected = [
        ("sequence.steps[1].step_id".to_owned(), Reason::FieldInvalid),
        ("sequence.steps[1].wait.delay.seconds".to_owned(), Reason::FieldInvalid),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_bad_item_of_a_batch_leaves_the_others_alone() {
    let item = |name: &str, request_id: &str| pb::CompleteActivityRequest {
        name: name.into(),
        request_id: request_id.into(),
        ..Default::default()
    };
    let request = pb::BatchCompleteActivitiesRequest {
        requests: vec![item("activities/x", ""), item("", "x"), item("activities/y", "")],
    };
    let items = check_batch(&request, "requests").expect("the call itself is fine");
    let told: Vec<_> = items
        .iter()
        .flat_map(|(index, found)| found.iter().map(|found| (*index, found.field.as_str())))
        .collect();
    assert_eq!(told, [(1, "name"), (1, "request_id")]);

    let empty = pb::BatchCompleteActivitiesRequest::default();
    assert_eq!(check_batch(&empty, "requests").unwrap_err().shared_reason(), Some(Reason::FieldRequired));
}
