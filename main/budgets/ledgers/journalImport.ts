import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { AccountMap, JournalFormat, JournalImported } from '#contract/budgets/books.ts';
import { decimalText, exponentOf, plain } from '#contract/kit/money.ts';
import { say, w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx, Job } from '../../db/context.ts';
import { type Connection, sortInPieces } from '../../db/open.ts';
import { first, run, sql } from '../../db/sql.ts';
import { tagsSaid } from '../../io/journal/comments.ts';
import type { Taker, Transaction, Warning } from '../../io/journal/transaction.ts';
import { ensureCurrency } from '../accounts/books.ts';
import { MoreDigits, openIntake, openMoneys } from './intake.ts';
import { baseOf } from '../journal/lines.ts';
import { openTags } from '../accounts/ownTags.ts';
import { digitsOf } from '../accounts/rates.ts';
import { readerOf } from './readers.ts';
import { openValuer } from './valuing.ts';
import { type PostedLine, type ToPost } from '../journal/posted.ts';
import { openWriter } from '../journal/writer.ts';

/** Brings a whole ledger of another program in, in one transaction: read, checked, valued, posted. */

const words = {
  unvalued: w('{count} lines in {currency} have no value in {base}, for no rate is known; their quantities are exact.', '{count} Zeilen in {currency} haben keinen Wert in {base}, weil kein Kurs bekannt ist; ihre Mengen sind genau.'),
  single: w('{count} entries do not balance in {base} as the file has them; the rest stands on “{account}”.', '{count} Buchungen gehen so, wie sie in der Datei stehen, in {base} nicht auf; der Rest steht auf „{account}“.'),
  rounded: w('{count} entries hold amounts with more decimal places than {base} has; they are rounded so that each balances.', '{count} Buchungen enthalten Beträge mit mehr Nachkommastellen, als {base} hat; sie sind so gerundet, dass jede aufgeht.'),
  closed: w('{count} warnings more.', '{count} weitere Hinweise.'),
  imbalance: w('Imbalance of imported books', 'Differenz importierter Bücher'),
  rounding: w('Rounding of imported books', 'Rundung importierter Bücher'),
};

const keptWarnings = 200;
const many = 10_000;

/** SHA-256 of a file, read in pieces. */
function digestOf(path: string): string {
  const sum = createHash('sha256');
  const piece = Buffer.alloc(1 << 20);
  const file = openSync(path, 'r');
  try {
    for (let got = readSync(file, piece); got > 0; got = readSync(file, piece)) sum.update(piece.subarray(0, got));
  } finally {
    closeSync(file);
  }
  return sum.digest('hex');
}

/** A number that tells entries apart: two of the same day, paper, text and lines have the same. */
function fingerprint(entry: { day: string; reference: string; narration: string }, lines: Iterable<readonly [number, number, string, number]>): number {
  let text = `${entry.day}\n${entry.reference}\n${entry.narration}`;
  for (const [account, amount, currency, quantity] of lines) text += `\n${account} ${amount} ${currency} ${quantity}`;
  let [high, low] = [0x811c9dc5, 0x1000193];
  for (let at = 0; at < text.length; at += 1) {
    high = Math.imul(high ^ text.charCodeAt(at), 0x01000193);
    low = Math.imul(low ^ text.charCodeAt(at), 0x85ebca6b) + high;
  }
  return (high >>> 0) * 2 ** 21 + ((low >>> 0) >>> 11);
}

/** How often each entry of earlier imports is there already: so many are passed over, no more. */
function knownEntries(db: Connection): Map<number, number> {
  const known = new Map<number, number>();
  if (!first(db, sql`SELECT 1 FROM ledger_imports WHERE undone_at IS NULL LIMIT 1`)) return known;
  const lines = db.prepare(
    "SELECT e.id, e.day, e.reference, e.narration, l.account_id, l.amount, l.currency, l.quantity FROM entries e CROSS JOIN entry_lines l ON l.id BETWEEN e.id * 16384 AND e.id * 16384 + 16383 WHERE e.origin = 'import' AND e.state = 'posted' ORDER BY e.id, l.id",
  );
  let held: [number, number, string, number][] = [];
  let current = { id: 0, day: '', reference: '', narration: '' };
  const note = (): void => {
    if (current.id === 0) return;
    const print = fingerprint(current, held);
    known.set(print, (known.get(print) ?? 0) + 1);
  };
  for (const [id, day, reference, narration, ...line] of lines.raw().iterate() as IterableIterator<[number, string, string, string, number, number, string, number]>) {
    if (id !== current.id) {
      note();
      [current, held] = [{ id, day, reference, narration }, []];
    }
    held.push(line);
  }
  note();
  return known;
}

