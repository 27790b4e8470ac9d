import { describe, expect, test } from 'vitest';
import type { Line } from '#contract/budgets/entry.ts';
import { inPlaceOf, missingIn, readAmount, settleLine, sums, toCells, toLines, toRows, unreadable, type Ways } from '../../renderer/budgets/entry/model.ts';
import { type Kept, savedOver } from '../../renderer/budgets/entry/kept.ts';
import { atLeast, cellOf, newRow, type Row, withCell } from '../../renderer/parts/grid/sheet.ts';

const ways: Ways = {
  base: 'EUR',
  point: '.',
  digits: (currency) => (currency === 'JPY' ? 0 : 2),
  show: (minor) => (minor / 100).toFixed(2),
  words: { form: 'no amount', digits: 'too fine', size: 'too large', currency: 'no currency' },
};

const line = (cells: Readonly<Record<string, string>>): Row => {
  let rows = [newRow()];
  for (const [key, text] of Object.entries(cells)) {
    const cell = key === 'debit' || key === 'credit' ? readAmount(text, ways) : key === 'account' ? { text, value: Number(text) } : { text, value: text };
    rows = withCell(rows, 0, key, cell).map((row) => settleLine(row, key, ways));
  }
  return rows[0]!;
};
const shown = (row: Row): readonly string[] => ['debit', 'credit'].map((key) => cellOf(row, key).text);

describe('A line of an entry', () => {
  test('has a debit or a credit, never both: the one typed last stays', () => {
    expect(shown(line({ debit: '5', credit: '7' }))).toEqual(['', '7.00']);
    expect(shown(line({ credit: '7', debit: '5' }))).toEqual(['5.00', '']);
  });

  test('with less than nothing on one side stands on the other, and a zero says nothing', () => {
    expect(shown(line({ debit: '-5' }))).toEqual(['', '5.00']);
    expect(shown(line({ credit: '(12.50)' }))).toEqual(['12.50', '']);
    expect(shown(line({ debit: '0' }))).toEqual(['', '']);
  });

  test('has its quantity in the digits of its currency, and asks for the currency first', () => {
    expect(cellOf(line({ currency: 'JPY', quantity: '1,500' }), 'quantity')).toEqual({ text: '1500', value: 1500 });
    expect(cellOf(line({ quantity: '15', currency: 'USD' }), 'quantity').value).toBe(1500);
    expect(cellOf(line({ quantity: '15' }), 'quantity').problem).toBe('no currency');
    expect(cellOf(line({ currency: 'JPY', quantity: '1.5' }), 'quantity').problem).toBe('too fine');
  });
});

describe('What an entry lacks to balance', () => {
  const rows = [line({ account: '1', debit: '100' }), line({ account: '2', credit: '30' }), newRow()];

  test('is put into whichever side is asked for, beside what the line itself has', () => {
    expect(sums(rows)).toEqual({ debit: 10_000, credit: 3_000, difference: 7_000 });
    expect(missingIn(rows, 2, 'credit', ways)).toBe('70.00');
    // Less than nothing on this side: it will stand on the other.
    expect(missingIn(rows, 2, 'debit', ways)).toBe('-70.00');
    expect(missingIn(rows, 1, 'credit', ways)).toBe('100.00');
    expect(missingIn(rows, 2, 'text', ways)).toBeNull();
  });

  test('counts what the office says that lines in other currencies are worth', () => {
    const foreign = line({ account: '3', currency: 'USD', quantity: '10' });
    expect(sums([...rows, foreign], new Map([[foreign.key, -7_000]]))).toEqual({ debit: 10_000, credit: 10_000, difference: 0 });
  });
});

