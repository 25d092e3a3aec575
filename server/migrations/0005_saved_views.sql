-- Questions to a list that people keep, and how each of them wants to see lists.

CREATE TABLE saved_views (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    -- As it stands in the list's address, without the question mark.
    query TEXT NOT NULL,
    shared BIGINT NOT NULL,
    -- Whose it is; none when an API key made it.
    user_id TEXT REFERENCES users (id),
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (org_id, list, name)
);

CREATE TABLE preferences (
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    user_id TEXT NOT NULL REFERENCES users (id),
    -- JSON: the columns of each list that has chosen ones.
    columns TEXT NOT NULL,
    updated_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (org_id, user_id)
);
