-- Finds what is forgotten after 30 days, the oldest first.
CREATE INDEX webhook_delivery_age_idx ON webhook_delivery (create_time) WHERE retry_time IS NULL;
