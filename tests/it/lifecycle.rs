//! Shutdown by real signals. They go to a separate process, because a signal reaches the whole
//! process.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use upnext::lifecycle::{Lifecycle, Shutdown, signals};

/// Tells the test binary, run again, what to do when it is signalled.
const SIGNALLED: &str = "UPNEXT_TEST_SIGNALLED";

/// What the process says when signals no longer end it, and before it ends.
const READY: &str = "ready for signals";

fn process(obeys: bool) -> (Child, impl Iterator<Item = String>) {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", "lifecycle::process_to_be_signalled", "--ignored", "--nocapture"])
        .env(SIGNALLED, if obeys { "obeys" } else { "clings" })
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    (child, lines)
}

fn send(child: &Child, signal: Signal) {
    kill(Pid::from_raw(child.id().cast_signed()), signal).unwrap();
}

#[test]
fn any_signal_drains() {
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        let (mut child, mut lines) = process(true);
        assert!(lines.any(|line| line.contains(READY)));
        send(&child, signal);
        assert!(lines.any(|line| line.contains("Drained")));
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn a_second_signal_ends_a_process_that_will_not_drain() {
    let (mut child, mut lines) = process(false);
    assert!(lines.any(|line| line.contains(READY)));
    send(&child, Signal::SIGTERM);
    assert!(lines.any(|line| line.contains("draining")));
    send(&child, Signal::SIGINT);
    assert!(lines.any(|line| line.contains("Forced")));
    assert!(child.wait().unwrap().success());
}

#[tokio::test]
#[ignore = "is run, and signalled, by other tests"]
async fn process_to_be_signalled() {
    let Ok(manner) = env::var(SIGNALLED) else { return };
    let lifecycle = Lifecycle::new();
    let soft = lifecycle.soft();
    lifecycle.spawn(async move {
        soft.cancelled().await;
        println!("\ndraining");
        if manner == "clings" {
            std::future::pending::<()>().await;
        }
    });

    let signals = signals().unwrap();
    println!("\n{READY}");
    let ending: Shutdown = lifecycle.run_to_the_end(signals, Duration::from_secs(60)).await;
    println!("\n{ending:?}");
}
