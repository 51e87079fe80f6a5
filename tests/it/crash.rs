//! A server is killed with -9, or cut off from Postgres, between any two statements of each write:
//! the write happened completely or not at all, repeating it does it once, and all invariants hold.

mod ledger;
mod lost_answers;
mod midway;
mod shop;
pub mod writes;

use std::collections::BTreeSet;

use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use rand::{Rng as _, SeedableRng as _};
use serde_json::{Value, json};
use tonic::{Code, Status};

use self::shop::{Ledger, Mall, Shop, changes};
use self::writes::{LEFT_OUT, Place, WRITES, Write, writing_rpcs};
use crate::support::app::{Client, within_deadline};
use crate::support::chance::{is_long, seed};
use crate::support::database::TestDatabase;
use crate::support::dynamic::call;
use crate::support::proxy::{Fault, Trap};
use crate::support::stage::{each, list};
use crate::support::victim::Victim;

/// How many points the short run takes.
const SHORT: usize = 16;

/// What happens at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Harm {
    KillBefore,
    KillAfter,
    CutBefore,
    CutAfter,
}

const HARMS: [Harm; 4] = [Harm::KillBefore, Harm::KillAfter, Harm::CutBefore, Harm::CutAfter];

impl Harm {
    fn fault(self, victim: &Victim) -> Fault {
        match self {
            Harm::KillBefore => Fault::KillBefore(victim.id()),
            Harm::KillAfter => Fault::KillAfter(victim.id()),
            Harm::CutBefore => Fault::CutBefore,
            Harm::CutAfter => Fault::CutAfter,
        }
    }

    fn kills(self) -> bool {
        matches!(self, Harm::KillBefore | Harm::KillAfter)
    }
}

struct Crash {
    _database: TestDatabase,
    mall: Mall,
    victim: Victim,
}

/// What a write does when nothing happens: the changes of its ledger, and its statements.
struct Control {
    changes: Ledger,
    statements: Vec<String>,
}

impl Crash {
    async fn new() -> Self {
        let database = TestDatabase::new().await;
        let (mall, victim) = (Mall::new(&database), Victim::start(&database).await);
        Self { _database: database, mall, victim }
    }

    fn client(&self, shop: &Shop) -> Client {
        self.victim.client(&shop.secret)
    }

    fn arm(&self, write: &Write, point: usize, fault: Option<Fault>) {
        let (application, from) = match write.place {
            Place::Call => ("upnext api", None),
            Place::Loop(from) => ("upnext worker", Some(from)),
        };
        self.victim.proxy.arm(Trap { application, from, passing: 0, point, fault });
    }

    /// Asks for it. A batch whose items found no database has failed as a whole.
    async fn ask(&self, write: &Write, shop: &Shop, request: &Value) -> Result<Value, Status> {
        let (client, method) = (self.client(shop), format!("upnext.v1.{}", write.method));
        let answer = within_deadline(write.name, call(&client, &method, request.clone())).await?;
        let items = list(&answer, "/results");
        match items.iter().find(|item| item["error"]["code"] == Code::Unavailable as i32) {
            Some(item) => Err(Status::unavailable(item.to_string())),
            None => Ok(answer),
        }
    }

    async fn control(&mut self, write: &Write) -> Control {
        let shop = self.mall.shop(&self.victim).await;
        // As where harm is done: what a watcher has read already, the call doesn't read again.
        self.watched(&shop, "").await;
        let before = self.mall.ledger(shop.organization).await;
        self.arm(write, usize::MAX, None);

        let request = write.asked(&shop.names);
        let answer = self.ask(write, &shop, &request).await;
        answer.unwrap_or_else(|status| panic!("{}: {status:?}", write.name));
        // The server doesn't know yet that a copy publishes, so that takes until the loop polls.
        match write.place {
            Place::Call => self.mall.rest(shop.organization).await,
            Place::Loop(_) => self.mall.rest_and_publish(shop.organization).await,
        }
        let (statements, _) = self.victim.proxy.disarm();
        let after = self.mall.ledger(shop.organization).await;

        let changes = changes(&before, &after);
        assert!(!changes.is_empty(), "{} does nothing", write.name);
        Control { changes, statements }
    }

    /// Does a write with harm at one point; what is wrong afterwards.
    async fn harmed(&mut self, write: &Write, control: &Control, point: usize, harm: Harm) -> Vec<String> {
        let shop = self.mall.shop(&self.victim).await;
        let token = self.watched(&shop, "").await.0;
        let before = self.mall.ledger(shop.organization).await;
        self.arm(write, point, Some(harm.fault(&self.victim)));
        let request = write.asked(&shop.names);
        let answer = self.ask(write, &shop, &request).await;

        if write.place != Place::Call {
            within_deadline("the loop comes to the point", self.victim.proxy.sprung()).await;
        }
        let (_, sprung) = self.victim.proxy.disarm();
        let mut wrong = Vec::new();

        if !sprung {
            return vec!["the point was never reached".to_owned()];
        }
        if harm.kills() {
            self.victim.restart().await;
        }
        if let Err(status) = &answer
            && !matches!(status.code(), Code::Unavailable | Code::Unknown | Code::Cancelled)
        {
            wrong.push(format!("it is answered with {status:?}"));
        }

        self.mall.rest(shop.organization).await;
        let between = changes(&before, &self.mall.ledger(shop.organization).await);
        if between != control.changes && (answer.is_ok() || !between.is_empty()) {
            wrong.push(format!("it did {between:?} instead of {:?}", control.changes));
        }
        self.repeat(write, &shop, &request, answer.is_err(), &mut wrong).await;

        let after = changes(&before, &self.mall.ledger(shop.organization).await);
        if after != control.changes {
            wrong.push(format!("and its repetition, in all, {after:?} instead of {:?}", control.changes));
        }
        wrong.extend(self.mall.broken(shop.organization).await);

        let (_, shown) = self.watched(&shop, &token).await;
        let listed = self.listed(&shop).await;
        if shown.is_some_and(|shown| shown != listed) {
            wrong.push("the watcher that came back doesn't see what is listed".to_owned());
        }
        wrong
    }

