import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DesignRow, designRowsSchema, rowBases, rowFormats, rowKinds } from '#contract/budgets/design.ts';
import { follow, recoded, type Renaming } from '../../renderer/budgets/design/codes.ts';
import { changed, coded, doubled, keptRows, kindOf, lineOf, rowsOf, shifted, textOf, withAccount } from '../../renderer/budgets/design/model.ts';
import { newRow, type Row } from '../../renderer/parts/grid/sheet.ts';
import { differing, excerpt, whole } from '../../renderer/parts/timeline/excerpt.ts';

// Lines of the grid against the rows that the office keeps.

const line = (row: DesignRow): Row => lineOf(row, (kind) => kind);
const word = fc.stringMatching(/^[A-Za-z][A-Za-z ]{0,18}[a-z]$/);
const yes = fc.constant(true);
/** Rows as they can be kept: only what belongs to their kind, and no empty texts. */
const kept: fc.Arbitrary<DesignRow> = fc
  .record({ kind: fc.constantFrom(...rowKinds), code: fc.stringMatching(/^[A-Z]\w{0,5}$/).map((code) => code.toUpperCase()), label: word, of: word, basis: fc.constantFrom(...rowBases.slice(1)), format: fc.constantFrom(...rowFormats.slice(1)), indent: fc.integer({ min: 1, max: 6 }), turn: yes, bold: yes, hide: yes, each: yes, tag: word }, { requiredKeys: ['kind'] })
  .map((row): DesignRow => {
    const { code, of, basis, format, ...rest } = row;
    const figured = row.kind === 'accounts' || row.kind === 'formula' || row.kind === 'total';
    return { ...rest, ...(figured && code !== undefined ? { code } : {}), ...(figured && of !== undefined ? { of } : {}), ...(row.kind === 'accounts' && basis !== undefined ? { basis } : {}), ...(figured && row.kind !== 'accounts' && format !== undefined ? { format } : {}) };
  });

test('rows come out of the grid as they went in, in the very text that the office keeps', () => {
  fc.assert(
    fc.property(fc.array(kept, { minLength: 1, maxLength: 8 }), (rows) => {
      const text = textOf(rows.map(line));
      expect(keptRows(text)).toEqual(rows);
      expect(JSON.stringify(designRowsSchema.parse(JSON.parse(text)))).toBe(text);
    }),
  );
});

test('lines in which nothing stands are no rows, and each row knows its line', () => {
  const lines = [newRow(), line({ kind: 'blank' }), newRow(), line({ kind: 'heading', label: 'A' })];
  expect(rowsOf(lines)).toEqual({ rows: [{ kind: 'blank' }, { kind: 'heading', label: 'A' }], keys: [lines[1]!.key, lines[3]!.key] });
  expect(keptRows('no rows')).toEqual([]);
});

test('a line without a kind is what stands in it', () => {
  expect(kindOf(newRow({ label: { text: 'A', value: 'A' } }))).toBe('heading');
  expect(kindOf(newRow({ of: { text: '40', value: '40' } }))).toBe('accounts');
});

test('rows with a figure get codes in tens after the highest, once, and an emptied one stays empty', () => {
  const codes = (lines: readonly Row[]): readonly string[] => coded(lines).map((one) => one.cells['code']?.text ?? '–');
  const fresh = (kind: 'accounts' | 'heading'): Row => {
    const { code: _code, ...cells } = line({ kind }).cells;
    return newRow(cells);
  };
  expect(codes([line({ kind: 'accounts', code: 'R34' }), fresh('accounts'), fresh('heading'), fresh('accounts')])).toEqual(['R34', 'R40', '–', 'R50']);
  expect(codes([fresh('accounts'), newRow()])).toEqual(['R10', '–']);
  expect(codes(changed([line({ kind: 'accounts', code: 'R10' })], 0, 'code', null))).toEqual(['']);
});

test('lines move by one place and no further, and are doubled without their code', () => {
  const lines = ['A', 'B', 'C'].map((code) => line({ kind: 'accounts', code, label: code }));
  const labels = (of: readonly Row[]): string => of.map((one) => one.cells['label']?.text).join('');
  expect(labels(shifted(lines, 0, 1))).toBe('BAC');
  expect(labels(shifted(lines, 2, -1))).toBe('ACB');
  expect(shifted(lines, 2, 1)).toBe(lines);
  expect(labels(doubled(lines, 1))).toBe('ABBC');
  expect(doubled(lines, 1)[2]!.cells['code']).toBeUndefined();
  expect(withAccount('4000, ', '4100')).toBe('4000, 4100');
});

test('a long text that was changed is told by the stretch that differs, a short one whole', () => {
  expect(excerpt('short', 'shorter')).toEqual(['short', 'shorter']);
  expect(excerpt(3, null)).toEqual([3, null]);
  const around = 'x'.repeat(400);
  const [before, after] = excerpt(`${around}old${around}`, `${around}new one${around}`);
  expect(before).toBe(`…${'x'.repeat(24)}old${'x'.repeat(24)}…`);
  expect(after).toBe(`…${'x'.repeat(24)}new one${'x'.repeat(24)}…`);
  expect(String(excerpt('', around)[1])).toBe(`${'x'.repeat(240)}…`);
});

