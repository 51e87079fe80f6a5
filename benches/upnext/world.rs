//! What one row is measured in: a database of its own, a server on it, and an organization with a
//! key.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, PgPool};
use upnext::api::pb;
use upnext::api::pb::record_service_client::RecordServiceClient;
use upnext::api::pb::segment_service_client::SegmentServiceClient;
use upnext::api::pb::sequence_service_client::SequenceServiceClient;
use upnext::clock::Clock;
use upnext::engine::Engine;
use upnext::store::{PoolSettings, Store};
use upnext::wake::Wake;
use uuid::Uuid;

use crate::client::{Calls, Client};
use crate::options::Size;
use crate::postgres::Postgres;
use crate::server::ServerProcess;

/// Connections that callers share, as many as the anchors' callers do.
const CONNECTIONS: usize = 4;

/// A database, a server and an organization.
pub struct World<'a> {
    /// The cluster.
    pub postgres: &'a Postgres,
    /// How much is to be measured.
    pub size: Size,
    /// How to reach the database.
    pub options: PgConnectOptions,
    /// The bench's own connections to it.
    pub pool: PgPool,
    /// The time, as the servers have it: this machine's.
    pub clock: Clock,
    /// The product.
    pub server: Arc<ServerProcess>,
    /// The organization.
    pub organization: Uuid,
    /// The organization's administrator, on the server.
    pub client: Client,
}

impl<'a> World<'a> {
    /// A new one, with nothing in it.
    pub async fn new(postgres: &'a Postgres, size: Size) -> anyhow::Result<Self> {
        let options = postgres.clone_database().await?;
        let pool = PgPoolOptions::new().max_connections(16).connect_lazy_with(options.clone());
        let clock = Clock::system();
        let settings = PoolSettings { max_connections: 1, ..PoolSettings::default() };
        let engine = Engine::new(Store::new(options.clone(), &settings), clock.clone(), Wake::new());
        let created = engine.create_organization("Bench", clock.now()).await?;
        let server = Arc::new(ServerProcess::upnext(&options)?);
        let client = Client::connect(server.address(), created.secret.expose(), CONNECTIONS).await?;
        let organization = created.organization.0;
        let world = Self { postgres, size, options, pool, clock, server, organization, client };
        world.declare_attributes().await?;
        Ok(world)
    }

