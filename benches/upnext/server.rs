//! Servers as processes of their own: the product's binary, and this program as the bare one.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::Context as _;
use sqlx::ConnectOptions as _;
use sqlx::postgres::PgConnectOptions;

/// The product's binary with these arguments, for this database, without settings from the
/// environment.
fn upnext(arguments: &[&str], database: &PgConnectOptions) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_upnext"));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("UPNEXT_")) {
            command.env_remove(name);
        }
    }
    command.args(arguments).env("UPNEXT_DATABASE_URL", database.to_url_lossy().as_str());
    command
}

/// Prints what `upnext check` says.
///
/// # Errors
/// A rule is broken, or it can't run.
pub fn check(database: &PgConnectOptions) -> anyhow::Result<()> {
    let checked = upnext(&["check"], database).stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    print!("upnext check: {}", String::from_utf8_lossy(&checked.stdout));
    anyhow::ensure!(checked.status.success(), "upnext check ended with {}", checked.status);
    Ok(())
}

/// A server process. It ends with this value.
pub struct ServerProcess {
    child: Child,
    address: String,
    /// Open, so that the server can go on writing.
    _output: Lines<BufReader<ChildStdout>>,
}

impl ServerProcess {
    /// `upnext serve` on this database, with the settings that it has by default.
    pub fn upnext(database: &PgConnectOptions) -> anyhow::Result<Self> {
        Self::start(upnext(&["serve", "--address", "127.0.0.1:0"], database))
    }

    /// A tonic server that does nothing but answer.
    pub fn bare() -> anyhow::Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--bare");
        Self::start(command)
    }

    fn start(mut command: Command) -> anyhow::Result<Self> {
        let log = std::env::temp_dir().join("upnext-bench-server.log");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(File::create(&log)?);
        let mut child = command.spawn()?;
        let output = child.stdout.take().context("it is piped")?;
        let mut output = BufReader::new(output).lines();
        for line in output.by_ref() {
            if let Some((_, address)) = line?.split_once("serving on ") {
                let address = address.trim().to_owned();
                return Ok(Self { child, address, _output: output });
            }
        }
        child.wait()?;
        anyhow::bail!("a server ended at its start: {}", std::fs::read_to_string(&log).unwrap_or_default())
    }

    /// Writes a line to its input.
    pub fn say(&mut self, line: &str) -> anyhow::Result<()> {
        let input = self.child.stdin.as_mut().context("it is piped")?;
        Ok(writeln!(input, "{line}")?)
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Its process id.
    pub fn process_id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
