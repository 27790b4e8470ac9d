/**
 * What a SAF-T file must look like, as facts of the published schema: the OECD's version 2.00 and the Norwegian one for financial data that
 * rests on it (Skatteetaten, 1.10: the same elements in the same order). Written by us: which children an element has, in which order, how
 * often, and what their texts may be. National lists of values (account types, tax types) are left out, for they differ by country.
 */

export interface SchemaNode {
  readonly name: string;
  readonly text: string;
  readonly children: readonly SchemaNode[];
}

type Text = readonly [kind: 'text' | 'date' | 'decimal' | 'whole' | 'country' | 'currency', most?: number, fraction?: number];
const [code, short, middle, middle2, long]: readonly Text[] = [9, 18, 35, 70, 256].map((most) => ['text', most] as const);
const [date, money, rate, quantity, decimal, whole, country, currency] = [['date'], ['decimal', 18, 2], ['decimal', 18, 8], ['decimal', 22, 6], ['decimal'], ['whole'], ['country'], ['currency']] as const satisfies readonly Text[];

/** `1` once, `?` at most once, `*` any number, `+` at least once. Elements that stand for each other are parted by `|`. */
type Part = readonly [names: string, often: '1' | '?' | '*' | '+', what: Text | string];

const company: readonly Part[] = [['RegistrationNumber', '?', middle!], ['Name', '1', middle2!], ['Address', '+', 'Address'], ['Contact', '*', 'Contact'], ['TaxRegistration', '*', 'TaxRegistration'], ['BankAccount', '*', 'BankAccount']];
const balances: readonly Part[] = [['OpeningDebitBalance|OpeningCreditBalance', '1', money], ['ClosingDebitBalance|ClosingCreditBalance', '1', money]];
const party = (id: string): readonly Part[] => [...company, [id, '1', middle!], ['SelfBillingIndicator', '?', code!], ['AccountID', '?', middle2!], ...balances];

const structures: Readonly<Record<string, readonly Part[]>> = {
  AuditFile: [['Header', '1', 'Header'], ['MasterFiles', '?', 'MasterFiles'], ['GeneralLedgerEntries', '?', 'GeneralLedgerEntries']],
  Header: [
    ['AuditFileVersion', '1', code!], ['AuditFileCountry', '1', country], ['AuditFileRegion', '?', code!], ['AuditFileDateCreated', '1', date], ['SoftwareCompanyName', '1', middle2!], ['SoftwareID', '1', long!], ['SoftwareVersion', '1', short!],
    ['Company', '1', 'Company'], ['DefaultCurrencyCode', '1', currency], ['SelectionCriteria', '?', 'SelectionCriteria'], ['HeaderComment', '?', long!], ['TaxAccountingBasis', '1', short!], ['TaxEntity', '?', middle2!],
  ],
  // In the header both the number and a contact are needed.
  Company: company.map(([name, often, what]): Part => (name === 'RegistrationNumber' ? [name, '1', what] : name === 'Contact' ? [name, '+', what] : [name, often, what])),
  Address: [['StreetName', '?', middle2!], ['Number', '?', short!], ['AdditionalAddressDetail', '?', middle2!], ['Building', '?', middle!], ['City', '?', middle!], ['PostalCode', '?', short!], ['Region', '?', middle!], ['Country', '?', country]],
  Contact: [['ContactPerson', '1', 'ContactPerson'], ['Telephone', '?', short!], ['Fax', '?', short!], ['Email', '?', middle2!]],
  ContactPerson: [['Title', '?', code!], ['FirstName', '1', middle!], ['Initials', '?', short!], ['LastNamePrefix', '?', short!], ['LastName', '1', middle2!]],
  TaxRegistration: [['TaxRegistrationNumber', '1', middle!], ['TaxType', '?', code!], ['TaxNumber', '?', middle!]],
  SelectionCriteria: [['SelectionStartDate', '1', date], ['SelectionEndDate', '1', date]],
  MasterFiles: [['GeneralLedgerAccounts', '?', 'GeneralLedgerAccounts'], ['Customers', '?', 'Customers'], ['Suppliers', '?', 'Suppliers'], ['TaxTable', '?', 'TaxTable']],
  GeneralLedgerAccounts: [['Account', '+', 'Account']],
  Account: [['AccountID', '1', middle2!], ['AccountDescription', '1', long!], ['StandardAccountID', '?', middle!], ['GroupingCategory', '?', middle!], ['GroupingCode', '?', middle!], ['AccountType', '1', short!], ['AccountCreationDate', '?', date], ...balances],
  Customers: [['Customer', '+', 'Customer']],
  Customer: party('CustomerID'),
  Suppliers: [['Supplier', '+', 'Supplier']],
  Supplier: party('SupplierID'),
  TaxTable: [['TaxTableEntry', '+', 'TaxTableEntry']],
  TaxTableEntry: [['TaxType', '1', code!], ['Description', '1', long!], ['TaxCodeDetails', '+', 'TaxCodeDetails']],
  TaxCodeDetails: [['TaxCode', '1', code!], ['EffectiveDate', '?', date], ['ExpirationDate', '?', date], ['Description', '?', long!], ['TaxPercentage', '?', decimal], ['Country', '1', country], ['Region', '?', code!]],
  GeneralLedgerEntries: [['NumberOfEntries', '1', whole], ['TotalDebit', '1', money], ['TotalCredit', '1', money], ['Journal', '*', 'Journal']],
  Journal: [['JournalID', '1', short!], ['Description', '1', long!], ['Type', '1', code!], ['Transaction', '*', 'Transaction']],
  Transaction: [
    ['TransactionID', '1', middle2!], ['Period', '1', whole], ['PeriodYear', '1', whole], ['TransactionDate', '1', date], ['SourceID', '?', middle!], ['TransactionType', '?', short!], ['Description', '1', long!], ['BatchID', '?', middle!], ['SystemEntryDate', '1', date],
    ['GLPostingDate', '1', date], ['CustomerID', '?', middle!], ['SupplierID', '?', middle!], ['SystemID', '?', short!], ['Line', '+', 'Line'],
  ],
  Line: [
    ['RecordID', '1', short!], ['AccountID', '1', middle2!], ['ValueDate', '?', date], ['SourceDocumentID', '?', middle!], ['CustomerID', '?', middle!], ['SupplierID', '?', middle!], ['Description', '1', long!], ['DebitAmount|CreditAmount', '1', 'Amount'],
    ['TaxInformation', '*', 'TaxInformation'], ['ReferenceNumber', '?', middle!], ['CID', '?', middle!], ['DueDate', '?', date], ['Quantity', '?', quantity],
  ],
  Amount: [['Amount', '1', money], ['CurrencyCode', '?', currency], ['CurrencyAmount', '?', money], ['ExchangeRate', '?', rate]],
  TaxInformation: [['TaxType', '?', code!], ['TaxCode', '?', code!], ['TaxPercentage', '?', decimal], ['Country', '?', country], ['TaxBase', '?', decimal], ['TaxBaseDescription', '?', middle2!], ['TaxAmount', '1', 'Amount']],
};

