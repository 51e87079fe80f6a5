//! Creates a cluster, completely or not at all.

use std::{
    fs, io,
    path::Path,
    process::{Command, Output},
};

use super::{Binaries, Error, Profile, account::Account, folder::Folder, server::without_surprises};

/// The locales to create a cluster with, the preferred one first. Not every system has that one.
const LOCALES: [&str; 2] = ["C.UTF-8", "C"];

/// Creates the folder's cluster, with `postgres` as its only role.
///
/// The cluster is created under another name and renamed when it is complete, so that an
/// interrupted run leaves nothing that looks like a cluster.
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
        // Another locale doesn't help against any other failure.
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
    // No password: only the account can reach the socket.
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
