//! Runs the server of a cluster, and makes sure that it doesn't outlive this process.

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

/// How often to check a process or a file.
const LOOK: Duration = Duration::from_millis(10);
/// How long a server may take to start. Recovery after a crash can take a while.
const START_LIMIT: Duration = Duration::from_secs(60);
/// How long a server may take to end after the first signal, and again after the second, stronger
/// one.
const STOP_LIMIT: Duration = Duration::from_secs(15);
/// How long the orphaned sessions of a killed server may hold its shared memory.
const ORPHAN_LIMIT: Duration = Duration::from_secs(10);
/// How many bytes of the end of the log go into an error.
const LOG_TAIL: usize = 2_000;

/// A running server, and the process that stops it if this one dies.
#[derive(Debug)]
pub(super) struct Server {
    postgres: Child,
    watcher: Child,
    profile: Profile,
    root: PathBuf,
}

impl Server {
    /// Starts the server of the folder's cluster and waits until it accepts connections.
    pub(super) fn start(
        folder: &Folder,
        binaries: &Binaries,
        account: &Account,
        profile: Profile,
    ) -> Result<Self, Error> {
        stop_leftover(folder)?;
        // The watcher starts first: there is never a server without a watcher.
        let watcher = watch(folder, profile)?;

        let since = Instant::now();
        let postgres = loop {
            let mut postgres = spawn(folder, binaries, account, profile)?;
            let in_time = since.elapsed() < ORPHAN_LIMIT;
            match wait_until_ready(&mut postgres, folder) {
                Err(Error::Start { log, .. }) if in_time && held_by_orphans(&log) => {}
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

    /// Returns the process ids of the server and of the watcher.
    pub(super) fn process_ids(&self) -> [u32; 2] {
        [self.postgres.id(), self.watcher.id()]
    }

    /// True if the server has ended.
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.postgres.try_wait(), Ok(None))
    }

    /// Returns the end of its log.
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
            // Fails if the server ends at this moment, which is what we want.
            let _ = kill(Pid::from_raw(self.postgres.id().cast_signed()), signal);
        }
        within(STOP_LIMIT, || !matches!(self.postgres.try_wait(), Ok(None)))
    }
}

/// The contents of a running server's pid file.
struct Statement {
    pid: u32,
    ready: bool,
}

impl Statement {
    fn read(pid_file: &Path) -> Option<Self> {
        let text = fs::read_to_string(pid_file).ok()?;
        let pid = text.lines().next()?.trim().parse().ok()?;
        let ready = text.lines().nth(7).is_some_and(|status| status.trim() == "ready");
        Some(Self { pid, ready })
    }
}

/// Starts a shell that outlives this process just long enough to stop the server.
///
/// Its input closes when this process ends. That happens even after `kill -9`.
fn watch(folder: &Folder, profile: Profile) -> Result<Child, Error> {
    let mut command = Command::new("sh");
    command.args(["-c", include_str!("watcher.sh"), "upnext-postgres-watcher"]);
    command.arg(folder.cluster()).arg(profile.signal().as_str().trim_start_matches("SIG"));
    if profile == Profile::Throwaway {
        command.arg(folder.root()).arg(folder.sockets());
    }
    // Its own process group: ctrl-C in a terminal kills the whole group of the typed command.
    command.process_group(0).current_dir("/");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().map_err(|source| Error::Program { program: PathBuf::from("sh"), source })
}

/// Closes the watcher's input and waits for it to finish. It removes a throwaway folder first.
fn dismiss(mut watcher: Child) {
    drop(watcher.stdin.take());
    // Fails only if the child was waited for before.
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
    let settings = ["listen_addresses=", "timezone=UTC", "log_timezone=UTC"];
    for setting in settings.iter().chain(profile.settings()) {
        command.args(["-c", setting]);
    }

    // Its own process group: ctrl-C must not stop it before everything that uses it has ended.
    command.process_group(0).current_dir(folder.root());
    command.stdin(Stdio::null()).stdout(output.0).stderr(output.1);
    command.spawn().map_err(|source| Error::Program { program, source })
}

/// Removes environment variables that are meant for Postgres clients but would change a server.
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
            // Neither ready nor ended. Nobody else waits for this child, so it would stay a zombie.
            let _ = postgres.kill().and_then(|()| postgres.wait());
            Err(Error::Slow { folder, verb: "start", limit: START_LIMIT })
        }
    }
}

/// Stops a server that a killed process left behind, or makes its stale pid file harmless.
///
/// The server can't belong to another process, because this process holds the folder's lock.
fn stop_leftover(folder: &Folder) -> Result<(), Error> {
    let pid_file = folder.pid_file();
    let Some(Statement { pid, .. }) = Statement::read(&pid_file) else { return Ok(()) };
    let cluster = folder.cluster();
    // The process id may belong to another program by now, so the arguments must name the cluster.
    let runs = || pid_file.exists() && arguments_of(pid).contains(&*cluster.to_string_lossy());

    for signal in [Signal::SIGINT, Signal::SIGQUIT] {
        if runs() {
            // The watcher may do the same at this moment. A second signal does no harm.
            let _ = kill(Pid::from_raw(pid.cast_signed()), signal);
        }
        if within(STOP_LIMIT, || !runs()) {
            return disown(folder).map_err(|source| Error::Folder { folder: pid_file, source });
        }
    }

    Err(Error::Slow { folder: folder.root().to_owned(), verb: "stop", limit: 2 * STOP_LIMIT })
}

/// Makes the files of a dead server harmless. Their process id may belong to another program by
/// now, and Postgres would refuse to start.
///
/// The socket and its lock are removed: nobody else uses their folder. The pid file must stay,
/// because Postgres reads from it whether orphaned sessions still work on the data. It gets our own
/// process id, and Postgres considers the id of its parent stale.
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

/// Returns the command line of a process. Empty if there is no such process.
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

/// Returns the end of a log, or why it can't be read.
fn tail(log: &Path) -> String {
    match fs::read(log) {
        Ok(bytes) => {
            let end = &bytes[bytes.len().saturating_sub(LOG_TAIL)..];
            String::from_utf8_lossy(end).trim().to_owned()
        }
        Err(error) => format!("its log {} cannot be read: {error}", log.display()),
    }
}

/// Checks a condition until it is true, for at most `limit`. Returns whether it became true.
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
