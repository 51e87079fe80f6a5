//! The rules of the house, read from the source text: which room may import which, and what must
//! not appear anywhere.

mod figures;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Each room, and the rooms it may import: the arrows of `src/README.md`, which never turn back.
const ROOMS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain", "measures"]),
    ("wake", &["store", "domain"]),
    ("engine", &["wake", "store", "domain", "clock", "measures"]),
    ("feed", &["wake", "store", "domain", "clock", "measures"]),
    ("worker", &["engine", "wake", "domain", "clock", "measures"]),
    ("api", &["engine", "feed", "wake", "store", "domain", "clock", "config", "measures"]),
    (
        "app",
        &[
            "api",
            "worker",
            "engine",
            "feed",
            "wake",
            "store",
            "domain",
            "clock",
            "config",
            "lifecycle",
            "measures",
            "telemetry",
        ],
    ),
    (
        "cli",
        &[
            "app",
            "api",
            "engine",
            "wake",
            "store",
            "domain",
            "clock",
            "config",
            "lifecycle",
            "telemetry",
            "private_postgres",
        ],
    ),
    ("clock", &[]),
    ("measures", &[]),
    ("config", &[]),
    ("telemetry", &["config", "measures"]),
    ("lifecycle", &[]),
    ("private_postgres", &[]),
];

/// Outside of the store, the names of sqlx that a room may use. None of them runs a statement.
const SQLX: &[(&str, &[&str], &str)] = &[
    (
        "engine",
        &["PgConnection", "Postgres", "Transaction"],
        "a verb holds the transaction that store functions take",
    ),
    ("app", &["PgPool", "PgConnectOptions"], "pools are made where the parts are put together"),
    (
        "cli",
        &["PgConnection", "PgConnectOptions", "MigrateError"],
        "commands say which database, and migrate it",
    ),
    ("private_postgres", &["PgConnectOptions", "PgSslMode"], "it says how to connect to itself"),
    ("config", &["PgConnectOptions", "PgSslMode"], "it reads what a URL says"),
    ("telemetry", &["notice"], "it names a target of log lines"),
    ("api", &["Error"], "the tests of the table from causes to codes make causes"),
];

/// Outside of the api, who may name tonic.
const TONIC: &[(&str, &str)] =
    &[("app", "it reads the certificates, and tells health"), ("cli", "the commands are clients")];

const LONGEST_FILE: usize = 450;

struct Source {
    /// The path from the repository's root.
    path: PathBuf,
    /// The first part of the module path, such as `engine`; empty for the crate's root.
    room: String,
    /// How many modules deep the file is: 1 for `src/engine/mod.rs`.
    depth: usize,
    /// The text without comments.
    code: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("can be listed").path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push(path);
        }
    }
    all.sort();
    all
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("sources are text")
}

fn sources() -> Vec<Source> {
    files(&root().join("src")).into_iter().map(|path| source(&path)).collect()
}

fn source(path: &Path) -> Source {
    let comment = Regex::new(r"(?m)(^|\s)//.*$").expect("a pattern");
    let path = path.strip_prefix(root()).expect("below the root").to_owned();
    let module = path.strip_prefix("src").expect("below src").with_extension("");
    let mut parts: Vec<String> = module.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    parts.retain(|part| !["mod", "lib", "main"].contains(&part.as_str()));
    let code = comment.replace_all(&read(&root().join(&path)), "").into_owned();
    Source { room: parts.first().cloned().unwrap_or_default(), depth: parts.len(), path, code }
}

/// The rooms that a source names: `crate::room`, a list `crate::{room::…, …}`, or `super::` up to
/// the root.
fn imports(source: &Source) -> BTreeSet<String> {
    let path = Regex::new(r"\b(?:crate::|((?:super::)+))(\w+|\{)").expect("a pattern");
    let mut found = BTreeSet::new();
    for captures in path.captures_iter(&source.code) {
        let supers = captures.get(1).map_or(source.depth, |supers| supers.as_str().matches("super").count());
        let name = captures.get(2).expect("always there");
        if supers < source.depth {
            continue;
        }
        match name.as_str() {
            "{" => found.extend(first_names(&source.code[name.end()..])),
            name => {
                found.insert(name.to_owned());
            }
        }
    }

    found.retain(|name| ROOMS.iter().any(|(room, _)| room == name));
    found.remove(&source.room);
    found
}

