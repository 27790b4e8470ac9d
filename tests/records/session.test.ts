import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Failure } from '#contract/kit/failure.ts';
import { waitAfter } from '../../main/records/session.ts';
import { type Company, makeCompany, ownerPassword } from '../helpers/company.ts';

let company: Company;
let users = 0;
let name = '';
let id = 0;
beforeAll(async () => {
  company = await makeCompany({ password: ownerPassword });
});
afterAll(() => company.close());

// Only the clock of this thread is set; waiting times are judged here.
const start = Date.UTC(2026, 10, 2, 9);
const at = (seconds: number): void => void vi.setSystemTime(start + seconds * 1000);

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  at(0);
  name = `user${(users += 1)}`;
  const role = (await company.value('role.list', {})).rows.find((found) => found.preset === 'employee')!.id;
  ({ id } = await company.value('user.create', { name, sign_in: name, role_id: role, language: 'en' }));
});
afterEach(() => vi.useRealTimers());

const wrong = (): Promise<Failure> => company.nobody().refusal('session.sign_in', { sign_in: name, password: '' });
const seconds = (failure: Failure): number => (failure.code === 'busy' ? Number(/(\d+) seconds/.exec(failure.message)?.[1]) : 0);
const give = (password: string): Promise<unknown> => company.value('user.set_password', { id, password });
const right = (password: string) => company.nobody().raw('session.sign_in', { sign_in: name, password });

describe('Signing in', () => {
  test('has five free tries, then waits that double from 30 seconds to 15 minutes', async () => {
    const waits: number[] = [];
    let now = 0;
    for (let tries = 1; tries <= 12; tries += 1) {
      const failure = await wrong();
      expect(failure.code).toBe(tries < 5 ? 'denied' : 'busy');
      waits.push(seconds(failure));
      now += seconds(failure);
      at(now);
    }
    expect(waits).toEqual([0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
    expect(waitAfter(1_000_000)).toBe(900_000);
  });

  test('cannot be tried more than 100 times an hour, however fast one asks', () => {
    let [now, tries] = [0, 0];
    while (now < 3_600_000) {
      tries += 1;
      now += waitAfter(tries);
    }
    expect(tries).toBeLessThanOrEqual(100);
  });

  test('during a wait is refused even with the right password, and asking costs nothing more', async () => {
    await give('seventeen horses');
    for (let tries = 0; tries < 5; tries += 1) await wrong();
    at(10);
    expect(await right('seventeen horses')).toMatchObject({ ok: false, failure: { code: 'busy' } });
    expect(seconds(await wrong())).toBe(20);
    at(30);
    expect((await right('seventeen horses')).ok).toBe(true);
    // The count begins anew.
    expect((await wrong()).code).toBe('denied');
  });

  test('waits also after the company was closed and opened again', async () => {
    for (let tries = 0; tries < 6; tries += 1) {
      await wrong();
      at(30 * tries);
    }
    at(200);
    const left = seconds(await wrong());
    at(201);
    vi.useRealTimers();
    await company.reopen();
    vi.useFakeTimers({ toFake: ['Date'] });
    at(201);
    expect(left).toBeGreaterThan(0);
    expect(seconds(await wrong())).toBe(left - 1);
  });

  test('is not made easier by setting the clock back, nor is anybody locked out for years by it', async () => {
    await give('seventeen horses');
    for (let tries = 0; tries < 7; tries += 1) {
      at(tries * 100);
      await wrong();
    }
    const year = 86_400 * 365;
    // Seven wrong tries wait two minutes, by whatever clock; then the right password opens.
    at(601 - year);
    expect(await right('seventeen horses')).toMatchObject({ ok: false, failure: { code: 'busy', message: expect.stringContaining('120 seconds') as string } });
    at(601 - year + 119);
    expect(await right('seventeen horses')).toMatchObject({ ok: false, failure: { code: 'busy' } });
    at(601 - year + 120);
    expect((await right('seventeen horses')).ok).toBe(true);
  });

  test('is no easier at a window that stands open: tries at one’s own password for a new one are counted and wait alike', async () => {
    await give('seventeen horses');
    const door = company.user(id);
    const guess = (own: string): Promise<Failure> => door.refusal('user.set_password', { id, password: 'nineteen ponies', own });
    for (let tries = 1; tries < 5; tries += 1) expect(await guess(`guess ${tries}`)).toMatchObject({ code: 'denied', field: 'own' });
    expect(await guess('guess 5')).toMatchObject({ code: 'busy', field: 'own' });
    expect(await guess('seventeen horses')).toMatchObject({ code: 'busy', field: 'own' });
    expect(await right('seventeen horses')).toMatchObject({ ok: false, failure: { code: 'busy' } });
    at(31);
    expect(await door.raw('user.set_password', { id, password: 'nineteen ponies', own: 'seventeen horses' })).toMatchObject({ ok: true });
    expect((await company.value('audit.list', { limit: 20 })).rows.filter((row) => row.entity === 'session' && row.id === id && row.action === 'sign_in_failed')).toHaveLength(5);
  });

  test('answers a name that nobody has as it answers a wrong password', async () => {
    const [unknown, known] = [await company.nobody().refusal('session.sign_in', { sign_in: 'ghost', password: '' }), await wrong()];
    expect(unknown).toEqual(known);
  });

  test('is refused to a blocked user, and does not say that it is blocked', async () => {
    await give('seventeen horses');
    await company.value('user.update', { id, version: 1, patch: { disabled: true } });
    const failure = await right('seventeen horses');
    expect(failure).toMatchObject({ ok: false, failure: { code: 'denied' } });
    expect((await company.value('session.current', {})).users.map((user) => user.sign_in)).not.toContain(name);
  });

  test('stands in the audit log when it succeeds, when it fails, when one locks and when one leaves', async () => {
    await give('seventeen horses');
    await wrong();
    const door = company.nobody();
    await door.value('session.sign_in', { sign_in: name, password: 'seventeen horses' });
    await door.value('session.lock', {});
    expect(door.door.session).toBeNull();
    await door.value('session.sign_in', { sign_in: name, password: 'seventeen horses' });
    await door.value('session.sign_out', {});
    const actions = (await company.value('audit.list', { limit: 20 })).rows.filter((row) => row.entity === 'session' && row.id === id).map((row) => row.action);
    expect(actions).toEqual(['signed_out', 'signed_in', 'locked', 'signed_in', 'sign_in_failed']);
  });
});
