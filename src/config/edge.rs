//! Limits of connections, and of what is on its way through them.

use std::time::Duration;

use super::MINUTE;
use super::layers::Layers;

/// Limits of connections, and of what is on its way through them.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The most connections.
    pub connections: usize,
    /// The most connections from one address, or from one /64 network of IPv6.
    pub connections_per_address: usize,
    /// The most calls in progress on one connection, including streams.
    pub streams_per_connection: u32,
    /// The most streams that need no key: of health and reflection.
    pub open_streams: usize,
    /// How long a connection has for its first request, including TLS, and a request for its body.
    pub request_timeout: Duration,
    /// How long a client has to take a large message.
    pub answer_timeout: Duration,
    /// The most bytes in flight of one connection; half for requests, half for answers, like the
    /// limits below.
    pub bytes_per_connection: usize,
    /// The most bytes in flight of one organization.
    pub bytes_per_organization: usize,
    /// The most bytes in flight.
    pub bytes_in_flight: usize,
}

/// The same as in `config/defaults.toml`, which a test compares.
impl Default for Edge {
    fn default() -> Self {
        Self {
            connections: 8_192,
            connections_per_address: 4_096,
            streams_per_connection: 1_000,
            open_streams: 1_000,
            request_timeout: Duration::from_secs(10),
            answer_timeout: Duration::from_secs(60),
            bytes_per_connection: 32 << 20,
            bytes_per_organization: 64 << 20,
            bytes_in_flight: 160 << 20,
        }
    }
}

impl Layers {
    /// The limits of the edge.
    pub(super) fn edge(&mut self) -> Option<Edge> {
        let connections = self.within("connections", 10..=1_000_000);
        let connections_per_address = self.within("connections_per_address", 1..=1_000_000);
        let streams_per_connection = self.within("streams_per_connection", 10..=100_000);
        let open_streams = self.within("open_streams", 1..=1_000_000);

        let request_timeout = self.duration("request_timeout", Duration::from_secs(1)..=5 * MINUTE);
        let answer_timeout = self.duration("answer_timeout", Duration::from_secs(1)..=5 * MINUTE);

        let bytes = 1 << 20..=1 << 40;
        let bytes_per_connection = self.within("bytes_per_connection", bytes.clone());
        let bytes_per_organization = self.within("bytes_per_organization", bytes.clone());
        let bytes_in_flight = self.within("bytes_in_flight", bytes);

        Some(Edge {
            connections: connections?,
            connections_per_address: connections_per_address?,
            streams_per_connection: streams_per_connection?,
            open_streams: open_streams?,
            request_timeout: request_timeout?,
            answer_timeout: answer_timeout?,
            bytes_per_connection: bytes_per_connection?,
            bytes_per_organization: bytes_per_organization?,
            bytes_in_flight: bytes_in_flight?,
        })
    }

    /// The largest request and the largest answer must fit into a connection's rooms.
    pub(super) fn check_sizes(&mut self, max_message_bytes: Option<usize>, edge: &Option<Edge>) {
        if let (Some(message), Some(edge)) = (max_message_bytes, edge)
            && edge.bytes_per_connection / 2 < message
        {
            let twice = message.saturating_mul(2);
            let message = format!("must be at least twice max_message_bytes, {twice}");
            self.refuse("bytes_per_connection", message);
        }
    }
}
