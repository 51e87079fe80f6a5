INSERT INTO closed_activity (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, due_time, rank,
  snooze_count, version, create_time, state, outcome, note, closed_by_seller_id, closed_by_key_id, close_time, item_id)
SELECT item.organization_id, item.id, item.enrollment_id, item.record_id, item.sequence_id, item.revision, item.node, item.kind,
  item.queue_id, item.due_time, item.rank, item.snooze_count, item.version, item.create_time, item.state, item.outcome, item.note,
  item.closed_by_seller_id, item.closed_by_key_id, item.close_time, item.item_id
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::integer[], $7::integer[], $8::smallint[], $9::uuid[],
  $10::timestamptz[], $11::timestamptz[], $12::integer[], $13::bigint[], $14::timestamptz[], $15::smallint[], $16::text[], $17::text[],
  $18::uuid[], $19::uuid[], $20::timestamptz[], $21::uuid[])
  AS item (organization_id, id, enrollment_id, record_id, sequence_id, revision, node, kind, queue_id, due_time, rank, snooze_count,
    version, create_time, state, outcome, note, closed_by_seller_id, closed_by_key_id, close_time, item_id)
