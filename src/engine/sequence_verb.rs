//! What the verbs on one sequence have in common: it must exist, and be the one that the caller saw.

use super::{Error, Kind};
use crate::domain::sequence::Sequence;

/// The sequence that was found, or that there is none.
pub(super) fn present<T>(found: Option<T>, sequence_id: &str) -> Result<T, Error> {
    found.ok_or_else(|| Error::Missing { kind: Kind::Sequence, name: format!("sequences/{sequence_id}") })
}

/// Nothing, or that it has changed since the caller saw it.
pub(super) fn check_version(sequence: &Sequence, expected: Option<i64>) -> Result<(), Error> {
    if expected.is_some_and(|expected| expected != sequence.version) {
        return Err(Error::Stale { name: sequence.name() });
    }
    Ok(())
}
