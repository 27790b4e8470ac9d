import { createInterface } from 'node:readline/promises';
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { calls, entities } from '#contract/calls.ts';
import { createSchema } from '#contract/company/desk.ts';
import type { Call } from '#contract/kit/call.ts';
import { exitCodes, type Failure, Refused, refusals, type Reply } from '#contract/kit/failure.ts';
import { say } from '#contract/kit/words.ts';
import { randomBytes, randomUUID } from 'node:crypto';
import { createOffice, type Door, type Office, OpenFailed, openOffice, type Surroundings } from './office.ts';
import { accountMap, asCsv, isLedgerFormat, isLedgerTarget, NoAccount, NoMap, report, reports } from './cliLedger.ts';
import { codeOf } from './db/disk.ts';
import { openLog, silentLog } from './log.ts';
import { headsIn, homeOfBureau, logsIn, whoAmI } from './places.ts';

/**
 * The terminal door: the same office, without a window. Results on stdout as JSON, progress and errors on stderr,
 * exit codes by failure (see `exitCodes`), 2 for a wrong command line.
 */

const usage = `Usage: bureau <command> [options]

  create DIR --name NAME [--base-currency GBP] [--country GB] [--language en|de]
             [--owner-name NAME] [--owner SIGN_IN] [--chart none|uk|ie|us|de-skr03|de-skr04|fr-pcg|ifrs]
                                                        makes a company in a new folder, with a chart of accounts when named
  seed DIR [--people 500] [--seed 7]                    makes the demo company
  calls                                                 lists every call with its input schema
  call NAME [JSON|-]                                    runs one call
  import ENTITY FILE [--dry-run] [--partial] [--known skip|update|refuse]
             [--mapping JSON] [--reading JSON]          brings a file in
  export ENTITY FILE [--format csv|xlsx|vcard|ical] [--list JSON]
  import hledger|ledger|beancount|gnucash|ledger-csv|qif|frappe-books FILE [--map FILE.csv]
                                                        brings the ledger of another program in; the map has
                                                        two columns: account there, number or name here
  export hledger|csv|saft|fec FILE                      writes all posted entries
  report trial-balance|balance-sheet|profit-and-loss|cash-flow|register
             [--at DAY | --from DAY --to DAY] [--account A] [--method direct|indirect] [--format json|csv]
  report --design NAME [--at DAY | --from DAY --to DAY] [--format json|csv]
                                                        an own statement
  backup | verify | migrate                             on a whole company
  restore FILE                                          puts a backup in place

Options: --company DIR (or BUREAU_COMPANY), --user NAME (or BUREAU_USER), --request ID.
The password comes from BUREAU_PASSWORD, or is asked for.
Exit codes: 0 done, 2 wrong command line, ${Object.entries(exitCodes).map(([code, number]) => `${number} ${code}`).join(', ')}.`;

const options = {
  company: { type: 'string' },
  user: { type: 'string' },
  request: { type: 'string' },
  name: { type: 'string' },
  'base-currency': { type: 'string' },
  country: { type: 'string' },
  language: { type: 'string' },
  owner: { type: 'string' },
  'owner-name': { type: 'string' },
  people: { type: 'string' },
  seed: { type: 'string' },
  'dry-run': { type: 'boolean' },
  partial: { type: 'boolean' },
  known: { type: 'string' },
  mapping: { type: 'string' },
  map: { type: 'string' },
  reading: { type: 'string' },
  format: { type: 'string' },
  list: { type: 'string' },
  chart: { type: 'string' },
  at: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  account: { type: 'string' },
  method: { type: 'string' },
  design: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parse>['values'];
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options, allowPositionals: true, strict: true });

/** The command line itself is wrong. */
class Misused extends Error {}

const out = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
const tell = (text: string): void => void process.stderr.write(`${text}\n`);

const language = process.env['LANG']?.startsWith('de') === true ? 'de' : 'en';

function surroundings(): Surroundings {
  const home = homeOfBureau();
  mkdirSync(home, { recursive: true });
  return { headsDir: headsIn(home), log: process.env['BUREAU_QUIET'] === '1' ? silentLog : openLog(logsIn(home)), language, who: whoAmI() };
}

const door = (): Door => ({ session: null, kind: 'terminal', source: (path) => resolve(path) });

function json(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Misused(`${what} is not JSON: ${text.slice(0, 200)}`);
  }
}

async function stdin(): Promise<string> {
  let text = '';
  for await (const piece of process.stdin) text += String(piece);
  return text;
}

