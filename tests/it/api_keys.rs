//! API keys: a secret is shown once, and a key can be bound to a seller, expire and be revoked.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tonic::Code;

use super::support::app::TestApp;
use super::support::dynamic::call;
use super::support::refused::refused;

const CREATE: &str = "upnext.v1.ApiKeyService/CreateApiKey";
const LIST: &str = "upnext.v1.ApiKeyService/ListApiKeys";
const REVOKE: &str = "upnext.v1.ApiKeyService/RevokeApiKey";
const GET_SELLER: &str = "upnext.v1.SellerService/GetSeller";

async fn with_seller() -> TestApp {
    let app = TestApp::new().await;
    let seller = json!({"seller_id": "ana", "seller": {"display_name": "Ana"}});
    call(&app.admin, "upnext.v1.SellerService/CreateSeller", seller).await.expect("can be created");
    app
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {value}"))
}

#[tokio::test]
async fn a_salespersons_key_acts_as_its_seller_until_it_is_revoked() {
    let app = with_seller().await;
    let key = json!({"api_key": {"display_name": "Ana", "roles": ["SALESPERSON"], "seller": "ana"}});
    let created = call(&app.admin, CREATE, key).await.expect("can be created");
    assert_eq!(text(&created, "/apiKey/seller"), "sellers/ana");

    let ana = app.client(text(&created, "/secret"));
    let me = call(&ana, GET_SELLER, json!({"name": "sellers/me"})).await.expect("the key works");
    assert_eq!(text(&me, "/seller/name"), "sellers/ana");

    let listed = call(&app.admin, LIST, json!({})).await.expect("lists");
    assert!(!listed.to_string().contains(&ana.secret), "a secret is never shown again");
    let denied = refused(call(&ana, LIST, json!({})).await);
    assert_eq!((denied.code, denied.reason.as_str()), (Code::PermissionDenied, "ROLE_REQUIRED"));
    assert_eq!(denied.metadata["allowed_roles"], "system_administrator");

    call(&app.admin, REVOKE, json!({"name": text(&created, "/apiKey/name")})).await.expect("is revoked");
    let revoked = refused(call(&ana, GET_SELLER, json!({"name": "sellers/me"})).await);
    assert_eq!((revoked.code, revoked.reason.as_str()), (Code::Unauthenticated, "CREDENTIALS_INVALID"));
}

#[tokio::test]
async fn an_expired_key_is_refused_in_the_same_words_as_an_unknown_one() {
    let app = with_seller().await;
    let end = (app.now() + TimeDelta::seconds(5)).to_rfc3339();
    let key = json!({"api_key": {"display_name": "CRM", "roles": ["INTEGRATION"], "expire_time": end}});
    let created = call(&app.admin, CREATE, key).await.expect("can be created");
    let crm = app.client(text(&created, "/secret"));
    let request = json!({"name": "sellers/ana"});
    call(&crm, GET_SELLER, request.clone()).await.expect("not expired yet");
    app.advance(TimeDelta::seconds(5)).await;

    let expired = refused(call(&crm, GET_SELLER, request.clone()).await);
    let unknown = refused(call(&app.client("upnext_nonsense"), GET_SELLER, request).await);
    assert_eq!(
        (expired.code, &expired.reason, &expired.message),
        (Code::Unauthenticated, &unknown.reason, &unknown.message)
    );
}

#[tokio::test]
async fn a_repeated_request_names_the_same_key_without_its_secret() {
    let app = TestApp::new().await;
    let key = json!({
        "api_key": {"display_name": "CRM", "roles": ["INTEGRATION"]},
        "request_id": "0190c0de-0000-7000-8000-000000000001",
    });
    let first = call(&app.admin, CREATE, key.clone()).await.expect("can be created");
    let second = call(&app.admin, CREATE, key).await.expect("is repeated");
    assert_eq!(first["apiKey"], second["apiKey"]);
    assert!(first.get("secret").is_some() && second.get("secret").is_none());
}

#[tokio::test]
async fn an_invalid_key_is_refused_with_every_reason() {
    let app = TestApp::new().await;
    let past = app.now().to_rfc3339();
    let key = json!({"api_key": {"display_name": "", "roles": ["SALESPERSON"], "expire_time": past}});

    let wrong = refused(call(&app.admin, CREATE, key).await);
    let expected = [
        ("api_key.display_name", "FIELD_REQUIRED"),
        ("api_key.seller", "FIELD_REQUIRED"),
        ("api_key.expire_time", "FIELD_INVALID"),
    ];
    assert_eq!(wrong.fields(), expected);

    let unknown = json!({"api_key": {"display_name": "x", "roles": ["SALESPERSON"], "seller": "nobody"}});
    let wrong = refused(call(&app.admin, CREATE, unknown).await);
    assert_eq!(wrong.fields(), [("api_key.seller", "REFERENCE_NOT_FOUND")]);

    let none = refused(call(&app.admin, CREATE, json!({"api_key": {"display_name": "x"}})).await);
    assert_eq!(none.fields(), [("api_key.roles", "FIELD_REQUIRED")]);
}

#[tokio::test]
async fn an_organization_sets_its_limits_and_outcomes() {
    let app = TestApp::new().await;
    let get = "upnext.v1.OrganizationService/GetOrganization";
    let update = "upnext.v1.OrganizationService/UpdateOrganization";

    let before = call(&app.admin, get, json!({})).await.expect("exists");
    assert_eq!(before["organization"]["settings"]["limits"]["longestWaitDays"], 30);
    assert_eq!(before["organization"]["settings"]["phoneOutcomes"][0], "made");

    let change = json!({"organization": {"settings": {"limits": {"longest_wait_days": 7}, "phone_outcomes": ["yes", "no"]}}});
    let after = call(&app.admin, update, change).await.expect("fits");
    assert_eq!(after["organization"]["settings"]["limits"]["longestWaitDays"], 7);
    assert_eq!(after["organization"]["settings"]["limits"]["activeSequences"], 250);
    assert_eq!(after["organization"]["settings"]["phoneOutcomes"], json!(["yes", "no"]));

    let clear = json!({"organization": {}, "update_mask": "settings.phoneOutcomes"});
    let cleared = call(&app.admin, update, clear).await.expect("gets its default");
    assert_eq!(
        cleared["organization"]["settings"]["phoneOutcomes"],
        before["organization"]["settings"]["phoneOutcomes"]
    );

    let limits = json!({"settings": {"limits": {"active_sequences": 7}}});
    let whole = json!({"organization": limits, "update_mask": "settings"});
    let whole = call(&app.admin, update, whole).await.expect("what isn't given gets its default");

    let settings = &whole["organization"]["settings"]["limits"];
    assert_eq!((&settings["activeSequences"], &settings["longestWaitDays"]), (&json!(7), &json!(30)));
    for wrong in [0, -1, 10_001] {
        let wrong = json!({"organization": {"settings": {"limits": {"active_sequences": wrong}}}});
        let wrong = refused(call(&app.admin, update, wrong).await);
        assert_eq!(wrong.fields(), [("organization.settings.limits.active_sequences", "FIELD_INVALID")]);
    }

    let stale = json!({"organization": {"display_name": "x", "etag": before["organization"]["etag"]}});
    assert_eq!(refused(call(&app.admin, update, stale).await).reason, "ETAG_MISMATCH");
}
