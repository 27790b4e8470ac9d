import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Company, makeCompany } from '../helpers/company.ts';

/** Rates of the European Central Bank, in the form in which it publishes them; the figures are those of 4 and 5 January 1999. */

const file = `Date,USD,JPY,CYP,GBP,CHF,
1999-01-05,1.179,130.96,0.58187,0.7122,1.6123,
1999-01-04,1.1789,133.73,0.58231,0.7111,N/A,
`;

let company: Company;
afterEach(() => company.close());

async function imported(currency: string, more: { currencies?: string[]; from?: string } = {}, text = file): Promise<{ result: unknown; rates: unknown }> {
  company = await makeCompany({ currency });
  const source = join(company.desk, 'eurofxref-hist.csv');
  writeFileSync(source, text);
  const result = await company.value('rate.import', { source, ...more });
  const again = await company.value('rate.import', { source, ...more });
  expect(again.added).toBe(0);
  return { result, rates: company.look((db) => db.prepare('SELECT day, currency, rate_nano FROM rates ORDER BY day, currency').raw().all()) };
}

describe('A file of the European Central Bank', () => {
  test('gives books in euros the value of one unit, one over what it says, and leaves out what is not available', async () => {
    const { result, rates } = await imported('EUR', { currencies: ['USD', 'CHF', 'JPY'] });
    expect(result).toEqual({ added: 5, known: 0, first_day: '1999-01-04', last_day: '1999-01-05' });
    // 1 / 133.73, 1 / 1.1789, 1 / 1.6123, 1 / 130.96, 1 / 1.179 to nine places.
    expect(rates).toEqual([['1999-01-04', 'JPY', 7_477_754], ['1999-01-04', 'USD', 848_248_367], ['1999-01-05', 'CHF', 620_231_967], ['1999-01-05', 'JPY', 7_635_919], ['1999-01-05', 'USD', 848_176_421]]);
  });

  test('gives books in pounds cross rates and the euro itself, from a day on', async () => {
    const { rates } = await imported('GBP', { currencies: ['USD', 'EUR'], from: '1999-01-05' });
    // 0.7122 / 1.179 pounds for a dollar.
    expect(rates).toEqual([['1999-01-05', 'EUR', 712_200_000], ['1999-01-05', 'USD', 604_071_247]]);
  });

  test('that is another file, or has not the currency of the company, is refused and adds nothing', async () => {
    company = await makeCompany({ currency: 'SEK' });
    const source = join(company.desk, 'a.csv');
    writeFileSync(source, file);
    expect((await company.refusal('rate.import', { source })).message).toContain('has no rates of SEK');
    writeFileSync(source, 'name,number\nAnn,1\n');
    expect((await company.refusal('rate.import', { source })).message).toContain('has no columns');
    expect(company.look((db) => db.prepare('SELECT count(*) FROM rates').pluck().get())).toBe(0);
  });
});

describe('A rate', () => {
  test('of nothing or less is refused, new or changed', async () => {
    company = await makeCompany({ currency: 'EUR' });
    for (const rate_nano of [0, -1]) expect(await company.refusal('rate.create', { day: '2026-01-05', currency: 'USD', rate_nano })).toMatchObject({ code: 'invalid', field: 'rate_nano' });
    const { id, version } = await company.value('rate.create', { day: '2026-01-05', currency: 'USD', rate_nano: 1 });
    expect(await company.refusal('rate.update', { id, version, patch: { rate_nano: 0 } })).toMatchObject({ code: 'invalid' });
  });
});
