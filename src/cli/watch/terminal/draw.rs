//! How a desk looks, in any size: the activity in hand on top, then the list, then what keys do.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Block, Clear, Paragraph, Wrap};

use super::desk::{Desk, Details, Link, Mode, Wanted, sign};
use super::keys::AFTER;
use super::pool::Hand;
use super::time::{minute, overdue, snoozes};
use crate::api::pb;
use crate::cli::time::{instant, local};
use crate::cli::watch::board::printable;

/// The least rows of the list, and the most of what is said at the bottom.
const LEAST_LIST: u16 = 2;
const MOST_SAID: u16 = 3;

/// Draws all of it.
pub(super) fn draw(desk: &Desk, frame: &mut Frame<'_>) {
    let area = frame.area();
    let (card, footer) = (card(desk), footer(desk));
    let said = rows_of(&footer, area.width).clamp(1, MOST_SAID);
    let room = area.height.saturating_sub(1 + said + LEAST_LIST);
    let height = rows_of(&card, area.width).clamp(1, room.max(1));
    let parts =
        [Constraint::Length(1), Constraint::Length(height), Constraint::Min(0), Constraint::Length(said)];
    let [top, middle, list, bottom] = Layout::vertical(parts).areas(area);

    frame.render_widget(Paragraph::new(header(desk, area.width)).style(reversed()), top);
    frame.render_widget(Paragraph::new(card).wrap(Wrap { trim: true }), middle);
    frame.render_widget(Paragraph::new(rows(desk, list.height)), list);
    frame.render_widget(Paragraph::new(footer).style(reversed()).wrap(Wrap { trim: true }), bottom);

    // What lies over the list for a moment leaves the activity itself in view.
    let y = area.y + 3.min(area.height.saturating_sub(1));
    let over = Rect { y, height: bottom.y.saturating_sub(y), ..area };
    draw_over(desk, frame, over);
}

/// How many rows a text takes. Words wrap, so it may need a little more than its length says.
fn rows_of(text: &Text<'_>, width: u16) -> u16 {
    let width = usize::from(width.max(1));
    let rows = |line: &Line<'_>| match line.width() {
        length if length <= width => 1,
        length => length.div_ceil(width.saturating_sub(width / 8).max(1)),
    };
    u16::try_from(text.lines.iter().map(rows).sum::<usize>()).unwrap_or(u16::MAX)
}

fn header(desk: &Desk, width: u16) -> String {
    let counts = desk.board.counts();
    let link = match &desk.link {
        Link::Connecting => "connecting",
        Link::Live => "live",
        Link::Away(_) => "cut off",
    };
    let left = format!("{}  {} due, {} snoozed  {link}", desk.board.queue(), counts.due, counts.snoozed);
    let time = local(desk.now, "%H:%M:%S");
    let gap = usize::from(width).saturating_sub(left.chars().count() + time.len());
    if gap < 2 { left } else { format!("{left}{:gap$}{time}", "") }
}

/// The activity in hand: with whom, how late, how they are reached, and what to say.
fn card(desk: &Desk) -> Text<'static> {
    let Some(activity) = desk.current() else { return Text::from(nothing(desk)) };
    let bold = Style::default().add_modifier(Modifier::BOLD);
    let due = activity.due_time.as_ref();
    let late = due.and_then(instant).map(|due| overdue(due, desk.now)).unwrap_or_default();
    let since = due.map(minute).unwrap_or_default();
    let sequence = activity.sequence.trim_start_matches("sequences/");
    let place = match sequence {
        "" => "made by hand".to_owned(),
        _ => format!("{sequence}, step {} of {}", activity.step_number, activity.step_count),
    };

    let mut lines = vec![Line::styled(title(activity), bold), Line::from(format!("{late}, since {since}"))];
    match desk.known(activity) {
        Some(details) => {
            lines.extend(reach(details).into_iter().map(Line::from));
            lines.extend(details.script.lines().map(|line| Line::from(printable(line))));
        }
        None => lines.push(Line::from("…")),
    }
    if !activity.note.is_empty() {
        lines.push(Line::from(format!("note: {}", printable(&activity.note))));
    }
    // Last, as it matters least where there is no room.
    lines.extend([Line::from(place), Line::default()]);
    Text::from(lines)
}

fn nothing(desk: &Desk) -> String {
    let next = desk.board.next_due_time().map(minute);
    match (&desk.link, next) {
        (Link::Connecting, _) => "Connecting …".to_owned(),
        _ if !desk.filter.is_empty() && desk.pool.is_none() => unfiltered(desk),
        _ if desk.pool == Some(Hand::Resting) => {
            "You have no activity. Press a to take the next one.".to_owned()
        }
        (_, Some(next)) => format!("Nothing is due. Next at {next}."),
        (_, None) => "Nothing is due.".to_owned(),
    }
}

/// Says among how many nothing fits the filter.
fn unfiltered(desk: &Desk) -> String {
    let (listed, due) = (desk.board.activities().len(), desk.board.counts().due);
    if usize::try_from(due).is_ok_and(|due| due > listed) {
        return format!("None of the first {listed} fits the filter; {due} are due (--window shows more).");
    }
    "Nothing that is due fits the filter.".to_owned()
}

fn reach(details: &Details) -> Vec<String> {
    let phones = details.phones.iter().map(|phone| format!("phone {}", printable(phone)));
    let email = Some(&details.email).filter(|email| !email.is_empty());
    let email = email.map(|email| format!("mail {}", printable(email)));
    let reach: Vec<_> = phones.chain(email).collect();
    if reach.is_empty() { vec!["no phone, no mail".to_owned()] } else { reach }
}

