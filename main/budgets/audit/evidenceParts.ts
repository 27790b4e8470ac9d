import { rmSync } from 'node:fs';
import { auditTests } from '#contract/budgets/auditTest.ts';
import { digitTests } from '#contract/budgets/engagement.ts';
import type { Statement } from '#contract/budgets/report.ts';
import { exponentOf, plain } from '#contract/kit/money.ts';
import type { Ctx } from '../../db/context.ts';
import { filePath } from '../../db/files.ts';
import { all, each, first, raw, sql } from '../../db/sql.ts';
import { type Cell, csvRow } from '../../io/csv.ts';
import { type SheetColumn, writeXlsx } from '../../io/xlsxWrite.ts';
import { piecesOf } from '../../io/zipWrite.ts';
import { digits } from './auditDigits.ts';
import { type Audit, tests } from './engagement.ts';
import { journalText } from '../ledgers/journalExport.ts';
import { chartOf } from '../accounts/balances.ts';
import { baseOf } from '../journal/lines.ts';
import { balanceSheet, cashFlow, profitAndLoss } from '../statements/statements.ts';
import { trialStatement } from '../statements/trial.ts';

/** The files of a pack of evidence, each made while it is written. CSV is UTF-8 with headers in English, amounts are decimal numbers with a point. */

export interface Part {
  readonly name: string;
  readonly stored?: boolean;
  readonly pieces: () => Iterable<string | Uint8Array>;
}

const csv = (name: string, rows: () => Iterable<readonly Cell[]>): Part => ({
  name,
  pieces: function* () {
    yield '\ufeff';
    for (const row of rows()) yield csvRow(row);
  },
});

/** The books of the days of an audit. `temp` is a place for workbooks while they are made. */
export function bookFiles(ctx: Ctx, audit: Audit, temp: string): readonly Part[] {
  const { from, until: to } = audit;
  const one = { columns: [{ from, to }] };
  const statements: readonly (readonly [string, () => Statement])[] = [
    ['trial-balance', () => trialStatement(ctx, one)],
    ['balance-sheet', () => balanceSheet(ctx, one)],
    ['profit-and-loss', () => profitAndLoss(ctx, one)],
    ['cash-flow', () => cashFlow(ctx, one)],
  ];
  return [
    { name: 'books/entries.csv', pieces: () => journalText(ctx, 'csv', { from, to }) },
    csv('books/general-ledger.csv', () => generalLedger(ctx, audit)),
    csv('books/chart-of-accounts.csv', () => [['number', 'account', 'kind'], ...chartOf(ctx.db).map((account) => [{ plain: account.number }, account.path, account.kind])]),
    ...statements.flatMap(([name, make]) => statementFiles(`books/${name}`, make, `${temp}.xlsx`)),
  ];
}

function statementFiles(name: string, make: () => Statement, temp: string): readonly Part[] {
  const cellsOf = ({ rows, currency }: Statement): Cell[][] => rows.map((row) => [row.number === '' ? null : { plain: row.number }, `${'  '.repeat(row.depth)}${row.label}`, ...row.values.map((value) => (row.style === 'heading' && row.source === null ? null : { plain: plain(value, currency) }))]);
  const titles = ({ columns, currency }: Statement): string[] => ['number', 'account', ...columns.map((column) => `${column.label} (${currency})`)];
  return [
    csv(`${name}.csv`, function* () {
      const statement = make();
      yield titles(statement);
      yield* cellsOf(statement);
      for (const note of statement.notes) yield ['', note];
    }),
    {
      name: `${name}.xlsx`,
      stored: true,
      pieces: function* () {
        const statement = make();
        const columns = titles(statement).map((title, at): SheetColumn => (at < 2 ? { title, kind: 'text', width: at === 0 ? 10 : 44 } : { title, kind: 'number', digits: exponentOf(statement.currency), width: 18 }));
        try {
          writeXlsx(temp, columns, cellsOf(statement), { sheet: statement.title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31) });
          yield* piecesOf(temp);
        } finally {
          rmSync(temp, { force: true });
        }
      },
    },
  ];
}

