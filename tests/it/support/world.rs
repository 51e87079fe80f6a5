//! An engine on a manual clock, for tests of transactions: its organization's sellers, records and
//! sequences are put straight into the tables.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use upnext::clock::{Clock, ManualClock};
use upnext::domain::caller::{Actor, Caller, Role};
use upnext::domain::case::{Case, Facts};
use upnext::domain::changes::Changes;
use upnext::domain::consent::{ConsentPolicy, Reach};
use upnext::domain::definition::{Definition, Step};
use upnext::domain::enrollment::EnrollmentSource;
use upnext::domain::flow::{Advance, Basis, Beginning, Flow, Start, Target};
use upnext::domain::id::{
    EnrollmentId, KeyId, OrganizationId, QueueId, RecordId, RecordTypeId, SellerId, SequenceId,
};
use upnext::domain::program::Program;
use upnext::domain::seller_attributes::SellerAttributes;
use upnext::domain::settings::Settings;
use upnext::domain::step::{Delay, Email, PhoneCall, StepKind, Wait};
use upnext::engine::{Engine, Repetition, Request};
use upnext::store::enrollments;
use upnext::store::tenants;
use upnext::store::tenants::organizations::Organization;
use upnext::store::{PoolSettings, Store, changes, sequences};
use upnext::wake::Wake;

use super::database::{TestDatabase, pool_settings};
use super::ground::{self, Ground};

/// One organization; others come from [`World::neighbour`].
#[derive(Clone)]
pub struct World {
    pub database: Arc<TestDatabase>,
    manual: ManualClock,
    pub store: Store,
    pub engine: Engine,
    pub organization: OrganizationId,
    pub record_type: RecordTypeId,
    /// The queue of records without owner.
    pub unassigned: QueueId,
    pub key: KeyId,
}

impl World {
    /// An organization without sellers, records and sequences, at noon.
    pub async fn new() -> Self {
        Self::on(TestDatabase::new().await).await
    }

    /// Like [`Self::new`], and notes every statement.
    pub async fn recorded() -> Self {
        Self::on(TestDatabase::recorded().await).await
    }

    async fn on(database: TestDatabase) -> Self {
        let database = Arc::new(database);
        let noon: DateTime<Utc> = "2026-03-02T12:00:00Z".parse().expect("an instant");
        let manual = ManualClock::new(noon);
        let settings = PoolSettings { max_connections: 8, ..pool_settings() };
        let store = Store::new(database.connect_options(), &settings);
        let engine = Engine::new(store.clone(), manual.clock(), Wake::new());
        Self::settle(database, manual, store, engine).await
    }

    /// Another organization on the same database and engine.
    pub async fn neighbour(&self) -> Self {
        let Self { database, manual, store, engine, .. } = self.clone();
        Self::settle(database, manual, store, engine).await
    }

    async fn settle(database: Arc<TestDatabase>, manual: ManualClock, store: Store, engine: Engine) -> Self {
        let clock = manual.clock();
        let world = Self {
            organization: OrganizationId(clock.new_id()),
            record_type: RecordTypeId(clock.new_id()),
            unassigned: QueueId(clock.new_id()),
            key: KeyId(clock.new_id()),
            database,
            manual,
            store,
            engine,
        };
        world.add_organization().await;
        world
    }

    async fn add_organization(&self) {
        let organization = Organization {
            id: self.organization,
            display_name: "Test".to_owned(),
            settings: Settings::default(),
            seller_attributes: SellerAttributes::default(),
            definition_epoch: 1,
            version: 1,
            create_time: self.now(),
            update_time: self.now(),
            suspend_time: None,
        };

        let mut tx = self.store.begin().await.expect("begins");
        tenants::organizations::insert(&mut tx, &organization).await.expect("the organization is new");
        tx.commit().await.expect("commits");
        let ground = self.ground();
        ground.unassigned(self.unassigned.0).await;
        ground.key(self.key.0).await;
        ground.leads(self.record_type.0).await;
    }

    fn ground(&self) -> Ground {
        Ground { pool: self.store.pool(), organization: self.organization, now: self.now() }
    }

    pub fn clock(&self) -> Clock {
        self.manual.clock()
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.manual.now()
    }

    pub fn advance(&self, seconds: i64) {
        self.manual.advance(TimeDelta::seconds(seconds));
    }

    /// Sets the time, even back.
    pub fn set_time(&self, now: DateTime<Utc>) {
        self.manual.set(now);
    }

    /// Another server on the same database and clock.
    pub fn server(&self) -> Engine {
        let settings = PoolSettings { max_connections: 8, ..pool_settings() };
        let store = Store::new(self.connect_options(), &settings);
        Engine::new(store, self.clock(), Wake::new())
    }

    /// How to make another pool for the same database.
    pub fn connect_options(&self) -> sqlx::postgres::PgConnectOptions {
        self.database.connect_options()
    }

    /// A store whose sessions are the only ones that Postgres counts the work of.
    pub fn counted_store(&self, settings: &PoolSettings) -> Store {
        Store::new(self.connect_options().options([("track_counts", "on")]), settings)
    }

