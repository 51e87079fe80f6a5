//! The queues of those who do activities of records, for sequences that name others than the owner.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::assignee::{Assignee, Unassigned};
use crate::domain::id::{OrganizationId, QueueId, RecordId};
use crate::store::statement::columns::column;
use crate::store::{Error, statement};

/// An assignee of a record.
pub type AssigneeKey = (OrganizationId, RecordId, Assignee);

/// The queues of assignees, or why they have none.
pub type Queues = BTreeMap<Assignee, Result<QueueId, Unassigned>>;

/// Returns the queues of assignees: of teams, and of the sellers whom attributes name. Others are
/// absent.
pub async fn of(
    conn: &mut PgConnection,
    keys: &BTreeSet<AssigneeKey>,
) -> Result<HashMap<(OrganizationId, RecordId), Queues>, Error> {
    let mut found: HashMap<_, Queues> = HashMap::new();
    let named = |key: &AssigneeKey| key.2.team().map(|team| (key.0, team.to_owned()));
    let teams = teams(conn, keys.iter().filter_map(named).collect()).await?;
    for (organization, record, assignee) in keys {
        let Some(team) = assignee.team() else { continue };
        let queue = teams.get(&(*organization, team.to_owned())).copied();
        let queue = queue.ok_or(Unassigned::TeamUnknown);
        found.entry((*organization, *record)).or_default().insert(assignee.clone(), queue);
    }

    for (organization, record, attribute, queue) in sellers(conn, keys).await? {
        let queues = found.entry((organization, record)).or_default();
        queues.insert(Assignee::Attribute(attribute), queue.ok_or(Unassigned::SellerUnknown));
    }
    Ok(found)
}

async fn teams(
    conn: &mut PgConnection,
    keys: BTreeSet<(OrganizationId, String)>,
) -> Result<HashMap<(OrganizationId, String), QueueId>, Error> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }

    let keys = Vec::from_iter(keys);
    let rows: Vec<(Uuid, String, Uuid)> = sqlx::query_as(
        "SELECT team.organization_id, team.team_id, team.id
         FROM unnest($1::uuid[], $2::text[]) AS item (organization_id, team_id)
         JOIN team ON team.organization_id = item.organization_id AND team.team_id = item.team_id
         WHERE team.delete_time IS NULL AND one_shard(item.organization_id, $1[1])",
    )
    .bind(column(&keys, |key| key.0.0))
    .bind(column(&keys, |key| key.1.clone()))
    .fetch_all(conn)
    .instrument(statement::span::of("assignees.teams"))
    .await?;
    let read = |(organization, team, id)| ((OrganizationId(organization), team), QueueId(id));
    Ok(rows.into_iter().map(read).collect())
}

/// Returns the queues of the sellers whom attributes name, or `None` for those who name nobody.
/// Empty attributes are absent.
async fn sellers(
    conn: &mut PgConnection,
    keys: &BTreeSet<AssigneeKey>,
) -> Result<Vec<(OrganizationId, RecordId, String, Option<QueueId>)>, Error> {
    let by_attribute = keys.iter().filter_map(|(organization, record, assignee)| match assignee {
        Assignee::Attribute(name) => Some((*organization, *record, name.clone())),
        _ => None,
    });
    let keys: Vec<_> = by_attribute.collect();
    if keys.is_empty() {
        return Ok(Vec::new());
    }

    let rows: Vec<(Uuid, Uuid, String, Option<Uuid>)> = sqlx::query_as(
        "SELECT item.organization_id, item.record_id, item.attribute, seller.id
         FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS item (organization_id, record_id, attribute)
         JOIN record ON record.organization_id = item.organization_id AND record.id = item.record_id
         -- The attribute may hold the full name or the bare id.
         LEFT JOIN seller ON seller.organization_id = item.organization_id AND seller.delete_time IS NULL
           AND seller.seller_id = regexp_replace(record.attributes ->> item.attribute, '^sellers/', '')
         WHERE record.attributes ->> item.attribute <> '' AND one_shard(item.organization_id, $1[1])",
    )
    .bind(column(&keys, |key| key.0.0))
    .bind(column(&keys, |key| key.1.0))
    .bind(column(&keys, |key| key.2.clone()))
    .fetch_all(conn)
    .instrument(statement::span::of("assignees.sellers"))
    .await?;
    let read = |(organization, record, attribute, seller): (Uuid, Uuid, String, Option<Uuid>)| {
        (OrganizationId(organization), RecordId(record), attribute, seller.map(QueueId))
    };
    Ok(rows.into_iter().map(read).collect())
}