/** Asks without showing what is typed. */
async function askPassword(name: string): Promise<string> {
  if (!process.stdin.isTTY) return '';
  tell(`Password of ${name}:`);
  const unseen = new Writable({ write: (_piece, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
  }
}

async function signIn(office: Office, at: Door, values: Values): Promise<void> {
  const found = (await office.call(at, 'session.current', {}, randomUUID())) as Reply<{ users: readonly { sign_in: string; name: string; has_password: boolean }[] }>;
  if (!found.ok) throw new Failed(found.failure);
  const named = values.user ?? process.env['BUREAU_USER'] ?? (found.value.users.length === 1 ? found.value.users[0]!.sign_in : undefined);
  if (named === undefined) throw new Misused('this company has several users: name one with --user or BUREAU_USER');
  const known = found.value.users.find((one) => one.sign_in.toLowerCase() === named.toLowerCase());
  const password = process.env['BUREAU_PASSWORD'] ?? (known?.has_password === false ? '' : await askPassword(named));
  await value(office, at, 'session.sign_in', { sign_in: named, password });
}

class Failed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

async function value(office: Office, at: Door, name: string, input: unknown, request: string = randomUUID()): Promise<unknown> {
  const reply = await office.call(at, name, input, request);
  if (!reply.ok) throw new Failed(reply.failure);
  return reply.value;
}

/** Opens the company, signs in, works, and closes it again whatever happens. Ctrl+C cancels a running job. */
async function within<T>(values: Values, work: (ask: (name: string, input: unknown) => Promise<unknown>, office: Office) => Promise<T>, signedIn = true): Promise<T> {
  const folder = values.company ?? process.env['BUREAU_COMPANY'];
  if (folder === undefined) throw new Misused('name the company with --company DIR or BUREAU_COMPANY');
  const office = await openOffice(resolve(folder), surroundings());
  const at = door();
  const running = new Set<string>();
  let told = 0;
  const stop = office.on((event) => {
    if (event.type !== 'job') return;
    const { job } = event;
    if (job.state === 'running') running.add(job.id);
    else running.delete(job.id);
    if (Date.now() - told < 500 && job.state === 'running') return;
    told = Date.now();
    tell(`${job.label}: ${job.state}${job.total > 0 ? ` ${job.done} / ${job.total}` : ''}${job.message === '' ? '' : ` ${job.message}`}`);
  });
  const cancel = (): void => running.forEach((id) => void office.call(at, 'desk.cancel', { id }, randomUUID()));
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  try {
    if (signedIn) await signIn(office, at, values);
    return await work((name, input) => value(office, at, name, input, values.request), office);
  } finally {
    stop();
    process.removeListener('SIGINT', cancel);
    process.removeListener('SIGTERM', cancel);
    await office.close();
  }
}

const need = (text: string | undefined, what: string): string => {
  if (text === undefined) throw new Misused(`${what} is missing`);
  return text;
};

function entityOf(name: string | undefined): string {
  const wanted = need(name, 'the kind of record');
  if (!Object.hasOwn(entities, wanted)) throw new Misused(`there is no kind of record named ${wanted}; there are ${Object.keys(entities).join(', ')}`);
  return wanted;
}

/** Makes a company and closes it. */
async function create(dir: string, values: Values, demo?: { people: number; seed: number }): Promise<unknown> {
  const folder = resolve(dir);
  const checked = createSchema.safeParse({
    folder,
    name: values.name ?? (demo ? 'Granary Supplies Ltd' : folder.split(/[/\\]/).at(-1)),
    currency: values['base-currency'] ?? 'GBP',
    ...(values.country === undefined ? {} : { country: values.country }),
    ...(values.language === undefined ? {} : { language: values.language }),
    ...(values.owner === undefined && values['owner-name'] === undefined ? {} : { owner: { name: values['owner-name'] ?? values.owner ?? 'Owner', sign_in: values.owner ?? 'owner', password: process.env['BUREAU_PASSWORD'] ?? '' } }),
    ...(values.chart === undefined ? {} : { books: { chart: values.chart } }),
    ...(demo ? { demo } : {}),
  });
  if (!checked.success) {
    const issue = checked.error.issues[0]!;
    throw new Failed({ code: 'invalid', message: `${issue.path.join('.')}: ${issue.message}`, field: String(issue.path[0] ?? '') });
  }
  const office = await createOffice(checked.data, surroundings());
  const { name } = office;
  await office.close();
  return { folder, name, currency: checked.data.currency, ...(values.chart === undefined ? {} : { chart: values.chart }) };
}

function describe(): unknown {
  return Object.fromEntries(
    Object.entries(calls as Readonly<Record<string, Call>>).map(([name, call]) => [
      name,
      { about: call.about, kind: call.kind, needs: typeof call.needs === 'string' ? call.needs : `${call.needs.level} on ${call.needs.area}`, input: z.toJSONSchema(call.input, { io: 'input', unrepresentable: 'any' }) },
    ]),
  );
}

async function run(args: readonly string[]): Promise<unknown> {
  const { values, positionals } = parse(args);
  const [command, first, second] = positionals;
  if (values.help === true || command === undefined || command === 'help') {
    tell(usage);
    if (values.help !== true && command === undefined) throw new Misused('no command');
    return undefined;
  }
  switch (command) {
    case 'create':
      return create(need(first, 'the folder'), values);
    case 'seed':
      return create(first ?? values.company ?? 'demo-company', values, { people: Number(values.people ?? '500'), seed: Number(values.seed ?? '7') });
    case 'calls':
      return describe();
    case 'call': {
      const name = need(first, 'the name of the call');
      const input = json(second === '-' ? await stdin() : (second ?? '{}'), 'the input');
      if (!Object.hasOwn(calls, name)) throw new Refused('missing', refusals.unknownCall, { name });
      const open = (calls as Readonly<Record<string, Call>>)[name]!.needs === 'anyone';
      return within(values, (ask) => ask(name, input), !open);
    }
    case 'import': {
      if (isLedgerFormat(first)) return within(values, (ask) => ask('journal.import', { format: first, source: need(second, 'the file'), ...(values.map === undefined ? {} : { map: accountMap(values.map) }) }));
      const job = {
        entity: entityOf(first),
        source: need(second, 'the file'),
        ...(values.mapping === undefined ? {} : { mapping: json(values.mapping, '--mapping') }),
        ...(values.reading === undefined ? {} : { reading: json(values.reading, '--reading') }),
        ...(values.known === undefined ? {} : { known: values.known }),
      };
      return within(values, (ask) => (values['dry-run'] === true ? ask('import.check', job) : ask('import.run', { ...job, ...(values.partial === true ? { partial: true } : {}) })));
    }
    case 'export': {
      const target = need(second, 'the file');
      if (isLedgerTarget(first)) return within(values, (ask) => ask('journal.export', { format: first, target, ...(values.from === undefined ? {} : { from: values.from }), ...(values.to === undefined ? {} : { to: values.to }) }));
      const ending = target.split('.').at(-1)?.toLowerCase() ?? '';
      const format = values.format ?? ({ xlsx: 'xlsx', vcf: 'vcard', ics: 'ical' } as Readonly<Record<string, string>>)[ending] ?? 'csv';
      return within(values, (ask) => ask('export.run', { entity: entityOf(first), target, format, ...(values.list === undefined ? {} : { list: json(values.list, '--list') }) }));
    }
    case 'report': {
      const name = first ?? need(values.design === undefined ? undefined : 'design', 'the report');
      if (name === 'design') need(values.design, 'the name of the own statement (--design)');
      const rows = await within(values, (ask) => report(ask, name, values));
      if (rows === null) throw new Misused(`there is no report ${name}; there are ${reports.join(', ')}`);
      if (values.format !== 'csv') return rows;
      process.stdout.write(asCsv(rows));
      return undefined;
    }
    case 'backup':
      return within(values, (ask) => ask('backup.create', {}));
    case 'verify':
      return within(values, async (ask) => {
        const found = (await ask('company.verify', {})) as { good: boolean };
        if (!found.good) process.exitCode = 1;
        return found;
      });
    case 'restore':
      return within(values, (ask) => ask('backup.restore', { file: need(first, 'the name of the backup') }));
    case 'migrate':
      // Opening migrates; what is printed is the version that the company then has.
      return within(values, (ask) => ask('company.get', {}));
    default:
      throw new Misused(`there is no command ${command}`);
  }
}

// Whoever reads along may have read enough (`bureau calls | head`): what is left is said to nobody, and that is no failure.
process.stdout.on('error', (error) => (codeOf(error) === 'EPIPE' ? undefined : bug(error)));
process.stderr.on('error', () => undefined);

try {
  const result = await run(process.argv.slice(2));
  if (result !== undefined) out(result);
} catch (error) {
  if (error instanceof Failed) fail(exitCodes[error.failure.code], error.failure);
  else if (error instanceof Refused) fail(exitCodes[error.code], { code: error.code, message: say(error.words, language, error.params), ...(error.field === undefined ? {} : { field: error.field }) });
  else if (error instanceof OpenFailed) fail(exitCodes[error.problem.failure.code], { ...error.problem.failure, kind: error.problem.kind, backup: error.problem.backup });
  else if (error instanceof Misused || error instanceof NoAccount || error instanceof NoMap || (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) {
    tell(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else bug(error);
}

/** What nobody foresaw: a number on stderr, under which the log has the rest; where there is no log, the rest too. */
function bug(error: unknown): void {
  const id = randomBytes(4).toString('hex');
  try {
    surroundings().log.error(id, error);
  } catch {
    tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  fail(exitCodes.bug, { code: 'bug', message: say(refusals.bug, language, { id }), id });
}

function fail(code: number, failure: Failure & { kind?: string; backup?: string | null }): void {
  tell(JSON.stringify({ ok: false, failure }, null, 2));
  process.exitCode = code;
}
