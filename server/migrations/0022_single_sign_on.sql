-- Single sign-on: identity providers of organizations, and who comes by them.

CREATE TABLE identity_providers (
    id TEXT PRIMARY KEY,
    -- The redirect address says which organization a provider answers for, so there is one in each.
    org_id TEXT NOT NULL UNIQUE REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    name TEXT NOT NULL,
    issuer TEXT NOT NULL,
    client_id TEXT NOT NULL,
    -- The client secret.
    sealed TEXT NOT NULL,
    mapping TEXT NOT NULL,
    two_step_trusted BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

-- Domains of e-mail addresses. Several organizations may name one: who signs in chooses.
CREATE TABLE identity_domains (
    provider_id TEXT NOT NULL REFERENCES identity_providers (id),
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    domain TEXT NOT NULL,
    PRIMARY KEY (provider_id, domain)
);
CREATE INDEX identity_domains_by_domain ON identity_domains (domain);

-- What a provider calls somebody, and who that is here. It outlives provider and membership: whoever
-- comes again is the same person.
CREATE TABLE identities (
    org_id TEXT NOT NULL REFERENCES organizations (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT NOT NULL UNIQUE REFERENCES users (id),
    -- Whether the last sign-in had two steps.
    two_step BIGINT NOT NULL,
    created_us BIGINT NOT NULL,
    PRIMARY KEY (org_id, issuer, subject)
);

-- Sign-ins that were answered, until they would have expired.
CREATE TABLE used_sign_ins (
    state_hash TEXT PRIMARY KEY,
    expires_us BIGINT NOT NULL
);
CREATE INDEX used_sign_ins_by_end ON used_sign_ins (expires_us);

-- The address of who comes by a provider. Their `email`, by which others are found who sign in, is their
-- id: nobody becomes somebody else by having a provider say their address.
ALTER TABLE users ADD COLUMN address TEXT;

-- Whether it was begun by a provider, and whether with two steps.
ALTER TABLE sessions ADD COLUMN single_sign_on BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN two_step BIGINT NOT NULL DEFAULT 0;
