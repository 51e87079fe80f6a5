-- Rules with other candidates than listed sellers, and rules that look at capacity and working
-- time.
ALTER TABLE assignment_rule
  -- ANY_SELLER, LISTED or TEAM.
  ADD COLUMN candidates text NOT NULL DEFAULT 'LISTED',
  ADD COLUMN team_id uuid,
  ADD COLUMN respect_capacity boolean NOT NULL DEFAULT false,
  ADD COLUMN available_within_hours integer;
