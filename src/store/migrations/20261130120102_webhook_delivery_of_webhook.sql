-- The deliveries of a webhook are listed in the order in which they were given up.
CREATE INDEX webhook_delivery_webhook_id_idx
  ON webhook_delivery (organization_id, webhook_id, id);
