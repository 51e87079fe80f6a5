-- Finds the records that refer to one, in the order in which they were created.
CREATE INDEX record_reference_target ON record_reference (organization_id, target_type_id, target_id, record_id);