/** Every account with what it held before, its lines and the balance after each. */
function* generalLedger(ctx: Ctx, { from, until }: Audit): Generator<readonly Cell[]> {
  const base = baseOf(ctx);
  const money = (minor: number): Cell => ({ plain: plain(minor, base) });
  yield ['number', 'account', 'date', 'entry', 'narration', 'text', 'reference', 'debit', 'credit', 'balance', 'currency'];
  for (const account of chartOf(ctx.db)) {
    let balance = first<{ sum: number }>(ctx.db, sql`SELECT ifnull(sum(amount), 0) AS sum FROM entry_lines WHERE account_id = ${account.id} AND day < ${from}`)!.sum;
    let begun = false;
    const lines = each<{ day: string; number: string; narration: string; text: string; reference: string; amount: number }>(
      ctx.db,
      sql`SELECT l.day, e.number, e.narration, l.text, e.reference, l.amount FROM entry_lines l JOIN entries e ON e.id = l.id >> 14 WHERE l.account_id = ${account.id} AND l.day BETWEEN ${from} AND ${until} ORDER BY l.day, l.id`,
    );
    for (const line of lines) {
      if (!begun && balance !== 0) yield [{ plain: account.number }, account.path, from, '', '', '', '', null, null, money(balance), base];
      begun = true;
      balance += line.amount;
      yield [{ plain: account.number }, account.path, line.day, line.number, line.narration, line.text, line.reference, line.amount > 0 ? money(line.amount) : null, line.amount < 0 ? money(-line.amount) : null, money(balance), base];
    }
    if (!begun && balance !== 0) yield [{ plain: account.number }, account.path, from, '', '', '', '', null, null, money(balance), base];
  }
}

const logColumns = ['seq', 'at', 'user_id', 'by_name', 'request', 'call', 'action', 'entity', 'record_id', 'last_id', 'title', 'changes', 'hash'] as const;

/** The audit log, one JSON array a row in the order that its hash is taken of, so that anybody can reckon the chain again. */
export function logFile(ctx: Ctx): Part {
  return {
    name: 'log/audit-log.jsonl',
    pieces: function* () {
      yield `${JSON.stringify(logColumns)}\n`;
      for (const row of each<Readonly<Record<(typeof logColumns)[number], unknown>>>(ctx.db, sql`SELECT ${raw(logColumns.join(', '))} FROM audit ORDER BY seq`)) yield `${JSON.stringify(logColumns.map((name) => row[name]))}\n`;
    },
  };
}

const when = (ms: number | null): string => (ms === null ? '' : new Date(ms).toISOString());

interface ItemRow {
  readonly test: string;
  readonly sample: string | null;
  readonly number: string;
  readonly line: number | null;
  readonly day: string;
  readonly account: string | null;
  readonly amount: number;
  readonly why: string;
  readonly state: string;
  readonly note: string;
  readonly difference: number | null;
  readonly reviewed_by: string;
  readonly reviewed_at: number | null;
}

