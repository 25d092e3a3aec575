-- Requests for access that who asked has taken back.

-- 1: taken back at decided_us, so that nobody decides any more.
ALTER TABLE access_requests ADD COLUMN withdrawn BIGINT NOT NULL DEFAULT 0;
