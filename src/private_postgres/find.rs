//! Finds an installed Postgres: which folders to search, in which order, and which of them are
//! usable.

use std::{
    collections::HashSet,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::Error;

/// The oldest major version that supports the schema.
pub const OLDEST_MAJOR: u32 = 15;

/// The programs that a usable folder must hold.
const PROGRAMS: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

/// The parts of a machine that the search depends on. A test can describe another machine.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The answer of `pg_config --bindir`, if there is one.
    pub pg_config: Option<PathBuf>,
    /// The folders of `PATH`.
    pub path: Vec<PathBuf>,
    /// The root of the file system: `/`, or a folder that stands for it.
    pub root: PathBuf,
    /// The folder of downloaded installations.
    pub cache: PathBuf,
}

/// A folder with a usable Postgres.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binaries {
    /// The folder that holds `initdb`, `pg_ctl` and `postgres`.
    pub dir: PathBuf,
    /// The major version, for example 17.
    pub major: u32,
}

impl Surroundings {
    /// Describes the machine this process runs on.
    pub fn of_this_machine(cache: PathBuf) -> Self {
        let path = env::var_os("PATH").map(|path| env::split_paths(&path).collect());
        let path = path.unwrap_or_default();
        Self { pg_config: ask_pg_config(), path, root: PathBuf::from("/"), cache }
    }

    /// Lists the folders that may hold a Postgres, each once, the preferred one first.
    pub fn candidates(&self) -> Vec<PathBuf> {
        let mut all: Vec<PathBuf> = self.pg_config.iter().cloned().collect();
        all.extend(versioned(&self.root.join("usr/lib/postgresql"), "", "bin"));
        for homebrew in ["opt/homebrew/opt", "usr/local/opt"] {
            all.extend(versioned(&self.root.join(homebrew), "postgresql@", "bin"));
        }
        let app = self.root.join("Applications/Postgres.app/Contents/Versions");
        all.extend(versioned(&app, "", "bin"));
        all.push(self.root.join("usr/local/pgsql/bin"));
        all.extend(self.path.iter().cloned());
        all.extend(versioned(&self.cache, "postgresql-", "bin"));
        let mut seen = HashSet::new();
        all.retain(|dir| seen.insert(dir.clone()));
        all
    }
}

impl Binaries {
    /// Checks that a folder holds a complete Postgres that is new enough.
    ///
    /// # Errors
    /// [`Error::UnusableBinaries`] with the missing program, or the version that was found.
    pub fn in_dir(dir: &Path) -> Result<Self, Error> {
        let unusable = |reason: String| Error::UnusableBinaries { folder: dir.to_owned(), reason };
        if let Some(missing) = PROGRAMS.iter().find(|program| !dir.join(program).is_file()) {
            return Err(unusable(format!("it has no {missing}")));
        }

        let postgres = dir.join("postgres");
        let output = Command::new(&postgres).arg("--version").output();
        let output = output.map_err(|error| unusable(error.to_string()))?;
        let answer = String::from_utf8_lossy(&output.stdout);
        match major_of(&answer) {
            Some(major) if major >= OLDEST_MAJOR => Ok(Self { dir: dir.to_owned(), major }),
            Some(major) => Err(unusable(format!("it is version {major}"))),
            None => Err(unusable("postgres --version gave no version".to_owned())),
        }
    }

    /// Returns the path of one of the programs.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}

/// Finds the first usable installation. Prefers the major version `major`, if given.
///
/// An existing cluster only opens with its own major version, which may not be the newest one
/// installed.
pub fn find(surroundings: &Surroundings, major: Option<u32>) -> Option<Binaries> {
    let candidates = surroundings.candidates().into_iter();
    let mut usable = candidates.filter_map(|dir| Binaries::in_dir(&dir).ok());
    let Some(major) = major else { return usable.next() };
    let all: Vec<Binaries> = usable.collect();
    all.iter().find(|binaries| binaries.major == major).or(all.first()).cloned()
}

/// Lists `<parent>/<prefix><version>/<suffix>`, the highest version first.
fn versioned(parent: &Path, prefix: &str, suffix: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<(Vec<u32>, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let numbers: Option<Vec<u32>> =
                name.strip_prefix(prefix)?.split('.').map(|part| part.parse().ok()).collect();
            Some((numbers?, entry.path().join(suffix)))
        })
        .collect();
    found.sort();
    found.into_iter().rev().map(|(_, dir)| dir).collect()
}

