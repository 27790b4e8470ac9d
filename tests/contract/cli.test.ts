import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { calls } from '#contract/calls.ts';
import { exitCodes } from '#contract/kit/failure.ts';
import { openDatabase } from '../../main/db/open.ts';
import { type Done, good, openTerminal } from '../helpers/terminal.ts';

vi.setConfig({ testTimeout: 120_000 });

const { home, bureau } = openTerminal();
afterAll(() => rmSync(home, { recursive: true, force: true }));
const firm = join(home, 'firm');
const solo = join(home, 'solo');
const password = 'seventeen horses';

/** The firm of two tests below, with a password; the others use one of a single person, who has none. */
const guarded = (args: readonly string[], given = password): Promise<Done> => bureau(args, { env: { BUREAU_COMPANY: firm, BUREAU_PASSWORD: given } });
const inFirm = (args: readonly string[], more: { readonly env?: Record<string, string>; readonly input?: string } = {}): Promise<Done> => bureau(args, { ...more, env: { BUREAU_COMPANY: solo, ...more.env } });

describe('The terminal', () => {
  test('lists every call with what it does, what it needs and the schema of its input', async () => {
    const done = await bureau(['calls']);
    expect(done.code).toBe(0);
    expect(done.err).toBe('');
    const listed = JSON.parse(done.out) as Record<string, { about: string; kind: string; needs: string; input: { type: string; additionalProperties?: unknown } }>;
    expect(Object.keys(listed)).toEqual(Object.keys(calls));
    for (const [name, call] of Object.entries(listed)) {
      expect(call.about, name).not.toBe('');
      expect(call.needs, name).toMatch(/^(anyone|user|(read|write|approve) on [a-z]+)$/);
      expect(call.input, name).toMatchObject({ type: 'object', additionalProperties: false });
    }
  });

  test('says how it is used, on stderr, and ends with 2 when the command line is wrong', async () => {
    for (const args of [[], ['fly'], ['import', 'unicorn', 'x.csv'], ['call', 'party.list', '{not json'], ['--no-such-option'], ['backup']]) {
      const done = await bureau(args);
      expect([args, done.code, done.out]).toEqual([args, 2, '']);
      expect(done.err).toContain('Usage: bureau');
    }
    const help = await bureau(['--help']);
    expect([help.code, help.out]).toEqual([0, '']);
    expect(help.err).toContain('Exit codes: 0 done, 2 wrong command line, 3 invalid');
  });

  test('ends quietly when whoever reads along has read enough', async () => {
    const done = await bureau(['calls'], { closing: true });
    expect([done.code, done.err]).toEqual([0, '']);
    expect(done.out.length).toBeGreaterThan(0);
  });

  test('ends with 70 and a number on stderr where nobody foresaw what went wrong', async () => {
    // Settings cannot lie in what is a file.
    writeFileSync(join(home, 'file'), '');
    const done = await bureau(['create', join(home, 'never'), '--name', 'Never'], { env: { BUREAU_USER_DATA: join(home, 'file') } });
    expect([done.code, done.out]).toEqual([exitCodes.bug, '']);
    const said = JSON.parse(done.err.slice(done.err.indexOf('\n{') + 1)) as { failure: { code: string; id: string; message: string } };
    expect(said.failure).toMatchObject({ code: 'bug', id: expect.stringMatching(/^[0-9a-f]{8}$/) as string });
    expect(said.failure.message).toContain(said.failure.id);
    expect(existsSync(join(home, 'never'))).toBe(false);
  });
});

