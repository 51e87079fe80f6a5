//! Deleting a seller or a team: only one to whom nothing is left.

use serde_json::{Value, json};
use tonic::Code;

use crate::support::invariants;
use crate::support::refused::refused;
use crate::support::stage::{Stage, each, list, text};

const DELETE: &str = "SellerService/DeleteSeller";

/// A sales floor on which something of everything is ana's.
async fn crowded() -> Stage {
    let stage = Stage::new().await;
    stage.salesperson("ana").await;
    let team = |members: Value| json!({"display_name": "Closers", "members": members});
    stage
        .done("TeamService/CreateTeam", json!({"team_id": "closers", "team": team(json!(["ana", "ben"]))}))
        .await;
    stage.admin.segment("own", "record.id == \"none\"").await;
    stage.admin.rule("own", "two", &["ben", "ana"]).await;
    stage.admin.sequence("giving", json!([{"assign_owner": {"seller": "ana"}}, {"task": {}}])).await;
    let own = json!({"sequences": ["tasks"], "new_owner": "ana"});
    stage.done("SequenceService/ReassignSequences", own).await;

    stage.enroll("l1", "tasks").await;
    let close = json!({"name": "recordTypes/lead/records/l2", "close_outcome": "WON"});
    stage.done("RecordService/CloseRecord", close).await;
    stage
}

async fn hold(stage: &Stage) {
    invariants::hold_in(stage.app.app.engine.store(), stage.app.now()).await;
}

/// What is left to a seller, by what a deletion says.
async fn left(stage: &Stage, request: Value) -> Vec<String> {
    let kept = refused(stage.call(DELETE, request).await);
    assert_eq!((kept.code, kept.reason.as_str()), (Code::FailedPrecondition, "SELLER_IN_USE"));
    kept.metadata["users"].split(", ").map(str::to_owned).collect()
}

#[tokio::test]
async fn a_seller_is_deleted_once_everything_is_with_others_and_can_come_back() {
    let stage = crowded().await;
    let all = left(&stage, json!({"name": "sellers/ana"})).await;
    let (key, rest): (Vec<String>, Vec<String>) =
        all.into_iter().partition(|one| one.starts_with("apiKeys/"));
    let expected = [
        "1 active records",
        "1 closed records",
        "1 open activities in its queue",
        "teams/closers",
        "segments/own/rules/two",
        "sequences/giving",
        "sequences/tasks (its owner)",
    ];
    assert_eq!((key.len(), rest), (1, expected.map(str::to_owned).to_vec()));

    // What only ReassignRecords gives to others stays, even if the rest is forced.
    let forced = left(&stage, json!({"name": "ana", "force": true})).await;
    assert_eq!(forced, ["1 active records", "1 closed records", "1 open activities in its queue"]);
    let team = stage.done("TeamService/GetTeam", json!({"name": "closers"})).await;
    assert_eq!(
        each(
            &list(&team, "/team/members").iter().map(|one| json!({"name": one})).collect::<Vec<_>>(),
            "name"
        )
        .len(),
        2
    );

    let away = json!({"current_owner": "ana", "new_owner": "ben", "include_closed": true, "include_activities": true});
    let taken = stage.done("SellerService/ReassignRecords", away).await;
    stage.app.run_until_idle().await;
    let read = stage.done("SellerService/GetSeller", json!({"name": "ana"})).await;
    let stale = json!({"name": "ana", "force": true, "etag": "other"});
    assert_eq!(refused(stage.call(DELETE, stale).await).reason, "ETAG_MISMATCH");
    let delete = json!({"name": "ana", "force": true, "etag": read["seller"]["etag"], "request_id": uuid::Uuid::from_u128(7)});
    stage.done(DELETE, delete.clone()).await;
    stage.done(DELETE, delete).await;
    hold(&stage).await;

    for (method, request) in [
        ("SellerService/GetSeller", json!({"name": "ana"})),
        (DELETE, json!({"name": "ana"})),
        ("WorkQueueService/ListActivities", json!({"queue": "sellers/ana"})),
        ("SellerService/HandBackRecords", json!({"operation": taken["operation"]})),
    ] {
        assert_eq!(refused(stage.call(method, request).await).reason, "RESOURCE_NOT_FOUND", "{method}");
    }
    let owned = json!({"record_type": "lead", "record": {"id": "l9", "owner": "ana"}});
    assert_eq!(
        refused(stage.call("RecordService/UpsertRecord", owned.clone()).await).reason,
        "REFERENCE_NOT_FOUND"
    );
    let sellers = stage.done("SellerService/ListSellers", json!({})).await;
    assert_eq!(each(&list(&sellers, "/sellers"), "name"), ["sellers/ben"]);
    let team = stage.done("TeamService/GetTeam", json!({"name": "closers"})).await;
    assert_eq!(list(&team, "/team/members"), ["sellers/ben"]);
    let keys = stage.done("ApiKeyService/ListApiKeys", json!({})).await;
    let hers: Vec<_> =
        list(&keys, "/apiKeys").into_iter().filter(|key| key["displayName"] == "ana").collect();
    assert!(hers.len() == 1 && hers[0]["revokeTime"].is_string(), "{hers:?}");

    // What a step gives to her finds nobody.
    stage.enroll("l4", "giving").await;
    stage.app.run_until_idle().await;
    let lead = stage.done("RecordService/GetRecord", json!({"name": "recordTypes/lead/records/l4"})).await;
    assert_eq!(lead["record"].get("owner"), None);

    let again = json!({"seller_id": "ana", "seller": {"display_name": "Ana again"}});
    let again = stage.done("SellerService/CreateSeller", again).await;
    assert_eq!(again["seller"]["displayName"], "Ana again");
    stage.done("RecordService/UpsertRecord", owned).await;
    stage.enroll("l9", "tasks").await;
    assert_eq!(stage.queue("sellers/ana").await.len(), 1);
    hold(&stage).await;
}

