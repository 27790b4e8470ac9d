import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Company, makeCompany } from '../helpers/company.ts';

let company: Company;
beforeAll(async () => {
  company = await makeCompany();
});
afterAll(() => company.close());

const person = (more: object): object => ({ kind: 'person', ...more });
const made = async (more: object): Promise<Record<string, unknown>> => {
  const { id } = await company.value('party.create', person(more) as never);
  return (await company.value('party.get', { id })) as unknown as Record<string, unknown>;
};

describe('The name of a party', () => {
  test('is made of given and family name when none is given, and sorts by the family name without accents', async () => {
    expect(await made({ given_name: 'José', family_name: 'Ördög' })).toMatchObject({ name: 'José Ördög', sort_name: 'ordog jose' });
    expect(await made({ given_name: 'Plato' })).toMatchObject({ name: 'Plato', sort_name: 'plato' });
    expect(await made({ family_name: 'Nobody' })).toMatchObject({ name: 'Nobody' });
    expect(await made({ name: 'The Boss', given_name: 'Bruce', family_name: 'S.' })).toMatchObject({ name: 'The Boss', sort_name: 's bruce' });
  });

  test('of an organisation sorts as it is written', async () => {
    expect(await made({ kind: 'organisation', name: 'Émile & Söhne GmbH' })).toMatchObject({ name: 'Émile & Söhne GmbH', sort_name: 'emile sohne gmbh' });
  });

  test('follows a change of the given or family name, unless somebody has written another', async () => {
    const follows = await company.value('party.create', { kind: 'person', given_name: 'Ann', family_name: 'Miller' });
    await company.value('party.update', { ...follows, patch: { family_name: 'Baker' } });
    expect(await company.value('party.get', { id: follows.id })).toMatchObject({ name: 'Ann Baker', sort_name: 'baker ann' });
    const stays = await company.value('party.create', { kind: 'person', name: 'Annie', given_name: 'Ann', family_name: 'Miller' });
    await company.value('party.update', { ...stays, patch: { family_name: 'Baker' } });
    expect(await company.value('party.get', { id: stays.id })).toMatchObject({ name: 'Annie', sort_name: 'baker ann' });
  });

  test('may not be empty, not even after a change', async () => {
    expect(await company.refusal('party.create', person({}))).toMatchObject({ code: 'invalid', field: 'name' });
    expect(await company.refusal('party.create', person({ name: '   ' }))).toMatchObject({ code: 'invalid', field: 'name' });
    const one = await company.value('party.create', { kind: 'person', name: 'X' });
    expect(await company.refusal('party.update', { ...one, patch: { name: '' } })).toMatchObject({ code: 'invalid', field: 'name' });
  });

  test('orders lists by the sort name, in both directions and over pages', async () => {
    const all = (await company.value('party.list', { order: 'sort_name', limit: 1000 })).rows.map((row) => row.sort_name);
    expect(all).toEqual(all.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    const paged: string[] = [];
    for (let after: readonly [string | number, number] | null | undefined; after !== null; ) {
      const page: { rows: readonly { sort_name: string }[]; next: readonly [string | number, number] | null } = await company.value('party.list', { order: '-sort_name', limit: 2, ...(after ? { after: [...after] as [string | number, number] } : {}) });
      paged.push(...page.rows.map((row) => row.sort_name));
      after = page.next;
    }
    expect(paged).toEqual(all.toReversed());
  });
});

// ISO 13616 registry (SWIFT, "IBAN Registry"): the example of each country, as published there.
const ibans = [
  'AD1200012030200359100100', 'AE070331234567890123456', 'AL47212110090000000235698741', 'AT611904300234573201', 'AZ21NABZ00000000137010001944', 'BA391290079401028494', 'BE68539007547034', 'BG80BNBG96611020345678', 'BH67BMAG00001299123456',
  'BR1800360305000010009795493C1', 'BY13NBRB3600900000002Z00AB00', 'CH9300762011623852957', 'CR05015202001026284066', 'CY17002001280000001200527600', 'CZ6508000000192000145399', 'DE89370400440532013000', 'DK5000400440116243', 'DO28BAGR00000001212453611324',
  'EE382200221020145685', 'EG380019000500000000263180002', 'ES9121000418450200051332', 'FI2112345600000785', 'FO6264600001631634', 'FR1420041010050500013M02606', 'GB29NWBK60161331926819', 'GE29NB0000000101904917', 'GI75NWBK000000007099453', 'GL8964710001000206', 'GR1601101250000000012300695',
  'GT82TRAJ01020000001210029690', 'HR1210010051863000160', 'HU42117730161111101800000000', 'IE29AIBK93115212345678', 'IL620108000000099999999', 'IQ98NBIQ850123456789012', 'IS140159260076545510730339', 'IT60X0542811101000000123456', 'JO94CBJO0010000000000131000302', 'KW81CBKU0000000000001234560101',
  'KZ86125KZT5004100100', 'LB62099900000001001901229114', 'LC55HEMM000100010012001200023015', 'LI21088100002324013AA', 'LT121000011101001000', 'LU280019400644750000', 'LV80BANK0000435195001', 'MC5811222000010123456789030', 'MD24AG000225100013104168', 'ME25505000012345678951', 'MK07250120000058984',
  'MR1300020001010000123456753', 'MT84MALT011000012345MTLCAST001S', 'MU17BOMM0101101030300200000MUR', 'NL91ABNA0417164300', 'NO9386011117947', 'PK36SCBL0000001123456702', 'PL61109010140000071219812874', 'PS92PALS000000000400123456702', 'PT50000201231234567890154', 'QA58DOHB00001234567890ABCDEFG',
  'RO49AAAA1B31007593840000', 'RS35260005601001611379', 'SA0380000000608010167519', 'SC18SSCB11010000000000001497USD', 'SE4550000000058398257466', 'SI56263300012039086', 'SK3112000000198742637541', 'SM86U0322509800000000270100', 'ST23000100010051845310146', 'SV62CENR00000000000000700025',
  'TL380080012345678910157', 'TN5910006035183598478831', 'TR330006100519786457841326', 'UA213223130000026007233566001', 'VA59001123000012345678', 'VG96VPVG0000012345678901', 'XK051212012345678906',
];

// VAT numbers of firms and authorities as these print them themselves, or as tax authorities publish them as examples.
const vats = ['ATU13585627', 'BE0428759497', 'BG175074752', 'DE136695976', 'DK13585628', 'EE100931558', 'ESA13585625', 'FI20774740', 'FR40303265045', 'EL094259216', 'HU12892312', 'IE6433435F', 'IT00743110157', 'LT119511515', 'LU15027442', 'LV40003521600', 'MT11679112', 'NL004495445B01', 'PL8567346215', 'PT501964843', 'RO18547290', 'SE123456789701', 'SI50223054', 'SK2022749619', 'HR33392005961', 'CZ25123891'];

const bics = ['DEUTDEFF', 'DEUTDEFF500', 'NEDSZAJJXXX', 'UNCRITMM', 'DABADKKK', 'BNORPHMM'];

describe('An IBAN', () => {
  test.each(ibans.map((iban) => [iban]))('that the ISO 13616 registry gives as an example is taken: %s', async (iban) => {
    const spaced = `${iban.toLowerCase().replace(/(.{4})/g, '$1 ')}`;
    expect((await made({ name: iban, iban: spaced }))['iban']).toBe(iban);
  });

  test('with one wrong digit, two digits swapped, a wrong length or a country without IBANs is refused', async () => {
    for (const iban of ibans.slice(0, 40)) {
      const at = iban.length - 1;
      const digit = iban[at]!;
      const wrong = `${iban.slice(0, at)}${digit === '9' ? '8' : /\d/.test(digit) ? String(Number(digit) + 1) : 'Z'}`;
      expect(await company.refusal('party.create', person({ name: 'x', iban: wrong })), wrong).toMatchObject({ code: 'invalid', field: 'iban' });
      expect(await company.refusal('party.create', person({ name: 'x', iban: `${iban}0` }))).toMatchObject({ code: 'invalid', field: 'iban' });
    }
    for (const iban of ['GB29NWBK60161331926891', 'US64SVBKUS6S3300958879', 'XX00', 'DE89370400440532013000DE', 'DE00370400440532013000']) expect(await company.refusal('party.create', person({ name: 'x', iban })), iban).toMatchObject({ field: 'iban' });
  });
});

describe('A BIC', () => {
  test('as ISO 9362 shows them is taken, in capitals', async () => {
    for (const bic of bics) expect((await made({ name: bic, bic: bic.toLowerCase() }))['bic']).toBe(bic);
  });

  test('of another length or with digits where letters stand is refused', async () => {
    for (const bic of ['DEUTDEF', 'DEUTDEFF5', 'DEUTDEFF50', 'D1UT', 'DEUT1EFF', 'DEUTDEFF50-', '12345678']) expect(await company.refusal('party.create', person({ name: 'x', bic })), bic).toMatchObject({ code: 'invalid', field: 'bic' });
  });
});

describe('A VAT number', () => {
  test.each(vats.map((vat) => [vat]))('that is in use is taken: %s', async (vat) => {
    expect((await made({ name: vat, vat_id: `${vat.slice(0, 2)} ${vat.slice(2, 5)}.${vat.slice(5)}` }))['vat_id']).toBe(vat);
  });

  test('with a wrong check digit, without its country or of a country that has none is refused', async () => {
    for (const vat of ['DE136695975', 'ATU13585626', 'NL004495445B02x', 'IT00743110158', 'PL8567346216', 'FR41303265045', '136695976', 'XX123456789', 'DE', 'US123456789']) expect(await company.refusal('party.create', person({ name: 'x', vat_id: vat })), vat).toMatchObject({ code: 'invalid', field: 'vat_id' });
  });
});

describe('Further identifiers', () => {
  test('are checked by their kind, also when only the kind is changed', async () => {
    const { id: party_id } = await company.value('party.create', { kind: 'organisation', name: 'Ident' });
    expect(await company.refusal('identifier.create', { party_id, kind: 'iban', value: 'GB29NWBK60161331926818' })).toMatchObject({ code: 'invalid', field: 'value' });
    const one = await company.value('identifier.create', { party_id, kind: 'iban', value: 'gb29 nwbk 6016 1331 9268 19' });
    expect(await company.value('identifier.get', { id: one.id })).toMatchObject({ value: 'GB29NWBK60161331926819' });
    const card = await company.value('identifier.create', { party_id, kind: 'passport', value: 'X 123' });
    expect(await company.refusal('identifier.update', { ...card, patch: { kind: 'vat' } })).toMatchObject({ code: 'invalid', field: 'value' });
  });
});

describe('E-mail addresses', () => {
  test('as people have them are taken, and what is none is refused', async () => {
    for (const email of ['a@example.org', 'first.last+tag@sub.example.co.uk', "o'brien@example.ie", 'müller@exämple.de', 'x_y-z@example.museum']) expect((await made({ name: email, email }))['email']).toBe(email);
    for (const email of ['a', 'a@', '@b.de', 'a@b', 'a b@c.de', 'a@b..', 'a@b@c.de', 'a,b@c.de', '<a@b.de>', 'a@[1.2.3.4]']) expect(await company.refusal('party.create', person({ name: 'x', email })), email).toMatchObject({ code: 'invalid', field: 'email' });
  });
});

describe('Days of employment', () => {
  test('may not run backwards, whichever of the two is changed last', async () => {
    expect(await company.refusal('party.create', person({ name: 'x', hired_day: '2020-02-02', left_day: '2020-02-01' }))).toMatchObject({ field: 'left_day' });
    const one = await company.value('party.create', { kind: 'person', name: 'x', hired_day: '2020-02-02', left_day: '2020-02-02' });
    expect(await company.refusal('party.update', { ...one, patch: { hired_day: '2020-02-03' } })).toMatchObject({ field: 'left_day' });
    expect(await company.refusal('party.update', { ...one, patch: { left_day: '2020-02-30' } })).toMatchObject({ code: 'invalid', field: 'left_day' });
  });

  test('in a department may not run backwards, and the year 9999 is kept as open', async () => {
    const { id: party_id } = await company.value('party.create', { kind: 'person', name: 'Period' });
    const { id: department_id } = await company.value('department.create', { name: 'Dept' });
    const good = { party_id, department_id, capacity: 'member', from_day: '2020-01-01' } as const;
    expect(await company.refusal('assignment.create', { ...good, until_day: '2019-12-31' })).toMatchObject({ field: 'until_day' });
    const one = await company.value('assignment.create', { ...good, until_day: '9999-01-01' });
    expect(await company.value('assignment.get', { id: one.id })).toMatchObject({ until_day: '' });
    expect(await company.refusal('assignment.update', { ...one, patch: { until_day: '2019-12-31' } })).toMatchObject({ field: 'until_day' });
  });
});
