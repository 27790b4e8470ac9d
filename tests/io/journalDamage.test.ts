import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readBeancount } from '../../main/io/journal/beancount.ts';
import { readHledger } from '../../main/io/journal/hledger.ts';
import { readLedger } from '../../main/io/journal/ledger.ts';
import { Refused } from '../../preload/contract/kit/failure.ts';
import { told } from './journalSums.ts';

const folder = mkdtempSync(join(tmpdir(), 'bureau-damage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'one.journal');

const readers = { hledger: readHledger, ledger: readLedger, beancount: readBeancount } as const;

interface Line {
  readonly account: string;
  readonly units: number;
}

const account = fc.tuple(fc.constantFrom('Assets', 'Liabilities', 'Equity', 'Income', 'Expenses'), fc.constantFrom('A', 'Bank', 'Zoo-1', 'Ähre'), fc.constantFrom('', ':X', ':Y2')).map((parts) => `${parts[0]}:${parts[1]}${parts[2]}`);
const line: fc.Arbitrary<Line> = fc.record({ account, units: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }) });
const book = fc.array(fc.record({ day: fc.integer({ min: 1, max: 28 }), lines: fc.array(line, { minLength: 1, maxLength: 6 }), scale: fc.integer({ min: 0, max: 4 }), commodity: fc.constantFrom('EUR', 'USD', 'AAPL'), elided: fc.boolean() }), { minLength: 1, maxLength: 30 });
type Book = typeof book extends fc.Arbitrary<infer T> ? T : never;

const decimal = (units: number, scale: number): string => {
  const digits = String(Math.abs(units)).padStart(scale + 1, '0');
  return `${units < 0 ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
};

/** The same book in each format, balanced by a last posting that is left out or written. */
function printed(found: Book, bean: boolean): string {
  const blocks = found.map(({ day, lines, scale, commodity, elided }, at) => {
    const rest = -lines.reduce((sum, { units }) => sum + units, 0);
    const written = lines.map(({ account: name, units }) => `    ${name}  ${decimal(units, scale)} ${commodity}`);
    return [`2024-03-${String(day).padStart(2, '0')} * ${bean ? `"number ${at}"` : `number ${at}`}`, ...written, `    Equity:Rest  ${elided ? '' : `${decimal(rest, scale)} ${commodity}`}`, ''].join('\n');
  });
  if (!bean) return blocks.join('\n');
  const names = new Set(['Equity:Rest', ...found.flatMap(({ lines }) => lines.map(({ account: name }) => name))]);
  return `${[...names].map((name) => `2000-01-01 open ${name}\n`).join('')}\n${blocks.join('\n')}`;
}

function sums(found: Book): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { lines, scale, commodity } of found) {
    const rest = -lines.reduce((sum, { units }) => sum + units, 0);
    for (const { account: name, units } of [...lines, { account: 'Equity:Rest', units: rest }]) {
      const key = `${name}\t${commodity}`;
      all[key] = (all[key] ?? 0) + units * 10 ** (4 - scale);
    }
  }
  return Object.fromEntries(Object.entries(all).filter(([, units]) => units !== 0));
}

describe.each(Object.entries(readers))('%s', (name, read) => {
  test('a printed book read back gives the same sums', () => {
    fc.assert(
      fc.property(book, (found) => {
        writeFileSync(path, printed(found, name === 'beancount'));
        const taken = told();
        read(path, taken);
        expect(taken.transactions).toHaveLength(found.length);
        expect(Object.fromEntries(Object.entries(taken.balances()).map(([key, text]) => [key, Math.round(Number(text) * 10_000)]))).toEqual(sums(found));
      }),
      { numRuns: 150 },
    );
  });

  const nasty = ['"', '(', ')', '{', '}}', '@@', '= 0', ';', ' \n', '\n  ', '\t', '2024-13-01', '* 9', '1e99', '-', '9'.repeat(40), '\u0000', '\u00ff', 'include x\n', '\ninclude one.journal\n', '\n= /a/\n  (b)  2\n', '~', '[2024/1/1]', '\ncomment\n', '\nalias /(a+)+$/ = b\n', '/3', '#', '{{'];

  test('damage anywhere is refused or read, and never breaks the reader', () => {
    fc.assert(
      fc.property(book, fc.array(fc.record({ at: fc.nat(), cut: fc.nat({ max: 30 }), put: fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 3, unit: 'binary' })) }), { minLength: 1, maxLength: 6 }), (found, changes) => {
        let bytes = Buffer.from(printed(found, name === 'beancount'));
        for (const { at, cut, put } of changes) {
          const from = at % (bytes.length + 1);
          bytes = Buffer.concat([bytes.subarray(0, from), Buffer.from(put, 'latin1'), bytes.subarray(Math.min(bytes.length, from + cut))]);
        }
        writeFileSync(path, bytes);
        try {
          read(path, told());
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          expect(error.params['file']).toBe(path);
          expect([typeof error.params['problem'], typeof error.params['line']]).toEqual(['string', 'number']);
        }
      }),
      { numRuns: 400 },
    );
  });

  test('what is no ordinary file is refused', () => {
    expect(() => read(folder, told())).toThrow(/not an ordinary file/);
    expect(() => read(join(folder, 'missing'), told())).toThrow(/can not be opened/);
  });
});
