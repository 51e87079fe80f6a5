//! What the verbs on one sequence have in common: it must exist, and be the one that the caller
//! saw.

use crate::domain::names;
use crate::domain::sequence::Sequence;
use crate::domain::version::Version;
use crate::engine::{Error, Kind, Write};
use crate::store::sequences;

/// The sequence that was found, or that there is none.
pub(in crate::engine) fn present<T>(found: Option<T>, sequence_id: &str) -> Result<T, Error> {
    found.ok_or_else(|| Error::Missing { kind: Kind::Sequence, name: names::SEQUENCE.name([sequence_id]) })
}

/// The sequence that was found, if it isn't deleted and is as the caller saw it.
fn as_seen(found: Option<Sequence>, sequence_id: &str, expected: Option<Version>) -> Result<Sequence, Error> {
    let sequence = present(found, sequence_id)?;
    sequence.check_not_deleted()?;
    match expected {
        Some(expected) if expected != Version::of(sequence.id.0, sequence.version) => {
            Err(Error::Stale { name: sequence.name() })
        }
        _ => Ok(sequence),
    }
}

impl Write {
    /// Locks a sequence, which must be as the caller saw it. Whoever enrolls into it waits: for
    /// lifecycle verbs.
    pub(in crate::engine) async fn lock_sequence(
        &mut self,
        sequence_id: &str,
        expected: Option<Version>,
    ) -> Result<Sequence, Error> {
        let organization = self.organization();
        as_seen(sequences::lock(self.conn(), organization, sequence_id).await?, sequence_id, expected)
    }

    /// As [`Self::lock_sequence`], but nobody who enrolls waits: for a change of the draft.
    pub(in crate::engine) async fn lock_draft(
        &mut self,
        sequence_id: &str,
        expected: Option<Version>,
    ) -> Result<Sequence, Error> {
        let organization = self.organization();
        as_seen(sequences::lock_draft(self.conn(), organization, sequence_id).await?, sequence_id, expected)
    }
}
