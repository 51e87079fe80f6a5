//! `upnext worker smtp`: sends automated emails through a mail server.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use clap::Args;
use futures::StreamExt as _;
use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use prost_types::Duration;
use tokio_util::sync::CancellationToken;
use tonic::Request;

use super::calls::{Refused, answered};
use super::mailer::{self, Encryption, MailServer, Said};
use super::message::message;
use crate::api::pb;
use crate::api::pb::begin_sending_response::Decision;
use crate::api::pb::email_service_client::EmailServiceClient;
use crate::api::pb::finish_sending_request::Result as Outcome;
use crate::api::pb::work_queue_service_client::WorkQueueServiceClient;
use crate::cli::client::{Calls, Server};
use crate::clock::Clock;
use crate::lifecycle;

/// The queue of what workers do.
const QUEUE: &str = "teams/automation";
/// How long a lease lasts: longer than a mail server may take for one email.
const LEASE: i64 = 300;
/// What is begun later than this isn't handed to the mail server: the lease might end meanwhile.
const LATEST: std::time::Duration = std::time::Duration::from_secs(LEASE.unsigned_abs() / 2);
/// How long to wait for work at a time, in seconds.
const WAIT: i64 = 5;
/// The wait after the mail server couldn't be reached.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(5);

/// Send automated emails through a mail server.
#[derive(Debug, Args)]
pub struct Smtp {
    #[command(flatten)]
    server: Server,
    /// The mail server
    #[arg(long, env = "UPNEXT_SMTP_HOST", value_name = "HOST")]
    host: String,
    /// Its port. Default: 587 with STARTTLS, 465 with TLS, 25 without
    #[arg(long, env = "UPNEXT_SMTP_PORT", value_name = "PORT")]
    port: Option<u16>,
    /// How the connection to it is encrypted
    #[arg(long, env = "UPNEXT_SMTP_TLS", value_name = "HOW", value_enum, default_value = "starttls")]
    tls: Encryption,
    /// Who signed its certificate (PEM), if none of the authorities that this machine trusts
    #[arg(long, env = "UPNEXT_SMTP_CA", value_name = "FILE")]
    smtp_ca: Option<PathBuf>,
    /// The user name there, if it asks for one
    #[arg(long, env = "UPNEXT_SMTP_USERNAME", value_name = "NAME")]
    username: Option<String>,
    /// The password of that user. Better in the environment: others see the arguments of a command
    #[arg(long, env = "UPNEXT_SMTP_PASSWORD", hide_env_values = true, value_name = "TEXT")]
    password: Option<String>,
    /// Who the emails come from, like "Acme <hello@acme.com>"
    #[arg(long, env = "UPNEXT_SMTP_FROM", value_name = "MAILBOX")]
    from: Mailbox,
    /// How many emails to send at the same time, each over a connection of its own (1 to 50)
    #[arg(long, value_name = "COUNT", default_value_t = 4, value_parser = clap::value_parser!(u8).range(1..=50))]
    connections: u8,
    /// End when nothing is due
    #[arg(long)]
    once: bool,
}

impl Smtp {
    /// Sends until it is told to stop. Emails that are being sent are finished first.
    ///
    /// # Errors
    /// The server or the mail server can't be reached at the start, or not as configured; the key
    /// stops working.
    pub async fn run(self) -> anyhow::Result<()> {
        let mut signals = Box::pin(lifecycle::signals().context("signals can't be handled")?);
        let calls = self.server.connect().await?;
        let mail_server = self.mail_server()?;
        // A wrong setting is found now, not at the first email.
        drop(mail_server.connect().await?);
        println!("sending as {} through {}:{}", self.from, mail_server.host, mail_server.port);

        let stop = CancellationToken::new();
        let sender = Arc::new(Sender {
            mail_server,
            from: self.from.clone(),
            once: self.once,
            clock: Clock::system(),
            stop: stop.clone(),
        });
        let senders = (0..self.connections).map(|_| sender.clone().run(calls.clone()));
        let all = futures::future::try_join_all(senders);
        tokio::pin!(all);
        tokio::select! {
            ended = &mut all => return ended.map(|_| ()),
            _ = signals.next() => stop.cancel(),
        }
        all.await.map(|_| ())
    }

    fn mail_server(&self) -> anyhow::Result<MailServer> {
        let port = self.port.unwrap_or(match self.tls {
            Encryption::Starttls => 587,
            Encryption::Tls => 465,
            Encryption::None => 25,
        });
        let credentials = match (&self.username, &self.password) {
            (Some(name), Some(password)) => Some(Credentials::new(name.clone(), password.clone())),
            (None, None) => None,
            _ => anyhow::bail!("UPNEXT_SMTP_USERNAME and UPNEXT_SMTP_PASSWORD go together"),
        };
        let read =
            |path: &PathBuf| std::fs::read(path).with_context(|| format!("{} can't be read", path.display()));
        Ok(MailServer {
            host: self.host.clone(),
            port,
            encryption: self.tls,
            authority: self.smtp_ca.as_ref().map(read).transpose()?,
            credentials,
            greeting: self.from.email.domain().to_owned(),
        })
    }
}

/// Sends one email after the other.
struct Sender {
    mail_server: MailServer,
    from: Mailbox,
    once: bool,
    clock: Clock,
    stop: CancellationToken,
}

