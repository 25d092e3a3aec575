-- The people of an organization: invitations, mail, and links that reset a password.

-- What an organization calls its member; nobody else's.
ALTER TABLE memberships ADD COLUMN id TEXT NOT NULL DEFAULT '';
UPDATE memberships SET id = user_id;
CREATE UNIQUE INDEX memberships_by_id ON memberships (org_id, id);

-- Who was asked to join and has not yet: the id becomes that of the membership.
CREATE TABLE invitations (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    email TEXT NOT NULL,
    role_id TEXT NOT NULL REFERENCES roles (id),
    language TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    created_us BIGINT NOT NULL,
    expires_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    UNIQUE (org_id, email)
);

-- Mail on its way. What it says is sealed, and forgotten once it was sent.
CREATE TABLE mails (
    id TEXT PRIMARY KEY,
    org_id TEXT NOT NULL REFERENCES organizations (id),
    address TEXT NOT NULL,
    sealed TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    created_us BIGINT NOT NULL,
    next_us BIGINT NOT NULL,
    -- Sent, or given up.
    ended_us BIGINT
);
CREATE INDEX mails_due ON mails (ended_us, next_us);
CREATE INDEX mails_by_address ON mails (address, created_us);
CREATE INDEX mails_by_org ON mails (org_id, created_us);

-- What a link is for: sign-in, or reset.
ALTER TABLE sign_in_links ADD COLUMN purpose TEXT NOT NULL DEFAULT 'sign-in';
