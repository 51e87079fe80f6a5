//! Etags: a row's version, opaque to callers.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Bytes of checksum in front of the version: enough that nobody takes an etag for a number to count up.
const CHECK: usize = 4;

/// A version that no row has; an etag that isn't ours stands for it, so that it is stale like any other wrong one.
pub const NEVER: i64 = -1;

/// Writes the etag of a row at `version`.
pub fn of(version: i64) -> String {
    let version = version.to_be_bytes();
    URL_SAFE_NO_PAD.encode([&check(version)[..], &version[..]].concat())
}

/// Reads the version that the caller expects: none if no etag was sent, [`NEVER`] if it isn't one of ours.
///
/// Whatever differs from the etag as it stands is a mismatch (ABORTED), never a malformed field: the remedy, reading the
/// resource again, is the same.
pub fn expected(etag: &str) -> Option<i64> {
    (!etag.is_empty()).then(|| version(etag).unwrap_or(NEVER))
}

fn version(etag: &str) -> Option<i64> {
    let bytes = URL_SAFE_NO_PAD.decode(etag).ok()?;
    let version: [u8; 8] = bytes.get(CHECK..)?.try_into().ok()?;
    (bytes[..CHECK] == check(version)).then(|| i64::from_be_bytes(version))
}

fn check(version: [u8; 8]) -> [u8; CHECK] {
    let digest = Sha256::new().chain_update(b"upnext etag").chain_update(version).finalize();
    std::array::from_fn(|index| digest[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_etag_gives_its_version_back() {
        for expected_version in [0, 1, 7, i64::MAX] {
            assert_eq!(expected(&of(expected_version)), Some(expected_version));
        }
        assert_eq!(expected(""), None);
    }

    #[test]
    fn what_is_not_an_etag_of_ours_matches_no_version() {
        let cut = &of(3)[1..];
        for wrong in ["stale", "W/\"3\"", "3", "AAAAAAAAAAAAAAAD", cut] {
            assert_eq!(expected(wrong), Some(NEVER), "{wrong}");
        }
    }
}
