import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('at least 50 bombs are refused, each within 30 seconds, and the process stays below 300 MB', () => {
  const child = fileURLToPath(new URL('./children/bombs.ts', import.meta.url));
  const printed = execFileSync(process.execPath, ['--max-old-space-size=256', child], { encoding: 'utf8', timeout: 170_000, maxBuffer: 10_000_000 });
  const { outcomes, slowest, peak_megabytes } = JSON.parse(printed) as { outcomes: Record<string, string>; slowest: number; peak_megabytes: number };
  expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
  expect(Object.keys(outcomes).length).toBeGreaterThanOrEqual(50);
  expect(slowest).toBeLessThan(30_000);
  expect(peak_megabytes).toBeLessThan(300);
  console.info(`${Object.keys(outcomes).length} bombs refused, slowest ${Math.round(slowest)} ms, peak ${Math.round(peak_megabytes)} MB`);
}, 180_000);
