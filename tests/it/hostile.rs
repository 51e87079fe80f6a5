//! Whatever comes over the wire, the server answers, says what is wrong, and keeps its tables
//! consistent.
//!
//! Every RPC is called with messages made from its descriptor and with damaged bytes, as an
//! administrator, as a salesperson and without a key. A run is made by its seed, which a failure
//! prints: `UPNEXT_SEED=7 cargo test --test it hostile` repeats it alone, and `UPNEXT_LONG_TESTS=1`
//! runs many.

pub mod accepted;
mod connections;
mod corpus;
mod cost;
mod generate;
mod judge;
mod known;
mod limits;
mod malformed;
mod memory;
mod prepared;
mod serving;
mod texts;
mod wire;

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;
use prost::Message;
use prost_reflect::{DynamicMessage, MethodDescriptor};
use rand::Rng;
use serde_json::{Value, json};
use sqlx::PgPool;
use tonic::Code;
use upnext::api::pb::DESCRIPTORS;

use super::support::app::{Client, store};
use super::support::invariants;
use super::support::stage::{Stage, text};
use generate::Generator;
use wire::exchange;

/// Calls of one run, and of one of the long test.
const CALLS: usize = 800;
const LONG_CALLS: usize = 2_000;
/// Seeds of the long test.
const LONG_SEEDS: u64 = 100;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a stream, or a call that waits by contract, is listened to.
const LISTENING: Duration = Duration::from_millis(40);
/// Every how many calls the tables are compared before and after.
const COMPARED: usize = 4;

/// One server that is called at random.
struct Fuzz {
    stage: Stage,
    generator: Generator,
    methods: Vec<MethodDescriptor>,
    salesperson: Client,
    digest: String,
    codes: BTreeMap<String, usize>,
    failures: BTreeMap<String, String>,
}

/// Who calls.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Caller {
    Administrator,
    Salesperson,
    Nobody,
}

#[tokio::test]
async fn every_rpc_answers_whatever_is_sent_with_a_reason_and_never_half_writes() {
    for seed in seeds(1) {
        Fuzz::new(seed).await.run(seed).await;
    }
}

#[tokio::test]
async fn every_rpc_answers_whatever_a_random_seed_sends() {
    for seed in seeds(rand::random_range(1000..1_000_000)) {
        Fuzz::new(seed).await.run(seed).await;
    }
}

/// The seed given, or many, or this one.
fn seeds(usual: u64) -> Vec<u64> {
    let given = std::env::var("UPNEXT_SEED").ok().and_then(|seed| seed.parse().ok());
    match given {
        Some(seed) => vec![seed],
        None if is_long() => (usual..usual + LONG_SEEDS).collect(),
        None => vec![usual],
    }
}

fn is_long() -> bool {
    std::env::var_os("UPNEXT_LONG_TESTS").is_some()
}

/// Attributes of every type, which the requests of the corpus use.
fn lead_attributes() -> Value {
    json!({"origin": {"type": "STRING"}, "n": {"type": "INT"}, "f": {"type": "DOUBLE"},
        "b": {"type": "BOOL"}, "t": {"type": "TIMESTAMP"}, "d": {"type": "DATE"},
        "l": {"type": "STRING_LIST"}, "ref": {"type": "REFERENCE", "reference_type": "lead"}})
}

/// Every method that the server has, but for health and reflection.
fn methods() -> Vec<MethodDescriptor> {
    let served = |name: &str| name.starts_with("upnext.v1.") || name.starts_with("google.longrunning.");
    let services = DESCRIPTORS.services().filter(|service| served(service.full_name()));
    services.flat_map(|service| service.methods().collect::<Vec<_>>()).collect()
}

/// True if the answer may come later: the test's clock stands still.
fn waits(method: &MethodDescriptor) -> bool {
    method.is_server_streaming() || ["WaitOperation", "AcquireActivities"].contains(&method.name())
}

impl Fuzz {
    async fn new(seed: u64) -> Self {
        let stage = Stage::new().await;
        stage.admin.declare(lead_attributes()).await;
        let salesperson = stage.salesperson("ana").await;
        let mut generator = Generator::new(seed);

        for (kind, name) in [
            ("recordTypes", "recordTypes/lead"),
            ("records", "recordTypes/lead/records/l1"),
            ("sellers", "sellers/ana"),
            ("sellers", "sellers/ben"),
            ("sequences", "sequences/short"),
            ("sequences", "sequences/tasks"),
            ("sellers", "sellers/me"),
        ] {
            generator.known.note(kind, name, &mut generator.random);
        }

        let methods = methods();
        let digest = digest_query(&stage.app.database.pool()).await;
        Self {
            stage,
            generator,
            methods,
            salesperson,
            digest,
            codes: BTreeMap::new(),
            failures: BTreeMap::new(),
        }
    }

    async fn run(mut self, seed: u64) {
        println!("seed {seed}: UPNEXT_SEED={seed} runs it again");
        let calls = if is_long() { LONG_CALLS } else { CALLS };
        for index in 0..calls {
            self.call(index).await;
            if index % 50 == 49 {
                let seconds = self.generator.random.random_range(0..4000);
                self.stage.app.advance(TimeDelta::seconds(seconds)).await;
            }
        }

        self.stage.app.run_until_idle().await;
        println!("seed {seed}: {:?}", self.codes);
        let failures: Vec<_> = self.failures.values().cloned().collect();
        assert!(
            failures.is_empty(),
            "seed {seed}: {} kinds of failures\n{}",
            failures.len(),
            failures.join("\n")
        );
        let checked = store(&self.stage.app.database);
        invariants::hold_in(&checked, self.stage.app.now()).await;

        // It still serves.
        let organization = self.stage.done("OrganizationService/GetOrganization", json!({})).await;
        assert!(!text(&organization, "/organization/name").is_empty());
    }

