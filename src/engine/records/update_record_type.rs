//! Updates the display name and the roles of a record type.

use crate::domain::id::RecordTypeId;
use crate::domain::names;
use crate::domain::record_type::{RecordType, RecordTypePatch};
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::records;

/// A record type as the caller saw it.
#[derive(Clone, Debug)]
pub struct RecordTypeTarget {
    /// The chosen id.
    pub record_type: String,
    /// The version that the caller saw.
    pub expected_version: Option<Version>,
}

impl Engine {
    /// Updates a record type.
    ///
    /// # Errors
    /// Missing; Stale; Invalid, with paths relative to the record type.
    pub async fn update_record_type(
        &self,
        request: &Request,
        target: RecordTypeTarget,
        patch: RecordTypePatch,
    ) -> Result<RecordTypeId, Error> {
        let mut write = match self.open(request).await? {
            Opened::Repeated(answer) => return Ok(answer),
            Opened::Fresh(write) => write,
        };
        let limits = write.lock_organization().await?.settings.limits;
        let before = write.seen_record_type(&target).await?;

        let after = before.update(patch, &limits, request.now)?;
        if after == before {
            write.commit_unnoted(&before.id).await?;
            return Ok(before.id);
        }

        records::types::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        write.commit(after.id.0, &after.id).await?;
        Ok(after.id)
    }
}

impl Write {
    /// Returns the record type if it is as the caller saw it. The organization's row must be
    /// locked.
    pub(in crate::engine) async fn seen_record_type(
        &mut self,
        target: &RecordTypeTarget,
    ) -> Result<RecordType, Error> {
        let name = || names::RECORD_TYPE.name([&target.record_type]);
        let organization = self.organization();
        let found = records::types::find(self.conn(), organization, &target.record_type).await?;
        let record_type = found.ok_or_else(|| Error::Missing { kind: Kind::RecordType, name: name() })?;
        let current = Version::of(record_type.id.0, record_type.version);
        Error::if_stale(target.expected_version, current, name)?;
        Ok(record_type)
    }
}
