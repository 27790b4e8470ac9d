import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readQif } from '../../main/io/journal/qif.ts';
import type { NamedAccount, Price, Transaction } from '../../main/io/journal/transaction.ts';
import { corpus, has } from '../helpers/corpora.ts';
import { normal, told } from './journalSums.ts';

const folder = mkdtempSync(join(tmpdir(), 'bureau-qif-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readPath = (path: string) => {
  const found = told();
  const named: NamedAccount[] = [];
  const prices: Price[] = [];
  readQif(path, { ...found, account: (one) => void named.push(one), price: (one) => void prices.push(one) });
  return { ...found, named, prices };
};
const read = (text: string, name = 'giro.qif') => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return readPath(path);
};
/** What all postings are worth together: nothing, where every transaction balances. */
const worth = (transactions: readonly Transaction[]): number => transactions.reduce((all, { postings }) => all + postings.reduce((sum, { amount, cost }) => sum + (cost ?? amount).units / 10 ** (cost ?? amount).scale, 0), 0);

const there = has('bank/qif');
const rows = there ? readFileSync(corpus('bank/qif/expected.csv'), 'utf8').trim().split('\n').slice(1).map((row) => row.split(',')) : [];

describe.skipIf(!there)('files of Quicken, Money and others', () => {
  test.each(rows.filter((row) => row[2]!.includes('Bank')))('%s gives as many records and the same sum', (path, _encoding, _sections, records, sum) => {
    const found = readPath(corpus(`bank/qif/${path}`));
    const first = found.transactions[0]!.postings;
    const own = path.includes('Money95bank') ? 'Compte courant' : path.includes('invst') ? 'Livret bleu' : path.includes('ms-money') ? 'New Bank' : path.includes('bogus') ? 'bogus bank' : path.includes('abc-all') ? 'ABC Bank' : first[0]!.account;
    expect(found.transactions.length).toBe(Number(records));
    expect(found.balances()[`${own}\t`]).toBe(normal(sum!));
    expect(Math.abs(worth(found.transactions))).toBeLessThan(1e-6);
  });

  test.each(rows.filter((row) => row[2]!.includes('Invst')))('%s: every action balances and moves its shares', (path) => {
    const found = readPath(corpus(`bank/qif/${path}`));
    expect(found.transactions.length).toBeGreaterThan(2);
    expect(Math.abs(worth(found.transactions))).toBeLessThan(1e-6);
    expect(found.warnings.filter(({ message }) => message.includes('action'))).toEqual([]);
  });

  test('accounts and categories have the kinds that the file names', () => {
    const found = readPath(corpus('bank/qif/gnucash/abc-all.qif'));
    const kinds = Object.fromEntries(found.named.map(({ name, kind }) => [name, kind]));
    expect(kinds).toMatchObject({ 'ABC Bank': 'cash', 'Swipe Brokers': 'asset', SlaveCardt: 'liability', 'pocket cash': 'cash', 'my assets': 'asset', 'libilities yeah': 'liability', 'Gift Received': 'income', 'Invest Inc': 'income' });
  });
});

const bank = (records: string, type = 'Bank'): string => `!Type:${type}\n${records}`;

