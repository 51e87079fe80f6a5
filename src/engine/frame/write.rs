//! The transaction of one administrative write. A repeated request gets its first answer again; a
//! new request keeps its answer for repetitions.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::{PgConnection, Postgres, Transaction};
use uuid::Uuid;

use crate::domain::audit::Audited;
use crate::domain::caller::{Actor, Caller};
use crate::domain::changes::Changes;
use crate::domain::history::{HistoryDetail, HistoryEvent, HistoryKind};
use crate::domain::id::{OperationId, OrganizationId, QueueId, RecordId, RecordTypeId, SellerId};
use crate::domain::operation::{Operation, OperationKind, OperationState};
use crate::domain::settings::Settings;
use crate::engine::frame::commit::Wakes;
use crate::engine::frame::core::transaction;
use crate::engine::{Engine, Error, Request};
use crate::store::{self, Share, history, records, requests, routing, tenants};

/// The start of a write.
pub enum Opened<T> {
    /// The request is new.
    Fresh(Box<Write>),
    /// The request was decided before, with this answer.
    Repeated(T),
}

/// The subject of an event, its kind and its detail.
type Told = (Uuid, HistoryKind, HistoryDetail);

/// An open transaction. Dropping it rolls back immediately, even if the caller goes away in the
/// middle; otherwise its locks would stay until the connection is used again.
pub struct Write {
    /// Lasts as long as the transaction.
    _span: tracing::Span,
    /// `None` once the write is committed.
    tx: Option<Transaction<'static, Postgres>>,
    /// Keeps the organization from taking all connections.
    share: Option<Share>,
    engine: Engine,
    pub(super) request: Request,
    /// The events that it wrote. If the COMMIT gets no answer, looking for one of them shows
    /// whether it succeeded.
    pub(super) history: Vec<HistoryEvent>,
    /// What it is about to change, as it was.
    pub(super) seen: HashMap<Uuid, Audited>,
    wakes: Wakes,
}

impl Engine {
    /// Begins the transaction of a request. If the same request is running in another transaction,
    /// waits until that one ends.
    pub(crate) async fn open<T: DeserializeOwned>(&self, request: &Request) -> Result<Opened<T>, Error> {
        let share = self.store().share(request.caller.organization).await?;
        let tx = self.core().begin_write().await?;
        let mut write = Box::new(Write {
            _span: transaction("write"),
            tx: Some(tx),
            share: Some(share),
            engine: self.clone(),
            request: request.clone(),
            history: Vec::new(),
            seen: HashMap::new(),
            wakes: Wakes::default(),
        });

        if let Some((repetition, key)) = request.repetition.zip(request.key()) {
            let begun = [(key.clone(), repetition.fingerprint)];
            let kept = requests::begin(write.conn(), &begun, request.now).await?;
            if let Some(kept) = kept.into_iter().next().flatten() {
                return Ok(Opened::Repeated(kept.answer(&repetition.fingerprint, &key)?));
            }
        }

        Ok(Opened::Fresh(write))
    }
}

impl requests::Kept {
    /// Returns the kept answer.
    ///
    /// # Errors
    /// Invalid if the repeated request has other content.
    pub(crate) fn answer<T: DeserializeOwned>(
        self,
        fingerprint: &[u8],
        key: &requests::RequestKey,
    ) -> Result<T, Error> {
        if self.fingerprint != fingerprint {
            return Err(Error::request_id_reused());
        }

        let inconsistent =
            || store::Error::Inconsistent { table: "request", column: "decided", id: key.request_id };
        // Empty only while its own transaction runs, and that one has ended.
        let decided = self.decided.ok_or_else(inconsistent)?;
        Ok(serde_json::from_value(decided).map_err(|_| inconsistent())?)
    }
}

