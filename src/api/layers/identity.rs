//! Authentication and authorization: turns the bearer token into a caller and checks the role table
//! before any service sees the request.

use std::collections::HashMap;
use std::task::{Context, Poll};

use futures::future::BoxFuture;
use http::{HeaderMap, header};
use tonic::Status;
use tonic::body::Body;
use tower::{Layer, Service};

use crate::api::layers::rate_limit::RateLimits;
use crate::api::roles::{self, Access};
use crate::api::status;
use crate::clock::Clock;
use crate::domain::api_key::ApiKey;
use crate::domain::caller::Caller;
use crate::engine::Secret;
use crate::store::tenants::api_keys::SecretKey;
use crate::store::together::{Source, Together};
use crate::store::{self, Part, Store, tenants};

/// Looks up keys. Concurrent callers share one query, but every call asks, so that revoking a key
/// takes effect at once.
#[derive(Clone, Debug)]
pub struct Identity {
    /// What calls use.
    calls: Store,
    keys: Together<Keys>,
    clock: Clock,
}

/// Keys, looked up by their secrets.
struct Keys(Store);

impl Source for Keys {
    type Key = SecretKey;
    type Found = ApiKey;

    async fn read(&self, secrets: &[SecretKey]) -> Result<HashMap<SecretKey, ApiKey>, store::Error> {
        let read =
            async { tenants::api_keys::find_by_secrets(&mut *self.0.connection().await?, secrets).await };
        self.0.while_answered(Part::Transaction, read).await?
    }
}

/// The full name of the called RPC, like `upnext.v1.SellerService/GetSeller`.
#[derive(Clone, Copy, Debug)]
pub struct Method(pub &'static str);

impl Identity {
    /// Reads keys from `reads`, and bounds calls by the answers of `calls`. `clock` decides which
    /// keys have expired.
    pub fn new(reads: Store, calls: Store, clock: Clock) -> Self {
        Self { keys: Together::new(Keys(reads)), calls, clock }
    }

    /// Identifies the caller of `path` and checks the role. None if the path is open to everyone.
    async fn admit(&self, path: &str, headers: &HeaderMap) -> Result<Option<(Caller, Method)>, Status> {
        let Some((method, access)) = roles::access(path) else {
            // No such RPC: the router answers UNIMPLEMENTED.
            return Ok(None);
        };
        if access == Access::Open {
            return Ok(None);
        }
        let caller = narrow(access, self.caller(headers).await?)?;
        Ok(Some((caller, Method(method))))
    }

    /// The caller that the token in `headers` belongs to.
    async fn caller(&self, headers: &HeaderMap) -> Result<Caller, Status> {
        // A malformed token gets the same answer as an unknown one.
        let secret = bearer(headers).and_then(Secret::parse).ok_or_else(status::unauthenticated)?;
        let key = self.keys.get_one((secret.organization(), secret.hash())).await?;
        key.and_then(|key| key.caller(self.clock.now())).ok_or_else(status::unauthenticated)
    }
}

/// The caller with the roles that admit to `method`. Asked again while a stream is open.
///
/// # Errors
/// No role does.
pub(in crate::api) fn admitted(method: Method, caller: Caller) -> Result<Caller, Status> {
    // The table has paths, which start with a slash.
    let (_, access) = roles::access(&format!("/{}", method.0)).ok_or_else(status::unauthenticated)?;
    narrow(access, caller)
}

fn narrow(access: Access, caller: Caller) -> Result<Caller, Status> {
    let refused = || {
        let allowed = match access {
            Access::Roles(allowed) => allowed,
            Access::Open | Access::AnyRole => &[],
        };
        status::role_required(allowed)
    };
    caller.narrowed(|role| roles::allows(access, role)).ok_or_else(refused)
}

/// Identifies the caller and counts the call against the rate limit.
async fn admit(
    identity: &Identity,
    rates: &RateLimits,
    path: &str,
    headers: &HeaderMap,
) -> Result<Option<(Caller, Method)>, Status> {
    let admitted = identity.admit(path, headers).await?;
    if let Some((caller, _)) = &admitted {
        rates.take(caller.organization)?;
    }
    Ok(admitted)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Puts [`Caller`] and [`Method`] into each request's extensions, or refuses the request.
#[derive(Clone, Debug)]
pub struct IdentityLayer {
    identity: Identity,
    rates: RateLimits,
}

impl IdentityLayer {
    /// Admits callers that `identity` knows, as often as `rates` allows.
    pub fn new(identity: Identity, rates: RateLimits) -> Self {
        Self { identity, rates }
    }
}

impl<S> Layer<S> for IdentityLayer {
    type Service = Identified<S>;

    fn layer(&self, service: S) -> Identified<S> {
        Identified { identity: self.identity.clone(), rates: self.rates.clone(), service }
    }
}

/// A service whose requests carry their caller.
#[derive(Clone, Debug)]
pub struct Identified<S> {
    identity: Identity,
    rates: RateLimits,
    service: S,
}

impl<S> Service<http::Request<Body>> for Identified<S>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = http::Response<Body>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Self::Response, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, mut request: http::Request<Body>) -> Self::Future {
        let (identity, rates) = (self.identity.clone(), self.rates.clone());
        // Only the original was polled for readiness, so it takes the request, and the clone stays.
        let clone = self.service.clone();
        let mut service = std::mem::replace(&mut self.service, clone);

        Box::pin(async move {
            let calls = identity.calls.clone();
            // Give up when the database stops answering, so that callers get UNAVAILABLE at once.
            let answered = calls.while_answered(Part::Whole, async move {
                match admit(&identity, &rates, request.uri().path(), request.headers()).await {
                    Ok(Some((caller, method))) => {
                        request.extensions_mut().insert(caller);
                        request.extensions_mut().insert(method);
                    }
                    Ok(None) => {}
                    Err(refused) => return Ok(refused.into_http()),
                }
                service.call(request).await
            });
            // This covers the response's headers only: a stream's messages come later, for as long
            // as it lives.
            answered.await.unwrap_or_else(|gone| Ok(Status::from(gone).into_http()))
        })
    }
}
