import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';

/** The real program in processes of its own, as a terminal starts it. */

export interface Done {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface More {
  readonly env?: Record<string, string>;
  readonly input?: string;
  /** Reads only the beginning of what is said and closes the pipe, as `head` does. */
  readonly closing?: boolean;
}

const cli = join(import.meta.dirname, '..', '..', 'main', 'cli.ts');

/** A terminal with its settings in a new folder, which the test removes. */
export function openTerminal(): { readonly home: string; readonly bureau: (args: readonly string[], more?: More) => Promise<Done> } {
  const home = mkdtempSync(join(tmpdir(), 'bureau-cli-'));
  const bureau = (args: readonly string[], more: More = {}): Promise<Done> => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: home, BUREAU_USER_DATA: join(home, 'settings'), BUREAU_QUIET: '1', NODE_COMPILE_CACHE: join(tmpdir(), 'bureau-test-compiled'), ...more.env };
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...args], { env, cwd: home });
    const texts = { out: '', err: '' };
    child.stdout.on('data', (piece: Buffer) => {
      texts.out += piece.toString();
      if (more.closing === true) child.stdout.destroy();
    });
    child.stderr.on('data', (piece: Buffer) => (texts.err += piece.toString()));
    child.stdin.end(more.input ?? '');
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, ...texts }));
    });
  };
  return { home, bureau };
}

/** The result of a command that must end well. */
export async function good<T>(running: Promise<Done>): Promise<T> {
  const done = await running;
  expect(done.code, done.err).toBe(0);
  return JSON.parse(done.out) as T;
}
