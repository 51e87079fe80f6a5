//! Job queues of others: each a program of its own below `benches/peers`, on the same Postgres as
//! the product.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::Context as _;
use serde_json::{Map, Value};

use crate::world::World;

/// The most that one measurement takes.
const LIMIT: Duration = Duration::from_secs(180);

/// Another job queue.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// Its name and version.
    pub name: &'static str,
    /// Below `benches/peers`.
    folder: &'static str,
    /// What makes the program.
    build: &'static [&'static str],
    /// What runs it.
    run: &'static [&'static str],
}

/// Paths are relative to the peer's folder.
const PEERS: [Peer; 3] = [
    Peer {
        name: "sqlxmq 0.6.0",
        folder: "sqlxmq",
        build: &[
            "cargo",
            "build",
            "--quiet",
            "--release",
            "--locked",
            "--target-dir",
            "../../../target/peers",
        ],
        run: &["../../../target/peers/release/peer-sqlxmq"],
    },
    Peer {
        name: "River 0.51.1",
        folder: "river",
        build: &["go", "build", "-o", "../../../target/peers/river", "."],
        run: &["../../../target/peers/river"],
    },
    Peer {
        name: "graphile-worker 0.17.3",
        folder: "graphile-worker",
        build: &["npm", "ci", "--ignore-scripts", "--silent"],
        run: &["node", "main.mjs"],
    },
];

impl Peer {
    /// Builds the programs of all, and lets them make their tables in the world's database. One
    /// that can't be built here is left out, which is said.
    pub async fn prepare(world: &World<'_>) -> anyhow::Result<Vec<Self>> {
        let mut ready = Vec::new();
        for peer in PEERS {
            match peer.build() {
                Ok(()) => ready.push(peer),
                Err(error) => eprintln!("  SKIPPED {}: {error:#}", peer.name),
            }
        }
        for peer in &ready {
            peer.answer(world, &["prepare"]).await?;
        }
        Ok(ready)
    }

    fn place(self) -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers").join(self.folder)
    }

    fn build(self) -> anyhow::Result<()> {
        let [program, arguments @ ..] = self.build else { anyhow::bail!("nothing builds it") };
        let status = Command::new(program)
            .args(arguments)
            .current_dir(self.place())
            .stdout(Stdio::null())
            .status()
            .with_context(|| format!("{program} isn't found"))?;
        anyhow::ensure!(status.success(), "{program} fails");
        Ok(())
    }

    /// Runs one of its commands; answers what it prints, which is one JSON object.
    pub async fn answer(self, world: &World<'_>, command: &[&str]) -> anyhow::Result<Map<String, Value>> {
        let [program, arguments @ ..] = self.run else { anyhow::bail!("nothing runs it") };
        let database = &world.options;
        let output = tokio::process::Command::new(program)
            .args(arguments)
            .args(command)
            .current_dir(self.place())
            .env("PGHOST", database.get_socket().map_or(database.get_host().into(), |path| path.clone()))
            .env("PGPORT", database.get_port().to_string())
            .env("PGUSER", database.get_username())
            .env("PGDATABASE", database.get_database().unwrap_or_default())
            .env("PGSSLMODE", "disable")
            .kill_on_drop(true)
            .output();
        let output = tokio::time::timeout(LIMIT, output)
            .await
            .with_context(|| format!("{} doesn't end within {LIMIT:?}: {command:?}", self.name))??;
        let errors = String::from_utf8_lossy(&output.stderr);
        anyhow::ensure!(output.status.success(), "{} fails: {command:?}: {errors}", self.name);
        if output.stdout.is_empty() {
            return Ok(Map::new());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }
}
