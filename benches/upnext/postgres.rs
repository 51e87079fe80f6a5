//! The private Postgres that everything is measured on: durable, with settings fit for the machine.
//! Or a database that was given instead.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
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

/// Where databases are.
pub struct Postgres {
    source: Source,
    binaries: Binaries,
}

enum Source {
    /// A running Postgres with a migrated template.
    Private {
        server: PrivatePostgres,
        clones: AtomicU32,
        /// Removed when the bench ends.
        _folder: TempDir,
    },
    /// Every world is in this one.
    Given(PgConnectOptions),
}

impl Postgres {
    /// Finds or fetches one, and starts it in a folder of its own below the temp folder.
    pub async fn start() -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("upnext-bench-").tempdir()?;
        // The account that stands in for root has to get there.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755))?;

        let data_dir = folder.path().join("data");
        let binaries = binaries(&data_dir).await?;
        let options = Options { data_dir, binaries: binaries.clone(), profile: Profile::Durable };
        let hidden = ProgressBar::hidden();
        let first = PrivatePostgres::start(options.clone(), &hidden).await?;
        configure(&first).await?;
        first.stop().await?;

        let server = PrivatePostgres::start(options, &hidden).await?;
        make_template(&server).await?;
        let source = Source::Private { server, clones: AtomicU32::new(0), _folder: folder };
        Ok(Self { source, binaries })
    }

    /// The database of this URL, in place of a private Postgres.
    pub async fn given(url: &str) -> anyhow::Result<Self> {
        let options: PgConnectOptions = url.parse()?;
        let mut connection = PgConnection::connect_with(&options).await?;
        let found = "SELECT to_regnamespace('bench') IS NOT NULL";
        if !sqlx::query_scalar::<_, bool>(found).fetch_one(&mut connection).await? {
            sqlx::raw_sql(include_str!("seed.sql")).execute(&mut connection).await?;
        }
        connection.close().await?;
        Ok(Self { source: Source::Given(options), binaries: binaries(&std::env::temp_dir()).await? })
    }

    /// A database that has only the schema; or the one that was given, with what it has.
    pub async fn clone_database(&self) -> anyhow::Result<PgConnectOptions> {
        let (server, clones) = match &self.source {
            Source::Private { server, clones, .. } => (server, clones),
            Source::Given(options) => return Ok(options.clone()),
        };
        let name = format!("bench_{}", clones.fetch_add(1, Ordering::Relaxed));
        administer(server, format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")).await?;
        Ok(server.connect_options(&name))
    }

    /// Removes a database, whoever is connected to it, unless it was given.
    pub async fn drop_database(&self, options: &PgConnectOptions) -> anyhow::Result<()> {
        let Source::Private { server, .. } = &self.source else { return Ok(()) };
        let name = options.get_database().context("a clone has a name")?;
        administer(server, format!("DROP DATABASE {name} WITH (FORCE)")).await
    }

    /// True if the processes of its connections are on this machine for certain.
    pub fn is_private(&self) -> bool {
        matches!(self.source, Source::Private { .. })
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

    /// Stops it, if it is private.
    pub async fn stop(self) -> anyhow::Result<()> {
        let Source::Private { server, .. } = self.source else { return Ok(()) };
        Ok(server.stop().await?)
    }
}

async fn binaries(data_dir: &Path) -> anyhow::Result<Binaries> {
    let given = std::env::var_os("UPNEXT_PG_BIN").map(PathBuf::from);
    let surroundings = Surroundings::of_this_machine(std::env::temp_dir().join("upnext-tests-cache"));
    Ok(locate(given.as_deref(), &surroundings, data_dir, &ProgressBar::hidden()).await?)
}

async fn make_template(server: &PrivatePostgres) -> anyhow::Result<()> {
    administer(server, format!("CREATE DATABASE {TEMPLATE}")).await?;
    let mut template = PgConnection::connect_with(&server.connect_options(TEMPLATE)).await?;
    MIGRATOR.run(&mut template).await?;
    sqlx::raw_sql(include_str!("seed.sql")).execute(&mut template).await?;
    Ok(template.close().await?)
}

async fn administer(server: &PrivatePostgres, statement: String) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect_with(&server.connect_options("postgres")).await?;
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    Ok(connection.close().await?)
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
