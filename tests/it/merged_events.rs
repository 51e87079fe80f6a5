//! Events of records that were merged: found with those of the survivor, in lists and in streams
//! that were open meanwhile.

use serde_json::{Value, json};

use super::events::{Stream, hold, kinds, listed, publishing};
use super::support::stage::{Stage, list, text};

const L1: &str = "recordTypes/lead/records/l1";
const L3: &str = "recordTypes/lead/records/l3";
const L4: &str = "recordTypes/lead/records/l4";

async fn close(stage: &Stage, record: &str) {
    let close = json!({"name": record, "close_outcome": "LOST"});
    stage.done("RecordService/CloseRecord", close).await;
}

async fn merge(stage: &Stage, survivor: &str, merged: &str) {
    let request = json!({"name": survivor, "merged_records": [merged]});
    stage.done("RecordService/MergeRecords", request).await;
}

/// All pages of two events about a record.
async fn paged(stage: &Stage, record: &str) -> Vec<Value> {
    let (mut paged, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = json!({"record": record, "page_size": 2, "page_token": page_token});
        let answer = stage.done("EventService/ListEvents", request).await;
        paged.extend(list(&answer, "/events"));
        let Some(next) = answer.get("nextPageToken") else { return paged };
        page_token = next.as_str().expect("a text").to_owned();
    }
}

/// The names of what a stream sends, until it has sent so many.
async fn sent(stream: &mut Stream, count: usize) -> Vec<String> {
    let mut names = Vec::new();
    while names.len() < count {
        names.extend(stream.events().await.into_iter().map(|event| event.name));
    }
    names
}

fn names(events: &[Value]) -> Vec<String> {
    events.iter().map(|event| text(event, "/name").to_owned()).collect()
}

#[tokio::test]
async fn a_record_is_found_with_the_events_of_all_that_were_merged_into_it() {
    let stage = publishing().await;
    for lead in ["l3", "l1", "l2", "l4"] {
        stage.enroll(lead, "tasks").await;
    }
    // About the records themselves, in turn, so that pages mix them.
    for record in [L4, L3, "recordTypes/lead/records/l2", L4] {
        close(&stage, record).await;
        stage.done("RecordService/ReopenRecord", json!({"name": record})).await;
    }
    let (before, _) = listed(&stage, json!({"page_size": 1_000})).await;
    let (_, token) = listed(&stage, json!({"record": L3})).await;
    merge(&stage, L3, L4).await;
    merge(&stage, L1, L3).await;

    let (all, _) = listed(&stage, json!({"page_size": 1_000})).await;
    let about = |event: &&Value| [L1, L3, L4].iter().any(|name| event["record"] == *name);
    let about: Vec<Value> = all.iter().filter(about).cloned().collect();
    let count = |kind: &str| kinds(&about).iter().filter(|one| **one == kind).count();
    assert_eq!((count("recordMerged"), count("recordClosed")), (2, 3));
    for name in [L1, L3, L4] {
        assert_eq!(listed(&stage, json!({"record": name})).await.0, about, "{name}");
        assert_eq!(paged(&stage, name).await, about, "{name}");
    }
    let with = |wanted: &dyn Fn(&Value) -> bool| -> Vec<Value> {
        about.iter().filter(|event| wanted(event)).cloned().collect()
    };
    let closed = json!({"record": L1, "kinds": ["record_closed"]});
    assert_eq!(listed(&stage, closed).await.0, with(&|event| event.get("recordClosed").is_some()));
    let by = text(&about[0], "/actor");
    let by_one = json!({"record": L1, "actor": by});
    assert_eq!(listed(&stage, by_one).await.0, with(&|event| event["actor"] == by));

    // A token from before the merge goes on where it was.
    let after = listed(&stage, json!({"record": L3, "resume_token": token})).await.0;
    assert!(!after.is_empty() && about.ends_with(&after), "{after:?}");
    assert!(after.iter().all(|event| all[before.len()..].contains(event)), "{after:?}");
    hold(&stage).await;
}

#[tokio::test]
async fn a_stream_about_a_record_goes_on_with_its_survivor_and_with_what_is_merged_into_it() {
    let stage = publishing().await;
    stage.enroll("l1", "tasks").await;
    stage.enroll("l4", "tasks").await;
    let (_, token) = listed(&stage, json!({"record": L1})).await;
    let mut streams = Vec::new();
    for record in [L1, L3, L4] {
        let mut stream = Stream::of(&stage.admin, record, "").await;
        // At this position, before anything of what follows.
        stream.next().await;
        streams.push(stream);
    }

    close(&stage, L4).await;
    merge(&stage, L3, L4).await;
    merge(&stage, L1, L3).await;
    let due = stage.queue("sellers/ana").await[0]["name"].clone();
    stage.done("WorkQueueService/CompleteActivity", json!({"name": due})).await;
    let (all, token) = listed(&stage, json!({"record": L1, "resume_token": token})).await;
    let told = kinds(&all);
    let expected = ["recordClosed", "recordMerged", "activityCompleted"];
    assert!(expected.iter().all(|kind| told.contains(kind)), "{told:?}");
    for stream in &mut streams {
        assert_eq!(sent(stream, all.len()).await, names(&all));
    }

    close(&stage, L1).await;
    let (all, _) = listed(&stage, json!({"record": L1, "resume_token": token})).await;
    assert!(kinds(&all).contains(&"recordClosed"), "{all:?}");
    for stream in &mut streams {
        assert_eq!(sent(stream, all.len()).await, names(&all));
    }
}
