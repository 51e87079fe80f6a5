-- What is to be sent again is found among all that was ever given up.
CREATE INDEX webhook_delivery_retry_time_idx
  ON webhook_delivery (organization_id, webhook_id, retry_time) WHERE retry_time IS NOT NULL;
