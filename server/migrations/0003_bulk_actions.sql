-- Bulk actions: one verb asked of many instances, and what became of each. An item that was accepted
-- names its operation, whose state is the item's from then on.

CREATE TABLE bulk_actions (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    action TEXT NOT NULL,
    actor TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX bulk_actions_by_org ON bulk_actions (org_id, created_us, id);

CREATE TABLE bulk_items (
    bulk_action_id TEXT NOT NULL REFERENCES bulk_actions (id),
    place BIGINT NOT NULL,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    instance_id TEXT NOT NULL,
    instance_name TEXT NOT NULL,
    -- queued, accepted, refused, cancelled
    state TEXT NOT NULL,
    attempt BIGINT NOT NULL DEFAULT 0,
    operation_id TEXT,
    message TEXT,
    PRIMARY KEY (bulk_action_id, place)
);
CREATE INDEX bulk_items_by_state ON bulk_items (bulk_action_id, state, place);
