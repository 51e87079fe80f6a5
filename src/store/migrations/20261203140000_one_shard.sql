-- Says that an organization is the one of a statement: always true here. On a Citus, `migrate
-- --distribute` makes it an equality, by which Citus finds the shard. Postgres puts either one into
-- the statement in place of the call, so it costs nothing, and no plan depends on it.
CREATE FUNCTION one_shard(organization uuid, one uuid) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN true;
