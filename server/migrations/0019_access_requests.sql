-- Access that people ask for, and are granted for a while.

-- A request; one that was approved is a grant, from decided_us on and before ends_us. It stays for a while
-- after it ended: past calls are decided again with it.
CREATE TABLE access_requests (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    -- The role that refused, which a grant stands beside. It may be deleted, so it is no reference.
    role_id TEXT NOT NULL,
    operation TEXT NOT NULL,
    -- Id or name of the one thing; NULL: whatever it is.
    resource TEXT,
    reason TEXT NOT NULL,
    hours BIGINT NOT NULL,
    language TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    -- NULL: nobody has decided.
    decided_us BIGINT,
    decided_by TEXT,
    -- What was said with a refusal.
    answer TEXT,
    -- NULL: it is no grant.
    ends_us BIGINT,
    -- Who ended it before its time.
    revoked_by TEXT
);
CREATE INDEX access_requests_by_user ON access_requests (org_id, user_id, ends_us);
CREATE INDEX access_requests_by_org ON access_requests (org_id, created_us);
