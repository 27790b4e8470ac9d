import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dayOfInstant } from '../../main/budgets/ledgers/exportForm.ts';
import { attribute, xmlReader } from '../../main/io/xml.ts';
import { corpus, has } from '../helpers/corpora.ts';
import { type Company, makeCompany, ownerPassword } from '../helpers/company.ts';
import { departures } from './saftSchema.ts';

let company: Company;
beforeEach(async () => {
  company = await makeCompany();
});
afterEach(async () => {
  await company.close();
});

const targets = ['hledger', 'csv', 'saft', 'fec'] as const;

describe('A file of the ledger', () => {
  test('that cannot take its place says why, leaves nothing beside it, and touches no file of another', async () => {
    const taken = join(company.desk, 'taken');
    mkdirSync(taken);
    writeFileSync(`${taken}.part`, 'of somebody else');
    for (const format of targets) expect(await company.refusal('journal.export', { format, target: taken })).toMatchObject({ code: 'invalid', field: 'target' });
    expect(await company.refusal('journal.export', { format: 'csv', target: join(company.desk, 'no', 'such', 'x.csv') })).toMatchObject({ code: 'invalid', field: 'target' });
    expect(readdirSync(company.desk).toSorted()).toEqual(['taken', 'taken.part']);
    expect(readFileSync(`${taken}.part`, 'utf8')).toBe('of somebody else');
    expect(company.bugs).toEqual([]);
  });

  test('and any other that Bureau writes is refused the folder of a company, also over its database and by way of a link', async () => {
    const [way, before] = [join(company.desk, 'way'), readFileSync(join(company.folder, 'office.db'))];
    symlinkSync(join(company.folder, 'files'), way);
    for (const target of [join(company.folder, 'office.db'), join(company.folder, 'files', 'x.csv'), join(way, 'x.csv')]) {
      for (const format of targets) expect(await company.refusal('journal.export', { format, target })).toMatchObject({ code: 'invalid', field: 'target' });
      for (const format of ['csv', 'xlsx', 'vcard'] as const) expect(await company.refusal('export.run', { entity: 'party', format, target })).toMatchObject({ code: 'invalid', field: 'target' });
      const cells = { columns: [{ title: 'A', kind: 'text' as const }], rows: [['x']], sheet: 'S', currency: 'EUR', target };
      for (const format of ['csv', 'xlsx'] as const) expect(await company.refusal('report.export', { ...cells, format })).toMatchObject({ code: 'invalid', field: 'target' });
    }
    expect(readFileSync(join(company.folder, 'office.db')).equals(before)).toBe(true);
    expect(readdirSync(join(company.folder, 'files'))).toEqual([]);
    expect(await company.value('journal.export', { format: 'csv', target: join(company.desk, 'x.csv') })).toEqual({ entries: 0, lines: 0 });
  });
});

interface Node {
  readonly name: string;
  readonly attributes: string;
  text: string;
  readonly children: Node[];
}

/** XML as a tree, which also tells that every element is closed. */
function treeOf(path: string): Node {
  const top: Node = { name: '', attributes: '', text: '', children: [] };
  const stack = [top];
  const reader = xmlReader({
    open: (name, attributes) => {
      const node: Node = { name, attributes, text: '', children: [] };
      stack.at(-1)!.children.push(node);
      stack.push(node);
    },
    close: (name) => expect(stack.pop()!.name).toBe(name),
    text: (text) => void (stack.at(-1)!.text += text),
  });
  reader.push(readFileSync(path, 'utf8'));
  reader.end();
  return top.children[0]!;
}
const all = (node: Node, name: string): Node[] => node.children.flatMap((child) => (child.name === name ? [child, ...all(child, name)] : all(child, name)));
const textAt = (node: Node, ...path: string[]): string => {
  const found = path.reduce<Node | undefined>((at, name) => at?.children.find((child) => child.name === name), node);
  return found?.text ?? '';
};
const cents = (text: string): number => Math.round(Number(text.replace(',', '.')) * 100);
/** Debit above zero. */
const balanceOf = (node: Node, when: string): number => cents(textAt(node, `${when}DebitBalance`) || '0') - cents(textAt(node, `${when}CreditBalance`) || '0');

