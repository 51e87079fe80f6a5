//! One call: who makes it, when, which RPC it is, and how its repetitions are recognized.

use std::net::IpAddr;

use chrono::{DateTime, Utc};

use crate::api::layers::identity::Method;
use crate::api::{repetition, validate};
use crate::domain::caller::Caller;
use crate::domain::condition::{Condition, Subject};
use crate::domain::id::OrganizationId;
use crate::domain::violation::Violations;
use crate::engine::{self, Repetition};

/// One call.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who calls.
    pub caller: Caller,
    /// When the call arrived.
    pub now: DateTime<Utc>,
    /// The RPC.
    pub method: Method,
    /// Whether it came over HTTP/1.1, which can't tell whether the caller is still there.
    pub over_http1: bool,
    /// The address of the peer.
    pub peer: Option<IpAddr>,
}

impl Call {
    /// The caller's organization.
    pub fn organization(&self) -> OrganizationId {
        self.caller.organization
    }

    /// How repetitions of `rest` are recognized, from which `request_id` was removed. An id that
    /// isn't a UUID is reported by the rules in the proto, so it isn't reported again here.
    pub fn repetition(&self, request_id: &str, rest: &impl prost::Message) -> Option<Repetition> {
        repetition::of(request_id, rest).ok().flatten()
    }

    /// Checks a request against the options in its proto and takes its `request_id` out. Returns
    /// how repetitions are recognized, and every violation.
    pub fn check<M: prost::Message + prost_reflect::ReflectMessage>(
        &self,
        message: &mut M,
        request_id: impl FnOnce(&mut M) -> &mut String,
    ) -> (Option<Repetition>, Violations) {
        let found = validate::violations(message);
        // The fingerprint must cover everything but the id itself.
        let request_id = std::mem::take(request_id(message));
        let repetition = self.repetition(&request_id, message);
        (repetition, found)
    }

    /// The request as the engine takes it.
    pub fn request(&self, repetition: Option<Repetition>) -> engine::Request {
        let (caller, method, peer) = (self.caller.clone(), self.method.0, self.peer);
        engine::Request { caller, now: self.now, method, peer, repetition }
    }
}

/// Reads a list's `filter`; none if it is empty.
pub fn filter(text: &str, subject: &Subject) -> Result<Option<Condition>, Violations> {
    if text.is_empty() { Ok(None) } else { Condition::check("filter", text, subject).map(Some) }
}
