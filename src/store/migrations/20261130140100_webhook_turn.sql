-- When the webhook last began to send: the one that did so longest ago is next.
ALTER TABLE webhook ADD COLUMN turn_time timestamptz;
