-- Search: what main/db/search.ts keeps in step with every record. Changed since the first draft: search_records has neither shelf nor key nor index.

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
