//! What a write changes, for the audit: each resource as it is before the write, and as it is when
//! the write notes it in its history.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::domain::audit::{Audit, Audited};
use crate::domain::caller::Actor;
use crate::domain::changes::Changes;
use crate::domain::history::{HistoryDetail, HistoryEvent, HistoryKind};
use crate::domain::id::OrganizationId;
use crate::engine::frame::commit::Wakes;
use crate::engine::{Engine, Error, Write};
use crate::store::{self, history, subjects};

impl Write {
    /// Reads a resource that is about to change, once it is locked.
    pub(in crate::engine) async fn sees(&mut self, subject: Uuid) -> Result<(), Error> {
        self.sees_all(&[subject]).await
    }

    /// Like [`Self::sees`], for many resources.
    pub(in crate::engine) async fn sees_all(&mut self, subjects: &[Uuid]) -> Result<(), Error> {
        let organization = self.organization();
        let mut seen = subjects::audited(self.conn(), organization, subjects).await?;
        // The first look counts: a verb that looks twice may have written meanwhile.
        seen.extend(self.seen.drain());
        self.seen = seen;
        Ok(())
    }

    /// Leaves out fields that this write erases.
    pub(in crate::engine) fn erases(&mut self, subject: Uuid, fields: &[&str]) {
        if let Some(seen) = self.seen.get_mut(&subject) {
            seen.fields.retain(|name, _| !fields.contains(&name.as_str()));
        }
    }

    /// Adds the write to the history of these subjects: who called which method, when and from
    /// where, and what it changed.
    pub(crate) async fn note_all(&mut self, subjects: &[Uuid]) -> Result<(), Error> {
        let organization = self.organization();
        let now_there = subjects::audited(self.conn(), organization, subjects).await?;
        let (method, peer) = (self.request.method, self.request.peer.map(|peer| peer.to_string()));

        let events = subjects.iter().map(|subject| {
            let audit = Audit::of(self.seen.get(subject), now_there.get(subject), peer.clone());
            self.event(*subject, HistoryKind::AdministrativeWrite, detail(method, audit))
        });
        let events: Vec<HistoryEvent> = events.collect();
        history::append(self.conn(), &events).await?;
        self.history.extend(events);
        Ok(())
    }
}

/// A write of the operator, who has no key: a command with access to the database.
pub(in crate::engine) struct OperatorWrite {
    /// The organization that is written.
    pub organization: OrganizationId,
    /// The command, like `upnext organizations suspend`.
    pub command: &'static str,
    /// The instant.
    pub now: DateTime<Utc>,
}

impl OperatorWrite {
    /// Returns a resource as it is before the write.
    pub async fn sees(
        &self,
        conn: &mut PgConnection,
        subject: Uuid,
    ) -> Result<Option<Audited>, store::Error> {
        Ok(subjects::audited(conn, self.organization, &[subject]).await?.remove(&subject))
    }

    /// Adds the write to the history of a subject, unless it left everything as it was.
    pub async fn note(
        &self,
        engine: &Engine,
        conn: &mut PgConnection,
        (subject, before): (Uuid, Option<Audited>),
    ) -> Result<Changes, store::Error> {
        let mut changes = Changes::new();
        let after = self.sees(conn, subject).await?;
        let Some(audit) = Audit::of(before.as_ref(), after.as_ref(), None) else { return Ok(changes) };
        if audit.changes_nothing() {
            return Ok(changes);
        }

        let event = HistoryEvent {
            organization: self.organization,
            subject,
            id: engine.clock().new_id(),
            at: self.now,
            kind: HistoryKind::AdministrativeWrite,
            // Nobody that the organization knows.
            actor: Actor::UPNEXT,
            detail: detail(self.command, Some(audit)),
        };
        history::append(conn, std::slice::from_ref(&event)).await?;
        changes.history.push(event);
        Ok(changes)
    }
}

impl Engine {
    /// Commits a write of the operator.
    pub(in crate::engine) async fn commit_as_operator(
        &self,
        tx: sqlx::Transaction<'static, sqlx::Postgres>,
        changes: &Changes,
    ) -> Result<(), Error> {
        Ok(self.core().commit_bumped(tx, changes, Wakes::default()).await?)
    }
}

fn detail(method: &str, audit: Option<Audit>) -> HistoryDetail {
    HistoryDetail { method: Some(method.to_owned()), audit: audit.map(Box::new), ..Default::default() }
}
