import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { say } from '#contract/kit/words.ts';
import { type LeaseTimes, leaseHolder, takeLease } from '../../main/db/lease.ts';
import { type Process, isGone, thisProcess } from '../../main/db/process.ts';

const starts = Number(process.env['BUREAU_STARTS'] ?? 20);
const room = mkdtempSync(join(tmpdir(), 'bureau-lease-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(room, { recursive: true });
});
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(room, 'firm-'));
});
const file = (): string => join(folder, 'owner.lease');
const quick: LeaseTimes = { beat: 20, stale: 30_000 };
const dead = 2 ** 22 - 3;

/** Lays a lease as somebody else left it. */
function lay(process: Partial<Process>, age: number, id = 'aaaaaaaa-0000-4000-8000-000000000000'): void {
  writeFileSync(file(), JSON.stringify({ id, user: 'Ann', since: Date.UTC(2026, 10, 22, 9, 15), process: { ...thisProcess(), ...process } }));
  const at = (Date.now() - age) / 1000;
  utimesSync(file(), at, at);
}

function refusal(work: () => unknown): Refused {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error('was not refused');
}

describe('One owner per folder', () => {
  test('who has it is written down, and after the release nothing is left', () => {
    const lease = takeLease(folder, 'Ann');
    expect(leaseHolder(folder)).toMatchObject({ user: 'Ann', pid: process.pid, host: hostname() });
    expect(lease.held()).toBe(true);
    lease.release();
    expect(lease.held()).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    takeLease(folder, 'Bob').release();
  });

  test('a second one is refused as busy and told who has it and since when, in both languages', () => {
    const lease = takeLease(folder, 'Ann');
    const refused = refusal(() => takeLease(folder, 'Bob'));
    expect(refused.code).toBe('busy');
    for (const language of ['en', 'de'] as const) {
      const told = say(refused.words, language, refused.params);
      expect(told).toContain('Ann');
      expect(told).toContain(hostname());
      expect(told).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    }
    expect(readdirSync(folder)).toEqual(['owner.lease']);
    lease.release();
  });

  test('a folder that is not there is refused in words', () => {
    expect(refusal(() => takeLease(join(folder, 'gone'), 'Ann')).code).toBe('missing');
  });

  test('the heartbeat keeps the lease young', async () => {
    const lease = takeLease(folder, 'Ann', quick);
    utimesSync(file(), 0, 0);
    await wait(100);
    expect(Date.now() - statSync(file()).mtimeMs).toBeLessThan(5_000);
    lease.release();
  });
});

describe('A stale lease is succeeded', () => {
  test('at once when its process is proved dead on this system', () => {
    lay({ pid: dead }, 0);
    takeLease(folder, 'Bob').release();
  });

  test('at once when its number was given to another process meanwhile', () => {
    lay({ started: '1' }, 0);
    if (process.platform === 'linux') takeLease(folder, 'Bob').release();
  });

  test('after half a minute of silence when it was taken on another PC or before a restart', () => {
    for (const elsewhere of [{ host: 'other-pc' }, { boot: 'an earlier one' }]) {
      lay(elsewhere, 10_000);
      expect(refusal(() => takeLease(folder, 'Bob')).code).toBe('busy');
      lay(elsewhere, 31_000);
      takeLease(folder, 'Bob').release();
    }
  });

  test('never while its process lives here, however long it has been silent', () => {
    lay({ pid: process.ppid, started: started(process.ppid) }, 3_600_000);
    expect(refusal(() => takeLease(folder, 'Bob')).code).toBe('busy');
  });

  test('when it is unreadable, after half a minute: until then somebody may be writing it', () => {
    writeFileSync(file(), '{"id":');
    expect(refusal(() => takeLease(folder, 'Bob')).message).toMatch(/just being opened/);
    utimesSync(file(), Date.now() / 1000 - 31, Date.now() / 1000 - 31);
    takeLease(folder, 'Bob').release();
  });

  test('also when the one who was about to succeed it died half way, and he left nothing behind', () => {
    const [a, b] = ['aaaaaaaa-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000000'];
    lay({ pid: dead }, 60_000, a);
    writeFileSync(`${file()}.${a}.claim`, readFileSync(file(), 'utf8').replace(a, b));
    const lease = takeLease(folder, 'Bob');
    expect(lease.held()).toBe(true);
    expect(readdirSync(folder)).toEqual(['owner.lease']);
    lease.release();
  });

  test('but not while a living one is about to succeed it', () => {
    const [a, b] = ['aaaaaaaa-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000000'];
    lay({}, 0, b);
    const living = readFileSync(file(), 'utf8');
    lay({ pid: dead }, 60_000, a);
    writeFileSync(`${file()}.${a}.claim`, living);
    expect(refusal(() => takeLease(folder, 'Bob')).code).toBe('busy');
    expect(leaseHolder(folder)?.pid).toBe(dead);
  });
});

