INSERT INTO timer (organization_id, due_at, kind, subject_id, queue_id, enrollment_id)
SELECT item.organization_id, item.due_at, item.kind, item.subject_id, item.queue_id, item.enrollment_id
FROM unnest($1::uuid[], $2::timestamptz[], $3::smallint[], $4::uuid[], $5::uuid[], $6::uuid[])
  AS item (organization_id, due_at, kind, subject_id, queue_id, enrollment_id)
