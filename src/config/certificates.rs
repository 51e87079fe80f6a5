//! Checks, before anything is served, that the files of a TLS identity can be used.

use std::fs;
use std::path::Path;

use rustls::crypto::ring::default_provider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

use super::Tls;
use super::layers::Layers;

impl Layers {
    /// The server's identity; `None`: no TLS.
    pub(super) fn tls(&mut self) -> Option<Tls> {
        let certificate = self.file("tls_certificate");
        let key = self.file("tls_key");
        let client_authority = self.file("tls_client_authority");

        match (certificate, key) {
            (Some(certificate), Some(key)) => {
                let tls = Tls { certificate, key, client_authority };
                for (key, message) in problems(&tls) {
                    self.refuse(key, message);
                }
                return Some(tls);
            }
            // A key that is set but unreadable was reported as such.
            (Some(_), None) if !self.has("tls_key") => {
                self.refuse("tls_key", "must be set with tls_certificate")
            }
            (None, Some(_)) if !self.has("tls_certificate") => {
                self.refuse("tls_certificate", "must be set with tls_key");
            }
            (None, None) if client_authority.is_some() => {
                self.refuse("tls_client_authority", "needs tls_certificate and tls_key");
            }
            _ => {}
        }
        None
    }
}

impl Tls {
    /// What is wrong with the files, each problem with its setting.
    pub fn problems(&self) -> Vec<(&'static str, String)> {
        problems(self)
    }
}

/// All problems, each with its setting. Files that can't be opened were reported earlier.
fn problems(tls: &Tls) -> Vec<(&'static str, String)> {
    let mut problems = Vec::new();
    let chain = certificates(&tls.certificate, "tls_certificate", &mut problems);
    let key = private_key(&tls.key, &mut problems);
    if let Some(path) = &tls.client_authority {
        certificates(path, "tls_client_authority", &mut problems);
    }
    if let (Some(chain), Some(key)) = (chain, key)
        && let Err(error) = CertifiedKey::from_der(chain, key, &default_provider())
    {
        problems.push(("tls_key", format!("doesn't belong to tls_certificate: {error}")));
    }
    problems
}

fn certificates(
    path: &Path,
    setting: &'static str,
    problems: &mut Vec<(&'static str, String)>,
) -> Option<Vec<CertificateDer<'static>>> {
    // Files that cannot be opened were reported earlier.
    let text = fs::read(path).ok()?;
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    let chain = read.unwrap_or_default();

    // An unreadable block and a file without any look the same to the reader.
    if chain.is_empty() {
        problems.push((setting, format!("{} holds no certificate (PEM)", path.display())));
        return None;
    }
    Some(chain)
}

fn private_key(path: &Path, problems: &mut Vec<(&'static str, String)>) -> Option<PrivateKeyDer<'static>> {
    let text = fs::read(path).ok()?;
    if is_open_to_all(path) {
        problems.push((
            "tls_key",
            format!("{} is readable by everyone on this machine: run chmod o= on it", path.display()),
        ));
    }
    let key = PrivateKeyDer::from_pem_slice(&text).ok();
    if key.is_none() {
        problems.push(("tls_key", format!("{} holds no private key (PEM)", path.display())));
    }
    key
}

fn is_open_to_all(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o004 != 0)
}
