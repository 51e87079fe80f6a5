//! The transaction of one administrative write: a repeated request gets its first answer again, a
//! new one keeps its own.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use crate::domain::changes::Changes;
use crate::domain::history::{HistoryDetail, HistoryEvent, HistoryKind};
use crate::domain::id::OrganizationId;
use crate::domain::settings::Settings;
use crate::engine::frame::core::{transaction, undo};
use crate::engine::{Engine, Error, Request};
use crate::store::{self, history, organizations, requests};
use crate::wake::Wake;

/// How a write begins.
pub enum Opened<T> {
    /// Decide it.
    Fresh(Box<Write>),
    /// It was decided before: this was the answer.
    Repeated(T),
}

/// An open transaction. Dropping it rolls back, at once and not when its connection is next used:
/// also if the caller goes away in the middle.
pub struct Write {
    /// Lasts as long as the transaction.
    _span: tracing::Span,
    /// Until it is committed.
    tx: Option<Transaction<'static, Postgres>>,
    engine: Engine,
    request: Request,
    /// The events that it wrote: by one of them it is found out whether an unanswered COMMIT was
    /// done.
    history: Vec<HistoryEvent>,
}

impl Engine {
    /// Begins the transaction of a request. A concurrent twin of the same request waits here until
    /// the first has committed.
    pub(crate) async fn open<T: DeserializeOwned>(&self, request: &Request) -> Result<Opened<T>, Error> {
        let tx = self.core().begin_write().await?;
        let mut write = Box::new(Write {
            _span: transaction("write"),
            tx: Some(tx),
            engine: self.clone(),
            request: request.clone(),
            history: Vec::new(),
        });
        if let Some((repetition, key)) = request.repetition.zip(request.key()) {
            let begun =
                requests::begin(write.conn(), &[(key.clone(), repetition.fingerprint)], request.now).await?;
            if let Some(kept) = begun.into_iter().next().flatten() {
                return Ok(Opened::Repeated(kept.answer(&repetition.fingerprint, &key)?));
            }
        }
        Ok(Opened::Fresh(write))
    }
}

impl requests::Kept {
    /// The answer that was kept, if the content is the same.
    pub(crate) fn answer<T: DeserializeOwned>(
        self,
        fingerprint: &[u8],
        key: &requests::Key,
    ) -> Result<T, Error> {
        if self.fingerprint != fingerprint {
            return Err(Error::request_id_reused());
        }
        let inconsistent =
            || store::Error::Inconsistent { table: "request", column: "decided", id: key.request_id };
        let decided = self.decided.ok_or_else(inconsistent)?;
        Ok(serde_json::from_value(decided).map_err(|_| inconsistent())?)
    }
}

impl Write {
    /// The connection inside the transaction.
    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        self.tx.as_mut().expect("there until the commit, which consumes the write")
    }

    /// The instant of the request.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.request.now
    }

    /// A new key.
    pub(crate) fn new_id(&self) -> Uuid {
        self.engine.clock().new_id()
    }

    /// Who is to be told after the commit.
    pub(crate) fn wake(&self) -> Wake {
        self.engine.wake().clone()
    }

    /// The caller's organization.
    pub(crate) fn organization(&self) -> OrganizationId {
        self.request.caller.organization
    }

    /// The organization's settings, without a lock: for checks where a change at the same moment
    /// may win or lose.
    pub(crate) async fn settings(&mut self) -> Result<Settings, Error> {
        let organization = self.organization();
        let found = organizations::get(self.conn(), organization).await?;
        Ok(found.map(|organization| organization.settings).unwrap_or_default())
    }

    /// Locks the organization's row: what counts against a limit does so first.
    pub(crate) async fn lock_organization(&mut self) -> Result<organizations::Organization, Error> {
        let organization = self.organization();
        Ok(organizations::lock(self.conn(), organization).await?)
    }

    /// Tells every server's cache that definitions have changed. Lock the organization first: by
    /// the lock order its row comes before all that a definition consists of.
    pub(crate) async fn definitions_changed(&mut self) -> Result<(), Error> {
        let organization = self.organization();
        Ok(organizations::raise_epoch(self.conn(), organization).await?)
    }

    /// Keeps the answer for repetitions, notes who wrote what to `subject`, and commits.
    pub(crate) async fn commit<T: Serialize>(mut self, subject: Uuid, decided: &T) -> Result<(), Error> {
        self.note(subject).await?;
        self.commit_unnoted(decided).await
    }

    /// Notes who wrote what to `subject`.
    pub(crate) async fn note(&mut self, subject: Uuid) -> Result<(), Error> {
        let method = Some(self.request.method.to_owned());
        let detail = HistoryDetail { method, ..Default::default() };
        self.append(subject, HistoryKind::AdministrativeWrite, detail).await
    }

    /// Writes what the caller did to `subject`.
    pub(crate) async fn append(
        &mut self,
        subject: Uuid,
        kind: HistoryKind,
        detail: HistoryDetail,
    ) -> Result<(), Error> {
        let event = HistoryEvent {
            organization: self.organization(),
            subject,
            id: self.engine.clock().new_id(),
            at: self.request.now,
            kind,
            actor: self.request.actor(),
            detail,
        };
        history::append(self.conn(), std::slice::from_ref(&event)).await?;
        self.history.push(event);
        Ok(())
    }

    /// Keeps the answer for repetitions and commits, without a note of its own: the change's
    /// history says it all, or nothing changed.
    pub(crate) async fn commit_unnoted<T: Serialize>(self, decided: &T) -> Result<(), Error> {
        self.commit_with_queues(decided, Changes::new()).await
    }

    /// As [`Write::commit_unnoted`], and before the commit, as the last write, raises the queues
    /// that `changes` touched; wakes their watchers.
    pub(crate) async fn commit_with_queues<T: Serialize>(
        mut self,
        decided: &T,
        mut changes: Changes,
    ) -> Result<(), Error> {
        self.keep_answer(decided).await?;
        changes.history.append(&mut self.history);
        let tx = self.tx.take().expect("there until the commit, which consumes the write");
        Ok(self.engine.core().commit(tx, &changes).await?)
    }

    async fn keep_answer<T: Serialize>(&mut self, decided: &T) -> Result<(), Error> {
        if let Some(key) = self.request.key() {
            let decided = serde_json::to_value(decided).expect("answers are plain data");
            requests::finish(self.conn(), &[(key, decided)]).await?;
        }
        Ok(())
    }
}

impl Drop for Write {
    fn drop(&mut self) {
        if let Some(tx) = self.tx.take() {
            self.engine.tasks().spawn(undo(tx));
        }
    }
}
