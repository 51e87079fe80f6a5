//! The links by which people unsubscribe. Each is signed, and good for one thing: to unsubscribe
//! the record of one activity.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

use crate::domain::id::{ActivityId, OrganizationId};

/// The path before the token.
pub const PATH: &str = "/unsubscribe/";
/// The number of bytes of the signature: 128 bits can't be guessed.
const SIGNATURE: usize = 16;

/// Returns the link for the email of an activity, signed with the organization's key.
pub fn link(public_url: &str, organization: OrganizationId, activity: ActivityId, key: &[u8]) -> String {
    let signed = signature(organization, activity, key);
    let ids = [organization.0.as_bytes().as_slice(), activity.0.as_bytes().as_slice()].concat();
    let token = URL_SAFE_NO_PAD.encode([ids.as_slice(), &signed[..SIGNATURE]].concat());
    format!("{}{PATH}{token}", public_url.trim_end_matches('/'))
}

/// What a token says, as long as nobody has checked its signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The organization.
    pub organization: OrganizationId,
    /// The activity whose email had the link.
    pub activity: ActivityId,
    signature: [u8; SIGNATURE],
}

impl Claim {
    /// Reads a token. `None` if it doesn't have the form of one.
    pub fn read(token: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (organization, rest) = bytes.split_at_checked(16)?;
        let (activity, signature) = rest.split_at_checked(16)?;
        Some(Self {
            organization: OrganizationId(Uuid::from_slice(organization).ok()?),
            activity: ActivityId(Uuid::from_slice(activity).ok()?),
            signature: signature.try_into().ok()?,
        })
    }

    /// True if the organization with this key signed it.
    pub fn is_signed_by(&self, key: &[u8]) -> bool {
        // In constant time: the time tells nothing of the right signature.
        mac(self.organization, self.activity, key).verify_truncated_left(&self.signature).is_ok()
    }
}

fn signature(organization: OrganizationId, activity: ActivityId, key: &[u8]) -> Vec<u8> {
    mac(organization, activity, key).finalize().into_bytes().to_vec()
}

fn mac(organization: OrganizationId, activity: ActivityId, key: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("keys of any length are taken");
    // The purpose is part of what is signed, so that no other token is good for this.
    mac.update(b"upnext unsubscribe");
    mac.update(organization.0.as_bytes());
    mac.update(activity.0.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_good_for_its_own_activity_alone() {
        let (organization, activity) = (OrganizationId(Uuid::from_u128(1)), ActivityId(Uuid::from_u128(2)));
        let link = link("https://crm.example.com/", organization, activity, b"key");
        let token = link.strip_prefix("https://crm.example.com/unsubscribe/").expect("its path");
        let claim = Claim::read(token).expect("a token");
        assert_eq!((claim.organization, claim.activity), (organization, activity));
        assert!(claim.is_signed_by(b"key") && !claim.is_signed_by(b"other"));

        let other = Claim { activity: ActivityId(Uuid::from_u128(3)), ..claim };
        assert!(!other.is_signed_by(b"key"));
        for wrong in ["", "a", &token[1..], &format!("{token}AA")] {
            assert_eq!(Claim::read(wrong), None, "{wrong}");
        }
    }
}
