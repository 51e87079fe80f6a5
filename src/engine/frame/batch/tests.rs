use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::*;

/// Records its batches. Each batch waits for a permit. Item 13 fails its batch, 14 panics, 15 finds
/// no database, and items of 100 or more are held in the free lane.
struct Fake {
    permits: Semaphore,
    batches: Mutex<Vec<(Locking, Vec<u32>)>>,
}

impl BatchWork for Arc<Fake> {
    type Item = u32;
    type Answer = u32;
    type Key = u32;

    fn keys(&self, item: &u32) -> Vec<u32> {
        vec![*item]
    }

    async fn run(&self, items: &[u32], locking: Locking) -> Result<Vec<Outcome<u32>>, Error> {
        self.permits.acquire().await.expect("never closed").forget();
        self.batches.lock().expect("no panic").push((locking, items.to_vec()));
        match items {
            items if items.contains(&13) => return Err(Error::Fault("poison")),
            items if items.contains(&14) => panic!("poison"),
            items if items.contains(&15) => return Err(Error::Store(store::Error::unavailable())),
            _ => {}
        }
        let outcome = |item: &u32| match locking {
            Locking::Skip if *item >= 100 => Outcome::Held,
            _ => Outcome::Done(Ok(item * 2)),
        };
        Ok(items.iter().map(outcome).collect())
    }
}

struct Bench {
    fake: Arc<Fake>,
    batcher: Batcher<Arc<Fake>>,
    tasks: TaskTracker,
}

impl Bench {
    fn new(limit: usize) -> Self {
        let fake = Arc::new(Fake { permits: Semaphore::new(0), batches: Mutex::new(Vec::new()) });
        let tasks = TaskTracker::new();
        Self { batcher: Batcher::new("test", fake.clone(), limit, tasks.clone()), fake, tasks }
    }

    fn open(&self) {
        self.fake.permits.add_permits(1000);
    }

    async fn submit(&self, items: &[u32]) -> Vec<Result<u32, Error>> {
        timeout(Duration::from_secs(10), self.batcher.submit_all(items.to_vec())).await.expect("in time")
    }

    fn batches(&self) -> Vec<Vec<u32>> {
        self.fake.batches.lock().expect("no panic").iter().map(|(_, items)| items.clone()).collect()
    }
}

#[tokio::test]
async fn what_arrives_while_a_batch_is_under_way_forms_the_next() {
    let bench = Bench::new(3);
    let callers: Vec<_> = (1..=5)
        .map(|item| {
            let batcher = bench.batcher.clone();
            tokio::spawn(async move { batcher.submit(item).await.expect("done") })
        })
        .collect();

    // Let one batch through, so that the others arrive while it runs.
    while bench.fake.batches.lock().expect("no panic").is_empty() {
        bench.fake.permits.add_permits(usize::from(bench.fake.permits.available_permits() == 0));
        tokio::task::yield_now().await;
    }
    bench.open();

    let mut answers = Vec::new();
    for caller in callers {
        let answer = timeout(Duration::from_secs(10), caller).await.expect("in time");
        answers.push(answer.expect("no panic"));
    }
    assert_eq!(answers, [2, 4, 6, 8, 10]);

    let batches = bench.batches();
    assert_eq!(batches.concat(), [1, 2, 3, 4, 5]);
    assert!(batches.iter().all(|batch| batch.len() <= 3) && batches.len() < 5, "{batches:?}");
}

#[tokio::test]
async fn two_items_of_one_key_are_never_in_one_batch_and_keep_their_order() {
    let bench = Bench::new(10);
    bench.open();
    let answers = bench.submit(&[1, 2, 1, 1, 3]).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(bench.batches(), [vec![1, 2, 3], vec![1], vec![1]]);
}

#[tokio::test]
async fn a_poisonous_item_fails_alone() {
    for poison in [13, 14] {
        let bench = Bench::new(10);
        bench.open();
        let answers = bench.submit(&[1, 2, poison, 4, 5]).await;
        let failed: Vec<bool> = answers.iter().map(Result::is_err).collect();
        assert_eq!(failed, [false, false, true, false, false]);
    }
}

#[tokio::test]
async fn a_batch_without_a_database_is_not_halved() {
    let bench = Bench::new(10);
    bench.open();
    let answers = bench.submit(&[1, 15, 2]).await;
    assert!(answers.iter().all(|answer| fails_all(answer.as_ref().expect_err("all fail"))));
    assert_eq!(bench.batches().len(), 1);
}

