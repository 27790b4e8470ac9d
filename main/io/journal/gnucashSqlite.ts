import { addDays } from '#contract/kit/day.ts';
import { w } from '#contract/kit/words.ts';
import { columnsIn, withTables } from './foreignTables.ts';
import { openBook } from './gnucashBook.ts';
import { refusedAt } from './refusal.ts';
import type { Taker } from './transaction.ts';

/** Books that GnuCash keeps in SQLite. */

const words = { commodity: w('a commodity is named that is not in the book', 'eine Devise wird genannt, die es im Buch nicht gibt') };

interface AccountRow {
  readonly row: number;
  readonly guid: string;
  readonly name: string;
  readonly account_type: string;
  readonly commodity_guid: string | null;
  readonly parent_guid: string | null;
  readonly code: string | null;
}

interface SplitRow {
  readonly row: number;
  readonly guid: string;
  readonly currency_guid: string;
  readonly num: string | null;
  readonly post_date: string | null;
  readonly description: string | null;
  readonly notes: string | null;
  readonly day: string | null;
  readonly split_row: number;
  readonly account_guid: string;
  readonly memo: string | null;
  readonly reconcile_state: string | null;
  readonly value_num: bigint;
  readonly value_denom: bigint;
  readonly quantity_num: bigint;
  readonly quantity_denom: bigint;
}

interface PriceRow {
  readonly row: number;
  readonly commodity_guid: string;
  readonly currency_guid: string;
  readonly date: string;
  readonly value_num: bigint;
  readonly value_denom: bigint;
}

/** Old versions wrote midnight of where they ran as an instant: east of Greenwich that is the evening before. */
function written(text: string): string {
  const [, year, month, day, hour] = /^(\d{4})-?(\d\d)-?(\d\d)[ T]?(\d\d)/.exec(text) ?? [];
  return hour !== undefined && Number(hour) >= 12 ? addDays(`${year}-${month}-${day}`, 1) : text;
}

/** @throws Refused with file and row */
export function readGnucashSqlite(path: string, taker: Taker): void {
  withTables(path, 'GnuCash', ['books', 'accounts', 'transactions', 'splits', 'commodities'], (db) => {
    const book = openBook(path, taker);
    const commodities = new Map(
      (db.prepare('SELECT guid, namespace, mnemonic FROM commodities').all() as { guid: string; namespace: string; mnemonic: string }[]).map((one) => [one.guid, { space: one.namespace, id: one.mnemonic }]),
    );
    const commodity = (guid: string | null, row: number): { space: string; id: string } => {
      const found = guid === null || guid === '' ? { space: '', id: '' } : commodities.get(guid);
      if (!found) throw refusedAt(path, row, words.commodity);
      return found;
    };
    // Scheduled transactions have accounts of their own below another root.
    const templates = new Set(
      db.prepare('WITH RECURSIVE below (guid) AS (SELECT root_template_guid FROM books UNION SELECT a.guid FROM accounts a JOIN below b ON a.parent_guid = b.guid) SELECT guid FROM below').pluck().all(),
    );
    for (const one of db.prepare('SELECT rowid AS row, guid, name, account_type, commodity_guid, parent_guid, code FROM accounts ORDER BY rowid').all() as AccountRow[]) {
      if (templates.has(one.guid)) continue;
      const { space, id } = commodity(one.commodity_guid, one.row);
      book.account({ id: one.guid, name: one.name, type: one.account_type, space, commodity: id, parent: one.parent_guid ?? '', code: one.code ?? '', line: one.row });
    }
    book.accountsDone();

    if (columnsIn(db, 'prices').has('value_num')) {
      const prices = db.prepare('SELECT rowid AS row, commodity_guid, currency_guid, date, value_num, value_denom FROM prices ORDER BY date, rowid').safeIntegers().iterate() as IterableIterator<PriceRow>;
      for (const one of prices) {
        const [what, currency] = [commodity(one.commodity_guid, Number(one.row)), commodity(one.currency_guid, Number(one.row))];
        book.price({ day: one.date, space: what.space, commodity: what.id, currencySpace: currency.space, currency: currency.id, value: `${one.value_num}/${one.value_denom}`, line: Number(one.row) });
      }
    }

    const slots = columnsIn(db, 'slots');
    const slot = (column: string, name: string): string => (slots.has(column) ? `(SELECT ${column} FROM slots WHERE obj_guid = t.guid AND name = '${name}')` : 'NULL');
    const total = Number(db.prepare('SELECT count(*) FROM splits').pluck().get());
    const rows = db
      .prepare(
        `SELECT t.rowid AS row, t.guid, t.currency_guid, t.num, t.post_date, t.description, ${slot('string_val', 'notes')} AS notes, ${slot('gdate_val', 'date-posted')} AS day, s.rowid AS split_row, s.account_guid, s.memo, s.reconcile_state, s.value_num, s.value_denom, s.quantity_num, s.quantity_denom
         FROM transactions t JOIN splits s ON s.tx_guid = t.guid ORDER BY t.post_date, t.rowid, s.rowid`,
      )
      .safeIntegers()
      .iterate() as IterableIterator<SplitRow>;
    let held: SplitRow[] = [];
    const hand = (): void => {
      const [first] = held;
      if (!first || held.some((split) => templates.has(split.account_guid))) return;
      const { space, id } = commodity(first.currency_guid, Number(first.row));
      book.transaction({
        day: first.day ?? written(first.post_date ?? ''),
        number: first.num ?? '',
        description: first.description ?? '',
        notes: first.notes ?? '',
        space,
        currency: id,
        splits: held.map((one) => ({ account: one.account_guid, value: `${one.value_num}/${one.value_denom}`, quantity: `${one.quantity_num}/${one.quantity_denom}`, memo: one.memo ?? '', state: one.reconcile_state ?? '', line: Number(one.split_row) })),
        line: Number(first.row),
      });
    };
    let read = 0;
    for (const row of rows) {
      if (held[0] && held[0].row !== row.row) {
        hand();
        held = [];
      }
      held.push(row);
      read += 1;
      if (read % 1000 === 0) taker.progress?.(read, total);
    }
    hand();
    for (const [table, what] of [['invoices', 'invoices and bills (their posted transactions are)'], ['customers', 'customers'], ['vendors', 'suppliers'], ['schedxactions', 'scheduled transactions'], ['budgets', 'budgets']] as const) {
      if (columnsIn(db, table).size > 0 && Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()) > 0) taker.warning({ file: path, line: 1, message: `${what} are not carried over` });
    }
  });
}
