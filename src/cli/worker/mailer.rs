//! The dialogue with the mail server, command by command: only so is it known whether an email
//! can't have been sent. Until the server was given all of the text, it hasn't taken the email.

use std::time::Duration;

use anyhow::Context as _;
use lettre::Message;
use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::timeout;

/// How long the mail server has for an answer, and for one to the whole text (RFC 5321 grants ten
/// minutes there, longer than a lease should last).
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENCE_AFTER_TEXT: Duration = Duration::from_secs(120);

/// How the connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Encryption {
    /// With STARTTLS, which the server must offer.
    Starttls,
    /// From the start.
    Tls,
    /// Not at all.
    None,
}

/// A mail server, and how to reach it.
#[derive(Clone)]
pub(super) struct MailServer {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) encryption: Encryption,
    /// Who signed its certificate, if none of the authorities that this machine trusts.
    pub(super) authority: Option<Vec<u8>>,
    pub(super) credentials: Option<Credentials>,
    /// The name that greets it.
    pub(super) greeting: String,
}

/// What the mail server said of an email.
pub(super) enum Said {
    /// It took the email.
    Taken,
    /// It hasn't taken the email, and may do so later.
    Later(String),
    /// It will never take the email.
    Never(String),
    /// The connection broke when it might have taken the email.
    Unknown(String),
}

impl MailServer {
    /// Connects.
    ///
    /// # Errors
    /// Nobody answers there, or not as configured; the credentials are refused.
    pub(super) async fn connect(&self) -> anyhow::Result<AsyncSmtpConnection> {
        let place = || format!("the mail server {}:{}", self.host, self.port);
        let connected = timeout(2 * PATIENCE, self.connect_now()).await;
        connected.with_context(|| format!("{} gives no answer", place()))?.with_context(place)
    }

    async fn connect_now(&self) -> Result<AsyncSmtpConnection, Error> {
        let name = ClientId::Domain(self.greeting.clone());
        let from_start = match self.encryption {
            Encryption::Tls => Some(self.tls()?),
            Encryption::Starttls | Encryption::None => None,
        };
        let address = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(address, Some(PATIENCE), &name, from_start, None).await?;
        if self.encryption == Encryption::Starttls {
            connection.starttls(self.tls()?, &name).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await?;
        }
        Ok(connection)
    }

    fn tls(&self) -> Result<TlsParameters, Error> {
        let mut builder = TlsParameters::builder(self.host.clone());
        if let Some(authority) = &self.authority {
            builder = builder.add_root_certificate(Certificate::from_pem(authority)?);
        }
        builder.build_rustls()
    }
}

/// Sends an email. Afterwards the connection is good for the next one only if the email was taken.
pub(super) async fn send(connection: &mut AsyncSmtpConnection, message: &Message) -> Said {
    let envelope = message.envelope();
    if envelope.to().iter().any(|to| !AsRef::<str>::as_ref(to).is_ascii()) {
        return Said::Never("the address has letters that email addresses can't have".to_owned());
    }
    if let Err(said) = announce(connection, envelope).await {
        return said;
    }

    // From here on the mail server may take it, even if its answer never arrives.
    match timeout(PATIENCE_AFTER_TEXT, connection.message(&message.formatted())).await {
        Ok(Ok(_)) => Said::Taken,
        Ok(Err(error)) if error.is_permanent() => Said::Never(words(&error)),
        Ok(Err(error)) if error.is_transient() => Said::Later(words(&error)),
        Ok(Err(error)) => Said::Unknown(words(&error)),
        Err(_) => Said::Unknown("the mail server gave no answer to the text".to_owned()),
    }
}

/// Says from whom and to whom, up to the text.
async fn announce(connection: &mut AsyncSmtpConnection, envelope: &Envelope) -> Result<(), Said> {
    let from = Mail::new(envelope.from().cloned(), Vec::new());
    // A sender that is refused is a mistake of this worker, not of the record.
    told(connection.command(from)).await.map_err(|error| Said::Later(error.0))?;
    for to in envelope.to() {
        let refused = |(words, permanent)| if permanent { Said::Never(words) } else { Said::Later(words) };
        told(connection.command(Rcpt::new(to.clone(), Vec::new()))).await.map_err(refused)?;
    }
    told(connection.command(Data)).await.map_err(|error| Said::Later(error.0))
}

/// Returns why a command wasn't followed, and whether it never will be.
async fn told<T>(answer: impl Future<Output = Result<T, Error>>) -> Result<(), (String, bool)> {
    match timeout(PATIENCE, answer).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err((words(&error), error.is_permanent())),
        Err(_) => Err(("the mail server gave no answer".to_owned(), false)),
    }
}

/// Returns what the mail server said, with its code first.
fn words(error: &Error) -> String {
    let said = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
    let said = error.status().map_or(said.clone(), |code| format!("{code} {said}"));
    said.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(500).collect()
}
