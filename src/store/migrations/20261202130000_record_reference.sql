-- Which records refer to which: the values of REFERENCE attributes, in a form that has an index.
-- When a record changes, those that refer to it are routed again. The other one needn't exist.
CREATE TABLE record_reference (
  organization_id uuid NOT NULL,
  -- The record that refers, and its type.
  record_id uuid NOT NULL,
  record_type_id uuid NOT NULL,
  attribute text COLLATE "C" NOT NULL,
  -- The type and the id of the record referred to.
  target_type_id uuid NOT NULL,
  target_id text COLLATE "C" NOT NULL
);
