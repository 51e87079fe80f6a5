UPDATE enrollment SET state = item.state, reason = item.reason, node = item.node, step_reach_time = item.step_reach_time,
  waiting_until = item.waiting_until, waiting_for = item.waiting_for, activity_id = item.activity_id, version = item.version, end_time = item.end_time
FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::smallint[], $5::integer[], $6::timestamptz[], $7::timestamptz[], $8::smallint[],
  $9::uuid[], $10::bigint[], $11::timestamptz[])
  AS item (organization_id, id, state, reason, node, step_reach_time, waiting_until, waiting_for, activity_id, version, end_time)
WHERE enrollment.organization_id = item.organization_id
  AND enrollment.id = item.id
