-- When the key was last used, to about a minute. Null for one that wasn't used since it is noted.
ALTER TABLE api_key ADD COLUMN last_use_time timestamptz;
