import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { calls } from '#contract/calls.ts';
import type { Call } from '#contract/kit/call.ts';
import { failureCodes } from '#contract/kit/failure.ts';
import type { Door } from '../../main/office.ts';
import { makeTokens } from '../../main/tokens.ts';
import { type Company, makeCompany, ownerPassword } from '../helpers/company.ts';
import { has } from '../helpers/corpora.ts';
import { everyEntity, oneOfEach } from '../helpers/drafts.ts';
import { imprint } from '../helpers/imprint.ts';
import { leaksOf, type Payload, payloads, type World } from './payloads.ts';

const count = Number(process.env['BUREAU_FUZZ'] ?? 1000);
const seed = Number(process.env['BUREAU_SEED'] ?? 20_261_122);
const all = calls as Readonly<Record<string, Call>>;

let company: Company;
let world: World;
const tokens = makeTokens();

beforeAll(async () => {
  company = await makeCompany({ password: ownerPassword });
  const ids = await oneOfEach(company);
  await company.value('document.add', { file_name: 'a.txt', base64: 'YQ==', document_id: ids['document']! });
  const file = (name: string, text: string): string => {
    writeFileSync(join(company.desk, name), text);
    return tokens.give(join(company.desk, name), 'in');
  };
  world = {
    entities: [...everyEntity.map((of) => of.name), 'nothing', 'company', '__proto__'],
    fields: ['id', '-id', ...new Set(everyEntity.flatMap((of) => Object.keys(of.fields)))],
    sources: [file('good.csv', 'kind,name,number\nperson,Ann,A-1\n'), file('bad.csv', 'kind;name\nrobot;"Ann\n'), file('binary.csv', '\u0000\u0001PK'), file('x.xlsx', 'no zip'), file('x.vcf', 'BEGIN:VCARD\nFN:Ann\nEND:VCARD'), file('x.ics', 'BEGIN:VCALENDAR\n'), file('empty.csv', ''), 'in.never-given', '/etc/passwd'],
    targets: [tokens.give(join(company.desk, 'out.csv'), 'out'), tokens.give(company.desk, 'out'), tokens.give(join(company.desk, 'no', 'folder.csv'), 'out'), 'out.never-given', '/etc/passwd'],
  };
});
afterAll(() => company.close());

// Counting a wrong password and noting a first reply are what these calls are for.
const expected = new Map([['session.sign_in', ['credentials']]]);

let last = { version: -1, tables: {} as Record<string, string> };
/** Hashes of all tables as they are now; taken again only when somebody has committed. */
function tables(): Record<string, string> {
  return company.look((db) => {
    const version = db.pragma('data_version', { simple: true }) as number;
    if (version !== last.version) last = { version, tables: imprint(db, ['audit', 'requests']) };
    return last.tables;
  });
}

const took: number[] = [];
let asked = 0;
let refused = 0;

/** What is wrong with how one input was taken; empty when nothing is. */
async function complaints({ name, input }: Payload): Promise<string[]> {
  // A window: it has tokens, no paths, and its owner is signed in at every new call.
  const door: Door = { session: company.door.session, kind: 'window', source: (token) => tokens.path(token) };
  const before = tables();
  const start = performance.now();
  const reply = await company.office().call(door, name, input, `fuzz-${(asked += 1)}`);
  if (Object.hasOwn(all, name) && all[name]!.kind !== 'job') took.push(performance.now() - start);
  const wrong: string[] = [];
  for (const bug of company.bugs.splice(0)) wrong.push(`threw ${bug instanceof Error ? (bug.stack ?? bug.message).slice(0, 600) : String(bug)}`);
  if (({} as Record<string, unknown>)['polluted'] !== undefined) wrong.push('polluted every object');
  if (reply.ok) {
    JSON.stringify(reply.value);
    return wrong;
  }
  refused += 1;
  const { code, message, field } = reply.failure;
  if (!failureCodes.includes(code)) wrong.push(`failed with ${code}`);
  if (code === 'bug') wrong.push('failed with a bug');
  if (message === '') wrong.push('said nothing');
  if (message.length > 1000) wrong.push(`said ${message.length} characters, which nobody reads`);
  if (/\{(field|value|what|id|problem|who|when|name|rule|reason)\}/.test(message)) wrong.push(`left a place unfilled: ${message.slice(0, 200)}`);
  for (const leak of leaksOf(`${message} ${field ?? ''}`, [name, input])) wrong.push(`told ${leak}: ${message.slice(0, 200)}`);
  for (const [table, hash] of Object.entries(tables())) if (before[table] !== hash && !expected.get(name)?.includes(table)) wrong.push(`refused, and changed ${table}`);
  return wrong;
}