impl Sender {
    async fn run(self: Arc<Self>, calls: Calls) -> anyhow::Result<()> {
        let mut queue = WorkQueueServiceClient::new(calls.clone());
        let mut emails = EmailServiceClient::new(calls);
        let mut connection = None;

        while !self.stop.is_cancelled() {
            // First, so that nothing is begun that can't be sent.
            let Some(mut ready) = self.connected(connection.take()).await else { continue };
            // No lease begins before it is asked for, however late the answer comes.
            let asked_at = Instant::now();
            let acquired = match answered(&self.acquisition(), |request| acquire(&mut queue, request)).await {
                Ok(acquired) => acquired.activities,
                Err(Refused::Always(error)) => return Err(error),
                Err(Refused::Here(why)) => anyhow::bail!("{QUEUE}: {why}"),
            };
            if acquired.is_empty() && self.once {
                break;
            }

            let mut usable = true;
            for one in acquired {
                usable &= self.send(&mut emails, &mut ready, (&one, asked_at)).await?;
            }
            connection = usable.then_some(ready);
        }
        Ok(())
    }

    /// Returns a connection that works, or `None` after a pause.
    async fn connected(&self, kept: Option<AsyncSmtpConnection>) -> Option<AsyncSmtpConnection> {
        if let Some(mut kept) = kept
            && kept.test_connected().await
        {
            return Some(kept);
        }
        match self.mail_server.connect().await {
            Ok(fresh) => Some(fresh),
            Err(error) => {
                eprintln!("{error:#}: trying again");
                tokio::select! {
                    () = tokio::time::sleep(PAUSE) => {}
                    () = self.stop.cancelled() => {}
                }
                None
            }
        }
    }

    fn acquisition(&self) -> pb::AcquireActivitiesRequest {
        let seconds = |seconds| Some(Duration { seconds, nanos: 0 });
        pb::AcquireActivitiesRequest {
            queue: QUEUE.to_owned(),
            max_activities: 1,
            lease_duration: seconds(LEASE),
            wait_duration: seconds(if self.once { 0 } else { WAIT }),
            request_id: self.clock.new_id().to_string(),
            kinds: vec![pb::activity::Kind::AutomatedEmail.into()],
        }
    }

    /// Sends one email, if it may be sent. Returns false if the connection isn't good for another.
    async fn send(
        &self,
        emails: &mut EmailServiceClient<Calls>,
        connection: &mut AsyncSmtpConnection,
        (acquired, asked_at): (&pb::AcquiredActivity, Instant),
    ) -> anyhow::Result<bool> {
        let (Some(activity), Some(lease)) = (&acquired.activity, &acquired.lease) else { return Ok(true) };
        let begin = pb::BeginSendingRequest {
            name: activity.name.clone(),
            lease_id: lease.lease_id.clone(),
            sender: Some(pb::EmailSender {
                display_name: self.from.name.clone().unwrap_or_default(),
                email: self.from.email.to_string(),
            }),
            request_id: self.clock.new_id().to_string(),
        };
        let begun = match answered(&begin, |request| begin_sending(emails, request)).await {
            Ok(begun) => begun,
            Err(Refused::Always(error)) => return Err(error),
            // It is somebody else's now, was paused, or ended.
            Err(Refused::Here(_)) => return Ok(true),
        };
        if begun.decision() != Decision::Send {
            return Ok(true);
        }

        let made = begun.email.as_ref().map(|email| message(email, &activity.name, &self.from));
        let said = match made {
            _ if asked_at.elapsed() > LATEST => Said::Later("its lease is nearly over".to_owned()),
            Some(Ok(message)) => mailer::send(connection, &message).await,
            Some(Err(why)) => Said::Never(why),
            None => Said::Later("its text couldn't be made any more".to_owned()),
        };
        let (result, reply) = match said {
            Said::Taken => (Outcome::Sent, String::new()),
            Said::Later(why) => (Outcome::Deferred, why),
            Said::Never(why) => (Outcome::Refused, why),
            Said::Unknown(why) => (Outcome::Unknown, why),
        };
        if result != Outcome::Sent {
            eprintln!("{}: {}", activity.name, code(&reply));
        }

        let finish = pb::FinishSendingRequest {
            name: activity.name.clone(),
            lease_id: lease.lease_id.clone(),
            result: result.into(),
            reply,
            request_id: self.clock.new_id().to_string(),
        };
        match answered(&finish, |request| finish_sending(emails, request)).await {
            Ok(_) => {}
            Err(Refused::Always(error)) => return Err(error),
            Err(Refused::Here(why)) => eprintln!("{}: {why}", activity.name),
        }
        Ok(result == Outcome::Sent)
    }
}

/// Returns the code of a mail server's reply, whose text may name the person; without a code, it
/// tells of the connection alone.
fn code(reply: &str) -> String {
    let is_code = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let codes: Vec<&str> = reply.split_whitespace().take_while(is_code).collect();
    if codes.is_empty() { reply.to_owned() } else { codes.join(" ") }
}

// The clients are cheap to clone, and a future must not borrow from a closure that may run again.

fn acquire(
    queue: &mut WorkQueueServiceClient<Calls>,
    request: Request<pb::AcquireActivitiesRequest>,
) -> impl Future<Output = Result<tonic::Response<pb::AcquireActivitiesResponse>, tonic::Status>> + use<> {
    let mut queue = queue.clone();
    async move { queue.acquire_activities(request).await }
}

fn begin_sending(
    emails: &mut EmailServiceClient<Calls>,
    request: Request<pb::BeginSendingRequest>,
) -> impl Future<Output = Result<tonic::Response<pb::BeginSendingResponse>, tonic::Status>> + use<> {
    let mut emails = emails.clone();
    async move { emails.begin_sending(request).await }
}

fn finish_sending(
    emails: &mut EmailServiceClient<Calls>,
    request: Request<pb::FinishSendingRequest>,
) -> impl Future<Output = Result<tonic::Response<pb::FinishSendingResponse>, tonic::Status>> + use<> {
    let mut emails = emails.clone();
    async move { emails.finish_sending(request).await }
}
