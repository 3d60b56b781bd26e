CREATE TABLE checks (
  application_id UUID NOT NULL PRIMARY KEY REFERENCES applications (id) ON DELETE CASCADE,
  round_id UUID NOT NULL REFERENCES rounds (id),
  state TEXT NOT NULL,
  serial INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  answered INTEGER NOT NULL DEFAULT 0,
  due_at TIMESTAMPTZ,
  -- Since when it waits for whoever has it, or until when for the applicant: what the office's lists are ordered by.
  turn_at TIMESTAMPTZ NOT NULL,
  checker_id UUID,
  checker_name TEXT NOT NULL DEFAULT '',
  reasons TEXT NOT NULL DEFAULT '[]',
  note TEXT NOT NULL DEFAULT '',
  begun_at TIMESTAMPTZ NOT NULL,
  dispute TEXT NOT NULL DEFAULT '',
  proposed_at TIMESTAMPTZ,
  decided_by UUID,
  decided_by_name TEXT NOT NULL DEFAULT '',
  decided_at TIMESTAMPTZ,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX checks_round ON checks (round_id, state, serial);
-- The most urgent of a state, and of a round: what is decided comes last.
CREATE INDEX checks_state_turn ON checks (round_id, state, turn_at, serial);
CREATE INDEX checks_turn ON checks (round_id, (decided_at IS NOT NULL), turn_at, serial);
CREATE TABLE check_lines (
  application_id UUID NOT NULL REFERENCES checks (application_id) ON DELETE CASCADE,
  line TEXT NOT NULL,
  position INTEGER NOT NULL,
  machine TEXT,
  evidence TEXT NOT NULL DEFAULT '',
  verdict TEXT,
  note TEXT NOT NULL DEFAULT '',
  checked_by UUID,
  checked_at TIMESTAMPTZ,
  PRIMARY KEY (application_id, line)
);
CREATE TABLE clarifications (
  id UUID NOT NULL PRIMARY KEY,
  application_id UUID NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  question TEXT NOT NULL,
  items TEXT NOT NULL,
  asked_by UUID NOT NULL,
  asked_at TIMESTAMPTZ NOT NULL,
  due_at TIMESTAMPTZ NOT NULL,
  answer TEXT,
  answered_by UUID,
  answered_at TIMESTAMPTZ,
  reminders INTEGER NOT NULL DEFAULT 0,
  next_at TIMESTAMPTZ
);
CREATE INDEX clarifications_application ON clarifications (application_id, asked_at);
CREATE INDEX clarifications_next ON clarifications (next_at) WHERE next_at IS NOT NULL;
