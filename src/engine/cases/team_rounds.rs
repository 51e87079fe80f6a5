//! Whose turn it is in teams, for steps that give records to their members.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::assignment::{Capacity, Staff, TeamRound, Turns};
use crate::domain::id::{AssignmentRuleId, ChosenId, OrganizationId, SellerId};
use crate::store::{self, segments, tenants};

/// The teams that steps name, and the turns of their members.
#[derive(Debug, Default)]
pub(in crate::engine) struct TeamRounds {
    teams: HashMap<String, TeamRound>,
    staff: Staff,
    turns: BTreeMap<AssignmentRuleId, Turns>,
    names: HashMap<SellerId, ChosenId>,
}

impl TeamRounds {
    /// Loads the rounds of teams. If their turns are to be saved, the routing row must be locked.
    pub async fn load(
        conn: &mut PgConnection,
        organization: OrganizationId,
        teams: BTreeSet<String>,
        now: DateTime<Utc>,
    ) -> Result<Self, store::Error> {
        if teams.is_empty() {
            return Ok(Self::default());
        }

        let teams = Vec::from_iter(teams);
        let members = tenants::teams::members_of(conn, organization, &teams).await?;
        let keys = tenants::teams::keys(conn, organization, &teams).await?;
        let settings = tenants::organizations::settings(conn, &[organization]).await?;
        let shared = settings.iter().any(|(_, _, settings)| settings.round_robin_across_rules);
        let round = |(team, members): (ChosenId, Vec<SellerId>)| {
            let own = keys.get(team.as_str())?.0;
            // Other turns have the key of their rule, and those of all rules the organization's.
            let turns = AssignmentRuleId(if shared { organization.0 } else { own });
            Some((team.as_str().to_owned(), TeamRound { turns, members }))
        };
        let teams: HashMap<_, _> = members.into_iter().filter_map(round).collect();

        let listed: BTreeSet<Uuid> =
            teams.values().flat_map(|round| &round.members).map(|seller| seller.0).collect();
        let listed = Vec::from_iter(listed);
        let sellers = tenants::sellers::staff(conn, organization, Some(&listed)).await?;
        let staff = Staff::new(sellers.into_iter().map(|(seller, takes_records, maximum)| {
            (seller, Capacity { takes_records, maximum, owned: 0, works_at: now })
        }));
        let keys: BTreeSet<Uuid> = teams.values().map(|round| round.turns.0).collect();
        let turns = segments::rules::turns(conn, organization, &Vec::from_iter(keys)).await?;
        let names = tenants::sellers::chosen_ids(conn, organization, &listed).await?;
        Ok(Self { teams, staff, turns, names })
    }

    /// Leaves out a seller whose records are given to the others.
    #[must_use]
    pub fn without(mut self, seller: SellerId) -> Self {
        self.teams.values_mut().for_each(|round| round.members.retain(|member| *member != seller));
        self
    }

    /// Returns the chosen ids of all members.
    pub fn members(&self) -> BTreeSet<String> {
        self.names.values().map(|name| name.as_str().to_owned()).collect()
    }

    /// Returns the chosen id of the member of a team whose turn it is.
    ///
    /// # Errors
    /// Why there is none.
    pub fn draw(&mut self, team: &str) -> Result<String, &'static str> {
        let round = self.teams.get(team).ok_or("TEAM_UNKNOWN")?;
        let seller = round.draw(&self.staff, &mut self.turns).map_err(|reason| reason.as_str())?;
        self.names.get(&seller).map(|name| name.as_str().to_owned()).ok_or("SELLER_UNKNOWN")
    }

    /// Returns the turns, with those that were taken.
    pub const fn turns(&self) -> &BTreeMap<AssignmentRuleId, Turns> {
        &self.turns
    }
}
