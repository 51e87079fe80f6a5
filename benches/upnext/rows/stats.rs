//! The statistics of a sequence with a measured split that a million enrollments went through, over
//! two years.

use std::time::{Duration, Instant};

use sqlx::AssertSqlSafe;
use upnext::api::pb;
use upnext::api::pb::get_sequence_stats_request::Window;
use upnext::api::pb::sequence_service_client::SequenceServiceClient;
use upnext::engine::Engine;
use upnext::store::{PoolSettings, Store};
use upnext::wake::Wake;

use crate::columns::insert;
use crate::measure::median;
use crate::report::{Goal, Line, Unit};
use crate::seed::Family;
use crate::world::{World, measured_split, task};

/// How often it is asked.
const CALLS: usize = 20;

/// Measures it.
pub async fn run(world: &World<'_>) -> anyhow::Result<Vec<Line>> {
    let count: i64 = world.size.pick(20_000, 1_000_000);
    world.sequence("calls", vec![task("call"), measured_split("which"), task("again")]).await?;
    let enrollments = Family::new(world);
    for statement in went_through() {
        sqlx::query(AssertSqlSafe(statement))
            .bind(world.organization)
            .bind(enrollments.number())
            .bind(Family::new(world).number())
            .bind(world.now())
            .bind(count)
            .execute(&world.pool)
            .await?;
    }
    recount(world).await?;
    world.settle().await?;

    let mut took = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        let start = Instant::now();
        let entered = entered(world).await?;
        took.push(start.elapsed().as_secs_f64() * 1_000.0);
        anyhow::ensure!(entered == [count, count], "{entered:?} of {count} enrollments are counted");
    }
    eprintln!("  median {:.2} ms", median(&took));
    Ok(vec![Line {
        path: format!("GetSequenceStats over two years and {count} enrollments, slowest of {CALLS}"),
        anchor: String::new(),
        anchors: Vec::new(),
        products: vec![took.iter().copied().fold(0.0, f64::max)],
        unit: Unit::Milliseconds,
        goal: Goal::Most(1_000.0),
    }])
}

/// The statements that let enrollments go through the sequence, on each of 720 days as many.
fn went_through() -> [String; 2] {
    let (organization, at) = (("organization_id", "$1"), "$4 - n % 720 * interval '1 day'");
    let enrollment = [
        organization,
        ("id", "bench.id($2, n)"),
        ("sequence_id", "sequence.id"),
        ("record_id", "bench.id($3, n)"),
        ("state", "4"),
        ("node", "2"),
        ("end_time", at),
        ("create_time", at),
    ];
    let each = "FROM generate_series(0, $5::bigint - 1) AS n, sequence
       WHERE sequence.organization_id = $1 AND sequence.sequence_id = 'calls' ORDER BY n";

    let event = [
        organization,
        ("subject_id", "bench.id($2, n)"),
        ("id", "bench.id($3, n * 8 + told.place)"),
        ("at", at),
        ("kind", "told.kind"),
        // Every third takes the other variant, and every fifth replies.
        ("detail", "replace(told.detail, 'a or b', CASE WHEN n % 3 = 0 THEN 'b' ELSE 'a' END)::jsonb"),
    ];
    let told = r#"FROM generate_series(0, $5::bigint - 1) AS n
       CROSS JOIN (VALUES (0, 1, '{}'), (1, 5, '{"node": 0}'), (2, 6, '{"node": 0}'),
         (3, 18, '{"node": 1, "outcome": "a or b", "why": "CHANCE"}'), (4, 5, '{"node": 2}'),
         (5, 45, '{"engagement": "REPLIED", "engagement_time": "2100-01-01T00:00:00Z"}'),
         (6, 6, '{"node": 2}'), (7, 12, '{}')) AS told (place, kind, detail)
       WHERE told.kind <> 45 OR n % 5 = 0
       ORDER BY n, told.place"#;
    [insert("enrollment", &enrollment, each), insert("history", &event, told)]
}

/// Counts the history, as `upnext migrate --recount` does.
async fn recount(world: &World<'_>) -> anyhow::Result<()> {
    // A million enrollments take longer than a server lets a statement take.
    let unhurried = PoolSettings {
        statement_timeout: Duration::ZERO,
        read_timeout: Duration::ZERO,
        ..PoolSettings::default()
    };
    let settings = PoolSettings { max_connections: 1, ..unhurried };
    let store = Store::new(world.options.clone(), &settings);
    Engine::new(store, world.clock.clone(), Wake::new()).recount_tallies().await?;
    Ok(())
}

/// How many came to the last step, and how many took a variant, by the statistics.
async fn entered(world: &World<'_>) -> anyhow::Result<[i64; 2]> {
    let name = "sequences/calls".to_owned();
    let request = pb::GetSequenceStatsRequest { name, window: Window::TwoYears.into() };
    let mut sequences = SequenceServiceClient::new(world.client.calls(0));
    let stats = sequences.get_sequence_stats(request).await?.into_inner();
    let last = stats.steps.last().and_then(|step| step.totals.as_ref());
    let variants = stats.steps.iter().flat_map(|step| &step.variants);
    let taken = variants.map(|variant| variant.entered_count).sum();
    Ok([last.map_or(0, |totals| totals.entered_count), taken])
}
