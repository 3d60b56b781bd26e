-- The ground: the chained log, its head, letters waiting to be posted, files.
CREATE TABLE events (
  seq BIGINT NOT NULL PRIMARY KEY,
  at TIMESTAMPTZ NOT NULL,
  actor_id UUID,
  actor_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  programme_id UUID,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE INDEX events_subject ON events (subject_kind, subject_id, seq);
CREATE INDEX events_programme ON events (programme_id, seq);
CREATE INDEX events_kind ON events (programme_id, kind, seq);
CREATE INDEX events_actor ON events (programme_id, actor_id, seq);
CREATE INDEX events_at ON events (programme_id, at);
CREATE TABLE chain (
  id INTEGER NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL,
  hash TEXT NOT NULL
);
INSERT INTO chain (id, seq, hash) VALUES (1, 0, '');
CREATE TABLE letters (
  id UUID NOT NULL PRIMARY KEY,
  programme_id UUID,
  code TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  person_id UUID,
  recipient TEXT NOT NULL,
  lang TEXT NOT NULL,
  subject TEXT NOT NULL,
  text_body TEXT NOT NULL,
  html_body TEXT NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  created_at TIMESTAMPTZ NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
  attempts INTEGER NOT NULL DEFAULT 0,
  next_at TIMESTAMPTZ NOT NULL,
  claimed_until TIMESTAMPTZ,
  sent_at TIMESTAMPTZ,
  last_answer TEXT
);
CREATE INDEX letters_due ON letters (next_at) WHERE state = 'waiting';
CREATE INDEX letters_programme ON letters (programme_id, created_at);
CREATE INDEX letters_subject ON letters (subject_kind, subject_id, created_at);
CREATE INDEX letters_recipient ON letters (recipient, created_at);
CREATE TABLE files (
  sha256 TEXT NOT NULL PRIMARY KEY,
  bytes BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  -- What a virus scanner said: waiting, clean, infected; nothing where none is set.
  scan TEXT,
  scan_tries INTEGER NOT NULL DEFAULT 0,
  -- When it is looked through next, or was last.
  scan_at TIMESTAMPTZ,
  scan_found TEXT NOT NULL DEFAULT ''
);
CREATE INDEX files_waiting ON files (scan_at) WHERE scan = 'waiting';
CREATE TABLE beats (
  name TEXT NOT NULL PRIMARY KEY,
  at TIMESTAMPTZ NOT NULL
);
