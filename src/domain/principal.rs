//! Principals: callers with a token of an identity provider, instead of an API key.

use sha2::{Digest, Sha256};
use uuid::{Builder, Variant, Version};

use super::id::{KeyId, OrganizationId};

/// The subject of tokens, as the caller of one organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The organization that it belongs to.
    pub organization: OrganizationId,
    /// Stands where the key of an API key stands otherwise: in history, requests and leases.
    pub id: KeyId,
    /// Who issued the token.
    pub issuer: String,
    /// Whom the issuer calls so.
    pub subject: String,
}

impl Principal {
    /// Returns the principal. The same subject always has the same key, so that servers that see it
    /// for the first time at the same moment agree.
    pub fn new(organization: OrganizationId, issuer: &str, subject: &str) -> Self {
        let hash = Sha256::new()
            .chain_update(organization.0)
            // With its length, so that no other pair has the same bytes.
            .chain_update((issuer.len() as u64).to_be_bytes())
            .chain_update(issuer)
            .chain_update(subject)
            .finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        let id = Builder::from_bytes(bytes).with_variant(Variant::RFC4122).with_version(Version::Custom);
        let id = KeyId(id.into_uuid());
        Self { organization, id, issuer: issuer.to_owned(), subject: subject.to_owned() }
    }
}

impl KeyId {
    /// True if it is the key of a principal, not of an API key. Those come from the clock, which
    /// makes another version of UUIDs.
    pub fn is_of_token(self) -> bool {
        self.0.get_version() == Some(Version::Custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_subject_has_one_key_per_organization_and_issuer() {
        let (one, other) = (OrganizationId(Uuid::from_u128(1)), OrganizationId(Uuid::from_u128(2)));
        let id = |organization, issuer, subject| Principal::new(organization, issuer, subject).id;
        assert_eq!(id(one, "https://id.example.com", "ana"), id(one, "https://id.example.com", "ana"));
        assert_ne!(id(one, "https://id.example.com", "ana"), id(other, "https://id.example.com", "ana"));
        assert_ne!(id(one, "https://id.example.co", "mana"), id(one, "https://id.example.com", "ana"));
        assert!(id(one, "https://id.example.com", "ana").is_of_token());
        assert!(!KeyId(Uuid::from_u128(0x0190_c0de_0000_7000_8000_0000_0000_0001)).is_of_token());
    }
}
