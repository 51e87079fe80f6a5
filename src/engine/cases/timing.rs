//! Loads what the times of steps depend on: when owners work, and the timestamps of records. Only
//! for programs that need it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sqlx::PgConnection;

use crate::domain::case::Case;
use crate::domain::id::SellerId;
use crate::domain::timing::Timing;
use crate::engine::cases::load::{Incomplete, revision};
use crate::engine::frame::core::Core;
use crate::engine::frame::programs::Compiled;
use crate::store;
use crate::store::records::instants::{self, AttributeKey};
use crate::store::sequences::revisions::RevisionKey;
use crate::store::tenants::calendars::OwnerKey;

impl Core {
    /// Adds what the times of steps depend on, for the owners that the facts say.
    pub(in crate::engine) async fn add_timing(
        &self,
        conn: &mut PgConnection,
        incomplete: &mut [Incomplete<'_>],
        revisions: &HashMap<RevisionKey, Arc<Compiled>>,
    ) -> Result<(), store::Error> {
        let needs =
            |one: &Incomplete<'_>| revisions.get(&one.revision).filter(|compiled| compiled.is_timed());
        let mut timed: Vec<_> = incomplete.iter_mut().filter_map(|one| Some((needs(one)?, one))).collect();
        if timed.is_empty() {
            return Ok(());
        }

        let owners = timed.iter().filter(|(compiled, _)| compiled.follows_calendars);
        let owners: HashSet<_> = owners.map(|(_, one)| (owner(one), one.facts.definition_epoch)).collect();
        let working = self.programs.working_times(conn, owners).await?;
        let wanted = timed.iter().flat_map(|(compiled, one)| {
            let attribute = |name: &String| (one.revision.0, one.record, name.clone());
            compiled.instants.iter().map(attribute).collect::<Vec<AttributeKey>>()
        });
        let wanted: HashSet<AttributeKey> = wanted.collect();
        let mut held = HashMap::new();
        if !wanted.is_empty() {
            held = instants::of(conn, &Vec::from_iter(wanted)).await?;
        }

        for (compiled, one) in &mut timed {
            one.facts.timing = Timing {
                working: working.get(&owner(one)).cloned().flatten(),
                instants: held.get(&(one.revision.0, one.record)).cloned().unwrap_or_default(),
                working_hours_only: compiled.working_hours_only,
            };
        }
        Ok(())
    }

    /// Gives cases the timing of owners whom their records are about to get.
    pub(in crate::engine) async fn time_for(
        &self,
        conn: &mut PgConnection,
        cases: &mut [Case],
        new_owner: impl Fn(&Case) -> Option<SellerId>,
    ) -> Result<(), store::Error> {
        let changed = cases.iter_mut().filter_map(|case| {
            case.facts.owner = Some(new_owner(case)?);
            let (revision, record) = (revision(&case.enrollment), case.enrollment.record);
            Some(Incomplete { revision, record, enrollment: None, facts: &mut case.facts })
        });
        let mut changed: Vec<_> = changed.collect();
        let revisions = self.programs.load(conn, changed.iter().map(|one| one.revision)).await?;
        self.add_timing(conn, &mut changed, &revisions).await
    }
}

/// Returns whose calendar counts.
fn owner(one: &Incomplete<'_>) -> OwnerKey {
    (one.revision.0, one.facts.owner)
}
