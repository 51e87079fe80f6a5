-- A timer that couldn't be fired is kept, and only tried again from time to time.
ALTER TABLE timer ADD COLUMN held boolean NOT NULL DEFAULT false;
