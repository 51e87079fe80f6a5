-- Whoever loads an organization's settings reads which sellers are deleted: hardly any.
CREATE INDEX seller_deleted_idx ON seller (organization_id, id) WHERE delete_time IS NOT NULL;
