//! Evaluates many conditions in one scan of their subjects.
//!
//! A subselect reads each value of a subject once for all conditions.
//!
//! Most conditions require, among other things, that a field equals one of some texts, like
//! `record.origin == "paid search" && …`. The conditions on the same field become the leaves of a
//! binary search tree over these texts. A subject is then tested only against the few conditions in
//! its leaf, and skips hundreds that it can't match.
//!
//! Matches are returned as words: each has the number of a leaf and one bit for each of up to 32
//! conditions.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{Postgres, QueryBuilder};

use super::stored::Taken;
use super::{FieldSource, Writer};
use crate::domain::attribute::AttributeType;
use crate::domain::condition::{Condition, Expression, Field, Predicate};

/// The most conditions in one word.
const BITS: usize = 32;

/// A condition that accepts more texts than this gets no leaf, and is tested on every subject.
const MOST_TEXTS: usize = 64;

/// The meaning of the words that a scan returns.
pub struct Scan {
    words: Vec<Word>,
}

/// The meaning of one word: for each leaf and each bit, the place of a condition among all.
type Word = Vec<Vec<usize>>;

/// A condition, and others that are only tested if it matches, each with its place among all.
#[derive(Clone, Copy)]
struct Unit<'a> {
    place: usize,
    first: &'a Condition,
    next: usize,
    others: &'a [&'a Condition],
}

/// Units that are tested together. They fit into one word.
type Leaf<'a> = Vec<Unit<'a>>;

/// For each field, the leaves by text.
type Trees<'a> = BTreeMap<&'a str, (&'a Field, BTreeMap<&'a str, Leaf<'a>>)>;

/// Appends `SELECT id, matches FROM (SELECT` … `) AS subject`. Pass `matches` to
/// [`Scan::matching`].
///
/// The other conditions of a group are only tested if its first one matches. `id` is the SQL of a
/// subject's key. `from` appends the `FROM` and `WHERE` of the subjects.
pub fn push_scan(
    query: &mut QueryBuilder<Postgres>,
    groups: &[Vec<&Condition>],
    source: &dyn FieldSource,
    id: &'static str,
    from: impl FnOnce(&mut QueryBuilder<Postgres>),
) -> Scan {
    query.push("SELECT subject.id, ");
    let (scan, taken) = write_matches(query, groups, source);

    query.push(" AS matches FROM (SELECT ").push(id).push(" AS id");
    push_columns(query, source, &taken);
    from(query);
    // OFFSET 0 keeps the planner from inlining the subselect, which would read a value for each
    // use.
    query.push(" OFFSET 0) AS subject");
    scan
}

/// Appends the matches of several scans as one value. `number` is the SQL of the place of the scan
/// to use for a row. A row reads only the values that its own scan needs.
pub fn push_scans(
    query: &mut QueryBuilder<Postgres>,
    scans: &[&[Vec<&Condition>]],
    source: &dyn FieldSource,
    number: &'static str,
) -> Vec<Scan> {
    query.push("(CASE ").push(number);
    let mut written = Vec::with_capacity(scans.len());

    for (place, groups) in scans.iter().enumerate() {
        query.push(format_args!(" WHEN {place} THEN (SELECT "));
        let (scan, taken) = write_matches(query, groups, source);
        query.push(" FROM (SELECT 0 AS id");
        push_columns(query, source, &taken);
        query.push(" OFFSET 0) AS subject)");
        written.push(scan);
    }

    query.push(" END)");
    written
}

/// Writes the array of a scan's words. It reads columns of `subject`, which the caller has to
/// select.
fn write_matches(
    query: &mut QueryBuilder<Postgres>,
    groups: &[Vec<&Condition>],
    source: &dyn FieldSource,
) -> (Scan, Vec<Taken>) {
    let (mut scan, mut taken) = (Scan { words: Vec::new() }, Vec::new());
    let (trees, words) = leaves(groups, source);

    query.push("ARRAY[");
    let mut writer = Writer { query, source, by_full_name: false, taken: Some(&mut taken) };

    for (field, leaves) in trees.values() {
        let mut word = Word::new();
        let leaves: Vec<_> = leaves.iter().map(|(text, leaf)| (*text, leaf.as_slice())).collect();
        write_branch(&mut writer, &Expression::Field((*field).clone()), &leaves, &mut word);
        scan.words.push(word);
        writer.push(", ");
    }
    for leaf in words {
        write_bits(&mut writer, &leaf);
        scan.words.push(vec![places(&leaf)]);
        writer.push(", ");
    }

    // The 0 follows the last comma, and keeps the array from being empty. It is never read.
    query.push("0]::bigint[]");
    (scan, taken)
}

impl Scan {
    /// Returns the ascending places of the conditions that match, counted through all groups.
    /// Conditions of a group whose first one doesn't match are absent.
    pub fn matching(&self, matches: &[i64]) -> Vec<usize> {
        let mut found = Vec::new();
        for (word, value) in self.words.iter().zip(matches) {
            let leaf = usize::try_from(value >> BITS).ok().and_then(|leaf| word.get(leaf));
            let places = leaf.into_iter().flatten().enumerate();
            found.extend(places.filter(|(bit, _)| value >> bit & 1 == 1).map(|(_, place)| *place));
        }

        // A long group has several units, and each of them repeats the first condition.
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Distributes conditions to the leaves of trees. The rest goes into words without a tree.
fn leaves<'a>(groups: &'a [Vec<&'a Condition>], source: &dyn FieldSource) -> (Trees<'a>, Vec<Leaf<'a>>) {
    let (mut trees, mut words) = (Trees::new(), Vec::<Leaf<'a>>::new());
    for unit in units(groups) {
        let fits = |leaf: &Leaf<'_>| bits(leaf) + unit.bits() <= BITS;
        // A unit goes into the leaf of each of its texts, so it must fit into all of them.
        let key = key(unit.first.root(), source).filter(|(field, texts)| {
            let leaves = trees.get(field.name.as_str()).map(|(_, leaves)| leaves);
            let leaf = |text: &&str| leaves.and_then(|leaves| leaves.get(*text));
            texts.iter().all(|text| leaf(text).is_none_or(fits))
        });

        if let Some((field, texts)) = key {
            let (_, leaves) = trees.entry(field.name.as_str()).or_insert_with(|| (field, BTreeMap::new()));
            let texts: BTreeSet<&str> = texts.into_iter().collect();
            texts.into_iter().for_each(|text| leaves.entry(text).or_default().push(unit));
        } else if let Some(word) = words.last_mut().filter(|word| fits(word)) {
            word.push(unit);
        } else {
            words.push(vec![unit]);
        }
    }
    (trees, words)
}

fn push_columns(query: &mut QueryBuilder<Postgres>, source: &dyn FieldSource, taken: &[Taken]) {
    let mut writer = Writer { query, source, by_full_name: false, taken: None };
    for (index, taken) in taken.iter().enumerate() {
        writer.push(", ");
        match taken {
            Taken::Column(column) => writer.push(column),
            Taken::Member(form, object, field) => writer.write_stored(*form, object, field),
        }
        writer.query.push(format_args!(" AS c{index}"));
    }
}

/// Returns a field and texts such that the predicate only matches if the field has one of the
/// texts.
fn key<'a>(predicate: &'a Predicate, source: &dyn FieldSource) -> Option<(&'a Field, Vec<&'a str>)> {
    predicate.asked_texts(&|field, texts| {
        let is_text = matches!(field.attribute_type, AttributeType::String | AttributeType::Reference { .. });
        // A full name, like `sequences/x`, is not the value of the column.
        let by_name = source.full_name(&field.name).is_some() && texts.iter().any(|text| text.contains('/'));
        is_text && !by_name && (1..=MOST_TEXTS).contains(&texts.len())
    })
}

/// Writes a binary search among leaves. They are ordered by code point, like texts in
/// collation C.
fn write_branch(writer: &mut Writer<'_>, key: &Expression, leaves: &[(&str, &[Unit<'_>])], word: &mut Word) {
    let (below, above) = leaves.split_at(leaves.len() / 2);
    match (below, above) {
        ([], [(_, leaf)]) => {
            writer.query.push(format_args!("({}::bigint | ", word.len() << BITS));
            write_bits(writer, leaf);
            writer.push(")");
            word.push(places(leaf));
        }
        (_, [(text, _), ..]) => {
            writer.push("(CASE WHEN ");
            writer.text(key);
            writer.push(" COLLATE \"C\" < ");
            writer.query.push_bind((*text).to_owned());
            writer.push(" THEN ");
            write_branch(writer, key, below, word);
            writer.push(" ELSE ");
            write_branch(writer, key, above, word);
            writer.push(" END)");
        }
        // Without leaves there is nothing to match.
        (_, []) => writer.push("0"),
    }
}

