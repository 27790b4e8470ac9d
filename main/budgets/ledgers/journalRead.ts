import { createHash, hash } from 'node:crypto';
import { basename } from 'node:path';
import type { AccountMap, JournalFormat } from '#contract/budgets/books.ts';
import { decimalText, exponentOf, plain } from '#contract/kit/money.ts';
import { say, w, type Words } from '#contract/kit/words.ts';
import type { Ctx, Job } from '../../db/context.ts';
import type { Connection } from '../../db/open.ts';
import { first, sql } from '../../db/sql.ts';
import { tagsSaid } from '../../io/journal/comments.ts';
import { placed } from '../../io/journal/refusal.ts';
import type { Transaction, Warning } from '../../io/journal/transaction.ts';
import { openTags } from '../accounts/ownTags.ts';
import { hasLines } from '../accounts/currency.ts';
import { digitsOf } from '../accounts/rates.ts';
import type { MovedSums } from '../accounts/tally.ts';
import { baseOf } from '../journal/lines.ts';
import { type PostedLine, told, type ToPost } from '../journal/posted.ts';
import { type NextNumber, openWriter, type Posted } from '../journal/writer.ts';
import { type FileStates, openFilesRead } from './filesRead.ts';
import { openIntake } from './intake.ts';
import { type Load, packer } from './loads.ts';
import { type Currencies, MoreDigits, openMoneys } from './moneys.ts';
import { readerOf } from './readers.ts';
import type { Act } from './steps.ts';
import { openValuer } from './valuing.ts';

/** Reads a whole ledger of another program: its entries checked, valued, numbered and sealed, and what the books need for them. Others write it. */

const words = {
  unvalued: w('{count} lines in {currency} have no value in {base}, for no rate is known; their quantities are exact.', '{count} Zeilen in {currency} haben keinen Wert in {base}, weil kein Kurs bekannt ist; ihre Mengen sind genau.'),
  single: w('{count} entries do not balance in {base} as the file has them; the rest stands on “{account}”.', '{count} Buchungen gehen so, wie sie in der Datei stehen, in {base} nicht auf; der Rest steht auf „{account}“.'),
  rounded: w('{count} entries hold amounts with more decimal places than {base} has; they are rounded so that each balances.', '{count} Buchungen enthalten Beträge mit mehr Nachkommastellen, als {base} hat; sie sind so gerundet, dass jede aufgeht.'),
  closed: w('{count} warnings more.', '{count} weitere Hinweise.'),
  imbalance: w('Imbalance of imported books', 'Differenz importierter Bücher'),
  rounding: w('Rounding of imported books', 'Rundung importierter Bücher'),
};

const keptWarnings = 200;

type Printed = Pick<PostedLine, 'account_id' | 'amount' | 'currency' | 'quantity'>;

/**
 * SHA-256 that tells entries apart: two of the same day, paper, text and lines have the same. What rates made of an entry is left out, for it
 * depends on which were known that day: what lines in other currencies are worth, and what stands on `rests`, the accounts for what does not balance.
 */
function printOf(entry: { day: string; reference: string; narration: string }, lines: readonly Printed[], rests: ReadonlySet<number>): string {
  let text = `${entry.day}${told(entry.reference)}${told(entry.narration)}`;
  for (const { account_id, amount, currency, quantity } of lines) {
    if (currency !== '') text += `|${account_id} ${quantity} ${told(currency)}`;
    else if (!rests.has(account_id)) text += `|${account_id} ${amount}`;
  }
  return hash('sha256', text, 'base64url');
}

/**
 * How often each entry of earlier imports is there already: so many are passed over, no more. One that was reversed stays away as well, unless
 * all of its import was taken back.
 */
