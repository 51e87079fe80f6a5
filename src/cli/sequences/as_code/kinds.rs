//! The kinds of resources that a file contains: one table. Everything else follows from the names
//! of methods and fields, which are regular, and from the annotations of the proto.

use prost_reflect::{FieldDescriptor, Value as ProtoValue};

use crate::api::pb::DESCRIPTORS;

/// A kind of resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// The name of the list in files and answers.
    pub list: &'static str,
    /// The field of requests and answers that holds one.
    pub field: &'static str,
    /// Its message, and the noun of its methods.
    noun: &'static str,
    /// Its service.
    service: &'static str,
}

/// All kinds, in the order in which they are applied: each names only kinds before it.
pub(super) const KINDS: [Kind; 5] = [
    Kind { list: "templates", field: "template", noun: "Template", service: "TemplateService" },
    Kind { list: "sequences", field: "sequence", noun: "Sequence", service: "SequenceService" },
    Kind { list: "segments", field: "segment", noun: "Segment", service: "SegmentService" },
    Kind {
        list: "assignment_rules",
        field: "assignment_rule",
        noun: "AssignmentRule",
        service: "SegmentService",
    },
    Kind { list: "calendars", field: "calendar", noun: "Calendar", service: "CalendarService" },
];

/// The fields that say what a resource should be, although only verbs change them.
const DIRECTIVES: [&str; 2] = ["state", "connected_sequence"];

/// What a file can do with a field of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An update sets it.
    Set,
    /// Only creation sets it.
    Fixed,
    /// A verb changes it.
    Directive,
    /// Nothing: it says what is.
    Shown,
}

impl Kind {
    /// Returns the method that does this to one.
    pub fn method(&self, verb: &str) -> String {
        format!("upnext.v1.{}/{verb}{}", self.service, self.noun)
    }

    /// Returns the method that lists them.
    pub fn list_method(&self) -> String {
        format!("upnext.v1.{}/List{}s", self.service, self.noun)
    }

    /// Returns the full name of its message.
    pub fn message(&self) -> String {
        format!("upnext.v1.{}", self.noun)
    }

    /// Returns the resource that contains this one. `None` if none does.
    pub fn parent<'a>(&self, name: &'a str) -> Option<&'a str> {
        name.rsplit_once("/rules/").map(|(parent, _)| parent)
    }

    /// Returns the role of one of its fields.
    pub fn role(&self, field: &str) -> Role {
        let message = DESCRIPTORS.get_message_by_name(&self.message());
        let found = message.and_then(|message| message.get_field_by_name(field));
        let behaviours = found.map(|field| behaviours(&field)).unwrap_or_default();
        match field {
            _ if DIRECTIVES.contains(&field) => Role::Directive,
            // It belongs to one state of one server.
            "etag" => Role::Shown,
            _ if behaviours.contains(&OUTPUT_ONLY) => Role::Shown,
            _ if behaviours.contains(&IMMUTABLE) || behaviours.contains(&IDENTIFIER) => Role::Fixed,
            _ => Role::Set,
        }
    }
}

// The numbers of google.api.FieldBehavior.
const OUTPUT_ONLY: i32 = 3;
const IMMUTABLE: i32 = 5;
const IDENTIFIER: i32 = 8;

fn behaviours(field: &FieldDescriptor) -> Vec<i32> {
    let Some(extension) = DESCRIPTORS.get_extension_by_name("google.api.field_behavior") else {
        return Vec::new();
    };
    let options = field.options();
    let listed = options.get_extension(&extension);
    listed.as_list().into_iter().flatten().filter_map(ProtoValue::as_enum_number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_methods_and_lists() {
        for kind in KINDS {
            let message = DESCRIPTORS.get_message_by_name(&kind.message()).expect("a message");
            assert!(message.get_field_by_name("name").is_some());
            for (verb, field) in [("Create", kind.field), ("Update", kind.field), ("Get", "name")] {
                let name = kind.method(verb);
                let (service, method) = name.split_once('/').expect("both");
                let service = DESCRIPTORS.get_service_by_name(service).expect("a service");
                let method = service.methods().find(|listed| listed.name() == method).expect("a method");
                assert!(method.input().get_field_by_name(field).is_some(), "{name}");
            }
        }
    }

    #[test]
    fn a_field_has_the_role_that_the_proto_gives_it() {
        let sequence = KINDS[1];
        let role = |field: &str| sequence.role(field);
        assert_eq!((role("steps"), role("record_type")), (Role::Set, Role::Fixed));
        assert_eq!(
            (role("state"), role("revision"), role("etag")),
            (Role::Directive, Role::Shown, Role::Shown)
        );
        assert_eq!(KINDS[2].role("connected_sequence"), Role::Directive);
        assert_eq!(sequence.parent("sequences/a"), None);
        assert_eq!(KINDS[3].parent("segments/a/rules/b"), Some("segments/a"));
    }
}
