//! The page in the browser: three files, built into the program, in front of everything else on the
//! port.

use std::future::{Ready, ready};
use std::task::{Context, Poll};

use futures::future::Either;
use http::{HeaderValue, Method, Request, Response, header};
use tonic::body::Body;
use tower::{Layer, Service};

/// The page runs what this server serves, calls this server, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Serves the page at `/`, if it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct ConsoleLayer {
    /// Whether there is a page.
    pub serves: bool,
}

impl<S> Layer<S> for ConsoleLayer {
    type Service = Console<S>;

    fn layer(&self, service: S) -> Console<S> {
        Console { serves: self.serves, service }
    }
}

/// A service with a page in front of it.
#[derive(Clone, Debug)]
pub struct Console<S> {
    serves: bool,
    service: S,
}

impl<S> Service<Request<Body>> for Console<S>
where
    S: Service<Request<Body>, Response = Response<Body>>,
{
    type Response = Response<Body>;
    type Error = S::Error;
    type Future = Either<Ready<Result<Response<Body>, S::Error>>, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let asked = self.serves && request.method() == Method::GET;
        match asked.then(|| file(request.uri().path())).flatten() {
            Some((kind, content)) => Either::Left(ready(Ok(page(kind, content)))),
            None => Either::Right(self.service.call(request)),
        }
    }
}

/// A file of the page, and what it is.
fn file(path: &str) -> Option<(&'static str, &'static str)> {
    match path {
        "/" => {
            Some(("text/html; charset=utf-8", include_str!("../../clients/typescript/console/index.html")))
        }
        "/console.css" => {
            Some(("text/css; charset=utf-8", include_str!("../../clients/typescript/console/console.css")))
        }
        "/console.js" => Some((
            "text/javascript; charset=utf-8",
            include_str!("../../clients/typescript/console/console.js"),
        )),
        _ => None,
    }
}

fn page(kind: &'static str, content: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::new(content.to_owned()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // A newer server has a newer page.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;
    use tower::ServiceExt;

    async fn get(serves: bool, method: Method, path: &str) -> (http::HeaderMap, String) {
        let behind = tower::service_fn(|_: Request<Body>| async {
            Ok::<_, std::convert::Infallible>(Response::new(Body::new("behind".to_owned())))
        });
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let response = ConsoleLayer { serves }.layer(behind).oneshot(request).await.unwrap();
        let headers = response.headers().clone();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (headers, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_page_comes_with_a_policy_that_lets_nothing_else_in() {
        let (headers, body) = get(true, Method::GET, "/").await;
        assert!(body.starts_with("<!doctype html>"));
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], POLICY);
        assert!(!body.contains("<style") && !body.contains("onclick"), "what the policy wouldn't run");
    }

    #[tokio::test]
    async fn calls_and_servers_without_a_page_are_left_alone() {
        assert_eq!(get(false, Method::GET, "/").await.1, "behind");
        assert_eq!(get(true, Method::POST, "/").await.1, "behind");
        assert_eq!(get(true, Method::GET, "/upnext.v1.SellerService/ListSellers").await.1, "behind");
    }
}
