//! What whoever keeps an installation does straight in its database, by the real binary.

use std::process::Output;

use sqlx::ConnectOptions as _;
use upnext::api::pb::ListSellersRequest;
use upnext::api::pb::seller_service_client::SellerServiceClient;

use super::support::app::TestApp;
use super::support::process::{run, upnext};

async fn command(arguments: &[&str], url: &str) -> Output {
    let mut command = upnext(&[]);
    command.args(arguments).args(["--database-url", url]);
    tokio::task::spawn_blocking(move || run(&mut command)).await.expect("no panic")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).trim().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_administrators_key_is_replaced_straight_in_the_database() {
    let app = TestApp::new().await;
    let url = app.database.connect_options().to_url_lossy().to_string();
    let listed = command(&["organizations", "list"], &url).await;
    let organizations = said(&listed.stdout);
    assert!(listed.status.success() && organizations.starts_with("organizations/"), "{organizations}");
    let made = command(&["keys", "create", "Found again", "--administrator"], &url).await;
    assert!(made.status.success(), "{}", said(&made.stderr));
    let client = app.client(&said(&made.stdout));
    let sellers = SellerServiceClient::new(client.calls()).list_sellers(ListSellersRequest::default()).await;
    sellers.expect("the key works");

    let other = command(&["organizations", "create", "Other"], &url).await;
    assert!(other.status.success(), "{}", said(&other.stderr));
    let unclear = command(&["keys", "create", "Whose?", "--administrator"], &url).await;
    let told = said(&unclear.stderr);
    assert!(!unclear.status.success() && told.contains("--organization") && told.contains("Other"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_be_reached_is_named_with_host_port_and_cause() {
    let nowhere = "postgres://nobody@127.0.0.1:1/none";
    for arguments in
        [&["migrate"][..], &["check"], &["serve", "--address", "127.0.0.1:0"], &["organizations", "list"]]
    {
        let output = command(arguments, nowhere).await;
        let told = said(&output.stderr);
        assert!(!output.status.success(), "{arguments:?}");
        let expected = "can't connect to the database at 127.0.0.1:1: Connection refused";
        assert!(told.contains(expected), "{arguments:?}: {told}");
    }
}
