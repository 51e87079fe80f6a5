//! The secret of an API key: the organization's id and a random part. Only its hash is kept.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::id::OrganizationId;

const PREFIX: &str = "upnext_";
/// The number of random bytes: 192 bits can't be guessed.
const RANDOM: usize = 24;

/// A bearer token. Its `Debug` output hides it, so it never gets into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Creates a new secret for an organization.
    pub fn mint(organization: OrganizationId) -> Self {
        let random: [u8; RANDOM] = rand::random();
        let bytes = [organization.0.as_bytes().as_slice(), random.as_slice()].concat();
        Self(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Parses a text. `None` if it doesn't have the form of a secret.
    pub fn parse(text: &str) -> Option<Self> {
        let secret = Self(text.to_owned());
        secret.bytes().map(|_| secret)
    }

    /// Returns the organization that the secret claims to belong to.
    pub fn organization(&self) -> OrganizationId {
        let bytes = self.bytes().expect("a secret was parsed or minted");
        OrganizationId(Uuid::from_slice(&bytes[..16]).expect("a uuid has 16 bytes"))
    }

    /// Returns the hash, which is what the database keeps.
    pub fn hash(&self) -> [u8; 32] {
        // A fast hash is enough: nobody can search 192 random bits.
        Sha256::digest(&self.0).into()
    }

    /// Returns the text, to be shown once.
    pub fn expose(&self) -> &str {
        &self.0
    }

    fn bytes(&self) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(self.0.strip_prefix(PREFIX)?).ok()?;
        (bytes.len() == 16 + RANDOM).then_some(bytes)
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_names_its_organization_and_is_never_the_same_twice() {
        let organization = OrganizationId(Uuid::from_u128(42));
        let (one, two) = (Secret::mint(organization), Secret::mint(organization));
        assert_ne!(one, two);
        let read = Secret::parse(one.expose()).expect("what was minted can be read");
        assert_eq!((read.organization(), read.hash()), (organization, one.hash()));
        assert!(!format!("{one:?}").contains(one.expose()));
    }

    #[test]
    fn a_text_of_another_form_is_no_secret() {
        let cut = &Secret::mint(OrganizationId(Uuid::nil())).expose()[..40].to_owned();
        for text in ["", "upnext_", "x", cut, "upnext_ä"] {
            assert!(Secret::parse(text).is_none(), "{text:?}");
        }
    }
}
