//! What a message says: that an email wasn't delivered (RFC 3464), that a person is away (RFC
//! 3834), or that a person replied. It belongs to an activity by the message id of its email.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders as _};
use regex::Regex;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::back;
use crate::domain::names;

/// The message id that the worker gives to emails, which begins with the activity's.
static OURS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)<upnext\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@").expect("a valid pattern")
});

/// What came back for the email of an activity.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Read {
    /// Always the same for the same message.
    pub(super) event_id: String,
    /// `activities/{uuid}`.
    pub(super) activity: String,
    pub(super) news: News,
    /// When it was sent, as it says.
    pub(super) at: Option<DateTime<Utc>>,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum News {
    /// The email can't be delivered.
    Bounced,
    /// The person is away, and back at this time, if it is told.
    Away { back: Option<DateTime<Utc>> },
    /// The person replied.
    Replied,
}

/// Reads a message. `None` if it is nothing of these, or not about an email of upnext.
pub(super) fn read(bytes: &[u8]) -> Option<Read> {
    let message = MessageParser::default().parse(bytes)?;
    let at = message.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0));

    let (news, about) = if message.is_content_type("multipart", "report") {
        // The text may quote other emails, so the report itself must name ours.
        (failed(&message).then_some(News::Bounced)?, ours(&String::from_utf8_lossy(bytes))?)
    } else {
        let about = answered(&message)?;
        match automatic(&message) {
            Some(true) => (News::Away { back: back::told(&text(&message), at) }, about),
            // Programs that notify, and mailing lists.
            Some(false) => return None,
            None => (News::Replied, about),
        }
    };
    Some(Read { event_id: event_id(&message, bytes), activity: names::ACTIVITY.uuid_name(about), news, at })
}

/// True if the report says that the delivery failed. Delays and receipts are no failures.
fn failed(message: &Message<'_>) -> bool {
    let statuses = message.parts.iter().filter(|part| part.is_content_type("message", "delivery-status"));
    let texts = statuses.map(|part| String::from_utf8_lossy(part.contents()).to_lowercase());
    texts
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .any(|line| line.strip_prefix("action:").is_some_and(|action| action.trim() == "failed"))
}

/// Returns the activity whose email a message answers.
fn answered(message: &Message<'_>) -> Option<Uuid> {
    let references = ids(message.references());
    // The last reference is the nearest.
    ids(message.in_reply_to())
        .into_iter()
        .chain(references.into_iter().rev())
        .find_map(|id| ours(&format!("<{id}>")))
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    value.as_text_list().into_iter().flatten().map(ToString::to_string).collect()
}

fn ours(text: &str) -> Option<Uuid> {
    OURS.captures(text).and_then(|found| Uuid::parse_str(&found[1]).ok())
}

/// Whether a program sent it: `Some(true)` for an automatic reply, `Some(false)` for anything else.
fn automatic(message: &Message<'_>) -> Option<bool> {
    let header = |name: &str| {
        let value = message.header_raw(name.to_owned())?.trim().to_lowercase();
        // Parameters and comments may follow.
        Some(value.split([';', '(']).next().unwrap_or_default().trim().to_owned())
    };
    match header("Auto-Submitted").as_deref() {
        Some("no") | None => {}
        Some("auto-replied") => return Some(true),
        Some(_) => return Some(false),
    }
    // What programs say that don't know the standard.
    match header("Precedence").as_deref() {
        Some("auto_reply") => return Some(true),
        Some("bulk" | "list" | "junk") if header("X-Autoreply").is_none() => return Some(false),
        _ => {}
    }
    let says = |name| header(name).is_some_and(|value| value != "no");
    (says("X-Autoreply") || says("X-Autorespond")).then_some(true)
}

fn text(message: &Message<'_>) -> String {
    let body = message.body_text(0).unwrap_or_default();
    // What is quoted isn't said.
    let own = body.lines().filter(|line| !line.starts_with('>')).collect::<Vec<_>>().join("\n");
    format!("{}\n{own}", message.subject().unwrap_or_default())
}

