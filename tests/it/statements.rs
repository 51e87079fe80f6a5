//! Every statement in a file is prepared against the migrated schema, and held, as far as its text tells, to the rules that let it run
//! distributed by organization.

use std::fs;
use std::path::Path;

use regex::Regex;
use sqlx::{AssertSqlSafe, Executor, SqlSafeStr};

use crate::support::database::TestDatabase;

/// Patterns that no statement or migration may have, each with the reason. Comments don't count.
const BANNED: &[(&str, &str)] = &[
    (r"\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(", "time is a parameter"),
    (r"\b(current_timestamp|current_date|current_time|localtimestamp)\b", "time is a parameter"),
    (r"\b(gen_random_uuid|uuid_generate_v\d|uuidv7|random|nextval)\s*\(", "ids are parameters"),
    (
        r"\b(bigserial|smallserial|serial)\b|\bgenerated\b.*\bidentity\b|\bcreate sequence\b",
        "ids are parameters",
    ),
    (r"\bctid\b", "rows are matched by key"),
    (r"\bpg_(try_)?advisory_", "locks are rows"),
    (
        r"\bcreate (or replace )?(constraint )?trigger\b|\brow level security\b|\bcreate policy\b",
        "nothing happens behind a statement",
    ),
    (r"\bset null\b", "a foreign key doesn't write"),
    (r"\bunlogged\b", "what is committed survives"),
    (r"\bpg_notify\b|^notify\b", "rung by the doorbell, outside transactions"),
    (r"\binterval\s*'", "arithmetic with time is the program's"),
    (r"\bselect\s+\*|\.\*", "columns are named"),
];

/// Tables that stand for a whole organization or hold none of its rows.
const WITHOUT_ORGANIZATION: &[&str] = &["unnest", "jsonb_to_recordset", "jsonb_each", "lateral"];

fn files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("can be read").path());
    let sql = paths.filter(|path| path.extension().is_some_and(|extension| extension == "sql"));
    let mut files: Vec<_> = sql
        .map(|path| {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("text"))
        })
        .collect();
    files.sort();
    files
}

/// Without comments, in lower case.
fn plain(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("--").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n").to_lowercase()
}

fn banned(name: &str, text: &str) -> Vec<String> {
    let found = BANNED.iter().filter(|(pattern, _)| {
        Regex::new(&format!("(?m){pattern}")).expect("a valid pattern").is_match(text)
    });
    found.map(|(pattern, why)| format!("{name}: {pattern}: {why}")).collect()
}

/// Joins that don't say that both sides are of one organization.
fn loose_joins(name: &str, text: &str) -> Vec<String> {
    let join = Regex::new(r"\bjoin\s+(lateral\b|\w+)").expect("a valid pattern");
    let end = Regex::new(r"\b(join|where|order by|group by|limit|returning|union)\b|\bleft\b|\bcross\b")
        .expect("a valid pattern");
    let mut loose = Vec::new();
    for found in join.captures_iter(text) {
        let (whole, table) = (found.get(0).expect("the match"), &found[1]);
        let rest = &text[whole.end()..];
        let clause = &rest[..end.find(rest).map_or(rest.len(), |end| end.start())];
        let joins_rows = clause.contains(" on ") || clause.contains("using");
        // One organization for the whole statement is as good.
        let fixed = text.contains(&format!("{table}.organization_id = $1"));
        if joins_rows
            && !fixed
            && !WITHOUT_ORGANIZATION.contains(&table)
            && !clause.contains("organization_id")
        {
            loose.push(format!("{name}: the join of {table} doesn't compare organization_id"));
        }
    }
    loose
}

#[tokio::test]
async fn every_statement_is_prepared_against_the_schema() {
    let database = TestDatabase::new().await;
    let pool = database.pool();
    let mut wrong = Vec::new();
    for (name, mut text) in files("src/store/sql") {
        // The beginning of statements that differ in the rest: it ends before its first parameter.
        if text.trim_end().ends_with('=') {
            text.push_str(" $1");
        }
        if let Err(error) = pool.prepare(AssertSqlSafe(text).into_sql_str()).await {
            wrong.push(format!("{name}: {error}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_statement_can_run_distributed_by_organization() {
    let mut wrong = Vec::new();
    for (name, text) in files("src/store/sql") {
        let text = plain(&text);
        wrong.extend(banned(&name, &text));
        wrong.extend(loose_joins(&name, &text));
        if !text.contains("organization_id") {
            wrong.push(format!("{name}: names no organization"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_migration_can_run_distributed_by_organization() {
    let column_default = Regex::new(r"(?m)^\s+\w+ [a-z0-9\[\]]+ .*\bdefault\b").expect("a valid pattern");
    let table = Regex::new(r"(?s)create table (\w+) \((.*?)\n\)").expect("a valid pattern");
    let mut wrong = Vec::new();
    for (name, text) in files("src/store/migrations") {
        let text = plain(&text);
        wrong.extend(banned(&name, &text));
        wrong.extend(column_default.find_iter(&text).map(|found| format!("{name}: {}", found.as_str())));
        for found in table.captures_iter(&text) {
            if !found[2].trim_start().starts_with("organization_id uuid not null") {
                wrong.push(format!("{name}: {} doesn't begin with its organization", &found[1]));
            }
            if !found[2].contains("primary key (organization_id") {
                wrong.push(format!("{name}: the key of {} doesn't begin with its organization", &found[1]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
