-- EraseRecord keeps a person's record from coming back.
ALTER TABLE tombstone ADD COLUMN erased boolean NOT NULL DEFAULT false;
