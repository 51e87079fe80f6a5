-- What sellers note on open activities: whether they have read and follow them, and a note that
-- stays when the activity is closed without one. Null means no and none.
ALTER TABLE activity
  ADD COLUMN is_read boolean,
  ADD COLUMN is_followed boolean,
  ADD COLUMN draft_note text,
  ADD CONSTRAINT activity_marks_check CHECK (is_read AND is_followed AND draft_note <> '');
