-- The books: chart of accounts, currencies, fiscal years, entries with their lines, and the balances kept with them.

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
) STRICT;
CREATE UNIQUE INDEX accounts_number_once ON accounts (number) WHERE number <> '';
CREATE INDEX accounts_by_number ON accounts (archived, number);
CREATE INDEX accounts_by_name ON accounts (archived, name);
CREATE INDEX accounts_by_kind ON accounts (archived, kind);
CREATE INDEX accounts_of_parent_id ON accounts (parent_id);

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
CREATE UNIQUE INDEX commodities_code_once ON commodities (code) WHERE code <> '';
CREATE INDEX commodities_by_code ON commodities (archived, code);

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
CREATE INDEX rates_by_day ON rates (archived, day);
CREATE INDEX rates_by_currency ON rates (archived, currency);
CREATE INDEX rates_of_currency ON rates (currency, day);

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
CREATE INDEX projects_by_name ON projects (archived, name);
CREATE UNIQUE INDEX projects_code_once ON projects (code) WHERE code <> '';
CREATE INDEX projects_by_code ON projects (archived, code);
CREATE INDEX projects_of_parent_id ON projects (parent_id);
CREATE INDEX projects_of_lead_id ON projects (lead_id);

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
) STRICT;
CREATE UNIQUE INDEX tax_codes_code_once ON tax_codes (code) WHERE code <> '';
CREATE INDEX tax_codes_by_code ON tax_codes (archived, code);
CREATE INDEX tax_codes_of_output_account_id ON tax_codes (output_account_id);
CREATE INDEX tax_codes_of_input_account_id ON tax_codes (input_account_id);

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
CREATE UNIQUE INDEX fiscal_years_name_once ON fiscal_years (name) WHERE name <> '';
CREATE INDEX fiscal_years_by_name ON fiscal_years (archived, name);
CREATE INDEX fiscal_years_by_start_day ON fiscal_years (archived, start_day);

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
CREATE INDEX periods_of_year_id ON periods (year_id);
CREATE INDEX periods_by_start_day ON periods (archived, start_day);

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
CREATE UNIQUE INDEX entries_by_number ON entries (archived, number);
CREATE INDEX entries_by_day ON entries (archived, day);
CREATE INDEX entries_of_period_id ON entries (period_id);
CREATE INDEX entries_of_reverses_id ON entries (reverses_id);
CREATE INDEX entries_in_draft ON entries (id) WHERE state = 'draft';

-- The lines of drafts, as JSON: what is not posted is in nobody's balance.
CREATE TABLE entry_drafts (
  entry_id INTEGER PRIMARY KEY REFERENCES entries (id),
  lines TEXT NOT NULL CHECK (json_valid(lines))
) STRICT;

-- Posted lines. What they name beside their account is held by the triggers below and not by foreign keys, which would cost an index each: who is
-- named has a kept balance. The id is the entry's times 16384 plus the line's number in it, so that the lines of an entry stand side by side.
-- amount: minor units of the company's currency, debit positive; quantity: minor units of `currency` where that is another.
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

-- Posted means unchangeable; only the state goes from posted to reversed.
CREATE TRIGGER entries_stay BEFORE UPDATE OF id, number, day, journal, narration, reference, total, period_id, reverses_id, origin, source_entity, source_id, posted_at, posted_by, seal, archived ON entries
  WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a posted entry cannot be changed'); END;
CREATE TRIGGER entries_keep_state BEFORE UPDATE OF state ON entries
  WHEN OLD.state <> 'draft' AND NOT (OLD.state = 'posted' AND NEW.state = 'reversed') BEGIN SELECT RAISE(ABORT, 'a posted entry cannot be changed'); END;
CREATE TRIGGER entries_remain BEFORE DELETE ON entries WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a posted entry cannot be taken away'); END;
CREATE TRIGGER entry_lines_stay BEFORE UPDATE ON entry_lines BEGIN SELECT RAISE(ABORT, 'a posted line cannot be changed'); END;
CREATE TRIGGER entry_lines_remain BEFORE DELETE ON entry_lines BEGIN SELECT RAISE(ABORT, 'a posted line cannot be taken away'); END;

-- What has moved on each account in each period, kept in the posting transaction: in all (dimension '') and under each value of a dimension.
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
CREATE INDEX balances_of_account ON balances (account_id);
CREATE INDEX balances_of_period ON balances (period_id);

-- The next number of each journal in each year; drawn only when an entry is posted, so no number is ever left out.
CREATE TABLE entry_series (
  journal TEXT NOT NULL,
  year_id INTEGER NOT NULL REFERENCES fiscal_years (id),
  next INTEGER NOT NULL CHECK (next >= 1),
  PRIMARY KEY (journal, year_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_series_of_year ON entry_series (year_id);

-- What posted lines name stays.
CREATE TRIGGER parties_in_books BEFORE DELETE ON parties WHEN EXISTS (SELECT 1 FROM balances WHERE dimension = 'party' AND value_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;
CREATE TRIGGER departments_in_books BEFORE DELETE ON departments WHEN EXISTS (SELECT 1 FROM balances WHERE dimension = 'department' AND value_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;
CREATE TRIGGER places_in_books BEFORE DELETE ON places WHEN EXISTS (SELECT 1 FROM balances WHERE dimension = 'place' AND value_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;
CREATE TRIGGER projects_in_books BEFORE DELETE ON projects WHEN EXISTS (SELECT 1 FROM balances WHERE dimension = 'project' AND value_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;
CREATE TRIGGER tax_codes_in_books BEFORE DELETE ON tax_codes WHEN EXISTS (SELECT 1 FROM balances WHERE dimension = 'tax_code' AND value_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed'); END;

-- How the books of this company are set up; one row once a chart was chosen.
CREATE TABLE books (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  chart TEXT NOT NULL,
  year_start TEXT NOT NULL,
  pattern TEXT NOT NULL CHECK (pattern IN ('months', '13', '445'))
) STRICT;

-- Ledgers brought in whole: which entries came from which file.
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
