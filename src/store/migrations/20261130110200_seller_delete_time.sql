-- When a seller was deleted. The row stays, because history and closed activities name it; a new
-- seller with its id takes it over.
ALTER TABLE seller ADD COLUMN delete_time timestamptz;
