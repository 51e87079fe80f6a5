//! Page tokens: opaque, versioned, and bound to their query and to the `now` of the first page.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike as _, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::domain::id::{ChosenId, KeyId, RecordId};
use crate::domain::reason::Reason;
use crate::domain::violation::Violation;

/// Items per page by default.
pub const DEFAULT_PAGE_SIZE: i32 = 50;
/// The most items per page; a larger size is reduced to this.
pub const LARGEST_PAGE_SIZE: i32 = 1000;

/// The first byte of every token. A new layout gets a new number.
const VERSION: u8 = 1;
/// Version, query and now come before the key.
const HEAD: usize = 1 + 16 + 8;
const CHECKSUM: usize = 8;

/// Reads `page_size`: 0 means the default, a value above the largest means the largest, and a
/// negative value is refused.
pub fn page_size(requested: i32) -> Result<usize, Violation> {
    let size = match requested {
        0 => DEFAULT_PAGE_SIZE,
        _ => requested.min(LARGEST_PAGE_SIZE),
    };
    usize::try_from(size).map_err(|_| {
        let description = format!("must be at least 0, is {requested}");
        Violation::new("page_size", Reason::FieldInvalid, description)
    })
}

/// Identifies a list call apart from its page: a token only continues the same query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query([u8; 16]);

/// Where a list continues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagePosition<K> {
    /// The `now` of the first page, so that due times and filters mean the same on every page.
    pub now: DateTime<Utc>,
    /// The sort key of the last item shown.
    pub last: K,
}

/// A sort key as tokens carry it. Anybody can make a token, so a key must be one that a row can
/// have: the database refuses others with errors that look like faults of ours.
pub trait SortKey: Serialize + DeserializeOwned {
    /// Whether a row can have this key.
    fn is_possible(&self) -> bool;
}

macro_rules! any_is_possible {
    ($($key:ty,)*) => {$(
        impl SortKey for $key {
            fn is_possible(&self) -> bool {
                true
            }
        }
    )*};
}

any_is_possible!(i32, i64, Uuid, KeyId, RecordId,);

/// The id that a caller chose.
impl SortKey for String {
    fn is_possible(&self) -> bool {
        ChosenId::new(self).is_ok()
    }
}

impl SortKey for DateTime<Utc> {
    fn is_possible(&self) -> bool {
        (1..=9999).contains(&self.year())
    }
}

impl<A: SortKey, B: SortKey> SortKey for (A, B) {
    fn is_possible(&self) -> bool {
        self.0.is_possible() && self.1.is_possible()
    }
}

impl<A: SortKey, B: SortKey, C: SortKey> SortKey for (A, B, C) {
    fn is_possible(&self) -> bool {
        self.0.is_possible() && self.1.is_possible() && self.2.is_possible()
    }
}

