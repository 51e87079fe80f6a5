//! The list that a client of `WatchWorkQueue` keeps: it does exactly what the proto's comments say,
//! or gets one thing wrong on purpose.

use upnext::api::pb;
use upnext::api::pb::{QueueUpdate, queue_snapshot, queue_update::removal, watch_work_queue_response::Event};
use upnext::feed::resume_token::Resume;
use upnext::store::database::doorbell::QueueKey;

use super::journal::{Journal, Revision, Shown, shown};
use super::pair::kind_of;

/// What a client gets wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    IgnoresRemovals,
    KeepsWhatIsUpserted,
    AppendsUpserts,
    IgnoresSnapshots,
    KeepsCounts,
    ForgetsTheEnd,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::IgnoresRemovals,
        Self::KeepsWhatIsUpserted,
        Self::AppendsUpserts,
        Self::IgnoresSnapshots,
        Self::KeepsCounts,
        Self::ForgetsTheEnd,
    ];
}

/// What a client has, and can go on from.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    pub list: Vec<pb::Activity>,
    pub counts: (i64, i64),
    pub revision: i64,
    pub token: String,
}

/// A state that a client showed, to be held against the journal.
struct Entry {
    token: String,
    revision: i64,
    counts: (i64, i64),
    list: Vec<Shown>,
    message: String,
}

/// The list, and what it was.
pub struct Mirror {
    key: QueueKey,
    fault: Option<Fault>,
    pub state: Kept,
    pub earlier: Vec<Kept>,
    entries: Vec<Entry>,
    /// As the last message has it.
    pub next_due_time: Option<prost_types::Timestamp>,
    /// Whether the last message was a heartbeat, which says what is so now.
    pub heartbeat: bool,
    /// Whether another history may have begun: then nobody knows why things left the list.
    pub restored: bool,
}

impl Mirror {
    pub fn new(key: QueueKey, fault: Option<Fault>) -> Self {
        Self {
            key,
            fault,
            state: Kept::default(),
            earlier: Vec::new(),
            entries: Vec::new(),
            next_due_time: None,
            heartbeat: false,
            restored: false,
        }
    }

    fn is(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    /// Does what a message says.
    pub fn apply(&mut self, response: pb::WatchWorkQueueResponse) -> Result<(), String> {
        let message = response.event.clone().ok_or("a message says nothing")?;
        let restored =
            matches!(&message, Event::Snapshot(it) if it.cause() == queue_snapshot::Cause::Restored);

        if response.queue_revision < self.state.revision && !restored {
            return Err(format!("revision {} comes after {}", response.queue_revision, self.state.revision));
        }
        self.heartbeat = matches!(message, Event::Heartbeat(_));
        let text = format!("{message:?}");
        let counts = match message {
            Event::Snapshot(snapshot) => {
                self.next_due_time = snapshot.next_due_time;
                if !self.is(Fault::IgnoresSnapshots) || self.state.revision == 0 {
                    self.state.list = snapshot.activities;
                }
                self.restored |= restored;
                snapshot.counts
            }
            Event::Update(update) => {
                self.next_due_time = update.next_due_time;
                let counts = update.counts;
                self.update(update)?;
                counts
            }
            Event::Heartbeat(heartbeat) => {
                self.next_due_time = heartbeat.next_due_time;
                heartbeat.counts
            }
            Event::Draining(_) => {
                return self.keep(&response, self.state.counts, text);
            }
        };
        let counts = counts.ok_or("a message without counts")?;
        self.keep(&response, (counts.due.into(), counts.snoozed.into()), text)
    }

    fn keep(
        &mut self,
        response: &pb::WatchWorkQueueResponse,
        counts: (i64, i64),
        text: String,
    ) -> Result<(), String> {
        if !self.is(Fault::KeepsCounts) || self.state.revision == 0 {
            self.state.counts = counts;
        }
        self.state.revision = response.queue_revision;
        self.state.token.clone_from(&response.resume_token);
        self.note(text);
        Ok(())
    }

    /// Removals, then upserts.
    fn update(&mut self, update: QueueUpdate) -> Result<(), String> {
        let mut list = std::mem::take(&mut self.state.list);
        for removal in update.removals {
            if removal.cause() == removal::Cause::Unspecified && !self.restored {
                return Err(format!("nobody knows why {} left", removal.activity));
            }
            list.retain(|row| row.name != removal.activity || self.is(Fault::IgnoresRemovals));
        }

        for upsert in update.upserts {
            if self.is(Fault::KeepsWhatIsUpserted) && list.iter().any(|row| row.name == upsert.name) {
                continue;
            }
            list.retain(|row| row.name != upsert.name);
            list.push(upsert);
        }

        if !self.is(Fault::AppendsUpserts) {
            list.sort_by(|one, other| one.order_key.as_bytes().cmp(other.order_key.as_bytes()));
        }
        if self.is(Fault::ForgetsTheEnd) {
            list.truncate(2);
        }
        self.state.list = list;
        Ok(())
    }

    fn note(&mut self, message: String) {
        if self.state.token.is_empty() {
            // The stream ended before it began.
            return;
        }
        let Kept { list, counts, revision, token } = &self.state;
        self.entries.push(Entry {
            token: token.clone(),
            revision: *revision,
            counts: *counts,
            list: shown(list),
            message,
        });
        self.earlier.push(self.state.clone());
    }

    /// Which revision it has; none before the first message.
    pub fn revision(&self) -> Option<Revision> {
        let resume = self.named_by(&self.state.token)?;
        Some((self.key.1, resume.revision, resume.stamp))
    }

    /// What narrows the stream of what it has. 0: nothing.
    pub fn filter(&self) -> u64 {
        self.named_by(&self.state.token).map_or(0, |resume| resume.filter)
    }

    fn named_by(&self, token: &str) -> Option<Resume> {
        Resume::read(token, self.key).expect("a token of this queue")
    }

    /// Holds every state that it showed since the last time against the journal.
    pub fn check(&mut self, journal: &Journal) -> Result<(), String> {
        for entry in std::mem::take(&mut self.entries) {
            let named = self.named_by(&entry.token).ok_or("a message without token")?;
            if named.revision != entry.revision {
                return Err(format!("the token of revision {} names {named:?}", entry.revision));
            }
            let page = journal.page(&(self.key.1, named.revision, named.stamp))?;
            let expected = page.first(named.window, kind_of(named.filter)?);
            if entry.list != expected || entry.counts != page.counts {
                return Err(format!(
                    "{:?} (window {}) at revision {}: the client has {:?} {:?}, the queue had {:?} {expected:?}, after {}",
                    self.key.1,
                    named.window,
                    entry.revision,
                    entry.counts,
                    entry.list,
                    page.counts,
                    entry.message
                ));
            }
        }

        Ok(())
    }
}
