//! Suspends organizations, and deletes them with everything that they own. No RPC does this, only a
//! command with access to the database.

use chrono::{DateTime, Utc};

use crate::domain::id::OrganizationId;
use crate::domain::names;
use crate::engine::frame::audit::OperatorWrite;
use crate::engine::{Engine, Error, Kind};
use crate::store::tenants::everything::{self, OwnedTable};
use crate::store::tenants::organizations;

/// The most rows that one transaction deletes.
const CHUNK: i64 = 10_000;

impl Engine {
    /// Suspends an organization: its calls are refused, and loops leave its work alone. Servers
    /// notice it within a second. One that is suspended already stays so.
    ///
    /// # Errors
    /// Missing.
    pub async fn suspend_organization(&self, id: OrganizationId, now: DateTime<Utc>) -> Result<(), Error> {
        self.set_suspended("upnext organizations suspend", (id, Some(now)), now).await
    }

    /// Ends a suspension. What fell due meanwhile is due now.
    ///
    /// # Errors
    /// Missing.
    pub async fn resume_organization(&self, id: OrganizationId, now: DateTime<Utc>) -> Result<(), Error> {
        self.set_suspended("upnext organizations resume", (id, None), now).await
    }

    async fn set_suspended(
        &self,
        command: &'static str,
        (id, since): (OrganizationId, Option<DateTime<Utc>>),
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let by_operator = OperatorWrite { organization: id, command, now };
        let mut tx = self.core().begin_write().await?;
        let before = by_operator.sees(&mut tx, id.0).await?;

        if !organizations::set_suspended(&mut tx, id, since).await? {
            let name = names::ORGANIZATION.uuid_name(id.0);
            let missing = Error::Missing { kind: Kind::Organization, name };
            return Err(self.core().roll_back(tx, missing).await);
        }
        let noted = by_operator.note(self, &mut tx, (id.0, before)).await?;
        self.commit_as_operator(tx, &noted).await
    }

    /// Deletes a suspended organization with everything that it owns, in chunks, and looks at every
    /// table afterwards. Run it again if it was interrupted. Returns how many rows were deleted.
    ///
    /// # Errors
    /// Missing; the database failed.
    pub async fn delete_organization(&self, id: OrganizationId, now: DateTime<Utc>) -> Result<u64, Error> {
        self.suspend_organization(id, now).await?;
        let tables = everything::tables(&mut *self.store().connection().await?).await?;
        let mut deleted = 0;
        loop {
            // Transactions that had begun before the suspension may still have added rows.
            let more = self.delete_pass(&tables, id).await?;
            deleted += more;
            if more == 0 {
                return Ok(deleted);
            }
        }
    }

    /// Deletes the rows that the tables have now, the organization's own last. Returns how many.
    async fn delete_pass(&self, tables: &[OwnedTable], id: OrganizationId) -> Result<u64, Error> {
        let mut deleted = 0;
        for table in tables {
            loop {
                let mut conn = self.store().connection().await?;
                let some = everything::delete_some(&mut conn, table, id, CHUNK).await?;
                deleted += some;
                if some == 0 {
                    break;
                }
            }
        }
        Ok(deleted)
    }
}
