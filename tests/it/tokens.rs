//! Tokens of an identity provider: who calls with one, and what is refused.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use tonic::Code;
use upnext::config::KeySource;

use super::support::app::{Client, TestApp, within_deadline};
use super::support::invariants::hold_in;
use super::support::provider::{AUDIENCE, Answer, ISSUER, Provider, Signer, settings};
use super::support::refused::refused;
use super::support::stream::{end, head, open_heads};

const GET: &str = "SellerService/GetSeller";

/// A server that accepts the tokens of a provider, and has the seller `ana`.
async fn trusting(provider: &Provider) -> TestApp {
    let app = TestApp::trusting(provider.settings()).await;
    app.admin.seller("ana").await;
    app
}

/// The claims of a right token, with these instead of its own; a null takes one away.
async fn claims(app: &TestApp, other: Value) -> Value {
    let organization = app.admin.done("OrganizationService/GetOrganization", json!({})).await;
    let mut claims = json!({
        "iss": ISSUER,
        "aud": [AUDIENCE, "another"],
        "sub": "auth0|5f7c",
        "exp": (app.now() + TimeDelta::hours(1)).timestamp(),
        "organization": organization["organization"]["name"],
        "roles": ["salesperson"],
        "seller": "sellers/ana",
    });
    let claims_of = claims.as_object_mut().expect("an object");
    claims_of.extend(other.as_object().expect("an object").clone());
    claims_of.retain(|_, value| !value.is_null());
    claims
}

async fn me(client: &Client) -> Result<Value, tonic::Status> {
    client.call(GET, json!({"name": "sellers/me"})).await
}

#[tokio::test]
async fn a_token_of_each_algorithm_acts_as_its_seller() {
    let signers = [Signer::es256("a"), Signer::ed25519("b"), Signer::rsa("c", Algorithm::RS256)];
    let provider = Provider::new(&signers.each_ref()).await;
    let app = trusting(&provider).await;
    for signer in &signers {
        let ana = app.client(&signer.sign(&claims(&app, json!({})).await));
        assert_eq!(me(&ana).await.expect("is ana")["seller"]["name"], "sellers/ana");
        let denied = refused(ana.call("ApiKeyService/ListApiKeys", json!({})).await);
        assert_eq!((denied.code, denied.reason.as_str()), (Code::PermissionDenied, "ROLE_REQUIRED"));
    }
    assert_eq!(provider.asked(), 1, "the keys are remembered");
    me(&app.client(&app.admin.secret)).await.expect_err("an administrator's key has no seller");
}

