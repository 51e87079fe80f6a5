//! What is on a seller's desk: the queue, the activity in hand, and what else is shown.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::calls::Done;
use super::pool::{Hand, Taken};
use crate::api::pb;
use crate::api::pb::activity::{Content, Kind};
use crate::api::pb::seller::AfterCompletion;
use crate::cli::watch::board::Board;
use crate::cli::watch::stream::Message;

/// Everything that is shown.
pub(super) struct Desk {
    pub(super) board: Board,
    pub(super) link: Link,
    pub(super) now: DateTime<Utc>,
    /// The activity in hand. It stays there until it leaves the queue, whatever comes before it: a
    /// key never means an activity that appeared a moment ago.
    in_hand: String,
    pub(super) mode: Mode,
    pub(super) filter: String,
    /// The outcomes that a phone call may have.
    pub(super) outcomes: Vec<String>,
    /// Whether they are to be asked for.
    outcomes_wanted: bool,
    /// What is known of activities beyond the list, by name and etag. `None` while it is asked for.
    pub(super) details: HashMap<String, Option<Details>>,
    /// Activities that the server was told about, with the etag that they had then.
    leaving: HashMap<String, String>,
    /// The enrollment that waits because of what was done last.
    pub(super) waiting: Option<String>,
    /// What was completed, skipped and snoozed here and can be undone, the last one at the end.
    pub(super) undoable: Vec<Undoable>,
    /// Where the seller wants to go after an activity is done.
    pub(super) after: AfterCompletion,
    /// What was done last, while it is asked what is next.
    pub(super) closed: Option<pb::Activity>,
    /// The latest message at the bottom.
    pub(super) said: String,
    /// What the seller has of the queue, if it is worked as a pool.
    pub(super) pool: Option<Hand>,
}

/// Whether the list is in step with the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Link {
    Connecting,
    Live,
    /// Cut off, and why. It is tried again until it is back.
    Away(String),
}

/// What keys mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    List,
    /// Which outcome is chosen.
    Outcomes(usize),
    /// A note is typed, after the outcome was chosen. Empty for what has no outcome.
    Note {
        outcome: String,
        note: String,
    },
    /// Which time to snooze is chosen.
    Snoozes(usize),
    /// A text is typed.
    Text {
        wanted: Wanted,
        text: String,
    },
    /// Whether to go on or to stay is chosen, after an activity is done.
    After(usize),
    Filter,
    /// A text to read, from this line on.
    Page {
        title: &'static str,
        lines: Vec<String>,
        from: usize,
    },
}

/// What a typed text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// The note of an activity that stays open.
    Note,
    /// The queue where an activity goes.
    Queue,
    /// What a new activity is.
    Made,
}

/// What is known of an activity beyond the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Details {
    pub(super) phones: Vec<String>,
    pub(super) email: String,
    /// The script of a call, or what the step says.
    pub(super) script: String,
}

/// An activity that was completed, skipped or snoozed here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Undoable {
    pub(super) activity: String,
    /// What it was, and about whom.
    pub(super) title: String,
    /// Whether it was snoozed.
    pub(super) is_snoozed: bool,
}

/// What is to be done beyond the desk.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Act {
    Quit,
    Complete { activity: pb::Activity, outcome: String, note: String },
    Skip { activity: pb::Activity },
    Snooze { activity: pb::Activity, until: DateTime<Utc> },
    Follow { activity: pb::Activity, followed: bool },
    Note { activity: pb::Activity, note: String },
    Reassign { activity: pb::Activity, queue: String },
    Cancel { activity: pb::Activity },
    Make { record: String, text: String },
    SkipWait { enrollment: String },
    Undo(Undoable),
    Timeline { activity: pb::Activity },
    GiveBack(Taken),
}

