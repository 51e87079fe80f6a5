-- The index of those that are forgotten replaces it.
DROP INDEX tombstone_age_idx;
