//! The rules of one field, compiled from its `buf.validate.field` option, and the violation that
//! each one reports.

use std::collections::HashSet;

use prost_reflect::{DynamicMessage, Kind, MapKey, Value};
use regex::Regex;
use uuid::Uuid;

use super::{key_text, sorted};
use crate::domain::reason::Reason;
use crate::domain::violation::Violations;

/// When a field's rules don't apply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Ignore {
    /// Only if the field tracks presence and is unset.
    #[default]
    Unset,
    /// Even if it has its zero value.
    IfZero,
    /// Never.
    Always,
}

/// All rules of one field, or of its elements.
#[derive(Default)]
pub(super) struct Rules {
    pub(super) required: bool,
    pub(super) ignore: Ignore,
    own: Vec<Rule>,
    /// For each element of a list, or each value of a map.
    items: Option<Box<Rules>>,
    /// For each key of a map.
    keys: Option<Box<Rules>>,
}

enum Rule {
    MinCharacters(u64),
    MaxCharacters(u64),
    Pattern(Regex),
    Uuid,
    MinBytes(u64),
    MaxBytes(u64),
    AtLeast(Number),
    MoreThan(Number),
    AtMost(Number),
    LessThan(Number),
    /// Values of the enum that may be sent: number and name.
    OneOf(Vec<(i32, String)>),
    NotNumbers(Vec<Number>),
    MinItems(u64),
    MaxItems(u64),
    Unique,
}

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Number {
    Int(i128),
    Float(f64),
}

impl Rules {
    /// Compiles the options of a field whose elements are of `kind`; options that aren't supported
    /// go to `unsupported`.
    pub(super) fn compile(
        options: &DynamicMessage,
        kind: &Kind,
        unsupported: &mut dyn FnMut(String),
    ) -> Self {
        let mut rules = Self::default();

        for (option, value) in options.fields() {
            match (option.name(), value) {
                ("required", Value::Bool(required)) => rules.required = *required,
                ("ignore", Value::EnumNumber(0)) => rules.ignore = Ignore::Unset,
                ("ignore", Value::EnumNumber(1)) => rules.ignore = Ignore::IfZero,
                ("ignore", Value::EnumNumber(3)) => rules.ignore = Ignore::Always,
                (of, Value::Message(typed)) => rules.compile_typed(of, typed, kind, unsupported),
                (name, _) => unsupported(name.to_owned()),
            }
        }

        rules
    }

    /// Compiles the rules of one type: `of` is `string`, `int32`, `repeated`, …
    fn compile_typed(
        &mut self,
        of: &str,
        typed: &DynamicMessage,
        kind: &Kind,
        unsupported: &mut dyn FnMut(String),
    ) {
        let mut defined_only = false;
        let mut refused: Vec<Number> = Vec::new();

        for (option, value) in typed.fields() {
            match (of, option.name(), value) {
                ("repeated", "items", Value::Message(options))
                | ("map", "values", Value::Message(options)) => {
                    self.items = Some(Box::new(Self::compile(options, kind, unsupported)));
                }
                ("map", "keys", Value::Message(options)) => {
                    self.keys = Some(Box::new(Self::compile(options, &Kind::String, unsupported)));
                }
                ("enum", "defined_only", Value::Bool(only)) => defined_only = *only,
                ("enum", "not_in", Value::List(values)) => {
                    refused = values.iter().filter_map(number).collect()
                }
                (_, name, value) => match simple(of, name, value) {
                    Some(rule) => self.own.push(rule),
                    None => unsupported(format!("{of}.{name}")),
                },
            }
        }

        self.own.extend(enum_rule(kind, defined_only, refused));
    }

    /// Whether there is nothing to check.
    pub(super) fn is_empty(&self) -> bool {
        let nothing = |rules: &Option<Box<Rules>>| rules.as_ref().is_none_or(|rules| rules.is_empty());
        !self.required
            && self.ignore != Ignore::Always
            && self.own.is_empty()
            && nothing(&self.items)
            && nothing(&self.keys)
    }

    /// Reports every rule that `value` at `path` breaks. The caller checks presence. False if there
    /// are too many elements: then nobody looks at them.
    pub(super) fn check(&self, value: &Value, path: &str, found: &mut Violations) -> bool {
        // Counted before anything looks at the elements, so that far too many cost nothing.
        let count = self.own.iter().find(|rule| matches!(rule, Rule::MaxItems(_)));
        if let Some((reason, description)) = count.and_then(|rule| rule.broken_by(value)) {
            found.push(path, reason, description);
            return false;
        }

        self.check_own(value, path, found);
        true
    }

