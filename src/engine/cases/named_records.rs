//! The records that calls name by their chosen ids, locked.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;

use crate::domain::caller::Caller;
use crate::domain::id::{OrganizationId, RecordId, SellerId};
use crate::store;
use crate::store::enrollments::Locking;
use crate::store::enrollments::entrants::{self, RecordName};

/// Records by their names, with their owners. Those that other transactions hold are known, too.
pub(in crate::engine) struct NamedRecords {
    records: HashMap<(OrganizationId, RecordName), (RecordId, Option<SellerId>)>,
    held: HashSet<RecordId>,
}

impl NamedRecords {
    /// Locks records. Of those that other transactions hold, reads only the keys.
    pub async fn lock(
        conn: &mut PgConnection,
        mut names: HashSet<(OrganizationId, RecordName)>,
        locking: Locking,
    ) -> Result<Self, store::Error> {
        let mut records = entrants::records(conn, &Vec::from_iter(names.clone()), Some(locking)).await?;
        names.retain(|name| !records.contains_key(name));

        // A name without a locked row is either held or unknown. A read without a lock tells which.
        let mut held = HashSet::new();
        if locking == Locking::Skip && !names.is_empty() {
            let others = entrants::records(conn, &Vec::from_iter(names), None).await?;
            held.extend(others.values().map(|(record, _)| *record));
            records.extend(others);
        }
        Ok(Self { records, held })
    }

    /// Returns a record, or `None` if it doesn't exist or is somebody else's.
    pub fn find(&self, organization: OrganizationId, name: &RecordName, caller: &Caller) -> Option<RecordId> {
        let (record, owner) = self.records.get(&(organization, name.clone()))?;
        caller.scope().has_owner(*owner).then_some(*record)
    }

    /// True if another transaction holds the record.
    pub fn is_held(&self, record: RecordId) -> bool {
        self.held.contains(&record)
    }
}