fn title(activity: &pb::Activity) -> String {
    let step = printable(&activity.display_name);
    format!("{} {step}: {}", sign(activity.kind()), printable(&activity.record_display_name))
}

/// As many rows as there is room for: the next activity always, and the one in hand.
fn rows(desk: &Desk, height: u16) -> Text<'static> {
    let (shown, in_hand) = (desk.shown(), desk.position());
    let current = desk.current().map(|activity| &activity.name);
    let room = usize::from(height);
    // The first row is the next activity; the others begin where the one in hand is the last.
    let from = (in_hand + 2).saturating_sub(room).max(1);
    let visible = (0..shown.len()).filter(|at| *at == 0 || *at >= from).take(room);

    let row = |at: usize| {
        let style = if current == Some(&shown[at].name) { reversed() } else { Style::default() };
        let due = shown[at].due_time.as_ref().map(minute).unwrap_or_default();
        let mark = match (shown[at].followed, &shown[at].lease) {
            (true, _) => "*",
            // Somebody has it.
            (false, Some(_)) => "=",
            (false, None) => " ",
        };
        Line::styled(format!("{due} {mark}{}", title(shown[at])), style)
    };
    Text::from(visible.map(row).collect::<Vec<_>>())
}

fn footer(desk: &Desk) -> Text<'static> {
    let hint = match (&desk.mode, &desk.link) {
        (Mode::Filter, _) => format!("/{}_", desk.filter),
        (Mode::Note { .. }, _) => "Enter completes, Esc goes back".to_owned(),
        (Mode::Text { wanted: Wanted::Note, .. }, _) => "Enter keeps it, Esc goes back".to_owned(),
        (Mode::Text { wanted: Wanted::Queue, .. }, _) => "Enter gives it away, Esc goes back".to_owned(),
        (Mode::Text { wanted: Wanted::Made, .. }, _) => "Enter makes it, Esc goes back".to_owned(),
        (Mode::Outcomes(_) | Mode::Snoozes(_) | Mode::After(_), _) => {
            "1-9 or Enter takes one, Esc none".to_owned()
        }
        (Mode::Page { .. }, _) => "j, k scroll; any other key goes back".to_owned(),
        _ if !desk.said.is_empty() => desk.said.clone(),
        (_, Link::Away(why)) => format!("cut off, trying again: {why}"),
        _ if !desk.filter.is_empty() => format!("filter: {} (Esc ends it)", desk.filter),
        _ => "c done  s skip  z snooze  u undo  ? help".to_owned(),
    };
    Text::from(hint.lines().map(|line| Line::from(printable(line))).collect::<Vec<_>>())
}

/// What lies over the list for a moment.
fn draw_over(desk: &Desk, frame: &mut Frame<'_>, area: Rect) {
    let (title, text, from) = match &desk.mode {
        Mode::List | Mode::Filter => return,
        Mode::Outcomes(at) => ("How did the call go?", choices(&desk.outcomes, *at), *at),
        Mode::After(at) => ("And now?", choices(&AFTER.map(str::to_owned), *at), *at),
        Mode::Note { note, .. } => typed("A note? Enter alone: none", note, area),
        Mode::Text { wanted: Wanted::Note, text } => typed("The note", text, area),
        Mode::Text { wanted: Wanted::Queue, text } => typed("To whom? A seller, or teams/…", text, area),
        Mode::Text { wanted: Wanted::Made, text } => {
            typed("What? call …, email …, text …, meet …, or a task", text, area)
        }
        Mode::Snoozes(at) => {
            ("Until when?", choices(&snoozes(desk.now).map(|(words, _)| words.to_owned()), *at), *at)
        }
        Mode::Page { title, lines, from } => {
            let lines = lines.iter().map(|line| Line::from(printable(line)));
            (*title, Text::from(lines.collect::<Vec<_>>()), *from)
        }
    };

    // Choices scroll only as far as the chosen one needs.
    let inside = usize::from(area.height.saturating_sub(2)).max(1);
    let from = match &desk.mode {
        Mode::Page { .. } => from,
        _ => (from + 1).saturating_sub(inside),
    };
    let from = u16::try_from(from).unwrap_or(u16::MAX);
    let shown = Paragraph::new(text).wrap(Wrap { trim: false }).scroll((from, 0));
    frame.render_widget(Clear, area);
    frame.render_widget(shown.block(Block::bordered().title(title)), area);
}

/// A text that is typed. The end of a long one is in view, where it is typed.
fn typed(title: &'static str, text: &str, area: Rect) -> (&'static str, Text<'static>, usize) {
    let rows = broken(&format!("{}_", printable(text)), usize::from(area.width.saturating_sub(2)));
    let last = rows.len() - 1;
    (title, Text::from_iter(rows), last)
}

/// A text in rows of this width, broken wherever a row is full; at least one.
fn broken(text: &str, width: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut room = width;
    for letter in text.chars() {
        let wide = Span::raw(letter.to_string()).width();
        if wide > room {
            rows.push(String::new());
            room = width;
        }
        room = room.saturating_sub(wide);
        rows.last_mut().expect("at least one").push(letter);
    }
    rows
}

fn choices(texts: &[String], at: usize) -> Text<'static> {
    let line = |(index, text): (usize, &String)| {
        let style = if index == at { reversed() } else { Style::default() };
        Line::styled(format!("{} {}", index + 1, printable(text)), style)
    };
    Text::from(texts.iter().enumerate().map(line).collect::<Vec<_>>())
}

fn reversed() -> Style {
    Style::default().add_modifier(Modifier::REVERSED)
}

#[cfg(test)]
mod tests;
