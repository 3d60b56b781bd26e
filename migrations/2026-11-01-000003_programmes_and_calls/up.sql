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
  -- The deadline from which the dates of questions are counted, where the call was prolonged after they had passed.
  questions_basis TIMESTAMPTZ,
  envelope BIGINT NOT NULL,
  state TEXT NOT NULL,
  published_at TIMESTAMPTZ,
  last_serial INTEGER NOT NULL DEFAULT 0,
  reminded_until TIMESTAMPTZ,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (programme_id, code)
);
CREATE INDEX rounds_closing ON rounds (closes_at);
-- What was asked about a call, and the one answer to everybody. Who asked is for the office alone.
CREATE TABLE questions (
  id UUID NOT NULL PRIMARY KEY,
  round_id UUID NOT NULL REFERENCES rounds (id),
  state TEXT NOT NULL,
  topic TEXT NOT NULL,
  -- Word for word; what is published is the wording.
  asked TEXT NOT NULL,
  lang TEXT NOT NULL,
  asked_by UUID NOT NULL REFERENCES people (id),
  asked_at TIMESTAMPTZ NOT NULL,
  wording_sq TEXT NOT NULL DEFAULT '',
  wording_en TEXT NOT NULL DEFAULT '',
  answer_sq TEXT NOT NULL DEFAULT '',
  answer_en TEXT NOT NULL DEFAULT '',
  -- The question whose answer is this one's too.
  same_as UUID REFERENCES questions (id),
  answered_by_name TEXT NOT NULL DEFAULT '',
  answered_at TIMESTAMPTZ,
  number INTEGER,
  published_at TIMESTAMPTZ,
  -- Folded wording and answer.
  search TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (round_id, number)
);
CREATE INDEX questions_round ON questions (round_id, state, asked_at);
CREATE INDEX questions_asker ON questions (asked_by, round_id);
-- What changed in a call while it was public, in words, and why.
CREATE TABLE corrigenda (
  id UUID NOT NULL PRIMARY KEY,
  round_id UUID NOT NULL REFERENCES rounds (id),
  changes TEXT NOT NULL,
  reason TEXT NOT NULL,
  made_by UUID,
  made_by_name TEXT NOT NULL,
  made_at TIMESTAMPTZ NOT NULL,
  letters INTEGER NOT NULL
);
CREATE INDEX corrigenda_round ON corrigenda (round_id, made_at);
