//! The private Postgres that everything is measured on: durable, with settings fit for the machine.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::Context as _;
use indicatif::ProgressBar;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, Connection as _};
use tempfile::TempDir;
use upnext::private_postgres::{Binaries, Options, PrivatePostgres, Profile, Surroundings, locate};
use upnext::store::MIGRATOR;

use crate::machine::memory_mib;

/// The database that each row gets a clone of.
const TEMPLATE: &str = "template_upnext";

/// A running Postgres with a migrated template.
pub struct Postgres {
    server: PrivatePostgres,
    binaries: Binaries,
    clones: AtomicU32,
    /// Removed when the bench ends.
    _folder: TempDir,
}

impl Postgres {
    /// Finds or fetches one, and starts it in a folder of its own below the temp folder.
    pub async fn start() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("upnext-bench-").tempdir()?;
        // The account that stands in for root has to get there.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755))?;

        let data_dir = folder.path().join("data");
        let given = std::env::var_os("UPNEXT_PG_BIN").map(PathBuf::from);
        let surroundings = Surroundings::of_this_machine(std::env::temp_dir().join("upnext-tests-cache"));
        let binaries = locate(given.as_deref(), &surroundings, &data_dir, &ProgressBar::hidden()).await?;
        let options = Options { data_dir, binaries: binaries.clone(), profile: Profile::Durable };
        let hidden = ProgressBar::hidden();
        let first = PrivatePostgres::start(options.clone(), &hidden).await?;
        configure(&first).await?;
        first.stop().await?;

        let server = PrivatePostgres::start(options, &hidden).await?;
        let postgres = Self { server, binaries, clones: AtomicU32::new(0), _folder: folder };
        postgres.make_template().await?;
        Ok(postgres)
    }

    async fn make_template(&self) -> anyhow::Result<()> {
        self.administer(format!("CREATE DATABASE {TEMPLATE}")).await?;
        let mut template = PgConnection::connect_with(&self.server.connect_options(TEMPLATE)).await?;
        MIGRATOR.run(&mut template).await?;
        sqlx::raw_sql(include_str!("seed.sql")).execute(&mut template).await?;
        Ok(template.close().await?)
    }

    /// A database that has only the schema.
    pub async fn clone_database(&self) -> anyhow::Result<PgConnectOptions> {
        let name = format!("bench_{}", self.clones.fetch_add(1, Ordering::Relaxed));
        self.administer(format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")).await?;
        Ok(self.server.connect_options(&name))
    }

    /// Removes a database, whoever is connected to it.
    pub async fn drop_database(&self, options: &PgConnectOptions) -> anyhow::Result<()> {
        let name = options.get_database().context("a clone has a name")?;
        self.administer(format!("DROP DATABASE {name} WITH (FORCE)")).await
    }

    /// One of Postgres' own programs, if this installation has it.
    pub fn program(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.binaries.dir.join(name);
        anyhow::ensure!(
            path.exists(),
            "this anchor needs {name}, which isn't in {}",
            self.binaries.dir.display()
        );
        Ok(path)
    }

    /// Stops it.
    pub async fn stop(self) -> anyhow::Result<()> {
        Ok(self.server.stop().await?)
    }

    async fn administer(&self, statement: String) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect_with(&self.server.connect_options("postgres")).await?;
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
        Ok(connection.close().await?)
    }
}

/// Writes the settings of a machine that does little else, scaled to this machine's memory; they
/// hold from the next start on.
async fn configure(server: &PrivatePostgres) -> anyhow::Result<()> {
    let memory = memory_mib();
    let mut connection = PgConnection::connect_with(&server.connect_options("postgres")).await?;
    let settings = [
        ("shared_buffers", format!("{}MB", memory * 17 / 100)),
        ("effective_cache_size", format!("{}MB", memory * 60 / 100)),
        ("maintenance_work_mem", format!("{}MB", (memory / 45).clamp(64, 1024))),
        ("work_mem", format!("{}MB", (memory / 360).clamp(4, 64))),
        ("max_wal_size", "16GB".to_owned()),
        ("checkpoint_timeout", "15min".to_owned()),
        ("random_page_cost", "1.1".to_owned()),
        ("jit", "off".to_owned()),
    ];
    for (name, value) in settings {
        let statement = format!("ALTER SYSTEM SET {name} = '{value}'");
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    }

    // Not every build has it, and nothing else depends on it.
    let _ = sqlx::raw_sql("ALTER SYSTEM SET wal_compression = 'lz4'").execute(&mut connection).await;
    Ok(connection.close().await?)
}
