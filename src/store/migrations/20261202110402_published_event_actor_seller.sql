-- Follows what is published by a seller.
CREATE INDEX published_event_actor_seller_id_idx
  ON published_event (organization_id, actor_seller_id, position) WHERE actor_seller_id IS NOT NULL;
