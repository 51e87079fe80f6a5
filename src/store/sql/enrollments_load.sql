-- An enrollment with its open activity and the facts that decisions need.
SELECT enrollment.organization_id, enrollment.id, enrollment.sequence_id, enrollment.revision, enrollment.record_id, enrollment.pass_number,
  enrollment.state, enrollment.reason, enrollment.source, enrollment.segment_id, enrollment.node, enrollment.step_reach_time,
  enrollment.waiting_until, enrollment.waiting_for, enrollment.activity_id, enrollment.version, enrollment.create_time, enrollment.end_time,
  activity.node AS open_node, activity.kind AS open_kind, activity.queue_id AS open_queue_id,
  activity.record_display_name AS open_record_display_name, activity.due_time AS open_due_time, activity.rank AS open_rank,
  activity.state AS open_state, activity.snooze_until AS open_snooze_until, activity.snooze_count AS open_snooze_count, activity.version AS open_version,
  activity.create_time AS open_create_time,
  {facts}
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
JOIN enrollment ON enrollment.organization_id = item.organization_id AND enrollment.id = item.id
LEFT JOIN activity ON activity.organization_id = enrollment.organization_id AND activity.id = enrollment.activity_id
LEFT JOIN record ON record.organization_id = enrollment.organization_id AND record.id = enrollment.record_id
{tables}
ORDER BY enrollment.organization_id, enrollment.id
