-- When a seller works. Null: as the organization's settings say.
ALTER TABLE seller ADD COLUMN calendar_id uuid;