describe('A company', () => {
  test('is made with a password out of the environment, and never over something that is there', async () => {
    const made = await good<{ folder: string; currency: string }>(bureau(['create', firm, '--name', 'Firm', '--base-currency', 'EUR', '--country', 'DE', '--owner', 'olive', '--owner-name', 'Olive'], { env: { BUREAU_PASSWORD: password } }));
    expect(made).toEqual({ folder: firm, name: 'Firm', currency: 'EUR' });
    const again = await bureau(['create', firm, '--name', 'Other']);
    expect([again.code, again.out]).toEqual([exitCodes.conflict, '']);
    const facts = await good<{ name: string; currency: string }>(guarded(['call', 'company.get', '--user', 'OLIVE']));
    expect(facts).toMatchObject({ name: 'Firm', currency: 'EUR', country: 'DE' });
    const weak = await bureau(['create', join(home, 'weak'), '--owner', 'x'], { env: { BUREAU_PASSWORD: 'password1' } });
    expect([weak.code, existsSync(join(home, 'weak', 'office.db'))]).toEqual([exitCodes.invalid, false]);
    const currency = await bureau(['create', join(home, 'euro'), '--base-currency', 'euro']);
    expect([currency.code, JSON.parse(currency.err)]).toMatchObject([exitCodes.invalid, { ok: false, failure: { code: 'invalid', field: 'currency' } }]);
  });

  test('opens only with the right password, and the password stands nowhere in what is said', async () => {
    for (const wrong of ['', 'wrong one here']) {
      const done = await guarded(['call', 'company.get'], wrong);
      expect([done.code, done.out]).toEqual([exitCodes.denied, '']);
      expect(JSON.parse(done.err)).toMatchObject({ ok: false, failure: { code: 'denied' } });
    }
    const done = await guarded(['call', 'user.list']);
    expect(done.code).toBe(0);
    expect(done.out + done.err).not.toContain(password);
  });

  test('of one person needs no password', async () => {
    expect(await good(bureau(['create', solo, '--name', 'Solo']))).toMatchObject({ folder: solo, currency: 'GBP' });
  });

  test('answers each failure with its own exit code and an error on stderr, results on stdout only', async () => {
    const one = await good<{ id: number; version: number }>(inFirm(['call', 'party.create', '{"kind":"person","name":"Ann","number":"A-1"}']));
    await good(inFirm(['call', 'party.update', JSON.stringify({ ...one, patch: { city: 'Bonn' } })]));
    const failures: [keyof typeof exitCodes, string[]][] = [
      ['invalid', ['call', 'party.create', '{"kind":"robot"}']],
      ['missing', ['call', 'party.get', '{"id":999}']],
      ['missing', ['call', 'party.fly', '{}']],
      ['conflict', ['call', 'party.update', JSON.stringify({ ...one, patch: { city: 'Ulm' } })]],
      ['invalid', ['import', 'party', join(home, 'no-such-file.csv')]],
      ['missing', ['restore', 'no-such-backup.db']],
      ['denied', ['call', 'desk.cancel', '{"id":"x"}', '--user', 'nobody']],
    ];
    for (const [code, args] of failures) {
      const done = await inFirm(args);
      expect([args, done.code, done.out]).toEqual([args, exitCodes[code], '']);
      expect(JSON.parse(done.err.slice(done.err.indexOf('{')))).toMatchObject({ ok: false, failure: { code } });
    }
    const gone = await bureau(['call', 'company.get', '--company', join(home, 'nowhere')]);
    expect([gone.code, gone.out]).toEqual([exitCodes.missing, '']);
    expect(Object.values(exitCodes)).toHaveLength(new Set(Object.values(exitCodes)).size);
  });

  test('takes input from stdin, and a request id makes a retry harmless', async () => {
    const input = '{"kind":"room","name":"Made once"}';
    const first = await good(inFirm(['call', 'place.create', '-', '--request', 'again-and-again'], { input }));
    expect(await good(inFirm(['call', 'place.create', '-', '--request', 'again-and-again'], { input }))).toEqual(first);
    expect(await good(inFirm(['call', 'place.map']))).toMatchObject({ count: 1 });
  });

  test('is filled, exported, backed up, verified, spoilt and restored, all from the terminal', async () => {
    const file = join(home, 'people.csv');
    writeFileSync(file, 'first_name,last_name,city\nBea,Baker,Bonn\nCid,Carter,\n');
    expect(await good(inFirm(['import', 'party', file, '--dry-run']))).toMatchObject({ create: 2, import_id: null });
    expect(await good(inFirm(['import', 'party', file]))).toMatchObject({ create: 2, refused: 0 });
    const out = join(home, 'out.csv');
    const exported = await inFirm(['export', 'party', out, '--list', '{"order":"name"}']);
    expect(JSON.parse(exported.out)).toMatchObject({ rows: 3, path: out });
    expect(readFileSync(out, 'utf8').split(/\r?\n/).filter(Boolean)).toHaveLength(4);
    expect(await good(inFirm(['export', 'party', join(home, 'out.vcf')]))).toMatchObject({ rows: 3 });
    const backup = await good<{ file: string; records: Record<string, number> }>(inFirm(['backup']));
    expect(backup.records['parties']).toBe(3);
    expect(readdirSync(join(solo, 'backups'))).toContain(backup.file);
    await good(inFirm(['call', 'party.create', '{"kind":"person","name":"Too many"}']));
    expect(await good(inFirm(['restore', backup.file]))).toMatchObject({ file: backup.file });
    expect(await good(inFirm(['call', 'party.map']))).toMatchObject({ count: 3 });
    expect(await good(inFirm(['verify']))).toMatchObject({ good: true });
    expect(await good(inFirm(['migrate']))).toMatchObject({ name: 'Solo' });
  });

  test('that does not verify ends with 1 and says what is wrong', async () => {
    const { hash } = await good<{ hash: string }>(inFirm(['call', 'document.add', '{"file_name":"a.txt","base64":"YQ=="}']));
    writeFileSync(join(solo, 'files', hash.slice(0, 2), hash), 'b');
    const done = await inFirm(['verify']);
    expect(done.code).toBe(1);
    expect(JSON.parse(done.out)).toMatchObject({ good: false });
  });

  test('that another program has open is told as busy, with its owner', async () => {
    const holder = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', `const { takeLease } = await import(${JSON.stringify(join(import.meta.dirname, '..', '..', 'main', 'db', 'lease.ts'))}); takeLease(${JSON.stringify(solo)}, 'somebody @ here'); console.log('held'); setInterval(() => {}, 1000);`], { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      await new Promise((resolve) => holder.stdout.once('data', resolve));
      const done = await inFirm(['call', 'company.get']);
      expect([done.code, done.out]).toEqual([exitCodes.busy, '']);
      expect(JSON.parse(done.err)).toMatchObject({ failure: { code: 'busy', kind: 'owned' } });
    } finally {
      holder.kill();
    }
  });

  test('takes a ledger in with a list that says which account is which', async () => {
    const books = join(home, 'books');
    await good(bureau(['create', books, '--name', 'Books', '--chart', 'uk']));
    writeFileSync(join(home, 'old.journal'), '2026-01-01 sale\n  assets:bank  10.00 GBP\n  income:shop\n');
    writeFileSync(join(home, 'map.csv'), 'account,here\nassets:bank,1200\n"income:shop",4000\n');
    const inBooks = (args: readonly string[]): Promise<Done> => bureau(args, { env: { BUREAU_COMPANY: books } });
    expect(await good(inBooks(['import', 'hledger', join(home, 'old.journal'), '--map', join(home, 'map.csv')]))).toMatchObject({ imported: 1, accounts: 0 });
    const rows = await good<readonly { number: string; balance: string }[]>(inBooks(['report', 'trial-balance', '--at', '2026-12-31']));
    expect(rows.map((row) => [row.number, row.balance])).toEqual([['1200', '10.00'], ['4000', '-10.00']]);
    writeFileSync(join(home, 'map.csv'), 'assets:bank,1200,what\n');
    expect((await inBooks(['import', 'hledger', join(home, 'old.journal'), '--map', join(home, 'map.csv')])).code).toBe(2);
    expect((await inBooks(['import', 'hledger', join(home, 'old.journal'), '--map', join(home, 'nowhere.csv')])).code).toBe(2);
  });

  test('of demo data is the same for the same seed', async () => {
    const names: unknown[] = [];
    for (const name of ['one', 'two']) {
      await good(bureau(['seed', join(home, name), '--people', '30', '--seed', '9']));
      const db = openDatabase(join(home, name, 'office.db'), 'read');
      names.push(db.prepare('SELECT number, name, city, birth_day FROM parties ORDER BY id').raw().all());
      db.close();
    }
    expect(names[0]).toEqual(names[1]);
    expect((names[0] as unknown[]).length).toBeGreaterThanOrEqual(40);
  });
});
