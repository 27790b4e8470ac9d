import { type Journal, journals } from '#contract/budgets/entry.ts';
import { reaches } from '#contract/kit/access.ts';
import { addDays } from '#contract/kit/day.ts';
import { decimalText, plain } from '#contract/kit/money.ts';
import type { Ctx } from '../../db/context.ts';
import { all, first, sql } from '../../db/sql.ts';
import { divide } from '../finance/allocate.ts';
import { type Account, chartOf, upTo } from '../accounts/balances.ts';
import { dayOfInstant, type ExportForm, type ExportRange, type ExportRow, oneLine } from './exportForm.ts';
import { digitsOf } from '../accounts/rates.ts';

/**
 * SAF-T, the standard audit file of the OECD, version 2.00 (Guidance for the Standard Audit File – Tax, 2010): master files and the general
 * ledger. Its lengths: codes 9, short texts 18, middle ones 35 and 70, long ones 256 characters; amounts of currencies two decimals.
 */

interface Company {
  readonly uuid: string;
  readonly name: string;
  readonly currency: string;
  readonly country: string;
}

interface TaxCode {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly rate_ppm: number;
  readonly output_account_id: number | null;
  readonly input_account_id: number | null;
  readonly from_day: string;
  readonly until_day: string;
}

interface PartyRow {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly roles: string;
  readonly vat_id: string;
  readonly street: string;
  readonly postal_code: string;
  readonly city: string;
  readonly country: string;
}

