//! Killed in the middle of what takes many transactions: an import, a backfill, a sweep.

use std::fmt::Write as _;
use std::process::{Child, Command, Stdio};

use serde_json::json;
use sqlx::PgPool;
use uuid::Uuid;

use super::shop::{Mall, Shop, done};
use crate::support::app::within_deadline;
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
async fn an_import_goes_on_when_the_server_comes_back_and_again_when_it_was_killed_itself() {
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

#[tokio::test(flavor = "multi_thread")]
async fn a_backfill_and_a_sweep_that_are_killed_in_their_middle_go_on_where_they_were() {
    let database = TestDatabase::new().await;
    let (mall, pool) = (Mall::new(&database), database.pool());
    let mut victim = Victim::start(&database).await;
    let shop = mall.empty().await;
    let client = victim.client(&shop.secret);
    for seller in ["ana", "ben"] {
        let seller = json!({"seller_id": seller, "seller": {"display_name": seller}});
        done(&client, "SellerService/CreateSeller", seller).await;
    }
    let soon =
        json!([{"step_id": "pause", "wait": {"delay": {"seconds": 3}}}, {"step_id": "then", "task": {}}]);
    let soon = json!({"sequence_id": "soon", "sequence": {"display_name": "Soon", "steps": soon}});
    done(&client, "SequenceService/CreateSequence", soon).await;
    done(&client, "SequenceService/ActivateSequence", json!({"name": "soon"})).await;
    let all = json!({"segment_id": "all", "segment": {"display_name": "All", "condition": "true"}});
    done(&client, "SegmentService/CreateSegment", all).await;
    let rule = json!({"parent": "segments/all", "assignment_rule_id": "in-turn", "assignment_rule": {"display_name": "In turn",
        "listed": {"sellers": ["ana", "ben"]}, "distribution": "ROUND_ROBIN"}});
    done(&client, "SegmentService/CreateAssignmentRule", rule).await;
    done(&client, "SegmentService/ConnectSequence", json!({"name": "segments/all", "sequence": "soon"}))
        .await;
    sqlx::query(
        "INSERT INTO record (organization_id, id, record_type_id, record_id, attributes, closed, source_version, version, create_time, update_time)
         SELECT $1, ('01900000-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid, id, 'l' || number, '{}', false, 0, 1, create_time,
           create_time
         FROM record_type, generate_series(1, $2::integer) AS number WHERE organization_id = $1 AND record_type_id = 'lead'",
    )
    .bind(shop.organization)
    .bind(i32::try_from(LEADS).expect("a small number"))
    .execute(&pool)
    .await
    .expect("the leads are new");

    for (from, point) in
        [("UPDATE operation SET cursor_record_id", 2), ("-- Due timers of one organization", 4)]
    {
        let fault = Some(Fault::KillBefore(victim.id()));
        victim.proxy.arm(Trap { application: "upnext worker", from: Some(from), passing: 1, point, fault });
        if point == 2 {
            let activate = json!({"name": "segments/all", "backfill": true});
            done(&client, "SegmentService/ActivateSegment", activate).await;
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
