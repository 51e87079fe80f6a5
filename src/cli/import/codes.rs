//! Headers that name codes: phone numbers, postal codes, ids. Their values are text even if they
//! look like numbers, because the next file's may begin with a zero.

use super::names::words;

/// Words of a count, which is a number whatever it counts.
const COUNTS: &[&str] = &[
    "count",
    "counts",
    "calls",
    "visits",
    "clicks",
    "total",
    "minutes",
    "days",
    "score",
    "rank",
    "anzahl",
    "dauer",
    "nombre",
    "cantidad",
    "quantita",
    "quantidade",
    "aantal",
    "duration",
];
const BEGINNINGS: &[&str] = &[
    "phone",
    "telef",
    "teleph",
    "telem",
    "mobil",
    "mobiel",
    "movil",
    "celular",
    "cellular",
    "handy",
    "fax",
    "zip",
    "postal",
    "postleit",
    "postcode",
    "iban",
    "rufnummer",
];
const ENDINGS: &[&str] = &[
    "phone", "telefon", "telefoon", "mobil", "fax", "plz", "nummer", "number", "nr", "code", "codes", "kode",
    "codigo", "codice", "iban", "zip",
];
const WHOLE: &[&str] = &[
    "tel",
    "tlf",
    "telf",
    "mob",
    "cell",
    "gsm",
    "portable",
    "id",
    "ids",
    "uid",
    "uuid",
    "guid",
    "cep",
    "cp",
    "bic",
    "swift",
    "blz",
    "siret",
    "siren",
    "nif",
    "cif",
    "cnpj",
    "cpf",
    "dni",
    "ssn",
    "sku",
    "ean",
    "gtin",
    "isbn",
    "duns",
    "kvk",
    "matricule",
];
/// The words of French, Spanish, Italian and Portuguese for a number that may be a count.
const NUMBERS: &[&str] = &["numero", "num", "nro"];
/// How the words begin that make a code of it.
const NUMBERED: &[&str] = &[
    "client", "cuent", "conto", "conta", "contrat", "compt", "command", "pedid", "ordin", "factur", "fatur",
    "fattur", "serie", "tel", "dossier",
];

/// Whether a header names a code.
pub fn names_code(header: &str) -> bool {
    let words = words(header);
    let is_count = |word: &String| COUNTS.contains(&word.as_str());
    if words.iter().any(is_count) || words.windows(2).any(|pair| pair == ["number", "of"]) {
        return false;
    }
    words.iter().any(|word| is_code(word)) || is_numbered(header, &words)
}

fn is_code(word: &str) -> bool {
    BEGINNINGS.iter().any(|beginning| word.starts_with(beginning))
        || ENDINGS.iter().any(|ending| word.ends_with(ending))
        || WHOLE.contains(&word)
}

/// Whether it ends with a sign of a number, like `Customer No.`, or says what is numbered.
fn is_numbered(header: &str, words: &[String]) -> bool {
    let (first, last) = (words.first(), words.last());
    let is_cap = words.len() == 1 && first.is_some_and(|word| word == "cap");
    let is_signed =
        words.len() > 1 && last.is_some_and(|word| word == "no") || header.trim_end().ends_with('#');
    let number = |word: &String| NUMBERS.contains(&word.as_str());
    let numbered = |word: &String| NUMBERED.iter().any(|beginning| word.starts_with(beginning));
    let is_named = words.iter().any(number) && (words.len() == 1 || words.iter().any(numbered));
    is_cap || is_signed || is_named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_postal_codes_and_ids_are_codes_in_many_languages() {
        let headers = [
            "Mobile",
            "Mobile Phone",
            "Telefonnummer",
            "Tel.",
            "Fax",
            "Zip",
            "ZipCode",
            "Postal Code",
            "postal",
            "PLZ",
            "Postleitzahl",
            "Country code",
            "IBAN",
            "Account Number",
            "Account #",
            "Customer No.",
            "Kunden-Nr.",
            "Kundennummer",
            "Company ID",
            "AccountId",
            "Handy",
            "Téléphone",
            "Code postal",
            "Numéro client",
            "Móvil",
            "Código postal",
            "Número de cuenta",
            "Cellulare",
            "CAP",
            "Postcode",
            "Telefoonnummer",
            "Mobiel",
            "Telemóvel",
            "Celular",
            "CEP",
            "HausNr",
            "SKU",
            "External IDs",
        ];

        for header in headers {
            assert!(names_code(header), "{header}");
        }
    }

    #[test]
    fn counts_and_amounts_are_numbers() {
        let headers = [
            "Employees",
            "Number of employees",
            "Annual Revenue",
            "Umsatz",
            "Score",
            "Phone calls",
            "Anzahl Telefonate",
            "Número de empleados",
            "Market Cap",
            "Level",
            "Paid",
            "Nombre de clients",
            "Visits",
            "Alter",
            "Preis",
        ];

        for header in headers {
            assert!(!names_code(header), "{header}");
        }
    }
}
