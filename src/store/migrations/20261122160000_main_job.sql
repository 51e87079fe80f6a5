-- The main job: organizations and their keys, sellers, records, sequences, segments, enrollments,
-- activities, timers and history.
--
-- Every key begins with organization_id, and no default draws a time or an id: Rust passes them, so
-- that the same statements run distributed by organization. Hot tables (record_change, membership,
-- enrollment, activity, timer, queue, history) have no foreign keys, which halve the rate of bulk
-- writes: the transactions that write them, and tests, see to it that nothing dangles.

CREATE TABLE organization (
  organization_id uuid NOT NULL,
  display_name text NOT NULL,
  -- Phone outcomes and limits, as the domain's Settings.
  settings jsonb NOT NULL,
  -- Goes up with each change of revisions, segments, rules, record types or settings: what servers
  -- cache is checked against it.
  definition_epoch bigint NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT organization_pkey PRIMARY KEY (organization_id)
);

-- One lock row per organization: who holds it routes records.
CREATE TABLE routing (
  organization_id uuid NOT NULL,
  CONSTRAINT routing_pkey PRIMARY KEY (organization_id)
);

CREATE TABLE api_key (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  -- SHA-256 of the secret; the secret itself is nowhere.
  secret_hash bytea NOT NULL,
  display_name text NOT NULL,
  roles text[] NOT NULL,
  seller_id uuid,
  create_time timestamptz NOT NULL,
  expire_time timestamptz,
  revoke_time timestamptz,
  CONSTRAINT api_key_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT api_key_secret_hash_key UNIQUE (organization_id, secret_hash),
  CONSTRAINT api_key_roles_check CHECK (cardinality(roles) > 0)
);

-- What a request_id was answered with; kept for 24 hours.
CREATE TABLE request (
  organization_id uuid NOT NULL,
  principal_id uuid NOT NULL,
  method text NOT NULL,
  request_id uuid NOT NULL,
  fingerprint bytea NOT NULL,
  -- What was decided and touched, as ids; null only within the deciding transaction.
  decided jsonb,
  create_time timestamptz NOT NULL,
  CONSTRAINT request_pkey PRIMARY KEY (organization_id, principal_id, method, request_id)
);
CREATE INDEX request_create_time_idx ON request (organization_id, create_time);

CREATE TABLE seller (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  seller_id text COLLATE "C" NOT NULL,
  display_name text NOT NULL,
  email text NOT NULL,
  assign_records boolean NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT seller_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT seller_seller_id_key UNIQUE (organization_id, seller_id)
);

CREATE TABLE team (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  team_id text COLLATE "C" NOT NULL,
  display_name text NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT team_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT team_team_id_key UNIQUE (organization_id, team_id)
);

-- A queue has the id of its seller or team.
CREATE TABLE queue (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  -- Goes up once per transaction that touches the queue, as its last write: revision order is
  -- commit order.
  revision bigint NOT NULL,
  -- Drawn anew with each revision, so that a restored backup is never mistaken for the history that
  -- it forked from.
  stamp uuid NOT NULL,
  due_count bigint NOT NULL,
  snoozed_count bigint NOT NULL,
  CONSTRAINT queue_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT queue_counts_check CHECK (due_count >= 0 AND snoozed_count >= 0)
) WITH (fillfactor = 50);

CREATE TABLE template (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  template_id text COLLATE "C" NOT NULL,
  display_name text NOT NULL,
  record_type_id uuid NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT template_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT template_template_id_key UNIQUE (organization_id, template_id)
);

CREATE TABLE record_type (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  record_type_id text COLLATE "C" NOT NULL,
  display_name text NOT NULL,
  built_in boolean NOT NULL,
  -- Attribute types by name, as the domain's Attributes.
  attributes jsonb NOT NULL,
  display_name_attribute text NOT NULL,
  email_attribute text NOT NULL,
  phone_attributes text[] NOT NULL,
  do_not_email_attribute text NOT NULL,
  do_not_phone_attribute text NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT record_type_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT record_type_record_type_id_key UNIQUE (organization_id, record_type_id)
);

