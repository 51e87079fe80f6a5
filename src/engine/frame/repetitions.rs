//! The request ids of a batch. A request that was decided before gets its first answer again; the
//! answers of new requests are kept.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;

use crate::domain::caller::Actor;
use crate::engine::{Error, Request};
use crate::store::requests::{self, RequestKey};

/// The requests that one transaction has begun, by the position of their items. `None` for an item
/// without a request id, or one that was decided before.
pub(in crate::engine) struct Repetitions {
    keys: Vec<Option<RequestKey>>,
}

impl Request {
    /// The caller, with the request's id.
    pub(in crate::engine) fn actor(&self) -> Actor {
        let request_id = self.repetition.map(|repetition| repetition.request_id);
        Actor { request_id, ..self.caller.actor() }
    }

    /// The key under which the request is kept. `None` if it has no request id.
    pub(in crate::engine) fn key(&self) -> Option<RequestKey> {
        let repetition = self.repetition?;
        Some(RequestKey::of(self.caller.organization, self.caller.key, self.method, repetition.request_id))
    }
}

impl Repetitions {
    /// Writes the requests of a batch as begun. If the same request is running in another
    /// transaction, waits until that one ends. Returns the kept answer of each request that was
    /// decided before, and `None` for each new one.
    pub async fn begin<A: DeserializeOwned>(
        conn: &mut PgConnection,
        batch: &[&Request],
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<(Self, Vec<Option<Result<A, Error>>>), Error> {
        let mut keys: Vec<Option<RequestKey>> = batch.iter().map(|request| request.key()).collect();
        let named = |request: &&Request| Some((request.key()?, request.repetition?.fingerprint));
        let begun: Vec<(RequestKey, [u8; 32])> = batch.iter().filter_map(named).collect();
        let mut kept = requests::begin(conn, &begun, now).await?.into_iter();

        let mut answers = Vec::with_capacity(batch.len());
        for (request, key) in batch.iter().zip(&mut keys) {
            // `kept` has an element only for requests with an id: the others have no key.
            let before = key.as_ref().and_then(|_| kept.next().flatten());
            let Some((before, repetition)) = before.zip(request.repetition) else {
                answers.push(None);
                continue;
            };
            // Taken, so that `finish` leaves the first answer as it is.
            if let Some(key) = key.take() {
                answers.push(Some(before.answer(&repetition.fingerprint, &key)));
            }
        }
        Ok((Self { keys }, answers))
    }

    /// Keeps the answers of the batch's items, given in their order. The request of an item that
    /// failed (`None`) is forgotten, so that it can be sent again.
    pub async fn finish<A: Serialize>(
        self,
        conn: &mut PgConnection,
        answers: &[Option<&A>],
    ) -> Result<(), Error> {
        let (mut decided, mut failed) = (Vec::new(), Vec::new());
        for (key, answer) in self.keys.into_iter().zip(answers) {
            match (key, answer) {
                (Some(key), Some(answer)) => {
                    let answer = serde_json::to_value(answer).expect("answers are plain data");
                    decided.push((key, answer));
                }
                (Some(key), None) => failed.push(key),
                (None, _) => {}
            }
        }

        requests::finish(conn, &decided).await?;
        Ok(requests::forget(conn, &failed).await?)
    }
}
