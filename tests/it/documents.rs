//! The documents are true: their settings, tests and links are compared with what exists.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;
use serde_json::{Value, json};
use upnext::config::DEFAULTS;

use super::support::app::TestApp;
use super::support::dynamic::call;
use super::support::refused::refused;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file with one of these endings, but not what is built or fetched.
fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && name != "node_modules" && !name.starts_with('.') {
            all.extend(files(&path, endings));
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            all.push(path);
        }
    }
    all.sort();
    all
}

/// The settings of the defaults file: `name = value`, also those that are commented out because
/// they have no default.
fn settings() -> BTreeMap<String, Option<String>> {
    let line = Regex::new(r#"(?m)^(# )?([a-z_]+) = "?([^"\n]*)"?$"#).expect("a pattern");
    let settings = line.captures_iter(DEFAULTS);
    settings.map(|found| (found[2].to_owned(), found.get(1).is_none().then(|| found[3].to_owned()))).collect()
}

#[test]
fn the_table_of_settings_has_every_setting_with_its_default() {
    let row = Regex::new(r"(?m)^\| `([a-z_]+)` \| (?:`([^`]*)`)?[^|]*\| ").expect("a pattern");
    let page = read(&root().join("docs/configuration.md"));
    let rows = row.captures_iter(&page);
    let table: BTreeMap<String, Option<String>> = rows
        .map(|found| (found[1].to_owned(), found.get(2).map(|value| value.as_str().to_owned())))
        .collect();
    assert_eq!(table, settings());
}

#[test]
fn every_guarantee_names_a_test_that_exists() {
    let guarantees = read(&root().join("docs/guarantees.md"));
    let sources: String = ["src", "tests"]
        .iter()
        .flat_map(|folder| files(&root().join(folder), &[".rs"]))
        .map(|path| read(&path))
        .collect();
    let test = Regex::new(r"`([a-z0-9]+(?:_[a-z0-9]+){3,})`").expect("a pattern");
    let named: Vec<&str> =
        test.captures_iter(&guarantees).map(|found| found.get(1).expect("matched").as_str()).collect();
    let rows = guarantees.lines().filter(|line| line.starts_with("| ")).count() - 1;
    assert!(named.len() >= rows, "a guarantee without a test");
    let missing: Vec<_> = named.iter().filter(|test| !sources.contains(&format!("fn {test}("))).collect();
    assert!(missing.is_empty(), "no such tests: {missing:?}");
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let link = Regex::new(r"\]\(([^)#:\s]+)(#[^)]*)?\)").expect("a pattern");
    let mut broken = Vec::new();
    for document in files(root(), &[".md"]) {
        let folder = document.parent().expect("a file is in a folder");
        let text = read(&document);
        let targets = link.captures_iter(&text).map(|found| found[1].to_owned());
        let targets = targets.filter(|target| !folder.join(target).exists());
        broken.extend(targets.map(|target| format!("{} -> {target}", document.display())));
    }
    assert!(broken.is_empty(), "broken links: {broken:#?}");
}

#[test]
fn every_file_that_the_page_of_the_sources_names_exists() {
    let named =
        Regex::new(r"`((?:[a-z_]+/)+[a-z_]+|(?:[a-z_]+/)*[a-z_]+\.(?:rs|sql|proto))`").expect("a pattern");
    let page = read(&root().join("src/README.md"));
    let paths: Vec<String> =
        files(root(), &[""]).iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let exists = |name: &str| {
        let (file, folder) = (format!("/{name}"), format!("/{name}/"));
        paths.iter().any(|path| path.ends_with(&file) || path.contains(&folder))
    };
    let names: Vec<&str> =
        named.captures_iter(&page).map(|found| found.get(1).expect("matched").as_str()).collect();
    assert!(names.len() > 100, "{names:?}");
    let missing: Vec<_> = names.iter().filter(|name| !exists(name)).collect();
    assert!(missing.is_empty(), "no such files: {missing:?}");
}

/// The rows of a page's tables whose header begins so: the code in the first cell, and the text of
/// the second.
fn examples(page: &str, header: &str) -> Vec<(String, String)> {
    let row = Regex::new(r"^\| `(.+)` \| (.*?) ?\|$").expect("a pattern");
    let mut tables = false;
    let mut examples = Vec::new();
    for line in page.lines() {
        if line.starts_with("| Condition |") {
            tables = line.contains(header);
        } else if let Some(found) = row.captures(line).filter(|_| tables) {
            examples.push((found[1].replace(r"\|", "|"), found[2].to_owned()));
        }
    }
    examples
}

#[tokio::test]
async fn every_example_of_a_condition_does_what_the_page_says() {
    let page = read(&root().join("docs/conditions.md"));
    let block = Regex::new(r"(?s)```json\n(.*?)```").expect("a pattern");
    let blocks: Vec<Value> =
        block.captures_iter(&page).map(|found| serde_json::from_str(&found[1]).expect("JSON")).collect();
    let [attributes, records, accounts] = blocks.as_slice() else { panic!("attributes and records") };
    let app = TestApp::new().await;
    let ask =
        async |method: &str, request: Value| call(&app.admin, &format!("upnext.v1.{method}"), request).await;
    let seller = json!({"seller_id": "ana", "seller": {"display_name": "Ana"}});
    ask("SellerService/CreateSeller", seller).await.expect("fine");
    let declare = json!({"record_type": "lead", "attributes": attributes});
    ask("RecordService/DeclareAttributes", declare).await.expect("fine");
    let upsert = json!({"record_type": "lead", "records": records});
    let upserted = ask("RecordService/BatchUpsertRecords", upsert).await.expect("fine").to_string();
    assert!(!upserted.contains("error"), "{upserted}");
    let upsert = json!({"record_type": "account", "records": accounts});
    let upserted = ask("RecordService/BatchUpsertRecords", upsert).await.expect("fine").to_string();
    assert!(!upserted.contains("error"), "{upserted}");

    let (matches, refusals) = (examples(&page, "Matches"), examples(&page, "Is answered"));
    assert!(matches.len() >= 30 && refusals.len() >= 10, "{} and {}", matches.len(), refusals.len());
    for (condition, expected) in matches {
        let preview =
            ask("SegmentService/PreviewSegment", json!({"condition": condition, "sample_size": 10})).await;
        let preview = preview.unwrap_or_else(|status| panic!("{condition}: {status:?}"));
        let found = preview["sample"].as_array().cloned().unwrap_or_default();
        let mut found: Vec<&str> =
            found.iter().filter_map(|name| name.as_str()?.rsplit('/').next()).collect();
        found.sort_unstable();
        assert_eq!(found.join(", "), expected, "{condition}");
    }
    for (condition, expected) in refusals {
        let status = ask("SegmentService/PreviewSegment", json!({"condition": condition})).await;
        let refused = refused(status);
        let told: String =
            refused.violations.iter().map(|(_, _, description)| description.as_str()).collect();
        assert!(told.contains(&expected), "{condition}: {told}");
    }
}
