-- Nothing can be put into the queue of a deleted team, like into that of a deleted seller.
UPDATE queue SET closed = true, revision = revision + 1 FROM team WHERE team.organization_id = queue.organization_id AND team.id = queue.id AND team.delete_time IS NOT NULL;
