//! The data folder: its layout, whether it belongs to upnext, and the lock on it.

use std::{
    collections::hash_map::DefaultHasher,
    env,
    fs::{self, File, OpenOptions, Permissions},
    hash::{Hash, Hasher},
    io,
    os::unix::{ffi::OsStrExt, fs::PermissionsExt},
    path::{Path, PathBuf},
};

use nix::fcntl::{Flock, FlockArg};

use super::{Binaries, Error, account::Account};

/// The longest path of a unix socket on macOS, in bytes. Linux allows three more.
const LONGEST_SOCKET: usize = 103;

/// The port. It only names the socket's file: the server doesn't listen on the network.
pub(super) const PORT: u16 = 5432;

/// A data folder that this process has checked and locked.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    sockets: PathBuf,
    /// Held until the folder is dropped or the process dies. Children don't inherit it.
    _lock: Flock<File>,
}

impl Folder {
    /// Creates the folder if it doesn't exist, and locks it for this process.
    pub(super) fn hold(root: &Path, account: &Account) -> Result<Self, Error> {
        let failed = |source| Error::Folder { folder: root.to_owned(), source };

        refuse_foreign(root)?;
        fs::create_dir_all(root).map_err(failed)?;
        let root = root.canonicalize().map_err(failed)?;
        let lock = lock(&root)?;

        account.own(&root).map_err(failed)?;
        account.may_enter(&root)?;
        let sockets = socket_folder(&root, &env::temp_dir());
        make_private(&sockets, account).map_err(failed)?;
        Ok(Self { root, sockets, _lock: lock })
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the data folder of Postgres itself.
    pub(super) fn cluster(&self) -> PathBuf {
        self.root.join("cluster")
    }

    /// Returns the folder in which a cluster is created. It is renamed when it is complete.
    pub(super) fn unfinished(&self) -> PathBuf {
        self.root.join("cluster.unfinished")
    }

    /// Returns the folder of the server's unix socket. Only the account may enter it, because
    /// whoever connects is trusted.
    pub(super) fn sockets(&self) -> &Path {
        &self.sockets
    }

    /// Returns the server's log file. Each start begins it anew.
    pub(super) fn log(&self) -> PathBuf {
        self.root.join("server.log")
    }

    /// Returns the file in which a running server writes its process id, its socket and whether it
    /// is ready.
    pub(super) fn pid_file(&self) -> PathBuf {
        self.cluster().join("postmaster.pid")
    }

    /// True if there is a cluster.
    ///
    /// # Errors
    /// [`Error::OtherMajor`] if the binaries have another major version than the cluster.
    pub(super) fn has_cluster(&self, binaries: &Binaries) -> Result<bool, Error> {
        let folder = self.cluster();
        if !folder.exists() {
            return Ok(false);
        }

        match cluster_major(&self.root) {
            Some(cluster) if cluster == binaries.major => Ok(true),
            Some(cluster) => Err(Error::OtherMajor {
                folder,
                cluster,
                bin: binaries.dir.clone(),
                binaries: binaries.major,
            }),
            None => {
                let reason = "it has no PG_VERSION, so it is not a cluster";
                Err(Error::NotOurs { folder, reason })
            }
        }
    }
}

/// Returns the major version that created the cluster of a data folder. `None` without a cluster.
pub fn cluster_major(data_dir: &Path) -> Option<u32> {
    fs::read_to_string(data_dir.join("cluster/PG_VERSION")).ok()?.trim().parse().ok()
}

/// Refuses a folder with foreign content, before anything is written to it.
fn refuse_foreign(root: &Path) -> Result<(), Error> {
    let foreign = |reason| Err(Error::NotOurs { folder: root.to_owned(), reason });

    if root.join("PG_VERSION").exists() {
        return foreign("it is itself a PostgreSQL cluster");
    }
    // An earlier run was here.
    if root.join("lock").exists() {
        return Ok(());
    }

    match fs::read_dir(root).map(|mut entries| entries.next().is_some()) {
        Ok(true) => foreign("it has other content"),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => foreign("it is a file"),
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::Folder { folder: root.to_owned(), source: error })
        }
        Ok(false) | Err(_) => Ok(()),
    }
}

fn lock(root: &Path) -> Result<Flock<File>, Error> {
    let failed = |source| Error::Folder { folder: root.to_owned(), source };
    let file = OpenOptions::new().create(true).append(true).open(root.join("lock"));
    let file = file.map_err(failed)?;
    Flock::lock(file, FlockArg::LockExclusiveNonblock).map_err(|(_, errno)| match errno {
        nix::errno::Errno::EWOULDBLOCK => Error::InUse { folder: root.to_owned() },
        other => failed(other.into()),
    })
}

/// Returns `sockets` in the data folder, or a shorter path if that one is too long for a socket.
fn socket_folder(root: &Path, temporary: &Path) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    root.hash(&mut hasher);
    let short = format!("upnext-{:016x}", hasher.finish());
    // The lock file beside the socket has the longest name.
    let fits = |folder: &PathBuf| {
        folder.join(format!(".s.PGSQL.{PORT}.lock")).as_os_str().as_bytes().len() <= LONGEST_SOCKET
    };
    let candidates = [root.join("sockets"), temporary.join(&short)];
    candidates.into_iter().find(fits).unwrap_or_else(|| Path::new("/tmp").join(&short))
}

/// Creates a folder that only the account may enter. An existing folder must belong to the account.
fn make_private(folder: &Path, account: &Account) -> io::Result<()> {
    match fs::create_dir(folder) {
        Ok(()) => account.own(folder)?,
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        // In a shared temporary folder another user may have created it to catch connections.
        Err(error) if !account.owns(folder) => return Err(error),
        Err(_) => {}
    }
    fs::set_permissions(folder, Permissions::from_mode(0o700))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_whose_path_would_be_too_long_moves_to_the_temporary_folder() {
        let near = Path::new("/var/lib/upnext");
        assert_eq!(socket_folder(near, Path::new("/tmp")), near.join("sockets"));
        let deep = PathBuf::from("/home").join("a".repeat(80));
        let moved = socket_folder(&deep, Path::new("/var/folders/ab/T"));
        assert!(moved.starts_with("/var/folders/ab/T"), "{}", moved.display());
        assert_eq!(moved, socket_folder(&deep, Path::new("/var/folders/ab/T")));
        let both_deep = socket_folder(&deep, &deep);
        assert!(both_deep.starts_with("/tmp"), "{}", both_deep.display());
    }
}