/// The id of its event: from its message id, or its content if that has none that an event can
/// have.
fn event_id(message: &Message<'_>, bytes: &[u8]) -> String {
    let usable = |id: &&str| id.len() <= 120 && id.bytes().all(|byte| byte.is_ascii_graphic());
    match message.message_id().filter(usable) {
        Some(id) => format!("mail-{id}"),
        None => {
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            format!("mail-{hash}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

    fn news(headers: &str, body: &str) -> Option<News> {
        let text = format!(
            "Message-ID: <r1@example.com>\r\nDate: Tue, 1 Sep 2026 10:00:00 +0200\r\n{headers}\r\n\r\n{body}"
        );
        let read = read(text.replace('\n', "\r\n").replace("\r\r\n", "\r\n").as_bytes())?;
        assert_eq!(
            (read.event_id.as_str(), read.activity),
            ("mail-r1@example.com", ["activities", ID].join("/"))
        );
        assert_eq!(read.at.map(|at| at.to_rfc3339()).as_deref(), Some("2026-09-01T08:00:00+00:00"));
        Some(read.news)
    }

    #[test]
    fn a_reply_belongs_to_the_nearest_email_of_ours() {
        let other = "01890a5d-ac96-774b-bcce-b302099a8058";
        let replied = format!("In-Reply-To: <upnext.{ID}@acme.example>");
        assert_eq!(news(&replied, "Yes"), Some(News::Replied));
        let thread =
            format!("References: <upnext.{other}@acme.example> <upnext.{ID}@acme.example> <x@example.com>");
        assert_eq!(news(&thread, "Yes"), Some(News::Replied));
        assert_eq!(news("In-Reply-To: <x@example.com>", "Yes"), None);
        assert_eq!(news("Subject: hello", &format!("<upnext.{ID}@acme.example>")), None);
    }

    #[test]
    fn an_automatic_reply_is_no_reply_and_a_notification_is_nothing() {
        let to = format!("In-Reply-To: <upnext.{ID}@acme.example>");
        let away = news(&format!("{to}\r\nAuto-Submitted: auto-replied (vacation)"), "I am away.");
        assert_eq!(away, Some(News::Away { back: None }));
        let away = news(&format!("{to}\r\nAuto-Submitted: auto-replied"), "I am back on 8 September.");
        let back = "2026-09-08T00:00:00Z".parse().ok();
        assert_eq!(away, Some(News::Away { back }));
        let away = news(&format!("{to}\r\nPrecedence: auto_reply"), "I am away.");
        assert_eq!(away, Some(News::Away { back: None }));
        assert_eq!(news(&format!("{to}\r\nAuto-Submitted: auto-generated"), "Ticket 1"), None);
        assert_eq!(news(&format!("{to}\r\nAuto-Submitted: no"), "Yes"), Some(News::Replied));
    }

    #[test]
    fn a_failed_delivery_is_a_bounce_and_a_late_one_is_nothing() {
        let report = |action: &str| {
            let body = format!(
                "--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n\
                 Reporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; kim@example.com\nAction: {action}\nStatus: 5.1.1\n\
                 --b\nContent-Type: message/rfc822\n\nMessage-ID: <upnext.{ID}@acme.example>\nSubject: Hi\n\nDear Kim\n--b--\n"
            );
            let kind = "Content-Type: multipart/report; report-type=delivery-status; boundary=b";
            news(&format!("{kind}\r\nAuto-Submitted: auto-replied"), &body)
        };
        assert_eq!(report("failed"), Some(News::Bounced));
        assert_eq!(report("delayed"), None);
        assert_eq!(report("delivered"), None);
    }

    #[test]
    fn anything_at_all_can_be_read() {
        for bytes in
            [b"".as_slice(), b"\xff\xfe\x00", b"Content-Type: multipart/report; boundary=b\r\n\r\n--b"]
        {
            assert_eq!(read(bytes), None);
        }
    }
}
