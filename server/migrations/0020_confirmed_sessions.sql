-- Until when a session counts as confirmed: its person has lately proven who they are. Sessions of before
-- are asked at once.
ALTER TABLE sessions ADD COLUMN confirmed_until_us BIGINT NOT NULL DEFAULT 0;
