//! Streams of only those activities of a queue that match a condition.
//!
//! The reader doesn't know the condition. Sessions that are narrowed read each time their queue has
//! another revision: those that are narrowed alike, once for all of them.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::domain::condition::Condition;
use crate::domain::record_type::RecordType;

/// The activities of a queue that a stream shows. Only what changes with the revision of the queue
/// may decide it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Narrowing {
    /// Only those whose record is of this type. `None`: of any.
    pub record_type: Option<Arc<RecordType>>,
    /// Only those that match. `None`: all.
    pub filter: Option<Condition>,
}

impl Narrowing {
    /// Returns a number that tells it from others, for resume tokens. 0: it narrows nothing.
    pub fn fingerprint(&self) -> u64 {
        if self.record_type.is_none() && self.filter.is_none() {
            return 0;
        }
        let record_type = self.record_type.as_ref().map(|of| of.id.0).unwrap_or_default();
        let filter = self.filter.as_ref().map(Condition::text).unwrap_or_default();
        let hash = Sha256::new_with_prefix(b"upnext narrowing").chain_update(record_type);
        let digest = hash.chain_update(filter).finalize();
        u64::from_be_bytes(std::array::from_fn(|index| digest[index])).max(1)
    }
}
