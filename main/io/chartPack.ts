import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDay } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { say, type Words, w } from '#contract/kit/words.ts';

/** Charts of accounts as data: reads and checks the packs of `assets/charts/`. What a pack may say stands here, what it says in the pack. */

export const accountKinds = ['asset', 'liability', 'equity', 'income', 'expense'] as const;
export type AccountKind = (typeof accountKinds)[number];

/**
 * What the indirect cash-flow statement does with the movements of an account. A result is `noncash` when its other side stands on
 * an investing account (depreciation): it is added back to the result and taken off there. `none` belongs to no section.
 */
export const cashFlows = ['cash', 'operating', 'investing', 'financing', 'noncash', 'none'] as const;
export type CashFlow = (typeof cashFlows)[number];

export const taxKinds = ['output', 'input', 'both', 'exempt', 'zero', 'reverse_charge', 'outside'] as const;
export type TaxKind = (typeof taxKinds)[number];

/** What an account is for, and which kinds of account can be for it. */
export const accountRoles = {
  bank: ['asset', 'liability'],
  cash: ['asset'],
  receivable: ['asset'],
  payable: ['liability'],
  tax_input: ['asset', 'liability'],
  tax_output: ['liability'],
  stock: ['asset'],
  prepayment: ['asset'],
  accrual: ['liability'],
  fixed_asset: ['asset'],
  accumulated_depreciation: ['asset'],
  intangible: ['asset'],
  loan: ['asset', 'liability'],
  share_capital: ['equity'],
  retained_earnings: ['equity'],
  drawings: ['equity'],
  revenue: ['income'],
  other_income: ['income'],
  cost_of_sales: ['expense'],
  payroll: ['expense', 'liability'],
  depreciation: ['expense'],
  interest: ['income', 'expense'],
  tax_expense: ['expense'],
  exchange: ['income', 'expense'],
  rounding: ['income', 'expense'],
  suspense: ['asset', 'liability'],
  opening: ['equity'],
} as const satisfies Readonly<Record<string, readonly AccountKind[]>>;
export type AccountRole = keyof typeof accountRoles;

/** The accounts that the program itself posts to, with the kinds they can have; `optional` ones may be ''. */
export const packRoles = {
  retained_earnings: { kinds: ['equity'], optional: false },
  opening: { kinds: ['equity'], optional: true },
  suspense: { kinds: ['asset', 'liability'], optional: false },
  rounding: { kinds: ['income', 'expense'], optional: false },
  exchange_gain: { kinds: ['income'], optional: false },
  exchange_loss: { kinds: ['expense'], optional: false },
  exchange_unrealised: { kinds: accountKinds, optional: true },
  disposal_gain: { kinds: ['income'], optional: true },
  disposal_loss: { kinds: ['expense'], optional: true },
} as const satisfies Readonly<Record<string, { readonly kinds: readonly AccountKind[]; readonly optional: boolean }>>;
export type PackRole = keyof typeof packRoles;

/** A name in both languages of the program, and in the language of the standard where that is a third one ('' elsewhere). */
export interface PackName extends Words {
  readonly local: string;
}

export interface PackAccount {
  readonly number: string;
  readonly name: PackName;
  readonly kind: AccountKind;
  /** '' when it is for nothing special. */
  readonly role: AccountRole | '';
  /** Number of the heading above, '' at the top. */
  readonly parent: string;
  /** A heading: nothing is posted to it. */
  readonly group: boolean;
  /** Kinds that may stand below a heading beside its own. */
  readonly mix: readonly AccountKind[];
  /** '' for a heading. */
  readonly cashFlow: CashFlow | '';
  /** Tax code that a posting here usually has, or ''. */
  readonly tax: string;
}

export interface PackTaxCode {
  readonly code: string;
  readonly name: Words;
  /** Parts per million: 200000 is 20 %. */
  readonly ratePpm: number;
  readonly kind: TaxKind;
  readonly outputAccount: string;
  readonly inputAccount: string;
  /** First and last day of the rate, '' where unknown or open. */
  readonly fromDay: string;
  readonly untilDay: string;
  /** Boxes of the tax return, parted by commas. */
  readonly box: { readonly output: string; readonly input: string };
}

