-- A due activity can be leased: then one caller has it alone, until a timer ends the lease. Not
-- indexed, so that leasing is a HOT update.
ALTER TABLE activity
  ADD COLUMN lease_id uuid,
  ADD COLUMN lease_epoch bigint,
  ADD COLUMN lease_until timestamptz,
  ADD COLUMN lease_key_id uuid,
  ADD CONSTRAINT activity_lease_check CHECK (
    num_nulls(lease_id, lease_epoch, lease_until, lease_key_id) IN (0, 4) AND (lease_id IS NULL OR state = 1));
