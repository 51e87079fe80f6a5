//! The keys of an identity provider (JWKS), each with the algorithms that it may verify.

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;

/// The length of an RSA modulus of 2048 bits, in base64. Shorter ones can be factored.
const SHORTEST_MODULUS: usize = 342;

/// The keys of an identity provider.
#[derive(Debug, Default)]
pub(super) struct KeySet {
    keys: Vec<Key>,
}

#[derive(Debug)]
struct Key {
    /// The `kid` that tokens name.
    id: Option<String>,
    algorithms: Vec<Algorithm>,
    key: DecodingKey,
}

/// Keys are read one by one: an unknown kind must not hide the others.
#[derive(Deserialize)]
struct Document {
    keys: Vec<Value>,
}

impl KeySet {
    /// Reads a key set. Keys that can't verify a token by one of the `pinned` algorithms are left
    /// out.
    ///
    /// # Errors
    /// It isn't a key set, or no key is left: why, in words.
    pub(super) fn parse(text: &[u8], pinned: &[Algorithm]) -> Result<Self, String> {
        let wrong = |error| format!("it is not a JSON Web Key Set: {error}");
        let document: Document = serde_json::from_slice(text).map_err(wrong)?;
        let keys: Vec<Key> = document.keys.into_iter().filter_map(|key| Key::read(key, pinned)).collect();
        (!keys.is_empty()).then_some(Self { keys }).ok_or_else(|| format!("it has no key for {pinned:?}"))
    }

    /// The key with this id for tokens signed by `algorithm`. A token that names no key needs the
    /// only one for its algorithm.
    pub(super) fn find(&self, id: Option<&str>, algorithm: Algorithm) -> Option<&DecodingKey> {
        let mut fitting = self.keys.iter().filter(|key| key.algorithms.contains(&algorithm));
        match id {
            Some(id) => fitting.find(|key| key.id.as_deref() == Some(id)).map(|key| &key.key),
            None => fitting.next().filter(|_| fitting.next().is_none()).map(|key| &key.key),
        }
    }
}

impl Key {
    fn read(key: Value, pinned: &[Algorithm]) -> Option<Self> {
        let jwk: Jwk = serde_json::from_value(key).ok()?;
        if matches!(jwk.common.public_key_use, Some(PublicKeyUse::Encryption)) {
            return None;
        }

        let named = jwk.common.key_algorithm.map(|named| named.to_string().parse::<Algorithm>().ok());
        let mut algorithms = of_kind(&jwk.algorithm);
        algorithms.retain(|one| pinned.contains(one));
        // A key for something else, like encryption, names an algorithm that signs nothing.
        algorithms.retain(|one| named.is_none_or(|named| named == Some(*one)));

        let key = DecodingKey::from_jwk(&jwk).ok().filter(|_| !algorithms.is_empty())?;
        Some(Self { id: jwk.common.key_id, algorithms, key })
    }
}

/// The algorithms that a key of this kind can verify. None for a shared secret: whoever can verify
/// by it can sign, too.
fn of_kind(parameters: &AlgorithmParameters) -> Vec<Algorithm> {
    use Algorithm::{ES256, ES384, EdDSA, PS256, PS384, PS512, RS256, RS384, RS512};
    match parameters {
        AlgorithmParameters::RSA(rsa) if rsa.n.len() >= SHORTEST_MODULUS => {
            vec![RS256, RS384, RS512, PS256, PS384, PS512]
        }
        AlgorithmParameters::EllipticCurve(key) => match key.curve {
            EllipticCurve::P256 => vec![ES256],
            EllipticCurve::P384 => vec![ES384],
            _ => Vec::new(),
        },
        AlgorithmParameters::OctetKeyPair(key) => match key.curve {
            EllipticCurve::Ed25519 => vec![EdDSA],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const PINNED: [Algorithm; 2] = [Algorithm::ES256, Algorithm::EdDSA];

    fn set(keys: &Value) -> Result<KeySet, String> {
        KeySet::parse(&serde_json::to_vec(&json!({"keys": keys})).expect("is written"), &PINNED)
    }

    fn ed25519(more: &Value) -> Value {
        // The public key of the example in RFC 8037.
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        let mut key = json!({"kty": "OKP", "crv": "Ed25519", "x": x});
        key.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        key
    }

    #[test]
    fn a_key_is_found_by_its_id_and_only_for_its_own_algorithm() {
        let keys = json!([ed25519(&json!({"kid": "one"})), ed25519(&json!({"kid": "two", "alg": "EdDSA"}))]);
        let set = set(&keys).expect("can be read");
        assert!(set.find(Some("two"), Algorithm::EdDSA).is_some());
        assert!(set.find(Some("two"), Algorithm::ES256).is_none());
        assert!(set.find(Some("three"), Algorithm::EdDSA).is_none());
        assert!(set.find(None, Algorithm::EdDSA).is_none(), "two would fit");
    }

    #[test]
    fn keys_that_must_not_verify_are_left_out() {
        let unfit = json!([
            {"kty": "oct", "k": "c2VjcmV0", "kid": "shared"},
            {"kty": "RSA", "n": "c2hvcnQ", "e": "AQAB", "kid": "short"},
            {"kty": "later", "kid": "unknown"},
            ed25519(&json!({"kid": "encrypts", "use": "enc"})),
            ed25519(&json!({"kid": "other", "alg": "RS256"})),
        ]);
        assert!(set(&unfit).is_err_and(|why| why.contains("no key for")));
        assert!(KeySet::parse(b"<html>", &PINNED).is_err());
        assert!(KeySet::parse(&vec![b'['; 100_000], &PINNED).is_err());

        let mut all = unfit.as_array().expect("an array").clone();
        all.push(ed25519(&json!({"kid": "fits"})));
        let set = set(&all.into()).expect("one is left");
        assert!(set.find(None, Algorithm::EdDSA).is_some());
    }
}