impl Query {
    /// Identifies a query by its method (`SequenceService/ListSequences`), its organization, and
    /// every other field that changes the result: parent, filter, order, `show_deleted`.
    pub fn new(method: &str, organization: Uuid, parts: &[(&str, &str)]) -> Self {
        let mut hash = Sha256::new();
        // Each text is preceded by its length, so that different queries never hash the same bytes.
        let mut text = |text: &str| {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        };

        text(method);
        text(organization.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
        for (name, value) in parts {
            text(name);
            text(value);
        }

        let digest = hash.finalize();
        Self(std::array::from_fn(|index| digest[index]))
    }

    /// Writes the token that continues after the item with the sort key `last`.
    pub fn token<K: Serialize>(&self, now: DateTime<Utc>, last: &K) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(self.0);
        bytes.extend(now.timestamp_micros().to_be_bytes());
        bytes.extend(serde_json::to_vec(last).expect("sort keys are plain values"));
        bytes.extend(checksum(&bytes));
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads `page_token`; none if it is empty, which means the first page.
    ///
    /// A token isn't a permission: it only says where to continue among the items that the caller
    /// may see. That is why a checksum is enough, and no key is needed that all servers share.
    pub fn position<K: SortKey>(&self, token: &str) -> Result<Option<PagePosition<K>>, Violation> {
        if token.is_empty() {
            return Ok(None);
        }
        let refuse = |why: &str| Violation::new("page_token", Reason::PageTokenInvalid, why);
        let bytes = intact(token)
            .ok_or_else(|| refuse("is not a valid page token; use next_page_token unchanged"))?;
        if bytes[1..17] != self.0 {
            return Err(refuse("must come from the same query: only page_size may differ between pages"));
        }
        let position = read(&bytes).ok_or_else(|| refuse("must come from the same query and release"))?;
        Ok(Some(position))
    }
}

/// The bytes before the checksum, if the checksum and the version are right.
fn intact(token: &str) -> Option<Vec<u8>> {
    let mut bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let body = bytes.len().checked_sub(CHECKSUM).filter(|body| *body >= HEAD)?;
    let found = bytes.split_off(body);
    (bytes[0] == VERSION && found == checksum(&bytes)).then_some(bytes)
}

fn read<K: SortKey>(bytes: &[u8]) -> Option<PagePosition<K>> {
    let micros = i64::from_be_bytes(bytes[17..HEAD].try_into().ok()?);
    let now = DateTime::from_timestamp_micros(micros)?;
    let last: K = serde_json::from_slice(&bytes[HEAD..]).ok()?;
    (now.is_possible() && last.is_possible()).then_some(PagePosition { now, last })
}

fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let digest = Sha256::new().chain_update(b"upnext page token").chain_update(bytes).finalize();
    std::array::from_fn(|index| digest[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    const METHOD: &str = "SequenceService/ListSequences";

    fn query(filter: &str) -> Query {
        Query::new(METHOD, Uuid::from_u128(1), &[("filter", filter), ("show_deleted", "false")])
    }

    fn instant() -> DateTime<Utc> {
        DateTime::from_timestamp_micros(1_790_000_000_123_456).expect("in range")
    }

    #[test]
    fn a_token_gives_back_where_to_go_on() {
        let last = (instant(), "paid-search".to_owned());
        let token = query("").token(instant(), &last);
        assert_eq!(query("").position(&token), Ok(Some(PagePosition { now: instant(), last })));
        assert_eq!(query("").position::<String>(""), Ok(None));
    }

    #[test]
    fn a_token_cut_short_or_altered_anywhere_is_refused() {
        let token = query("").token(instant(), &"k");
        for length in 1..token.len() {
            let cut = query("").position::<String>(&token[..length]).unwrap_err();
            assert_eq!((cut.reason, cut.field.as_str()), (Reason::PageTokenInvalid, "page_token"));
        }
        let bytes = URL_SAFE_NO_PAD.decode(&token).expect("base64");
        for index in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[index] ^= 1;
            assert!(query("").position::<String>(&URL_SAFE_NO_PAD.encode(altered)).is_err(), "byte {index}");
        }
        assert!(query("").position::<String>("not a token").is_err());
    }

    #[test]
    fn a_token_of_another_query_is_refused() {
        let token = query("a").token(instant(), &"k");
        let others = [
            query("b"),
            Query::new(METHOD, Uuid::from_u128(2), &[("filter", "a"), ("show_deleted", "false")]),
            Query::new(
                "SegmentService/ListSegments",
                Uuid::from_u128(1),
                &[("filter", "a"), ("show_deleted", "false")],
            ),
            Query::new(METHOD, Uuid::from_u128(1), &[("filter", "ashow"), ("_deleted", "false")]),
        ];

        for other in others {
            assert_eq!(other.position::<String>(&token).unwrap_err().reason, Reason::PageTokenInvalid);
        }
    }

    #[test]
    fn a_key_of_another_shape_is_refused_not_misread() {
        let token = query("").token(instant(), &"k");
        assert_eq!(query("").position::<(i64, Uuid)>(&token).unwrap_err().reason, Reason::PageTokenInvalid);
    }

    #[test]
    fn a_forged_key_that_no_row_can_have_is_refused() {
        let refused = |token: &str| {
            let text = query("").position::<String>(token).unwrap_err();
            let time = query("").position::<(DateTime<Utc>, Uuid)>(token).unwrap_err();
            assert_eq!([text.reason, time.reason], [Reason::PageTokenInvalid; 2]);
        };
        refused(&query("").token(instant(), &"a\0b"));
        refused(&query("").token(instant(), &(DateTime::<Utc>::MAX_UTC, Uuid::nil())));
        refused(&query("").token(DateTime::<Utc>::MAX_UTC, &"k"));
        refused(&query("").token(DateTime::<Utc>::MIN_UTC, &(instant(), Uuid::nil())));
    }

    #[test]
    fn page_sizes_have_a_default_and_a_ceiling_and_are_not_negative() {
        assert_eq!(page_size(0), Ok(50));
        assert_eq!(page_size(7), Ok(7));
        assert_eq!(page_size(5000), Ok(1000));
        let violation = page_size(-1).unwrap_err();
        assert_eq!((violation.field.as_str(), violation.reason), ("page_size", Reason::FieldInvalid));
    }
}
