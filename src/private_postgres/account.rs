//! Who Postgres runs as: it refuses root, so root hands it to an account without rights.

use std::{
    fs,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::Path,
    process::Command,
};

use nix::unistd::{Gid, Uid, User, chown, geteuid};

use super::Error;

/// The accounts that may run Postgres in the place of root, the preferred one first.
const INSTEAD_OF_ROOT: [&str; 2] = ["postgres", "nobody"];

/// The account that owns the cluster and runs its server.
#[derive(Debug, Clone)]
pub(super) struct Account {
    name: String,
    uid: Uid,
    gid: Gid,
    /// Whether this process is somebody else, namely root.
    switches: bool,
}

impl Account {
    /// The user of this process, or whoever stands in for root.
    pub(super) fn for_this_process() -> Result<Self, Error> {
        let uid = geteuid();
        if !uid.is_root() {
            let gid = nix::unistd::getegid();
            return Ok(Self { name: uid.to_string(), uid, gid, switches: false });
        }
        let known = INSTEAD_OF_ROOT.iter().find_map(|name| User::from_name(name).ok().flatten());
        let user = known.ok_or(Error::NoAccount)?;
        Ok(Self { name: user.name, uid: user.uid, gid: user.gid, switches: true })
    }

    /// Gives a file or folder to the account.
    pub(super) fn own(&self, path: &Path) -> std::io::Result<()> {
        if self.switches {
            chown(path, Some(self.uid), Some(self.gid))?;
        }
        Ok(())
    }

    /// Whether the account owns a file or folder.
    pub(super) fn owns(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|found| found.uid() == self.uid.as_raw())
    }

    /// Makes a command run as the account.
    pub(super) fn run_as(&self, command: &mut Command) {
        if self.switches {
            command.uid(self.uid.as_raw()).gid(self.gid.as_raw());
        }
    }

    /// Checks that the account may enter a folder and all above it; a closed home of root is the usual trap.
    pub(super) fn may_enter(&self, folder: &Path) -> Result<(), Error> {
        if !self.switches {
            return Ok(());
        }
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        match real.ancestors().find(|above| !self.has_entry(above)) {
            Some(closed) => Err(Error::Unreachable { account: self.name.clone(), folder: closed.to_owned() }),
            None => Ok(()),
        }
    }

    fn has_entry(&self, folder: &Path) -> bool {
        fs::metadata(folder).is_ok_and(|found| {
            let bit = match (found.uid() == self.uid.as_raw(), found.gid() == self.gid.as_raw()) {
                (true, _) => 0o100,
                (false, true) => 0o010,
                (false, false) => 0o001,
            };
            found.mode() & bit != 0
        })
    }
}
