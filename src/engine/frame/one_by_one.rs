//! Serves one organization or item after the other: those behind one that fails are served all the
//! same.

use std::iter::Sum;

use crate::engine::Error;

/// Serves one after the other, and returns what was done in all.
///
/// # Errors
/// Returns the first error. All others were served.
pub(in crate::engine) async fn one_by_one<O, T, F>(
    all: impl IntoIterator<Item = O>,
    serve: impl Fn(O) -> F,
) -> Result<T, Error>
where
    T: Sum,
    F: Future<Output = Result<T, Error>>,
{
    let mut done = Vec::new();
    for one in all {
        done.push(serve(one).await);
    }
    done.into_iter().sum()
}
