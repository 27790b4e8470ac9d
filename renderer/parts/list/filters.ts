import type { Field, FieldKind } from '#contract/kit/field.ts';
import type { Filter } from '#contract/kit/schema.ts';

export type Test = Filter['is'];

/** Which tests make sense for a kind of field, the usual one first. */
export const testsOf: Readonly<Record<FieldKind, readonly Test[]>> = {
  text: ['contains', 'starts', 'equals', 'not', 'empty', 'filled'],
  longtext: ['contains', 'empty', 'filled'],
  whole: ['equals', 'from', 'to', 'not', 'empty', 'filled'],
  decimal: ['equals', 'from', 'to', 'not', 'empty', 'filled'],
  money: ['equals', 'from', 'to', 'not', 'empty', 'filled'],
  day: ['from', 'to', 'equals', 'empty', 'filled'],
  time: ['from', 'to', 'empty', 'filled'],
  flag: ['equals'],
  choice: ['equals', 'not', 'empty', 'filled'],
  choices: ['has', 'empty', 'filled'],
  tags: ['has', 'empty', 'filled'],
  ref: ['equals', 'not', 'empty', 'filled'],
};

/** Tests that compare with nothing. */
export const bare = (test: Test): boolean => test === 'empty' || test === 'filled';

/** The field whose editor enters the value of a test: one tag is a text, one of several choices is a choice. */
export function valueField(field: Field, test: Test): Field {
  const { hint: _hint, ...rest } = field;
  if (field.kind === 'tags' || field.kind === 'longtext' || test === 'contains' || test === 'starts') return { ...rest, kind: 'text', required: false };
  if (field.kind === 'choices') return { ...rest, kind: 'choice', required: true };
  return { ...rest, required: field.kind === 'choice' || field.kind === 'flag' };
}

/** What the editor starts with. */
export function firstValue(field: Field): string | number | boolean | null {
  switch (field.kind) {
    case 'flag':
      return true;
    case 'choice':
    case 'choices':
      return field.options?.[0]?.value ?? '';
    case 'whole':
    case 'decimal':
    case 'money':
    case 'time':
    case 'ref':
      return null;
    case 'text':
    case 'longtext':
    case 'day':
    case 'tags':
      return '';
  }
}

/** True when a filter has all it needs; half-made ones are not sent. */
export const complete = (filter: Filter): boolean => bare(filter.is) || (filter.value !== undefined && filter.value !== null && filter.value !== '');
