//! Attributes of sellers through the whole server, and rules that choose sellers by them.

use serde_json::{Value, json};

use super::support::app::TestApp;
use super::support::invariants;
use super::support::refused::refused;
use super::support::stage::{list, text};

/// An organization whose sellers have a country and languages, and an active segment `all` of all
/// leads.
async fn floor() -> TestApp {
    let app = TestApp::new().await;
    let attributes = json!({"country": {"type": "STRING"}, "languages": {"type": "STRING_LIST"}, "level": {"type": "INT"}});
    app.admin.done("SellerService/DeclareSellerAttributes", json!({"attributes": attributes})).await;
    app.admin.declare(json!({"country": {"type": "STRING"}, "size": {"type": "INT"}})).await;
    for (id, country, languages, level) in [
        ("ana", "FR", json!(["fr", "de"]), 1),
        ("ben", "DE", json!(["de"]), 3),
        ("cem", "FR", json!(["fr"]), 2),
    ] {
        let attributes = json!({"country": country, "languages": languages, "level": level});
        let seller = json!({"display_name": id, "attributes": attributes});
        app.admin.done("SellerService/CreateSeller", json!({"seller_id": id, "seller": seller})).await;
    }
    app.admin.segment("all", "true").await;
    app.admin.activate_segment("all").await;
    app
}

async fn rule(app: &TestApp, id: &str, condition: &str, seller_condition: &str) {
    let rule = json!({"display_name": id, "condition": condition, "seller_condition": seller_condition});
    let request = json!({"parent": "segments/all", "assignment_rule_id": id, "assignment_rule": rule});
    app.admin.done("SegmentService/CreateAssignmentRule", request).await;
}

async fn enter(app: &TestApp, lead: &str, attributes: Value) {
    app.admin.leads(json!([{"id": lead, "attributes": attributes}])).await;
}

/// The owners of all leads, in the order of their creation; `-` without one.
async fn owners(app: &TestApp) -> Vec<String> {
    app.run_until_idle().await;
    invariants::hold_in(app.app.engine.store(), app.now()).await;
    let records = app.admin.done("RecordService/ListRecords", json!({"record_type": "lead"})).await;
    let owner =
        |record: &Value| record["owner"].as_str().unwrap_or("sellers/-")["sellers/".len()..].to_owned();
    list(&records, "/records").iter().map(owner).collect()
}

async fn update(app: &TestApp, id: &str, attributes: Value) -> Value {
    let seller = json!({"name": format!("sellers/{id}"), "attributes": attributes});
    app.admin.done("SellerService/UpdateSeller", json!({"seller": seller})).await["seller"].clone()
}

async fn explained(app: &TestApp, lead: &str) -> Value {
    let record = format!("recordTypes/lead/records/{lead}");
    app.admin.done("SegmentService/ExplainRecord", json!({"name": record})).await
}

#[tokio::test]
async fn those_who_match_the_record_take_turns() {
    let app = floor().await;
    rule(&app, "near", "has(record.country)", "seller.country == record.country").await;
    rule(&app, "large", "record.size > 10", "seller.level >= 2 && \"de\" in seller.languages").await;
    for (lead, country) in [("l1", "FR"), ("l2", "FR"), ("l3", "DE"), ("l4", "FR")] {
        enter(&app, lead, json!({"country": country})).await;
    }
    enter(&app, "l5", json!({"size": 11})).await;
    assert_eq!(owners(&app).await, ["ana", "cem", "ben", "ana", "ben"]);

    // Several records and both rules in one batch.
    let leads = json!([{"id": "l6", "attributes": {"country": "DE"}}, {"id": "l7", "attributes": {"country": "FR"}},
        {"id": "l8", "attributes": {"size": 20}}, {"id": "l9", "attributes": {"country": "FR"}}]);
    app.admin.leads(leads).await;
    assert_eq!(owners(&app).await[5..], ["ben", "cem", "ben", "ana"]);
}

#[tokio::test]
async fn who_learns_what_a_record_needs_gets_those_that_wait() {
    let app = floor().await;
    rule(&app, "near", "", "seller.country == record.country").await;
    enter(&app, "l1", json!({"country": "IT"})).await;
    enter(&app, "l2", json!({"country": "IT"})).await;
    enter(&app, "l3", json!({})).await;
    assert_eq!(owners(&app).await, ["-"; 3]);
    let why = explained(&app, "l1").await;
    let told = (&why["owner"]["reason"], &why["owner"]["noCandidateReason"]);
    assert_eq!(told, (&json!("NO_CANDIDATE"), &json!("NOBODY_MATCHES")));
    assert_eq!(why["assignmentRules"][0].get("matchingSellers"), None);

    // Another attribute serves nobody; an attribute that is missing on both sides isn't equal.
    update(&app, "ben", json!({"level": 4})).await;
    assert_eq!(owners(&app).await, ["-"; 3]);
    let ben = update(&app, "ben", json!({"country": "IT"})).await;
    assert_eq!(ben["attributes"], json!({"country": "IT", "languages": ["de"], "level": 4.0}));
    assert_eq!(owners(&app).await, ["ben", "ben", "-"]);
}

#[tokio::test]
async fn an_explanation_names_those_who_match() {
    let app = floor().await;
    rule(&app, "near", "", "seller.country == record.country").await;
    // Nobody routes it, so that it is explained as new.
    enter(&app, "l1", json!({"country": "FR"})).await;
    let why = explained(&app, "l1").await;
    let rule = &why["assignmentRules"][0];
    assert_eq!(rule["matchingSellers"], json!(["sellers/ana", "sellers/cem"]));
    assert_eq!((&rule["matchingSellerCount"], &why["owner"]["owner"]), (&json!(2), &json!("sellers/ana")));
}

