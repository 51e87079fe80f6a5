//! TLS with the real binary and real clients: who is let in, and who isn't.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::time::Duration;

use nix::sys::signal::Signal;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use sqlx::ConnectOptions as _;
use tempfile::TempDir;
use tokio::time::timeout;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity};
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use super::support::app::{TestApp, within_deadline};
use super::support::database::TestDatabase;
use super::support::process::{Process, run, upnext};

/// An authority of this test's own, and files of what it signed.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: TempDir,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let issuer = CertifiedIssuer::self_signed(params, key).expect("signs itself");
        Self { issuer, folder: TempDir::new().expect("the temp folder is writable") }
    }

    fn certificate(&self) -> String {
        self.issuer.pem()
    }

    /// A certificate for this name, and its key.
    fn sign(&self, name: &str) -> (String, String) {
        let params = CertificateParams::new([name.to_owned()]).expect("a name");
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("is signed");
        (certificate.pem(), key.serialize_pem())
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("can be written");
        fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("is ours");
        path
    }
}

struct Server {
    process: Process,
    url: String,
    _database: TestDatabase,
}

impl Server {
    async fn start(authority: &Authority, mutual: bool) -> Self {
        let database = TestDatabase::new().await;
        let (certificate, key) = authority.sign("localhost");
        let mut serve = upnext(&[&"serve", &"--address", &"localhost:0"]);
        serve.env("UPNEXT_DATABASE_URL", database.connect_options().to_url_lossy().as_str());
        serve.env("UPNEXT_TLS_CERTIFICATE", authority.file("server.pem", &certificate));
        serve.env("UPNEXT_TLS_KEY", authority.file("server.key", &key));

        if mutual {
            serve.env("UPNEXT_TLS_CLIENT_AUTHORITY", authority.file("clients.pem", &authority.certificate()));
        }
        let mut process = Process::start(&mut serve);
        let address = process.address();
        let port = address.rsplit(':').next().expect("a port");
        Self { process, url: format!("https://localhost:{port}"), _database: database }
    }

    /// What a client says that trusts this authority and shows this certificate and key.
    async fn answer(
        &self,
        trusted: &Authority,
        shown: Option<(String, String)>,
    ) -> Result<ServingStatus, String> {
        let mut tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(trusted.certificate()));
        if let Some((certificate, key)) = shown {
            tls = tls.identity(Identity::from_pem(certificate, key));
        }
        let endpoint = Endpoint::from_shared(self.url.clone()).expect("an address");
        let channel = endpoint.tls_config(tls).expect("can be used").connect_lazy();
        ask(channel).await
    }
}

