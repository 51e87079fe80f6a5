-- DeleteRecord erases the handovers of a record.
CREATE INDEX handover_record_idx ON handover (organization_id, record_id);
