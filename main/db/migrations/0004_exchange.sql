-- Exchange differences: which accounts are valued at the closing rate, and how balances in other currencies are found without reading their lines.

ALTER TABLE accounts ADD COLUMN revalued TEXT NOT NULL DEFAULT '' CHECK (revalued IN ('', 'yes', 'no'));
ALTER TABLE accounts ADD COLUMN cost_formula TEXT NOT NULL DEFAULT '' CHECK (cost_formula IN ('', 'average', 'fifo'));
CREATE INDEX balances_in_currencies ON balances (account_id, currency) WHERE currency <> '';
CREATE INDEX entries_revaluing ON entries (day) WHERE origin = 'revaluation';