#[tokio::test]
async fn a_rule_that_lists_nobody_else_is_changed_first() {
    let stage = Stage::new().await;
    stage.admin.seller("cem").await;
    stage.admin.segment("own", "true").await;
    stage.admin.rule("own", "one", &["cem"]).await;
    assert_eq!(left(&stage, json!({"name": "cem", "force": true})).await, ["segments/own/rules/one"]);
    stage.done("SegmentService/DeleteAssignmentRule", json!({"name": "segments/own/rules/one"})).await;
    stage.done(DELETE, json!({"name": "cem"})).await;
    hold(&stage).await;
}

#[tokio::test]
async fn the_last_key_that_never_expires_keeps_its_seller() {
    let stage = Stage::new().await;
    let key =
        json!({"display_name": "boss", "roles": ["SYSTEM_ADMINISTRATOR", "SALESPERSON"], "seller": "ben"});
    let key = stage.done("ApiKeyService/CreateApiKey", json!({"api_key": key})).await;
    let boss = stage.app.client(text(&key, "/secret"));
    let keys = stage.done("ApiKeyService/ListApiKeys", json!({})).await;
    for other in list(&keys, "/apiKeys").iter().filter(|one| one["displayName"] != "boss") {
        boss.done("ApiKeyService/RevokeApiKey", json!({"name": other["name"]})).await;
    }
    boss.done("RecordService/DeleteRecord", json!({"name": "recordTypes/lead/records/l3"})).await;
    let kept = refused(boss.call(DELETE, json!({"name": "ben", "force": true})).await);
    assert_eq!(kept.metadata["users"], text(&key, "/apiKey/name"));
}

