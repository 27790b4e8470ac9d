import type { Mapping } from '#contract/company/transfer.ts';
import type { Entity } from '#contract/kit/entity.ts';
import { typed } from '#contract/kit/schema.ts';
import { fold } from '../db/words.ts';

/** Which column of a foreign file means which field. */

const bare = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '');

/** Columns by position to fields, by key, label in either language, or alias; each field once, the first column that fits. */
export function guessMapping(of: Entity, columns: readonly string[]): Mapping {
  const fields = typed(of);
  const taken = new Set<string>();
  const tests: ((name: string, key: string, index: number) => boolean)[] = [
    (name, key) => bare(key) === name,
    (name, _key, at) => bare(fields[at]![1].label.en) === name || bare(fields[at]![1].label.de) === name,
    (name, key) => bare(key.replace(/_(id|day|at)$/, '')) === name,
    (name, _key, at) => (fields[at]![1].aliases ?? []).includes(name),
  ];
  const found: (string | null)[] = columns.map(() => null);
  for (const test of tests) {
    columns.forEach((column, position) => {
      if (found[position] !== null) return;
      const hit = fields.find(([key], at) => !taken.has(key) && test(bare(column), key, at));
      if (!hit) return;
      taken.add(hit[0]);
      found[position] = hit[0];
    });
  }
  return { columns: found, values: fixedValues(of, taken, columns) };
}

/** A first guess for required choices that no column fills: files with given names, days of birth or of joining hold people, others organisations. */
function fixedValues(of: Entity, taken: ReadonlySet<string>, columns: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [key, field] of typed(of)) {
    if (!field.required || taken.has(key) || field.kind !== 'choice') continue;
    const options = field.options!.map((option) => option.value);
    const person = columns.some((column) => /^(first|given|last|family|vor|nach)_?(name)/i.test(column.replace(/[^A-Za-z_]/g, ''))) || typed(of).some(([one, { section = '' }]) => taken.has(one) && ['personal', 'employment'].includes(section));
    values[key] = options.includes('person') && options.includes('organisation') ? (person ? 'person' : 'organisation') : options[0]!;
  }
  // "CustomerID" or "emp_no" says what everyone in the file is.
  const numbered = columns.map((column) => /^(\p{L}{3,}?)(?:id|no|nr|number|code)$/u.exec(bare(column))?.[1]).filter((stem) => stem !== undefined);
  for (const [key, field] of typed(of)) {
    if (field.kind !== 'choices' || taken.has(key)) continue;
    const told = field.options!.find(({ value }) => numbered.some((stem) => value.startsWith(stem)));
    if (told) values[key] = told.value;
  }
  return values;
}
