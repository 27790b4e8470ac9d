import { describe, expect, it } from 'vitest';
import type { Looked } from '#contract/company/transfer.ts';
import type { Entity } from '#contract/kit/entity.ts';
import { party } from '#contract/records/party.ts';
import { user } from '#contract/records/user.ts';
import { countBy } from '../../renderer/transfer/counts.ts';
import { fileName, narrowed } from '../../renderer/transfer/exported.ts';
import { inert } from '../../renderer/transfer/inert.ts';
import { assigned, carried, columnName, fixable, fixed, formatsOf, importable, prefixable, prefixed, recognises, rowsOf, settledMapping, unfilled, unfixed } from '../../renderer/transfer/mapping.ts';

const people = party as unknown as Entity;
const looked = (names: readonly string[], columns: readonly (string | null)[]): Looked => ({
  reading: { format: 'csv', delimiter: ',', encoding: 'utf-8', header: true, sheet: '', day_order: 'ymd', decimal_point: '.' },
  sheets: [],
  columns: names.map((name, at) => ({ name, samples: [`${name}1`, ...(at === 0 ? [`${name}2`] : [])] })),
  mapping: { columns: [...columns], values: {} },
  remembered: false,
  bytes: 10,
});

describe('columns of a file and fields of a record', () => {
  it('gives a field to one column only', () => {
    const before = { columns: ['name', null], values: { kind: 'person' } };
    expect(assigned(before, 1, 'name')).toEqual({ columns: [null, 'name'], values: { kind: 'person' } });
    expect(assigned(before, 0, null)).toEqual({ columns: [null, null], values: { kind: 'person' } });
  });

  it('drops the fixed value of a field that a column now fills', () => {
    expect(assigned({ columns: [null], values: { kind: 'person' } }, 0, 'kind')).toEqual({ columns: ['kind'], values: {} });
  });

  it('asks for required fields that neither a column nor a fixed value fills', () => {
    expect(unfilled(people, { columns: ['name'] })).toEqual(['kind']);
    expect(unfilled(people, { columns: ['kind'] })).toEqual([]);
    expect(unfilled(people, fixed({ columns: [] }, 'kind', 'person'))).toEqual([]);
    expect(unfilled(people, fixed({ columns: [] }, 'kind', ''))).toEqual(['kind']);
  });

  it('offers the required fields first, and no sensitive ones to who may not see them', () => {
    expect(fixable(people, { columns: [] }, [])[0]?.[0]).toBe('kind');
    expect(importable(people, []).map(([key]) => key)).not.toContain('iban');
    expect(importable(people, ['bank']).map(([key]) => key)).toContain('iban');
    expect(importable(people, ['bank']).map(([key]) => key)).not.toContain('sort_name');
  });

  it('sends no fixed value that was begun but not filled in', () => {
    expect(settledMapping({ columns: ['name'], values: { kind: 'person', city: '', tags: [] } })).toEqual({ columns: ['name'], values: { kind: 'person' } });
    expect(unfixed({ columns: [], values: { kind: 'person' } }, 'kind').values).toEqual({});
  });

  it('keeps a prefix with its field, and drops it with the column', () => {
    const numbered = prefixed({ columns: ['number', 'name'] }, 'number', 'S-');
    expect(assigned(numbered, 1, null).prefixes).toEqual({ number: 'S-' });
    expect(assigned(numbered, 0, 'city').prefixes).toBeUndefined();
    expect(settledMapping(numbered).prefixes).toEqual({ number: 'S-' });
    expect(settledMapping(prefixed(numbered, 'number', '')).prefixes).toBeUndefined();
    expect(Object.entries(people.fields).filter(([, field]) => prefixable(field)).map(([key]) => key)).toEqual(['number']);
  });

  it('knows whether rows can be recognised', () => {
    expect(recognises(people, { columns: ['number'] })).toBe(true);
    expect(recognises(people, { columns: ['name'] })).toBe(false);
    expect(recognises(user as unknown as Entity, { columns: [], values: { sign_in: 'ada' } })).toBe(true);
  });

  it('keeps what was chosen by hand while the columns stay the same', () => {
    const before = looked(['a', 'b'], ['name', null]);
    const own = { columns: [null, 'name'], values: { kind: 'person' } };
    expect(carried(before, own, looked(['a', 'b'], ['name', null]))).toBe(own);
    expect(carried(before, own, looked(['a;b'], [null]))).toEqual({ columns: [null], values: { kind: 'person' } });
    expect(carried(null, null, before)).toEqual(before.mapping);
  });

  it('turns samples of columns into rows, short ones filled up', () => {
    expect(rowsOf(looked(['a', 'b'], [null, null]).columns)).toEqual([['a1', 'b1'], ['a2', '']]);
    expect(rowsOf([])).toEqual([]);
  });

  it('names columns without a header as spreadsheets do', () => {
    expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  });

  it('offers contacts only for people and calendars only for events', () => {
    expect(formatsOf('party')).toEqual(['csv', 'xlsx', 'vcard']);
    expect(formatsOf('event')).toEqual(['csv', 'xlsx', 'ical']);
    expect(formatsOf('place')).toEqual(['csv', 'xlsx']);
  });
});

describe('what leaves the window', () => {
  it('makes formulas harmless and leaves phone numbers and amounts alone', () => {
    expect(inert('=1+1')).toBe("'=1+1");
    expect(inert('@SUM(A1)')).toBe("'@SUM(A1)");
    expect(inert('+cmd|x')).toBe("'+cmd|x");
    expect(inert('+49 (30) 1234-5')).toBe('+49 (30) 1234-5');
    expect(inert('-12.50')).toBe('-12.50');
    expect(inert('plain')).toBe('plain');
  });

  it('names files so that every system takes them', () => {
    expect(fileName('People: "A/B"', '2026-11-22', 'vcard')).toBe('People A B 2026-11-22.vcf');
    expect(fileName('Räume & Orte', '2026-11-22', 'xlsx')).toBe('Räume Orte 2026-11-22.xlsx');
  });

  it('calls a list narrowed by filters and text, not by its order', () => {
    expect(narrowed(undefined)).toBe(false);
    expect(narrowed({ order: 'name', archived: 'both' })).toBe(false);
    expect(narrowed({ text: 'x' })).toBe(true);
    expect(narrowed({ filters: [{ field: 'city', is: 'empty' }] })).toBe(true);
  });

  it('counts problems by column, the worst first', () => {
    const problem = (column: string) => ({ row: 2, column, value: '', message: '' });
    expect(countBy([problem('a'), problem('b'), problem('b')])).toEqual([['b', 2], ['a', 1]]);
  });
});
