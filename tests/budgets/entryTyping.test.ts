import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
const number = async (text: string): Promise<number> => (await company.value('account.match', { texts: [text] }))[0]!.id;
const day = '2026-05-04';

beforeAll(async () => {
  company = await makeCompany();
  await company.value('books.set_up', { chart: 'uk', year_start: '2026-04-01' });
});
afterAll(() => company.close());

describe('An account', () => {
  test('is found by the beginning of its number first, then by its name, then by any words of it', async () => {
    const byNumber = await company.value('account.find', { text: '00' });
    expect(byNumber.length).toBeGreaterThan(1);
    expect(byNumber.every((one) => one.number.startsWith('00') || one.name.includes('00'))).toBe(true);
    expect((await company.value('account.find', { text: 'GOODW' }))[0]!.name).toBe('Goodwill');
    const { id } = await company.value('account.create', { name: 'Old goodwill', number: '0001', kind: 'asset' });
    expect((await company.value('account.find', { text: 'goodw' })).map((one) => one.number)).toEqual(['0010', '0011', '0001']);
    expect((await company.value('account.find', { text: '0001' }))[0]!.id).toBe(id);
    expect((await company.value('account.find', { text: 'amort good' })).map((one) => one.name)).toEqual(['Goodwill amortisation']);
    expect((await company.value('account.find', { text: '0010 Goodwill' }))[0]!.number).toBe('0010');
  });

  test('that is a heading or archived is neither offered nor matched', async () => {
    expect((await company.value('account.find', { text: 'Fixed assets' })).map((one) => one.name)).not.toContain('Fixed assets');
    const made = await company.value('account.create', { name: 'Zebra fund', number: '9987', kind: 'equity' });
    expect((await company.value('account.find', { text: 'zebra' })).map((one) => one.id)).toEqual([made.id]);
    await company.value('account.archive', made);
    expect(await company.value('account.find', { text: 'zebra' })).toEqual([]);
    expect(await company.value('account.match', { texts: ['Fixed assets', '9987'] })).toEqual([null, null]);
  });

  test('pasted as number, name or both means the one account that has it, and a name that two have means none', async () => {
    const found = await company.value('account.match', { texts: ['0010', 'goodwill', ' 0010  Goodwill ', '0010 – Goodwill', 'no such', ''] });
    expect(found.map((one) => one?.number ?? null)).toEqual(['0010', '0010', '0010', '0010', null, null]);
    await company.value('account.create', { name: 'Twin', number: '9991', kind: 'asset' });
    await company.value('account.create', { name: 'Twin', number: '9992', kind: 'asset' });
    expect((await company.value('account.match', { texts: ['Twin', '9992'] })).map((one) => one?.number ?? null)).toEqual([null, '9992']);
  });
});

describe('A draft', () => {
  test('keeps a line that has no account yet, and is not posted with it', async () => {
    const saved = await company.value('entry.save', { day, lines: [{ account_id: await number('0010'), amount: 500 }, { account_id: null, amount: -500, text: 'which?' }] });
    const lines = await company.value('entry.lines', { id: saved.id });
    expect(lines.map((line) => [line.account_id === null, line.amount, line.text])).toEqual([[false, 500, ''], [true, -500, 'which?']]);
    expect(await company.refusal('entry.post', saved)).toMatchObject({ code: 'invalid', field: 'lines', message: 'Line 2: the account is missing.' });
  });

  test('of more than a thousand lines is read in pieces, none lost', async () => {
    const account_id = await number('0010');
    const lines = Array.from({ length: 2_300 }, (_, at) => ({ account_id, amount: at % 2 === 0 ? at + 1 : -at }));
    const { id } = await company.value('entry.save', { day, lines });
    const read = [...(await company.value('entry.lines', { id })), ...(await company.value('entry.lines', { id, from: 1000 })), ...(await company.value('entry.lines', { id, from: 2000 }))];
    expect(read.map((line) => line.line)).toEqual(lines.map((_, at) => at + 1));
    expect(read.map((line) => line.amount)).toEqual(lines.map((line) => line.amount));
  });

  test('copied from a posted entry has its lines on another day, no number, and changes on its own', async () => {
    const posted = await company.value('entry.add', { day, narration: 'Rent', reference: 'R-1', lines: [{ account_id: await number('0010'), amount: 500, text: 'May' }, { account_id: await number('0020'), amount: -500 }] });
    const copied = await company.value('entry.copy', { id: posted.id, day: '2026-06-04' });
    const draft = await company.value('entry.get', { id: copied.id });
    expect(draft.number).toMatch(/^\* \d+$/);
    expect(draft).toMatchObject({ state: 'draft', day: '2026-06-04', narration: 'Rent', total: 500 });
    expect((await company.value('entry.lines', { id: copied.id })).map((line) => [line.number, line.amount, line.text])).toEqual([['0010', 500, 'May'], ['0020', -500, '']]);
    await company.value('entry.discard', copied);
    expect(await company.value('entry.get', { id: posted.id })).toMatchObject({ state: 'posted', number: posted.number });
  });
});

describe('Checking an entry as it is typed', () => {
  test('names every line that stands against it, says which period it falls into, and writes nothing', async () => {
    const heading = (await company.value('account.list', { filters: [{ field: 'name', is: 'equals', value: 'Fixed assets' }] })).rows[0]!;
    const before = (await company.value('books.get', {})).drafts;
    const checked = await company.value('entry.check', { day, lines: [{ account_id: heading.id, amount: 100 }, { account_id: await number('0010') }, { account_id: null, amount: -40 }] });
    expect(checked.problems.map((one) => [one.line, one.about])).toEqual([[1, 'account'], [2, 'amount'], [3, 'account']]);
    expect(checked).toMatchObject({ period: { name: '2026-05', state: 'open' }, debit: 100, credit: 40 });
    expect(await company.value('entry.check', { day: '1999-01-01', lines: [] })).toEqual({ period: null, problems: [], valued: [], debit: 0, credit: 0 });
    expect((await company.value('books.get', {})).drafts).toBe(before);
  });

  test('values lines in other currencies by the rate of the day, exactly as posting does', async () => {
    await company.value('commodity.create', { code: 'USD', digits: 2 });
    await company.value('rate.create', { currency: 'USD', day: '2026-05-01', rate_nano: 800_000_000 });
    const lines = [{ account_id: await number('0010'), currency: 'USD', quantity: 1_001 }, { account_id: await number('0020'), amount: -801 }];
    const checked = await company.value('entry.check', { day, lines });
    expect(checked).toMatchObject({ problems: [], valued: [{ line: 1, amount: 801 }], debit: 801, credit: 801 });
    const posted = await company.value('entry.add', { day, lines });
    expect((await company.value('entry.lines', { id: posted.id }))[0]!.amount).toBe(801);
  });
});
