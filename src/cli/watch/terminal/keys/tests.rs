use chrono::{DateTime, Duration, Utc};
use prost_types::Timestamp;

use super::*;
use crate::api::pb;
use crate::api::pb::activity::Content;
use crate::api::pb::queue_update::Removal;
use crate::api::pb::seller::AfterCompletion;
use crate::api::pb::watch_work_queue_response::Event;
use crate::cli::watch::stream::Message;
use crate::cli::watch::terminal::calls::Done;
use crate::cli::watch::terminal::desk::{Undoable, asked_for};

pub(crate) fn activity(number: i64, kind: Kind, person: &str) -> pb::Activity {
    pb::Activity {
        name: format!("activities/{number}"),
        order_key: format!("{number}"),
        etag: "1".to_owned(),
        kind: kind.into(),
        display_name: if kind == Kind::PhoneCall { "Call" } else { "Say hello" }.to_owned(),
        record_display_name: person.to_owned(),
        enrollment: format!("enrollments/{number}"),
        sequence: "sequences/inbound".to_owned(),
        step_number: 1,
        step_count: 3,
        due_time: Some(Timestamp { seconds: 1_790_000_000 + number, nanos: 0 }),
        ..Default::default()
    }
}

/// A desk with three activities, of which the first was due two hours ago.
pub(crate) fn desk() -> Desk {
    let mut desk = Desk::new("sellers/ana");
    desk.now = DateTime::<Utc>::from_timestamp(1_790_007_300, 0).expect("an instant");
    desk.outcomes = vec!["made".into(), "no_answer".into()];

    let activities = vec![
        activity(1, Kind::PhoneCall, "Kim Tran"),
        activity(2, Kind::Email, "Bo Larsen"),
        activity(3, Kind::Email, "Cy Young"),
    ];
    let counts = Some(pb::QueueCounts { due: 3, snoozed: 1 });
    hear(&mut desk, Event::Snapshot(pb::QueueSnapshot { activities, counts, ..Default::default() }));
    desk
}

fn hear(desk: &mut Desk, event: Event) {
    let response = pb::WatchWorkQueueResponse { event: Some(event), ..Default::default() };
    desk.apply(Message { response, is_first: false });
}

pub(crate) fn come(desk: &mut Desk, upserts: Vec<pb::Activity>) {
    hear(desk, Event::Update(pb::QueueUpdate { upserts, ..Default::default() }));
}

pub(crate) fn leave(desk: &mut Desk, name: &str) {
    let removals = vec![Removal { activity: name.to_owned(), ..Default::default() }];
    hear(desk, Event::Update(pb::QueueUpdate { removals, ..Default::default() }));
}

/// Presses keys one after the other; returns what they asked for.
pub(crate) fn press(desk: &mut Desk, keys: &str) -> Vec<Act> {
    let code = |key: char| match key {
        '\n' => KeyCode::Enter,
        '\u{1b}' => KeyCode::Esc,
        other => KeyCode::Char(other),
    };
    keys.chars().filter_map(|key| desk.key(KeyEvent::from(code(key)))).collect()
}

fn names(desk: &Desk) -> Vec<&str> {
    desk.shown().iter().map(|activity| activity.record_display_name.as_str()).collect()
}

fn in_hand(desk: &Desk) -> &str {
    &desk.current().expect("one").record_display_name
}

#[test]
fn a_call_is_completed_with_the_outcome_that_was_chosen() {
    let mut desk = desk();
    let call = desk.current().expect("one").clone();
    assert_eq!(press(&mut desk, "c"), []);
    let (outcome, note) = ("no_answer".to_owned(), String::new());
    assert_eq!(press(&mut desk, "j\n"), [], "a note can follow");
    assert_eq!(press(&mut desk, "\n"), [Act::Complete { activity: call, outcome, note }]);
    assert_eq!(names(&desk), ["Bo Larsen", "Cy Young"]);

    let email = desk.current().expect("one").clone();
    let done = Act::Complete { activity: email, outcome: String::new(), note: String::new() };
    assert_eq!(press(&mut desk, "c\n"), [done], "an email needs no outcome");
}

#[test]
fn a_note_is_typed_on_completion_and_left_by_escape() {
    let mut desk = desk();
    let call = desk.current().expect("one").clone();
    press(&mut desk, "c1wants a quotex");
    desk.key(KeyEvent::from(KeyCode::Backspace));
    let (outcome, note) = ("made".to_owned(), "wants a quote".to_owned());
    assert_eq!(press(&mut desk, "\n"), [Act::Complete { activity: call, outcome, note }]);

    assert_eq!(press(&mut desk, "cqs\u{1b}"), [], "letters are letters, and Escape does nothing else");
    assert_eq!((desk.mode.clone(), names(&desk).len()), (Mode::List, 2));
    press(&mut desk, "cabc");
    leave(&mut desk, "activities/2");
    assert_eq!(desk.mode, Mode::List, "nothing is left to write about");
}