    fn check_own(&self, value: &Value, path: &str, found: &mut Violations) {
        for rule in &self.own {
            if let Some(broken) = rule.broken_by(value) {
                // A missing value breaks many rules but is one mistake.
                let nothing = broken.0 == Reason::FieldRequired;
                found.push(path, broken.0, broken.1);
                if nothing {
                    return;
                }
            }
        }

        match value {
            Value::List(items) => self.check_items(items, path, found),
            Value::Map(entries) => {
                for (key, entry) in sorted(entries) {
                    let path = format!("{path}[{}]", key_text(key));
                    if let Some(rules) = &self.keys {
                        rules.check_element(&Value::from(key.clone()), &path, "key ", found);
                    }
                    if let Some(rules) = &self.items {
                        rules.check_element(entry, &path, "", found);
                    }
                }
            }
            _ => {}
        }
    }

    fn check_items(&self, items: &[Value], path: &str, found: &mut Violations) {
        let Some(rules) = &self.items else { return };
        for (index, item) in items.iter().enumerate() {
            rules.check_element(item, &format!("{path}[{index}]"), "", found);
        }
    }

    fn check_element(&self, value: &Value, path: &str, of: &str, found: &mut Violations) {
        let zero = is_zero(value);
        if self.ignore == Ignore::Always || (self.ignore == Ignore::IfZero && zero) {
            return;
        }
        let mut part = Violations::new();
        // Elements have no presence, so a zero value counts as missing.
        match self.required && zero {
            true => part.push(path, Reason::FieldRequired, "must be given"),
            false => _ = self.check(value, path, &mut part),
        }
        found.extend(part.about(of));
    }
}

/// A rule that consists of a single option.
fn simple(of: &str, name: &str, value: &Value) -> Option<Rule> {
    let is = |wanted: &Value| value == wanted;
    match (of, name) {
        ("string", "min_len") => value.as_u64().map(Rule::MinCharacters),
        ("string", "max_len") => value.as_u64().map(Rule::MaxCharacters),
        ("string", "pattern") => Regex::new(value.as_str()?).ok().map(Rule::Pattern),
        ("string", "uuid") => is(&Value::Bool(true)).then_some(Rule::Uuid),
        ("bytes", "min_len") => value.as_u64().map(Rule::MinBytes),
        ("bytes", "max_len") => value.as_u64().map(Rule::MaxBytes),
        ("repeated", "min_items") | ("map", "min_pairs") => value.as_u64().map(Rule::MinItems),
        ("repeated", "max_items") | ("map", "max_pairs") => value.as_u64().map(Rule::MaxItems),
        ("repeated", "unique") => is(&Value::Bool(true)).then_some(Rule::Unique),
        (_, "gte") => number(value).map(Rule::AtLeast),
        (_, "gt") => number(value).map(Rule::MoreThan),
        (_, "lte") => number(value).map(Rule::AtMost),
        (_, "lt") => number(value).map(Rule::LessThan),
        (_, "not_in") => value.as_list()?.iter().map(number).collect::<Option<_>>().map(Rule::NotNumbers),
        _ => None,
    }
}

/// Combines the options of an enum. Without `defined_only`, numbers from a later release are
/// accepted.
fn enum_rule(kind: &Kind, defined_only: bool, refused: Vec<Number>) -> Option<Rule> {
    let described = kind.as_enum().filter(|_| defined_only);
    match described {
        Some(described) => {
            let known = described.values().map(|value| (value.number(), value.name().to_owned()));
            let allowed = known.filter(|(value, _)| !refused.contains(&Number::Int((*value).into())));
            Some(Rule::OneOf(allowed.collect()))
        }
        None => (!refused.is_empty()).then_some(Rule::NotNumbers(refused)),
    }
}

impl Rule {
    /// The reason and the description if `value` breaks this rule.
    fn broken_by(&self, value: &Value) -> Option<(Reason, String)> {
        let (kept, found) = self.judge(value)?;
        if kept {
            return None;
        }
        let rule = self.text();
        let too_long = matches!(self, Self::MaxCharacters(_) | Self::MaxBytes(_) | Self::MaxItems(_));
        // A zero value counts as missing, except for numbers, where zero is a value.
        Some(match (is_zero(value), self) {
            (_, _) if too_long => (Reason::FieldTooLong, format!("must be {rule}, {found}")),
            (true, Self::AtLeast(_) | Self::MoreThan(_) | Self::AtMost(_) | Self::LessThan(_))
            | (false, _) => (Reason::FieldInvalid, format!("must be {rule}, {found}")),
            (true, _) => (Reason::FieldRequired, format!("must be given: {rule}")),
        })
    }