/// Reads the major version out of `postgres (PostgreSQL) 15.18 (Debian …)`.
fn major_of(answer: &str) -> Option<u32> {
    let version = answer.split_once("(PostgreSQL) ")?.1;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn ask_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let answer = String::from_utf8(output.stdout).ok()?;
    Some(PathBuf::from(answer.trim())).filter(|dir| dir.is_absolute())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use tempfile::TempDir;

    use super::*;

    /// A machine without any Postgres.
    fn bare(root: &TempDir) -> Surroundings {
        let cache = root.path().join("cache");
        Surroundings { pg_config: None, path: Vec::new(), root: root.path().to_owned(), cache }
    }

    /// Installs fake programs that report the given version.
    fn install(root: &TempDir, dir: &str, version: &str) -> PathBuf {
        let dir = root.path().join(dir);
        fs::create_dir_all(&dir).unwrap();
        for program in PROGRAMS {
            let file = dir.join(program);
            fs::write(&file, format!("#!/bin/sh\necho '{program} (PostgreSQL) {version}'\n")).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
        }
        dir
    }

    #[test]
    fn candidates_come_in_the_order_of_trust_and_newest_first() {
        let root = TempDir::new().unwrap();
        let mut machine = bare(&root);

        let cached = install(&root, "cache/postgresql-18.0.0/bin", "18.0");
        let app = install(&root, "Applications/Postgres.app/Contents/Versions/17/bin", "17.1");
        let brew = install(&root, "opt/homebrew/opt/postgresql@16/bin", "16.1");
        let nine = install(&root, "usr/lib/postgresql/9.6/bin", "9.6.24");
        let sixteen = install(&root, "usr/lib/postgresql/16/bin", "16.1");
        let on_path = root.path().join("somewhere/bin");
        machine.path = vec![on_path.clone(), sixteen.clone()];
        machine.pg_config = Some(root.path().join("configured"));

        let expected = vec![
            root.path().join("configured"),
            sixteen,
            nine,
            brew,
            app,
            root.path().join("usr/local/pgsql/bin"),
            on_path,
            cached,
        ];
        assert_eq!(machine.candidates(), expected);
    }

    #[test]
    fn a_folder_that_is_too_old_or_incomplete_is_passed_over() {
        let root = TempDir::new().unwrap();
        let machine = bare(&root);
        install(&root, "usr/lib/postgresql/14/bin", "14.9");
        let broken = install(&root, "usr/lib/postgresql/17/bin", "17.1");
        fs::remove_file(broken.join("initdb")).unwrap();
        assert_eq!(find(&machine, None), None);
        let dir = install(&root, "usr/local/pgsql/bin", "18beta1");
        assert_eq!(find(&machine, None), Some(Binaries { dir, major: 18 }));
    }

    #[test]
    fn an_existing_cluster_gets_its_own_major_version_if_that_is_installed() {
        let root = TempDir::new().unwrap();
        let machine = bare(&root);
        let fifteen = install(&root, "usr/lib/postgresql/15/bin", "15.18 (Debian 15.18-0+deb12u1)");
        let newest = install(&root, "usr/lib/postgresql/17/bin", "17.1");
        assert_eq!(find(&machine, Some(15)), Some(Binaries { dir: fifteen, major: 15 }));
        assert_eq!(find(&machine, Some(16)), Some(Binaries { dir: newest, major: 17 }));
    }

    #[test]
    fn an_unusable_folder_is_refused_by_name_and_reason() {
        let root = TempDir::new().unwrap();
        let old = install(&root, "old", "14.9");
        let message = Binaries::in_dir(&old).unwrap_err().to_string();
        assert!(message.contains(old.to_str().unwrap()), "{message}");
        assert!(message.contains("it is version 14"), "{message}");
        let message = Binaries::in_dir(root.path()).unwrap_err().to_string();
        assert!(message.contains("it has no initdb"), "{message}");
    }
}
