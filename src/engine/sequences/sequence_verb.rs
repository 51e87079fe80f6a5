//! The first step of every verb of a sequence: lock it and check its version.

use crate::domain::names;
use crate::domain::sequence::Sequence;
use crate::domain::version::Version;
use crate::engine::{Error, Kind, Write};
use crate::store::sequences;

/// Returns what was found, or Missing.
pub(in crate::engine) fn present<T>(found: Option<T>, sequence_id: &str) -> Result<T, Error> {
    found.ok_or_else(|| Error::Missing { kind: Kind::Sequence, name: names::SEQUENCE.name([sequence_id]) })
}

/// Returns the sequence that was found, if it isn't deleted and its version is the expected one.
fn as_seen(found: Option<Sequence>, sequence_id: &str, seen: Option<Version>) -> Result<Sequence, Error> {
    let sequence = present(found, sequence_id)?;
    sequence.check_not_deleted()?;
    let current = Version::of(sequence.id.0, sequence.version);
    Error::if_stale(seen, current, || sequence.name())?;
    Ok(sequence)
}

impl Write {
    /// Locks a sequence for a change of its state. Enrolling into it waits for this lock.
    ///
    /// # Errors
    /// Missing; Stale; Refused (ResourceDeleted).
    pub(in crate::engine) async fn lock_sequence(
        &mut self,
        sequence_id: &str,
        seen: Option<Version>,
    ) -> Result<Sequence, Error> {
        let organization = self.organization();
        let found = sequences::lock(self.conn(), organization, sequence_id).await?;
        as_seen(found, sequence_id, seen)
    }

    /// Like [`Self::lock_sequence`], but for a change of the draft: enrolling doesn't wait.
    pub(in crate::engine) async fn lock_draft(
        &mut self,
        sequence_id: &str,
        seen: Option<Version>,
    ) -> Result<Sequence, Error> {
        let organization = self.organization();
        let found = sequences::lock_draft(self.conn(), organization, sequence_id).await?;
        as_seen(found, sequence_id, seen)
    }
}
