-- Parties are compared with one of them by what they share; lines of a merged one are read as the other's; reopened years get their periods back as they were.

CREATE INDEX parties_by_email ON parties (email) WHERE email <> '';
CREATE INDEX parties_by_birth_day ON parties (birth_day) WHERE birth_day <> '';
CREATE INDEX parties_by_street ON parties (street COLLATE NOCASE) WHERE street <> '';

-- Who was merged into whom, always the one that is left in the end.
CREATE TABLE merged_parties (
  party_id INTEGER PRIMARY KEY REFERENCES parties (id),
  into_id INTEGER NOT NULL REFERENCES parties (id)
) STRICT;
CREATE INDEX merged_parties_of_into_id ON merged_parties (into_id);
INSERT OR IGNORE INTO merged_parties (party_id, into_id)
  SELECT l.from_id, l.to_id FROM links l JOIN parties p ON p.id = l.from_id AND p.archived = 1 JOIN parties k ON k.id = l.to_id WHERE l.from_entity = 'party' AND l.to_entity = 'party' AND l.relation = 'merged' ORDER BY l.at DESC;

-- How the periods of a closed year stood when it was closed.
CREATE TABLE periods_at_close (
  period_id INTEGER PRIMARY KEY REFERENCES periods (id),
  state TEXT NOT NULL CHECK (state = 'open' OR state = 'soft' OR state = 'hard')
) STRICT;
