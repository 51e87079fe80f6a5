-- Finds what is to be tried again now.
CREATE INDEX set_aside_due_idx ON set_aside (organization_id, (coalesce(retry_time, create_time)));
