//! What `upnext dev` says once it can be called.

use std::net::SocketAddr;
use std::path::Path;

use super::keys::Keys;

/// Where clients look when they aren't told.
const USUAL_ADDRESS: &str = "127.0.0.1:50051";

/// The facts to be told.
pub(super) struct Greeting<'a> {
    pub(super) address: SocketAddr,
    /// Where it can be read what is measured.
    pub(super) measures: &'a str,
    pub(super) folder: &'a Path,
    pub(super) keys: &'a Keys,
    /// Calls need TLS.
    pub(super) encrypted: bool,
}

impl Greeting<'_> {
    /// Keys to paste, and the three commands of a seller's day.
    pub(super) fn text(&self) -> String {
        let Self { address, measures, folder, keys, encrypted } = self;
        let folder = folder.display();
        let (dev, demo) = (keys.dev.expose(), keys.demo.expose());
        let elsewhere = match address.to_string() {
            usual if usual == USUAL_ADDRESS => String::new(),
            other => format!("  export UPNEXT_ADDRESS={other}\n"),
        };
        let scheme = if *encrypted { "https" } else { "http" };
        let plain = if *encrypted { "" } else { "-plaintext " };
        let call = format!("grpcurl {plain}-H \"authorization: Bearer $UPNEXT_KEY\" {address}");
        format!(
            "upnext is ready on {address}; its data are in {folder}; ctrl-C stops it
What it measures is on {measures}

An empty organization, yours to fill:
  export UPNEXT_KEY={dev}
{elsewhere}
Or the demo organization, where things already move (sellers: ana, ben, chloe, devi):
  export UPNEXT_KEY={demo}

See it move, in a browser:
  {scheme}://{address}/#key={demo}

Then, in another terminal, with the demo's key or once the empty organization has a seller ana:
  {}
  {}
  {}",
            request(&call, r#"{"queue":"sellers/ana"}"#, "ListActivities"),
            format_args!("{} watch sellers/ana", program()),
            request(&call, r#"{"name":"activities/…"}"#, "CompleteActivity"),
        )
    }
}

fn request(call: &str, body: &str, method: &str) -> String {
    call.replacen("-H", &format!("-d '{body}' -H"), 1) + " upnext.v1.WorkQueueService/" + method
}

/// How this program was called, so that the line can be pasted.
fn program() -> String {
    std::env::args().next().unwrap_or_else(|| "upnext".to_owned())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::id::OrganizationId;
    use crate::engine::Secret;

    #[test]
    fn the_key_of_the_empty_organization_comes_first_and_commands_can_be_pasted() {
        let secret = |id| Secret::mint(OrganizationId(Uuid::from_u128(id)));
        let keys = Keys { dev: secret(1), demo: secret(2) };
        let address = "127.0.0.1:7000".parse().expect("an address");
        let text =
            Greeting { address, measures: "", folder: Path::new("/data"), keys: &keys, encrypted: false }
                .text();
        let exports: Vec<&str> =
            text.lines().filter_map(|line| line.trim().strip_prefix("export ")).collect();
        let expected = [
            format!("UPNEXT_KEY={}", keys.dev.expose()),
            "UPNEXT_ADDRESS=127.0.0.1:7000".to_owned(),
            format!("UPNEXT_KEY={}", keys.demo.expose()),
        ];
        assert_eq!(exports, expected);
        assert!(text.contains(
            r#"grpcurl -plaintext -d '{"queue":"sellers/ana"}' -H "authorization: Bearer $UPNEXT_KEY" 127.0.0.1:7000 upnext.v1.WorkQueueService/ListActivities"#
        ));
    }
}
