//! Every statement of the store says by a parameter which organization it means, so that a
//! distributed database sends it to one shard. Read from the statements' texts: no such database is
//! needed.

mod judge;

use std::collections::BTreeSet;
use std::fs;

use upnext::store::database::distribution;

use self::judge::{Judge, Problem};
use crate::check::everything::Everything;
use crate::hostile::accepted::accept_all;
use crate::support::app::TestApp;
use crate::support::database::TestDatabase;
use crate::support::stage::Stage;

/// Reads over all organizations. Each is known by a part of its text, with the reason why it may.
const CROSSING: &[(&str, &str)] = &[
    ("-- The first timer of each organization", "finds who has something due; each is claimed alone"),
    ("DELETE FROM tombstone WHERE create_time < $1", "every shard forgets what is old for itself"),
    ("SELECT min(head.retry_time)", "says until when the loop of problems sleeps"),
    ("AND record_flip.due_at <= $1))", "finds who has records to route"),
    ("OR operation.start_time <= $1))", "finds who has operations to run"),
    ("SELECT organization.organization_id, head.id", "finds who has problems to try again"),
    ("AND request.create_time < $1)", "finds who has requests to forget"),
    ("AND NOT fresh.merged)", "finds who has tallies to merge"),
    ("SELECT publication.organization_id, active,", "finds who has events to publish"),
    ("ORDER BY webhook.turn_time NULLS FIRST", "finds webhooks with events to send"),
    ("'history_retention_days')::integer AS days, create_time", "finds who has history to forget"),
    ("SELECT min(coalesce(horizon.done", "says which partitions nobody needs"),
    ("DELETE FROM webhook_delivery WHERE create_time < $1", "every shard forgets what is old for itself"),
    ("DELETE FROM witness WHERE create_time < $1", "every shard forgets what is old for itself"),
    ("DELETE FROM email_count WHERE day < $1", "every shard forgets what is old for itself"),
];

/// Tables without an organization.
const REFERENCE: &[&str] = &["_sqlx_migrations"];

/// The tables of a migrated database that belong to organizations.
async fn distributed(database: &TestDatabase) -> BTreeSet<String> {
    let tables = sqlx::query_scalar(
        "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace AND NOT relispartition",
    );
    let tables: Vec<String> = tables.fetch_all(&database.pool()).await.expect("reads");
    tables.into_iter().filter(|table| !REFERENCE.contains(&table.as_str())).collect()
}

#[tokio::test]
async fn every_table_can_be_distributed_and_every_key_names_the_organization() {
    let database = TestDatabase::new().await;
    let mut conn = database.pool().acquire().await.expect("connects");
    let tables = distribution::tables(&mut conn).await.expect("are read");
    assert_eq!(tables[0], "organization");
    assert_eq!(tables.into_iter().collect::<BTreeSet<_>>(), distributed(&database).await);

    // What is unique is so within a shard, and what a row refers to is in its own.
    let apart: Vec<String> = sqlx::query_scalar(
        "SELECT name.relname::text FROM pg_index JOIN pg_class AS name ON name.oid = pg_index.indexrelid
         JOIN pg_class AS owner ON owner.oid = pg_index.indrelid
         WHERE pg_index.indisunique AND owner.relnamespace = current_schema()::regnamespace
           AND owner.relname <> ALL ($1) AND NOT EXISTS (
             SELECT FROM pg_attribute AS part WHERE part.attrelid = owner.oid AND part.attname = 'organization_id'
               AND part.attnum = ANY (pg_index.indkey::smallint[]))
         UNION ALL
         SELECT reference.conname::text FROM pg_constraint AS reference
         WHERE reference.contype = 'f' AND NOT EXISTS (
           SELECT FROM unnest(reference.conkey, reference.confkey) AS pair (own, other)
           JOIN pg_attribute AS own ON own.attrelid = reference.conrelid AND own.attnum = pair.own
           JOIN pg_attribute AS other ON other.attrelid = reference.confrelid AND other.attnum = pair.other
           WHERE own.attname = 'organization_id' AND other.attname = 'organization_id')",
    )
    .bind(REFERENCE)
    .fetch_all(&mut *conn)
    .await
    .expect("is read");
    assert_eq!(apart, Vec::<String>::new());
}

fn is_crossing(problem: &Problem) -> bool {
    CROSSING.iter().any(|(text, _)| problem.statement.contains(text))
}