describe('A lost lease is noticed at the next heartbeat', () => {
  test.each([
    ['replaced', () => writeFileSync(file(), JSON.stringify({ id: 'other' }))],
    ['removed', () => rmSync(file())],
    ['gone with its folder', () => rmSync(folder, { recursive: true })],
  ])('when the file was %s, once, and the release leaves the other’s alone', async (_title, lose) => {
    const lease = takeLease(folder, 'Ann', quick);
    let lost = 0;
    lease.lost(() => (lost += 1));
    await wait(60);
    expect(lost).toBe(0);
    lose();
    expect(lease.held()).toBe(false);
    await wait(120);
    expect(lost).toBe(1);
    let late = 0;
    lease.lost(() => (late += 1));
    expect(late).toBe(1);
    lease.release();
    if (_title === 'replaced') expect(readFileSync(file(), 'utf8')).toContain('other');
  });

  test('and one who releases before the heartbeat noticed leaves the other’s alone too', () => {
    const lease = takeLease(folder, 'Ann');
    lay({}, 0, 'bbbbbbbb-0000-4000-8000-000000000000');
    lease.release();
    expect(leaseHolder(folder)?.user).toBe('Ann');
    expect(readFileSync(file(), 'utf8')).toContain('bbbbbbbb');
  });

  test('the heartbeat does not keep a program from ending', async () => {
    const child = start();
    await told(child, 'ready');
    child.stdin!.write(`${JSON.stringify({ folder, at: 0 })}\n`);
    await told(child, 'won');
    child.stdin!.end();
    const [code] = (await once(child, 'exit')) as [number];
    expect(code).toBe(0);
  });
});

test('A process is known by its number and its start', () => {
  expect(isGone(thisProcess())).toBe('no');
  expect(isGone({ ...thisProcess(), pid: dead })).toBe('yes');
  expect(isGone({ ...thisProcess(), host: 'other-pc', pid: dead })).toBe('unknown');
});

describe('Starting twice at the same moment gives exactly one owner', () => {
  test(`${starts} double starts of real processes on a free folder`, { timeout: 10_000 + starts * 2_000 }, async () => {
    for (let round = 0; round < starts; round += 1) {
      folder = mkdtempSync(join(room, 'firm-'));
      const two = [start(), start()];
      await Promise.all(two.map((child) => told(child, 'ready')));
      expect(await race(two)).toEqual(['busy', 'won']);
      for (const child of two) child.kill('SIGKILL');
    }
  });

  test(`${starts * 5} rounds of four processes that succeed a dead owner`, { timeout: 20_000 + starts * 2_000 }, async () => {
    const four = [start(), start(), start(), start()];
    await Promise.all(four.map((child) => told(child, 'ready')));
    for (let round = 0; round < starts * 5; round += 1) {
      folder = mkdtempSync(join(room, 'firm-'));
      lay({ pid: dead }, 60_000);
      if (round % 2) writeFileSync(`${file()}.aaaaaaaa-0000-4000-8000-000000000000.claim`, readFileSync(file(), 'utf8').replace('aaaaaaaa', 'bbbbbbbb'));
      expect(await race(four)).toEqual(['busy', 'busy', 'busy', 'won']);
      expect(readdirSync(folder).filter((entry) => entry.endsWith('.new'))).toEqual([]);
    }
    for (const child of four) child.kill('SIGKILL');
  });

  test('and after the owner was killed the next start gets the folder at once', async () => {
    const child = start();
    await told(child, 'ready');
    expect(await race([child])).toEqual(['won']);
    expect(refusal(() => takeLease(folder, 'Bob')).code).toBe('busy');
    child.kill('SIGKILL');
    await once(child, 'exit');
    takeLease(folder, 'Bob').release();
  });
});

/** Sets children to take the folder at the same moment; what each said, in order of the alphabet. */
async function race(starters: readonly ChildProcess[]): Promise<string[]> {
  const at = Date.now() + 30;
  for (const child of starters) child.stdin!.write(`${JSON.stringify({ folder, at })}\n`);
  return (await Promise.all(starters.map(next))).map((line) => line.replace(/^won .*/, 'won')).toSorted();
}

const lines = new WeakMap<ChildProcess, AsyncIterator<string>>();

function start(): ChildProcess {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'children/takes.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  lines.set(child, createInterface({ input: child.stdout })[Symbol.asyncIterator]());
  children.push(child);
  return child;
}

async function next(child: ChildProcess): Promise<string> {
  return String((await lines.get(child)!.next()).value);
}

async function told(child: ChildProcess, word: string): Promise<void> {
  expect(await next(child)).toMatch(word);
}

/** Field 22 of /proc/PID/stat, where there is one. */
function started(pid: number): string {
  if (process.platform !== 'linux') return '';
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]!;
}
