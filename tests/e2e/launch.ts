import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Reply } from '#contract/kit/failure.ts';
// For the type of `window.bureau`.
import type {} from '../../renderer/office.ts';

/** Starts the real program for a test: with settings of its own, in a folder of its own, and dialogs that answer from a list. */

export interface Started {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Everything of this test: settings, companies, saved files. Removed by `stop`. */
  readonly folder: string;
  /** Asks as the window does, and gives the value; a failure is thrown with its code and words. */
  ask<T = unknown>(name: string, input?: unknown, id?: string): Promise<T>;
  /** The same, with the reply as it came. */
  reply(name: string, input?: unknown, id?: string): Promise<Reply<unknown>>;
  /** What the next dialogs of the system will answer: a path, a button number, or null for cancel. */
  answers(...answers: (string | number | null)[]): void;
  /** The lines of the log so far. */
  log(): readonly Readonly<Record<string, unknown>>[];
  /** Ends the program; keeps the folder when `keep` says so, to start again with it. */
  stop(options?: { readonly keep?: boolean }): Promise<void>;
  /** Milliseconds from the start of the process until the page was loaded. */
  readonly ms: number;
}

export interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A folder of an earlier start. */
  readonly folder?: string;
  readonly size?: { readonly width: number; readonly height: number };
}

/**
 * Playwright's own loader, which holds the program until the debugger is attached. Playwright leaves it out when it is given an
 * executable; without it a page that loads just then is sometimes lost, and the start waits for ever.
 */
const loader = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'lib', 'server', 'electron', 'loader.js');

/** A folder that the one who runs Electron may write: root hands it over, for Electron never runs as root. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bureau-e2e-'));
  mkdirSync(join(folder, 'settings'));
  handOver(folder);
  return folder;
}

/** Gives files that a test wrote to the one who runs Electron. */
export function handOver(path: string): void {
  if (process.getuid?.() === 0) execFileSync('chown', ['-R', `${process.env['SUDO_USER'] ?? 'bureau'}:`, path]);
}

const running = new Set<Started>();

/** Ends what a failed test left running: `test.afterEach(stopAll)`. */
export async function stopAll(): Promise<void> {
  for (const started of running) await started.stop().catch(() => undefined);
}

export async function start(options: Start = {}): Promise<Started> {
  const executablePath = process.env['BUREAU_ELECTRON'];
  if (!executablePath) throw new Error('BUREAU_ELECTRON names no Electron; start these tests with: npm test -- e2e');
  const folder = options.folder ?? freshFolder();
  const queue = join(folder, 'answers.json');
  const began = performance.now();
  const app = await _electron.launch({
    executablePath,
    args: ['-r', loader, process.env['BUREAU_APP'] ?? process.cwd(), `--user-data-dir=${join(folder, 'settings')}`, '--lang=en-GB', ...(options.args ?? [])],
    env: { ...(process.env as Record<string, string>), LANGUAGE: 'en', BUREAU_DIALOG_ANSWERS: queue, ...options.env },
    // Without this Playwright would add --no-sandbox, and the tests would run another program than the user.
    chromiumSandbox: true,
    timeout: 30_000,
  });
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  const ms = performance.now() - began;
  // A window that is resized before its first frame may never draw one.
  while (!(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true))) await page.waitForTimeout(50);
  if (options.size) await resize(app, options.size);
  const reply = (name: string, input: unknown = {}, id?: string): Promise<Reply<unknown>> =>
    page.evaluate(([name_, input_, id_]) => window.bureau.call(name_ as string, input_, (id_ as string | undefined) ?? crypto.randomUUID()) as Promise<Reply<unknown>>, [name, input, id]);
  const started: Started = {
    app,
    page,
    folder,
    ms,
    reply,
    ask: async <T>(name: string, input: unknown = {}, id?: string): Promise<T> => {
      const got = await reply(name, input, id);
      if (!got.ok) throw new Error(`${name}: ${got.failure.code}: ${got.failure.message}`);
      return got.value as T;
    },
    answers: (...answers) => {
      writeFileSync(queue, JSON.stringify(answers));
      handOver(folder);
    },
    log: () => {
      const file = join(folder, 'settings', 'logs', 'bureau.log');
      if (!existsSync(file)) return [];
      return readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    },
    stop: async ({ keep = false } = {}) => {
      running.delete(started);
      await app.close();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
  running.add(started);
  return started;
}

/** The size of what the page sees, not of its frame. */
export async function resize(app: ElectronApplication, size: { readonly width: number; readonly height: number }): Promise<void> {
  await app.evaluate(({ BrowserWindow }, [width, height]) => BrowserWindow.getAllWindows()[0]!.setContentSize(width!, height!), [size.width, size.height]);
}

/** Creates a company in the folder of the test and, when it has an owner, signs in. Gives its folder. */
export async function createCompany(started: Started, options: { readonly name?: string; readonly people?: number; readonly owner?: { readonly name: string; readonly sign_in: string; readonly password: string }; readonly language?: 'en' | 'de' } = {}): Promise<string> {
  const folder = join(started.folder, 'company');
  const owner = options.owner ?? { name: 'Ada Owner', sign_in: 'ada', password: 'correct horse battery' };
  await started.ask('desk.create', {
    folder,
    name: options.name ?? 'Test & Sons Ltd',
    currency: 'EUR',
    country: 'IE',
    language: options.language ?? 'en',
    owner,
    ...(options.people ? { demo: { people: options.people, seed: 7 } } : {}),
  });
  await started.ask('session.sign_in', { sign_in: owner.sign_in, password: owner.password });
  return folder;
}
