-- Finds what is due in an organization, and what is due next.
CREATE UNIQUE INDEX record_flip_due ON record_flip (organization_id, due_at, record_id);
