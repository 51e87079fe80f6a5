-- The number of the sequence's last halt that an enrollment went through, or that was before its start.
ALTER TABLE enrollment ADD COLUMN halt_number integer NOT NULL DEFAULT 0;
