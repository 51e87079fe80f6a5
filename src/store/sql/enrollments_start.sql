INSERT INTO enrollment (organization_id, id, sequence_id, revision, record_id, pass, state, reason, source, segment_id, node,
  step_reach_time, waiting_until, waiting_for, activity_id, version, create_time, end_time)
SELECT item.organization_id, item.id, item.sequence_id, item.revision, item.record_id, item.pass, item.state, item.reason, item.source,
  item.segment_id, item.node, item.step_reach_time, item.waiting_until, item.waiting_for, item.activity_id, item.version, item.create_time, item.end_time
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::uuid[], $6::integer[], $7::smallint[], $8::smallint[], $9::smallint[],
  $10::uuid[], $11::integer[], $12::timestamptz[], $13::timestamptz[], $14::smallint[], $15::uuid[], $16::bigint[], $17::timestamptz[],
  $18::timestamptz[])
  AS item (organization_id, id, sequence_id, revision, record_id, pass, state, reason, source, segment_id, node, step_reach_time,
    waiting_until, waiting_for, activity_id, version, create_time, end_time)
