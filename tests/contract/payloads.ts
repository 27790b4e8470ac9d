import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { z } from 'zod';
import type { Call } from '#contract/kit/call.ts';
import { corpus, has } from '../helpers/corpora.ts';

/** Inputs that nobody should send: shapes at random, and good inputs with one thing wrong or evil in them. */

const blns = has('imports/blns/blns.json') ? (JSON.parse(readFileSync(corpus('imports/blns/blns.json'), 'utf8')) as string[]) : [];

const longText = 'x'.repeat(1_000_000);
const deep = (levels: number): unknown => {
  let value: unknown = 'bottom';
  for (let at = 0; at < levels; at += 1) value = at % 2 === 0 ? [value] : { a: value };
  return value;
};
const circle = (): unknown => {
  const one: Record<string, unknown> = { id: 1, name: 'circle' };
  one['self'] = one;
  return one;
};
const polluted = (): unknown => JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') as unknown;

const texts = fc.oneof(
  ...(blns.length > 0 ? [{ weight: 6, arbitrary: fc.constantFrom(...blns) }] : []),
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 50 }) },
  { weight: 1, arbitrary: fc.constant(longText) },
  { weight: 3, arbitrary: fc.constantFrom('', ' ', '\u0000', '\ud800', '../../etc/passwd', '/etc/passwd', "'; DROP TABLE parties; --", '" OR 1=1 --', '%', '_', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '=cmd|calc', '-id', 'id', '9999-12-31', '0000-00-00', '2026-02-30', '*', '"', 'NEAR(a b)', 'a AND', '{', '[', 'null', 'party', 'user', 'credentials', 'sqlite_master') },
);
const numbers = fc.oneof(fc.constantFrom(NaN, Infinity, -Infinity, -0, -1, 0, 1.5, 1e308, 5e-324, 2 ** 31, 2 ** 32, 2 ** 53, 2 ** 53 + 2, -(2 ** 53), Number.MAX_VALUE), fc.integer(), fc.double());
const things = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true, withNullPrototype: true, withSparseArray: true, withObjectString: true, maxDepth: 4 });
// An array of a thousand million places and nothing in them.
const holes: unknown[] = [];
holes.length = 1e9;
const evil = fc.oneof(
  { weight: 8, arbitrary: texts },
  { weight: 5, arbitrary: numbers },
  { weight: 4, arbitrary: things },
  { weight: 1, arbitrary: fc.constantFrom(deep(100), deep(5_000), deep(100_000)) },
  { weight: 1, arbitrary: fc.constant(null).map(circle) },
  { weight: 1, arbitrary: fc.constant(null).map(polluted) },
  { weight: 1, arbitrary: fc.constantFrom(Array.from({ length: 20_000 }, () => 1), holes, undefined, null, true, [], {}) },
);

interface Json {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly items?: Json;
  readonly prefixItems?: readonly Json[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Json[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly additionalProperties?: Json | boolean;
  readonly pattern?: string;
}

export interface World {
  readonly entities: readonly string[];
  readonly fields: readonly string[];
  readonly sources: readonly string[];
  readonly targets: readonly string[];
}

/** Something that the schema of a call accepts, or nearly. */
function fitting(schema: Json, key: string, world: World): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fitting(one, key, world)));
  switch (schema.type) {
    case 'object': {
      const properties = schema.properties ?? {};
      const record = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fitting(one, name, world)]));
      return fc.record(record, { requiredKeys: [...(schema.required ?? [])] });
    }
    case 'array':
      return schema.prefixItems ? fc.tuple(...schema.prefixItems.map((one) => fitting(one, key, world))) : fc.array(fitting(schema.items ?? {}, key, world), { maxLength: 4 });
    case 'integer':
    case 'number':
      return /id$|^keep$|^drop$|^version$/.test(key) ? fc.integer({ min: 1, max: 12 }) : fc.integer({ min: Math.max(-1e6, schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1), max: Math.min(1e6, schema.maximum ?? 1e6) });
    case 'boolean':
      return fc.boolean();
    case 'string':
      if (key === 'entity') return fc.constantFrom(...world.entities);
      if (key === 'field' || key === 'order' || key === 'columns') return fc.constantFrom(...world.fields);
      if (key === 'source') return fc.constantFrom(...world.sources);
      if (key === 'target') return fc.constantFrom(...world.targets);
      if (/day|until/.test(key)) return fc.constantFrom('2026-01-31', '2024-02-29', '1999-12-31', '9999-12-31', '0001-01-01');
      if (key === 'repeat') return fc.constantFrom('FREQ=DAILY', 'FREQ=MONTHLY;BYMONTHDAY=31', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=DAILY;INTERVAL=0', 'FREQ=MONTHLY;BYDAY=6MO', 'FREQ=DAILY;COUNT=99999999999', 'FREQ=WEEKLY;UNTIL=19000101');
      if (key === 'base64') return fc.constantFrom('', 'YQ==', 'JVBERi0xLjQK', 'UEsDBBQAAAAIAA==', '*', 'YQ');
      return fc.oneof(fc.constantFrom('Text', 'USD', 'DE', 'a b', 'x@example.org', 'person', 'secret phrase 9'), texts);
    case undefined:
    default:
      return things;
  }
}

