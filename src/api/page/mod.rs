//! One page of a list: where it starts, and how many items and bytes it can hold.

mod token;

use chrono::{DateTime, Utc};
use prost::Message;
use token::Query;
pub use token::SortKey;

use crate::api::call::Call;
use crate::domain::id::OrganizationId;
use crate::domain::reason::Reason;
use crate::domain::violation::{Violation, Violations};
use crate::store::Portion;

/// The most bytes that the items of one response can have. Clients accept 4 MiB per message by
/// default; the rest is room for the other fields.
pub const ITEM_BYTES: usize = (4 << 20) - (512 << 10);

/// A requested page of a list whose items sort by `K`.
#[derive(Clone, Debug)]
pub struct Page<K> {
    query: Query,
    size: usize,
    /// The instant of the first page, so that due times and filters mean the same on every page.
    pub now: DateTime<Utc>,
    /// The sort key of the last item of the previous page.
    pub after: Option<K>,
}

impl Call {
    /// Reads which page is requested. `parts` are all other fields that change the result.
    ///
    /// # Errors
    /// FIELD_INVALID for the size, PAGE_TOKEN_INVALID for the token.
    pub fn page<K: SortKey>(
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

        // Later pages keep the first one's instant.
        let now = position.as_ref().map_or(self.now, |position| position.now);
        Ok(Page { query, size, now, after: position.map(|position| position.last) })
    }
}

impl<K: SortKey> Page<K> {
    /// How many rows to read: one more than fits the page, which shows whether another page
    /// follows.
    pub fn limit(&self) -> i64 {
        i64::try_from(self.size + 1).unwrap_or(i64::MAX)
    }

    /// The most items of the page.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The token of a page that follows this sort key.
    pub fn token_after(&self, last: &K) -> String {
        self.query.token(self.now, last)
    }

    /// Converts as many rows as fit the page. Also returns the token of the next page; empty if
    /// this is the last.
    pub fn fill<R, M: Message>(
        &self,
        rows: &Portion<R>,
        show: impl FnMut(&R) -> M,
        key: impl Fn(&R) -> K,
    ) -> (Vec<M>, String) {
        let shown = within(ITEM_BYTES, rows.iter().take(self.size).map(show));

        // Either the extra row was read, or the bytes ran out before the rows, here or on reading.
        let more = shown.len() < rows.len() || rows.is_cut;
        let last = rows[..shown.len()].last().filter(|_| more);
        let token = last.map(|last| self.query.token(self.now, &key(last))).unwrap_or_default();
        (shown, token)
    }
}

/// A log that is read on where reading ended before, by several calls with the same tokens.
#[derive(Clone, Copy, Debug)]
pub struct Log(Query);

impl Log {
    /// Names a log and what selects its entries.
    pub fn new(log: &str, organization: OrganizationId, parts: &[(&str, &str)]) -> Self {
        Self(Query::new(log, organization.0, parts))
    }

    /// Writes the token that goes on after this position.
    pub fn token(&self, now: DateTime<Utc>, position: i64) -> String {
        self.0.token(now, &position)
    }

    /// Reads `resume_token`; none if it is empty.
    ///
    /// # Errors
    /// RESUME_TOKEN_INVALID.
    pub fn read(&self, token: &str) -> Result<Option<i64>, Violation> {
        let why = "must be a resume_token of this organization's events, with the same filters";
        let refused = |_| Violation::new("resume_token", Reason::ResumeTokenInvalid, why);
        Ok(self.0.position::<i64>(token).map_err(refused)?.map(|position| position.last))
    }

    /// Checks that a token's position has been given.
    ///
    /// # Errors
    /// RESUME_TOKEN_INVALID, if an older state of the database was restored since.
    pub fn check(&self, position: Option<i64>, head: i64) -> Result<(), Violation> {
        let why = "names an event that isn't there: an older database was restored";
        match position.is_some_and(|position| position > head) {
            true => Err(Violation::new("resume_token", Reason::ResumeTokenInvalid, why)),
            false => Ok(()),
        }
    }
}

/// The first items that fit into this many bytes, encoded as a repeated field. Always at least one,
/// so that a list makes progress.
pub fn within<M: Message>(bytes: usize, items: impl IntoIterator<Item = M>) -> Vec<M> {
    let mut room = bytes;
    let mut fitting = Vec::new();
    for item in items {
        let size = encoded_item(&item);
        // The first item always fits, or the list would never move on.
        if size > room && !fitting.is_empty() {
            break;
        }
        room = room.saturating_sub(size);
        fitting.push(item);
    }
    fitting
}

/// The encoded bytes of a repeated field's item, with its length and tag.
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
        // A text of 10 bytes encodes as a message of 12 bytes and as an item of 14.
        assert_eq!(cut(100, &[10, 10, 10]), [10, 10, 10]);
        assert_eq!(cut(28, &[10, 10, 10]), [10, 10]);
        assert_eq!(cut(27, &[10, 10, 10]), [10]);
        assert_eq!(cut(1, &[10, 10]), [10]);
        assert!(cut(100, &[]).is_empty());
    }
}
