//! Finds the sellers who match the conditions by which rules choose them.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::PgConnection;

use crate::domain::assignment::Lineup;
use crate::domain::id::{AssignmentRuleId, RecordId, RecordTypeId};
use crate::engine::routing::choose_owners::asks_rules;
use crate::engine::routing::routing_plan::{Placed, RoutingPlan};
use crate::store;
use crate::store::records::Fields;
use crate::store::tenants::matching_sellers::{self, Pairing};

impl RoutingPlan {
    /// Gives the records whose deciding rule has a condition over sellers the lineup of those who
    /// match. Takes one statement for each record type that needs it.
    pub async fn match_sellers(
        &self,
        conn: &mut PgConnection,
        placed: &mut [Placed<'_>],
        now: DateTime<Utc>,
    ) -> Result<(), store::Error> {
        let asked: HashMap<RecordId, Arc<Lineup>> = self.matching(conn, placed, now).await?;
        for one in placed {
            one.matching = asked.get(&one.record.id).cloned();
        }
        Ok(())
    }

    async fn matching(
        &self,
        conn: &mut PgConnection,
        placed: &[Placed<'_>],
        now: DateTime<Utc>,
    ) -> Result<HashMap<RecordId, Arc<Lineup>>, store::Error> {
        let mut asked: BTreeMap<RecordTypeId, BTreeMap<AssignmentRuleId, Pairing<'_>>> = BTreeMap::new();
        for one in placed.iter().filter(|one| asks_rules(one)) {
            if let Some((rule, condition)) = one.seller_condition() {
                let rules = asked.entry(one.record.record_type).or_default();
                let pairing = rules.entry(rule).or_insert(Pairing { condition, records: Vec::new() });
                pairing.records.push(one.record.id);
            }
        }

        let nobody = Arc::new(Lineup::Sellers(Vec::new()));
        let mut lineups = HashMap::new();
        for (record_type, rules) in asked {
            let Some(plan) = self.of_type(record_type) else { continue };
            let pairings: Vec<_> = rules.into_values().collect();
            let all = pairings.iter().flat_map(|pairing| &pairing.records);
            lineups.extend(all.map(|record| (*record, nobody.clone())));

            let source = Fields { record_type: &plan.record_type, now };
            let attributes = &self.seller_attributes;
            let matched = matching_sellers::ask(conn, source, attributes, &pairings).await?;
            for (_, records, sellers) in matched {
                // Records for which the same sellers match share a lineup.
                let lineup = Arc::new(Lineup::Sellers(sellers));
                lineups.extend(records.into_iter().map(|record| (record, lineup.clone())));
            }
        }
        Ok(lineups)
    }
}
