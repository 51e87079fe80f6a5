//! Sellers through the whole server. What every other resource does in the same way is proved once,
//! here.

use serde_json::json;
use tonic::Code;
use upnext::api::pb;
use upnext::api::pb::seller_service_client::SellerServiceClient;

use super::support::app::{Calls, TestApp};
use super::support::refused::refused;
use super::support::stage::Stage;

const REQUEST_ID: &str = "0190c0de-0000-7000-8000-000000000001";

fn create(id: &str, display_name: &str) -> pb::CreateSellerRequest {
    let seller = pb::Seller { display_name: display_name.to_owned(), ..Default::default() };
    pb::CreateSellerRequest { seller_id: id.to_owned(), seller: Some(seller), ..Default::default() }
}

async fn created(sellers: &mut SellerServiceClient<Calls>, id: &str) -> pb::Seller {
    let answer = sellers.create_seller(create(id, "Somebody")).await.expect("can be created");
    answer.into_inner().seller.expect("the answer has the seller")
}

#[tokio::test]
async fn a_seller_is_created_once_and_read_by_name_or_bare_id() {
    let app = TestApp::new().await;
    let mut sellers = SellerServiceClient::new(app.admin.calls());
    let ana = created(&mut sellers, "ana").await;
    assert_eq!((ana.name.as_str(), ana.assign_records), ("sellers/ana", Some(true)));
    for name in ["sellers/ana", "ana"] {
        let request = pb::GetSellerRequest { name: name.to_owned() };
        let read = sellers.get_seller(request).await.expect("exists").into_inner().seller;
        assert_eq!(read, Some(ana.clone()));
    }
    let again = refused(sellers.create_seller(create("ana", "Another")).await);
    assert_eq!((again.code, again.reason.as_str()), (Code::AlreadyExists, "RESOURCE_EXISTS"));
}

#[tokio::test]
async fn a_repeated_request_id_gets_the_first_answer_and_other_content_is_refused() {
    let app = TestApp::new().await;
    let mut sellers = SellerServiceClient::new(app.admin.calls());
    let request = pb::CreateSellerRequest { request_id: REQUEST_ID.to_owned(), ..create("ana", "Ana") };
    let first = sellers.create_seller(request.clone()).await.expect("can be created").into_inner();
    assert_eq!(sellers.create_seller(request.clone()).await.expect("is repeated").into_inner(), first);
    let other = pb::CreateSellerRequest { seller_id: "ben".to_owned(), ..request };
    let reused = refused(sellers.create_seller(other).await);
    assert_eq!((reused.code, reused.reason.as_str()), (Code::InvalidArgument, "REQUEST_ID_REUSED"));
}

#[tokio::test]
async fn all_problems_of_a_seller_are_reported_at_once() {
    let app = TestApp::new().await;
    let mut sellers = SellerServiceClient::new(app.admin.calls());
    let wrong = refused(sellers.create_seller(create("no spaces", &"x".repeat(161))).await);
    assert_eq!(wrong.reason, "FIELDS_INVALID");
    assert_eq!(wrong.fields(), [("seller_id", "FIELD_INVALID"), ("seller.display_name", "FIELD_TOO_LONG")]);
}

#[tokio::test]
async fn an_update_sets_what_the_mask_names_and_a_stale_etag_aborts() {
    let app = TestApp::new().await;
    let mut sellers = SellerServiceClient::new(app.admin.calls());
    let ana = created(&mut sellers, "ana").await;
    let renamed = pb::Seller { display_name: "Ana R.".to_owned(), ..ana.clone() };
    let mask = prost_types::FieldMask { paths: vec!["display_name".to_owned()] };
    let request =
        pb::UpdateSellerRequest { seller: Some(renamed), update_mask: Some(mask), ..Default::default() };
    let after = sellers.update_seller(request.clone()).await.expect("fits").into_inner().seller;
    let after = after.expect("the answer has the seller");
    assert_eq!(after.display_name, "Ana R.");
    assert_ne!(after.etag, ana.etag);
    let stale = refused(sellers.update_seller(request).await);
    assert_eq!((stale.code, stale.reason.as_str()), (Code::Aborted, "ETAG_MISMATCH"));
}

#[tokio::test]
async fn pages_continue_where_the_last_ended_and_a_damaged_token_is_refused() {
    let app = TestApp::new().await;
    let mut sellers = SellerServiceClient::new(app.admin.calls());
    for id in ["c", "a", "b"] {
        created(&mut sellers, id).await;
    }
    let first = pb::ListSellersRequest { page_size: 2, ..Default::default() };
    let page = sellers.list_sellers(first.clone()).await.expect("lists").into_inner();
    let names: Vec<_> = page.sellers.iter().map(|seller| seller.name.as_str()).collect();
    assert_eq!(names, ["sellers/a", "sellers/b"]);

    let next = pb::ListSellersRequest { page_token: page.next_page_token.clone(), ..first.clone() };
    let last = sellers.list_sellers(next).await.expect("lists").into_inner();
    assert_eq!((last.sellers.len(), last.next_page_token.as_str()), (1, ""));

    let cut = page.next_page_token[1..].to_owned();
    let damaged = refused(sellers.list_sellers(pb::ListSellersRequest { page_token: cut, ..first }).await);
    assert_eq!(damaged.reason, "PAGE_TOKEN_INVALID");
}

#[tokio::test]
async fn nothing_is_visible_without_a_key_or_with_another_organizations() {
    let app = TestApp::new().await;
    created(&mut SellerServiceClient::new(app.admin.calls()), "ana").await;
    let request = pb::GetSellerRequest { name: "sellers/ana".to_owned() };
    let nobody = refused(SellerServiceClient::new(app.channel()).get_seller(request.clone()).await);
    assert_eq!((nobody.code, nobody.reason.as_str()), (Code::Unauthenticated, "CREDENTIALS_INVALID"));
    let other = app.other_organization().await;
    let hidden = refused(SellerServiceClient::new(other.calls()).get_seller(request).await);
    assert_eq!((hidden.code, hidden.reason.as_str()), (Code::NotFound, "RESOURCE_NOT_FOUND"));
}

#[tokio::test]
async fn salespeople_say_where_their_client_goes_after_an_activity_and_nothing_else() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let update = "SellerService/UpdateSeller";
    let got = stage.done("SellerService/GetSeller", json!({"name": "sellers/ana"})).await;
    assert_eq!(got["seller"]["afterCompletion"], "NEXT");

    let stay = json!({"seller": {"name": "sellers/me", "after_completion": "STAY"}});
    assert_eq!(ana.done(update, stay).await["seller"]["afterCompletion"], "STAY");
    let others = json!({"seller": {"name": "sellers/ben", "after_completion": "ASK"}});
    assert_eq!(refused(ana.call(update, others.clone()).await).reason, "ROLE_REQUIRED");
    let more = json!({"seller": {"name": "sellers/ana", "after_completion": "ASK", "assign_records": false}});
    assert_eq!(refused(ana.call(update, more).await).reason, "ROLE_REQUIRED");
    assert_eq!(stage.done(update, others).await["seller"]["afterCompletion"], "ASK");

    let default = json!({"seller": {"name": "sellers/ana"}, "update_mask": "afterCompletion"});
    assert_eq!(stage.done(update, default).await["seller"]["afterCompletion"], "NEXT");
}
