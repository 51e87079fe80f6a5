//! Runs the server of a cluster, and sees to it that the server doesn't outlive this process.

use std::{
    fs::{self, File},
    io,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

use super::{
    Binaries, Error, Profile,
    account::Account,
    folder::{Folder, PORT},
};

/// How often a change in a process or a file is looked for.
const LOOK: Duration = Duration::from_millis(10);
/// How long a server may take to start; recovery after a crash can take a while.
const START_LIMIT: Duration = Duration::from_secs(60);
/// How long a server may take to end once it is asked, and again once it is pressed.
const STOP_LIMIT: Duration = Duration::from_secs(15);
/// How long the orphaned sessions of a killed server may hold its shared memory.
const ORPHAN_LIMIT: Duration = Duration::from_secs(10);
/// How many of the log's last bytes go into an error.
const LOG_TAIL: usize = 2_000;

/// A running server, and the process that stops it should this one die.
#[derive(Debug)]
pub(super) struct Server {
    postgres: Child,
    watcher: Child,
    profile: Profile,
    root: PathBuf,
}

impl Server {
    /// Starts the server of the folder's cluster and waits until it takes connections.
    pub(super) fn start(
        folder: &Folder,
        binaries: &Binaries,
        account: &Account,
        profile: Profile,
    ) -> Result<Self, Error> {
        stop_leftover(folder)?;
        // The watcher comes first, so that there is no moment with a server and nobody to stop it.
        let watcher = watch(folder, profile)?;
        let since = Instant::now();
        let postgres = loop {
            let mut postgres = spawn(folder, binaries, account, profile)?;
            match wait_until_ready(&mut postgres, folder) {
                Err(Error::Start { log, .. }) if held_by_orphans(&log) && since.elapsed() < ORPHAN_LIMIT => {}
                ready => break ready.map(|()| postgres),
            }
        };
        match postgres {
            Ok(postgres) => Ok(Self { postgres, watcher, profile, root: folder.root().to_owned() }),
            Err(error) => {
                dismiss(watcher);
                Err(error)
            }
        }
    }

    /// The process ids of the server and of the watcher.
    pub(super) fn process_ids(&self) -> [u32; 2] {
        [self.postgres.id(), self.watcher.id()]
    }

    /// Whether the server runs no more.
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.postgres.try_wait(), Ok(None))
    }

    /// The end of its log.
    pub(super) fn last_words(&self) -> String {
        tail(&self.root.join("server.log"))
    }

    /// Stops the server, waits for its end, and then ends the watcher.
    pub(super) fn stop(mut self) -> Result<(), Error> {
        let asked = self.profile.signal();
        for signal in [asked, Signal::SIGQUIT] {
            if self.ends_after(signal) {
                dismiss(self.watcher);
                return Ok(());
            }
        }
        Err(Error::Slow { folder: self.root, verb: "stop", limit: 2 * STOP_LIMIT })
    }

    fn ends_after(&mut self, signal: Signal) -> bool {
        let running = matches!(self.postgres.try_wait(), Ok(None));
        if running {
            // It may end by itself in this very moment, which is what is wanted.
            let _ = kill(Pid::from_raw(self.postgres.id().cast_signed()), signal);
        }
        within(STOP_LIMIT, || !matches!(self.postgres.try_wait(), Ok(None)))
    }
}

/// What a running server states in its pid file.
struct Statement {
    pid: u32,
    ready: bool,
}

impl Statement {
    fn read(pid_file: &Path) -> Option<Self> {
        let text = fs::read_to_string(pid_file).ok()?;
        let pid = text.lines().next()?.trim().parse().ok()?;
        Some(Self { pid, ready: text.lines().nth(7).is_some_and(|status| status.trim() == "ready") })
    }
}

/// Starts the shell that outlives this process long enough to stop the server.
///
/// It hears of our end because its input closes then; nothing can prevent that, `kill -9` included.
fn watch(folder: &Folder, profile: Profile) -> Result<Child, Error> {
    let mut command = Command::new("sh");
    command.args(["-c", include_str!("watcher.sh"), "upnext-postgres-watcher"]);
    command.arg(folder.cluster()).arg(profile.signal().as_str().trim_start_matches("SIG"));
    if profile == Profile::Throwaway {
        command.arg(folder.root()).arg(folder.sockets());
    }
    // Its own process group: ctrl-C in a terminal reaches the whole group of the command typed there.
    command.process_group(0).current_dir("/");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map_err(|source| Error::Program { program: PathBuf::from("sh"), source })
}

/// Closes the watcher's input and waits for it to finish, which includes removing a throwaway folder.
fn dismiss(mut watcher: Child) {
    drop(watcher.stdin.take());
    // The wait fails only for a child that was waited for already.
    let _ = watcher.wait();
}

