//! Which records refer to which, by the values of their reference attributes. A record's references
//! are written in the transaction that changes them, while the record is locked.

use serde_json::Value;
use sqlx::PgConnection;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::domain::caller::Scope;
use crate::domain::id::{OrganizationId, RecordId, RecordTypeId};
use crate::domain::related::Reference;
use crate::store::statement::columns::column;
use crate::store::statement::removal;
use crate::store::{Error, statement};

/// The value of a reference attribute of a record, which is of this type.
pub type Referring = (RecordId, RecordTypeId, Reference);

/// Who refers to a changed record: the place of the change, the last record found before, and the
/// type and attribute of those to find.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The place of the change among others.
    pub change: usize,
    /// The type of the changed record.
    pub target_type: RecordTypeId,
    /// The chosen id of the changed record.
    pub target: String,
    /// Only records that were created after this one.
    pub after: Option<RecordId>,
    /// The type of the records that refer to it.
    pub record_type: RecordTypeId,
    /// The attribute by which they do.
    pub attribute: String,
}

/// Saves references. An earlier one of the same attribute is replaced.
pub async fn save(
    conn: &mut PgConnection,
    organization: OrganizationId,
    references: &[Referring],
) -> Result<(), Error> {
    if references.is_empty() {
        return Ok(());
    }

    sqlx::query(
        "INSERT INTO record_reference
           (organization_id, record_id, record_type_id, attribute, target_type_id, target_id)
         SELECT $1, item.record_id, item.record_type_id, item.attribute, item.target_type_id, item.target_id
         FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::text[])
           AS item (record_id, record_type_id, attribute, target_type_id, target_id)
         ON CONFLICT (organization_id, record_id, attribute)
           DO UPDATE SET target_type_id = EXCLUDED.target_type_id, target_id = EXCLUDED.target_id",
    )
    .bind(organization.0)
    .bind(column(references, |(record, _, _)| record.0))
    .bind(column(references, |(_, record_type, _)| record_type.0))
    .bind(column(references, |(_, _, reference)| reference.attribute.as_str()))
    .bind(column(references, |(_, _, reference)| reference.target_type.0))
    .bind(column(references, |(_, _, reference)| reference.target.as_str()))
    .execute(conn)
    .instrument(statement::span::of("record_references.save"))
    .await?;
    Ok(())
}

/// Removes the references of these attributes of records.
pub async fn remove(
    conn: &mut PgConnection,
    organization: OrganizationId,
    cleared: &[(RecordId, String)],
) -> Result<(), Error> {
    let span = statement::span::of("record_references.remove");
    removal::remove(conn, removal::removal!("record_reference"), span, organization, cleared).await
}

/// Removes all references of records that are being deleted.
pub async fn remove_all(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
) -> Result<(), Error> {
    sqlx::query("DELETE FROM record_reference WHERE organization_id = $1 AND record_id = ANY ($2)")
        .bind(organization.0)
        .bind(column(records, |record| record.0))
        .execute(conn)
        .instrument(statement::span::of("record_references.remove_all"))
        .await?;
    Ok(())
}

/// Returns the records that refer to changed ones, each with the place of the change: ordered by
/// both, and at most `limit`.
pub async fn referring(
    conn: &mut PgConnection,
    organization: OrganizationId,
    asked: &[Asked],
    limit: i64,
) -> Result<Vec<(usize, RecordId)>, Error> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }

    let rows: Vec<(i64, Uuid)> = sqlx::query_as(
        "SELECT item.change, found.record_id
         FROM unnest($2::bigint[], $3::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::text[])
           AS item (change, target_type_id, target_id, after, record_type_id, attribute)
         CROSS JOIN LATERAL (
           SELECT reference.record_id FROM record_reference AS reference
           WHERE reference.organization_id = $1
             AND reference.target_type_id = item.target_type_id
             AND reference.target_id = item.target_id
             AND reference.record_id > item.after
             AND reference.record_type_id = item.record_type_id
             AND reference.attribute = item.attribute
           ORDER BY reference.record_id LIMIT $8) AS found
         ORDER BY item.change, found.record_id LIMIT $8",
    )
    .bind(organization.0)
    .bind(column(asked, |one| i64::try_from(one.change).unwrap_or(i64::MAX)))
    .bind(column(asked, |one| one.target_type.0))
    .bind(column(asked, |one| one.target.as_str()))
    .bind(column(asked, |one| one.after.map_or(Uuid::nil(), |after| after.0)))
    .bind(column(asked, |one| one.record_type.0))
    .bind(column(asked, |one| one.attribute.as_str()))
    .bind(limit)
    .fetch_all(conn)
    .instrument(statement::span::of("record_references.referring"))
    .await?;

    let found = |(change, record): (i64, Uuid)| Some((usize::try_from(change).ok()?, RecordId(record)));
    Ok(rows.into_iter().filter_map(found).collect())
}