/** What the auditor did: tests with their parameters, items with reviews, digits, samples and requests. */
export function workFiles(ctx: Ctx, audit: Audit): readonly Part[] {
  const base = baseOf(ctx);
  const money = (minor: number | null): Cell => (minor === null ? null : { plain: plain(minor, base) });
  const itemRows = function* (sampled: boolean): Generator<readonly Cell[]> {
    yield ['procedure', 'sample', 'entry', 'line', 'date', 'account', 'amount', 'because', 'state', 'note', 'misstated_by', 'reviewed_by', 'reviewed_at'];
    const rows = each<ItemRow>(
      ctx.db,
      sql`SELECT i.test, s.name AS sample, i.number, i.line, i.day, CASE a.number WHEN '' THEN a.name ELSE a.number || ' ' || a.name END AS account, i.amount, i.why, i.state, i.note, i.difference, i.reviewed_by, i.reviewed_at
          FROM audit_items i LEFT JOIN audit_samples s ON s.id = i.sample_id LEFT JOIN accounts a ON a.id = i.account_id WHERE i.engagement_id = ${audit.id} AND (i.test = 'sample') = ${sampled ? 1 : 0} ORDER BY i.test, i.sample_id, i.id`,
    );
    for (const row of rows) yield [row.test, row.sample ?? '', row.number, row.line, row.day, row.account ?? '', money(row.amount), row.why, row.state, row.note, money(row.difference), row.reviewed_by, when(row.reviewed_at)];
  };
  return [
    csv('tests/tests.csv', function* () {
      yield ['test', 'name', 'parameters', 'run_at', 'run_by', 'read_up_to_entry', 'read_up_to_log_row', 'entries', 'hits', 'amount', 'kept', 'open', 'exceptions'];
      for (const one of tests(ctx, audit)) yield [one.test, auditTests[one.test].label.en, one.params === null ? '' : JSON.stringify(one.params), when(one.at), one.by, one.read?.entry ?? '', one.read?.row ?? null, one.entries, one.hits, money(one.amount), one.kept, one.open, one.exceptions];
    }),
    csv('tests/hits.csv', () => itemRows(false)),
    ...digitTests.map((which) =>
      csv(`tests/digits-${which.replace('_', '-')}.csv`, function* () {
        const found = digits(ctx, { id: audit.id, digits: which, least: 10 * 10 ** exponentOf(base) });
        yield ['digits', 'count', 'share', 'expected', 'z'];
        for (const row of found.rows) yield [row.digits, row.count, row.share, row.expected, row.z];
        yield ['amounts', found.count];
        yield ['mean absolute deviation', found.mad, found.conformity];
        yield ['chi-square', found.chi_square, found.degrees, found.p];
        if (found.warning !== '') yield [found.warning];
      }),
    ),
    csv('samples/samples.csv', function* () {
      yield ['sample', 'method', 'seed', 'drawn_from', 'recipe', 'population', 'population_amount', 'interval', 'start', 'drawn', 'drawn_amount', 'drawn_at', 'drawn_by'];
      for (const row of all<{ name: string; method: string; seed: number; parameters: string; recipe: string; population: number; population_amount: number; interval: number | null; start: number | null; drawn: number; drawn_amount: number; drawn_at: number | null; drawn_by: string }>(
        ctx.db,
        sql`SELECT name, method, seed, parameters, recipe, population, population_amount, interval, start, drawn, drawn_amount, drawn_at, drawn_by FROM audit_samples WHERE engagement_id = ${audit.id} ORDER BY id`,
      )) yield [row.name, row.method, row.seed, row.parameters, row.recipe, row.population, money(row.population_amount), money(row.interval), row.start, row.drawn, money(row.drawn_amount), when(row.drawn_at), row.drawn_by];
    }),
    csv('samples/items.csv', () => itemRows(true)),
    csv('requests/requests.csv', function* () {
      yield ['wanted', 'state', 'due', 'owner', 'provided_on', 'accepted_on', 'remarks'];
      for (const row of all<{ title: string; state: string; due_day: string; owner: string | null; provided_day: string; settled_day: string; remarks: string }>(
        ctx.db,
        sql`SELECT r.title, r.state, r.due_day, u.name AS owner, r.provided_day, r.settled_day, r.remarks FROM audit_requests r LEFT JOIN users u ON u.id = r.owner_id WHERE r.engagement_id = ${audit.id} AND r.archived = 0 ORDER BY r.due_day, r.id`,
      )) yield [row.title, row.state, row.due_day, row.owner ?? '', row.provided_day, row.settled_day, row.remarks];
    }),
  ];
}

/** A name that every system takes, and that leads nowhere. */
const safe = (name: string): string => name.replace(/[^\p{L}\p{N}._ -]+/gu, '_').replace(/^[. ]+/, '_').slice(0, 120) || 'file';

/** Files attached to entries that are items of the audit, and to its requests; each content once, with a list of what it belongs to. */
export function attachedFiles(ctx: Ctx, audit: Audit): readonly Part[] {
  const rows = all<{ hash: string; file_name: string; number: string; version: number; belongs: string }>(
    ctx.db,
    sql`WITH wanted AS (
          SELECT DISTINCT 'entry' AS entity, entry_id AS id, number AS label FROM audit_items WHERE engagement_id = ${audit.id} AND entry_id IS NOT NULL
          UNION SELECT 'audit_request', id, title FROM audit_requests WHERE engagement_id = ${audit.id} AND archived = 0
          UNION SELECT 'engagement', ${audit.id}, ${audit.number}),
        linked AS (
          SELECT w.label, l.to_id AS document_id FROM wanted w JOIN links l ON l.from_entity = w.entity AND l.from_id = w.id WHERE l.to_entity = 'document'
          UNION SELECT w.label, l.from_id FROM wanted w JOIN links l ON l.to_entity = w.entity AND l.to_id = w.id WHERE l.from_entity = 'document')
        SELECT v.hash, v.file_name, d.number, v.number AS version, k.label AS belongs FROM linked k JOIN documents d ON d.id = k.document_id JOIN document_versions v ON v.document_id = d.id ORDER BY d.id, v.number, k.label`,
  );
  if (rows.length === 0) return [];
  const names = new Map<string, string>();
  for (const row of rows) if (!names.has(row.hash)) names.set(row.hash, `files/${row.hash.slice(0, 8)} ${safe(row.file_name)}`);
  return [
    csv('files/files.csv', () => [['file', 'belongs_to', 'document', 'version', 'sha256'], ...rows.map((row) => [names.get(row.hash)!, row.belongs, row.number, row.version, row.hash])]),
    ...[...names].map(([hash, name]): Part => ({ name, stored: true, pieces: () => piecesOf(filePath(ctx.folder, hash)) })),
  ];
}
