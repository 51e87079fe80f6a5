-- Lists what administrators wrote, the newest first. 102 is the kind of these events.
CREATE INDEX history_audit_idx ON history (organization_id, id) WHERE kind = 102;
