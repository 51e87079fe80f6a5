-- A seller's values of declared attributes.
ALTER TABLE seller ADD COLUMN attributes jsonb NOT NULL DEFAULT '{}';
