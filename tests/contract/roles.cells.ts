import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Area, type Level, sensitivities, type Sensitivity } from '#contract/kit/access.ts';
import type { Company } from '../helpers/company.ts';
import { draftOf, everyEntity, next } from '../helpers/drafts.ts';

/** One good question for every call there is, and what it needs beside what its definition says. A call that is missing here fails the test. */

export type Need = readonly [Area, Exclude<Level, 'none'>];

export interface Cell {
  /** Makes the input; the owner prepares what it needs. */
  readonly input: () => Promise<unknown> | unknown;
  /** Rights that follow from the records named in the input: all of these … */
  readonly also?: readonly Need[];
  /** … and one of these. */
  readonly oneOf?: readonly Need[];
  /** Kinds of sensitive field that one must see. */
  readonly sees?: readonly Sensitivity[];
  /** How it fails for who may ask it; it is good unless told. */
  readonly gives?: 'missing' | 'invalid' | 'denied' | 'conflict';
  /** Asked with a request id that the input names. */
  readonly closes?: boolean;
}

export function cellsOf(company: Company, ids: Readonly<Record<string, number>>): Readonly<Record<string, Cell>> {
  const fresh = async (entity: string): Promise<{ id: number; version: number }> => {
    const of = everyEntity.find((one) => one.name === entity)!;
    const reply = await company.raw(`${entity}.create`, draftOf(of, next(), ids));
    if (!reply.ok) throw new Error(`${entity}: ${reply.failure.message}`);
    return reply.value as { id: number; version: number };
  };
  const on = (entity: string): { entity: string; id: number } => ({ entity, id: ids[entity]! });
  const people = join(company.desk, 'people.csv');
  const empty = join(company.desk, 'header.csv');
  writeFileSync(people, 'kind,name,number\nperson,Ann,X-1\n');
  writeFileSync(empty, 'kind,name\n');
  const ledger = join(company.desk, 'ledger.journal');
  writeFileSync(ledger, '2020-01-01 x\n  assets:cash  1 GBP\n  equity\n');
  const out = (): string => join(company.desk, `out-${next()}.csv`);
  const imported = async (): Promise<{ id: number }> => {
    const file = join(company.desk, `in-${next()}.csv`);
    copyFileSync(empty, file);
    const { import_id } = await company.value('import.run', { entity: 'party', source: file });
    return { id: import_id! };
  };
  const plain: Record<string, Cell> = {};
  for (const of of everyEntity) {
    plain[`${of.name}.list`] = { input: () => ({ limit: 5 }) };
    plain[`${of.name}.map`] = { input: () => ({}) };
    plain[`${of.name}.get`] = { input: () => ({ id: ids[of.name] }) };
    plain[`${of.name}.names`] = { input: () => ({ text: 'T' }) };
    if (of.ruled === true) continue;
    plain[`${of.name}.create`] = { input: () => draftOf(of, next(), ids) };
    plain[`${of.name}.update`] = { input: async () => ({ ...(await fresh(of.name)), patch: { [firstText(of.name)]: freely(of.name) } }) };
    plain[`${of.name}.archive`] = { input: () => fresh(of.name) };
    plain[`${of.name}.restore`] = { input: () => fresh(of.name) };
  }
  const firstText = (entity: string): string => ({ assignment: 'until_day', identifier: 'issuer' })[entity] ?? Object.entries(everyEntity.find((one) => one.name === entity)!.fields).find(([, field]) => field.kind === 'text' && !field.derived && !field.format)![0];
  const freely = (entity: string): string => (entity === 'assignment' ? '2039-01-01' : `Changed ${next()}`);
  const lines = (): { account_id: number; amount: number }[] => [{ account_id: ids['account']!, amount: 100 }, { account_id: ids['account']!, amount: -100 }];
  const day = '2020-02-02';
  const draft = (): Promise<{ id: number; version: number }> => company.value('entry.save', { day: String(company.look((db) => db.prepare('SELECT start_day FROM periods ORDER BY id').pluck().get())), lines: lines() });
  const version = (table: string, id: number): number => company.look((db) => db.prepare(`SELECT version FROM ${table} WHERE id = ?`).pluck().get(id)) as number;
  const year = async (): Promise<{ id: number; version: number }> => {
    const n = next();
    return company.value('fiscal_year.create', { name: `Year ${n}`, start_day: `${n}-01-01`, end_day: `${n}-12-31`, pattern: 'months' });
  };
  const template = (): Promise<{ id: number; version: number }> => company.value('entry_template.save', { name: `Text ${next()}`, lines: [] });
  const columns = { columns: [{ to: day }] };
  return {
    ...plain,
    'fiscal_year.create': { input: () => draftOf(everyEntity.find((one) => one.name === 'fiscal_year')!, next(), ids) },
    // Years close in order, and an older one is open: asked well, refused with words.
    'fiscal_year.close': { input: async () => { await year(); return year(); }, gives: 'invalid' },
    'fiscal_year.reopen': { input: async () => ({ ...(await year()), reason: 'a test' }), gives: 'invalid' },
    'period.set_state': { input: () => ({ id: ids['period']!, version: version('periods', ids['period']!), state: 'open', reason: 'a test' }) },
    'entry.lines': { input: () => ({ id: ids['entry']! }) },
    'entry.check': { input: () => ({ day, lines: lines() }) },
    'entry.copy': { input: () => ({ id: ids['entry']!, day }) },
    'account.find': { input: () => ({ text: 'T' }) },
    'account.match': { input: () => ({ texts: ['T'] }) },
    'entry.save': { input: () => ({ day, lines: lines() }) },
    'entry.discard': { input: draft },
    'entry.post': { input: draft },
    'entry.add': { input: () => ({ day: '0900-01-01', lines: lines() }), gives: 'invalid' },
    'entry.reverse': { input: () => ({ id: ids['entry']!, version: 99, reason: 'a test' }), gives: 'conflict' },
    'rate.course': { input: () => ({}) },
    'rate.import': { input: () => ({ source: ledger }), gives: 'invalid' },
    'exchange.settle': { input: () => ({ day, lines: lines() }) },
    'exchange.plan': { input: () => ({ day: '0900-01-01' }), gives: 'invalid' },
    'exchange.revalue': { input: () => ({ day: '0900-01-01' }), gives: 'invalid' },
    'exchange.runs': { input: () => ({}) },
    'exchange.due': { input: () => ({}) },
    'entry_template.save': { input: () => ({ name: `Text ${next()}`, lines: [] }) },
    'entry_template.take': { input: () => ({ name: `Text ${next()}`, entry_id: ids['entry']! }) },
    'entry_template.archive': { input: template },
    'entry_template.restore': { input: template },
    'entry_template.lines': { input: () => ({ id: ids['entry_template']! }) },
    'entry_template.fill': { input: () => ({ id: ids['entry_template']!, day }) },
    'recurring_entry.dates': { input: () => ({ id: ids['recurring_entry']! }) },
    'recurring_entry.due': { input: () => ({}) },
    'recurring_entry.run': { input: () => ({ until: '2000-01-01' }) },
    'recurring_entry.skip': { input: async () => ({ ...(await fresh('recurring_entry')), reason: 'a test' }) },
    'tax_code.split': { input: () => ({ basis: 'net', day, line: { account_id: ids['account']!, amount: 100, tax_code_id: 999 } }), gives: 'missing' },
    'asset.schedule': { input: () => ({ id: ids['asset']! }) },
    'asset.plan': { input: () => ({ until: '0900-01-01' }), gives: 'invalid' },
    'asset.depreciate': { input: () => ({ until: '0900-01-01' }), gives: 'invalid' },
    'asset.disposal': { input: () => ({ id: ids['asset']!, day }) },
    'asset.dispose': { input: () => ({ id: ids['asset']!, version: 99, day: '0900-01-01' }), gives: 'invalid' },
    'asset.purchases': { input: () => ({ entry_id: ids['entry']! }) },
    'asset.capitalise': { input: () => ({ entry_id: ids['entry']!, line: 2 }), gives: 'invalid' },
    'report.trial_balance': { input: () => ({ to: day }) },
    'report.balance_sheet': { input: () => columns },
    'report.profit_and_loss': { input: () => columns },
    'report.cash_flow': { input: () => columns },
    'report.trial_statement': { input: () => columns },
    'report.design': { input: () => ({ ...columns, design: { id: ids['statement_design']! } }) },
    'statement_design.starters': { input: () => ({}) },
    'report.register': { input: () => ({ account_id: ids['account']! }) },
    'report.explain': { input: () => ({ accounts: [ids['account']!], sign: 1, basis: 'balance', from: day, to: day, by: 'account' }) },
    'report.export': { input: () => ({ format: 'csv', target: out(), sheet: 'x', currency: 'GBP', columns: [{ title: 'Sum', kind: 'money' }], rows: [[100]] }) },
    'books.get': { input: () => ({}) },
    'books.charts': { input: () => ({}) },
    'books.chart': { input: () => ({ code: 'uk' }) },
    'books.opening': { input: () => ({}) },
    'books.open': { input: () => ({ day: '0900-01-01', lines: [{ account_id: ids['account']!, debit: 1, credit: 0 }] }), gives: 'invalid' },
    'books.closing': { input: () => ({ id: ids['fiscal_year']! }) },
    'journal.guess': { input: () => ({ source: ledger }) },
    'journal.accounts': { input: () => ({ format: 'hledger', source: ledger }) },
    'journal.imports': { input: () => ({}) },
    'journal.undo': { input: () => ({ id: 999, reason: 'a test' }), gives: 'missing' },
    'books.set_up': { input: () => ({ chart: 'none' }), gives: 'invalid' },
    'journal.import': { input: () => ({ format: 'hledger', source: ledger }) },
    'journal.export': { input: () => ({ format: 'csv', target: out() }) },
    'ledger.verify': { input: () => ({}) },
    'audit_request.provide': { input: () => company.value('audit_request.create', { engagement_id: ids['engagement']!, title: 'x', state: 'open' }) },
    'audit_item.review': { input: () => ({ items: [{ id: 999_999, version: 1 }], state: 'open' }), gives: 'missing' },
    'engagement.tests': { input: () => ({ id: ids['engagement']! }) },
    'engagement.run': { input: () => ({ id: ids['engagement']!, tests: [{ test: 'round' }] }) },
    'engagement.benford': { input: () => ({ id: ids['engagement']!, digits: 'first' }) },
    'engagement.digit_lines': { input: () => ({ id: ids['engagement']!, digits: 'first', digit: 5 }) },
    'engagement.draw': { input: () => ({ id: ids['engagement']!, name: 'Draw', method: 'random', size: 1, seed: 7 }) },
    'engagement.evidence': { input: () => ({ id: ids['engagement']!, target: join(company.desk, `out-${next()}.zip`) }), also: [['entry', 'read'], ['report', 'read'], ['document', 'read'], ['audit', 'read']], sees: sensitivities },
    'engagement.check_pack': { input: () => ({ source: people }) },
    'engagement.keep_pack': { input: () => ({ id: ids['engagement']!, file_name: 'x.zip', bytes: 1, digest: '0'.repeat(64), head: { seq: 1, hash: '0'.repeat(64) } }) },
    // Its required value is a bank detail: who does not see those cannot make one, which the sensitive test looks at.
    'identifier.create': { input: () => draftOf(everyEntity.find((one) => one.name === 'identifier')!, next(), ids) },
    'party.duplicates': { input: () => ({}) },
    'party.merge': { input: async () => {
      const [keep, drop] = [await fresh('party'), await fresh('party')];
      return { keep: keep.id, drop: drop.id, version: keep.version };
    } },
    'document.add': { input: () => ({ file_name: 'a.txt', base64: Buffer.from(`text ${next()}`).toString('base64'), attach: on('party') }), also: [['party', 'read']] },
    'document.versions': { input: () => ({ id: ids['document'] }) },
    'document.content': { input: () => ({ version_id: 1 }) },
    'task.finish': { input: () => company.value('task.create', { title: 'x', state: 'open', priority: '2' }) },
    'task.snooze': { input: async () => ({ ...(await fresh('task')), until: '2030-01-01' }) },
    'agenda.list': { input: () => ({}) },
    'event.between': { input: () => ({ from: 0, to: 86_400_000 }) },
    'link.list': { input: () => on('party'), also: [['party', 'read']] },
    'link.create': { input: () => ({ from: on('party'), to: on('place') , relation: `r${next()}` }), also: [['party', 'read'], ['place', 'read']], oneOf: [['party', 'write'], ['place', 'write']] },
    'link.remove': { input: async () => ({ link_id: (await company.value('link.create', { from: on('party') as never, to: on('place') as never, relation: `r${next()}` })).id }), also: [['party', 'read'], ['place', 'read']], oneOf: [['party', 'write'], ['place', 'write']] },
    'note.list': { input: () => on('party'), also: [['party', 'read']] },
    'note.create': { input: () => ({ on: on('party'), text: 'note' }), also: [['party', 'write']] },
    'note.update': { input: async () => ({ ...(await company.value('note.create', { on: on('party') as never, text: 'note' })), text: 'other' }), also: [['party', 'write']] },
    'note.remove': { input: () => company.value('note.create', { on: on('party') as never, text: 'note' }), also: [['party', 'write']] },
    'role.rights': { input: () => ({ id: ids['role'] }) },
    'role.grant': { input: async () => {
      const role = await fresh('role');
      return { ...role, rights: await company.value('role.rights', { id: role.id }) };
    } },
    'user.set_password': { input: async () => ({ id: (await fresh('user')).id, password: 'seventeen horses' }), also: [['user', 'approve']] },
    'session.sign_in': { input: () => ({ sign_in: 'nobody', password: '' }), gives: 'denied' },
    'session.sign_out': { input: () => ({}), closes: true },
    'session.set_language': { input: () => ({ language: 'en' }) },
    'session.lock': { input: () => ({}), closes: true },
    'session.current': { input: () => ({}) },
    'company.get': { input: () => ({}) },
    'company.update': { input: () => ({ name: `Firm ${next()}` }) },
    'company.counts': { input: () => ({}) },
    'company.verify': { input: () => ({}) },
    'sequence.list': { input: () => ({}) },
    'sequence.update': { input: () => ({ id: 1, digits: 5 }) },
    'backup.list': { input: () => ({}) },
    'backup.create': { input: () => ({}) },
    'backup.preview': { input: () => ({ file: 'no-such-backup.db' }), gives: 'missing' },
    'backup.restore': { input: () => ({ file: 'no-such-backup.db' }), gives: 'missing' },
    'record.timeline': { input: () => on('party'), also: [['party', 'read']] },
    'record.as_of': { input: () => ({ ...on('party'), day: '2100-01-01' }), also: [['party', 'read']] },
    'audit.list': { input: () => ({ limit: 10 }) },
    'search.find': { input: () => ({ text: 'Given' }) },
    'preference.all': { input: () => ({}) },
    'preference.set': { input: () => ({ key: 'a', value: next() }) },
    'import.look': { input: () => ({ entity: 'party', source: people }), also: [['party', 'read']] },
    'import.check': { input: () => ({ entity: 'party', source: people }), also: [['party', 'write']] },
    'import.run': { input: () => ({ entity: 'party', source: empty }), also: [['party', 'write']] },
    'import.undo': { input: imported, also: [['party', 'write']] },
    'import.history': { input: () => ({}) },
    'export.run': { input: () => ({ entity: 'party', format: 'csv', target: out() }), also: [['party', 'read']] },
    // These belong to the desktop; an office alone does not know them. Only the two about jobs are answered here.
    ...Object.fromEntries(['state', 'create', 'charts', 'chart', 'open', 'close', 'forget', 'rescue', 'appearance', 'pick_folder', 'pick_file', 'pick_target', 'show_file', 'print'].map((name) => [`desk.${name}`, { input: () => deskInput[name] ?? {}, gives: 'missing' } satisfies Cell])),
    'desk.jobs': { input: () => ({}) },
    'desk.cancel': { input: () => ({ id: 'no-such-job' }) },
  };
}

const deskInput: Readonly<Record<string, unknown>> = {
  create: { folder: '/nowhere', name: 'x', currency: 'GBP' },
  chart: { code: 'uk' },
  open: { folder: '/nowhere' },
  forget: { folder: '/nowhere' },
  rescue: { folder: '/nowhere', backup: 'x' },
  pick_folder: { purpose: 'open' },
  pick_file: { kinds: [] },
  pick_target: { name: 'x' },
  show_file: { token: 'x' },
  print: { html: '', name: 'x', to: 'pdf' },
};
