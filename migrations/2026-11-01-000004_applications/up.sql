CREATE TABLE applications (
  id UUID NOT NULL PRIMARY KEY,
  programme_id UUID NOT NULL REFERENCES programmes (id),
  round_id UUID NOT NULL REFERENCES rounds (id),
  organisation_id UUID NOT NULL REFERENCES organisations (id),
  organisation_name TEXT NOT NULL,
  tier TEXT NOT NULL DEFAULT '',
  serial INTEGER,
  code TEXT,
  status TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  search TEXT NOT NULL DEFAULT '',
  requested BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL DEFAULT 0,
  months INTEGER NOT NULL DEFAULT 0,
  municipality TEXT NOT NULL DEFAULT '',
  theme TEXT NOT NULL DEFAULT '',
  lang TEXT NOT NULL,
  created_by UUID NOT NULL REFERENCES people (id),
  created_at TIMESTAMPTZ NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL,
  submitted_at TIMESTAMPTZ,
  withdrawn_at TIMESTAMPTZ,
  -- Its own deadline, where it has one that is later than the round's.
  closes_at TIMESTAMPTZ,
  -- Since when a contract stands on it: then it is ended through the contract, not withdrawn.
  bound_at TIMESTAMPTZ,
  submissions INTEGER NOT NULL DEFAULT 0,
  -- A try of the form: always a draft, never handed in, counted nowhere.
  is_test BOOLEAN NOT NULL DEFAULT FALSE,
  -- When a try was sent last, as far as a try is sent.
  tried_at TIMESTAMPTZ,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (round_id, serial)
);
CREATE INDEX applications_tests ON applications (round_id) WHERE is_test;
CREATE INDEX applications_round ON applications (round_id, status, serial);
CREATE INDEX applications_organisation ON applications (organisation_id, created_at);
CREATE INDEX applications_code ON applications (programme_id, code);
CREATE INDEX applications_own_deadline ON applications (closes_at) WHERE closes_at IS NOT NULL;
-- Why a deadline is later than it was, and who decided so. Without an application it is about the whole round.
CREATE TABLE deadline_decisions (
  id UUID NOT NULL PRIMARY KEY,
  round_id UUID NOT NULL REFERENCES rounds (id),
  -- No reference: the decision stays when the draft is thrown away.
  application_id UUID,
  organisation_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  closed_before TIMESTAMPTZ NOT NULL,
  closes_at TIMESTAMPTZ NOT NULL,
  outage_from TIMESTAMPTZ,
  outage_until TIMESTAMPTZ,
  reason TEXT NOT NULL,
  decided_by UUID,
  decided_by_name TEXT NOT NULL,
  decided_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX deadline_decisions_round ON deadline_decisions (round_id, decided_at);
CREATE TABLE application_parts (
  application_id UUID NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  part TEXT NOT NULL,
  content TEXT NOT NULL,
  version INTEGER NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL,
  changed_by UUID NOT NULL,
  -- When the log last had an entry about it: a run of saves by one person has one entry.
  noted_at TIMESTAMPTZ NOT NULL,
  -- The rows that were taken out of it last, as JSON: they can come back.
  removed TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (application_id, part)
);
CREATE TABLE application_places (
  application_id UUID NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  municipality TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (application_id, municipality)
);
CREATE TABLE application_themes (
  application_id UUID NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  theme TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (application_id, theme)
);
CREATE TABLE attachments (
  id UUID NOT NULL PRIMARY KEY,
  application_id UUID NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  clarification_id UUID,
  document TEXT NOT NULL,
  sha256 TEXT NOT NULL REFERENCES files (sha256),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  uploaded_by UUID NOT NULL,
  uploaded_at TIMESTAMPTZ NOT NULL,
  removed_at TIMESTAMPTZ,
  -- The last day on which the paper is valid, where it says one.
  valid_until DATE
);
CREATE INDEX attachments_application ON attachments (application_id, uploaded_at);
-- Who may write a partner's own part of an application and sign its declaration, and nothing else. One that has ended gives nothing.
CREATE TABLE partnerships (
  id UUID NOT NULL PRIMARY KEY,
  programme_id UUID NOT NULL REFERENCES programmes (id),
  application_id UUID NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  -- The partner's row in the application: p1.
  partner TEXT NOT NULL,
  -- As the invitation calls it: the lead organisation.
  lead TEXT NOT NULL,
  email TEXT NOT NULL,
  invited_by UUID NOT NULL,
  invited_at TIMESTAMPTZ NOT NULL,
  person_id UUID,
  person_name TEXT NOT NULL DEFAULT '',
  accepted_at TIMESTAMPTZ,
  ended_at TIMESTAMPTZ,
  signed_at TIMESTAMPTZ,
  -- Name, capacity and words of the signature as JSON, and the fingerprint of the partner's fields that it stands under.
  signature TEXT NOT NULL DEFAULT '',
  signed_sha256 TEXT NOT NULL DEFAULT ''
);
CREATE INDEX partnerships_application ON partnerships (application_id, invited_at);
CREATE INDEX partnerships_person ON partnerships (person_id);
-- Where a call asks for it: when its writers said that the text is ready for signature. The latest one counts.
CREATE TABLE readiness (
  id UUID NOT NULL PRIMARY KEY,
  application_id UUID NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  declared_at TIMESTAMPTZ NOT NULL,
  declared_by UUID NOT NULL,
  -- Of the text that was meant: as soon as it says something else it is not ready any more.
  sha256 TEXT NOT NULL,
  sent_back_at TIMESTAMPTZ,
  sent_back_by UUID,
  word TEXT NOT NULL DEFAULT ''
);
CREATE INDEX readiness_application ON readiness (application_id, declared_at);
-- Papers that are coming in pieces. How much of one is here, its file in the data folder says.
CREATE TABLE sendings (
  id UUID NOT NULL PRIMARY KEY,
  application_id UUID NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  document TEXT NOT NULL,
  name TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  -- By what its sender knows the file again: what the browser says of its last change.
  mark TEXT NOT NULL,
  begun_by UUID NOT NULL,
  begun_at TIMESTAMPTZ NOT NULL,
  changed_at TIMESTAMPTZ NOT NULL,
  -- The paper that it became.
  attachment_id UUID
);
CREATE INDEX sendings_application ON sendings (application_id, begun_by);
CREATE INDEX sendings_changed ON sendings (changed_at);
CREATE TABLE submissions (
  id UUID NOT NULL PRIMARY KEY,
  application_id UUID NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  code TEXT NOT NULL,
  submitted_at TIMESTAMPTZ NOT NULL,
  submitted_by UUID NOT NULL,
  content TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  UNIQUE (application_id, number)
);
CREATE INDEX submissions_by_fingerprint ON submissions (sha256);
-- Every PDF of a frozen version that was ever handed out, by what its bytes are: the public check needs to know no more.
CREATE TABLE document_prints (
  sha256 TEXT NOT NULL PRIMARY KEY,
  submission_id UUID NOT NULL REFERENCES submissions (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('application', 'reading', 'receipt')),
  lang TEXT NOT NULL CHECK (lang IN ('sq', 'en')),
  made_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX document_prints_submission ON document_prints (submission_id);
