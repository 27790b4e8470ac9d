import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Quantity } from '../../io/journal/transaction.ts';
import { fitting } from './intake.ts';

/** What the commodities of an imported ledger are in the books: their codes, and their amounts in whole minor units. */

const words = {
  used: w('{currency} is kept with {digits} decimal places, and this amount has {needed}. There are lines in {currency} already, and lines keep the places they were written with. Round the amount in the file, or give the commodity another name there.', '{currency} wird mit {digits} Nachkommastellen geführt, dieser Betrag hat {needed}. Es gibt schon Zeilen in {currency}, und Zeilen behalten die Stellen, mit denen sie geschrieben sind. Bitte den Betrag in der Datei runden oder dem Gut dort einen anderen Namen geben.'),
  many: w('This amount of {currency} has {needed} decimal places; books keep {most} at most. Round it in the file.', 'Dieser Betrag in {currency} hat {needed} Nachkommastellen; geführt werden höchstens {most}. Bitte in der Datei runden.'),
  large: w('This amount of {currency} is too large to be kept exactly with {digits} decimal places, which other amounts of the books or the file need.', 'Dieser Betrag in {currency} ist zu groß, um mit {digits} Nachkommastellen genau geführt zu werden, die andere Beträge der Bücher oder der Datei brauchen.'),
};

/** Signs that stand for a currency of ISO 4217; a dollar or pound is the company's own when that is one. */
const signs: Readonly<Record<string, readonly string[]>> = { $: ['USD', 'CAD', 'AUD', 'NZD', 'HKD', 'SGD', 'MXN'], '£': ['GBP'], '€': ['EUR'], '¥': ['JPY', 'CNY'], '₹': ['INR'], '₽': ['RUB'], '₩': ['KRW'], 'R$': ['BRL'] };

/** Room for the code of a currency, and for its decimal places. */
const longestCode = 24;
const mostDigits = 12;

export interface Moneys {
  /** Code of the books for a commodity of the file; '' for the company's own. */
  code(commodity: string): string;
  /** The amount in minor units of that code, exact; 0 where the code is `missing` decimal places. @throws Refused where it cannot be kept */
  minor(amount: Quantity): number;
  readonly digits: (code: string) => number;
  /** Codes that were begun with too few decimal places, and how many they need. Nothing may be written once there are any. */
  readonly missing: ReadonlyMap<string, number>;
}

/** The currencies of the books. */
export interface Currencies {
  /** Makes sure that one is there, if it may with so many decimal places. `fixed`: there are lines in it, so that its places stay. */
  begin(code: string, name: string, digits: number): { readonly digits: number; readonly fixed: boolean };
  /** The full name of the one with that code, '' where none is kept; undefined where there is no such one. */
  name(code: string): string | undefined;
}

/** Commodities were met with more decimal places than they were begun with: the import begins again with these. */
export class MoreDigits extends Error {
  readonly needed: ReadonlyMap<string, number>;

  constructor(needed: ReadonlyMap<string, number>) {
    super([...needed].map(([code, digits]) => `${code} has ${digits} digits`).join(', '));
    this.needed = needed;
  }
}

const powers = Array.from({ length: 19 }, (_, at) => 10 ** at);

/** Moves an amount to another number of places; null when digits would be lost or it is too large to be exact. */
export function scaled(amount: Quantity, digits: number): number | null {
  if (amount.scale === digits) return amount.units;
  if (amount.scale < digits) {
    const raised = amount.units * powers[digits - amount.scale]!;
    return Number.isSafeInteger(raised) ? raised : null;
  }
  const by = powers[amount.scale - digits] ?? Infinity;
  return amount.units % by === 0 ? amount.units / by : null;
}

/** What is kept beside a code: all of a name that fills it. */
const nameOf = (name: string): string => (name.length < longestCode ? '' : name.slice(0, 200).toWellFormed());

/** Decimal places that an amount needs; zeros at its end need none beyond what books can keep. */
function placesOf({ units, scale }: Quantity): number {
  let needed = units === 0 ? 0 : scale;
  for (let left = units; needed > mostDigits && left % 10 === 0; left /= 10) needed -= 1;
  return needed;
}

export function openMoneys(base: string, baseDigits: number, given: ReadonlyMap<string, number>, currencies: Currencies): Moneys {
  const codes = new Map<string, string>([['', ''], [base, '']]);
  const full = new Map<string, string>();
  const digits = new Map<string, number>([['', baseDigits]]);
  const fixed = new Set<string>();
  const missing = new Map<string, number>();
  /** A name that is too long gets a code of its own. Earlier imports cut it: what they made is kept on by the first that could be meant, which then gives it its name. */
  const coded = (name: string): string => {
    const code = fitting(name, longestCode);
    const cut = name.slice(0, longestCode);
    if (code === name || currencies.name(code) !== undefined) return code;
    const held = currencies.name(cut);
    return held === nameOf(name) || (held === '' && (full.get(cut) ?? name) === name) ? cut : code;
  };
  const code = (commodity: string): string => {
    let found = codes.get(commodity);
    if (found === undefined) {
      const own = signs[commodity];
      const iso = own ? (own.includes(base) ? base : own[0]!) : commodity;
      found = iso === base ? '' : coded(iso);
      codes.set(commodity, found);
      full.set(found, iso);
    }
    return found;
  };
  const begin = (of: string, needed: number): number => {
    if (needed > mostDigits) throw new Refused('invalid', words.many, { currency: of, needed, most: mostDigits });
    const name = full.get(of)!;
    const begun = currencies.begin(of, nameOf(name), Math.max(given.get(of) ?? 0, needed));
    if (begun.fixed) fixed.add(of);
    digits.set(of, begun.digits);
    return begun.digits;
  };
  return {
    code,
    digits: (of) => digits.get(of) ?? 0,
    missing,
    minor: (amount) => {
      const of = code(amount.commodity);
      const places = digits.get(of) ?? begin(of, amount.scale <= mostDigits ? amount.scale : placesOf(amount));
      const found = scaled(amount, places);
      if (found !== null) return found;
      const needed = placesOf(amount);
      if (needed <= places) throw new Refused('invalid', words.large, { currency: of, digits: places });
      if (needed > mostDigits) throw new Refused('invalid', words.many, { currency: of, needed, most: mostDigits });
      if (fixed.has(of)) throw new Refused('invalid', words.used, { currency: of, digits: places, needed });
      missing.set(of, Math.max(missing.get(of) ?? 0, needed));
      return 0;
    },
  };
}
