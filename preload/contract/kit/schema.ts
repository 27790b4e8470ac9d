import { z } from 'zod';
import { isDay } from './day.ts';
import type { Entity } from './entity.ts';
import type { Field } from './field.ts';

/** zod schemas from field definitions: the same at the border, in the command line and in imports. */

// Control characters other than tab and line ends have no place in office records and break CSV, XML and terminals.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
// Half a character (a lone surrogate) cannot be stored: it would come back as another text, and break the chain of the log.
const clean = (value: string): boolean => !controls.test(value) && value.isWellFormed();
const oneLine = (value: string): boolean => clean(value) && !/[\r\n]/.test(value);

/** Schema of one field's value, empty values allowed unless the field is required. */
export function fieldSchema(field: Field): z.ZodType {
  const max = field.max ?? 200;
  switch (field.kind) {
    case 'text':
      return needed(field, z.string().max(max).trim().refine(oneLine, 'holds control characters or line ends'));
    case 'longtext':
      return needed(field, z.string().max(max).refine(clean, 'holds control characters'));
    case 'day':
      return field.required ? z.string().refine(isDay, 'is not a day (YYYY-MM-DD)') : z.string().refine((value) => value === '' || isDay(value), 'is not a day (YYYY-MM-DD)');
    case 'choice': {
      const values = (field.options ?? []).map((option) => option.value);
      return z.enum(field.required ? values : ['', ...values]);
    }
    case 'choices':
      return z.array(z.enum((field.options ?? []).map((option) => option.value))).max(50).refine(distinct, 'holds the same value twice');
    case 'tags':
      return z.array(z.string().trim().min(1).max(50).refine(oneLine, 'holds control characters')).max(50).refine(distinct, 'holds the same value twice');
    case 'flag':
      return z.boolean();
    case 'ref':
      return nullable(field, z.int().positive());
    case 'whole':
    case 'decimal':
    case 'money':
    case 'time': {
      const [low, high] = field.range ?? (field.kind === 'time' ? instants : [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
      return nullable(field, z.int().min(low).max(high));
    }
  }
}

/** The years 0001 to 9999, in milliseconds. */
export const instants = [-62_135_596_800_000, 253_402_300_799_999] as const;

const distinct = (values: readonly string[]): boolean => new Set(values).size === values.length;
const needed = (field: Field, schema: z.ZodType<string>): z.ZodType => (field.required ? schema.refine((value) => value.trim() !== '', 'must be filled in') : schema);
const nullable = (field: Field, schema: z.ZodType): z.ZodType => (field.required ? schema : schema.nullable());

/** What may be typed: every field but the derived ones. */
export const typed = (of: Entity): [string, Field][] => Object.entries(of.fields).filter(([, field]) => field.derived !== true);

/** Input of `x.create`: required fields required, the rest optional, nothing unknown. */
export function draftSchema(of: Entity): z.ZodType {
  return z.strictObject(Object.fromEntries(typed(of).map(([key, field]) => [key, field.required ? fieldSchema(field) : fieldSchema(field).optional()])));
}

/** The fields of `x.update`: all optional, at least one. */
export function patchSchema(of: Entity): z.ZodType {
  return z
    .strictObject(Object.fromEntries(typed(of).map(([key, field]) => [key, fieldSchema(field).optional()])))
    .refine((patch) => Object.keys(patch).length > 0, 'changes nothing');
}

export const idSchema = z.int().positive();

/** How lists filter: a field, a test, a value. `text` tests apply to text kinds, `from`/`to` include their ends. */
export const filterSchema = z.strictObject({
  field: z.string().max(60),
  is: z.enum(['equals', 'not', 'contains', 'starts', 'from', 'to', 'empty', 'filled', 'has']),
  value: z.union([z.string().max(500), z.number(), z.boolean(), z.null()]).optional(),
});
export type Filter = z.infer<typeof filterSchema>;

/** Input of lists. `after` is the cursor of the last row before the page; `order` a field name, '-' in front for descending. */
export const listSchema = z.strictObject({
  filters: z.array(filterSchema).max(20).optional(),
  text: z.string().max(200).optional(),
  archived: z.enum(['no', 'yes', 'both']).optional(),
  order: z.string().max(60).optional(),
  after: z.tuple([z.union([z.string(), z.number()]), z.int()]).optional(),
  limit: z.int().min(1).max(1000).optional(),
});
export type ListInput = z.infer<typeof listSchema>;
