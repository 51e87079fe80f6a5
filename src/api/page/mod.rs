//! One page of a list: where it begins, and what it holds at most in items and in bytes.

mod token;

use chrono::{DateTime, Utc};
use prost::Message;
use serde::Serialize;
use serde::de::DeserializeOwned;

use token::Query;

use crate::api::call::Call;
use crate::domain::violation::Violations;

/// Bytes that the items of one answer may have. Clients read 4 MiB a message unless told otherwise;
/// the rest is room for what stands around the items.
pub const ITEM_BYTES: usize = (4 << 20) - (512 << 10);

/// A page that was asked for, of a list whose items sort by `K`.
#[derive(Clone, Debug)]
pub struct Page<K> {
    query: Query,
    size: usize,
    /// The instant of the first page: due times and filters mean the same on every page.
    pub now: DateTime<Utc>,
    /// The sort key of the last item that was shown before.
    pub after: Option<K>,
}

impl Call {
    /// Reads which page is asked for. `parts` is every other field that changes the answer.
    ///
    /// # Errors
    /// FIELD_INVALID for the size, PAGE_TOKEN_INVALID for the token.
    pub fn page<K: DeserializeOwned>(
        &self,
        page_size: i32,
        page_token: &str,
        parts: &[(&str, &str)],
    ) -> Result<Page<K>, Violations> {
        let query = Query::new(self.method.0, self.organization().0, parts);
        let mut found = Violations::new();

        let size = found.keep_once(token::page_size(page_size));
        let position = found.keep_once(query.position::<K>(page_token));

        let (size, position) = found.settle(size.zip(position))?;
        let now = position.as_ref().map_or(self.now, |position| position.now);
        Ok(Page { query, size, now, after: position.map(|position| position.last) })
    }
}

impl<K: Serialize> Page<K> {
    /// How many rows to read: one more than the page may hold, which tells whether there is
    /// another.
    pub fn limit(&self) -> i64 {
        i64::try_from(self.size + 1).unwrap_or(i64::MAX)
    }

    /// Shows the rows that were read, as many as fit the page, and the token of the next one: empty
    /// if that was the last.
    pub fn fill<R, M: Message>(
        &self,
        rows: &[R],
        show: impl FnMut(&R) -> M,
        key: impl Fn(&R) -> K,
    ) -> (Vec<M>, String) {
        let shown = within(ITEM_BYTES, rows.iter().take(self.size).map(show));

        let more = shown.len() < rows.len();
        let last = rows[..shown.len()].last().filter(|_| more);
        let token = last.map(|last| self.query.token(self.now, &key(last))).unwrap_or_default();
        (shown, token)
    }
}

/// The first items that have at most so many bytes together, as a message's list is encoded: at
/// least one, so that a list always goes on.
pub fn within<M: Message>(bytes: usize, items: impl IntoIterator<Item = M>) -> Vec<M> {
    let mut room = bytes;
    let mut fitting = Vec::new();
    for item in items {
        let size = encoded_item(&item);
        if size > room && !fitting.is_empty() {
            break;
        }
        room = room.saturating_sub(size);
        fitting.push(item);
    }
    fitting
}

/// The bytes of an item of a list: its own, its length and its tag.
pub fn encoded_item(item: &impl Message) -> usize {
    let own = item.encoded_len();
    own + prost::length_delimiter_len(own) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_cut_by_bytes_but_never_to_nothing() {
        let text = |length: usize| "x".repeat(length);
        let cut = |bytes, lengths: &[usize]| {
            let items = lengths.iter().map(|length| text(*length));
            within(bytes, items).iter().map(String::len).collect::<Vec<_>>()
        };
        // A text of 10 encodes as a message of 12 bytes, and as an item of 14.
        assert_eq!(cut(100, &[10, 10, 10]), [10, 10, 10]);
        assert_eq!(cut(28, &[10, 10, 10]), [10, 10]);
        assert_eq!(cut(27, &[10, 10, 10]), [10]);
        assert_eq!(cut(1, &[10, 10]), [10]);
        assert!(cut(100, &[]).is_empty());
    }
}
