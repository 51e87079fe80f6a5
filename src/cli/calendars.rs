//! `upnext calendars`: enters holidays and time off from iCalendar files, by calling the server.

use std::io::{Read as _, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::client::{Server, readable};
use crate::api::pb;
use crate::api::pb::calendar_service_client::CalendarServiceClient;
use crate::api::pb::import_calendar_events_request::Target;

/// Calendars.
#[derive(Debug, Args)]
pub struct Calendars {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Enter the events of an iCalendar file (.ics) as holidays, or as time off. What is there
    /// already stays, so next year's file can be imported into the same calendar
    Import(Import),
}

#[derive(Debug, Args)]
struct Import {
    #[command(flatten)]
    server: Server,
    /// The file; - reads standard input
    file: PathBuf,
    /// The calendar: calendars/… or its id alone
    #[arg(long)]
    calendar: String,
    /// Enter the events as time off, like a seller's vacations
    #[arg(long)]
    time_off: bool,
    /// Only tell what would be entered
    #[arg(long)]
    dry_run: bool,
}

impl Calendars {
    /// Runs the command.
    ///
    /// # Errors
    /// The file or the server can't be read, or the server refuses.
    pub async fn run(self) -> anyhow::Result<()> {
        match self.verb {
            Verb::Import(import) => import.run().await,
        }
    }
}

impl Import {
    async fn run(self) -> anyhow::Result<()> {
        let content = read(&self.file).with_context(|| format!("can't read {}", self.file.display()))?;
        let request = pb::ImportCalendarEventsRequest {
            name: self.calendar,
            content,
            target: if self.time_off { Target::TimeOff } else { Target::Holidays }.into(),
            validate_only: self.dry_run,
            ..Default::default()
        };
        let mut calendars = CalendarServiceClient::new(self.server.connect().await?);
        let answer = calendars.import_calendar_events(request).await.map_err(readable)?.into_inner();

        let kind = if self.time_off { "periods of time off" } else { "holidays" };
        tell(&answer, kind, self.dry_run, &mut std::io::stdout())?;
        Ok(())
    }
}

fn read(file: &PathBuf) -> std::io::Result<String> {
    if file.as_os_str() != "-" {
        return std::fs::read_to_string(file);
    }
    let mut content = String::new();
    std::io::stdin().read_to_string(&mut content)?;
    Ok(content)
}

/// Writes what became of the events.
fn tell(
    answer: &pb::ImportCalendarEventsResponse,
    kind: &str,
    dry_run: bool,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let verb = if dry_run { "would be added" } else { "added" };
    let (added, existing, past) = (answer.added_count, answer.existing_count, answer.past_count);
    writeln!(out, "{added} {kind} {verb}, {existing} there already, {past} events past")?;
    for skipped in &answer.skipped_events {
        let name = if skipped.display_name.is_empty() { "an event" } else { &skipped.display_name };
        writeln!(out, "skipped: {name} {}", skipped.reason)?;
    }
    let more = usize::try_from(answer.skipped_count).unwrap_or(0).saturating_sub(answer.skipped_events.len());
    if more > 0 {
        writeln!(out, "… and {more} more")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_and_what_was_skipped_is_told() {
        let skipped = pb::import_calendar_events_response::SkippedEvent {
            display_name: "Stand-up".to_owned(),
            reason: "has no DTEND".to_owned(),
        };
        let (added_count, skipped_count) = (9, 3);
        let skipped_events = vec![skipped];
        let answer = pb::ImportCalendarEventsResponse {
            added_count,
            skipped_count,
            skipped_events,
            ..Default::default()
        };
        let mut out = Vec::new();
        tell(&answer, "holidays", true, &mut out).expect("writes to memory");
        let expected = "9 holidays would be added, 0 there already, 0 events past\n\
            skipped: Stand-up has no DTEND\n… and 2 more\n";
        assert_eq!(String::from_utf8(out).expect("text"), expected);
    }
}
