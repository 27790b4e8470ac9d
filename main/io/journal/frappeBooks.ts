import { w } from '#contract/kit/words.ts';
import type { Connection } from '../../db/open.ts';
import { dec, plus, quantity } from './exact.ts';
import { columnsIn, withTables } from './foreignTables.ts';
import { dayOf } from './gnucashBook.ts';
import { refusedAt } from './refusal.ts';
import type { NamedAccount, Posting, Quantity, Taker } from './transaction.ts';

/** Company files of Frappe Books: SQLite, its ledger in AccountingLedgerEntry, amounts as decimal text. A line is a row of that table. */

const words = {
  amount: w('“{text}” is not an amount that can be carried exactly', '„{text}“ ist kein Betrag, der genau übernommen werden kann'),
  account: w('the account “{name}” is not in the chart', 'das Konto „{name}“ steht nicht im Kontenplan'),
  circle: w('the account “{name}” is below itself', 'das Konto „{name}“ steht unter sich selbst'),
  unbalanced: w('“{name}” does not balance: debits and credits differ by {rest}', '„{name}“ geht nicht auf: Soll und Haben unterscheiden sich um {rest}'),
};

interface AccountRow {
  readonly row: number;
  readonly name: string;
  readonly rootType: string | null;
  readonly parentAccount: string | null;
  readonly accountType: string | null;
}

interface LedgerRow {
  readonly row: number;
  readonly date: string | null;
  readonly account: string;
  readonly party: string | null;
  readonly debit: string | number | null;
  readonly credit: string | number | null;
  readonly referenceType: string | null;
  readonly referenceName: string | null;
  readonly remark: string | null;
}

const kinds: Readonly<Record<string, NamedAccount['kind']>> = { Asset: 'asset', Liability: 'liability', Equity: 'equity', Income: 'income', Expense: 'expense' };

/**
 * Reads the books of a company file of Frappe Books: its chart, and one transaction a document. What was cancelled there is left out with
 * its reversal, as in its own reports.
 * @throws Refused with file and row of the ledger
 */
export function readFrappeBooks(path: string, taker: Taker): void {
  withTables(path, 'Frappe Books', ['Account', 'AccountingLedgerEntry'], (db) => {
    const accounts = new Map((db.prepare('SELECT rowid AS row, name, rootType, parentAccount, accountType FROM Account ORDER BY rowid').all() as AccountRow[]).map((one) => [one.name, one]));
    const paths = pathsOf(path, accounts);
    for (const one of accounts.values()) {
      const number = /^(\d{2,12})\s*[-–.]\s+\S/.exec(one.name)?.[1];
      const kind = one.accountType === 'Bank' || one.accountType === 'Cash' ? 'cash' : (kinds[one.rootType ?? ''] ?? '');
      taker.account?.({ name: paths.get(one.name)!, kind, line: one.row, ...(number === undefined ? {} : { number }) });
    }
    const currency = currencyOf(db);
    if (currency === '') taker.warning({ file: path, line: 1, message: 'the file names no currency; its amounts are taken for the company’s own' });

    const columns = columnsIn(db, 'AccountingLedgerEntry');
    const party = columns.has('party') ? 'l.party' : columns.has('customer') ? 'ifnull(l.customer, l.supplier)' : "''";
    const remark = columns.has('userRemark') ? 'l.userRemark' : columnsIn(db, 'JournalEntry').has('userRemark') ? "(SELECT j.userRemark FROM JournalEntry j WHERE l.referenceType = 'JournalEntry' AND j.name = l.referenceName)" : "''";
    const select = (reverted: string): string =>
      `SELECT l.rowid AS row, l.date, l.account, ${party} AS party, l.debit, l.credit, l.referenceType, l.referenceName, ${remark} AS remark FROM AccountingLedgerEntry l
       WHERE ${reverted} ORDER BY min(l.date) OVER (PARTITION BY l.referenceType, l.referenceName), l.referenceType, l.referenceName, l.rowid`;
    const cancelled = columns.has('reverted') ? (db.prepare(select('l.reverted = 1')).all() as LedgerRow[]) : [];
    const cancelling = cancelOut(cancelled, (text, row) => amountOf(path, text, row, currency));
    if (cancelled.length > 0) {
      const message = cancelling ? `${cancelled.length} rows of documents that were cancelled, and of their reversals, are left out` : `${cancelled.length} rows of cancelled documents do not cancel each other out; they are carried as they are`;
      taker.warning({ file: path, line: cancelled[0]!.row, message });
    }

    const total = Number(db.prepare('SELECT count(*) FROM AccountingLedgerEntry').pluck().get());
    let held: LedgerRow[] = [];
    let read = 0;
    const hand = (): void => {
      if (held.length > 0) taker.transaction(document(path, held, accounts, paths, currency));
      held = [];
    };
    for (const row of db.prepare(select(columns.has('reverted') && cancelling ? 'ifnull(l.reverted, 0) <> 1' : '1')).iterate() as IterableIterator<LedgerRow>) {
      const [first] = held;
      if (first && (first.referenceType !== row.referenceType || first.referenceName !== row.referenceName)) hand();
      held.push(row);
      read += 1;
      if (read % 1000 === 0) taker.progress?.(read, total);
    }
    hand();
  });
}