async fn ask(channel: Channel) -> Result<ServingStatus, String> {
    let request = HealthCheckRequest { service: String::new() };
    let mut health = HealthClient::new(channel);
    let answer = within_deadline("an answer", health.check(request)).await;
    answer.map(|answer| answer.into_inner().status()).map_err(|status| status.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tls_server_serves_clients_that_trust_it_and_refuses_plain_text() {
    let (authority, other) = (Authority::new(), Authority::new());
    let mut server = Server::start(&authority, false).await;
    assert_eq!(server.answer(&authority, None).await, Ok(ServingStatus::Serving));
    server.answer(&other, None).await.expect_err("its certificate is somebody else's");
    let plain = Endpoint::from_shared(server.url.replacen("https", "http", 1)).expect("an address");
    ask(plain.connect_lazy()).await.expect_err("it speaks TLS only");
    assert!(server.process.end_by(Signal::SIGTERM).success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mutual_tls_server_answers_only_clients_signed_by_its_authority() {
    let (authority, other) = (Authority::new(), Authority::new());
    let mut server = Server::start(&authority, true).await;
    let signed = server.answer(&authority, Some(authority.sign("crm"))).await;
    assert_eq!(signed, Ok(ServingStatus::Serving));
    server.answer(&authority, None).await.expect_err("a client without a certificate");
    server.answer(&authority, Some(other.sign("crm"))).await.expect_err("a client of another authority");
    assert!(server.process.end_by(Signal::SIGTERM).success());
}

#[tokio::test(flavor = "multi_thread")]
async fn new_certificates_are_used_without_a_restart_and_bad_ones_are_not() {
    let (authority, next) = (Authority::new(), Authority::new());
    let mut server = Server::start(&authority, false).await;
    let tls = ClientTlsConfig::new().ca_certificate(Certificate::from_pem(authority.certificate()));
    let endpoint = Endpoint::from_shared(server.url.clone()).expect("an address");
    let before = endpoint.tls_config(tls).expect("can be used").connect().await.expect("connects");
    let request = HealthCheckRequest { service: String::new() };
    let mut stream = HealthClient::new(before).watch(request).await.expect("is watched").into_inner();
    within_deadline("health", stream.message()).await.expect("continues").expect("continues");

    // A key that isn't that of the certificate.
    authority.file("server.key", &next.sign("localhost").1);
    let goes_on = async {
        loop {
            assert_eq!(server.answer(&authority, None).await, Ok(ServingStatus::Serving));
        }
    };
    // Longer than the files stay unseen.
    timeout(Duration::from_secs(4), goes_on).await.expect_err("has no end");

    let (certificate, key) = next.sign("localhost");
    authority.file("server.pem", &certificate);
    authority.file("server.key", &key);
    let taken = async { while server.answer(&next, None).await.is_err() {} };
    within_deadline("the new ones are used", taken).await;
    server.answer(&authority, None).await.expect_err("not the old ones");

    // What was open goes on, and says when the server stops.
    let end = tokio::task::spawn_blocking(move || {
        server.process.signal(Signal::SIGTERM);
        server.process.end()
    });
    let last = within_deadline("the end", stream.message()).await.expect("the stream is whole");
    assert_eq!(last.map(|told| told.status()), Some(ServingStatus::NotServing));
    let (status, log) = end.await.expect("it ends");
    assert!(status.success() && log.contains("can't be used; the old ones stay"), "{log}");
    assert!(log.contains("tls_key") && !log.contains("PRIVATE KEY"), "{log}");
}

/// What `upnext keys list` comes to on its way to this address. Its key is nobody's: who hears so
/// has reached the server.
async fn command(address: &str, flags: &[&str], roots: Option<PathBuf>) -> String {
    let mut command = upnext(&[&"keys", &"list", &"--address", &address]);
    command.args(flags).env("UPNEXT_KEY", "nobody");
    match roots {
        Some(roots) => command.env("SSL_CERT_FILE", roots),
        None => command.env_remove("SSL_CERT_FILE"),
    };
    let output = tokio::task::spawn_blocking(move || run(&mut command));
    let output = within_deadline("the command ends", output).await.expect("no panic");
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const REACHED: &str = "isn't valid: unknown, revoked or expired";

#[tokio::test(flavor = "multi_thread")]
async fn a_command_says_whether_nobody_answers_or_without_tls_or_with_a_certificate_that_it_does_not_trust() {
    let (authority, other) = (Authority::new(), Authority::new());
    let mut server = Server::start(&authority, false).await;
    let ca = authority.file("ca.pem", &authority.certificate());
    let ca_flag = ca.to_str().expect("text");
    let said = command(&server.url, &["--ca", ca_flag], None).await;
    assert!(said.contains(REACHED), "{said}");
    let said = command(&server.url, &[], Some(ca.clone())).await;
    assert!(said.contains(REACHED), "the machine's own authorities: {said}");

    let strange = other.file("ca.pem", &other.certificate());
    let said = command(&server.url, &["--ca", strange.to_str().expect("text")], None).await;
    assert!(said.contains("shows a certificate that isn't trusted"), "{said}");
    let plain = server.url.replacen("https://", "", 1);
    let said = command(&plain, &[], None).await;
    assert!(said.contains("doesn't speak gRPC without TLS") && said.contains(&server.url), "{said}");
    let said = command(&plain, &["--ca", ca_flag], None).await;
    assert!(said.contains("are for TLS"), "{said}");
    assert!(server.process.end_by(Signal::SIGTERM).success());

    let app = TestApp::new().await;
    let said = command(&format!("https://{}", app.address), &["--ca", ca_flag], None).await;
    assert!(said.contains("doesn't speak TLS: begin the address with http://"), "{said}");
    for nobody in ["127.0.0.1:1", "https://127.0.0.1:1"] {
        let said =
            command(nobody, &["--ca", ca_flag][..if nobody.starts_with("https") { 2 } else { 0 }], None)
                .await;
        assert!(said.contains("no server answers at ") && said.contains("refused"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_shows_its_certificate_to_a_server_that_asks_for_one() {
    let authority = Authority::new();
    let mut server = Server::start(&authority, true).await;
    let (certificate, key) = authority.sign("crm");
    let files = [("ca.pem", authority.certificate()), ("crm.pem", certificate), ("crm.key", key)];
    let paths = files.map(|(name, text)| authority.file(name, &text));
    let [ca, cert, key] = paths.each_ref().map(|path| path.to_str().expect("text"));
    let said = command(&server.url, &["--ca", ca, "--cert", cert, "--key", key], None).await;
    assert!(said.contains(REACHED), "{said}");
    let said = command(&server.url, &["--ca", ca], None).await;
    assert!(said.contains("asks for a client certificate that it trusts"), "{said}");
    let said = command(&server.url, &["--ca", ca, "--cert", cert], None).await;
    assert!(said.contains("--cert and --key go together"), "{said}");
    assert!(server.process.end_by(Signal::SIGTERM).success());
}
