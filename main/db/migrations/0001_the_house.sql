-- The company, who uses it, what it remembers, and the kernel records.

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

-- One row a write, chained by hash; nothing here is ever changed or taken away.
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
CREATE INDEX audit_of_record ON audit (entity, record_id, seq);
CREATE INDEX audit_of_batch ON audit (entity, last_id) WHERE last_id IS NOT NULL;
CREATE INDEX audit_of_user ON audit (user_id, seq);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log cannot be changed'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log cannot be shortened'); END;

-- First replies of writes, so that a retry with the same id is harmless.
CREATE TABLE requests (
  id TEXT PRIMARY KEY,
  user_id INTEGER,
  call TEXT NOT NULL,
  reply TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_by_age ON requests (at);

CREATE TABLE sequences (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  prefix TEXT NOT NULL,
  next INTEGER NOT NULL CHECK (next >= 1),
  digits INTEGER NOT NULL CHECK (digits BETWEEN 1 AND 9)
) STRICT;

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
CREATE INDEX parties_by_name ON parties (archived, name);
CREATE INDEX parties_by_sort_name ON parties (archived, sort_name);
CREATE UNIQUE INDEX parties_number_once ON parties (number) WHERE number <> '';
CREATE INDEX parties_by_number ON parties (archived, number);
CREATE INDEX parties_by_city ON parties (archived, city);
CREATE INDEX parties_by_hired_day ON parties (archived, hired_day);

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
CREATE INDEX contacts_of_party_id ON contacts (party_id, value);
CREATE INDEX contacts_by_value ON contacts (archived, value);

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
CREATE INDEX addresses_of_party_id ON addresses (party_id, kind, street);
CREATE INDEX addresses_by_city ON addresses (archived, city);

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
CREATE INDEX identifiers_of_party_id ON identifiers (party_id, kind, value);
CREATE INDEX identifiers_by_kind ON identifiers (archived, kind);
CREATE INDEX identifiers_by_until_day ON identifiers (archived, until_day);

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
CREATE INDEX assignments_of_party_id ON assignments (party_id, department_id, from_day, capacity);
CREATE INDEX assignments_of_department_id ON assignments (department_id);
CREATE INDEX assignments_by_from_day ON assignments (archived, from_day);
CREATE INDEX assignments_by_until_day ON assignments (archived, until_day);

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
CREATE INDEX positions_of_party_id ON positions (party_id, title, from_day);
CREATE INDEX positions_by_title ON positions (archived, title);
CREATE INDEX positions_by_from_day ON positions (archived, from_day);
CREATE INDEX positions_by_until_day ON positions (archived, until_day);

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
CREATE INDEX departments_by_name ON departments (archived, name);
CREATE UNIQUE INDEX departments_code_once ON departments (code) WHERE code <> '';
CREATE INDEX departments_by_code ON departments (archived, code);
CREATE INDEX departments_of_parent_id ON departments (parent_id);
CREATE INDEX departments_of_head_id ON departments (head_id);
CREATE INDEX departments_by_cost_code ON departments (archived, cost_code);

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
CREATE INDEX places_by_name ON places (archived, name);
CREATE UNIQUE INDEX places_code_once ON places (code) WHERE code <> '';
CREATE INDEX places_by_code ON places (archived, code);
CREATE INDEX places_by_kind ON places (archived, kind);
CREATE INDEX places_of_parent_id ON places (parent_id);
CREATE INDEX places_of_keeper_id ON places (keeper_id);

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
CREATE INDEX documents_by_title ON documents (archived, title);
CREATE UNIQUE INDEX documents_number_once ON documents (number) WHERE number <> '';
CREATE INDEX documents_by_number ON documents (archived, number);
CREATE INDEX documents_by_kind ON documents (archived, kind);
CREATE INDEX documents_by_document_day ON documents (archived, document_day);
CREATE INDEX documents_by_retain_until ON documents (archived, retain_until);

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
CREATE INDEX tasks_by_title ON tasks (archived, title);
CREATE INDEX tasks_by_state ON tasks (archived, state);
CREATE INDEX tasks_by_due_day ON tasks (archived, due_day);
CREATE INDEX tasks_of_owner_id ON tasks (owner_id);
CREATE INDEX tasks_by_keys ON tasks (title, due_day);
CREATE INDEX tasks_by_priority ON tasks (archived, priority);

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
CREATE INDEX events_of_place_id ON events (place_id);
CREATE INDEX events_by_uid ON events (uid);
CREATE INDEX events_of_host_id ON events (host_id);

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
CREATE UNIQUE INDEX users_sign_in_once ON users (sign_in) WHERE sign_in <> '';
CREATE INDEX users_by_sign_in ON users (archived, sign_in);
CREATE INDEX users_of_role_id ON users (role_id);
CREATE INDEX users_of_party_id ON users (party_id);

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
CREATE UNIQUE INDEX roles_name_once ON roles (name) WHERE name <> '';
CREATE INDEX roles_by_name ON roles (archived, name);

CREATE TABLE role_rights (
  role_id INTEGER PRIMARY KEY REFERENCES roles (id),
  rights TEXT NOT NULL CHECK (json_valid(rights))
) STRICT;

-- Password hashes (argon2id, encoded with their parameters) and failed tries. Part of no entity, so of no reply.
CREATE TABLE credentials (
  user_id INTEGER PRIMARY KEY REFERENCES users (id),
  hash TEXT NOT NULL,
  failed INTEGER NOT NULL DEFAULT 0,
  failed_at INTEGER NOT NULL DEFAULT 0,
  wait_until INTEGER NOT NULL DEFAULT 0,
  set_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE preferences (
  user_id INTEGER NOT NULL REFERENCES users (id),
  key TEXT NOT NULL,
  value TEXT NOT NULL CHECK (json_valid(value)),
  PRIMARY KEY (user_id, key)
) STRICT, WITHOUT ROWID;

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
CREATE TRIGGER document_versions_stay BEFORE UPDATE ON document_versions BEGIN SELECT RAISE(ABORT, 'a stored version cannot be changed'); END;
CREATE TRIGGER document_versions_remain BEFORE DELETE ON document_versions BEGIN SELECT RAISE(ABORT, 'a stored version cannot be removed'); END;

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

CREATE TABLE import_updates (
  import_id INTEGER NOT NULL REFERENCES imports (id),
  record_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  before TEXT NOT NULL CHECK (json_valid(before)),
  PRIMARY KEY (import_id, record_id)
) STRICT, WITHOUT ROWID;

-- How the columns of a file were mapped the last time a file with these columns came.
CREATE TABLE import_maps (
  entity TEXT NOT NULL,
  columns TEXT NOT NULL,
  mapping TEXT NOT NULL CHECK (json_valid(mapping)),
  PRIMARY KEY (entity, columns)
) STRICT, WITHOUT ROWID;

-- Search: what main/db/search.ts keeps in step with every record.

-- Kinds of record by number, so that the number of a row tells its kind.
CREATE TABLE search_entities (
  no INTEGER PRIMARY KEY CHECK (no BETWEEN 1 AND 1023),
  name TEXT NOT NULL UNIQUE
) STRICT;

-- id = shelf * 2^32 + id of the record; shelf = number of the entity, + 1024 unless archived. Highest first is: live, then newest.
CREATE TABLE search_records (
  id INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  subtitle TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- The words are folded and cut in search.ts; 'ascii' only splits them at the spaces. Figures: docs/decisions/search.md.
CREATE VIRTUAL TABLE search_index USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii');
-- Fewer and larger pieces while many records come in.
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 8);
INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 16777216);

-- Every plain word that ever stood in a record, for correcting what was typed. Words are added, never taken away.
CREATE TABLE search_words (
  id INTEGER PRIMARY KEY,
  word TEXT NOT NULL UNIQUE
) STRICT;