#[tokio::test]
async fn the_token_of_a_deleted_seller_is_refused() {
    let signer = Signer::es256("a");
    let app = trusting(&Provider::new(&[&signer]).await).await;
    let ana = app.client(&signer.sign(&claims(&app, json!({})).await));
    let mut stream = open_heads(&ana, "sellers/me").await;
    head(&mut stream).await;

    app.admin.done("SellerService/DeleteSeller", json!({"name": "sellers/ana"})).await;
    let denied = refused(me(&ana).await);
    assert_eq!(denied.reason, "TOKEN_REJECTED");
    // Whoever gets the id later has the queue: nobody else may follow it.
    let ended = end(&mut stream).await;
    assert_eq!((ended.code, ended.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"));
}

#[tokio::test]
async fn what_a_token_must_say_is_told_to_whoever_has_one() {
    let signer = Signer::es256("a");
    let app = trusting(&Provider::new(&[&signer]).await).await;
    let now = app.now().timestamp();
    let elsewhere = uuid::Uuid::from_u128(7).to_string();
    let wrong = [
        (json!({"iss": "https://elsewhere.example.com/"}), "iss"),
        (json!({"iss": null}), "iss"),
        (json!({"aud": ["another"]}), "aud"),
        (json!({"aud": null}), "aud"),
        (json!({"exp": null}), "exp"),
        (json!({"exp": "soon"}), "exp"),
        (json!({"nbf": now + 31}), "nbf"),
        (json!({"sub": ""}), "sub"),
        (json!({"sub": "x".repeat(256)}), "sub"),
        (json!({"organization": elsewhere}), "organization"),
        (json!({"organization": "acme"}), "organization"),
        (json!({"organization": null}), "organization"),
        (json!({"roles": ["admin"]}), "roles"),
        (json!({"roles": null}), "roles"),
        (json!({"seller": null}), "seller"),
        (json!({"seller": "nobody"}), "seller"),
        (json!({"seller": ["ana"]}), "seller"),
        (json!({"seller": "me"}), "seller"),
    ];
    for (other, claim) in wrong {
        let told = refused(me(&app.client(&signer.sign(&claims(&app, other.clone()).await))).await);
        assert_eq!((told.code, told.reason.as_str()), (Code::Unauthenticated, "TOKEN_REJECTED"), "{other}");
        assert_eq!(told.metadata["claim"], claim, "{other}");
    }

    // The provider's clock may differ by half a minute.
    for right in [json!({"exp": now - 29}), json!({"nbf": now + 30}), json!({"aud": AUDIENCE})] {
        let told = me(&app.client(&signer.sign(&claims(&app, right.clone()).await))).await;
        assert!(told.is_ok(), "{right}: {told:?}");
    }
    let late = app.client(&signer.sign(&claims(&app, json!({"exp": now - 30})).await));
    assert_eq!(refused(me(&late).await).reason, "TOKEN_EXPIRED");
}

#[tokio::test]
async fn whoever_has_no_token_of_the_provider_is_told_nothing() {
    let signer = Signer::es256("a");
    let rsa = Signer::rsa("r", Algorithm::RS256);
    let app = trusting(&Provider::new(&[&signer, &rsa]).await).await;
    let claims = claims(&app, json!({})).await;
    let right = signer.sign(&claims);
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signature = right.rsplit('.').next().expect("has three parts");

    // What verifies as the text of a shared secret must not: it is public.
    let public = EncodingKey::from_secret(rsa.public().to_string().as_bytes()).expect("any bytes");
    let shared = Header { kid: Some("r".to_owned()), ..Header::new(Algorithm::HS256) };
    let forged = [
        encode(&shared, &claims, &public).expect("is signed"),
        format!("{}.{}.", part(&json!({"alg": "none", "kid": "a"})), part(&claims)),
        format!("{}.{}.{signature}", part(&json!({"alg": "ES256", "kid": "a"})), part(&json!({"sub": "x"}))),
        Signer::es256("a").sign(&claims),
        signer.sign_as("r", &claims),
        signer.sign_as("unknown", &claims),
        Signer::rsa("r", Algorithm::RS512).sign(&claims),
        "a.b.c".to_owned(),
        "..".to_owned(),
        right.replacen('.', "", 1),
    ];
    for forged in forged {
        let told = refused(me(&app.client(&forged)).await);
        assert_eq!((told.code, told.reason.as_str()), (Code::Unauthenticated, "CREDENTIALS_INVALID"));
    }
    me(&app.client(&right)).await.expect("the right one works all the while");

    let without = TestApp::new().await;
    assert_eq!(refused(me(&without.client(&right)).await).reason, "CREDENTIALS_INVALID");
}

#[tokio::test]
async fn history_names_the_subject_of_a_token_and_its_requests_are_its_own() {
    let signer = Signer::ed25519("a");
    let app = trusting(&Provider::new(&[&signer]).await).await;
    let manager = json!({"sub": "google/ben b", "roles": "sales_manager other", "seller": null});
    let ben = app.client(&signer.sign(&claims(&app, manager).await));
    let other = json!({"sub": "cleo", "roles": ["sales_manager"], "seller": null});
    let cleo = app.client(&signer.sign(&claims(&app, other).await));
    app.admin.sequence("calls", json!([{"step_id": "call", "phone_call": {}}])).await;
    app.admin.leads(json!([{"id": "l1", "owner": "ana"}, {"id": "l2"}])).await;

    let id = "0190c0de-0000-7000-8000-000000000001";
    let enroll = json!({"record": "recordTypes/lead/records/l1", "sequence": "calls", "request_id": id});
    let begun =
        ben.done("EnrollmentService/EnrollRecord", enroll.clone()).await["enrollment"]["name"].clone();
    let again =
        ben.done("EnrollmentService/EnrollRecord", enroll.clone()).await["enrollment"]["name"].clone();
    assert_eq!(begun, again, "it is repeated");
    let another = refused(cleo.call("EnrollmentService/EnrollRecord", enroll).await);
    assert_eq!(another.reason, "ALREADY_ENROLLED", "the same id of another caller is another request");

    let events = app.admin.done("EnrollmentService/ListEnrollmentEvents", json!({"parent": begun})).await;
    assert_eq!(events["events"][0]["actor"], "principals/google%2Fben%20b", "{events}");
    let listed = app.admin.done("WorkQueueService/ListActivities", json!({"queue": "sellers/ana"})).await;
    let activity = listed["activities"][0]["name"].clone();
    let complete = json!({"name": activity, "outcome": "made"});
    ben.done("WorkQueueService/CompleteActivity", complete.clone()).await;
    let closed = app.admin.done("WorkQueueService/GetActivity", json!({"name": activity})).await;
    assert_eq!(closed["activity"]["closedBy"], "principals/google%2Fben%20b", "{closed}");
    let late = refused(cleo.call("WorkQueueService/CompleteActivity", complete).await);
    assert_eq!(late.metadata["closed_by"], "principals/google%2Fben%20b");

    // The lead without owner is in the team's queue, where a worker leases its activity.
    ben.enroll("l2", "calls").await;
    let worker = json!({"sub": "dialer", "roles": ["worker"], "seller": null});
    let dialer = app.client(&signer.sign(&claims(&app, worker).await));
    let acquire = json!({"queue": "teams/unassigned"});
    let acquired = dialer.done("WorkQueueService/AcquireActivities", acquire).await;
    assert_eq!(acquired["activities"][0]["lease"]["holder"], "principals/dialer", "{acquired}");
    let listed =
        app.admin.done("WorkQueueService/ListActivities", json!({"queue": "teams/unassigned"})).await;
    assert_eq!(listed["activities"][0]["lease"]["holder"], "principals/dialer", "{listed}");

    // A seller goes by its own name, whatever it calls with.
    let exit = json!({"roles": ["salesperson"]});
    let ana = app.client(&signer.sign(&claims(&app, exit).await));
    let reopen = json!({"name": activity});
    ana.done("WorkQueueService/ReopenActivity", reopen).await;
    let newest = json!({"parent": begun, "order_by": "event_time desc"});
    let events = app.admin.done("EnrollmentService/ListEnrollmentEvents", newest).await;
    assert_eq!(events["events"][0]["actor"], "sellers/ana", "{events}");
    hold_in(app.app.engine.store(), app.now()).await;
}

#[tokio::test]
async fn a_new_key_of_the_provider_works_and_made_up_ones_cause_no_storm() {
    let (old, new) = (Signer::es256("old"), Signer::es256("new"));
    let provider = Provider::new(&[&old]).await;
    let app = trusting(&provider).await;
    let claims = claims(&app, json!({"exp": (app.now() + TimeDelta::days(2)).timestamp()})).await;
    let (before, after) = (app.client(&old.sign(&claims)), app.client(&new.sign(&claims)));
    me(&before).await.expect("the old key works");

    provider.has(&[&new]);
    for number in 0..200 {
        let made_up = old.sign_as(&format!("made-up-{number}"), &claims);
        assert_eq!(refused(me(&app.client(&made_up)).await).reason, "CREDENTIALS_INVALID");
    }
    assert_eq!(provider.asked(), 1, "not within ten seconds");
    me(&before).await.expect("nobody has asked the provider since");

    app.clock.advance(TimeDelta::seconds(10));
    me(&after).await.expect("the new key is fetched when it is needed");
    assert_eq!(provider.asked(), 2);
    assert_eq!(refused(me(&before).await).reason, "CREDENTIALS_INVALID", "its key is withdrawn");
}

#[tokio::test]
async fn known_keys_work_for_a_day_while_the_provider_is_down() {
    let signer = Signer::es256("a");
    let provider = Provider::new(&[&signer]).await;
    let app = trusting(&provider).await;
    let claims = claims(&app, json!({"exp": (app.now() + TimeDelta::days(9)).timestamp()})).await;
    let ana = app.client(&signer.sign(&claims));
    me(&ana).await.expect("works");

    provider.answers(Answer::Fails);
    app.clock.advance(TimeDelta::hours(24) - TimeDelta::microseconds(1));
    me(&ana).await.expect("the keys are known");
    app.clock.advance(TimeDelta::microseconds(1));
    let told = refused(me(&ana).await);
    assert_eq!((told.code, told.reason.as_str()), (Code::Unavailable, "SERVICE_UNAVAILABLE"));
    app.admin.done(GET, json!({"name": "sellers/ana"})).await;

    provider.has(&[&signer]);
    app.clock.advance(TimeDelta::seconds(10));
    me(&ana).await.expect("works again");
}

#[tokio::test]
async fn a_provider_that_lies_or_hangs_is_not_believed() {
    let signer = Signer::es256("a");
    let (provider, honest) = (Provider::new(&[]).await, Provider::new(&[&signer]).await);
    let app = trusting(&provider).await;
    let ana = app.client(&signer.sign(&claims(&app, json!({})).await));
    let page = Answer::Keys(vec![json!({"kty": "oct", "kid": "a", "k": "c2VjcmV0"})]);
    for answer in [page, Answer::Endless, Answer::Redirects(honest.url()), Answer::Fails, Answer::Hangs] {
        provider.answers(answer);
        app.clock.advance(TimeDelta::seconds(10));
        let told = refused(within_deadline("it is given up", me(&ana)).await);
        assert_eq!((told.code, told.reason.as_str()), (Code::Unavailable, "SERVICE_UNAVAILABLE"));
    }
    assert_eq!(honest.asked(), 0);

    provider.has(&[&signer]);
    app.clock.advance(TimeDelta::seconds(10));
    me(&ana).await.expect("works as soon as the keys can be read");
}

#[tokio::test]
async fn keys_may_be_in_a_file() {
    let signer = Signer::ed25519("a");
    let file = tempfile::NamedTempFile::new().expect("can be made");
    std::fs::write(file.path(), json!({"keys": [signer.public()]}).to_string()).expect("can be written");
    let app = TestApp::trusting(settings(KeySource::File(file.path().to_owned()))).await;
    app.admin.seller("ana").await;
    me(&app.client(&signer.sign(&claims(&app, json!({})).await))).await.expect("works");
}

#[tokio::test]
async fn a_stream_ends_the_instant_its_token_expires() {
    let signer = Signer::es256("a");
    let app = trusting(&Provider::new(&[&signer]).await).await;
    let short = json!({"exp": app.now().timestamp() + 3});
    let ana = app.client(&signer.sign(&claims(&app, short).await));
    let longer = app.client(&signer.sign(&claims(&app, json!({})).await));
    let mut streams = Vec::new();
    for client in [&ana, &longer] {
        let mut stream = open_heads(client, "sellers/me").await;
        head(&mut stream).await;
        streams.push(stream);
    }

    // With the leeway of half a minute, like calls.
    app.clock.advance(TimeDelta::seconds(33));
    let ended = end(&mut streams[0]).await;
    assert_eq!((ended.code, ended.reason.as_str()), (Code::Unauthenticated, "TOKEN_EXPIRED"));
    assert_eq!(refused(me(&ana).await).reason, "TOKEN_EXPIRED");

    // The same subject's other stream lasts as long as its own token.
    tokio::select! {
        biased;
        told = streams[1].message() => assert!(matches!(told, Ok(Some(_))), "goes on: {told:?}"),
        () = tokio::task::yield_now() => {}
    }
}

/// Makes statements pass over the rows of other organizations than their first, like on a Citus.
async fn distribute(app: &TestApp) {
    let one_shard = "CREATE OR REPLACE FUNCTION one_shard(organization uuid, one uuid) RETURNS boolean
        LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN organization = one";
    sqlx::query(one_shard).execute(&app.database.pool()).await.expect("is replaced");
}

#[tokio::test]
async fn each_organization_has_its_own_check_of_the_streams_with_tokens() {
    let signer = Signer::es256("a");
    let app = trusting(&Provider::new(&[&signer]).await).await;
    distribute(&app).await;
    let other = app.other_organization().await;
    other.seller("ana").await;
    let name =
        other.done("OrganizationService/GetOrganization", json!({})).await["organization"]["name"].clone();

    let mut streams = Vec::new();
    for there in [json!({}), json!({"organization": name})] {
        let ana = app.client(&signer.sign(&claims(&app, there).await));
        let mut stream = open_heads(&ana, "sellers/me").await;
        head(&mut stream).await;
        streams.push(stream);
    }

    let suspend = "UPDATE organization SET suspend_time = create_time WHERE organization_id::text = $1";
    let id = name.as_str().and_then(|name| name.rsplit('/').next()).expect("is named");
    sqlx::query(suspend).bind(id).execute(&app.database.pool()).await.expect("is suspended");
    app.clock.advance(TimeDelta::seconds(10));
    assert_eq!(end(&mut streams[1]).await.reason, "ORGANIZATION_SUSPENDED");

    // A sign of life: the other organization's stream goes on.
    app.clock.advance(TimeDelta::seconds(20));
    head(&mut streams[0]).await;
}
