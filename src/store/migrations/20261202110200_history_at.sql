-- Finds the events of a day, to forget them. History is appended in the order of time, so an index
-- of a few pages does, and writes don't notice it.
CREATE INDEX history_at_idx ON history USING brin (at);
