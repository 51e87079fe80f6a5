//! Creates a cluster: whole, or not at all.

use std::{
    fs, io,
    path::Path,
    process::{Command, Output},
};

use super::{Binaries, Error, Profile, account::Account, folder::Folder, server::without_surprises};

/// The locales to create a cluster with, the preferred one first; not every system has the first.
const LOCALES: [&str; 2] = ["C.UTF-8", "C"];

/// Creates the folder's cluster, with `postgres` as its only role.
///
/// It is built beside its place and moved there when it is finished, so that an interrupted run leaves nothing
/// that looks like a cluster.
pub(super) fn create(
    folder: &Folder,
    binaries: &Binaries,
    account: &Account,
    profile: Profile,
) -> Result<(), Error> {
    let failed = |source| Error::Folder { folder: folder.root().to_owned(), source };
    let unfinished = folder.unfinished();
    let mut output = String::new();
    for locale in LOCALES {
        empty(&unfinished, account).map_err(failed)?;
        let result = initdb(&unfinished, locale, binaries, account, profile)?;
        if result.status.success() {
            return fs::rename(&unfinished, folder.cluster()).map_err(failed);
        }
        output = String::from_utf8_lossy(&result.stderr).trim().to_owned();
        if !output.contains("locale") {
            break;
        }
    }
    Err(Error::Create { folder: folder.root().to_owned(), output })
}

fn initdb(
    target: &Path,
    locale: &str,
    binaries: &Binaries,
    account: &Account,
    profile: Profile,
) -> Result<Output, Error> {
    let program = binaries.program("initdb");
    let mut command = Command::new(&program);
    without_surprises(&mut command);
    account.run_as(&mut command);
    command.current_dir(target).arg("-D").arg(target);
    // Everybody who reaches the socket is trusted, and only the account reaches it.
    command.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", locale]);
    if profile == Profile::Throwaway {
        command.arg("--no-sync");
    }
    command.output().map_err(|source| Error::Program { program, source })
}

fn empty(target: &Path, account: &Account) -> io::Result<()> {
    if target.exists() {
        fs::remove_dir_all(target)?;
    }
    fs::create_dir(target)?;
    account.own(target)
}
