//! Whose tokens a server accepts beside API keys, and how it reads them.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use jsonwebtoken::Algorithm;

use super::MINUTE;
use super::layers::Layers;

/// The algorithms that may be chosen. With the others, whoever can verify a token can make one.
const ASYMMETRIC: [(&str, Algorithm); 9] = [
    ("RS256", Algorithm::RS256),
    ("RS384", Algorithm::RS384),
    ("RS512", Algorithm::RS512),
    ("PS256", Algorithm::PS256),
    ("PS384", Algorithm::PS384),
    ("PS512", Algorithm::PS512),
    ("ES256", Algorithm::ES256),
    ("ES384", Algorithm::ES384),
    ("EdDSA", Algorithm::EdDSA),
];

/// Whose tokens are accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct Jwt {
    /// The keys of the identity provider.
    pub keys: KeySource,
    /// How tokens may be signed.
    pub algorithms: Vec<Algorithm>,
    /// What `iss` must be.
    pub issuer: String,
    /// What `aud` must be, or contain.
    pub audience: String,
    /// How far the provider's clock may differ.
    pub leeway: Duration,
    /// The claim that names the organization.
    pub organization_claim: String,
    /// The claim that names the roles.
    pub roles_claim: String,
    /// The claim that names the seller.
    pub seller_claim: String,
}

/// Where the keys of an identity provider are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// In a file of this machine.
    File(PathBuf),
    /// At the provider.
    Url(String),
}

impl Layers {
    /// Whose tokens are accepted; `None`: nobody's.
    pub(super) fn jwt(&mut self) -> Option<Jwt> {
        let keys = self.key_source();
        let algorithms = self.algorithms();
        let leeway = self.duration("jwt_leeway", Duration::ZERO..=5 * MINUTE);
        let issuer = self.required_claim("jwt_issuer", keys.is_some());
        let audience = self.required_claim("jwt_audience", keys.is_some());
        let organization_claim = self.claim_name("jwt_organization_claim");
        let roles_claim = self.claim_name("jwt_roles_claim");
        let seller_claim = self.claim_name("jwt_seller_claim");

        Some(Jwt {
            keys: keys?,
            algorithms: algorithms?,
            issuer: issuer?,
            audience: audience?,
            leeway: leeway?,
            organization_claim: organization_claim?,
            roles_claim: roles_claim?,
            seller_claim: seller_claim?,
        })
    }

    fn key_source(&mut self) -> Option<KeySource> {
        let file = self.file("jwt_jwks_file").map(KeySource::File);
        let url = self.optional::<String>("jwt_jwks_url");
        if let Some(url) = &url
            && !is_trustworthy(url)
        {
            // Whoever could exchange the keys on their way could be anyone.
            self.refuse("jwt_jwks_url", "must begin with https://, or http:// and this machine's address");
        }
        if file.is_some() && url.is_some() {
            self.refuse("jwt_jwks_url", "must not be set with jwt_jwks_file: there is one set of keys");
        }
        file.or(url.map(KeySource::Url))
    }

    fn algorithms(&mut self) -> Option<Vec<Algorithm>> {
        let text: String = self.value("jwt_algorithms")?;
        let known = |name: &str| ASYMMETRIC.iter().find(|(known, _)| *known == name);
        let (mut chosen, mut wrong) = (Vec::new(), text.trim().is_empty());
        for name in text.split(',').map(str::trim) {
            match known(name) {
                Some((_, algorithm)) => chosen.push(*algorithm),
                None => wrong = true,
            }
        }

        if wrong {
            let known = ASYMMETRIC.map(|(name, _)| name).join(", ");
            self.refuse("jwt_algorithms", format!("{text:?} must be some of {known}, separated by commas"));
        }
        Some(chosen)
    }

    /// What a claim must say. Without it, tokens made for others would be accepted.
    fn required_claim(&mut self, key: &'static str, accepts: bool) -> Option<String> {
        let value = self.optional::<String>(key);
        if accepts && value.as_ref().is_none_or(String::is_empty) {
            self.refuse(key, "must be set with jwt_jwks_file or jwt_jwks_url");
        } else if !accepts && value.is_some() {
            self.refuse(key, "needs jwt_jwks_file or jwt_jwks_url");
        }
        value
    }

    fn claim_name(&mut self, key: &'static str) -> Option<String> {
        let name: String = self.value(key)?;
        if name.is_empty() {
            self.refuse(key, "must name a claim");
        }
        Some(name)
    }
}

/// Whether nobody else can exchange what a URL answers, or read what is sent there.
pub(super) fn is_trustworthy(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(url) else { return false };
    let host = url.host_str().unwrap_or_default();
    let local = host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|address: IpAddr| address.is_loopback());
    match url.scheme() {
        "https" => !host.is_empty(),
        "http" => local,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_by_https_or_from_this_machine() {
        for url in
            ["https://id.example.com/jwks", "http://127.0.0.1:9/jwks", "http://[::1]/", "http://localhost"]
        {
            assert!(is_trustworthy(url), "{url}");
        }
        for url in ["http://id.example.com/jwks", "file:///etc/passwd", "id.example.com", "ftp://localhost/"]
        {
            assert!(!is_trustworthy(url), "{url}");
        }
    }
}
