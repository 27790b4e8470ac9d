import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { readHledger } from '../../main/io/journal/hledger.ts';
import { readLedger } from '../../main/io/journal/ledger.ts';
import { corpus, has } from '../helpers/corpora.ts';
import { hledgerBalances, ledgerBalances } from '../helpers/expected.ts';
import { normal, told } from './journalSums.ts';

const folder = mkdtempSync(join(tmpdir(), 'bureau-journal-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const there = has('ledger/expected');
const files = (under: string): string[] => (there ? readdirSync(corpus(`ledger/${under}`)).map((name) => join(corpus(`ledger/${under}`), name)) : []);

/** What was found with as many decimals as the report shows, and without what it shows as zero. The file itself may have more. */
function asShown(found: Record<string, string>, shown: Record<string, string>): Record<string, string> {
  const decimals = (number: string): number => number.split('.')[1]?.length ?? 0;
  return Object.fromEntries(
    Object.entries(found)
      .map(([key, number]): [string, string] => (shown[key] === undefined ? [key, number] : [key, normal(Number(number).toFixed(decimals(shown[key])))]))
      .filter(([, number]) => Number(number) !== 0),
  );
}

/** Balances with those of all accounts below, as ledger's report has them. */
function withBelow(found: Record<string, string>): Record<string, string> {
  const sums = new Map<string, number>();
  for (const key of Object.keys(found)) {
    const [account, commodity] = key.split('\t');
    const sum = Object.entries(found).reduce((all, [other, number]) => (other === key || (other.startsWith(`${account}:`) && other.endsWith(`\t${commodity}`)) ? all + Math.round(Number(number) * 10_000) : all), 0);
    sums.set(key, sum);
  }
  return Object.fromEntries([...sums].map(([key, sum]) => [key, normal((sum / 10_000).toFixed(4))]));
}

describe.skipIf(!there)('journals of hledger', () => {
  const journals = files('hledger').filter((path) => basename(path) !== 'templates_basic_main.journal');

  test.each(journals)('%s gives the balances that hledger gives', (path) => {
    const found = told();
    readHledger(path, found);
    const shown = hledgerBalances(corpus(`ledger/expected/hledger__${basename(path, '.journal')}.trial-balance.csv`));
    expect(asShown(found.balances(), shown)).toEqual(shown);
  });

  test('a file that includes what is not there is refused with its line', () => {
    expect(() => readHledger(corpus('ledger/hledger/templates_basic_main.journal'), told())).toThrow(/templates_basic_main\.journal, line 9: .*accounts\.journal/);
  });

  test('kinds of accounts are handed out', () => {
    const kinds: string[] = [];
    readHledger(corpus('ledger/hledger/i18n_zh.journal'), { ...told(), account: ({ name, kind }) => void kinds.push(`${name} ${kind}`) });
    expect(kinds).toEqual(['资产 asset', '资产:银行存款 cash', '资产:现金 cash', '负债 liability', '权益 equity', '权益:汇兑损益 conversion', '收入 income', '费用 expense']);
  });

  test('10,000 generated transactions give the expected trial balance', () => {
    const path = join(folder, '10000.journal');
    writeFileSync(path, gunzipSync(readFileSync(corpus('ledger/generated/10000.journal.gz'))));
    const wanted = hledgerBalances(corpus('ledger/generated/expected-10000-trial-balance.csv'));
    for (const read of [readHledger, readLedger]) {
      const found = told();
      read(path, found);
      expect(found.transactions.length).toBe(10_000);
      expect(found.balances()).toEqual(wanted);
    }
  });

  const errors = there ? readFileSync(corpus('ledger/expected/hledger-errors.csv'), 'utf8').trim().split('\n').slice(1) : [];
  const lines: Readonly<Record<string, number>> = { 'accounts.j': 4, 'autobalanced.j': 3, 'parseable-dates.j': 3, 'payees.j': 6, 'recentassertions.j': 4, 'uniqueleafnames.j': 12 };

  test.each(errors)('a broken journal is refused as hledger refuses it: %s', (row) => {
    const [name = '', basic] = row.split(',');
    const path = corpus(`ledger/hledger-errors/${name}`);
    const refused = new RegExp(`${name.replaceAll('.', String.raw`\.`)}, line ${lines[name]}: `);
    if (basic === '0') readHledger(path, told());
    else expect(() => readHledger(path, told())).toThrow(refused);
    expect(() => readHledger(path, told(), { strict: true })).toThrow(refused);
    const strictly: Readonly<Record<string, RegExp>> = { 'accounts.j': /the account “ß” is not declared/, 'payees.j': /the payee “p” is not declared/, 'uniqueleafnames.j': /end in the same name/ };
    if (basic === '0') expect(() => readHledger(path, told(), { strict: true })).toThrow(strictly[name]);
  });
});

describe.skipIf(!there)('journals of ledger', () => {
  test.each(files('ledger'))('%s gives the balances that ledger gives', (path) => {
    const found = told();
    readLedger(path, found);
    const shown = ledgerBalances(corpus(`ledger/expected/ledger__${basename(path)}.balance.txt`));
    expect(asShown(withBelow(found.balances()), shown)).toEqual(shown);
  });
});
