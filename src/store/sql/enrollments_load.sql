-- Enrollments with everything that decisions need: the open activity, the record's owner, queue and
-- name, and the epoch of the organization's definitions. Records without an owner use the queue of
-- the unassigned team. Records whose type declares no name, or that have none, use their id.
SELECT enrollment.organization_id, enrollment.id, enrollment.sequence_id, enrollment.revision,
  enrollment.record_id, enrollment.pass_number, enrollment.state, enrollment.reason,
  enrollment.source, enrollment.segment_id, enrollment.node, enrollment.step_reach_time,
  enrollment.waiting_until, enrollment.waiting_for, enrollment.activity_id, enrollment.version,
  enrollment.create_time, enrollment.end_time,
  activity.node AS open_node, activity.kind AS open_kind, activity.queue_id AS open_queue_id,
  activity.record_display_name AS open_record_display_name, activity.due_time AS open_due_time,
  activity.rank AS open_rank, activity.state AS open_state,
  activity.snooze_until AS open_snooze_until, activity.snooze_count AS open_snooze_count,
  activity.version AS open_version, activity.create_time AS open_create_time,
  record.owner_id, COALESCE(record.owner_id, team.id) AS queue_id,
  COALESCE(NULLIF(record.attributes ->> NULLIF(record_type.display_name_attribute, ''), ''),
    record.record_id) AS display_name,
  organization.definition_epoch
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
JOIN enrollment ON enrollment.organization_id = item.organization_id AND enrollment.id = item.id
LEFT JOIN activity
  ON activity.organization_id = enrollment.organization_id AND activity.id = enrollment.activity_id
LEFT JOIN record
  ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id
LEFT JOIN record_type
  ON record_type.organization_id = record.organization_id AND record_type.id = record.record_type_id
JOIN organization ON organization.organization_id = enrollment.organization_id
LEFT JOIN team ON team.organization_id = enrollment.organization_id AND team.team_id = 'unassigned'
ORDER BY enrollment.organization_id, enrollment.id
