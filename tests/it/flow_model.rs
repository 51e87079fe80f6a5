//! Random sequences and random events, through three things that must tell the same timeline: a
//! small interpreter of what the design says, written for this test alone; the simulation in
//! memory; and the engine with Postgres.

mod engine;
mod plan;
mod reference;
mod simulated;
mod story;

use rand::SeedableRng as _;
use rand::rngs::StdRng;

use super::support::chance;
use plan::Plan;
use reference::Reference;
use simulated::Simulated;
use story::Story;

/// An event of a timeline: when, in seconds since the enrollment, and what.
pub type Told = (i64, String);

/// The number of stories that are told in memory.
const STORIES: u64 = 5_000;

#[test]
fn a_simulation_tells_what_the_design_says() {
    let seed = chance::seed();
    let stories = if chance::is_long() { STORIES * 40 } else { STORIES };
    let (mut events, mut failed, mut retried) = (0, 0, 0);
    for number in 0..stories {
        let seed = seed.wrapping_add(number);
        let mut random = StdRng::seed_from_u64(seed);
        let plan = Plan::random(&mut random);
        let story = Story::random(&mut random);

        let mut simulated = Simulated::start(&plan);
        let mut reference = Reference::start(&plan, simulated.enrollment());
        for act in &story.acts {
            reference.play(act);
            simulated.play(act);
        }
        let (told, expected) = (simulated.timeline(), reference.timeline());
        assert_eq!(told, expected, "UPNEXT_SEED={seed}\n{:#?}\n{:#?}", plan.steps, story.acts);
        events += told.len();
        let times = |kind: &str| told.iter().filter(|(_, what)| what.starts_with(kind)).count() as u64;
        failed += times("enrollmentFailed");
        retried += times("enrollmentRetried");
    }
    // Stories in which little happens would prove little.
    assert!(events as u64 > stories * 6, "{events} events in {stories} stories");
    assert!(failed > stories / 50 && retried > stories / 500, "{failed} failures, {retried} retries");
}

#[tokio::test]
async fn the_engine_tells_what_the_design_says() {
    let seed = chance::seed();
    println!("UPNEXT_SEED={seed}");
    let cases = if chance::is_long() { 200 } else { 60 };
    engine::compare(seed, cases).await;
}
