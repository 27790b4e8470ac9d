import { readFileSync } from 'node:fs';
import { journalFormats, journalTargets } from '#contract/budgets/books.ts';
import type { DesignedStatement } from '#contract/budgets/design.ts';
import type { Register, Statement, TrialRow } from '#contract/budgets/report.ts';
import { today } from '#contract/kit/day.ts';
import { decimalText, plain } from '#contract/kit/money.ts';
import { csvRow, readCsvText } from './io/csv.ts';

/** What the terminal says about the books: amounts as decimal texts, so that no program rounds them on the way. */

export const isLedgerFormat = (text: string | undefined): text is (typeof journalFormats)[number] => (journalFormats as readonly (string | undefined)[]).includes(text);
export const isLedgerTarget = (text: string | undefined): text is (typeof journalTargets)[number] => (journalTargets as readonly (string | undefined)[]).includes(text);

export const reports = ['trial-balance', 'balance-sheet', 'profit-and-loss', 'cash-flow', 'register', 'design'] as const;

type Ask = (name: string, input: unknown) => Promise<unknown>;

export interface Wanted {
  readonly at?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly account?: string | undefined;
  readonly method?: string | undefined;
  /** Name of an own statement. */
  readonly design?: string | undefined;
}

/** Rows of a report, every one with the same keys, ready for JSON or CSV; null when there is no such report. */
export async function report(ask: Ask, name: string, wanted: Wanted): Promise<readonly Readonly<Record<string, string>>[] | null> {
  const { currency: base } = (await ask('company.get', {})) as { currency: string };
  const digits = new Map(((await ask('commodity.list', { archived: 'both', limit: 1000 })) as { rows: readonly { code: string; digits: number }[] }).rows.map((row) => [row.code, row.digits]));
  const { last_day } = (await ask('books.get', {})) as { last_day: string };
  const to = wanted.at ?? wanted.to ?? (last_day > today() ? last_day : today());
  const money = (minor: number): string => plain(minor, base);
  const amount = (units: number, code: string): string => (code === base || !digits.has(code) ? plain(units, code) : decimalText(units, digits.get(code)!));
  switch (name) {
    case 'trial-balance': {
      const rows = (await ask('report.trial_balance', { to, ...(wanted.from === undefined ? {} : { from: wanted.from }) })) as readonly TrialRow[];
      return rows.map((row) => ({
        number: row.number,
        account: row.account,
        kind: row.kind,
        currency: row.currency,
        opening: money(row.opening),
        debit: money(row.debit),
        credit: money(row.credit),
        balance: amount(row.quantity, row.currency),
        [`balance_${base}`]: money(row.closing),
      }));
    }
    case 'balance-sheet':
    case 'profit-and-loss':
    case 'cash-flow': {
      const call = { 'balance-sheet': 'report.balance_sheet', 'profit-and-loss': 'report.profit_and_loss', 'cash-flow': 'report.cash_flow' }[name];
      const found = (await ask(call, { columns: [{ to, ...(wanted.from === undefined ? {} : { from: wanted.from }) }], ...(name === 'cash-flow' && wanted.method !== undefined ? { method: wanted.method } : {}) })) as Statement;
      return found.rows.map((row) => ({ key: row.key, style: row.style, depth: String(row.depth), number: row.number, label: row.label, amount: row.values.length === 0 ? '' : money(row.values[0]!) }));
    }
    case 'design': {
      const found = (await ask('report.design', { columns: [{ to, ...(wanted.from === undefined ? {} : { from: wanted.from }) }], design: { name: wanted.design ?? '' } })) as DesignedStatement;
      const figure = (value: number | null | undefined, format: 'percent' | 'ratio' | undefined): string => (typeof value !== 'number' ? '' : format === undefined ? money(value) : decimalText(value, format === 'percent' ? 1 : 2));
      return found.rows.map((row) => ({ key: row.key, style: row.style, depth: String(row.depth), number: row.number, label: row.label, format: row.format ?? 'amount', figure: figure(row.values[0], row.format), tag: row.tag ?? '' }));
    }
    case 'register': {
      const id = await accountNamed(ask, wanted.account ?? '', to);
      const rows: Readonly<Record<string, string>>[] = [];
      for (let after: readonly [string, number] | null | undefined; after !== null; ) {
        const page = (await ask('report.register', { account_id: id, to, limit: 1000, ...(wanted.from === undefined ? {} : { from: wanted.from }), ...(after ? { after } : {}) })) as Register;
        for (const row of page.rows) rows.push({ number: row.number, date: row.day, reference: row.reference, description: row.narration, text: row.text, currency: row.currency, amount: amount(row.quantity, row.currency), [`amount_${base}`]: money(row.amount), [`balance_${base}`]: money(row.balance) });
        after = page.next;
      }
      return rows;
    }
    default:
      return null;
  }
}

/** No account of that number or name. */
export class NoAccount extends Error {}

async function accountNamed(ask: Ask, text: string, to: string): Promise<number> {
  const rows = (await ask('report.trial_balance', { to, zero: true })) as readonly TrialRow[];
  const found = rows.find((row) => row.number !== '' && row.number === text) ?? rows.find((row) => row.account === text) ?? rows.find((row) => row.account.toLowerCase() === text.toLowerCase()) ?? rows.find((row) => row.account.toLowerCase().split(':').at(-1) === text.toLowerCase());
  if (!found) throw new NoAccount(text === '' ? 'name the account with --account' : `there is no account ${text} with lines`);
  return found.account_id;
}

/** The file of a map is not there or has other than two columns. */
export class NoMap extends Error {}

/** Accounts of a file and which of the books they are, out of a CSV of two columns; a first line that says “account” is a heading. */
export function accountMap(path: string): Readonly<Record<string, string>> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch {
    throw new NoMap(`the map ${path} cannot be read`);
  }
  const map: Record<string, string> = {};
  const delimiter = text.split('\n', 1)[0]!.includes(';') ? ';' : ',';
  readCsvText(text, { delimiter }, (row, cells) => {
    const [there = '', here = '', ...more] = cells.map((cell) => cell.trim());
    if (there === '' && here === '') return;
    if (there === '' || here === '' || more.some((cell) => cell !== '')) throw new NoMap(`line ${row} of the map needs two columns: the account there, and its number or name here`);
    if (row === 1 && /^(account|konto)$/i.test(there)) return;
    map[there] = here;
  });
  return map;
}

/** Rows as CSV with a header. */
export function asCsv(rows: readonly Readonly<Record<string, string>>[]): string {
  const keys = Object.keys(rows[0] ?? {});
  return [keys, ...rows.map((row) => keys.map((key) => ({ plain: row[key] ?? '' })))].map((line) => csvRow(line)).join('');
}
