import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Company, makeCompany } from '../helpers/company.ts';
import { imprint } from '../helpers/imprint.ts';

/** Large files are read on a thread of their own; what comes of them must be what comes of the same in small files. */

let company: Company;
beforeEach(async () => {
  company = await makeCompany();
});
afterEach(async () => {
  await company.close();
});

const count = 33_000;
const text = 'The quick brown fox carries one more invoice over the lazy dog and says in many words what for. '.repeat(2).trim();
const head = ['P 2019-01-01 EUR 0.90 GBP', 'P 2021-06-01 EUR 0.85 GBP', 'P 2022-01-01 SHARE 12.345 GBP', 'account Assets:Till  ; type: C', ''];

/** A transaction of six years, always the same for its number: pounds, euros, shares with more and more decimal places, tags, new accounts late. */
function transaction(at: number): string[] {
  const day = new Date(Date.UTC(2019, 0, 1 + Math.floor((at * 2190) / count))).toISOString().slice(0, 10);
  const pence = 100 + ((at * 7919) % 900_000);
  const pounds = `${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, '0')}`;
  const other = `Expenses:Kind ${at % 40}${at > count - 50 ? ':Late' : ''}`;
  const lines = [`${day} (R-${at}) ${text} ${at}${at % 7 === 0 ? `  ; trip: T${at % 5}` : ''}`];
  if (at % 11 === 0) lines.push(`    Assets:Euros  ${pounds} EUR`, `    Assets:Bank  -${pounds} EUR`);
  else if (at % 13 === 0) lines.push(`    Assets:Shares  1.${String(at).padStart(at > count / 2 ? 6 : 5, '0')} SHARE @@ ${pounds} GBP`, '    Assets:Bank');
  else lines.push(`    ${other}  ${pounds} GBP${at % 17 === 0 ? '  ; a note, site: North' : ''}`, at % 3 === 0 ? '    Assets:Till' : '    Assets:Bank');
  return [...lines, ''];
}

function write(name: string, from: number, to: number, last: readonly string[] = []): string {
  const path = join(company.desk, name);
  const lines = [...head];
  for (let at = from; at < to; at += 1) lines.push(...transaction(at));
  writeFileSync(path, [...lines, ...last].join('\n'));
  return path;
}

const large = 8_000_000;

/** Everything of the books that an import writes, but for times and seals, which have times in them. */
const kept = (of: Company): Record<string, unknown[]> =>
  of.look((db) => ({
    entries: db.prepare('SELECT id, number, day, narration, reference, total, period_id, origin, posted_by FROM entries ORDER BY id').raw().all(),
    lines: db.prepare('SELECT * FROM entry_lines ORDER BY id').raw().all(),
    tags: db.prepare('SELECT t.line_id, o.label FROM entry_line_tags t JOIN own_tags o ON o.id = t.tag_id ORDER BY 1, 2').raw().all(),
    accounts: db.prepare('SELECT id, number, name, parent_id, kind, role, heading, cash_flow FROM accounts ORDER BY id').raw().all(),
    balances: db.prepare('SELECT * FROM balances ORDER BY 1, 2, 3, 4, 5, 6').raw().all(),
    series: db.prepare('SELECT * FROM entry_series ORDER BY 1, 2').raw().all(),
    rates: db.prepare('SELECT day, currency, rate_nano, source FROM rates ORDER BY 1, 2').raw().all(),
    years: db.prepare('SELECT name, start_day, end_day FROM fiscal_years ORDER BY 2').raw().all(),
    indexes: db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('entries', 'entry_lines') ORDER BY name").raw().all(),
  }));

describe('A ledger in a large file', () => {
  test('leaves the same books as the same entries in small files, to the last line, and they prove good', async () => {
    const whole = write('books.journal', 0, count);
    expect(statSync(whole).size).toBeGreaterThan(large);
    const done = await company.value('journal.import', { format: 'hledger', source: whole });
    expect(done).toMatchObject({ imported: count, skipped: 0, refused: 0 });
    expect(await company.value('ledger.verify', {})).toMatchObject({ good: true, entries: count });
    expect((await company.value('search.find', { text: 'Till', entity: 'account' })).hits).toHaveLength(1);
    const apart = kept(company);
    expect(await company.value('journal.import', { format: 'hledger', source: whole })).toMatchObject({ imported: 0, skipped: count });
    expect(kept(company)).toEqual(apart);

    const other = await makeCompany();
    try {
      let imported = 0;
      // The longer shares are known from the beginning here: books that have met five places refuse six.
      for (const [from, to] of [[Math.ceil(count / 2), count], [0, Math.ceil(count / 2)]] as const) {
        const part = write('books.journal', from, to);
        expect(statSync(part).size).toBeLessThan(large);
        imported += (await other.value('journal.import', { format: 'hledger', source: part })).imported;
      }
      expect(imported).toBe(count);
      expect(await other.value('report.trial_balance', { to: '2030-12-31' }).then(named)).toEqual(await company.value('report.trial_balance', { to: '2030-12-31' }).then(named));
      expect(linesOf(other)).toEqual(linesOf(company));
    } finally {
      await other.close();
    }
  });

  test('that is broken in its last lines changes nothing, and names file and line', async () => {
    const whole = write('broken.journal', 0, count, ['2026-01-01 Odd', '    Assets:Bank  1.00 GBP', '    Assets:Till  2.00 GBP', '']);
    const line = readFileSync(whole, 'utf8').split('\n').indexOf('2026-01-01 Odd') + 1;
    const before = company.look(imprint);
    const failure = await company.refusal('journal.import', { format: 'hledger', source: whole });
    expect(failure.code).toBe('invalid');
    expect(failure.message).toContain(`broken.journal, line ${line}`);
    expect(company.look(imprint)).toEqual(before);
  });

  test('can be cancelled, and then leaves nothing', async () => {
    const whole = write('books.journal', 0, count);
    const before = company.look(imprint);
    const asked = company.ask('journal.import', { format: 'hledger', source: whole });
    for (;;) {
      const job = (await company.value('desk.jobs', {})).at(-1);
      if (job?.call === 'journal.import' && job.done > 0) {
        await company.value('desk.cancel', { id: job.id });
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await asked).toMatchObject({ ok: false, failure: { code: 'invalid' } });
    expect(company.look(imprint)).toEqual(before);
  });
});

const named = (rows: readonly { readonly account: string; readonly currency: string; readonly quantity: number; readonly debit: number; readonly credit: number }[]): unknown[] => rows.map(({ account, currency, quantity, debit, credit }) => `${account} ${currency} ${quantity} ${debit} ${credit}`).toSorted((a, b) => (a < b ? -1 : 1));

/** All lines with the names of what they stand on, whatever order they came in. */
const linesOf = (of: Company): unknown[] =>
  of.look((db) =>
    db
      .prepare(
        `SELECT e.day, e.reference, e.narration, e.total, l.id & 16383, a.name, l.amount, l.currency, l.quantity, l.text, (SELECT group_concat(o.label, ', ' ORDER BY o.label) FROM entry_line_tags t JOIN own_tags o ON o.id = t.tag_id WHERE t.line_id = l.id)
         FROM entry_lines l JOIN entries e ON e.id = l.id >> 14 JOIN accounts a ON a.id = l.account_id ORDER BY e.reference, l.id`,
      )
      .raw()
      .all(),
  );
