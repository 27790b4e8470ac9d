import { exponentOf, plain } from '#contract/kit/money.ts';
import { today } from '#contract/kit/day.ts';
import { locale, t } from '../t.ts';

/** Dates and figures as people here write them. Intl objects are dear to make and are kept by locale and options. */
const kept = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat | Intl.ListFormat>();

function keep<T extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat | Intl.ListFormat>(name: string, make: (locale: string) => T): T {
  const key = `${locale()} ${name}`;
  const known = kept.get(key) as T | undefined;
  if (known) return known;
  const made = make(locale());
  kept.set(key, made);
  return made;
}

/** A day, `YYYY-MM-DD`, as 14/03/2026 or 14.03.2026; empty stays empty. */
export function day(value: string): string {
  if (value === '') return '';
  return keep('day', (at) => new Intl.DateTimeFormat(at, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' })).format(new Date(`${value}T00:00:00Z`));
}

/** A day without its year: 1 Dec or 1. Dez. */
export function dayAndMonth(value: string): string {
  return keep('dayAndMonth', (at) => new Intl.DateTimeFormat(at, { day: 'numeric', month: 'short', timeZone: 'UTC' })).format(new Date(`${value}T00:00:00Z`));
}

/** A day in words: Saturday, 14 March 2026. */
export function longDay(value: string): string {
  return keep('longDay', (at) => new Intl.DateTimeFormat(at, { dateStyle: 'full', timeZone: 'UTC' })).format(new Date(`${value}T00:00:00Z`));
}

/** An instant on the clock of this PC: 14/03/2026, 09:30. */
export function instant(ms: number): string {
  return keep('instant', (at) => new Intl.DateTimeFormat(at, { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' })).format(ms);
}

/** An instant to the second, for tooltips and the audit log. */
export function exact(ms: number): string {
  return keep('exact', (at) => new Intl.DateTimeFormat(at, { dateStyle: 'medium', timeStyle: 'medium' })).format(ms);
}

export function clock(ms: number): string {
  return keep('clock', (at) => new Intl.DateTimeFormat(at, { hour: '2-digit', minute: '2-digit' })).format(ms);
}

const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long ago or ahead; within the minute it is "just now", for a bare "now" behind a noun reads like a command. Show it only with `exact(ms)` as the tooltip. */
export function relative(ms: number, now: number = Date.now()): string {
  const format = keep('relative', (at) => new Intl.RelativeTimeFormat(at, { numeric: 'auto' }));
  const apart = ms - now;
  for (const [unit, size] of steps) if (Math.abs(apart) >= size) return format.format(Math.trunc(apart / size), unit);
  return t('common.just_now');
}

/** A day from today: today, tomorrow, 3 days ago. */
export function relativeDay(value: string, from: string = today()): string {
  const days = Math.round((Date.parse(`${value}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
  const format = keep('relative', (at) => new Intl.RelativeTimeFormat(at, { numeric: 'auto' }));
  if (Math.abs(days) >= 60) return format.format(Math.trunc(days / 30.44), 'month');
  return format.format(days, 'day');
}

/** A whole number with group marks: 300,000. */
export const number = (value: number): string => keep('number', (at) => new Intl.NumberFormat(at, { maximumFractionDigits: 0 })).format(value);

/** An integer with `scale` digits after the point: (1234, 2) is 12.34. */
export function decimal(scaled: number, scale: number): string {
  // Formatted from the decimal text, not from a binary fraction, so that every digit is exact.
  const text = fraction(scaled, scale) as unknown as number;
  return keep(`decimal${scale}`, (at) => new Intl.NumberFormat(at, { minimumFractionDigits: scale, maximumFractionDigits: scale })).format(text);
}

/** A share with `scale` digits as a percentage, with as many digits as it has: (195000, 6) is 19.5%. */
export function percentage(scaled: number, scale: number): string {
  const text = fraction(scaled, scale) as unknown as number;
  return keep(`percentage${scale}`, (at) => new Intl.NumberFormat(at, { style: 'percent', maximumFractionDigits: Math.max(0, scale - 2) })).format(text);
}

function fraction(scaled: number, scale: number): string {
  const digits = String(Math.abs(scaled)).padStart(scale + 1, '0');
  return `${scaled < 0 ? '-' : ''}${digits.slice(0, digits.length - scale)}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`;
}

/** Money in minor units, without its currency sign, as columns show it; zero is a dash. */
export function amount(minor: number, currency: string): string {
  if (minor === 0) return '–';
  const digits = exponentOf(currency);
  const text = plain(minor, currency) as unknown as number;
  return keep(`amount${digits}`, (at) => new Intl.NumberFormat(at, { minimumFractionDigits: digits, maximumFractionDigits: digits })).format(text);
}

/** Money with its currency: €1,234.50 or 1.234,50 €. */
export function money(minor: number, currency: string): string {
  const text = plain(minor, currency) as unknown as number;
  return keep(`money${currency}`, (at) => new Intl.NumberFormat(at, { style: 'currency', currency })).format(text);
}

/** A size: 12.4 MB. */
export function bytes(size: number): string {
  const unit = size < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(size) / 3));
  const name = (['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const)[unit] ?? 'byte';
  return keep(`bytes${name}`, (at) => new Intl.NumberFormat(at, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 })).format(size / 1000 ** unit);
}

export function percent(share: number): string {
  return keep('percent', (at) => new Intl.NumberFormat(at, { style: 'percent', maximumFractionDigits: 0 })).format(share);
}

/** a, b and c. */
export const list = (values: readonly string[]): string => keep('list', (at) => new Intl.ListFormat(at, { type: 'conjunction' })).format(values);

/** The name of a country or currency code in the language of the window; the code itself when it is none. */
export function codeName(kind: 'region' | 'currency', code: string): string {
  try {
    return new Intl.DisplayNames(locale(), { type: kind }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** CSS class that makes figures stand under each other. */
export const tabular = 'tabular';
