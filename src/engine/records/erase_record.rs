//! Erases the person behind a record, and keeps the record from coming back for a while.

use crate::domain::caller::Scope;
use crate::domain::changes::Changes;
use crate::domain::history::{HistoryDetail, HistoryKind};
use crate::domain::id::ChosenId;
use crate::domain::names;
use crate::engine::records::upsert_batch::RecordName;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::{self, records};

impl Engine {
    /// Erases a record like a deletion, whatever its versions. One that was deleted before, or was
    /// never there, only can't come back.
    ///
    /// # Errors
    /// Missing, for an unknown record type; Refused, if it was merged into another one; Store, if
    /// the record is being created at this moment.
    pub async fn erase_record(
        &self,
        request: &Request,
        (record_type, record_id): (&str, &str),
    ) -> Result<(), Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(()) => return Ok(()),
            Opened::Fresh(write) => write,
        };

        // Nobody is evaluated between the look for those who refer to it, and its end.
        write.stop_routing().await?;
        let organization = write.organization();
        let found = records::types::find(write.conn(), organization, record_type).await?;
        let missing =
            || Error::Missing { kind: Kind::RecordType, name: names::RECORD_TYPE.name([record_type]) };
        let kind = found.ok_or_else(missing)?.id;
        let name: RecordName = (kind, ChosenId::known(record_id));
        let locked = match write.lock_record((record_type, record_id), None, Scope::All).await {
            Ok((_, record)) => Some(record),
            Err(Error::Missing { .. }) => None,
            Err(other) => return Err(other),
        };

        let mut exited = Changes::new();
        match locked {
            Some(record) => {
                exited = self.erase(&mut write, &record, true).await?;
                write.append(record.id.0, HistoryKind::RecordDeleted, HistoryDetail::default()).await?;
            }
            None => {
                write.check_absent(&name).await?;
                records::related_changes::erase(write.conn(), organization, &name, None).await?;
            }
        }
        write.bury(&name, (0, true)).await?;

        // The audit names the type only: the record's id may say who the person is.
        write.sees(kind.0).await?;
        write.note(kind.0).await?;
        write.commit_with_queues(&(), exited).await
    }
}

impl Write {
    /// Checks that nobody is creating a record, and keeps it so until the commit: whoever adds one
    /// later sees that it was erased.
    async fn check_absent(&mut self, name: &RecordName) -> Result<(), Error> {
        let organization = self.organization();
        records::types::lock(self.conn(), organization, name.0).await?;
        let there = records::existing(self.conn(), organization, std::slice::from_ref(name)).await?;
        // Its row comes before that of its type in the lock order: the caller has to try again.
        let again = || store::Error::unavailable().into();
        there.is_empty().then_some(()).ok_or_else(again)
    }
}