#[test]
fn another_activity_is_made_for_the_same_person_and_only_such_a_one_canceled() {
    let mut desk = desk();
    assert_eq!(press(&mut desk, "m \n"), [], "nothing was said");
    let made = Act::Make { record: String::new(), text: "call about the offer".to_owned() };
    assert_eq!(press(&mut desk, "mcall about the offer\n"), [made]);
    let (content, name) = asked_for("call about the offer");
    assert!(matches!(content, Content::PhoneCall(_)) && name == "call about the offer");
    assert!(matches!(asked_for("send the offer"), (Content::Task(_), name) if name == "send the offer"));
    assert!(matches!(asked_for("Meet"), (Content::Appointment(_), name) if name.is_empty()));

    assert_eq!(press(&mut desk, "d"), [], "a step made it");
    let by_hand = pb::Activity { enrollment: String::new(), ..activity(0, Kind::Task, "Di Fox") };
    come(&mut desk, vec![by_hand.clone()]);
    assert_eq!(press(&mut desk, "gd"), [Act::Cancel { activity: by_hand }]);
    assert_eq!(names(&desk), ["Kim Tran", "Bo Larsen", "Cy Young"]);
}

#[test]
fn the_seller_goes_on_or_stays_with_the_person_as_wanted() {
    let mut desk = desk();
    let call = desk.current().expect("one").clone();
    let stays = || Some(Act::Timeline { activity: call.clone() });
    let done = || {
        Ok(Done { said: String::new(), waiting: None, undoable: None, closed: Some(Box::new(call.clone())) })
    };
    assert_eq!(desk.done("activities/1", done()), None);
    desk.after = AfterCompletion::Stay;
    assert_eq!(desk.done("activities/1", done()), stays());

    desk.after = AfterCompletion::Ask;
    assert_eq!(desk.done("activities/1", done()), None);
    assert_eq!(press(&mut desk, "2"), stays().into_iter().collect::<Vec<_>>());
    desk.done("activities/1", done());
    assert_eq!((press(&mut desk, "1"), desk.mode.clone()), (vec![], Mode::List));
    // Nobody is interrupted.
    press(&mut desk, "z");
    desk.done("activities/1", done());
    assert_eq!(desk.mode, Mode::Snoozes(0));
}

#[test]
fn what_was_done_last_is_undone_first_and_nothing_twice() {
    let mut desk = desk();
    assert_eq!(press(&mut desk, "u"), []);
    assert!(desk.said.contains("left to undo"), "{}", desk.said);

    let undoable = |number: i32| Undoable {
        activity: format!("activities/{number}"),
        title: format!("Call {number}"),
        is_snoozed: false,
    };
    let done =
        |number| Done { said: "done".into(), waiting: None, undoable: Some(undoable(number)), closed: None };
    desk.done("activities/1", Ok(done(1)));
    desk.done("activities/2", Ok(Done { waiting: Some("enrollments/2".into()), ..done(2) }));
    assert_eq!(press(&mut desk, "u"), [Act::Undo(undoable(2))]);
    assert_eq!(desk.said, "undoing Call 2 …");
    desk.undone(undoable(2), Ok(()));
    assert_eq!(desk.said, "Call 2: open again");
    assert_eq!(press(&mut desk, "w"), [], "its wait is taken back");

    assert_eq!(press(&mut desk, "u"), [Act::Undo(undoable(1))]);
    desk.undone(undoable(1), Err(anyhow::anyhow!("somebody acted on a later step")));
    assert_eq!(desk.said, "Call 1: somebody acted on a later step");
    assert_eq!(press(&mut desk, "u"), []);
}

#[test]
fn what_the_server_refuses_is_on_the_desk_again_with_the_reason() {
    let mut desk = desk();
    press(&mut desk, "s");
    assert_eq!(names(&desk).len(), 2);
    desk.done("activities/1", Err(anyhow::anyhow!("the activity was completed by ben")));
    assert_eq!(names(&desk).len(), 3);
    assert_eq!(desk.said, "the activity was completed by ben");
}

