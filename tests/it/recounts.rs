//! Statistics of sequences are those of the history, counted anew or after words were erased.

use serde_json::{Value, json};

use super::support::invariants;
use super::support::stage::{Stage, list};
use super::support::ten_leads::ten_leads;

async fn stats(stage: &Stage, name: &str) -> Value {
    stage.done("SequenceService/GetSequenceStats", json!({"name": name})).await
}

#[tokio::test]
async fn a_recount_of_history_finds_what_was_counted_before() {
    let stage = Stage::new().await;
    ten_leads(&stage).await;
    let before = stats(&stage, "short").await;
    let engine = &stage.app.app.engine;
    let pool = engine.store().pool();

    sqlx::query("DELETE FROM sequence_tally").execute(&pool).await.expect("deletes");
    assert_ne!(stats(&stage, "short").await, before);
    engine.recount_tallies().await.expect("counts");
    assert_eq!(stats(&stage, "short").await, before);
    engine.recount_tallies().await.expect("counts");
    assert_eq!(stats(&stage, "short").await, before);
    invariants::hold_in(engine.store(), stage.app.now()).await;
}

#[tokio::test]
async fn the_words_about_a_deleted_record_leave_the_stats() {
    let stage = Stage::new().await;
    let enrollment = stage.enroll("l1", "tasks").await;
    let skip = json!({"name": enrollment["openActivity"], "reason": "Kim is away"});
    stage.done("WorkQueueService/SkipActivity", skip).await;
    let told = stats(&stage, "tasks").await;
    assert_eq!(list(&told, "/steps")[0]["totals"]["skips"], json!([{"word": "Kim is away", "count": "1"}]));

    stage.done("RecordService/DeleteRecord", json!({"name": "recordTypes/lead/records/l1"})).await;
    let told = stats(&stage, "tasks").await;
    assert_eq!(list(&told, "/steps")[0]["totals"]["skips"], json!([{"count": "1"}]));
    stage.app.run_until_idle().await;
    let kept: String = sqlx::query_scalar("SELECT string_agg(tally::text, ' ') FROM sequence_tally")
        .fetch_one(&stage.app.database.pool())
        .await
        .expect("reads");
    assert!(!kept.contains("Kim"), "{kept}");
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}
