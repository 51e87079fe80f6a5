use super::*;
use uuid::Uuid;

fn seller(id: u128) -> SellerId {
    SellerId(Uuid::from_u128(id))
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).expect("in range")
}

fn rule(id: u128, listed: &[u128]) -> AssignmentRule {
    let profile = Profile {
        display_name: "In turn".to_owned(),
        condition: String::new(),
        candidates: Candidates::Listed(listed.iter().copied().map(seller).collect()),
        distribution: Distribution::RoundRobin,
        respect_capacity: false,
        available_within_hours: None,
        disabled: false,
    };

    AssignmentRule {
        organization: OrganizationId(Uuid::nil()),
        id: AssignmentRuleId(Uuid::from_u128(id)),
        segment: SegmentId(Uuid::nil()),
        assignment_rule_id: ChosenId::known("in-turn"),
        profile,
        priority: 1,
        version: 1,
        create_time: DateTime::UNIX_EPOCH,
        update_time: DateTime::UNIX_EPOCH,
    }
}

fn lineup(rule: &AssignmentRule) -> Lineup {
    match &rule.profile.candidates {
        Candidates::Listed(sellers) => Lineup::Sellers(sellers.clone()),
        _ => Lineup::Everybody,
    }
}

/// A seller who takes records, works now and owns this many of at most so many records.
fn busy(maximum: Option<i32>, owned: i64) -> Capacity {
    Capacity { takes_records: true, maximum, owned, works_at: at(0) }
}

/// Sellers who take records, of whom only `available` do.
fn staff(all: &[u128], available: &[u128]) -> Staff {
    let one = |id: &u128| (seller(*id), Capacity { takes_records: available.contains(id), ..busy(None, 0) });
    Staff::new(all.iter().map(one))
}

fn run(
    rules: &[AssignmentRule],
    matches: &[bool],
    owner: Option<SellerId>,
    staff: &mut Staff,
    turns: &mut BTreeMap<AssignmentRuleId, Turns>,
) -> Assignment {
    let lineups: Vec<Lineup> = rules.iter().map(lineup).collect();
    let (matching, shared_turns, older_first, now) = (None, None, false, at(0));
    let ruling = Ruling { rules, lineups: &lineups, matches, matching, shared_turns, older_first, now };
    assign(ruling, owner, staff, turns)
}

/// Assigns this many unowned records one by one, and returns who got them.
fn given(
    rule: &AssignmentRule,
    count: usize,
    staff: &mut Staff,
    turns: &mut BTreeMap<AssignmentRuleId, Turns>,
) -> Vec<u128> {
    let one = |_| match run(std::slice::from_ref(rule), &[true], None, staff, turns) {
        Assignment::Assigned { seller, .. } => seller.0.as_u128(),
        other => panic!("{other:?}"),
    };
    (0..count).map(one).collect()
}

fn in_turn(
    rule: &AssignmentRule,
    count: usize,
    available: &[u128],
    turns: &mut BTreeMap<AssignmentRuleId, Turns>,
) -> Vec<u128> {
    given(rule, count, &mut staff(&[1, 2, 3], available), turns)
}

fn shortage(rule: &AssignmentRule, staff: &mut Staff) -> Shortage {
    let decided = run(std::slice::from_ref(rule), &[true], None, staff, &mut BTreeMap::new());
    Ownership::Decided(decided).shortage().unwrap_or_else(|| panic!("{decided:?}"))
}

#[test]
fn sellers_take_turns_in_the_listed_order() {
    let rule = rule(1, &[3, 1, 2]);
    let mut turns = BTreeMap::new();
    assert_eq!(in_turn(&rule, 7, &[1, 2, 3], &mut turns), [3, 1, 2, 3, 1, 2, 3]);
    let taken: BTreeMap<_, _> = turns[&rule.id].taken().collect();
    assert_eq!(taken, BTreeMap::from([(seller(3), 7), (seller(1), 5), (seller(2), 6)]));
}

#[test]
fn turns_continue_where_the_last_batch_stopped() {
    let rule = rule(1, &[1, 2, 3]);
    let mut turns = BTreeMap::from([(rule.id, Turns::new([(seller(1), 9), (seller(2), 7)]))]);
    assert_eq!(in_turn(&rule, 4, &[1, 2, 3], &mut turns), [3, 2, 1, 3]);
}

#[test]
fn an_unavailable_seller_is_passed_over_and_comes_first_afterwards() {
    let rule = rule(1, &[1, 2, 3]);
    let mut turns = BTreeMap::new();
    assert_eq!(in_turn(&rule, 30, &[2, 3], &mut turns), [2, 3].repeat(15));
    // Nobody catches up.
    assert_eq!(in_turn(&rule, 3, &[1, 2, 3], &mut turns), [1, 2, 3]);
}

