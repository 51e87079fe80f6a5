//! The streams compared with their model: whatever writers, slow readers, disconnects, resumes on
//! other servers and restored backups do, in any order, a client's list is the queue at one of its
//! revisions, and revisions never go back.
//!
//! A trigger writes down what a queue holds at each of its revisions, inside the transaction that
//! makes it; each message that a client has applied is held against that. What happens is drawn by
//! a seed, which a failure prints with all that was done: `UPNEXT_SEED=7 cargo test --test it
//! stream_model` does it again. `UPNEXT_SEEDS=5000` tries so many, `UPNEXT_LONG_TESTS=1` a
//! thousand.

mod head;
mod journal;
mod mirror;
mod moves;
mod pair;
mod story;
mod watcher;

use std::panic::AssertUnwindSafe;

use futures::{FutureExt as _, StreamExt as _, stream};

use mirror::Fault;
use story::Story;

/// How many stories are told at once.
const AT_ONCE: usize = 4;

/// What a seed comes to; why not, with all that was done.
async fn tell(seed: u64) -> Result<Vec<Fault>, String> {
    let mut story = Story::begin(seed).await;
    // What panics is also told with its story.
    let told = AssertUnwindSafe(story.tell()).catch_unwind().await;
    let panicked = |panic: Box<dyn std::any::Any + Send>| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned()
    };
    let told = told.unwrap_or_else(|panic| Err(panicked(panic)));
    told.map(|()| std::mem::take(&mut story.found_out)).map_err(|wrong| {
        let done = story.done.join("\n  ");
        format!("{wrong}\nUPNEXT_SEED={seed} cargo test --test it stream_model\n  {done}")
    })
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// The seeds to try: the one given, so many as given, or a few of which some are always the same.
fn seeds() -> Vec<u64> {
    let long = std::env::var_os("UPNEXT_LONG_TESTS").map(|_| 1_000);
    match (number("UPNEXT_SEED"), number("UPNEXT_SEEDS").or(long)) {
        (Some(seed), _) => vec![seed],
        (None, Some(many)) => (0..many).map(|_| rand::random()).collect(),
        (None, None) => (1..=3).chain((0..2).map(|_| rand::random())).collect(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_happens_a_clients_list_is_the_queue_at_its_revision() {
    let seeds = seeds();
    println!("seeds {seeds:?}");
    // A story waits more than it works.
    let told = stream::iter(seeds).map(|seed| tokio::spawn(tell(seed)));
    let mut told = told.buffer_unordered(AT_ONCE).enumerate();
    while let Some((tried, ended)) = told.next().await {
        if let Err(wrong) = ended.expect("a story catches its own panics") {
            panic!("{wrong}");
        }
        if tried % 100 == 99 {
            println!("{} seeds are well", tried + 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_with_a_wrong_list_is_detected() {
    let mut unseen = Fault::ALL.to_vec();
    for seed in 1..=20 {
        let found_out = tell(seed).await.unwrap_or_else(|wrong| panic!("{wrong}"));
        unseen.retain(|fault| !found_out.contains(fault));
        if unseen.is_empty() {
            return;
        }
    }
    panic!("not seen: {unseen:?}");
}
