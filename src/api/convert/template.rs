//! Email templates on the wire.

use super::timestamp;
use crate::api::{etag, names, pb};
use crate::domain::attribute::AttributeType;
use crate::domain::condition::Subject;
use crate::domain::template::Content;
use crate::domain::version::Version;
use crate::store::templates::Shown;

/// What a template looks like.
pub fn template(shown: &Shown) -> pb::Template {
    let template = &shown.template;
    pb::Template {
        name: names::TEMPLATE.name([template.template_id.as_str()]),
        display_name: template.content.display_name.clone(),
        record_type: shown.record_type.to_string(),
        subject: template.content.subject.clone(),
        body: template.content.body.clone(),
        etag: etag::of(Version::of(template.id.0, template.version)),
        create_time: Some(timestamp(template.create_time)),
        update_time: Some(timestamp(template.update_time)),
    }
}

/// What can be set of a template.
pub fn content(template: pb::Template) -> Content {
    Content { display_name: template.display_name, subject: template.subject, body: template.body }
}

/// What list filters may look at.
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
