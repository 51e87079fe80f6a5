//! Authentication and authorization: turns the bearer token (an API key, or a token of an identity
//! provider) into a caller and checks the role table before any service sees the request.

use std::collections::HashMap;
use std::sync::Arc;
use std::task::{Context, Poll};

use chrono::TimeDelta;
use futures::future::BoxFuture;
use http::{HeaderMap, header};
use tokio_util::sync::CancellationToken;
use tonic::Status;
use tonic::body::Body;
use tower::{Layer, Service};

use crate::api::layers::rate_limit::RateLimits;
use crate::api::layers::recent_keys::RecentKeys;
use crate::api::roles::{self, Access};
use crate::api::status;
use crate::api::tokens::{Claims, Tokens};
use crate::clock::Clock;
use crate::domain::caller::Caller;
use crate::engine::{Engine, Secret};
use crate::store::tenants::api_keys::{KnownKey, SecretKey};
use crate::store::tenants::principals::{Claimed, Standing};
use crate::store::together::{Source, Together};
use crate::store::{self, Part, Store, tenants};
use crate::wake::Wake;

/// Looks up keys and principals. A key is remembered for a second, unless this server hears that
/// keys have changed. Concurrent callers share one query.
#[derive(Clone, Debug)]
pub struct Identity {
    /// What calls use.
    engine: Engine,
    keys: Together<Keys>,
    recent: RecentKeys,
    wake: Wake,
    standings: Together<Standings>,
    /// Whose tokens are accepted; `None`: nobody's.
    tokens: Option<Tokens>,
}

/// Keys, looked up by their secrets.
struct Keys(Store);

impl Source for Keys {
    type Key = SecretKey;
    type Found = KnownKey;

    async fn read(&self, secrets: &[SecretKey]) -> Result<HashMap<SecretKey, KnownKey>, store::Error> {
        let read =
            async { tenants::api_keys::find_by_secrets(&mut *self.0.connection().await?, secrets).await };
        self.0.while_answered(Part::Transaction, read).await?
    }
}

/// How often the last uses of keys are noted.
const USES_NOTED: TimeDelta = TimeDelta::minutes(1);

/// What the database knows of callers with tokens.
struct Standings(Store);

impl Source for Standings {
    type Key = Claimed;
    type Found = Standing;

    async fn read(&self, claims: &[Claimed]) -> Result<HashMap<Claimed, Standing>, store::Error> {
        let read = async { tenants::principals::standings(&mut *self.0.connection().await?, claims).await };
        self.0.while_answered(Part::Transaction, read).await?
    }
}

/// What a caller shows, before the database is asked whose it is.
#[derive(Debug)]
enum Shown {
    Key(SecretKey),
    Token(Arc<Claims>),
}

