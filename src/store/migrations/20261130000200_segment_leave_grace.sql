-- How long a member may not match before it leaves. Null: it leaves at once.
ALTER TABLE segment ADD COLUMN leave_grace jsonb;
