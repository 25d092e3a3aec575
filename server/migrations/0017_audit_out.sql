-- The audit trail goes out: signed ends of it, kept.
CREATE TABLE audit_heads (
    org_id TEXT NOT NULL REFERENCES organizations (id),
    -- The number of the last event then, and its hash.
    sequence BIGINT NOT NULL,
    hash TEXT NOT NULL,
    at_us BIGINT NOT NULL,
    public_key TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (org_id, sequence)
);
CREATE INDEX audit_heads_by_time ON audit_heads (org_id, at_us);

-- Who is told of events. How far each is, is a number of the chain.
CREATE TABLE webhooks (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    -- JSON: operations, resources, results.
    filter TEXT NOT NULL,
    state TEXT NOT NULL,
    sealed TEXT NOT NULL,
    -- The secret of before, which also signs until then.
    sealed_before TEXT,
    before_until_us BIGINT,
    sequence BIGINT NOT NULL,
    -- Tries of what is next that failed, since when nothing was taken, and when the next is.
    attempts BIGINT NOT NULL DEFAULT 0,
    failing_since_us BIGINT,
    next_us BIGINT NOT NULL DEFAULT 0,
    -- One process works on it until then.
    claimed_until_us BIGINT NOT NULL DEFAULT 0,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX webhooks_by_org ON webhooks (org_id);

-- What was told, or is to be: the newest of each webhook are kept.
CREATE TABLE webhook_deliveries (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    webhook_id TEXT NOT NULL REFERENCES webhooks (id),
    -- The event; a test has none.
    sequence BIGINT,
    operation TEXT,
    cause TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    status BIGINT,
    error TEXT,
    elapsed_ms BIGINT,
    created_us BIGINT NOT NULL,
    attempted_us BIGINT
);
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (webhook_id, created_us, id);
CREATE INDEX webhook_deliveries_asked ON webhook_deliveries (webhook_id) WHERE state = 'pending' AND cause <> 'event';
-- An event is told once to each.
CREATE UNIQUE INDEX webhook_deliveries_of_event ON webhook_deliveries (webhook_id, sequence) WHERE cause = 'event';
