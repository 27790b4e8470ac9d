/** Which column of a table of postings is which, by the words of its header in English, German and French. */

export const columnNames = ['number', 'journal', 'date', 'ref', 'narration', 'payee', 'memo', 'code', 'account', 'kind', 'debit', 'credit', 'amount', 'side', 'currency', 'quantity', 'party'] as const;
export type ColumnName = (typeof columnNames)[number];
/** Index of each column, -1 where the table has none. */
export type Columns = Readonly<Record<ColumnName, number>>;

/** Names in the order of how well they fit. Compared without case, accents and marks. */
const known: Readonly<Record<ColumnName, readonly string[]>> = {
  number: [
    'txn', 'txn id', 'txnid', 'txn no', 'txn number', 'txnidx', 'transaction id', 'transaction number', 'transaction no', 'transaction', 'trans', 'trans no', 'trans id', 'entry number', 'entry no', 'entry id', 'entry',
    'journal entry', 'journal entry number', 'journal entry no', 'journal entry id', 'journal number', 'journal no', 'journal id', 'je number', 'je no', 'je', 'move', 'voucher number', 'voucher no', 'voucher', 'ecriturenum',
    'ecriture num', 'n ecriture', 'numero ecriture', 'no ecriture', 'buchungsnummer', 'buchungs nr', 'buchungsnr', 'buchung', 'journalnummer', 'journal nr', 'satznummer', 'document number', 'document no', 'belegnummer', 'belegnr', 'beleg nr',
  ],
  journal: ['journalcode', 'journal code', 'journal', 'journal name', 'journal type', 'code journal', 'buchungskreis'],
  date: [
    'date', 'posting date', 'transaction date', 'txn date', 'entry date', 'journal date', 'accounting date', 'effective date', 'gl date', 'ecrituredate', 'ecriture date', 'date ecriture', 'date comptable', 'datum', 'buchungsdatum', 'buchungstag',
    'belegdatum', 'day', 'tag', 'jour',
  ],
  ref: ['ref', 'reference', 'ref no', 'reference number', 'reference no', 'doc ref', 'document', 'document ref', 'invoice number', 'cheque number', 'check number', 'num', 'pieceref', 'piece ref', 'piece', 'n piece', 'referenz', 'beleg', 'belegfeld 1', 'number', 'no', 'nr', 'nummer'],
  narration: ['narration', 'description', 'transaction description', 'journal description', 'label', 'text', 'buchungstext', 'beschreibung', 'bezeichnung', 'ecriturelib', 'ecriture lib', 'libelle', 'libelle ecriture', 'memo', 'notes', 'note', 'details', 'particulars', 'remarks', 'comment', 'verwendungszweck'],
  payee: ['payee', 'name', 'partner', 'partner name', 'party', 'party name', 'contact', 'contact name', 'counterparty', 'customer', 'vendor', 'supplier', 'kunde', 'lieferant', 'tiers'],
  memo: ['memo', 'line memo', 'line description', 'line narration', 'line text', 'posting comment', 'posting text', 'split memo', 'notes', 'note', 'comment', 'positionstext', 'zeilentext', 'label', 'description', 'text'],
  code: ['code', 'account code', 'account number', 'account no', 'account nr', 'account id', 'acct no', 'acct', 'gl code', 'gl account', 'gl account code', 'nominal code', 'nominal', 'n c', 'comptenum', 'compte num', 'numero compte', 'n compte', 'no compte', 'kontonummer', 'konto nr', 'kontonr', 'sachkonto'],
  account: ['account', 'full account name', 'account full name', 'account path', 'account name', 'account title', 'ledger account', 'ledger', 'gl account name', 'nominal name', 'comptelib', 'compte lib', 'compte', 'libelle compte', 'intitule', 'konto', 'kontobezeichnung', 'kontoname', 'konto name', 'category'],
  kind: ['account type', 'account kind', 'account class', 'kontoart', 'kontotyp', 'type compte'],
  debit: ['debit', 'debits', 'debit amount', 'amount debit', 'dr', 'dr amount', 'soll', 'sollbetrag', 'betrag soll', 'montant debit', 'debit gbp', 'debit eur', 'debit usd'],
  credit: ['credit', 'credits', 'credit amount', 'amount credit', 'cr', 'cr amount', 'haben', 'habenbetrag', 'betrag haben', 'montant credit', 'credit gbp', 'credit eur', 'credit usd'],
  amount: ['amount', 'amount num', 'signed amount', 'net amount', 'value', 'betrag', 'umsatz', 'wert', 'montant', 'posting amount', 'amount with sym', 'sum'],
  side: ['dc', 'd c', 'dr cr', 'drcr', 'debit credit', 'cd', 'c d', 'side', 'sens', 'sh', 's h', 'soll haben', 'soll haben kennzeichen', 'indicator', 'debit credit indicator', 'entry type'],
  currency: ['currency', 'currency code', 'ccy', 'cur', 'commodity', 'commodity currency', 'waehrung', 'wahrung', 'wkz', 'wkz umsatz', 'devise', 'idevise', 'unit'],
  quantity: ['quantity', 'montantdevise', 'montant devise', 'amount in currency', 'amount currency', 'currency amount', 'foreign amount', 'fc amount', 'foreign currency amount', 'original amount', 'transaction amount', 'fremdwahrungsbetrag', 'betrag wahrung', 'wahrungsbetrag'],
  party: ['compauxlib', 'compaux lib', 'auxiliary name'],
};

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();

