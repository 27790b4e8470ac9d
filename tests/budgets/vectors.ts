import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { expect } from 'vitest';
import { corpus, has } from '../helpers/corpora.ts';

/** The finance corpus, which nobody here wrote: whether it is there, and its files as rows of texts. Tests without it are skipped, which is counted. */

export const hasVectors = has('finance/excel-functions.csv');

/** The rows of one file. `least` is how many there must be, so that an emptied file is no passed test. */
export function rowsOf(file: string, least: number): Record<string, string>[] {
  const { data } = Papa.parse<Record<string, string>>(readFileSync(corpus(`finance/${file}`), 'utf8'), { header: true, skipEmptyLines: true });
  expect(data.length).toBeGreaterThanOrEqual(least);
  return data;
}

/** Equal to a part in a million, or to a billionth near zero. */
export function expectNear(found: number, wanted: number, what: string, relative = 1e-6): void {
  const away = Math.abs(found - wanted);
  expect(away <= Math.max(1e-9, relative * Math.abs(wanted)), `${what}: ${found} is not ${wanted}`).toBe(true);
}
