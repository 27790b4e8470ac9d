import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freshFolder } from './launch.ts';

// The packaged program: its fuses keep inspectors out, so it is watched from outside, by what it writes into its log.

const packaged = process.env['BUREAU_PACKAGED'];
if (!packaged) console.warn('SKIPPED packaged program: it is packed by a whole run of npm test on Linux');

test('the packaged program starts, shows its window, and ends when it is told to', async () => {
  test.skip(!packaged, 'no packaged program was made for this run');
  test.setTimeout(120_000);
  const folder = freshFolder();
  const log = join(folder, 'settings', 'logs', 'bureau.log');
  const program = spawn(packaged!, [`--user-data-dir=${join(folder, 'settings')}`], { stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => program.once('exit', (code) => resolve(code)));
  const lines = (): { text: string; level: string }[] => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as { text: string; level: string }) : []);
  try {
    await expect.poll(() => lines().map((line) => line.text), { timeout: 60_000 }).toEqual(expect.arrayContaining(['window shown', 'started']));
    expect(lines().filter((line) => line.level === 'error')).toEqual([]);
  } finally {
    program.kill('SIGTERM');
  }
  expect([0, null]).toContain(await ended);
  rmSync(folder, { recursive: true, force: true });
});

test('the packaged program runs no code from its environment', async () => {
  test.skip(!packaged, 'no packaged program was made for this run');
  test.setTimeout(60_000);
  const folder = freshFolder();
  const mark = join(folder, 'mark');
  // As Node it would write the mark and end at once; as Bureau it takes the argument for nothing and stays.
  const program = spawn(packaged!, [`--user-data-dir=${join(folder, 'settings')}`, '-e', `require("fs").writeFileSync(${JSON.stringify(mark)}, "")`], { stdio: 'ignore', env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--throw-deprecation' } });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  await new Promise((resolve) => setTimeout(resolve, 5_000));
  expect(existsSync(mark)).toBe(false);
  program.kill('SIGKILL');
  await ended;
  rmSync(folder, { recursive: true, force: true });
});