/** A company with a customer, a supplier, a tax, and two years of entries. */
async function someBooks(): Promise<void> {
  const account = async (number: string, name: string, kind: string, role = ''): Promise<number> => (await company.value('account.create', { number, name, kind: kind as 'asset', role: role as 'bank' })).id;
  const [bank, debtors, creditors, sales, rent, tax] = [
    await account('1200', 'Bank', 'asset', 'bank'), await account('1400', 'Debtors', 'asset', 'receivable'), await account('1600', 'Creditors', 'liability', 'payable'), await account('8400', 'Sales & more <x>', 'income', 'revenue'), await account('', 'Rent', 'expense'), await account('1776', 'VAT', 'liability', 'tax_output'),
  ];
  const retained = await account('2970', 'Brought forward', 'equity', 'retained_earnings');
  expect(retained).toBeGreaterThan(0);
  const customer = (await company.value('party.create', { kind: 'organisation', name: 'Müller & Co', number: 'C1', roles: ['customer'] })).id;
  const supplier = (await company.value('party.create', { kind: 'organisation', name: 'Land "Lord"', roles: ['supplier'] })).id;
  const code = (await company.value('tax_code.create', { code: 'S20', name: 'Standard', kind: 'output', rate_ppm: 200_000, output_account_id: tax })).id;
  await company.value('fiscal_year.create', { name: '2023', start_day: '2023-01-01', end_day: '2023-12-31', pattern: 'months' });
  await company.value('fiscal_year.create', { name: '2024', start_day: '2024-01-01', end_day: '2024-12-31', pattern: 'months' });
  const sell = (day: string, amount: number) =>
    company.value('entry.add', { day, journal: 'sales', narration: 'Sale\tto\nMüller', reference: 'INV 1', lines: [{ account_id: debtors, amount: amount * 1.2, party_id: customer }, { account_id: sales, amount: -amount, tax_code_id: code, text: 'Goods' }, { account_id: tax, amount: -amount * 0.2, tax_code_id: code }] });
  await sell('2023-12-30', 10_000);
  await company.value('entry.add', { day: '2024-01-10', journal: 'purchase', narration: 'Rent', lines: [{ account_id: rent, amount: 5000 }, { account_id: creditors, amount: -5000, party_id: supplier }] });
  await sell('2024-02-01', 2500);
  await company.value('entry.add', { day: '2024-03-01', journal: 'bank', narration: 'Paid', lines: [{ account_id: bank, amount: 12_000 }, { account_id: debtors, amount: -12_000, party_id: customer }] });
}

const balances = async (of: Company): Promise<Record<string, string>> => {
  const rows = await of.value('report.trial_balance', { to: '9999-12-31' });
  const digits = new Map((await of.value('commodity.list', { limit: 1000 })).rows.map((row) => [row.code, row.digits]));
  return Object.fromEntries(rows.filter((row) => row.quantity !== 0 || row.closing !== 0).map((row) => [`${row.account} ${row.currency}`, `${row.quantity / 10 ** (digits.get(row.currency) ?? 2)} ${row.closing}`]));
};

async function again(format: 'hledger' | 'ledger-csv', file: string): Promise<Record<string, string>> {
  const other = await makeCompany();
  try {
    await other.value('journal.import', { format, source: file });
    return await balances(other);
  } finally {
    await other.close();
  }
}

const there = has('ledger/hledger');
const journals = there ? readdirSync(corpus('ledger/hledger')).filter((name) => name !== 'templates_basic_main.journal') : [];

describe.skipIf(!there)('imported journals, exported', () => {
  test('come back from hledger and from CSV with the same balances, all of the corpus together', async () => {
    for (const name of journals) await company.value('journal.import', { format: 'hledger', source: corpus(`ledger/hledger/${name}`) });
    const before = await balances(company);
    expect(Object.keys(before).length).toBeGreaterThan(150);
    const counted = await company.value('journal.export', { format: 'hledger', target: join(company.desk, 'out.journal') });
    expect(await again('hledger', join(company.desk, 'out.journal'))).toEqual(before);
    expect(await company.value('journal.export', { format: 'csv', target: join(company.desk, 'out.csv') })).toEqual(counted);
    expect(await again('ledger-csv', join(company.desk, 'out.csv'))).toEqual(before);
  });
});

