CREATE TABLE impartiality (
  round_id UUID NOT NULL REFERENCES rounds (id),
  person_id UUID NOT NULL REFERENCES people (id),
  declared_at TIMESTAMPTZ NOT NULL,
  wording TEXT NOT NULL,
  PRIMARY KEY (round_id, person_id)
);
CREATE TABLE assignments (
  id UUID NOT NULL PRIMARY KEY,
  application_id UUID NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
  round_id UUID NOT NULL REFERENCES rounds (id),
  evaluator_id UUID NOT NULL REFERENCES people (id),
  reader INTEGER NOT NULL,
  state TEXT NOT NULL,
  conflict TEXT NOT NULL DEFAULT '',
  cleared_at TIMESTAMPTZ,
  sheet TEXT NOT NULL DEFAULT '{}',
  points BIGINT,
  due_on DATE NOT NULL,
  assigned_by UUID NOT NULL,
  assigned_at TIMESTAMPTZ NOT NULL,
  saved_at TIMESTAMPTZ,
  submitted_at TIMESTAMPTZ,
  reminded_at TIMESTAMPTZ,
  -- When the log last had an entry about a save of the sheet: a run of small saves is one entry.
  noted_at TIMESTAMPTZ,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (application_id, evaluator_id)
);
-- Covers the count "3 of 8": the rows are wide, with a whole sheet in each.
CREATE INDEX assignments_evaluator ON assignments (evaluator_id, round_id, state, assigned_at, id);
CREATE INDEX assignments_round ON assignments (round_id, state);
CREATE TABLE evaluations (
  application_id UUID NOT NULL PRIMARY KEY REFERENCES applications (id) ON DELETE CASCADE,
  round_id UUID NOT NULL REFERENCES rounds (id),
  state TEXT NOT NULL,
  points BIGINT,
  sections TEXT NOT NULL DEFAULT '{}',
  gap BIGINT,
  eligible BOOLEAN NOT NULL DEFAULT FALSE,
  settled_at TIMESTAMPTZ,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX evaluations_ranking ON evaluations (round_id, state, points);
CREATE TABLE awards (
  round_id UUID NOT NULL PRIMARY KEY REFERENCES rounds (id),
  decided_by UUID NOT NULL,
  decided_by_name TEXT NOT NULL,
  decided_at TIMESTAMPTZ NOT NULL,
  reasons TEXT NOT NULL,
  envelope BIGINT NOT NULL,
  awarded BIGINT NOT NULL
);
CREATE TABLE award_outcomes (
  application_id UUID NOT NULL PRIMARY KEY REFERENCES applications (id),
  round_id UUID NOT NULL REFERENCES awards (round_id),
  outcome TEXT NOT NULL,
  place INTEGER NOT NULL,
  points BIGINT,
  amount BIGINT NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX award_outcomes_round ON award_outcomes (round_id, outcome, place);
