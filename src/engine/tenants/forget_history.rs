//! Forgets the history of organizations that don't keep it for ever: day by day, in chunks.

use chrono::{DateTime, Utc};

use crate::domain::horizon::Horizon;
use crate::engine::frame::one_by_one::one_by_one;
use crate::engine::{Engine, Error, Ticked};
use crate::store::horizons::{self, Forgetful};
use crate::store::publication::{self, Forgotten};
use crate::store::{self, history};

/// The most enrollments and records whose events one transaction deletes.
const SUBJECTS: i64 = 500;

/// The most published events that one transaction deletes.
const EVENTS: i64 = 5_000;

/// The most days that one transaction goes on. Those without history cost little.
const DAYS: u32 = 31;

impl Engine {
    /// Forgets one chunk of each organization that keeps its history for a limited time, and drops
    /// the partitions that nobody needs any more. Returns true if there is more to forget.
    ///
    /// # Errors
    /// Returns the error of the first organization that failed. The others were served.
    pub(super) async fn forget_history(&self, now: DateTime<Utc>) -> Result<bool, Error> {
        let mut conn = self.store().connection().await?;
        let forgetful = horizons::forgetful(&mut conn).await?;
        let earliest = horizons::earliest(&mut conn).await?;
        // The organizations need connections of their own.
        drop(conn);

        let is_due = |one: &Forgetful| one.horizon.step(Horizon::target(one.days, now)).is_some();
        let due = forgetful.into_iter().filter(is_due);
        let ticked = one_by_one(due, |one| self.forget_history_of(one, now)).await?;

        if let Some(earliest) = earliest {
            match history::drop_partitions(self.store(), earliest).await {
                // No hurry: it is empty, or nearly so.
                Err(store::Error::Conflict(_)) => {
                    tracing::info!("history is being read: an old partition is dropped later");
                }
                dropped => dropped?,
            }
        }
        Ok(ticked.worked)
    }

    async fn forget_history_of(&self, one: Forgetful, now: DateTime<Utc>) -> Result<Ticked, Error> {
        let idle = Ticked { worked: false, again_at: None };
        let organization = one.organization;
        let mut tx = self.store().begin().await?;
        let Some(mut horizon) = horizons::lock(&mut tx, organization, one.horizon).await? else {
            return Ok(idle);
        };

        let (target, mut room) = (Horizon::target(one.days, now), SUBJECTS);
        for _ in 0..DAYS {
            let Some(next) = horizon.step(target) else { break };
            horizon = next;
            // Published events first: whoever reads on is told that they are gone, and misses none.
            let published = publication::forget(&mut tx, organization, next.at, EVENTS).await?;
            if published == Forgotten::Some {
                break;
            }
            room -= horizons::forget(&mut tx, organization, next, room).await?;
            if room <= 0 {
                break;
            }
            horizon = next.reached();
            // Another step would delete them before anybody can know.
            if published == Forgotten::All {
                break;
            }
        }

        horizons::save(&mut tx, organization, horizon).await?;
        tx.commit().await.map_err(store::Error::from)?;
        Ok(Ticked { worked: true, ..idle })
    }
}
