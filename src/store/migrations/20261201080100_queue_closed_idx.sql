-- Whoever loads an organization's settings reads which queues are closed: hardly any.
CREATE INDEX queue_closed_idx ON queue (organization_id, id) WHERE closed;
