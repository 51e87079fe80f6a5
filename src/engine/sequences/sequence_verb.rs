//! The first step of every verb of a sequence: lock it, and check whether the caller may change it
//! and has seen it as it is.

use crate::domain::caller::Authorship;
use crate::domain::filing::NamedSeller;
use crate::domain::id::{SellerId, SequenceId};
use crate::domain::names;
use crate::domain::sequence::Sequence;
use crate::domain::version::Version;
use crate::engine::{Error, Kind, Write};
use crate::store::sequences;

/// Returns what was found, or Missing.
pub(in crate::engine) fn present<T>(found: Option<T>, sequence_id: &str) -> Result<T, Error> {
    found.ok_or_else(|| Error::Missing { kind: Kind::Sequence, name: names::SEQUENCE.name([sequence_id]) })
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
        self.as_seen(found, sequence_id, seen).await
    }

    /// Like [`Self::lock_sequence`], but for a change of the draft: enrolling doesn't wait.
    pub(in crate::engine) async fn lock_draft(
        &mut self,
        sequence_id: &str,
        seen: Option<Version>,
    ) -> Result<Sequence, Error> {
        let organization = self.organization();
        let found = sequences::lock_draft(self.conn(), organization, sequence_id).await?;
        self.as_seen(found, sequence_id, seen).await
    }

    /// Returns the sequence that was found, if the caller may change it, it isn't deleted and its
    /// version is the expected one.
    async fn as_seen(
        &mut self,
        found: Option<Sequence>,
        sequence_id: &str,
        seen: Option<Version>,
    ) -> Result<Sequence, Error> {
        let sequence = present(found, sequence_id)?;
        self.check_author(&sequence).await?;
        sequence.check_not_deleted()?;
        let current = Version::of(sequence.id.0, sequence.version);
        Error::if_stale(seen, current, || sequence.name())?;
        self.sees(sequence.id.0).await?;
        Ok(sequence)
    }

    /// Saves and commits a change of what servers don't cache, like a draft. If nothing changed,
    /// only keeps the answer for repetitions. Returns the key of the sequence.
    pub(in crate::engine) async fn save_uncached(
        mut self,
        before: &Sequence,
        after: &Sequence,
    ) -> Result<SequenceId, Error> {
        let id = before.id;
        if after == before {
            self.commit_unnoted(&id).await?;
            return Ok(id);
        }

        sequences::update(self.conn(), after).await?;
        self.commit(id.0, &id).await?;
        Ok(id)
    }

    /// Checks that the caller may change a sequence.
    ///
    /// # Errors
    /// Refused (SellerAuthoringOff, SequenceOwnedByAnother).
    pub(in crate::engine) async fn check_author(&mut self, sequence: &Sequence) -> Result<(), Error> {
        let author = self.caller().authorship();
        // Most callers design all sequences: save the statement.
        if author == Authorship::All {
            return Ok(());
        }
        let settings = self.settings().await?;
        Ok(sequence.check_author(author, &settings)?)
    }

    /// Returns the seller that a patch names as the owner. `None` if it names none, or one that
    /// doesn't exist.
    pub(in crate::engine) async fn named_seller(
        &mut self,
        named: Option<&NamedSeller>,
    ) -> Result<Option<SellerId>, Error> {
        Ok(match named {
            None => None,
            Some(NamedSeller::Me) => self.hold_own_seller().await?,
            Some(NamedSeller::Id(id)) => self.hold_seller(id.as_str()).await?,
        })
    }
}
