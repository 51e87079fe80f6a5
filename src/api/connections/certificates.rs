//! The server's TLS identity, which is read again when its files change.

use std::fs;
use std::time::Duration;

use tonic::transport::{Certificate, Identity, ServerTlsConfig};

use crate::config::Tls;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(2);

/// The server's certificate and key, and the authority for client certificates.
#[derive(Clone, Debug)]
pub struct Certificates {
    files: Tls,
    used: Texts,
    /// What the files say that can't be used, so that the log says so once.
    refused: Option<Texts>,
}

/// What the files say.
#[derive(Clone, PartialEq, Eq)]
struct Texts {
    certificate: Vec<u8>,
    key: Vec<u8>,
    client_authority: Option<Vec<u8>>,
}

impl Certificates {
    /// Reads the files.
    ///
    /// # Errors
    /// One can't be read.
    pub fn read(files: Tls) -> std::io::Result<Self> {
        Ok(Self { used: Texts::read(&files)?, files, refused: None })
    }

    /// What a server needs of them.
    pub fn config(&self) -> ServerTlsConfig {
        let Texts { certificate, key, client_authority } = &self.used;
        let server = ServerTlsConfig::new().identity(Identity::from_pem(certificate, key));
        match client_authority {
            Some(authority) => server.client_ca_root(Certificate::from_pem(authority)),
            None => server,
        }
    }

    /// Waits until the files say something else that can be used.
    pub async fn changed(&mut self) {
        loop {
            tokio::time::sleep(LOOK).await;
            if self.look() {
                return;
            }
        }
    }

    /// Looks at the files. True if they say something else that can be used.
    fn look(&mut self) -> bool {
        // A file that is being replaced may be missing for a moment.
        let Ok(texts) = Texts::read(&self.files) else { return false };
        // What can't be used is looked at again only once it is different.
        if texts == self.used || self.refused.as_ref() == Some(&texts) {
            return false;
        }

        // The files are written one after the other, so they may not belong together yet.
        let problems = self.files.problems();
        if problems.is_empty() && Texts::read(&self.files).is_ok_and(|again| again == texts) {
            (self.used, self.refused) = (texts, None);
            tracing::info!("the TLS files have changed: new connections use them");
            return true;
        }
        self.refuse(texts, &problems);
        false
    }

    fn refuse(&mut self, texts: Texts, problems: &[(&'static str, String)]) {
        for (setting, problem) in problems {
            tracing::error!(
                setting,
                problem,
                "the TLS files have changed and can't be used; the old ones stay"
            );
        }
        // Without a problem they have changed again, and are looked at once more.
        self.refused = (!problems.is_empty()).then_some(texts);
    }
}

impl Texts {
    fn read(files: &Tls) -> std::io::Result<Self> {
        Ok(Self {
            certificate: fs::read(&files.certificate)?,
            key: fs::read(&files.key)?,
            client_authority: files.client_authority.as_ref().map(fs::read).transpose()?,
        })
    }
}

/// The key must not get into a log.
impl std::fmt::Debug for Texts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Texts(…)")
    }
}
