import type { DesignRow, Starter } from '#contract/budgets/design.ts';
import { say, w, type Words } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { type Account, chartOf } from '../accounts/balances.ts';

/** Designs to begin with. They choose accounts by their kind and use, so that they fit every chart; the copies of the built-in statements follow the headings of this one. */

const words = {
  result: w('Profit and loss (copy)', 'Gewinn- und Verlustrechnung (Kopie)'),
  resultAbout: w('The built-in statement, one row for each heading', 'Die eingebaute Auswertung, eine Zeile je Überschrift'),
  sheet: w('Balance sheet (copy)', 'Bilanz (Kopie)'),
  management: w('Management accounts', 'Betriebswirtschaftliche Auswertung'),
  managementAbout: w('From revenue to the result, with margins', 'Vom Umsatz zum Ergebnis, mit Margen'),
  ratios: w('Key ratios', 'Kennzahlen'),
  ratiosAbout: w('Liquidity, margins and debtor days', 'Liquidität, Margen und Forderungslaufzeit'),
  notes: w('Balance sheet with notes', 'Bilanz mit Erläuterungen'),
  notesAbout: w('Balances and what is to be said about them', 'Salden und was dazu zu sagen ist'),
  income: w('Income', 'Erträge'),
  expenses: w('Expenses', 'Aufwendungen'),
  totalIncome: w('Total income', 'Summe Erträge'),
  totalExpenses: w('Total expenses', 'Summe Aufwendungen'),
  profit: w('Result', 'Ergebnis'),
  assets: w('Assets', 'Aktiva'),
  funds: w('Liabilities and equity', 'Passiva'),
  liabilities: w('Liabilities', 'Verbindlichkeiten'),
  equity: w('Equity', 'Eigenkapital'),
  others: w('Not classified', 'Nicht zugeordnet'),
  open: w('Result not carried forward yet', 'Noch nicht vorgetragenes Ergebnis'),
  totalAssets: w('Total assets', 'Summe Aktiva'),
  totalFunds: w('Total liabilities and equity', 'Summe Passiva'),
  revenue: w('Revenue', 'Umsatzerlöse'),
  sales: w('Cost of sales', 'Wareneinsatz'),
  gross: w('Gross profit', 'Rohertrag'),
  grossMargin: w('Gross margin, %', 'Rohertragsmarge, %'),
  otherIncome: w('Other income', 'Sonstige Erträge'),
  staff: w('Wages and salaries', 'Löhne und Gehälter'),
  overheads: w('Other expenses', 'Sonstige Aufwendungen'),
  ebitda: w('Operating result before depreciation', 'Betriebsergebnis vor Abschreibung'),
  depreciation: w('Depreciation', 'Abschreibung'),
  operating: w('Operating result', 'Betriebsergebnis'),
  operatingMargin: w('Operating margin, %', 'Umsatzrendite, %'),
  interest: w('Interest', 'Zinsen'),
  before: w('Result before tax', 'Ergebnis vor Steuern'),
  tax: w('Taxes on income', 'Ertragsteuern'),
  liquidity: w('Liquidity', 'Liquidität'),
  cash: w('Cash and bank', 'Kasse und Bank'),
  receivables: w('Receivables', 'Forderungen'),
  stock: w('Stock', 'Vorräte'),
  currentAssets: w('Current assets', 'Umlaufvermögen'),
  currentLiabilities: w('Current liabilities', 'Kurzfristige Verbindlichkeiten'),
  currentRatio: w('Current ratio', 'Liquidität 3. Grades'),
  quickRatio: w('Quick ratio', 'Liquidität 2. Grades'),
  earning: w('Earning', 'Ertragskraft'),
  days: w('Debtor days', 'Forderungslaufzeit in Tagen'),
  ratioNote: w(
    'Current are all assets but fixed and intangible ones, and all liabilities but loans. Debtor days are the receivables at the end, which hold sales tax, against the revenue of the days, which does not.',
    'Zum Umlaufvermögen zählt alles außer Sachanlagen und immateriellen Anlagen, zu den kurzfristigen Verbindlichkeiten alles außer Darlehen. Die Forderungslaufzeit setzt die Forderungen am Ende, die Umsatzsteuer enthalten, ins Verhältnis zum Umsatz der Tage, der keine enthält.',
  ),
  fixed: w('Fixed assets', 'Anlagevermögen'),
  cost: w('of which at cost', 'davon zu Anschaffungskosten'),
  worn: w('of which depreciation so far', 'davon bisherige Abschreibung'),
  fixedNote: w('Note 1: Fixed assets cost {R110}; {R120} of it has been depreciated so far.', 'Erläuterung 1: Die Anlagen kosteten {R110}; davon sind bisher {R120} abgeschrieben.'),
  cashNote: w('Note 2: Cash and bank hold {R20}, after {before:kind:asset & use:bank, kind:asset & use:cash} at the beginning.', 'Erläuterung 2: Kasse und Bank betragen {R20}, nach {before:kind:asset & use:bank, kind:asset & use:cash} am Anfang.'),
  equityNote: w('Note 3: Equity of {R70} is {R90} of the total.', 'Erläuterung 3: Das Eigenkapital von {R70} sind {R90} der Summe.'),
  equityRatio: w('Equity ratio, %', 'Eigenkapitalquote, %'),
};

