//! A call, as transactions see it.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::caller::Caller;

/// Who calls, when, which RPC, and how a repetition of the call is recognized.
#[derive(Clone, Debug)]
pub struct Request {
    /// The caller.
    pub caller: Caller,
    /// The instant of the request.
    pub now: DateTime<Utc>,
    /// The full name of the RPC, like `upnext.v1.SellerService/CreateSeller`.
    pub method: &'static str,
    /// The address of the peer that called, which may be a proxy's. `None` within this server.
    pub peer: Option<IpAddr>,
    /// How a repetition is recognized. `None` if the call has no `request_id`: then every call is a
    /// new one.
    pub repetition: Option<Repetition>,
}

/// The caller's id for a request, with a hash of the request's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repetition {
    /// The `request_id`.
    pub request_id: Uuid,
    /// A hash of the request without its id. The same id with other content is refused.
    pub fingerprint: [u8; 32],
}
