//! What an organization's calls take while another one does its worst.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use prost_types::value::Kind;
use prost_types::{Struct, Value};
use tokio::task::JoinSet;
use upnext::api::pb;
use upnext::api::pb::enrollment_service_client::EnrollmentServiceClient;
use upnext::api::pb::record_service_client::RecordServiceClient;
use upnext::api::pb::segment_service_client::SegmentServiceClient;
use upnext::api::pb::sequence_service_client::SequenceServiceClient;
use uuid::Uuid;

use crate::client::Client;
use crate::measure::{Latencies, Turn, interleave};
use crate::report::{Goal, Line, Unit};
use crate::seed;
use crate::world::{World, task};

/// Calls whose slowest hundredth is measured.
const CALLS: usize = 300;

/// Texts of the large record, which make it almost a megabyte.
const TEXTS: usize = 30;

/// True for a record only after some hundred million comparisons of characters.
const SLOW: &str = "record.a.contains(record.b)";

/// What one organization does to the other's calls.
#[derive(Clone, Copy, Debug)]
enum Attack {
    /// Twenty callers preview a slow condition.
    SlowReads,
    /// A thousand changed records are held against a slow segment.
    SlowSegment,
    /// Eight callers upsert one record of a megabyte.
    LargeRecord,
    /// One record of a hundred thousand is enrolled, a thousand times in a call.
    ManyEnrollments,
}

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let quiet = Quiet::prepare(world).await?;
    prepare(world).await?;

    let attacks = [Attack::SlowReads, Attack::SlowSegment, Attack::LargeRecord, Attack::ManyEnrollments];
    let mut lines = Vec::new();
    for attack in attacks {
        let set = interleave(world.size.rounds(), 1, 1, async |turn| match turn {
            Turn::Anchor(_) => quiet.slowest(attack).await,
            Turn::Product(_) => {
                let attackers = attack.begin(world).await?;
                let slowest = quiet.slowest(attack).await;
                attackers.shutdown(world).await?;
                slowest
            }
        })
        .await
        .with_context(|| format!("{attack:?}"))?;
        lines.push(Line {
            path: format!("p99 of {} beside {}", attack.suffers(), attack.about()),
            anchor: "the same with nothing else to do".to_owned(),
            anchors: set.anchors[0].clone(),
            products: set.products[0].clone(),
            unit: Unit::Milliseconds,
            goal: Goal::Times(5.0),
        });
    }
    Ok(lines)
}

/// The attacker's leads: many, some of them slow, and a large one.
async fn prepare(world: &World<'_>) -> anyhow::Result<()> {
    world.sequence("calls", vec![task("call")]).await?;
    let sellers = seed::sellers(world, 100).await?;
    seed::leads(world, world.size.pick(20_000, 100_000), sellers, 0, 100).await?;

    let texts: Vec<String> = (0..TEXTS).map(|number| format!("t{number}")).collect();
    let names: Vec<&str> = texts.iter().map(String::as_str).chain(["a", "b"]).collect();
    declare(&world.client, &names).await?;
    let text = "x".repeat(30_000);
    for some in texts.chunks(6) {
        let attributes = some.iter().map(|name| (name.as_str(), text.as_str())).collect();
        upsert_one(&world.client, 0, "large".to_owned(), attributes).await?;
    }

    upsert(&world.client, (0..1_000).map(|n| format!("slow{n}")).collect()).await?;
    world
        .execute(
            "UPDATE record SET attributes = jsonb_build_object('a', repeat('a', 20000), 'b', 'b' || repeat('a', 9999))
             WHERE record_id LIKE 'slow%'",
        )
        .await?;
    world.settle().await
}

/// The organization that is to notice nothing: its thousand leads and a sequence.
struct Quiet<'w> {
    world: &'w World<'w>,
    client: Client,
    organization: Uuid,
}