#[tokio::test]
async fn what_a_deleted_seller_enrolled_is_for_the_owner_of_the_record() {
    let stage = Stage::new().await;
    let cem = json!({"seller_id": "cem", "seller": {"display_name": "Cem"}});
    stage.done("SellerService/CreateSeller", cem).await;
    let key = json!({"display_name": "cem", "roles": ["SALES_MANAGER", "SALESPERSON"], "seller": "cem"});
    let key = stage.done("ApiKeyService/CreateApiKey", json!({"api_key": key})).await;
    let enroller = json!({"enroller": {}});
    stage.admin.draft("mine", json!([{"step_id": "first", "task": {}, "assign_to": enroller}, {"step_id": "second", "task": {}, "assign_to": enroller}])).await;
    stage.done("SequenceService/ActivateSequence", json!({"name": "mine"})).await;
    let enroll = json!({"record": "recordTypes/lead/records/l3", "sequence": "mine"});
    stage.app.client(text(&key, "/secret")).done("EnrollmentService/EnrollRecord", enroll).await;
    assert_eq!(stage.queue("sellers/cem").await.len(), 1);

    // The activity goes to ana, and what comes after it to the owner.
    assert_eq!(left(&stage, json!({"name": "cem", "force": true})).await, ["1 open activities in its queue"]);
    let away = json!({"current_owner": "cem", "new_owner": "ana", "include_activities": true});
    stage.done("SellerService/ReassignRecords", away).await;
    stage.app.run_until_idle().await;
    stage.done(DELETE, json!({"name": "cem", "force": true})).await;
    hold(&stage).await;
    let activity = stage.queue("sellers/ana").await[0]["name"].clone();
    stage.done("WorkQueueService/CompleteActivity", json!({"name": activity})).await;
    assert_eq!(stage.queue("sellers/ben").await.len(), 1);
    hold(&stage).await;
}

#[tokio::test]
async fn of_a_deletion_and_work_that_comes_at_the_same_time_one_wins() {
    let stage = Stage::new().await;
    stage.enroll("l1", "tasks").await;
    let activity = stage.queue("sellers/ana").await[0]["name"].clone();

    for round in 0..8 {
        let id = format!("cem{round}");
        stage.admin.seller(&id).await;
        let lead = json!({"record_type": "lead", "record": {"id": "l4", "owner": id}});
        let queue = json!({"name": activity, "queue": format!("sellers/{id}")});
        let team = json!({"team_id": id, "team": {"display_name": "New", "members": [id]}});
        let key = json!({"api_key": {"display_name": "Cem", "roles": ["SALESPERSON"], "seller": id}});
        let (deleted, record, moved, named, bound) = tokio::join!(
            stage.call(DELETE, json!({"name": id})),
            stage.call("RecordService/UpsertRecord", lead),
            stage.call("WorkQueueService/ReassignActivity", queue),
            stage.call("TeamService/CreateTeam", team),
            stage.call("ApiKeyService/CreateApiKey", key),
        );

        let others = [record.is_ok(), moved.is_ok(), named.is_ok(), bound.is_ok()];
        assert!(deleted.is_ok() != others.contains(&true), "round {round}: {deleted:?}, {others:?}");
        hold(&stage).await;
    }
}

#[tokio::test]
async fn of_a_deletion_of_a_team_and_work_that_comes_at_the_same_time_one_wins() {
    let stage = Stage::new().await;
    stage.enroll("l1", "tasks").await;
    let activity = stage.queue("sellers/ana").await[0]["name"].clone();

    for round in 0..8 {
        let name = format!("teams/t{round}");
        let team = json!({"team_id": format!("t{round}"), "team": {"display_name": "New"}});
        stage.done("TeamService/CreateTeam", team).await;
        stage.done("WorkQueueService/ReassignActivity", json!({"name": activity, "queue": name})).await;
        stage.done("WorkQueueService/SkipActivity", json!({"name": activity, "reason": "by mistake"})).await;

        let (deleted, reopened) = tokio::join!(
            stage.call("TeamService/DeleteTeam", json!({"name": name})),
            stage.call("WorkQueueService/ReopenActivity", json!({"name": activity})),
        );

        // Without the team the activity is its owner's again.
        let queue = reopened.expect("it can always be reopened")["activity"]["queue"].clone();
        let expected = if deleted.is_ok() { "sellers/ana" } else { name.as_str() };
        assert_eq!(queue, json!(expected), "round {round}");
        hold(&stage).await;
    }
}
