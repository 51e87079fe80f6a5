//! Update masks (AIP-134, AIP-161): which fields of a resource an update sets.

use std::collections::BTreeSet;

use prost_reflect::ReflectMessage;
use prost_types::FieldMask;

use crate::domain::refusal::Reason;
use crate::domain::violation::Violations;

/// The top-level fields that an update sets; one that is set but not populated is cleared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields(BTreeSet<&'static str>);

impl Fields {
    /// Whether the update sets this field.
    pub fn has(&self, field: &str) -> bool {
        self.0.contains(field)
    }

    /// Whether the update sets nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The fields, in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }
}

/// Reads the `update_mask` that came with `resource`, of which `updatable` fields can be set.
///
/// Without a mask all populated ones are (so nothing can be cleared), with `*` all of them. A path goes no deeper than a
/// field of the resource: a definition is replaced as a whole.
pub fn fields<M: ReflectMessage>(
    resource: &M,
    mask: Option<&FieldMask>,
    updatable: &[&'static str],
) -> Result<Fields, Violations> {
    let paths = mask.map(|mask| mask.paths.as_slice()).unwrap_or_default();
    match paths {
        [] => Ok(populated(resource, updatable)),
        [all] if all == "*" => Ok(Fields(updatable.iter().copied().collect())),
        _ => listed(resource, paths, updatable),
    }
}

fn populated<M: ReflectMessage>(resource: &M, updatable: &[&'static str]) -> Fields {
    let message = resource.transcode_to_dynamic();
    Fields(updatable.iter().copied().filter(|field| message.has_field_by_name(field)).collect())
}

fn listed<M: ReflectMessage>(
    resource: &M,
    paths: &[String],
    updatable: &[&'static str],
) -> Result<Fields, Violations> {
    let mut found = Violations::new();
    let mut fields = BTreeSet::new();
    for (index, path) in paths.iter().enumerate() {
        match updatable.iter().find(|field| *field == path) {
            Some(field) => _ = fields.insert(*field),
            None => {
                let description = refusal(resource, path, updatable);
                found.push(format!("update_mask.paths[{index}]"), Reason::UpdateMaskInvalid, description);
            }
        }
    }
    found.into_result(Fields(fields))
}

/// Says why a path is refused: too deep, not to be set, or unknown.
fn refusal<M: ReflectMessage>(resource: &M, path: &str, updatable: &[&'static str]) -> String {
    let descriptor = resource.descriptor();
    let known = updatable.join(", ");
    let top = path.split_once('.').map_or(path, |(top, _)| top);
    if top != path && updatable.contains(&top) {
        format!("must not go deeper than {top}, which is set as a whole; is {path}")
    } else if path == "*" {
        "must be alone if it is *".to_owned()
    } else if descriptor.get_field_by_name(top).is_some() {
        format!("must be one of {known}; {path} can't be updated")
    } else {
        format!("must be one of {known}; {} has no field {path}", descriptor.name())
    }
}
