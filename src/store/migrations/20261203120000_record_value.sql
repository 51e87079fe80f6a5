-- The indexes of attributes: which records hold which values. An index on record itself would make
-- every update of a record write all its indexes, and each organization would pay for all others.
CREATE TABLE record_value (
  organization_id uuid NOT NULL,
  record_id uuid NOT NULL,
  record_type_id uuid NOT NULL,
  attribute text COLLATE "C" NOT NULL,
  -- Texts are cut, and numbers are written so that they sort as texts.
  value text COLLATE "C" NOT NULL
);
