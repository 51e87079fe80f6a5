//! The id under which a request is logged, known to whatever runs on its behalf.

use std::future::Future;

tokio::task_local! {
    static CURRENT: String;
}

/// Runs `request` so that [`current`] answers `id` within it.
pub fn within<F: Future>(id: String, request: F) -> impl Future<Output = F::Output> {
    CURRENT.scope(id, request)
}

/// The id of the request that this task is answering; none outside of one.
pub fn current() -> Option<String> {
    CURRENT.try_with(Clone::clone).ok()
}
