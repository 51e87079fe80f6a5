UPDATE activity SET queue_id = item.queue_id, record_display_name = item.record_display_name, state = item.state,
  snooze_until = item.snooze_until, snooze_count = item.snooze_count, version = item.version
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::smallint[], $6::timestamptz[], $7::integer[], $8::bigint[])
  AS item (organization_id, id, queue_id, record_display_name, state, snooze_until, snooze_count, version)
WHERE activity.organization_id = item.organization_id
  AND activity.id = item.id
