-- Few entries reverse another: only these stand in the index.

DROP INDEX entries_of_reverses_id;
CREATE INDEX entries_of_reverses_id ON entries (reverses_id) WHERE reverses_id IS NOT NULL;

-- What revaluations and their reversals moved is kept beside the other balances: under 1 where cash was revalued too, under 0 where it was not.
INSERT INTO balances (dimension, value_id, account_id, currency, closing, period_id, debit, credit, quantity)
  WITH RECURSIVE
    revaluations (id) AS (SELECT id FROM entries WHERE origin = 'revaluation' AND state <> 'draft' UNION ALL SELECT r.id FROM revaluations x CROSS JOIN entries r ON r.reverses_id = x.id),
    moved AS (SELECT r.id, e.period_id, EXISTS (SELECT 1 FROM entry_lines c JOIN accounts a ON a.id = c.account_id WHERE c.id BETWEEN r.id * 16384 AND r.id * 16384 + 16383 AND (a.cash_flow = 'cash' OR a.role IN ('bank', 'cash'))) AS cash
      FROM revaluations r JOIN entries e ON e.id = r.id)
  SELECT 'exchange', m.cash, l.account_id, l.currency, l.closing, m.period_id, sum(max(l.amount, 0)), sum(max(-l.amount, 0)), sum(l.quantity)
  FROM moved m CROSS JOIN entry_lines l ON l.id BETWEEN m.id * 16384 AND m.id * 16384 + 16383
  WHERE true GROUP BY m.cash, l.account_id, l.currency, l.closing, m.period_id;
