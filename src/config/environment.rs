//! Which variables of the environment are ours: one that isn't known is probably a setting with a
//! slip in it.

use super::Problem;
use super::layers::PREFIX;

/// Those that aren't settings: of the commands, of clients and of the tests.
const OTHERS: [&str; 14] = [
    "ADDRESS",
    "CA",
    "CERT",
    "CERT_KEY",
    "CONFIG",
    "CI_CACHE",
    "DATA_DIR",
    "KEY",
    "KILLS",
    "LONG_TESTS",
    "OTHER_KEY",
    "PG_BIN",
    "SEED",
    "SEEDS",
];

/// Kubernetes sets some for each service of a namespace, also for one called upnext; tests have
/// their own.
const FOREIGN: [&str; 3] = ["SERVICE_", "PORT", "TEST_"];

/// A problem for each variable that nobody reads.
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
    let hint = match distance(name, &nearest) <= name.len() / 2 {
        true => format!("; did you mean {PREFIX}{nearest}?"),
        false => String::new(),
    };
    Problem { setting: format!("{PREFIX}{name}"), origin: None, message: format!("is not a setting{hint}") }
}

/// How many letters have to be put in, left out or exchanged.
fn distance(one: &str, other: &str) -> usize {
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
    fn a_variable_that_nobody_reads_is_refused_with_the_name_that_was_probably_meant() {
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
