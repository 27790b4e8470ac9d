import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#contract/kit/day.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

/** Whatever is done to the books, and in whatever order: what the issue of double entry is about holds, and posted rows stay. */

type Step =
  | { readonly do: 'post'; readonly day: number; readonly accounts: readonly number[]; readonly amounts: readonly number[]; readonly euros: number; readonly department: boolean }
  | { readonly do: 'draft' | 'reverse' | 'discard'; readonly which: number }
  | { readonly do: 'period'; readonly which: number; readonly state: 'open' | 'soft' | 'hard' }
  | { readonly do: 'close' | 'reopen' }
  | { readonly do: 'import'; readonly day: number; readonly amount: number }
  | { readonly do: 'undo'; readonly which: number }
  | { readonly do: 'revalue'; readonly day: number; readonly rate: number; readonly back: boolean };

const amount = fc.integer({ min: -2_000_000, max: 2_000_000 }).filter((one) => one !== 0);
const which = fc.nat({ max: 1000 });
const day = fc.integer({ min: 0, max: 730 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('post' as const), day, accounts: fc.array(which, { minLength: 1, maxLength: 4 }), amounts: fc.array(amount, { minLength: 4, maxLength: 4 }), euros: fc.constantFrom(0, 0, 0, 12_345, -7), department: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('draft' as const, 'reverse' as const, 'reverse' as const, 'discard' as const), which }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('period' as const), which, state: fc.constantFrom('open' as const, 'soft' as const, 'hard' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'close' as const, 'reopen' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('import' as const), day, amount }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('revalue' as const), day, rate: fc.integer({ min: 1, max: 3_000_000_000 }), back: fc.boolean() }) },
);

/** Every kind of step that must have done something, once: chance need not bring them all. */
const atLeast: Step[] = [
  { do: 'post', day: 40, accounts: [3], amounts: [120_00, 1, 1, 1], euros: 12_345, department: true },
  { do: 'revalue', day: 60, rate: 900_000_000, back: true },
  { do: 'import', day: 70, amount: 99_95 },
  { do: 'reverse', which: 0 },
  { do: 'period', which: 1, state: 'soft' },
];

const at = (days: number): string => addDays('2024-04-01', days);
const pick = <T>(list: readonly T[], by: number): T | undefined => list[by % Math.max(1, list.length)];

async function act(company: Company, accounts: readonly number[], department: number, one: Step): Promise<boolean> {
  const rows = async (filters: { field: string; is: 'equals'; value: string }[]) => (await company.value('entry.list', { filters, order: 'day', limit: 1000 })).rows;
  switch (one.do) {
    case 'post': {
      const lines: { account_id: number; amount: number; currency?: string; quantity?: number; department_id?: number }[] = one.accounts.map((account, index) => ({ account_id: pick(accounts, account)!, amount: one.amounts[index]!, ...(one.department ? { department_id: department } : {}) }));
      if (one.euros !== 0) lines.push({ account_id: accounts[0]!, amount: one.euros, currency: 'EUR', quantity: one.euros * 2 });
      const sum = lines.reduce((total, line) => total + line.amount, 0);
      return (await company.ask('entry.add', { day: at(one.day), lines: [...lines, { account_id: accounts[1]!, amount: -sum || 1 }] })).ok;
    }
    case 'draft': {
      const saved = await company.ask('entry.save', { day: at(one.which % 700), lines: [{ account_id: pick(accounts, one.which)!, amount: 500 }, { account_id: accounts[0]!, amount: one.which % 3 === 0 ? -499 : -500 }] });
      return saved.ok && (await company.ask('entry.post', saved.value)).ok;
    }
    case 'discard': {
      const draft = pick(await rows([{ field: 'state', is: 'equals', value: 'draft' }]), one.which);
      return draft !== undefined && (await company.ask('entry.discard', { id: draft.id, version: draft.version })).ok;
    }
    case 'reverse': {
      const entry = pick(await rows([{ field: 'state', is: 'equals', value: 'posted' }]), one.which);
      return entry !== undefined && (await company.ask('entry.reverse', { id: entry.id, version: entry.version, reason: 'a mistake' })).ok;
    }
    case 'period': {
      const period = pick((await company.value('period.list', { limit: 100 })).rows, one.which);
      return period !== undefined && (await company.ask('period.set_state', { id: period.id, version: period.version, state: one.state, reason: 'month end' })).ok;
    }
    case 'close':
    case 'reopen': {
      const years = (await company.value('fiscal_year.list', { order: 'start_day' })).rows;
      const year = one.do === 'close' ? years.find((row) => row.state === 'open') : years.findLast((row) => row.state === 'closed');
      if (!year) return false;
      const input = { id: year.id, version: year.version };
      return one.do === 'close' ? (await company.ask('fiscal_year.close', input)).ok : (await company.ask('fiscal_year.reopen', { ...input, reason: 'a late bill' })).ok;
    }
    case 'import': {
      const source = join(mkdtempSync(join(company.desk, 'in-')), 'a.journal');
      const value = `${Math.floor(Math.abs(one.amount) / 100)}.${String(Math.abs(one.amount) % 100).padStart(2, '0')}`;
      writeFileSync(source, `${at(one.day)} one\n    assets:bank  ${value} GBP\n    income:sales\n\n${at(one.day)} two\n    expenses:food  ${value} GBP\n    assets:bank\n`);
      return (await company.ask('journal.import', { format: 'hledger', source })).ok;
    }
    case 'undo': {
      const imported = pick(company.look((db) => db.prepare('SELECT id FROM ledger_imports WHERE undone_at IS NULL').pluck().all()) as number[], one.which);
      return imported !== undefined && (await company.ask('journal.undo', { id: imported, reason: 'the wrong file' })).ok;
    }
    case 'revalue': {
      await company.value('rate.create', { currency: 'EUR', day: at(one.day), rate_nano: one.rate });
      const euros = (): unknown => company.look((db) => db.prepare("SELECT account_id, sum(quantity) AS quantity FROM entry_lines WHERE currency = 'EUR' GROUP BY account_id ORDER BY account_id").all());
      const before = euros();
      const done = await company.ask('exchange.revalue', { day: at(one.day), ...(one.back ? { reverse_next: true } : {}) });
      expect(euros(), 'euros after revaluing').toEqual(before);
      if (!done.ok || done.value.entry === null) return false;
      const again = await company.value('exchange.revalue', { day: at(one.day) });
      expect(again, 'a second time').toMatchObject({ entry: null, difference: 0 });
      return true;
    }
  }
}

