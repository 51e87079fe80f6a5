//! Calls that are repeated until they are answered. Each carries a `request_id`, so that a
//! repetition does nothing twice.

use std::time::Duration;

use tonic::{Code, Request, Response, Status};

use crate::cli::client::readable;

/// How long a server has for an answer, beyond what it was asked to wait.
const PATIENCE: Duration = Duration::from_secs(30);
/// The wait before the second attempt; it doubles up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(8);

/// How a call was refused.
pub(super) enum Refused {
    /// It is about this activity alone, and others may do.
    Here(String),
    /// No call will do: the key stopped working, or has another role.
    Always(anyhow::Error),
}

/// Makes a call, and repeats it while the server can't be reached.
pub(super) async fn answered<M: Clone, A, F: Future<Output = Result<Response<A>, Status>>>(
    message: &M,
    mut call: impl FnMut(Request<M>) -> F,
) -> Result<A, Refused> {
    let mut wait = FIRST_WAIT;
    loop {
        let mut request = Request::new(message.clone());
        request.set_timeout(PATIENCE);
        let status = match call(request).await {
            Ok(answer) => return Ok(answer.into_inner()),
            Err(status) => status,
        };
        match status.code() {
            Code::Unavailable
            | Code::DeadlineExceeded
            | Code::ResourceExhausted
            | Code::Cancelled
            | Code::Internal
            | Code::Unknown => {
                if wait > FIRST_WAIT {
                    eprintln!("the server doesn't answer: {}: trying again", status.message());
                }
                tokio::time::sleep(wait).await;
                wait = (wait * 2).min(LONGEST_WAIT);
            }
            Code::Unauthenticated | Code::PermissionDenied | Code::InvalidArgument | Code::Unimplemented => {
                return Err(Refused::Always(readable(status)));
            }
            _ => return Err(Refused::Here(readable(status).to_string())),
        }
    }
}
