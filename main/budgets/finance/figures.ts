import { isDay } from '#contract/kit/day.ts';
import { Refused } from '#contract/kit/failure.ts';
import { type Words, w } from '#contract/kit/words.ts';

/** What every calculation asks of its figures before it begins. Each check hands the figure back, so that it can stand inside a formula. */

const says = {
  whole: w('{name} must be a whole number of at least {least}; it is {value}.', '{name} muss eine ganze Zahl von mindestens {least} sein; es ist {value}.'),
  finite: w('{name} must be a number; it is {value}.', '{name} muss eine Zahl sein; es ist {value}.'),
  day: w('{name} must be a day of the calendar; it is “{value}”.', '{name} muss ein Tag des Kalenders sein; es ist „{value}“.'),
  large: w('The result is too large to be exact to the last minor unit.', 'Das Ergebnis ist zu groß, um auf die letzte kleinste Einheit genau zu sein.'),
};

/** A figure that a rule forbids. `params` fill the places of the words. */
export const wrong = (words: Words, params: Readonly<Record<string, unknown>> = {}): Refused => new Refused('invalid', words, params);

/** A safe integer not below `least`. Throws `Refused` (invalid) otherwise. */
export function whole(value: number, name: string, least = Number.MIN_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || value < least) throw new Refused('invalid', says.whole, { name, least, value }, name);
  return value;
}

/** A finite number. Throws `Refused` (invalid) for NaN and the infinities. */
export function finite(value: number, name: string): number {
  if (!Number.isFinite(value)) throw new Refused('invalid', says.finite, { name, value: String(value) }, name);
  return value;
}

/** A day `YYYY-MM-DD` that exists. Throws `Refused` (invalid) otherwise. */
export function day(value: string, name: string): string {
  if (!isDay(value)) throw new Refused('invalid', says.day, { name, value }, name);
  return value;
}

/** A large integer as a number, when that is exact. Throws `Refused` (invalid) when it is not. */
export function exact(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw wrong(says.large);
  return number;
}

/** Days from 1 January 1970 to `of`; negative before. Throws `Refused` (invalid) when `of` is no day. */
export const dayNumber = (of: string, name = 'day'): number => Math.round(Date.parse(`${day(of, name)}T00:00:00Z`) / 86_400_000);
