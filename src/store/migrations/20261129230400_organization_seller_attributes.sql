-- The attributes that sellers can have: their types by name.
ALTER TABLE organization ADD COLUMN seller_attributes jsonb NOT NULL DEFAULT '{}';
