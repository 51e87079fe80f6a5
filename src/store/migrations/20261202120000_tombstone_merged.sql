-- Records that were merged into others. Their names lead to the record that survived, for as long
-- as that exists, and its history has theirs.
ALTER TABLE tombstone
  -- The key of the merged record, and the id that its caller chose.
  ADD COLUMN merged_key uuid,
  ADD COLUMN merged_id text,
  -- The record into which it was merged, or the one into which that was merged later.
  ADD COLUMN survivor_id uuid,
  ADD CONSTRAINT tombstone_merged_check CHECK (
    num_nulls(merged_key, merged_id, survivor_id) IN (0, 3) AND (survivor_id IS NULL OR NOT erased));
