//! A call as transactions see it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::domain::caller::Caller;

/// Who asks, when, for what, and how a repetition is recognised.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who asks.
    pub caller: Caller,
    /// The instant of the request.
    pub now: DateTime<Utc>,
    /// The full name of the RPC, like `upnext.v1.SellerService/CreateSeller`.
    pub method: &'static str,
    /// How a repetition is recognised; none: every request is a new one.
    pub repetition: Option<Repetition>,
}

/// A caller's own id for a request, and what it asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repetition {
    /// The `request_id`.
    pub request_id: Uuid,
    /// A hash of the request without its id: the same id with other content is refused.
    pub fingerprint: [u8; 32],
}
