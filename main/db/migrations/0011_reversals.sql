-- Few entries reverse another: only these stand in the index.

DROP INDEX entries_of_reverses_id;
CREATE INDEX entries_of_reverses_id ON entries (reverses_id) WHERE reverses_id IS NOT NULL;
