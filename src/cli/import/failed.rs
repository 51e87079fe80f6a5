//! Cells in which a spreadsheet's formula failed. They hold no value.

/// What spreadsheets write there, in English, German, French, Spanish, Italian, Dutch and
/// Portuguese.
const ERRORS: &[&str] = &[
    "#N/A",
    "#REF!",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    // German
    "#NV",
    "#BEZUG!",
    "#WERT!",
    "#ZAHL!",
    // French
    "#VALEUR!",
    "#NOM?",
    "#NOMBRE!",
    "#NUL!",
    // Spanish
    "#¡REF!",
    "#¡VALOR!",
    "#¡DIV/0!",
    "#¿NOMBRE?",
    "#¡NULO!",
    "#¡NUM!",
    // Italian and Portuguese
    "#N/D",
    "#RIF!",
    "#VALORE!",
    "#VALOR!",
    "#NOME?",
    "#NÚM!",
    "#NULO!",
    // Dutch
    "#N/B",
    "#VERW!",
    "#WAARDE!",
    "#NAAM?",
    "#GETAL!",
    "#DEEL/0!",
];

/// Whether a cell holds such an error.
pub fn failed(cell: &str) -> bool {
    let cell = cell.trim();
    cell.starts_with('#') && ERRORS.contains(&cell.to_uppercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_a_spreadsheet_is_told_from_text() {
        assert!(["#N/A", " #nv ", "#BEZUG!", "#DIV/0!", "#NÚM!", "#NAME?"].into_iter().all(failed));
        assert!(!["", "N/A", "#1", "#N/A!", "#hashtag", "# N/A"].into_iter().any(failed));
    }
}
