-- What ends enrollments before their last step: the domain's ExitCriteria, without its defaults.
ALTER TABLE sequence ADD COLUMN exit_criteria jsonb NOT NULL DEFAULT '{}';
