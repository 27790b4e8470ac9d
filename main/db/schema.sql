-- Made by main/db/dump.ts out of all migrations; not to be edited.

CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  number TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  parent_id INTEGER REFERENCES accounts (id),
  kind TEXT NOT NULL CHECK (kind IN ('asset', 'liability', 'equity', 'income', 'expense', 'unclassified')),
  role TEXT NOT NULL DEFAULT '' CHECK (role IN ('', 'bank', 'cash', 'receivable', 'payable', 'tax_input', 'tax_output', 'stock', 'prepayment', 'accrual', 'fixed_asset', 'accumulated_depreciation', 'intangible', 'loan', 'share_capital', 'retained_earnings', 'drawings', 'revenue', 'other_income', 'cost_of_sales', 'payroll', 'depreciation', 'interest', 'tax_expense', 'exchange', 'rounding', 'suspense', 'opening')),
  heading INTEGER NOT NULL DEFAULT 0 CHECK (heading IN (0, 1)),
  currency TEXT NOT NULL DEFAULT '',
  cash_flow TEXT NOT NULL DEFAULT '' CHECK (cash_flow IN ('', 'cash', 'operating', 'investing', 'financing', 'noncash')),
  remarks TEXT NOT NULL DEFAULT ''
, revalued TEXT NOT NULL DEFAULT '' CHECK (revalued IN ('', 'yes', 'no')), cost_formula TEXT NOT NULL DEFAULT '' CHECK (cost_formula IN ('', 'average', 'fifo'))) STRICT;
CREATE INDEX accounts_by_kind ON accounts (archived, kind);
CREATE INDEX accounts_by_name ON accounts (archived, name);
CREATE INDEX accounts_by_number ON accounts (archived, number);
CREATE UNIQUE INDEX accounts_number_once ON accounts (number) WHERE number <> '';
CREATE INDEX accounts_of_parent_id ON accounts (parent_id);

CREATE TABLE addresses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  party_id INTEGER NOT NULL REFERENCES parties (id),
  kind TEXT NOT NULL CHECK (kind IN ('invoice', 'delivery', 'branch', 'private', 'other')),
  street TEXT NOT NULL COLLATE NOCASE CHECK (street <> ''),
  postal_code TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  region TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX addresses_by_city ON addresses (archived, city);
CREATE INDEX addresses_of_party_id ON addresses (party_id, kind, street);

