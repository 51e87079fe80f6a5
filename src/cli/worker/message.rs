//! The message that goes to the mail server.

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};

use crate::api::pb::RenderedEmail;

/// The part of a message id before the activity's.
const ID: &str = "upnext.";

/// Returns the message id of an activity's email: the same however often it is tried.
pub(super) fn message_id(activity: &str, from: &Mailbox) -> String {
    let id = activity.rsplit('/').next().unwrap_or_default();
    format!("<{ID}{id}@{}>", from.email.domain())
}

/// Makes the message.
///
/// # Errors
/// An address isn't valid.
pub(super) fn message(email: &RenderedEmail, activity: &str, from: &Mailbox) -> Result<Message, String> {
    let to = email.to.parse().map_err(|_| "the address of the record isn't valid".to_owned())?;
    let mut builder = Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(&email.subject)
        .message_id(Some(message_id(activity, from)))
        .date_now();
    // An owner without an address gets no replies; they go to the sender.
    if let Ok(owner) = email.reply_to.parse() {
        builder = builder.reply_to(Mailbox::new(None, owner));
    }
    if !email.unsubscribe_url.is_empty() {
        builder = builder
            .raw_header(raw("List-Unsubscribe", &format!("<{}>", email.unsubscribe_url)))
            .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let text = lettre::message::header::ContentType::TEXT_PLAIN;
    builder.header(text).body(email.body.clone()).map_err(|error| error.to_string())
}

/// A header that is sent as it is: mail programs don't decode these two.
fn raw(name: &'static str, value: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, value.to_owned(), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_can_be_unsubscribed_from_with_one_click_and_has_a_stable_id() {
        let from: Mailbox = "Acme <hello@acme.example>".parse().expect("a mailbox");
        let email = RenderedEmail {
            to: "kim@example.com".to_owned(),
            subject: "Größe".to_owned(),
            body: "Für Kim\n.\n".to_owned(),
            reply_to: "ana@acme.example".to_owned(),
            unsubscribe_url: format!("https://crm.example.com/unsubscribe/{}", "x".repeat(90)),
        };
        let made = message(&email, "activities/42", &from).expect("a message").formatted();
        let text = String::from_utf8(made).expect("ASCII");
        assert!(text.is_ascii());
        assert!(text.contains("Message-ID: <upnext.42@acme.example>\r\n"), "{text}");
        let link = format!("List-Unsubscribe: <{}>\r\n", email.unsubscribe_url);
        assert!(text.contains(&link), "{text}");
        assert!(text.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{text}");
        assert!(text.contains("Reply-To: ana@acme.example\r\n"), "{text}");
        assert!(
            message(&RenderedEmail { to: "no address".to_owned(), ..email }, "activities/42", &from).is_err()
        );
    }
}
