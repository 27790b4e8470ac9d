import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entities } from '#contract/calls.ts';
import { type Sensitivity, sensitivities } from '#contract/kit/access.ts';
import { presets } from '#contract/records/presets.ts';
import { type Asker, type Company, makeCompany, ownerPassword, presetNames } from '../helpers/company.ts';
import { everyEntity, fullDraftOf, next, oneOfEach } from '../helpers/drafts.ts';

/**
 * What a role does not see is not hidden by the window: no reply holds it, and no input may name it. Every secret below stands in one
 * record only, so that finding its text anywhere in a reply is finding a leak.
 */
const secrets: Readonly<Record<string, { readonly kind: Sensitivity; readonly value: string; readonly other: string }>> = {
  birth_day: { kind: 'personal', value: '1961-02-27', other: '1962-03-28' },
  gender: { kind: 'personal', value: 'X', other: 'F' },
  iban: { kind: 'bank', value: 'NL91ABNA0417164300', other: 'GB29NWBK60161331926819' },
  bic: { kind: 'bank', value: 'ABNANL2A', other: 'DEUTDEFF' },
  vat_id: { kind: 'bank', value: 'NL004495445B01', other: 'DE136695976' },
};
const licence = 'LIC-4711-0815';

let company: Company;
let ids: Record<string, number> = {};
let ann: { id: number; version: number };
let held = 0;

beforeAll(async () => {
  company = await makeCompany({ password: ownerPassword });
  ids = await oneOfEach(company);
  ann = await company.value('party.create', { kind: 'person', given_name: 'Ann', family_name: 'Secretive', number: 'S-1', birth_day: '1950-01-01' });
  const patch = Object.fromEntries(Object.entries(secrets).map(([key, one]) => [key, one.value]));
  ann = await company.value('party.update', { ...ann, patch });
  ann = await company.value('party.update', { ...ann, patch: { birth_day: secrets['birth_day']!.value, remarks: 'x' } });
  await company.value('party.create', { kind: 'person', given_name: 'Ann', family_name: 'Secretive', birth_day: secrets['birth_day']!.value });
  held = (await company.value('identifier.create', { party_id: ann.id, kind: 'licence', value: licence, until_day: '2026-12-01' })).id;
  for (const preset of presetNames) await company.as(preset);
});
afterAll(() => company.close());

const rightsOf = (preset: string) => presets.find((one) => one.key === preset)!.rights;
const hiddenFrom = (preset: string): [string, string][] => Object.entries(secrets).filter(([, one]) => !rightsOf(preset).sees.includes(one.kind)).map(([key, one]) => [key, one.value]);

/** Every reply that could hold a value of the two records, as text. */
async function everything(one: Asker): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  const note = async (name: string, input: unknown): Promise<void> => {
    const reply = await one.raw(name, input);
    if (reply.ok) texts[`${name} ${JSON.stringify(input)}`] = JSON.stringify(reply.value);
  };
  for (const [entity, id] of [['party', ann.id], ['identifier', held]] as const) {
    for (const input of [{}, { archived: 'both' }, { text: 'S-1' }, { order: '-id' }]) await note(`${entity}.list`, input);
    await note(`${entity}.map`, {});
    await note(`${entity}.get`, { id });
    await note(`${entity}.names`, { ids: [id] });
    await note(`${entity}.names`, { text: '' });
    await note('record.timeline', { entity, id });
    for (const day of ['2000-01-01', '2100-01-01']) await note('record.as_of', { entity, id, day });
    await note('audit.list', { entity, limit: 1000 });
    for (const format of ['csv', 'xlsx', 'vcard'] as const) {
      const target = join(company.desk, `out-${next()}.${format}`);
      await note('export.run', { entity, format, target });
      if (`export.run ${JSON.stringify({ entity, format, target })}` in texts && format !== 'xlsx') texts[`export.run ${entity} ${format}`] = readFileSync(target, 'utf8');
    }
    await note('link.list', { entity, id });
    await note('note.list', { entity, id });
  }
  await note('audit.list', { limit: 1000 });
  await note('party.duplicates', {});
  await note('party.duplicates', { id: ann.id });
  await note('agenda.list', { until: '2100-01-01' });
  for (const text of [licence, ...Object.values(secrets).map((secret) => secret.value)]) await note('search.find', { text });
  return texts;
}

