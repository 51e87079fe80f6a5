//! Packets that are lost between a server and its Postgres. The kernel's filter drops them, so
//! nothing acknowledges them either.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Keeps losing packets until it is dropped.
pub struct Loss(Child);

impl Loss {
    /// Loses so many percent of the packets from and to a local port. `None` where that isn't
    /// allowed.
    pub fn of_some(port: u16, percent: u8) -> Option<Self> {
        let some = format!("numgen random mod 100 < {percent} drop");
        Self::begin(&format!("tcp dport {port} {some}; tcp sport {port} {some};"))
    }

    /// Loses all packets between a local port and these other ones. `None` where that isn't
    /// allowed.
    pub fn of_connections(port: u16, others: &[u16]) -> Option<Self> {
        let others: Vec<_> = others.iter().map(u16::to_string).collect();
        let others = format!("{{ {} }}", others.join(", "));
        Self::begin(&format!(
            "tcp dport {port} tcp sport {others} drop; tcp sport {port} tcp dport {others} drop;"
        ))
    }

    fn begin(rules: &str) -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        if !may_be_lost() {
            return None;
        }

        // The kernel removes a table with its owner, even if the tests are killed.
        let shell = ["-c", "exec nft -i 2>&1"];
        let mut child = Command::new("sh")
            .args(shell)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("there is a shell");
        let table = format!("inet upnext_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let chain = format!("chain lost {{ type filter hook input priority 0; {rules} }};");
        let input = child.stdin.as_mut().expect("it is piped");
        writeln!(input, "add table {table} {{ flags owner; {chain} }}\nlist table {table}")
            .expect("it listens");

        let output = child.stdout.as_mut().expect("it is piped");
        let lines = BufReader::new(output).lines().map(|line| line.expect("it is text"));
        let last = lines.inspect(|line| assert!(!line.starts_with("Error"), "{line}"));
        assert!(last.into_iter().any(|line| line.ends_with("drop")), "the rules are in force");
        Some(Self(child))
    }
}

impl Drop for Loss {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// True if packets can be lost here. Says so loudly if they can't.
pub fn may_be_lost() -> bool {
    let tables = Command::new("nft").args(["list", "tables"]).output();
    let allowed = tables.is_ok_and(|tables| tables.status.success());
    if !allowed {
        eprintln!("SKIPPED lost packets: they need the program nft, and the right to filter packets");
    }
    allowed
}
