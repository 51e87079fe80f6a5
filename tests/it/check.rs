//! `upnext check`: each rule finds what breaks it and nothing else, and the command reports it.

mod breaks;
pub mod everything;

use std::collections::BTreeSet;
use std::process::Output;

use serde_json::Value;
use sqlx::{AssertSqlSafe, ConnectOptions as _};
use upnext::store::check::rules;

use self::breaks::breaks;
use self::everything::Everything;
use crate::support::database::TestDatabase;
use crate::support::invariants;
use crate::support::process::{run, upnext};

#[tokio::test]
async fn each_rule_finds_what_breaks_it_and_nothing_else() {
    let everything = Everything::new().await;
    invariants::hold_in(everything.0.app.engine.store(), everything.0.now()).await;
    let mut wrong = Vec::new();
    let mut conn = everything.0.database.pool().acquire().await.expect("connects");

    for (rule, statements) in breaks() {
        let mut tx = sqlx::Connection::begin(&mut *conn).await.expect("begins");
        sqlx::raw_sql(AssertSqlSafe(statements))
            .execute(&mut *tx)
            .await
            .unwrap_or_else(|error| panic!("{rule}: {error}"));
        let found = invariants::broken(&mut tx, everything.0.now()).await;
        let names = found.iter().map(|(rule, _)| rule.name);
        // Tallies repeat history and enrollments, so what breaks those breaks them.
        let own = |name: &&str| !name.starts_with("tallies_") || rule.starts_with("tallies_");
        let names: Vec<&str> = names.filter(own).collect();
        if names != [rule] {
            wrong.push(format!("what breaks {rule} is found by {names:?}"));
        }
        tx.rollback().await.expect("rolls back");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rule_is_broken_by_some_statement() {
    let named: Vec<&str> = rules().map(|rule| rule.name).collect();
    let unique: BTreeSet<&str> = named.iter().copied().collect();
    assert_eq!(named.len(), unique.len(), "a rule's name is its own");
    assert_eq!(unique, breaks().into_iter().map(|(rule, _)| rule).collect::<BTreeSet<_>>());
}

/// The command on a database.
fn check(database: &TestDatabase, arguments: &[&str]) -> Output {
    let mut command = upnext(&[&"check"]);
    command.args(arguments).env("UPNEXT_DATABASE_URL", database.connect_options().to_url_lossy().as_str());
    run(&mut command)
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn check_exits_with_0_if_all_rules_hold_1_if_rows_break_one_and_2_if_it_cannot_connect() {
    let everything = Everything::new().await;
    let database = &everything.0.database;
    // The server's time is not the machine's, whose day has long forgotten these.
    let pool = database.pool();
    sqlx::raw_sql("DELETE FROM request").execute(&pool).await.expect("runs");
    let well = check(database, &[]);
    assert_eq!((well.status.code(), said(&well).contains("rules hold")), (Some(0), true), "{well:?}");

    sqlx::raw_sql("UPDATE queue SET due_count = due_count + 1").execute(&pool).await.expect("runs");
    let queues: i64 =
        sqlx::query_scalar("SELECT count(*) FROM queue").fetch_one(&pool).await.expect("counts");
    let text = check(database, &["--limit", "1"]);
    assert_eq!(text.status.code(), Some(1));
    let expected = format!(
        "queue_counts: a queue's counts are those of its open activities, due and snoozed ({queues} violations)"
    );
    assert!(said(&text).contains(&expected), "{text:?}");
    let ours: String = sqlx::query_scalar("SELECT organization_id::text FROM seller LIMIT 1")
        .fetch_one(&pool)
        .await
        .expect("reads");
    let own: i64 = sqlx::query_scalar("SELECT count(*) FROM queue WHERE organization_id::text = $1")
        .bind(&ours)
        .fetch_one(&pool)
        .await
        .expect("counts");
    let json = check(database, &["--json", "--organization", &ours]);
    let report: Value = serde_json::from_str(&said(&json)).expect("JSON");
    assert_eq!((json.status.code(), &report["count"]), (Some(1), &Value::from(own)));
    let one = &report["violations"][0];
    assert_eq!((&one["rule"], &one["organization"]), (&Value::from("queue_counts"), &Value::from(ours)));
    assert!(one["ids"]["queue"].is_string() && one["sentence"].is_string(), "{one}");

    let nowhere = run(upnext(&[&"check"]).env("UPNEXT_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none"));
    assert_eq!(nowhere.status.code(), Some(2));
}
