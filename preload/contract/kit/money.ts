/**
 * Money is an integer count of minor units and a currency (ISO 4217). No other file multiplies or divides money.
 * Amounts are safe integers: up to 90 trillion in cents.
 */

/** Minor units that differ from two, ISO 4217 list one (2026). */
const exponents: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
  CLF: 4, UYW: 4,
};

/** Digits after the decimal point that a currency has. */
export const exponentOf = (currency: string): number => exponents[currency] ?? 2;

/** A count of 10^-digits as a plain decimal text: (-1234, 2) is "-12.34". */
export function decimalText(units: number, digits: number): string {
  const text = String(Math.abs(units)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${units < 0 ? '-' : ''}${whole}${digits > 0 ? `.${text.slice(-digits)}` : ''}`;
}

/** Minor units as a plain decimal number text with a point: (-1234, 'EUR') is "-12.34". */
export const plain = (minor: number, currency: string): string => decimalText(minor, exponentOf(currency));

const written = {
  '.': /^([+-]?)(\d+|[1-9]\d{0,2}([,'\u2019 \u00a0\u202f])\d{3}(?:\3\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3})(?:\.(\d*))?$/,
  ',': /^([+-]?)(\d+|[1-9]\d{0,2}([.'\u2019 \u00a0\u202f])\d{3}(?:\3\d{3})*)(?:,(\d*))?$/,
} as const;

/**
 * Reads a decimal text with `point` as its decimal mark as an integer times 10^digits. Groups are of three digits, or as in India of two
 * before the last three, parted by the other mark, spaces or apostrophes. Null when the text is no number, has more digits, or is too large to be exact.
 */
export function readDecimal(text: string, digits: number, point: '.' | ','): number | null {
  const parts = written[point].exec(text.trim().replace(/^\((.*)\)$/, '-$1').replace(/^\u2212/, '-').replace(/^([+-])\s+/, '$1'));
  if (!parts) return null;
  const fraction = (parts[4] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return null;
  const units = Number(`${parts[2]!.replace(/\D/g, '')}${fraction.padEnd(digits, '0')}`);
  return !Number.isSafeInteger(units) ? null : parts[1] === '-' && units !== 0 ? -units : units;
}

/** `readDecimal` in the minor units of a currency: "1.234,56" with ',' is 123456 in EUR. */
export const readMinor = (text: string, currency: string, point: '.' | ',' = '.'): number | null => readDecimal(text, exponentOf(currency), point);
