//! What callers were told, and whether it is true.

use sqlx::PgPool;
use uuid::Uuid;

/// What a caller was told.
#[derive(Debug, Default)]
pub struct Told {
    /// Leads that were accepted and not deleted since.
    pub leads: Vec<String>,
    /// Activities that were closed, each with its state and request.
    pub closed: Vec<(Uuid, i16, Uuid)>,
    /// Enrollments that were made by hand.
    pub enrolled: Vec<Uuid>,
    /// Answers.
    pub answers: u64,
    /// Answers that should not have been given.
    pub wrong: Vec<String>,
}

/// What a caller was told and isn't true.
pub async fn lost(pool: &PgPool, told: &Told) -> Vec<String> {
    let leads: Vec<String> = sqlx::query_scalar(
        "SELECT lead FROM unnest($1::text[]) AS told (lead) WHERE NOT EXISTS (SELECT FROM record WHERE record_id = lead)",
    )
    .bind(&told.leads)
    .fetch_all(pool)
    .await
    .expect("is read");

    let (ids, states): (Vec<Uuid>, Vec<i16>) = told.closed.iter().map(|(id, state, _)| (*id, *state)).unzip();
    let items: Vec<Uuid> = told.closed.iter().map(|(_, _, item)| *item).collect();
    let closed: Vec<Uuid> = sqlx::query_scalar(
        "SELECT told.id FROM unnest($1::uuid[], $2::smallint[], $3::uuid[]) AS told (id, state, item)
         WHERE NOT EXISTS (SELECT FROM closed_activity
           WHERE closed_activity.id = told.id AND closed_activity.state = told.state AND closed_activity.item_id = told.item)",
    )
    .bind(ids)
    .bind(states)
    .bind(items)
    .fetch_all(pool)
    .await
    .expect("is read");

    let enrolled: Vec<Uuid> = sqlx::query_scalar(
        "SELECT told.id FROM unnest($1::uuid[]) AS told (id) WHERE NOT EXISTS (SELECT FROM enrollment WHERE enrollment.id = told.id)",
    )
    .bind(&told.enrolled)
    .fetch_all(pool)
    .await
    .expect("is read");

    let leads = leads.into_iter().map(|lead| format!("lead {lead} was taken and is lost"));
    let closed = closed.into_iter().map(|id| format!("activity {id} was closed otherwise than was told"));
    let enrolled = enrolled.into_iter().map(|id| format!("enrollment {id} was made and is lost"));
    leads.chain(closed).chain(enrolled).collect()
}
