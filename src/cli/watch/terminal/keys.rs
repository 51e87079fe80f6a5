//! What a key does. Pure: what is to be carried out is returned.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::desk::{Act, Desk, Mode, Wanted};
use super::pool::Hand;
use super::time::snoozes;
use crate::api::pb::activity::Kind;
use crate::domain::names;

const HELP: &str = "\
c, Enter  complete; a call asks for its outcome, and all ask for a note
s         skip
z         snooze
u         undo what you completed, skipped or snoozed last
w         skip the wait that followed what you did
f         follow, or stop following
n         write a note and leave it open
r         give it to another seller or team
m         make another activity for the same person: say what, like `call about the offer`;
          begins with call, email, text or meet, or else it is a task
d         cancel it, if somebody made it by hand
t         the record's timeline
v         all there is to say
x         with --lease: give it back, and take no other
a         with --lease: take the next one
j, k      another activity (or the arrows)
g         the next activity
/         filter by kind, step or person
Esc       end the filter
?         this help
q         quit";

/// Where a seller can go after an activity is done.
pub(super) const AFTER: [&str; 2] = ["the next activity", "stay with the person"];

impl Desk {
    /// Does what a key means now.
    pub(super) fn key(&mut self, key: KeyEvent) -> Option<Act> {
        if key.code == KeyCode::Char('c') && key.modifiers.contains(KeyModifiers::CONTROL) {
            return Some(Act::Quit);
        }
        match self.mode {
            Mode::List => self.list_key(key.code),
            Mode::Outcomes(at) => self.outcome_key(key.code, at),
            Mode::Note { .. } => self.note_key(key.code),
            Mode::Snoozes(at) => self.snooze_key(key.code, at),
            Mode::After(at) => self.after_key(key.code, at),
            Mode::Text { .. } => self.text_key(key.code),
            Mode::Filter => {
                self.filter_key(key.code);
                None
            }
            Mode::Page { .. } => {
                self.page_key(key.code);
                None
            }
        }
    }

    fn list_key(&mut self, code: KeyCode) -> Option<Act> {
        self.said.clear();
        match code {
            KeyCode::Char('q') => return Some(Act::Quit),
            KeyCode::Char('?') => self.open("Keys", HELP.lines().map(str::to_owned).collect()),
            KeyCode::Char('/') => self.mode = Mode::Filter,
            KeyCode::Esc => self.set_filter(""),
            KeyCode::Char('a') if self.pool == Some(Hand::Resting) => self.pool = Some(Hand::Empty),
            KeyCode::Char('x') if self.pool.is_some() => return self.give_back().map(Act::GiveBack),
            KeyCode::Down | KeyCode::Char('j') => self.choose(self.position() + 1),
            KeyCode::Up | KeyCode::Char('k') => self.choose(self.position().saturating_sub(1)),
            KeyCode::Home | KeyCode::Char('g') => self.choose(0),
            KeyCode::Char('w') => return self.skip_wait(),
            KeyCode::Char('u') => return self.undo(),
            other => return self.activity_key(other),
        }
        None
    }

    /// Does something with the activity in hand.
    fn activity_key(&mut self, code: KeyCode) -> Option<Act> {
        let activity = self.current()?.clone();

        match code {
            KeyCode::Char('c') | KeyCode::Enter if activity.kind() == Kind::PhoneCall => {
                match self.outcomes.is_empty() {
                    // They couldn't be read.
                    true => self.want_outcomes(),
                    false => self.mode = Mode::Outcomes(0),
                }
            }
            KeyCode::Char('c') | KeyCode::Enter => self.ask_for_note(String::new()),
            KeyCode::Char('s') => {
                self.put_aside(&activity);
                return Some(Act::Skip { activity });
            }
            KeyCode::Char('z') => self.mode = Mode::Snoozes(0),
            KeyCode::Char('f') => return Some(Act::Follow { followed: !activity.followed, activity }),
            KeyCode::Char('n') => self.mode = Mode::Text { wanted: Wanted::Note, text: activity.note },
            KeyCode::Char('r') => self.mode = Mode::Text { wanted: Wanted::Queue, text: String::new() },
            KeyCode::Char('m') => self.mode = Mode::Text { wanted: Wanted::Made, text: String::new() },
            KeyCode::Char('d') if activity.enrollment.is_empty() => {
                self.put_aside(&activity);
                return Some(Act::Cancel { activity });
            }
            KeyCode::Char('d') => self.say("only what somebody made by hand can be canceled".to_owned()),
            KeyCode::Char('t') => return Some(Act::Timeline { activity }),
            KeyCode::Char('v') => match self.known(&activity).map(|details| details.script.clone()) {
                Some(script) if script.is_empty() => self.say("there is no more to say".to_owned()),
                Some(script) => self.open("Script", script.lines().map(str::to_owned).collect()),
                // It couldn't be read, or isn't yet.
                None => self.ask_again(&activity),
            },
            _ => {}
        }
        None
    }

    fn skip_wait(&mut self) -> Option<Act> {
        let Some(enrollment) = self.waiting.take() else {
            self.say("no wait followed what you did last".to_owned());
            return None;
        };
        Some(Act::SkipWait { enrollment })
    }

