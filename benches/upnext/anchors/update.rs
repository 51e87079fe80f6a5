//! A1: one row updated by its key in each durable transaction, 32 clients, by pgbench: the cheapest
//! client there is.

use std::process::Stdio;

use anyhow::Context as _;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::world::World;

const ROWS: u32 = 1_000_000;

/// Makes the table.
pub async fn prepare(world: &World<'_>) -> anyhow::Result<()> {
    let table = "CREATE TABLE anchor.kv (id int PRIMARY KEY, v int, pad text) WITH (fillfactor = 90)";
    world.execute(table).await?;
    world
        .execute(format!(
            "INSERT INTO anchor.kv SELECT n, 0, repeat('x', 80) FROM generate_series(1, {ROWS}) AS n"
        ))
        .await
}

/// Transactions per second over so many seconds.
pub async fn rate(world: &World<'_>, seconds: u64) -> anyhow::Result<f64> {
    let mut command = Command::new(world.postgres.program("pgbench")?);
    command.args(["-n", "-M", "prepared", "-j", "2", "-c", "32", "-f", "-", "-T", &seconds.to_string()]);
    command.env("PGHOST", world.options.get_socket().context("a private Postgres has a socket")?);
    command.env("PGPORT", world.options.get_port().to_string());
    command.env("PGUSER", world.options.get_username());
    command.arg(world.options.get_database().context("a clone has a name")?);
    let mut pgbench = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let script = format!("\\set id random(1, {ROWS})\nUPDATE anchor.kv SET v = v + 1 WHERE id = :id;\n");
    pgbench.stdin.take().context("it is piped")?.write_all(script.as_bytes()).await?;
    let output = pgbench.wait_with_output().await?;
    let said = String::from_utf8_lossy(&output.stdout);
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    rate.with_context(|| format!("pgbench said {said}{}", String::from_utf8_lossy(&output.stderr)))
}
