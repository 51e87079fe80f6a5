-- The formula for the priority of the activities of its records. Empty: their sequences' count.
ALTER TABLE record_type ADD COLUMN priority_expression text NOT NULL DEFAULT '';