    fn undo(&mut self) -> Option<Act> {
        let Some(undoable) = self.undoable.pop() else {
            self.say("nothing that you did here is left to undo".to_owned());
            return None;
        };
        self.say(format!("undoing {} …", undoable.title));
        Some(Act::Undo(undoable))
    }

    fn outcome_key(&mut self, code: KeyCode, at: usize) -> Option<Act> {
        let at = self.pick(code, at, self.outcomes.len(), Mode::Outcomes)?;
        self.ask_for_note(self.outcomes[at].clone());
        None
    }

    fn ask_for_note(&mut self, outcome: String) {
        self.mode = Mode::Note { outcome, note: String::new() };
    }

    fn note_key(&mut self, code: KeyCode) -> Option<Act> {
        let Mode::Note { outcome, note } = &mut self.mode else { return None };
        match code {
            KeyCode::Enter => {
                let (outcome, note) = (std::mem::take(outcome), std::mem::take(note));
                let activity = self.current()?.clone();
                self.put_aside(&activity);
                return Some(Act::Complete { activity, outcome, note });
            }
            KeyCode::Esc => self.mode = Mode::List,
            other => edit(note, other),
        }
        None
    }

    fn text_key(&mut self, code: KeyCode) -> Option<Act> {
        let Mode::Text { wanted, text } = &mut self.mode else { return None };
        match code {
            KeyCode::Enter => {
                let (wanted, text) = (*wanted, std::mem::take(text));
                self.mode = Mode::List;
                return self.typed(wanted, text);
            }
            KeyCode::Esc => self.mode = Mode::List,
            other => edit(text, other),
        }
        None
    }

    fn typed(&mut self, wanted: Wanted, text: String) -> Option<Act> {
        let (activity, is_blank) = (self.current()?.clone(), text.trim().is_empty());
        match wanted {
            Wanted::Note => Some(Act::Note { activity, note: text }),
            Wanted::Made => Some(Act::Make { record: activity.record, text }).filter(|_| !is_blank),
            Wanted::Queue if is_blank => None,
            Wanted::Queue => {
                self.put_aside(&activity);
                // Most go to a seller.
                let queue = if text.contains('/') { text } else { names::SELLER.name([&text]) };
                Some(Act::Reassign { activity, queue })
            }
        }
    }

    fn snooze_key(&mut self, code: KeyCode, at: usize) -> Option<Act> {
        let choices = snoozes(self.now);
        let at = self.pick(code, at, choices.len(), Mode::Snoozes)?;
        let (activity, until) = (self.current()?.clone(), choices[at].1);
        self.put_aside(&activity);
        Some(Act::Snooze { activity, until })
    }

    fn after_key(&mut self, code: KeyCode, at: usize) -> Option<Act> {
        let at = self.pick(code, at, AFTER.len(), Mode::After)?;
        self.mode = Mode::List;
        let activity = self.closed.take()?;
        (at == 1).then_some(Act::Timeline { activity })
    }

    /// Moves in a list of choices; returns the one that was taken.
    fn pick(&mut self, code: KeyCode, at: usize, count: usize, mode: fn(usize) -> Mode) -> Option<usize> {
        let last = count.saturating_sub(1);
        match code {
            KeyCode::Down | KeyCode::Char('j') => self.mode = mode((at + 1).min(last)),
            KeyCode::Up | KeyCode::Char('k') => self.mode = mode(at.saturating_sub(1)),
            KeyCode::Esc | KeyCode::Char('q') => self.mode = Mode::List,
            KeyCode::Enter => return Some(at).filter(|at| *at < count),
            KeyCode::Char(digit) => {
                let number = digit.to_digit(10)? as usize;
                return number.checked_sub(1).filter(|at| *at < count);
            }
            _ => {}
        }
        None
    }

    fn filter_key(&mut self, code: KeyCode) {
        let mut filter = self.filter.clone();
        match code {
            KeyCode::Enter => self.mode = Mode::List,
            KeyCode::Esc => {
                filter.clear();
                self.mode = Mode::List;
            }
            KeyCode::Backspace => _ = filter.pop(),
            KeyCode::Char(letter) => filter.push(letter),
            _ => {}
        }
        self.set_filter(&filter);
    }

    fn set_filter(&mut self, filter: &str) {
        self.filter = filter.to_owned();
        self.settle();
    }

    fn page_key(&mut self, code: KeyCode) {
        let Mode::Page { lines, from, .. } = &mut self.mode else { return };
        match code {
            KeyCode::Down | KeyCode::Char('j') => *from = (*from + 1).min(lines.len().saturating_sub(1)),
            KeyCode::Up | KeyCode::Char('k') => *from = from.saturating_sub(1),
            _ => self.mode = Mode::List,
        }
    }
}

/// Types a letter, or takes the last one back.
fn edit(text: &mut String, code: KeyCode) {
    match code {
        KeyCode::Backspace => _ = text.pop(),
        KeyCode::Char(letter) => text.push(letter),
        _ => {}
    }
}

#[cfg(test)]
pub(super) mod tests;
