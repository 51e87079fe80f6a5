//! `upnext audit`: who wrote which definition, setting, seller or key, when and from where.

use chrono::{DateTime, Utc};
use clap::Args;

use super::client::{Server, readable};
use super::listing::Listing;
use super::time::local_minute;
use crate::api::convert::timestamp;
use crate::api::pb;
use crate::api::pb::event::Event as Kind;
use crate::api::pb::event_service_client::EventServiceClient;

/// What administrators wrote, the newest first. Filters are joined by "and".
#[derive(Debug, Args)]
pub struct Audit {
    #[command(flatten)]
    server: Server,
    /// Only what this actor wrote: sellers/…, apiKeys/…, principals/… or operator
    #[arg(long, default_value = "", hide_default_value = true)]
    actor: String,
    /// Only writes of this resource, by its full name, like webhooks/crm
    #[arg(long, default_value = "", hide_default_value = true)]
    resource: String,
    /// Only writes of resources of this kind, like `api_key`
    #[arg(long, value_name = "KIND", default_value = "", hide_default_value = true)]
    resource_kind: String,
    /// Only from this time on, like 2026-11-01T00:00:00Z
    #[arg(long, value_name = "TIME")]
    since: Option<DateTime<Utc>>,
    /// Only from before this time
    #[arg(long, value_name = "TIME")]
    until: Option<DateTime<Utc>>,
    #[command(flatten)]
    listing: Listing,
}

impl Audit {
    /// Shows it.
    ///
    /// # Errors
    /// The caller is no administrator; a filter can't be read; the server is away.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut events = EventServiceClient::new(self.server.connect().await?);
        let page = async |page_size, page_token| {
            let answer = events.list_audit_events(self.request(page_size, page_token)).await;
            let answer = answer.map_err(readable)?.into_inner();
            Ok((answer.events, answer.next_page_token))
        };
        self.listing.show(line, page).await
    }

    fn request(&self, page_size: i32, page_token: String) -> pb::ListAuditEventsRequest {
        pb::ListAuditEventsRequest {
            page_size,
            page_token,
            actor: self.actor.clone(),
            resource: self.resource.clone(),
            resource_kind: self.resource_kind.clone(),
            start_time: self.since.map(timestamp),
            end_time: self.until.map(timestamp),
        }
    }
}

/// Tells one write in a line: when, what, by whom and from where.
fn line(event: &pb::Event) -> String {
    let time = event.event_time.as_ref().map(local_minute).unwrap_or_default();
    let Some(Kind::AdministrativeWrite(write)) = &event.event else { return time };
    let method = write.method.trim_start_matches("upnext.v1.");
    let parts =
        [("  ", method), (" of ", &write.resource), (", by ", &event.actor), (" from ", &write.peer_address)];

    let told = parts.iter().filter(|(_, part)| !part.is_empty());
    told.fold(time, |line, (before, part)| line + before + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_is_told_in_one_line_without_what_is_not_known() {
        let write = pb::AdministrativeWrite {
            method: "upnext.v1.SellerService/CreateSeller".into(),
            resource: "sellers/ana".into(),
            peer_address: "10.0.0.7".into(),
            ..Default::default()
        };
        let told = |write: pb::AdministrativeWrite, actor: &str| {
            let event = Some(Kind::AdministrativeWrite(write));
            line(&pb::Event { actor: actor.into(), event, ..Default::default() })
        };
        let expected = "  SellerService/CreateSeller of sellers/ana, by apiKeys/1 from 10.0.0.7";
        assert_eq!(told(write.clone(), "apiKeys/1"), expected);

        let direct =
            pb::AdministrativeWrite { method: "upnext keys revoke --direct".into(), ..Default::default() };
        assert_eq!(told(direct, "operator"), "  upnext keys revoke --direct, by operator");
    }
}
