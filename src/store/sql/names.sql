-- The chosen ids of sellers, teams, sequences and segments.
SELECT 1 AS kind, seller.organization_id, seller.id, seller.seller_id
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
JOIN seller ON seller.organization_id = item.organization_id AND seller.id = item.id
WHERE one_shard(item.organization_id, $1[1])
UNION ALL
SELECT 2 AS kind, team.organization_id, team.id, team.team_id
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
JOIN team ON team.organization_id = item.organization_id AND team.id = item.id
WHERE one_shard(item.organization_id, $1[1])
UNION ALL
SELECT 3 AS kind, sequence.organization_id, sequence.id, sequence.sequence_id
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
JOIN sequence ON sequence.organization_id = item.organization_id AND sequence.id = item.id
WHERE one_shard(item.organization_id, $1[1])
UNION ALL
SELECT 4 AS kind, segment.organization_id, segment.id, segment.segment_id
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
JOIN segment ON segment.organization_id = item.organization_id AND segment.id = item.id
WHERE one_shard(item.organization_id, $1[1])
ORDER BY organization_id, id
