-- The other records of the accounts of these records, of those with an open enrollment that ends
-- when somebody of the account replies. Starts from the accounts: who else refers to them is found
-- by an index, however many are enrolled. OFFSET keeps each lookup by its whole key, whatever the
-- statistics say.
WITH itself AS MATERIALIZED (
  SELECT record_type.id AS record_type_id
  FROM record_type
  WHERE record_type.organization_id = $1 AND record_type.record_type_id = 'account'
), replied AS MATERIALIZED (
  SELECT record.id, record.attributes ->> attribute.key AS account
  FROM record
  JOIN record_type ON record_type.organization_id = record.organization_id
    AND record_type.id = record.record_type_id
  CROSS JOIN LATERAL jsonb_each(record_type.attributes) AS attribute
  WHERE record.organization_id = $1 AND record.id = ANY ($2)
    AND attribute.value ->> 'record_type' = 'account' AND record.attributes ? attribute.key
  UNION
  SELECT record.id, record.record_id
  FROM record
  JOIN itself ON itself.record_type_id = record.record_type_id
  WHERE record.organization_id = $1 AND record.id = ANY ($2)
), others AS MATERIALIZED (
  SELECT replied.id AS replied_id, referring.record_id AS id
  FROM replied
  CROSS JOIN itself
  CROSS JOIN LATERAL (
    SELECT reference.record_id
    FROM record_reference AS reference
    WHERE reference.organization_id = $1 AND reference.target_type_id = itself.record_type_id
      AND reference.target_id = replied.account
    OFFSET 0
  ) AS referring
  UNION
  SELECT replied.id, account.id
  FROM replied
  CROSS JOIN itself
  CROSS JOIN LATERAL (
    SELECT record.id
    FROM record
    WHERE record.organization_id = $1 AND record.record_type_id = itself.record_type_id
      AND record.record_id = replied.account
    OFFSET 0
  ) AS account
), enrolled AS MATERIALIZED (
  -- Without the end, so that the index is one that begins with the record.
  SELECT others.replied_id, others.id, own.sequence_id, own.revision, own.end_time
  FROM others
  CROSS JOIN LATERAL (
    SELECT enrollment.sequence_id, enrollment.revision, enrollment.end_time
    FROM enrollment
    WHERE enrollment.organization_id = $1 AND enrollment.record_id = others.id
    OFFSET 0
  ) AS own
  WHERE others.id <> others.replied_id
)
SELECT DISTINCT enrolled.replied_id, enrolled.id
FROM enrolled
JOIN sequence_revision ON sequence_revision.organization_id = $1
  AND sequence_revision.sequence_id = enrolled.sequence_id
  AND sequence_revision.revision = enrolled.revision
WHERE enrolled.end_time IS NULL AND sequence_revision.exit_criteria @> '{"account_replied": true}'
ORDER BY enrolled.replied_id, enrolled.id