#[test]
fn a_key_never_means_an_activity_that_came_a_moment_ago() {
    let mut desk = desk();
    come(&mut desk, vec![activity(0, Kind::Task, "Dee Moss")]);
    assert_eq!(names(&desk)[0], "Dee Moss");
    assert_eq!(in_hand(&desk), "Kim Tran");
    press(&mut desk, "g");
    assert_eq!(in_hand(&desk), "Dee Moss");

    press(&mut desk, "jc");
    leave(&mut desk, "activities/1");
    assert_eq!(desk.mode, Mode::List, "nothing is left to choose for");
    assert_eq!(press(&mut desk, "1"), []);
}

#[test]
fn an_activity_that_was_done_comes_back_only_when_it_is_new() {
    let mut desk = desk();
    press(&mut desk, "z1");
    come(&mut desk, vec![activity(1, Kind::PhoneCall, "Kim Tran")]);
    assert_eq!(names(&desk), ["Bo Larsen", "Cy Young"], "the server hasn't heard of it yet");
    let again = pb::Activity { etag: "2".into(), ..activity(1, Kind::PhoneCall, "Kim Tran") };
    come(&mut desk, vec![again]);
    assert_eq!(names(&desk), ["Kim Tran", "Bo Larsen", "Cy Young"]);
}

#[test]
fn a_snooze_is_for_one_of_the_times_offered() {
    let mut desk = desk();
    let acts = press(&mut desk, "z2");
    let [Act::Snooze { activity, until }] = &acts[..] else { panic!("{acts:?}") };
    assert_eq!((activity.name.as_str(), *until), ("activities/1", desk.now + Duration::hours(1)));
}

#[test]
fn another_activity_can_be_taken_in_hand_and_the_list_be_filtered() {
    let mut desk = desk();
    press(&mut desk, "jjj");
    assert_eq!(in_hand(&desk), "Cy Young");
    press(&mut desk, "g");
    assert_eq!(in_hand(&desk), "Kim Tran");

    press(&mut desk, "/mail\n");
    assert_eq!(names(&desk), ["Bo Larsen", "Cy Young"]);
    press(&mut desk, "\u{1b}/nobody\n");
    assert_eq!((names(&desk).len(), press(&mut desk, "cszt")), (0, vec![]));
    press(&mut desk, "\u{1b}");
    assert_eq!(names(&desk).len(), 3);
}

#[test]
fn a_wait_is_skipped_only_if_one_followed_what_was_done() {
    let mut desk = desk();
    assert_eq!(press(&mut desk, "w"), []);
    let done =
        Done { said: "done".into(), waiting: Some("enrollments/9".into()), undoable: None, closed: None };
    desk.done("activities/1", Ok(done));
    assert_eq!(press(&mut desk, "w"), [Act::SkipWait { enrollment: "enrollments/9".into() }]);
    assert_eq!(press(&mut desk, "w"), [], "once");
}

#[test]
fn a_page_is_read_to_its_end_and_left_by_any_other_key() {
    let mut desk = desk();
    desk.open("Timeline", vec!["one".into(), "two".into()]);
    press(&mut desk, "jjj");
    assert!(matches!(desk.mode, Mode::Page { from: 1, .. }), "{:?}", desk.mode);
    assert_eq!(press(&mut desk, "q"), [], "it ends the page, not the terminal");
    assert_eq!(press(&mut desk, "q"), [Act::Quit]);
}

#[test]
fn an_activity_is_followed_noted_and_given_away_and_stays_in_hand_until_it_goes() {
    let mut desk = desk();
    let call = desk.current().expect("one").clone();
    assert_eq!(press(&mut desk, "f"), [Act::Follow { activity: call.clone(), followed: true }]);
    come(&mut desk, vec![pb::Activity { followed: true, note: "rings".into(), ..call.clone() }]);
    let call = desk.current().expect("one").clone();
    assert_eq!(press(&mut desk, "f"), [Act::Follow { activity: call.clone(), followed: false }]);

    let note = "rings at noon".to_owned();
    assert_eq!(press(&mut desk, "n at noon\n"), [Act::Note { activity: call.clone(), note }]);
    assert_eq!((in_hand(&desk), desk.mode.clone()), ("Kim Tran", Mode::List));
    assert_eq!(press(&mut desk, "nq\u{1b}r\n"), [], "Escape keeps the note, and nobody is no queue");

    let queue = "sellers/ben".to_owned();
    assert_eq!(press(&mut desk, "rben\n"), [Act::Reassign { activity: call, queue }]);
    assert_eq!(names(&desk), ["Bo Larsen", "Cy Young"]);
    let queue = "teams/unassigned".to_owned();
    let email = desk.current().expect("one").clone();
    assert_eq!(press(&mut desk, "rteams/unassigned\n"), [Act::Reassign { activity: email, queue }]);
}
