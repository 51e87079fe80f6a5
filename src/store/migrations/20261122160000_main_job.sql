-- The first schema: organizations and their keys, sellers, records, sequences, segments,
-- enrollments, activities, timers and history.
--
-- Every key begins with organization_id, and no default generates a time or an id. Rust passes
-- both, so that the same statements can run distributed by organization.
--
-- Hot tables (record_change, membership, enrollment, activity, timer, queue, history) have no
-- foreign keys, because these would halve the rate of bulk writes. The transactions that write
-- these tables keep references valid, and tests check it.

CREATE TABLE organization (
  organization_id uuid NOT NULL,
  display_name text NOT NULL,
  -- Phone outcomes and limits: the domain's Settings.
  settings jsonb NOT NULL,
  -- Increases with each change of revisions, segments, rules, record types or settings. Servers
  -- check their caches against it.
  definition_epoch bigint NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL,
  CONSTRAINT organization_pkey PRIMARY KEY (organization_id)
);

-- One row to lock for each organization: its holder routes records.
CREATE TABLE routing (
  organization_id uuid NOT NULL,
  CONSTRAINT routing_pkey PRIMARY KEY (organization_id)
);

CREATE TABLE api_key (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  -- SHA-256 of the secret. The secret itself is not stored.
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

-- The answer given to each request_id, kept for 24 hours.
CREATE TABLE request (
  organization_id uuid NOT NULL,
  principal_id uuid NOT NULL,
  method text NOT NULL,
  request_id uuid NOT NULL,
  fingerprint bytea NOT NULL,
  -- The decision, and the ids that it touched. Null only within the deciding transaction.
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
  -- Increases once for each transaction that touches the queue, as its last write. So the order of
  -- revisions is the order of commits.
  revision bigint NOT NULL,
  -- New with each revision, so that a revision made after restoring a backup differs from the lost
  -- revision of the same number.
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
  -- The types of attributes by name.
  attributes jsonb NOT NULL,
  -- What attributes mean, by name.
  attribute_descriptions jsonb NOT NULL,
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
  CONSTRAINT record_close_check CHECK (closed = (close_outcome IS NOT NULL) AND closed = (close_time IS NOT NULL))
) WITH (fillfactor = 85);
-- Backfills and lists read the records of a type in the order in which they were created. Ids are
-- minted in that order.
CREATE INDEX record_type_walk_idx ON record (organization_id, record_type_id, id);
CREATE INDEX record_owner_idx ON record (organization_id, owner_id, id) WHERE owner_id IS NOT NULL;
-- Finds the members of a segment that still need an owner.
CREATE INDEX record_unowned_idx ON record (organization_id, record_type_id, id) WHERE owner_id IS NULL AND NOT closed;
-- Must be the last indexes of the table. While it is empty, all indexes look equally good, and
-- Postgres chooses the newest one, even for plans that are kept.
ALTER TABLE record ADD CONSTRAINT record_record_id_key UNIQUE (organization_id, record_type_id, record_id);
ALTER TABLE record ADD CONSTRAINT record_pkey PRIMARY KEY (organization_id, id);

-- What is left of deleted records, for 30 days: late upserts with an older version are ignored.
CREATE TABLE tombstone (
  organization_id uuid NOT NULL,
  -- Of the record's type and id. Not the id itself, which may say who the person is.
  fingerprint bytea NOT NULL,
  source_version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT tombstone_pkey PRIMARY KEY (organization_id, fingerprint)
);
CREATE INDEX tombstone_age_idx ON tombstone (create_time);

-- Append-only. The transaction that changes a record writes the row. The transaction that routes
-- the record deletes it.
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
  -- The draft: the domain's Definition.
  definition jsonb NOT NULL,
  -- The number of the newest revision. 0 before the first activation.
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

-- Rows never change.
CREATE TABLE sequence_revision (
  organization_id uuid NOT NULL,
  sequence_id uuid NOT NULL,
  revision integer NOT NULL,
  revision_description text NOT NULL,
  display_name text NOT NULL,
  description text NOT NULL,
  definition jsonb NOT NULL,
  -- The ids of its steps in the order of its program's nodes, which are numbered from 0.
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
  -- 1 is tried first. Unique at commit. There is no UNIQUE constraint, because a move renumbers
  -- several rows, which collide until it is complete.
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
  -- Empty if it matches every record.
  condition text NOT NULL,
  -- The ids of the listed sellers, in the order of their first turns.
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

-- The latest turn of each candidate of a rule. The candidate with the lowest number has waited
-- longest.
CREATE TABLE assignment_turn (
  organization_id uuid NOT NULL,
  assignment_rule_id uuid NOT NULL,
  seller_id uuid NOT NULL,
  turn bigint NOT NULL,
  CONSTRAINT assignment_turn_pkey PRIMARY KEY (organization_id, assignment_rule_id, seller_id)
);

-- The key allows a record in at most one segment.
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
  -- The domain's EnrollmentState, ExitReason and EnrollmentSource. Numbers save space: a million
  -- rows are usual.
  state smallint NOT NULL,
  reason smallint NOT NULL,
  source smallint NOT NULL,
  segment_id uuid,
  -- Its node in the program of the revision. Once ended, the last node that it reached.
  node integer NOT NULL,
  step_reach_time timestamptz NOT NULL,
  -- The due time of its timer and the domain's WaitReason while it waits. Otherwise null.
  waiting_until timestamptz,
  waiting_for smallint,
  -- Its open activity. Null without one.
  activity_id uuid,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  end_time timestamptz,
  CONSTRAINT enrollment_wait_check CHECK ((waiting_until IS NULL) = (waiting_for IS NULL)),
  -- ACTIVE either waits or has an activity. COMPLETED and EXITED have only an end time.
  CONSTRAINT enrollment_position_check CHECK (CASE
    WHEN state = 2 THEN num_nonnulls(waiting_until, activity_id) = 1 AND end_time IS NULL
    WHEN state IN (4, 5) THEN num_nonnulls(waiting_until, activity_id) = 0 AND end_time IS NOT NULL
    ELSE false END)
) WITH (fillfactor = 80);
-- Depends on end_time and on no column that a step changes, so that moving to the next step stays a
-- HOT update. The sequence comes first, so that its open enrollments are counted without reading
-- the ended ones.
CREATE UNIQUE INDEX enrollment_open_key ON enrollment (organization_id, sequence_id, record_id) WHERE end_time IS NULL;
-- Serves counting passes and deciding on re-enrollment. The record comes first, so that it also
-- finds the few enrollments of one record.
CREATE UNIQUE INDEX enrollment_pass_key ON enrollment (organization_id, record_id, sequence_id, pass_number);
-- Must be the last index, like record_pkey.
ALTER TABLE enrollment ADD CONSTRAINT enrollment_pkey PRIMARY KEY (organization_id, id);

-- Open activities only. Closed ones move to closed_activity.
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
  -- The domain's Warnings, a bit for each.
  warnings smallint NOT NULL,
  due_time timestamptz NOT NULL,
  -- due_time minus the boost of its priority. Fixed when the activity is created.
  rank timestamptz NOT NULL,
  -- The domain's ActivityState: DUE or SNOOZED.
  state smallint NOT NULL,
  -- The due time of its timer while it is snoozed. Otherwise null.
  snooze_until timestamptz,
  snooze_count integer NOT NULL,
  version bigint NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT activity_state_check CHECK (state IN (1, 2) AND (state = 2) = (snooze_until IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX activity_queue_idx ON activity (organization_id, queue_id, rank, id) WHERE state = 1;
CREATE INDEX activity_snoozed_idx ON activity (organization_id, queue_id, rank, id) WHERE state = 2;
CREATE INDEX activity_record_idx ON activity (organization_id, record_id);
-- Must be the last index, like record_pkey.
ALTER TABLE activity ADD CONSTRAINT activity_pkey PRIMARY KEY (organization_id, id);

-- Append-only. Activities at the time they were closed.
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
  -- The domain's ClosedState: COMPLETED, SKIPPED or CANCELED.
  state smallint NOT NULL,
  outcome text NOT NULL,
  -- Erased with its record.
  note text NOT NULL,
  -- The seller or key who did it. Null if upnext did.
  closed_by_seller_id uuid,
  closed_by_key_id uuid,
  close_time timestamptz NOT NULL,
  -- The id of the batch item that closed it: its request's id or an internal one. A batch that runs
  -- again after a lost answer recognises its own success by it.
  item_id uuid
);
CREATE INDEX closed_activity_record_idx ON closed_activity (organization_id, record_id, close_time);
-- Must be the last index, like record_pkey.
ALTER TABLE closed_activity ADD CONSTRAINT closed_activity_pkey PRIMARY KEY (organization_id, id);

-- Narrow rows, which are deleted when they fire.
CREATE TABLE timer (
  organization_id uuid NOT NULL,
  due_at timestamptz NOT NULL,
  -- The domain's TimerKind.
  kind smallint NOT NULL,
  -- The enrollment whose wait it ends, or the activity whose snooze it ends.
  subject_id uuid NOT NULL,
  -- The enrollment that it moves, which is locked with it.
  enrollment_id uuid NOT NULL,
  queue_id uuid NOT NULL
);
ALTER TABLE timer ADD CONSTRAINT timer_pkey PRIMARY KEY (organization_id, due_at, kind, subject_id);
-- Must be the last index, like record_pkey: reading a queue's next timer is far more frequent than
-- reading timers by key.
CREATE INDEX timer_queue_idx ON timer (organization_id, queue_id, due_at);

-- What happened, written by the transaction that did it. Contains ids, never values of a record.
CREATE TABLE history (
  organization_id uuid NOT NULL,
  -- What it is about: an enrollment, a record or a definition.
  subject_id uuid NOT NULL,
  id uuid NOT NULL,
  at timestamptz NOT NULL,
  -- The domain's HistoryKind.
  kind smallint NOT NULL,
  -- The seller or key who did it. Null if upnext did.
  actor_seller_id uuid,
  actor_key_id uuid,
  -- The request_id of the call that did it. Null without one.
  request_id uuid,
  -- The fields of its kind.
  detail jsonb NOT NULL,
  CONSTRAINT history_pkey PRIMARY KEY (organization_id, subject_id, id, at)
) PARTITION BY RANGE (at);
CREATE TABLE history_default PARTITION OF history DEFAULT;

CREATE TABLE operation (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  -- The domain's OperationKind, like BACKFILL_SEGMENT.
  kind text NOT NULL,
  -- The segment or sequence that it works on.
  target_id uuid NOT NULL,
  target_name text NOT NULL,
  record_type_id uuid NOT NULL,
  -- The last record that was processed. It continues after this one, even after a restart.
  cursor_record_id uuid,
  -- The last record to process. Later records are routed by their own changes.
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

-- Items that made their batch fail, each with its reason. The rest of the batch was processed.
CREATE TABLE set_aside (
  organization_id uuid NOT NULL,
  id uuid NOT NULL,
  -- The kind of item, like a timer, a record change or an item of an operation.
  kind text NOT NULL,
  subject_id uuid NOT NULL,
  reason text NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT set_aside_pkey PRIMARY KEY (organization_id, id)
);
