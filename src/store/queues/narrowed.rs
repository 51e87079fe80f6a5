//! A queue with those of its first due activities that match a condition.

use std::sync::Arc;

use sqlx::PgConnection;

use crate::domain::id::OrganizationId;
use crate::store::activities::lists::{self, ListedRow, Open, Order, Position, Selection};
use crate::store::database::doorbell::QueueKey;
use crate::store::queues::states::{self, QueueState};
use crate::store::{Error, Portion, Store};

/// Reads a queue, with the activities of the selection: at most as many as its limit. The counts
/// are those of the whole queue. `None` if it doesn't exist or is closed.
pub async fn read(
    store: &Store,
    key: QueueKey,
    selection: &Selection<'_>,
) -> Result<Option<QueueState>, Error> {
    // Many streams may read at once.
    let _share = store.share(key.0).await?;
    // The queue and its activities come from two statements, and must be of one instant.
    let mut tx = store.begin_snapshot().await?;
    let Some(state) = states::read(&mut tx, &[(key, 0)]).await?.remove(&key) else { return Ok(None) };

    let mut rows = Vec::new();
    let mut after = None;
    loop {
        let limit = selection.limit - i64::try_from(rows.len()).unwrap_or(selection.limit);
        let part = part(&mut tx, key.0, &Selection { limit, ..*selection }, after.as_ref()).await?;
        after = part.last().map(ListedRow::position);
        let is_cut = part.is_cut;
        rows.extend(part.rows.into_iter().map(|row| Arc::new(row.shown)));
        // A part is cut by bytes: the rest comes with the next.
        if !is_cut || after.is_none() {
            break;
        }
    }
    tx.commit().await?;
    Ok(Some(QueueState { rows, ..state }))
}

async fn part(
    conn: &mut PgConnection,
    organization: OrganizationId,
    selection: &Selection<'_>,
    after: Option<&Position>,
) -> Result<Portion<ListedRow>, Error> {
    let order = Order::default();
    let (due, snoozed, scheduled) = (true, false, false);
    let due = Open { due, snoozed, scheduled, from: None, to: None, order: &order, after };
    lists::open(conn, organization, selection, &due).await
}