export interface ChartPack {
  readonly code: string;
  readonly name: Words;
  /** ISO 3166 and ISO 4217; '' where a pack belongs to no country. */
  readonly country: string;
  readonly currency: string;
  readonly source: Words;
  readonly date: string;
  readonly note: Words;
  readonly fiscalYear: { readonly start: string; readonly periods: number };
  readonly accounts: readonly PackAccount[];
  readonly taxCodes: readonly PackTaxCode[];
  readonly roles: Readonly<Record<PackRole, string>>;
}

export const chartPackWords = {
  json: w('This is no chart of accounts: the file is no JSON.', 'Das ist kein Kontenrahmen: Die Datei ist kein JSON.'),
  object: w('{place}: a group of fields in braces is missing.', '{place}: Hier fehlt eine Gruppe von Feldern in geschweiften Klammern.'),
  list: w('{place}: a list is missing.', '{place}: Hier fehlt eine Liste.'),
  empty: w('{place}: the list is empty.', '{place}: Die Liste ist leer.'),
  text: w('{place}: a text is missing.', '{place}: Hier fehlt ein Text.'),
  truth: w('{place}: neither true nor false.', '{place}: weder true noch false.'),
  unknown: w('{place}: there is no such field.', '{place}: Ein solches Feld gibt es nicht.'),
  choice: w('{place}: “{value}” is none of {choices}.', '{place}: „{value}“ ist keines von {choices}.'),
  shape: w('{place}: “{value}” has not the form of {form}.', '{place}: „{value}“ hat nicht die Form {form}.'),
  twice: w('{place}: {value} is there twice.', '{place}: {value} gibt es zweimal.'),
  parent: w('{place}: there is no heading {value}.', '{place}: Eine Überschrift {value} gibt es nicht.'),
  parentPosted: w('{place}: {value} is an account to post to and cannot have others below it.', '{place}: {value} ist ein bebuchbares Konto und kann keine anderen unter sich haben.'),
  circle: w('{place}: the headings above run in a circle.', '{place}: Die Überschriften darüber laufen im Kreis.'),
  kind: w('{place}: {value} cannot stand under {parent}, which allows {choices}.', '{place}: {value} kann nicht unter {parent} stehen; dort geht {choices}.'),
  roleKind: w('{place}: “{role}” cannot be {value}, only {choices}.', '{place}: „{role}“ kann nicht {value} sein, nur {choices}.'),
  heading: w('{place}: a heading carries no role, cash flow or tax.', '{place}: Eine Überschrift trägt weder Rolle noch Cashflow noch Steuer.'),
  mixPosted: w('{place}: only a heading allows a mix of kinds.', '{place}: Nur eine Überschrift erlaubt gemischte Arten.'),
  cashFlow: w('{place}: “{value}” does not fit an account of kind {kind} with the role “{role}”.', '{place}: „{value}“ passt nicht zu einem Konto der Art {kind} mit der Rolle „{role}“.'),
  account: w('{place}: there is no account {value} to post to.', '{place}: Ein bebuchbares Konto {value} gibt es nicht.'),
  accountKind: w('{place}: account {value} is {kind}, not {choices}.', '{place}: Konto {value} ist {kind}, nicht {choices}.'),
  taxCode: w('{place}: there is no tax code {value}.', '{place}: Einen Steuerschlüssel {value} gibt es nicht.'),
  rate: w('{place}: {value} is no whole number of millionths between {least} and {most}.', '{place}: {value} ist keine ganze Zahl von Millionsteln zwischen {least} und {most}.'),
  taxAccount: w('{place}: a tax of kind {kind} needs this account.', '{place}: Eine Steuer der Art {kind} braucht dieses Konto.'),
  taxAccountNone: w('{place}: a tax of kind {kind} has no such account.', '{place}: Eine Steuer der Art {kind} hat kein solches Konto.'),
  days: w('{place}: {value} lies before {from}.', '{place}: {value} liegt vor {from}.'),
  local: w('{place}: the name in the language of the standard is missing; other accounts have one.', '{place}: Der Name in der Sprache des Standards fehlt; andere Konten haben einen.'),
  fileName: w('{place}: the file must be named {value}.json.', '{place}: Die Datei muss {value}.json heißen.'),
} as const;

type Fields = Readonly<Record<string, unknown>>;