const plan: readonly DesignRow[] = [
  { kind: 'accounts', code: 'R10', label: 'Sales of R10', of: '4000, R10' },
  { kind: 'accounts', code: 'R20', label: 'Costs', of: '5000' },
  { kind: 'formula', code: 'R30', label: 'Margin', of: '(R10 - r20) / R10 * 100 + R100' },
  { kind: 'total', code: 'R40', of: 'R10:R20, R10' },
  { kind: 'note', label: 'Of {R10} and { r10 : 2 } against {R20}; R10 {movement:R10} {-balance:10}' },
  { kind: 'accounts', code: 'R100', of: '10' },
];
const withCodes = (codes: Readonly<Record<number, string>>): { readonly texts: readonly (string | undefined)[]; readonly count: number } => {
  const before = plan.map(line);
  const after = Object.entries(codes).reduce<readonly Row[]>((lines, [at, code]) => changed(lines, Number(at), 'code', code), before);
  const { lines, count } = recoded(before, after);
  return { texts: rowsOf(lines).rows.map((row) => (row.kind === 'note' ? row.label : row.of)), count };
};

test('a code that is changed is followed wherever it names the row: in formulas, totals and places of notes, but in no selector of accounts', () => {
  expect(withCodes({ 0: 'SALES' })).toEqual({
    count: 3,
    texts: ['4000, R10', '5000', '(SALES - r20) / SALES * 100 + R100', 'SALES:R20, SALES', 'Of {SALES} and { SALES : 2 } against {R20}; R10 {movement:R10} {-balance:10}', '10'],
  });
  expect(withCodes({ 0: 'A', 1: 'B' }).texts[2]).toBe('(A - B) / A * 100 + R100');
});

test('a code that another row has, or that is emptied, is not followed: nobody could know which row is meant', () => {
  const as = plan.map((row) => (row.kind === 'note' ? row.label : row.of));
  expect(withCodes({ 0: 'R20' })).toEqual({ count: 0, texts: as });
  expect(withCodes({ 0: 'R20', 1: 'R10' })).toEqual({ count: 0, texts: as });
  expect(withCodes({ 0: '' })).toEqual({ count: 0, texts: as });
  expect(withCodes({ 0: 'DAYS' })).toEqual({ count: 0, texts: as });
});

test('the log leaves out of changed rows only what is the same before and after, and shows each row that differs whole, with its number', () => {
  const text = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), fc.array(text, { maxLength: 12 }), (old, fresh) => {
      const apart = differing(old, fresh);
      // Without what differs both are the same, and no more can be left than by trying all.
      const rest = old.filter((_, at) => !apart.old.includes(at));
      expect(fresh.filter((_, at) => !apart.fresh.includes(at))).toEqual(rest);
      const longest = (a: number, b: number): number => (a === old.length || b === fresh.length ? 0 : old[a] === fresh[b] ? 1 + longest(a + 1, b + 1) : Math.max(longest(a + 1, b), longest(a, b + 1)));
      if (old.length + fresh.length < 14) expect(rest.length).toBe(longest(0, 0));
    }),
  );
  const rows = Array.from({ length: 60 }, (_, at) => ({ kind: 'formula', code: `R${at}`, label: `Row ${at}`, of: 'R1 + R2' }));
  const changedAt = (...places: readonly number[]): string => JSON.stringify(rows.map((row, at) => (places.includes(at) ? { ...row, of: 'R1 - R2' } : row)));
  expect(whole(JSON.stringify(rows), changedAt(5, 50))).toEqual([
    '6: {"kind":"formula","code":"R5","label":"Row 5","of":"R1 + R2"} · 51: {"kind":"formula","code":"R50","label":"Row 50","of":"R1 + R2"}',
    '6: {"kind":"formula","code":"R5","label":"Row 5","of":"R1 - R2"} · 51: {"kind":"formula","code":"R50","label":"Row 50","of":"R1 - R2"}',
  ]);
  // A row that was moved says from where to where.
  expect(whole(JSON.stringify(rows), JSON.stringify([...rows.slice(1), rows[0]])).map((one) => String(one).split(':')[0])).toEqual(['1', '60']);
  expect(whole(JSON.stringify(rows), null)).toEqual([JSON.stringify(rows), null]);
  expect(whole(`${'x'.repeat(300)}a${'y'.repeat(300)}`, `${'x'.repeat(300)}${'b'.repeat(300)}${'y'.repeat(300)}`)[1]).toBe(`…${'x'.repeat(24)}${'b'.repeat(300)}${'y'.repeat(24)}…`);
});

test('a code typed letter by letter is followed from how it stood before, whatever it is called on the way', () => {
  const before = plan.map(line);
  let [lines, renaming]: [readonly Row[], Renaming | null] = [before, null];
  const ofs = (): readonly (string | undefined)[] => rowsOf(lines).rows.slice(2, 4).map((row) => row.of);
  // On the way stand a code that another row has, nothing at all, and what is no code.
  for (const text of ['R2', 'R20', 'R2', '', '9', 'R205']) {
    const next = lines.map((row, at) => (at === 0 ? { ...row, cells: { ...row.cells, code: { text, value: /^[A-Z]/.test(text) ? text : null } } } : row));
    ({ lines, renaming } = follow(renaming, lines, next));
    if (text === 'R20') expect(ofs()).toEqual(['(R10 - r20) / R10 * 100 + R100', 'R10:R20, R10']);
  }
  expect(ofs()).toEqual(['(R205 - r20) / R205 * 100 + R100', 'R205:R20, R205']);
  expect(renaming).toMatchObject({ codes: 'R10 → R205', count: 3 });
  // Any other change ends it, and a step back brings all back at once.
  expect(follow(renaming, lines, changed(lines, 1, 'label', 'Cost'))).toMatchObject({ renaming: null });
  expect(follow(renaming, lines, before)).toEqual({ lines: before, renaming: null });
});