impl Desk {
    /// An empty desk.
    pub(super) fn new(queue: &str) -> Self {
        Self {
            board: Board::new(queue),
            link: Link::Connecting,
            now: DateTime::<Utc>::MIN_UTC,
            in_hand: String::new(),
            mode: Mode::List,
            filter: String::new(),
            outcomes: Vec::new(),
            outcomes_wanted: true,
            details: HashMap::new(),
            leaving: HashMap::new(),
            waiting: None,
            undoable: Vec::new(),
            after: AfterCompletion::Next,
            closed: None,
            said: String::new(),
            pool: None,
        }
    }

    /// Applies a message of the stream.
    pub(super) fn apply(&mut self, message: Message) {
        self.board.apply(message);
        let was_away = std::mem::replace(&mut self.link, Link::Live) != Link::Live;
        if was_away {
            // It was about the outage.
            self.said.clear();
        }

        // What was asked for while the server was away is asked for again.
        let listed: HashSet<_> = self.board.activities().iter().map(known_as).collect();
        self.leaving.retain(|name, etag| listed.contains(&format!("{name} {etag}")));
        self.details.retain(|key, known| listed.contains(key) && !(was_away && known.is_none()));

        self.watch_hand();
        let before = self.in_hand.clone();
        self.settle();
        let choosing =
            matches!(self.mode, Mode::Outcomes(_) | Mode::Note { .. } | Mode::Snoozes(_) | Mode::Text { .. });
        // What is taken from a pool stays, whatever the list does.
        if self.pool.is_none() && self.in_hand != before && choosing {
            self.mode = Mode::List;
            self.say("the activity has left this queue".to_owned());
        }
    }

    /// The server can't be reached. The list stays as it was.
    pub(super) fn cut_off(&mut self, why: String) {
        self.link = Link::Away(why);
        self.said.clear();
    }

    /// The activities to show, the next one first: those that fit the filter and aren't done.
    pub(super) fn shown(&self) -> Vec<&pb::Activity> {
        let wanted = self.filter.to_lowercase();
        let fits = |activity: &&pb::Activity| {
            let texts = [sign(activity.kind()), &activity.display_name, &activity.record_display_name];
            !self.leaving.contains_key(&activity.name) && texts.join(" ").to_lowercase().contains(&wanted)
        };
        self.board.activities().iter().filter(fits).collect()
    }

    /// Where the activity in hand stands among those that are shown.
    pub(super) fn position(&self) -> usize {
        let position = self.shown().iter().position(|activity| activity.name == self.in_hand);
        position.unwrap_or_default()
    }

    /// The activity in hand: of a pool, the one that is taken, even if the list doesn't show it.
    pub(super) fn current(&self) -> Option<&pb::Activity> {
        if self.pool.is_none() {
            return self.shown().get(self.position()).copied();
        }
        let taken = self.taken().filter(|taken| !self.leaving.contains_key(&taken.activity.name))?;
        let listed = self.board.activities().iter().find(|listed| listed.name == taken.activity.name);
        Some(listed.unwrap_or(&taken.activity))
    }

    /// Takes another activity in hand.
    pub(super) fn choose(&mut self, position: usize) {
        let shown = self.shown();
        let chosen = shown.get(position).or(shown.last()).map(|activity| activity.name.clone());
        self.in_hand = chosen.unwrap_or_default();
    }

    /// Takes the next activity in hand if the last one is gone.
    pub(super) fn settle(&mut self) {
        self.choose(self.position());
    }

    /// The activity in hand, if nothing is known of it yet and nobody asked.
    pub(super) fn take_unknown(&mut self) -> Option<pb::Activity> {
        let current = self.current()?.clone();
        let key = known_as(&current);
        if self.details.contains_key(&key) {
            return None;
        }
        self.details.insert(key, None);
        Some(current)
    }

    /// Asks for the outcomes again.
    pub(super) fn want_outcomes(&mut self) {
        self.outcomes_wanted = true;
        self.say("asking for the outcomes of calls …".to_owned());
    }

    /// Whether to ask for the outcomes. Once for each time that they are wanted.
    pub(super) fn take_outcomes_wanted(&mut self) -> bool {
        std::mem::take(&mut self.outcomes_wanted)
    }