function refuse(words: Words, place: string, params: Readonly<Record<string, unknown>> = {}): never {
  throw new Refused('invalid', words, { ...params, place }, place);
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of an object; each of `needed` and, where given, `possible` may be there and nothing else. What is missing is found when it is read. */
function fields(value: unknown, place: string, needed: readonly string[], possible: readonly string[] = []): Fields {
  if (!isFields(value)) refuse(chartPackWords.object, place);
  for (const key of Object.keys(value)) if (!needed.includes(key) && !possible.includes(key)) refuse(chartPackWords.unknown, `${place}.${key}`);
  return value;
}

function list(value: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(value)) refuse(chartPackWords.list, place);
  return value;
}

/** A text without space around it; '' only when `empty`. */
function text(value: unknown, place: string, empty = false): string {
  if (typeof value !== 'string' || value !== value.trim() || (value === '' && !empty)) refuse(chartPackWords.text, place);
  return value;
}

function shaped(value: unknown, place: string, form: RegExp, words: string, empty = false): string {
  const found = text(value, place, empty);
  if (found !== '' && !form.test(found)) refuse(chartPackWords.shape, place, { value: found, form: words });
  return found;
}

function day(value: unknown, place: string, empty: boolean): string {
  const found = text(value, place, empty);
  if (found !== '' && !isDay(found)) refuse(chartPackWords.shape, place, { value: found, form: 'YYYY-MM-DD' });
  return found;
}

function choice<T extends string>(value: unknown, place: string, choices: readonly T[]): T {
  const found = text(value, place);
  return choices.find((one) => one === found) ?? refuse(chartPackWords.choice, place, { value: found, choices: choices.join(', ') });
}

function words(value: unknown, place: string): Words {
  const read = fields(value, place, ['en', 'de']);
  return { en: text(read['en'], `${place}.en`), de: text(read['de'], `${place}.de`) };
}

const isRole = (value: string): value is AccountRole => Object.hasOwn(accountRoles, value);
const number = (value: unknown, place: string, empty = false): string => shaped(value, place, /^[0-9A-Z][0-9A-Z.-]{0,15}$/, '1200', empty);
const among = (kinds: readonly AccountKind[], kind: AccountKind): boolean => kinds.includes(kind);

function account(value: unknown, index: number): PackAccount {
  const at = `accounts[${index}]`;
  const read = fields(value, at, ['number', 'name', 'kind', 'role', 'parent', 'group', 'cash_flow', 'tax'], ['mix']);
  const found = number(read['number'], `${at}.number`);
  const place = `${at} ${found}`;
  const name = fields(read['name'], `${place}.name`, ['en', 'de'], ['local']);
  const role = text(read['role'], `${place}.role`, true);
  if (role !== '' && !isRole(role)) refuse(chartPackWords.choice, `${place}.role`, { value: role, choices: Object.keys(accountRoles).join(', ') });
  const group = read['group'];
  if (typeof group !== 'boolean') refuse(chartPackWords.truth, `${place}.group`);
  const flow = text(read['cash_flow'], `${place}.cash_flow`, true);
  const one: PackAccount = {
    number: found,
    name: { en: text(name['en'], `${place}.name.en`), de: text(name['de'], `${place}.name.de`), local: text(name['local'] ?? '', `${place}.name.local`, true) },
    kind: choice(read['kind'], `${place}.kind`, accountKinds),
    role,
    parent: number(read['parent'], `${place}.parent`, true),
    group,
    mix: list(read['mix'] ?? [], `${place}.mix`).map((kind) => choice(kind, `${place}.mix`, accountKinds)),
    cashFlow: group && flow === '' ? '' : choice(flow, `${place}.cash_flow`, cashFlows),
    tax: text(read['tax'], `${place}.tax`, true),
  };
  if (group && (role !== '' || flow !== '' || one.tax !== '')) refuse(chartPackWords.heading, place);
  if (!group && one.mix.length > 0) refuse(chartPackWords.mixPosted, `${place}.mix`);
  if (role !== '' && !among(accountRoles[role], one.kind)) refuse(chartPackWords.roleKind, `${place}.role`, { role, value: one.kind, choices: accountRoles[role].join(', ') });
  if (!group && !fits(one)) refuse(chartPackWords.cashFlow, `${place}.cash_flow`, { value: flow, kind: one.kind, role });
  return one;
}

/** Money is cash (a card or overdraft need not be); what is written off without paying is not; results belong to a section, balances are never "noncash". */
function fits({ kind, role, cashFlow }: PackAccount): boolean {
  if (kind === 'asset' && (role === 'bank' || role === 'cash')) return cashFlow === 'cash';
  if (role === 'depreciation') return cashFlow === 'noncash';
  if (kind === 'asset' || kind === 'liability') return cashFlow !== 'noncash';
  return cashFlow !== 'cash' && cashFlow !== (kind === 'equity' ? 'noncash' : 'none');
}

