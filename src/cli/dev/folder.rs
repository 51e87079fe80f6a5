//! Where `upnext dev` keeps its data: one folder with the private Postgres and the keys.

use std::env;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// What lies in a data folder of ours, and tells that it is one.
const POSTGRES: &str = "postgres";
const KEYS: &str = "keys";
const CACHE: &str = "cache";

/// The folder, there and writable.
#[derive(Debug)]
pub(super) struct StateFolder {
    path: PathBuf,
}

impl StateFolder {
    /// Makes the folder if it isn't there: the one given, or upnext's in the user's state folder.
    ///
    /// # Errors
    /// It can't be made or written, or it holds what isn't ours.
    pub(super) fn open(given: Option<PathBuf>) -> anyhow::Result<Self> {
        let path = match given {
            Some(path) => path,
            None => default_folder(is_root(), |name| env::var_os(name).map(PathBuf::from))
                .context("there is no HOME to keep data in: choose a folder with --data-dir")?,
        };
        let unusable =
            || format!("can't use {} as a data folder: choose another with --data-dir", path.display());
        refuse_foreign(&path).with_context(unusable)?;
        // As root, the account that runs Postgres has to get through to its own folder in it;
        // nobody may look.
        DirBuilder::new().recursive(true).mode(0o711).create(&path).with_context(unusable)?;
        let path = path.canonicalize().with_context(unusable)?;
        Ok(Self { path })
    }

    /// The folder.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The private Postgres' own folder.
    pub(super) fn postgres(&self) -> PathBuf {
        self.path.join(POSTGRES)
    }

    /// Reads the file of keys; empty if there is none.
    pub(super) fn read_keys(&self) -> anyhow::Result<String> {
        let file = self.path.join(KEYS);
        match fs::read_to_string(&file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            read => read.with_context(|| format!("can't read {}", file.display())),
        }
    }

    /// Replaces the file of keys, whole or not at all. Only its owner may read it.
    pub(super) fn write_keys(&self, text: &str) -> anyhow::Result<()> {
        let file = self.path.join(KEYS);
        let unfinished = self.path.join("keys.unfinished");
        let write = || {
            let mut options = OpenOptions::new();
            let mut new = options.create(true).write(true).truncate(true).mode(0o600).open(&unfinished)?;
            new.write_all(text.as_bytes())?;
            new.sync_all()?;
            fs::rename(&unfinished, &file)
        };
        write().with_context(|| format!("can't write {}", file.display()))
    }
}

/// Where a fetched Postgres is kept: in the user's cache, or, as root, where the account that runs
/// it gets to.
pub(super) fn cache(folder: &StateFolder) -> PathBuf {
    let variable = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let user = || {
        let home = variable("HOME")?;
        let place = if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" };
        Some(variable("XDG_CACHE_HOME").unwrap_or_else(|| home.join(place)).join("upnext"))
    };
    let system = || Some(PathBuf::from("/var/cache/upnext"));
    let chosen = if is_root() { system() } else { user() };
    chosen.unwrap_or_else(|| folder.path.join(CACHE))
}

fn is_root() -> bool {
    nix::unistd::geteuid().is_root()
}

/// The folder when none is given. Root's home is closed to the account that runs Postgres, so root
/// has a system folder.
fn default_folder(root: bool, variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let absolute = |name: &str| variable(name).filter(|path| path.is_absolute());
    if root {
        return Some(PathBuf::from("/var/lib/upnext"));
    }
    if let Some(state) = absolute("XDG_STATE_HOME") {
        return Some(state.join("upnext"));
    }
    let home = absolute("HOME")?;
    let place = if cfg!(target_os = "macos") { "Library/Application Support" } else { ".local/state" };
    Some(home.join(place).join("upnext"))
}

/// Refuses a folder with content of somebody else's before anything is written to it.
fn refuse_foreign(path: &Path) -> io::Result<()> {
    if path.join(POSTGRES).exists() {
        return Ok(());
    }
    let mut entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    match entries.next() {
        Some(_) => Err(io::Error::other("it has other content")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(root: bool, set: &[(&str, &str)]) -> Option<PathBuf> {
        default_folder(root, |name| {
            set.iter().find(|(known, _)| *known == name).map(|(_, value)| PathBuf::from(value))
        })
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn data_are_kept_in_the_state_folder_of_the_user_or_of_the_system_for_root() {
        assert_eq!(chosen(false, &[("HOME", "/home/ada")]), Some("/home/ada/.local/state/upnext".into()));
        let both = [("HOME", "/home/ada"), ("XDG_STATE_HOME", "/state")];
        assert_eq!(chosen(false, &both), Some("/state/upnext".into()));
        assert_eq!(chosen(false, &[("XDG_STATE_HOME", "relative")]), None);
        assert_eq!(chosen(true, &both), Some("/var/lib/upnext".into()));
    }

    #[test]
    fn a_folder_with_other_content_is_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("thesis.tex"), "").expect("a file");
        let error = StateFolder::open(Some(folder.path().to_owned())).expect_err("isn't ours");
        let message = format!("{error:#}");
        assert!(message.contains("other content") && message.contains("--data-dir"), "{message}");
        assert_eq!(fs::read_dir(folder.path()).expect("is there").count(), 1);
    }

    #[test]
    fn only_their_owner_may_read_the_keys() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let state = StateFolder::open(Some(folder.path().join("new"))).expect("can be made");
        assert_eq!(state.read_keys().expect("none yet"), "");
        state.write_keys("dev=1\n").expect("can be written");
        assert_eq!(state.read_keys().expect("kept"), "dev=1\n");
        let mode = fs::metadata(state.path().join(KEYS)).expect("is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