describe('A reply', () => {
  test.each(presetNames.map((name) => [name]))('to %s holds no field, old or new, that the role does not see, from any call', async (preset) => {
    const texts = await everything(await company.as(preset));
    const leaks: string[] = [];
    for (const [asked, text] of Object.entries(texts)) {
      if (asked.startsWith('search.find')) continue;
      for (const [key, value] of hiddenFrom(preset)) {
        if (new RegExp(`"${key}"|(^|[,\\n])${key}([,\\r\\n]|$)`).test(text)) leaks.push(`${asked} names ${key}`);
        if (value.length > 3 && text.replaceAll('-', '').includes(value.replaceAll('-', ''))) leaks.push(`${asked} holds ${value}`);
      }
      if (!rightsOf(preset).sees.includes('bank') && text.includes(licence)) leaks.push(`${asked} holds ${licence}`);
      if (!rightsOf(preset).sees.includes('personal') && text.includes('"born"')) leaks.push(`${asked} tells that two were born on one day`);
    }
    expect(leaks).toEqual([]);
    expect(Object.keys(texts).length).toBeGreaterThan(15);
  }, 60_000);

  test('to a role that sees them holds them, so that the test above looks in the right places', async () => {
    const texts = await everything(company);
    for (const [key, { value }] of Object.entries(secrets)) {
      const holding = Object.entries(texts).filter(([, text]) => text.includes(`"${key}":"${value}"`)).map(([asked]) => asked.split(' ')[0]);
      expect(new Set(holding), key).toEqual(new Set(['party.list', 'party.get', 'record.as_of']));
      expect(Object.keys(texts).filter((asked) => texts[asked]!.includes(`"field":"${key}"`)).map((asked) => asked.split(' ')[0]!).toSorted(), key).toEqual(['audit.list', 'audit.list', 'record.timeline']);
    }
    expect(texts['export.run party csv']).toContain(secrets['iban']!.value);
    expect(texts['export.run party vcard']).toMatch(/1961-?02-?27/);
  });

  test('to a search for a secret finds nothing, for the owner too: secrets are not in the index', async () => {
    for (const text of [licence, ...Object.values(secrets).map((secret) => secret.value).filter((value) => value.length > 3)]) {
      expect((await company.value('search.find', { text })).hits, text).toEqual([]);
    }
  });

  test('about likely doubles has a score that does not depend on what the role does not see', async () => {
    const scores = async (preset: string): Promise<unknown> => (await (await company.as(preset)).value('party.duplicates', { id: ann.id })).map((one) => [one.score, one.reasons]);
    expect(await scores('owner')).toEqual([[70, ['name', 'born']]]);
    expect(await scores('accountant')).toEqual([[45, ['name']]]);
  });
});

