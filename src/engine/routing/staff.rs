//! Loads what assignment rules need to know of the sellers whom they may choose.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::assignment::{AssignmentRule, Capacity, Lineup, Staff};
use crate::domain::id::{OrganizationId, SellerId};
use crate::engine::frame::core::Core;
use crate::store;
use crate::store::tenants::sellers;

impl Core {
    /// Returns the sellers whom these rules may choose. `epoch` is the organization's. Only what
    /// the rules ask is loaded: with rules that ask nothing, one statement.
    pub(in crate::engine) async fn staff_of(
        &self,
        conn: &mut PgConnection,
        (organization, epoch): (OrganizationId, i64),
        rules: &[(&AssignmentRule, &Lineup)],
        now: DateTime<Utc>,
    ) -> Result<Staff, store::Error> {
        let all = |lineup: &Lineup| matches!(lineup, Lineup::Everybody | Lineup::Matching);
        let everybody = rules.iter().any(|(_, lineup)| all(lineup));
        let listed: BTreeSet<Uuid> = rules.iter().flat_map(|(_, lineup)| listed(lineup)).collect();
        if listed.is_empty() && !everybody {
            return Ok(Staff::default());
        }
        let listed = Vec::from_iter(listed);
        let wanted = if everybody { None } else { Some(&listed[..]) };
        let sellers = sellers::staff(conn, organization, wanted).await?;

        let keys: Vec<Uuid> = sellers.iter().map(|(seller, ..)| seller.0).collect();
        // Counted under the routing lock, so that nobody else assigns until the commit.
        let owned = match rules.iter().any(|(rule, _)| rule.profile.weighs()) {
            true => sellers::owned(conn, organization, &keys).await?,
            false => HashMap::new(),
        };
        // Working times are cached by the epoch; most rules don't ask for them.
        let timed = rules.iter().any(|(rule, _)| rule.profile.available_within_hours.is_some());
        let owners = keys.iter().map(|key| ((organization, Some(SellerId(*key))), epoch));
        let working = match timed {
            true => self.programs.working_times(conn, owners).await?,
            false => HashMap::new(),
        };

        Ok(Staff::new(sellers.into_iter().map(|(seller, takes_records, maximum)| {
            let working = working.get(&(organization, Some(seller))).and_then(Option::as_ref);
            let works_at = working.map_or(now, |working| working.next(now));
            let owned = owned.get(&seller).copied().unwrap_or(0);
            (seller, Capacity { takes_records, maximum, owned, works_at })
        })))
    }
}

fn listed(lineup: &Lineup) -> Vec<Uuid> {
    match lineup {
        Lineup::Everybody | Lineup::Matching => Vec::new(),
        Lineup::Sellers(sellers) => sellers.iter().map(|seller| seller.0).collect(),
    }
}
