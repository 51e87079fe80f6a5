//! The audit: what administrators wrote. History has it.

use chrono::{DateTime, Utc};
use sqlx::{PgConnection, Postgres, QueryBuilder};
use uuid::Uuid;

use crate::domain::audit::AuditedKind;
use crate::domain::history::{HistoryEvent, HistoryKind};
use crate::domain::id::OrganizationId;
use crate::store::{Error, Portion, history, statement};

/// Whose writes to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditActor {
    /// The seller's with this chosen id, even a former one's.
    Seller(String),
    /// Those with this API key, even if a seller has it.
    Key(Uuid),
    /// Those with tokens of this subject, whoever issued them.
    Subject(String),
    /// The operator's.
    Operator,
}

/// Which writes to list. What is absent restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Who wrote.
    pub actor: Option<AuditActor>,
    /// The name of what was written.
    pub resource: Option<String>,
    /// Its kind.
    pub kind: Option<AuditedKind>,
    /// From this instant on.
    pub start: Option<DateTime<Utc>>,
    /// Before this instant.
    pub end: Option<DateTime<Utc>>,
}

/// Returns at most `limit` writes that match, the newest first, from the one before `before`.
pub async fn page(
    conn: &mut PgConnection,
    organization: OrganizationId,
    filter: &AuditFilter,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Portion<HistoryEvent>, Error> {
    let mut query = QueryBuilder::new(
        "SELECT organization_id, subject_id, id, at, kind, actor_seller_id, actor_key_id, request_id, detail
         FROM history WHERE organization_id = ",
    );
    query.push_bind(organization.0);
    // In the text, because only then does Postgres see that the index of these events will do.
    query.push(format_args!(" AND kind = {}", HistoryKind::AdministrativeWrite as i16));

    if let Some(before) = before {
        query.push(" AND id < ").push_bind(before);
    }
    filter.push(&mut query, organization);
    query.push(" ORDER BY id DESC LIMIT ").push_bind(limit);
    statement::reading::portion::<history::Row, _>(conn, query).await
}

impl AuditFilter {
    fn push(&self, query: &mut QueryBuilder<Postgres>, organization: OrganizationId) {
        if let Some(start) = self.start {
            query.push(" AND at >= ").push_bind(start);
        }
        if let Some(end) = self.end {
            query.push(" AND at < ").push_bind(end);
        }
        if let Some(resource) = &self.resource {
            query.push(" AND detail -> 'audit' ->> 'resource' = ").push_bind(resource.clone());
        }
        if let Some(kind) = self.kind {
            query.push(" AND detail -> 'audit' ->> 'kind' = ").push_bind(kind.as_str());
        }
        if let Some(actor) = &self.actor {
            actor.push(query, organization);
        }
    }
}

impl AuditActor {
    fn push(&self, query: &mut QueryBuilder<Postgres>, organization: OrganizationId) {
        match self {
            Self::Seller(id) => {
                query.push(" AND actor_seller_id IN (SELECT id FROM seller WHERE organization_id = ");
                query.push_bind(organization.0).push(" AND seller_id = ").push_bind(id.clone()).push(")");
            }
            Self::Key(key) => {
                query.push(" AND actor_key_id = ").push_bind(*key);
            }
            Self::Subject(subject) => {
                query.push(" AND actor_key_id IN (SELECT id FROM principal WHERE organization_id = ");
                query.push_bind(organization.0).push(" AND subject = ").push_bind(subject.clone()).push(")");
            }
            Self::Operator => {
                query.push(" AND actor_key_id IS NULL AND actor_seller_id IS NULL");
            }
        }
    }
}
