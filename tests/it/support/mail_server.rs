//! A mail server over a real socket: it keeps what it takes, and says what a test wants to
//! addresses of certain names.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// A running mail server; it stops when it is dropped.
pub struct MailServer {
    /// Where it listens.
    pub address: SocketAddr,
    taken: Arc<Mutex<Vec<Mail>>>,
    /// How many commands came.
    pub commands: watch::Receiver<u64>,
    accepting: AbortHandle,
}

/// An email that it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Mail {
    /// To whom.
    pub to: String,
    /// The headers and the body.
    pub text: String,
}

impl Mail {
    /// The value of a header, on one line.
    pub fn header(&self, name: &str) -> Option<String> {
        let head = self.text.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
        let start = format!("{name}: ");
        head.lines().find_map(|line| line.strip_prefix(&start).map(str::to_owned))
    }

    /// What comes after the headers.
    pub fn body(&self) -> &str {
        self.text.split_once("\r\n\r\n").map_or("", |(_, body)| body)
    }
}

impl MailServer {
    /// Starts one on a free port of this machine.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let taken: Arc<Mutex<Vec<Mail>>> = Arc::default();
        let (count, commands) = watch::channel(0);
        let count = Arc::new(count);

        let kept = taken.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let (kept, count) = (kept.clone(), count.clone());
                tokio::spawn(async move {
                    // A client that was killed is none of its business.
                    let _ = serve(socket, &kept, &count).await;
                });
            }
        });
        Self { address, taken, commands, accepting: accepting.abort_handle() }
    }

    /// What it took so far.
    pub fn taken(&self) -> Vec<Mail> {
        self.taken.lock().expect("nobody panicked").clone()
    }

    /// How many emails it took for each address.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        self.taken().into_iter().for_each(|mail| *counts.entry(mail.to).or_default() += 1);
        counts
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// What is said to an address: by its part before the @.
fn reply_to_recipient(to: &str) -> &'static str {
    match to.split('@').next() {
        Some("unknown") => "550 5.1.1 <unknown@example.com> no such user",
        Some("later") => "451 4.7.1 try again later",
        _ => "250 OK",
    }
}

async fn serve(
    socket: TcpStream,
    taken: &Mutex<Vec<Mail>>,
    count: &watch::Sender<u64>,
) -> std::io::Result<()> {
    let mut socket = BufReader::new(socket);
    socket.write_all(b"220 mail.example ESMTP\r\n").await?;
    let (mut line, mut to) = (String::new(), String::new());

    loop {
        line.clear();
        if socket.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        count.send_modify(|count| *count += 1);
        let command = line.trim_end().to_uppercase();
        let reply = if command.starts_with("EHLO") {
            "250-mail.example\r\n250 8BITMIME"
        } else if let Some(address) = command.strip_prefix("RCPT TO:<") {
            to = address.split('>').next().unwrap_or_default().to_lowercase();
            reply_to_recipient(&to)
        } else if command == "DATA" {
            socket.write_all(b"354 go ahead\r\n").await?;
            let text = text(&mut socket).await?;
            if to.starts_with("silent@") {
                // It may have taken the email, and nobody will know.
                return Ok(());
            }
            taken.lock().expect("nobody panicked").push(Mail { to: to.clone(), text });
            count.send_modify(|count| *count += 1);
            "250 taken"
        } else if command == "QUIT" {
            socket.write_all(b"221 bye\r\n").await?;
            return Ok(());
        } else {
            "250 OK"
        };
        socket.write_all(format!("{reply}\r\n").as_bytes()).await?;
    }
}

/// Reads a text up to the line with a single dot.
async fn text(socket: &mut BufReader<TcpStream>) -> std::io::Result<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if socket.read_line(&mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.as_str() {
            ".\r\n" => return Ok(text),
            // A dot at the beginning was doubled.
            _ => text.push_str(line.strip_prefix('.').unwrap_or(&line)),
        }
    }
}
