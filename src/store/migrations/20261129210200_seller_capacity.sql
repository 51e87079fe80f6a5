-- The most active records that assignment rules let a seller own. Null: no maximum.
ALTER TABLE seller ADD COLUMN max_capacity integer;