CREATE TABLE record (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  record_type_id uuid NOT NULL,
  record_id text COLLATE "C" NOT NULL,
  attributes jsonb NOT NULL,
  owner_id uuid,
  closed boolean NOT NULL,
  -- QUALIFIED, DISQUALIFIED, WON, LOST or OTHER.
  close_outcome text,
  source_version bigint NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  close_time timestamptz,
  CONSTRAINT record_record_id_key UNIQUE (organization_id, record_type_id, record_id),
  CONSTRAINT record_close_check CHECK (closed = (close_outcome IS NOT NULL) AND closed = (close_time IS NOT NULL))
) WITH (fillfactor = 85);
-- Backfills and lists walk a type's records in the order of their creation: ids are minted in that
-- order.
CREATE INDEX record_type_walk_idx ON record (organization_id, record_type_id, id);
CREATE INDEX record_owner_idx ON record (organization_id, owner_id, id) WHERE owner_id IS NOT NULL;
-- The last index: of several that seem as good, because the table was empty when a plan was made
-- that is kept, Postgres takes the youngest.
ALTER TABLE record ADD CONSTRAINT record_pkey PRIMARY KEY (organization_id, id);

-- Append-only: a change's row is written in the change's transaction and deleted by the transaction
-- that routes it.
CREATE TABLE record_change (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  record_id uuid NOT NULL,
  CONSTRAINT record_change_pkey PRIMARY KEY (organization_id, id)
);

CREATE TABLE sequence (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  sequence_id text COLLATE "C" NOT NULL,
  display_name text NOT NULL,
  description text NOT NULL,
  record_type_id uuid NOT NULL,
  -- DRAFT, ACTIVE or INACTIVE.
  state text NOT NULL,
  -- The draft, as the domain's Definition.
  definition jsonb NOT NULL,
  -- The newest revision; 0 before the first activation.
  revision integer NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  delete_time timestamptz,
  CONSTRAINT sequence_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT sequence_sequence_id_key UNIQUE (organization_id, sequence_id),
  CONSTRAINT sequence_state_check CHECK (state IN ('DRAFT', 'ACTIVE', 'INACTIVE') AND (state = 'DRAFT') = (revision = 0)),
  CONSTRAINT sequence_deleted_check CHECK (delete_time IS NULL OR state <> 'ACTIVE')
);

-- Immutable.
CREATE TABLE sequence_revision (
  organization_id uuid NOT NULL,
  sequence_id uuid NOT NULL,
  revision integer NOT NULL,
  revision_description text NOT NULL,
  display_name text NOT NULL,
  description text NOT NULL,
  definition jsonb NOT NULL,
  -- The ids of its steps in the order of its program's nodes, which count from 0.
  step_ids text[] NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT sequence_revision_pkey PRIMARY KEY (organization_id, sequence_id, revision),
  CONSTRAINT sequence_revision_sequence_fkey FOREIGN KEY (organization_id, sequence_id) REFERENCES sequence (organization_id, id)
);

CREATE TABLE segment (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  segment_id text COLLATE "C" NOT NULL,
  display_name text NOT NULL,
  description text NOT NULL,
  record_type_id uuid NOT NULL,
  condition text NOT NULL,
  -- 1 is tried first. Unique at commit, not at each row: a move renumbers several.
  priority integer NOT NULL,
  -- STAY or EXIT_ENROLLMENT.
  on_leave text NOT NULL,
  allow_resegmentation boolean NOT NULL,
  reassign_on_resegmentation boolean NOT NULL,
  -- DRAFT, ACTIVE or INACTIVE.
  state text NOT NULL,
  connected_sequence_id uuid,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT segment_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT segment_segment_id_key UNIQUE (organization_id, segment_id),
  CONSTRAINT segment_priority_check CHECK (priority > 0),
  CONSTRAINT segment_state_check CHECK (state IN ('DRAFT', 'ACTIVE', 'INACTIVE')),
  CONSTRAINT segment_on_leave_check CHECK (on_leave IN ('STAY', 'EXIT_ENROLLMENT'))
);
CREATE INDEX segment_connected_idx ON segment (organization_id, connected_sequence_id) WHERE connected_sequence_id IS NOT NULL;

