//! Whether a header seems to say who may be contacted, in the words of other systems and languages.
//! A word too many costs a question; one too few, a call that nobody may make.

use super::names::{bare, words};

/// What a header seems to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Who may not be called.
    NoPhone,
    /// Who may not be emailed.
    NoEmail,
    /// Who may not be contacted; it doesn't say by what.
    NoContact,
    /// Who may be contacted: the reverse of what is heeded.
    Given,
}

/// Signs of a refusal, wherever they stand.
const REFUSALS: &[&str] = &[
    "donot",
    "dontcall",
    "dontcontact",
    "dontemail",
    "dontmail",
    "dontphone",
    "maynot",
    "mustnot",
    "optout",
    "optedout",
    "unsubscri",
    // German
    "abgemeldet",
    "abmeldung",
    "abbestell",
    "widerspr",
    "widerruf",
    "werbesperre",
    "werbeverbot",
    "anrufsperre",
    "telefonsperre",
    "kontaktsperre",
    "mailsperre",
    "unerwunscht",
    "nichterwunscht",
    "nichterlaubt",
    "nichtgestattet",
    "robinsonlist",
    // French
    "desabonn",
    "desinscri",
    "oppositi",
    "bloctel",
    // Spanish
    "listarobinson",
    "dadodebaja",
    "dadadebaja",
    "desuscri",
    // Italian
    "disiscri",
    "cancellatodallanewsletter",
    "opposizion",
    // Dutch
    "afgemeld",
    "uitgeschreven",
    "belmeniet",
    "bezwaar",
    // Portuguese
    "descadastr",
    "naoperturb",
    "canceloua",
];

/// How words begin that are a refusal by themselves.
const REFUSING: &[&str] = &["dnc", "nocall", "noemail"];

/// Words of a refusal if one for contacting stands behind them: `Keine Anrufe`.
const NEGATIONS: &[&str] = &[
    "no",
    "non",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keinerlei",
    "pas",
    "niet",
    "geen",
    "nao",
    "nunca",
    "jamais",
];

/// How the words for calling begin.
const CALLING: &[&str] = &[
    "call", "phone", "tel", "dnc", "anruf", "angeruf", "anzuruf", "appel", "rappel", "llama", "chiama",
    "bellen", "gebeld", "ligar", "ligac", "ligue", "demarch", "mobil", "handy",
];

/// How the words for mail begin.
const MAILING: &[&str] = &["mail", "email", "courriel", "correo", "newsletter", "gemaild"];

/// How the words for any contact begin.
const CONTACTING: &[&str] = &[
    "contact",
    "contatt",
    "contat",
    "kontakt",
    "werb",
    "beworben",
    "marketing",
    "advert",
    "anschreib",
    "angeschrieb",
    "publicid",
    "publicit",
    "pubblicit",
    "reclame",
    "prospect",
    "sollicit",
    "solicit",
    "enviar",
    "benader",
];

/// Signs that people agreed.
const AGREEMENTS: &[&str] = &[
    "optin",
    "optedin",
    "consent",
    "consenso",
    "permission",
    "gdpr",
    "dsgvo",
    "rgpd",
    "einwillig",
    "zustimmung",
    "einverst",
    "toestemming",
    "autorisation",
    "autorizacion",
    "autorizzazione",
    "autorizacao",
];

/// What a header seems to say about contacting people, if anything.
pub fn consent(header: &str) -> Option<Consent> {
    let (bare, words) = (bare(header), words(header));
    let holds = |signs: &[&str]| signs.iter().any(|sign| bare.contains(sign));
    let by = |stems: &[&str]| words.iter().any(|word| begins(word, stems));
    if holds(REFUSALS) || by(REFUSING) || is_negated(&words) {
        let phone = by(CALLING) || holds(&["call", "phone", "dnc", "telef", "bloctel", "belmeniet", "anruf"]);
        return Some(match (phone, by(MAILING) || holds(&["mail", "newsletter"])) {
            (true, false) => Consent::NoPhone,
            (false, true) => Consent::NoEmail,
            _ => Consent::NoContact,
        });
    }
    holds(AGREEMENTS).then_some(Consent::Given)
}