impl<'w> Quiet<'w> {
    async fn prepare(world: &'w World<'w>) -> anyhow::Result<Self> {
        let (organization, client) = world.another().await?;
        upsert(&client, (0..1_000).map(|n| format!("q{n}")).collect()).await?;

        let mut sequences = SequenceServiceClient::new(client.calls(0));
        let steps = vec![task("call")];
        let sequence = pb::Sequence { display_name: "calls".to_owned(), steps, ..Default::default() };
        let request = pb::CreateSequenceRequest {
            sequence_id: "calls".to_owned(),
            sequence: Some(sequence),
            ..Default::default()
        };
        sequences.create_sequence(request).await?;
        let request =
            pb::ActivateSequenceRequest { name: "sequences/calls".to_owned(), ..Default::default() };
        sequences.activate_sequence(request).await?;
        Ok(Self { world, client, organization })
    }

    /// Milliseconds that the slowest hundredth of one caller's calls takes at least.
    async fn slowest(&self, attack: Attack) -> anyhow::Result<f64> {
        let mut latencies = Latencies::default();
        for number in 0..CALLS {
            let began = Instant::now();
            self.call(attack, number).await?;
            latencies.add(began.elapsed());
        }
        Ok(latencies.percentile(0.99))
    }

    /// One of the calls that the attack concerns.
    async fn call(&self, attack: Attack, number: usize) -> anyhow::Result<()> {
        match attack {
            Attack::SlowReads => {
                let request =
                    pb::ListActivitiesRequest { queue: "teams/unassigned".to_owned(), ..Default::default() };
                self.client.work_queue(0).list_activities(request).await?;
            }
            Attack::SlowSegment => {
                upsert_one(&self.client, 0, format!("n{}", self.world.clock.new_id()), Vec::new()).await?;
                self.until_routed().await?;
            }
            Attack::LargeRecord => {
                upsert_one(&self.client, 0, format!("n{}", self.world.clock.new_id()), Vec::new()).await?;
            }
            Attack::ManyEnrollments => {
                let request = pb::EnrollRecordRequest {
                    record: format!("recordTypes/lead/records/q{}", number % 1_000),
                    sequence: "sequences/calls".to_owned(),
                    validate_only: true,
                    ..Default::default()
                };
                EnrollmentServiceClient::new(self.client.calls(0)).enroll_record(request).await?;
            }
        }
        Ok(())
    }

    async fn until_routed(&self) -> anyhow::Result<()> {
        let waits = "SELECT EXISTS (SELECT FROM record_change WHERE organization_id = $1)";
        let deadline = Instant::now() + Duration::from_secs(60);
        while sqlx::query_scalar(waits).bind(self.organization).fetch_one(&self.world.pool).await? {
            anyhow::ensure!(Instant::now() < deadline, "a lead stays unrouted");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        Ok(())
    }
}

async fn declare(client: &Client, names: &[&str]) -> anyhow::Result<()> {
    let text = pb::Attribute { r#type: pb::attribute::Type::String as i32, ..Default::default() };
    let request = pb::DeclareAttributesRequest {
        record_type: "lead".to_owned(),
        attributes: names.iter().map(|name| ((*name).to_owned(), text.clone())).collect(),
        ..Default::default()
    };
    RecordServiceClient::new(client.calls(0)).declare_attributes(request).await?;
    Ok(())
}

async fn upsert(client: &Client, ids: Vec<String>) -> anyhow::Result<()> {
    let records = ids.into_iter().map(|id| pb::RecordUpsert { id, ..Default::default() }).collect();
    let request =
        pb::BatchUpsertRecordsRequest { record_type: "lead".to_owned(), records, ..Default::default() };
    RecordServiceClient::new(client.calls(0)).batch_upsert_records(request).await?;
    Ok(())
}

impl Attack {
    fn about(self) -> &'static str {
        match self {
            Self::SlowReads => "20 slow previews",
            Self::SlowSegment => "a slow segment",
            Self::LargeRecord => "8 writers of 1 MiB",
            Self::ManyEnrollments => "1,000 enrollments in each call",
        }
    }

    fn suffers(self) -> &'static str {
        match self {
            Self::SlowReads => "ListActivities",
            Self::SlowSegment => "upsert → routed",
            Self::LargeRecord => "UpsertRecord",
            Self::ManyEnrollments => "EnrollRecord",
        }
    }