function knownEntries(db: Connection, rests: ReadonlySet<number>, job: Job): Map<string, number> {
  const known = new Map<string, number>();
  if (!first(db, sql`SELECT 1 FROM ledger_imports WHERE undone_at IS NULL LIMIT 1`)) return known;
  const lines = db.prepare(
    `SELECT e.id, e.day, e.reference, e.narration, l.account_id, l.amount, l.currency, l.quantity FROM entries e CROSS JOIN entry_lines l ON l.id BETWEEN e.id * 16384 AND e.id * 16384 + 16383
     WHERE e.origin = 'import' AND (e.state = 'posted' OR NOT EXISTS (SELECT 1 FROM ledger_imports i WHERE i.undone_at IS NOT NULL AND e.id BETWEEN i.first_id AND i.last_id)) ORDER BY e.id, l.id`,
  );
  let held: Printed[] = [];
  let rows = 0;
  let current = { id: 0, day: '', reference: '', narration: '' };
  const note = (): void => {
    if (current.id === 0) return;
    const print = printOf(current, held, rests);
    known.set(print, (known.get(print) ?? 0) + 1);
  };
  for (const [id, day, reference, narration, account_id, amount, currency, quantity] of lines.raw().iterate() as IterableIterator<[number, string, string, string, number, number, string, number]>) {
    if (id !== current.id) {
      note();
      [current, held] = [{ id, day, reference, narration }, []];
    }
    held.push({ account_id, amount, currency, quantity });
    if ((rows += 1) % 5000 === 0) job.check();
  }
  note();
  return known;
}

interface Counted {
  imported: number;
  lines: number;
  skipped: number;
  warned: number;
  rounded: number;
  single: number;
  readonly warnings: string[];
  readonly unvalued: Map<string, number>;
  readonly sums: Map<string, number>;
}

const newCount = (): Counted => ({ imported: 0, lines: 0, skipped: 0, warned: 0, rounded: 0, single: 0, warnings: [], unvalued: new Map(), sums: new Map() });

/** As much of a text as there is room for, as it will be read again: half a character is none. */
const cut = (text: string, most: number): string => (text.length <= most ? text : text.slice(0, most).toWellFormed());

const entryOf = (found: Transaction, lines: readonly PostedLine[]): ToPost => ({
  day: found.day,
  journal: 'general',
  narration: cut(found.payee === '' ? found.narration : found.narration === '' ? found.payee : `${found.payee} | ${found.narration}`, 500),
  reference: cut(found.code, 100),
  lines,
  origin: 'import',
});

/** Keys that say something to the program that wrote them, and nothing of the lines. */
const technical = new Set(['date', 'date2', 'type', 'link']);

/** Programs whose postings have tags of their own, in their comments. */
const dialects: Readonly<Partial<Record<JournalFormat, 'hledger' | 'ledger'>>> = { hledger: 'hledger', ledger: 'ledger' };

/**
 * Lines with the tags of their transaction and of their own posting, as hledger counts them: all of hledger's and ledger's that are not technical,
 * of Beancount those that it calls so and not its metadata. Lines come in the order of the postings, those that make an entry balance after them.
 */
function tagged(found: Transaction, format: JournalFormat, lines: readonly PostedLine[], idsOf: ReturnType<typeof openTags>): readonly PostedLine[] {
  const dialect = dialects[format];
  const own = dialect === undefined ? undefined : found.postings.some((posting) => posting.text.includes(':')) ? found.postings.map((posting) => (posting.text.includes(':') ? tagsSaid(posting.text, dialect) : [])) : undefined;
  if (found.tags.length === 0 && own === undefined) return lines;
  const wanted = (list: Transaction['tags']): Transaction['tags'] => list.filter(([key, value]) => (format === 'beancount' ? value === '' : !technical.has(key.toLowerCase()) && !key.startsWith('_')));
  const shared = wanted(found.tags);
  return lines.map((line, at) => {
    const ids = idsOf([...shared, ...wanted(own?.[at] ?? [])]);
    return ids === undefined ? line : { ...line, tags: ids };
  });
}

export interface ToImport {
  readonly format: JournalFormat;
  readonly source: string;
  /** Full names of the file's accounts, and which of the books they are. */
  readonly map?: AccountMap | undefined;
}

