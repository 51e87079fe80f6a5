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
    /// The database's URL.
    pub(super) database: &'a str,
    pub(super) folder: &'a Path,
    pub(super) keys: &'a Keys,
    /// Calls need TLS.
    pub(super) encrypted: bool,
}

impl Greeting<'_> {
    /// Keys to paste, and the three commands of a seller's day.
    pub(super) fn text(&self) -> String {
        let Self { address, measures, database, folder, keys, .. } = self;
        let folder = folder.display();
        let (dev, demo) = (keys.dev.expose(), keys.demo.expose());
        let elsewhere = match (address.to_string(), self.encrypted) {
            (usual, false) if usual == USUAL_ADDRESS => String::new(),
            (other, false) => format!("\n  export UPNEXT_ADDRESS={other}"),
            (other, true) => format!("\n  export UPNEXT_ADDRESS=https://{other}"),
        };
        let scheme = if self.encrypted { "https" } else { "http" };
        let list = self.call("ListActivities", r#"'{"queue":"sellers/ana"}'"#);
        let complete = self.call("CompleteActivity", r#""{\"name\":\"$A\",\"outcome\":\"made\"}""#);
        let program = program();
        format!(
            "upnext is ready on {address}; ctrl-C stops it
  data      {folder} (--reset begins anew)
  database  {database}
  measures  {measures}

Your own organization, empty until you fill it:
  export UPNEXT_KEY={dev}{elsewhere}

Or the demo, in which ben, chloe and devi work, and ana's queue is yours:
  export UPNEXT_KEY={demo}{elsewhere}

See it move, in a browser:
  {scheme}://{address}/#key={demo}

Then, in another terminal, with the demo's key or once your own organization has a seller ana:
  {program} watch sellers/ana
  A=$({list} | grep -om1 'activities/[0-9a-f-]*'); echo \"$A\"
  {complete}"
        )
    }

    fn call(&self, method: &str, body: &str) -> String {
        let plain = if self.encrypted { "" } else { "-plaintext " };
        let key = r#"-H "authorization: Bearer $UPNEXT_KEY""#;
        format!("grpcurl {plain}-d {body} {key} {} upnext.v1.WorkQueueService/{method}", self.address)
    }
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
        let text = Greeting {
            address,
            measures: "http://m",
            database: "postgres://d",
            folder: Path::new("/data"),
            keys: &keys,
            encrypted: false,
        }
        .text();

        let exports: Vec<&str> =
            text.lines().filter_map(|line| line.trim().strip_prefix("export ")).collect();
        let expected = [
            format!("UPNEXT_KEY={}", keys.dev.expose()),
            "UPNEXT_ADDRESS=127.0.0.1:7000".to_owned(),
            format!("UPNEXT_KEY={}", keys.demo.expose()),
            "UPNEXT_ADDRESS=127.0.0.1:7000".to_owned(),
        ];
        assert_eq!(exports, expected);

        assert!(text.contains("database  postgres://d\n") && text.contains("measures  http://m\n"));
        assert!(text.contains(
            r#"grpcurl -plaintext -d '{"queue":"sellers/ana"}' -H "authorization: Bearer $UPNEXT_KEY" 127.0.0.1:7000 upnext.v1.WorkQueueService/ListActivities"#
        ));
    }
}
