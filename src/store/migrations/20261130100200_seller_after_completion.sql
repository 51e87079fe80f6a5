-- Where the client of a seller goes after an activity is done: the domain's AfterCompletion. Null: to
-- the next one.
ALTER TABLE seller ADD COLUMN after_completion smallint;
