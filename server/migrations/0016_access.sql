-- Access for a time: roles that are assumed, and keys that end.

-- Who may assume a role, as rules, and for how many seconds at most.
ALTER TABLE roles ADD COLUMN assume_role_policy TEXT NOT NULL DEFAULT '[]';
ALTER TABLE roles ADD COLUMN max_session_ttl BIGINT NOT NULL DEFAULT 3600;

-- When a key ends by itself; NULL: never.
ALTER TABLE api_keys ADD COLUMN expires_us BIGINT;
-- Of a key that was made by assuming a role: who did, as people read it, and what it ends with. Such a
-- key is outside of the quota.
ALTER TABLE api_keys ADD COLUMN assumed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN by_user TEXT;
ALTER TABLE api_keys ADD COLUMN by_token TEXT;
ALTER TABLE api_keys ADD COLUMN by_key TEXT;
CREATE INDEX api_keys_by_expiry ON api_keys (expires_us);
