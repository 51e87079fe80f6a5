-- The other records of the accounts of these records, of those with an open enrollment that ends
-- when somebody of the account replies. Starts from these enrollments: no index has accounts.
WITH named AS MATERIALIZED (
  SELECT record_type.id AS record_type_id, attribute.key AS name
  FROM record_type
  CROSS JOIN LATERAL jsonb_each(record_type.attributes) AS attribute
  WHERE record_type.organization_id = $1 AND attribute.value ->> 'record_type' = 'account'
), itself AS MATERIALIZED (
  SELECT record_type.id AS record_type_id
  FROM record_type
  WHERE record_type.organization_id = $1 AND record_type.record_type_id = 'account'
), replied AS MATERIALIZED (
  SELECT record.id, record.attributes ->> named.name AS account
  FROM record
  JOIN named ON named.record_type_id = record.record_type_id
  WHERE record.organization_id = $1 AND record.id = ANY ($2) AND record.attributes ? named.name
  UNION
  SELECT record.id, record.record_id
  FROM record
  JOIN itself ON itself.record_type_id = record.record_type_id
  WHERE record.organization_id = $1 AND record.id = ANY ($2)
), enrolled AS MATERIALIZED (
  SELECT DISTINCT enrollment.record_id
  FROM sequence_revision
  JOIN enrollment ON enrollment.organization_id = sequence_revision.organization_id
    AND enrollment.sequence_id = sequence_revision.sequence_id
    AND enrollment.revision = sequence_revision.revision
  WHERE sequence_revision.organization_id = $1
    AND sequence_revision.exit_criteria @> '{"account_replied": true}'
    AND enrollment.end_time IS NULL
    -- Without an account, nothing has to be looked through.
    AND EXISTS (SELECT FROM replied)
)
SELECT replied.id AS replied_id, other.id
FROM enrolled
JOIN record AS other ON other.organization_id = $1 AND other.id = enrolled.record_id
JOIN named ON named.record_type_id = other.record_type_id
JOIN replied ON replied.account = other.attributes ->> named.name
WHERE other.id <> replied.id
UNION
SELECT replied.id, other.id
FROM enrolled
JOIN record AS other ON other.organization_id = $1 AND other.id = enrolled.record_id
JOIN itself ON itself.record_type_id = other.record_type_id
JOIN replied ON replied.account = other.record_id
WHERE other.id <> replied.id
ORDER BY replied_id, id
