-- When the person unsubscribed from emails. Null if they didn't, or subscribed again.
ALTER TABLE record ADD COLUMN unsubscribe_time timestamptz;
