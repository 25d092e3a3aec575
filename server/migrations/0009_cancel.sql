-- What an operation's subject was before, so that one that nobody has begun can be taken back. NULL:
-- it can't be brought back.

ALTER TABLE operations ADD COLUMN was TEXT;