/** Where the entries of a file come from and go to. */
export interface Reading {
  /** Decimal places that commodities need more than they were begun with. */
  readonly given: ReadonlyMap<string, number>;
  /** The books with their entries; `ctx.db` may be a copy without them. */
  readonly books: Connection;
  readonly act: Act;
  readonly onLoad: (load: Load) => void;
  readonly job: Job;
}

/** What is left to write when the last entry has been handed on, and what to tell. */
export interface Read {
  readonly imported: number;
  readonly lines: number;
  readonly skipped: number;
  /** How many accounts are new. */
  readonly accounts: number;
  readonly warnings: readonly string[];
  /** Debits by currency, as text. */
  readonly sums: Readonly<Record<string, string>>;
  readonly first: number | null;
  readonly last: number | null;
  /** SHA-256 of all seals, one behind the other. */
  readonly seals: string;
  /** The file and those that it includes. */
  readonly files: FileStates;
  readonly moved: readonly MovedSums[];
  readonly series: readonly NextNumber[];
}

/** Currencies of the books, made as they are met, with more decimal places where no line is kept in them yet. */
function currenciesOf({ db }: Ctx, { act, books }: Reading): Currencies {
  return {
    begin: (code, name, digits) => {
      const fixed = hasLines(books, code);
      const least = exponentOf(code) === 2 && !/^[A-Z]{3}$/.test(code) ? 0 : exponentOf(code);
      act({ do: 'currency', code, name, digits: fixed ? digitsOf(db, code) : Math.max(digits, least) });
      return { digits: digitsOf(db, code), fixed };
    },
    name: (code) => first<{ name: string }>(db, sql`SELECT name FROM commodities WHERE code = ${code} AND code <> ''`)?.name,
  };
}