fn spawn(folder: &Folder, binaries: &Binaries, account: &Account, profile: Profile) -> Result<Child, Error> {
    let log = folder.log();
    let output = File::create(&log)
        .and_then(|file| Ok((file.try_clone()?, file)))
        .map_err(|source| Error::Folder { folder: log, source })?;
    let program = binaries.program("postgres");
    let mut command = Command::new(&program);
    without_surprises(&mut command);
    account.run_as(&mut command);
    command.arg("-D").arg(folder.cluster()).arg("-k").arg(folder.sockets());
    command.arg("-p").arg(PORT.to_string());
    for setting in ["listen_addresses=", "timezone=UTC", "log_timezone=UTC"].iter().chain(profile.settings())
    {
        command.args(["-c", setting]);
    }
    // Its own process group, so that ctrl-C leaves it to us to stop it after everything that uses it.
    command.process_group(0).current_dir(folder.root());
    command.stdin(Stdio::null()).stdout(output.0).stderr(output.1);
    command.spawn().map_err(|source| Error::Program { program, source })
}

/// Takes away what the environment of a Postgres client would change in a server.
pub(super) fn without_surprises(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("PG") || name.starts_with("LC_")) {
            command.env_remove(name);
        }
    }
    command.env("LC_ALL", "C");
}

fn wait_until_ready(postgres: &mut Child, folder: &Folder) -> Result<(), Error> {
    let pid_file = folder.pid_file();
    let own = postgres.id();
    let mut ended = false;
    let done = within(START_LIMIT, || {
        ended = !matches!(postgres.try_wait(), Ok(None));
        ended || Statement::read(&pid_file).is_some_and(|server| server.pid == own && server.ready)
    });
    let folder = folder.root().to_owned();
    match (ended, done) {
        (true, _) => {
            let log = tail(&folder.join("server.log"));
            Err(Error::Start { folder, log })
        }
        (false, true) => Ok(()),
        (false, false) => {
            // Neither ready nor ended: nobody else would ever wait for this child.
            let _ = postgres.kill().and_then(|()| postgres.wait());
            Err(Error::Slow { folder, verb: "start", limit: START_LIMIT })
        }
    }
}

/// Deals with a server that was left behind: ends it, or makes its pid file harmless.
///
/// Nobody else can own it, as this process holds the folder.
fn stop_leftover(folder: &Folder) -> Result<(), Error> {
    let pid_file = folder.pid_file();
    let Some(Statement { pid, .. }) = Statement::read(&pid_file) else { return Ok(()) };
    let cluster = folder.cluster();
    let runs = || pid_file.exists() && arguments_of(pid).contains(&*cluster.to_string_lossy());
    for signal in [Signal::SIGINT, Signal::SIGQUIT] {
        if runs() {
            // The watcher may be doing the same just now; a signal too many does no harm.
            let _ = kill(Pid::from_raw(pid.cast_signed()), signal);
        }
        if within(STOP_LIMIT, || !runs()) {
            return disown(folder).map_err(|source| Error::Folder { folder: pid_file, source });
        }
    }
    Err(Error::Slow { folder: folder.root().to_owned(), verb: "stop", limit: 2 * STOP_LIMIT })
}

/// Makes what a dead server left behind harmless: the process id in it may be another program's by now, and Postgres
/// would refuse to start.
///
/// The socket and its lock can go, as their folder is ours alone. The pid file must stay, because by the rest of it
/// Postgres sees whether orphans still work on the data; it gets our own process id, and Postgres takes its parent's
/// for stale.
fn disown(folder: &Folder) -> io::Result<()> {
    for name in [format!(".s.PGSQL.{PORT}"), format!(".s.PGSQL.{PORT}.lock")] {
        unless_absent(fs::remove_file(folder.sockets().join(name)))?;
    }
    let pid_file = folder.pid_file();
    let Some(text) = unless_absent(fs::read_to_string(&pid_file))? else { return Ok(()) };
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    fs::write(pid_file, format!("{}\n{rest}", std::process::id()))
}

fn unless_absent<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The command line of a process, empty if there is none.
fn arguments_of(pid: u32) -> String {
    if let Ok(arguments) = fs::read(format!("/proc/{pid}/cmdline")) {
        return String::from_utf8_lossy(&arguments).replace('\0', " ");
    }
    let output = Command::new("ps").args(["-ww", "-o", "args=", "-p", &pid.to_string()]).output();
    output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
}

fn held_by_orphans(log: &str) -> bool {
    log.contains("pre-existing shared memory block")
}

/// The end of a log, or the reason why it can't be read.
fn tail(log: &Path) -> String {
    let text = match fs::read(log) {
        Ok(bytes) => String::from_utf8_lossy(&bytes[bytes.len().saturating_sub(LOG_TAIL)..]).into_owned(),
        Err(error) => return format!("its log {} cannot be read: {error}", log.display()),
    };
    text.trim().to_owned()
}

/// Looks until something is so, for at most `limit`; says whether it came about.
fn within(limit: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let since = Instant::now();
    loop {
        if is_so() {
            return true;
        }
        if since.elapsed() > limit {
            return false;
        }
        thread::sleep(LOOK);
    }
}
