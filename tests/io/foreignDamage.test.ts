import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { readGnucash } from '../../main/io/journal/gnucash.ts';
import { readLedgerCsv } from '../../main/io/journal/ledgerCsv.ts';
import { readQif } from '../../main/io/journal/qif.ts';
import type { Taker, Transaction } from '../../main/io/journal/transaction.ts';

const folder = mkdtempSync(join(tmpdir(), 'bureau-damage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tx = (value: string): string => `<gnc:transaction>\n<trn:currency><cmdty:space>CURRENCY</cmdty:space><cmdty:id>EUR</cmdty:id></trn:currency>\n<trn:date-posted><ts:date>2024-01-05 10:59:00 +0000</ts:date></trn:date-posted>\n<trn:splits>\n<trn:split><split:value>${value}</split:value><split:quantity>${value}</split:quantity><split:account>a</split:account></trn:split>\n<trn:split><split:value>-${value}</split:value><split:quantity>-${value}</split:quantity><split:account>b</split:account></trn:split>\n</trn:splits>\n</gnc:transaction>\n`;
const account = (id: string): string => `<gnc:account><act:name>${id}</act:name><act:id>${id}</act:id><act:type>BANK</act:type><act:commodity><cmdty:space>CURRENCY</cmdty:space><cmdty:id>EUR</cmdty:id></act:commodity></gnc:account>\n`;
const book = `<?xml version="1.0"?>\n<gnc-v2>\n<gnc:book>\n${account('a')}${account('b')}${tx('1250/100')}${tx('3/100')}</gnc:book>\n</gnc-v2>\n`;

const samples: readonly (readonly [name: string, bytes: Buffer, read: (path: string, taker: Taker) => void])[] = [
  ['a table', Buffer.from('txn,date,narration,code,account,debit,credit\n1,2024-01-02,"Büro, Paper",4930,Office,"1,234.50",\n1,2024-01-02,,1200,Bank,,1234.50\n2,2024-01-13,x,1200,Bank,5.00,\n2,2024-01-13,x,4000,Sales,,5.00\n'), readLedgerCsv],
  ['a QIF file', Buffer.from("!Account\nNGiro\nTBank\n^\n!Type:Bank\nD1/31'24\nT900.00\nPWork\nSPay\n$1,000.00\nS[Savings]\n$-100.00\n^\n!Account\nNDepot\nTInvst\n^\n!Type:Invst\nD2/1/2024\nNBuyX\nYAcme\nI10.00\nQ10\nT105.00\nL[Giro]\n^\n"), readQif],
  ['a book of GnuCash', Buffer.from(book), readGnucash],
  ['a compressed book of GnuCash', gzipSync(book), readGnucash],
];

/** Bytes taken out, put in and changed. */
const damage = fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), out: fc.integer({ min: 0, max: 20 }), into: fc.oneof(fc.constantFrom('', '"', '\n', ',', '-', '.', '0', '<', '>', '&', '^', '$', '[', '\0'), fc.string({ maxLength: 3 })) }), { minLength: 1, maxLength: 3 });

describe('files damaged at random', () => {
  test.each(samples)('%s is read so that everything balances, or refused with its line', (name, bytes, read) => {
    const path = join(folder, name.replaceAll(' ', '-'));
    fc.assert(
      fc.property(damage, (places) => {
        let found = bytes;
        for (const { at, out, into } of places) {
          const from = Math.floor(at * found.length);
          found = Buffer.concat([found.subarray(0, from), Buffer.from(into, 'latin1'), found.subarray(from + out)]);
        }
        writeFileSync(path, found);
        const taken: Transaction[] = [];
        try {
          read(path, { transaction: (one) => void taken.push(one), warning: () => undefined });
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          expect(error.message).toMatch(/, line \d+: /);
        }
        for (const { postings } of taken) {
          const worth = postings.map(({ amount, cost }) => cost ?? amount);
          expect(worth.every(({ units }) => Number.isSafeInteger(units))).toBe(true);
          const most = Math.max(0, ...worth.map(({ scale }) => scale));
          if (new Set(worth.map(({ commodity }) => commodity)).size === 1) expect(worth.reduce((sum, { units, scale }) => sum + BigInt(units) * 10n ** BigInt(most - scale), 0n)).toBe(0n);
        }
      }),
      { numRuns: 300 },
    );
  });
});