const hledger = spawnSync('hledger', ['--version']).status === 0;

test('the day on which an entry was posted is that of the clock of the PC, as its own day is', () => {
  const zone = process.env['TZ'];
  try {
    for (const [place, day] of [['Pacific/Kiritimati', '2024-01-02'], ['Pacific/Pago_Pago', '2024-01-01'], ['UTC', '2024-01-01']] as const) {
      process.env['TZ'] = place;
      expect(dayOfInstant(Date.UTC(2024, 0, 1, 11))).toBe(day);
    }
    expect(dayOfInstant(null)).toBe('');
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});

describe('a journal for hledger', () => {
  test.skipIf(!hledger)('is read by hledger with the balances of the books, whatever marks stand in names, references and texts (needs hledger)', async () => {
    await company.value('fiscal_year.create', { name: '2024', start_day: '2024-01-01', end_day: '2024-12-31', pattern: 'months' });
    const wanted: Record<string, number> = {};
    const names = { 'Cash  at  bank': 'Cash at bank', 'Cash at bank': 'Cash at bank', '(Old)': '{Old}', '[Reserve]': '{Reserve}', '(Van) 2': '{Van} 2', '* Star': 'Star', '; Half': 'Half', '! Bang': 'Bang', 'Plain (net)': 'Plain (net)' };
    const ids: number[] = [];
    for (const name of Object.keys(names)) ids.push((await company.value('account.create', { name, kind: 'asset', number: String(1000 + ids.length) })).id);
    const { id: under } = await company.value('account.create', { name: 'Giro', kind: 'asset', parent_id: ids[2]! });
    const texts = ['due date: Friday', 'see [12/45]', 'date2:2024-02-30', 'paid [in full]', ''];
    let sum = 0;
    for (const [at, account_id] of [...ids, under].entries()) {
      const amount = 100 * 2 ** at;
      sum += amount;
      await company.value('entry.add', { day: '2024-01-10', reference: `INV (${at}) a)`, narration: '(x) ; y', lines: [{ account_id, amount, text: texts[at % texts.length]! }, { account_id: ids[8]!, amount: -amount }] });
      const name = account_id === under ? '{Old}:Giro' : Object.values(names)[at]!;
      // Two names that would be one stay two.
      wanted[name in wanted || (name === 'Cash at bank' && at === 0) ? 'Cash at bank 1000' : name] = amount;
    }
    wanted['Plain (net)'] = wanted['Plain (net)']! - sum;
    const target = join(company.desk, 'out.journal');
    await company.value('journal.export', { format: 'hledger', target });
    const read = spawnSync('hledger', ['-f', target, 'balance', '--flat', '--no-total', '--empty', '--output-format', 'csv'], { encoding: 'utf8' });
    expect(read.stderr).toBe('');
    const rows = read.stdout.trim().split('\n').slice(1).map((line) => /^"(.*)","(.*) GBP"$/.exec(line)!);
    expect(Object.fromEntries(rows.map((row) => [row[1], cents(row[2]!.replaceAll(',', ''))]))).toEqual(wanted);
    expect(Object.values(await again('hledger', target)).map((text) => Number(text.split(' ')[1])).toSorted((a, b) => a - b)).toEqual(Object.values(wanted).toSorted((a, b) => a - b));
  });
});

describe('a FEC', () => {
  const read = (name: string): string[][] => readFileSync(join(company.desk, name), 'utf8').split('\r\n').slice(0, -1).map((line) => line.split('\t'));

  test('has 18 columns, entries numbered without a gap, and debits that are credits', async () => {
    await someBooks();
    const counted = await company.value('journal.export', { format: 'fec', target: join(company.desk, 'fec.txt') });
    const [header, ...rows] = read('fec.txt');
    expect(header!.join(' ')).toBe('JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate EcritureLib Debit Credit EcritureLet DateLet ValidDate Montantdevise Idevise');
    expect(rows.every((row) => row.length === 18)).toBe(true);
    expect([rows.length, new Set(rows.map((row) => row[2])).size]).toEqual([counted.lines, counted.entries]);
    expect([...new Set(rows.map((row) => row[2]))]).toEqual(['1', '2', '3', '4']);
    expect(rows.map((row) => row[3])).toEqual(rows.map((row) => row[3]!).toSorted((a, b) => a.localeCompare(b)));
    expect(rows[0]!.slice(0, 13)).toEqual(['VE', 'Ventes', '1', '20231230', '1400', 'Debtors', 'C1', 'Müller & Co', 'INV 1', '20231230', 'Sale to Müller', '120,00', '0,00']);
    const sum = (at: number): number => rows.reduce((all_, row) => all_ + cents(row[at]!), 0);
    expect(sum(11)).toBe(sum(12));
    expect(rows.every((row) => row[4] !== '' && /^\d{8}$/.test(row[15]!))).toBe(true);
  });

  test('that begins later begins with what the accounts stood at, and comes back with the same balances', async () => {
    await someBooks();
    await company.value('journal.export', { format: 'fec', target: join(company.desk, 'fec.txt'), from: '2024-01-01' });
    const rows = read('fec.txt').slice(1);
    const opening = rows.filter((row) => row[0] === 'AN');
    expect(opening.map((row) => [row[2], row[3], row[4], row[11], row[12]])).toEqual([
      ['1', '20240101', '1400', '120,00', '0,00'], ['1', '20240101', '1776', '0,00', '20,00'], ['1', '20240101', '2970', '0,00', '100,00'],
    ]);
    expect(rows.at(-1)![2]).toBe('4');
    // An entry in the journal of openings on that day does not stand for what the accounts held before it.
    const bank = (await company.value('account.list', {})).rows.find((row) => row.number === '1200')!.id;
    const late = await company.value('entry.add', { day: '2024-01-01', journal: 'opening', narration: 'Forgotten', lines: [{ account_id: bank, amount: 700 }, { account_id: bank, amount: -700 }] });
    await company.value('journal.export', { format: 'fec', target: join(company.desk, 'late.txt'), from: '2024-01-01' });
    expect(read('late.txt').slice(1).filter((row) => row[2] === '1')).toEqual(opening);
    expect(read('late.txt').filter((row) => row[2] === '2').map((row) => [row[0], row[8], row[11]])).toEqual([['AN', 'OB-2024-00001', '7,00'], ['AN', 'OB-2024-00001', '0,00']]);
    expect(late.number).toBe('OB-2024-00001');
    const other = await makeCompany();
    try {
      await other.value('journal.import', { format: 'ledger-csv', source: join(company.desk, 'fec.txt') });
      const wanted = Object.fromEntries((await company.value('report.trial_balance', { to: '9999-12-31' })).map((row) => [row.account, row.closing]));
      const found = Object.fromEntries((await other.value('report.trial_balance', { to: '9999-12-31' })).map((row) => [row.account, row.closing]));
      expect(found).toEqual({ ...wanted, 'Brought forward': -10_000, 'Sales & more <x>': -2500 });
    } finally {
      await other.close();
    }
  });
});

test('a whole ledger leaves the books for those alone who may read entries, and tells of parties only what each may read of them', async () => {
  await company.close();
  company = await makeCompany({ password: ownerPassword });
  await someBooks();
  await company.value('party.update', { id: 1, version: 1, patch: { vat_id: 'DE136695976', street: 'Long Lane 1' } });
  const saft = async (by: Pick<Company, 'value'>): Promise<readonly string[]> => {
    await by.value('journal.export', { format: 'saft', target: join(company.desk, 'saft.xml') });
    const tree = treeOf(join(company.desk, 'saft.xml'));
    expect(departures(tree)).toEqual([]);
    const customer = all(tree, 'Customer')[0]!;
    return [textAt(customer, 'Name'), textAt(customer, 'Address', 'StreetName'), textAt(customer, 'TaxRegistration', 'TaxRegistrationNumber'), textAt(customer, 'CustomerID')];
  };
  const analyst = await company.as('data_analyst');
  expect(await saft(company)).toEqual(['Müller & Co', 'Long Lane 1', 'DE136695976', 'C1']);
  expect(await saft(analyst)).toEqual(['Müller & Co', 'Long Lane 1', '', 'C1']);
  const role = (await company.value('role.list', { limit: 100 })).rows.find((one) => one.preset === 'data_analyst')!;
  const rights = await company.value('role.rights', { id: role.id });
  await company.value('role.grant', { id: role.id, version: role.version, rights: { access: { ...rights.access, party: 'none' }, sees: ['bank'] } });
  expect(await saft(analyst)).toEqual(['C1', '', '', 'C1']);
  await analyst.value('journal.export', { format: 'fec', target: join(company.desk, 'fec.txt') });
  expect(readFileSync(join(company.desk, 'fec.txt'), 'utf8')).not.toMatch(/\tMüller & Co\t|Land "Lord"/);
  const manager = await company.as('project_manager');
  await manager.value('report.trial_balance', { to: '2024-12-31' });
  for (const format of ['hledger', 'csv', 'saft', 'fec']) expect((await manager.refusal('journal.export', { format, target: join(company.desk, 'no') })).code).toBe('denied');
});

describe('a SAF-T file', () => {
  test('has balances that its own lines explain, and sums that are those of its lines', async () => {
    await someBooks();
    const counted = await company.value('journal.export', { format: 'saft', target: join(company.desk, 'saft.xml'), from: '2024-01-10', to: '2024-12-31' });
    const tree = treeOf(join(company.desk, 'saft.xml'));
    expect([tree.name, attribute(tree.attributes, 'xmlns')]).toEqual(['AuditFile', 'urn:OECD:StandardAuditFile-Taxation/2.00']);
    expect(tree.children.map(({ name }) => name)).toEqual(['Header', 'MasterFiles', 'GeneralLedgerEntries']);
    expect(departures(tree)).toEqual([]);
    const entries = tree.children[2]!;
    const lines = all(entries, 'Line');
    const amount = (line: Node): number => cents(textAt(line, 'DebitAmount', 'Amount') || '0') - cents(textAt(line, 'CreditAmount', 'Amount') || '0');
    expect([all(entries, 'Transaction').length, lines.length]).toEqual([counted.entries, counted.lines]);
    expect(textAt(entries, 'NumberOfEntries')).toBe(String(counted.entries));
    const debit = lines.reduce((sum, line) => sum + Math.max(amount(line), 0), 0);
    expect([cents(textAt(entries, 'TotalDebit')), cents(textAt(entries, 'TotalCredit'))]).toEqual([debit, debit]);
    for (const account of all(tree, 'Account')) {
      const id = textAt(account, 'AccountID');
      const moved = lines.filter((line) => textAt(line, 'AccountID') === id).reduce((sum, line) => sum + amount(line), 0);
      expect([id, balanceOf(account, 'Closing')]).toEqual([id, balanceOf(account, 'Opening') + moved]);
    }
    expect(all(entries, 'Journal').map((journal) => textAt(journal, 'JournalID'))).toEqual(['bank', 'purchase', 'sales']);
    for (const transaction of all(entries, 'Transaction')) expect(all(transaction, 'Line').reduce((sum, line) => sum + amount(line), 0)).toBe(0);
  });

  test('names customers, suppliers and taxes, and its texts are safe', async () => {
    await someBooks();
    await company.value('journal.export', { format: 'saft', target: join(company.desk, 'saft.xml'), from: '2024-01-01' });
    const tree = treeOf(join(company.desk, 'saft.xml'));
    const shown = (node: Node, kind: string): unknown => [textAt(node, 'Name'), textAt(node, `${kind}ID`), textAt(node, 'AccountID'), balanceOf(node, 'Opening'), balanceOf(node, 'Closing')];
    expect(all(tree, 'Customer').map((node) => shown(node, 'Customer'))).toEqual([['Müller & Co', 'C1', '1400', 12_000, 3000]]);
    const [supplier] = all(tree, 'Supplier');
    expect([textAt(supplier!, 'Name'), balanceOf(supplier!, 'Closing')]).toEqual(['Land "Lord"', -5000]);
    expect(all(tree, 'SupplierID').map(({ text }) => text)).toEqual([textAt(supplier!, 'SupplierID'), textAt(supplier!, 'SupplierID')]);
    expect(all(tree, 'TaxCodeDetails').map((node) => [textAt(node, 'TaxCode'), textAt(node, 'TaxPercentage')])).toEqual([['S20', '20.0000']]);
    expect(all(tree, 'TaxInformation').map((node) => [textAt(node, 'TaxBase'), textAt(node, 'TaxAmount', 'Amount')])).toEqual([['25.00', '5.00'], ['', '5.00']]);
    expect(all(tree, 'AccountDescription').map(({ text }) => text)).toContain('Sales & more <x>');
    expect(all(tree, 'Description').map(({ text }) => text)).toContain('Sale to Müller');
    expect(readFileSync(join(company.desk, 'saft.xml'), 'utf8')).toContain('Müller &amp; Co');
  });

  test.skipIf(!there)('of an imported journal in many currencies balances too', async () => {
    const name = journals.find((one) => one.includes('bcexample'))!;
    await company.value('journal.import', { format: 'hledger', source: corpus(`ledger/hledger/${basename(name)}`) });
    await company.value('journal.export', { format: 'saft', target: join(company.desk, 'saft.xml') });
    const tree = treeOf(join(company.desk, 'saft.xml'));
    expect(textAt(tree, 'GeneralLedgerEntries', 'TotalDebit')).toBe(textAt(tree, 'GeneralLedgerEntries', 'TotalCredit'));
    expect(all(tree, 'Account').reduce((sum, node) => sum + balanceOf(node, 'Closing'), 0)).toBe(0);
    expect(departures(tree)).toEqual([]);
    expect(all(tree, 'CurrencyAmount').length).toBeGreaterThan(100);
    // Shares and hours are no currencies: their quantities, which add up to what the program itself prints.
    const held = textAt(all(tree, 'Account').find((account) => textAt(account, 'AccountDescription').endsWith(':VHT'))!, 'AccountID');
    const shares = all(tree, 'Line').filter((line) => textAt(line, 'AccountID') === held);
    expect(shares.reduce((sum, line) => sum + Number(textAt(line, 'Quantity')), 0)).toBe(294);
  });

  test('of books without entries is a whole file', async () => {
    await company.value('journal.export', { format: 'saft', target: join(company.desk, 'saft.xml') });
    const tree = treeOf(join(company.desk, 'saft.xml'));
    expect(textAt(tree, 'GeneralLedgerEntries', 'NumberOfEntries')).toBe('0');
    expect(departures(tree)).toEqual([]);
  });

  test('keeps to the published schema where texts, codes and names are as long as they may be', async () => {
    await someBooks();
    const long = 'Überlange Gesellschaft für Werkzeuge und Maschinen mit beschränkter Haftung & Söhne, Niederlassung'.repeat(2).slice(0, 190);
    const customer = (await company.value('party.create', { kind: 'organisation', name: long, number: 'C-2', street: long, city: long.slice(0, 100), postal_code: 'X'.repeat(20), roles: ['customer'] })).id;
    const [bank] = (await company.value('account.list', { filters: [{ field: 'number', is: 'equals', value: '1200' }] })).rows;
    const [debtors] = (await company.value('account.list', { filters: [{ field: 'number', is: 'equals', value: '1400' }] })).rows;
    const tax = (await company.value('tax_code.create', { code: 'REDUCED-LOCAL', name: 'Reduced, local', kind: 'output', rate_ppm: 55_000 })).id;
    await company.value('entry.add', { day: '2024-04-01', narration: long.repeat(2), reference: 'R'.repeat(90), lines: [{ account_id: debtors!.id, amount: 9900, party_id: customer, text: long.repeat(2), tax_code_id: tax }, { account_id: bank!.id, amount: -9900 }] });
    await company.value('journal.export', { format: 'saft', target: join(company.desk, 'saft.xml') });
    const tree = treeOf(join(company.desk, 'saft.xml'));
    expect(departures(tree)).toEqual([]);
    expect(all(tree, 'Customer')).toHaveLength(2);
    // The check itself sees what is wrong: an element out of its place, one that is missing, a text that is too long.
    const spoilt = (change: (line: Node) => void): readonly string[] => {
      const copy = structuredClone(tree);
      change(all(copy, 'Line')[0]!);
      return departures(copy);
    };
    expect(spoilt((line) => void line.children.reverse())).not.toEqual([]);
    expect(spoilt((line) => void line.children.shift())).toEqual([expect.stringContaining('lacks RecordID')]);
    expect(spoilt((line) => void (line.children[1]!.text = 'x'.repeat(71)))).toEqual([expect.stringContaining('is longer than 70')]);
  });
});

describe('a FEC of a year', () => {
  /** What the arrêté of 29 July 2013 (article A. 47 A-1 of the Livre des procédures fiscales) asks of each of the 18 columns. */
  function wrong(text: string): readonly string[] {
    const found: string[] = [];
    const [head = '', ...lines] = text.split('\r\n').slice(0, -1);
    const names = head.split('\t');
    const needed = ['JournalCode', 'JournalLib', 'EcritureNum', 'EcritureDate', 'CompteNum', 'CompteLib', 'PieceRef', 'PieceDate', 'EcritureLib', 'Debit', 'Credit', 'ValidDate'];
    let [last, day] = [0, ''];
    for (const [at, line] of lines.entries()) {
      const cells = line.split('\t');
      const row = Object.fromEntries(names.map((name, place) => [name, cells[place] ?? '']));
      const say = (what: string): void => void found.push(`line ${at + 2}: ${what}`);
      if (cells.length !== 18) say(`${cells.length} columns`);
      for (const name of needed) if (row[name]!.trim() === '') say(`${name} is empty`);
      for (const name of ['EcritureDate', 'PieceDate', 'ValidDate', 'DateLet']) if (row[name] !== '' && !/^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(row[name]!)) say(`${name} is no date`);
      for (const name of ['Debit', 'Credit', 'Montantdevise']) if (row[name] !== '' && !/^-?\d+(,\d+)?$/.test(row[name]!)) say(`${name} is no number with a comma`);
      if (row['Debit'] !== '0,00' && row['Credit'] !== '0,00') say('both debit and credit');
      if ((row['Montantdevise'] === '') !== (row['Idevise'] === '')) say('an amount without its currency');
      if ((row['CompAuxNum'] === '') !== (row['CompAuxLib'] === '')) say('an auxiliary account without its name');
      if ((row['EcritureLet'] === '') !== (row['DateLet'] === '')) say('lettering without its date');
      const number = Number(row['EcritureNum']);
      if (number !== last && number !== last + 1) say('a gap in the numbers');
      if (row['EcritureDate']! < day) say('not in the order of days');
      [last, day] = [number, row['EcritureDate']!];
    }
    return found;
  }

  test('keeps to what the law asks of each column, with texts that hold tabs and lines, and with other currencies', async () => {
    await someBooks();
    const { rows } = await company.value('account.list', { filters: [{ field: 'number', is: 'filled' }], limit: 100 });
    const id = (number: string): number => rows.find((row) => row.number === number)!.id;
    await company.value('commodity.create', { code: 'USD', name: 'US dollar', digits: 2 });
    await company.value('entry.add', { day: '2024-05-02', journal: 'sales', narration: 'Vente\tà l’export\r\nn° 2', reference: 'F\t2', lines: [{ account_id: id('1200'), amount: 9000, currency: 'USD', quantity: 10_000 }, { account_id: id('8400'), amount: -9000, text: 'Ligne\nde vente' }] });
    await company.value('journal.export', { format: 'fec', target: join(company.desk, 'fec.txt') });
    const text = readFileSync(join(company.desk, 'fec.txt'), 'utf8');
    expect(wrong(text)).toEqual([]);
    expect(text).toContain('\t100,00\tUSD\r\n');
    expect(wrong(text.replace('\t100,00\tUSD', '\t100.00\tUSD'))).toEqual([expect.stringContaining('Montantdevise is no number')]);
    expect(wrong(text.replace('\tVente', '\t\tVente')).join(' ')).toContain('19 columns');
  });
});