/** Every heading above an account exists, is a heading, and allows its kind. */
function checkTree(accounts: readonly PackAccount[], known: ReadonlyMap<string, PackAccount>): void {
  accounts.forEach((one, index) => {
    const place = `accounts[${index}] ${one.number}.parent`;
    let above = one.parent;
    for (let steps = 0; above !== ''; steps += 1) {
      if (steps > accounts.length) refuse(chartPackWords.circle, place);
      const parent = known.get(above) ?? refuse(chartPackWords.parent, place, { value: above });
      if (!parent.group) refuse(chartPackWords.parentPosted, place, { value: above });
      for (const kind of [one.kind, ...one.mix]) {
        if (parent.kind !== kind && !among(parent.mix, kind)) refuse(chartPackWords.kind, place, { value: kind, parent: above, choices: [parent.kind, ...parent.mix].join(', ') });
      }
      above = parent.parent;
    }
  });
}

function posted(known: ReadonlyMap<string, PackAccount>, value: string, place: string, kinds: readonly AccountKind[]): void {
  const found = known.get(value);
  if (!found || found.group) refuse(chartPackWords.account, place, { value });
  if (!among(kinds, found.kind)) refuse(chartPackWords.accountKind, place, { value, kind: found.kind, choices: kinds.join(', ') });
}

/** Which accounts a kind of tax has, and whether its rate may be above nothing. */
const taxRules: Readonly<Record<TaxKind, { readonly output: boolean; readonly input: boolean; readonly rated: boolean }>> = {
  output: { output: true, input: false, rated: true },
  input: { output: false, input: true, rated: true },
  both: { output: true, input: true, rated: true },
  reverse_charge: { output: true, input: true, rated: true },
  zero: { output: false, input: false, rated: false },
  exempt: { output: false, input: false, rated: false },
  outside: { output: false, input: false, rated: false },
};

function taxCode(value: unknown, index: number, known: ReadonlyMap<string, PackAccount>): PackTaxCode {
  const at = `tax_codes[${index}]`;
  const read = fields(value, at, ['code', 'name', 'rate_ppm', 'kind', 'output_account', 'input_account', 'from_day', 'until_day', 'box']);
  const code = shaped(read['code'], `${at}.code`, /^[A-Z0-9][A-Z0-9_-]{0,11}$/, 'S20');
  const place = `${at} ${code}`;
  const kind = choice(read['kind'], `${place}.kind`, taxKinds);
  const rule = taxRules[kind];
  const rate = read['rate_ppm'];
  const most = rule.rated ? 1_000_000 : 0;
  if (typeof rate !== 'number' || !Number.isInteger(rate) || rate < 0 || rate > most) refuse(chartPackWords.rate, `${place}.rate_ppm`, { value: String(rate), least: 0, most });
  const side = (key: 'output' | 'input', kinds: readonly AccountKind[]): string => {
    const found = text(read[`${key}_account`], `${place}.${key}_account`, true);
    if (rule[key] !== (found !== '')) refuse(rule[key] ? chartPackWords.taxAccount : chartPackWords.taxAccountNone, `${place}.${key}_account`, { kind });
    if (found !== '') posted(known, found, `${place}.${key}_account`, kinds);
    return found;
  };
  const fromDay = day(read['from_day'], `${place}.from_day`, true);
  const untilDay = day(read['until_day'], `${place}.until_day`, true);
  if (untilDay !== '' && untilDay < fromDay) refuse(chartPackWords.days, `${place}.until_day`, { value: untilDay, from: fromDay });
  const box = fields(read['box'], `${place}.box`, ['output', 'input']);
  const boxes = (key: 'output' | 'input'): string => shaped(box[key], `${place}.box.${key}`, /^[0-9A-Z]{1,4}(,[0-9A-Z]{1,4})*$/, '1,6', true);
  return {
    code,
    name: words(read['name'], `${place}.name`),
    ratePpm: rate,
    kind,
    outputAccount: side('output', ['liability']),
    inputAccount: side('input', ['asset', 'liability']),
    fromDay,
    untilDay,
    box: { output: boxes('output'), input: boxes('input') },
  };
}