    /// Makes one call and judges its answer.
    async fn call(&mut self, index: usize) {
        self.generator.now = self.stage.app.now().timestamp();
        let method = self.methods[self.generator.random.random_range(0..self.methods.len())].clone();
        let name = format!("{}/{}", method.parent_service().full_name(), method.name());
        let caller = match self.generator.random.random_range(0..20) {
            0 => Caller::Nobody,
            1..5 => Caller::Salesperson,
            _ => Caller::Administrator,
        };

        let (message, mut bytes) = self.message(&method);
        let damaged = self.generator.chance(8);
        if damaged {
            self.generator.damage(&mut bytes);
        }
        let compared = index.is_multiple_of(COMPARED);
        let before = if compared { Some(self.tables().await) } else { None };
        let waits = waits(&method);
        let patience = if waits { LISTENING } else { PATIENCE };
        let secret = match caller {
            Caller::Administrator => Some(self.stage.admin.secret.clone()),
            Caller::Salesperson => Some(self.salesperson.secret.clone()),
            Caller::Nobody => None,
        };
        let channel = self.stage.app.channel();
        let answer = exchange(
            &channel,
            &format!("/{name}"),
            wire::headers(secret.as_deref()),
            wire::framed(&bytes),
            patience,
        )
        .await;
        let (wrong, refused) = match answer {
            Err(_) if waits => (None, false),
            Err(broken) => (Some(broken), false),
            Ok(answer) => self.judge(&method, caller, &answer, waits),
        };
        let unchanged = match before {
            Some(before) if refused => before == self.tables().await,
            _ => true,
        };
        let wrong =
            wrong.or_else(|| (!unchanged).then(|| "it was refused, and yet changed something".to_owned()));
        if let Some(wrong) = wrong {
            let json = serde_json::to_string(&message).unwrap_or_else(|_| format!("{message:?}"));
            let shown: String = json.chars().take(600).collect();
            let text =
                format!("call {index} of {name} as {caller:?}, damaged: {damaged}: {wrong}\n    {shown}");
            // One of each kind is enough to look at.
            let kind: String = wrong.chars().take(60).collect();
            self.failures.entry(format!("{name} {kind}")).or_insert(text);
        }
    }

    /// A message for `method`: a sensible one, one with changes, or any at all.
    fn message(&mut self, method: &MethodDescriptor) -> (DynamicMessage, Vec<u8>) {
        let generator = &mut self.generator;
        let mut message = if generator.chance(15) {
            generator.message(&method.input(), 0)
        } else {
            let request = corpus::request(method.name(), generator);
            DynamicMessage::deserialize(method.input(), request).expect("the request fits its type")
        };

        if generator.chance(60) {
            for _ in 0..generator.random.random_range(1..4) {
                generator.mutate(&mut message);
            }
        }

        let bytes = message.encode_to_vec();
        (message, bytes)
    }

    /// What is wrong with an answer, and whether it is a refusal.
    fn judge(
        &mut self,
        method: &MethodDescriptor,
        caller: Caller,
        answer: &wire::Answer,
        waits: bool,
    ) -> (Option<String>, bool) {
        if let Some(broken) = &answer.broken {
            return (Some(format!("broke off: {broken}")), false);
        }
        let code = answer.status.as_ref().map_or(Code::Ok, tonic::Status::code);
        *self.codes.entry(format!("{code:?}")).or_default() += 1;

        if answer.status.is_none() && !waits {
            return (Some(format!("no status, HTTP {}", answer.http_status)), false);
        }
        if code != Code::Ok {
            let status = answer.status.as_ref().expect("it isn't OK");
            let wrong = judge::refusal(status).map(|wrong| format!("{wrong}: {code:?} {}", status.message()));
            let open = caller == Caller::Nobody && code != Code::Unauthenticated;
            return (wrong.or_else(|| open.then(|| format!("{code:?} without a key"))), true);
        }

        if caller == Caller::Nobody && !(waits && answer.status.is_none() && answer.messages.is_empty()) {
            return (Some("was answered without a key".to_owned()), false);
        }
        for message in &answer.messages {
            let message =
                DynamicMessage::decode(method.output(), message.clone()).expect("an answer of its type");
            if let Some(wrong) = judge::items(&message) {
                return (Some(format!("an item: {wrong}")), false);
            }
            self.generator.known.learn(&message, &mut self.generator.random);
            if method.name() == "CreateApiKey" {
                let key = message.get_field_by_name("api_key").expect("is declared").into_owned();
                let name = key
                    .as_message()
                    .and_then(|key| Some(key.get_field_by_name("name")?.as_str()?.to_owned()));
                self.generator.known.note("apiKeys", &name.unwrap_or_default(), &mut self.generator.random);
            }
        }
        (None, false)
    }

    /// All rows of all tables, as one text.
    async fn tables(&self) -> String {
        let query = sqlx::AssertSqlSafe(self.digest.clone());
        sqlx::query_scalar(query)
            .fetch_one(&self.stage.app.database.pool())
            .await
            .expect("the tables can be read")
    }
}

/// A query that answers the same as long as no row of any table changes.
async fn digest_query(pool: &PgPool) -> String {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT format('SELECT %L AS name, count(*) AS n, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) AS h FROM ONLY %I t', relname, relname)
         FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
           -- An organization's secret, which is made when it is first needed, even by a read.
           AND relname <> 'email_key'
         ORDER BY relname",
    )
    .fetch_all(pool)
    .await
    .expect("the tables can be listed");
    format!(
        "SELECT string_agg(name || ' ' || n || ' ' || h, ';' ORDER BY name) FROM ({}) AS tables",
        tables.join(" UNION ALL ")
    )
}
