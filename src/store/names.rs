//! The ids that callers chose for sellers, teams, sequences and segments.

use std::collections::HashMap;

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{ChosenId, OrganizationId};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// The organization and the key of a thing. Keys are never used again, so a name stays true.
pub type NameKey = (OrganizationId, Uuid);

/// A chosen id, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// A seller.
    Seller(ChosenId),
    /// A team.
    Team(ChosenId),
    /// A sequence.
    Sequence(ChosenId),
    /// A segment.
    Segment(ChosenId),
}

impl Named {
    /// Returns the chosen id.
    pub fn id(&self) -> &ChosenId {
        match self {
            Self::Seller(id) | Self::Team(id) | Self::Sequence(id) | Self::Segment(id) => id,
        }
    }
}

/// Returns the chosen ids by key. What doesn't exist is absent.
pub async fn of(conn: &mut PgConnection, keys: &[NameKey]) -> Result<HashMap<NameKey, Named>, Error> {
    let rows: Vec<(i32, Uuid, Uuid, String)> = sqlx::query_as(include_str!("sql/names.sql"))
        .bind(column(keys, |key| key.0.0))
        .bind(column(keys, |key| key.1))
        .fetch_all(conn)
        .instrument(statement::span::of("names.of"))
        .await?;

    let named = |(kind, organization, key, chosen): (i32, Uuid, Uuid, String)| {
        let chosen = ChosenId::known(chosen);
        let named = match kind {
            1 => Named::Seller(chosen),
            2 => Named::Team(chosen),
            3 => Named::Sequence(chosen),
            _ => Named::Segment(chosen),
        };
        ((OrganizationId(organization), key), named)
    };
    Ok(rows.into_iter().map(named).collect())
}