interface PartySum {
  readonly party_id: number;
  readonly account_id: number;
  readonly opening: number;
  readonly closing: number;
}

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** Text as XML takes it, at most as long as the schema allows. */
const safe = (text: string, most = 256): string => oneLine(text).toWellFormed().replaceAll(/[\ufffe\uffff]/g, '').slice(0, most).toWellFormed().replaceAll(/[&<>"']/g, (mark) => marks[mark]!);
/** Codes of ISO 4217; shares, hours and the like are quantities, also where their sign has three letters. */
const currencies = new Set(Intl.supportedValuesOf('currency'));
const isCurrency = (code: string): boolean => currencies.has(code);
/** A scaled whole number with fewer places, half away from zero. */
const rounded = (units: number, from: number, to: number): string => decimalText(from <= to ? units : Math.round(units / 10 ** (from - to)), Math.min(from, to));
/** One element; none without a text. */
const one = (name: string, text: string, most?: number): string => (text === '' ? '' : `<${name}>${safe(text, most)}</${name}>`);

const accountTypes: Readonly<Record<Account['kind'], string>> = { asset: 'Asset', liability: 'Liability', equity: 'Equity', income: 'Income', expense: 'Expense', unclassified: 'Unclassified' };

/** Journals come one after the other, each with its transactions by day. Accounts and parties without a number bear one made of their id. */
export function saftForm(ctx: Ctx, range: ExportRange): ExportForm {
  const { db } = ctx;
  const company = first<Company>(db, sql`SELECT uuid, name, currency, country FROM company`)!;
  const span = first<{ from: string | null; to: string | null }>(db, sql`SELECT min(day) AS "from", max(day) AS "to" FROM entries WHERE state <> 'draft'`)!;
  const today = dayOfInstant(ctx.now);
  const from = range.from ?? span.from ?? today;
  const to = range.to ?? span.to ?? today;
  const base = company.currency;
  const money = (minor: number): string => plain(minor, base);
  const chart = chartOf(db);
  const ids = new Map(chart.map((account) => [account.id, account.number || `ID${account.id}`]));
  const taxes = new Map(all<TaxCode>(db, sql`SELECT id, code, name, rate_ppm, output_account_id, input_account_id, from_day, until_day FROM tax_codes ORDER BY code`).map((tax) => [tax.id, tax]));
  const periods = new Map(all<{ id: number; number: number; year: string }>(db, sql`SELECT p.id, ifnull(p.number, 1) AS number, substr(y.end_day, 1, 4) AS year FROM periods p JOIN fiscal_years y ON y.id = p.year_id`).map((period) => [period.id, period]));
  const digits = new Map<string, number>();
  const places = (code: string): number => {
    if (!digits.has(code)) digits.set(code, digitsOf(db, code));
    return digits.get(code)!;
  };
  const suppliers = new Set<number>();
  const partyIds = new Map<number, string>();

  const balance = (when: 'Opening' | 'Closing', amount: number): string => `<${when}${amount < 0 ? 'Credit' : 'Debit'}Balance>${money(Math.abs(amount))}</${when}${amount < 0 ? 'Credit' : 'Debit'}Balance>`;
  const sumsAt = (day: string): Map<number, number> => {
    const sums = new Map<number, number>();
    for (const moved of upTo(db, day)) sums.set(moved.account_id, (sums.get(moved.account_id) ?? 0) + moved.debit - moved.credit);
    return sums;
  };

  /** Who made the file; a name in one piece stands as the last name. */
  const contact = ctx.user?.name ?? company.name;
  function header(): string {
    return `<Header><AuditFileVersion>2.00</AuditFileVersion><AuditFileCountry>${safe(company.country || 'XX', 2)}</AuditFileCountry><AuditFileDateCreated>${today}</AuditFileDateCreated><SoftwareCompanyName>Bureau</SoftwareCompanyName><SoftwareID>Bureau</SoftwareID><SoftwareVersion>1</SoftwareVersion><Company><RegistrationNumber>${safe(company.uuid, 35)}</RegistrationNumber><Name>${safe(company.name, 70)}</Name><Address><Country>${safe(company.country || 'XX', 2)}</Country></Address><Contact><ContactPerson><FirstName>NotUsed</FirstName><LastName>${safe(contact, 70)}</LastName></ContactPerson></Contact></Company><DefaultCurrencyCode>${base}</DefaultCurrencyCode><SelectionCriteria><SelectionStartDate>${from}</SelectionStartDate><SelectionEndDate>${to}</SelectionEndDate></SelectionCriteria><TaxAccountingBasis>A</TaxAccountingBasis></Header>\n`;
  }

  function accounts(): string {
    const [opening, closing] = [sumsAt(addDays(from, -1)), sumsAt(to)];
    const rows = chart.filter((account) => account.heading === 0 || opening.has(account.id) || closing.has(account.id));
    // A list of accounts without one is no list.
    return rows.length === 0 ? '' : `<GeneralLedgerAccounts>\n${rows.map((account) => `<Account>${one('AccountID', ids.get(account.id)!, 70)}${one('AccountDescription', account.path)}<AccountType>${accountTypes[account.kind]}</AccountType>${balance('Opening', opening.get(account.id) ?? 0)}${balance('Closing', closing.get(account.id) ?? 0)}</Account>\n`).join('')}</GeneralLedgerAccounts>\n`;
  }

  /** Everybody on a line of these days or with something open, and what they owe or are owed. */
  function parties(): string {
    const sums = new Map<number, PartySum>();
    // What is owed stands on receivables and payables; where nobody said which those are, on what is neither cash nor income.
    const rows = all<PartySum & { owed: number }>(
      db,
      sql`SELECT l.party_id, l.account_id, sum(CASE WHEN l.day < ${from} THEN l.amount ELSE 0 END) AS opening, sum(l.amount) AS closing,
            a.role IN ('receivable', 'payable') OR (a.role = '' AND a.kind IN ('asset', 'liability') AND a.cash_flow <> 'cash') AS owed
          FROM entry_lines l JOIN accounts a ON a.id = l.account_id WHERE l.party_id IS NOT NULL AND l.day <= ${to} GROUP BY l.party_id, l.account_id ORDER BY l.party_id, owed DESC, l.account_id`,
    );
    const kinds = new Map(chart.map((account) => [account.id, account]));
    const payable = new Set<number>();
    for (const row of rows) {
      const held = sums.get(row.party_id);
      const counts = row.owed === 1;
      if (!held) sums.set(row.party_id, { party_id: row.party_id, account_id: row.account_id, opening: counts ? row.opening : 0, closing: counts ? row.closing : 0 });
      else if (counts) sums.set(row.party_id, { ...held, opening: held.opening + row.opening, closing: held.closing + row.closing });
      const account = kinds.get(row.account_id);
      if (counts && (account?.role === 'payable' || account?.kind === 'liability')) payable.add(row.party_id);
    }
    // Who may not read parties learns their codes and sums; who may not see tax details, no numbers of theirs.
    const [mayRead, seesTax] = [reaches(ctx.rights.access.party, 'read'), ctx.rights.sees.includes('bank')];
    const known = all<PartyRow>(db, sql`SELECT id, number, name, roles, vat_id, street, postal_code, city, country FROM parties WHERE id IN (SELECT value FROM json_each(${JSON.stringify([...sums.keys()])})) ORDER BY id`);
    const shown = (party: PartyRow, kind: 'Customer' | 'Supplier'): string => {
      const sum = sums.get(party.id)!;
      const tax = party.vat_id === '' || !mayRead || !seesTax ? '' : `<TaxRegistration>${one('TaxRegistrationNumber', party.vat_id, 35)}</TaxRegistration>`;
      const address = mayRead ? `${one('StreetName', party.street, 70)}${one('City', party.city, 35)}${one('PostalCode', party.postal_code, 18)}` : '';
      return `<${kind}>${one('Name', (mayRead && party.name) || partyIds.get(party.id)!, 70)}<Address>${address}${one('Country', (mayRead && party.country) || 'XX', 2)}</Address>${tax}${one(`${kind}ID`, partyIds.get(party.id)!, 35)}${one('AccountID', ids.get(sum.account_id)!, 70)}${balance('Opening', sum.opening)}${balance('Closing', sum.closing)}</${kind}>\n`;
    };
    for (const party of known) {
      partyIds.set(party.id, party.number || `P${party.id}`);
      const roles = party.roles.toLowerCase();
      if (roles.includes('"customer"') === roles.includes('"supplier"') ? payable.has(party.id) : roles.includes('"supplier"')) suppliers.add(party.id);
    }
    const list = (name: string, kind: 'Customer' | 'Supplier', found: readonly PartyRow[]): string => (found.length === 0 ? '' : `<${name}>\n${found.map((party) => shown(party, kind)).join('')}</${name}>\n`);
    return list('Customers', 'Customer', known.filter(({ id }) => !suppliers.has(id))) + list('Suppliers', 'Supplier', known.filter(({ id }) => suppliers.has(id)));
  }

  /** Nine characters at most; a longer one would no longer tell two apart. */
  const taxCode = (tax: TaxCode): string => (tax.code.length <= 9 ? tax.code : `T${tax.id}`);
  const percent = (ppm: number): string => decimalText(ppm, 4);
  function taxTable(): string {
    if (taxes.size === 0) return '';
    const details = [...taxes.values()].map((tax) => `<TaxCodeDetails>${one('TaxCode', taxCode(tax))}${one('EffectiveDate', tax.from_day)}${one('ExpirationDate', tax.until_day)}${one('Description', tax.name)}<TaxPercentage>${percent(tax.rate_ppm)}</TaxPercentage><Country>${safe(company.country || 'XX', 2)}</Country></TaxCodeDetails>\n`);
    return `<TaxTable><TaxTableEntry><TaxType>VAT</TaxType><Description>VAT</Description>\n${details.join('')}</TaxTableEntry></TaxTable>\n`;
  }

  function totals(): string {
    const sum = first<{ entries: number; debit: number; credit: number }>(
      db,
      sql`SELECT count(DISTINCT l.id >> 14) AS entries, ifnull(sum(max(l.amount, 0)), 0) AS debit, ifnull(sum(max(-l.amount, 0)), 0) AS credit
          FROM entries e CROSS JOIN entry_lines l ON l.id BETWEEN e.id * 16384 AND e.id * 16384 + 16383 WHERE e.archived = 0 AND e.day BETWEEN ${range.from ?? ''} AND ${range.to ?? '9999-12-31'}`,
    )!;
    return `<NumberOfEntries>${sum.entries}</NumberOfEntries><TotalDebit>${money(sum.debit)}</TotalDebit><TotalCredit>${money(sum.credit)}</TotalCredit>\n`;
  }

  const labels = new Map<Journal, string>(journals.map(({ value, label }) => [value, label[ctx.language]]));
  let journal: Journal | null = null;
  let open = false;
  const closed = (): string => (open ? '</Transaction>\n' : '') + (journal === null ? '' : '</Journal>\n');

  function head(row: ExportRow): string {
    let text = open ? '</Transaction>\n' : '';
    if (row.journal !== journal) {
      if (journal !== null) text += '</Journal>\n';
      journal = row.journal;
      text += `<Journal><JournalID>${journal}</JournalID>${one('Description', labels.get(journal) ?? journal)}<Type>${journal}</Type>\n`;
    }
    open = true;
    const period = row.period_id === null ? undefined : periods.get(row.period_id);
    const entered = dayOfInstant(row.posted_at) || row.day;
    return `${text}<Transaction>${one('TransactionID', row.number || String(row.entry_id), 70)}<Period>${period?.number ?? Number(row.day.slice(5, 7))}</Period><PeriodYear>${period?.year ?? row.day.slice(0, 4)}</PeriodYear><TransactionDate>${row.day}</TransactionDate>${one('SourceID', row.posted_by, 35)}${one('Description', row.narration || row.number)}<SystemEntryDate>${entered}</SystemEntryDate><GLPostingDate>${row.day}</GLPostingDate>${one('SystemID', String(row.entry_id), 18)}\n`;
  }

  function tax(row: ExportRow): string {
    const code = row.tax_code_id === null ? undefined : taxes.get(row.tax_code_id);
    if (!code) return '';
    const size = Math.abs(row.amount);
    const itself = row.account_id === code.output_account_id || row.account_id === code.input_account_id;
    const owed = itself ? size : Number(divide(BigInt(size) * BigInt(code.rate_ppm), 1_000_000n, 'half_up'));
    return `<TaxInformation><TaxType>VAT</TaxType>${one('TaxCode', taxCode(code))}<TaxPercentage>${percent(code.rate_ppm)}</TaxPercentage>${itself ? '' : `<TaxBase>${money(size)}</TaxBase>`}<TaxAmount><Amount>${money(owed)}</Amount></TaxAmount></TaxInformation>`;
  }

  function line(row: ExportRow): string {
    const side = row.amount < 0 || (row.amount === 0 && row.quantity < 0) ? 'CreditAmount' : 'DebitAmount';
    const foreign = row.currency === '' || !isCurrency(row.currency) ? '' : `<CurrencyCode>${row.currency}</CurrencyCode><CurrencyAmount>${rounded(Math.abs(row.quantity), places(row.currency), 2)}</CurrencyAmount>`;
    const quantity = row.currency === '' || isCurrency(row.currency) ? '' : `<Quantity>${rounded(row.quantity, places(row.currency), 6)}</Quantity>`;
    const party = row.party_id === null ? '' : one(suppliers.has(row.party_id) ? 'SupplierID' : 'CustomerID', partyIds.get(row.party_id) ?? `P${row.party_id}`, 35);
    return `<Line><RecordID>${row.line}</RecordID>${one('AccountID', ids.get(row.account_id)!, 70)}${one('SourceDocumentID', row.reference, 35)}${party}${one('Description', row.text || row.narration || row.number)}<${side}><Amount>${money(Math.abs(row.amount))}</Amount>${foreign}</${side}>${tax(row)}${quantity}</Line>\n`;
  }

  return {
    byJournal: true,
    begin: () => `<?xml version="1.0" encoding="UTF-8"?>\n<AuditFile xmlns="urn:OECD:StandardAuditFile-Taxation/2.00">\n${header()}<MasterFiles>\n${accounts()}${parties()}${taxTable()}</MasterFiles>\n<GeneralLedgerEntries>${totals()}`,
    row: (row, fresh) => (fresh ? head(row) : '') + line(row),
    end: () => `${closed()}</GeneralLedgerEntries>\n</AuditFile>\n`,
  };
}