fn is_negated(words: &[String]) -> bool {
    let negation = words.iter().position(|word| NEGATIONS.contains(&word.as_str()));
    let behind = negation.map_or(&[][..], |at| &words[at + 1..]);
    // No. of calls: a number.
    if behind.first().is_some_and(|word| word == "of" || word == "de") {
        return false;
    }
    let contacts = |word: &String| [CALLING, MAILING, CONTACTING].iter().any(|stems| begins(word, stems));
    behind.iter().any(contacts)
}

fn begins(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| word.starts_with(stem))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_seen_in_the_words_of_other_systems_and_languages() {
        let by_phone = [
            "Do Not Call",
            "DoNotCall",
            "donotcall",
            "DNC",
            "No calls",
            "Nicht anrufen",
            "Keine Anrufe",
            "Bitte nicht anrufen",
            "Telefonsperre",
            "Ne pas appeler",
            "Pas d'appels",
            "Bloctel",
            "No llamar",
            "Non chiamare",
            "Niet bellen",
            "Bel-me-niet",
            "Geen telefoon",
            "Não ligar",
            "Não telefonar",
        ];
        let by_email = [
            "Email Opt Out",
            "HasOptedOutOfEmail",
            "Unsubscribed from all email",
            "No e-mail",
            "Keine E-Mails",
            "Newsletter abgemeldet",
            "Keine Mails",
            "Pas d'e-mail",
            "Désabonné newsletter",
            "No enviar correos",
            "Non inviare e-mail",
            "Niet mailen",
            "Não enviar e-mail",
        ];
        let either = [
            "Do not contact",
            "Opt-out",
            "Unsubscribed",
            "Nicht kontaktieren",
            "Keine Werbung",
            "Werbesperre",
            "Widerspruch",
            "Ne pas contacter",
            "Désabonné",
            "Désinscrit",
            "No contactar",
            "Dado de baja",
            "Lista Robinson",
            "Non contattare",
            "Disiscritto",
            "Niet benaderen",
            "Afgemeld",
            "Não contatar",
            "Descadastrado",
            "Do not call or email",
        ];

        let cases =
            [(Consent::NoPhone, &by_phone[..]), (Consent::NoEmail, &by_email), (Consent::NoContact, &either)];
        for (expected, headers) in cases {
            for header in headers {
                assert_eq!(consent(header), Some(expected), "{header}");
            }
        }
    }

    #[test]
    fn an_agreement_is_told_from_a_refusal() {
        let headers = [
            "Opt-in",
            "optin",
            "HasOptedIn",
            "Consent",
            "GDPR consent",
            "Einwilligung",
            "Einverständnis",
            "DSGVO-Zustimmung",
            "Consentement",
            "Consentimiento",
            "Consenso marketing",
            "Toestemming",
            "Consentimento",
        ];

        for header in headers {
            assert_eq!(consent(header), Some(Consent::Given), "{header}");
        }
    }

    #[test]
    fn other_headers_ask_nothing() {
        let headers = [
            "Called",
            "Email",
            "Donor",
            "Phone No",
            "No. of calls",
            "No. de teléfono",
            "Nicht belegt",
            "Tel. Nr.",
            "Customer No.",
            "Casino email",
            "Nombre",
            "Notes",
            "Last Contacted",
            "Nächster Kontakt",
            "Kontakt",
            "Anruf am",
            "Option",
            "Adoption Index",
            "Nicht besetzt",
            "Non-profit",
            "Lead Source",
            "Annual Revenue",
            "Company Name",
            "Liefersperre",
            "Contact",
            "Marke",
        ];

        for header in headers {
            assert_eq!(consent(header), None, "{header}");
        }
    }
}
