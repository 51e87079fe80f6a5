//! Rules for open and closed activities, and for timers.

use strum::VariantArray;

use super::{Rule, nodes, rule};
use crate::domain::activity::{ActivityState, ClosedState};
use crate::domain::consent::{Channel, Warning};
use crate::domain::enrollment::EnrollmentState;
use crate::domain::history::HistoryKind;
use crate::domain::migration;
use crate::domain::operation::OperationKind;
use crate::domain::reopening::CANCELED_FOR;
use crate::domain::step::ActivityKind;
use crate::domain::timer::{TimerKind, TimerSubject};
use crate::store::enrollments::timers::{END_OF_WAIT, kind_of_wait, skips_itself};
use crate::store::{horizons, statement};

/// Returns the numbers of the kinds of timers that a subject can have, for `IN (…)`.
fn kinds(subject: TimerSubject) -> String {
    let kinds = TimerKind::VARIANTS.iter().filter(|kind| kind.subject() == subject);
    statement::words::numbers(kinds.map(|kind| *kind as i16))
}

/// Returns the numbers of the kinds of timers that make nothing due, for `IN (…)`.
fn uncounted() -> String {
    let kinds = TimerKind::VARIANTS.iter().filter(|kind| !kind.counts_as_due());
    statement::words::numbers(kinds.map(|kind| *kind as i16))
}

/// Returns the numbers of the kinds of activities that reach people this way, for `IN (…)`.
fn through(channel: Channel) -> String {
    let kinds = ActivityKind::VARIANTS.iter().filter(|kind| kind.channel() == Some(channel));
    statement::words::numbers(kinds.map(|kind| *kind as i16))
}

/// Returns the SQL that is true unless an operation is still giving the activities of a
/// `record_type` what its new roles say.
fn at_rest() -> String {
    format!(
        "NOT EXISTS (SELECT FROM operation WHERE operation.organization_id = record_type.organization_id
           AND operation.record_type_id = record_type.id AND operation.kind = '{}' AND operation.state = 'RUNNING')",
        OperationKind::RefreshActivities.as_str()
    )
}

/// Returns the numbers of the kinds of activities that workers carry out, for `IN (…)`.
fn automated() -> String {
    let kinds = ActivityKind::VARIANTS.iter().filter(|kind| kind.is_automated());
    statement::words::numbers(kinds.map(|kind| *kind as i16))
}

