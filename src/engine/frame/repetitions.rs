//! The request ids of a batch: what was decided before is answered again, what is decided now is
//! kept.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;

use crate::domain::caller::Actor;
use crate::engine::{Error, Request};
use crate::store::requests::{self, RequestKey};

/// The request ids that one transaction has begun.
pub(in crate::engine) struct Repetitions {
    keys: Vec<Option<RequestKey>>,
}

impl Request {
    /// Who asks, and with which request.
    pub(in crate::engine) fn actor(&self) -> Actor {
        let request_id = self.repetition.map(|repetition| repetition.request_id);
        Actor { request_id, ..self.caller.actor() }
    }

    /// Its name, if it has a request id.
    pub(in crate::engine) fn key(&self) -> Option<RequestKey> {
        let repetition = self.repetition?;
        Some(RequestKey::of(self.caller.organization, self.caller.key, self.method, repetition.request_id))
    }
}

impl Repetitions {
    /// Notes the requests of a batch as begun; waits for their concurrent twins. Also says, for
    /// each that came before, how it is answered.
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
            let before = key.as_ref().and_then(|_| kept.next().flatten());
            let Some((before, repetition)) = before.zip(request.repetition) else {
                answers.push(None);
                continue;
            };
            if let Some(key) = key.take() {
                answers.push(Some(before.answer(&repetition.fingerprint, &key)));
            }
        }
        Ok((Self { keys }, answers))
    }

    /// Keeps the answers of this batch's items, in their order; what failed (`None`) is forgotten.
    pub async fn finish<A: Serialize>(
        self,
        conn: &mut PgConnection,
        answers: &[Option<&A>],
    ) -> Result<(), Error> {
        let (mut decided, mut failed) = (Vec::new(), Vec::new());
        for (key, answer) in self.keys.into_iter().zip(answers) {
            match (key, answer) {
                (Some(key), Some(answer)) => {
                    decided.push((key, serde_json::to_value(answer).expect("answers are plain data")));
                }
                (Some(key), None) => failed.push(key),
                (None, _) => {}
            }
        }
        requests::finish(conn, &decided).await?;
        Ok(requests::forget(conn, &failed).await?)
    }
}