    /// Whether the rule holds, and a description of the value; none if the value isn't of the
    /// rule's type.
    fn judge(&self, value: &Value) -> Option<(bool, String)> {
        let has = |count: usize, fits: &dyn Fn(u64) -> bool| (fits(count as u64), format!("has {count}"));
        let compare = |fits: &dyn Fn(Number) -> bool| {
            number(value).map(|number| (fits(number), format!("is {}", number.text())))
        };

        Some(match self {
            Self::MinCharacters(least) => has(value.as_str()?.chars().count(), &|count| count >= *least),
            Self::MaxCharacters(most) => has(value.as_str()?.chars().count(), &|count| count <= *most),
            Self::Pattern(pattern) => {
                let text = value.as_str()?;
                (pattern.is_match(text), format!("is {}", shown(text)))
            }
            Self::Uuid => {
                let text = value.as_str()?;
                (is_uuid(text), format!("is {}", shown(text)))
            }
            Self::MinBytes(least) => has(value.as_bytes()?.len(), &|count| count >= *least),
            Self::MaxBytes(most) => has(value.as_bytes()?.len(), &|count| count <= *most),
            Self::MinItems(least) => has(length(value)?, &|count| count >= *least),
            Self::MaxItems(most) => has(length(value)?, &|count| count <= *most),
            Self::AtLeast(limit) => compare(&|number| number >= *limit)?,
            Self::MoreThan(limit) => compare(&|number| number > *limit)?,
            Self::AtMost(limit) => compare(&|number| number <= *limit)?,
            Self::LessThan(limit) => compare(&|number| number < *limit)?,
            Self::OneOf(allowed) => {
                let number = value.as_enum_number()?;
                (allowed.iter().any(|(known, _)| *known == number), format!("is {number}"))
            }
            Self::NotNumbers(refused) => compare(&|number| !refused.contains(&number))?,
            Self::Unique => (all_differ(value.as_list()?), "has the same value twice".to_owned()),
        })
    }

    /// What follows "must be".
    fn text(&self) -> String {
        match self {
            Self::MinCharacters(least) => format!("at least {}", counted(*least, "character")),
            Self::MaxCharacters(most) => format!("at most {}", counted(*most, "character")),
            Self::Pattern(pattern) => format!("of the form {pattern}"),
            Self::Uuid => "a UUID".to_owned(),
            Self::MinBytes(least) => format!("at least {}", counted(*least, "byte")),
            Self::MaxBytes(most) => format!("at most {}", counted(*most, "byte")),
            Self::MinItems(least) => format!("at least {}", counted(*least, "item")),
            Self::MaxItems(most) => format!("at most {}", counted(*most, "item")),
            Self::AtLeast(limit) => format!("at least {}", limit.text()),
            Self::MoreThan(limit) => format!("more than {}", limit.text()),
            Self::AtMost(limit) => format!("at most {}", limit.text()),
            Self::LessThan(limit) => format!("less than {}", limit.text()),
            Self::OneOf(allowed) => {
                let names: Vec<_> = allowed.iter().map(|(_, name)| name.as_str()).collect();
                format!("one of {}", names.join(", "))
            }
            Self::NotNumbers(refused) => {
                let refused: Vec<_> = refused.iter().map(|number| number.text()).collect();
                format!("other than {}", refused.join(", "))
            }
            Self::Unique => "free of duplicates".to_owned(),
        }
    }
}

impl Number {
    fn text(self) -> String {
        match self {
            Self::Int(number) => number.to_string(),
            Self::Float(number) => number.to_string(),
        }
    }
}

/// Numbers and enum numbers. A rule and its value have the same type, so kinds are never mixed.
fn number(value: &Value) -> Option<Number> {
    Some(match value {
        Value::I32(number) | Value::EnumNumber(number) => Number::Int((*number).into()),
        Value::I64(number) => Number::Int((*number).into()),
        Value::U32(number) => Number::Int((*number).into()),
        Value::U64(number) => Number::Int((*number).into()),
        Value::F32(number) => Number::Float((*number).into()),
        Value::F64(number) => Number::Float(*number),
        _ => return None,
    })
}

/// The elements of a list or map.
fn length(value: &Value) -> Option<usize> {
    value.as_list().map(<[Value]>::len).or_else(|| value.as_map().map(|entries| entries.len()))
}

fn is_zero(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Bytes(bytes) => bytes.is_empty(),
        Value::Bool(truth) => !truth,
        Value::List(items) => items.is_empty(),
        Value::Map(entries) => entries.is_empty(),
        Value::Message(_) => false,
        _ => matches!(number(value), Some(Number::Int(0))) || number(value) == Some(Number::Float(0.0)),
    }
}

fn is_uuid(text: &str) -> bool {
    // The parser accepts other spellings, which would give one id several texts.
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

/// Whether all scalars in the list are different.
fn all_differ(items: &[Value]) -> bool {
    let mut seen = HashSet::new();
    items.iter().filter_map(scalar_key).all(|key| seen.insert(key))
}

fn scalar_key(value: &Value) -> Option<MapKey> {
    Some(match value {
        Value::Bool(key) => MapKey::Bool(*key),
        Value::I32(key) | Value::EnumNumber(key) => MapKey::I32(*key),
        Value::I64(key) => MapKey::I64(*key),
        Value::U32(key) => MapKey::U32(*key),
        Value::U64(key) => MapKey::U64(*key),
        Value::String(key) => MapKey::String(key.clone()),
        _ => return None,
    })
}

fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A refused text in quotes, shortened.
fn shown(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{:?}…", &text[..end]),
        None => format!("{text:?}"),
    }
}
