//! Tallies of sequences are exact at every commit, whoever counts and merges meanwhile, and however
//! late a commit comes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use futures::future::join_all;
use uuid::Uuid;

use upnext::domain::caller::Actor;
use upnext::domain::changes::Changes;
use upnext::domain::enrollment::ExitReason;
use upnext::domain::flow::Flow;
use upnext::domain::id::SequenceId;
use upnext::domain::tally::{Tally, TallyKey};
use upnext::engine::{CloseActivity, CloseHow};
use upnext::store::{changes, sequences};

use super::flow::exit;
use super::support::invariants;
use super::support::world::{World, email, phone_call, wait};

/// The sums of all tallies.
async fn sums(world: &World) -> BTreeMap<TallyKey, Tally> {
    let mut sums: BTreeMap<TallyKey, Tally> = BTreeMap::new();
    let mut conn = world.store.connection().await.expect("connects");
    let all: Vec<Uuid> =
        sqlx::query_scalar("SELECT id FROM sequence").fetch_all(&mut *conn).await.expect("reads");
    for sequence in all {
        let rows =
            sequences::tallies::of_sequence(&mut conn, world.organization, SequenceId(sequence), None).await;
        for row in rows.expect("reads") {
            sums.entry(row.key).or_default().merge(&row.tally);
        }
    }
    sums.retain(|_, tally| !tally.is_empty());
    sums
}

#[tokio::test(flavor = "multi_thread")]
async fn stats_are_exact_at_every_commit_while_others_write_and_merge() {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    let sequence = world.sequence("s", vec![email(), wait(5), phone_call()]).await;
    let mut records = Vec::new();
    for n in 0..40 {
        records.push(world.record(&format!("l{n}"), Some(ana)).await);
    }
    let (servers, done) = ([world.server(), world.server()], AtomicBool::new(false));

    let write = async {
        let work = records.iter().map(|record| async {
            let started = world.start(sequence, *record).await;
            let activity = started.opened.expect("an email").id;
            let how = CloseHow::Complete { at: None };
            let (outcome, note) = (String::new(), String::new());
            let command = CloseActivity {
                activity,
                how,
                outcome,
                note,
                disposition: String::new(),
                expected_version: None,
                lease: None,
            };
            world.engine.close_activity(world.request(), command).await.expect("completes");
            if record.0.as_u128() % 3 == 0 {
                let exited = world.engine.act_on_enrollment(world.request(), exit(started.enrollment.id));
                exited.await.expect("exits");
            }
        });
        join_all(work).await;
        done.store(true, Ordering::SeqCst);
    };
    let merge = join_all(servers.iter().map(|server| async {
        while !done.load(Ordering::SeqCst) {
            server.merge_tallies().await.expect("merges");
        }
    }));
    let read = async {
        let mut read = 0;
        while !done.load(Ordering::SeqCst) {
            invariants::hold(&world).await;
            read += 1;
        }
        read
    };
    let ((), _, read) = tokio::join!(write, merge, read);
    assert!(read > 0, "something was read meanwhile");

    while world.engine.merge_tallies().await.expect("merges").worked {}
    invariants::hold(&world).await;
    assert_eq!(world.count("SELECT count(*) FROM sequence_tally WHERE NOT merged").await, 0);
}

#[tokio::test]
async fn a_commit_that_comes_late_is_counted_when_it_comes() {
    let world = World::new().await;
    let sequence = world.sequence("s", vec![email(), email()]).await;
    let (first, second) = (world.record("l1", None).await, world.record("l2", None).await);
    let (late, early) = (world.start(sequence, first).await, world.start(sequence, second).await);

    // Its keys and times are older than those of everything that is committed before it.
    let mut decided = Changes::new();
    let case = world.standing(late.enrollment.id).await;
    let clock = world.clock();
    let mut mint = || clock.new_id();
    let mut flow = Flow { now: world.now(), mint: &mut mint, changes: &mut decided };
    case.exit(ExitReason::Manual, Actor::UPNEXT, &mut flow);
    let mut tx = world.store.begin().await.expect("begins");
    changes::save(&mut tx, &decided, || clock.new_stamp()).await.expect("saves");

    world.advance(3600);
    // It would wait for the queue, which the open transaction holds.
    let other = world.record("l3", Some(world.seller("ana").await)).await;
    let other = world.start(sequence, other).await;
    world.engine.act_on_enrollment(world.request(), exit(other.enrollment.id)).await.expect("exits");
    world.engine.merge_tallies().await.expect("merges");
    invariants::hold(&world).await;
    let before = sums(&world).await;

    tx.commit().await.expect("commits");
    invariants::hold(&world).await;
    assert_ne!(sums(&world).await, before);
    world.engine.merge_tallies().await.expect("merges");
    world.engine.act_on_enrollment(world.request(), exit(early.enrollment.id)).await.expect("exits");
    invariants::hold(&world).await;
    assert_eq!(world.count("SELECT count(*) FROM sequence_tally WHERE merged").await, 1);
}