/** Puts something evil in one place of a good input, takes a part away or adds one. */
function spoiled(good: unknown, where: number, what: unknown, how: number): unknown {
  if (typeof good !== 'object' || good === null) return what;
  const keys = Object.keys(good);
  if (keys.length === 0 || how === 0) return { ...good, [['extra', '__proto__x', 'id', 'toString'][where % 4]!]: what };
  const key = keys[where % keys.length]!;
  const value = (good as Record<string, unknown>)[key];
  if (how === 1) return Object.fromEntries(Object.entries(good).filter(([name]) => name !== key));
  const inside = typeof value === 'object' && value !== null && how > 2 ? spoiled(value, Math.floor(where / keys.length), what, how - 1) : what;
  return Array.isArray(good) ? good.with(where % keys.length, inside) : { ...good, [key]: inside };
}

export interface Payload {
  readonly name: string;
  readonly input: unknown;
}

/** Calls with inputs for them; half of the inputs are nearly good. */
export function payloads(calls: Readonly<Record<string, Call>>, world: World): fc.Arbitrary<Payload> {
  const one = ([name, call]: [string, Call]): fc.Arbitrary<Payload> => {
    const schema = z.toJSONSchema(call.input, { io: 'input', unrepresentable: 'any' }) as Json;
    const good = fitting(schema, '', world);
    const bad = fc.tuple(good, fc.nat(1000), evil, fc.nat(5)).map(([input, where, what, how]) => spoiled(input, where, what, how));
    return fc.oneof({ weight: 5, arbitrary: bad }, { weight: 3, arbitrary: good }, { weight: 2, arbitrary: things }, { weight: 1, arbitrary: evil }).map((input) => ({ name, input }));
  };
  const unknown = fc.record({ name: fc.oneof(texts, fc.constantFrom('__proto__', 'constructor', 'toString', 'party', 'party.', 'party.delete', 'desk.nothing')), input: things });
  // A job needs a thread of its own: fewer of them, so that the others get their share.
  const short = Object.entries(calls).filter(([, call]) => call.kind !== 'job');
  const jobs = Object.entries(calls).filter(([, call]) => call.kind === 'job');
  return fc.oneof({ weight: 30, arbitrary: fc.oneof(...short.map(one)) }, { weight: 1, arbitrary: fc.oneof(...jobs.map(one)) }, { weight: 1, arbitrary: unknown });
}

/** What a message must never hold, unless the input held it: words of SQL, paths of this PC, places in the program. */
export function leaksOf(message: string, input: unknown): string[] {
  const patterns = [/\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|PRAGMA|COMMIT|ROLLBACK|sqlite\w*)\b/, /SQLITE_\w+/, /constraint failed/i, /no such (table|column)/i, /(\/home|\/tmp|\/work|\/usr|[A-Z]:\\)[^ ”'"]*/, /node_modules/, /\.(ts|js):\d+/, /\bat \S+ \(/, /\b(TypeError|RangeError|ReferenceError|SyntaxError|undefined is not|Cannot read propert)/, /\[object Object\]/];
  const asked = text(input);
  return patterns.flatMap((pattern) => {
    const found = pattern.exec(message)?.[0];
    return found !== undefined && !asked.includes(found) ? [found] : [];
  });
}

/** All texts of an input, however deep or round it is. */
function text(input: unknown): string {
  const seen = new Set<unknown>();
  const texts: string[] = [];
  for (const left = [input]; left.length > 0 && seen.size < 20_000; ) {
    const value = left.pop();
    if (typeof value === 'string') texts.push(value);
    if (typeof value !== 'object' || value === null || seen.has(value) || ArrayBuffer.isView(value)) continue;
    seen.add(value);
    for (const [key, one] of Object.entries(value).slice(0, 1000)) {
      texts.push(key);
      left.push(one);
    }
  }
  return texts.join(' ');
}
