//! Rules for automated emails.

use strum::VariantArray;

use super::{Rule, rule};
use crate::domain::sending::SendingState;
use crate::store::statement;

/// Returns the numbers of the states in which an email counts, for `IN (…)`.
fn counting() -> String {
    let states = SendingState::VARIANTS.iter().filter(|state| state.counts());
    statement::words::numbers(states.map(|state| *state as i16))
}

pub(super) const RULES: &[Rule] = &[
    rule!(
        "email_of_activity",
        "the activity of every email that was begun exists, and is of the same enrollment",
        "SELECT email.organization_id, jsonb_build_object('activity', email.activity_id, 'enrollment', email.enrollment_id) AS ids,
           'the email is of an activity that does not exist, or of another enrollment' AS sentence
         FROM email
         LEFT JOIN (
           SELECT organization_id, id, enrollment_id FROM activity
           UNION ALL SELECT organization_id, id, enrollment_id FROM closed_activity
         ) AS work ON work.organization_id = email.organization_id AND work.id = email.activity_id
         WHERE work.enrollment_id IS DISTINCT FROM email.enrollment_id"
    ),
    rule!(
        "email_count",
        "the emails of a day, of an organization and of each seller, are as many as are counted",
        "SELECT coalesce(counted.organization_id, kept.organization_id) AS organization_id,
           jsonb_build_object('day', coalesce(counted.day, kept.day), 'counted_for', coalesce(counted.counted_for, kept.counted_for)) AS ids,
           format('%s emails are counted, and %s are there', coalesce(kept.emails, 0), coalesce(counted.emails, 0)) AS sentence
         FROM email_count AS kept
         FULL JOIN (
           SELECT email.organization_id, email.day, whom.counted_for, count(*)::integer AS emails
           FROM email
           CROSS JOIN LATERAL (VALUES ('00000000-0000-0000-0000-000000000000'::uuid), (email.seller_id)) AS whom (counted_for)
           WHERE email.state IN ({counting}) AND whom.counted_for IS NOT NULL
           GROUP BY email.organization_id, email.day, whom.counted_for
         ) AS counted ON counted.organization_id = kept.organization_id AND counted.day = kept.day
           AND counted.counted_for = kept.counted_for
         WHERE coalesce(kept.emails, 0) <> coalesce(counted.emails, 0)
           -- The counts of days that are long over are forgotten.
           AND (kept.day IS NOT NULL OR counted.day >= ($2 AT TIME ZONE 'UTC')::date - 7)",
        counting = counting()
    ),
];
