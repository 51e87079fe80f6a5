//! Workers that are killed while they send: each email is in the mailbox exactly once, or its
//! activity says that nobody knows.

use std::time::Duration;

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::Office;
use crate::support::chance::{is_long, number, seed};
use crate::support::stage::{list, text};

/// Enrolls so many leads; returns the activities by the lead's address.
async fn enroll(office: &Office, emails: usize) {
    let names: Vec<String> = (0..emails).map(|index| format!("p{index}")).collect();
    for some in names.chunks(500) {
        let lead = |name: &String| json!({"id": name, "owner": "ana", "attributes": {"email": format!("{name}@example.com"), "nick": name}});
        office.admin.leads(some.iter().map(lead).collect()).await;
        let item = |name: &String| json!({"record": format!("recordTypes/lead/records/{name}"), "sequence": "welcome"});
        let request = json!({"requests": some.iter().map(item).collect::<Value>()});
        office.admin.done("EnrollmentService/BatchEnrollRecords", request).await;
    }
}

#[tokio::test]
async fn of_killed_workers_every_email_is_sent_once_or_nobody_knows_and_that_is_told() {
    let (emails, kills) = if is_long() { (5_000, 50) } else { (150, 8) };
    let kills = number("UPNEXT_KILLS").map_or(kills, |kills| usize::try_from(kills).expect("few"));
    let seed = seed();
    println!("UPNEXT_SEED={seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let office = Office::new().await;
    let limits = json!({"emails_per_seller_and_day": 10_000});
    let settings = json!({"organization": {"settings": {"limits": limits}}});
    office.admin.done("OrganizationService/UpdateOrganization", settings).await;
    enroll(&office, emails).await;

    let each = emails * 6 / (kills + 1);
    for _ in 0..kills {
        let mut worker = office.command(random.random_range(1..=4)).spawn().expect("it runs");
        let until = *office.mail.commands.borrow() + random.random_range(1..=each as u64);
        let mut commands = office.mail.commands.clone();
        let reached = commands.wait_for(|count| *count >= until);
        tokio::select! {
            reached = timeout(Duration::from_secs(60), reached) => {
                reached.expect("the worker works").expect("the mail server runs");
            }
            // It had less to do.
            _ = worker.wait() => {}
        }
        worker.kill().await.expect("it ran");
        // What it had becomes free.
        office.app.advance(TimeDelta::minutes(6)).await;
    }
    // The last worker sends what the killed ones left: some 80 emails a second.
    office.work_within(Duration::from_secs(30 + emails as u64 / 10)).await;

    let counts = office.mail.counts();
    assert!(counts.values().all(|count| *count == 1), "sent twice: {counts:?}");
    let unknown = list(
        &office
            .admin
            .done(
                super::ACTIVITIES,
                json!({"queue": "sellers/ana", "filter": "activity.kind == \"EMAIL\"", "page_size": 1000}),
            )
            .await,
        "/activities",
    );
    assert!(unknown.iter().all(|one| text(one, "/handover/reason") == "OUTCOME_UNKNOWN"), "{unknown:?}");
    let told: Vec<&str> = unknown.iter().map(|one| text(one, "/recordDisplayName")).collect();
    for index in 0..emails {
        let name = format!("p{index}");
        let sent = counts.contains_key(&format!("{name}@example.com"));
        assert!(sent || told.contains(&name.as_str()), "{name} was neither sent nor told");
    }
    println!("{} sent, {} unknown", counts.len(), unknown.len());
    office.check().await;
}
