//! Single writes touch rows in proportion to what they change, beside a large crowd, whatever
//! Postgres knows of it.

use chrono::TimeDelta;
use serde_json::json;
use upnext::domain::action::Action;
use upnext::domain::migration::StepPolicy;
use upnext::domain::record::{CloseOutcome, OwnerChange};
use upnext::engine::{
    ActOnEnrollment, CloseRecord, Engine, Enrolled, ReopenActivity, SkipWait, SnoozeActivity,
};
use upnext::store::{PoolSettings, Store};
use upnext::wake::Wake;

use super::enroll::enroll;
use super::feed_reads::{blocks_by_table, crowd, enrolled};
use super::flow::complete;
use super::support::world::{World, email, wait};
use super::work_of_changed_records::item;

/// With fewer rows, Postgres believes that each is of another organization.
const FEW: usize = 12;

/// What Postgres has seen of the tables when the writes come.
#[derive(Clone, Copy, Debug)]
enum Seen {
    Nothing,
    ABeginning,
    Everything,
}

/// A world in which the crowd of one organization is beside the few records of the test.
async fn world(seen: Seen) -> World {
    let world = World::new().await;
    let ana = world.seller("ana").await;
    let sequence = world.sequence("calls", vec![email(), wait(10), email()]).await;

    if let Seen::Nothing = seen {
        world.run("VACUUM ANALYZE").await;
    }
    // Enough for Postgres to see that the organization of all rows is the same.
    for number in 0..FEW {
        let record = world.record(&format!("f{number}"), Some(ana)).await;
        world.start(sequence, record).await;
    }
    if let Seen::ABeginning = seen {
        world.run("VACUUM ANALYZE").await;
    }
    world.run(crowd()).await;
    world.run(enrolled()).await;
    if let Seen::Everything = seen {
        world.run("VACUUM ANALYZE").await;
    }

    for id in ["l1", "l2"] {
        world.record(id, Some(ana)).await;
    }
    world
}

#[tokio::test]
async fn single_writes_cost_what_they_touch_whatever_the_statistics_say() {
    for seen in [Seen::Nothing, Seen::ABeginning, Seen::Everything] {
        let world = world(seen).await;
        let settings = PoolSettings { max_connections: 1, ..PoolSettings::default() };
        let store = world.counted_store(&settings);
        let engine = Engine::new(store.clone(), world.clock(), Wake::new());
        let costs = Costs { seen, store: &store };

        let change = item(&world, "l2", OwnerChange::Keep, &json!({}));
        costs.of("upsert", engine.upsert_record(change)).await.expect("is upserted");
        let made = costs.of("enroll", engine.enroll_record(world.request(), enroll("l1", "calls"))).await;
        let Ok(Enrolled::Made(enrollment)) = made else { panic!("{made:?}") };
        let open = world.standing(enrollment).await.open.expect("the email is due").id;
        let until = world.now() + TimeDelta::hours(1);
        let snooze = SnoozeActivity { activity: open, expected_version: None, until, lease: None };
        costs.of("snooze", engine.snooze_activity(world.request(), snooze)).await.expect("is snoozed");
        costs.of("complete", engine.close_activity(world.request(), complete(open))).await.expect("is done");
        let reopen = ReopenActivity { activity: open, expected_version: None, reason: String::new() };
        costs.of("reopen", engine.reopen_activity(&world.request(), reopen)).await.expect("is open again");
        engine.close_activity(world.request(), complete(open)).await.expect("is done again");
        let skip = SkipWait { enrollment, expected_version: None };
        costs.of("skip", engine.skip_wait(world.request(), skip)).await.expect("is skipped");
        let migrate = Action::Migrate { revision: 0, policy: StepPolicy::Restart, step_id: None };
        let actions = [
            ("pause", Action::Pause),
            ("resume", Action::Resume),
            ("migrate", migrate),
            ("exit", Action::Exit),
        ];
        for (name, action) in actions {
            let act = ActOnEnrollment { enrollment, expected_version: None, action };
            costs.of(name, engine.act_on_enrollment(world.request(), act)).await.expect("is done");
        }

        let close = CloseRecord {
            record_type: "lead".into(),
            record_id: "l2".into(),
            outcome: CloseOutcome::Won,
            expected_version: None,
        };
        costs.of("close", engine.close_record(&world.request(), close)).await.expect("is closed");
    }
}

#[tokio::test]
async fn a_batch_of_upserts_reads_only_its_own_records_whatever_the_statistics_say() {
    const ITEMS: i64 = 500;
    for seen in [Seen::Nothing, Seen::ABeginning, Seen::Everything] {
        let world = world(seen).await;
        let settings = PoolSettings { max_connections: 1, ..PoolSettings::default() };
        let store = world.counted_store(&settings);
        let engine = Engine::new(store.clone(), world.clock(), Wake::new());
        let upsert = async |name: &str| {
            let named =
                |number| item(&world, &format!("b{number}"), OwnerChange::Keep, &json!({"name": name}));
            let items: Vec<_> = (0..ITEMS).map(named).collect();
            engine.upsert_records(&items, world.now()).await.expect("are upserted");
        };
        upsert("Kim").await;

        let before = fetched(&store).await;
        upsert("Kim Doe").await;
        let fetched = fetched(&store).await - before;
        assert!((ITEMS..=5 * ITEMS).contains(&fetched), "{seen:?}: {fetched} records read");
    }
}

/// How many records were found by an index so far.
async fn fetched(store: &Store) -> i64 {
    let mut conn = store.connection().await.expect("connects");
    sqlx::query("SELECT pg_stat_force_next_flush()").execute(&mut *conn).await.expect("reports");
    let fetched = "SELECT idx_tup_fetch FROM pg_stat_user_tables WHERE relname = 'record'";
    sqlx::query_scalar(fetched).fetch_one(&mut *conn).await.expect("counts")
}

struct Costs<'a> {
    seen: Seen,
    store: &'a Store,
}

impl Costs<'_> {
    /// Runs a write, which may read a few blocks for each row that it touches. Half an index alone
    /// would be more.
    async fn of<T>(&self, what: &str, write: impl Future<Output = T>) -> T {
        let before = blocks_by_table(&mut self.store.connection().await.expect("connects")).await;
        let done = write.await;
        let mut read = blocks_by_table(&mut self.store.connection().await.expect("connects")).await;
        read.iter_mut().for_each(|(table, blocks)| *blocks -= before[table]);
        read.retain(|_, blocks| *blocks > 0);
        assert!(
            (1..=150).contains(&read.values().sum::<i64>()),
            "{:?}: blocks to {what}: {read:?}",
            self.seen
        );
        done
    }
}