impl Write {
    /// Returns the connection of the transaction.
    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        self.tx.as_mut().expect("there until the commit, which consumes the write")
    }

    /// Returns the caller.
    pub(crate) fn caller(&self) -> &Caller {
        &self.request.caller
    }

    /// Returns whom history names for the caller.
    pub(in crate::engine) fn actor(&self) -> Actor {
        self.request.actor()
    }

    /// Returns the time of the request.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.request.now
    }

    /// Returns a new key.
    pub(crate) fn new_id(&self) -> Uuid {
        self.engine.clock().new_id()
    }

    /// Stops routing until the commit. A batch under way decides by the rules as they were, and
    /// could write a membership, a turn or a record without owner that this write doesn't see.
    /// Comes after the organization's row in the lock order.
    pub(in crate::engine) async fn stop_routing(&mut self) -> Result<(), Error> {
        let organization = self.organization();
        Ok(routing::lock(self.conn(), organization).await?)
    }

    /// Saves an operation, which the loop of operations runs after the commit.
    pub(in crate::engine) async fn queue(&mut self, operation: &Operation) -> Result<(), Error> {
        routing::operations::insert(self.conn(), operation).await?;
        self.wakes.operations = true;
        Ok(())
    }

    /// Counts the records of an operation over those of a type, and queues it.
    pub(in crate::engine) async fn queue_counted(&mut self, mut operation: Operation) -> Result<(), Error> {
        operation.total = routing::operation_totals::count_records(self.conn(), &operation).await?;
        self.queue(&operation).await
    }

    /// Queues an operation over the records that a type has by now, which must be locked: nobody
    /// adds any meanwhile. Returns false if there are none.
    pub(in crate::engine) async fn queue_over_type(&mut self, operation: Operation) -> Result<bool, Error> {
        let Operation { organization, record_type, .. } = operation;
        // Not the operation's own key: the clock of a server that added a record may be ahead.
        let Some(upto) = records::last(self.conn(), organization, record_type).await? else {
            return Ok(false);
        };
        self.queue_counted(Operation { upto, ..operation }).await?;
        Ok(true)
    }

    /// Keeps the places that sellers have since they lost active records. Routing gives them to the
    /// members who wait, after the commit.
    pub(in crate::engine) async fn free_places(
        &mut self,
        sellers: impl IntoIterator<Item = SellerId>,
    ) -> Result<(), Error> {
        let freed: Vec<_> = sellers.into_iter().map(|seller| (self.new_id(), seller)).collect();
        let organization = self.organization();
        if routing::freed_places::append(self.conn(), organization, &freed).await? {
            self.routes_records();
        }
        Ok(())
    }

    /// Keeps a seller from being deleted until the commit. Returns its key, if it exists.
    pub(in crate::engine) async fn hold_seller(&mut self, id: &str) -> Result<Option<SellerId>, Error> {
        let (organization, ids) = (self.organization(), [id.to_owned()]);
        Ok(tenants::sellers::hold(self.conn(), organization, &ids).await?.into_values().next())
    }

    /// Like [`Self::hold_seller`], for the caller's own.
    pub(in crate::engine) async fn hold_own_seller(&mut self) -> Result<Option<SellerId>, Error> {
        // The key of a seller who was just deleted works until its call is through.
        let (organization, own) = (self.organization(), self.caller().seller);
        let queues: Vec<_> = own.iter().map(|seller| (organization, (*seller).into())).collect();
        let deleted = tenants::sellers::keep(self.conn(), &queues).await?;
        Ok(own.filter(|_| deleted.is_empty()))
    }

    /// Wakes the loop that fires timers, after the commit, because one was set for this time.
    pub(in crate::engine) fn sets_timer(&mut self, due_at: DateTime<Utc>) {
        self.wakes.timer = self.wakes.timer.into_iter().chain([due_at]).min();
    }

    /// Wakes those who follow a queue, after the commit.
    pub(in crate::engine) fn changes_queue(&mut self, queue: QueueId) {
        self.wakes.queues.push((self.request.caller.organization, queue));
    }

    /// Tells all servers after the commit that keys have changed.
    pub(in crate::engine) fn changes_keys(&mut self) {
        self.wakes.keys = true;
    }

    /// Wakes the loop that routes records, after the commit.
    pub(crate) fn routes_records(&mut self) {
        self.wakes.records = true;
    }

    /// Wakes the loop that tries problems again, after the commit.
    pub(in crate::engine) fn keeps_problems(&mut self) {
        self.wakes.problems = true;
    }

    /// Returns the caller's organization.
    pub(crate) fn organization(&self) -> OrganizationId {
        self.request.caller.organization
    }

    /// Reads the organization's settings without a lock. Only for checks that need not be exact
    /// when the settings change at the same moment.
    pub(crate) async fn settings(&mut self) -> Result<Settings, Error> {
        let organization = self.organization();
        let found = tenants::organizations::get(self.conn(), organization).await?;
        Ok(found.map(|organization| organization.settings).unwrap_or_default())
    }

    /// Locks the organization's row. Everything that counts against a limit does this first, so
    /// that two writes can't both take the last place.
    pub(crate) async fn lock_organization(&mut self) -> Result<tenants::organizations::Organization, Error> {
        let organization = self.organization();
        Ok(tenants::organizations::lock(self.conn(), organization).await?)
    }

    /// Starts an operation of the caller's organization about one resource, over records
    /// of one type. Returns it unsaved, with `total` still 0.
    pub(in crate::engine) fn new_operation(
        &self,
        kind: OperationKind,
        (target, target_name): (Uuid, String),
        record_type: RecordTypeId,
    ) -> Operation {
        let id = OperationId(self.new_id());

        Operation {
            organization: self.organization(),
            id,
            kind,
            target,
            target_name,
            record_type,
            bulk: None,
            cursor: None,
            // Keys are in the order of time: whatever is created from now on has a higher key, and
            // the operation leaves it alone.
            upto: RecordId(id.0),
            total: 0,
            done: 0,
            failed: 0,
            enrolled: 0,
            state: OperationState::Running,
            create_time: self.now(),
            end_time: None,
            start_time: None,
        }
    }

    /// Tells the caches of all servers that definitions have changed. Lock the organization first:
    /// its row comes before all parts of a definition in the lock order.
    pub(crate) async fn definitions_changed(&mut self) -> Result<(), Error> {
        let organization = self.organization();
        Ok(tenants::organizations::raise_epoch(self.conn(), organization).await?)
    }

    /// Adds the write to the history of `subject`, keeps the answer for repetitions, and commits.
    pub(crate) async fn commit<T: Serialize>(mut self, subject: Uuid, decided: &T) -> Result<(), Error> {
        self.note(subject).await?;
        self.commit_unnoted(decided).await
    }

    /// Like [`Self::note_all`], for one subject.
    pub(crate) async fn note(&mut self, subject: Uuid) -> Result<(), Error> {
        self.note_all(&[subject]).await
    }

    /// Adds an event, caused by the caller, to the history of `subject`.
    pub(crate) async fn append(
        &mut self,
        subject: Uuid,
        kind: HistoryKind,
        detail: HistoryDetail,
    ) -> Result<(), Error> {
        self.append_all(vec![(subject, kind, detail)]).await
    }

    /// Like [`Self::append`], for several events.
    pub(in crate::engine) async fn append_all(&mut self, told: Vec<Told>) -> Result<(), Error> {
        let events = told.into_iter().map(|(subject, kind, detail)| self.event(subject, kind, detail));
        let events: Vec<HistoryEvent> = events.collect();
        history::append(self.conn(), &events).await?;
        self.history.extend(events);
        Ok(())
    }

    pub(super) fn event(&self, subject: Uuid, kind: HistoryKind, detail: HistoryDetail) -> HistoryEvent {
        HistoryEvent {
            organization: self.organization(),
            subject,
            id: self.engine.clock().new_id(),
            at: self.request.now,
            kind,
            actor: self.request.actor(),
            detail,
        }
    }

    /// Keeps the answer for repetitions and commits, without a history event of its own. For writes
    /// that changed nothing, or whose other events say it all.
    pub(crate) async fn commit_unnoted<T: Serialize>(self, decided: &T) -> Result<(), Error> {
        self.commit_with_queues(decided, Changes::new()).await
    }

    /// Like [`Write::commit_unnoted`], but bumps the queues that `changes` touched, as the last
    /// write before the commit, and wakes their watchers.
    pub(crate) async fn commit_with_queues<T: Serialize>(
        mut self,
        decided: &T,
        mut changes: Changes,
    ) -> Result<(), Error> {
        self.keep_answer(decided).await?;

        // The witnesses: if the COMMIT gets no answer, `commit` looks for the first of them.
        changes.history.append(&mut self.history);
        changes.call_of = Some(self.organization());
        let tx = self.tx.take().expect("there until the commit, which consumes the write");
        let wakes = std::mem::take(&mut self.wakes);
        Ok(self.engine.core().commit_and_wake(tx, &changes, wakes).await?)
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
            // `drop` can't await. The tracker makes the server wait for the rollback.
            let (engine, share) = (self.engine.clone(), self.share.take());
            self.engine.tasks().spawn(async move {
                engine.core().undo(tx).await;
                drop(share);
            });
        }
    }
}