describe('QIF', () => {
  test('a transfer that stands in the lists of both accounts comes once, also when it is a split of one of them', () => {
    const found = read(
      "!Account\nNGiro\nTBank\n^\n!Type:Bank\nD1/31'24\nT900.00\nPWork\nLPay\nSPay\n$1000.00\nS[Savings]\n$-100.00\n^\nD2/1'24\nT-50\nL[Savings]\n^\n!Account\nNSavings\nTBank\n^\n!Type:Bank\nD1/31'24\nT100.00\nPWork\nL[Giro]\n^\nD2/1'24\nT50\nL[Giro]\n^\nD2/2'24\nT7\nL[Giro]\n^\n",
    );
    expect(found.balances()).toEqual({ 'Giro\t': '843', 'Pay\t': '-1000', 'Savings\t': '157' });
    expect(found.transactions.map(({ narration }) => narration)).toEqual(['Giro → Savings', '', 'Giro → Savings', 'Giro → Savings']);
    expect(found.warnings.map(({ line }) => line)).toEqual([33]);
  });

  test('a transfer reads the same from the file of either account', () => {
    const bare = ({ transactions }: ReturnType<typeof read>): unknown => transactions.map(({ day, code, payee, narration, postings }) => [day, code, payee, narration, postings.map(({ account, amount }) => [account, amount.units / 10 ** amount.scale])]);
    expect(bare(read(bank('D13/01/2024\nT-50,00\nN17\nPmove\nL[Visa]\n^\n'), 'Giro.qif'))).toEqual(bare(read(bank('D13/01/2024\nT50\nL[Giro]\n^\n', 'CCard'), 'Visa.qif')));
  });

  test.each([
    ["D6/17'04", "D6/30'04", '2004-06-17'],
    ["D6/ 7' 4", "D6/30'04", '2004-06-07'],
    ['D17/6/97', 'D1/1/98', '1997-06-17'],
    ['D12/31/95', 'D1/1/96', '1995-12-31'],
    ['D31.12.2023', 'D1.1.2024', '2023-12-31'],
    ['D2024-02-29', 'D2024-03-01', '2024-02-29'],
    ['D01/02/2024', 'D25/02/2024', '2024-02-01'],
  ])('the day %s is read beside %s', (first, second, day) => {
    expect(read(bank(`${first}\nT1\n^\n${second}\nT1\n^\n`)).transactions[0]!.day).toBe(day);
  });

  test('where not even the order of the file speaks, the month stands first, as Quicken writes it', () => {
    const found = read(bank('D6/ 1/94\nT1\n^\nD6/ 2/94\nT1\n^\n'));
    expect(found.transactions.map(({ day }) => day)).toEqual(['1994-06-01', '1994-06-02']);
    expect(found.warnings.map(({ message }) => message)).toEqual([expect.stringContaining('month/day')]);
  });

  test('a day that could be either is read by the order of the file, and the user is told', () => {
    const found = read(bank('D01/12/2024\nT1\n^\nD02/01/2024\nT1\n^\nD03/01/2024\nT1\n^\n'));
    expect([found.transactions[0]!.day, found.warnings.length]).toEqual(['2024-01-12', 1]);
  });

  test('splits that do not add up leave the rest to see', () => {
    const found = read(bank('D2024-01-01\nT-10.00\nLA\nSA\n$-6.00\nSB\n$-3.00\n^\nD2024-01-02\nT-10.00\nSA\n$-6.00\nSB\n^\n'));
    expect(found.balances()).toEqual({ 'A\t': '12', 'B\t': '7', 'Uncategorised\t': '1', 'giro\t': '-20' });
    expect(found.warnings).toHaveLength(1);
  });

  test('a category that is named as an account is not that account; a class is a mark', () => {
    const found = read('!Account\nNCash\nTCash\n^\n!Type:Cash\nD2024-01-01\nT-5\nLCash/Trip\n^\nD2024-01-01\nT-1\nL[Cash]\n^\n');
    expect(found.balances()).toEqual({ 'Cash\t': '-6', 'Cash (category)\t': '5', 'Equity:Opening Balances\t': '1' });
    expect(found.transactions[0]!.tags).toEqual([['class', 'Trip']]);
  });

  test('shares are bought, sold, reinvested and split, and prices are read', () => {
    const found = read(
      '!Type:Security\nNAcme Corporation\nSACM\nTStock\n^\n!Account\nNDepot\nTInvst\n^\n!Type:Invst\nD1/2/2024\nNBuyX\nYAcme Corporation\nI10.00\nQ10\nT105.00\nO5.00\nL[Giro]\n$105.00\n^\nD1/3/2024\nNStkSplit\nYAcme Corporation\nQ20\n^\nD1/4/2024\nNReinvDiv\nYAcme Corporation\nI5\nQ1\nT5\n^\nD1/5/2024\nNSell\nYAcme Corporation\nI6\nQ11\nT66\n^\nD1/6/2024\nNDiv\nYAcme Corporation\nT3\n^\nD1/7/2024\nNXOut\nT9\nL[Giro]\n^\nD1/13/2024\nNVest\nYAcme Corporation\nQ5\n^\n!Type:Prices\n"ACM",6 1/8," 1/13\'24"\n^\n',
    );
    expect(found.balances()).toEqual({ 'Depot\t': '60', 'Depot\tAcme Corporation': '10', 'Giro\t': '-96', '_DivInc\t': '-8' });
    expect(Math.abs(worth(found.transactions))).toBeLessThan(1e-9);
    expect(found.prices).toEqual([{ day: '2024-01-13', commodity: 'Acme Corporation', price: { units: 6_125_000, scale: 6, commodity: '' } }]);
    expect(found.warnings.map(({ message }) => message)).toEqual(['shares that are sold are carried at what they brought; gains are not computed', 'the action “Vest” is not carried over']);
  });

  test.each([
    ['a day that does not exist', bank('D2024-02-30\nT1\n^\n'), /line 2: “2024-02-30” is not a date/],
    ['a record without a day', bank('T1\n^\n'), /line 2: the date is missing/],
    ['an amount that is none', bank('D2024-02-01\nT$1x0\n^\n'), /line 2: “\$1x0” is not an amount/],
    ['a file cut off in a record', bank('D2024-02-01\nT10\n^\nD2024-02-02\nT1'), /line 5: the record that begins here never ends/],
    ['a file without a heading', 'D2024-02-01\nT10\n^\n', /line 1: this is no QIF file/],
    ['a heading that is not known', '!Type:Bonk\nD1\n^\n', /line 1: the heading “!Type:Bonk” is not known/],
    ['an empty file', '', /line 1: this is no QIF file/],
  ])('%s is refused with its line', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
