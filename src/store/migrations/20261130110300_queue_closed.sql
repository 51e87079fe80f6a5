-- True once the queue's seller is deleted: nothing can be put into it.
ALTER TABLE queue ADD COLUMN closed boolean NOT NULL DEFAULT false;
