import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readShare, sharesOf, shareText } from '../../main/budgets/journal/shares.ts';
import { dated } from '../../main/budgets/journal/template.ts';
import type { Ways } from '../../renderer/budgets/entry/model.ts';
import { fromTemplateLines, toTemplateLines } from '../../renderer/budgets/templates/rows.ts';
import { cellOf, newRow } from '../../renderer/parts/grid/sheet.ts';
import { type Company, makeCompany } from '../helpers/company.ts';

describe('Shares', () => {
  test('of a hundred in thirds give the cent that is left to the first', () => {
    expect(sharesOf(10_000, ['1/3', '1/3', '1/3'])).toEqual([3334, 3333, 3333]);
    expect(sharesOf(-10_000, ['1/3', '1/3', '1/3'])).toEqual([-3334, -3333, -3333]);
    expect(sharesOf(1001, ['60%', '40%'])).toEqual([601, 400]);
    expect(sharesOf(10_000, ['12.5%', '1/8'])).toEqual([1250, 1250]);
  });

  test('come to exactly what their sum comes to, and none is a cent from its own value', () => {
    const share = fc.oneof(fc.integer({ min: 0, max: 20_000 }).map((n) => `${n / 100}%`), fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 40 })).map(([over, under]) => `${over}/${under}`));
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), fc.array(share, { minLength: 1, maxLength: 8 }), (amount, shares) => {
        // Independently: floating point is exact enough for figures of this size to tell a whole cent.
        const exact = shares.map((text) => (text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text.split('/')[0]) / Number(text.split('/')[1])));
        const found = sharesOf(amount, shares);
        const sum = found.reduce((so, one) => so + one, 0);
        expect(Math.abs(sum - amount * exact.reduce((so, one) => so + one, 0))).toBeLessThanOrEqual(0.5 + 1e-4);
        found.forEach((one, at) => expect(Math.abs(one - amount * exact[at]!)).toBeLessThan(1.5));
      }),
    );
  });

  test('are written in percent where that is short, else as a fraction, and read back as the same share', () => {
    expect([shareText(60, 100), shareText(1, 3), shareText(1, 8), shareText(5, 5), shareText(2, 6), shareText(1, 400), shareText(0, 7)]).toEqual(['60%', '1/3', '12.5%', '100%', '1/3', '0.25%', '0%']);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), fc.integer({ min: 1, max: 9_999_999 }), (over, more) => {
        const under = over + more;
        const read = readShare(shareText(over, under));
        expect(read.over * BigInt(under)).toBe(read.under * BigInt(over));
      }),
    );
  });
});

