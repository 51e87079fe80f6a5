-- Finds the records that hold a value, in the order in which they were created.
CREATE INDEX record_value_found ON record_value (organization_id, record_type_id, attribute, value, record_id);