function unique<T>(all: readonly T[], key: (one: T) => string, place: (index: number) => string): Map<string, T> {
  const known = new Map<string, T>();
  all.forEach((one, index) => {
    if (known.has(key(one))) refuse(chartPackWords.twice, place(index), { value: key(one) });
    known.set(key(one), one);
  });
  return known;
}

function rolesOf(value: unknown, known: ReadonlyMap<string, PackAccount>): Readonly<Record<PackRole, string>> {
  const read = fields(value, 'roles', Object.keys(packRoles));
  const role = (key: PackRole): string => {
    const { kinds, optional } = packRoles[key];
    const found = text(read[key], `roles.${key}`, optional);
    if (found !== '') posted(known, found, `roles.${key}`, kinds);
    return found;
  };
  return {
    retained_earnings: role('retained_earnings'),
    opening: role('opening'),
    suspense: role('suspense'),
    rounding: role('rounding'),
    exchange_gain: role('exchange_gain'),
    exchange_loss: role('exchange_loss'),
    exchange_unrealised: role('exchange_unrealised'),
    disposal_gain: role('disposal_gain'),
    disposal_loss: role('disposal_loss'),
  };
}

function parsed(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    throw new Refused('invalid', chartPackWords.json);
  }
}

/**
 * Reads a chart of accounts and checks all of it.
 * @throws Refused with the place of the first thing that is wrong; `field` names it too.
 */
export function readChartPack(source: string): ChartPack {
  const read = fields(parsed(source), 'pack', ['code', 'name', 'country', 'currency', 'source', 'date', 'note', 'fiscal_year', 'accounts', 'tax_codes', 'roles']);
  const code = shaped(read['code'], 'code', /^[a-z0-9]+(-[a-z0-9]+)*$/, 'de-skr04');
  const accounts = list(read['accounts'], 'accounts').map(account);
  if (accounts.length === 0) refuse(chartPackWords.empty, 'accounts');
  const known = unique(accounts, (one) => one.number, (index) => `accounts[${index}].number`);
  checkTree(accounts, known);
  const local = accounts.some((one) => one.name.local !== '');
  accounts.forEach((one, index) => void (local && one.name.local === '' && refuse(chartPackWords.local, `accounts[${index}] ${one.number}.name.local`)));
  const taxCodes = list(read['tax_codes'], 'tax_codes').map((one, index) => taxCode(one, index, known));
  const taxes = unique(taxCodes, (one) => one.code, (index) => `tax_codes[${index}].code`);
  accounts.forEach((one, index) => void (one.tax !== '' && !taxes.has(one.tax) && refuse(chartPackWords.taxCode, `accounts[${index}] ${one.number}.tax`, { value: one.tax })));
  const year = fields(read['fiscal_year'], 'fiscal_year', ['start', 'periods']);
  const start = shaped(year['start'], 'fiscal_year.start', /^\d\d-\d\d$/, 'MM-DD');
  if (!isDay(`2001-${start}`)) refuse(chartPackWords.shape, 'fiscal_year.start', { value: start, form: 'MM-DD' });
  return {
    code,
    name: words(read['name'], 'name'),
    country: shaped(read['country'], 'country', /^[A-Z]{2}$/, 'GB', true),
    currency: shaped(read['currency'], 'currency', /^[A-Z]{3}$/, 'GBP', true),
    source: words(read['source'], 'source'),
    date: day(read['date'], 'date', false),
    note: words(read['note'], 'note'),
    fiscalYear: { start, periods: Number(choice(year['periods'], 'fiscal_year.periods', ['1', '2', '4', '12', '13'])) },
    accounts,
    taxCodes,
    roles: rolesOf(read['roles'], known),
  };
}

/**
 * All packs of a folder by their code; other files are passed over.
 * @throws Refused with the name of the first file that is broken or whose name is not its code.
 */
export function chartPacks(dir: string): readonly ChartPack[] {
  const names = readdirSync(dir).filter((name) => name.endsWith('.json')).toSorted();
  return names.map((name) => {
    try {
      const pack = readChartPack(readFileSync(join(dir, name), 'utf8'));
      if (`${pack.code}.json` !== name) refuse(chartPackWords.fileName, 'code', { value: pack.code });
      return pack;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { words: said, params } = error;
      throw new Refused('invalid', { en: `${name}: ${say(said, 'en', params)}`, de: `${name}: ${say(said, 'de', params)}` }, {}, error.field);
    }
  });
}
