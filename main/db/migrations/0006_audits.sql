-- Audits of the books: engagements, requests, what tests have hit and samples have drawn, and packs of evidence.

CREATE TABLE audit_engagements (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  number TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  kind TEXT NOT NULL CHECK (kind IN ('annual', 'interim', 'internal', 'tax', 'special')),
  state TEXT NOT NULL CHECK (state IN ('planned', 'fieldwork', 'concluded')),
  from_day TEXT NOT NULL CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  until_day TEXT NOT NULL CHECK (until_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  materiality INTEGER,
  tolerable INTEGER,
  trivial INTEGER,
  lead_id INTEGER REFERENCES users (id),
  party_id INTEGER REFERENCES parties (id),
  scope TEXT NOT NULL DEFAULT '',
  conclusion TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audit_engagements_by_name ON audit_engagements (archived, name);
CREATE UNIQUE INDEX audit_engagements_number_once ON audit_engagements (number) WHERE number <> '';
CREATE INDEX audit_engagements_by_number ON audit_engagements (archived, number);
CREATE INDEX audit_engagements_by_until_day ON audit_engagements (archived, until_day);
CREATE INDEX audit_engagements_of_lead_id ON audit_engagements (lead_id);
CREATE INDEX audit_engagements_of_party_id ON audit_engagements (party_id);

CREATE TABLE audit_requests (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  engagement_id INTEGER NOT NULL REFERENCES audit_engagements (id),
  title TEXT NOT NULL COLLATE NOCASE CHECK (title <> ''),
  state TEXT NOT NULL CHECK (state IN ('open', 'provided', 'accepted', 'returned')),
  due_day TEXT NOT NULL DEFAULT '' CHECK (due_day = '' OR due_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  owner_id INTEGER REFERENCES users (id),
  provided_day TEXT NOT NULL DEFAULT '' CHECK (provided_day = '' OR provided_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  settled_day TEXT NOT NULL DEFAULT '' CHECK (settled_day = '' OR settled_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  remarks TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audit_requests_of_engagement_id ON audit_requests (engagement_id);
CREATE INDEX audit_requests_by_title ON audit_requests (archived, title);
CREATE INDEX audit_requests_by_due_day ON audit_requests (archived, due_day);
CREATE INDEX audit_requests_of_owner_id ON audit_requests (owner_id);

CREATE TABLE audit_samples (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  engagement_id INTEGER NOT NULL REFERENCES audit_engagements (id),
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  method TEXT NOT NULL CHECK (method IN ('random', 'systematic', 'monetary', 'stratified')),
  seed INTEGER NOT NULL,
  parameters TEXT NOT NULL DEFAULT '',
  recipe TEXT NOT NULL DEFAULT '',
  population INTEGER NOT NULL,
  population_amount INTEGER NOT NULL,
  interval INTEGER,
  start INTEGER,
  drawn INTEGER NOT NULL,
  drawn_amount INTEGER NOT NULL,
  drawn_at INTEGER,
  drawn_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audit_samples_of_engagement_id ON audit_samples (engagement_id);
CREATE INDEX audit_samples_by_name ON audit_samples (archived, name);

-- One row an entry and test, or a line and sample. A review stays when the test is run again; what nobody reviewed and is not hit any more goes.
CREATE TABLE audit_items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  engagement_id INTEGER NOT NULL REFERENCES audit_engagements (id),
  test TEXT NOT NULL CHECK (test IN ('round', 'rest', 'hours', 'seldom', 'poster', 'own', 'fast', 'duplicates', 'gaps', 'limit', 'large', 'late', 'close', 'pairs', 'unexplained', 'words', 'chain', 'sample')),
  sample_id INTEGER REFERENCES audit_samples (id),
  number TEXT NOT NULL,
  entry_id INTEGER REFERENCES entries (id),
  line INTEGER,
  day TEXT NOT NULL DEFAULT '' CHECK (day = '' OR day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  account_id INTEGER REFERENCES accounts (id),
  amount INTEGER NOT NULL,
  why TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'explained', 'exception')),
  note TEXT NOT NULL DEFAULT '',
  difference INTEGER,
  fresh INTEGER NOT NULL DEFAULT 0 CHECK (fresh IN (0, 1)),
  found INTEGER NOT NULL DEFAULT 1 CHECK (found IN (0, 1)),
  reviewed_by TEXT NOT NULL DEFAULT '',
  reviewed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX audit_items_once ON audit_items (engagement_id, test, ifnull(sample_id, 0), number, ifnull(CASE WHEN sample_id IS NULL THEN 0 ELSE line END, 0));
CREATE INDEX audit_items_of_engagement_id ON audit_items (engagement_id, test, state);
CREATE INDEX audit_items_of_sample_id ON audit_items (sample_id);
CREATE INDEX audit_items_of_entry_id ON audit_items (entry_id);
CREATE INDEX audit_items_of_account_id ON audit_items (account_id);
CREATE INDEX audit_items_by_number ON audit_items (archived, number);
CREATE INDEX audit_items_by_day ON audit_items (archived, day);
CREATE INDEX audit_items_by_amount ON audit_items (archived, amount);

-- The last run of each test.
CREATE TABLE audit_runs (
  engagement_id INTEGER NOT NULL REFERENCES audit_engagements (id),
  test TEXT NOT NULL,
  params TEXT NOT NULL CHECK (json_valid(params)),
  at INTEGER NOT NULL,
  by_name TEXT NOT NULL,
  entries INTEGER NOT NULL,
  hits INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (engagement_id, test)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_packs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  engagement_id INTEGER NOT NULL REFERENCES audit_engagements (id),
  file_name TEXT NOT NULL CHECK (file_name <> ''),
  bytes INTEGER NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  chain_head TEXT NOT NULL DEFAULT '',
  made_at INTEGER NOT NULL,
  made_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX audit_packs_of_engagement_id ON audit_packs (engagement_id);
CREATE INDEX audit_packs_by_made_at ON audit_packs (archived, made_at);

INSERT INTO sequences (name, prefix, next, digits) VALUES ('engagement', 'AU-', 1, 5) ON CONFLICT (name) DO NOTHING;

-- Roles that are there already: whoever audits may keep his own work, whoever reads entries may read it.
UPDATE role_rights SET rights = json_set(rights, '$.access.engagement', (
  SELECT CASE
    WHEN r.preset = 'owner' THEN 'approve'
    WHEN r.preset IN ('finance_manager', 'accountant', 'compliance_officer', 'auditor') THEN 'write'
    WHEN r.preset IN ('office_manager', 'finance_assistant', 'risk_analyst') THEN 'read'
    ELSE 'none' END
  FROM roles r WHERE r.id = role_rights.role_id))
WHERE json_extract(rights, '$.access.engagement') IS NULL;