/// The full name of the called RPC, like `upnext.v1.SellerService/GetSeller`.
#[derive(Clone, Copy, Debug)]
pub struct Method(pub &'static str);

impl Identity {
    /// Reads keys and principals from `reads`; `engine` serves the calls, and `wake` tells when
    /// keys have changed.
    pub fn new(reads: Store, engine: Engine, wake: Wake, tokens: Option<Tokens>) -> Self {
        let (keys, standings) = (Together::new(Keys(reads.clone())), Together::new(Standings(reads)));
        Self { engine, keys, recent: RecentKeys::default(), wake, standings, tokens }
    }

    /// Notes once a minute when keys were used, until `stop`.
    pub async fn run(&self, stop: CancellationToken) {
        let noting = async {
            loop {
                self.clock().sleep_until(self.clock().now() + USES_NOTED).await;
                self.note_uses().await;
            }
        };
        stop.run_until_cancelled(noting).await;
        self.note_uses().await;
    }

    async fn note_uses(&self) {
        let uses = self.recent.take_uses();
        // Lost uses are noted with the next ones.
        if let Err(error) = self.engine.note_key_uses(&uses).await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "the last use of keys couldn't be noted");
        }
    }

    /// What the caller of `path` shows. None if the path is open to everyone.
    async fn shown(&self, path: &str, headers: &HeaderMap) -> Result<Option<Shown>, Status> {
        // No such RPC: the router answers UNIMPLEMENTED.
        if roles::access(path).is_none_or(|(_, access)| access == Access::Open) {
            return Ok(None);
        }
        // A malformed key gets the same answer as an unknown one.
        let text = bearer(headers).ok_or_else(status::unauthenticated)?;
        if let Some(secret) = Secret::parse(text) {
            return Ok(Some(Shown::Key((secret.organization(), secret.hash()))));
        }
        let tokens = self.tokens.as_ref().ok_or_else(status::unauthenticated)?;
        // Boxed because most callers have keys: their futures would have room for it otherwise.
        let claims = Box::pin(tokens.claims(text)).await.map_err(status::token_refused)?;
        Ok(Some(Shown::Token(claims)))
    }

    /// Identifies the caller of `path` and checks the role.
    async fn admit(&self, path: &str, shown: Shown) -> Result<(Caller, Method), Status> {
        let (method, access) = roles::access(path).ok_or_else(status::unauthenticated)?;
        let caller = match shown {
            Shown::Key(secret) => self.key_caller(secret).await?,
            Shown::Token(claims) => Box::pin(self.token_caller(&claims)).await?,
        };
        Ok((narrow(access, caller)?, Method(method)))
    }

    async fn key_caller(&self, secret: SecretKey) -> Result<Caller, Status> {
        // Before the key is read: what changes meanwhile counts as changed after that.
        let (now, epoch) = (self.clock().now(), self.wake.keys_epoch());
        let known = match self.recent.find(&secret, now, epoch) {
            Some(key) => key,
            None => {
                let found = self.keys.get_one(secret).await?.ok_or_else(status::unauthenticated)?;
                self.recent.keep(secret, found, now, epoch)
            }
        };
        let caller = known.key.caller(self.clock().now()).ok_or_else(status::unauthenticated)?;
        if known.suspended {
            return Err(status::organization_suspended());
        }
        self.recent.note_use(&known.key, now);
        Ok(caller)
    }

    async fn token_caller(&self, claims: &Claims) -> Result<Caller, Status> {
        let standing = self.standings.get_one(claims.claimed()).await?;
        let caller = claims.caller(standing).map_err(status::token_refused)?;
        if standing.is_some_and(|standing| standing.suspended) {
            return Err(status::organization_suspended());
        }
        // Only at its first call. A name is needed before anything is done in it.
        if standing.is_some_and(|standing| !standing.known) {
            self.engine.meet_principal(&claims.principal, self.clock().now()).await?;
        }
        Ok(caller)
    }

    fn clock(&self) -> &Clock {
        self.engine.clock()
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
    shown: Shown,
) -> Result<(Caller, Method), Status> {
    let admitted = identity.admit(path, shown).await?;
    rates.take(admitted.0.organization)?;
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
            // Comes before the database is asked: a provider's keys may have to be fetched.
            let shown = match identity.shown(request.uri().path(), request.headers()).await {
                Ok(shown) => shown,
                Err(refused) => return Ok(refused.into_http()),
            };
            let calls = identity.engine.store().clone();
            // Give up when the database stops answering, so that callers get UNAVAILABLE at once.
            let answered = calls.while_answered(Part::Whole, async move {
                if let Some(shown) = shown {
                    match admit(&identity, &rates, request.uri().path(), shown).await {
                        Ok((caller, method)) => {
                            request.extensions_mut().insert(caller);
                            request.extensions_mut().insert(method);
                        }
                        Err(refused) => return Ok(refused.into_http()),
                    }
                }
                service.call(request).await
            });
            // This covers the response's headers only: a stream's messages come later, for as long
            // as it lives.
            answered.await.unwrap_or_else(|gone| Ok(Status::from(gone).into_http()))
        })
    }
}
