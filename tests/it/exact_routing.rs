//! Several servers, each a process of its own, route one organization's records at once, and are
//! killed and restarted in the middle: turns and capacities come out exactly.

mod floor;

use std::time::Instant;

use upnext::clock::Clock;

use super::support::app::store;
use super::support::chance::is_long;
use super::support::invariants;
use super::support::victim::Victim;
use floor::{BUSY, Floor, IN_TURN, LIMITED, LONG, SHORT, Size};

/// How many of these belong to somebody.
fn held(owners: &[String], by: &str) -> usize {
    owners.iter().filter(|owner| *owner == by).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn turns_and_capacities_are_exact_with_servers_that_are_killed_while_they_route() {
    let mut floor = Floor::new(if is_long() { LONG } else { SHORT }).await;
    let Size { servers, records, capacity } = floor.size;
    let began = Instant::now();
    floor.leads(0..records).await;
    // Whoever routes is killed in the middle of it: of as many servers, each once.
    for server in 0..servers {
        floor.until("SELECT count(*) FROM record_change", records * (servers - server) / (servers + 1)).await;
        floor.kill(server).await;
    }
    floor.until(BUSY, 0).await;
    println!("{records} records on {servers} servers, each killed once: {:?}", began.elapsed());

    let fair = floor.owners("fair").await;
    let turns: Vec<&String> = (0..fair.len()).map(|place| &fair[place % IN_TURN.len()]).collect();
    assert!(fair.iter().eq(turns), "not all have their turns in the order of creation");
    for seller in IN_TURN {
        let expected = fair.len() / IN_TURN.len();
        assert!((expected..=expected + 1).contains(&held(&fair, seller)), "{seller} of {}", fair.len());
    }
    let tight = floor.owners("tight").await;
    let room = capacity * LIMITED.len();
    assert!(tight.len() > room && tight[..room].iter().all(|owner| owner != "-"));
    assert!(tight[room..].iter().all(|owner| owner == "-"), "a newer one overtook an older one");
    assert!(LIMITED.iter().all(|seller| held(&tight, seller) == capacity));

    // Places come free while newer leads come: the oldest who wait get them.
    let freed = capacity / 2;
    floor.leads(records..records + 300).await;
    for place in 0..freed {
        // The last server is killed meanwhile.
        floor.close(place % (servers - 1), 3 * place).await;
        if place == freed / 2 {
            floor.kill(servers - 1).await;
        }
    }
    floor.until(BUSY, 0).await;
    let tight = floor.owners("tight").await;
    assert!(tight[..room].iter().all(|owner| owner != "-"));
    assert!(tight[room..].iter().all(|owner| owner == "-"), "a newer one overtook an older one");
    assert!(LIMITED.iter().all(|seller| held(&tight, seller) == capacity));

    assert_eq!(floor.count("SELECT count(*) FROM over_capacity").await, 0);
    invariants::hold_in(&store(&floor.database), Clock::system().now()).await;
    floor.victims.into_iter().for_each(Victim::end);
}
