import { type BeanBook, type Lot, refuseBean } from './beanBook.ts';
import { type BeanPosting, type BeanTransaction, fine, near } from './beanEntry.ts';
import { abs, dec, type Dec, divided, negated, plus, quantity, rounded, ten, times, zero } from './exact.ts';

/** What beancount completes in a transaction: costs of lots that are sold, amounts left out, and whether it balances. */

type Sums = Map<string, Dec>;

const smaller = (a: Dec, b: Dec): boolean => plus(a, negated(b)).n < 0n;
const size = (a: Dec): Dec => ({ n: abs(a.n), s: a.s });

/** Completes a transaction of `day`. @throws Refused when it does not balance or a lot can not be found */
export function complete(book: BeanBook, found: BeanTransaction, day: number, line: number): void {
  const { postings } = found;
  if (plainly(postings)) return;
  const tolerances = tolerancesOf(book, postings);
  const open: BeanPosting[] = [];
  for (const posting of postings) {
    if (posting.account.currencies.length > 0 && posting.currency !== '' && !posting.account.currencies.includes(posting.currency)) {
      refuseBean(book, `“${posting.account.name}” is opened for ${posting.account.currencies.join(', ')} and not for ${posting.currency}`, posting.line);
    }
    if (!weigh(book, posting, day)) open.push(posting);
  }
  const sums = new Map<string, Dec>();
  for (const posting of postings) if (!open.includes(posting)) add(sums, weightOf(posting));
  interpolate(book, found, open, sums, tolerances, day);
  for (const [currency, sum] of sums) {
    const allowed = tolerances.get(currency) ?? tolerances.get('*') ?? zero;
    if (smaller(allowed, size(sum))) refuseBean(book, `this transaction does not balance: ${decimals(sum)} ${currency} is left`, line);
  }
}

/** One currency with one scale and no prices: their sum decides. */
function plainly(postings: readonly BeanPosting[]): boolean {
  const first = postings[0];
  if (!first) return true;
  let sum = 0;
  for (const { units, scale, currency, cost, price, account } of postings) {
    if (units === null || currency !== first.currency || scale !== first.scale || cost !== null || price !== null || (account.currencies.length > 0 && !account.currencies.includes(currency))) return false;
    sum += units;
  }
  return sum === 0 && postings.length < 1000;
}

const weightOf = ({ worth, units, scale, currency }: BeanPosting) => worth ?? { value: dec(units ?? 0, scale), currency };

function add(sums: Sums, { value, currency }: { readonly value: Dec; readonly currency: string }): void {
  sums.set(currency, plus(sums.get(currency) ?? zero, value));
}

/** How far each currency may be off: half a unit of the coarsest decimals among its amounts. */
function tolerancesOf(book: BeanBook, postings: readonly BeanPosting[]): Sums {
  const { multiplier, fromCost, tolerances } = book.options;
  const found: Sums = new Map();
  const costs: Sums = new Map();
  for (const { units, scale, currency, cost, price } of postings) {
    if (units === null || scale === 0) continue;
    const tolerance = times(dec(1, scale), multiplier);
    if (smaller(found.get(currency) ?? negated(dec(1, 0)), tolerance)) found.set(currency, tolerance);
    if (!fromCost) continue;
    for (const one of [cost && { number: cost.number, currency: cost.currency }, price && { number: price.number, currency: price.currency }]) {
      if (one?.number) costs.set(one.currency, plus(costs.get(one.currency) ?? zero, size(times(tolerance, one.number))));
    }
  }
  for (const [currency, sum] of costs) if (smaller(found.get(currency) ?? zero, sum)) found.set(currency, sum);
  for (const [currency, tolerance] of tolerances) if (!found.has(currency)) found.set(currency, tolerance);
  return found;
}

/** Sets what a posting is worth. False when something of it is left out. */
function weigh(book: BeanBook, posting: BeanPosting, day: number): boolean {
  const { units, cost, price } = posting;
  if (units === null) return false;
  const amount = dec(units, posting.scale);
  if (cost !== null) return lots(book, posting, amount, day);
  if (price === null) return posting.currency !== '';
  if (price.number === null || price.currency === '') return false;
  const value = price.total ? (units < 0 ? negated(price.number) : price.number) : times(amount, price.number);
  posting.worth = { value, currency: price.currency };
  return true;
}

function lots(book: BeanBook, posting: BeanPosting, amount: Dec, day: number): boolean {
  const { account, cost, currency } = posting;
  const method = account.booking === '' ? book.options.booking : account.booking;
  const stock = account.lots.get(currency) ?? [];
  const reducing = method !== 'NONE' && stock.some((lot) => lot.units.n !== 0n && lot.units.n > 0n !== amount.n > 0n);
  if (reducing && cost) {
    sell(book, posting, amount, stock, method);
    return true;
  }
  if (!cost || (cost.number === null && cost.total === null) || cost.currency === '') return false;
  const whole = plus(cost.number === null ? zero : times(size(amount), cost.number), cost.total ?? zero);
  buy(posting, amount, whole, cost.currency, day);
  return true;
}

