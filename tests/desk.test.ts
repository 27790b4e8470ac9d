import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { openLog, silentLog } from '../main/log.ts';
import { homeOfBureau } from '../main/places.ts';
import { makeTokens, plainName } from '../main/tokens.ts';

vi.mock('electron', () => ({ app: {}, protocol: {}, shell: {}, ipcMain: {}, powerMonitor: {}, session: {}, nativeTheme: {}, screen: {}, dialog: {}, Menu: {}, BrowserWindow: class {} }));

const room = mkdtempSync(join(tmpdir(), 'bureau-desk-'));
afterAll(() => rmSync(room, { recursive: true }));
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(room, 'x-'));
});

describe('log', () => {
  const lines = (): Record<string, unknown>[] => readFileSync(join(folder, 'bureau.log'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

  test('writes one line for each message, whatever it holds', () => {
    const log = openLog(folder);
    log.info('one\n{"level":"error"}', { name: 'a\r\nb' });
    log.error('ab12', new Error('broken', { cause: new Error('why') }));
    log.error('cd34', 'not an error');
    const round: Record<string, unknown> = {};
    round['self'] = round;
    log.error('ef56', round);
    expect(lines()).toMatchObject([{ level: 'info', name: 'a\r\nb' }, { level: 'error', id: 'ab12', error: { name: 'Error', message: 'broken' } }, { id: 'cd34', error: { message: 'not an error' } }, { id: 'ef56', error: { message: 'object' } }]);
    expect((lines()[1]!['error'] as { cause: string }).cause).toContain('why');
  });

  test('keeps five files of 1 MB', () => {
    const log = openLog(folder);
    for (let count = 0; count < 1000; count++) log.info('x'.repeat(7900));
    const names = readdirSync(folder).toSorted();
    expect(names).toEqual(['bureau.1.log', 'bureau.2.log', 'bureau.3.log', 'bureau.4.log', 'bureau.log']);
    for (const name of names) expect(readFileSync(join(folder, name)).length).toBeLessThan(1_100_000);
  });

  test('cuts what is too long and never fails the work', () => {
    openLog(folder).info('x'.repeat(100_000));
    expect(readFileSync(join(folder, 'bureau.log')).length).toBeLessThan(9000);
    writeFileSync(join(folder, 'file'), '');
    expect(() => openLog(join(folder, 'file', 'logs')).error('1', new Error('x'))).not.toThrow();
  });
});

describe('settings', () => {
  test('take what is good and the usual for the rest', async () => {
    const { readSettings } = await import('../main/settings.ts');
    const usual = { recent: [], last: null, reopen: true, language: null, theme: 'system', bounds: null, zoom: 1 };
    for (const damaged of [null, undefined, 7, 'x', [], {}, { recent: 'x', last: 7, reopen: 'no', language: 'fr', theme: 'pink', bounds: { x: 'a' }, zoom: 99 }]) expect(readSettings(damaged)).toEqual(usual);
    const good = { recent: [{ folder: '/a', name: 'A', opened_at: 5 }], last: '/a', reopen: false, language: 'de', theme: 'dark', bounds: { x: 1, y: 2, width: 3, height: 4, maximized: true }, zoom: 1.5 };
    expect(readSettings(good)).toEqual(good);
    expect(readSettings({ recent: [{ folder: '/a' }, { folder: 7 }, null, 'x'] }).recent).toEqual([{ folder: '/a', name: '', opened_at: 0 }]);
  });

  test('are read again, and are the usual when the file is damaged; what is set is handed on whole', async () => {
    const { openSettings } = await import('../main/settings.ts');
    const kept: unknown[] = [];
    writeFileSync(join(folder, 'settings.json'), '{"zoom": 1.25}');
    const found = openSettings(folder, silentLog, (settings) => kept.push(settings));
    expect(found.get('zoom')).toBe(1.25);
    found.set({ language: 'de' });
    expect(kept).toEqual([expect.objectContaining({ zoom: 1.25, language: 'de' })]);
    writeFileSync(join(folder, 'settings.json'), '{"theme": "dar');
    const damaged = openSettings(folder, silentLog, () => undefined);
    expect(damaged.get('theme')).toBe('system');
    damaged.set({ theme: 'light' });
    expect(damaged.get('theme')).toBe('light');
  });

  test('name each company once, the newest first, twelve at most', async () => {
    const { withRecent } = await import('../main/settings.ts');
    const many = Array.from({ length: 12 }, (_, at) => ({ folder: `/${at}`, name: '', opened_at: at }));
    const after = withRecent(many, { folder: '/3', name: 'Three', opened_at: 99 });
    expect(after.map((one) => one.folder)).toEqual(['/3', '/0', '/1', '/2', '/4', '/5', '/6', '/7', '/8', '/9', '/10', '/11']);
    expect(withRecent(after, { folder: '/new', name: '', opened_at: 100 })).toHaveLength(12);
  });

  test('lie where the window and the terminal both look', () => {
    expect(homeOfBureau({ BUREAU_USER_DATA: '/x' }, 'linux', '/home/a')).toBe('/x');
    expect(homeOfBureau({}, 'linux', '/home/a')).toBe('/home/a/.config/bureau');
    expect(homeOfBureau({ XDG_CONFIG_HOME: '/c' }, 'linux', '/home/a')).toBe('/c/bureau');
    expect(homeOfBureau({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Application Support/Bureau');
  });
});

describe('chosen files', () => {
  test('are known by tokens that cannot be guessed, until they are cleared', () => {
    const tokens = makeTokens();
    const [first, second] = [tokens.give('/a/b.csv', 'in'), tokens.give('/a/b.csv', 'out')];
    expect(first).toMatch(/^in\.[\w-]{24}$/);
    expect(second).toMatch(/^out\./);
    expect(tokens.path(first)).toBe('/a/b.csv');
    expect(() => tokens.path('/a/b.csv')).toThrow(Refused);
    expect(() => tokens.path('__proto__')).toThrow(Refused);
    tokens.clear();
    expect(() => tokens.path(first)).toThrow(Refused);
  });

  test('get plain names, whatever a page suggests', () => {
    const given: [string, string][] = [['Report 2026.xlsx', 'Report 2026.xlsx'], ['../../etc/passwd', 'passwd'], ['C:\\Windows\\x.csv', 'x.csv'], ['a:b|c?.csv', 'a b c .csv'], ['con.csv', '_con.csv'], ['LPT1', '_LPT1'], ['...', 'Bureau'], ['', 'Bureau'], ['.hidden', 'hidden'], ['\u202exslx.exe', 'xslx.exe'], ['Müller & Söhne.pdf', 'Müller & Söhne.pdf'], ['x. . ', 'x']];
    for (const [name, plain] of given) expect(plainName(name), name).toBe(plain);
    expect(plainName('x'.repeat(500))).toHaveLength(150);
  });

  test('are written whole or not at all', async () => {
    const { writeWhole } = await import('../main/print.ts');
    const goal = join(folder, 'a.pdf');
    writeFileSync(goal, 'old');
    await writeWhole(goal, Buffer.from('new'));
    expect(readFileSync(goal, 'utf8')).toBe('new');
    await expect(writeWhole(join(folder, 'none', 'a.pdf'), Buffer.from('x'))).rejects.toThrow(/ENOENT/);
    mkdirSync(join(folder, 'taken'));
    await expect(writeWhole(join(folder, 'taken'), Buffer.from('x'))).rejects.toThrow(Refused);
    expect(readdirSync(folder).toSorted()).toEqual(['a.pdf', 'taken']);
    expect(existsSync(goal)).toBe(true);
  });
});

describe('window', () => {
  test('comes back where it was, but only where a screen still is', async () => {
    const { placeFor } = await import('../main/window.ts');
    const screens = [{ x: 0, y: 0, width: 1920, height: 1040 }];
    const at = (x: number, y: number, width = 1300, height = 900): Parameters<typeof placeFor>[0] => ({ x, y, width, height, maximized: false });
    expect(placeFor(at(100, 50), screens)).toEqual({ x: 100, y: 50, width: 1300, height: 900 });
    expect(placeFor(at(-400, 0), screens)).not.toBeNull();
    for (const gone of [at(2000, 0), at(-1300, 0), at(0, -500), at(0, 1030), null]) expect(placeFor(gone, screens)).toBeNull();
    expect(placeFor(at(0, 0, 10, 10), screens)).toEqual({ x: 0, y: 0, width: 1024, height: 700 });
  });

  test('grows to 200 % and shrinks to 50 % in steps', async () => {
    const { zoomStep } = await import('../main/menu.ts');
    let zoom = 1;
    for (let step = 0; step < 20; step++) zoom = zoomStep(zoom, 1);
    expect(zoom).toBe(2);
    for (let step = 0; step < 20; step++) zoom = zoomStep(zoom, -1);
    expect(zoom).toBe(0.5);
    expect(zoomStep(1.7, 0)).toBe(1);
    expect(zoomStep(1.2, 1)).toBe(1.5);
  });

  test('counts as left alone by what the user does where', async () => {
    const { idleSeconds } = await import('../main/idle.ts');
    expect(idleSeconds({ system: 5, sinceCall: 3000, inFront: true })).toBe(5);
    expect(idleSeconds({ system: 5, sinceCall: 3000, inFront: false })).toBe(3000);
    expect(idleSeconds({ system: 900, sinceCall: 2, inFront: false })).toBe(900);
  });

  test('prints on the paper of the country', async () => {
    const { paperSize } = await import('../main/print.ts');
    expect(['DE', 'GB', 'US', 'ca', ''].map(paperSize)).toEqual(['A4', 'A4', 'Letter', 'Letter', 'A4']);
  });
});
