//! Gives sequences another owner, many at once.

use std::collections::HashSet;

use crate::domain::filing::NamedSeller;
use crate::domain::id::{ChosenId, SellerId};
use crate::domain::names;
use crate::domain::reason::Reason;
use crate::domain::sequence::Sequence;
use crate::domain::violation::Violations;
use crate::engine::{Engine, Error, Opened, Request, Write};
use crate::store::sequences::{self, Reassigned};

/// The sequences to reassign.
#[derive(Clone, Debug)]
pub struct ReassignSequences {
    /// Which ones.
    pub which: Whose,
    /// Their new owner. `None`: nobody.
    pub owner: Option<NamedSeller>,
}

/// Which sequences are reassigned.
#[derive(Clone, Debug)]
pub enum Whose {
    /// Those with these ids.
    Named(Vec<String>),
    /// Those of this seller that aren't deleted.
    OwnedBy(NamedSeller),
}

impl Engine {
    /// Gives sequences another owner: all of them or none. Returns how many had another one.
    ///
    /// # Errors
    /// Invalid; Refused (ResourceDeleted).
    pub async fn reassign_sequences(
        &self,
        request: &Request,
        command: ReassignSequences,
    ) -> Result<usize, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };

        let mut found = Violations::new();
        let owner = found.keep("", write.known_seller("new_owner", command.owner.as_ref()).await?).flatten();
        let locked = write.lock_reassigned(&command.which, &mut found).await?;
        found.into_result(())?;
        locked.iter().try_for_each(Sequence::check_not_deleted)?;

        // Those that have the owner already keep their etags.
        let others = locked.iter().filter(|sequence| sequence.filing.owner != owner);
        let ids: Vec<_> = others.map(|sequence| sequence.id).collect();
        let keys: Vec<_> = ids.iter().map(|id| id.0).collect();
        write.sees_all(&keys).await?;
        let organization = write.organization();
        sequences::reassign(write.conn(), organization, &ids, owner, request.now).await?;
        write.note_all(&keys).await?;
        write.commit_unnoted(&ids.len()).await?;
        Ok(ids.len())
    }
}

impl Write {
    /// Locks the sequences to reassign, and finds what is wrong with their names.
    async fn lock_reassigned(
        &mut self,
        which: &Whose,
        found: &mut Violations,
    ) -> Result<Vec<Sequence>, Error> {
        let organization = self.organization();
        match which {
            Whose::OwnedBy(named) => {
                let owner = self.known_seller("current_owner", Some(named)).await?;
                let Some(owner) = found.keep("", owner).flatten() else { return Ok(Vec::new()) };
                Ok(sequences::lock_drafts(self.conn(), organization, Reassigned::OwnedBy(owner)).await?)
            }
            Whose::Named(ids) => {
                let locked =
                    sequences::lock_drafts(self.conn(), organization, Reassigned::Named(ids)).await?;
                let known: HashSet<&ChosenId> = locked.iter().map(|one| &one.sequence_id).collect();
                // All that are missing, not only the first.
                for (place, id) in ids.iter().enumerate() {
                    if !known.contains(&ChosenId::known(id)) {
                        let name = names::SEQUENCE.name([id]);
                        let description = format!("must be an existing sequence: {name} doesn't exist");
                        found.push(format!("sequences[{place}]"), Reason::ReferenceNotFound, description);
                    }
                }
                Ok(locked)
            }
        }
    }

    /// Returns the seller that a field names. `Ok(None)` if it names nobody.
    async fn known_seller(
        &mut self,
        field: &str,
        named: Option<&NamedSeller>,
    ) -> Result<Result<Option<SellerId>, Violations>, Error> {
        let found = self.named_seller(named).await?;
        Ok(match (named, found) {
            (Some(named), None) => Err(Violations::one(field, Reason::ReferenceNotFound, named.unknown())),
            (_, found) => Ok(found),
        })
    }
}
