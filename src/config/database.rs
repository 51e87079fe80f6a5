//! What a database URL says about encryption.

use sqlx::postgres::{PgConnectOptions, PgSslMode};

/// The host if it is reached over a network without enforced TLS; none if it is this machine or the
/// connection is encrypted.
pub(super) fn open_host(options: &PgConnectOptions) -> Option<&str> {
    let encrypted =
        matches!(options.get_ssl_mode(), PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull);
    let host = options.get_host();
    let local = options.get_socket().is_some()
        || host.starts_with('/')
        || host == "localhost"
        || host.trim_matches(['[', ']']).parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    (!encrypted && !local).then_some(host)
}