pub(super) const RULES: &[Rule] = &[
    rule!(
        "activity_of_enrollment",
        "an open activity is the open activity of its enrollment",
        "SELECT activity.organization_id, jsonb_build_object('activity', activity.id, 'enrollment', activity.enrollment_id) AS ids,
           CASE WHEN enrollment.id IS NULL THEN 'the activity is open, and its enrollment does not exist'
             ELSE 'the activity is open, and its enrollment has another one open or none' END AS sentence
         FROM activity
         LEFT JOIN enrollment ON enrollment.organization_id = activity.organization_id AND enrollment.id = activity.enrollment_id
         WHERE enrollment.activity_id IS DISTINCT FROM activity.id"
    ),
    rule!(
        "enrollment_has_activity",
        "the open activity of an enrollment exists",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id, 'activity', enrollment.activity_id) AS ids,
           'the enrollment has an activity open that is not there' AS sentence
         FROM enrollment
         LEFT JOIN activity ON activity.organization_id = enrollment.organization_id AND activity.id = enrollment.activity_id
         WHERE enrollment.activity_id IS NOT NULL AND activity.id IS NULL"
    ),
    // A closed activity keeps the revision and step where it was closed, while its enrollment has
    // moved on.
    rule!(
        "activity_copies",
        "an activity has the record and sequence of its enrollment and, while open, its revision and step",
        "SELECT work.organization_id, jsonb_build_object('activity', work.id, 'enrollment', work.enrollment_id) AS ids,
           'the activity names another record, sequence, revision or step than its enrollment' AS sentence
         FROM (
           SELECT organization_id, id, enrollment_id, record_id, sequence_id, revision, node, true AS open FROM activity
           UNION ALL
           SELECT organization_id, id, enrollment_id, record_id, sequence_id, revision, node, false FROM closed_activity
         ) AS work
         JOIN enrollment ON enrollment.organization_id = work.organization_id AND enrollment.id = work.enrollment_id
         WHERE work.record_id <> enrollment.record_id OR work.sequence_id <> enrollment.sequence_id
           OR work.open AND (work.revision <> enrollment.revision OR work.node <> enrollment.node)"
    ),
    rule!(
        "activity_kind",
        "the kind of an activity is the kind of its step",
        "SELECT work.organization_id, jsonb_build_object('activity', work.id, 'sequence', work.sequence_id) AS ids,
           format('the activity is of kind %s, and step %s of revision %s is not', work.kind, work.node, work.revision) AS sentence
         FROM (
           SELECT organization_id, id, sequence_id, revision, node, kind FROM activity
           UNION ALL
           SELECT organization_id, id, sequence_id, revision, node, kind FROM closed_activity
         ) AS work
         JOIN ({nodes}) AS node ON node.organization_id = work.organization_id AND node.sequence_id = work.sequence_id
           AND node.revision = work.revision AND node.node = work.node
         WHERE node.kind IS DISTINCT FROM work.kind
           -- An email that a worker couldn't send is one for the record's owner.
           AND NOT (node.kind = {automated_email} AND work.kind = {email})",
        nodes = nodes(),
        automated_email = ActivityKind::AutomatedEmail as i16,
        email = ActivityKind::Email as i16
    ),
    rule!(
        "activity_in_queue",
        "the queue of every activity, open or closed, exists",
        "SELECT work.organization_id, jsonb_build_object('activity', work.id, 'queue', work.queue_id) AS ids,
           'the activity is in a queue that does not exist' AS sentence
         FROM (
           SELECT organization_id, id, queue_id FROM activity
           UNION ALL SELECT organization_id, id, queue_id FROM closed_activity
         ) AS work
         LEFT JOIN queue ON queue.organization_id = work.organization_id AND queue.id = work.queue_id
         WHERE queue.id IS NULL"
    ),
    rule!(
        "activity_of_owner",
        "an open activity is in the queue of whoever its step says, of its record's owner, for records without an owner, or for \
         what workers do, or where it was put while it belonged there",
        "SELECT activity.organization_id,
           jsonb_build_object('activity', activity.id, 'queue', activity.queue_id, 'record', record.id) AS ids,
           'the activity is in another queue than the one in which it belongs' AS sentence
         FROM activity
         JOIN queue ON queue.organization_id = activity.organization_id AND queue.id = activity.queue_id
         JOIN record ON record.organization_id = activity.organization_id AND record.id = activity.record_id
         JOIN team ON team.organization_id = activity.organization_id
           AND team.team_id = CASE WHEN activity.kind IN ({automated}) THEN 'automation' ELSE 'unassigned' END
         JOIN enrollment ON enrollment.organization_id = activity.organization_id AND enrollment.id = activity.enrollment_id
         LEFT JOIN ({nodes}) AS node ON node.organization_id = activity.organization_id AND node.sequence_id = activity.sequence_id
           AND node.revision = activity.revision AND node.node = activity.node
         LEFT JOIN team AS assigned ON assigned.organization_id = activity.organization_id
           AND assigned.team_id = node.assign_to ->> 'team' AND assigned.delete_time IS NULL
         LEFT JOIN seller AS named ON named.organization_id = activity.organization_id
           AND named.seller_id = regexp_replace(record.attributes ->> (node.assign_to ->> 'attribute'), '^sellers/', '')
         LEFT JOIN seller AS enroller ON enroller.organization_id = activity.organization_id AND enroller.id = enrollment.enroller_id
         CROSS JOIN LATERAL (
           SELECT coalesce(record.owner_id, team.id) AS owner_queue_id,
             CASE WHEN activity.kind IN ({automated}) THEN team.id
               ELSE coalesce(assigned.id, named.id, CASE WHEN node.assign_to = '\"enroller\"' THEN enrollment.enroller_id END,
                 record.owner_id, team.id) END AS queue_id
         ) AS home
         WHERE (activity.queue_id <> home.queue_id AND activity.reassigned_from_queue_id IS DISTINCT FROM home.queue_id
             OR activity.queue_id = home.queue_id AND activity.reassigned_from_queue_id IS NOT NULL)
           -- What was to be done by somebody deleted stays where it was put until its record changes.
           AND named.delete_time IS NULL AND enroller.delete_time IS NULL
           -- Whoever didn't exist then may exist now.
           AND NOT (jsonb_typeof(node.assign_to) = 'object'
             AND home.owner_queue_id IN (activity.queue_id, activity.reassigned_from_queue_id))",
        automated = automated(),
        nodes = nodes()
    ),
    // Only open activities store the name: closed ones show the record's current name.
    rule!(
        "activity_name",
        "an open activity shows its record's name",
        "SELECT activity.organization_id, jsonb_build_object('activity', activity.id, 'record', record.id) AS ids,
           'the activity shows another name than its record has' AS sentence
         FROM activity
         JOIN record ON record.organization_id = activity.organization_id AND record.id = activity.record_id
         JOIN record_type ON record_type.organization_id = record.organization_id AND record_type.id = record.record_type_id
         WHERE activity.record_display_name <> coalesce(
           nullif(record.attributes ->> nullif(record_type.display_name_attribute, ''), ''), record.record_id)
           AND {at_rest}",
        at_rest = at_rest()
    ),
    rule!(
        "activity_warnings",
        "an open activity has the warnings of its record, for the way in which it reaches the person",
        "SELECT shown.organization_id, jsonb_build_object('activity', shown.id, 'record', shown.record_id) AS ids,
           format('the activity has the warnings %s, and its record leads to %s', shown.warnings, shown.wanted) AS sentence
         FROM (
           SELECT activity.organization_id, activity.id, activity.record_id, activity.warnings,
             CASE WHEN activity.kind IN ({phone}) THEN
               CASE WHEN record.attributes -> record_type.do_not_phone_attribute = 'true' THEN {do_not_phone} ELSE 0 END
               + CASE WHEN EXISTS (SELECT FROM unnest(record_type.phone_attributes) AS phone (attribute)
                   WHERE record.attributes ->> phone.attribute <> '') THEN 0 ELSE {no_phone_number} END
             WHEN activity.kind IN ({email}) THEN
               CASE WHEN record.attributes -> record_type.do_not_email_attribute = 'true' THEN {do_not_email} ELSE 0 END
               + CASE WHEN record.attributes ->> record_type.email_attribute <> '' THEN 0 ELSE {no_email_address} END
               + CASE WHEN record.unsubscribe_time IS NULL THEN 0 ELSE {unsubscribed} END
             ELSE 0 END AS wanted
           FROM activity
           JOIN record ON record.organization_id = activity.organization_id AND record.id = activity.record_id
           JOIN record_type ON record_type.organization_id = record.organization_id AND record_type.id = record.record_type_id
           WHERE {at_rest}
         ) AS shown
         WHERE shown.warnings <> shown.wanted",
        phone = through(Channel::Phone),
        email = through(Channel::Email),
        do_not_phone = Warning::DoNotPhone.bit(),
        no_phone_number = Warning::NoPhoneNumber.bit(),
        do_not_email = Warning::DoNotEmail.bit(),
        no_email_address = Warning::NoEmailAddress.bit(),
        unsubscribed = Warning::Unsubscribed.bit(),
        at_rest = at_rest()
    ),
    rule!(
        "activity_rank",
        "the rank of an activity is its due time, an hour earlier for each point of its priority",
        "SELECT organization_id, jsonb_build_object('activity', id) AS ids,
           format('the activity is due at %s with priority %s, and ranked at %s', due_time, priority, rank) AS sentence
         FROM activity
         WHERE rank <> due_time - priority * interval '1 hour'"
    ),
    rule!(
        "activity_snoozed",
        "a snoozed activity counts at least one snooze, unless it falls due then for the first time",
        "SELECT organization_id, jsonb_build_object('activity', id) AS ids,
           format('the activity is snoozed until %s, and was snoozed %s times', snooze_until, snooze_count) AS sentence
         FROM activity
         WHERE snooze_until IS NOT NULL AND snooze_count < 1 AND snooze_until <> due_time"
    ),
    rule!(
        "activity_paused",
        "an open activity is paused if its enrollment is paused or has failed, and only then",
        "SELECT activity.organization_id, jsonb_build_object('activity', activity.id, 'enrollment', enrollment.id) AS ids,
           format('the activity has state %s, and its enrollment has state %s', activity.state, enrollment.state) AS sentence
         FROM activity
         JOIN enrollment ON enrollment.organization_id = activity.organization_id AND enrollment.id = activity.enrollment_id
         WHERE (activity.state = {activity_paused}) <> (enrollment.state IN ({enrollment_paused}, {enrollment_failed}))",
        activity_paused = ActivityState::PAUSED,
        enrollment_paused = EnrollmentState::Paused as i16,
        enrollment_failed = EnrollmentState::Failed as i16
    ),
    rule!(
        "activity_open_or_closed",
        "no activity is both open and closed",
        "SELECT activity.organization_id, jsonb_build_object('activity', activity.id) AS ids,
           'the activity is open and closed' AS sentence
         FROM activity
         JOIN closed_activity ON closed_activity.organization_id = activity.organization_id AND closed_activity.id = activity.id"
    ),
    rule!(
        "closed_activity_of_enrollment",
        "the enrollment of every closed activity exists, and has exited if the activity was canceled, \
         unless an earlier one was reopened or the enrollment moved to another revision",
        "SELECT closed_activity.organization_id,
           jsonb_build_object('activity', closed_activity.id, 'enrollment', closed_activity.enrollment_id) AS ids,
           CASE WHEN enrollment.id IS NULL THEN 'the closed activity is of an enrollment that does not exist'
             ELSE 'the activity was canceled, its enrollment did not exit, and no earlier activity was reopened' END AS sentence
         FROM closed_activity
         LEFT JOIN enrollment ON enrollment.organization_id = closed_activity.organization_id AND enrollment.id = closed_activity.enrollment_id
         WHERE enrollment.id IS NULL OR closed_activity.state = {canceled} AND enrollment.state <> {exited}
           AND {kept} AND NOT (closed_activity.outcome = '{canceled_for}' AND EXISTS (
             SELECT FROM history
             WHERE history.organization_id = closed_activity.organization_id AND history.subject_id = closed_activity.enrollment_id
               AND history.kind = {reopened} AND (history.detail ->> 'node')::integer < closed_activity.node))
           AND NOT (closed_activity.outcome = '{migrated_for}' AND EXISTS (
             SELECT FROM history
             WHERE history.organization_id = closed_activity.organization_id AND history.subject_id = closed_activity.enrollment_id
               AND history.kind = {migrated} AND (history.detail ->> 'revision')::integer = closed_activity.revision))",
        kept = horizons::kept("enrollment.organization_id", "enrollment.end_time"),
        migrated_for = migration::CANCELED_FOR,
        migrated = HistoryKind::EnrollmentMigrated as i16,
        canceled = ClosedState::Canceled as i16,
        exited = EnrollmentState::Exited as i16,
        canceled_for = CANCELED_FOR,
        reopened = HistoryKind::ActivityReopened as i16
    ),
    rule!(
        "closed_activity_by",
        "the seller or key that closed an activity exists",
        "SELECT closed_activity.organization_id, jsonb_build_object('activity', closed_activity.id,
             'seller', closed_activity.closed_by_seller_id, 'api_key', closed_activity.closed_by_key_id) AS ids,
           'the activity was closed by a seller or with a key that does not exist' AS sentence
         FROM closed_activity
         LEFT JOIN seller ON seller.organization_id = closed_activity.organization_id AND seller.id = closed_activity.closed_by_seller_id
         LEFT JOIN api_key ON api_key.organization_id = closed_activity.organization_id AND api_key.id = closed_activity.closed_by_key_id
         LEFT JOIN principal ON principal.organization_id = closed_activity.organization_id AND principal.id = closed_activity.closed_by_key_id
         WHERE closed_activity.closed_by_seller_id IS NOT NULL AND seller.id IS NULL
           OR closed_activity.closed_by_key_id IS NOT NULL AND api_key.id IS NULL AND principal.id IS NULL"
    ),
    // A timer that could not be fired is held, and stays.
    rule!(
        "wait_has_timer",
        "every wait has its timer, unless it is paused, and so has every pause that ends by itself",
        "SELECT enrollment.organization_id, jsonb_build_object('enrollment', enrollment.id) AS ids,
           format('the enrollment waits until %s, and has no timer for it', {end}) AS sentence
         FROM enrollment
         LEFT JOIN timer ON timer.organization_id = enrollment.organization_id AND timer.due_at = {end}
           AND timer.kind = {kind} AND timer.subject_id = enrollment.id
         WHERE {end} IS NOT NULL AND timer.subject_id IS NULL",
        end = END_OF_WAIT,
        kind = kind_of_wait()
    ),
    rule!(
        "snooze_has_timer",
        "every snooze has its timer, unless it is paused",
        "SELECT activity.organization_id, jsonb_build_object('activity', activity.id) AS ids,
           format('the activity is snoozed until %s, and has no timer for it', activity.snooze_until) AS sentence
         FROM activity
         LEFT JOIN timer ON timer.organization_id = activity.organization_id AND timer.due_at = activity.snooze_until
           AND timer.kind = {kind} AND timer.subject_id = activity.id
         WHERE activity.state = {snoozed} AND timer.subject_id IS NULL",
        snoozed = ActivityState::SNOOZED,
        kind = TimerKind::Snooze as i16
    ),
    rule!(
        "lease_has_timer",
        "every lease has its timer",
        "SELECT activity.organization_id, jsonb_build_object('activity', activity.id) AS ids,
           format('the activity is leased until %s, and has no timer for it', activity.lease_until) AS sentence
         FROM activity
         LEFT JOIN timer ON timer.organization_id = activity.organization_id AND timer.due_at = activity.lease_until
           AND timer.kind = {kind} AND timer.subject_id = activity.id
         WHERE activity.lease_until IS NOT NULL AND timer.subject_id IS NULL",
        kind = TimerKind::Lease as i16
    ),
    rule!(
        "auto_skip_has_timer",
        "every activity that is skipped at a time has its timer, unless it is paused or leased",
        "SELECT activity.organization_id, jsonb_build_object('activity', activity.id) AS ids,
           format('the activity is skipped at %s, and has no timer for it', activity.auto_skip_time) AS sentence
         FROM activity
         LEFT JOIN timer ON timer.organization_id = activity.organization_id AND timer.due_at = activity.auto_skip_time
           AND timer.kind = {kind} AND timer.subject_id = activity.id
         WHERE {skips_itself} AND timer.subject_id IS NULL",
        skips_itself = skips_itself(),
        kind = TimerKind::AutoSkip as i16
    ),
    rule!(
        "timer_of_auto_skip",
        "the timer of a skip moves the enrollment of an activity that is skipped at that time",
        "SELECT timer.organization_id, jsonb_build_object('activity', timer.subject_id) AS ids,
           format('a timer of a skip falls due at %s, and the activity is not skipped then', timer.due_at) AS sentence
         FROM timer
         LEFT JOIN activity ON activity.organization_id = timer.organization_id AND activity.id = timer.subject_id AND {skips_itself}
         WHERE timer.kind = {kind}
           AND (activity.auto_skip_time IS DISTINCT FROM timer.due_at OR timer.enrollment_id <> activity.enrollment_id)",
        skips_itself = skips_itself(),
        kind = TimerKind::AutoSkip as i16
    ),
    rule!(
        "lease_of_key",
        "the key that leased an activity exists, and the lease is not newer than the activity's last change",
        "SELECT activity.organization_id, jsonb_build_object('activity', activity.id, 'api_key', activity.lease_key_id) AS ids,
           CASE WHEN api_key.id IS NULL AND principal.id IS NULL THEN 'the activity is leased to a key that does not exist'
             ELSE format('the lease has the epoch %s, and the activity has changed %s times', lease_epoch, version) END AS sentence
         FROM activity
         LEFT JOIN api_key ON api_key.organization_id = activity.organization_id AND api_key.id = activity.lease_key_id
         LEFT JOIN principal ON principal.organization_id = activity.organization_id AND principal.id = activity.lease_key_id
         WHERE activity.lease_id IS NOT NULL AND (api_key.id IS NULL AND principal.id IS NULL OR activity.lease_epoch > activity.version)"
    ),
    rule!(
        "timer_of_lease",
        "the timer of a lease moves the enrollment of an activity that is leased until that time",
        "SELECT timer.organization_id, jsonb_build_object('activity', timer.subject_id) AS ids,
           format('a timer of a lease falls due at %s, and the activity is not leased until then', timer.due_at) AS sentence
         FROM timer
         LEFT JOIN activity ON activity.organization_id = timer.organization_id AND activity.id = timer.subject_id
         WHERE timer.kind = {kind}
           AND (activity.lease_until IS DISTINCT FROM timer.due_at OR timer.enrollment_id <> activity.enrollment_id)",
        kind = TimerKind::Lease as i16
    ),
    rule!(
        "timer_of_wait",
        "the timer of a wait or a pause moves an enrollment that waits or is paused until that time",
        "SELECT timer.organization_id, jsonb_build_object('enrollment', timer.subject_id) AS ids,
           format('a timer of a wait falls due at %s, and the enrollment does not wait until then', timer.due_at) AS sentence
         FROM timer
         LEFT JOIN enrollment ON enrollment.organization_id = timer.organization_id AND enrollment.id = timer.subject_id
         WHERE timer.kind IN ({kinds}) AND (
           {end} IS DISTINCT FROM timer.due_at OR {kind} IS DISTINCT FROM timer.kind
           OR timer.enrollment_id <> timer.subject_id)",
        kinds = kinds(TimerSubject::Enrollment),
        end = END_OF_WAIT,
        kind = kind_of_wait()
    ),
    rule!(
        "timer_of_snooze",
        "the timer of a snooze moves the enrollment of an activity that is snoozed until that time",
        "SELECT timer.organization_id, jsonb_build_object('activity', timer.subject_id) AS ids,
           format('a timer of a snooze falls due at %s, and the activity is not snoozed until then', timer.due_at) AS sentence
         FROM timer
         LEFT JOIN activity ON activity.organization_id = timer.organization_id AND activity.id = timer.subject_id
         WHERE timer.kind = {kind}
           AND (activity.snooze_until IS DISTINCT FROM timer.due_at OR activity.state <> {snoozed} OR timer.enrollment_id <> activity.enrollment_id)",
        snoozed = ActivityState::SNOOZED,
        kind = TimerKind::Snooze as i16
    ),
    rule!(
        "timer_held",
        "every held timer is known as a problem, and is tried again",
        "SELECT timer.organization_id, jsonb_build_object('subject', timer.subject_id) AS ids,
           format('the timer that fell due at %s is held, and nothing will try it again', timer.due_at) AS sentence
         FROM timer
         LEFT JOIN set_aside ON set_aside.organization_id = timer.organization_id AND set_aside.kind = 'timer'
           AND set_aside.subject_id = timer.subject_id
         WHERE timer.held AND set_aside.id IS NULL"
    ),
    rule!(
        "timer_kind",
        "the kind of every timer is known",
        "SELECT organization_id, jsonb_build_object('subject', subject_id) AS ids, format('a timer is of kind %s', kind) AS sentence
         FROM timer
         WHERE kind NOT IN ({all})",
        all = statement::words::numbers(TimerKind::VARIANTS.iter().map(|kind| *kind as i16))
    ),
    rule!(
        "timer_in_queue",
        "a timer is in the queue where its activity is or will be due, or in none if it makes nothing due",
        "SELECT shown.organization_id, jsonb_build_object('subject', shown.subject_id, 'queue', shown.queue_id) AS ids,
           'the timer shows in another queue than that of its activity' AS sentence
         FROM (
           SELECT timer.organization_id, timer.subject_id, timer.queue_id,
             CASE WHEN timer.kind NOT IN ({uncounted}) THEN coalesce(record.owner_id, team.id) END AS wanted_id
           FROM timer
           JOIN enrollment ON enrollment.organization_id = timer.organization_id AND enrollment.id = timer.subject_id
           JOIN record ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id
           JOIN team ON team.organization_id = timer.organization_id AND team.team_id = 'unassigned'
           WHERE timer.kind IN ({of_enrollments})
           UNION ALL
           SELECT timer.organization_id, timer.subject_id, timer.queue_id,
             CASE WHEN timer.kind NOT IN ({uncounted}) THEN activity.queue_id END
           FROM timer
           JOIN activity ON activity.organization_id = timer.organization_id AND activity.id = timer.subject_id
           WHERE timer.kind IN ({of_activities})
         ) AS shown
         WHERE shown.queue_id IS DISTINCT FROM shown.wanted_id",
        uncounted = uncounted(),
        of_enrollments = kinds(TimerSubject::Enrollment),
        of_activities = kinds(TimerSubject::Activity)
    ),
];