describe('The lines that the office gets', () => {
  test('leave out what is blank, keep debit positive, and give a quantity the sign of its amount', () => {
    const rows = [line({ account: '1', debit: '5', text: 'a' }), newRow(), line({ account: '2', currency: 'USD', quantity: '6', credit: '5' }), line({ credit: '1' })];
    const { lines, keys } = toLines(rows);
    expect(lines).toEqual([
      { account_id: 1, amount: 500, text: 'a' },
      { account_id: 2, amount: -500, currency: 'USD', quantity: -600 },
      { account_id: null, amount: -100 },
    ]);
    expect(keys).toEqual([rows[0]!.key, rows[2]!.key, rows[3]!.key]);
  });

  test('come back as they were, through the rows of the grid', () => {
    const bare = { account: 'Bank', number: '1200', party_id: null, department_id: null, place_id: null, project_id: null, tax_code_id: null, currency: '', quantity: 0, tags: [], text: '' };
    const stored: Line[] = [
      { ...bare, line: 1, account_id: 7, amount: 1_250, text: 'x', party_id: 3, tax_code_id: 4 },
      { ...bare, line: 2, account_id: 8, amount: -1_250, currency: 'JPY', quantity: -1_500, department_id: 2 },
      { ...bare, line: 3, account_id: 9, amount: 0, currency: 'USD', quantity: -99, tags: [12, 5] },
    ];
    const rows = toRows(stored, ways, (key, id) => `${key} ${id}`, (id) => `tag ${id}`);
    expect(rows.slice(0, 3).map((row) => [cellOf(row, 'party').text, cellOf(row, 'quantity').text])).toEqual([['party 3', ''], ['', '1500'], ['', '-0.99']]);
    expect(cellOf(rows[2]!, 'tags').text).toBe('tag 12, tag 5');
    expect(toLines(rows).lines).toEqual([
      { account_id: 7, amount: 1_250, text: 'x', party_id: 3, tax_code_id: 4 },
      { account_id: 8, amount: -1_250, currency: 'JPY', quantity: -1_500, department_id: 2 },
      { account_id: 9, currency: 'USD', quantity: -99, tags: [5, 12] },
    ]);
  });

  test('are not sent while a text means nothing, and the first such line is named', () => {
    expect(unreadable([line({ debit: '5' }), line({ debit: 'five' })])).toEqual({ line: 2, problem: 'no amount' });
    expect(unreadable([line({ debit: '5' })])).toBeNull();
  });

  test('go to a spreadsheet as account, text, debit and credit under their headings', () => {
    expect(toCells([line({ account: '1', debit: '5', text: 'a' }), newRow()], ['A', 'T', 'D', 'C'])).toEqual([['A', 'T', 'D', 'C'], ['1', 'a', '5.00', '']]);
  });
});

describe('What is typed while the office is asked', () => {
  const head = { day: '2026-05-04', journal: 'general', narration: 'Rent', reference: '' } as const;
  const sent: Kept = { head, rows: [line({ account: '1', debit: '5' }), line({ account: '2', credit: '5' })], version: 3, dirty: true, unreadable: {} };

  test('is there after a save, and unsaved, with the version that was saved', () => {
    const rows = withCell(sent.rows, 1, 'text', { text: 'May', value: 'May' });
    expect(savedOver({ ...sent, rows }, sent, 4)).toEqual({ ...sent, rows, version: 4, dirty: true });
    expect(savedOver({ ...sent, head: { ...head, narration: 'Rent of May' } }, sent, 4)).toMatchObject({ head: { narration: 'Rent of May' }, version: 4, dirty: true });
    expect(savedOver({ ...sent, unreadable: { day: 'no day' } }, sent, 4).dirty).toBe(true);
  });

  test('is nothing where only a line to type in came, or what was kept is gone', () => {
    expect(savedOver(sent, sent, 4)).toEqual({ ...sent, version: 4, dirty: false });
    expect(savedOver({ ...sent, rows: atLeast(sent.rows, 5) }, sent, 4).dirty).toBe(false);
    expect(savedOver(undefined, sent, 4)).toEqual({ ...sent, version: 4, dirty: false });
  });

  test('stays when what was asked about one line comes into its place, and a line that is another by then is left', () => {
    const [first, second] = [sent.rows[0]!, sent.rows[1]!];
    const parts = [newRow(), newRow()];
    const typed = line({ account: '3', debit: '1' });
    expect(inPlaceOf([typed, first, second], first, parts)).toEqual([typed, ...parts, second]);
    expect(inPlaceOf([second], first, parts)).toBeNull();
    expect(inPlaceOf(withCell([first, second], 0, 'debit', readAmount('6', ways)), first, parts)).toBeNull();
  });
});
