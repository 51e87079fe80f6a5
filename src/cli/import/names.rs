//! What a header means, whatever its case, spaces and script: from the header alone, never from its
//! place.

use deunicode::{deunicode_char, deunicode_with_tofu};
use sha2::{Digest as _, Sha256};

use crate::domain::attribute::{AttributeName, BUILT_IN_NAMES, LONGEST_NAME, STATE_NAME};

/// A name without what people write differently: case, accents, spaces and signs.
pub fn bare(name: &str) -> String {
    let latin = deunicode_with_tofu(name, "");
    latin.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The words of a header, bare: `HasOptedOut` has three.
pub fn words(header: &str) -> Vec<String> {
    let (mut words, mut after_small) = (vec![String::new()], false);
    for c in deunicode_with_tofu(header, "").chars() {
        if !c.is_ascii_alphanumeric() || after_small && c.is_ascii_uppercase() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_ascii_alphanumeric(), words.last_mut()) {
            word.push(c.to_ascii_lowercase());
        }
        after_small = c.is_ascii_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether every record has something of that name already.
pub fn is_taken(header: &str) -> bool {
    BUILT_IN_NAMES.iter().chain([&STATE_NAME]).any(|name| bare(name) == bare(header))
}

/// The new attribute that a column becomes: its header, if conditions can use that, else the
/// nearest they can.
pub fn new_attribute(header: &str) -> AttributeName {
    if let (false, Ok(name)) = (is_taken(header), AttributeName::new(header)) {
        return name;
    }
    let latin = deunicode_with_tofu(header, "");
    let words = latin.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = words.collect::<Vec<_>>().join("_");
    if name.is_empty() || name.starts_with(|first: char| first.is_ascii_digit()) {
        name.insert(0, '_');
    }

    // What the name would lose tells two headers apart.
    let unreadable = header.chars().any(|c| deunicode_char(c).is_none());
    if name == "_" || unreadable || name.len() >= LONGEST_NAME {
        let digits = short_hash(header);
        name.truncate(LONGEST_NAME - digits.len() - 2);
        name = format!("{}_{digits}", name.trim_end_matches('_'));
    }
    // Words of the condition language and names that every record has get an underscore behind
    // them.
    let plain = (!is_taken(header)).then(|| AttributeName::new(name.as_str()).ok()).flatten();
    plain
        .or_else(|| AttributeName::new(format!("{name}_")).ok())
        .expect("letters, digits and underscores are an identifier, and none that is taken ends with one")
}

/// Eight digits of the header's SHA-256.
fn short_hash(header: &str) -> String {
    Sha256::digest(header).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// A header as it can be printed: what can't be seen, or moves a terminal's cursor, is escaped.
pub fn printable(header: &str) -> String {
    let mut shown = String::new();
    for c in header.chars() {
        if c == '"' || c == '\'' || c.is_alphanumeric() {
            shown.push(c);
        } else {
            shown.extend(c.escape_debug());
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_become_names_that_conditions_can_use() {
        let cases = [
            ("origin", "origin"),
            ("First Name", "First_Name"),
            ("2nd phone", "_2nd_phone"),
            ("E-Mail (work)", "E_Mail_work"),
            ("in", "in_"),
            ("Owner", "Owner_"),
            ("state", "state_"),
            ("Create Time", "Create_Time_"),
            ("stage", "stage"),
            ("Größe", "Grosse"),
            ("Имя", "Imia"),
            ("Телефон 2", "Telefon_2"),
            ("Адрес 2", "Adres_2"),
        ];

        for (header, name) in cases {
            assert_eq!(new_attribute(header).as_str(), name, "{header}");
        }
    }

    #[test]
    fn a_header_without_letters_is_named_by_its_own_hash() {
        let (one, two) = (new_attribute("???"), new_attribute("!?!"));
        assert!(one != two && one.as_str().starts_with('_') && one.as_str().len() == 9, "{one} {two}");
        let (one, two) = (new_attribute("a\u{e000}"), new_attribute("a\u{e001}"));
        assert!(one != two && one.as_str().starts_with("a_"), "{one} {two}");
        let (long, longer) = ("x y".repeat(50), "x y".repeat(51));
        assert!(new_attribute(&long) != new_attribute(&longer));
        assert!(new_attribute(&longer).as_str().len() <= LONGEST_NAME);
    }

    #[test]
    fn words_end_where_a_person_sees_it() {
        assert_eq!(words("HasOptedOut_ofE-Mail"), ["has", "opted", "out", "of", "e", "mail"]);
        assert_eq!(words("Não ligar (DNC)"), ["nao", "ligar", "dnc"]);
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        assert_eq!(printable("\u{feff}id \u{1b}[1m"), "\\u{feff}id \\u{1b}[1m");
        assert_eq!(printable("E-Mail (Größe)"), "E-Mail (Größe)");
    }
}
