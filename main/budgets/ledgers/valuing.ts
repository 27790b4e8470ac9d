import { Refused } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import { placed } from '../../io/journal/refusal.ts';
import type { Transaction } from '../../io/journal/transaction.ts';
import { divide } from '../finance/allocate.ts';
import { atRate, rateAt } from '../accounts/rates.ts';
import type { Ctx } from '../../db/context.ts';
import { type Moneys, scaled } from './moneys.ts';
import type { PostedLine } from '../journal/posted.ts';

/** Turns a transaction of a foreign ledger into lines whose values in the company's currency balance. */

const words = {
  currency: w('The account “{account}” is kept in {currency}; this line is in {other}.', 'Das Konto „{account}“ wird in {currency} geführt; diese Zeile ist in {other}.'),
};

export interface Valued {
  readonly lines: PostedLine[];
  /** What is carried otherwise than the file has it. */
  readonly rounded: boolean;
  readonly unvalued: readonly string[];
  readonly single: boolean;
}

export interface Valuer {
  /** @throws Refused naming file and line */
  value(found: Transaction): Valued;
}

const bare = { party_id: null, department_id: null, place_id: null, project_id: null, tax_code_id: null };

export function openValuer(ctx: Ctx, how: { readonly base: string; readonly baseDigits: number; readonly moneys: Moneys; readonly account: (path: string) => number; readonly keptIn: ReadonlyMap<number, string>; readonly imbalance: () => number; readonly rounding: () => number }): Valuer {
  const { moneys, baseDigits, base, keptIn } = how;
  /** Minor units of the company for an amount of its own currency; rounded, halves away from zero, where it has more places. */
  const own = (units: number, scale: number): { amount: number; exact: boolean } => {
    const exact = scaled({ units, scale, commodity: '' }, baseDigits);
    if (exact !== null) return { amount: exact, exact: true };
    return { amount: Number(divide(BigInt(units) * 10n ** BigInt(baseDigits), 10n ** BigInt(scale), 'half_up')), exact: false };
  };

  function line(posting: Transaction['postings'][number], day: string): { line: PostedLine; state: 'exact' | 'rounded' | 'unvalued' } {
    const code = moneys.code(posting.amount.commodity);
    const account_id = how.account(posting.account);
    if (keptIn.size > 0 && posting.amount.units !== 0) {
      const [wanted, other] = [keptIn.get(account_id), code || base];
      if (wanted !== undefined && wanted !== other) throw new Refused('invalid', words.currency, { account: posting.account, currency: wanted, other });
    }
    if (code === '') {
      const { amount, exact } = own(posting.amount.units, posting.amount.scale);
      return { line: { ...bare, account_id, amount, currency: '', quantity: 0, text: posting.text }, state: exact ? 'exact' : 'rounded' };
    }
    const quantity = moneys.minor(posting.amount);
    const made = { ...bare, account_id, currency: code, quantity, text: posting.text };
    if (quantity === 0) return { line: { ...made, amount: 0 }, state: 'exact' };
    if (posting.cost && moneys.code(posting.cost.commodity) === '') {
      const { amount } = own(posting.cost.units, posting.cost.scale);
      return { line: { ...made, amount: Math.sign(amount) * Math.sign(quantity) < 0 ? 0 : amount }, state: 'rounded' };
    }
    const rate = rateAt(ctx.db, code, day);
    if (rate === null) return { line: { ...made, amount: 0 }, state: 'unvalued' };
    return { line: { ...made, amount: atRate(quantity, moneys.digits(code), rate, baseDigits) }, state: 'rounded' };
  }

  return {
    value: (found) => {
      const lines: PostedLine[] = [];
      const states: ('exact' | 'rounded' | 'unvalued')[] = [];
      let [sum, single] = [0, 0];
      for (const posting of found.postings) {
        let one: ReturnType<typeof line>;
        try {
          one = line(posting, found.day);
        } catch (error) {
          throw placed(error, found.file, posting.line || found.line);
        }
        lines.push(one.line);
        states.push(one.state);
        sum += one.line.amount;
        if (!posting.balanced) single += one.line.amount;
      }
      const unvalued = lines.filter((_, at) => states[at] === 'unvalued').map((one) => one.currency);
      let rest = sum - single;
      const exact = states.every((state) => state === 'exact');
      // A line without a value takes what is left to balance: that is what it was exchanged for.
      const open = states.indexOf('unvalued');
      if (rest !== 0 && open !== -1 && states.lastIndexOf('unvalued') === open && Math.sign(lines[open]!.quantity) === -Math.sign(rest)) {
        lines[open] = { ...lines[open]!, amount: -rest };
        unvalued.length = 0;
        rest = 0;
      }
      if (rest !== 0 && !exact && Math.abs(rest) <= lines.length) {
        // Rounding of what has more places than the currency: the largest rounded line takes it, first of all one in another currency, so that what the file itself states stays.
        const foreign = (one: PostedLine): boolean => one.currency !== '' && Math.abs(one.amount) > Math.abs(rest);
        const before = (one: PostedLine, other: PostedLine): boolean => (foreign(one) === foreign(other) ? Math.abs(one.amount) > Math.abs(other.amount) : foreign(one));
        const at = lines.reduce((best, one, index) => (states[index] === 'rounded' && (best === -1 || before(one, lines[best]!)) ? index : best), -1);
        if (at !== -1) {
          lines[at] = { ...lines[at]!, amount: lines[at]!.amount - rest };
          rest = 0;
        }
      }
      if (rest !== 0) lines.push({ ...bare, account_id: Math.abs(rest) <= 2 * lines.length && !exact ? how.rounding() : how.imbalance(), amount: -rest, currency: '', quantity: 0, text: '' });
      if (single !== 0) lines.push({ ...bare, account_id: how.imbalance(), amount: -single, currency: '', quantity: 0, text: '' });
      return { lines, rounded: states.some((state, at) => state === 'rounded' && lines[at]!.currency === ''), unvalued, single: single !== 0 || rest !== 0 };
    },
  };
}
