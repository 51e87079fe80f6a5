//! What the server has revealed: names and tokens, so that random calls find things that exist.

use std::collections::BTreeMap;

use prost_reflect::{DynamicMessage, Value};
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// Names of one collection that are kept in mind.
const KEPT: usize = 12;

/// What is known of the server: names of what exists, and tokens that it gave.
#[derive(Default)]
pub struct Known {
    by_kind: BTreeMap<&'static str, Vec<String>>,
}

impl Known {
    /// Takes note of a name or token.
    pub fn note(&mut self, kind: &'static str, text: &str, random: &mut StdRng) {
        let kept = self.by_kind.entry(kind).or_default();
        if text.is_empty() || kept.iter().any(|known| known == text) {
            return;
        }
        if kept.len() < KEPT {
            kept.push(text.to_owned());
        } else {
            kept[random.random_range(0..KEPT)] = text.to_owned();
        }
    }

    /// Something of this kind that exists, or once did.
    pub fn any(&self, kind: &str, random: &mut StdRng) -> String {
        let found = self.by_kind.get(kind).and_then(|kept| kept.choose(random));
        found.cloned().unwrap_or_else(|| "nothing".to_owned())
    }

    /// The kinds of which something is known.
    pub fn kinds(&self) -> Vec<&'static str> {
        self.by_kind.keys().copied().collect()
    }

    /// Takes note of every name and token in an answer.
    pub fn learn(&mut self, message: &DynamicMessage, random: &mut StdRng) {
        for (field, value) in message.fields() {
            self.learn_value(field.name(), value, random);
        }
    }

    fn learn_value(&mut self, field: &str, value: &Value, random: &mut StdRng) {
        match value {
            Value::String(text) => {
                if let Some(kind) = kind_of(field, text) {
                    self.note(kind, text, random);
                }
            }
            Value::Message(message) => self.learn(message, random),
            Value::List(items) => items.iter().for_each(|item| self.learn_value(field, item, random)),
            _ => {}
        }
    }
}

/// What a text of an answer is. Keys are left out: the caller's own must live.
fn kind_of(field: &str, text: &str) -> Option<&'static str> {
    const TOKENS: [&str; 3] = ["etag", "next_page_token", "resume_token"];
    const COLLECTIONS: [&str; 11] = [
        "calendars",
        "sequences",
        "segments",
        "recordTypes",
        "sellers",
        "teams",
        "templates",
        "enrollments",
        "activities",
        "operations",
        "webhooks",
    ];

    if let Some(token) = TOKENS.iter().find(|token| **token == field) {
        return Some(token);
    }
    match text.split('/').collect::<Vec<_>>()[..] {
        ["recordTypes", _, "records", _] => Some("records"),
        ["webhooks", _, "deliveries", _] => Some("deliveries"),
        ["segments", _, "rules", _] => Some("rules"),
        ["sequences", _, "revisions", _] => Some("revisions"),
        [collection, _] => COLLECTIONS.into_iter().find(|known| *known == collection),
        _ => None,
    }
}
