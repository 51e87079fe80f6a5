INSERT INTO activity (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, record_display_name,
  due_time, rank, state, snooze_until, snooze_count, version, create_time)
SELECT item.organization_id, item.id, item.enrollment_id, item.record_id, item.sequence_id, item.revision, item.node, item.kind,
  item.queue_id, item.record_display_name, item.due_time, item.rank, item.state, item.snooze_until, item.snooze_count, item.version,
  item.create_time
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::integer[], $7::integer[], $8::smallint[], $9::uuid[],
  $10::text[], $11::timestamptz[], $12::timestamptz[], $13::smallint[], $14::timestamptz[], $15::integer[], $16::bigint[], $17::timestamptz[])
  AS item (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, record_display_name, due_time, rank,
    state, snooze_until, snooze_count, version, create_time)