describe('The office', () => {
  test.skipIf(!has('imports/blns/blns.json'))('has the big list of naughty strings at hand for this', () => {
    expect(has('imports/blns/blns.json')).toBe(true);
  });

  test(`survives ${count} inputs of any shape to any call: no crash, no bug, no row changed by a refusal, nothing of its inside told`, async () => {
    const found: string[] = [];
    for (let batch = 0; batch * 100 < count; batch += 1) {
      for (const payload of fc.sample(payloads(all, world), { numRuns: Math.min(100, count - batch * 100), seed: seed + batch })) {
        for (const wrong of await complaints(payload)) found.push(`${payload.name} ${inspect(payload.input, { depth: 3, maxStringLength: 100, maxArrayLength: 5, breakLength: Infinity }).slice(0, 400)}\n    ${wrong}`);
      }
      if (found.length > 20) break;
    }
    expect(found.join('\n')).toBe('');
    const sorted = took.toSorted((a, b) => a - b);
    console.log(`fuzz: ${asked} payloads, ${refused} refused, ${asked - refused} good; p50 ${sorted[Math.floor(sorted.length * 0.5)]!.toFixed(1)} ms, p99 ${sorted[Math.floor(sorted.length * 0.99)]!.toFixed(1)} ms without jobs`);
    expect(asked).toBeGreaterThanOrEqual(count);
    expect(refused).toBeGreaterThan(count / 4);
    expect(refused).toBeLessThan(count);
  }, 900_000);

  test('is whole after that: database, references, log and files verify', async () => {
    const { checks } = await company.value('company.verify', {});
    expect(checks.flatMap((check) => check.problems)).toEqual([]);
    expect(checks.map((check) => check.name)).toEqual(['integrity', 'foreign_keys', 'chain', 'head', 'files', 'ledger']);
    expect((await company.value('company.get', {})).schema).toBeGreaterThan(0);
  });

  test('would be caught at telling its inside', () => {
    expect(leaksOf('SQLITE_CONSTRAINT: UNIQUE constraint failed: users.sign_in', {})).toContain('SQLITE_CONSTRAINT');
    expect(leaksOf("ENOENT: no such file '/tmp/x/office.db'", {})).toHaveLength(1);
    expect(leaksOf('“/tmp/x” is not an e-mail address.', { email: '/tmp/x' })).toEqual([]);
  });
});

describe('An input', () => {
  test('that is nested thousands of levels deep, or runs in a circle, is refused and costs no stack', async () => {
    let deep: unknown = 'bottom';
    for (let at = 0; at < 100_000; at += 1) deep = [deep];
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    for (const value of [deep, circle]) expect((await company.refusal('preference.set', { key: 'x', value })).code).toBe('invalid');
    let shallow: unknown = 'bottom';
    for (let at = 0; at < 50; at += 1) shallow = [shallow];
    expect(await company.value('preference.set', { key: 'x', value: shallow as never })).toBeNull();
    expect(company.bugs).toEqual([]);
  });
});

describe('Half a character (a lone surrogate)', () => {
  test('is refused in fields, and cannot break the chain of the log from names of files, notes and request ids', async () => {
    for (const text of ['\ud83d', 'a\udc00b', '\ude00\ud83d']) {
      expect(await company.refusal('party.create', { kind: 'person', name: text })).toMatchObject({ code: 'invalid', field: 'name' });
      expect(await company.refusal('party.create', { kind: 'person', name: 'x', tags: [text] })).toMatchObject({ code: 'invalid' });
      const party = await company.value('party.create', { kind: 'person', name: 'Half' }, `request ${text}`);
      await company.value('note.create', { on: { entity: 'party', id: party.id }, text });
      await company.value('document.add', { file_name: text, base64: 'YQ==' });
      await company.value('document.add', { file_name: `${'x'.repeat(254)}\ud83d\ude00`.slice(0, 255), base64: 'YQ==', title: text });
      await company.value('link.create', { from: { entity: 'party', id: party.id }, to: { entity: 'role', id: 1 }, relation: text });
    }
    const { checks } = await company.value('company.verify', {});
    expect(checks.flatMap((check) => check.problems)).toEqual([]);
  });
});
