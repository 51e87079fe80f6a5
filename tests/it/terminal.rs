//! `upnext watch` on a real terminal: tmux gives it one, of any size, presses keys and reads the
//! screen.

use std::net::SocketAddr;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::task::JoinSet;

use super::support::app::{Client, within_deadline};
use super::support::stage::Stage;

/// A terminal of its own, which ends with the test.
struct Tmux {
    socket: String,
}

impl Tmux {
    /// Starts `upnext watch` for a seller; none where tmux isn't installed.
    async fn watch(address: SocketAddr, seller: &Client, size: (u16, u16)) -> Option<Self> {
        Self::start(address, seller, size, "watch sellers/me").await
    }

    /// Starts a command of `upnext`; none where tmux isn't installed.
    async fn start(
        address: SocketAddr,
        seller: &Client,
        (width, height): (u16, u16),
        command: &str,
    ) -> Option<Self> {
        let socket = format!("upnext-{}-{}", std::process::id(), address.port());
        let tmux = Self { socket };
        // A zone that no machine of ours is in, as tzdata isn't needed for it.
        let watch = format!(
            "exec env TZ=NPT-5:45 UPNEXT_ADDRESS={address} UPNEXT_KEY={} {} {command}",
            seller.secret,
            env!("CARGO_BIN_EXE_upnext")
        );
        let (width, height) = (width.to_string(), height.to_string());
        let started = tmux.run(&["new-session", "-d", "-x", &width, "-y", &height, &watch]).await;
        if started.is_none() {
            eprintln!("SKIPPED: tmux isn't installed, so `upnext watch` isn't tried on a terminal");
        }
        started.map(|_| tmux)
    }

    /// Runs a command of tmux; none where it isn't installed.
    async fn run(&self, arguments: &[&str]) -> Option<String> {
        let mut command = Command::new("tmux");
        command.args(["-u", "-f", "/dev/null", "-L", &self.socket]).args(arguments);
        let output = command.env_remove("TMUX").stdin(Stdio::null()).output().await;
        if output.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
            return None;
        }
        let output = output.expect("tmux runs");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    async fn press(&self, keys: &[&str]) {
        self.run(&[&["send-keys"], keys].concat()).await;
    }

    /// Presses keys, and waits until the screen shows this.
    async fn see(&self, keys: &[&str], text: &str) -> String {
        self.press(keys).await;
        self.until(text).await
    }

    /// Waits until the screen shows this.
    async fn until(&self, text: &str) -> String {
        let shown = async {
            loop {
                let screen = self.run(&["capture-pane", "-p"]).await.unwrap_or_default();
                if screen.contains(text) {
                    return screen;
                }
            }
        };
        within_deadline(&format!("the screen shows {text:?}"), shown).await
    }

    /// Waits until the program has ended, with which tmux ends, too.
    async fn ended(self) {
        let ended = async {
            let mut command = Command::new("tmux");
            command.args(["-L", &self.socket, "has-session"]).stderr(Stdio::null());
            while command.status().await.expect("tmux runs").success() {}
        };
        within_deadline("the program has ended", ended).await;
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        let mut command = std::process::Command::new("tmux");
        let _ = command.args(["-L", &self.socket, "kill-server"]).stderr(Stdio::null()).status();
    }
}

/// The way to a server, which can be closed and opened again.
struct Way {
    server: SocketAddr,
    address: SocketAddr,
    open: JoinSet<()>,
}

impl Way {
    async fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let mut way = Self { server, address, open: JoinSet::new() };
        way.serve(listener);
        way
    }

    fn serve(&mut self, listener: TcpListener) {
        let server = self.server;
        self.open.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((mut client, _)) = listener.accept().await {
                connections.spawn(async move {
                    let mut upstream = TcpStream::connect(server).await?;
                    copy_bidirectional(&mut client, &mut upstream).await
                });
            }
        });
    }

    /// Breaks every connection, and takes no other.
    async fn close(&mut self) {
        self.open.shutdown().await;
    }

    async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the same port");
        self.serve(listener);
    }
}