/** A currency in brackets behind a name, as in “Debit (GBP)”, is left out of its comparison. */
const bare = (text: string): string => plain(text.replace(/[([](?:\p{Lu}{3}|\p{Sc})[)\]]/gu, ''));

/** The columns of a row if it is the header of a table of postings, or what of it is missing. */
export function columnsOf(cells: readonly string[]): Columns | null {
  const names = cells.map(bare);
  const taken = new Set<number>();
  const found = Object.fromEntries(columnNames.map((name) => [name, -1])) as Record<ColumnName, number>;
  for (const column of columnNames) {
    for (const name of known[column]) {
      const at = names.indexOf(name);
      if (at === -1 || taken.has(at)) continue;
      found[column] = at;
      taken.add(at);
      break;
    }
  }
  // “Account” beside “Account name” is the code.
  const both = names.findIndex((name, at) => !taken.has(at) && ['account name', 'account title', 'kontobezeichnung', 'kontoname', 'libelle compte'].includes(name));
  if (both !== -1 && found.code === -1 && ['account', 'konto', 'compte'].includes(names[found.account] ?? '')) [found.code, found.account] = [found.account, both];
  const values = found.amount !== -1 || (found.debit !== -1 && found.credit !== -1);
  return found.date !== -1 && (found.account !== -1 || found.code !== -1) && values ? found : null;
}

/** The columns of what “ledger csv” writes, which has no header: date, code, payee, account, commodity, amount, mark, note. Null for any other row. */
export function columnsOfLedger(cells: readonly string[]): Columns | null {
  const [date = '', , , account = '', , amount = '', mark = ''] = cells;
  if (cells.length !== 8 || !/^\d{4}([-/])\d\d\1\d\d$/.test(date) || account === '' || !/^-?\d+(?:\.\d+)?$/.test(amount) || !/^[*!]?$/.test(mark)) return null;
  const none = Object.fromEntries(columnNames.map((name) => [name, -1])) as Record<ColumnName, number>;
  return { ...none, date: 0, ref: 1, narration: 2, account: 3, currency: 4, amount: 5, memo: 7 };
}

const kinds: readonly (readonly [RegExp, 'asset' | 'cash' | 'liability' | 'equity' | 'income' | 'expense'])[] = [
  [/bank|cash|kasse/i, 'cash'],
  [/liabilit|payable|credit ?card|loan|verbindlich|passiv|schuld/i, 'liability'],
  [/equity|capital|eigenkapital/i, 'equity'],
  [/income|revenue|sales|ertrag|erlös|produit/i, 'income'],
  [/expense|cost|aufwand|kosten|charge/i, 'expense'],
  [/asset|receivable|stock|mutual|inventor|aktiv|vermögen|forderung|actif/i, 'asset'],
];

/** The kind of account that a table names in words of its own; '' when it is none that is known. */
export const kindNamed = (text: string): 'asset' | 'cash' | 'liability' | 'equity' | 'income' | 'expense' | '' => kinds.find(([pattern]) => pattern.test(text))?.[1] ?? '';

/** The kind of an account of the French plan comptable général, which every FEC follows, by its number. */
export function kindInFrance(number: string): 'asset' | 'cash' | 'liability' | 'equity' | 'income' | 'expense' | '' {
  if (/^1[0-3]/.test(number)) return 'equity';
  if (/^(1[4-9]|40(?!9)|4[23]|44(?!56|58)|45|419)/.test(number)) return 'liability';
  if (/^5[1-4]/.test(number)) return 'cash';
  if (/^([23]|41|409|4456|4458|46|48|5)/.test(number)) return 'asset';
  return number.startsWith('6') ? 'expense' : number.startsWith('7') ? 'income' : '';
}