function pathsOf(path: string, accounts: ReadonlyMap<string, AccountRow>): Map<string, string> {
  const paths = new Map<string, string>();
  const walk = (name: string, below: Set<string>): string => {
    const known = paths.get(name);
    if (known !== undefined) return known;
    const account = accounts.get(name);
    if (!account) throw refusedAt(path, 1, words.account, { name });
    if (below.has(name)) throw refusedAt(path, account.row, words.circle, { name });
    const above = account.parentAccount === null || account.parentAccount === '' ? '' : `${walk(account.parentAccount, below.add(name))}:`;
    // Names are unique in the file, so one without its colons may not be any more.
    let full = `${above}${name.replace(/\s*:\s*/g, ' - ').trim() || '?'}`;
    for (const taken = new Set(paths.values()); taken.has(full); full = `${full}*`);
    paths.set(name, full);
    return full;
  };
  for (const name of accounts.keys()) walk(name, new Set());
  return paths;
}

function currencyOf(db: Connection): string {
  const columns = columnsIn(db, 'SingleValue');
  if (!columns.has('fieldname') || !columns.has('value')) return '';
  const found: unknown = db.prepare("SELECT value FROM SingleValue WHERE fieldname = 'currency' AND value <> '' ORDER BY parent = 'SystemSettings' DESC LIMIT 1").pluck().get();
  return typeof found === 'string' ? found : '';
}

/** An amount as it is kept: text with many zeros, or a number in old files. */
function amountOf(file: string, value: string | number | null, row: number, commodity: string): Quantity {
  const text = value === null || value === '' ? '0' : String(value);
  const [, sign = '', whole = '', part = ''] = /^([-+]?)(\d+)(?:\.(\d*))?$/.exec(text) ?? [];
  const kept = part.replace(/0+$/, '');
  const units = Number(`${whole}${kept}`);
  if (whole === '' || !Number.isSafeInteger(units)) throw refusedAt(file, row, words.amount, { text });
  return { units: sign === '-' ? 0 - units : units, scale: kept.length, commodity };
}

function moved(row: LedgerRow, read: (text: string | number | null, row: number) => Quantity): Quantity | null {
  const [debit, credit] = [read(row.debit, row.row), read(row.credit, row.row)];
  return quantity(plus(dec(debit.units, debit.scale), dec(0 - credit.units, credit.scale)), debit.commodity);
}

/** Whether rows leave every account of every document as it was. */
function cancelOut(rows: readonly LedgerRow[], read: (text: string | number | null, row: number) => Quantity): boolean {
  const sums = new Map<string, ReturnType<typeof dec>>();
  for (const row of rows) {
    const key = `${row.referenceType}\0${row.referenceName}\0${row.account}`;
    const amount = moved(row, read);
    if (!amount) return false;
    sums.set(key, plus(sums.get(key) ?? dec(0, 0), dec(amount.units, amount.scale)));
  }
  return [...sums.values()].every((sum) => sum.n === 0n);
}

/** What the types of documents are called where they have no remark. */
const titled = (type: string): string => type.replace(/([a-z])([A-Z])/g, '$1 $2');

function document(file: string, rows: readonly LedgerRow[], accounts: ReadonlyMap<string, AccountRow>, paths: ReadonlyMap<string, string>, currency: string): Parameters<Taker['transaction']>[0] {
  const first = rows[0]!;
  let sum = dec(0, 0);
  const postings: Posting[] = rows.map((row) => {
    if (!accounts.has(row.account)) throw refusedAt(file, row.row, words.account, { name: row.account });
    const amount = moved(row, (text, at) => amountOf(file, text, at, currency));
    if (!amount) throw refusedAt(file, row.row, words.amount, { text: `${row.debit ?? ''} ${row.credit ?? ''}` });
    sum = plus(sum, dec(amount.units, amount.scale));
    return { account: paths.get(row.account)!, amount, cost: null, balanced: true, made: false, text: (row.party ?? '') === (first.party ?? '') ? '' : (row.party ?? ''), line: row.row };
  });
  const name = first.referenceName ?? '';
  if (sum.n !== 0n) throw refusedAt(file, first.row, words.unbalanced, { name, rest: `${sum.n}/${10n ** BigInt(sum.s)} ${currency}` });
  const remark = rows.find((row) => (row.remark ?? '') !== '')?.remark ?? titled(first.referenceType ?? '');
  return { day: dayOf(first.date ?? '', file, first.row), status: '', code: name, payee: first.party ?? '', narration: remark, tags: [], text: '', postings, file, line: first.row };
}
