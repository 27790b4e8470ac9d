import type { Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { type DayOrder, readDay } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { readDecimal, readMinor } from '#contract/kit/money.ts';
import { fieldSchema } from '#contract/kit/schema.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../db/context.ts';
import { entityNamed } from '../db/entities.ts';
import { first, sql } from '../db/sql.ts';
import { fold } from '../db/words.ts';

/** From the text of a cell to the value of a field, and back. */

const words = {
  day: w('“{value}” is not a day.', '„{value}“ ist kein Tag.'),
  time: w('“{value}” is not a time.', '„{value}“ ist kein Zeitpunkt.'),
  number: w('“{value}” is not a number.', '„{value}“ ist keine Zahl.'),
  percent: w('“{value}” is more than 100 %. Write 19 % or 0.19.', '„{value}“ ist mehr als 100 %. Bitte 19 % oder 0,19 schreiben.'),
  choice: w('“{value}” is not one of: {options}.', '„{value}“ ist keine der Möglichkeiten: {options}.'),
  flag: w('“{value}” is neither yes nor no.', '„{value}“ ist weder ja noch nein.'),
  ref: w('There is no {what} “{value}”.', '{what} „{value}“ gibt es nicht.'),
  several: w('There are several of {what} named “{value}”; use the number.', '{what} „{value}“ gibt es mehrfach; bitte die Nummer verwenden.'),
  long: w('This text has {length} characters; {max} are possible.', 'Dieser Text hat {length} Zeichen; {max} sind möglich.'),
  bad: w('“{value}” cannot be used here.', '„{value}“ passt hier nicht.'),
};

export interface Reader {
  /** What the cells of a column mean. The function it returns throws Refused invalid. */
  column(key: string): (text: string) => unknown;
  /** A value that is no text of a cell, checked as a form's would be. @throws Refused invalid */
  value(key: string, value: unknown): unknown;
}

/** True when a cell named records of which there are several. */
export const isSeveral = (error: Refused): boolean => error.words === words.several;

const yes = new Set(['1', 'true', 'yes', 'y', 'x', 'ja', 'j', 'wahr', 'on']);
const no = new Set(['0', 'false', 'no', 'n', 'nein', 'falsch', 'off', '-']);

/** Reads cells of one entity; references are looked up by number or name, and remembered. With `plain`, as in workbooks, numbers without groups have a dot whatever `point` says. */
export function openReader(ctx: Ctx, of: Entity, dayOrder: DayOrder, point: '.' | ',', plain = false): Reader {
  const lookups = new Map<string, (text: string) => number>();
  const currency = first<{ currency: string }>(ctx.db, sql`SELECT currency FROM company`)?.currency ?? 'EUR';

  function one(key: string, field: Field, text: string): unknown {
    switch (field.kind) {
      case 'text':
      case 'longtext': {
        if (text.length > (field.max ?? 200)) throw new Refused('invalid', words.long, { length: text.length, max: field.max }, key);
        return field.kind === 'text' ? text.replace(/\s*[\r\n]+\s*/g, ', ') : text;
      }
      case 'day': {
        const day = readDay(text, dayOrder);
        if (day === '') throw new Refused('invalid', words.day, { value: text }, key);
        return day;
      }
      case 'time': {
        const at = instant(text, dayOrder);
        if (at === null) throw new Refused('invalid', words.time, { value: text }, key);
        return at;
      }
      case 'whole':
      case 'decimal':
      case 'money': {
        const mark = plain && /^-?\d+(?:\.\d+)?$/.test(text) ? '.' : point;
        const number = field.kind === 'money' ? readMinor(text, currency, mark) : field.percent && text.trim().endsWith('%') ? readDecimal(text.trim().slice(0, -1), (field.scale ?? 0) - 2, mark) : readDecimal(text, field.scale ?? 0, mark);
        if (number === null) throw new Refused('invalid', words.number, { value: text }, key);
        if (field.percent && field.range && number > field.range[1]) throw new Refused('invalid', words.percent, { value: text }, key);
        return number;
      }
      case 'flag': {
        const bare = text.toLowerCase();
        if (!yes.has(bare) && !no.has(bare)) throw new Refused('invalid', words.flag, { value: text }, key);
        return yes.has(bare);
      }
      case 'choice':
        return choiceOf(field, key, text);
      case 'choices':
        return [...new Set(text.split(/[,;|]/).map((part) => part.trim()).filter(Boolean).map((part) => choiceOf(field, key, part)))];
      case 'tags':
        return [...new Set(text.split(/[,;|]/).map((part) => part.trim()).filter(Boolean))];
      case 'ref': {
        let lookup = lookups.get(key);
        if (!lookup) lookups.set(key, (lookup = lookUp(ctx, entityNamed(field.to!), key)));
        return lookup(text);
      }
    }
  }

  function column(key: string): (text: string) => unknown {
    const field = of.fields[key]!;
    const schema = fieldSchema(field);
    const known = repeating.has(field.kind) ? new Map<string, unknown>() : null;
    const most = field.kind === 'text' ? (field.max ?? 200) : -1;
    return (text) => {
      if (text.length <= most && printable.test(text)) return text.trim();
      const before = known?.get(text);
      if (before !== undefined) return before;
      let value = one(key, field, text);
      // Text has been measured above; what is left to check is control characters, ranges and lists.
      if (typeof value === 'string' && field.kind !== 'choice' && printable.test(value)) value = value.trim();
      else if (!schema.safeParse(value).success) throw new Refused('invalid', words.bad, { value: text.slice(0, 80) }, key);
      if (known && known.size < mostKnown) known.set(text, value);
      return value;
    };
  }

  function value(key: string, given: unknown): unknown {
    const field = of.fields[key]!;
    const found = fieldSchema(field).safeParse(given);
    if (!found.success) throw new Refused('invalid', words.bad, { value: JSON.stringify(given).slice(0, 80) }, key);
    return typeof found.data === 'number' && field.kind === 'ref' ? column(key)(`#${found.data}`) : found.data;
  }

  return { column, value };
}

/** Kinds whose columns hold few different texts: what was read once is known. */
const repeating: ReadonlySet<Field['kind']> = new Set(['day', 'flag', 'choice', 'choices', 'tags', 'ref']);
const mostKnown = 100_000;
const printable = /^[\x20-\x7e\u00a0-\ud7ff\ue000-\uffff]*$/;

function choiceOf(field: Field, key: string, text: string): string {
  const bare = fold(text);
  const found = field.options!.find((option) => fold(option.value) === bare || fold(option.label.en) === bare || fold(option.label.de) === bare);
  if (!found) throw new Refused('invalid', words.choice, { value: text, options: field.options!.map((option) => option.value).join(', ') }, key);
  return found.value;
}

/** Milliseconds UTC of "2026-03-01 09:30", "2026-03-01T09:30:00Z" or a plain number; local clock where no zone is given. */
function instant(text: string, order: DayOrder): number | null {
  if (/^-?\d{9,15}$/.test(text)) return Number(text);
  const parts = /^(\S+?)(?:[T ]+(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text.trim());
  const day = parts ? readDay(parts[1]!, order) : '';
  if (day === '') return null;
  const at = Date.parse(`${day}T${(parts![2] ?? '00:00').padStart(5, '0')}${parts![3] ?? ''}`);
  return Number.isNaN(at) ? null : at;
}

/** Finds a record by its recognising number, its id written as "#12", or its title when only one has it. */
function lookUp(ctx: Ctx, of: Entity, key: string): (text: string) => number {
  const number = of.keys?.[0];
  const byNumber = number === undefined ? null : ctx.db.prepare(`SELECT id FROM "${of.table}" WHERE "${number}" = ?${of.fields[number]!.unique ? ` AND "${number}" <> ''` : ''}`);
  // Lists sort by (archived, title): naming both values of the first lets that index serve here too.
  const byTitle = ctx.db.prepare(`SELECT id FROM "${of.table}" WHERE archived IN (0, 1) AND "${of.title}" = ? LIMIT 2`);
  const byId = ctx.db.prepare(`SELECT id FROM "${of.table}" WHERE id = ?`);
  return (text) => {
    const rows = ((text.startsWith('#') ? byId.all(Number(text.slice(1))) : (byNumber?.all(text) ?? [])) as { id: number }[]).slice(0, 2);
    const found = rows.length > 0 ? rows : (byTitle.all(text) as { id: number }[]);
    if (found.length > 1) throw new Refused('invalid', words.several, { what: of.label[ctx.language], value: text }, key);
    if (found.length === 0) throw new Refused('invalid', words.ref, { what: of.label[ctx.language], value: text }, key);
    return found[0]!.id;
  };
}