    /// Adds a seller with a queue.
    pub async fn seller(&self, seller_id: &str) -> SellerId {
        let id = self.clock().new_id();
        self.ground().seller(id, seller_id).await;
        SellerId(id)
    }

    /// Adds a lead.
    pub async fn record(&self, record_id: &str, owner: Option<SellerId>) -> RecordId {
        let id = self.clock().new_id();
        let attributes = json!({ "name": format!("The lead {record_id}") });
        self.ground().lead(id, record_id, owner.map(|owner| owner.0), &attributes).await;
        RecordId(id)
    }

    /// Adds an active sequence for leads, at revision 1.
    pub async fn sequence(&self, sequence_id: &str, steps: Vec<StepKind>) -> SequenceId {
        let id = self.clock().new_id();
        self.ground().sequence(id, sequence_id, &definition(steps)).await;
        SequenceId(id)
    }

    /// A request by an administrator, without a request id.
    pub fn request(&self) -> Request {
        self.request_by(&[Role::SystemAdministrator], None)
    }

    /// A request by a salesperson.
    pub fn request_of(&self, seller: SellerId) -> Request {
        self.request_by(&[Role::Salesperson], Some(seller))
    }

    fn request_by(&self, roles: &[Role], seller: Option<SellerId>) -> Request {
        let caller = Caller {
            organization: self.organization,
            key: self.key,
            subject: None,
            roles: roles.to_vec(),
            seller,
            expire_time: None,
        };
        Request { caller, now: self.now(), method: "upnext.v1.Test/Test", peer: None, repetition: None }
    }

    /// An administrator's request with this request id.
    pub fn repeatable(&self, request_id: Uuid) -> Request {
        let repetition = Some(Repetition { request_id, fingerprint: [7; 32] });
        Request { repetition, ..self.request() }
    }

    /// Enrolls a record without the engine's locks; returns the enrollment with its open activity.
    pub async fn start(&self, sequence: SequenceId, record: RecordId) -> Advance {
        let mut tx = self.store.begin().await.expect("begins");
        let definitions =
            sequences::revisions::definitions(&mut tx, &[(self.organization, sequence, 1)]).await;
        let program = Program::compile(&definitions.expect("reads").remove(0).definition);
        let (owner, name): (Option<Uuid>, String) =
            sqlx::query_as("SELECT owner_id, attributes ->> 'name' FROM record WHERE id = $1")
                .bind(record.0)
                .fetch_one(&mut *tx)
                .await
                .expect("the record is there");
        let target = Target {
            queue: owner.map_or(self.unassigned, QueueId),
            display_name: name,
            reach: Reach::default(),
        };
        let clock = self.clock();
        let start = Start {
            organization: self.organization,
            enrollment: EnrollmentId(clock.new_id()),
            sequence,
            revision: 1,
            record,
            pass_number: 1,
            source: EnrollmentSource::Manual,
            segment: None,
            halts: 0,
            advanced_from: None,
            enroller: None,
            beginning: Beginning::default(),
        };

        let mut decided = Changes::new();
        let mut mint = || clock.new_id();
        let mut flow = Flow { now: self.now(), mint: &mut mint, changes: &mut decided };
        let facts = Facts::default();
        let basis =
            Basis { program: &program, target: &target, consent_policy: ConsentPolicy::Warn, facts: &facts };
        let advance = flow.start(start, basis, Actor::UPNEXT);
        changes::save(&mut tx, &decided, || clock.new_stamp()).await.expect("saves");
        tx.commit().await.expect("commits");
        advance
    }

    /// An enrollment in its current state.
    pub async fn standing(&self, enrollment: EnrollmentId) -> Case {
        let mut conn = self.store.connection().await.expect("connects");
        let loaded = enrollments::load(&mut conn, &[(self.organization, enrollment)]).await;
        loaded.expect("loads").remove(0)
    }

    /// Runs a statement directly on the tables.
    pub async fn run(&self, statement: impl Into<String>) {
        ground::run(&self.store.pool(), statement).await;
    }

    /// Waits until this many sessions on this database wait for locks.
    pub async fn until_waiting(&self, sessions: i64) {
        self.database.until_waiting(sessions).await;
    }

    /// The number that a query returns.
    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.store.pool()).await.expect("counts")
    }
}

/// A definition with these steps, `s0` and so on.
pub fn definition(steps: Vec<StepKind>) -> Definition {
    let step = |(index, kind): (usize, StepKind)| Step {
        step_id: format!("s{index}"),
        display_name: String::new(),
        description: String::new(),
        auto_skip_after: None,
        assign_to: None,
        kind,
        paths: Vec::new(),
    };
    Definition { steps: steps.into_iter().enumerate().map(step).collect() }
}

/// A wait of this many seconds.
pub fn wait(seconds: i32) -> StepKind {
    StepKind::Wait(Wait::Delay(Delay { seconds, ..Delay::default() }))
}

/// A call without a script.
pub fn phone_call() -> StepKind {
    StepKind::PhoneCall(PhoneCall::default())
}

/// An email without a template.
pub fn email() -> StepKind {
    StepKind::Email(Email { template: None })
}
