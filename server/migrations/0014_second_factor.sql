-- Signing in in two steps.

CREATE TABLE second_factors (
    user_id TEXT PRIMARY KEY REFERENCES users (id),
    -- What the authenticator app was given.
    secret_sealed TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    -- Until then it asks nobody for anything.
    confirmed_us BIGINT,
    -- The step of the last code: that and all before are used up.
    last_step BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE recovery_codes (
    user_id TEXT NOT NULL REFERENCES users (id),
    code_hash TEXT NOT NULL,
    used_us BIGINT,
    PRIMARY KEY (user_id, code_hash)
);