type Rows = ReadonlyMap<string, string>;
const posted = (company: Company): Rows =>
  company.look((db) => {
    const entries = db.prepare(`SELECT id, json_array(number, day, journal, narration, reference, total, period_id, reverses_id, origin, posted_at, posted_by, seal) AS text FROM entries WHERE state <> 'draft'`).all() as { id: number; text: string }[];
    const lines = db.prepare('SELECT id, json_array(account_id, day, amount, currency, quantity, closing, department_id, text) AS text FROM entry_lines').all() as { id: number; text: string }[];
    return new Map([...entries.map((row) => [`entry ${row.id}`, row.text] as const), ...lines.map((row) => [`line ${row.id}`, row.text] as const)]);
  });

/** The balance sheet of a day: both sides, from the statement. */
async function sides(company: Company, to: string): Promise<readonly [number, number]> {
  const { rows } = await company.value('report.balance_sheet', { columns: [{ to }] });
  const of = (key: string): number => rows.find((row) => row.key === key)!.values[0]!;
  return [of('total.asset'), of('total.funds')];
}

/** Cash accounts, and the entries that revalue or take a revaluation back: read anew from the rows. */
const cashAccounts = "SELECT id FROM accounts WHERE cash_flow = 'cash' OR role IN ('bank', 'cash')";
const revaluing = "WITH RECURSIVE r (id) AS (SELECT id FROM entries WHERE origin = 'revaluation' UNION SELECT e.id FROM r JOIN entries e ON e.reverses_id = r.id)";

/** What the cash-flow statement of some days says by either method, against every line: cash before, exchange differences on it, and cash after. */
async function cashFlows(company: Company, from: string, to: string): Promise<void> {
  const slow = (where: string, ...values: readonly string[]): number => company.look((db) => db.prepare(`${revaluing} SELECT ifnull(sum(amount), 0) FROM entry_lines l WHERE account_id IN (${cashAccounts}) AND ${where}`).pluck().get(...values)) as number;
  for (const method of ['direct', 'indirect'] as const) {
    const { rows } = await company.value('report.cash_flow', { columns: [{ from, to }], method });
    const of = (key: string): number => rows.find((row) => row.key === key)?.values[0] ?? 0;
    const flows = of('total.operating') + of('total.investing') + of('total.financing');
    expect(of('begin'), `${method} before`).toBe(slow('day < ?', from));
    expect(of('exchange'), `${method} exchange differences`).toBe(slow('day BETWEEN ? AND ? AND id / 16384 IN r', from, to));
    expect(of('begin') + flows + of('exchange'), `${method} after`).toBe(of('end'));
    expect(of('end'), `${method} end`).toBe(slow('day <= ?', to));
    for (const { source, values } of rows) {
      if (source === null || source.accounts.length === 0) continue;
      for (const by of ['account', 'period'] as const) expect((await company.value('report.explain', { ...source, accounts: [...source.accounts], from, to, by })).amount, `${method}, explained by ${by}`).toBe(values[0]);
    }
  }
}