/// The first name of each item of a list that has just begun.
fn first_names(list: &str) -> Vec<String> {
    let (mut depth, mut names, mut name) = (0, Vec::new(), String::new());
    for character in list.chars() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(std::mem::take(&mut name)),
            other if depth == 0 => name.push(other),
            _ => {}
        }
    }
    names.push(name);
    names.iter().filter_map(|name| name.trim().split("::").next().map(str::to_owned)).collect()
}

fn assert_none(what: &str, found: Vec<String>) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

#[test]
fn rooms_import_only_rooms_to_their_right() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !source.room.is_empty()) {
        let allowed = ROOMS.iter().find(|(room, _)| *room == source.room);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{} is in no known room", source.path.display()));
        let turned = imports(source).into_iter().filter(|name| !allowed.contains(&name.as_str()));
        found.extend(turned.map(|name| format!("{} imports {name}", source.path.display())));
    }
    assert_none("imports against the direction", found);
}

#[test]
fn imports_are_read_from_every_form_of_a_path() {
    let source = |path: &str, code: &str| Source { code: code.to_owned(), ..source(&root().join(path)) };
    let read = |path: &str, code: &str| imports(&source(path, code)).into_iter().collect::<Vec<_>>();
    assert_eq!(read("src/engine/mod.rs", "use crate::{domain::{id, name}, store};"), ["domain", "store"]);
    assert_eq!(read("src/engine/mod.rs", "super::api::call()"), ["api"]);
    assert_eq!(read("src/worker/driver.rs", "use super::super::feed; use super::wake;"), ["feed"]);
    assert_eq!(read("src/store/database/pool.rs", "crate::store::Error, crate::clock::Clock"), ["clock"]);
}

