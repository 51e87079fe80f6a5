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
use uuid::Uuid;

use crate::api::layers::rate_limit::RateLimits;
use crate::api::layers::recent_keys::RecentKeys;
use crate::api::roles::{self, Access};
use crate::api::status;
use crate::api::tokens::{Claims, Tokens};
use crate::clock::Clock;
use crate::domain::caller::Caller;
use crate::domain::id::OrganizationId;
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

    // A stranger can name any organization. So all share statements: else each name would cost one.
    fn organization(_: &SecretKey) -> OrganizationId {
        OrganizationId(Uuid::nil())
    }

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

    fn organization(claim: &Claimed) -> OrganizationId {
        claim.organization
    }

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

    /// Identifies the caller of `path` and checks the role. `None` if the database has to be asked:
    /// nobody has shown this key within the last second.
    fn admit_at_once(&self, path: &str, headers: &HeaderMap) -> Option<Result<(Caller, Method), Status>> {
        let (method, access) = roles::access(path).filter(|(_, access)| *access != Access::Open)?;
        let secret = Secret::parse(bearer(headers)?)?;
        let (now, epoch) = (self.clock().now(), self.wake.keys_epoch());
        let known = self.recent.find(&(secret.organization(), secret.hash()), now, epoch)?;
        let caller = self.key_caller(&known).and_then(|caller| narrow(access, caller));
        Some(caller.map(|caller| (caller, Method(method))))
    }

    /// Like [`Self::admit_at_once`], but asks the database.
    async fn admit(&self, path: &str, shown: Shown) -> Result<(Caller, Method), Status> {
        let (method, access) = roles::access(path).ok_or_else(status::unauthenticated)?;
        let caller = match shown {
            Shown::Key(secret) => {
                let known = self.read_key(secret).await?;
                self.key_caller(&known)?
            }
            Shown::Token(claims) => Box::pin(self.token_caller(&claims)).await?,
        };
        Ok((narrow(access, caller)?, Method(method)))
    }

    async fn read_key(&self, secret: SecretKey) -> Result<Arc<KnownKey>, Status> {
        // Before the key is read: what changes meanwhile counts as changed after that.
        let (now, epoch) = (self.clock().now(), self.wake.keys_epoch());
        let found = self.keys.get_one(secret).await?.ok_or_else(status::unauthenticated)?;
        Ok(self.recent.keep(secret, found, now, epoch))
    }

    fn key_caller(&self, known: &KnownKey) -> Result<Caller, Status> {
        let now = self.clock().now();
        let caller = known.key.caller(now).ok_or_else(status::unauthenticated)?;
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

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// What stands before all services: it knows callers, and how often they may call.
#[derive(Debug)]
struct Gate {
    identity: Identity,
    rates: RateLimits,
}

impl Gate {
    /// Identifies the caller and counts the call against the rate limit. `None` if the path is open
    /// to everyone.
    async fn admit(&self, path: &str, headers: &HeaderMap) -> Result<Option<(Caller, Method)>, Status> {
        let admitted = match self.identity.admit_at_once(path, headers) {
            Some(admitted) => Some(admitted?),
            // Boxed because most callers call often: the future would have room for it otherwise.
            None => Box::pin(self.ask(path, headers)).await?,
        };
        if let Some((caller, _)) = &admitted {
            self.rates.take(caller.organization)?;
        }
        Ok(admitted)
    }

    async fn ask(&self, path: &str, headers: &HeaderMap) -> Result<Option<(Caller, Method)>, Status> {
        // Comes before the database is asked: a provider's keys may have to be fetched.
        let Some(shown) = self.identity.shown(path, headers).await? else { return Ok(None) };
        let admitted = self.store().while_answered(Part::Whole, self.identity.admit(path, shown));
        Ok(Some(admitted.await??))
    }

    /// What calls use.
    fn store(&self) -> &Store {
        self.identity.engine.store()
    }
}

/// Puts [`Caller`] and [`Method`] into each request's extensions, or refuses the request.
#[derive(Clone, Debug)]
pub struct IdentityLayer(Arc<Gate>);

impl IdentityLayer {
    /// Admits callers that `identity` knows, as often as `rates` allows.
    pub fn new(identity: Identity, rates: RateLimits) -> Self {
        Self(Arc::new(Gate { identity, rates }))
    }
}

impl<S> Layer<S> for IdentityLayer {
    type Service = Identified<S>;

    fn layer(&self, service: S) -> Identified<S> {
        Identified { gate: self.0.clone(), service }
    }
}

/// A service whose requests carry their caller.
#[derive(Clone, Debug)]
pub struct Identified<S> {
    gate: Arc<Gate>,
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

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        // Only the original was polled for readiness, so it takes the request, and the clone stays.
        let clone = self.service.clone();
        let service = std::mem::replace(&mut self.service, clone);
        Box::pin(identified(self.gate.clone(), service, request))
    }
}

async fn identified<S>(
    gate: Arc<Gate>,
    mut service: S,
    mut request: http::Request<Body>,
) -> Result<http::Response<Body>, S::Error>
where
    S: Service<http::Request<Body>, Response = http::Response<Body>>,
{
    match gate.admit(request.uri().path(), request.headers()).await {
        Ok(Some((caller, method))) => {
            request.extensions_mut().insert(caller);
            request.extensions_mut().insert(method);
        }
        Ok(None) => {}
        Err(refused) => return Ok(refused.into_http()),
    }

    // Give up when the database stops answering, so that callers get UNAVAILABLE at once. This
    // covers the response's headers only: a stream's messages come later, for as long as it lives.
    let answered = gate.store().while_answered(Part::Whole, service.call(request)).await;
    answered.unwrap_or_else(|gone| Ok(Status::from(gone).into_http()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::layers::in_flight::InFlight;

    fn size<F, A, B, C>(_: impl FnOnce(A, B, C) -> F) -> usize {
        size_of::<F>()
    }

    #[test]
    fn the_future_of_a_call_is_small_because_it_is_moved_into_its_box() {
        let size = size(identified::<InFlight<tonic::service::Routes>>);
        println!("{size} bytes");
        assert!(size <= 1_024, "{size} bytes");
    }
}
