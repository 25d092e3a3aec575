-- Everything that can't be added later: tenants and projects on every row, versions, sealed
-- secrets, the audit chain, operations with leases. Both databases read this file, so only TEXT and
-- BIGINT columns: ids and JSON are TEXT, times are microseconds UTC, booleans 0/1.

CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    currency TEXT NOT NULL,
    policy TEXT NOT NULL,
    audit_sequence BIGINT NOT NULL DEFAULT 0,
    audit_hash TEXT NOT NULL DEFAULT '',
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE projects (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    name TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (org_id, name)
);

-- A person is one row, whatever organizations they are a member of.
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE roles (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    editable BIGINT NOT NULL,
    permissions TEXT NOT NULL,
    policy TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (org_id, name)
);

CREATE TABLE memberships (
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    role_id TEXT NOT NULL REFERENCES roles (id),
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, user_id)
);

-- The session names the organization that its person acts in.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    org_id TEXT NOT NULL REFERENCES organizations (id),
    token_hash TEXT NOT NULL UNIQUE,
    created_us BIGINT NOT NULL,
    last_seen_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    source_ip TEXT,
    user_agent TEXT
);

CREATE TABLE sign_in_links (
    token_hash TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    org_id TEXT NOT NULL REFERENCES organizations (id),
    expires_us BIGINT NOT NULL,
    used_us BIGINT
);

CREATE TABLE api_keys (
    key TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    role_id TEXT NOT NULL REFERENCES roles (id),
    name TEXT NOT NULL,
    secret_sealed TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    last_used_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX api_keys_by_org ON api_keys (org_id, created_us);

CREATE TABLE access_tokens (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    role_id TEXT NOT NULL REFERENCES roles (id),
    name TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    last_used_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);

-- Mutations that were answered: by signature until it expires, by Idempotency-Key for a day.
CREATE TABLE answers (
    scope TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    body_sealed TEXT NOT NULL,
    -- A signature that came with an Idempotency-Key.
    keyed BIGINT NOT NULL,
    expires_us BIGINT NOT NULL
);
CREATE INDEX answers_by_expiry ON answers (expires_us);

CREATE TABLE ssh_keys (
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    public_key TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, name)
);

CREATE TABLE security_groups (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (org_id, name)
);

-- Public templates belong to nobody: org_id is NULL. Each is in one zone.
CREATE TABLE templates (
    id TEXT PRIMARY KEY,
    org_id TEXT REFERENCES organizations (id),
    project_id TEXT REFERENCES projects (id),
    zone TEXT NOT NULL,
    image TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    family TEXT NOT NULL,
    release TEXT NOT NULL,
    build TEXT NOT NULL,
    default_user TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    password_enabled BIGINT NOT NULL,
    ssh_key_enabled BIGINT NOT NULL,
    stop_polite_seconds BIGINT NOT NULL,
    checksum TEXT NOT NULL,
    state TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    deleted_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (zone, image)
);
CREATE INDEX templates_by_org ON templates (org_id, created_us);

CREATE TABLE instances (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    zone TEXT NOT NULL,
    engine_name TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    instance_type_id TEXT NOT NULL,
    template_id TEXT NOT NULL REFERENCES templates (id),
    disk_gib BIGINT NOT NULL,
    public_ip_assignment TEXT NOT NULL,
    ipv4 TEXT,
    ipv6 TEXT,
    mac TEXT,
    ssh_keys TEXT NOT NULL,
    user_data TEXT,
    labels TEXT NOT NULL,
    security_groups TEXT NOT NULL,
    app_consistent BIGINT NOT NULL,
    protected BIGINT NOT NULL DEFAULT 0,
    password_sealed TEXT,
    operation_id TEXT,
    reason TEXT,
    created_us BIGINT NOT NULL,
    deleted_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX instances_by_created ON instances (org_id, deleted_us, created_us, id);
CREATE INDEX instances_by_name ON instances (org_id, deleted_us, name, id);
CREATE INDEX instances_by_state ON instances (org_id, deleted_us, state, id);
-- Answers counts and costs of a list from the index alone.
CREATE INDEX instances_totals ON instances (org_id, deleted_us, state, instance_type_id, disk_gib);
CREATE INDEX instances_by_zone ON instances (zone, deleted_us);

CREATE TABLE snapshots (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    zone TEXT NOT NULL,
    instance_id TEXT NOT NULL REFERENCES instances (id),
    engine_name TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    size_gib BIGINT NOT NULL,
    export_md5 TEXT,
    export_until_us BIGINT,
    reason TEXT,
    created_us BIGINT NOT NULL,
    deleted_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX snapshots_by_org ON snapshots (org_id, deleted_us, created_us);
CREATE INDEX snapshots_by_instance ON snapshots (instance_id, deleted_us);

-- Work that was accepted. lock_id: one operation at a time works on what it names.
CREATE TABLE operations (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    zone TEXT,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    lock_id TEXT NOT NULL,
    data TEXT NOT NULL,
    step TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    message TEXT,
    attempt BIGINT NOT NULL DEFAULT 0,
    run_us BIGINT NOT NULL,
    lease_owner TEXT NOT NULL DEFAULT '',
    lease_until_us BIGINT NOT NULL DEFAULT 0,
    lease_epoch BIGINT NOT NULL DEFAULT 0,
    deadline_us BIGINT NOT NULL,
    actor TEXT NOT NULL,
    request_id TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    finished_us BIGINT,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX operations_to_run ON operations (state, run_us);
CREATE INDEX operations_by_lock ON operations (lock_id, lease_until_us);
CREATE INDEX operations_by_org ON operations (org_id, created_us, id);
CREATE INDEX operations_by_subject ON operations (subject_id, created_us);

CREATE TABLE quotas (
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    resource TEXT NOT NULL,
    used BIGINT NOT NULL CHECK (used >= 0),
    most BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, resource)
);

-- What is billed: one row per resource, product and time; an open end means that it still runs.
CREATE TABLE usage_intervals (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    zone TEXT NOT NULL,
    resource_kind TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    product TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    nano_per_hour BIGINT NOT NULL,
    started_us BIGINT NOT NULL,
    ended_us BIGINT,
    opened_by TEXT NOT NULL,
    closed_by TEXT
);
CREATE INDEX usage_by_resource ON usage_intervals (resource_id, ended_us);
CREATE INDEX usage_by_org ON usage_intervals (org_id, ended_us);
-- A product of a resource is metered once at any time.
CREATE UNIQUE INDEX usage_open_once ON usage_intervals (resource_id, product) WHERE ended_us IS NULL;

-- One row per call that changed something, or tried to. `data` is the very text that was hashed.
CREATE TABLE audit_events (
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    sequence BIGINT NOT NULL,
    at_us BIGINT NOT NULL,
    operation TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    operation_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    request_id TEXT NOT NULL,
    status BIGINT NOT NULL,
    data TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (org_id, sequence)
);
CREATE INDEX audit_by_time ON audit_events (org_id, at_us);
CREATE INDEX audit_by_subject ON audit_events (subject_id, at_us);

-- Engine objects with our prefix and no row: deleted only after many complete listings.
CREATE TABLE strays (
    zone TEXT NOT NULL,
    engine_name TEXT NOT NULL,
    first_seen_us BIGINT NOT NULL,
    last_seen_us BIGINT NOT NULL,
    listings BIGINT NOT NULL,
    PRIMARY KEY (zone, engine_name)
);
