//! Each published reason is asserted by a test that provokes it through the server.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use upnext::api::pb::DESCRIPTORS;

/// Reasons that need a broken database or a fault of ours: proved where they are made, in
/// `src/api/status/tests.rs`.
const OF_FAILURES: [&str; 4] = ["CONFLICT", "SERVICE_UNAVAILABLE", "STATEMENT_TIMEOUT", "INTERNAL_FAULT"];

/// The texts of all sources in this folder, but for this file's.
fn sources(folder: &Path) -> String {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let text = |path: std::path::PathBuf| match path.extension() {
        None => sources(&path),
        Some(_) if path.ends_with("error_reasons.rs") => String::new(),
        Some(_) => fs::read_to_string(path).unwrap_or_default(),
    };
    entries.map(|entry| text(entry.expect("can be read").path())).collect()
}

#[test]
fn every_error_reason_is_asserted_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let through_the_server = sources(&root.join("tests/it"));
    let where_made =
        fs::read_to_string(root.join("src/api/status/tests.rs")).expect("the unit tests are there");
    let proved = |name: &str| {
        let place = if OF_FAILURES.contains(&name) { &where_made } else { &through_the_server };
        place.contains(&format!("\"{name}\""))
    };
    let reasons = DESCRIPTORS.get_enum_by_name("upnext.v1.ErrorReason").expect("is published");
    let published = reasons.values().filter(|value| value.number() != 0).map(|value| value.name().to_owned());
    let unproved: BTreeSet<String> = published.filter(|name| !proved(name)).collect();
    assert_eq!(unproved, BTreeSet::new(), "no test asserts these reasons");
}
