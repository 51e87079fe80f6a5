-- What a published event is about, and who did it, so that other systems can follow only that.
ALTER TABLE published_event
  -- The record, or another subject that has no record.
  ADD COLUMN record_id uuid,
  -- The sequence of the enrollment. Null for events that no enrollment has.
  ADD COLUMN sequence_id uuid,
  ADD COLUMN actor_seller_id uuid,
  ADD COLUMN actor_key_id uuid;
