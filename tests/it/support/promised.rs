//! What the comments of the protos promise about a call: its roles, and its reasons for refusing.
//! Every refusal that a test sees is compared with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use tonic::Status;
use upnext::api::pb::DESCRIPTORS;

use super::refused::Refused;

/// Where a service's methods, or an enum, stand in a file's comments.
const SERVICES: i32 = 6;
const METHODS: i32 = 2;
const ENUMS: i32 = 5;

/// The comments of our protos, each as one line, by the full name of a method (`upnext.v1.X/Y`) or
/// an enum.
pub static COMMENTS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut comments = BTreeMap::new();
    for file in DESCRIPTORS.files().filter(|file| file.package_name() == "upnext.v1") {
        let proto = file.file_descriptor_proto();
        let info = proto.source_code_info.as_ref().expect("served files carry comments");
        for location in &info.location {
            let name = match location.path[..] {
                [SERVICES, service, METHODS, method] => {
                    let service = &proto.service[service as usize];
                    format!("upnext.v1.{}/{}", service.name(), service.method[method as usize].name())
                }
                [ENUMS, number] => format!("upnext.v1.{}", proto.enum_type[number as usize].name()),
                _ => continue,
            };
            let words: Vec<&str> = location.leading_comments().split_whitespace().collect();
            comments.insert(name, words.join(" "));
        }
    }
    comments
});

/// The reasons that any call may give.
pub static ANY: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| reasons(&COMMENTS["upnext.v1.ErrorReason"], "Any call may answer:"));

/// The words in capitals behind `heading`, to the end of the comment.
pub fn reasons(comment: &str, heading: &str) -> BTreeSet<String> {
    let (_, list) = comment.split_once(heading).unwrap_or_else(|| panic!("no {heading:?} in {comment:?}"));
    let word = |word: &str| word.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned();
    let is_reason =
        |word: &String| word.len() > 3 && word.chars().all(|c| c.is_ascii_uppercase() || c == '_');
    list.split_whitespace().map(word).filter(is_reason).collect()
}

/// The reasons of a refusal, its own and those of its violations, that neither the call's comment
/// nor the common list names.
pub fn unpromised(method: &str, status: &Status) -> Vec<String> {
    let Some(comment) = COMMENTS.get(method) else { return Vec::new() };
    let promised = reasons(comment, "Errors: ");
    let refused = Refused::of(status);
    let fields = refused.violations.into_iter().map(|(_, reason, _)| reason);
    let told: BTreeSet<String> = std::iter::once(refused.reason).chain(fields).collect();
    told.into_iter().filter(|reason| !promised.contains(reason) && !ANY.contains(reason)).collect()
}
