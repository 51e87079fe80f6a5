use uuid::Uuid;

use super::*;

fn segment(id: u128) -> SegmentId {
    SegmentId(Uuid::from_u128(id))
}

fn claims(matches: &[bool], taking: &[usize]) -> Vec<Claim> {
    let claim = |(index, matches): (usize, &bool)| Claim {
        segment: segment(index as u128),
        matches: *matches,
        allow_resegmentation: taking.contains(&index),
    };
    matches.iter().enumerate().map(claim).collect()
}

fn sample(state: SegmentState) -> Segment {
    Segment {
        organization: OrganizationId(Uuid::nil()),
        id: segment(1),
        segment_id: ChosenId::known("paid"),
        profile: Profile {
            display_name: "Paid".to_owned(),
            description: String::new(),
            condition: "true".to_owned(),
            on_leave: OnLeave::Stay,
            leave_grace: None,
            allow_resegmentation: false,
            reassign_on_resegmentation: false,
        },

        record_type: RecordTypeId(Uuid::from_u128(7)),
        priority: 1,
        state,
        connected_sequence: None,
        version: 3,
        create_time: DateTime::UNIX_EPOCH,
        update_time: DateTime::UNIX_EPOCH,
    }
}

fn sequence(id: u128, active: bool, record_type: u128) -> Connectable {
    Connectable {
        sequence: SequenceId(Uuid::from_u128(id)),
        name: "sequences/x".to_owned(),
        state: if active { State::Active { revision: 1 } } else { State::Draft },
        record_type: RecordTypeId(Uuid::from_u128(record_type)),
        record_type_name: "account".to_owned(),
    }
}

#[test]
fn the_first_segment_that_matches_gets_the_record() {
    assert_eq!(choose(&claims(&[false, true, true], &[]), None, true, true), Placement::Enters(1));
    assert_eq!(choose(&claims(&[false, false], &[]), None, true, true), Placement::Outside);
}

#[test]
fn no_record_enters_while_no_segment_is_connected_or_has_a_rule() {
    let all = claims(&[true, true], &[0]);
    assert_eq!(choose(&all, None, true, false), Placement::Outside);
    assert_eq!(choose(&all, Some(segment(1)), true, false), Placement::Stays(1));
}

#[test]
fn a_member_stays_unless_a_higher_segment_may_take_it() {
    let current = Some(segment(1));
    assert_eq!(choose(&claims(&[true, true], &[]), current, true, true), Placement::Stays(1));
    let taken = Placement::Taken { from: segment(1), to: 0 };
    assert_eq!(choose(&claims(&[true, true], &[0]), current, true, true), taken);
    assert_eq!(choose(&claims(&[false, true, true], &[2]), current, true, true), Placement::Stays(1));
}

#[test]
fn a_record_leaves_a_segment_that_no_longer_matches_or_is_inactive_and_may_enter_another() {
    let moves = Placement::Moves { from: segment(1), to: 2 };
    assert_eq!(choose(&claims(&[false, false, true], &[]), Some(segment(1)), true, true), moves);
    // An inactive segment has no claim.
    let gone = segment(9);
    assert_eq!(choose(&claims(&[false], &[]), Some(gone), true, true), Placement::Leaves(gone));
    assert_eq!(choose(&claims(&[true], &[]), Some(gone), true, true), Placement::Moves { from: gone, to: 0 });
}

#[test]
fn a_closed_record_is_in_no_segment() {
    assert_eq!(choose(&claims(&[true], &[0]), None, false, true), Placement::Outside);
    let leaves = Placement::Leaves(segment(0));
    assert_eq!(choose(&claims(&[true], &[0]), Some(segment(0)), false, true), leaves);
}

#[test]
fn a_draft_becomes_active_then_inactive_and_never_a_draft_again() {
    let now = DateTime::UNIX_EPOCH;
    let active = sample(SegmentState::Draft).activate(now).expect("changes");
    assert_eq!((active.state, active.version), (SegmentState::Active, 4));
    assert_eq!(active.activate(now), None);
    let inactive = active.deactivate(now).expect("changes");
    assert_eq!(inactive.state, SegmentState::Inactive);
    assert_eq!(inactive.deactivate(now), None);
    assert_eq!(sample(SegmentState::Draft).deactivate(now), None);
    assert_eq!(inactive.activate(now).expect("changes").state, SegmentState::Active);
    assert!(active.check_deletable().is_err() && inactive.check_deletable().is_ok());
}

#[test]
fn a_second_sequence_is_refused_unless_it_is_to_replace_the_first() {
    let now = DateTime::UNIX_EPOCH;
    let first = sample(SegmentState::Draft).connect(&sequence(1, true, 7), false, None, "lead", now);
    let first = first.expect("allowed").expect("changes");
    // Connecting again changes nothing, even if the sequence is inactive by now.
    assert_eq!(first.connect(&sequence(1, false, 7), false, Some("sequences/x"), "lead", now), Ok(None));

    let second = first.connect(&sequence(2, true, 7), false, Some("sequences/x"), "lead", now);
    let connected_sequence = "sequences/x".to_owned();
    let refusal = Refusal::SegmentAlreadyConnected { segment: first.name(), connected_sequence };
    assert_eq!(second, Err(refusal));

    let replaced = first.connect(&sequence(2, true, 7), true, Some("sequences/x"), "lead", now);
    let replaced = replaced.expect("allowed").expect("changes");
    assert_eq!(replaced.disconnect(now).expect("was connected").connected_sequence, None);
    assert!(sample(SegmentState::Draft).disconnect(now).is_err());
}

#[test]
fn only_an_active_sequence_of_the_same_type_can_be_connected() {
    let draft = sample(SegmentState::Draft);
    let connect = |to| draft.connect(&to, false, None, "lead", DateTime::UNIX_EPOCH).expect_err("refused");
    let state = Refusal::SequenceNotActive { sequence: "sequences/x".to_owned(), state: "DRAFT" };
    assert_eq!(connect(sequence(1, false, 7)), state);
    let types = Refusal::RecordTypeMismatch { expected: "lead".to_owned(), given: "account".to_owned() };
    assert_eq!(connect(sequence(1, true, 8)), types);
}
