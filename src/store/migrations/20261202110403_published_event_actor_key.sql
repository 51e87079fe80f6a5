-- Follows what is published by an API key.
CREATE INDEX published_event_actor_key_id_idx
  ON published_event (organization_id, actor_key_id, position) WHERE actor_key_id IS NOT NULL;
