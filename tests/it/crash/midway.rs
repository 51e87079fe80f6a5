//! Killed midway through work that takes many transactions: an import, a backfill, a sweep.

use std::fmt::Write as _;
use std::process::{Child, Command, Stdio};

use serde_json::json;
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

use super::shop::{Mall, Shop};
use crate::support::app::within_deadline;
use crate::support::columns::insert;
use crate::support::database::TestDatabase;
use crate::support::process::upnext;
use crate::support::proxy::{Fault, Trap};
use crate::support::victim::Victim;

/// More than two batches of any kind.
const LEADS: i64 = 2_300;

fn import(victim: &Victim, shop: &Shop, file: &std::path::Path) -> Command {
    let mut command =
        upnext(&[&"import", &file, &"--record-type", &"lead", &"--id-column", &"id", &"--declare"]);
    command.env("UPNEXT_ADDRESS", &victim.address).env("UPNEXT_KEY", &shop.secret);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

async fn count(pool: &PgPool, query: &'static str, organization: Uuid) -> i64 {
    sqlx::query_scalar(query).bind(organization).fetch_one(pool).await.expect("counts")
}

async fn finished(child: Child) -> (bool, String) {
    let ended = tokio::task::spawn_blocking(move || child.wait_with_output());
    let ended = within_deadline("the import ends", ended).await.expect("no panic").expect("it ends");
    let said = [ended.stdout, ended.stderr].concat();
    (ended.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_continues_when_the_server_returns_and_after_being_killed_itself() {
    let database = TestDatabase::new().await;
    let (mall, pool) = (Mall::new(&database), database.pool());
    let mut victim = Victim::start(&database).await;
    let shop = mall.empty().await;
    let folder = tempfile::tempdir().expect("the temp folder is writable");
    let file = folder.path().join("leads.csv");
    let lines = (0..LEADS).fold("id,origin\n".to_owned(), |mut lines, number| {
        let _ = writeln!(lines, "l{number},imported");
        lines
    });
    std::fs::write(&file, lines).expect("can be written");
    let records = "SELECT count(*) FROM record WHERE organization_id = $1";
    let trap = |fault| Trap {
        application: "upnext api",
        from: Some("INSERT INTO record "),
        passing: 1,
        point: 2,
        fault: Some(fault),
    };

    let child = import(&victim, &shop, &file).spawn().expect("it starts");
    victim.proxy.arm(trap(Fault::KillAfter(child.id().cast_signed())));
    within_deadline("the import is in its middle", victim.proxy.sprung()).await;
    victim.proxy.disarm();
    assert!(!finished(child).await.0, "it was killed");
    assert!(count(&pool, records, shop.organization).await < LEADS);

    sqlx::raw_sql("DELETE FROM record_change; DELETE FROM record").execute(&pool).await.expect("runs");
    victim.proxy.arm(trap(Fault::KillAfter(victim.id())));
    let child = import(&victim, &shop, &file).spawn().expect("it starts");
    within_deadline("the import is in its middle", victim.proxy.sprung()).await;
    victim.proxy.disarm();
    victim.restart().await;
    let (succeeded, said) = finished(child).await;
    assert!(succeeded, "{said}");
    assert_eq!(count(&pool, records, shop.organization).await, LEADS);

    let (succeeded, said) = finished(import(&victim, &shop, &file).spawn().expect("it starts")).await;
    assert!(
        succeeded && said.contains(&format!("0 created, 0 updated, {LEADS} unchanged, 0 skipped")),
        "{said}"
    );
    mall.rest(shop.organization).await;
    assert_eq!(mall.broken(shop.organization).await, Vec::<String>::new());
}

/// Adds leads past the server.
async fn leads(pool: &PgPool, organization: Uuid) {
    let lead = [
        ("organization_id", "$1"),
        ("id", "('01900000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid"),
        ("record_type_id", "id"),
        ("record_id", "'l' || number"),
        ("create_time", "create_time"),
    ];
    let leads = "FROM record_type, generate_series(1, $2::integer) AS number
      WHERE organization_id = $1 AND record_type_id = 'lead'";
    sqlx::query(AssertSqlSafe(insert("record", &lead, leads)))
        .bind(organization)
        .bind(i32::try_from(LEADS).expect("a small number"))
        .execute(pool)
        .await
        .expect("the leads are new");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backfill_killed_between_chunks_that_run_side_by_side_continues_where_it_was() {
    let database = TestDatabase::new().await;
    let (mall, pool) = (Mall::new(&database), database.pool());
    let mut victim = Victim::start(&database).await;
    let shop = mall.empty().await;
    let client = victim.client(&shop.secret);
    client.sequence("soon", json!([{"step_id": "then", "task": {}}])).await;
    client.segment("all", "true").await;
    client.connect("all", "soon").await;
    leads(&pool, shop.organization).await;

    // The first chunk is committed, and the one ahead has written how far it is.
    let from = Some("UPDATE operation SET cursor_record_id");
    let fault = Some(Fault::KillBefore(victim.id()));
    victim.proxy.arm(Trap { application: "upnext worker", from, passing: 1, point: 2, fault });
    client.done("SegmentService/ActivateSegment", json!({"name": "segments/all", "backfill": true})).await;
    within_deadline("it is in its middle", victim.proxy.sprung()).await;
    victim.proxy.disarm();
    victim.restart().await;

    mall.rest(shop.organization).await;
    let enrolled = "SELECT count(*) FROM enrollment WHERE organization_id = $1 AND activity_id IS NOT NULL";
    assert_eq!(count(&pool, enrolled, shop.organization).await, LEADS);
    let done = "SELECT done FROM operation WHERE organization_id = $1 AND enrolled = done";
    assert_eq!(count(&pool, done, shop.organization).await, LEADS);
    assert_eq!(mall.broken(shop.organization).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backfill_and_a_sweep_killed_midway_continue_where_they_were() {
    let database = TestDatabase::new().await;
    let (mall, pool) = (Mall::new(&database), database.pool());
    let mut victim = Victim::start(&database).await;
    let shop = mall.empty().await;
    let client = victim.client(&shop.secret);
    client.seller("ana").await;
    client.seller("ben").await;
    // Longer than a restart on a busy machine: the trap has to be set before the first timer fires.
    let pause = json!({"step_id": "pause", "wait": {"delay": {"seconds": 10}}});
    client.sequence("soon", json!([pause, {"step_id": "then", "task": {}}])).await;
    client.segment("all", "true").await;
    client.rule("all", "in-turn", &["ana", "ben"]).await;
    client.connect("all", "soon").await;

    leads(&pool, shop.organization).await;
    for (from, point) in
        [("UPDATE operation SET cursor_record_id", 2), ("-- Due timers of one organization", 4)]
    {
        let fault = Some(Fault::KillBefore(victim.id()));
        victim.proxy.arm(Trap { application: "upnext worker", from: Some(from), passing: 1, point, fault });
        if point == 2 {
            let activate = json!({"name": "segments/all", "backfill": true});
            client.done("SegmentService/ActivateSegment", activate).await;
        }
        within_deadline("it is in its middle", victim.proxy.sprung()).await;
        victim.proxy.disarm();
        victim.restart().await;
    }
    mall.rest(shop.organization).await;
    let enrolled = "SELECT count(*) FROM enrollment WHERE organization_id = $1 AND activity_id IS NOT NULL";
    assert_eq!(count(&pool, enrolled, shop.organization).await, LEADS);
    let shares: Vec<i64> = sqlx::query_scalar(
        "SELECT due_count FROM queue JOIN seller USING (organization_id, id) WHERE organization_id = $1",
    )
    .bind(shop.organization)
    .fetch_all(&pool)
    .await
    .expect("is read");
    assert_eq!(shares, [LEADS / 2, LEADS / 2]);
    assert_eq!(mall.broken(shop.organization).await, Vec::<String>::new());
}