    /// Asks again for what is known of an activity beyond the list.
    pub(super) fn ask_again(&mut self, activity: &pb::Activity) {
        self.details.remove(&known_as(activity));
    }

    /// What is known of an activity.
    pub(super) fn known(&self, activity: &pb::Activity) -> Option<&Details> {
        self.details.get(&known_as(activity))?.as_ref()
    }

    /// Puts an activity aside while the server is told what was done with it.
    pub(super) fn put_aside(&mut self, activity: &pb::Activity) {
        self.leaving.insert(activity.name.clone(), activity.etag.clone());
        self.waiting = None;
        self.mode = Mode::List;
        // The next one, not one further down the list.
        self.choose(0);
    }

    /// The server answered what was done; what it refused is shown again. Returns what follows if
    /// the seller wants to stay with the person.
    pub(super) fn done(&mut self, activity: &str, done: anyhow::Result<Done>) -> Option<Act> {
        let mut closed = None;

        match done {
            Ok(done) => {
                closed = done.closed;
                if self.taken().is_some_and(|taken| taken.activity.name == activity) {
                    self.let_go("");
                }
                self.waiting = done.waiting;
                self.undoable.extend(done.undoable);
                self.say(done.said);
            }
            Err(error) => {
                self.leaving.remove(activity);
                self.say(format!("{error:#}"));
            }
        }
        self.settle();
        // Whoever does something else by now isn't interrupted.
        self.go_on(*closed.filter(|_| self.mode == Mode::List)?)
    }

    /// Goes on as the seller wants after an activity is closed.
    fn go_on(&mut self, activity: pb::Activity) -> Option<Act> {
        match self.after {
            AfterCompletion::Stay => return Some(Act::Timeline { activity }),
            AfterCompletion::Ask => {
                self.closed = Some(activity);
                self.mode = Mode::After(0);
            }
            AfterCompletion::Next | AfterCompletion::Unspecified => {}
        }
        None
    }

    /// The server answered an undo. What it refused once, it refuses again.
    pub(super) fn undone(&mut self, undoable: Undoable, undone: anyhow::Result<()>) {
        match undone {
            Ok(()) => {
                // The wait that followed is taken back, too.
                self.waiting = None;
                self.say(format!("{}: open again", undoable.title));
            }
            Err(error) => self.say(format!("{}: {error:#}", undoable.title)),
        }
    }

    /// Says something at the bottom.
    pub(super) fn say(&mut self, said: String) {
        self.said = said;
    }

    /// Shows a text to read.
    pub(super) fn open(&mut self, title: &'static str, lines: Vec<String>) {
        self.mode = Mode::Page { title, lines, from: 0 };
    }
}

/// What a typed text asks for: its first word may be a kind, else it is a task.
pub(super) fn asked_for(text: &str) -> (Content, String) {
    let (first, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let content = match first.to_lowercase().as_str() {
        "call" => Content::PhoneCall(pb::PhoneCallContent::default()),
        "email" => Content::Email(pb::EmailContent::default()),
        "text" => Content::TextMessage(pb::TextMessageContent::default()),
        "meet" => Content::Appointment(pb::AppointmentContent::default()),
        _ => return (Content::Task(pb::TaskContent {}), text.trim().to_owned()),
    };
    // Without more words, the kind's name says it.
    let name = if rest.is_empty() { String::new() } else { text.trim().to_owned() };
    (content, name)
}

/// What details are kept by: other details may belong to another etag.
pub(super) fn known_as(activity: &pb::Activity) -> String {
    format!("{} {}", activity.name, activity.etag)
}

/// A kind of activity in one word.
pub(super) fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::PhoneCall => "CALL",
        Kind::Email => "MAIL",
        Kind::Task => "TASK",
        Kind::TextMessage => "TEXT",
        Kind::LinkedIn => "LINK",
        Kind::Appointment => "MEET",
        Kind::AutomatedEmail | Kind::AutomatedTextMessage => "AUTO",
        Kind::Unspecified => "",
    }
}
