//! Requests that are compressed.

use tonic::Code;
use tonic::codec::CompressionEncoding;

use super::support::app::TestApp;
use upnext::api::pb::seller_service_client::SellerServiceClient;
use upnext::api::pb::{CreateSellerRequest, Seller};

#[tokio::test]
async fn a_request_compressed_with_gzip_is_read_and_its_real_size_counts() {
    let app = TestApp::new().await;
    let mut sellers = SellerServiceClient::new(app.admin.calls()).send_compressed(CompressionEncoding::Gzip);
    let request = |id: &str, display_name: String| CreateSellerRequest {
        seller_id: id.to_owned(),
        seller: Some(Seller { display_name, ..Seller::default() }),
        ..CreateSellerRequest::default()
    };

    let created = sellers.create_seller(request("ana", "Ana Ruiz".to_owned())).await.expect("is read");
    assert_eq!(created.into_inner().seller.expect("a seller").display_name, "Ana Ruiz");

    let refused = sellers.create_seller(request("ben", "b".repeat(64 << 20))).await.expect_err("64 MiB");
    assert_eq!(refused.code(), Code::ResourceExhausted, "{refused:?}");
}
