import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const house = join(import.meta.dirname, '..', '..');
let copy = '';
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'bureau-measure-'));
  for (const folder of ['main', 'preload', 'renderer', 'scripts']) cpSync(join(house, folder), join(copy, folder), { recursive: true });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const measure = (): { code: number | null; out: string } => {
  const done = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'measure.ts')], { env: { ...process.env, BUREAU_HOUSE: copy }, encoding: 'utf8' });
  return { code: done.status, out: done.stdout + done.stderr };
};

/** Breaks one file, measures, and mends it. */
function after(file: string, change: (text: string) => string): { code: number | null; out: string } {
  const path = join(copy, file);
  const before = readFileSync(path, 'utf8');
  const broken = change(before);
  expect(broken, `${file} did not change`).not.toBe(before);
  writeFileSync(path, broken);
  try {
    return measure();
  } finally {
    writeFileSync(path, before);
  }
}

describe('The measure of the house', () => {
  test('passes for the house as it is', () => {
    expect(measure()).toMatchObject({ code: 0 });
  });

  test.each([
    ['a longer road', 'main/router.ts', (text: string) => text.replaceAll('handlerOf(asked.name)(ctx, asked.input', 'handlerOf(asked.name)(ctx, asked . input')],
    ['a file of more than 400 lines', 'main/io/inert.ts', (text: string) => `${text}${'export {};\n'.repeat(400)}`],
    ['1,500 lines of machinery', 'preload/contract/kit/words.ts', (text: string) => `${text}${"export const more = '';\n".repeat(200)}`],
    ['an import circle, also of types alone', 'preload/contract/kit/words.ts', (text: string) => `import type { Failure } from './failure.ts';\nexport type F = Failure;\n${text}`],
    ['a third file for a plain entity', 'main/db/sequence.ts', (text: string) => `${text}export const more = { name: 'assignment' };\n`],
    ['an any', 'main/jobs.ts', (text: string) => `${text}export const loose = (x: any) => x;\n`],
  ])('goes red at %s', (_what, file, change) => {
    const done = after(file, change);
    expect(done.code, done.out).toBe(1);
    expect(done.out).toContain('BROKEN');
  });

  test('is mended after all that', () => {
    appendFileSync(join(copy, 'main/jobs.ts'), '');
    expect(measure().code).toBe(0);
  });
});
