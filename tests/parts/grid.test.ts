import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reckon } from '../../renderer/parts/grid/arithmetic.ts';
import { moved, walked } from '../../renderer/parts/grid/moving.ts';
import { laidOut } from '../../renderer/parts/grid/pasting.ts';
import { answered, atLeast, filled, newRow, noHistory, nothing, overlaid, remember, stepped, withCell, without } from '../../renderer/parts/grid/sheet.ts';

const en = (text: string, digits = 2): unknown => {
  const got = reckon(text, digits, '.');
  return 'minor' in got ? got.minor : got.problem;
};
const de = (text: string): unknown => {
  const got = reckon(text, 2, ',');
  return 'minor' in got ? got.minor : got.problem;
};

describe('An amount that is typed', () => {
  test('is read as people here write it, with and without marks between thousands', () => {
    expect([en('12.50'), en('1,234.5'), en('1 234.50'), en("1'234'567.89"), en('.5'), en('7.'), en('')]).toEqual([1250, 123450, 123450, 123456789, 50, 700, null]);
    expect([de('12,50'), de('1.234,5'), de('1.234.567,89'), de('1.234')]).toEqual([1250, 123450, 123456789, 123400]);
  });

  test('takes the other mark as the point where it cannot stand between thousands', () => {
    expect([en('12,50'), de('12.50'), en('0,1'), de('12.5*3')]).toEqual([1250, 1250, 10, 3750]);
    expect([en('12,345'), de('12.345')]).toEqual([1234500, 1234500]);
  });

  test('may be reckoned, with products before sums and a share of what it is added to', () => {
    expect([en('12.50*3'), en('=12.50*3'), en('1+2*3'), en('(1+2)*3'), en('10/4'), en('-5+2'), en('100-30-20')]).toEqual([3750, 3750, 700, 900, 250, -300, 5000]);
    expect([en('100+19%'), en('119/119%'), en('200*5%'), en('100-10%')]).toEqual([11900, 10000, 1000, 9000]);
  });

  test('that is reckoned is rounded with halves away from zero; one that is typed must be exact', () => {
    expect([en('10/3'), en('0.125*1'), en('-0.125*1'), en('1/8')]).toEqual([333, 13, -13, 13]);
    expect([en('0.125'), en('1.50', 0), en('1.5', 3)]).toEqual(['digits', 'digits', 1500]);
  });

  test('is negative in brackets and with its minus behind, as accounts are printed', () => {
    expect([en('(12.50)'), en('12.50-'), en('−3'), en('€ 5'), en('EUR 5'), en('5 USD')]).toEqual([-1250, -1250, -300, 500, 500, 500]);
  });

  test('is refused when it is none, when it divides by nothing, and when it is too large to be exact', () => {
    expect([en('abc'), en('1..2'), en('1,23,4'), en('1+'), en('(1'), en('5/0'), en('1 2'), en('2..')]).toEqual(Array.from({ length: 8 }, () => 'form'));
    expect([en('99999999999999999'), en('9'.repeat(300))]).toEqual(['size', 'form']);
  });

  test('adds up exactly whatever the figures, where floats would not', () => {
    expect(en('0.1+0.2')).toBe(30);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 }), { minLength: 1, maxLength: 20 }), (minors) => {
        const typed = minors.map((minor) => `${minor < 0 ? '-' : '+'}${Math.trunc(Math.abs(minor) / 100)}.${String(Math.abs(minor) % 100).padStart(2, '0')}`).join('');
        fc.pre(typed.length <= 200);
        expect(en(typed)).toBe(minors.reduce((sum, minor) => sum + minor, 0));
      }),
    );
  });
});

describe('Keys in a grid of lines', () => {
  const size = { rows: 3, cols: 4, page: 2 };
  const none = (): boolean => false;

  test('Tab goes on into the next line and asks for one after the last; back from the first cell it leaves', () => {
    expect(walked({ row: 0, col: 1 }, size, 1, none)).toEqual({ row: 0, col: 2 });
    expect(walked({ row: 0, col: 3 }, size, 1, none)).toEqual({ row: 1, col: 0 });
    expect(walked({ row: 2, col: 3 }, size, 1, none)).toBe('add');
    expect(walked({ row: 1, col: 0 }, size, -1, none)).toEqual({ row: 0, col: 3 });
    expect(walked({ row: 0, col: 0 }, size, -1, none)).toBe('leave');
  });

  test('Tab passes by cells that have nothing to say, also over the end of a line', () => {
    expect(walked({ row: 0, col: 1 }, size, 1, ({ col }) => col === 2)).toEqual({ row: 0, col: 3 });
    expect(walked({ row: 0, col: 2 }, size, 1, ({ col }) => col === 3)).toEqual({ row: 1, col: 0 });
    expect(walked({ row: 2, col: 2 }, size, 1, ({ col }) => col === 3)).toBe('add');
  });

  test('arrows stay inside, but down from the last line asks for another', () => {
    expect(moved('ArrowDown', false, { row: 2, col: 1 }, size, false)).toBe('add');
    expect(moved('ArrowUp', false, { row: 0, col: 1 }, size, false)).toEqual({ row: 0, col: 1 });
    expect(moved('ArrowRight', false, { row: 0, col: 3 }, size, false)).toEqual({ row: 0, col: 3 });
    expect(moved('PageDown', false, { row: 1, col: 1 }, size, false)).toEqual({ row: 2, col: 1 });
    expect(moved('Home', true, { row: 2, col: 2 }, size, true)).toEqual({ row: 0, col: 0 });
  });

  test('arrows to the side belong to the text while one types in it', () => {
    expect(moved('ArrowLeft', false, { row: 1, col: 1 }, size, true)).toBeNull();
    expect(moved('ArrowLeft', false, { row: 1, col: 1 }, size, false)).toEqual({ row: 1, col: 0 });
    expect(moved('End', false, { row: 1, col: 1 }, size, true)).toBeNull();
    expect(moved('a', false, { row: 1, col: 1 }, size, false)).toBeNull();
  });
});

