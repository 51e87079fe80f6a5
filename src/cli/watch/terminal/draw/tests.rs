use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::*;
use crate::cli::watch::terminal::keys::tests::desk;

fn screen(desk: &Desk, width: u16, height: u16) -> Vec<String> {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a screen");
    terminal.draw(|frame| draw(desk, frame)).expect("is drawn");
    let buffer = terminal.backend().buffer();
    let row = |y: u16| (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    (0..height).map(|y| row(y).trim_end().to_owned()).collect()
}

/// A desk whose activity in hand is known in full.
fn known() -> Desk {
    let mut desk = desk();
    let details = Details {
        phones: vec!["+1 555 0100".into()],
        email: "kim@example.com".into(),
        script: "Hi, this is Ana.\u{1b}[2J".into(),
    };
    let asked = desk.take_unknown().expect("nothing is known yet");
    desk.details.insert(super::super::desk::known_as(&asked), Some(details));
    desk
}

#[test]
fn the_activity_in_hand_is_in_view_with_whom_how_late_how_reached_and_what_to_say() {
    let desk = known();
    for (width, height) in [(200, 60), (80, 24), (40, 15), (36, 12)] {
        let screen = screen(&desk, width, height);
        let text = screen.join("\n");
        assert!(screen[0].starts_with("sellers/ana  3 due"), "{text}");
        assert_eq!(screen[1], "CALL Call: Kim Tran");
        assert!(screen[2].starts_with("2 h overdue, since "), "{text}");
        assert!(text.contains("phone +1 555 0100") && text.contains("mail kim@example.com"), "{text}");
        assert!(text.contains("Hi, this is Ana."), "{text}");
        assert_eq!(text.matches("CALL Call: Kim Tran").count(), 2, "it is the first of the list: {text}");
    }
}

#[test]
fn a_screen_of_any_size_is_drawn_whatever_lies_over_the_list() {
    let keys =
        [KeyCode::Null, KeyCode::Char('c'), KeyCode::Char('z'), KeyCode::Char('?'), KeyCode::Char('/')];
    for key in keys {
        let mut desk = known();
        desk.said = "a text that is longer than any of the smaller screens is wide".into();
        desk.key(KeyEvent::from(key));
        for (width, height) in [(1, 1), (2, 2), (5, 3), (20, 4), (40, 5), (300, 2)] {
            assert_eq!(screen(&desk, width, height).len(), usize::from(height));
        }
    }
}

#[test]
fn the_next_activity_and_the_one_in_hand_stay_in_the_list() {
    let mut desk = known();
    desk.key(KeyEvent::from(KeyCode::Down));
    desk.key(KeyEvent::from(KeyCode::Down));
    let text = screen(&desk, 40, 8).join("\n");
    assert!(text.contains("CALL Call: Kim Tran") && text.contains("MAIL Say hello: Cy Young"), "{text}");
}

#[test]
fn what_lies_over_the_list_leaves_the_activity_in_view() {
    let mut desk = known();
    desk.key(KeyEvent::from(KeyCode::Char('c')));
    for (width, height) in [(80, 24), (40, 15)] {
        let screen = screen(&desk, width, height);
        let text = screen.join("\n");
        assert!(screen[1] == "CALL Call: Kim Tran" && text.contains("2 no_answer"), "{text}");
    }
}

#[test]
fn the_end_of_a_long_note_is_in_view_while_it_is_typed() {
    let mut desk = known();
    let typed = format!("c1{} the end", "something to remember ".repeat(80));
    typed.chars().for_each(|letter| _ = desk.key(KeyEvent::from(KeyCode::Char(letter))));
    for (width, height) in [(80, 24), (40, 15)] {
        let text = screen(&desk, width, height).join("\n");
        assert!(text.contains("A note? Enter alone: none") && text.contains("the end_"), "{text}");
        assert!(text.contains("Enter completes, Esc goes back"), "{text}");
    }
}

#[test]
fn an_error_is_read_in_full_on_a_narrow_screen() {
    let mut desk = known();
    desk.said = "Call: Kim Tran: the activity was completed by sellers/ben at 14:02".into();
    let text = screen(&desk, 40, 15).join(" ");
    assert!(text.contains("sellers/ben at 14:02"), "{text}");
}

#[test]
fn the_screen_says_when_it_is_cut_off() {
    let mut desk = known();
    desk.link = Link::Away("connection refused".into());
    let screen = screen(&desk, 80, 24);
    assert!(screen[0].contains("cut off"), "{screen:?}");
    assert_eq!(screen[23], "cut off, trying again: connection refused");
}
