//! Random faults of every kind under load: of servers, of connections, of Postgres, its disk and
//! its backends, and of clocks. Every answer was true, all that fell due arrived, nothing is set
//! aside, and all invariants hold.

mod site;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use futures::{StreamExt as _, stream};
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};

use self::site::Site;
use crate::support::chance::{is_long, number, seed};
use crate::support::load::{Load, furnish};

/// Callers at once.
const CALLERS: u64 = 8;
/// What callers do before the first fault, and after the last one.
const DEEDS: u64 = 40;
/// The most faults of one site: in the end, all of its database is looked through.
const FAULTS_OF_A_SITE: usize = 50;
/// How many sites a long run has at once.
const SITES: usize = 4;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    KillServer,
    FreezeServer,
    ResetConnections,
    SwallowBytes,
    StandStill,
    LoseConnections,
    LosePackets,
    CancelStatements,
    EndBackends,
    FreezeBackends,
    FillDisk,
    ForbidWrites,
    TakeConnections,
    MoveClock,
    RestartPostgres,
}

const KINDS: [Kind; 15] = [
    Kind::KillServer,
    Kind::FreezeServer,
    Kind::ResetConnections,
    Kind::SwallowBytes,
    Kind::StandStill,
    Kind::LoseConnections,
    Kind::LosePackets,
    Kind::CancelStatements,
    Kind::EndBackends,
    Kind::FreezeBackends,
    Kind::FillDisk,
    Kind::ForbidWrites,
    Kind::TakeConnections,
    Kind::MoveClock,
    Kind::RestartPostgres,
];

/// Draws so many kinds, each as often as the others.
fn draw(faults: usize, rng: &mut StdRng) -> Vec<Kind> {
    let mut drawn = Vec::new();
    while drawn.len() < faults {
        let mut all = KINDS;
        all.shuffle(rng);
        drawn.extend(all);
    }
    drawn.truncate(faults);
    drawn
}

/// How long a fault that has a length lasts.
fn length(rng: &mut StdRng) -> Duration {
    Duration::from_millis(rng.random_range(if is_long() { 100..6_000 } else { 50..300 }))
}

/// What callers do before the next fault: often less than it takes to recover.
fn pause(rng: &mut StdRng) -> u64 {
    rng.random_range(if is_long() { 1..60 } else { 1..5 })
}

/// The long run: 1,000 faults, or as many as `UPNEXT_FAULTS` says.
#[tokio::test(flavor = "multi_thread")]
async fn random_faults_of_every_kind_under_load_lose_and_double_nothing() {
    let (seed, began) = (seed(), Instant::now());
    println!("UPNEXT_SEED={seed}");
    let faults = number("UPNEXT_FAULTS").unwrap_or(if is_long() { 1_000 } else { 30 });
    let mut rng = StdRng::seed_from_u64(seed);
    let drawn = draw(usize::try_from(faults).expect("a small number"), &mut rng);

    // Much of a fault's time is waiting, which sites can do side by side.
    let sites = drawn.chunks(FAULTS_OF_A_SITE).zip(seed..).map(|(some, seed)| befall(some, seed));
    let mut sites = stream::iter(sites).buffer_unordered(if is_long() { SITES } else { 1 });
    let mut done = BTreeMap::<Kind, u32>::new();
    while let Some(some) = sites.next().await {
        some.iter().for_each(|kind| *done.entry(*kind).or_default() += 1);
        println!("{} faults after {:?}: {done:?}", done.values().sum::<u32>(), began.elapsed());
    }
}

/// Lets faults befall a new site under load. Answers those that could.
async fn befall(faults: &[Kind], seed: u64) -> Vec<Kind> {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut site = Site::new().await;
    furnish(&site.servers(), &site.secret).await;
    let load = Load::start(&site.servers(), &site.secret, CALLERS, seed);
    load.go_on(DEEDS).await;

    let mut done = Vec::new();
    for kind in faults {
        if site.strike(*kind, &mut rng).await {
            done.push(*kind);
        }
        if let Err(stalled) = load.goes_on(pause(&mut rng)).await {
            panic!("UPNEXT_SEED={seed} of a site, after {kind:?}: {stalled}\n{}", site.activity().await);
        }
    }

    load.go_on(DEEDS).await;
    let (answers, wrong) = load.end(&site.pool).await;
    println!("{answers} answers");
    assert!(wrong.is_empty(), "UPNEXT_SEED={seed} of a site\n{}", wrong.join("\n"));
    site.end().await;
    done
}
