//! Leads of our own making: the same at each start, and nobody's.

use prost_types::value::Kind;
use prost_types::{Struct, Value};

use crate::api::pb::RecordUpsert;

const FIRST: [&str; 24] = [
    "Aiko", "Bruno", "Carla", "Dmitri", "Elif", "Femi", "Greta", "Hugo", "Ines", "Jonas", "Kavya", "Liam",
    "Mona", "Nadia", "Oskar", "Priya", "Quinn", "Rosa", "Samir", "Tilde", "Umar", "Vera", "Wen", "Yara",
];
const LAST: [&str; 22] = [
    "Abara", "Brandt", "Costa", "Dahl", "Eriksen", "Farrow", "Galli", "Hollis", "Ivers", "Jansen", "Kowal",
    "Lindt", "Mbeki", "Novak", "Okafor", "Petrov", "Quist", "Rossi", "Sato", "Tanaka", "Ueda", "Varga",
];
const COMPANY: [&str; 20] = [
    "Alder", "Basalt", "Copper", "Delta", "Ember", "Fjord", "Granite", "Harbor", "Indigo", "Juniper",
    "Kestrel", "Lumen", "Meadow", "Nimbus", "Onyx", "Pine", "Quarry", "Ridge", "Spruce", "Tidal",
];
const TRADE: [&str; 10] =
    ["Foods", "Freight", "Glass", "Health", "Labs", "Mills", "Motors", "Optics", "Textiles", "Works"];
const ORIGIN: [&str; 5] = ["web form", "webinar", "referral", "trade fair", "bought list"];

/// The lead with this number.
pub(super) fn lead(number: usize) -> RecordUpsert {
    let mut dice = Dice::thrown_for(number);
    let name = format!("{} {}", dice.pick(&FIRST), dice.pick(&LAST));
    let company = format!("{} {}", dice.pick(&COMPANY), dice.pick(&TRADE));
    let origin = dice.pick(&ORIGIN);
    // Three in four are small; a large one is what the segment of large accounts waits for.
    let thousands = if dice.below(4) == 0 { 50 + dice.below(450) } else { 1 + dice.below(45) };

    let host = company.to_lowercase().replace(' ', "-");
    let mailbox = name.to_lowercase().replace(' ', ".");
    let text = |text: String| Value { kind: Some(Kind::StringValue(text)) };
    let attributes = [
        ("name", text(name)),
        ("company", text(company)),
        ("origin", text(origin.to_owned())),
        // Names that exist nowhere: example is reserved.
        ("email", text(format!("{mailbox}@{host}.example"))),
        ("phone", text(format!("+1 555 01{:02}", dice.below(100)))),
        ("revenue", Value { kind: Some(Kind::NumberValue((thousands * 1_000) as f64)) }),
    ];

    RecordUpsert {
        id: id(number),
        attributes: Some(Struct {
            fields: attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        }),
        ..RecordUpsert::default()
    }
}

/// The id of the lead with this number.
pub(super) fn id(number: usize) -> String {
    format!("demo-{number:04}")
}

/// Numbers that look thrown and are always the same.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn thrown_for(number: usize) -> Self {
        Self(number as u64)
    }

    /// SplitMix64: neighbouring seeds give unlike sequences.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub(super) fn pick(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn text(lead: &RecordUpsert, name: &str) -> String {
        let attributes = lead.attributes.as_ref().expect("every lead has some");
        match attributes.fields[name].kind.as_ref().expect("a value") {
            Kind::StringValue(text) => text.clone(),
            other => panic!("{name} is {other:?}"),
        }
    }

    #[test]
    fn a_lead_is_always_the_same_and_unlike_the_others() {
        assert_eq!(lead(7), lead(7));
        let people: BTreeSet<String> = (0..240).map(|number| text(&lead(number), "email")).collect();
        assert!(people.len() > 230, "{}", people.len());
        let origins: BTreeSet<String> = (0..240).map(|number| text(&lead(number), "origin")).collect();
        assert_eq!(origins.len(), ORIGIN.len());
    }

    #[test]
    fn nobody_can_be_reached() {
        for lead in (0..240).map(lead) {
            assert!(text(&lead, "email").ends_with(".example"));
            assert!(text(&lead, "phone").starts_with("+1 555 01"), "numbers kept free for fiction");
        }
    }
}
