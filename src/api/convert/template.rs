//! Email templates on the wire.

use super::timestamp;
use crate::api::pb::template::{Content, View};
use crate::api::{etag, pb};
use crate::domain::attribute::AttributeType;
use crate::domain::condition::Subject;
use crate::domain::names;
use crate::domain::template;
use crate::domain::version::Version;
use crate::store::sequences::templates::TemplateRow;

/// Converts a template, with its body unless the view is BASIC.
pub fn template(shown: &TemplateRow, view: View) -> pb::Template {
    let template = &shown.template;
    let body = match view {
        View::Basic => String::new(),
        View::Unspecified | View::Full => template.content.body.clone(),
    };
    let email = pb::EmailTemplate { subject: template.content.subject.clone(), body };

    pb::Template {
        name: names::TEMPLATE.name([&template.template_id]),
        display_name: template.content.display_name.clone(),
        record_type: shown.record_type.to_string(),
        content: Some(Content::Email(email)),
        etag: etag::of(Version::of(template.id.0, template.version)),
        create_time: Some(timestamp(template.create_time)),
        update_time: Some(timestamp(template.update_time)),
    }
}

/// Reads the content of a template.
pub fn content(template: pb::Template) -> template::Content {
    let email = match template.content {
        Some(Content::Email(email)) => email,
        None => pb::EmailTemplate::default(),
    };
    template::Content { display_name: template.display_name, subject: email.subject, body: email.body }
}

/// The fields that list filters can use.
pub fn subject() -> Subject {
    let fields = [
        ("id", AttributeType::String),
        ("display_name", AttributeType::String),
        ("record_type", AttributeType::String),
        ("create_time", AttributeType::Timestamp),
        ("update_time", AttributeType::Timestamp),
    ];
    Subject::new("template", fields)
}