#[tokio::test]
async fn an_item_whose_rows_are_held_goes_into_a_batch_that_waits() {
    let bench = Bench::new(10);
    bench.open();
    let answers = bench.submit(&[1, 100, 2]).await;
    let answers: Vec<u32> = answers.into_iter().map(|answer| answer.expect("done")).collect();
    assert_eq!(answers, [2, 200, 4]);
    let batches = bench.fake.batches.lock().expect("no panic").clone();
    assert_eq!(batches, [(Locking::Skip, vec![1, 100, 2]), (Locking::Wait, vec![100])]);
}

#[tokio::test]
async fn an_item_whose_caller_is_gone_before_it_begins_never_begins() {
    for held in [0, 100] {
        let bench = Bench::new(10);
        let submit = |item| {
            let batcher = bench.batcher.clone();
            tokio::spawn(async move { batcher.submit(item).await.expect("done") })
        };

        let first = submit(held + 1);
        if held > 0 {
            bench.fake.permits.add_permits(1);
        }
        // Wait until the first item runs, in either lane, before the second one comes.
        while bench.batcher.shared.lanes().named.len() != usize::from(held > 0)
            || !(bench.batcher.shared.lanes().free.running || held > 0)
            || !bench.batcher.shared.lanes().free.waiting.is_empty()
        {
            tokio::task::yield_now().await;
        }

        let second = submit(held + 1);
        let queued = |lanes: &Lanes<_>| lanes.free.waiting.len() + lanes.held.waiting.len();
        while queued(&bench.batcher.shared.lanes()) == 0 {
            tokio::task::yield_now().await;
        }
        second.abort();
        assert!(second.await.is_err_and(|gone| gone.is_cancelled()));

        bench.open();
        timeout(Duration::from_secs(10), first).await.expect("in time").expect("no panic");
        bench.tasks.close();
        timeout(Duration::from_secs(10), bench.tasks.wait()).await.expect("in time");

        let batches = bench.fake.batches.lock().expect("no panic").clone();
        let expected = if held == 0 {
            vec![(Locking::Skip, vec![1])]
        } else {
            vec![(Locking::Skip, vec![101]), (Locking::Wait, vec![101])]
        };
        assert_eq!(batches, expected);
        assert!(bench.batcher.shared.lanes().named.is_empty());
    }
}

#[tokio::test]
async fn an_item_that_names_what_another_waits_for_follows_it_and_holds_nobody_up() {
    let bench = Bench::new(10);
    let submit = |item| {
        let batcher = bench.batcher.clone();
        tokio::spawn(async move { batcher.submit(item).await.expect("done") })
    };
    let waiting = async |items| {
        while bench.batcher.shared.lanes().named.get(&100) != Some(&items) {
            tokio::task::yield_now().await;
        }
    };

    let first = submit(100);
    bench.fake.permits.add_permits(1);
    waiting(1).await;
    let second = submit(100);
    waiting(2).await;
    let other = submit(1);

    bench.open();
    for (caller, expected) in [(first, 200), (second, 200), (other, 2)] {
        let answer = timeout(Duration::from_secs(10), caller).await.expect("in time");
        assert_eq!(answer.expect("no panic"), expected);
    }
    bench.tasks.close();
    timeout(Duration::from_secs(10), bench.tasks.wait()).await.expect("in time");

    let batches = bench.fake.batches.lock().expect("no panic").clone();
    assert_eq!(batches[0], (Locking::Skip, vec![100]));
    let waited = batches.iter().filter(|batch| **batch == (Locking::Wait, vec![100])).count();
    assert_eq!((waited, batches.contains(&(Locking::Skip, vec![1])), batches.len()), (2, true, 4));
    assert!(bench.batcher.shared.lanes().named.is_empty());
}

#[tokio::test]
async fn a_caller_that_gives_up_does_not_undo_its_item() {
    let bench = Bench::new(10);
    let batcher = bench.batcher.clone();
    let caller = tokio::spawn(async move { batcher.submit(7).await });
    while bench.tasks.is_empty() {
        tokio::task::yield_now().await;
    }
    caller.abort();
    bench.open();
    bench.tasks.close();
    timeout(Duration::from_secs(10), bench.tasks.wait()).await.expect("in time");
    assert_eq!(bench.batches(), [vec![7]]);
}
