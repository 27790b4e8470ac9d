-- Templates of entries, entries that come again, and how a tax code rounds.

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
CREATE UNIQUE INDEX entry_templates_name_once ON entry_templates (name) WHERE name <> '';
CREATE INDEX entry_templates_by_name ON entry_templates (archived, name);
CREATE UNIQUE INDEX entry_templates_code_once ON entry_templates (code) WHERE code <> '';
CREATE INDEX entry_templates_by_code ON entry_templates (archived, code);

-- A line has an amount (or a quantity of a currency), or a share of the amount that is asked, or neither: then it is left open.
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
CREATE INDEX entry_template_lines_of_template_id ON entry_template_lines (template_id, line);
CREATE INDEX entry_template_lines_of_account_id ON entry_template_lines (account_id);
CREATE INDEX entry_template_lines_of_party_id ON entry_template_lines (party_id);
CREATE INDEX entry_template_lines_of_department_id ON entry_template_lines (department_id);
CREATE INDEX entry_template_lines_of_place_id ON entry_template_lines (place_id);
CREATE INDEX entry_template_lines_of_project_id ON entry_template_lines (project_id);
CREATE INDEX entry_template_lines_of_tax_code_id ON entry_template_lines (tax_code_id);

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
CREATE INDEX recurring_entries_by_start_day ON recurring_entries (archived, start_day);
CREATE INDEX recurring_entries_by_next_day ON recurring_entries (archived, next_day);
CREATE INDEX recurring_entries_of_template_id ON recurring_entries (template_id);

-- What came of each date: the key makes sure that no date is ever made twice. An entry that was discarded as a draft leaves its row.
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

ALTER TABLE tax_codes ADD COLUMN rounding TEXT NOT NULL DEFAULT '' CHECK (rounding IN ('', 'half_up', 'half_even', 'down'));
