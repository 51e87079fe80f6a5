-- Whoever changes a team, a rule or the last key of an administrator holds the organization's row,
-- so nothing here waits. Each part writes another table.
WITH teams AS (
  UPDATE team SET member_ids = array_remove(team.member_ids, $2), version = team.version + 1, update_time = $3
  WHERE team.organization_id = $1 AND $2 = ANY (team.member_ids)
  RETURNING team.id
), rules AS (
  UPDATE assignment_rule AS rule
  SET listed_seller_ids = array_remove(rule.listed_seller_ids, $2), version = rule.version + 1, update_time = $3
  WHERE rule.organization_id = $1 AND $2 = ANY (rule.listed_seller_ids)
    AND cardinality(rule.listed_seller_ids) > 1
  RETURNING rule.id
), keys AS (
  UPDATE api_key SET revoke_time = $3
  WHERE api_key.organization_id = $1 AND api_key.seller_id = $2 AND api_key.revoke_time IS NULL
    AND (NOT api_key.roles @> ARRAY[$4] OR api_key.expire_time IS NOT NULL OR EXISTS (
      SELECT FROM api_key AS other
      WHERE other.organization_id = $1 AND other.seller_id IS DISTINCT FROM $2
        AND other.roles @> ARRAY[$4] AND other.expire_time IS NULL AND other.revoke_time IS NULL))
  RETURNING api_key.id
)
SELECT id FROM teams UNION ALL SELECT id FROM rules UNION ALL SELECT id FROM keys