/** @throws Refused naming file and line where the ledger is broken; MoreDigits where it has to be read again */
export function readJournal(ctx: Ctx, input: ToImport, reading: Reading): Read {
  const { act, job } = reading;
  const base = baseOf(ctx);
  const baseDigits = exponentOf(base);
  const counted = newCount();
  const last = first<{ seq: number }>(ctx.db, sql`SELECT seq FROM sqlite_sequence WHERE name = 'entries'`)?.seq ?? 0;
  const left: { moved: readonly MovedSums[]; series: readonly NextNumber[] } = { moved: [], series: [] };
  const store = { rows: packer(last, reading.onLoad), balances: (moved: readonly MovedSums[]) => (left.moved = moved), series: (next: readonly NextNumber[]) => (left.series = next) };
  const writer = openWriter(ctx, { makeYear: (day) => act({ do: 'year', day }), store });
  const intake = openIntake(ctx.db, act, writer.cash, input.map);
  const moneys = openMoneys(base, baseDigits, reading.given, currenciesOf(ctx, reading));
  /** Accounts for what does not balance, whatever the language of who imported first. */
  const rests = new Set<number>();
  const standing = (called: Words): { readonly name: string; readonly id: () => number } => {
    const name = [called.en, called.de].find((one) => intake.known(one) !== undefined) ?? called[ctx.language];
    const id = (): number => {
      intake.declare({ name, kind: 'equity', line: 0 });
      const made = intake.account(name);
      rests.add(made);
      return made;
    };
    for (const one of [called.en, called.de]) rests.add(intake.known(one) ?? 0);
    return { name, id };
  };
  const [imbalance, rounding] = [standing(words.imbalance), standing(words.rounding)];
  const tags = openTags(ctx.db, (name, parent_id) => act({ do: 'tag', name, parent_id }));
  const valuer = openValuer(ctx, { base, baseDigits, moneys, account: (path) => intake.account(path), keptIn: intake.keptIn, imbalance: imbalance.id, rounding: rounding.id });
  const known = knownEntries(reading.books, rests, job);
  const range: { first: number | null; last: number | null } = { first: null, last: null };
  const digest = createHash('sha256');
  const files = openFilesRead();
  let seals = '';
  const warn = (message: string): void => {
    counted.warned += 1;
    if (counted.warnings.length < keptWarnings) counted.warnings.push(message);
  };

  /** Nothing is written any more, for it will be read again: what else is missing? */
  function look(found: Transaction): void {
    for (const { amount, line } of found.postings) {
      try {
        if (moneys.code(amount.commodity) !== '') moneys.minor(amount);
      } catch (error) {
        throw placed(error, found.file, line || found.line);
      }
    }
  }

  function take(found: Transaction): void {
    if (moneys.missing.size > 0) return look(found);
    const valued = valuer.value(found);
    if (moneys.missing.size > 0) return;
    const { rounded, unvalued, single } = valued;
    const lines = tagged(found, input.format, valued.lines, tags);
    if (lines.length === 0) {
      counted.skipped += 1;
      return;
    }
    const entry = entryOf(found, lines);
    if (known.size > 0) {
      const print = printOf(entry, lines, rests);
      const left = known.get(print) ?? 0;
      if (left > 0) {
        known.set(print, left - 1);
        counted.skipped += 1;
        return;
      }
    }
    let posted: Posted;
    try {
      posted = writer.write(entry);
    } catch (error) {
      throw placed(error, found.file, found.line);
    }
    seals += posted.seal;
    if (seals.length > 40_000) {
      digest.update(seals);
      seals = '';
    }
    range.first ??= posted.id;
    range.last = posted.id;
    counted.imported += 1;
    counted.lines += lines.length;
    if (rounded) counted.rounded += 1;
    if (single) counted.single += 1;
    for (const code of unvalued) counted.unvalued.set(code, (counted.unvalued.get(code) ?? 0) + 1);
    for (const line of lines) {
      const amount = line.currency === '' ? line.amount : line.quantity;
      if (amount > 0) counted.sums.set(line.currency, (counted.sums.get(line.currency) ?? 0) + amount);
    }
  }

  const read = readerOf(input);
  files.add(input.source);
  read({
    transaction: take,
    file: (path) => files.add(path),
    account: (found) => intake.declare(found),
    price: (found) => {
      const code = moneys.code(found.commodity);
      if (code === '' || moneys.code(found.price.commodity) !== '' || found.price.units <= 0) return;
      const nano = Math.round((found.price.units / 10 ** found.price.scale) * 1e9);
      if (Number.isSafeInteger(nano) && nano > 0 && !first(ctx.db, sql`SELECT 1 FROM rates WHERE currency = ${code} AND day = ${found.day} AND rate_nano = ${nano}`)) act({ do: 'rate', day: found.day, currency: code, rate_nano: nano, source: basename(input.source).slice(0, 200) });
    },
    warning: (found: Warning) => warn(`${basename(found.file)}:${found.line}: ${found.message}`),
    progress: (bytes, total) => {
      job.progress(bytes, total);
      job.check();
    },
  });
  if (moneys.missing.size > 0) throw new MoreDigits(moneys.missing);
  intake.finish();
  writer.finish();
  tell(ctx, counted, base, imbalance.name);
  const text = (code: string, amount: number): string => (code === '' ? plain(amount, base) : decimalText(amount, moneys.digits(code)));
  return {
    imported: counted.imported,
    lines: counted.lines,
    skipped: counted.skipped,
    accounts: intake.made(),
    warnings: counted.warnings,
    sums: Object.fromEntries([...counted.sums].map(([code, amount]) => [code || base, text(code, amount)])),
    ...range,
    seals: digest.update(seals).digest('hex'),
    files: files.states,
    ...left,
  };
}

/** Says what was not carried over as it stands. */
function tell({ language }: Ctx, counted: Counted, base: string, imbalance: string): void {
  if (counted.single > 0) counted.warnings.push(say(words.single, language, { count: counted.single, base, account: imbalance }));
  if (counted.rounded > 0) counted.warnings.push(say(words.rounded, language, { count: counted.rounded, base }));
  for (const [currency, count] of counted.unvalued) counted.warnings.push(say(words.unvalued, language, { count, currency, base }));
  if (counted.warned > keptWarnings) counted.warnings.push(say(words.closed, language, { count: counted.warned - keptWarnings }));
}