#[test]
fn keeping_an_owner_of_the_pool_counts_as_a_turn() {
    let rule = rule(1, &[1, 2]);
    let mut turns = BTreeMap::new();
    let owned = |turns: &mut _, owner| {
        let mut staff = staff(&[1, 2], &[1, 2]);
        run(std::slice::from_ref(&rule), &[true], Some(seller(owner)), &mut staff, turns)
    };
    let expected = Assignment::AlreadyOwned { rule: rule.id, seller: seller(1) };
    assert_eq!(owned(&mut turns, 1), expected);
    assert_eq!(in_turn(&rule, 1, &[1, 2], &mut turns), [2]);
    // Seller 9 isn't listed, so nobody's turn is used up.
    assert!(matches!(owned(&mut turns, 9), Assignment::AlreadyOwned { .. }));
    assert_eq!(in_turn(&rule, 1, &[1, 2], &mut turns), [1]);
}

#[test]
fn the_first_rule_that_matches_decides_even_if_nobody_is_available() {
    let rules = [rule(1, &[1]), rule(2, &[2]), rule(3, &[3])];
    let mut staff = staff(&[1, 2, 3], &[1, 3]);
    let mut turns = BTreeMap::new();
    let mut decide = |matches: [bool; 3]| run(&rules, &matches, None, &mut staff, &mut turns);
    let nobody = Shortage::of(NoCandidateReason::NobodyTakesRecords);
    assert_eq!(decide([false, true, true]), Assignment::NoCandidate { rule: rules[1].id, shortage: nobody });
    let by = Distribution::RoundRobin;
    let third = Assignment::Assigned { rule: rules[2].id, seller: seller(3), by };
    assert_eq!(decide([false, false, true]), third);
    assert_eq!(decide([false, false, false]), Assignment::NoRule);
}

#[test]
fn nobody_gets_more_than_the_maximum() {
    let mut rule = rule(1, &[1, 2]);
    let mut staff = Staff::new([(seller(1), busy(Some(2), 1)), (seller(2), busy(Some(3), 0))]);
    rule.profile.respect_capacity = true;
    let mut turns = BTreeMap::new();
    assert_eq!(given(&rule, 4, &mut staff, &mut turns), [1, 2, 2, 2]);
    assert_eq!(shortage(&rule, &mut staff), Shortage::of(NoCandidateReason::AllAtCapacity));
    staff.weigh(seller(1), -1);
    assert_eq!(given(&rule, 1, &mut staff, &mut turns), [1]);
    // A maximum below what is owned takes nothing away, and lets nothing in.
    let mut above = Staff::new([(seller(1), busy(Some(2), 5))]);
    assert_eq!(shortage(&rule, &mut above).reason, NoCandidateReason::AllAtCapacity);
    rule.profile.respect_capacity = false;
    assert_eq!(given(&rule, 1, &mut above, &mut BTreeMap::new()), [1]);
}

#[test]
fn load_balancing_chooses_the_most_free_capacity_and_equals_in_turn() {
    let mut rule = rule(1, &[1, 2, 3]);
    rule.profile.distribution = Distribution::LoadBalancing;
    let mut two = Staff::new([(seller(1), busy(Some(10), 7)), (seller(2), busy(Some(5), 1))]);
    let mut turns = BTreeMap::new();
    // Free: 3 and 4, then 3 each.
    assert_eq!(given(&rule, 4, &mut two, &mut turns), [2, 1, 2, 1]);
    let equals = (1..=3).map(|id| (seller(id), busy(Some(9), 0)));
    let mut turns = BTreeMap::from([(rule.id, Turns::new([(seller(1), 5), (seller(2), 4)]))]);
    assert_eq!(given(&rule, 6, &mut Staff::new(equals), &mut turns), [3, 2, 1, 3, 2, 1]);
    // Without a maximum, there is always more room than with one.
    let mut unlimited = Staff::new([(seller(1), busy(None, 900)), (seller(2), busy(Some(99), 0))]);
    assert_eq!(given(&rule, 2, &mut unlimited, &mut BTreeMap::new()), [1, 1]);
}

#[test]
fn a_seller_is_available_who_works_within_the_hours_inclusive() {
    let mut rule = rule(1, &[1]);
    rule.profile.available_within_hours = Some(24);
    let day = TimeDelta::hours(24);
    let works = |works_at| Staff::new([(seller(1), Capacity { works_at, ..busy(None, 0) })]);
    for works_at in [at(0), at(0) + day - TimeDelta::microseconds(1), at(0) + day] {
        assert_eq!(given(&rule, 1, &mut works(works_at), &mut BTreeMap::new()), [1], "{works_at}");
    }
    let late = at(0) + day + TimeDelta::microseconds(1);
    let retry_time = Some(at(0) + TimeDelta::microseconds(1));
    let expected = Shortage { reason: NoCandidateReason::AllUnavailable, retry_time };
    assert_eq!(shortage(&rule, &mut works(late)), expected);
}