function buy(posting: BeanPosting, amount: Dec, whole: Dec, currency: string, day: number): void {
  posting.worth = { value: amount.n < 0n ? negated(whole) : whole, currency };
  if (amount.n === 0n) return;
  const { account } = posting;
  let stock = account.lots.get(posting.currency);
  if (!stock) {
    stock = [];
    account.lots.set(posting.currency, stock);
  }
  const lot: Lot = { units: amount, over: whole, under: size(amount), currency, day: posting.cost?.day || day, label: posting.cost?.label ?? '' };
  const same = stock.find((one) => one.currency === currency && one.day === lot.day && one.label === lot.label && sameCost(one, lot.over, lot.under));
  if (same) same.units = plus(same.units, amount);
  else stock.push(lot);
}

const sameCost = (lot: Lot, over: Dec, under: Dec): boolean => plus(times(lot.over, under), negated(times(over, lot.under))).n === 0n;

/** Finds the lots that a sale takes: those that its cost names, and of several the ones that the method says. */
function sell(book: BeanBook, posting: BeanPosting, amount: Dec, stock: Lot[], method: string): void {
  const cost = posting.cost!;
  const fits = (lot: Lot): boolean => {
    if (lot.units.n === 0n || lot.units.n > 0n === amount.n > 0n) return false;
    if ((cost.currency !== '' && lot.currency !== cost.currency) || (cost.day !== 0 && lot.day !== cost.day) || (cost.label !== '' && lot.label !== cost.label)) return false;
    if (cost.number !== null && !sameCost(lot, cost.number, dec(1, 0))) return false;
    return cost.total === null || cost.number !== null || sameCost(lot, cost.total, size(amount));
  };
  const open = stock.filter(fits);
  if (open.length === 0) refuseBean(book, `no lot of ${posting.currency} in “${posting.account.name}” fits this sale`, posting.line);
  const wanted = size(amount);
  const all = open.reduce((sum, lot) => plus(sum, size(lot.units)), zero);
  if (smaller(all, wanted)) refuseBean(book, `“${posting.account.name}” does not hold that much ${posting.currency}`, posting.line);
  if (open.length > 1 && method === 'STRICT' && smaller(wanted, all)) refuseBean(book, `more than one lot of ${posting.currency} fits this sale; beancount wants to be told which`, posting.line);
  if (method === 'LIFO') open.sort((a, b) => b.day - a.day);
  else if (method === 'FIFO') open.sort((a, b) => a.day - b.day);
  else if (method === 'HIFO') open.sort((a, b) => Number(plus(times(b.over, a.under), negated(times(a.over, b.under))).n));
  else if (method === 'AVERAGE') refuseBean(book, 'lots at an average cost can not be carried over', posting.line);
  sellFrom(book, posting, amount, open);
  posting.account.lots.set(posting.currency, stock.filter((lot) => lot.units.n !== 0n));
}

function sellFrom(book: BeanBook, posting: BeanPosting, amount: Dec, open: readonly Lot[]): void {
  let [left, worth] = [size(amount), zero];
  const currency = open[0]!.currency;
  for (const lot of open) {
    if (left.n === 0n) break;
    const part = smaller(size(lot.units), left) ? size(lot.units) : left;
    if (lot.currency !== currency) refuseBean(book, 'this sale takes lots with costs in different currencies', posting.line);
    worth = plus(worth, costOf(lot, part));
    const signed = amount.n < 0n ? negated(part) : part;
    lot.units = plus(lot.units, signed);
    left = plus(left, negated(part));
  }
  posting.worth = { value: amount.n < 0n ? negated(worth) : worth, currency };
}

/** Decimals that beancount itself computes with. */
const precise = 28;

function costOf(lot: Lot, part: Dec): Dec {
  const over = times(lot.over, part);
  const [n, under] = [over.n * ten(lot.under.s), lot.under.n];
  for (let s = 0; s <= 6; s += 1) if ((n * ten(s)) % under === 0n) return { n: (n * ten(s)) / under, s: over.s + s };
  return { n: divided(n * ten(precise), under), s: over.s + precise };
}