describe('After any sequence of posting, revaluing, reversing, closing, reopening, importing and taking back', () => {
  test('debits equal credits, the balance sheet balances on any day, cash is what it was, what flowed and exchange differences, kept balances are the sums of their lines, numbers have no gap, and posted rows are as they were', async () => {
    const done = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), fc.array(day, { minLength: 3, maxLength: 3 }), async (steps, days) => {
        const company = await makeCompany();
        try {
          await company.value('books.set_up', { chart: 'uk', year_start: '2024-04-01' });
          await company.value('fiscal_year.create', { name: '2025/26', start_day: '2025-04-01', end_day: '2026-03-31', pattern: 'months' });
          const accounts = company.look((db) => db.prepare(`SELECT id FROM accounts WHERE heading = 0 AND currency = '' ORDER BY role <> 'bank', id % 17, id LIMIT 40`).pluck().all()) as number[];
          const { id: department } = await company.value('department.create', { name: 'Shop' });
          let before = posted(company);
          for (const one of steps) {
            const ok = await act(company, accounts, department, one);
            if (ok) done.set(one.do, (done.get(one.do) ?? 0) + 1);
            const now = posted(company);
            for (const [key, text] of before) if (now.get(key) !== text) throw new Error(`${key} was ${text} and is ${String(now.get(key))} after ${JSON.stringify(one)}`);
            if (!ok && now.size !== before.size) throw new Error(`refused, and yet written: ${JSON.stringify(one)}`);
            before = now;
          }
          const sum = company.look((db) => db.prepare('SELECT ifnull(sum(amount), 0) FROM entry_lines').pluck().get());
          expect(sum).toBe(0);
          expect((await company.value('ledger.verify', {})).problems).toEqual([]);
          for (const some of days) {
            const [assets, funds] = await sides(company, at(some));
            expect(assets).toBe(funds);
            // The slow way round: every line up to the day.
            const slow = company.look((db) => db.prepare(`SELECT ifnull(sum(l.amount), 0) FROM entry_lines l JOIN accounts a ON a.id = l.account_id WHERE a.kind = 'asset' AND l.day <= ?`).pluck().get(at(some)));
            expect(assets).toBe(slow);
          }
          const [from, to] = days.map(at).toSorted() as [string, string, string];
          await cashFlows(company, from, to);
          const kept = (sign: string): unknown => company.look((db) => db.prepare(`SELECT value_id, account_id, currency, period_id, sum(${sign}) AS sum FROM balances WHERE dimension = 'exchange' GROUP BY 1, 2, 3, 4 HAVING sum <> 0 ORDER BY 1, 2, 3, 4`).all());
          const lines = (sign: string): unknown => company.look((db) => db.prepare(`${revaluing} SELECT id_ IN (SELECT o.id / 16384 FROM entry_lines o WHERE o.account_id IN (${cashAccounts})) AS value_id, account_id, currency, period_id, sum(${sign}) AS sum
            FROM (SELECT l.*, e.period_id, e.id AS id_ FROM r JOIN entries e ON e.id = r.id JOIN entry_lines l ON l.id / 16384 = e.id) GROUP BY 1, 2, 3, 4 HAVING sum <> 0 ORDER BY 1, 2, 3, 4`).all());
          expect(kept('debit - credit')).toEqual(lines('amount'));
          expect(company.bugs).toEqual([]);
        } finally {
          await company.close();
        }
      }),
      { numRuns: Number(process.env['BUREAU_RUNS'] ?? 8), endOnFailure: true, examples: [[atLeast, [50, 65, 700]]] },
    );
    // A property that never did anything would hold too.
    for (const name of ['post', 'reverse', 'period', 'import', 'revalue']) expect(done.get(name) ?? 0, name).toBeGreaterThan(0);
  }, 300_000);
});
