//! One attempt to send an event: a signed request, and what its answer means.

use std::error::Error as _;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use standardwebhooks::{
    HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook as Signer,
};

use super::endpoint::{Reach, Resolver};
use crate::api::convert::json;
use crate::api::pb;
use crate::domain::webhook::{Failure, FailureKind};

/// How long an attempt may take, and the connection in it.
const TIMEOUT: Duration = Duration::from_secs(15);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The most characters of an error that are kept.
const LONGEST_ERROR: usize = 300;

/// Sends events over HTTP. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Sender {
    /// Made for the first event: it reads the certificates of this machine.
    client: Arc<OnceLock<Result<Client, String>>>,
    reach: Reach,
}

impl Sender {
    /// Sends to whatever is in reach.
    pub fn new(reach: Reach) -> Self {
        Self { client: Arc::default(), reach }
    }

    fn client(&self) -> Result<&Client, Failure> {
        let client = self.client.get_or_init(|| client(self.reach).map_err(|error| told(&error)));
        client.as_ref().map_err(|error| passing(error))
    }

    /// Which addresses are in reach.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    /// Sends an event once, signed by each secret. Returns the status of the answer, whose body is
    /// never read.
    ///
    /// # Errors
    /// It has not arrived, as far as is known.
    pub async fn send(
        &self,
        url: &str,
        event: &pb::Event,
        secrets: &[String],
        now: DateTime<Utc>,
    ) -> Result<u16, Failure> {
        let url = Url::parse(url).map_err(|error| passing(&error.to_string()))?;
        // The server may have been told otherwise since the webhook was created.
        if !self.reach.admits_url(&url) {
            return Err(passing(
                "this server sends only to public addresses, by https (setting webhook_private_addresses)",
            ));
        }
        let body = json::line(event);
        let (id, timestamp) = (&event.name, now.timestamp());
        let signatures = signatures(secrets, id, timestamp, &body)?;

        let request = self
            .client()?
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header(HEADER_WEBHOOK_ID, id)
            .header(HEADER_WEBHOOK_TIMESTAMP, timestamp)
            .header(HEADER_WEBHOOK_SIGNATURE, signatures)
            .body(body);
        match request.send().await {
            Ok(answer) if answer.status().is_success() => Ok(answer.status().as_u16()),
            Ok(answer) => {
                let status = answer.status().as_u16();
                let (kind, error) = (FailureKind::of_status(status), format!("answered {status}"));
                Err(Failure { kind, status: Some(status), error })
            }
            Err(error) => Err(passing(&told(&error))),
        }
    }
}

fn client(reach: Reach) -> reqwest::Result<Client> {
    // An error only says that there is a provider already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .dns_resolver(Arc::new(Resolver(reach)))
        // A proxy would resolve names by itself; a redirect would lead anywhere.
        .no_proxy()
        .redirect(Policy::none())
        .timeout(TIMEOUT)
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_max_idle_per_host(1)
        .user_agent(concat!("upnext/", env!("CARGO_PKG_VERSION")))
        .build()
}

/// All signatures, with spaces in between.
fn signatures(secrets: &[String], id: &str, timestamp: i64, body: &str) -> Result<String, Failure> {
    let sign = |secret: &String| Signer::new(secret)?.sign(id, timestamp, body.as_bytes());
    let signed: Result<Vec<String>, _> = secrets.iter().map(sign).collect();
    Ok(signed.map_err(|_| passing("the secret can't sign"))?.join(" "))
}

fn passing(error: &str) -> Failure {
    let error = error.chars().filter(|character| *character != '\0').take(LONGEST_ERROR).collect();
    Failure { kind: FailureKind::Passing, status: None, error }
}

/// An error of the connection with its causes, without the URL, which callers know.
fn told(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return format!("no answer within {} s", TIMEOUT.as_secs());
    }
    let mut causes = Vec::new();
    let mut source = error.source();
    while let Some(cause) = source {
        causes.push(cause.to_string());
        source = cause.source();
    }
    if causes.is_empty() { "the request failed".to_owned() } else { causes.join(": ") }
}
