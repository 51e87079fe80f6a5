//! Rules that compare the tallies of sequences, and the entries of splits, with what they count.
//! Those of tallies don't compare revisions, which history doesn't have.

use strum::VariantArray;

use super::{Rule, rule};
use crate::domain::enrollment::EnrollmentSource;
use crate::domain::history::HistoryKind;
use crate::domain::step::Metric;
use crate::domain::tally::{STAYS, WHOLE};
use crate::store::enrollments::timers;
use crate::store::horizons;
use crate::store::sequences::split_entries;
use crate::store::statement;

/// Returns the numbers of the wanted kinds of events, for `IN (…)`.
fn kinds(wanted: fn(HistoryKind) -> bool) -> String {
    let kinds = HistoryKind::VARIANTS.iter().filter(|kind| wanted(**kind));
    statement::words::numbers(kinds.map(|kind| *kind as i16))
}

pub(super) const RULES: &[Rule] = &[
    rule!(
        "tallies_of_history",
        "tallies count each event of an enrollment once, on its day, at its step, with its word, \
         and those that are forgotten, too",
        "SELECT organization_id, jsonb_build_object('sequence', sequence_id) AS ids,
           format('on %s, the tallies count events of kind %s at step %s %s times, and history has them %s times',
             day, kind, node, coalesce(tallied.times, 0), coalesce(told.times, 0)) AS sentence
         FROM (
           SELECT organization_id, sequence_id, day, (counted.item ->> 0)::integer AS node, (counted.item ->> 1)::smallint AS kind,
             counted.item ->> 2 AS word, sum((counted.item ->> 3)::bigint) AS times
           FROM sequence_tally
           CROSS JOIN LATERAL jsonb_array_elements(tally -> 'counts') AS counted (item)
           WHERE (counted.item ->> 1)::smallint IN ({of_enrollment})
           GROUP BY 1, 2, 3, 4, 5, 6
         ) AS tallied
         FULL JOIN (
           SELECT history.organization_id, enrollment.sequence_id, (history.at AT TIME ZONE 'UTC')::date AS day,
             coalesce((history.detail ->> 'node')::integer, {whole}) AS node, history.kind,
             CASE WHEN history.kind IN ({worded}) THEN coalesce(history.detail ->> 'outcome', '') ELSE '' END AS word, count(*) AS times
           FROM history
           JOIN enrollment ON enrollment.organization_id = history.organization_id AND enrollment.id = history.subject_id
           WHERE history.kind IN ({of_enrollment}) AND enrollment.source <> {manual_activity}
           GROUP BY 1, 2, 3, 4, 5, 6
         ) AS told USING (organization_id, sequence_id, day, node, kind, word)
         WHERE coalesce(tallied.times, 0) < coalesce(told.times, 0)
           OR coalesce(tallied.times, 0) > coalesce(told.times, 0) AND {kept}",
        kept = horizons::kept("tallied.organization_id", "(tallied.day::timestamp AT TIME ZONE 'UTC')"),
        manual_activity = EnrollmentSource::ManualActivity as i16,
        of_enrollment = kinds(HistoryKind::is_tallied),
        worded = kinds(HistoryKind::has_word),
        whole = WHOLE
    ),
    rule!(
        "tallies_of_enrollments",
        "tallies count each open enrollment at its step, and no other",
        "SELECT organization_id, jsonb_build_object('sequence', sequence_id) AS ids,
           format('the tallies count %s enrollments at step %s of revision %s, and %s are there',
             coalesce(tallied.times, 0), node, revision, coalesce(actual.times, 0)) AS sentence
         FROM (
           SELECT organization_id, sequence_id, revision, (counted.item ->> 0)::integer AS node, sum((counted.item ->> 3)::bigint) AS times
           FROM sequence_tally
           CROSS JOIN LATERAL jsonb_array_elements(tally -> 'counts') AS counted (item)
           WHERE (counted.item ->> 1)::smallint = {stays}
           GROUP BY 1, 2, 3, 4
         ) AS tallied
         FULL JOIN (
           SELECT organization_id, sequence_id, revision, node, count(*) AS times
           FROM enrollment
           -- Nothing is told of what hasn't started, and of a command once it is carried out.
           WHERE end_time IS NULL AND (waiting_for IS NULL OR waiting_for NOT IN ({elsewhere})) AND source <> {manual_activity}
           GROUP BY organization_id, sequence_id, revision, node
         ) AS actual USING (organization_id, sequence_id, revision, node)
         WHERE coalesce(tallied.times, 0) <> coalesce(actual.times, 0)",
        manual_activity = EnrollmentSource::ManualActivity as i16,
        stays = STAYS,
        elsewhere = timers::elsewhere()
    ),
    rule!(
        "tallies_of_times",
        "tallies have a time for each step that was passed and each enrollment that was completed",
        "SELECT organization_id, jsonb_build_object('sequence', sequence_id) AS ids,
           format('on %s, the tallies have %s times at step %s, and %s enrollments passed it', day, coalesce(spent.times, 0), node,
             coalesce(passed.times, 0)) AS sentence
         FROM (
           SELECT organization_id, sequence_id, day, (kept.item ->> 0)::integer AS node, sum((kept.item ->> 2)::bigint) AS times
           FROM sequence_tally
           CROSS JOIN LATERAL jsonb_array_elements(tally -> 'spent') AS kept (item)
           GROUP BY 1, 2, 3, 4
         ) AS spent
         FULL JOIN (
           SELECT organization_id, sequence_id, day, (counted.item ->> 0)::integer AS node, sum((counted.item ->> 3)::bigint) AS times
           FROM sequence_tally
           CROSS JOIN LATERAL jsonb_array_elements(tally -> 'counts') AS counted (item)
           WHERE (counted.item ->> 1)::smallint = {completed}
             OR (counted.item ->> 1)::smallint IN ({passing}) AND (counted.item ->> 0)::integer <> {whole}
           GROUP BY 1, 2, 3, 4
         ) AS passed USING (organization_id, sequence_id, day, node)
         WHERE coalesce(spent.times, 0) <> coalesce(passed.times, 0)",
        passing = kinds(HistoryKind::passes_step),
        whole = WHOLE,
        completed = HistoryKind::EnrollmentCompleted as i16
    ),
    rule!(
        "tallies_of_splits",
        "entries of splits are the variants that enrollments took by chance, each with what it reached after that",
        "SELECT organization_id, jsonb_build_object('enrollment', enrollment_id) AS ids,
           format('of variant %s of the split %s, history tells that %s was reached, and the entry of variant %s has %s',
             told.variant_id, step_id, told.reached, entry.variant_id, entry.reached & ~{won}) AS sentence
         FROM ({told}) AS told
         FULL JOIN split_entry AS entry USING (organization_id, enrollment_id, step_id)
         {forgotten}
         WHERE (told.sequence_id, told.variant_id, told.at, told.reached)
             IS DISTINCT FROM (entry.sequence_id, entry.variant_id, entry.at, entry.reached & ~{won})
           -- What is forgotten, only the entry knows.
           AND (told.at IS NOT NULL OR forgotten.id IS NULL)",
        forgotten = horizons::forgotten("organization_id", "enrollment_id"),
        told = split_entries::told(None),
        won = Metric::Won.bit()
    ),
    rule!(
        "tallies_of_wins",
        "an entry of a split says whether the record was won after it, and still is",
        "SELECT entry.organization_id, jsonb_build_object('enrollment', entry.enrollment_id) AS ids,
           format('the entry of the split %s is wrong about whether its record is won', entry.step_id) AS sentence
         FROM split_entry AS entry
         JOIN enrollment ON enrollment.organization_id = entry.organization_id AND enrollment.id = entry.enrollment_id
         JOIN record ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id
         WHERE (entry.reached & {won} <> 0) <> coalesce({is_won}, false)",
        is_won = split_entries::is_won("entry.at"),
        won = Metric::Won.bit()
    ),
];
