-- The seller who enrolled the record. Null if no seller did.
ALTER TABLE enrollment ADD COLUMN enroller_id uuid;
