//! An identity provider: signs tokens with keys of its own, and serves the keys that verify them.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use upnext::config::{Jwt, KeySource};

/// The issuer and audience of right tokens.
pub const ISSUER: &str = "https://id.example.com/";
pub const AUDIENCE: &str = "upnext";

/// What begins a key for Ed25519 in PKCS #8; the 32 bytes of the key follow.
const ED25519: [u8; 16] = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];

/// A key of RSA, because making one takes seconds. It signs nothing but tokens of tests.
const RSA: &str = "MIIEogIBAAKCAQEAoLBPT7TztCpRQrWLQohV2QbUCvC/5n/HAFou/mdc8bmSTtggZzjVAh/C7/i2NV8b0h7rcu49N7lYU4kW\
    ueO0Nz7ZbAD1CxnUwZ/Nd/IYiT3yvnHBOqWKTe7BvcrRzzBijDv/r7xm/kIl63QpstI18MRYnCw4VpWNCJ3P6yyDxxiyfr84\
    G7uGcK0e4/7Dp02zu0vass9+pBo1K1D6DZiRIsiGWcTNEQmj8Wj4+/jZdNisyedacu38sDXhjYqmeOCrBMpyyoH2AerOOhH0\
    B6s0eEDmC1WZTkbes0H66WspAMb+ncJnU1vPvsU0Yp8q3+9f96kWYxn/tnscX+oOXum7pwIDAQABAoIBABWleqGtqjDIjJbU\
    dvSZAhuQ2Gq64NcPuoKZI4CA8xvbGFMHuWG+Xa+CENQb6IvLCqflI2mhn1yM2tGyA346JvJURJzQijIbIjaNLPQuCFEgp70w\
    /MtGNpnmAnJrSpVDGttyT7DgS+2PgqUzylQ9DigngxpSuKotTkjtXW98WSouOhKcoWlGG03dXf++4zR2ghPEePr7p+nFyQVe\
    KEvm9eXDM3A+llFGxiVsEFOcjhF7XafDyWZ6ocgTE/PCf+JqRuh4xz6ZGrvWzifvhlWQEvYtcERAsh9j0u5Vx5KlF/RYo/tS\
    KaDb/44NDvnPDWEBAlxiaZLedfZd8EzI6Dbk7F0CgYEA4fVor0TkPI5I2D0K3JzOhP2lcJFd7hq+79XNIXKWfSOLLdHlCkRc\
    jXZuTk7IoILYwvOCI2uEkeG0M0eBNsQxO3Koo1NXH7svxi6fBtljUCofs+PIj12Y2+edI9SK/4Jm3u81Kkmc3Svjl8jTk0fm\
    xOStAJcgLC5JG1qx2lDrlVMCgYEAtg1p2IpNiT5dfqCp51Igsde+9A5fxyeLPOQ39MnyYc3Tba+G1v/4GvRpmh04wcCIXovu\
    yVNanwY2wHHlbrGBZMqOCRJVq6NJsmFvLZSg3k9dbJ8T4OR1g/U/nUODMeAi1/V5ZDZeXG0Fvb+IuDp2qvP+VWh1ChhIxrrd\
    gDEpgd0CgYBRe17JvW0UjTali7WsAnvSp2kOY81cfJaYBCBZzGmKLNQWrNcMUcSSWr/CS1S71RN3kbo/LZl7xclmqIVnC265\
    gkpfw0Dqt2St8cf0/1V55gbSpvR/BoCF5ErdTdrl8s9H2zjvy+XeN+J1rLznIomMPO5KBTVb2UERtS3njUC28wKBgHZlIMn3\
    n9c6nNkmKXjLu4GNOp1D39wIBpByJ0XmM+CRWAgEWB/o1fTJsQfOK0QuL0G1pXR+5fd3thHPwJMNk4X2CQszRk3aYqpEnWY6\
    O6h4WtyyU941FYvc6iMfben4xxBFj02x4gofyNUPBB4zv0sMZQIsbblD88hybGzbDBBtAoGAYWkurhE68aWi0PtvDARUrG+k\
    d5q+46q9Knk/FqlanOqsuhZ1Mc8wwrlcWbduuDvG++kfOZ6nbqh0F7COUXS0FFjTwnX6dQ4n3SLb4eq0inwe21aNyRSnr1Dh\
    2TDKD4OmZZGiC90C957MA55TFA/F9bltGRP7dq22FMqa6Ma/LDQ=";

