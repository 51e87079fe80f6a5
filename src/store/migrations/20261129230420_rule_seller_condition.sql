-- The condition over sellers of a rule with candidates MATCHING; null for other candidates.
ALTER TABLE assignment_rule ADD COLUMN seller_condition text;
