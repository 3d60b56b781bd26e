CREATE TABLE programmes (
  id UUID NOT NULL PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  terms TEXT NOT NULL,
  imported_at TIMESTAMPTZ NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE roles (
  id UUID NOT NULL PRIMARY KEY,
  programme_id UUID REFERENCES programmes (id) ON DELETE CASCADE,
  person_id UUID NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  role TEXT NOT NULL,
  given_by UUID,
  given_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX roles_once ON roles (person_id, role, programme_id);
CREATE INDEX roles_programme ON roles (programme_id, role);
CREATE TABLE invitations (
  id UUID NOT NULL PRIMARY KEY,
  programme_id UUID REFERENCES programmes (id) ON DELETE CASCADE,
  organisation_id UUID REFERENCES organisations (id) ON DELETE CASCADE,
  -- To write a partner's part of an application.
  partnership_id UUID,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  invited_by UUID,
  created_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  accepted_at TIMESTAMPTZ
);
CREATE INDEX invitations_programme ON invitations (programme_id, created_at);
CREATE TABLE rounds (
  id UUID NOT NULL PRIMARY KEY,
  programme_id UUID NOT NULL REFERENCES programmes (id),
  code TEXT NOT NULL,
  terms TEXT NOT NULL,
  opens_at TIMESTAMPTZ NOT NULL,
  closes_at TIMESTAMPTZ NOT NULL,
  -- The deadline as it was published, where it was extended since.
  extended_from TIMESTAMPTZ,
  envelope BIGINT NOT NULL,
  state TEXT NOT NULL,
  published_at TIMESTAMPTZ,
  last_serial INTEGER NOT NULL DEFAULT 0,
  reminded_until TIMESTAMPTZ,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (programme_id, code)
);
CREATE INDEX rounds_closing ON rounds (closes_at);
