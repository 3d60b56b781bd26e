CREATE TABLE contracts (
  id UUID NOT NULL PRIMARY KEY,
  application_id UUID NOT NULL UNIQUE REFERENCES applications (id),
  programme_id UUID NOT NULL REFERENCES programmes (id),
  round_id UUID NOT NULL REFERENCES rounds (id),
  organisation_id UUID NOT NULL REFERENCES organisations (id),
  organisation_name TEXT NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  search TEXT NOT NULL,
  tier TEXT NOT NULL,
  municipality TEXT NOT NULL,
  theme TEXT NOT NULL,
  state TEXT NOT NULL,
  starts_on DATE NOT NULL,
  ends_on DATE NOT NULL,
  months INTEGER NOT NULL,
  amount BIGINT NOT NULL,
  total BIGINT NOT NULL,
  drafted_by UUID NOT NULL,
  drafted_at TIMESTAMPTZ NOT NULL,
  sent_at TIMESTAMPTZ,
  due_on DATE,
  reminded_at TIMESTAMPTZ,
  active_at TIMESTAMPTZ,
  closed_at TIMESTAMPTZ,
  content TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (programme_id, code)
);
CREATE INDEX contracts_round ON contracts (round_id, state);
CREATE INDEX contracts_organisation ON contracts (organisation_id);
CREATE TABLE contract_lines (
  id UUID NOT NULL PRIMARY KEY,
  contract_id UUID NOT NULL REFERENCES contracts (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  heading TEXT NOT NULL,
  description TEXT NOT NULL,
  unit TEXT NOT NULL,
  number BIGINT NOT NULL,
  unit_cost BIGINT NOT NULL,
  total BIGINT NOT NULL
);
CREATE INDEX contract_lines_contract ON contract_lines (contract_id, position);
CREATE TABLE signatures (
  contract_id UUID NOT NULL REFERENCES contracts (id) ON DELETE CASCADE,
  party TEXT NOT NULL,
  person_id UUID NOT NULL REFERENCES people (id),
  name TEXT NOT NULL,
  signed_at TIMESTAMPTZ NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (contract_id, party)
);
CREATE TABLE activities (
  id UUID NOT NULL PRIMARY KEY,
  contract_id UUID NOT NULL REFERENCES contracts (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  months TEXT NOT NULL,
  state TEXT NOT NULL,
  done_on DATE,
  note TEXT NOT NULL DEFAULT '',
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX activities_contract ON activities (contract_id, position);
CREATE TABLE indicators (
  id UUID NOT NULL PRIMARY KEY,
  contract_id UUID NOT NULL REFERENCES contracts (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  level TEXT NOT NULL,
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  unit TEXT NOT NULL,
  baseline BIGINT NOT NULL,
  target BIGINT NOT NULL,
  source TEXT NOT NULL
);
CREATE INDEX indicators_contract ON indicators (contract_id, position);
CREATE TABLE indicator_values (
  id UUID NOT NULL PRIMARY KEY,
  indicator_id UUID NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
  value BIGINT NOT NULL,
  women BIGINT,
  measured_on DATE NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  entered_by UUID NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX indicator_values_indicator ON indicator_values (indicator_id, measured_on);
CREATE TABLE reports (
  id UUID NOT NULL PRIMARY KEY,
  contract_id UUID NOT NULL REFERENCES contracts (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  period_from DATE NOT NULL,
  period_to DATE NOT NULL,
  due_on DATE NOT NULL,
  state TEXT NOT NULL,
  narrative TEXT NOT NULL DEFAULT '{}',
  declared BIGINT NOT NULL DEFAULT 0,
  accepted BIGINT NOT NULL DEFAULT 0,
  submitted_by UUID,
  submitted_at TIMESTAMPTZ,
  decided_by UUID,
  decided_at TIMESTAMPTZ,
  decision TEXT NOT NULL DEFAULT '',
  reminded_at TIMESTAMPTZ,
  -- The decision while it is written: what stands in the boxes of its form.
  deciding TEXT NOT NULL DEFAULT '{}',
  deciding_at TIMESTAMPTZ,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (contract_id, number)
);
CREATE INDEX reports_due ON reports (state, due_on);
CREATE TABLE expenses (
  id UUID NOT NULL PRIMARY KEY,
  contract_id UUID NOT NULL REFERENCES contracts (id) ON DELETE CASCADE,
  line_id UUID NOT NULL REFERENCES contract_lines (id),
  report_id UUID REFERENCES reports (id),
  paid_on DATE NOT NULL,
  description TEXT NOT NULL,
  supplier TEXT NOT NULL,
  voucher TEXT NOT NULL,
  sha256 TEXT REFERENCES files (sha256),
  file_name TEXT NOT NULL DEFAULT '',
  media_type TEXT NOT NULL DEFAULT '',
  amount BIGINT NOT NULL,
  accepted BIGINT,
  refusal TEXT NOT NULL DEFAULT '',
  decided_by UUID,
  entered_by UUID NOT NULL,
  entered_at TIMESTAMPTZ NOT NULL,
  version INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX expenses_contract ON expenses (contract_id, paid_on);
CREATE INDEX expenses_report ON expenses (report_id);
CREATE TABLE payments (
  id UUID NOT NULL PRIMARY KEY,
  contract_id UUID NOT NULL REFERENCES contracts (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  share INTEGER NOT NULL,
  amount BIGINT NOT NULL,
  state TEXT NOT NULL,
  report_id UUID REFERENCES reports (id),
  first_by UUID,
  first_by_name TEXT NOT NULL DEFAULT '',
  first_at TIMESTAMPTZ,
  second_by UUID,
  second_by_name TEXT NOT NULL DEFAULT '',
  second_at TIMESTAMPTZ,
  reference TEXT NOT NULL DEFAULT '',
  sent_by UUID,
  sent_at TIMESTAMPTZ,
  confirmed_by UUID,
  confirmed_at TIMESTAMPTZ,
  version INTEGER NOT NULL DEFAULT 1,
  UNIQUE (contract_id, number)
);
CREATE INDEX payments_state ON payments (state, contract_id);
