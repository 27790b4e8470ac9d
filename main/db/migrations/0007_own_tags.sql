-- Own tags: dimensions that a firm defines itself, with their values, and free tags; any number of them on a line.

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
CREATE INDEX own_tags_by_name ON own_tags (archived, name);
CREATE INDEX own_tags_by_label ON own_tags (archived, label);
CREATE UNIQUE INDEX own_tags_label_once ON own_tags (label) WHERE label <> '';
CREATE INDEX own_tags_of_parent_id ON own_tags (parent_id);

-- Tags of posted lines: part of the line, and of the seal of its entry. Lines without tags have no row.
CREATE TABLE entry_line_tags (
  line_id INTEGER NOT NULL REFERENCES entry_lines (id),
  tag_id INTEGER NOT NULL REFERENCES own_tags (id),
  PRIMARY KEY (line_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_line_tags_of_tag ON entry_line_tags (tag_id);

CREATE TRIGGER entry_line_tags_stay BEFORE UPDATE ON entry_line_tags BEGIN SELECT RAISE(ABORT, 'a posted line cannot be changed'); END;
CREATE TRIGGER entry_line_tags_remain BEFORE DELETE ON entry_line_tags BEGIN SELECT RAISE(ABORT, 'a posted line cannot be taken away'); END;