#[test]
fn the_reason_is_the_last_thing_that_left_nobody() {
    let mut rule = rule(1, &[1, 2]);
    rule.profile.respect_capacity = true;
    rule.profile.available_within_hours = Some(1);
    let later = |capacity: Capacity| Capacity { works_at: at(7_200), ..capacity };
    let off = Capacity { takes_records: false, ..busy(None, 0) };
    let reason = |sellers: &[(SellerId, Capacity)]| shortage(&rule, &mut Staff::new(sellers.to_vec()));

    assert_eq!(reason(&[]).reason, NoCandidateReason::NobodyListed);
    assert_eq!(reason(&[(seller(1), off)]).reason, NoCandidateReason::NobodyTakesRecords);
    let away = reason(&[(seller(1), off), (seller(2), later(busy(None, 0)))]);
    assert_eq!((away.reason, away.retry_time), (NoCandidateReason::AllUnavailable, Some(at(3_600))));
    // One is full, and the other one comes in an hour.
    let full = reason(&[(seller(1), busy(Some(1), 1)), (seller(2), later(busy(Some(9), 1)))]);
    assert_eq!((full.reason, full.retry_time), (NoCandidateReason::AllAtCapacity, Some(at(3_600))));
    // Nobody who comes has room.
    let both = reason(&[(seller(1), later(busy(Some(1), 1))), (seller(2), later(busy(Some(2), 2)))]);
    assert_eq!((both.reason, both.retry_time), (NoCandidateReason::AllUnavailable, None));
}

#[test]
fn everybody_includes_all_sellers_in_the_order_of_their_creation() {
    let mut rule = rule(1, &[]);
    rule.profile.candidates = Candidates::AnySeller;
    let mut all = staff(&[3, 1, 2], &[1, 2, 3]);
    assert_eq!(given(&rule, 4, &mut all, &mut BTreeMap::new()), [1, 2, 3, 1]);
}

#[test]
fn turns_can_count_across_rules() {
    let rules = [rule(1, &[1, 2, 3]), rule(2, &[1, 2, 3])];
    let lineups: Vec<Lineup> = rules.iter().map(lineup).collect();
    let shared_turns = Some(AssignmentRuleId(Uuid::from_u128(9)));
    let (mut staff, mut turns) = (staff(&[1, 2, 3], &[1, 2, 3]), BTreeMap::new());
    let mut next = |matches: [bool; 2]| {
        let (older_first, now) = (false, at(0));
        let (rules, lineups, matches, matching) = (&rules, &lineups, &matches, None);
        let ruling = Ruling { rules, lineups, matches, matching, shared_turns, older_first, now };
        match assign(ruling, None, &mut staff, &mut turns) {
            Assignment::Assigned { seller, .. } => seller.0.as_u128(),
            other => panic!("{other:?}"),
        }
    };
    let (first, second) = ([true, true], [false, true]);
    assert_eq!([first, second, second, first, first].map(&mut next), [1, 2, 3, 1, 2]);
    assert_eq!(turns.into_keys().collect::<Vec<_>>(), Vec::from_iter(shared_turns));
}

#[test]
fn those_who_match_for_the_record_take_turns_and_nobody_else() {
    let mut rule = rule(1, &[]);
    rule.profile.candidates = Candidates::Matching("seller.country == record.country".to_owned());
    let (mut staff, mut turns) = (staff(&[1, 2, 3], &[1, 2, 3]), BTreeMap::new());
    let mut next = |matching: &[u128]| {
        let matching = Lineup::Sellers(matching.iter().copied().map(seller).collect());
        let (rules, lineups) = (std::slice::from_ref(&rule), &[Lineup::Matching]);
        let (shared_turns, older_first, now) = (None, false, at(0));
        let (matches, matching) = (&[true], Some(&matching));
        let ruling = Ruling { rules, lineups, matches, matching, shared_turns, older_first, now };
        match assign(ruling, None, &mut staff, &mut turns) {
            Assignment::Assigned { seller, .. } => Ok(seller.0.as_u128()),
            Assignment::NoCandidate { shortage, .. } => Err(shortage.reason),
            other => panic!("{other:?}"),
        }
    };

    assert_eq!((next(&[1, 2]), next(&[1, 2]), next(&[1, 3])), (Ok(1), Ok(2), Ok(3)));
    // Seller 1 has waited longer than 3, who only matched for the third.
    assert_eq!((next(&[1, 3]), next(&[2])), (Ok(1), Ok(2)));
    assert_eq!(next(&[]), Err(NoCandidateReason::NobodyMatches));
}
