//! A seller's terminal: the queue, live, and keys to work on it.

mod calls;
mod desk;
mod draw;
mod keys;
mod pool;
mod time;

use std::time::Duration;

use futures::future::BoxFuture;
use futures::stream::{FuturesUnordered, StreamExt as _};
use ratatui::crossterm::event::{self, KeyEventKind};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::stream::{Message, Stream};
use crate::api::pb;
use crate::api::pb::seller::AfterCompletion;
use crate::cli::client::Calls;
use crate::clock::Clock;
use calls::Done;
pub(in crate::cli) use calls::happened;
use desk::{Act, Desk, Details, Undoable};

/// How often the clock on the screen moves.
const SECOND: Duration = Duration::from_secs(1);

/// What the terminal hears from outside.
enum Heard {
    Key(event::KeyEvent),
    /// The window has another size.
    Resized,
    Message(Message),
    /// The server can't be reached, and why.
    Away(String),
}

/// What a call came to.
enum Answer {
    Outcomes(Vec<String>),
    /// Where the seller wants to go after an activity is done.
    Preference(AfterCompletion),
    /// What is known of an activity.
    Details(String, Details),
    /// What is planned for a record, and what happened to it.
    Timeline(Vec<String>),
    /// Something was done with an activity.
    Done(String, anyhow::Result<Done>),
    WaitSkipped(String),
    /// Something about an activity was changed, and it stays.
    Updated(String),
    /// What an undo came to.
    Undone(Undoable, anyhow::Result<()>),
    /// What was taken from the pool. `None` if there was nothing.
    Taken(Box<anyhow::Result<Option<pb::AcquiredActivity>>>),
    /// Whether the lease of an activity lasts on.
    Extended(String, anyhow::Result<()>),
    Failed(anyhow::Error),
}

/// The calls that aren't answered yet.
type Asked = FuturesUnordered<BoxFuture<'static, Answer>>;

/// Shows a queue until its seller quits. With `lease`, the seller takes one activity at a time.
///
/// # Errors
/// The queue can't be followed; the terminal can't be drawn on.
pub(super) async fn run(calls: Calls, stream: Stream, queue: &str, lease: bool) -> anyhow::Result<()> {
    let (heard, hears) = unbounded_channel();
    let unread = |_| std::io::Error::from(std::io::ErrorKind::BrokenPipe);
    let show = |message| heard.send(Heard::Message(message)).map_err(unread);
    let away = |why: &str| _ = heard.send(Heard::Away(why.to_owned()));

    let desk = if lease { Desk::from_pool(queue) } else { Desk::new(queue) };

    // If it panics, the terminal is given back, too.
    let terminal = ratatui::try_init()?;
    read_keys(heard.clone());
    let ended = tokio::select! {
        ended = stream.follow(show, away) => ended,
        ended = work(terminal, calls, desk, hears) => ended,
    };
    ratatui::restore();
    ended
}

/// Draws whatever is heard, and does what keys ask for, until one ends it.
async fn work(
    mut terminal: ratatui::DefaultTerminal,
    calls: Calls,
    mut desk: Desk,
    mut hears: UnboundedReceiver<Heard>,
) -> anyhow::Result<()> {
    let (clock, mut asked) = (Clock::system(), Asked::new());
    let mut seconds = tokio::time::interval(SECOND);
    asked.push(Box::pin(calls::preference(calls.clone())));

    loop {
        desk.now = clock.now();
        if desk.take_outcomes_wanted() {
            asked.push(Box::pin(calls::outcomes(calls.clone())));
        }
        if let Some(unknown) = desk.take_unknown() {
            asked.push(Box::pin(calls::details(calls.clone(), unknown)));
        }
        if let Some(ask) = desk.take_ask() {
            asked.push(Box::pin(calls::ask(calls.clone(), ask)));
        }
        terminal.draw(|frame| draw::draw(&desk, frame))?;

        let act = tokio::select! {
            Some(heard) = hears.recv() => hear(&mut desk, heard),
            Some(answer) = asked.next() => take(&mut desk, answer),
            _ = seconds.tick() => None,
        };
        match act {
            None => {}
            Some(Act::Quit) => {
                give_back(desk, calls).await;
                return Ok(());
            }
            Some(act) => asked.push(calls::carry_out(calls.clone(), act)),
        }
    }
}

/// Gives back what was taken, if the server answers soon. Otherwise the lease ends by itself.
async fn give_back(mut desk: Desk, calls: Calls) {
    if let Some(taken) = desk.give_back() {
        let _ = tokio::time::timeout(SECOND, calls::give_back(calls, taken)).await;
    }
}

/// Reads keys on a thread of its own, which ends with the process: nothing else can stop a read.
fn read_keys(heard: UnboundedSender<Heard>) {
    std::thread::spawn(move || {
        while let Ok(event) = event::read() {
            let sent = match event {
                event::Event::Key(key) if key.kind != KeyEventKind::Release => heard.send(Heard::Key(key)),
                event::Event::Resize(..) => heard.send(Heard::Resized),
                _ => Ok(()),
            };
            if sent.is_err() {
                return;
            }
        }
    });
}

fn hear(desk: &mut Desk, heard: Heard) -> Option<Act> {
    match heard {
        Heard::Key(key) => return desk.key(key),
        Heard::Resized => {}
        Heard::Message(message) => desk.apply(message),
        Heard::Away(why) => desk.cut_off(why),
    }
    None
}

fn take(desk: &mut Desk, answer: Answer) -> Option<Act> {
    match answer {
        Answer::Outcomes(outcomes) => desk.outcomes = outcomes,
        Answer::Details(key, details) => _ = desk.details.insert(key, Some(details)),
        Answer::Timeline(lines) => desk.open("Timeline", lines),
        Answer::Preference(after) => desk.after = after,
        Answer::Done(activity, done) => return desk.done(&activity, done),
        Answer::WaitSkipped(said) | Answer::Updated(said) => desk.say(said),
        Answer::Undone(undoable, undone) => desk.undone(undoable, undone),
        Answer::Taken(taken) => desk.took(*taken),
        Answer::Extended(activity, extended) => desk.extended(&activity, extended),
        // What became of a key matters more than what couldn't be read.
        Answer::Failed(error) if desk.said.is_empty() => desk.say(format!("{error:#}")),
        Answer::Failed(_) => {}
    }
    None
}
