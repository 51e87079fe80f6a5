-- The team whose queue has the activities that workers carry out. New organizations get it when they
-- are created.
WITH made AS (
  INSERT INTO team (organization_id, id, team_id, display_name, create_time)
  SELECT organization_id, gen_random_uuid(), 'automation', 'Automation', create_time FROM organization
  ON CONFLICT DO NOTHING
  RETURNING organization_id, id
)
INSERT INTO queue (organization_id, id, revision, stamp, due_count, snoozed_count)
SELECT organization_id, id, 0, gen_random_uuid(), 0, 0 FROM made;