describe('Lines from a spreadsheet', () => {
  const figure = (text: string): boolean => /^-?[\d.,]+$/.test(text);
  const columns = [
    { key: 'account', names: ['account', 'konto'] },
    { key: 'debit', names: ['debit', 'soll'], reads: figure },
    { key: 'credit', names: ['credit', 'haben'], reads: figure },
    { key: 'text', names: ['text'] },
    { key: 'party', names: ['party'] },
  ];
  const orders = [['account', 'text', 'debit', 'credit'], ['account', 'debit', 'credit', 'text']];
  const from = (cells: readonly (readonly string[])[], at = 'account'): unknown => laidOut(cells, at, columns, orders).lines;

  test('are account, text, debit and credit, the usual order', () => {
    expect(from([['4000', 'Rent', '12.00', ''], ['1200', 'Bank', '', '12.00']])).toEqual([
      { account: '4000', text: 'Rent', debit: '12.00', credit: '' },
      { account: '1200', text: 'Bank', debit: '', credit: '12.00' },
    ]);
  });

  test('are in the usual order also where their texts are empty', () => {
    expect(from([['4000', '', '12.00', '']])).toEqual([{ account: '4000', text: '', debit: '12.00' }]);
  });

  test('are in the order of the grid where the figures say so', () => {
    expect(from([['4000', '12.00', '', 'Rent'], ['1200', '', '12.00', 'Bank']])).toEqual([
      { account: '4000', debit: '12.00', credit: '', text: 'Rent' },
      { account: '1200', debit: '', credit: '12.00', text: 'Bank' },
    ]);
    // Words in the last column are no credits, though nothing stands in the second.
    expect(from([['4000', '', '12.00', 'Rent']])).toEqual([{ account: '4000', debit: '', credit: '12.00', text: 'Rent' }]);
    expect(from([['4000', '12.00'], ['1200', '-12.00']])).toEqual([{ account: '4000', debit: '12.00' }, { account: '1200', debit: '-12.00' }]);
  });

  test('follow their headings in either language, whatever the order', () => {
    expect(from([['Haben', 'Soll', 'Konto', 'unknown'], ['', '5', '4000', 'x'], ['', '', '', '']])).toEqual([{ credit: '', debit: '5', account: '4000' }]);
    expect(laidOut([['Haben', 'Soll', 'Konto', 'unknown'], ['', '5', '4000', 'x']], 'account', columns, orders).over).toBe(1);
  });

  test('begin where they are pasted, when that is not the first column', () => {
    expect(from([['5', ''], ['', '5']], 'debit')).toEqual([{ debit: '5', credit: '' }, { debit: '', credit: '5' }]);
    expect(from([['4000'], ['1200']])).toEqual([{ account: '4000' }, { account: '1200' }]);
  });
});

describe('The rows of a grid', () => {
  const cell = (text: string): { text: string; value: string } => ({ text, value: text });

  test('know which lines say something, and always leave one to type in', () => {
    const rows = [newRow({ a: cell('x') }), newRow({ a: nothing }), newRow()];
    expect(filled(rows)).toEqual([rows[0]]);
    expect(without([newRow()], 0)).toHaveLength(1);
    expect(atLeast([], 2)).toHaveLength(2);
  });

  test('grow when more is pasted than there is, and keep what is beside', () => {
    const rows = overlaid([newRow({ a: cell('1'), b: cell('kept') })], 0, [{ a: cell('2') }, { a: cell('3') }]);
    expect(rows.map((row) => [row.cells['a']?.text, row.cells['b']?.text])).toEqual([['2', 'kept'], ['3', undefined]]);
  });

  test('take an answer only for the text that was asked for, wherever the line is by now', () => {
    const asked = newRow({ a: { text: 'ren', value: null, waiting: true } });
    const moved_ = [newRow(), asked];
    expect(answered(moved_, asked.key, 'a', 'ren', { text: 'Rent', value: 7 })[1]?.cells['a']).toEqual({ text: 'Rent', value: 7 });
    expect(answered(moved_, asked.key, 'a', 'other', { text: 'Rent', value: 7 })).toEqual(moved_);
    expect(answered(withCell(moved_, 1, 'a', cell('typed')), asked.key, 'a', 'ren', cell('Rent'))[1]?.cells['a']?.text).toBe('typed');
  });

  test('go back step by step and forth again, until something new is done', () => {
    const [one, two, three] = [[newRow()], [newRow()], [newRow()]];
    const history = remember(remember(noHistory, one), two);
    const back = stepped(history, three, 'undo')!;
    expect(back.rows).toBe(two);
    expect(stepped(back.history, two, 'undo')!.rows).toBe(one);
    expect(stepped(back.history, two, 'redo')!.rows).toBe(three);
    expect(stepped(remember(back.history, two), one, 'redo')).toBeNull();
    expect(stepped(noHistory, one, 'undo')).toBeNull();
  });
});
