-- Teams that an organization makes: members and a calendar. Deleted ones stay, so that what was in
-- their queues keeps its place.
ALTER TABLE team
  -- The ids of the sellers, in the order of their first turns.
  ADD COLUMN member_ids uuid[] NOT NULL DEFAULT '{}',
  ADD COLUMN calendar_id uuid,
  ADD COLUMN version bigint NOT NULL DEFAULT 1,
  -- Null until the first change.
  ADD COLUMN update_time timestamptz,
  ADD COLUMN delete_time timestamptz;
