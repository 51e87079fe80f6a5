//! Distributes the tables of a database by their organizations over the nodes of a Citus.

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, PgConnection};

use crate::store::Error;

/// True if the database has the extension that distributes tables.
pub async fn is_possible(conn: &mut PgConnection) -> Result<bool, Error> {
    let statement = "SELECT count(*) > 0 FROM pg_extension WHERE extname = 'citus'";
    Ok(sqlx::query_scalar(statement).fetch_one(conn).await?)
}

/// True if the tables of a database can be distributed. Then its statements are planned for a
/// Citus, whether they already are or not.
pub async fn of(database: &PgConnectOptions) -> Result<bool, Error> {
    let mut conn = database.clone().disable_statement_logging().connect().await?;
    let possible = is_possible(&mut conn).await?;
    conn.close().await?;
    Ok(possible)
}

/// Returns the tables that belong to organizations in the order in which they can be distributed:
/// organizations first, because all others live where they do, and each table after those that its
/// foreign keys name. Partitions follow their table.
pub async fn tables(conn: &mut PgConnection) -> Result<Vec<String>, Error> {
    // No chain of foreign keys is long. The bound ends a circle, which the distribution would
    // refuse.
    let statement = "
        WITH RECURSIVE place (id, depth) AS (
          SELECT relation.oid, 0
          FROM pg_class AS relation
          JOIN pg_attribute AS field ON field.attrelid = relation.oid AND field.attname = 'organization_id'
          WHERE relation.relkind IN ('r', 'p')
            AND NOT relation.relispartition
            AND relation.relnamespace = current_schema()::regnamespace
          UNION
          SELECT reference.conrelid, place.depth + 1
          FROM place
          JOIN pg_constraint AS reference ON reference.contype = 'f' AND reference.confrelid = place.id
          WHERE reference.conrelid <> reference.confrelid AND place.depth < 32
        )
        SELECT relation.relname::text
        FROM place
        JOIN pg_class AS relation ON relation.oid = place.id
        GROUP BY relation.relname
        ORDER BY relation.relname = 'organization' DESC, max(place.depth), relation.relname";
    Ok(sqlx::query_scalar(statement).fetch_all(conn).await?)
}

/// Makes statements say which shard they are for: see the migration that creates the function.
const ONE_SHARD: &str = "
    CREATE OR REPLACE FUNCTION one_shard(organization uuid, one uuid) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN organization = one";

/// Distributes the tables that aren't yet, with their rows, and returns their names. Each is done
/// when the next begins, so an interrupted run is continued by the next one.
pub async fn distribute(conn: &mut PgConnection) -> Result<Vec<String>, Error> {
    sqlx::query(ONE_SHARD).execute(&mut *conn).await?;
    let statement = "SELECT logicalrelid::text FROM pg_dist_partition";
    let known: Vec<String> = sqlx::query_scalar(statement).fetch_all(&mut *conn).await?;

    let mut distributed = Vec::new();
    for table in tables(conn).await? {
        if known.contains(&table) {
            continue;
        }
        // What lives together is on one node, so that transactions stay there.
        let neighbour = if table == "organization" { "none" } else { "organization" };
        sqlx::query(
            "SELECT create_distributed_table($1::text::regclass, 'organization_id', colocate_with => $2)",
        )
        .bind(&table)
        .bind(neighbour)
        .execute(&mut *conn)
        .await?;
        distributed.push(table);
    }
    Ok(distributed)
}
