//! Updates the display name, the roles and the priority formula of a record type. Open activities
//! follow.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::caller::Actor;
use crate::domain::changes::Changes;
use crate::domain::id::{OrganizationId, RecordId, RecordTypeId};
use crate::domain::names;
use crate::domain::operation::OperationKind;
use crate::domain::record_type::{RecordType, RecordTypePatch};
use crate::domain::version::Version;
use crate::engine::{Engine, Error, Kind, Opened, Request, Write};
use crate::store::{self, records, routing};

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

        if after.roles != before.roles {
            write.queue_for_records(OperationKind::RefreshActivities, &after).await?;
        }
        if after.priority != before.priority {
            write.queue_for_records(OperationKind::RankActivities, &after).await?;
        }
        records::types::update(write.conn(), &after).await?;
        write.definitions_changed().await?;
        write.commit(after.id.0, &after.id).await?;
        Ok(after.id)
    }

    /// Gives the open activities of records what the roles of their type say about them.
    pub(in crate::engine) async fn refresh_activities(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Changes, store::Error> {
        routing::lock_records(conn, organization, records).await?;
        let followed: HashMap<_, _> = records.iter().map(|record| (*record, Actor::UPNEXT)).collect();
        self.core().follow_records(conn, organization, &followed, &HashMap::new(), now).await
    }

    /// Gives the open activities of records the places that the formula of their type says.
    pub(in crate::engine) async fn rank_activities(
        &self,
        conn: &mut PgConnection,
        organization: OrganizationId,
        records: &[RecordId],
        now: DateTime<Utc>,
    ) -> Result<Changes, store::Error> {
        routing::lock_records(conn, organization, records).await?;
        self.core().rank_records(conn, organization, records, now).await
    }
}

impl Write {
    /// Queues an operation over the open activities of a type's records, if there are records.
    async fn queue_for_records(&mut self, kind: OperationKind, after: &RecordType) -> Result<(), Error> {
        let organization = self.organization();
        // This waits for transactions that are adding records; whoever comes later reads the type
        // again.
        records::types::lock(self.conn(), organization, after.id).await?;
        let target = (after.id.0, after.name());
        let operation = self.new_operation(kind, target, after.id);
        self.queue_over_type(operation).await?;
        Ok(())
    }

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
        self.sees(record_type.id.0).await?;
        Ok(record_type)
    }
}
