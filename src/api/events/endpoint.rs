//! Which URLs webhooks may have, and which addresses they may reach: the check is made on the
//! addresses that a connection would go to, so a name can't lead into a private network.

use std::net::{IpAddr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::public_address::is_public;
use crate::domain::reason::Reason;
use crate::domain::violation::Violation;

/// Which addresses webhooks may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Public ones, with https.
    Public,
    /// All, even this machine's, and without TLS.
    All,
}

impl Reach {
    /// Checks the URL of a webhook.
    ///
    /// # Errors
    /// WEBHOOK_URL_INVALID.
    pub fn check(self, field: &str, text: &str) -> Result<String, Violation> {
        let required = "must be given: a URL with https";
        match self.problem(text) {
            None => Ok(text.to_owned()),
            Some(_) if text.is_empty() => Err(Violation::new(field, Reason::FieldRequired, required)),
            Some(why) => Err(Violation::new(field, Reason::WebhookUrlInvalid, why)),
        }
    }

    /// Says what is wrong with a URL, if anything is.
    fn problem(self, text: &str) -> Option<&'static str> {
        let Ok(url) = Url::parse(text) else { return Some("must be a URL like https://example.com/events") };
        let schemes: &[&str] = match self {
            Self::Public => &["https"],
            Self::All => &["https", "http"],
        };
        if !schemes.contains(&url.scheme()) {
            return Some("must begin with https://");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Some("must not contain a user or password");
        }
        let literal = literal(&url).filter(|address| !self.admits(*address));
        literal.map(|_| "must not have a private, loopback or link-local address")
    }

    /// True if a connection to this URL could be made, as far as its text tells. Names are checked
    /// when they are resolved.
    pub fn admits_url(self, url: &Url) -> bool {
        self.problem(url.as_str()).is_none()
    }

    fn admits(self, address: IpAddr) -> bool {
        self == Self::All || is_public(address)
    }
}

/// The address that stands in a URL instead of a name.
fn literal(url: &Url) -> Option<IpAddr> {
    // The parser has brought all spellings of IPv4 into the usual one.
    url.host_str()?.trim_matches(['[', ']']).parse().ok()
}

/// Resolves names, and leaves out the addresses that may not be reached.
pub struct Resolver(pub Reach);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let admitted: Vec<SocketAddr> = found.filter(|address| reach.admits(address.ip())).collect();
            if admitted.is_empty() {
                return Err("the host has no address that webhooks may reach".into());
            }
            Ok(Box::new(admitted.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_leads_to_a_public_host_with_https_in_every_spelling() {
        let check = |text: &str| Reach::Public.check("url", text);
        assert!(check("https://example.com/events?of=upnext").is_ok());
        assert!(check("https://1.1.1.1:8443/").is_ok());
        for wrong in [
            "http://example.com/",
            "ftp://example.com/",
            "example.com",
            "https://user@example.com/",
            "https://:password@example.com/",
            "https://127.0.0.1/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://169.254.169.254/latest/meta-data",
        ] {
            assert_eq!(check(wrong).unwrap_err().reason, Reason::WebhookUrlInvalid, "{wrong}");
        }
        assert!(Reach::All.check("url", "http://127.0.0.1:80/").is_ok());
        assert!(Reach::All.check("url", "ftp://127.0.0.1/").is_err());
        assert_eq!(check("").unwrap_err().reason, Reason::FieldRequired);
    }

    #[tokio::test]
    async fn a_name_that_leads_to_this_machine_has_no_address() {
        let resolve = |reach| Resolver(reach).resolve("localhost".parse().expect("a name"));
        assert!(resolve(Reach::Public).await.is_err());
        assert!(resolve(Reach::All).await.expect("resolves").next().is_some());
    }
}