/// A key that signs tokens.
pub struct Signer {
    pub id: String,
    algorithm: Algorithm,
    key: EncodingKey,
}

impl Signer {
    /// A new key for ES256.
    pub fn es256(id: &str) -> Self {
        let key = rcgen::KeyPair::generate().expect("a key").serialize_der();
        Self { id: id.to_owned(), algorithm: Algorithm::ES256, key: EncodingKey::from_ec_der(&key) }
    }

    /// A new key for EdDSA.
    pub fn ed25519(id: &str) -> Self {
        let key = [ED25519.as_slice(), &rand::random::<[u8; 32]>()].concat();
        Self { id: id.to_owned(), algorithm: Algorithm::EdDSA, key: EncodingKey::from_ed_der(&key) }
    }

    /// The key for RSA, for this algorithm.
    pub fn rsa(id: &str, algorithm: Algorithm) -> Self {
        let key = STANDARD.decode(RSA).expect("is base64");
        Self { id: id.to_owned(), algorithm, key: EncodingKey::from_rsa_der(&key) }
    }

    /// A token with these claims.
    pub fn sign(&self, claims: &Value) -> String {
        self.sign_as(&self.id, claims)
    }

    /// A token that names this key.
    pub fn sign_as(&self, id: &str, claims: &Value) -> String {
        let header = Header { kid: Some(id.to_owned()), ..Header::new(self.algorithm) };
        encode(&header, claims, &self.key).expect("is signed")
    }

    /// What verifies its tokens.
    pub fn public(&self) -> Value {
        let mut jwk = Jwk::from_encoding_key(&self.key, self.algorithm).expect("a public key");
        jwk.common.key_id = Some(self.id.clone());
        serde_json::to_value(jwk).expect("is JSON")
    }
}

/// What a provider answers when asked for its keys.
#[derive(Clone)]
pub enum Answer {
    Keys(Vec<Value>),
    Fails,
    Hangs,
    Endless,
    Redirects(String),
}

/// A provider that serves its keys.
pub struct Provider {
    address: SocketAddr,
    state: Arc<Serving>,
}

struct Serving {
    answer: Mutex<Answer>,
    asked: AtomicUsize,
}

impl Provider {
    /// Serves the keys of these.
    pub async fn new(signers: &[&Signer]) -> Self {
        let answer = Mutex::new(Answer::Keys(signers.iter().map(|signer| signer.public()).collect()));
        let state = Arc::new(Serving { answer, asked: AtomicUsize::new(0) });
        let router = Router::new().route("/keys", get(answer_keys)).with_state(state.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, state }
    }

    /// Answers so from now on.
    pub fn answers(&self, answer: Answer) {
        *self.state.answer.lock().expect("no lock holder panics") = answer;
    }

    /// Serves the keys of these from now on.
    pub fn has(&self, signers: &[&Signer]) {
        self.answers(Answer::Keys(signers.iter().map(|signer| signer.public()).collect()));
    }

    /// How often its keys were asked for.
    pub fn asked(&self) -> usize {
        self.state.asked.load(Ordering::SeqCst)
    }

    pub fn url(&self) -> String {
        format!("http://{}/keys", self.address)
    }

    /// The settings of a server that accepts its tokens.
    pub fn settings(&self) -> Jwt {
        settings(KeySource::Url(self.url()))
    }
}

/// The settings of a server that accepts tokens by these keys.
pub fn settings(keys: KeySource) -> Jwt {
    Jwt {
        keys,
        algorithms: vec![Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA],
        issuer: ISSUER.to_owned(),
        audience: AUDIENCE.to_owned(),
        leeway: Duration::from_secs(30),
        organization_claim: "organization".to_owned(),
        roles_claim: "roles".to_owned(),
        seller_claim: "seller".to_owned(),
    }
}

async fn answer_keys(State(state): State<Arc<Serving>>) -> Response {
    state.asked.fetch_add(1, Ordering::SeqCst);
    let answer = state.answer.lock().expect("no lock holder panics").clone();
    match answer {
        Answer::Keys(keys) => json!({"keys": keys}).to_string().into_response(),
        Answer::Fails => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        Answer::Hangs => std::future::pending().await,
        Answer::Endless => "[".repeat(2 << 20).into_response(),
        Answer::Redirects(url) => (StatusCode::FOUND, [(header::LOCATION, url)]).into_response(),
    }
}
