-- Whether due times outside the owner's working hours move to the next working instant.
ALTER TABLE sequence ADD COLUMN working_hours_only boolean NOT NULL DEFAULT false;
