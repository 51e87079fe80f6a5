//! The page where people unsubscribe, in front of everything else on the port. A mail program does
//! it with one POST (RFC 8058). A person who follows the link sees a button first: programs that
//! look at every link of an email must not unsubscribe anybody.

use std::collections::HashMap;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures::future::{BoxFuture, Either};
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use tonic::body::Body;
use tower::{Layer, Service};
use uuid::Uuid;

use super::links::{self, Claim};
use crate::domain::id::OrganizationId;
use crate::engine::{Engine, Error};
use crate::store::together::{Source, Together};
use crate::store::{self, Part, Store, emails};

/// The page shows text and sends its own form, nothing else.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const ASKS: &str = "<p>You get no more emails from this sender.</p>\
    <form method=\"post\"><button name=\"List-Unsubscribe\" value=\"One-Click\">Unsubscribe</button></form>";
const DONE: &str = "<p>You are unsubscribed.</p>";
const UNKNOWN: &str = "<p>This link isn't valid.</p>";
const FAILED: &str = "<p>That didn't work. Please try again in a minute.</p>";

/// Serves the page.
#[derive(Clone, Debug)]
pub struct UnsubscribeLayer {
    page: Arc<Page>,
}

#[derive(Debug)]
struct Page {
    engine: Engine,
    keys: Together<Keys>,
}

/// The keys with which organizations sign their links.
struct Keys(Store);

impl Source for Keys {
    type Key = OrganizationId;
    type Found = Vec<u8>;

    // A stranger can name any organization. So all share statements: else each name would take a
    // connection before its signature can be checked.
    fn organization(_: &OrganizationId) -> OrganizationId {
        STRANGERS
    }

    async fn read(
        &self,
        organizations: &[OrganizationId],
    ) -> Result<HashMap<OrganizationId, Vec<u8>>, store::Error> {
        let read = async { emails::keys(&mut *self.0.read(STRANGERS).await?, organizations).await };
        self.0.while_answered(Part::Transaction, read).await?
    }
}

/// Whoever has shown no valid link yet.
const STRANGERS: OrganizationId = OrganizationId(Uuid::nil());

impl UnsubscribeLayer {
    /// Serves the page with this engine.
    pub fn new(engine: Engine) -> Self {
        let keys = Together::new(Keys(engine.store().clone()));
        Self { page: Arc::new(Page { engine, keys }) }
    }
}

impl<S> Layer<S> for UnsubscribeLayer {
    type Service = Unsubscribe<S>;

    fn layer(&self, service: S) -> Unsubscribe<S> {
        Unsubscribe { page: self.page.clone(), service }
    }
}

/// A service with the page in front of it.
#[derive(Clone, Debug)]
pub struct Unsubscribe<S> {
    page: Arc<Page>,
    service: S,
}

impl<S> Service<Request<Body>> for Unsubscribe<S>
where
    S: Service<Request<Body>, Response = Response<Body>>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Either<BoxFuture<'static, Result<Response<Body>, S::Error>>, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let token = request.uri().path().strip_prefix(links::PATH).map(str::to_owned);
        match token {
            Some(token) => {
                let (page, method) = (self.page.clone(), request.method().clone());
                Either::Left(Box::pin(async move { Ok(page.answer(&method, &token).await) }))
            }
            None => Either::Right(self.service.call(request)),
        }
    }
}

impl Page {
    async fn answer(&self, method: &Method, token: &str) -> Response<Body> {
        let claim = match self.claim(token).await {
            Ok(Some(claim)) => claim,
            Ok(None) => return page(StatusCode::NOT_FOUND, UNKNOWN),
            Err(error) => return failed(&error),
        };
        match *method {
            Method::GET => page(StatusCode::OK, ASKS),
            Method::POST => match self.unsubscribe(claim).await {
                Ok(()) => page(StatusCode::OK, DONE),
                Err(error) => failed(&error),
            },
            _ => page(StatusCode::METHOD_NOT_ALLOWED, UNKNOWN),
        }
    }

    /// Reads a token, and checks its signature.
    async fn claim(&self, token: &str) -> Result<Option<Claim>, Error> {
        let Some(claim) = Claim::read(token) else { return Ok(None) };
        let key = self.keys.get_one(claim.organization).await?;
        Ok(key.filter(|key| claim.is_signed_by(key)).map(|_| claim))
    }

    async fn unsubscribe(&self, claim: Claim) -> Result<(), Error> {
        let unsubscribes = self.engine.unsubscribe(claim.organization, claim.activity);
        self.engine.store().while_answered(Part::Whole, unsubscribes).await?
    }
}

fn failed(error: &Error) -> Response<Body> {
    tracing::warn!(error = %error, "somebody couldn't be unsubscribed");
    page(StatusCode::SERVICE_UNAVAILABLE, FAILED)
}

fn page(status: StatusCode, content: &str) -> Response<Body> {
    let head = "<!doctype html><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
        <meta name=\"robots\" content=\"noindex\"><title>Unsubscribe</title>";
    let mut response = Response::new(Body::new(format!("{head}{content}")));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
