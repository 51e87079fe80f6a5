-- Finds what is known of an item when it fails again.
CREATE INDEX set_aside_subject_idx ON set_aside (organization_id, kind, subject_id);
