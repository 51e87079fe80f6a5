-- What was closed lately. BRIN, because rows come in the order of this time: it costs completions
-- next to nothing, and no plan takes it instead of the key.
CREATE INDEX closed_activity_time_idx ON closed_activity USING brin (close_time) WITH (autosummarize = on);
