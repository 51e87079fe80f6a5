//! The account that Postgres runs as. Postgres refuses to run as root, so root hands it to an
//! account without privileges.

use std::{
    fs,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::Path,
    process::Command,
};

use nix::unistd::{Gid, Uid, User, chown, geteuid};

use super::Error;

/// The accounts that may run Postgres instead of root, the preferred one first.
const INSTEAD_OF_ROOT: [&str; 2] = ["postgres", "nobody"];

/// The account that owns the cluster and runs its server.
#[derive(Debug, Clone)]
pub(super) struct Account {
    name: String,
    uid: Uid,
    gid: Gid,
    /// True if this process is root and has to switch to the account.
    switches: bool,
}

impl Account {
    /// Returns the user of this process, or an account to use instead of root.
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

    /// True if the account owns a file or folder.
    pub(super) fn owns(&self, path: &Path) -> bool {
        fs::metadata(path).is_ok_and(|found| found.uid() == self.uid.as_raw())
    }

    /// Makes a command run as the account.
    pub(super) fn run_as(&self, command: &mut Command) {
        if self.switches {
            command.uid(self.uid.as_raw()).gid(self.gid.as_raw());
        }
    }

    /// Checks that the account may enter a folder and all folders above it. The usual obstacle is
    /// root's home, which is closed to others.
    pub(super) fn may_enter(&self, folder: &Path) -> Result<(), Error> {
        if !self.switches {
            return Ok(());
        }
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        match real.ancestors().find(|above| !self.has_entry(above)) {
            Some(closed) => {
                let (account, folder) = (self.name.clone(), closed.to_owned());
                Err(Error::Unreachable { account, folder })
            }
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