    /// Starts it. It goes on until it is shut down.
    async fn begin(self, world: &World<'_>) -> anyhow::Result<Attackers> {
        let mut tasks = JoinSet::new();
        match self {
            Self::SlowReads => {
                for caller in 0..20 {
                    let client = world.client.clone();
                    tasks.spawn(async move {
                        loop {
                            preview(&client, caller).await;
                        }
                    });
                }
            }
            Self::SlowSegment => {
                activate_slow(world).await?;
                upsert(&world.client, (0..1_000).map(|n| format!("slow{n}")).collect()).await?;
            }
            Self::LargeRecord => {
                for caller in 0..8 {
                    let client = world.client.clone();
                    tasks.spawn(async move {
                        for value in 0.. {
                            let value = format!("{caller} {value}");
                            let change = vec![("a", value.as_str())];
                            // A refusal is an answer, too.
                            _ = upsert_one(&client, caller, "large".to_owned(), change).await;
                        }
                    });
                }
            }
            Self::ManyEnrollments => {
                let client = world.client.clone();
                tasks.spawn(async move {
                    loop {
                        _ = enroll_many(&client).await;
                    }
                });
            }
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(Attackers { tasks, attack: self })
    }
}

/// The callers of an attack.
struct Attackers {
    tasks: JoinSet<()>,
    attack: Attack,
}

impl Attackers {
    /// Ends them, and waits until the database is quiet.
    async fn shutdown(mut self, world: &World<'_>) -> anyhow::Result<()> {
        self.tasks.shutdown().await;
        if let Attack::SlowSegment = self.attack {
            let request =
                pb::DeactivateSegmentRequest { name: "segments/slow".to_owned(), ..Default::default() };
            world.segments().deactivate_segment(request).await?;
        }

        let running = "SELECT count(*) FROM pg_stat_activity
             WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()
               AND query_start < clock_timestamp() - interval '100 milliseconds'";
        let deadline = Instant::now() + Duration::from_secs(60);
        while sqlx::query_scalar::<_, i64>(running).fetch_one(&world.pool).await? > 0 {
            anyhow::ensure!(Instant::now() < deadline, "the attack's statements don't end");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }
}

async fn preview(client: &Client, caller: usize) {
    let request = pb::PreviewSegmentRequest { condition: SLOW.to_owned(), ..Default::default() };
    // It ends by a limit, which is the point.
    _ = SegmentServiceClient::new(client.calls(caller)).preview_segment(request).await;
}

async fn activate_slow(world: &World<'_>) -> anyhow::Result<()> {
    let get = pb::GetSegmentRequest { name: "segments/slow".to_owned() };
    if world.segments().get_segment(get).await.is_err() {
        world.segment("slow", SLOW).await?;
    }
    let request = pb::ActivateSegmentRequest { name: "segments/slow".to_owned(), ..Default::default() };
    world.segments().activate_segment(request).await?;
    Ok(())
}

async fn upsert_one(
    client: &Client,
    caller: usize,
    id: String,
    attributes: Vec<(&str, &str)>,
) -> anyhow::Result<()> {
    let value = |text: &str| Value { kind: Some(Kind::StringValue(text.to_owned())) };
    let fields = attributes.into_iter().map(|(name, text)| (name.to_owned(), value(text))).collect();
    let attributes = Some(Struct { fields });
    let request = pb::UpsertRecordRequest {
        record_type: "lead".to_owned(),
        record: Some(pb::RecordUpsert { id, attributes, ..Default::default() }),
        ..Default::default()
    };
    RecordServiceClient::new(client.calls(caller)).upsert_record(request).await?;
    Ok(())
}

async fn enroll_many(client: &Client) -> anyhow::Result<()> {
    let one = pb::EnrollRecordRequest {
        record: "recordTypes/lead/records/slow1".to_owned(),
        sequence: "sequences/calls".to_owned(),
        ..Default::default()
    };
    let request = pb::BatchEnrollRecordsRequest { requests: vec![one; 1_000], ..Default::default() };
    EnrollmentServiceClient::new(client.calls(0)).batch_enroll_records(request).await?;
    Ok(())
}
