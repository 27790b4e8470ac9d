import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { Refused } from '#contract/kit/failure.ts';
import { accountKinds, accountRoles, type ChartPack, chartPacks, readChartPack } from '../../main/io/chartPack.ts';
import { assetsDir } from '../../main/places.ts';

const folder = join(assetsDir(), 'charts');
const packs = new Map(chartPacks(folder).map((pack) => [pack.code, pack]));
const get = (code: string): ChartPack => packs.get(code) ?? expect.fail(`there is no pack ${code}`);
const scratch = mkdtempSync(join(tmpdir(), 'bureau-charts-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What a refusal says of a text: its place and its words. */
function refusal(text: string): { field: string | undefined; message: string; words: Refused['words'] } {
  try {
    readChartPack(text);
  } catch (error) {
    if (error instanceof Refused) return { field: error.field, message: error.message, words: error.words };
    throw error;
  }
  return expect.fail('the pack was read');
}

/** A small whole pack; every account stands at its index in the tests below. */
const small = {
  code: 'small',
  name: { en: 'Small', de: 'Klein' },
  country: 'GB',
  currency: 'GBP',
  source: { en: 'made up', de: 'ausgedacht' },
  date: '2026-11-22',
  note: { en: 'for tests', de: 'zum Testen' },
  fiscal_year: { start: '04-01', periods: '12' },
  accounts: [
    { number: '1', name: { en: 'Assets', de: 'Aktiva' }, kind: 'asset', role: '', parent: '', group: true, mix: ['liability'], cash_flow: '', tax: '' },
    { number: '1200', name: { en: 'Bank', de: 'Bank' }, kind: 'asset', role: 'bank', parent: '1', group: false, cash_flow: 'cash', tax: '' },
    { number: '1300', name: { en: 'Suspense', de: 'Klärung' }, kind: 'asset', role: 'suspense', parent: '1', group: false, cash_flow: 'operating', tax: '' },
    { number: '2200', name: { en: 'VAT', de: 'Umsatzsteuer' }, kind: 'liability', role: 'tax_output', parent: '1', group: false, cash_flow: 'operating', tax: '' },
    { number: '3200', name: { en: 'Retained', de: 'Vortrag' }, kind: 'equity', role: 'retained_earnings', parent: '', group: false, cash_flow: 'none', tax: '' },
    { number: '4000', name: { en: 'Sales', de: 'Erlöse' }, kind: 'income', role: 'revenue', parent: '', group: false, cash_flow: 'operating', tax: 'S20' },
    { number: '8000', name: { en: 'Depreciation', de: 'Abschreibung' }, kind: 'expense', role: 'depreciation', parent: '', group: false, cash_flow: 'noncash', tax: '' },
  ],
  tax_codes: [{ code: 'S20', name: { en: 'Standard', de: 'Regelsatz' }, rate_ppm: 200000, kind: 'output', output_account: '2200', input_account: '', from_day: '2011-01-04', until_day: '', box: { output: '1,6', input: '' } }],
  roles: { retained_earnings: '3200', opening: '', suspense: '1300', rounding: '8000', exchange_gain: '4000', exchange_loss: '8000', exchange_unrealised: '', disposal_gain: '', disposal_loss: '' },
};

/** The small pack with one value put at a path, or, with `undefined`, taken away. */
function damaged(path: string, value: unknown): string {
  const copy: unknown = structuredClone(small);
  const keys = path.split('.');
  let at: unknown = copy;
  for (const key of keys.slice(0, -1)) at = isRecord(at) ? at[key] : undefined;
  if (!isRecord(at)) expect.fail(`no ${path}`);
  const last = keys.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return JSON.stringify(copy);
}
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

test('A whole pack is read as it is written', () => {
  const pack = readChartPack(JSON.stringify(small));
  expect(pack).toMatchObject({ code: 'small', fiscalYear: { start: '04-01', periods: 12 }, roles: small.roles });
  expect(pack.accounts.map((one) => [one.number, one.cashFlow, one.tax])).toEqual(small.accounts.map((one) => [one.number, one.cash_flow, one.tax]));
  expect(pack.taxCodes).toEqual([{ code: 'S20', name: { en: 'Standard', de: 'Regelsatz' }, ratePpm: 200_000, kind: 'output', outputAccount: '2200', inputAccount: '', fromDay: '2011-01-04', untilDay: '', box: { output: '1,6', input: '' } }]);
});

/** What is broken, the value put there, the place that is told, and a piece of the words. */
const damages: readonly (readonly [path: string, value: unknown, place: string, words: string])[] = [
  ['code', undefined, 'code', 'a text is missing'],
  ['code', 'UK', 'code', 'has not the form'],
  ['colour', 'red', 'pack.colour', 'no such field'],
  ['name.de', '', 'name.de', 'a text is missing'],
  ['name', 'Small', 'name', 'group of fields'],
  ['country', 'England', 'country', 'has not the form'],
  ['currency', 'gbp', 'currency', 'has not the form'],
  ['source.de', '', 'source.de', 'a text is missing'],
  ['note.en', ' ', 'note.en', 'a text is missing'],
  ['date', '2026-02-30', 'date', 'has not the form'],
  ['date', '', 'date', 'a text is missing'],
  ['fiscal_year.start', '02-30', 'fiscal_year.start', 'has not the form'],
  ['fiscal_year.periods', '11', 'fiscal_year.periods', 'is none of'],
  ['accounts', {}, 'accounts', 'a list is missing'],
  ['accounts', [], 'accounts', 'the list is empty'],
  ['accounts.1', 'Bank', 'accounts[1]', 'group of fields'],
  ['accounts.1.number', '', 'accounts[1].number', 'a text is missing'],
  ['accounts.1.number', '12 00', 'accounts[1].number', 'has not the form'],
  ['accounts.2.number', '1200', 'accounts[2].number', 'there twice'],
  ['accounts.1.balance', 1, 'accounts[1].balance', 'no such field'],
  ['accounts.1.name.en', undefined, 'accounts[1] 1200.name.en', 'a text is missing'],
  ['accounts.1.name.de', 'Bank ', 'accounts[1] 1200.name.de', 'a text is missing'],
  ['accounts.1.name.local', 'Banque', 'accounts[0] 1.name.local', 'language of the standard'],
  ['accounts.1.kind', 'money', 'accounts[1] 1200.kind', 'is none of'],
  ['accounts.1.role', 'wallet', 'accounts[1] 1200.role', 'is none of'],
  ['accounts.1.role', 'constructor', 'accounts[1] 1200.role', 'is none of'],
  ['accounts.5.role', 'bank', 'accounts[5] 4000.role', 'cannot be income'],
  ['accounts.1.group', 'no', 'accounts[1] 1200.group', 'neither true nor false'],
  ['accounts.0.role', 'bank', 'accounts[0] 1', 'a heading carries no'],
  ['accounts.0.tax', 'S20', 'accounts[0] 1', 'a heading carries no'],
  ['accounts.1.mix', ['income'], 'accounts[1] 1200.mix', 'only a heading'],
  ['accounts.0.mix', ['money'], 'accounts[0] 1.mix', 'is none of'],
  ['accounts.1.parent', '7', 'accounts[1] 1200.parent', 'no heading 7'],
  ['accounts.1.parent', '1300', 'accounts[1] 1200.parent', 'cannot have others below'],
  ['accounts.0.parent', '1', 'accounts[0] 1.parent', 'in a circle'],
  ['accounts.5.parent', '1', 'accounts[5] 4000.parent', 'income cannot stand under 1'],
  ['accounts.0.mix', [], 'accounts[3] 2200.parent', 'liability cannot stand under 1'],
  ['accounts.1.cash_flow', '', 'accounts[1] 1200.cash_flow', 'a text is missing'],
  ['accounts.1.cash_flow', 'running', 'accounts[1] 1200.cash_flow', 'is none of'],
  ['accounts.1.cash_flow', 'operating', 'accounts[1] 1200.cash_flow', 'does not fit'],
  ['accounts.2.cash_flow', 'noncash', 'accounts[2] 1300.cash_flow', 'does not fit'],
  ['accounts.4.cash_flow', 'cash', 'accounts[4] 3200.cash_flow', 'does not fit'],
  ['accounts.5.cash_flow', 'none', 'accounts[5] 4000.cash_flow', 'does not fit'],
  ['accounts.6.cash_flow', 'operating', 'accounts[6] 8000.cash_flow', 'does not fit'],
  ['accounts.5.tax', 'S19', 'accounts[5] 4000.tax', 'no tax code S19'],
  ['tax_codes', null, 'tax_codes', 'a list is missing'],
  ['tax_codes', [small.tax_codes[0], small.tax_codes[0]], 'tax_codes[1].code', 'there twice'],
  ['tax_codes.0.code', 's20', 'tax_codes[0].code', 'has not the form'],
  ['tax_codes.0.kind', 'vat', 'tax_codes[0] S20.kind', 'is none of'],
  ['tax_codes.0.name.de', undefined, 'tax_codes[0] S20.name.de', 'a text is missing'],
  ['tax_codes.0.rate_ppm', -1, 'tax_codes[0] S20.rate_ppm', 'between 0 and 1000000'],
  ['tax_codes.0.rate_ppm', 1_000_001, 'tax_codes[0] S20.rate_ppm', 'between 0 and 1000000'],
  ['tax_codes.0.rate_ppm', 0.5, 'tax_codes[0] S20.rate_ppm', 'between 0 and 1000000'],
  ['tax_codes.0.rate_ppm', '200000', 'tax_codes[0] S20.rate_ppm', 'between 0 and 1000000'],
  ['tax_codes.0.kind', 'exempt', 'tax_codes[0] S20.rate_ppm', 'between 0 and 0'],
  ['tax_codes.0.kind', 'both', 'tax_codes[0] S20.input_account', 'needs this account'],
  ['tax_codes.0.input_account', '1200', 'tax_codes[0] S20.input_account', 'has no such account'],
  ['tax_codes.0.output_account', '2201', 'tax_codes[0] S20.output_account', 'no account 2201'],
  ['tax_codes.0.output_account', '1', 'tax_codes[0] S20.output_account', 'no account 1 '],
  ['tax_codes.0.output_account', '4000', 'tax_codes[0] S20.output_account', '4000 is income, not liability'],
  ['tax_codes.0.from_day', '2011', 'tax_codes[0] S20.from_day', 'has not the form'],
  ['tax_codes.0.until_day', '2010-01-01', 'tax_codes[0] S20.until_day', 'lies before 2011-01-04'],
  ['tax_codes.0.box.output', '1;6', 'tax_codes[0] S20.box.output', 'has not the form'],
  ['tax_codes.0.box', [], 'tax_codes[0] S20.box', 'group of fields'],
  ['roles.suspense', '', 'roles.suspense', 'a text is missing'],
  ['roles.opening', undefined, 'roles.opening', 'a text is missing'],
  ['roles.bank', '1200', 'roles.bank', 'no such field'],
  ['roles.suspense', '1', 'roles.suspense', 'no account 1 '],
  ['roles.exchange_gain', '9999', 'roles.exchange_gain', 'no account 9999'],
  ['roles.retained_earnings', '1200', 'roles.retained_earnings', '1200 is asset, not equity'],
];

describe('A damaged pack is refused with the place of the damage, in both languages', () => {
  test.each(damages)('%s = %j is told at %s', (path, value, place, words) => {
    const said = refusal(damaged(path, value));
    expect(said.field).toBe(place);
    expect(said.message).toContain(words);
    expect(said.message).toContain(place);
    expect(said.words.de).not.toBe(said.words.en);
  });

  test.each([['', 'no JSON'], ['{"code":', 'no JSON'], ['[]', 'group of fields'], ['null', 'group of fields']])('A file of %j is no pack', (text, words) => {
    expect(refusal(text).message).toContain(words);
  });

  test('Two headings above each other are a circle', () => {
    const [first, second] = [{ ...small.accounts[0], parent: '9' }, { ...small.accounts[0], number: '9', parent: '1' }];
    expect(refusal(damaged('accounts', [first, second, ...small.accounts.slice(1)])).message).toContain('in a circle');
  });
});

test('A heading cannot allow more than the heading above it', () => {
  const [top, ...rest] = small.accounts;
  const inner = { ...top, number: '12', parent: '1', mix: ['income'] };
  const said = refusal(damaged('accounts', [top, inner, ...rest]));
  expect(said.field).toBe('accounts[1] 12.parent');
  expect(said.message).toContain('income cannot stand under 1');
});

describe('A folder of packs', () => {
  test('is listed by code; a stranger in it is passed over', () => {
    writeFileSync(join(scratch, 'small.json'), JSON.stringify(small));
    writeFileSync(join(scratch, 'README.md'), 'no pack');
    expect(chartPacks(scratch).map((one) => one.code)).toEqual(['small']);
  });

  test('names the file that is broken', () => {
    writeFileSync(join(scratch, 'tiny.json'), damaged('accounts.1.kind', 'money'));
    expect(() => chartPacks(scratch)).toThrow('tiny.json: accounts[1] 1200.kind: “money” is none of');
  });

  test('and the file whose name is not its code', () => {
    writeFileSync(join(scratch, 'tiny.json'), JSON.stringify(small));
    expect(() => chartPacks(scratch)).toThrow('tiny.json: code: the file must be named small.json');
  });
});

describe('The packs that come with the program', () => {
  test('are these', () => {
    expect([...packs.keys()]).toEqual(['de-skr03', 'de-skr04', 'fr-pcg', 'ie', 'ifrs', 'none', 'uk', 'us']);
  });

  test.each([...packs.keys()])('%s says what it is, and stands one account a line so that a change can be read', (code) => {
    const pack = get(code);
    const text = readFileSync(join(folder, `${code}.json`), 'utf8');
    expect(text.split('\n').filter((line) => line.startsWith('    { "number": '))).toHaveLength(pack.accounts.length);
    expect(Math.min(pack.note.en.length, pack.note.de.length)).toBeGreaterThan(60);
    expect(pack.source.de).not.toBe(pack.source.en);
    expect(pack.accounts.map((one) => one.number)).toEqual(pack.accounts.map((one) => one.number).toSorted());
  });

  test.each([...packs.keys()].filter((code) => code !== 'none'))('%s has an account for everything that is posted by itself', (code) => {
    const pack = get(code);
    expect(Object.entries(pack.roles).filter(([, account]) => account === '')).toEqual([]);
    const used = new Set(pack.accounts.map((one) => one.role));
    const direct = code.startsWith('de-') ? ['accumulated_depreciation'] : [];
    const noTax = code === 'us' ? ['tax_input'] : [];
    expect(Object.keys(accountRoles).filter((role) => ![...used].some((one) => one === role) && ![...direct, ...noTax].includes(role))).toEqual([]);
    expect(accountKinds.filter((kind) => !pack.accounts.some((one) => !one.group && one.kind === kind))).toEqual([]);
  });

  test.each([
    ['de-skr03', [190_000, 70_000, 0]],
    ['de-skr04', [190_000, 70_000, 0]],
    ['fr-pcg', [200_000, 100_000, 55_000, 21_000, 0]],
    ['ie', [230_000, 135_000, 90_000, 48_000, 0]],
    ['ifrs', []],
    ['uk', [200_000, 50_000, 0]],
    ['us', [0]],
  ] as const)('%s knows the rates of its country', (code, rates) => {
    expect([...new Set(get(code).taxCodes.map((one) => one.ratePpm))].toSorted((a, b) => b - a)).toEqual(rates);
  });
});

test('The two German packs call what they both have by the same German name and put it to the same use', () => {
  const pair = (number03: string, number04: string): unknown[] => [get('de-skr03').accounts.find((one) => one.number === number03), get('de-skr04').accounts.find((one) => one.number === number04)].map((one) => one && [one.name.de, one.kind, one.role, one.tax]);
  for (const [first, second] of [['1200', '1800'], ['1400', '1200'], ['1600', '3300'], ['1576', '1406'], ['1776', '3806'], ['8400', '4400'], ['3400', '5400'], ['4930', '6815'], ['0860', '2970']] as const) {
    const [one, other] = pair(first, second);
    expect(one, first).toBeDefined();
    expect(one).toEqual(other);
  }
});

describe('The folder of the data packs', () => {
  test.each([
    ['the checkout', 'main/places.ts'],
    ['a build and the package', 'out/main/worker.js'],
  ])('is found from %s', (_where, module) => {
    expect(assetsDir(pathToFileURL(join(scratch, ...module.split('/'))).href)).toBe(join(scratch, 'assets'));
  });

  test('is packed with the program', () => {
    const builder = readFileSync(join(assetsDir(), '..', 'electron-builder.yml'), 'utf8');
    expect(builder).toMatch(/^files:\n(?: {2}.*\n)* {2}- assets\/\*\*\n/m);
  });
});
