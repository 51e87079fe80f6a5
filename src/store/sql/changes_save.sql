-- Every part is fed from parameters alone and reads nothing that another writes: parts run in no useful order, on one snapshot.
WITH started AS (
  INSERT INTO enrollment (organization_id, id, sequence_id, revision, record_id, pass, state, reason, source, segment_id, node,
    step_reach_time, waiting_until, activity_id, version, create_time, end_time)
  SELECT item.organization_id, item.id, item.sequence_id, item.revision, item.record_id, item.pass, item.state, item.reason, item.source,
    item.segment_id, item.node, item.step_reach_time, item.waiting_until, item.activity_id, item.version, item.create_time, item.end_time
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::uuid[], $6::integer[], $7::smallint[], $8::smallint[], $9::smallint[],
    $10::uuid[], $11::integer[], $12::timestamptz[], $13::timestamptz[], $14::uuid[], $15::bigint[], $16::timestamptz[], $17::timestamptz[])
    AS item (organization_id, id, sequence_id, revision, record_id, pass, state, reason, source, segment_id, node, step_reach_time,
      waiting_until, activity_id, version, create_time, end_time)
), moved AS (
  UPDATE enrollment SET state = item.state, reason = item.reason, node = item.node, step_reach_time = item.step_reach_time,
    waiting_until = item.waiting_until, activity_id = item.activity_id, version = item.version, end_time = item.end_time
  FROM unnest($18::uuid[], $19::uuid[], $20::smallint[], $21::smallint[], $22::integer[], $23::timestamptz[], $24::timestamptz[], $25::uuid[],
    $26::bigint[], $27::timestamptz[])
    AS item (organization_id, id, state, reason, node, step_reach_time, waiting_until, activity_id, version, end_time)
  WHERE enrollment.organization_id = item.organization_id
    AND enrollment.organization_id = ANY ($18)
    AND enrollment.id = item.id
), opened AS (
  INSERT INTO activity (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, record_display_name,
    due_time, rank, snooze_until, snooze_count, version, create_time)
  SELECT item.organization_id, item.id, item.enrollment_id, item.record_id, item.sequence_id, item.revision, item.node, item.kind,
    item.queue_id, item.record_display_name, item.due_time, item.rank, item.snooze_until, item.snooze_count, item.version, item.create_time
  FROM unnest($28::uuid[], $29::uuid[], $30::uuid[], $31::uuid[], $32::uuid[], $33::integer[], $34::integer[], $35::smallint[], $36::uuid[],
    $37::text[], $38::timestamptz[], $39::timestamptz[], $40::timestamptz[], $41::integer[], $42::bigint[], $43::timestamptz[])
    AS item (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, record_display_name, due_time, rank,
      snooze_until, snooze_count, version, create_time)
), changed AS (
  UPDATE activity SET queue_id = item.queue_id, record_display_name = item.record_display_name, snooze_until = item.snooze_until,
    snooze_count = item.snooze_count, version = item.version
  FROM unnest($44::uuid[], $45::uuid[], $46::uuid[], $47::text[], $48::timestamptz[], $49::integer[], $50::bigint[])
    AS item (organization_id, id, queue_id, record_display_name, snooze_until, snooze_count, version)
  WHERE activity.organization_id = item.organization_id
    AND activity.organization_id = ANY ($44)
    AND activity.id = item.id
), gone AS (
  DELETE FROM activity
  USING unnest($51::uuid[], $52::uuid[]) AS item (organization_id, id)
  WHERE activity.organization_id = item.organization_id
    AND activity.organization_id = ANY ($51)
    AND activity.id = item.id
), closed AS (
  INSERT INTO closed_activity (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, due_time, rank,
    snooze_count, version, create_time, state, outcome, note, closed_by_seller_id, closed_by_key_id, close_time, item_id)
  SELECT item.organization_id, item.id, item.enrollment_id, item.record_id, item.sequence_id, item.revision, item.node, item.kind,
    item.queue_id, item.due_time, item.rank, item.snooze_count, item.version, item.create_time, item.state, item.outcome, item.note,
    item.closed_by_seller_id, item.closed_by_key_id, item.close_time, item.item_id
  FROM unnest($51::uuid[], $52::uuid[], $53::uuid[], $54::uuid[], $55::uuid[], $56::integer[], $57::integer[], $58::smallint[], $59::uuid[],
    $60::timestamptz[], $61::timestamptz[], $62::integer[], $63::bigint[], $64::timestamptz[], $65::smallint[], $66::text[], $67::text[],
    $68::uuid[], $69::uuid[], $70::timestamptz[], $71::uuid[])
    AS item (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, due_time, rank, snooze_count,
      version, create_time, state, outcome, note, closed_by_seller_id, closed_by_key_id, close_time, item_id)
), cleared AS (
  DELETE FROM timer
  USING unnest($72::uuid[], $73::timestamptz[], $74::smallint[], $75::uuid[]) AS item (organization_id, due_at, kind, subject_id)
  WHERE timer.organization_id = item.organization_id
    AND timer.organization_id = ANY ($72)
    AND timer.due_at = item.due_at
    AND timer.kind = item.kind
    AND timer.subject_id = item.subject_id
), set_timers AS (
  INSERT INTO timer (organization_id, due_at, kind, subject_id, queue_id)
  SELECT item.organization_id, item.due_at, item.kind, item.subject_id, item.queue_id
  FROM unnest($76::uuid[], $77::timestamptz[], $78::smallint[], $79::uuid[], $80::uuid[])
    AS item (organization_id, due_at, kind, subject_id, queue_id)
), moved_timers AS (
  UPDATE timer SET queue_id = item.queue_id
  FROM unnest($81::uuid[], $82::timestamptz[], $83::smallint[], $84::uuid[], $85::uuid[])
    AS item (organization_id, due_at, kind, subject_id, queue_id)
  WHERE timer.organization_id = item.organization_id
    AND timer.organization_id = ANY ($81)
    AND timer.due_at = item.due_at
    AND timer.kind = item.kind
    AND timer.subject_id = item.subject_id
)
INSERT INTO history (organization_id, subject_id, id, at, kind, actor_seller_id, actor_key_id, detail)
SELECT event.organization_id, event.subject_id, event.id, event.at, event.kind, event.actor_seller_id, event.actor_key_id, event.detail
FROM unnest($86::uuid[], $87::uuid[], $88::uuid[], $89::timestamptz[], $90::smallint[], $91::uuid[], $92::uuid[], $93::jsonb[])
  AS event (organization_id, subject_id, id, at, kind, actor_seller_id, actor_key_id, detail)