/// A value that a condition reads of a related record: the attribute that refers to it, its type,
/// and its attribute.
pub type Look<'a> = (&'a str, RecordTypeId, &'a str);

/// Returns what a record reads of the records to which it refers, those in `scope`: the place of
/// each look, the chosen id of the related record, and the value. One that doesn't exist has none.
pub async fn values(
    conn: &mut PgConnection,
    organization: OrganizationId,
    record: RecordId,
    looks: &[Look<'_>],
    scope: Scope,
) -> Result<Vec<(usize, String, Option<Value>)>, Error> {
    let owner = match scope {
        Scope::All => None,
        Scope::Own(seller) => Some(seller.0),
        Scope::Nothing => return Ok(Vec::new()),
    };
    let rows: Vec<(i64, String, Option<Value>)> = sqlx::query_as(
        "SELECT look.place, record.attributes ->> look.reference, related.attributes -> look.attribute
         FROM record
         CROSS JOIN unnest($3::text[], $4::uuid[], $5::text[]) WITH ORDINALITY
           AS look (reference, target_type_id, attribute, place)
         LEFT JOIN record AS related ON related.organization_id = record.organization_id
           AND related.record_type_id = look.target_type_id
           AND related.record_id = record.attributes ->> look.reference
         WHERE record.organization_id = $1 AND record.id = $2
           AND jsonb_typeof(record.attributes -> look.reference) = 'string'
           AND ($6::uuid IS NULL OR related.owner_id = $6)
         ORDER BY look.place",
    )
    .bind(organization.0)
    .bind(record.0)
    .bind(column(looks, |(reference, _, _)| *reference))
    .bind(column(looks, |(_, target_type, _)| target_type.0))
    .bind(column(looks, |(_, _, attribute)| *attribute))
    .bind(owner)
    .fetch_all(conn)
    .instrument(statement::span::of("record_references.values"))
    .await?;

    // Places count from 1 in Postgres.
    let read = |(place, id, value): (i64, String, Option<Value>)| {
        Some((usize::try_from(place - 1).ok()?, id, value))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Returns the references that these records hold in these attributes, each of which refers to
/// records of a type. The records must be locked.
pub async fn held(
    conn: &mut PgConnection,
    organization: OrganizationId,
    records: &[RecordId],
    attributes: &[(&str, RecordTypeId)],
) -> Result<Vec<Referring>, Error> {
    let rows: Vec<(Uuid, Uuid, String, Uuid, String)> = sqlx::query_as(
        "SELECT record.id, record.record_type_id, declared.attribute, declared.target_type_id,
           record.attributes ->> declared.attribute
         FROM record
         CROSS JOIN unnest($3::text[], $4::uuid[]) AS declared (attribute, target_type_id)
         WHERE record.organization_id = $1 AND record.id = ANY ($2)
           AND jsonb_typeof(record.attributes -> declared.attribute) = 'string'
         ORDER BY record.id, declared.attribute",
    )
    .bind(organization.0)
    .bind(column(records, |record| record.0))
    .bind(column(attributes, |(attribute, _)| *attribute))
    .bind(column(attributes, |(_, target_type)| target_type.0))
    .fetch_all(conn)
    .instrument(statement::span::of("record_references.held"))
    .await?;

    let held = |(record, record_type, attribute, target_type, target)| {
        let reference = Reference { attribute, target_type: RecordTypeId(target_type), target };
        (RecordId(record), RecordTypeId(record_type), reference)
    };
    Ok(rows.into_iter().map(held).collect())
}
