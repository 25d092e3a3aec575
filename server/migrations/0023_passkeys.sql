-- Passkeys: signing in without a password.

CREATE TABLE passkeys (
    id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES users (id),
    name TEXT NOT NULL,
    -- What the device calls it, in base64url; nobody else may bring the same.
    credential_id TEXT NOT NULL UNIQUE,
    -- JSON: the public key and what is known of the device. Nothing in it signs anybody in.
    credential TEXT NOT NULL,
    created_us BIGINT NOT NULL,
    last_used_us BIGINT
);
CREATE INDEX passkeys_by_user ON passkeys (user_id, created_us);
