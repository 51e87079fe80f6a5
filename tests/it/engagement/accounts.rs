//! Who else is of the account of somebody who replied is found by index, however many are enrolled.

use serde_json::json;
use upnext::domain::id::RecordId;
use upnext::store::{PoolSettings, engagement};

use crate::feed_reads::{blocks_by_table, crowd, enrolled};
use crate::support::ground::copy;
use crate::support::stage::Stage;
use crate::support::world::{World, email};

/// The type of accounts.
const ACCOUNT: &str = "'0190c0de-0000-7000-8003-000000000000'";

/// A world with a crowd of 30,000, all enrolled in a sequence that a reply from the same account
/// ends, each of an account of its own.
async fn crowded() -> (World, [RecordId; 3]) {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    let sequence = world.sequence("calls", vec![email()]).await;
    world.run(r#"UPDATE sequence_revision SET exit_criteria = '{"account_replied": true}'"#).await;
    let mut records = Vec::new();
    for id in ["l1", "l2", "l3"] {
        records.push(world.record(id, Some(ana)).await);
    }
    for record in &records[..2] {
        world.start(sequence, *record).await;
    }
    world.run(crowd()).await;
    world.run(enrolled()).await;

    let account = [("id", ACCOUNT), ("record_type_id", "'account'")];
    world.run(copy("record_type", &account, "record_type", "record_type.record_type_id = 'lead'")).await;
    let employer = r#"{"employer": {"type": "REFERENCE", "record_type": "account"}}"#;
    world
        .run(format!("UPDATE record_type SET attributes = '{employer}' WHERE record_type_id = 'lead'"))
        .await;
    world.run(format!(
        "WITH employed AS (
           UPDATE record SET attributes = jsonb_build_object('employer',
             CASE WHEN record_id LIKE 'l%' THEN 'acme' ELSE record_id END)
           RETURNING *)
         INSERT INTO record_reference (organization_id, record_id, record_type_id, attribute, target_type_id, target_id)
         SELECT organization_id, id, record_type_id, 'employer', {ACCOUNT}, attributes ->> 'employer' FROM employed"
    ))
    .await;
    (world, records.try_into().expect("three"))
}

#[tokio::test]
async fn others_of_an_account_are_found_by_index_beside_a_crowd_that_is_enrolled() {
    let (world, [replied, other, _]) = crowded().await;
    for analyzed in [false, true] {
        if analyzed {
            world.run("VACUUM ANALYZE").await;
        }
        let store = world.counted_store(&PoolSettings { max_connections: 1, ..PoolSettings::default() });
        let mut conn = store.connection().await.expect("connects");
        let before = blocks_by_table(&mut conn).await;
        let found = engagement::accounts(&mut conn, world.organization, &[replied]).await.expect("reads");
        let mut read = blocks_by_table(&mut conn).await;

        // The third one is of the account, too, but in no sequence.
        assert_eq!(found.get(&replied), Some(&vec![other]));
        read.iter_mut().for_each(|(table, blocks)| *blocks -= before[table]);
        read.retain(|_, blocks| *blocks > 0);
        assert!((1..=80).contains(&read.values().sum::<i64>()), "analyzed: {analyzed}; {read:?}");
    }
}

#[tokio::test]
async fn references_of_an_earlier_release_are_saved_once_a_sequence_asks_for_accounts() {
    let stage = Stage::new().await;
    let employer = json!({"employer": {"type": "REFERENCE", "reference_type": "account"}});
    stage.admin.declare(employer).await;
    for lead in ["l1", "l2"] {
        let record = json!({"id": lead, "attributes": {"employer": "acme"}});
        stage.done("RecordService/UpsertRecord", json!({"record_type": "lead", "record": record})).await;
    }
    crate::support::ground::run(&stage.app.database.pool(), "DELETE FROM record_reference").await;

    let steps = json!([{"step_id": "first", "task": {}}]);
    let sequence = json!({"display_name": "All", "steps": steps, "exit_criteria": {"account_replied": true}});
    let sequence = json!({"sequence_id": "all", "sequence": sequence});
    stage.done("SequenceService/CreateSequence", sequence).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "all"})).await;
    stage.app.run_until_idle().await;
    let enrolled = stage.enroll("l2", "all").await;
    let told = super::told(&stage, json!([super::of_lead("reply", "replied")])).await;
    assert_eq!(told[0]["exitedCount"], 1);
    assert_eq!(super::exits::state(&stage, &enrolled).await, "EXITED ACCOUNT_REPLIED");
}