#[test]
fn sql_is_only_in_the_store() {
    let path = Regex::new(r"\bsqlx::((?:\w+::)*)(\w+|\{[^}]*\})").expect("a pattern");
    let name = Regex::new(r"^(?:[a-z_]+::)*(\w+)").expect("a pattern");
    let statement =
        Regex::new(r#"(SELECT|INSERT INTO|DELETE FROM) \S|UPDATE \w+ SET|\bsqlx::query"#).expect("a pattern");
    let mut found = Vec::new();

    for source in sources().iter().filter(|source| source.room != "store") {
        let allowed =
            SQLX.iter().find(|(room, ..)| *room == source.room).map_or(&[][..], |(_, names, _)| names);
        for captures in path.captures_iter(&source.code) {
            let items = format!("{}{}", &captures[1], captures[2].trim_matches(['{', '}']));
            let names = items.split(',').filter_map(|item| name.captures(item.trim())?.get(1));
            let refused = names.map(|name| name.as_str()).filter(|name| !allowed.contains(name));
            found.extend(refused.map(|name| format!("{} uses sqlx::{name}", source.path.display())));
        }
        found.extend(
            statement
                .find(&source.code)
                .map(|text| format!("{} has {:?}", source.path.display(), text.as_str())),
        );
    }
    assert_none("SQL outside of the store", found);
}

#[test]
fn the_edge_and_the_feed_only_read_from_the_store() {
    let nouns: Vec<String> = files(&root().join("src/store"))
        .iter()
        .filter_map(|path| {
            // A folder's own file goes by the folder's name.
            let named = if path.ends_with("mod.rs") { path.parent()? } else { path.as_path() };
            Some(named.file_stem()?.to_str()?.to_owned())
        })
        .collect();
    let write = format!(
        r"\b({})::(insert|update|delete|save|lock|append|claim|raise|bump|upsert|remove|purge|migrate)\w*\(",
        nouns.join("|")
    );
    let write = Regex::new(&write).expect("a pattern");
    let mut found = Vec::new();

    for source in sources().iter().filter(|source| ["api", "feed"].contains(&source.room.as_str())) {
        let calls = write.find_iter(&source.code);
        found.extend(calls.map(|call| format!("{} calls {}", source.path.display(), call.as_str())));
    }
    assert_none("writes that go around the engine", found);
}

#[test]
fn only_the_edge_knows_grpc() {
    let tonic = Regex::new(r"\btonic\b").expect("a pattern");
    let mut found = sources();
    found.retain(|source| tonic.is_match(&source.code) && source.room != "api");
    found.retain(|source| {
        !TONIC.iter().any(|(room, _)| *room == source.room) && source.path != Path::new("src/clock.rs")
    });
    assert_none(
        "tonic outside of the edge",
        found.iter().map(|source| source.path.display().to_string()).collect(),
    );
}

#[test]
fn names_of_resources_are_formatted_in_one_place() {
    let place = Path::new("src/domain/names.rs");
    let patterns = Regex::new(r#"Pattern\("(\w+)/"#).expect("a pattern");
    let known = read(&root().join(place));
    let collections: BTreeSet<&str> = patterns
        .captures_iter(&known)
        .filter_map(|captures| captures.get(1))
        .map(|text| text.as_str())
        .collect();
    assert!(collections.len() > 10, "{collections:?}");

    let collections: Vec<&str> = collections.into_iter().collect();
    let formatted = Regex::new(&format!(r#""[^"]*\b(?:{})/\{{"#, collections.join("|"))).expect("a pattern");
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.path != place) {
        // Tests say names as they stand on the wire.
        let code = source.code.split("#[cfg(test)]").next().unwrap_or_default();
        let code = if source.path.ends_with("tests.rs") { "" } else { code };
        found.extend(
            formatted.find(code).map(|text| format!("{} has {}", source.path.display(), text.as_str())),
        );
    }
    assert_none("names that are formatted elsewhere", found);
}

#[test]
fn time_and_keys_come_from_the_clock() {
    let reading = Regex::new(r"Utc::now\(|SystemTime::now\(|now_v7\(|new_v4\(").expect("a pattern");
    let mut found = sources();
    found.retain(|source| reading.is_match(&source.code) && source.path != Path::new("src/clock.rs"));
    assert_none("own clocks", found.iter().map(|source| source.path.display().to_string()).collect());
}

#[test]
fn the_domain_is_pure() {
    let impure =
        Regex::new(r"\basync\b|\.await|\btokio\b|\bsqlx\b|\btonic\b|\brand::|std::(fs|net|env|process)")
            .expect("a pattern");
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.room == "domain") {
        found.extend(
            impure.find(&source.code).map(|text| format!("{}: {}", source.path.display(), text.as_str())),
        );
    }
    assert_none("decisions that are not pure functions", found);
}

#[test]
fn every_statement_of_the_store_has_a_span() {
    let run = Regex::new(r"\.(?:fetch_(?:all|one|optional)|execute)\((?:[^()]|\(\))*\)\s*(\.\w+)?")
        .expect("a pattern");
    // What checks a whole database and what knows connections is part of no call.
    let apart = ["src/store/check", "src/store/check.rs", "src/store/database"];
    let apart = |path: &Path| apart.iter().any(|apart| path.starts_with(apart));
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.room == "store" && !apart(&source.path)) {
        let code = source.code.split("#[cfg(test)]").next().unwrap_or_default();
        let ends = run.captures_iter(code).filter_map(|captures| {
            let next = captures.get(1).map(|next| next.as_str());
            (next != Some(".instrument")).then(|| captures[0].to_owned())
        });
        found.extend(ends.map(|statement| format!("{}: {statement}", source.path.display())));
    }
    assert_none("statements without a span", found);
}

#[test]
fn every_file_is_short_and_has_a_telling_name() {
    let mut found = Vec::new();
    for path in ["src", "tests"].iter().flat_map(|folder| files(&root().join(folder))) {
        let lines = read(&path).lines().count();
        if lines > LONGEST_FILE {
            found.push(format!("{} has {lines} lines, more than {LONGEST_FILE}", path.display()));
        }
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if ["util", "utils", "common", "helper", "helpers", "manager", "misc"].contains(&&*name) {
            found.push(format!("{} says nothing", path.display()));
        }
    }
    assert_none("files", found);
}

#[test]
fn no_todo_is_left_and_no_lint_is_silenced() {
    let left = Regex::new(r"\btodo!|\bunimplemented!|#!?\[allow\(").expect("a pattern");
    let mut found = Vec::new();
    for source in sources() {
        found.extend(
            left.find(&source.code).map(|text| format!("{}: {}", source.path.display(), text.as_str())),
        );
    }
    assert_none("left over", found);
}
