//! A file system that is small enough to be filled.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use nix::unistd::{Gid, Uid, chown};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use upnext::private_postgres::PrivatePostgres;

use super::database::migrate;

/// A small file system, which ends with the test.
pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Mounts one in a new folder. `None` where that isn't allowed.
    pub fn mount(at: PathBuf, megabytes: u32) -> Option<Self> {
        fs::create_dir(&at).expect("the folder is ours");
        let size = format!("size={megabytes}m");
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(&at).output();
        mount.is_ok_and(|mount| mount.status.success()).then_some(Self(at))
    }

    /// Creates a database that is stored here, but for its log. `data` is where the rest of the
    /// server's data is.
    pub async fn create_database(&self, server: &PrivatePostgres, data: &Path) -> PgConnectOptions {
        let like = fs::metadata(data).expect("is there");
        chown(&self.0, Some(Uid::from_raw(like.uid())), Some(Gid::from_raw(like.gid()))).expect("may own it");

        let options = server.connect_options("postgres");
        let mut cluster = PgConnection::connect_with(&options).await.expect("connects");
        for statement in [
            format!("CREATE TABLESPACE small LOCATION '{}'", self.0.display()),
            "CREATE DATABASE small TABLESPACE small".to_owned(),
        ] {
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut cluster).await.expect("runs");
        }

        let options = server.connect_options("small");
        migrate(&options).await;
        options
    }

    /// Fills it, until `free` is called.
    pub fn fill(&self) {
        let mut ballast = File::create(self.ballast()).expect("there is room for a name");
        while ballast.write_all(&[0; 65_536]).is_ok() {}
    }

    /// Makes room again.
    pub fn free(&self) {
        fs::remove_file(self.ballast()).expect("it is there");
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}