    /// The attributes of leads that are seeded.
    async fn declare_attributes(&self) -> anyhow::Result<()> {
        use pb::attribute::Type;
        let of = |kind| pb::Attribute { r#type: kind as i32, ..Default::default() };
        let attributes = [("score", of(Type::Int)), ("origin", of(Type::String))];
        let request = pb::DeclareAttributesRequest {
            record_type: "lead".to_owned(),
            attributes: attributes.map(|(name, attribute)| (name.to_owned(), attribute)).into(),
            ..Default::default()
        };
        RecordServiceClient::new(self.client.calls(0)).declare_attributes(request).await?;
        Ok(())
    }

    /// Another organization, and its administrator on the same server.
    pub async fn another(&self) -> anyhow::Result<(Uuid, Client)> {
        let settings = PoolSettings { max_connections: 1, ..PoolSettings::default() };
        let store = Store::new(self.options.clone(), &settings);
        let engine = Engine::new(store, self.clock.clone(), Wake::new());
        let created = engine.create_organization("Quiet", self.now()).await?;
        let client = Client::connect(self.server.address(), created.secret.expose(), CONNECTIONS).await?;
        Ok((created.organization.0, client))
    }

    /// The same server and database, as another organization has them.
    pub async fn beside(&self) -> anyhow::Result<Self> {
        let (organization, client) = self.another().await?;
        let (options, pool, clock) = (self.options.clone(), self.pool.clone(), self.clock.clone());
        let (postgres, size, server) = (self.postgres, self.size, self.server.clone());
        let world = Self { postgres, size, options, pool, clock, server, organization, client };
        world.declare_attributes().await?;
        Ok(world)
    }

    /// Ends the server. Says where the database is.
    pub async fn leave(self) -> PgConnectOptions {
        drop(self.server);
        self.pool.close().await;
        self.options
    }

    /// Ends the server and removes the database.
    pub async fn end(self) -> anyhow::Result<()> {
        let postgres = self.postgres;
        postgres.drop_database(&self.leave().await).await
    }

    /// The instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Runs statements of the bench's own.
    pub async fn execute(&self, statements: impl Into<String>) -> anyhow::Result<()> {
        let statements = statements.into();
        sqlx::raw_sql(AssertSqlSafe(statements.clone()))
            .execute(&self.pool)
            .await
            .with_context(|| format!("running {statements}"))?;
        Ok(())
    }

    /// Leaves the database as a running installation's: with statistics, and with what was seeded
    /// written.
    pub async fn settle(&self) -> anyhow::Result<()> {
        self.execute("VACUUM ANALYZE").await?;
        self.execute("CHECKPOINT").await
    }

    /// Makes and activates a sequence of these steps.
    pub async fn sequence(&self, id: &str, steps: Vec<pb::Step>) -> anyhow::Result<()> {
        let mut sequences = SequenceServiceClient::new(self.client.calls(0));
        let sequence = pb::Sequence { display_name: id.to_owned(), steps, ..Default::default() };
        let request = pb::CreateSequenceRequest {
            sequence_id: id.to_owned(),
            sequence: Some(sequence),
            ..Default::default()
        };
        sequences.create_sequence(request).await?;
        let request = pb::ActivateSequenceRequest { name: format!("sequences/{id}"), ..Default::default() };
        sequences.activate_sequence(request).await?;
        Ok(())
    }

    /// Makes a segment of leads, as a draft.
    pub async fn segment(&self, id: &str, condition: &str) -> anyhow::Result<()> {
        let segment = pb::Segment {
            display_name: id.to_owned(),
            record_type: "lead".to_owned(),
            condition: condition.to_owned(),
            ..Default::default()
        };
        let request = pb::CreateSegmentRequest {
            segment_id: id.to_owned(),
            segment: Some(segment),
            ..Default::default()
        };
        self.segments().create_segment(request).await?;
        Ok(())
    }

    /// Lets a segment feed a sequence.
    pub async fn connect(&self, segment: &str, sequence: &str) -> anyhow::Result<()> {
        let request = pb::ConnectSequenceRequest {
            name: format!("segments/{segment}"),
            sequence: sequence.to_owned(),
            ..Default::default()
        };
        self.segments().connect_sequence(request).await?;
        Ok(())
    }

    /// The segments, as the administrator calls them.
    pub fn segments(&self) -> SegmentServiceClient<Calls> {
        SegmentServiceClient::new(self.client.calls(0))
    }
}

/// A task.
pub fn task(id: &str) -> pb::Step {
    step(id, pb::step::Kind::Task(pb::TaskStep {}))
}

/// A split without steps of its own that is measured by replies.
pub fn measured_split(id: &str) -> pb::Step {
    let variant = |id: &str| pb::SplitVariant { variant_id: id.to_owned(), weight: 50, steps: Vec::new() };
    let goal = pb::SplitGoal { metric: pb::split_goal::Metric::Replied.into(), ..Default::default() };
    let variants = vec![variant("a"), variant("b")];
    step(id, pb::step::Kind::Split(pb::SplitStep { variants, goal: Some(goal), ..Default::default() }))
}

/// A wait of so long.
pub fn wait(id: &str, time: Duration) -> pb::Step {
    let seconds = i32::try_from(time.as_secs()).expect("waits are short");
    let delay = pb::Delay { seconds, ..Default::default() };
    step(id, pb::step::Kind::Wait(pb::WaitStep { kind: Some(pb::wait_step::Kind::Delay(delay)) }))
}

fn step(id: &str, kind: pb::step::Kind) -> pb::Step {
    pb::Step { step_id: id.to_owned(), display_name: id.to_owned(), kind: Some(kind), ..Default::default() }
}
