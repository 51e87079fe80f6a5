DELETE FROM timer
USING unnest($1::uuid[], $2::timestamptz[], $3::smallint[], $4::uuid[]) AS item (organization_id, due_at, kind, subject_id)
WHERE timer.organization_id = item.organization_id
  AND timer.due_at = item.due_at
  AND timer.kind = item.kind
  AND timer.subject_id = item.subject_id
