//! The real binary as a separate process: what it prints, how it ends, and what it leaves behind.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Lines, Read as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tempfile::TempDir;

/// Longer than anything here takes, even on a busy machine.
const DEADLINE: Duration = Duration::from_secs(60);

/// A running `upnext`, killed when the test ends.
pub struct Process {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// Reads standard error to its end, so that nobody waits to write there.
    errors: Option<JoinHandle<String>>,
}

/// `upnext`, or the program that `UPNEXT_BINARY` names instead, like a release build. With these
/// arguments and without settings from the environment, except where Postgres is.
pub fn upnext(arguments: &[&dyn AsRef<OsStr>]) -> Command {
    let other = std::env::var_os("UPNEXT_BINARY");
    let mut command = Command::new(other.unwrap_or_else(|| env!("CARGO_BIN_EXE_upnext").into()));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("UPNEXT_") && name != "UPNEXT_PG_BIN") {
            command.env_remove(name);
        }
    }
    // The Postgres of the tests is made to be thrown away.
    command.env("UPNEXT_ALLOW_UNSAFE_DATABASE", "true");
    command.args(arguments.iter().map(AsRef::as_ref)).stdin(Stdio::null());
    command
}

/// Runs a command that ends by itself; returns its output.
pub fn run(command: &mut Command) -> Output {
    command.output().expect("the binary was built with the tests")
}

impl Process {
    /// Starts a command whose standard output is read line by line.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary was built with the tests");
        let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let mut stderr = child.stderr.take().expect("it is piped");
        let errors = thread::spawn(move || {
            let mut errors = Vec::new();
            let _ = stderr.read_to_end(&mut errors);
            String::from_utf8_lossy(&errors).into_owned()
        });
        Self { child, lines, errors: Some(errors) }
    }

    /// Reads lines up to and including the first that contains `text`.
    pub fn lines_until(&mut self, text: &str) -> Vec<String> {
        let mut seen = Vec::new();
        for line in self.lines.by_ref() {
            seen.push(line.expect("output is text"));
            if seen.last().is_some_and(|line| line.contains(text)) {
                return seen;
            }
        }
        panic!("it ended without saying {text:?}: {seen:?} {}", self.errors());
    }

    /// Reads lines until a server says where it listens, and returns that.
    pub fn address(&mut self) -> String {
        let said = self.lines_until("serving on ").pop().expect("the line that was looked for");
        said.split("serving on ").nth(1).expect("it says where").trim().to_owned()
    }

    /// The number of the process.
    pub fn id(&self) -> i32 {
        self.child.id().cast_signed()
    }

    /// Sends a signal.
    pub fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id().cast_signed()), signal).expect("it runs");
    }

    /// Waits for the end; returns what it wrote to standard error.
    pub fn end(&mut self) -> (ExitStatus, String) {
        let status = self.child.wait().expect("it is a child that nobody waited for");
        (status, self.errors())
    }

    fn errors(&mut self) -> String {
        self.errors.take().and_then(|errors| errors.join().ok()).unwrap_or_default()
    }

    /// Sends a signal and waits for the end.
    pub fn end_by(&mut self, signal: Signal) -> ExitStatus {
        self.signal(signal);
        self.child.wait().expect("it is a child that nobody waited for")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has ended already where the test came so far.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder that even the account which stands in for root can reach, whatever the umask.
pub fn folder() -> TempDir {
    let folder = TempDir::new().expect("the temp folder is writable");
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).expect("it is ours");
    folder
}

/// The command lines of running processes that mention a path. Knows them only where there is a
/// `/proc`.
pub fn processes_with(path: &Path) -> Vec<String> {
    let path = path.to_string_lossy().into_owned();
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let lines = entries.filter_map(|entry| fs::read(entry.path().join("cmdline")).ok());
    let lines = lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " "));
    lines.filter(|line| line.contains(&path)).collect()
}

/// Waits until no process mentions a path any more.
pub async fn until_no_process_has(path: &Path) {
    let since = Instant::now();
    loop {
        let left = processes_with(path);
        if left.is_empty() {
            return;
        }
        assert!(since.elapsed() < DEADLINE, "left behind: {left:?}");
        // Processes that aren't our children tell nobody of their end.
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