describe('An input', () => {
  const writers = presets.filter((one) => ['write', 'approve'].includes(one.rights.access.party) && one.key !== 'owner').map((one) => [one.key] as const);

  test.each(writers)('of %s that names a hidden field is refused, wherever it is named, and nothing is written', async (preset) => {
    const one = await company.as(preset);
    const before = await company.value('party.get', { id: ann.id });
    for (const [key] of hiddenFrom(preset)) {
      const value = secrets[key]!.other;
      const tries: [string, unknown][] = [
        ['party.create', { kind: 'person', given_name: 'Eve', [key]: value }],
        ['party.update', { id: ann.id, version: ann.version, patch: { [key]: value } }],
        ['party.list', { filters: [{ field: key, is: 'filled' }] }],
        ['party.list', { filters: [{ field: key, is: 'starts', value: 'N' }] }],
        ['party.map', { filters: [{ field: key, is: 'equals', value: secrets[key]!.value }] }],
        ['party.list', { order: key }],
        ['export.run', { entity: 'party', format: 'csv', target: join(company.desk, 'x.csv'), list: { filters: [{ field: key, is: 'filled' }] } }],
      ];
      for (const [name, input] of tries) expect([name, await one.refusal(name, input)], key).toMatchObject([name, { code: 'denied', field: key }]);
      if (rightsOf(preset).access.transfer !== 'none') {
        const file = join(company.desk, `hidden-${next()}.csv`);
        writeFileSync(file, `kind,name,${key}\nperson,Eve,${value}\n`);
        const mapping = { columns: ['kind', 'name', key] };
        for (const name of ['import.check', 'import.run']) {
          if (name === 'import.run' && rightsOf(preset).access.transfer === 'read') continue;
          expect((await one.refusal(name, { entity: 'party', source: file, mapping })).code, `${name} ${key}`).toBe('denied');
          expect((await one.refusal(name, { entity: 'party', source: file, mapping: { columns: ['kind', 'name', null], values: { [key]: value } } })).code, `${name} ${key}`).toBe('denied');
        }
      }
    }
    expect(await company.value('party.get', { id: ann.id })).toEqual(before);
    expect((await company.value('party.list', { text: 'Eve' })).rows).toEqual([]);
  }, 60_000);

  test('of a role that may merge does not carry over by name a field that the role does not see', async () => {
    const hr = await company.as('hr_coordinator');
    const [keep, drop] = [await company.value('party.create', { kind: 'person', name: 'Keep', iban: secrets['iban']!.other }), await company.value('party.create', { kind: 'person', name: 'Drop', iban: secrets['iban']!.value })];
    expect(await hr.refusal('party.merge', { keep: keep.id, drop: drop.id, version: 1, take: ['iban'] })).toMatchObject({ code: 'denied', field: 'iban' });
    expect((await hr.ask('party.merge', { keep: keep.id, drop: drop.id, version: 1 })).ok).toBe(true);
    expect(await company.value('party.get', { id: keep.id })).toMatchObject({ iban: secrets['iban']!.other });
  });
});

describe('A timeline', () => {
  test('of a record that one may read does not name records that one may not', async () => {
    await company.value('link.create', { from: { entity: 'party', id: ann.id }, to: { entity: 'user', id: 1 } });
    const employee = await company.as('employee');
    expect(await employee.value('link.list', { entity: 'party', id: ann.id })).toEqual([]);
    const lines = await employee.value('record.timeline', { entity: 'party', id: ann.id });
    expect(lines.filter((line) => line.action === 'linked').map((line) => line.changes)).toEqual([[]]);
    const seen = await company.value('record.timeline', { entity: 'party', id: ann.id });
    expect(seen.find((line) => line.action === 'linked')!.changes).toEqual([{ field: 'link', before: null, after: { entity: 'user', id: 1, title: 'Olive Owner' } }]);
  });
});

describe('Kinds of secret', () => {
  test('that stand in a definition are all known here, so that a new one gets its tests', () => {
    const found = everyEntity.flatMap((of) => Object.entries(of.fields).filter(([, field]) => field.sensitive !== undefined).map(([key]) => `${of.name}.${key}`));
    expect(found.toSorted()).toEqual(['identifier.value', ...Object.keys(secrets).map((key) => `party.${key}`)].toSorted());
    for (const [key, { kind }] of Object.entries(secrets)) expect(entities['party']!.fields[key]!.sensitive).toBe(kind);
    expect(sensitivities).toEqual(['personal', 'bank', 'pay', 'medical']);
    expect(fullDraftOf(entities['party']!, 1, ids)).toMatchObject({ kind: 'person' });
  });
});
