-- A closed activity, with everything that decides whether it can be open again. Only call this
-- after locking its sequence, record and enrollment.
SELECT {activity},
  activity.state AS closed_state, activity.outcome, activity.note, activity.closed_by_seller_id,
  activity.closed_by_key_id, activity.close_time, activity.item_id,
  COALESCE(told.call_time, activity.close_time) AS call_time, told.snooze_until,
  COALESCE(told.wait_skipped, false) AS wait_skipped, COALESCE(told.moved, false) AS moved, later.id AS later_id,
  record.record_id, record_type.record_type_id, record.closed AS record_closed, membership.segment_id,
  CASE WHEN sequence.delete_time IS NOT NULL THEN sequence.sequence_id END AS deleted_sequence_id,
  next_pass.id AS next_pass_id
FROM closed_activity AS activity
JOIN enrollment ON enrollment.organization_id = activity.organization_id AND enrollment.id = activity.enrollment_id
LEFT JOIN record ON record.organization_id = activity.organization_id AND record.id = activity.record_id
LEFT JOIN record_type ON record_type.organization_id = record.organization_id
  AND record_type.id = record.record_type_id
LEFT JOIN membership ON membership.organization_id = record.organization_id
  AND membership.record_id = record.id
LEFT JOIN sequence ON sequence.organization_id = activity.organization_id
  AND sequence.id = activity.sequence_id
-- The close time is when the work was done, which a seller can report late. Only history has the
-- time of the call, and the last snooze.
LEFT JOIN LATERAL (
  SELECT
    max(history.at) FILTER (WHERE history.kind = ANY ($3)
      AND history.detail ->> 'activity' = activity.id::text) AS call_time,
    (array_agg((history.detail ->> 'planned')::timestamptz ORDER BY history.id DESC)
      FILTER (WHERE history.kind = ANY ($4) AND history.detail ? 'planned'
        AND history.detail ->> 'activity' = activity.id::text))[1] AS snooze_until,
    -- Keys count up, so a higher one is later. Whoever moved to an earlier step passes some again.
    bool_or(history.kind = $5 AND (history.detail ->> 'node')::integer > activity.node
      AND history.id > activity.id) AS wait_skipped,
    (array_agg(history.id ORDER BY history.id DESC) FILTER (WHERE history.kind = $7))[1] >
      (array_agg(history.id ORDER BY history.id DESC) FILTER (WHERE history.kind = ANY ($3)
        AND history.detail ->> 'activity' = activity.id::text))[1] AS moved
  FROM history
  WHERE history.organization_id = $1 AND history.subject_id = activity.enrollment_id
) AS told ON true
-- Without a move, steps only go forward, so a later one has a higher node. What upnext skipped by
-- itself is no reason to refuse.
LEFT JOIN LATERAL (
  SELECT other.id
  FROM closed_activity AS other
  WHERE other.organization_id = $1 AND other.record_id = activity.record_id
    AND other.enrollment_id = activity.enrollment_id AND other.node > activity.node AND other.id > activity.id
    AND other.state = ANY ($6)
    AND (other.closed_by_seller_id IS NOT NULL OR other.closed_by_key_id IS NOT NULL)
  ORDER BY other.node, other.id
  LIMIT 1
) AS later ON true
LEFT JOIN LATERAL (
  SELECT other.id
  FROM enrollment AS other
  WHERE other.organization_id = $1 AND other.record_id = enrollment.record_id
    AND other.sequence_id = enrollment.sequence_id AND other.pass_number > enrollment.pass_number
  ORDER BY other.pass_number
  LIMIT 1
) AS next_pass ON true
WHERE activity.organization_id = $1 AND activity.id = $2