CREATE TABLE assignment_rule (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  segment_id uuid NOT NULL,
  assignment_rule_id text COLLATE "C" NOT NULL,
  display_name text NOT NULL,
  -- Empty: every record.
  condition text NOT NULL,
  -- The listed sellers' ids, in the order of the first turn.
  listed_seller_ids uuid[] NOT NULL,
  -- ROUND_ROBIN.
  distribution text NOT NULL,
  priority integer NOT NULL,
  disabled boolean NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT assignment_rule_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT assignment_rule_rule_id_key UNIQUE (organization_id, segment_id, assignment_rule_id),
  CONSTRAINT assignment_rule_segment_fkey FOREIGN KEY (organization_id, segment_id) REFERENCES segment (organization_id, id)
);

-- When each candidate of a rule last had a turn: who has the lowest number has waited longest.
CREATE TABLE assignment_turn (
  organization_id uuid NOT NULL,
  assignment_rule_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  turn bigint NOT NULL,
  CONSTRAINT assignment_turn_pkey PRIMARY KEY (organization_id, assignment_rule_id, seller_id)
);

-- A record is in at most one segment: the key says so.
CREATE TABLE membership (
  organization_id uuid NOT NULL,
  record_id uuid NOT NULL,
  segment_id uuid NOT NULL,
  join_time timestamptz NOT NULL,
  CONSTRAINT membership_pkey PRIMARY KEY (organization_id, record_id)
);
CREATE INDEX membership_segment_idx ON membership (organization_id, segment_id, record_id);

CREATE TABLE enrollment (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  sequence_id uuid NOT NULL,
  revision integer NOT NULL,
  record_id uuid NOT NULL,
  pass_number integer NOT NULL,
  -- The domain's EnrollmentState, ExitReason and EnrollmentSource, as numbers: a million rows are
  -- usual.
  state smallint NOT NULL,
  reason smallint NOT NULL,
  source smallint NOT NULL,
  segment_id uuid,
  -- The node of the revision's program that it is at; the last one that it was at, once ended.
  node integer NOT NULL,
  step_reach_time timestamptz NOT NULL,
  -- While it waits: the due time of its timer, and the domain's WaitReason. Otherwise null.
  waiting_until timestamptz,
  waiting_for smallint,
  -- While an activity is open: that one. Otherwise null.
  activity_id uuid,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  end_time timestamptz,
  CONSTRAINT enrollment_wait_check CHECK ((waiting_until IS NULL) = (waiting_for IS NULL)),
  -- What each state has, ACTIVE and then those that end.
  CONSTRAINT enrollment_position_check CHECK (CASE
    WHEN state = 2 THEN num_nonnulls(waiting_until, activity_id) = 1 AND end_time IS NULL
    WHEN state IN (4, 5) THEN num_nonnulls(waiting_until, activity_id) = 0 AND end_time IS NOT NULL
    ELSE false END)
) WITH (fillfactor = 80);
-- On end_time and not on state, so that moving from step to step stays HOT. The sequence first:
-- what is open in one is counted without its past.
CREATE UNIQUE INDEX enrollment_open_key ON enrollment (organization_id, sequence_id, record_id) WHERE end_time IS NULL;
-- Passes are counted, and re-enrollment judged, by it. The record first: by it, too, the few
-- enrollments of one record are found.
CREATE UNIQUE INDEX enrollment_pass_key ON enrollment (organization_id, record_id, sequence_id, pass_number);
-- The last index, as that of record.
ALTER TABLE enrollment ADD CONSTRAINT enrollment_pkey PRIMARY KEY (organization_id, id);

