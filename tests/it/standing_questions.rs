//! A standing question answers what asking each condition would, whatever it looks up.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use upnext::domain::attribute::{AttributeName, AttributeType};
use upnext::domain::condition::Condition;
use upnext::domain::id::RecordId;
use upnext::domain::record_type::RecordType;
use upnext::store::answers::{Question, ask};
use upnext::store::records::{self, Fields};
use upnext::store::standing_questions::StandingQuestion;

use super::support::world::World;

const ATTRIBUTES: [(&str, AttributeType); 4] = [
    ("origin", AttributeType::String),
    ("score", AttributeType::Double),
    ("vip", AttributeType::Bool),
    ("tags", AttributeType::StringList),
];

/// Leads with these attributes, declared or not.
async fn leads(world: &World, attributes: &[Value]) -> Vec<RecordId> {
    let mut leads = Vec::new();
    for (number, attributes) in attributes.iter().enumerate() {
        let lead = world.record(&format!("l{number}"), None).await;
        sqlx::query("UPDATE record SET attributes = $2 WHERE id = $1")
            .bind(lead.0)
            .bind(attributes)
            .execute(&world.store.pool())
            .await
            .expect("can be changed");
        leads.push(lead);
    }
    leads
}

async fn lead_type(world: &World, leads: &[RecordId]) -> RecordType {
    let mut conn = world.store.connection().await.expect("connects");
    let types = records::types::of_records(&mut conn, world.organization, leads).await.expect("are read");
    let (mut record_type, _) = types.into_iter().next().expect("they have one");
    let declared = ATTRIBUTES.map(|(name, of)| (AttributeName::new(name).expect("a name"), of));
    record_type.attributes.extend(declared);
    record_type
}

/// More groups than one statement asks. Some are looked up, some aren't; every third has a rule.
fn conditions(of: &RecordType) -> Vec<Vec<Condition>> {
    let parse = |text: &str| Condition::parse(text, &of.subject()).expect("a condition");
    let group = |number: usize| {
        let first = match number % 7 {
            0 => format!("record.origin == \"campaign {}\" && record.score > 2", number / 7),
            1 => format!("record.origin == \"campaign {}\"", number / 7),
            2 => format!("record.score in [{}, {}.0]", number / 7, number / 14),
            3 => format!("\"tag {}\" in record.tags && record.vip", number / 7),
            4 => format!("record.score > {}", number / 7),
            5 => format!("record.owner == \"sellers/s{number}\" || record.id == \"l{}\"", number / 7),
            _ => format!("record.id == \"l{}\"", number / 7),
        };
        let rule = number.is_multiple_of(3).then(|| parse("record.vip == true || record.score >= 7"));
        [parse(&first)].into_iter().chain(rule).collect()
    };
    (0..600).map(group).collect()
}

#[tokio::test]
async fn a_standing_question_answers_what_asking_every_condition_does() {
    let world = World::new().await;
    let lead = |number: usize| match number % 5 {
        0 => json!({}),
        1 => json!({"origin": format!("campaign {number}"), "score": number, "vip": true}),
        2 => json!({"score": f64::from(u32::try_from(number).unwrap()), "tags": ["tag 1", "tag 2", "tag 2"]}),
        3 => json!({"origin": null, "score": "3", "vip": true, "tags": [1, null, "tag 3"]}),
        _ => json!({"origin": ["campaign 4"], "score": 0.5, "tags": "tag 4", "vip": "true"}),
    };
    let leads = leads(&world, &(0..60).map(lead).collect::<Vec<_>>()).await;
    let record_type = lead_type(&world, &leads).await;
    let source = Fields { record_type: &record_type, now: world.now() };
    let conditions = conditions(&record_type);
    let groups: Vec<Vec<&Condition>> = conditions.iter().map(|group| group.iter().collect()).collect();

    let standing = StandingQuestion::of(&groups, &source);
    let mut tx = world.store.pool().begin().await.expect("begins");
    let question = Question { records: leads.clone(), groups: groups.clone() };
    let expected = ask(&mut tx, &source, &[question]).await.expect("is asked").remove(0);
    // The second time its plans are kept.
    for _ in 0..2 {
        assert_eq!(standing.ask(&mut tx, &source, &groups, &leads).await.expect("is asked"), expected);
    }
    assert_eq!(standing.ask(&mut tx, &source, &groups, &[]).await.expect("is asked"), Default::default());
    let matching: BTreeSet<usize> = expected.values().flatten().copied().collect();
    assert!(matching.len() > 100, "{matching:?}");

    let mode: String =
        sqlx::query_scalar("SHOW plan_cache_mode").fetch_one(&mut *tx).await.expect("is shown");
    let before: String =
        sqlx::query_scalar("SHOW plan_cache_mode").fetch_one(&world.store.pool()).await.expect("is shown");
    assert_eq!(mode, before, "the statements after it are planned as before");
}

#[tokio::test]
async fn only_records_that_concern_no_segment_are_left_out() {
    let world = World::new().await;
    let attributes = [json!({}), json!({"origin": "fair"}), json!({"origin": "web"}), json!({}), json!({})];
    let leads = leads(&world, &attributes).await;
    let record_type = lead_type(&world, &leads).await;
    let source = Fields { record_type: &record_type, now: world.now() };
    world
        .run(format!(
            "UPDATE record SET closed = true, close_outcome = 'WON', close_time = now() WHERE id = '{}'",
            leads[3].0
        ))
        .await;
    world
        .run(format!(
            "INSERT INTO membership (organization_id, record_id, segment_id, join_time)
             VALUES ('{}', '{}', '{}', now())",
            world.organization.0, leads[4].0, leads[4].0
        ))
        .await;

    let mut conn = world.store.connection().await.expect("connects");
    for (texts, expected) in [
        (vec!["record.origin == \"fair\" && record.vip"], vec![leads[0], leads[2]]),
        (vec!["record.origin == \"fair\"", "record.score == 1"], vec![leads[0], leads[2]]),
        (vec!["record.origin == \"fair\"", "record.score != 1"], vec![]),
        (vec![], vec![leads[0], leads[1], leads[2]]),
    ] {
        let parse = |text: &&str| vec![Condition::parse(text, &record_type.subject()).expect("a condition")];
        let conditions: Vec<Vec<Condition>> = texts.iter().map(parse).collect();
        let groups: Vec<Vec<&Condition>> = conditions.iter().map(|group| group.iter().collect()).collect();
        let standing = StandingQuestion::of(&groups, &source);
        let mut outsiders = standing.outsiders(&mut conn, &source, &leads).await.expect("are read");
        outsiders.sort_by_key(|record| record.0);
        assert_eq!(outsiders, expected, "{texts:?}");
    }
}