/// Ana has a call with a script, then a wait, then an email; and a task for somebody else.
async fn stage() -> (Stage, Client) {
    let stage = Stage::new().await;
    let attributes = json!({"name": "Kim Tran", "phone": "+1 555 0100", "email": "kim@example.com"});
    let record = json!({"id": "l1", "attributes": attributes});
    stage.done("RecordService/UpsertRecord", json!({"record_type": "lead", "record": record})).await;
    let steps = json!([
        {"step_id": "call", "display_name": "Call", "phone_call": {"script": "Hi, this is Ana."}},
        {"step_id": "pause", "wait": {"delay": {"hours": 1}}},
        {"step_id": "mail", "display_name": "Write", "email": {}}]);
    stage.sequence("calls", steps).await;
    stage.enroll("l1", "calls").await;
    stage.enroll("l2", "tasks").await;
    let seller = stage.salesperson("ana").await;
    (stage, seller)
}

/// A field of an activity.
async fn field_of(stage: &Stage, activity: &str, field: &str) -> Value {
    let answer = stage.done("WorkQueueService/GetActivity", json!({"name": activity})).await;
    answer["activity"][field].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seller_works_in_a_terminal_of_80_by_24() {
    let (stage, seller) = stage().await;
    let call = stage.queue("sellers/ana").await[0]["name"].as_str().expect("a name").to_owned();
    let Some(tmux) = Tmux::watch(stage.app.address, &seller, (80, 24)).await else { return };

    let screen = tmux.until("phone +1 555 0100").await;
    let lines: Vec<&str> = screen.lines().collect();
    assert!(lines[0].starts_with("sellers/me  2 due, 0 snoozed  live"), "{screen}");
    assert_eq!(lines[1], "CALL Call: Kim Tran");
    assert!(lines[2].ends_with("days overdue, since 21 Sep 19:58"), "in the local zone: {screen}");
    assert!(screen.contains("mail kim@example.com") && screen.contains("Hi, this is Ana."), "{screen}");
    assert!(lines.len() == 24 && lines[23].contains("? help"), "{screen}");

    tmux.see(&["c"], "How did the call go?").await;
    tmux.see(&["1"], "A note? Enter alone: none").await;
    tmux.see(&["wants a quote"], "wants a quote_").await;
    tmux.see(&["Enter"], "(w skips it, u undoes)").await;
    assert_eq!(field_of(&stage, &call, "outcome").await, "made");
    assert_eq!(field_of(&stage, &call, "note").await, "wants a quote");
    tmux.until("1 due, 0 snoozed").await;

    // A wrong click: the call is back, without its wait.
    tmux.see(&["u"], "Call: Kim Tran: open again").await;
    tmux.until("CALL Call: Kim Tran").await;
    tmux.until("2 due, 0 snoozed").await;
    assert_eq!(field_of(&stage, &call, "state").await, "DUE");
    tmux.see(&["u"], "is left to undo").await;
    tmux.see(&["w"], "no wait followed").await;
    tmux.see(&["g"], "phone +1 555 0100").await;
    tmux.see(&["c"], "How did the call go?").await;
    tmux.see(&["1"], "A note? Enter alone: none").await;
    tmux.see(&["Enter"], "(w skips it, u undoes)").await;
    tmux.until("1 due, 0 snoozed").await;
    // The answer and the stream come in any order; what is said is in the place of the filter.
    tmux.see(&["w"], "the wait is skipped").await;
    tmux.until("MAIL Write: Kim Tran").await;

    tmux.see(&["/", "w", "r", "i", "Enter"], "filter: wri").await;
    tmux.see(&["t"], "wait skipped, by sellers/ana").await;
    tmux.see(&["q"], "filter: wri").await;
    tmux.see(&["s"], "Write: Kim Tran: skipped").await;
    tmux.see(&["Escape"], "TASK Task").await;
    tmux.see(&["z"], "Until when?").await;
    tmux.see(&["2"], "0 due, 1 snoozed").await;
    tmux.until("Nothing is due. Next at").await;

    stage.enroll("l1", "tasks").await;
    tmux.until("TASK Task: Kim Tran").await;
    tmux.press(&["q"]).await;
    tmux.ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_activity_in_hand_is_in_view_in_a_terminal_of_40_by_15() {
    let (stage, seller) = stage().await;
    let Some(tmux) = Tmux::watch(stage.app.address, &seller, (40, 15)).await else { return };

    let screen = tmux.until("phone +1 555 0100").await;
    let lines: Vec<&str> = screen.lines().collect();
    assert!(lines[0].contains("2 due") && lines[1] == "CALL Call: Kim Tran", "{screen}");
    assert!(screen.contains("overdue, since 21 Sep 19:58"), "{screen}");
    assert!(screen.contains("mail kim@example.com") && screen.contains("Hi, this is Ana."), "{screen}");
    assert_eq!(lines.len(), 15, "{screen}");

    let help = tmux.see(&["?"], "skip the wait").await;
    assert!(help.contains("undo what you") && help.contains("all ask for a note"), "{help}");
    assert_eq!(help.lines().nth(1), Some("CALL Call: Kim Tran"), "{help}");
    tmux.see(&["q"], "u undo  ? help").await;
    tmux.see(&["z"], "Until when?").await;
    tmux.see(&["1"], "1 due, 1 snoozed").await;

    // A task needs no outcome, but can have a note; and a wrong click is undone.
    tmux.until("TASK Task").await;
    tmux.see(&["c"], "A note? Enter alone: none").await;
    tmux.see(&["back on Monday"], "back on Monday_").await;
    tmux.see(&["Enter"], "done (u undoes)").await;
    tmux.until("1 due, 1 snoozed").await;
    tmux.see(&["u"], "open again").await;
    // Somebody acts on what followed: then it is too late.
    tmux.see(&["g"], "u undo  ? help").await;
    tmux.see(&["s"], "skipped (u undoes)").await;
    let next = stage.queue("sellers/ana").await[0]["name"].clone();
    stage.done("WorkQueueService/SkipActivity", json!({"name": next})).await;
    tmux.see(&["u"], "somebody acted on a later").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_key_says_why_and_a_lost_server_is_found_again() {
    let (stage, seller) = stage().await;
    let mut way = Way::to(stage.app.address).await;
    let Some(tmux) = Tmux::watch(way.address, &seller, (80, 24)).await else { return };
    tmux.until("phone +1 555 0100").await;

    // The wait ends before the key is pressed.
    tmux.see(&["c"], "How did the call go?").await;
    tmux.see(&["Enter"], "A note? Enter alone: none").await;
    tmux.see(&["Enter"], "(w skips it, u undoes)").await;
    stage.app.clock.advance(chrono::TimeDelta::hours(1));
    stage.app.run_until_idle().await;
    tmux.until("MAIL Write: Kim Tran").await;
    let screen = tmux.see(&["w"], "isn't waiting").await;
    assert!(screen.contains("TASK Task"), "the screen stays: {screen}");

    way.close().await;
    let screen = tmux.until("cut off, trying again").await;
    assert!(screen.contains("TASK Task"), "the list stays: {screen}");
    stage.enroll("l1", "tasks").await;
    way.open().await;
    let screen = tmux.until("TASK Task: Kim Tran").await;
    assert!(screen.lines().next().is_some_and(|top| top.contains("3 due, 0 snoozed  live")), "{screen}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pool_is_worked_one_by_one_under_leases() {
    let (stage, seller) = stage().await;
    let all = stage.queue("sellers/ana").await;
    let [call, task] = [0, 1].map(|at| all[at]["name"].as_str().expect("a name").to_owned());
    let watch = "watch sellers/me --lease";
    let Some(tmux) = Tmux::start(stage.app.address, &seller, (80, 24), watch).await else { return };

    tmux.until("phone +1 555 0100").await;
    assert_ne!(field_of(&stage, &call, "lease").await, Value::Null);
    assert_eq!(field_of(&stage, &task, "lease").await, Value::Null);
    tmux.see(&["x"], "Call: Kim Tran: given back").await;
    tmux.until("You have no activity").await;
    assert_eq!(field_of(&stage, &call, "lease").await, Value::Null);

    tmux.see(&["a"], "phone +1 555 0100").await;
    tmux.see(&["c"], "How did the call go?").await;
    tmux.see(&["1"], "A note? Enter alone: none").await;
    tmux.see(&["Enter"], "(w skips it, u undoes)").await;
    assert_eq!(field_of(&stage, &call, "outcome").await, "made");

    // The next one is taken by itself, and given back at the end.
    tmux.until("no phone, no mail").await;
    assert_ne!(field_of(&stage, &task, "lease").await, Value::Null);
    tmux.press(&["q"]).await;
    tmux.ended().await;
    assert_eq!(field_of(&stage, &task, "lease").await, Value::Null);
}
