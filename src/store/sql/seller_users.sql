(SELECT format('%s active records', count(*)) FROM record
 WHERE organization_id = $1 AND owner_id = $2 AND NOT closed HAVING count(*) > 0)
UNION ALL
(SELECT format('%s closed records', count(*)) FROM record
 WHERE organization_id = $1 AND owner_id = $2 AND closed HAVING count(*) > 0)
UNION ALL
(SELECT format('%s open activities in its queue', count(*)) FROM activity
 WHERE organization_id = $1 AND queue_id = $2 HAVING count(*) > 0)
UNION ALL
(SELECT 'teams/' || team_id FROM team
 WHERE organization_id = $1 AND $2 = ANY (member_ids) AND delete_time IS NULL ORDER BY team_id LIMIT 100)
UNION ALL
(SELECT format('segments/%s/rules/%s', segment.segment_id, rule.assignment_rule_id)
 FROM assignment_rule AS rule
 JOIN segment ON segment.organization_id = rule.organization_id AND segment.id = rule.segment_id
 WHERE rule.organization_id = $1 AND $2 = ANY (rule.listed_seller_ids)
 ORDER BY segment.segment_id, rule.assignment_rule_id LIMIT 100)
UNION ALL
(SELECT 'apiKeys/' || id FROM api_key
 WHERE organization_id = $1 AND seller_id = $2 AND revoke_time IS NULL ORDER BY id LIMIT 100)
UNION ALL
(SELECT DISTINCT 'sequences/' || sequence.sequence_id
 FROM sequence
 JOIN sequence_revision AS revision ON revision.organization_id = sequence.organization_id
   AND revision.sequence_id = sequence.id
 CROSS JOIN (SELECT jsonb_build_object('seller', $3::text)) AS named (seller)
 WHERE sequence.organization_id = $1 AND NOT $4
   AND jsonb_path_exists(revision.definition, '$.**.assign_owner.to.seller ? (@ == $seller)', named.seller)
   AND (revision.revision = sequence.revision AND sequence.delete_time IS NULL OR EXISTS (
     SELECT FROM enrollment
     WHERE enrollment.organization_id = $1
       AND enrollment.sequence_id = sequence.id AND enrollment.revision = revision.revision
       AND enrollment.end_time IS NULL))
 ORDER BY 1 LIMIT 100)
UNION ALL
(SELECT format('sequences/%s (its owner)', sequence_id) FROM sequence
 WHERE organization_id = $1 AND owner_id = $2 AND delete_time IS NULL ORDER BY sequence_id LIMIT 100)