-- Open activities only; closed ones move to closed_activity.
CREATE TABLE activity (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  enrollment_id uuid NOT NULL,
  record_id uuid NOT NULL,
  sequence_id uuid NOT NULL,
  revision integer NOT NULL,
  node integer NOT NULL,
  kind smallint NOT NULL,
  queue_id uuid NOT NULL,
  record_display_name text NOT NULL,
  due_time timestamptz NOT NULL,
  -- due_time less the boost of its priority: fixed when the activity is made.
  rank timestamptz NOT NULL,
  -- The domain's ActivityState: DUE or SNOOZED.
  state smallint NOT NULL,
  -- While it is snoozed: the due time of its timer. Otherwise null.
  snooze_until timestamptz,
  snooze_count integer NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT activity_state_check CHECK (state IN (1, 2) AND (state = 2) = (snooze_until IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX activity_queue_idx ON activity (organization_id, queue_id, rank, id) WHERE state = 1;
CREATE INDEX activity_snoozed_idx ON activity (organization_id, queue_id, rank, id) WHERE state = 2;
CREATE INDEX activity_record_idx ON activity (organization_id, record_id);
-- The last index, as that of record.
ALTER TABLE activity ADD CONSTRAINT activity_pkey PRIMARY KEY (organization_id, id);

-- Append-only: activities as they were closed.
CREATE TABLE closed_activity (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  enrollment_id uuid NOT NULL,
  record_id uuid NOT NULL,
  sequence_id uuid NOT NULL,
  revision integer NOT NULL,
  node integer NOT NULL,
  kind smallint NOT NULL,
  queue_id uuid NOT NULL,
  due_time timestamptz NOT NULL,
  rank timestamptz NOT NULL,
  snooze_count integer NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  -- COMPLETED, SKIPPED or CANCELED, as the domain's ClosedState.
  state smallint NOT NULL,
  outcome text NOT NULL,
  -- Erased with its record.
  note text NOT NULL,
  -- The seller or key who did it; null when upnext did.
  closed_by_seller_id uuid,
  closed_by_key_id uuid,
  close_time timestamptz NOT NULL,
  -- The item that closed it, its request's id or an internal one: a batch that runs again after a
  -- lost answer recognises its own success.
  item_id uuid
);
CREATE INDEX closed_activity_record_idx ON closed_activity (organization_id, record_id, close_time);
-- The last index, as that of record.
ALTER TABLE closed_activity ADD CONSTRAINT closed_activity_pkey PRIMARY KEY (organization_id, id);

-- Narrow rows, deleted as they fire.
CREATE TABLE timer (
  organization_id uuid NOT NULL,
  due_at timestamptz NOT NULL,
  -- The domain's TimerKind.
  kind smallint NOT NULL,
  -- The enrollment or activity that it wakes.
  subject_id uuid NOT NULL,
  -- The enrollment that it moves, which is locked with it.
  enrollment_id uuid NOT NULL,
  queue_id uuid NOT NULL
);
ALTER TABLE timer ADD CONSTRAINT timer_pkey PRIMARY KEY (organization_id, due_at, kind, subject_id);
-- The last index, as that of record: a queue's next timer is read far more often than any by its
-- key.
CREATE INDEX timer_queue_idx ON timer (organization_id, queue_id, due_at);

-- What happened, in the transaction in which it happened. Holds ids, never values of a record.
CREATE TABLE history (
  organization_id uuid NOT NULL,
  -- What it is about: an enrollment, a record, a definition.
  subject_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  -- The domain's HistoryKind.
  kind smallint NOT NULL,
  -- The seller or key who did it; null when upnext did.
  actor_seller_id uuid,
  actor_key_id uuid,
  -- The request_id of the call that did it; null without one.
  request_id uuid,
  -- The kind's own fields.
  detail jsonb NOT NULL,
  CONSTRAINT history_pkey PRIMARY KEY (organization_id, subject_id, id, at)
) PARTITION BY RANGE (at);
CREATE TABLE history_default PARTITION OF history DEFAULT;

CREATE TABLE operation (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  -- BACKFILL_SEGMENT, FEED_SEQUENCE or EXIT_ENROLLMENTS.
  kind text NOT NULL,
  -- The segment or sequence.
  target_id uuid NOT NULL,
  target_name text NOT NULL,
  record_type_id uuid NOT NULL,
  -- The last record looked at: where it goes on after a restart.
  cursor_record_id uuid,
  -- Records made later are the business of their own changes.
  upto_record_id uuid NOT NULL,
  total bigint NOT NULL,
  done bigint NOT NULL,
  failed bigint NOT NULL,
  enrolled bigint NOT NULL,
  -- RUNNING, SUCCEEDED, FAILED or CANCELED.
  state text NOT NULL,
  error text NOT NULL,
  create_time timestamptz NOT NULL,
  end_time timestamptz,
  CONSTRAINT operation_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT operation_state_check CHECK (state IN ('RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELED') AND (state = 'RUNNING') = (end_time IS NULL))
);
CREATE INDEX operation_running_idx ON operation (organization_id, id) WHERE state = 'RUNNING';

-- Items that broke their batch, each with its reason; their neighbours went on.
CREATE TABLE set_aside (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  -- What it was: a timer, a record change, an item of an operation.
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  reason text NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT set_aside_pkey PRIMARY KEY (organization_id, id)
);