#[tokio::test]
async fn values_are_checked_by_their_types_and_lists_filter_by_them() {
    let app = floor().await;
    let wrong = json!({"seller": {"name": "sellers/ana", "attributes": {"level": "high", "levl": 1}}});
    let wrong = refused(app.admin.call("SellerService/UpdateSeller", wrong).await);
    let mut fields = wrong.fields();
    fields.sort_unstable();
    let expected = [
        ("seller.attributes.level", "ATTRIBUTE_VALUE_INVALID"),
        ("seller.attributes.levl", "ATTRIBUTE_UNKNOWN"),
    ];
    assert_eq!(fields, expected);

    // Given values are merged, and null clears one.
    let ana = update(&app, "ana", json!({"level": null})).await;
    assert_eq!(ana["attributes"], json!({"country": "FR", "languages": ["fr", "de"]}));
    let filter = json!({"filter": "seller.country == \"FR\" && !has(seller.level)"});
    let found = app.admin.done("SellerService/ListSellers", filter).await;
    let found = list(&found, "/sellers");
    let names: Vec<_> = found.iter().map(|seller| text(seller, "/name")).collect();
    assert_eq!(names, ["sellers/ana"]);
}

#[tokio::test]
async fn now_is_compared_with_the_record_and_not_with_the_seller() {
    let app = floor().await;
    let since = json!({"attributes": {"since": {"type": "TIMESTAMP"}}});
    app.admin.done("SellerService/DeclareSellerAttributes", since).await;
    app.admin.declare(json!({"seen": {"type": "TIMESTAMP"}})).await;
    rule(&app, "old", "", "record.seen < now && seller.level > 1").await;
    let rule = json!({"display_name": "new", "seller_condition": "seller.since < now"});
    let request = json!({"parent": "segments/all", "assignment_rule_id": "new", "assignment_rule": rule});
    let refused = refused(app.admin.call("SegmentService/CreateAssignmentRule", request).await);
    assert_eq!(refused.fields(), [("assignment_rule.seller_condition", "CONDITION_INVALID")]);
}

#[tokio::test]
async fn a_type_stays_and_an_attribute_in_use_is_kept_with_its_users_named() {
    let app = floor().await;
    rule(&app, "near", "", "seller.country == record.country").await;
    let other = json!({"attributes": {"country": {"type": "INT"}}});
    let other = refused(app.admin.call("SellerService/DeclareSellerAttributes", other).await);
    assert_eq!(other.reason, "ATTRIBUTE_TYPE_CONFLICT");
    let taken = json!({"attributes": {"email": {"type": "STRING"}, "account": {"type": "REFERENCE"}}});
    let taken = refused(app.admin.call("SellerService/DeclareSellerAttributes", taken).await);
    let fields = ["attributes[\"account\"]", "attributes[\"email\"]"].map(|field| (field, "FIELD_INVALID"));
    assert_eq!(taken.fields(), fields);

    let delete = |attribute: &str| json!({"attribute": attribute});
    let used = refused(app.admin.call("SellerService/DeleteSellerAttribute", delete("country")).await);
    let users = used.metadata["users"].as_str();
    assert_eq!((used.reason.as_str(), users), ("ATTRIBUTE_IN_USE", "segments/all/rules/near"));
    // The record's attribute is in use, too.
    let used = json!({"record_type": "lead", "attribute": "country"});
    let used = refused(app.admin.call("RecordService/DeleteAttribute", used).await);
    assert_eq!(used.metadata["users"].as_str(), "segments/all/rules/near");

    let left = app.admin.done("SellerService/DeleteSellerAttribute", delete("level")).await;
    assert_eq!(
        left["attributes"],
        json!({"country": {"type": "STRING"}, "languages": {"type": "STRING_LIST"}})
    );
    let organization = app.admin.done("OrganizationService/GetOrganization", json!({})).await;
    assert_eq!(organization["organization"]["sellerAttributes"], left["attributes"]);
    let ana = app.admin.done("SellerService/GetSeller", json!({"name": "sellers/ana"})).await;
    assert_eq!(ana["seller"]["attributes"].get("level"), None);
    let again = refused(app.admin.call("SellerService/DeleteSellerAttribute", delete("level")).await);
    assert_eq!(again.reason, "RESOURCE_NOT_FOUND");
}

#[tokio::test]
async fn a_seller_condition_is_checked_with_both_subjects() {
    let app = floor().await;
    let wrong = |condition: &str| {
        let rule = json!({"display_name": "x", "seller_condition": condition});
        json!({"parent": "segments/all", "assignment_rule_id": "x", "assignment_rule": rule})
    };
    for condition in ["seller.contry == record.country", "seller.level == record.country", "record.", ""] {
        let refused = refused(app.admin.call("SegmentService/CreateAssignmentRule", wrong(condition)).await);
        let expected = [("assignment_rule.seller_condition", "CONDITION_INVALID")];
        assert_eq!(refused.fields(), expected, "{condition}");
    }

    rule(&app, "near", "", "seller.country == record.country").await;
    let changed = json!({"assignment_rule": {"name": "segments/all/rules/near", "seller_condition": "seller.level > 2"}});
    let changed = app.admin.done("SegmentService/UpdateAssignmentRule", changed).await;
    assert_eq!(changed["assignmentRule"]["sellerCondition"], "seller.level > 2");
    enter(&app, "l1", json!({"country": "FR"})).await;
    assert_eq!(owners(&app).await, ["ben"]);
}
