//! API keys: a secret is shown once, and a key can be bound to a seller, expire and be revoked.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tonic::Code;

use super::support::app::{Client, TestApp, within_deadline};
use super::support::dynamic::call;
use super::support::refused::refused;

const CREATE: &str = "upnext.v1.ApiKeyService/CreateApiKey";
const LIST: &str = "upnext.v1.ApiKeyService/ListApiKeys";
const REVOKE: &str = "upnext.v1.ApiKeyService/RevokeApiKey";
const ROTATE: &str = "upnext.v1.ApiKeyService/RotateApiKey";
const LIST_SELLERS: &str = "upnext.v1.SellerService/ListSellers";
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
async fn a_rotated_key_works_beside_the_new_one_for_a_while() {
    let app = with_seller().await;
    let end = (app.now() + TimeDelta::days(30)).to_rfc3339();
    let key = json!({"api_key": {"display_name": "Ana", "roles": ["SALESPERSON"], "seller": "ana", "expire_time": end}});
    let created = call(&app.admin, CREATE, key).await.expect("can be created");
    let old = app.client(text(&created, "/secret"));
    app.clock.advance(TimeDelta::days(20));

    let rotate = json!({"name": text(&created, "/apiKey/name"), "overlap": "5s",
        "request_id": "0190c0de-0000-7000-8000-000000000002"});
    let rotated = call(&app.admin, ROTATE, rotate.clone()).await.expect("works");
    let new = app.client(text(&rotated, "/secret"));
    let ends =
        |key: &Value| key["expireTime"].as_str().expect("ends").parse::<DateTime<Utc>>().expect("a time");
    assert_eq!(ends(&rotated["apiKey"]), app.now() + TimeDelta::days(30), "lasts as long again");
    assert_eq!(ends(&rotated["previousApiKey"]), app.now() + TimeDelta::seconds(5));
    let again = call(&app.admin, ROTATE, rotate).await.expect("is repeated");
    assert_eq!((again.get("secret"), &again["apiKey"]["name"]), (None, &rotated["apiKey"]["name"]));
    let listed = call(&app.admin, LIST, json!({})).await.expect("lists")["apiKeys"].clone();
    assert_eq!(listed.as_array().map(Vec::len), Some(3), "both, and the administrator's: {listed}");

    for client in [&old, &new] {
        let me = call(client, GET_SELLER, json!({"name": "sellers/me"})).await.expect("works");
        assert_eq!(text(&me, "/seller/name"), "sellers/ana");
    }
    app.clock.advance(TimeDelta::seconds(5));
    let over = refused(call(&old, GET_SELLER, json!({"name": "sellers/me"})).await);
    assert_eq!(over.reason, "CREDENTIALS_INVALID");
    call(&new, GET_SELLER, json!({"name": "sellers/me"})).await.expect("works");
}

#[tokio::test]
async fn a_rotation_that_cannot_be_is_refused() {
    let app = TestApp::new().await;
    let own = call(&app.admin, LIST, json!({})).await.expect("lists")["apiKeys"][0]["name"].clone();
    let rotate = async |more: Value| {
        let mut request = json!({"name": own});
        request.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        call(&app.admin, ROTATE, request).await
    };
    for wrong in ["-1s", "604801s"] {
        assert_eq!(refused(rotate(json!({"overlap": wrong})).await).fields(), [("overlap", "FIELD_INVALID")]);
    }
    let past = refused(rotate(json!({"expire_time": app.now().to_rfc3339()})).await);
    assert_eq!(past.fields(), [("expire_time", "FIELD_INVALID")]);
    let later = (app.now() + TimeDelta::days(1)).to_rfc3339();
    let last = refused(rotate(json!({"expire_time": later})).await);
    assert_eq!((last.code, last.reason.as_str()), (Code::FailedPrecondition, "LAST_ADMINISTRATOR_KEY"));

    rotate(json!({"overlap": "604800s"})).await.expect("the new one never expires either");
    call(&app.admin, REVOKE, json!({"name": own})).await.expect("is no longer the last");
    let admin = call(&app.admin, LIST, json!({})).await;
    assert_eq!(refused(admin).reason, "CREDENTIALS_INVALID", "its own key is revoked");
    let key = json!({"api_key": {"display_name": "CRM", "roles": ["INTEGRATION"]}});
    let other = app.other_organization().await;
    let crm = call(&other, CREATE, key).await.expect("is created")["apiKey"]["name"].clone();
    call(&other, REVOKE, json!({"name": crm})).await.expect("is revoked");
    let ended = refused(call(&other, ROTATE, json!({"name": crm})).await);
    assert_eq!((ended.code, ended.reason.as_str()), (Code::FailedPrecondition, "API_KEY_ENDED"));
}

#[tokio::test]
async fn the_last_use_of_a_key_is_noted_once_a_minute() {
    let app = with_seller().await;
    let key = json!({"api_key": {"display_name": "CRM", "roles": ["INTEGRATION"]}});
    let created = call(&app.admin, CREATE, key).await.expect("can be created");
    let crm = app.client(text(&created, "/secret"));
    app.clock.advance(TimeDelta::seconds(7));
    let used = app.now();
    call(&crm, GET_SELLER, json!({"name": "sellers/ana"})).await.expect("works");

    let last = async || {
        let listed = call(&app.admin, LIST, json!({})).await.expect("lists");
        let found =
            listed["apiKeys"].as_array().expect("a list").iter().find(|key| key["displayName"] == "CRM");
        found.and_then(|key| key["lastUseTime"].as_str()?.parse::<DateTime<Utc>>().ok())
    };
    assert_eq!(last().await, None);
    app.clock.advance(TimeDelta::minutes(1));
    let noted = async {
        loop {
            if let Some(at) = last().await {
                break at;
            }
        }
    };
    assert_eq!(within_deadline("it is noted", noted).await, used);
}

#[tokio::test]
async fn a_revoked_key_is_refused_at_once_where_it_is_heard_and_within_a_second_elsewhere() {
    let app = TestApp::with_doorbell().await;
    let ((hears, _stop), (deaf, _stop_too)) = (app.beside(true).await, app.beside(false).await);
    let key = json!({"api_key": {"display_name": "CRM", "roles": ["INTEGRATION"]}});
    let created = call(&app.admin, CREATE, key).await.expect("can be created");
    let secret = text(&created, "/secret");
    let [here, there, silent] = [&app.admin, &hears, &deaf].map(|client| client.with(secret));
    let works = async |client: &Client| call(client, LIST_SELLERS, json!({})).await.is_ok();
    for client in [&here, &there, &silent] {
        assert!(works(client).await);
    }

    call(&app.admin, REVOKE, json!({"name": text(&created, "/apiKey/name")})).await.expect("is revoked");
    assert!(!works(&here).await, "at once where it was revoked");
    let heard = async { while works(&there).await {} };
    within_deadline("it is heard", heard).await;
    assert!(works(&silent).await, "remembered for a second");
    app.clock.advance(TimeDelta::seconds(1));
    assert!(!works(&silent).await);
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
