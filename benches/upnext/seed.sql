-- What the bench adds to a migrated database: keys that it can compute again, and a schema for the anchors' own tables.
CREATE SCHEMA bench;
CREATE SCHEMA anchor;

-- The n-th key of a family: a version 7 uuid of the millisecond `family`. Keys of one family sort by n, as those of one process do.
CREATE FUNCTION bench.id(family bigint, n bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (lpad(to_hex(family), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid;
