//! Which environment variables are ours. An unknown one is probably a misspelled setting.

use super::Problem;
use super::layers::PREFIX;

/// Variables that aren't settings: for commands, clients and tests.
const OTHERS: [&str; 16] = [
    "ADDRESS",
    "BINARY",
    "CA",
    "CERT",
    "CERT_KEY",
    "CONFIG",
    "CI_CACHE",
    "DATA_DIR",
    "FAULTS",
    "KEY",
    "KILLS",
    "LONG_TESTS",
    "OTHER_KEY",
    "PG_BIN",
    "SEED",
    "SEEDS",
];

/// Kubernetes sets some for each service of a namespace, including one called upnext. Tests have
/// their own, and so has `upnext worker smtp`, which may share an environment file.
const FOREIGN: [&str; 4] = ["SERVICE_", "PORT", "TEST_", "SMTP_"];

/// A problem for each unknown variable.
pub(super) fn unknown(environment: &[(String, String)], settings: &[&str]) -> Vec<Problem> {
    let names = environment.iter().filter_map(|(name, _)| name.strip_prefix(PREFIX));
    let mut unknown: Vec<&str> = names.filter(|name| !is_known(name, settings)).collect();
    unknown.sort_unstable();
    unknown.into_iter().map(|name| problem(name, settings)).collect()
}

fn is_known(name: &str, settings: &[&str]) -> bool {
    settings.iter().any(|setting| setting.to_ascii_uppercase() == name)
        || OTHERS.contains(&name)
        || FOREIGN.iter().any(|prefix| name.starts_with(prefix))
}

fn problem(name: &str, settings: &[&str]) -> Problem {
    let known = settings.iter().map(|setting| setting.to_ascii_uppercase());
    let known = known.chain(OTHERS.iter().map(|&other| other.to_owned()));
    let nearest = known.min_by_key(|known| distance(name, known)).unwrap_or_default();
    // A name that differs in more than half of its letters is not a misspelling.
    let hint = match distance(name, &nearest) <= name.len() / 2 {
        true => format!("; did you mean {PREFIX}{nearest}?"),
        false => String::new(),
    };
    Problem { setting: format!("{PREFIX}{name}"), origin: None, message: format!("is not a setting{hint}") }
}

/// The edit distance: how many letters must be inserted, removed or replaced.
fn distance(one: &str, other: &str) -> usize {
    // One row of the Levenshtein table is enough, with the value diagonally above kept aside.
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.bytes().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (column, compared) in other.bytes().enumerate() {
            let exchanged = diagonal + usize::from(letter != compared);
            diagonal = row[column + 1];
            row[column + 1] = exchanged.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(names: &[&str]) -> Vec<String> {
        let environment: Vec<(String, String)> =
            names.iter().map(|name| ((*name).to_owned(), String::new())).collect();
        unknown(&environment, &["batch_size", "drain_timeout"]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_variable_that_nobody_reads_is_told_with_the_name_that_was_probably_meant() {
        assert_eq!(
            said(&["UPNEXT_BATCHSIZE", "UPNEXT_BATCH_SIZE", "UPNEXT_ZZZZZZZZZZZZ"]),
            [
                "UPNEXT_BATCHSIZE: is not a setting; did you mean UPNEXT_BATCH_SIZE?",
                "UPNEXT_ZZZZZZZZZZZZ: is not a setting",
            ]
        );
    }

    #[test]
    fn variables_of_clients_tests_and_kubernetes_are_left_alone() {
        let foreign =
            ["UPNEXT_KEY", "UPNEXT_SERVICE_HOST", "UPNEXT_PORT_50051_TCP", "UPNEXT_TEST_X", "HOME", "UPNEXT"];
        assert_eq!(said(&foreign), Vec::<String>::new());
    }

    #[test]
    fn a_distance_is_counted_in_letters() {
        assert_eq!((distance("", "abc"), distance("abc", "abc"), distance("kitten", "sitting")), (3, 0, 3));
    }
}
