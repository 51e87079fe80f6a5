//! Rules for records, their changes, their memberships, and items set aside.

use super::{Rule, rule};
use crate::domain::attribute_index::KEY_LENGTH;
use crate::domain::history::HistoryKind;
use crate::store::horizons;

pub(super) const RULES: &[Rule] = &[
    rule!(
        "record_of_type",
        "the record type of every record exists",
        "SELECT record.organization_id, jsonb_build_object('record', record.id, 'record_type', record.record_type_id) AS ids,
           'the record is of a type that does not exist' AS sentence
         FROM record
         LEFT JOIN record_type ON record_type.organization_id = record.organization_id AND record_type.id = record.record_type_id
         WHERE record_type.id IS NULL"
    ),
    rule!(
        "record_of_owner",
        "the owner of every record with an owner exists",
        "SELECT record.organization_id, jsonb_build_object('record', record.id, 'seller', record.owner_id) AS ids,
           'the record is owned by a seller that does not exist' AS sentence
         FROM record
         LEFT JOIN seller ON seller.organization_id = record.organization_id AND seller.id = record.owner_id
         WHERE record.owner_id IS NOT NULL AND seller.id IS NULL"
    ),
    // Deleting a record leaves its changes, so history has to say that the record once existed.
    rule!(
        "record_change_of_record",
        "the record of every change that awaits routing exists, or was deleted meanwhile",
        "SELECT record_change.organization_id, jsonb_build_object('record_change', record_change.id, 'record', record_change.record_id) AS ids,
           'a change awaits routing of a record that never existed' AS sentence
         FROM record_change
         LEFT JOIN record ON record.organization_id = record_change.organization_id AND record.id = record_change.record_id
         WHERE record.id IS NULL
           AND NOT EXISTS (
             SELECT FROM history
             WHERE history.organization_id = record_change.organization_id AND history.subject_id = record_change.record_id
               AND history.kind IN ({deleted}, {merged}))",
        deleted = HistoryKind::RecordDeleted as i16,
        merged = HistoryKind::RecordMerged as i16
    ),
    rule!(
        "record_flip_of_record",
        "every record that is to be routed again at some time exists, or was deleted meanwhile",
        "SELECT record_flip.organization_id, jsonb_build_object('record', record_flip.record_id) AS ids,
           'a record that never existed is to be routed again' AS sentence
         FROM record_flip
         LEFT JOIN record ON record.organization_id = record_flip.organization_id AND record.id = record_flip.record_id
         WHERE record.id IS NULL
           AND NOT EXISTS (
             SELECT FROM history
             WHERE history.organization_id = record_flip.organization_id AND history.subject_id = record_flip.record_id
               AND history.kind IN ({deleted}, {merged}))",
        deleted = HistoryKind::RecordDeleted as i16,
        merged = HistoryKind::RecordMerged as i16
    ),
    // References that were written by an earlier release may be missing here, until an operation
    // saves them.
    rule!(
        "record_reference_held",
        "every reference that is known is held by its record",
        "SELECT reference.organization_id, jsonb_build_object('record', reference.record_id, 'attribute', reference.attribute) AS ids,
           'the record does not exist, or refers to something else' AS sentence
         FROM record_reference AS reference
         LEFT JOIN record ON record.organization_id = reference.organization_id AND record.id = reference.record_id
         WHERE record.attributes ->> reference.attribute IS DISTINCT FROM reference.target_id
           OR record.record_type_id IS DISTINCT FROM reference.record_type_id"
    ),
    // The forms are those of `domain/attribute_index.rs`: texts are cut, and a number is a double
    // whose bits sort. One that a double can't hold has no index entry to compare.
    rule!(
        "record_value_held",
        "a complete index has what its records hold in the attribute, and nothing else",
        "SELECT coalesce(held.organization_id, known.organization_id) AS organization_id,
           jsonb_build_object('record', coalesce(held.record_id, known.record_id), 'attribute', coalesce(held.attribute, known.attribute)) AS ids,
           'the index finds the record by a value that it does not hold, or does not find it' AS sentence
         FROM (
           SELECT read.organization_id, read.record_id, read.record_type_id, read.attribute, CASE
               WHEN read.kind = 'BOOL' THEN CASE WHEN jsonb_typeof(read.value) = 'boolean' THEN read.value::text END
               WHEN read.kind NOT IN ('INT', 'DOUBLE') THEN CASE WHEN jsonb_typeof(read.value) = 'string' THEN left(read.value #>> ARRAY[]::text[], {length}) END
               WHEN read.bits < '8' THEN translate(left(read.bits, 1), '01234567', '89abcdef') || substr(read.bits, 2)
               ELSE translate(read.bits, '0123456789abcdef', 'fedcba9876543210')
             END AS value
           FROM (
             SELECT record.organization_id, record.id AS record_id, record.record_type_id, mark.attribute, mark.kind,
               record.attributes -> mark.attribute AS value,
               CASE WHEN mark.kind IN ('INT', 'DOUBLE') AND jsonb_typeof(record.attributes -> mark.attribute) = 'number'
                 THEN encode(float8send((record.attributes -> mark.attribute)::float8), 'hex') END AS bits
             FROM (
               SELECT record_type.organization_id, record_type.id AS record_type_id, marked.key AS attribute,
                 record_type.attributes -> marked.key ->> 'type' AS kind
               FROM record_type CROSS JOIN LATERAL jsonb_each_text(record_type.attribute_indexes) AS marked
               WHERE NOT EXISTS (
                 SELECT FROM operation
                 WHERE operation.organization_id = record_type.organization_id AND operation.id = marked.value::uuid
                   AND (operation.state = 'RUNNING' OR EXISTS (
                     SELECT FROM set_aside
                     WHERE set_aside.organization_id = operation.organization_id AND set_aside.operation_id = operation.id)))
             ) AS mark
             JOIN record ON record.organization_id = mark.organization_id AND record.record_type_id = mark.record_type_id
           ) AS read
         ) AS held
         FULL JOIN record_value AS known ON known.organization_id = held.organization_id
           AND known.record_id = held.record_id AND known.attribute = held.attribute
         WHERE (held.value IS DISTINCT FROM known.value OR held.record_type_id <> known.record_type_id)
           -- An operation may still remove what is left of an index.
           AND (held.record_id IS NOT NULL OR NOT EXISTS (
             SELECT FROM operation
             WHERE operation.organization_id = known.organization_id AND operation.record_type_id = known.record_type_id
               AND (operation.state = 'RUNNING' OR EXISTS (
                 SELECT FROM set_aside
                 WHERE set_aside.organization_id = operation.organization_id AND set_aside.operation_id = operation.id))))",
        length = KEY_LENGTH
    ),
    rule!(
        "related_change_attributes",
        "every change of a related record that awaits routing says what has changed",
        "SELECT related_change.organization_id, jsonb_build_object('related_change', related_change.id) AS ids,
           'nothing says what has changed in the record' AS sentence
         FROM related_change
         WHERE cardinality(related_change.attributes) = 0"
    ),
    rule!(
        "handover_of_record",
        "every record that an operation took from a seller exists, and so do the operation and who holds it since",
        "SELECT handover.organization_id, jsonb_build_object('record', handover.record_id, 'operation', handover.operation_id) AS ids,
           'something was handed over that does not exist, or by nothing or to nobody who does' AS sentence
         FROM handover
         LEFT JOIN record ON record.organization_id = handover.organization_id AND record.id = handover.record_id
         LEFT JOIN operation ON operation.organization_id = handover.organization_id AND operation.id = handover.operation_id
         LEFT JOIN queue ON queue.organization_id = handover.organization_id AND queue.id = handover.holder_id
         WHERE record.id IS NULL OR operation.id IS NULL OR handover.holder_id IS NOT NULL AND queue.id IS NULL"
    ),
    rule!(
        "membership_lapse",
        "every member that stays for now although it does not match is routed again when its grace is over",
        "SELECT membership.organization_id, jsonb_build_object('record', membership.record_id, 'segment', membership.segment_id) AS ids,
           'the record does not match its segment, and nothing routes it again' AS sentence
         FROM membership
         LEFT JOIN record_flip ON record_flip.organization_id = membership.organization_id AND record_flip.record_id = membership.record_id
         WHERE membership.lapse_time IS NOT NULL AND record_flip.record_id IS NULL
           AND NOT EXISTS (
             SELECT FROM record_change
             WHERE record_change.organization_id = membership.organization_id AND record_change.record_id = membership.record_id)
           AND NOT EXISTS (
             SELECT FROM set_aside
             WHERE set_aside.organization_id = membership.organization_id AND set_aside.subject_id = membership.record_id)"
    ),
    rule!(
        "membership_of_record",
        "every member of a segment exists",
        "SELECT membership.organization_id, jsonb_build_object('record', membership.record_id, 'segment', membership.segment_id) AS ids,
           'a record that does not exist is in a segment' AS sentence
         FROM membership
         LEFT JOIN record ON record.organization_id = membership.organization_id AND record.id = membership.record_id
         WHERE record.id IS NULL"
    ),
    rule!(
        "membership_of_segment",
        "the segment of every member exists",
        "SELECT membership.organization_id, jsonb_build_object('record', membership.record_id, 'segment', membership.segment_id) AS ids,
           'the record is in a segment that does not exist' AS sentence
         FROM membership
         LEFT JOIN segment ON segment.organization_id = membership.organization_id AND segment.id = membership.segment_id
         WHERE segment.id IS NULL"
    ),
    rule!(
        "membership_of_active_record",
        "no closed record is in a segment",
        "SELECT membership.organization_id, jsonb_build_object('record', membership.record_id, 'segment', membership.segment_id) AS ids,
           'the record is closed and in a segment' AS sentence
         FROM membership
         JOIN record ON record.organization_id = membership.organization_id AND record.id = membership.record_id
         WHERE record.closed"
    ),
    rule!(
        "membership_of_type",
        "every member of a segment has the record type of the segment",
        "SELECT membership.organization_id, jsonb_build_object('record', membership.record_id, 'segment', membership.segment_id) AS ids,
           format('the record is of another type than segments/%s', segment.segment_id) AS sentence
         FROM membership
         JOIN record ON record.organization_id = membership.organization_id AND record.id = membership.record_id
         JOIN segment ON segment.organization_id = membership.organization_id AND segment.id = membership.segment_id
         WHERE record.record_type_id <> segment.record_type_id"
    ),
    // The inner joins leave out missing records and segments, which break other rules.
    rule!(
        "membership_was_decided",
        "history has the routing run that put a record into its segment, unless it is forgotten",
        "SELECT membership.organization_id, jsonb_build_object('record', membership.record_id, 'segment', membership.segment_id) AS ids,
           'no routing run put the record into its segment' AS sentence
         FROM membership
         JOIN record ON record.organization_id = membership.organization_id AND record.id = membership.record_id
         JOIN segment ON segment.organization_id = membership.organization_id AND segment.id = membership.segment_id
         LEFT JOIN (
           SELECT DISTINCT organization_id, subject_id, detail ->> 'segment' AS segment_id FROM history WHERE kind = {run}
         ) AS run ON run.organization_id = membership.organization_id AND run.subject_id = membership.record_id
           AND run.segment_id = membership.segment_id::text
         WHERE run.subject_id IS NULL AND {kept}",
        kept = horizons::kept("membership.organization_id", "membership.join_time"),
        run = HistoryKind::RoutingRun as i16
    ),
    rule!(
        "record_deleted_is_gone",
        "a record whose deletion or merge is in history no longer exists",
        "SELECT record.organization_id, jsonb_build_object('record', record.id) AS ids,
           'history says that the record was deleted or merged' AS sentence
         FROM record
         JOIN history ON history.organization_id = record.organization_id AND history.subject_id = record.id
         WHERE history.kind IN ({deleted}, {merged})",
        deleted = HistoryKind::RecordDeleted as i16,
        merged = HistoryKind::RecordMerged as i16
    ),
    rule!(
        "record_merged_survives",
        "the record into which another one was merged exists, and the other one doesn't",
        "SELECT tombstone.organization_id, jsonb_build_object('record', tombstone.merged_key, 'survivor', tombstone.survivor_id) AS ids,
           CASE WHEN survivor.id IS NULL THEN 'the record was merged into one that does not exist'
             ELSE 'the record was merged into another one, and still exists' END AS sentence
         FROM tombstone
         LEFT JOIN record AS survivor ON survivor.organization_id = tombstone.organization_id AND survivor.id = tombstone.survivor_id
         LEFT JOIN record AS merged ON merged.organization_id = tombstone.organization_id AND merged.record_id = tombstone.merged_id
           AND merged.record_type_id = survivor.record_type_id
         WHERE tombstone.survivor_id IS NOT NULL AND (survivor.id IS NULL OR merged.id IS NOT NULL)"
    ),
    rule!(
        "record_closed_once",
        "history has one closing more than reopenings of every closed record, and as many of an active one, \
         if the record is younger than what is kept",
        "SELECT record.organization_id, jsonb_build_object('record', record.id) AS ids,
           format('the record is %s, and history has %s more closings than reopenings',
             CASE WHEN record.closed THEN 'closed' ELSE 'active' END, coalesce(told.times, 0)) AS sentence
         FROM record
         LEFT JOIN (
           SELECT organization_id, subject_id, sum(CASE kind WHEN {closed} THEN 1 ELSE -1 END) AS times
           FROM history WHERE kind IN ({closed}, {reopened}) GROUP BY organization_id, subject_id
         ) AS told ON told.organization_id = record.organization_id AND told.subject_id = record.id
         WHERE coalesce(told.times, 0) <> record.closed::integer AND {kept}",
        kept = horizons::kept("record.organization_id", "record.create_time"),
        closed = HistoryKind::RecordClosed as i16,
        reopened = HistoryKind::RecordReopened as i16
    ),
    rule!(
        "set_aside_subject",
        "the subject of every item set aside exists, or is a deleted record",
        "SELECT set_aside.organization_id, jsonb_build_object('set_aside', set_aside.id, 'subject', set_aside.subject_id) AS ids,
           format('a %s was set aside that is about nothing that ever existed', set_aside.kind) AS sentence
         FROM set_aside
         WHERE NOT (
           set_aside.kind = 'timer' AND (
             EXISTS (SELECT FROM enrollment
               WHERE enrollment.organization_id = set_aside.organization_id AND enrollment.id = set_aside.subject_id)
             OR EXISTS (SELECT FROM activity
               WHERE activity.organization_id = set_aside.organization_id AND activity.id = set_aside.subject_id)
             OR EXISTS (SELECT FROM closed_activity
               WHERE closed_activity.organization_id = set_aside.organization_id AND closed_activity.id = set_aside.subject_id)
             OR EXISTS (SELECT FROM sequence
               WHERE sequence.organization_id = set_aside.organization_id AND sequence.id = set_aside.subject_id))
           OR set_aside.kind IN ('record_change', 'operation') AND (
             EXISTS (SELECT FROM record WHERE record.organization_id = set_aside.organization_id AND record.id = set_aside.subject_id)
             OR EXISTS (SELECT FROM history
               WHERE history.organization_id = set_aside.organization_id AND history.subject_id = set_aside.subject_id
                 AND history.kind IN ({deleted}, {merged}))))",
        deleted = HistoryKind::RecordDeleted as i16,
        merged = HistoryKind::RecordMerged as i16
    ),
];