/** Indexes that put entries and lines in order: taken away and made anew where more come in than there are. All in the same transaction. */
function orderIndexes(db: Connection): { written(count: number): void; remake(): void } {
  const before = (db.prepare('SELECT ifnull(max(id), 0) AS n FROM entries').get() as { n: number }).n;
  let gone: { readonly name: string; readonly sql: string }[] = [];
  return {
    written: (count) => {
      if (count !== Math.max(many, before)) return;
      gone = db.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('entries', 'entry_lines') AND sql IS NOT NULL AND sql NOT LIKE '%WHERE%'").all() as typeof gone;
      for (const { name } of gone) db.exec(`DROP INDEX "${name}"`);
      sortInPieces(db);
    },
    remake: () => {
      for (const { sql: text } of gone) db.exec(text);
      gone = [];
    },
  };
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

const entryOf = (found: Transaction, lines: readonly PostedLine[]): ToPost => ({
  day: found.day,
  journal: 'general',
  narration: (found.payee === '' ? found.narration : found.narration === '' ? found.payee : `${found.payee} | ${found.narration}`).slice(0, 500),
  reference: found.code.slice(0, 100),
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

interface ToImport {
  readonly format: JournalFormat;
  readonly source: string;
  /** Full names of the file's accounts, and which of the books they are. */
  readonly map?: AccountMap | undefined;
}

/** @throws Refused naming file and line where the ledger is broken; nothing of it stays */
export function importJournal(ctx: Ctx, input: ToImport, job: Job): JournalImported {
  const read = readerOf(input);
  const digits = new Map<string, number>();
  for (;;) {
    ctx.db.exec('SAVEPOINT ledger');
    try {
      const done = attempt(ctx, input, job, read, digits);
      ctx.db.exec('RELEASE ledger');
      return done;
    } catch (error) {
      ctx.db.exec('ROLLBACK TO ledger; RELEASE ledger');
      if (!(error instanceof MoreDigits)) throw error;
      digits.set(error.code, error.digits);
    }
  }
}

function attempt(ctx: Ctx, input: ToImport, job: Job, read: (taker: Taker) => void, given: ReadonlyMap<string, number>): JournalImported {
  const base = baseOf(ctx);
  const baseDigits = exponentOf(base);
  const counted = newCount();
  const writer = openWriter(ctx, { makeYears: true, many: true });
  const intake = openIntake(ctx, writer.cash, input.map);
  const moneys = openMoneys(base, baseDigits, given, (code, digits) => {
    ensureCurrency(ctx, code, Math.max(digits, exponentOf(code) === 2 && !/^[A-Z]{3}$/.test(code) ? 0 : exponentOf(code)));
    return digitsOf(ctx.db, code);
  });
  const [imbalance, rounding] = [words.imbalance[ctx.language], words.rounding[ctx.language]];
  const standing = (name: string) => (): number => {
    intake.declare({ name, kind: 'equity', line: 0 });
    return intake.account(name);
  };
  const tags = openTags(ctx);
  const valuer = openValuer(ctx, { base, baseDigits, moneys, account: (path) => intake.account(path), imbalance: standing(imbalance), rounding: standing(rounding) });
  const known = knownEntries(ctx.db);
  const indexes = orderIndexes(ctx.db);
  const range: { first: number | null; last: number | null } = { first: null, last: null };
  const digest = createHash('sha256');
  let seals = '';
  const warn = (message: string): void => {
    counted.warned += 1;
    if (counted.warnings.length < keptWarnings) counted.warnings.push(message);
  };
  const price = ctx.db.prepare('INSERT INTO rates (created_at, updated_at, day, currency, rate_nano, source) VALUES (?, ?, ?, ?, ?, ?)');

  function take(found: Transaction): void {
    const valued = valuer.value(found);
    const { rounded, unvalued, single } = valued;
    const lines = tagged(found, input.format, valued.lines, tags);
    if (lines.length === 0) {
      counted.skipped += 1;
      return;
    }
    const entry = entryOf(found, lines);
    if (known.size > 0) {
      const print = fingerprint(entry, lines.map((line) => [line.account_id, line.amount, line.currency, line.quantity] as const));
      const left = known.get(print) ?? 0;
      if (left > 0) {
        known.set(print, left - 1);
        counted.skipped += 1;
        return;
      }
    }
    const posted = writer.write(entry);
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
    indexes.written(counted.imported);
    if (counted.imported % 500 === 0) job.check();
  }

  read({
    transaction: take,
    account: (found) => intake.declare(found),
    price: (found) => {
      const code = moneys.code(found.commodity);
      if (code === '' || moneys.code(found.price.commodity) !== '' || found.price.units <= 0) return;
      const nano = Math.round((found.price.units / 10 ** found.price.scale) * 1e9);
      if (Number.isSafeInteger(nano) && nano > 0 && !first(ctx.db, sql`SELECT 1 FROM rates WHERE currency = ${code} AND day = ${found.day} AND rate_nano = ${nano}`)) price.run(ctx.now, ctx.now, found.day, code, nano, basename(input.source).slice(0, 200));
    },
    warning: (found: Warning) => warn(`${basename(found.file)}:${found.line}: ${found.message}`),
    progress: (bytes, total) => job.progress(bytes, total),
  });
  intake.finish();
  writer.finish();
  indexes.remake();
  job.check();
  return told(ctx, input, counted, { base, baseDigits, moneys, imbalance, accounts: intake.made(), range, digest: digest.update(seals).digest('hex') });
}

interface Facts {
  readonly base: string;
  readonly baseDigits: number;
  readonly moneys: { readonly digits: (code: string) => number };
  readonly imbalance: string;
  readonly accounts: number;
  readonly range: { readonly first: number | null; readonly last: number | null };
  readonly digest: string;
}

/** Writes the import down, and says what came of it. */
function told(ctx: Ctx, input: { format: JournalFormat; source: string }, counted: Counted, facts: Facts): JournalImported {
  const { base } = facts;
  const { language } = ctx;
  if (counted.single > 0) counted.warnings.push(say(words.single, language, { count: counted.single, base, account: facts.imbalance }));
  if (counted.rounded > 0) counted.warnings.push(say(words.rounded, language, { count: counted.rounded, base }));
  for (const [currency, count] of counted.unvalued) counted.warnings.push(say(words.unvalued, language, { count, currency, base }));
  if (counted.warned > keptWarnings) counted.warnings.push(say(words.closed, language, { count: counted.warned - keptWarnings }));
  const name = basename(input.source).slice(0, 200);
  const { id } = run(
    ctx.db,
    sql`INSERT INTO ledger_imports (format, file_name, digest, at, user_id, first_id, last_id) VALUES (${input.format}, ${name}, ${digestOf(input.source)}, ${ctx.now}, ${ctx.user?.id ?? null}, ${facts.range.first}, ${facts.range.last})`,
  );
  append(ctx, {
    action: 'imported',
    entity: 'entry',
    id: facts.range.first,
    ...(facts.range.last === null ? {} : { lastId: facts.range.last }),
    title: name,
    changes: { ledger_import: id, format: input.format, count: counted.imported, lines: counted.lines, skipped: counted.skipped, seals: facts.digest },
  });
  for (const kind of ['account', 'commodity', 'rate', 'own_tag', 'fiscal_year', 'period']) ctx.touched.add(kind);
  const text = (code: string, amount: number): string => (code === '' ? plain(amount, base) : decimalText(amount, facts.moneys.digits(code)));
  return {
    imported: counted.imported,
    lines: counted.lines,
    skipped: counted.skipped,
    refused: 0,
    accounts: facts.accounts,
    warnings: counted.warnings,
    sums: Object.fromEntries([...counted.sums].map(([code, amount]) => [code || base, text(code, amount)])),
  };
}

