-- Fixed assets: the register, what those that wear by use have done, and which stretch of depreciation was posted by which entry.

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
CREATE INDEX assets_by_name ON assets (archived, name);
CREATE UNIQUE INDEX assets_number_once ON assets (number) WHERE number <> '';
CREATE INDEX assets_by_number ON assets (archived, number);
CREATE INDEX assets_by_acquired_day ON assets (archived, acquired_day);
CREATE INDEX assets_of_place_id ON assets (place_id);
CREATE INDEX assets_of_department_id ON assets (department_id);
CREATE INDEX assets_of_party_id ON assets (party_id);
CREATE INDEX assets_of_asset_account_id ON assets (asset_account_id);
CREATE INDEX assets_of_depreciation_account_id ON assets (depreciation_account_id);
CREATE INDEX assets_of_expense_account_id ON assets (expense_account_id);
CREATE INDEX assets_of_disposal_id ON assets (disposal_id);
CREATE UNIQUE INDEX assets_of_entry_line ON assets (entry_id, entry_line) WHERE entry_id IS NOT NULL;
CREATE INDEX assets_of_entry_id ON assets (entry_id);

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

-- Depreciation that stands in the books: a stretch of days of one asset, and the entry that posted it. When that entry is reversed, its rows go.
CREATE TABLE asset_runs (
  asset_id INTEGER NOT NULL REFERENCES assets (id),
  from_day TEXT NOT NULL CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  until_day TEXT NOT NULL CHECK (until_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
  amount INTEGER NOT NULL CHECK (amount > 0),
  entry_id INTEGER NOT NULL REFERENCES entries (id),
  PRIMARY KEY (asset_id, until_day)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_runs_of_entry_id ON asset_runs (entry_id);

INSERT INTO sequences (name, prefix, next, digits) VALUES ('asset', 'FA-', 1, 5) ON CONFLICT (name) DO NOTHING;