const isDate = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

function textProblem([kind, most = Infinity, fraction = Infinity]: Text, text: string): string {
  if (kind === 'text') return text === '' ? 'is empty' : [...text].length > most ? `is longer than ${most}` : '';
  if (kind === 'date') return isDate(text) ? '' : 'is no date';
  if (kind === 'whole') return /^\d+$/.test(text) ? '' : 'is no whole number';
  if (kind === 'country') return /^[A-Z]{2}$/.test(text) ? '' : 'is no country';
  if (kind === 'currency') return /^[A-Z]{3}$/.test(text) ? '' : 'is no currency';
  const [, before = '', after = ''] = /^-?(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (before === '') return 'is no decimal';
  return after.length > fraction ? `has more than ${fraction} decimals` : before.length + after.length > most ? `has more than ${most} digits` : '';
}

/** Everything in which a file departs from the schema; the first fifty. */
export function departures(node: SchemaNode, structure = 'AuditFile', path = node.name, found: string[] = []): readonly string[] {
  const parts = structures[structure]!;
  let at = 0;
  for (const [names, often, what] of parts) {
    const wanted = names.split('|');
    const begin = at;
    while (at < node.children.length && wanted.includes(node.children[at]!.name) && (often === '*' || often === '+' || at === begin)) {
      const child = node.children[at]!;
      const here = `${path}/${child.name}`;
      if (typeof what === 'string') departures(child, what, here, found);
      else {
        const problem = child.children.length > 0 ? 'has children' : textProblem(what, child.text);
        if (problem !== '') found.push(`${here} ${problem}: “${child.text}”`);
      }
      at += 1;
    }
    if (at === begin && (often === '1' || often === '+')) found.push(`${path} lacks ${names}`);
  }
  if (at < node.children.length) found.push(`${path} has ${node.children[at]!.name} where it does not belong`);
  if (structure === 'Amount' && node.children.some((child) => child.name === 'CurrencyCode') !== node.children.some((child) => child.name === 'CurrencyAmount')) found.push(`${path} has a currency without its amount`);
  return found.slice(0, 50);
}
