//! What every service needs of a call: who calls, when, which RPC, and how a repetition is recognised.

use chrono::{DateTime, Utc};
use tonic::Status;

use super::activity_reads::ActivityReads;
use super::identity::{Identity, Method};
use super::watch::Live;
use super::{repetition, status, validate};
use crate::domain::caller::Caller;
use crate::domain::condition::{Condition, Subject};
use crate::domain::id::OrganizationId;
use crate::domain::settings::Settings;
use crate::domain::violation::Violations;
use crate::engine::{self, Engine, Repetition};
use crate::store::{Connection, organizations};

/// The gRPC edge: implements every service. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Api {
    /// What writes.
    pub engine: Engine,
    /// Who may still call while a stream is open.
    pub identity: Identity,
    /// What streams tell.
    pub live: Live,
    /// Activities and heads, read together.
    pub reads: ActivityReads,
}

/// One call.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who calls.
    pub caller: Caller,
    /// The instant of the call.
    pub now: DateTime<Utc>,
    /// The RPC.
    pub method: Method,
}

impl Api {
    /// Takes a request apart: the call, and its message.
    ///
    /// # Errors
    /// The request didn't come through the identity layer, which is a mistake of ours: better refused than served.
    pub fn enter<T>(&self, request: tonic::Request<T>) -> Result<(Call, T), Status> {
        let (_, extensions, message) = request.into_parts();
        let caller = extensions.get::<Caller>().cloned().ok_or_else(status::unauthenticated)?;
        let method = *extensions.get::<Method>().ok_or_else(status::unauthenticated)?;
        Ok((Call { caller, now: self.engine.clock().now(), method }, message))
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Connection, Status> {
        Ok(self.engine.store().connection().await?)
    }

    /// The settings that checks at the edge go by; the engine checks again, inside its transaction.
    pub async fn settings(&self, organization: OrganizationId) -> Result<Settings, Status> {
        let mut conn = self.read().await?;
        let found = organizations::get(&mut conn, organization).await?;
        Ok(found.map(|organization| organization.settings).unwrap_or_default())
    }
}

impl Call {
    /// The tenant.
    pub fn organization(&self) -> OrganizationId {
        self.caller.organization
    }

    /// How a repetition of `rest` is recognised; its `request_id` was taken out of it. One that is no UUID is the finding of the rules in the
    /// proto, and not told again here.
    pub fn repetition(&self, request_id: &str, rest: &impl prost::Message) -> Option<Repetition> {
        repetition::of(request_id, rest).ok().flatten()
    }

    /// Checks a request against the options in its proto, and takes its `request_id` out: how a repetition is recognised, and all that is wrong.
    pub fn check<M: prost::Message + prost_reflect::ReflectMessage>(
        &self,
        message: &mut M,
        request_id: impl FnOnce(&mut M) -> &mut String,
    ) -> (Option<Repetition>, Violations) {
        let mut found = Violations::new();
        found.keep("", validate::check(message));
        let request_id = std::mem::take(request_id(message));
        let repetition = self.repetition(&request_id, message);
        (repetition, found)
    }

    /// What the engine is asked with.
    pub fn request(&self, repetition: Option<Repetition>) -> engine::Request {
        engine::Request { caller: self.caller.clone(), now: self.now, method: self.method.0, repetition }
    }
}

/// Reads a list's `filter`: none if it is empty.
pub fn filter(text: &str, subject: &Subject) -> Result<Option<Condition>, Violations> {
    if text.is_empty() { Ok(None) } else { Condition::check("filter", text, subject).map(Some) }
}
