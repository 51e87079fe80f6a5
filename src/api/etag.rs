//! Etags: a resource and its version, opaque to callers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::version::Version;

/// Bytes of checksum before key and version, so that nobody mistakes an etag for a counter.
const CHECK: usize = 4;
/// Bytes of a key, between the checksum and the version.
const KEY: usize = 16;

/// Writes the etag of a resource's version.
pub fn of(version: Version) -> String {
    let seen = [&version.key.as_bytes()[..], &version.number.to_be_bytes()[..]].concat();
    URL_SAFE_NO_PAD.encode([&check(&seen)[..], &seen[..]].concat())
}

/// Reads the version that the caller expects: none if no etag was sent, [`Version::NEVER`] if it
/// isn't a valid etag.
///
/// Any etag other than the current one is a mismatch (ABORTED), never a malformed field, because
/// the remedy is the same: read the resource again.
pub fn expected(etag: &str) -> Option<Version> {
    (!etag.is_empty()).then(|| version(etag).unwrap_or(Version::NEVER))
}

fn version(etag: &str) -> Option<Version> {
    let bytes = URL_SAFE_NO_PAD.decode(etag).ok()?;
    let (found, seen) = bytes.split_at_checked(CHECK)?;
    let (key, number) = seen.split_at_checked(KEY)?;
    let (key, number) = (Uuid::from_slice(key).ok()?, number.try_into().ok()?);
    (found == check(seen)).then(|| Version::of(key, i64::from_be_bytes(number)))
}

fn check(seen: &[u8]) -> [u8; CHECK] {
    let digest = Sha256::new().chain_update(b"upnext etag").chain_update(seen).finalize();
    std::array::from_fn(|index| digest[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(number: i64) -> Version {
        Version::of(Uuid::from_u128(7), number)
    }

    #[test]
    fn an_etag_gives_its_version_back() {
        for version in [0, 1, 7, i64::MAX].map(at) {
            assert_eq!(expected(&of(version)), Some(version));
        }
        assert_eq!(expected(""), None);
    }

    #[test]
    fn what_is_not_an_etag_of_ours_matches_no_version() {
        let cut = &of(at(3))[1..];
        let of_an_older_release = "AAAAAAAAAAAAAAAD";
        for wrong in ["stale", "W/\"3\"", "3", of_an_older_release, cut] {
            assert_eq!(expected(wrong), Some(Version::NEVER), "{wrong}");
        }
    }

    #[test]
    fn the_same_version_of_another_resource_has_another_etag() {
        let other = Version::of(Uuid::from_u128(8), 3);
        assert_ne!(of(at(3)), of(other));
        assert_ne!(expected(&of(at(3))), Some(other));
    }
}