function interpolate(book: BeanBook, found: BeanTransaction, open: readonly BeanPosting[], sums: Sums, tolerances: Sums, day: number): void {
  const known = open.filter((posting) => wants(posting) !== '');
  for (const posting of known) {
    const currency = wants(posting);
    if (known.some((other) => other !== posting && wants(other) === currency)) refuseBean(book, `more than one posting of this transaction leaves out its ${currency}`, posting.line);
    const value = negated(sums.get(currency) ?? zero);
    one(book, posting, value, currency, tolerances, day);
    add(sums, weightOf(posting));
  }
  const rest = open.filter((posting) => !known.includes(posting));
  if (rest.length > 1) refuseBean(book, 'more than one posting of this transaction has no amount', rest[1]!.line);
  const [last] = rest;
  if (!last) return;
  const left = [...sums].filter(([, sum]) => sum.n !== 0n);
  if (last.units !== null || last.cost || last.price) {
    // A price or a cost without its currency: the only one that is left.
    if (left.length !== 1) refuseBean(book, 'what is left out of this posting can not be found', last.line);
    one(book, last, negated(left[0]![1]), left[0]![0], tolerances, day);
    add(sums, weightOf(last));
    return;
  }
  if (known[0]) refuseBean(book, `more than one posting of this transaction leaves out its ${wants(known[0]) || known[0].currency}`, last.line);
  fill(book, found, last, left, sums, tolerances);
}

/** The currency in which a posting leaves something out, '' when it does not say. */
function wants({ units, currency, cost, price }: BeanPosting): string {
  if (cost) return cost.currency;
  if (price) return price.currency;
  return units === null ? currency : '';
}

function one(book: BeanBook, posting: BeanPosting, value: Dec, currency: string, tolerances: Sums, day: number): void {
  const { cost, price } = posting;
  if (posting.units !== null) {
    const amount = dec(posting.units, posting.scale);
    if (cost) {
      if (cost.number !== null || cost.total !== null || amount.n === 0n || (value.n !== 0n && value.n > 0n !== amount.n > 0n)) refuseBean(book, 'the cost that is left out can not be found', posting.line);
      buy(posting, amount, size(value), currency, day);
    } else posting.worth = { value, currency };
    return;
  }
  if (posting.currency === '' && (cost || price)) refuseBean(book, 'the currency of this amount is missing', posting.line);
  const number = cost ? cost.number : (price?.number ?? null);
  let amount = value;
  if (cost || price) {
    if (number === null || number.n === 0n || price?.total || cost?.total) refuseBean(book, 'what is left out of this posting can not be found', posting.line);
    amount = shortest({ n: divided(value.n * ten(number.s + precise), number.n), s: value.s + precise });
  }
  set(book, posting, amount, posting.currency, tolerances);
  const units = dec(posting.units ?? 0, posting.scale);
  if (number === null) return;
  if (cost) buy(posting, units, size(times(units, number)), currency, day);
  else posting.worth = { value: times(units, number), currency };
}

/** Without the zeros at its end. */
function shortest(a: Dec): Dec {
  let { n, s } = a;
  for (; s > 0 && n % 10n === 0n; s -= 1) n /= 10n;
  return { n, s };
}

/** Inferred amounts are rounded to what the currency's tolerance shows. */
function set(book: BeanBook, posting: BeanPosting, value: Dec, currency: string, tolerances: Sums): void {
  const tolerance = tolerances.get(currency) ?? tolerances.get('*');
  let rounded_ = value;
  if (tolerance && tolerance.n > 0n) {
    const quantum = quantity({ n: tolerance.n * 2n * ten(20), s: tolerance.s + 20 }, '');
    if (quantum && String(quantum.units).replace(/0+$/, '').length < 3) {
      const zeros = /0*$/.exec(String(quantum.units))![0].length;
      rounded_ = rounded(value, Math.max(0, quantum.scale - zeros));
    }
  }
  const { units, scale } = near(book, rounded_, posting.line);
  posting.units = units;
  posting.scale = scale;
  posting.currency = currency;
}

function fill(book: BeanBook, found: BeanTransaction, posting: BeanPosting, left: readonly (readonly [string, Dec])[], sums: Sums, tolerances: Sums): void {
  if (left.length === 0) {
    posting.units = 0;
    posting.currency = posting.currency || (sums.keys().next().value ?? '');
    return;
  }
  const more: BeanPosting[] = [];
  for (const [at, [currency, sum]] of left.entries()) {
    const one_: BeanPosting = at === 0 ? posting : { ...posting };
    set(book, one_, negated(sum), currency, tolerances);
    add(sums, weightOf(one_));
    const off = sums.get(currency) ?? zero;
    // What is rounded because no more digits can be kept is not what does not balance.
    if (smaller(size(off), { n: 1n, s: fine - 1 })) sums.set(currency, zero);
    if (at > 0) more.push(one_);
  }
  found.postings.splice(found.postings.indexOf(posting) + 1, 0, ...more);
}

/** A decimal as it is written. */
export function decimals(sum: Dec): string {
  const digits = abs(sum.n).toString().padStart(sum.s + 1, '0');
  return `${sum.n < 0n ? '-' : ''}${digits.slice(0, digits.length - sum.s)}${sum.s === 0 ? '' : `.${digits.slice(-sum.s)}`}`;
}
