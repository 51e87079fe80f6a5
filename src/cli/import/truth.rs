//! The words for yes and no in files: English, German, French, Spanish, Italian, Dutch and
//! Portuguese. The API takes only `true`, `yes`, `1` and their opposites.

const YES: &[&str] = &[
    "true",
    "yes",
    "y",
    "on",
    "1",
    "ja",
    "wahr",
    "oui",
    "vrai",
    "sí",
    "sì",
    "si",
    "verdadero",
    "vero",
    "waar",
    "sim",
    "verdadeiro",
];
const NO: &[&str] = &[
    "false", "no", "n", "off", "0", "nein", "falsch", "non", "faux", "falso", "nee", "onwaar", "não", "nao",
];

/// The bytes of the longest word.
pub const LONGEST: usize = "verdadeiro".len();

/// Whether a cell is a yes or a no, whatever its case.
///
/// # Errors
/// The rule that it breaks, with all words that are taken.
pub fn truth(cell: &str) -> Result<bool, String> {
    let word = cell.trim().to_lowercase();
    if YES.contains(&word.as_str()) {
        return Ok(true);
    }
    if NO.contains(&word.as_str()) {
        return Ok(false);
    }
    Err(format!(
        "must be true or false; true may be written as {}; false as {}",
        YES.join(", "),
        NO.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_in_the_languages_of_files() {
        for (yes, no) in [
            ("Y", "N"),
            ("on", "OFF"),
            ("Ja", "nein"),
            ("WAHR", "FALSCH"),
            ("Oui", "Non"),
            ("SÍ", "no"),
            ("vero", "falso"),
            ("ja", "nee"),
            ("Sim", "NÃO"),
            (" 1 ", "0"),
            ("TRUE", "False"),
        ] {
            assert_eq!((truth(yes), truth(no)), (Ok(true), Ok(false)), "{yes} {no}");
        }

        let wrong = truth("vielleicht").expect_err("refused");
        assert!(wrong.starts_with("must be true or false; true may be written as true, yes, y"), "{wrong}");
        assert!(
            wrong.contains("ja, wahr") && wrong.contains("nein, falsch") && truth("-1").is_err(),
            "{wrong}"
        );
    }
}
