//! The variants of splits that were chosen as winners.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use sqlx::types::Json;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::id::{OrganizationId, SequenceId};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// The variants that were chosen, by the ids of the splits' steps.
pub type Winners = BTreeMap<String, String>;

/// Identifies a sequence.
pub type SequenceKey = (OrganizationId, SequenceId);

/// Returns the winners of sequences.
pub async fn of(
    conn: &mut PgConnection,
    sequences: &[SequenceKey],
) -> Result<BTreeMap<SequenceKey, Winners>, Error> {
    let rows: Vec<(Uuid, Uuid, Json<Winners>)> = sqlx::query_as(
        "SELECT sequence.organization_id, sequence.id, sequence.split_winners
         FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
         JOIN sequence ON sequence.organization_id = item.organization_id AND sequence.id = item.id
         WHERE one_shard(item.organization_id, $1[1])
         ORDER BY sequence.organization_id, sequence.id",
    )
    .bind(column(sequences, |key| key.0.0))
    .bind(column(sequences, |key| key.1.0))
    .fetch_all(conn)
    .instrument(statement::span::of("winners.of"))
    .await?;

    let key = |organization, sequence| (OrganizationId(organization), SequenceId(sequence));
    Ok(rows.into_iter().map(|(o, s, winners)| (key(o, s), winners.0)).collect())
}
