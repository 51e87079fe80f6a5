//! What salespeople may author.

use serde_json::{Value, json};
use tonic::Code;

use super::support::app::Client;
use super::support::refused::refused;
use super::support::stage::{Stage, text};

async fn update(stage: &Stage, id: &str, fields: Value, mask: &str) -> Value {
    let mut sequence = fields;
    sequence["name"] = json!(format!("sequences/{id}"));
    let request = json!({"sequence": sequence, "update_mask": mask});
    stage.done("SequenceService/UpdateSequence", request).await["sequence"].clone()
}

async fn let_sellers_author(stage: &Stage, allowed: bool) {
    let organization = json!({"settings": {"seller_authoring": allowed}});
    let request = json!({"organization": organization, "update_mask": "settings.sellerAuthoring"});
    let updated = stage.done("OrganizationService/UpdateOrganization", request).await;
    assert_eq!(updated["organization"]["settings"]["sellerAuthoring"], allowed);
}

/// What the calls of an author are answered for a sequence.
async fn author(client: &Client, id: &str) -> Vec<(Code, String)> {
    let mut refusals = Vec::new();
    for (method, request) in [
        ("UpdateSequence", json!({"sequence": {"name": id, "display_name": "Else"}})),
        ("ActivateSequence", json!({"name": id})),
        ("DeactivateSequence", json!({"name": id})),
        ("DeleteSequence", json!({"name": id})),
        ("UndeleteSequence", json!({"name": id})),
    ] {
        if let Err(status) = client.call(&format!("SequenceService/{method}"), request).await {
            let refusal = refused::<Value>(Err(status));
            refusals.push((refusal.code, refusal.reason));
        }
    }
    refusals
}

#[tokio::test]
async fn a_salesperson_authors_own_sequences_only_where_the_organization_lets_sellers_author() {
    let stage = Stage::new().await;
    let ana = stage.salesperson("ana").await;
    let steps = json!([{"step_id": "only", "task": {}}]);
    let create = async |id: &str, owner: &str| {
        let sequence = json!({"display_name": id, "steps": steps, "owner": owner});
        ana.call("SequenceService/CreateSequence", json!({"sequence_id": id, "sequence": sequence})).await
    };
    let denied = |reason: &str| vec![(Code::PermissionDenied, reason.to_owned()); 5];
    assert_eq!(refused(create("mine", "").await).reason, "ROLE_REQUIRED");
    assert_eq!(author(&ana, "short").await, denied("ROLE_REQUIRED"));

    let_sellers_author(&stage, true).await;
    let mine = create("mine", "").await.expect("fine");
    assert_eq!(text(&mine, "/sequence/owner"), "sellers/ana");
    assert_eq!(refused(create("yours", "ben").await).reason, "SEQUENCE_OWNED_BY_ANOTHER");
    assert_eq!(author(&ana, "mine").await, []);
    let copied = json!({"name": "short", "sequence_id": "copied"});
    let copied = ana.done("SequenceService/CloneSequence", copied).await;
    assert_eq!(text(&copied, "/sequence/owner"), "sellers/ana");

    // Neither somebody else's nor away from oneself.
    for owner in ["ben", ""] {
        update(&stage, "short", json!({"owner": owner}), "owner").await;
        assert_eq!(author(&ana, "short").await, denied("SEQUENCE_OWNED_BY_ANOTHER"), "{owner}");
        let gift = json!({"sequence": {"name": "mine", "owner": owner}, "update_mask": "owner"});
        let gift = refused(ana.call("SequenceService/UpdateSequence", gift).await);
        assert_eq!(gift.reason, "SEQUENCE_OWNED_BY_ANOTHER", "{owner}");
    }
    update(&stage, "short", json!({"owner": "ana"}), "owner").await;
    ana.done(
        "SequenceService/UpdateSequence",
        json!({"sequence": {"name": "short", "description": "Mine now"}}),
    )
    .await;

    let_sellers_author(&stage, false).await;
    assert_eq!(author(&ana, "mine").await, denied("ROLE_REQUIRED"));
    let everybodys = json!({"sequences": ["mine"], "new_owner": "ana"});
    let denied = refused(ana.call("SequenceService/ReassignSequences", everybodys).await);
    assert_eq!(denied.reason, "ROLE_REQUIRED");
}
