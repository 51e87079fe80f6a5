//! Update masks (AIP-134, AIP-161): which fields of a resource an update sets.

use std::collections::BTreeSet;

use prost_reflect::{DynamicMessage, ReflectMessage, Value};
use prost_types::FieldMask;

use crate::domain::reason::Reason;
use crate::domain::violation::Violations;

/// The fields that an update sets, like `email` or `settings.limits.active_sequences`. A field that
/// is set but empty is cleared.
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

/// Reads the `update_mask` of a `resource` whose `updatable` fields can be set.
///
/// Without a mask, all populated fields are set, so nothing can be cleared; with `*`, all fields
/// are. A path can name a message that contains updatable fields, which means all of them. A path
/// can't go deeper than an updatable field: a definition is replaced as a whole.
pub fn fields<M: ReflectMessage>(
    resource: &M,
    mask: Option<&FieldMask>,
    updatable: &[&'static str],
) -> Result<Fields, Violations> {
    fields_or_fixed(resource, mask, updatable, &[])
}

/// Like [`fields`], for a resource with `fixed` fields: an update mask may name them but must not
/// change them.
pub fn fields_or_fixed<M: ReflectMessage>(
    resource: &M,
    mask: Option<&FieldMask>,
    updatable: &[&'static str],
    fixed: &[&'static str],
) -> Result<Fields, Violations> {
    let known: Vec<&'static str> = [updatable, fixed].concat();
    let paths = mask.map(|mask| mask.paths.as_slice()).unwrap_or_default();
    match paths {
        [] => Ok(populated(resource, &known)),
        [all] if all == "*" => Ok(Fields(known.into_iter().collect())),
        _ => listed(resource, paths, updatable, fixed),
    }
}

fn populated<M: ReflectMessage>(resource: &M, updatable: &[&'static str]) -> Fields {
    let message = resource.transcode_to_dynamic();
    Fields(updatable.iter().copied().filter(|path| has(&message, path)).collect())
}

/// Whether the field at the end of a path is populated.
fn has(message: &DynamicMessage, path: &str) -> bool {
    let Some((field, rest)) = path.split_once('.') else { return message.has_field_by_name(path) };
    let below = message.get_field_by_name(field);
    below.as_deref().and_then(Value::as_message).is_some_and(|below| has(below, rest))
}

fn listed<M: ReflectMessage>(
    resource: &M,
    paths: &[String],
    updatable: &[&'static str],
    fixed: &[&'static str],
) -> Result<Fields, Violations> {
    let mut found = Violations::new();
    let mut fields = BTreeSet::new();

    for (index, path) in paths.iter().enumerate() {
        // A path can name a message, and then means all updatable fields in it.
        let named = updatable.iter().chain(fixed).filter(|field| is_at_or_below(field, path));
        let named: Vec<&'static str> = named.copied().collect();
        if named.is_empty() {
            let description = refusal(resource, path, updatable);
            found.push(format!("update_mask.paths[{index}]"), Reason::UpdateMaskInvalid, description);
        }
        fields.extend(named);
    }

    found.into_result(Fields(fields))
}

/// Whether a field is the one that a path names, or is below it.
fn is_at_or_below(field: &str, path: &str) -> bool {
    field.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Says why a path is refused: too deep, not updatable, or unknown.
fn refusal<M: ReflectMessage>(resource: &M, path: &str, updatable: &[&'static str]) -> String {
    let descriptor = resource.descriptor();
    let known = updatable.join(", ");
    let whole = updatable.iter().find(|field| is_at_or_below(path, field));
    let top = path.split_once('.').map_or(path, |(top, _)| top);
    if let Some(whole) = whole {
        format!("must not go deeper than {whole}, which is set as a whole; is {path}")
    } else if path == "*" {
        "must be alone if it is *".to_owned()
    } else if descriptor.get_field_by_name(top).is_some() {
        format!("must be one of {known}; {path} can't be updated")
    } else {
        format!("must be one of {known}; {} has no field {path}", descriptor.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::pb;

    const UPDATABLE: &[&str] = &["display_name", "email", "assign_records"];

    fn read(seller: &pb::Seller, paths: &[&str]) -> Result<Vec<&'static str>, Violations> {
        let mask = FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() };
        fields(seller, Some(&mask), UPDATABLE).map(|fields| fields.iter().collect())
    }

    #[test]
    fn without_a_mask_what_is_populated_and_can_be_updated_is_set() {
        let seller = pb::Seller {
            name: "sellers/ana".into(),
            email: "ana@example.com".into(),
            assign_records: Some(false),
            ..Default::default()
        };
        assert_eq!(read(&seller, &[]), Ok(vec!["assign_records", "email"]));
        let none = fields(&seller, None, UPDATABLE).expect("no mask");
        assert!(none.has("email") && !none.has("name") && !none.has("display_name"));
    }

    #[test]
    fn a_listed_field_is_set_even_if_it_is_empty_and_a_star_means_all() {
        let seller = pb::Seller::default();
        assert_eq!(read(&seller, &["email", "email"]), Ok(vec!["email"]));
        assert_eq!(read(&seller, &["*"]), Ok(vec!["assign_records", "display_name", "email"]));
    }

    #[test]
    fn a_fixed_field_may_be_listed_but_is_not_named_among_those_that_change() {
        let read = |paths: &[&str]| {
            let mask = FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() };
            fields_or_fixed(&pb::Segment::default(), Some(&mask), &["condition"], &["record_type"])
        };
        assert!(read(&["record_type"]).expect("may be listed").has("record_type"));
        assert!(read(&["*"]).expect("all of them").has("record_type"));
        let wrong = read(&["state"]).expect_err("refused");
        let told: Vec<_> = wrong.iter().map(|found| found.description.as_str()).collect();
        assert_eq!(told, ["must be one of condition; state can't be updated"]);
    }

    #[test]
    fn every_wrong_path_is_named_with_its_mistake() {
        let found =
            read(&pb::Seller::default(), &["e_mail", "email", "email.host", "create_time", "*"]).unwrap_err();
        assert_eq!(found.shared_reason(), Some(Reason::UpdateMaskInvalid));
        let texts: Vec<_> =
            found.iter().map(|found| (found.field.as_str(), found.description.as_str())).collect();

        let known = "must be one of display_name, email, assign_records";
        assert_eq!(
            texts,
            [
                ("update_mask.paths[0]", format!("{known}; Seller has no field e_mail").as_str()),
                (
                    "update_mask.paths[2]",
                    "must not go deeper than email, which is set as a whole; is email.host"
                ),
                ("update_mask.paths[3]", format!("{known}; create_time can't be updated").as_str()),
                ("update_mask.paths[4]", "must be alone if it is *"),
            ]
        );
    }

    #[test]
    fn a_message_that_holds_updatable_fields_means_all_of_them() {
        let updatable = ["display_name", "settings.phone_outcomes", "settings.limits.active_sequences"];
        let limits = pb::organization::Limits { active_sequences: Some(7), ..Default::default() };
        let settings = pb::organization::Settings { limits: Some(limits), ..Default::default() };
        let resource = pb::Organization { settings: Some(settings), ..Default::default() };
        let read = |paths: &[&str]| {
            let mask = FieldMask { paths: paths.iter().map(|path| (*path).to_owned()).collect() };
            fields(&resource, Some(&mask), &updatable).map(|fields| fields.iter().collect::<Vec<_>>())
        };

        assert_eq!(read(&[]), Ok(vec!["settings.limits.active_sequences"]), "what is populated");
        assert_eq!(read(&["settings"]), Ok(updatable[1..].iter().rev().copied().collect()));
        assert_eq!(read(&["settings.limits"]), Ok(vec!["settings.limits.active_sequences"]));
        for wrong in ["settings.limit", "settings.limits.active_sequences.x", "setting", ""] {
            assert!(read(&[wrong]).is_err(), "{wrong:?}");
        }
    }
}
