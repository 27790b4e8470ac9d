-- Statements that a firm designs itself: their rows as JSON, in their order.

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
