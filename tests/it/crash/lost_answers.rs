//! A COMMIT is done and its answer lost, while the database goes on: the server finds out by itself
//! that it was done.

use upnext::clock::Clock;
use upnext::engine::Engine;
use upnext::store::{PoolSettings, Store};
use upnext::wake::Wake;

use super::Crash;
use super::shop::changes;
use super::writes::{Place, WRITES, Write};
use crate::support::database::TestDatabase;
use crate::support::proxy::{Fault, Proxy, Trap};

/// A trap at the first COMMIT.
fn at_commit(application: &'static str, fault: Fault) -> Trap {
    Trap { application, from: Some("COMMIT"), passing: 0, point: 1, fault: Some(fault) }
}

impl Crash {
    /// Does a write whose COMMIT gets no answer, and repeats it; what is wrong with that.
    async fn unacknowledged(&mut self, write: &Write) -> Vec<String> {
        let shop = self.mall.shop(&self.victim).await;
        let before = self.mall.ledger(shop.organization).await;
        let request = write.asked(&shop.names);

        self.victim.proxy.arm(at_commit("upnext api", Fault::CutAfter));
        let answer = self.ask(write, &shop, &request).await;
        let (_, sprung) = self.victim.proxy.disarm();
        let mut wrong = Vec::new();
        if !sprung {
            wrong.push("there was no COMMIT".to_owned());
        }
        if let Err(status) = answer {
            wrong.push(format!("it was done, and is answered with {status:?}"));
        }

        self.mall.rest(shop.organization).await;
        let once = self.mall.ledger(shop.organization).await;
        if changes(&before, &once).is_empty() {
            wrong.push("it did nothing".to_owned());
        }
        self.repeat(write, &shop, &request, true, &mut wrong).await;
        let doubled = changes(&once, &self.mall.ledger(shop.organization).await);
        if !doubled.is_empty() {
            wrong.push(format!("its repetition did {doubled:?} more"));
        }
        wrong.into_iter().map(|wrong| format!("{}: {wrong}", write.name)).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_whose_commit_is_not_acknowledged_is_found_and_answered() {
    let mut crash = Crash::new().await;
    let mut wrong = Vec::new();

    for write in WRITES.iter().filter(|write| write.place == Place::Call) {
        wrong.extend(crash.unacknowledged(write).await);
    }

    crash.victim.end();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_organization_whose_commit_is_not_acknowledged_is_created_once() {
    let database = TestDatabase::new().await;
    let proxy = Proxy::new(&database.connect_options()).await;
    let store = Store::new(proxy.options(&database.connect_options()), &PoolSettings::default());
    let engine = Engine::new(store, Clock::system(), Wake::new());
    let now = Clock::system().now();

    proxy.arm(at_commit("upnext", Fault::CutBefore));
    engine.create_organization("Lost", now).await.expect_err("its COMMIT never came");
    proxy.arm(at_commit("upnext", Fault::CutAfter));
    let created = engine.create_organization("Found", now).await.expect("its COMMIT was done");

    let (_, sprung) = proxy.disarm();
    assert!(sprung);
    let names: Vec<(uuid::Uuid, String)> =
        sqlx::query_as("SELECT organization_id, display_name FROM organization")
            .fetch_all(&database.pool())
            .await
            .expect("is read");
    assert_eq!(names, [(created.organization.0, "Found".to_owned())]);
}
