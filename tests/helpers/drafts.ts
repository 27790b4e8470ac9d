import { entities } from '#contract/calls.ts';
import type { Entity } from '#contract/kit/entity.ts';
import type { Field } from '#contract/kit/field.ts';
import { typed } from '#contract/kit/schema.ts';
import { type Asker } from './company.ts';

/** Makes valid input for any kind of record, from its definition. */

export const everyEntity: readonly Entity[] = Object.values(entities);

/** A value that a field accepts; `n` makes it one of many. */
export function valueFor(field: Field, n: number, ids: Readonly<Record<string, number>>): unknown {
  switch (field.kind) {
    case 'text':
      return textFor(field, n).slice(0, field.max);
    case 'longtext':
      return `Lines ${n}\nand more`;
    case 'day':
      return `20${String(10 + (n % 20)).padStart(2, '0')}-0${1 + (n % 9)}-1${n % 10}`;
    case 'choice':
      return field.options![n % field.options!.length]!.value;
    case 'choices':
      return [field.options![n % field.options!.length]!.value];
    case 'tags':
      return [`tag ${n % 7}`];
    case 'flag':
      return n % 2 === 1;
    case 'whole':
    case 'decimal':
    case 'money':
    case 'time':
      return Math.max(field.range?.[0] ?? 0, Math.min(field.range?.[1] ?? Number.MAX_SAFE_INTEGER, 1_700_000_000_000 + n));
    case 'ref':
      return ids[field.to!] ?? null;
  }
}

// Identifiers that the bodies who issue them publish as examples (see tests/records/party.test.ts).
function textFor(field: Field, n: number): string {
  switch (field.format) {
    case 'iban':
      return 'GB29NWBK60161331926819';
    case 'bic':
      return 'DEUTDEFF500';
    case 'vat':
      return 'DE136695976';
    case 'email':
      return `mail.${n}@example.org`;
    case 'phone':
      return `+44 20 7946 ${String(n).padStart(4, '0')}`;
    case 'url':
      return `https://example.org/${n}`;
    case 'country':
    case 'currency':
    case undefined:
      return `Text ${n}`;
  }
}

/** The required fields of a record, and what makes it valid. */
export function draftOf(of: Entity, n: number, ids: Readonly<Record<string, number>>): Record<string, unknown> {
  const draft = Object.fromEntries(typed(of).filter(([, field]) => field.required).map(([key, field]) => [key, valueFor(field, n, ids)]));
  return { ...draft, ...needed(of, draft, n) };
}

/** Every field filled in. */
export function fullDraftOf(of: Entity, n: number, ids: Readonly<Record<string, number>>): Record<string, unknown> {
  const draft = Object.fromEntries(typed(of).filter(([key, field]) => field.kind !== 'ref' || key !== of.tree).map(([key, field]) => [key, valueFor(field, n, ids)]));
  return { ...draft, ...needed(of, draft, n) };
}

/** What rules ask for beyond the fields themselves. */
function needed(of: Entity, draft: Readonly<Record<string, unknown>>, n: number): Record<string, unknown> {
  const more: Record<string, unknown> = {};
  if ('given_name' in of.fields) Object.assign(more, { kind: 'person', given_name: `Given${n}`, family_name: `Family${n}`, name: `Given${n} Family${n}` });
  if ('from_day' in draft) Object.assign(more, { from_day: `20${String(10 + (n % 15))}-01-01`, ...('until_day' in draft ? { until_day: '2040-01-01' } : {}) });
  if ('materiality' in of.fields) Object.assign(more, { from_day: '0900-01-01', until_day: '2040-12-31', state: 'fieldwork' });
  if ('hired_day' in draft) Object.assign(more, { hired_day: '2015-01-01', left_day: '2030-01-01' });
  if ('sign_in' in of.fields) Object.assign(more, { sign_in: `user.${n}` });
  if (draft['kind'] === 'iban' || draft['kind'] === 'bic' || draft['kind'] === 'vat') Object.assign(more, { kind: 'register' });
  if ('pattern' in of.fields) Object.assign(more, { name: `Year ${n}`, start_day: `${n}-01-01`, end_day: `${n}-12-31` });
  if ('convention' in of.fields) Object.assign(more, { method: 'units', units_total: 1000, salvage: 0, rate_ppm: null, acquired_day: '2010-01-01', in_use_day: '2010-01-01' });
  if ('every' in of.fields) Object.assign(more, { mode: 'draft', every: 1, unit: 'month', on_day: null, start_day: '2039-01-31', ...('until_day' in draft ? { until_day: '', times: null } : {}) });
  if ('covers' in of.fields) Object.assign(more, { rows: JSON.stringify([{ kind: 'accounts', code: `R${n}`, of: 'kind:asset', basis: 'balance' }]) });
  if ('repeat' in draft) Object.assign(more, { repeat: 'FREQ=MONTHLY' });
  return more;
}

let made = 1000;
/** A number that no record of this test file has had. */
export const next = (): number => (made += 1);

/** One record of every kind, so that references have something to point to. Returns ids by kind. */
export async function oneOfEach(owner: Asker, full = false): Promise<Record<string, number>> {
  const ids: Record<string, number> = { user: 1, role: 2 };
  ids['entry_template'] = (await owner.value('entry_template.save', { name: `Text ${next()}`, lines: [{ account_id: null }] })).id;
  ids['entry_template_line'] = 1;
  const later = (of: Entity): number => (of.partOf === undefined ? 0 : 1);
  for (const of of everyEntity.toSorted((a, b) => later(a) - later(b))) {
    if (of.name in ids || (of.ruled === true && of.name !== 'fiscal_year')) continue;
    const reply = await owner.raw(`${of.name}.create`, full ? fullDraftOf(of, next(), ids) : draftOf(of, next(), ids));
    if (!reply.ok) throw new Error(`${of.name}: ${JSON.stringify(reply.failure)}`);
    ids[of.name] = (reply.value as { id: number }).id;
  }
  const [period] = (await owner.value('period.list', { limit: 1 })).rows;
  const { year } = { year: period!.start_day };
  const cash = await owner.value('account.create', { name: 'Cash', kind: 'asset' });
  const { id } = await owner.value('entry.add', { day: year, narration: 'Text', lines: [{ account_id: ids['account']!, amount: 500 }, { account_id: cash.id, amount: -500 }] });
  const audit = ids['engagement']!;
  const sample = await owner.value('engagement.draw', { id: audit, name: 'Sample', method: 'random', size: 1, seed: 1 });
  const [item] = (await owner.value('audit_item.list', { filters: [{ field: 'sample_id', is: 'equals', value: sample.id }] })).rows;
  const pack = await owner.value('engagement.keep_pack', { id: audit, file_name: 'pack.zip', bytes: 1, digest: '0'.repeat(64), head: { seq: 1, hash: '0'.repeat(64) } });
  return { ...ids, period: period!.id, entry: id, audit_sample: sample.id, audit_item: item!.id, audit_pack: pack.id };
}
