//! `upnext worker intake`: tells a server what came back: replies, automatic replies and emails
//! that couldn't be delivered.

mod back;
mod reading;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::calls::{Refused, answered};
use crate::api::convert::timestamp;
use crate::api::pb;
use crate::api::pb::engagement_event::Kind;
use crate::api::pb::ingest_engagement_events_response::result::Result as Answer;
use crate::api::pb::record_service_client::RecordServiceClient;
use crate::api::pb::work_queue_service_client::WorkQueueServiceClient;
use crate::cli::client::{Calls, Server};
use reading::{News, Read};

/// Tell the server what came back.
#[derive(Debug, Args)]
pub struct Intake {
    #[command(flatten)]
    server: Server,
    /// Messages: files, folders and Maildirs; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Intake {
    /// Reads all messages and tells of each.
    ///
    /// # Errors
    /// The server can't be reached, or a file can't be read; the key doesn't admit to this.
    pub async fn run(self) -> anyhow::Result<()> {
        let calls = self.server.connect().await?;
        let mut files = Vec::new();
        for path in &self.files {
            list(path, &mut files)?;
        }
        for file in files {
            let said = tell(&calls, &bytes(&file)?).await?;
            println!("{}: {said}", file.display());
        }
        Ok(())
    }
}

/// Adds a file, or the files of a folder in their order: those of a Maildir are in `new` and `cur`.
fn list(path: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let unreadable = || format!("{} can't be read", path.display());
    let entries = fs::read_dir(path).with_context(unreadable)?;
    let mut entries = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    entries.sort();
    let is_mail = |name: &Path| name.ends_with("new") || name.ends_with("cur");
    for entry in entries {
        match entry.is_dir() {
            true if is_mail(&entry) => list(&entry, files)?,
            true => {}
            false => files.push(entry),
        }
    }
    Ok(())
}

fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    match path == Path::new("-") {
        true => _ = std::io::stdin().read_to_end(&mut bytes)?,
        false => bytes = fs::read(path).with_context(|| format!("{} can't be read", path.display()))?,
    }
    Ok(bytes)
}

/// Tells the server of a message. Returns what it was, in words.
async fn tell(calls: &Calls, bytes: &[u8]) -> anyhow::Result<String> {
    let Some(Read { event_id, activity, news, at }) = reading::read(bytes) else {
        return Ok("ignored: no reply to an email of upnext, and no failure of one".to_owned());
    };

    let queue = WorkQueueServiceClient::new(calls.clone());
    let asked = pb::GetActivityRequest { name: activity.clone(), ..Default::default() };
    let found = answered(&asked, |request| {
        let mut queue = queue.clone();
        async move { queue.get_activity(request).await }
    });
    let found = match found.await {
        Ok(found) => found.activity.unwrap_or_default(),
        Err(Refused::Always(error)) => return Err(error),
        Err(Refused::Here(why)) => return Ok(format!("ignored: {why}")),
    };
    if found.record.is_empty() {
        return Ok(format!("ignored: the record of {activity} is deleted"));
    }

    let event = pb::EngagementEvent {
        event_id,
        record: found.record.clone(),
        activity: activity.clone(),
        event_time: at.map(timestamp),
        kind: Some(kind(&news)),
    };
    let asked = pb::IngestEngagementEventsRequest { events: vec![event] };
    let records = RecordServiceClient::new(calls.clone());
    let told = answered(&asked, |request| {
        let mut records = records.clone();
        async move { records.ingest_engagement_events(request).await }
    });
    match told.await {
        Ok(told) => match told.results.into_iter().next().and_then(|result| result.result) {
            Some(Answer::Error(error)) => anyhow::bail!("{activity}: {}", error.message),
            _ => Ok(format!("{}: {activity}, {}", words(&news), found.record)),
        },
        Err(Refused::Always(error)) => Err(error),
        Err(Refused::Here(why)) => anyhow::bail!("{activity}: {why}"),
    }
}

fn kind(news: &News) -> Kind {
    match news {
        News::Replied => Kind::Replied(pb::EmailReplied {}),
        News::Bounced => Kind::Bounced(pb::EmailBounced {}),
        News::Away { back } => Kind::OutOfOffice(pb::OutOfOffice { return_time: back.map(timestamp) }),
    }
}

fn words(news: &News) -> String {
    match news {
        News::Replied => "replied".to_owned(),
        News::Bounced => "bounced".to_owned(),
        News::Away { back: None } => "out of office".to_owned(),
        News::Away { back: Some(back) } => format!("out of office until {}", back.date_naive()),
    }
}