CREATE TABLE asset_runs (
  asset_id INTEGER NOT NULL REFERENCES assets (id),
  from_day TEXT NOT NULL CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  until_day TEXT NOT NULL CHECK (until_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  amount INTEGER NOT NULL CHECK (amount > 0),
  entry_id INTEGER NOT NULL REFERENCES entries (id),
  PRIMARY KEY (asset_id, until_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_runs_of_entry_id ON asset_runs (entry_id);

CREATE TABLE asset_uses (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  asset_id INTEGER NOT NULL REFERENCES assets (id),
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  units INTEGER NOT NULL,
  note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX asset_uses_by_day ON asset_uses (archived, day);
CREATE INDEX asset_uses_of_asset_id ON asset_uses (asset_id);

CREATE TABLE assets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  number TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  serial TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'in_use' CHECK (state IN ('', 'in_use', 'disposed')),
  acquired_day TEXT NOT NULL CHECK (acquired_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  cost INTEGER NOT NULL,
  method TEXT NOT NULL CHECK (method IN ('straight_line', 'declining', 'double_declining', 'sum_of_years', 'units', 'none')),
  in_use_day TEXT NOT NULL DEFAULT '' CHECK (in_use_day = '' OR in_use_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  life_months INTEGER,
  rate_ppm INTEGER,
  to_straight INTEGER NOT NULL DEFAULT 0 CHECK (to_straight IN (0, 1)),
  salvage INTEGER,
  convention TEXT NOT NULL DEFAULT 'month' CHECK (convention IN ('', 'month', 'mid_month', 'day')),
  units_total INTEGER,
  place_id INTEGER REFERENCES places (id),
  department_id INTEGER REFERENCES departments (id),
  party_id INTEGER REFERENCES parties (id),
  asset_account_id INTEGER REFERENCES accounts (id),
  depreciation_account_id INTEGER REFERENCES accounts (id),
  expense_account_id INTEGER REFERENCES accounts (id),
  brought_day TEXT NOT NULL DEFAULT '' CHECK (brought_day = '' OR brought_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  brought_amount INTEGER,
  disposed_day TEXT NOT NULL DEFAULT '' CHECK (disposed_day = '' OR disposed_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  disposal_id INTEGER REFERENCES entries (id),
  entry_id INTEGER REFERENCES entries (id),
  entry_line INTEGER,
  remarks TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX assets_by_acquired_day ON assets (archived, acquired_day);
CREATE INDEX assets_by_name ON assets (archived, name);
CREATE INDEX assets_by_number ON assets (archived, number);
CREATE UNIQUE INDEX assets_number_once ON assets (number) WHERE number <> '';
CREATE INDEX assets_of_asset_account_id ON assets (asset_account_id);
CREATE INDEX assets_of_department_id ON assets (department_id);
CREATE INDEX assets_of_depreciation_account_id ON assets (depreciation_account_id);
CREATE INDEX assets_of_disposal_id ON assets (disposal_id);
CREATE INDEX assets_of_entry_id ON assets (entry_id);
CREATE UNIQUE INDEX assets_of_entry_line ON assets (entry_id, entry_line) WHERE entry_id IS NOT NULL;
CREATE INDEX assets_of_expense_account_id ON assets (expense_account_id);
CREATE INDEX assets_of_party_id ON assets (party_id);
CREATE INDEX assets_of_place_id ON assets (place_id);

CREATE TABLE assignments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  party_id INTEGER NOT NULL REFERENCES parties (id),
  department_id INTEGER NOT NULL REFERENCES departments (id),
  capacity TEXT NOT NULL CHECK (capacity IN ('member', 'head')),
  from_day TEXT NOT NULL CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  until_day TEXT NOT NULL DEFAULT '' CHECK (until_day = '' OR until_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
CREATE INDEX assignments_by_from_day ON assignments (archived, from_day);
CREATE INDEX assignments_by_until_day ON assignments (archived, until_day);
CREATE INDEX assignments_of_department_id ON assignments (department_id);
CREATE INDEX assignments_of_party_id ON assignments (party_id, department_id, from_day, capacity);

CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  user_id INTEGER,
  by_name TEXT NOT NULL,
  request TEXT NOT NULL,
  call TEXT NOT NULL,
  action TEXT NOT NULL,
  entity TEXT NOT NULL,
  record_id INTEGER,
  last_id INTEGER,
  title TEXT NOT NULL,
  changes TEXT NOT NULL CHECK (json_valid(changes)),
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX audit_of_batch ON audit (entity, last_id) WHERE last_id IS NOT NULL;
CREATE INDEX audit_of_record ON audit (entity, record_id, seq);
CREATE INDEX audit_of_user ON audit (user_id, seq);
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log cannot be shortened'); END;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END;

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
CREATE INDEX audit_engagements_by_number ON audit_engagements (archived, number);
CREATE INDEX audit_engagements_by_until_day ON audit_engagements (archived, until_day);
CREATE UNIQUE INDEX audit_engagements_number_once ON audit_engagements (number) WHERE number <> '';
CREATE INDEX audit_engagements_of_lead_id ON audit_engagements (lead_id);
CREATE INDEX audit_engagements_of_party_id ON audit_engagements (party_id);

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
CREATE INDEX audit_items_by_amount ON audit_items (archived, amount);
CREATE INDEX audit_items_by_day ON audit_items (archived, day);
CREATE INDEX audit_items_by_number ON audit_items (archived, number);
CREATE INDEX audit_items_of_account_id ON audit_items (account_id);
CREATE INDEX audit_items_of_engagement_id ON audit_items (engagement_id, test, state);
CREATE INDEX audit_items_of_entry_id ON audit_items (entry_id);
CREATE INDEX audit_items_of_sample_id ON audit_items (sample_id);
CREATE UNIQUE INDEX audit_items_once ON audit_items (engagement_id, test, ifnull(sample_id, 0), number, ifnull(CASE WHEN sample_id IS NULL THEN 0 ELSE line END, 0));

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
CREATE INDEX audit_packs_by_made_at ON audit_packs (archived, made_at);
CREATE INDEX audit_packs_of_engagement_id ON audit_packs (engagement_id);

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
CREATE INDEX audit_requests_by_due_day ON audit_requests (archived, due_day);
CREATE INDEX audit_requests_by_title ON audit_requests (archived, title);
CREATE INDEX audit_requests_of_engagement_id ON audit_requests (engagement_id);
CREATE INDEX audit_requests_of_owner_id ON audit_requests (owner_id);

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
CREATE INDEX audit_samples_by_name ON audit_samples (archived, name);
CREATE INDEX audit_samples_of_engagement_id ON audit_samples (engagement_id);

CREATE TABLE balances (
  dimension TEXT NOT NULL,
  value_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  currency TEXT NOT NULL,
  closing INTEGER NOT NULL,
  period_id INTEGER NOT NULL REFERENCES periods (id),
  debit INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (dimension, value_id, account_id, currency, closing, period_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX balances_in_currencies ON balances (account_id, currency) WHERE currency <> '';
CREATE INDEX balances_of_account ON balances (account_id);
CREATE INDEX balances_of_period ON balances (period_id);

CREATE TABLE books (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  chart TEXT NOT NULL,
  year_start TEXT NOT NULL,
  pattern TEXT NOT NULL CHECK (pattern IN ('months', '13', '445'))
) STRICT;

CREATE TABLE commodities (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  code TEXT NOT NULL CHECK (code <> ''),
  name TEXT NOT NULL DEFAULT '',
  digits INTEGER NOT NULL CHECK (digits BETWEEN 0 AND 12)
) STRICT;
CREATE INDEX commodities_by_code ON commodities (archived, code);
CREATE UNIQUE INDEX commodities_code_once ON commodities (code) WHERE code <> '';

CREATE TABLE company (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  uuid TEXT NOT NULL,
  name TEXT NOT NULL CHECK (name <> ''),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  country TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'de')),
  idle_minutes INTEGER NOT NULL DEFAULT 15 CHECK (idle_minutes BETWEEN 0 AND 240),
  demo INTEGER NOT NULL DEFAULT 0 CHECK (demo IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE contacts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  party_id INTEGER NOT NULL REFERENCES parties (id),
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'mobile', 'fax', 'email', 'web', 'person', 'emergency')),
  value TEXT NOT NULL COLLATE NOCASE CHECK (value <> ''),
  purpose TEXT NOT NULL DEFAULT '',
  preferred INTEGER NOT NULL DEFAULT 0 CHECK (preferred IN (0, 1))
) STRICT;
CREATE INDEX contacts_by_value ON contacts (archived, value);
CREATE INDEX contacts_of_party_id ON contacts (party_id, value);

CREATE TABLE credentials (
  user_id INTEGER PRIMARY KEY REFERENCES users (id),
  hash TEXT NOT NULL,
  failed INTEGER NOT NULL DEFAULT 0,
  failed_at INTEGER NOT NULL DEFAULT 0,
  wait_until INTEGER NOT NULL DEFAULT 0,
  set_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE departments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  code TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  parent_id INTEGER REFERENCES departments (id),
  head_id INTEGER REFERENCES parties (id),
  cost_code TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  until_day TEXT NOT NULL DEFAULT '' CHECK (until_day = '' OR until_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
CREATE INDEX departments_by_code ON departments (archived, code);
CREATE INDEX departments_by_cost_code ON departments (archived, cost_code);
CREATE INDEX departments_by_name ON departments (archived, name);
CREATE UNIQUE INDEX departments_code_once ON departments (code) WHERE code <> '';
CREATE INDEX departments_of_head_id ON departments (head_id);
CREATE INDEX departments_of_parent_id ON departments (parent_id);
CREATE TRIGGER departments_in_books BEFORE DELETE ON departments WHEN EXISTS (SELECT 1 FROM balances WHERE dimension = 'department' AND value_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;

CREATE TABLE document_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL REFERENCES documents (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  text TEXT NOT NULL DEFAULT '',
  added_at INTEGER NOT NULL,
  user_id INTEGER,
  UNIQUE (document_id, number)
) STRICT;
CREATE INDEX document_versions_by_hash ON document_versions (hash);
CREATE TRIGGER document_versions_remain BEFORE DELETE ON document_versions BEGIN SELECT RAISE(ABORT, 'a stored version cannot be removed'); END;
CREATE TRIGGER document_versions_stay BEFORE UPDATE ON document_versions BEGIN SELECT RAISE(ABORT, 'a stored version cannot be changed'); END;

CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  title TEXT NOT NULL COLLATE NOCASE CHECK (title <> ''),
  number TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  kind TEXT NOT NULL CHECK (kind IN ('contract', 'invoice', 'letter', 'certificate', 'policy', 'photo', 'other')),
  document_day TEXT NOT NULL DEFAULT '' CHECK (document_day = '' OR document_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  retain_until TEXT NOT NULL DEFAULT '' CHECK (retain_until = '' OR retain_until GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  remarks TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX documents_by_document_day ON documents (archived, document_day);
CREATE INDEX documents_by_kind ON documents (archived, kind);
CREATE INDEX documents_by_number ON documents (archived, number);
CREATE INDEX documents_by_retain_until ON documents (archived, retain_until);
CREATE INDEX documents_by_title ON documents (archived, title);
CREATE UNIQUE INDEX documents_number_once ON documents (number) WHERE number <> '';

CREATE TABLE entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  number TEXT NOT NULL CHECK (number <> ''),
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  journal TEXT NOT NULL CHECK (journal = 'general' OR journal = 'sales' OR journal = 'purchase' OR journal = 'bank' OR journal = 'cash' OR journal = 'payroll' OR journal = 'stock' OR journal = 'assets' OR journal = 'exchange' OR journal = 'opening' OR journal = 'closing'),
  state TEXT NOT NULL CHECK (state = 'draft' OR state = 'posted' OR state = 'reversed'),
  narration TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT '',
  total INTEGER NOT NULL,
  period_id INTEGER REFERENCES periods (id),
  reverses_id INTEGER REFERENCES entries (id),
  origin TEXT NOT NULL DEFAULT '',
  source_entity TEXT NOT NULL DEFAULT '',
  source_id INTEGER,
  posted_at INTEGER,
  posted_by TEXT NOT NULL DEFAULT '',
  seal TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX entries_by_day ON entries (archived, day);
CREATE UNIQUE INDEX entries_by_number ON entries (archived, number);
CREATE INDEX entries_in_draft ON entries (id) WHERE state = 'draft';
CREATE INDEX entries_of_period_id ON entries (period_id);
CREATE INDEX entries_of_reverses_id ON entries (reverses_id) WHERE reverses_id IS NOT NULL;
CREATE INDEX entries_revaluing ON entries (day) WHERE origin = 'revaluation';
CREATE TRIGGER entries_keep_state BEFORE UPDATE OF state ON entries
  WHEN OLD.state <> 'draft' AND NOT (OLD.state = 'posted' AND NEW.state = 'reversed') BEGIN SELECT RAISE(ABORT, 'a posted entry cannot be changed'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a posted entry cannot be taken away'); END;
CREATE TRIGGER entries_stay BEFORE UPDATE OF id, number, day, journal, narration, reference, total, period_id, reverses_id, origin, source_entity, source_id, posted_at, posted_by, seal, archived ON entries
  WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a posted entry cannot be changed'); END;

CREATE TABLE entry_drafts (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id),
  lines TEXT NOT NULL CHECK (json_valid(lines))
) STRICT;

CREATE TABLE entry_line_tags (
  line_id INTEGER NOT NULL REFERENCES entry_lines (id),
  tag_id INTEGER NOT NULL REFERENCES own_tags (id),
  PRIMARY KEY (line_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_line_tags_of_tag ON entry_line_tags (tag_id);
CREATE TRIGGER entry_line_tags_remain BEFORE DELETE ON entry_line_tags BEGIN SELECT RAISE(ABORT, 'a posted line cannot be taken away'); END;
CREATE TRIGGER entry_line_tags_stay BEFORE UPDATE ON entry_line_tags BEGIN SELECT RAISE(ABORT, 'a posted line cannot be changed'); END;

CREATE TABLE entry_lines (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES accounts (id),
  day TEXT NOT NULL,
  amount INTEGER NOT NULL,
  currency TEXT NOT NULL DEFAULT '',
  quantity INTEGER NOT NULL DEFAULT 0,
  closing INTEGER NOT NULL DEFAULT 0,
  party_id INTEGER,
  department_id INTEGER,
  place_id INTEGER,
  project_id INTEGER,
  tax_code_id INTEGER,
  text TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX entry_lines_of_account ON entry_lines (account_id, day, id, amount, currency, quantity, closing);
CREATE TRIGGER entry_lines_remain BEFORE DELETE ON entry_lines BEGIN SELECT RAISE(ABORT, 'a posted line cannot be taken away'); END;
CREATE TRIGGER entry_lines_stay BEFORE UPDATE ON entry_lines BEGIN SELECT RAISE(ABORT, 'a posted line cannot be changed'); END;

CREATE TABLE entry_series (
  journal TEXT NOT NULL,
  year_id INTEGER NOT NULL REFERENCES fiscal_years (id),
  next INTEGER NOT NULL CHECK (next >= 1),
  PRIMARY KEY (journal, year_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_series_of_year ON entry_series (year_id);

CREATE TABLE entry_template_line_tags (
  line_id INTEGER NOT NULL REFERENCES entry_template_lines (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES own_tags (id),
  PRIMARY KEY (line_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_template_line_tags_of_tag ON entry_template_line_tags (tag_id);

CREATE TABLE entry_template_lines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  template_id INTEGER NOT NULL REFERENCES entry_templates (id),
  line INTEGER NOT NULL,
  account_id INTEGER REFERENCES accounts (id),
  side TEXT NOT NULL DEFAULT '' CHECK (side IN ('', 'debit', 'credit')),
  amount INTEGER,
  share TEXT NOT NULL DEFAULT '',
  currency TEXT NOT NULL DEFAULT '',
  quantity INTEGER,
  party_id INTEGER REFERENCES parties (id),
  department_id INTEGER REFERENCES departments (id),
  place_id INTEGER REFERENCES places (id),
  project_id INTEGER REFERENCES projects (id),
  tax_code_id INTEGER REFERENCES tax_codes (id),
  text TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX entry_template_lines_by_line ON entry_template_lines (archived, line);
CREATE INDEX entry_template_lines_of_account_id ON entry_template_lines (account_id);
CREATE INDEX entry_template_lines_of_department_id ON entry_template_lines (department_id);
CREATE INDEX entry_template_lines_of_party_id ON entry_template_lines (party_id);
CREATE INDEX entry_template_lines_of_place_id ON entry_template_lines (place_id);
CREATE INDEX entry_template_lines_of_project_id ON entry_template_lines (project_id);
CREATE INDEX entry_template_lines_of_tax_code_id ON entry_template_lines (tax_code_id);
CREATE INDEX entry_template_lines_of_template_id ON entry_template_lines (template_id, line);

CREATE TABLE entry_templates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  code TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  journal TEXT NOT NULL DEFAULT 'general' CHECK (journal IN ('', 'general', 'sales', 'purchase', 'bank', 'cash', 'payroll', 'stock', 'assets', 'exchange', 'opening', 'closing')),
  narration TEXT NOT NULL DEFAULT '',
  reference TEXT NOT NULL DEFAULT '',
  remarks TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX entry_templates_by_code ON entry_templates (archived, code);
CREATE INDEX entry_templates_by_name ON entry_templates (archived, name);
CREATE UNIQUE INDEX entry_templates_code_once ON entry_templates (code) WHERE code <> '';
CREATE UNIQUE INDEX entry_templates_name_once ON entry_templates (name) WHERE name <> '';

CREATE TABLE events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  title TEXT NOT NULL COLLATE NOCASE CHECK (title <> ''),
  starts_at INTEGER NOT NULL,
  ends_at INTEGER,
  whole_day INTEGER NOT NULL DEFAULT 0 CHECK (whole_day IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('confirmed', 'tentative', 'cancelled')),
  place_id INTEGER REFERENCES places (id),
  location TEXT NOT NULL DEFAULT '',
  host_id INTEGER REFERENCES parties (id),
  repeat TEXT NOT NULL DEFAULT '',
  time_zone TEXT NOT NULL DEFAULT '',
  uid TEXT NOT NULL DEFAULT '',
  remarks TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX events_by_starts_at ON events (archived, starts_at);
CREATE INDEX events_by_uid ON events (uid);
CREATE INDEX events_of_host_id ON events (host_id);
CREATE INDEX events_of_place_id ON events (place_id);

CREATE TABLE fiscal_years (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  start_day TEXT NOT NULL CHECK (start_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  end_day TEXT NOT NULL CHECK (end_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  pattern TEXT NOT NULL CHECK (pattern IN ('months', '13', '445')),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('', 'open', 'closed'))
) STRICT;
CREATE INDEX fiscal_years_by_name ON fiscal_years (archived, name);
CREATE INDEX fiscal_years_by_start_day ON fiscal_years (archived, start_day);
CREATE UNIQUE INDEX fiscal_years_name_once ON fiscal_years (name) WHERE name <> '';

CREATE TABLE identifiers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  party_id INTEGER NOT NULL REFERENCES parties (id),
  kind TEXT NOT NULL CHECK (kind IN ('iban', 'bic', 'vat', 'register', 'tax', 'social', 'passport', 'licence', 'other')),
  value TEXT NOT NULL CHECK (value <> ''),
  issuer TEXT NOT NULL DEFAULT '',
  until_day TEXT NOT NULL DEFAULT '' CHECK (until_day = '' OR until_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
CREATE INDEX identifiers_by_kind ON identifiers (archived, kind);
CREATE INDEX identifiers_by_until_day ON identifiers (archived, until_day);
CREATE INDEX identifiers_of_party_id ON identifiers (party_id, kind, value);

CREATE TABLE import_maps (
  entity TEXT NOT NULL,
  columns TEXT NOT NULL,
  mapping TEXT NOT NULL CHECK (json_valid(mapping)),
  PRIMARY KEY (entity, columns)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_updates (
  import_id INTEGER NOT NULL REFERENCES imports (id),
  record_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  before TEXT NOT NULL CHECK (json_valid(before)),
  PRIMARY KEY (import_id, record_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE imports (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entity TEXT NOT NULL,
  file_name TEXT NOT NULL,
  at INTEGER NOT NULL,
  user_id INTEGER,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  first_id INTEGER,
  last_id INTEGER,
  undone_at INTEGER
) STRICT;

CREATE TABLE ledger_imports (
  id INTEGER PRIMARY KEY,
  format TEXT NOT NULL,
  file_name TEXT NOT NULL,
  digest TEXT NOT NULL,
  at INTEGER NOT NULL,
  user_id INTEGER,
  first_id INTEGER,
  last_id INTEGER,
  undone_at INTEGER
) STRICT;

CREATE TABLE links (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  from_entity TEXT NOT NULL,
  from_id INTEGER NOT NULL,
  to_entity TEXT NOT NULL,
  to_id INTEGER NOT NULL,
  relation TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL,
  UNIQUE (from_entity, from_id, to_entity, to_id, relation)
) STRICT;
CREATE INDEX links_back ON links (to_entity, to_id);

CREATE TABLE merged_parties (
  party_id INTEGER PRIMARY KEY REFERENCES parties (id),
  into_id INTEGER NOT NULL REFERENCES parties (id)
) STRICT;
CREATE INDEX merged_parties_of_into_id ON merged_parties (into_id);

CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  entity TEXT NOT NULL,
  record_id INTEGER NOT NULL,
  text TEXT NOT NULL CHECK (text <> ''),
  at INTEGER NOT NULL,
  user_id INTEGER,
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;
CREATE INDEX notes_of_record ON notes (entity, record_id);

CREATE TABLE own_tags (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  parent_id INTEGER REFERENCES own_tags (id),
  label TEXT NOT NULL DEFAULT '' COLLATE NOCASE
) STRICT;
CREATE INDEX own_tags_by_label ON own_tags (archived, label);
CREATE INDEX own_tags_by_name ON own_tags (archived, name);
CREATE UNIQUE INDEX own_tags_label_once ON own_tags (label) WHERE label <> '';
CREATE INDEX own_tags_of_parent_id ON own_tags (parent_id);

CREATE TABLE parties (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation')),
  name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  given_name TEXT NOT NULL DEFAULT '',
  family_name TEXT NOT NULL DEFAULT '',
  sort_name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  number TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  roles TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(roles)),
  phone TEXT NOT NULL DEFAULT '',
  mobile TEXT NOT NULL DEFAULT '',
  fax TEXT NOT NULL DEFAULT '',
  extension TEXT NOT NULL DEFAULT '',
  email TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  website TEXT NOT NULL DEFAULT '',
  contact_name TEXT NOT NULL DEFAULT '',
  contact_title TEXT NOT NULL DEFAULT '',
  street TEXT NOT NULL DEFAULT '',
  postal_code TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  region TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  hired_day TEXT NOT NULL DEFAULT '' CHECK (hired_day = '' OR hired_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  left_day TEXT NOT NULL DEFAULT '' CHECK (left_day = '' OR left_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  job_title TEXT NOT NULL DEFAULT '',
  birth_day TEXT NOT NULL DEFAULT '' CHECK (birth_day = '' OR birth_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  gender TEXT NOT NULL DEFAULT '' CHECK (gender = '' OR gender = 'F' OR gender = 'M' OR gender = 'X'),
  salutation TEXT NOT NULL DEFAULT '',
  iban TEXT NOT NULL DEFAULT '',
  bic TEXT NOT NULL DEFAULT '',
  vat_id TEXT NOT NULL DEFAULT '',
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  remarks TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX parties_by_birth_day ON parties (birth_day) WHERE birth_day <> '';
CREATE INDEX parties_by_city ON parties (archived, city);
CREATE INDEX parties_by_email ON parties (email) WHERE email <> '';
CREATE INDEX parties_by_hired_day ON parties (archived, hired_day);
CREATE INDEX parties_by_name ON parties (archived, name);
CREATE INDEX parties_by_number ON parties (archived, number);
CREATE INDEX parties_by_sort_name ON parties (archived, sort_name);
CREATE INDEX parties_by_street ON parties (street COLLATE NOCASE) WHERE street <> '';
CREATE UNIQUE INDEX parties_number_once ON parties (number) WHERE number <> '';
CREATE TRIGGER parties_in_books BEFORE DELETE ON parties WHEN EXISTS (SELECT 1 FROM balances WHERE dimension = 'party' AND value_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;

CREATE TABLE periods (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  year_id INTEGER REFERENCES fiscal_years (id),
  number INTEGER,
  name TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  start_day TEXT NOT NULL DEFAULT '' CHECK (start_day = '' OR start_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  end_day TEXT NOT NULL DEFAULT '' CHECK (end_day = '' OR end_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('', 'open', 'soft', 'hard'))
) STRICT;
CREATE INDEX periods_by_start_day ON periods (archived, start_day);
CREATE INDEX periods_of_year_id ON periods (year_id);

CREATE TABLE periods_at_close (
  period_id INTEGER PRIMARY KEY REFERENCES periods (id),
  state TEXT NOT NULL CHECK (state = 'open' OR state = 'soft' OR state = 'hard')
) STRICT;

CREATE TABLE places (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  code TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  kind TEXT NOT NULL CHECK (kind IN ('site', 'building', 'zone', 'room', 'shelf', 'post', 'checkpoint', 'gate', 'vehicle', 'other')),
  parent_id INTEGER REFERENCES places (id),
  keeper_id INTEGER REFERENCES parties (id),
  street TEXT NOT NULL DEFAULT '',
  postal_code TEXT NOT NULL DEFAULT '',
  city TEXT NOT NULL DEFAULT '',
  country TEXT NOT NULL DEFAULT '',
  latitude_micro INTEGER CHECK (latitude_micro BETWEEN -90000000 AND 90000000),
  longitude_micro INTEGER CHECK (longitude_micro BETWEEN -180000000 AND 180000000),
  remarks TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX places_by_code ON places (archived, code);
CREATE INDEX places_by_kind ON places (archived, kind);
CREATE INDEX places_by_name ON places (archived, name);
CREATE UNIQUE INDEX places_code_once ON places (code) WHERE code <> '';
CREATE INDEX places_of_keeper_id ON places (keeper_id);
CREATE INDEX places_of_parent_id ON places (parent_id);
CREATE TRIGGER places_in_books BEFORE DELETE ON places WHEN EXISTS (SELECT 1 FROM balances WHERE dimension = 'place' AND value_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;

CREATE TABLE positions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  party_id INTEGER NOT NULL REFERENCES parties (id),
  title TEXT NOT NULL COLLATE NOCASE CHECK (title <> ''),
  from_day TEXT NOT NULL CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  until_day TEXT NOT NULL DEFAULT '' CHECK (until_day = '' OR until_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
CREATE INDEX positions_by_from_day ON positions (archived, from_day);
CREATE INDEX positions_by_title ON positions (archived, title);
CREATE INDEX positions_by_until_day ON positions (archived, until_day);
CREATE INDEX positions_of_party_id ON positions (party_id, title, from_day);

CREATE TABLE preferences (
  user_id INTEGER NOT NULL REFERENCES users (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE projects (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  code TEXT NOT NULL DEFAULT '' COLLATE NOCASE,
  parent_id INTEGER REFERENCES projects (id),
  lead_id INTEGER REFERENCES parties (id),
  until_day TEXT NOT NULL DEFAULT '' CHECK (until_day = '' OR until_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
CREATE INDEX projects_by_code ON projects (archived, code);
CREATE INDEX projects_by_name ON projects (archived, name);
CREATE UNIQUE INDEX projects_code_once ON projects (code) WHERE code <> '';
CREATE INDEX projects_of_lead_id ON projects (lead_id);
CREATE INDEX projects_of_parent_id ON projects (parent_id);
CREATE TRIGGER projects_in_books BEFORE DELETE ON projects WHEN EXISTS (SELECT 1 FROM balances WHERE dimension = 'project' AND value_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;

CREATE TABLE rates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  currency TEXT NOT NULL CHECK (currency <> ''),
  rate_nano INTEGER NOT NULL,
  source TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX rates_by_currency ON rates (archived, currency);
CREATE INDEX rates_by_day ON rates (archived, day);
CREATE INDEX rates_of_currency ON rates (currency, day);

CREATE TABLE recurring_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  template_id INTEGER NOT NULL REFERENCES entry_templates (id),
  amount INTEGER,
  mode TEXT NOT NULL CHECK (mode IN ('draft', 'post')),
  every INTEGER NOT NULL,
  unit TEXT NOT NULL CHECK (unit IN ('week', 'month', 'quarter', 'year')),
  on_day INTEGER,
  start_day TEXT NOT NULL CHECK (start_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  until_day TEXT NOT NULL DEFAULT '' CHECK (until_day = '' OR until_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  times INTEGER,
  reverse INTEGER NOT NULL DEFAULT 0 CHECK (reverse IN (0, 1)),
  next_day TEXT NOT NULL DEFAULT '' CHECK (next_day = '' OR next_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  made INTEGER,
  remarks TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX recurring_entries_by_name ON recurring_entries (archived, name);
CREATE INDEX recurring_entries_by_next_day ON recurring_entries (archived, next_day);
CREATE INDEX recurring_entries_by_start_day ON recurring_entries (archived, start_day);
CREATE INDEX recurring_entries_of_template_id ON recurring_entries (template_id);

CREATE TABLE recurring_runs (
  recurring_id INTEGER NOT NULL REFERENCES recurring_entries (id),
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  outcome TEXT NOT NULL CHECK (outcome IN ('posted', 'draft', 'skipped')),
  entry_id INTEGER REFERENCES entries (id) ON DELETE SET NULL,
  reverse INTEGER NOT NULL DEFAULT 0 CHECK (reverse IN (0, 1)),
  reason TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL,
  PRIMARY KEY (recurring_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX recurring_runs_of_entry_id ON recurring_runs (entry_id);

CREATE TABLE requests (
  id TEXT PRIMARY KEY,
  user_id INTEGER,
  call TEXT NOT NULL,
  reply TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_by_age ON requests (at);

CREATE TABLE role_rights (
  role_id INTEGER PRIMARY KEY REFERENCES roles (id),
  rights TEXT NOT NULL CHECK (json_valid(rights))
) STRICT;

CREATE TABLE roles (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  preset TEXT NOT NULL DEFAULT '',
  about TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX roles_by_name ON roles (archived, name);
CREATE UNIQUE INDEX roles_name_once ON roles (name) WHERE name <> '';

CREATE TABLE search_entities (
  no INTEGER PRIMARY KEY CHECK (no BETWEEN 1 AND 1023),
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');

CREATE TABLE search_records (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  subtitle TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE search_words (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE sequences (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  prefix TEXT NOT NULL,
  next INTEGER NOT NULL CHECK (next >= 1),
  digits INTEGER NOT NULL CHECK (digits BETWEEN 1 AND 9)
) STRICT;

CREATE TABLE statement_designs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  description TEXT NOT NULL DEFAULT '',
  covers TEXT NOT NULL DEFAULT '' CHECK (covers IN ('', 'result', 'balance')),
  rows TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX statement_designs_by_name ON statement_designs (archived, name);
CREATE UNIQUE INDEX statement_designs_name_once ON statement_designs (name) WHERE name <> '';

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  title TEXT NOT NULL COLLATE NOCASE CHECK (title <> ''),
  state TEXT NOT NULL CHECK (state IN ('open', 'doing', 'done', 'dropped')),
  due_day TEXT NOT NULL DEFAULT '' CHECK (due_day = '' OR due_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  snoozed_day TEXT NOT NULL DEFAULT '' CHECK (snoozed_day = '' OR snoozed_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  owner_id INTEGER REFERENCES users (id),
  priority TEXT NOT NULL CHECK (priority IN ('1', '2', '3')),
  repeat TEXT NOT NULL DEFAULT '',
  done_day TEXT NOT NULL DEFAULT '' CHECK (done_day = '' OR done_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  remarks TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX tasks_by_due_day ON tasks (archived, due_day);
CREATE INDEX tasks_by_keys ON tasks (title, due_day);
CREATE INDEX tasks_by_priority ON tasks (archived, priority);
CREATE INDEX tasks_by_state ON tasks (archived, state);
CREATE INDEX tasks_by_title ON tasks (archived, title);
CREATE INDEX tasks_of_owner_id ON tasks (owner_id);

CREATE TABLE tax_codes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  code TEXT NOT NULL COLLATE NOCASE CHECK (code <> ''),
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  kind TEXT NOT NULL CHECK (kind IN ('output', 'input', 'both', 'zero', 'exempt', 'reverse_charge', 'outside')),
  rate_ppm INTEGER NOT NULL,
  output_account_id INTEGER REFERENCES accounts (id),
  input_account_id INTEGER REFERENCES accounts (id),
  from_day TEXT NOT NULL DEFAULT '' CHECK (from_day = '' OR from_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  until_day TEXT NOT NULL DEFAULT '' CHECK (until_day = '' OR until_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  boxes TEXT NOT NULL DEFAULT ''
, rounding TEXT NOT NULL DEFAULT '' CHECK (rounding IN ('', 'half_up', 'half_even', 'down'))) STRICT;
CREATE INDEX tax_codes_by_code ON tax_codes (archived, code);
CREATE UNIQUE INDEX tax_codes_code_once ON tax_codes (code) WHERE code <> '';
CREATE INDEX tax_codes_of_input_account_id ON tax_codes (input_account_id);
CREATE INDEX tax_codes_of_output_account_id ON tax_codes (output_account_id);
CREATE TRIGGER tax_codes_in_books BEFORE DELETE ON tax_codes WHEN EXISTS (SELECT 1 FROM balances WHERE dimension = 'tax_code' AND value_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;

CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL DEFAULT 1,
  archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  name TEXT NOT NULL COLLATE NOCASE CHECK (name <> ''),
  sign_in TEXT NOT NULL COLLATE NOCASE CHECK (sign_in <> ''),
  role_id INTEGER NOT NULL REFERENCES roles (id),
  party_id INTEGER REFERENCES parties (id),
  language TEXT NOT NULL CHECK (language IN ('en', 'de')),
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1))
) STRICT;
CREATE INDEX users_by_name ON users (archived, name);
CREATE INDEX users_by_sign_in ON users (archived, sign_in);
CREATE INDEX users_of_party_id ON users (party_id);
CREATE INDEX users_of_role_id ON users (role_id);
CREATE UNIQUE INDEX users_sign_in_once ON users (sign_in) WHERE sign_in <> '';