#[tokio::test]
async fn every_statement_of_every_call_and_loop_names_the_organization_of_each_table() {
    let stage = Stage::on(TestApp::recorded().await).await;
    Box::pin(accept_all(&stage)).await;
    let everything = Everything::on(TestApp::recorded().await).await;
    everything.0.advance(chrono::TimeDelta::days(2)).await;

    let judge = Judge::new(distributed(&stage.app.database).await);
    let mut statements = stage.app.database.statements();
    statements.extend(everything.0.database.statements());
    assert!(statements.len() > 300, "{} statements", statements.len());
    if let Ok(file) = std::env::var("UPNEXT_STATEMENTS") {
        let all: Vec<&String> = statements.iter().collect();
        fs::write(file, serde_json::to_string(&all).expect("JSON")).expect("can be written");
    }

    let problems = statements.iter().flat_map(|statement| judge.problems(statement));
    let problems: Vec<Problem> = problems.collect();
    let wrong: Vec<&Problem> = problems.iter().filter(|problem| !is_crossing(problem)).collect();
    let shown: Vec<String> = wrong.iter().map(|problem| problem.to_string()).collect();
    assert!(wrong.is_empty(), "{} problems:\n{}", wrong.len(), shown.join("\n\n"));

    let unused = CROSSING.iter().filter(|(text, _)| !problems.iter().any(|it| it.statement.contains(text)));
    assert_eq!(unused.count(), 0, "a statement is listed that crosses nothing");
}

/// What is wrong with a statement over two tables, `seller` and `queue`.
fn wrong(statement: &str) -> Vec<String> {
    let tables = ["seller", "queue"].map(str::to_owned);
    Judge::new(tables.into()).problems(statement).into_iter().map(|problem| problem.what).collect()
}

#[test]
fn a_table_is_named_by_a_parameter_or_by_what_equals_it_in_the_same_scope() {
    for right in [
        "SELECT id FROM seller WHERE organization_id = $1 AND id = $2 FOR NO KEY UPDATE SKIP LOCKED",
        "SELECT id FROM seller WHERE organization_id = ANY($1) ORDER BY id LIMIT 1",
        "SELECT 1 FROM seller JOIN queue ON queue.organization_id = seller.organization_id AND queue.id = seller.id \
         WHERE seller.organization_id = ($1::uuid[])[1]",
        "SELECT 1 FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id) JOIN seller \
         ON seller.organization_id = item.organization_id AND seller.id = item.id \
         WHERE one_shard(item.organization_id, $1[1])",
        "SELECT (SELECT count(*) FROM queue WHERE queue.organization_id = $1) \
         FROM seller WHERE seller.organization_id = $1",
        "WITH one AS (INSERT INTO queue (organization_id, id) SELECT $1, $2), \
         two AS (UPDATE seller SET name = item.name FROM unnest($3::uuid[]) AS item (organization_id) \
         WHERE seller.organization_id = item.organization_id AND one_shard(item.organization_id, $3[1])) SELECT",
        "DELETE FROM queue USING unnest($1::uuid[]) AS item (id) WHERE queue.organization_id = $2 AND queue.id = item.id",
    ] {
        assert_eq!(wrong(right), Vec::<String>::new(), "{right}");
    }
}

#[test]
fn what_the_text_leaves_open_is_found() {
    for (statement, table) in [
        ("SELECT id FROM seller WHERE id = $1", "seller"),
        ("SELECT id FROM seller WHERE organization_id = $1 OR id = $2", "seller"),
        (
            "SELECT 1 FROM seller JOIN queue ON queue.id = seller.id WHERE seller.organization_id = $1",
            "queue",
        ),
        (
            "SELECT 1 FROM seller WHERE organization_id = $1 AND EXISTS (SELECT 1 FROM queue WHERE queue.id = seller.id)",
            "queue",
        ),
        (
            "UPDATE queue SET revision = 1 FROM seller WHERE seller.organization_id = $1 AND seller.id = queue.id",
            "queue",
        ),
        ("DELETE FROM queue WHERE id = ANY($1)", "queue"),
        (
            "SELECT 1 FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id) JOIN seller \
             ON seller.organization_id = item.organization_id AND seller.id = item.id",
            "seller",
        ),
        (
            "SELECT (SELECT count(*) FROM queue WHERE queue.organization_id = seller.organization_id) \
             FROM seller WHERE seller.organization_id = $1",
            "queue",
        ),
        (
            "SELECT 1 FROM queue WHERE organization_id IN (SELECT organization_id FROM seller WHERE organization_id = $1)",
            "queue",
        ),
        ("WITH gone AS (DELETE FROM queue WHERE id = $1 RETURNING id) SELECT id FROM gone", "queue"),
    ] {
        assert_eq!(
            wrong(statement),
            [format!("no parameter says which shard of {table} is meant")],
            "{statement}"
        );
    }
    assert_eq!(
        wrong("INSERT INTO queue (id) VALUES ($1)"),
        ["a row of queue is inserted without an organization"]
    );
    let of_sql = "now() comes from SQL, where every shard has its own";
    assert_eq!(wrong("UPDATE queue SET t = now() WHERE organization_id = $1"), [of_sql]);
    assert!(wrong("SELECT id FROM WHERE").concat().starts_with("can't be read"));
}
