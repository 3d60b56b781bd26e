CREATE TABLE people (
  id UUID NOT NULL PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  phone TEXT NOT NULL DEFAULT '',
  lang TEXT NOT NULL,
  password_hash TEXT,
  totp_secret TEXT,
  totp_confirmed_at TIMESTAMPTZ,
  totp_last_step BIGINT NOT NULL DEFAULT 0,
  email_confirmed_at TIMESTAMPTZ,
  created_at TIMESTAMPTZ NOT NULL,
  disabled_at TIMESTAMPTZ
);
CREATE TABLE organisations (
  id UUID NOT NULL PRIMARY KEY,
  nipt TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  acronym TEXT NOT NULL DEFAULT '',
  legal_form TEXT NOT NULL,
  municipality TEXT NOT NULL,
  profile TEXT NOT NULL,
  search TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  -- The profile: saved when and by whom, and since when its saves stand under one entry of the log.
  saved_at TIMESTAMPTZ,
  saved_by UUID REFERENCES people (id),
  noted_at TIMESTAMPTZ,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX organisations_search ON organisations (search);
CREATE TABLE memberships (
  organisation_id UUID NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  membership TEXT NOT NULL,
  since TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (organisation_id, person_id)
);
CREATE INDEX memberships_person ON memberships (person_id);
-- Papers that are kept once and reused: the profile's own.
CREATE TABLE organisation_papers (
  id UUID NOT NULL PRIMARY KEY,
  organisation_id UUID NOT NULL REFERENCES organisations (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES files (sha256),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  valid_until DATE,
  kept_by UUID NOT NULL,
  kept_by_name TEXT NOT NULL,
  kept_at TIMESTAMPTZ NOT NULL,
  removed_at TIMESTAMPTZ
);
CREATE INDEX organisation_papers_organisation ON organisation_papers (organisation_id, kind);
CREATE TABLE sessions (
  token_hash TEXT NOT NULL PRIMARY KEY,
  id UUID NOT NULL UNIQUE,
  person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  created_at TIMESTAMPTZ NOT NULL,
  seen_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  address TEXT NOT NULL,
  agent TEXT NOT NULL,
  second_factor_at TIMESTAMPTZ
);
CREATE INDEX sessions_person ON sessions (person_id);
CREATE TABLE sign_in_links (
  token_hash TEXT NOT NULL PRIMARY KEY,
  person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  created_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  used_at TIMESTAMPTZ
);
CREATE INDEX sign_in_links_person ON sign_in_links (person_id);
CREATE TABLE api_tokens (
  id UUID NOT NULL PRIMARY KEY,
  person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  created_at TIMESTAMPTZ NOT NULL,
  last_used_at TIMESTAMPTZ,
  revoked_at TIMESTAMPTZ
);
CREATE INDEX api_tokens_person ON api_tokens (person_id);
CREATE TABLE throttles (
  what TEXT NOT NULL PRIMARY KEY,
  count INTEGER NOT NULL,
  since TIMESTAMPTZ NOT NULL
);
CREATE TABLE parked_forms (
  token_hash TEXT NOT NULL PRIMARY KEY,
  path TEXT NOT NULL,
  body TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL
);