describe('A template', () => {
  let company: Company;
  const on = { rent: 0, power: 0, bank: 0, department: 0 };
  beforeAll(async () => {
    company = await makeCompany();
    await company.value('fiscal_year.create', { name: '2026', start_day: '2026-01-01', end_day: '2026-12-31', pattern: 'months' });
    on.rent = (await company.value('account.create', { name: 'Rent', number: '7100', kind: 'expense' })).id;
    on.power = (await company.value('account.create', { name: 'Power', number: '7200', kind: 'expense' })).id;
    on.bank = (await company.value('account.create', { name: 'Bank', number: '1200', kind: 'asset', role: 'bank' })).id;
    on.department = (await company.value('department.create', { name: 'Workshop' })).id;
  });
  afterAll(() => company.close());

  test('of a posted entry makes the same entry again on another day', async () => {
    const lines = [{ account_id: on.rent, amount: 120_000, department_id: on.department, text: 'March' }, { account_id: on.bank, amount: -120_000 }];
    const { id: entry_id } = await company.value('entry.add', { day: '2026-03-01', narration: 'Rent', journal: 'bank', lines });
    const { id } = await company.value('entry_template.take', { name: 'Rent', entry_id });
    const filled = await company.value('entry_template.fill', { id, day: '2026-04-01' });
    expect(filled).toMatchObject({ asks: false, open: [], draft: { day: '2026-04-01', journal: 'bank', narration: 'Rent', lines } });
    expect(filled.lines.map((line) => [line.number, line.account, line.amount])).toEqual([['7100', 'Rent', 120_000], ['1200', 'Bank', -120_000]]);
    const { number } = await company.value('entry.add', filled.draft);
    expect(number).toBe('BJ-2026-00002');
  });

  test('keeps the tags of lines, from an entry through the template to what is filled in and what recurs', async () => {
    const [van, urgent] = [(await company.value('own_tag.create', { name: 'Van' })).id, (await company.value('own_tag.create', { name: 'Urgent' })).id];
    const wanted = [[van, urgent], [], [urgent]];
    const draft = { day: '2026-03-01', narration: 'Fuel', lines: [{ account_id: on.rent, amount: 500, tags: [urgent, van] }, { account_id: on.power, amount: 500 }, { account_id: on.bank, amount: -1000, tags: [urgent] }] };
    const { id: entry_id } = await company.value('entry.add', draft);
    for (const from of [{ entry_id }, { draft, amounts: 'share' as const }]) {
      const { id } = await company.value('entry_template.take', { name: `Tagged ${Object.keys(from).join()}`, ...from });
      expect((await company.value('entry_template.lines', { id })).map((line) => line.tags)).toEqual(wanted);
      const filled = await company.value('entry_template.fill', { id, day: '2026-04-01', amount: 1000 });
      expect(filled.lines.map((line) => line.tags)).toEqual(wanted);
      const added = await company.value('entry.add', filled.draft);
      expect((await company.value('entry.lines', { id: added.id })).map((line) => line.tags)).toEqual(wanted);
      for (const mode of ['post', 'draft'] as const) {
        const recurring = await company.value('recurring_entry.create', { name: `Fuel ${mode}`, template_id: id, amount: 1000, mode, every: 1, unit: 'month', start_day: '2026-05-01', times: 1 });
        const { made } = await company.value('recurring_entry.run', { until: '2026-05-01', id: recurring.id });
        expect(made).toMatchObject([{ outcome: mode === 'post' ? 'posted' : 'draft' }]);
        expect((await company.value('entry.lines', { id: made[0]!.entry.id })).map((line) => line.tags)).toEqual(wanted);
      }
    }
    const { id, version } = (await company.value('entry_template.list', { limit: 100 })).rows.find((row) => row.name === 'Tagged entry_id')!;
    const saved = await company.value('entry_template.save', { id, version, name: 'Tagged entry_id', lines: [{ account_id: on.rent, tags: [van] }] });
    expect((await company.value('entry_template.lines', { id })).map((line) => line.tags)).toEqual([[van]]);
    expect(await company.refusal('entry_template.save', { id, version: saved.version, name: 'Tagged entry_id', lines: [{ account_id: on.rent }, { account_id: on.bank, tags: [999] }] })).toMatchObject({ code: 'invalid', message: 'Line 2: there is no Tag 999.' });
  });

  test('of a draft can leave the amounts open or keep their shares, which make any amount balance', async () => {
    const lines = [{ account_id: on.rent, amount: 7000 }, { account_id: on.power, amount: 3000 }, { account_id: on.bank, amount: -10_000 }];
    const open = await company.value('entry_template.take', { name: 'Open', amounts: 'open', draft: { day: '2026-03-01', lines } });
    expect((await company.value('entry_template.fill', { id: open.id, day: '2026-03-01' })).open).toEqual([{ line: 1, side: 'debit' }, { line: 2, side: 'debit' }, { line: 3, side: 'credit' }]);
    const shared = await company.value('entry_template.take', { name: 'Shared', amounts: 'share', draft: { day: '2026-03-01', lines } });
    expect((await company.value('entry_template.lines', { id: shared.id })).map((line) => line.share)).toEqual(['70%', '30%', '100%']);
    const asked = await company.value('entry_template.fill', { id: shared.id, day: '2026-03-01' });
    expect(asked).toMatchObject({ asks: true, open: [{ line: 1 }, { line: 2 }, { line: 3 }] });
    const filled = await company.value('entry_template.fill', { id: shared.id, day: '2026-03-01', amount: 9999 });
    expect(filled.draft.lines.map((line) => line.amount)).toEqual([6999, 3000, -9999]);
  });

  test('typed with a currency keeps the amount in that of the company, with and without a quantity', async () => {
    const ways: Ways = { base: 'GBP', point: '.', digits: () => 2, show: (minor) => (minor / 100).toFixed(2), words: { form: '', digits: '', size: '', currency: '' } };
    const cell = (text: string, value: string | number) => ({ text, value });
    const rows = [
      newRow({ account: cell('Rent', on.rent), debit: cell('90.00', 9_000) }),
      newRow({ account: cell('Bank', on.bank), credit: cell('60.00', 6_000), currency: cell('USD', 'USD') }),
      newRow({ account: cell('Bank', on.bank), credit: cell('30.00', 3_000), currency: cell('USD', 'USD'), quantity: cell('40.00', 4_000) }),
    ];
    const { id } = await company.value('entry_template.save', { name: 'In dollars', lines: toTemplateLines(rows) });
    const shown = fromTemplateLines(await company.value('entry_template.lines', { id }), ways, () => '', () => '');
    expect(shown.map((row) => ['debit', 'credit', 'currency', 'quantity'].map((key) => cellOf(row, key).text))).toEqual([['90.00', '', '', ''], ['', '60.00', 'USD', ''], ['', '30.00', 'USD', '40.00']]);
    const filled = await company.value('entry_template.fill', { id, day: '2026-04-01' });
    expect(filled.open).toEqual([]);
    expect(filled.draft.lines).toMatchObject([{ amount: 9_000 }, { amount: -6_000, currency: 'USD' }, { amount: -3_000, currency: 'USD', quantity: -4_000 }]);
    // It needs no rate: its amounts are told.
    expect((await company.value('entry.add', filled.draft)).number).not.toBe('');
  });

  test('puts the date of the entry into its texts', async () => {
    expect(dated('Rent {month} {year}, {day}. of quarter {quarter}, {other}', '2026-08-09', 'en')).toBe('Rent August 2026, 9. of quarter 3, {other}');
    expect(dated('Miete {month} {year}', '2026-03-31', 'de')).toBe('Miete März 2026');
    const { id } = await company.value('entry_template.save', { name: 'Dated', narration: 'Rent {month}', lines: [{ account_id: on.rent, text: 'Q{quarter}' }] });
    expect(await company.value('entry_template.fill', { id, day: '2026-12-31' })).toMatchObject({ draft: { narration: 'Rent December', lines: [{ text: 'Q4' }] } });
  });

  test('that is changed gets a new version, also when only its lines are; a stale one is refused and changes nothing', async () => {
    const { id } = await company.value('entry_template.save', { name: 'Change', lines: [{ account_id: on.rent, side: 'debit', amount: 100 }] });
    const changed = { id, version: 1, name: 'Change', lines: [{ account_id: on.rent, side: 'debit', amount: 200 } as const] };
    expect(await company.value('entry_template.save', changed)).toEqual({ id, version: 2 });
    expect(await company.value('entry_template.save', { ...changed, version: 2 })).toEqual({ id, version: 2 });
    expect(await company.refusal('entry_template.save', { ...changed, lines: [] })).toMatchObject({ code: 'conflict' });
    expect(await company.value('entry_template.lines', { id })).toMatchObject([{ amount: 200 }]);
  });

  test.each([
    ['an account that is not there', [{ account_id: 999 }], 'Line 1: there is no Account 999.'],
    ['an amount and a share', [{ account_id: null, side: 'debit', amount: 1, share: '5%' }], 'Line 1 has an amount and a share; only one of them may be given.'],
    ['an amount on no side', [{ account_id: null }, { account_id: null, amount: 1 }], 'Line 2: say whether it is a debit or a credit.'],
    ['shares that no common denominator holds', ['/999999999999989', '/999999999999947'].map((under) => ({ account_id: null, side: 'debit', share: `1${under}` })), 'These shares have no common denominator that is small enough. Use the same one for all.'],
  ])('with %s is refused', async (_what, lines, message) => {
    expect(await company.refusal('entry_template.save', { name: 'Wrong', lines })).toMatchObject({ code: 'invalid', message });
  });

  test('keeps to the party that another one is merged into', async () => {
    const [keep, drop] = [await company.value('party.create', { kind: 'organisation', name: 'Landlord' }), await company.value('party.create', { kind: 'organisation', name: 'Landlord Ltd' })];
    const { id } = await company.value('entry_template.save', { name: 'Merged', lines: [{ account_id: on.bank, party_id: drop.id }] });
    await company.value('party.merge', { keep: keep.id, drop: drop.id, version: 1 });
    expect(await company.value('entry_template.lines', { id })).toMatchObject([{ party_id: keep.id }]);
  });
});