type Text = (label: Words) => string;
type Given = Omit<DesignRow, 'kind' | 'label' | 'code' | 'of'>;

const heading = (label: string): DesignRow => ({ kind: 'heading', label });
const blank: DesignRow = { kind: 'blank' };
const accounts = (code: string, label: string, of: string, given: Given = {}): DesignRow => ({ kind: 'accounts', code, label, of, ...given });
const formula = (code: string, label: string, of: string, given: Given = {}): DesignRow => ({ kind: 'formula', code, label, of, ...given });
const total = (code: string, label: string, of: string, given: Given = {}): DesignRow => ({ kind: 'total', code, label, of, ...given });
const percent: Given = { format: 'percent', indent: 1 };

/** How a selector names an account. */
const named = (one: Account): string => (/^\w+$/.test(one.number) ? one.number : `"${(one.number || one.path).replaceAll('"', '')}"`);

/** A row for each account of some kinds that stands under no other of them; a single heading over all of them gives way to what is under it. */
function tops(chart: readonly Account[], kind: Account['kind'], from: number, given: Given): DesignRow[] {
  const own = chart.filter((one) => one.kind === kind);
  const ids = new Set(own.map((one) => one.id));
  const roots = own.filter((one) => one.parent_id === null || !ids.has(one.parent_id));
  const [only, second] = roots;
  const rows = only && !second && only.heading === 1 ? own.filter((one) => one.parent_id === only.id) : roots;
  return rows.slice(0, 60).map((one, at) => accounts(`R${from + at * 5}`, one.name, named(one), { ...given, hide: true, indent: 1, ...(own.some((other) => other.parent_id === one.id) ? { each: true, bold: true } : {}) }));
}

const span = (rows: readonly DesignRow[]): string => `${rows[0]?.code ?? ''}:${rows.at(-1)?.code ?? ''}`;
/** The sum of rows; of none, an account row that holds nothing would be a lie: zero. */
const sumOf = (code: string, label: string, rows: readonly DesignRow[]): DesignRow => (rows.length > 0 ? total(code, label, span(rows)) : formula(code, label, '0'));

function resultCopy(chart: readonly Account[], t: Text): readonly DesignRow[] {
  const [income, expenses] = [tops(chart, 'income', 1000, { turn: true }), tops(chart, 'expense', 3000, {})];
  return [heading(t(words.income)), ...income, sumOf('INCOME', t(words.totalIncome), income), heading(t(words.expenses)), ...expenses, sumOf('EXPENSES', t(words.totalExpenses), expenses), formula('RESULT', t(words.profit), 'INCOME - EXPENSES', { bold: true })];
}

function sheetCopy(chart: readonly Account[], t: Text): readonly DesignRow[] {
  const of = (kind: Account['kind'], from: number, turn: boolean): DesignRow[] => tops(chart, kind, from, { basis: 'balance', ...(turn ? { turn } : {}) });
  const [assets, liabilities, equity, others] = [of('asset', 1000, false), of('liability', 3000, true), of('equity', 5000, true), of('unclassified', 7000, true)];
  return [
    heading(t(words.assets)),
    ...assets,
    { ...sumOf('ASSETS', t(words.totalAssets), assets), bold: true },
    heading(t(words.liabilities)),
    ...liabilities,
    ...(others.length > 0 ? [heading(t(words.others)), ...others] : []),
    heading(t(words.equity)),
    ...equity,
    accounts('OPEN', t(words.open), 'kind:income, kind:expense', { basis: 'balance', turn: true, indent: 1 }),
    total('FUNDS', t(words.totalFunds), [liabilities, others, equity].filter((rows) => rows.length > 0).map(span).concat('OPEN').join(', '), { bold: true }),
  ];
}