    /// Asks for the same again.
    async fn repeat(
        &self,
        write: &Write,
        shop: &Shop,
        request: &Value,
        failed: bool,
        wrong: &mut Vec<String>,
    ) {
        if !failed && !Write::is_recognized(request) {
            return;
        }
        let mut answer = self.ask(write, shop, request).await;

        // Connections that died with the other end are found one by one.
        for _ in 0..3 {
            if answer.as_ref().is_err_and(|status| status.code() == Code::Unavailable) {
                answer = self.ask(write, shop, request).await;
            }
        }

        match answer {
            Err(status) => wrong.push(format!("its repetition is answered with {status:?}")),
            Ok(answer) => {
                let items = list(&answer, "/results");
                wrong.extend(
                    items.iter().filter(|item| !item["error"].is_null()).map(|item| format!("{item}")),
                );
            }
        }
        self.mall.rest(shop.organization).await;
    }

    /// A watcher's first message: the token, and the list unless it stands as the token knows it.
    async fn watched(&self, shop: &Shop, token: &str) -> (String, Option<Vec<String>>) {
        let request = json!({"queue": "sellers/ana", "resume_token": token});
        let first = call(&self.client(shop), "upnext.v1.WorkQueueService/WatchWorkQueue", request).await;
        let first = first.unwrap_or_else(|status| panic!("a watcher comes: {status:?}"));
        let shown = first.get("snapshot").map(|_| names(&list(&first, "/snapshot/activities")));
        (first["resumeToken"].as_str().expect("a token").to_owned(), shown)
    }

    async fn listed(&self, shop: &Shop) -> Vec<String> {
        let (client, queue) = (self.client(shop), json!({"queue": "sellers/ana"}));
        names(&list(&client.done("WorkQueueService/ListActivities", queue).await, "/activities"))
    }
}

fn names(activities: &[Value]) -> Vec<String> {
    each(activities, "name").into_iter().map(str::to_owned).collect()
}

#[test]
fn every_rpc_that_writes_has_a_crash_scenario_or_a_reason_why_not() {
    let covered: BTreeSet<String> = WRITES
        .iter()
        .map(|write| write.method)
        .chain(LEFT_OUT.iter().map(|(method, _)| *method))
        .map(str::to_owned)
        .collect();
    assert_eq!(covered, writing_rpcs().into_iter().collect());
}

/// Short: a sample of the points, drawn by the seed. Long: every point of every write, with each
/// harm; only of the writes whose names contain `UPNEXT_WRITE`, if that is set.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_killed_or_cut_off_at_any_point_happens_once_or_not_at_all() {
    let seed = seed();
    println!("UPNEXT_SEED={seed}");
    let mut rng = StdRng::seed_from_u64(seed);
    let mut crash = Crash::new().await;
    let wanted = std::env::var("UPNEXT_WRITE").unwrap_or_default();
    let mut writes: Vec<&Write> = WRITES.iter().filter(|write| write.name.contains(&wanted)).collect();
    writes.shuffle(&mut rng);
    let (mut done, mut wrong) = (0, Vec::new());

    for write in writes {
        if !is_long() && done >= SHORT {
            break;
        }
        let control = crash.control(write).await;
        let points = control.statements.len();
        assert!(points > 0, "{}: its statements aren't seen", write.name);
        let all = (1..=points).flat_map(|point| HARMS.map(|harm| (point, harm)));
        let chosen: Vec<(usize, Harm)> = match is_long() {
            true => all.collect(),
            // The lost answer of the COMMIT is where most can go wrong.
            false => {
                let commit = control
                    .statements
                    .iter()
                    .position(|statement| statement == "COMMIT")
                    .map_or(points, |place| place + 1);
                vec![
                    (commit, HARMS[rng.random_range(0..4)]),
                    (rng.random_range(1..=points), HARMS[rng.random_range(0..4)]),
                ]
            }
        };
        for (point, harm) in chosen {
            let found = crash.harmed(write, &control, point, harm).await;
            let at = format!(
                "{} {harm:?} {point} of {points} ({})",
                write.name,
                first_words(&control.statements[point - 1])
            );
            wrong.extend(found.into_iter().map(|found| format!("{at}: {found}")));
            done += 1;
        }
        if is_long() {
            println!("{}: {points} points", write.name);
        }
    }

    println!("{done} harms, {} starts of the server", crash.victim.starts);
    crash.victim.end();
    assert!(wrong.is_empty(), "UPNEXT_SEED={seed}\n{}", wrong.join("\n"));
}

fn first_words(statement: &str) -> String {
    statement.split_whitespace().take(6).collect::<Vec<_>>().join(" ")
}
