-- Tags of the lines of templates; lines without tags have no row.

CREATE TABLE entry_template_line_tags (
  line_id INTEGER NOT NULL REFERENCES entry_template_lines (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES own_tags (id),
  PRIMARY KEY (line_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_template_line_tags_of_tag ON entry_template_line_tags (tag_id);
