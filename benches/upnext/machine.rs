//! What the machine has, and what processes use of it. Knows only `/proc`.

use std::collections::HashMap;
use std::fs;
use std::time::{Duration, Instant};

/// Ticks of the kernel's accounting per second: 100 on every Linux that is met in practice.
const TICKS: f64 = 100.0;

/// The machine's memory in mebibytes.
pub fn memory_mib() -> u64 {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    field(&text, "MemTotal:").map_or(4096, |kib| kib / 1024)
}

/// The resident memory of a process in kibibytes; 0 if there is no such process.
pub fn resident_kib(pid: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    field(&text, "VmRSS:").unwrap_or(0)
}

/// The memory that a process has to itself, in kibibytes: without what it shares, such as Postgres'
/// buffers; 0 if there is no such process.
pub fn private_kib(pid: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    field(&text, "RssAnon:").unwrap_or(0)
}

fn field(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// The processor time that a process has used so far.
pub fn processor_time(pid: u32) -> Duration {
    Duration::from_secs_f64(Process::read(pid).map_or(0.0, |process| process.own / TICKS))
}

/// The processes that a process started, and theirs.
pub fn descendants(root: u32) -> Vec<u32> {
    let all = all_processes();
    let mut found = vec![root];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        found.extend(all.iter().filter(|(_, process)| process.parent == parent).map(|(pid, _)| *pid));
        next += 1;
    }
    found
}

struct Process {
    parent: u32,
    /// Ticks of its own, and with those of its children that have ended.
    own: f64,
    with_ended: f64,
}

impl Process {
    fn read(pid: u32) -> Option<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        // The name, in parentheses, may hold anything.
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok());
        let own = ticks(11)? + ticks(12)?;
        Some(Self { parent: fields.get(1)?.parse().ok()?, own, with_ended: own + ticks(13)? + ticks(14)? })
    }
}

fn all_processes() -> HashMap<u32, Process> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter_map(|pid| Some((pid, Process::read(pid)?))).collect()
}

/// How much other programs use the processors meanwhile: a figure from a busy machine is worth
/// little.
pub struct Others {
    since: Instant,
    busy: f64,
    ours: f64,
}

impl Others {
    /// Begins to watch.
    pub fn watch() -> Self {
        Self { since: Instant::now(), busy: busy_ticks(), ours: our_ticks() }
    }

    /// How many processors the others kept busy since, on average.
    pub fn cores(&self) -> f64 {
        let others = (busy_ticks() - self.busy) - (our_ticks() - self.ours);
        (others / TICKS / self.since.elapsed().as_secs_f64()).max(0.0)
    }
}

/// What all processors have worked so far.
fn busy_ticks() -> f64 {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let fields = text.lines().next().unwrap_or_default().split_whitespace().skip(1);
    let ticks: Vec<f64> = fields.filter_map(|field| field.parse().ok()).collect();
    // User, nice, system, then idle and waiting for the disk, then interrupts.
    [0, 1, 2, 5, 6].iter().filter_map(|index| ticks.get(*index)).sum()
}

fn our_ticks() -> f64 {
    let ours = descendants(std::process::id());
    ours.into_iter().filter_map(Process::read).map(|process| process.with_ended).sum()
}
