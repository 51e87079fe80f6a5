-- How it went, as a person judges it. NULL: nobody has judged.
ALTER TABLE enrollment ADD COLUMN disposition text;