const management = (t: Text): readonly DesignRow[] => [
  accounts('R10', t(words.revenue), 'kind:income & use:revenue', { turn: true }),
  accounts('R20', t(words.sales), 'kind:expense & use:cost_of_sales', {}),
  formula('R30', t(words.gross), 'R10 - R20', { bold: true }),
  formula('R35', t(words.grossMargin), 'R30 / R10 * 100', percent),
  accounts('R40', t(words.otherIncome), 'kind:income, -use:revenue', { turn: true, hide: true }),
  accounts('R50', t(words.staff), 'kind:expense & use:payroll', {}),
  accounts('R60', t(words.overheads), 'kind:expense, -use:cost_of_sales, -use:payroll, -use:depreciation, -use:interest, -use:tax_expense', { each: true }),
  formula('R70', t(words.ebitda), 'R30 + R40 - R50 - R60', { bold: true }),
  accounts('R80', t(words.depreciation), 'kind:expense & use:depreciation', {}),
  formula('R90', t(words.operating), 'R70 - R80', { bold: true }),
  formula('R95', t(words.operatingMargin), 'R90 / R10 * 100', percent),
  accounts('R100', t(words.interest), 'kind:expense & use:interest', { hide: true }),
  formula('R110', t(words.before), 'R90 - R100', { bold: true }),
  accounts('R120', t(words.tax), 'kind:expense & use:tax_expense', { hide: true }),
  formula('R130', t(words.profit), 'R110 - R120', { bold: true }),
];

const ratios = (t: Text): readonly DesignRow[] => [
  heading(t(words.liquidity)),
  accounts('R10', t(words.currentAssets), 'kind:asset, -use:fixed_asset, -use:accumulated_depreciation, -use:intangible', { basis: 'balance' }),
  accounts('R20', t(words.stock), 'kind:asset & use:stock', { basis: 'balance', indent: 1 }),
  accounts('R30', t(words.currentLiabilities), 'kind:liability, -use:loan', { basis: 'balance', turn: true }),
  formula('R40', t(words.currentRatio), 'R10 / R30', { format: 'ratio', bold: true }),
  formula('R50', t(words.quickRatio), '(R10 - R20) / R30', { format: 'ratio', bold: true }),
  heading(t(words.earning)),
  accounts('R60', t(words.revenue), 'kind:income & use:revenue', { turn: true }),
  accounts('R70', t(words.sales), 'kind:expense & use:cost_of_sales', {}),
  formula('R80', t(words.grossMargin), '(R60 - R70) / R60 * 100', { format: 'percent', bold: true }),
  accounts('R90', t(words.receivables), 'kind:asset & use:receivable', { basis: 'balance' }),
  formula('R100', t(words.days), 'R90 / R60 * DAYS', { format: 'ratio', bold: true }),
  blank,
  { kind: 'note', label: t(words.ratioNote) },
];

const noted = (t: Text): readonly DesignRow[] => [
  heading(t(words.assets)),
  accounts('R10', t(words.fixed), 'kind:asset & use:fixed_asset, kind:asset & use:intangible, kind:asset & use:accumulated_depreciation', { basis: 'balance', indent: 1 }),
  accounts('R110', t(words.cost), 'kind:asset & use:fixed_asset, kind:asset & use:intangible', { basis: 'balance', indent: 2, hide: true }),
  accounts('R120', t(words.worn), 'kind:asset & use:accumulated_depreciation', { basis: 'balance', turn: true, indent: 2, hide: true }),
  accounts('R20', t(words.cash), 'kind:asset & use:bank, kind:asset & use:cash', { basis: 'balance', indent: 1 }),
  accounts('R30', t(words.receivables), 'kind:asset & use:receivable', { basis: 'balance', indent: 1, hide: true }),
  accounts('R40', t(words.currentAssets), 'kind:asset, -use:fixed_asset, -use:intangible, -use:accumulated_depreciation, -use:bank, -use:cash, -use:receivable', { basis: 'balance', indent: 1, hide: true }),
  total('R50', t(words.totalAssets), 'R10, R20, R30, R40', { bold: true }),
  heading(t(words.funds)),
  accounts('R60', t(words.liabilities), 'kind:liability, kind:unclassified', { basis: 'balance', turn: true, indent: 1 }),
  accounts('R70', t(words.equity), 'kind:equity, kind:income, kind:expense', { basis: 'balance', turn: true, indent: 1 }),
  total('R80', t(words.totalFunds), 'R60, R70', { bold: true }),
  formula('R90', t(words.equityRatio), 'R70 / R80 * 100', percent),
  blank,
  { kind: 'note', label: t(words.fixedNote) },
  { kind: 'note', label: t(words.cashNote) },
  { kind: 'note', label: t(words.equityNote) },
];

/** Everything one may begin with, in the language of the user. */
export function starters(ctx: Ctx): readonly Starter[] {
  const chart = chartOf(ctx.db);
  const t: Text = (label) => say(label, ctx.language, {});
  return [
    { key: 'management', name: t(words.management), description: t(words.managementAbout), covers: 'result', rows: management(t) },
    { key: 'ratios', name: t(words.ratios), description: t(words.ratiosAbout), covers: '', rows: ratios(t) },
    { key: 'notes', name: t(words.notes), description: t(words.notesAbout), covers: '', rows: noted(t) },
    { key: 'result', name: t(words.result), description: t(words.resultAbout), covers: 'result', rows: resultCopy(chart, t) },
    { key: 'sheet', name: t(words.sheet), description: t(words.resultAbout), covers: 'balance', rows: sheetCopy(chart, t) },
  ];
}
