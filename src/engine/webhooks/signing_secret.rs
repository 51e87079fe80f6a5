//! The secret that signs what a webhook sends. It is kept as it is, because it signs; it is shown
//! once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The number of random bytes, which the convention wants from 24 to 64.
const RANDOM: usize = 32;

/// A secret like `whsec_…`. Its `Debug` output hides it, so it never gets into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret(String);

impl SigningSecret {
    /// Creates a new secret.
    pub fn mint() -> Self {
        let random: [u8; RANDOM] = rand::random();
        Self(format!("whsec_{}", STANDARD.encode(random)))
    }

    /// Returns the text, to be shown once.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SigningSecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SigningSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_signs_is_new_each_time_and_hidden() {
        let (one, two) = (SigningSecret::mint(), SigningSecret::mint());
        assert_ne!(one, two);
        assert!(standardwebhooks::Webhook::new(one.expose()).is_ok());
        assert_eq!(format!("{one:?}"), "SigningSecret(…)");
    }
}
