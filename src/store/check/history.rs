//! Rules that compare history with the rows, as far as it is kept. They count events and don't
//! compare their order, because the order depends on the clocks of several servers.

use strum::VariantArray;

use super::{Rule, rule};
use crate::domain::activity::ClosedState;
use crate::domain::enrollment::{EnrollmentSource, EnrollmentState};
use crate::domain::history::HistoryKind;
use crate::domain::throttle::UNKNOWN;
use crate::domain::timer::WaitReason;
use crate::store::enrollments::timers;
use crate::store::horizons;
use crate::store::statement;

/// Returns the numbers of the wanted kinds of events, for `IN (…)`.
fn kinds(wanted: fn(HistoryKind) -> bool) -> String {
    let kinds = HistoryKind::VARIANTS.iter().filter(|kind| wanted(**kind));
    statement::words::numbers(kinds.map(|kind| *kind as i16))
}

/// Returns SQL that is true for enrollments whose timeline is kept.
fn kept() -> String {
    horizons::kept("enrollment.organization_id", "enrollment.end_time")
}

/// Returns the states in which activities are closed.
fn closings() -> impl Iterator<Item = ClosedState> {
    ClosedState::VARIANTS.iter().copied()
}

pub(super) const RULES: &[Rule] = &[
    rule!(
        "history_of_enrollment",
        "the enrollment of every event in a timeline exists",
        "SELECT history.organization_id, jsonb_build_object('enrollment', history.subject_id, 'event', history.id) AS ids,
           format('an event of kind %s is of an enrollment that does not exist', history.kind) AS sentence
         FROM history
         LEFT JOIN enrollment ON enrollment.organization_id = history.organization_id AND enrollment.id = history.subject_id
         WHERE history.kind IN ({of_enrollment}) AND enrollment.id IS NULL",
        of_enrollment = kinds(|kind| kind.of_enrollment())
    ),
    rule!(
        "history_by",
        "the seller or key that caused an event exists",
        "SELECT history.organization_id,
           jsonb_build_object('event', history.id, 'seller', history.actor_seller_id, 'api_key', history.actor_key_id) AS ids,
           'something was done by a seller or with a key that does not exist' AS sentence
         FROM history
         LEFT JOIN seller ON seller.organization_id = history.organization_id AND seller.id = history.actor_seller_id
         LEFT JOIN api_key ON api_key.organization_id = history.organization_id AND api_key.id = history.actor_key_id
         LEFT JOIN principal ON principal.organization_id = history.organization_id AND principal.id = history.actor_key_id
         WHERE history.actor_seller_id IS NOT NULL AND seller.id IS NULL OR history.actor_key_id IS NOT NULL AND api_key.id IS NULL AND principal.id IS NULL"
    ),
    rule!(
        "enrollment_started_once",
        "history has the start of every enrollment whose timeline is kept, once, at its creation",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('history has the start of the enrollment %s times', coalesce(told.times, 0)) AS sentence
         FROM enrollment
         LEFT JOIN (
           SELECT organization_id, subject_id, count(*) AS times, min(at) AS at
           FROM history
           WHERE kind = {started}
           GROUP BY organization_id, subject_id
         ) AS told ON told.organization_id = enrollment.organization_id AND told.subject_id = enrollment.id
         WHERE (coalesce(told.times, 0) <> 1 OR told.at <> enrollment.create_time) AND enrollment.source <> {manual_activity}
           AND {kept}",
        kept = kept(),
        manual_activity = EnrollmentSource::ManualActivity as i16,
        started = HistoryKind::EnrollmentStarted as i16
    ),
    rule!(
        "enrollment_ended_once",
        "history has the end of every ended enrollment, once, as it ended, and none of open ones, beside ends that were taken back",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('the enrollment is in state %s, and history has its completion %s times and its exit %s times', enrollment.state,
             coalesce(told.completions, 0), coalesce(told.exits, 0)) AS sentence
         FROM enrollment
         LEFT JOIN (
           SELECT organization_id, subject_id,
             count(*) FILTER (WHERE kind = {completed}) - count(*) FILTER (WHERE kind = {reopened}) AS completions,
             count(*) FILTER (WHERE kind = {exited}) AS exits
           FROM history
           WHERE kind IN ({completed}, {reopened}, {exited})
           GROUP BY organization_id, subject_id
         ) AS told ON told.organization_id = enrollment.organization_id AND told.subject_id = enrollment.id
         WHERE (coalesce(told.completions, 0) <> (enrollment.state = {is_completed})::integer
           OR coalesce(told.exits, 0) <> (enrollment.state = {is_exited})::integer) AND enrollment.source <> {manual_activity}
           AND {kept}",
        kept = kept(),
        manual_activity = EnrollmentSource::ManualActivity as i16,
        completed = HistoryKind::EnrollmentCompleted as i16,
        reopened = HistoryKind::EnrollmentReopened as i16,
        exited = HistoryKind::EnrollmentExited as i16,
        is_completed = EnrollmentState::Completed as i16,
        is_exited = EnrollmentState::Exited as i16
    ),
    // An exit ends a wait without an event of its own, so one wait may lack its end. Without any
    // wait in history the comparison is NULL, which is only right if the enrollment is not waiting.
    rule!(
        "enrollment_waits_told",
        "history has the end of every wait of an enrollment, except the current one and one left by an exit",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('history has %s waits begun and %s ended', coalesce(told.begun, 0), coalesce(told.ended, 0)) AS sentence
         FROM enrollment
         LEFT JOIN (
           SELECT organization_id, subject_id, count(*) FILTER (WHERE kind = {begun}) AS begun,
             count(*) FILTER (WHERE kind IN ({over}, {skipped}, {canceled})) AS ended
           FROM history
           WHERE kind IN ({begun}, {over}, {skipped}, {canceled})
           GROUP BY organization_id, subject_id
         ) AS told ON told.organization_id = enrollment.organization_id AND told.subject_id = enrollment.id
         WHERE NOT coalesce(CASE
           -- Nothing is told of standing at a command.
           WHEN enrollment.waiting_until IS NOT NULL AND enrollment.waiting_for <> {command} THEN told.begun = told.ended + 1
           WHEN enrollment.state = {is_exited} THEN told.begun - told.ended IN (0, 1)
           ELSE told.begun = told.ended
         END, enrollment.waiting_until IS NULL OR enrollment.waiting_for = {command}) AND {kept}",
        command = WaitReason::Command as i16,
        kept = kept(),
        begun = HistoryKind::WaitStarted as i16,
        over = HistoryKind::WaitEnded as i16,
        skipped = HistoryKind::WaitSkipped as i16,
        canceled = HistoryKind::WaitCanceled as i16,
        is_exited = EnrollmentState::Exited as i16
    ),
    // Each step is reached as often as it is left, except the current one of an open enrollment. It
    // can be reached again after an activity was reopened, so the highest node is not always the
    // last one. A completed enrollment ends at the highest, and an exit says where it happened.
    rule!(
        "enrollment_step_told",
        "the last step of an enrollment in history is its current step",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('the enrollment is at step %s, and history has it at step %s', enrollment.node,
             CASE enrollment.state WHEN {is_exited} THEN told.left_at WHEN {is_completed} THEN told.highest ELSE told.here END) AS sentence
         FROM enrollment
         LEFT JOIN (
           SELECT organization_id, subject_id, max(node) FILTER (WHERE reached > 0) AS highest,
             max(node) FILTER (WHERE reached > passed) AS here, max(node) FILTER (WHERE exited) AS left_at
           FROM (
             SELECT organization_id, subject_id, (detail ->> 'node')::integer AS node,
               count(*) FILTER (WHERE kind IN ({reaching})) AS reached,
               count(*) FILTER (WHERE kind IN ({passing})) AS passed, bool_or(kind = {exited}) AS exited
             FROM history
             -- Nodes of an earlier revision have other numbers.
             LEFT JOIN (
               SELECT organization_id AS in_organization, subject_id AS moved, (array_agg(id ORDER BY id DESC))[1] AS last
               FROM history
               WHERE kind = {migrated}
               GROUP BY organization_id, subject_id
             ) AS migration ON in_organization = organization_id AND moved = subject_id
             WHERE kind IN ({reaching}, {passing}, {exited}) AND (last IS NULL OR id >= last) AND detail ? 'node'
             GROUP BY organization_id, subject_id, (detail ->> 'node')::integer
           ) AS step
           GROUP BY organization_id, subject_id
         ) AS told ON told.organization_id = enrollment.organization_id AND told.subject_id = enrollment.id
         -- Nothing is told of what hasn't started, and of a command once it is carried out.
         WHERE enrollment.source <> {manual_activity} AND {kept}
           AND (enrollment.waiting_for IS NULL OR enrollment.waiting_for NOT IN ({elsewhere})) AND enrollment.node IS DISTINCT FROM
           CASE enrollment.state WHEN {is_exited} THEN told.left_at WHEN {is_completed} THEN told.highest ELSE told.here END",
        kept = kept(),
        manual_activity = EnrollmentSource::ManualActivity as i16,
        migrated = HistoryKind::EnrollmentMigrated as i16,
        reaching = kinds(|kind| kind.reaches_step()),
        passing = kinds(|kind| kind.leaves_step()),
        exited = HistoryKind::EnrollmentExited as i16,
        elsewhere = timers::elsewhere(),
        is_exited = EnrollmentState::Exited as i16,
        is_completed = EnrollmentState::Completed as i16
    ),
    rule!(
        "wait_told",
        "history has the start of every running wait, or its change, with its planned end",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('the enrollment waits until %s, and history has no such wait', enrollment.waiting_until) AS sentence
         FROM enrollment
         WHERE enrollment.waiting_until IS NOT NULL AND enrollment.waiting_for <> {command} AND NOT EXISTS (
           SELECT FROM history
           WHERE history.organization_id = enrollment.organization_id AND history.subject_id = enrollment.id
             AND history.kind IN ({begun}, {rescheduled}, {resumed}, {migrated})
             AND (history.detail ->> 'node')::integer IS NOT DISTINCT FROM
               CASE WHEN enrollment.waiting_for NOT IN ({start}, {throttle}) THEN enrollment.node END
             -- Nobody can say when some turns come.
             AND (history.detail ->> 'planned')::timestamptz IS NOT DISTINCT FROM
               CASE WHEN enrollment.waiting_until < '{unknown}' THEN enrollment.waiting_until END)",
        begun = HistoryKind::WaitStarted as i16,
        rescheduled = HistoryKind::WaitRescheduled as i16,
        command = WaitReason::Command as i16,
        start = WaitReason::Start as i16,
        throttle = WaitReason::Throttle as i16,
        unknown = UNKNOWN.to_rfc3339(),
        resumed = HistoryKind::EnrollmentResumed as i16,
        migrated = HistoryKind::EnrollmentMigrated as i16
    ),
    // An exit ends a pause without an event of its own.
    rule!(
        "enrollment_pauses_told",
        "history has the end of every pause and failure of an enrollment, except the current one and one left by an exit",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('the enrollment is in state %s, and history has %s pauses and %s ends of pauses', enrollment.state,
             coalesce(told.begun, 0), coalesce(told.ended, 0)) AS sentence
         FROM enrollment
         LEFT JOIN (
           SELECT organization_id, subject_id, count(*) FILTER (WHERE kind IN ({paused}, {failed})) AS begun,
             count(*) FILTER (WHERE kind IN ({resumed}, {retried})) AS ended
           FROM history
           WHERE kind IN ({paused}, {resumed}, {failed}, {retried})
           GROUP BY organization_id, subject_id
         ) AS told ON told.organization_id = enrollment.organization_id AND told.subject_id = enrollment.id
         WHERE coalesce(told.begun, 0) - coalesce(told.ended, 0) NOT IN (
           (enrollment.state IN ({is_paused}, {is_failed}))::integer,
           (enrollment.state IN ({is_paused}, {is_failed}, {is_exited}))::integer) AND {kept}",
        failed = HistoryKind::EnrollmentFailed as i16,
        retried = HistoryKind::EnrollmentRetried as i16,
        is_failed = EnrollmentState::Failed as i16,
        kept = kept(),
        paused = HistoryKind::EnrollmentPaused as i16,
        resumed = HistoryKind::EnrollmentResumed as i16,
        is_paused = EnrollmentState::Paused as i16,
        is_exited = EnrollmentState::Exited as i16
    ),
    // FULL JOIN finds both: activities without an event, and events without an activity.
    rule!(
        "activity_due_told",
        "history has the due event of every activity, or that it was made by hand, once, and of no other activity",
        "SELECT organization_id, jsonb_build_object('activity', activity_id, 'enrollment', enrollment_id) AS ids,
           CASE WHEN work.id IS NULL THEN 'history has an activity fall due that is neither open nor closed'
             ELSE format('history has the activity fall due %s times', coalesce(told.times, 0)) END AS sentence
         FROM (
           SELECT organization_id, enrollment_id, id::text AS activity_id, id FROM activity
           UNION SELECT organization_id, enrollment_id, id::text, id FROM closed_activity
         ) AS work
         FULL JOIN (
           SELECT organization_id, subject_id AS enrollment_id, detail ->> 'activity' AS activity_id, count(*) AS times
           FROM history
           WHERE kind IN ({due}, {created})
           GROUP BY organization_id, subject_id, detail ->> 'activity'
         ) AS told USING (organization_id, enrollment_id, activity_id)
         {forgotten}
         WHERE (coalesce(told.times, 0) <> 1 OR work.id IS NULL) AND forgotten.id IS NULL",
        forgotten = horizons::forgotten("organization_id", "enrollment_id"),
        due = HistoryKind::ActivityDue as i16,
        created = HistoryKind::ActivityCreated as i16
    ),
    rule!(
        "activity_closed_told",
        "history has the closing of every closed activity, once more than it was reopened and once in the same way, \
         and of no other activity",
        "SELECT organization_id, jsonb_build_object('activity', activity_id, 'enrollment', enrollment_id) AS ids,
           CASE WHEN work.id IS NULL THEN 'history has an activity closed or reopened that never was'
             ELSE format('history has the activity closed %s more times than reopened, or in another way', coalesce(told.times, 0))
           END AS sentence
         FROM (
           SELECT organization_id, enrollment_id, id::text AS activity_id, id, 1 AS times, {told_as} AS kind
           FROM closed_activity
           UNION ALL
           SELECT organization_id, enrollment_id, id::text, id, 0, NULL
           FROM activity
           WHERE NOT EXISTS (SELECT FROM closed_activity
             WHERE closed_activity.organization_id = activity.organization_id AND closed_activity.id = activity.id)
         ) AS work
         FULL JOIN (
           SELECT organization_id, subject_id AS enrollment_id, detail ->> 'activity' AS activity_id,
             count(*) FILTER (WHERE kind <> {reopened}) - count(*) FILTER (WHERE kind = {reopened}) AS times,
             array_agg(kind) AS kinds
           FROM history
           WHERE kind IN ({closings}, {reopened})
           GROUP BY organization_id, subject_id, detail ->> 'activity'
         ) AS told USING (organization_id, enrollment_id, activity_id)
         {forgotten}
         WHERE (work.id IS NULL OR coalesce(told.times, 0) <> work.times OR work.kind IS NOT NULL AND work.kind <> ALL (told.kinds))
           AND forgotten.id IS NULL",
        forgotten = horizons::forgotten("organization_id", "enrollment_id"),
        told_as = statement::words::case("state", closings().map(|state| (state as i16, state.told_as() as i16))),
        closings = statement::words::numbers(closings().map(|state| state.told_as() as i16)),
        reopened = HistoryKind::ActivityReopened as i16
    ),
    rule!(
        "activity_snoozes_told",
        "history has as many snoozes of an activity as the activity counts",
        "SELECT work.organization_id, jsonb_build_object('activity', work.id, 'enrollment', work.enrollment_id) AS ids,
           format('the activity was snoozed %s times, and history has %s', work.snooze_count, coalesce(told.times, 0)) AS sentence
         FROM (
           SELECT organization_id, enrollment_id, id, snooze_count FROM activity
           UNION ALL SELECT organization_id, enrollment_id, id, snooze_count FROM closed_activity
         ) AS work
         LEFT JOIN (
           SELECT organization_id, detail ->> 'activity' AS activity_id, count(*) AS times
           FROM history
           WHERE kind = {snoozed}
           GROUP BY organization_id, detail ->> 'activity'
         ) AS told ON told.organization_id = work.organization_id AND told.activity_id = work.id::text
         {forgotten}
         WHERE work.snooze_count <> coalesce(told.times, 0) AND forgotten.id IS NULL",
        forgotten = horizons::forgotten("work.organization_id", "work.enrollment_id"),
        snoozed = HistoryKind::ActivitySnoozed as i16
    ),
    rule!(
        "routing_enrolled_once",
        "every enrollment by a segment has one routing run of its record, unless that is forgotten, and the enrollment of every run exists",
        "SELECT organization_id, jsonb_build_object('enrollment', enrollment_id, 'record', record_id) AS ids,
           CASE WHEN enrolled.id IS NULL THEN 'a routing run made an enrollment that is not there'
             ELSE format('%s routing runs of the record made the enrollment', coalesce(told.times, 0)) END AS sentence
         FROM (
           SELECT organization_id, coalesce(moved.record_id, enrollment.record_id) AS record_id, id::text AS enrollment_id, id, create_time
           FROM enrollment
           -- Before its record was merged into another one, it was of the one that the event tells.
           LEFT JOIN (
             SELECT organization_id AS in_organization, subject_id, (array_agg((detail ->> 'record')::uuid ORDER BY id))[1] AS record_id
             FROM history
             WHERE kind = {moved}
             GROUP BY organization_id, subject_id
           ) AS moved ON in_organization = organization_id AND moved.subject_id = enrollment.id
           WHERE source = {segment}
         ) AS enrolled
         FULL JOIN (
           SELECT organization_id, subject_id AS record_id, detail ->> 'enrollment' AS enrollment_id, count(*) AS times
           FROM history
           WHERE kind = {run} AND detail ? 'enrollment'
           GROUP BY organization_id, subject_id, detail ->> 'enrollment'
         ) AS told USING (organization_id, record_id, enrollment_id)
         WHERE (coalesce(told.times, 0) <> 1 OR enrolled.id IS NULL) AND {kept}",
        moved = HistoryKind::EnrollmentMoved as i16,
        kept = horizons::kept("enrolled.organization_id", "enrolled.create_time"),
        segment = EnrollmentSource::Segment as i16,
        run = HistoryKind::RoutingRun as i16
    ),
    rule!(
        "history_forgotten",
        "history has nothing of enrollments that ended before the organization's horizon, from before it",
        "SELECT history.organization_id, jsonb_build_object('enrollment', history.subject_id, 'event', history.id) AS ids,
           format('an event of kind %s should be forgotten', history.kind) AS sentence
         FROM history_horizon AS horizon
         JOIN history ON history.organization_id = horizon.organization_id AND history.at < horizon.done
         JOIN enrollment ON enrollment.organization_id = history.organization_id AND enrollment.id = history.subject_id
         WHERE enrollment.end_time < horizon.done"
    ),
];
