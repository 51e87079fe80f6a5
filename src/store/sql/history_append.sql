INSERT INTO history (organization_id, subject_id, id, at, kind, actor_seller_id, actor_key_id, request_id, detail)
SELECT event.organization_id, event.subject_id, event.id, event.at, event.kind, event.actor_seller_id, event.actor_key_id,
  event.request_id, event.detail
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::smallint[], $6::uuid[], $7::uuid[], $8::uuid[], $9::jsonb[])
  AS event (organization_id, subject_id, id, at, kind, actor_seller_id, actor_key_id, request_id, detail)
