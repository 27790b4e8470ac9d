import { type Amount, type Assertion, type Book, type Commodity, commodityOf, type Price, refuse, tell } from './book.ts';
import { type Dec, quantity, rounded, ten } from './exact.ts';
import { type Cursor, expression, finite, type Fraction } from './expression.ts';

/** Amounts as hledger and ledger write them: signs, commodities on either side, digit groups, lots, prices and assertions. */

/** What stands behind the account of a posting. */
export interface AmountPart {
  readonly amount: Amount | null;
  readonly price: Price | null;
  readonly lot: Price | null;
  readonly assertion: Assertion | null;
}

const digits = /\d(?:[\d.,'\u00a0\u2009\u202f]|[ ](?=\d))*|[.,]\d+/y;
const ledgerDigits = /[\d.,'][\d.,']*/y;
const exponent = /[eE][+-]?\d{1,2}(?![\p{L}\d])/uy;
const symbol = /[^\d\s.,;@*=+\-{}"|()[\]]+/uy;
// With a right-hand commodity hledger also takes brackets and colons inside a name; ledger none of these.
const ledgerSymbol = /[^\d\s.,;?!\-+*/^&|=<>{}[\]()@"]+/uy;

export function skip(cursor: Cursor): void {
  while (cursor.at < cursor.text.length && isBlank(cursor.text.charCodeAt(cursor.at))) cursor.at += 1;
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 0xa0 || code === 0x3000;

function match(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text);
  if (!found) return null;
  cursor.at += found[0].length;
  return found[0];
}

/** The name of a commodity at the cursor, quoted or plain, or null. */
export function symbolAt(book: Book, cursor: Cursor): string | null {
  if (cursor.text[cursor.at] === '"') {
    const end = cursor.text.indexOf('"', cursor.at + 1);
    if (end === -1) refuse(book, 'a quotation mark around a commodity is never closed');
    const name = cursor.text.slice(cursor.at + 1, end);
    cursor.at = end + 1;
    return name;
  }
  return match(cursor, book.options.dialect === 'ledger' ? ledgerSymbol : symbol);
}

function sign(cursor: Cursor): number {
  const c = cursor.text[cursor.at];
  if (c !== '-' && c !== '+') return 0;
  cursor.at += 1;
  skip(cursor);
  return c === '-' ? -1 : 1;
}

/** An amount at the cursor: `observe` lets it teach the commodity its decimals, as amounts of postings do and prices do not. @throws Refused */
export function amountAt(book: Book, cursor: Cursor, observe: boolean): Amount {
  const { dialect } = book.options;
  skip(cursor);
  let factor = sign(cursor);
  let name = symbolAt(book, cursor);
  if (name !== null) {
    skip(cursor);
    const second = sign(cursor);
    if (second !== 0) factor = (factor || 1) * second;
  }
  const text = match(cursor, dialect === 'ledger' ? ledgerDigits : digits);
  if (text === null) refuse(book, `no amount can be read at “${cursor.text.slice(cursor.at, cursor.at + 20)}”`);
  const power = dialect === 'hledger' ? match(cursor, exponent) : null;
  if (name === null) {
    const before = cursor.at;
    skip(cursor);
    name = symbolAt(book, cursor);
    if (name === null) cursor.at = before;
  }
  const commodity = name === null ? (book.scope.bare ?? commodityOf(book, '')) : commodityOf(book, name);
  const { units, scale } = number(book, text, commodity, power === null ? 0 : Number(power.slice(1)), !observe);
  if (observe && scale > commodity.decimals) commodity.decimals = scale;
  return { units: factor === -1 ? 0 - units : units, scale, commodity };
}

/** Digits with marks between. Which of them is the decimal mark is decided as the format decides it. */
function number(book: Book, text: string, commodity: Commodity, power: number, price: boolean): { units: number; scale: number } {
  const plain = text.replace(/['\s\u00a0\u2009\u202f]/g, '');
  const mark = decimalMarkOf(book, plain, commodity);
  const at = mark === '' ? -1 : plain.lastIndexOf(mark);
  const whole = (at === -1 ? plain : plain.slice(0, at)).replace(/[.,]/g, '');
  const part = at === -1 ? '' : plain.slice(at + 1);
  const scale = part.length - power;
  const all = whole + part;
  const units = Number(scale < 0 ? all + '0'.repeat(-scale) : all);
  if (all !== '' && /^\d+$/.test(all) && Number.isSafeInteger(units) && scale <= 99) return { units, scale: Math.max(scale, 0) };
  if (!/^\d+$/.test(all)) refuse(book, `“${text}” is not a number`);
  let exact = scale < 0 ? null : quantity({ n: BigInt(all), s: scale }, '');
  // Of a price the first fifteen digits are as good as all of them.
  if (exact === null && price && scale > 0) {
    const significant = all.replace(/^0+/, '').length;
    exact = quantity(rounded({ n: BigInt(all), s: scale }, Math.max(0, scale - Math.max(0, significant - 15))), '');
    if (exact !== null) tell(book, 'long prices', `the price ${text} is rounded to fifteen digits`);
  }
  if (exact === null) refuse(book, `“${text}” has too many digits to be exact`);
  return exact;
}

/** Which of the marks in a number parts the decimals from the rest; '' for none. @throws Refused */
export function decimalMarkOf(book: Book, text: string, commodity: Commodity): '' | '.' | ',' {
  const [dots, commas] = [text.split('.').length - 1, text.split(',').length - 1];
  if (dots + commas === 0) return '';
  const ledger = book.options.dialect === 'ledger';
  const known = book.scope.mark || commodity.mark;
  let mark: '' | '.' | ',';
  if (dots > 0 && commas > 0) {
    mark = text.lastIndexOf('.') > text.lastIndexOf(',') ? '.' : ',';
    if (text.indexOf(mark) !== text.lastIndexOf(mark)) refuse(book, `“${text}” is not a number`);
    if (ledger && mark === ',' && commodity !== book.none) commodity.mark = ',';
  } else {
    const only = dots > 0 ? '.' : ',';
    if (dots + commas > 1) mark = '';
    else if (known !== '') mark = known === only ? only : '';
    // ledger takes a single comma with three digits behind it for a group, hledger for a decimal mark.
    else if (ledger && only === ',' && text.length - text.indexOf(',') === 4) mark = '';
    else mark = only;
    if (ledger && mark === '' && only === '.' && known !== ',') refuse(book, `“${text}” has more than one decimal point`);
    if (ledger && mark === ',' && commodity !== book.none) commodity.mark = ',';
  }
  if (ledger && !groupsOfThree(text, mark)) refuse(book, `the digit groups of “${text}” are not of three digits`);
  return mark;
}

function groupsOfThree(text: string, mark: string): boolean {
  const whole = mark === '' ? text : text.slice(0, text.lastIndexOf(mark));
  return whole.split(/[.,]/).slice(1).every((group) => group.length === 3);
}

/** A posting's amount with all that may follow it, to the end or a comment. @throws Refused */
export function amountPart(book: Book, cursor: Cursor): AmountPart {
  skip(cursor);
  let amount: Amount | null = null;
  if (cursor.text[cursor.at] === '(' && book.options.dialect === 'ledger') amount = calculated(book, cursor);
  else if (cursor.text[cursor.at] !== '=') amount = amountAt(book, cursor, true);
  let [price, lot]: [Price | null, Price | null] = [null, null];
  let assertion: Assertion | null = null;
  for (;;) {
    skip(cursor);
    const c = cursor.text[cursor.at];
    if (c === undefined || c === ';') return { amount, price, lot, assertion };
    if (c === '{' && amount && !lot) lot = lotAt(book, cursor);
    else if (c === '[' && amount) through(book, cursor, ']');
    else if (c === '@' && amount && !price) price = priceAt(book, cursor);
    else if (c === '(' && amount) {
      const marked = /\((@@?)\)/y;
      marked.lastIndex = cursor.at;
      if (marked.test(cursor.text)) price = priceAt(book, cursor);
      else through(book, cursor, ')');
    } else if (c === '=' && !assertion) {
      assertion = assertionAt(book, cursor, (found) => (price ??= amount ? null : found));
    }
    else refuse(book, `“${cursor.text.slice(cursor.at, cursor.at + 30)}” is not expected behind an amount`);
  }
}

function through(book: Book, cursor: Cursor, mark: string): void {
  const double = cursor.text[cursor.at + 1] === cursor.text[cursor.at] ? mark + mark : mark;
  const end = cursor.text.indexOf(double, cursor.at);
  if (end === -1) refuse(book, `“${cursor.text[cursor.at]}” is never closed`);
  cursor.at = end + double.length;
}

function calculated(book: Book, cursor: Cursor): Amount {
  const found = expression(cursor, (one) => amountAt(book, one, true));
  if (typeof found === 'string') refuse(book, found);
  const commodity = found.commodity ?? commodityOf(book, '');
  return { ...safe(book, asDecimal(book, found, commodity), commodity), commodity };
}

/** What is computed, as a decimal: a third of something has no end and is worth what its commodity shows, as in ledger's own reports. */
export function asDecimal(book: Book, found: Fraction, commodity: Commodity): Dec {
  const exact = finite(found);
  if (exact !== null) return exact;
  tell(book, 'computed amounts', `a computed amount has no end of decimals and is rounded to ${commodity.decimals}, as ledger shows it`);
  return rounded({ n: (found.over * ten(30)) / found.under, s: 30 }, commodity.decimals);
}

/** What a posting of an automated rule bears, not rounded; null for anything else than an amount alone. @throws Refused */
export function factorAt(book: Book, cursor: Cursor): Fraction | null {
  const start = cursor.at;
  skip(cursor);
  const found = cursor.text[cursor.at] === '(' ? expression(cursor, (one) => amountAt(book, one, true)) : '';
  if (typeof found !== 'string') {
    skip(cursor);
    return cursor.text[cursor.at] === undefined || cursor.text[cursor.at] === ';' ? found : null;
  }
  if (found !== '') refuse(book, found);
  cursor.at = start;
  const { amount, price, lot, assertion } = amountPart(book, cursor);
  if (!amount || price || lot || assertion) return null;
  return { over: BigInt(amount.units), under: ten(amount.scale), commodity: amount.commodity.name === '' ? null : amount.commodity };
}

function safe(book: Book, value: Dec, commodity: Commodity): { units: number; scale: number } {
  const { units, scale } = quantity(value, commodity.name) ?? refuse(book, 'the result of the expression has too many digits to be exact');
  return { units, scale };
}

function lotAt(book: Book, cursor: Cursor): Price {
  const total = cursor.text[cursor.at + 1] === '{';
  cursor.at += total ? 2 : 1;
  skip(cursor);
  if (cursor.text[cursor.at] === '=') cursor.at += 1;
  const close = total ? '}}' : '}';
  skip(cursor);
  const amount = bracketed(book, cursor);
  skip(cursor);
  if (!cursor.text.startsWith(close, cursor.at)) refuse(book, `“${close}” is missing behind the cost of a lot`);
  cursor.at += close.length;
  return { ...amount, total };
}

const bracketed = (book: Book, cursor: Cursor): Amount => (cursor.text[cursor.at] === '(' && book.options.dialect === 'ledger' ? calculatedPrice(book, cursor) : amountAt(book, cursor, false));

function calculatedPrice(book: Book, cursor: Cursor): Amount {
  const found = expression(cursor, (one) => amountAt(book, one, false));
  if (typeof found === 'string') refuse(book, found);
  const commodity = found.commodity ?? commodityOf(book, '');
  const exact = finite(found);
  if (exact === null) tell(book, 'long prices', 'a computed price has no end of decimals and is rounded to twelve');
  return { ...safe(book, exact ?? rounded({ n: (found.over * ten(30)) / found.under, s: 30 }, 12), commodity), commodity };
}

function priceAt(book: Book, cursor: Cursor): Price {
  const virtual = cursor.text[cursor.at] === '(';
  if (virtual) cursor.at += 1;
  const total = cursor.text[cursor.at + 1] === '@';
  cursor.at += (total ? 2 : 1) + (virtual ? 1 : 0);
  skip(cursor);
  if (cursor.text[cursor.at] === '=' && book.options.dialect === 'ledger') {
    cursor.at += 1;
    skip(cursor);
  }
  return { ...bracketed(book, cursor), total };
}

function assertionAt(book: Book, cursor: Cursor, onPrice: (price: Price) => void): Assertion {
  cursor.at += 1;
  const hledger = book.options.dialect === 'hledger';
  const sole = hledger && cursor.text[cursor.at] === '=';
  if (sole) cursor.at += 1;
  const inclusive = hledger && cursor.text[cursor.at] === '*';
  if (inclusive) cursor.at += 1;
  skip(cursor);
  const amount = bracketed(book, cursor);
  if (!hledger) {
    skip(cursor);
    if (cursor.text[cursor.at] === '{') lotAt(book, cursor);
    return { amount, sole, inclusive };
  }
  // hledger looks at a price of the asserted amount only where that is what the posting bears, and never at a lot.
  for (skip(cursor); cursor.text[cursor.at] === '@' || cursor.text[cursor.at] === '{'; skip(cursor)) {
    if (cursor.text[cursor.at] === '@') onPrice(priceAt(book, cursor));
    else lotAt(book, cursor);
  }
  return { amount, sole, inclusive };
}

/** An amount that fills the whole of `text`, as in directives. @throws Refused */
export function wholeAmount(book: Book, text: string, observe: boolean): Amount {
  const cursor = { text, at: 0 };
  const amount = amountAt(book, cursor, observe);
  skip(cursor);
  if (cursor.at < text.length && text[cursor.at] !== ';') refuse(book, `“${text.slice(cursor.at)}” is not expected behind an amount`);
  return amount;
}
