-- Lists the decisions of routing, the newest first. 101 is the kind of their events.
CREATE INDEX history_routing_run_idx ON history (organization_id, id) WHERE kind = 101;
