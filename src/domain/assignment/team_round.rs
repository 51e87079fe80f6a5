//! The round robin of a team, by which steps give records to its members.

use std::collections::BTreeMap;

use super::{Distribution, NoCandidateReason, Staff, Turns};
use crate::domain::id::{AssignmentRuleId, SellerId};

/// The members of a team, who take turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamRound {
    /// What their turns are kept under: the team's key, or the key for the turns of all rules.
    pub turns: AssignmentRuleId,
    /// The members, in the order of their first turns.
    pub members: Vec<SellerId>,
}

impl TeamRound {
    /// Returns the member whose turn it is, and takes that turn.
    ///
    /// # Errors
    /// Nobody takes records.
    pub fn draw(
        &self,
        staff: &Staff,
        turns: &mut BTreeMap<AssignmentRuleId, Turns>,
    ) -> Result<SellerId, NoCandidateReason> {
        let known = |seller: &SellerId| Some((*seller, *staff.0.get(seller)?));
        let mut left: Vec<_> = self.members.iter().filter_map(known).collect();
        if left.is_empty() {
            return Err(NoCandidateReason::NobodyListed);
        }

        left.retain(|(_, capacity)| capacity.takes_records);
        let turns = turns.entry(self.turns).or_default();
        let next = turns.next(&left, Distribution::RoundRobin);
        let seller = next.ok_or(NoCandidateReason::NobodyTakesRecords)?;
        turns.take(seller);
        Ok(seller)
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;
    use crate::domain::assignment::Capacity;

    fn seller(number: u128) -> SellerId {
        SellerId(Uuid::from_u128(number))
    }

    fn staff(taking: &[(u128, bool)]) -> Staff {
        let works_at = DateTime::UNIX_EPOCH;
        Staff::new(taking.iter().map(|(number, takes_records)| {
            let capacity = Capacity { takes_records: *takes_records, maximum: Some(0), owned: 9, works_at };
            (seller(*number), capacity)
        }))
    }

    #[test]
    fn members_take_turns_in_their_order_and_those_who_take_no_records_are_passed_over() {
        let round = TeamRound { turns: AssignmentRuleId(Uuid::nil()), members: [3, 1, 2].map(seller).into() };
        let mut turns = BTreeMap::new();
        let all = staff(&[(1, true), (2, true), (3, true)]);
        let drawn: Vec<_> = (0..4).map(|_| round.draw(&all, &mut turns)).collect();
        assert_eq!(drawn, [3, 1, 2, 3].map(|number| Ok(seller(number))));

        let two = staff(&[(1, false), (2, true), (3, true)]);
        let drawn: Vec<_> = (0..3).map(|_| round.draw(&two, &mut turns)).collect();
        assert_eq!(drawn, [2, 3, 2].map(|number| Ok(seller(number))));
        // Nobody catches up: one turn, then it goes on in order.
        let drawn: Vec<_> = (0..3).map(|_| round.draw(&all, &mut turns)).collect();
        assert_eq!(drawn, [1, 3, 2].map(|number| Ok(seller(number))));
    }

    #[test]
    fn nobody_is_told() {
        let round = |members: &[u128]| TeamRound {
            turns: AssignmentRuleId(Uuid::nil()),
            members: members.iter().copied().map(seller).collect(),
        };
        let (staff, mut turns) = (staff(&[(1, false)]), BTreeMap::new());
        assert_eq!(round(&[]).draw(&staff, &mut turns), Err(NoCandidateReason::NobodyListed));
        assert_eq!(round(&[1]).draw(&staff, &mut turns), Err(NoCandidateReason::NobodyTakesRecords));
    }
}
