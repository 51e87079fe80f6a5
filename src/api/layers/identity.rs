//! Who calls: the bearer token becomes a caller, and the table of roles is asked, before any service sees the request.

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
use crate::store::api_keys::SecretKey;
use crate::store::together::{Source, Together};
use crate::store::{self, Store, api_keys};

/// Knows the keys. Callers who come together are looked up together: each call asks, so that a revoked key ends at once.
#[derive(Clone, Debug)]
pub struct Identity {
    store: Store,
    keys: Together<Keys>,
    clock: Clock,
}

/// The keys, by their secrets.
struct Keys(Store);

impl Source for Keys {
    type Key = SecretKey;
    type Found = ApiKey;

    async fn read(&self, secrets: &[SecretKey]) -> Result<HashMap<SecretKey, ApiKey>, store::Error> {
        api_keys::find_by_secrets(&mut *self.0.connection().await?, secrets).await
    }
}

/// The full name of the RPC that is being called, like `upnext.v1.SellerService/GetSeller`.
#[derive(Clone, Copy, Debug)]
pub struct Method(pub &'static str);

impl Identity {
    /// Reads keys from `store`; `clock` says which have expired.
    pub fn new(store: Store, clock: Clock) -> Self {
        Self { keys: Together::new(Keys(store.clone())), store, clock }
    }

    /// Finds out who calls `path`, and whether they may. None: the path is open to anybody.
    async fn admit(&self, path: &str, headers: &HeaderMap) -> Result<Option<(Caller, Method)>, Status> {
        let Some((method, access)) = roles::access(path) else {
            // Not served: the router answers UNIMPLEMENTED.
            return Ok(None);
        };
        if access == Access::Open {
            return Ok(None);
        }
        let caller = self.caller(headers).await?;
        check_access(access, &caller)?;
        Ok(Some((caller, Method(method))))
    }

    /// The caller whose token is in `headers`.
    async fn caller(&self, headers: &HeaderMap) -> Result<Caller, Status> {
        let secret = bearer(headers).and_then(Secret::parse).ok_or_else(status::unauthenticated)?;
        let key = self.keys.get_one((secret.organization(), secret.hash())).await?;
        key.and_then(|key| key.caller(self.clock.now())).ok_or_else(status::unauthenticated)
    }
}

/// Whether this caller may call `method`: asked again while a stream is open.
pub(in crate::api) fn check_role(method: Method, caller: &Caller) -> Result<(), Status> {
    let (_, access) = roles::access(&format!("/{}", method.0)).ok_or_else(status::unauthenticated)?;
    check_access(access, caller)
}

fn check_access(access: Access, caller: &Caller) -> Result<(), Status> {
    if let Access::Roles(allowed) = access
        && !roles::allows(access, &caller.roles)
    {
        let allowed: Vec<_> = allowed.iter().map(|role| role.as_str()).collect();
        return Err(status::role_required(&allowed));
    }
    Ok(())
}

/// Finds out who calls, and counts the call.
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

/// Puts [`Caller`] and [`Method`] into each request's extensions, or answers in the service's place.
#[derive(Clone, Debug)]
pub struct IdentityLayer {
    identity: Identity,
    rates: RateLimits,
}

impl IdentityLayer {
    /// Admits whom `identity` knows, as often as `rates` allows.
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

/// A service whose requests come with their caller.
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
        // The clone was not asked whether it is ready; the one that was goes with the request.
        let clone = self.service.clone();
        let mut service = std::mem::replace(&mut self.service, clone);
        Box::pin(async move {
            let store = identity.store.clone();
            let answered = store.while_answered(async move {
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
            // Messages of a stream come after this, and for as long as the stream lives.
            answered.await.unwrap_or_else(|gone| Ok(Status::from(gone).into_http()))
        })
    }
}