/// Writes the units of a leaf, one bit for each condition.
fn write_bits(writer: &mut Writer<'_>, leaf: &[Unit<'_>]) {
    let mut bit = 0;
    writer.push("(");
    for (index, unit) in leaf.iter().enumerate() {
        writer.push(if index == 0 { "" } else { " | " });
        writer.push("CASE WHEN ");
        write_bit(writer, unit.first, &mut bit);
        for other in unit.others {
            writer.push(" | CASE WHEN ");
            write_bit(writer, other, &mut bit);
            writer.push(" ELSE 0 END");
        }
        writer.push(" ELSE 0 END");
    }

    writer.push(")");
}

fn write_bit(writer: &mut Writer<'_>, condition: &Condition, bit: &mut u32) {
    writer.predicate(condition.root());
    writer.query.push(format_args!(" THEN {}::bigint", 1_u64 << *bit));
    *bit += 1;
}

/// Returns the units of groups. A group that is too long for a word is split into several units,
/// and each of them begins with the first condition of the group.
fn units<'a>(groups: &'a [Vec<&'a Condition>]) -> Vec<Unit<'a>> {
    let (mut units, mut place) = (Vec::with_capacity(groups.len()), 0);
    for group in groups {
        if let Some((first, others)) = group.split_first() {
            units.push(Unit { place, first, next: place + 1, others: &[] });
            for (index, others) in others.chunks(BITS - 1).enumerate() {
                let unit = Unit { place, first, next: place + 1 + index * (BITS - 1), others };
                // The first chunk replaces the unit without others, which was just added.
                if index == 0 {
                    units.pop();
                }
                units.push(unit);
            }
        }
        place += group.len();
    }

    units
}

impl Unit<'_> {
    fn bits(&self) -> usize {
        1 + self.others.len()
    }
}

fn bits(leaf: &[Unit<'_>]) -> usize {
    leaf.iter().map(Unit::bits).sum()
}

/// Returns the condition that each bit of a leaf stands for.
fn places(leaf: &[Unit<'_>]) -> Vec<usize> {
    leaf.iter()
        .flat_map(|unit| [unit.place].into_iter().chain(unit.next..unit.next + unit.others.len()))
        .collect()
}
