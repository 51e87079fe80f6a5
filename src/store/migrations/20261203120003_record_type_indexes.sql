-- The indexed attributes of a record type, each with the operation that fills its index.
ALTER TABLE record_type ADD COLUMN attribute_indexes jsonb NOT NULL DEFAULT '{}';
