-- How activities were closed and by whom, and whether they are open after all. The seller and the
-- record may be missing: an API key may have closed the activity, and the record may be deleted.
SELECT item.organization_id, item.id, activity.id IS NOT NULL AS open,
  closed_activity.enrollment_id, closed_activity.queue_id, closed_activity.state,
  closed_activity.outcome, closed_activity.close_time, closed_activity.item_id,
  closed_activity.closed_by_key_id, principal.subject, seller.seller_id, record.owner_id
FROM unnest($1::uuid[], $2::uuid[]) AS item (organization_id, id)
LEFT JOIN activity ON activity.organization_id = item.organization_id AND activity.id = item.id
LEFT JOIN closed_activity
  ON closed_activity.organization_id = item.organization_id AND closed_activity.id = item.id
LEFT JOIN seller
  ON seller.organization_id = closed_activity.organization_id
  AND seller.id = closed_activity.closed_by_seller_id
LEFT JOIN principal
  ON principal.organization_id = closed_activity.organization_id
  AND principal.id = closed_activity.closed_by_key_id
LEFT JOIN record
  ON record.organization_id = closed_activity.organization_id
  AND record.id = closed_activity.record_id
WHERE one_shard(item.organization_id, $1[1])
ORDER BY item.organization_id, item.id
