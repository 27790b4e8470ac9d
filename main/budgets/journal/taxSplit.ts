import type { Line, LineDraft } from '#contract/budgets/entry.ts';
import { type dimensionCalls, taxCode, type TaxSplit } from '#contract/budgets/dimension.ts';
import type { InputOf } from '#contract/kit/call.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { first, sql } from '../../db/sql.ts';
import { ratio, type Rounding } from '../finance/allocate.ts';

/** The tax in the amount of a line, and the lines that it becomes. */

const words = {
  amount: w('The line has no amount that could be split.', 'Die Zeile hat keinen Betrag, der sich aufteilen ließe.'),
  account: w('The tax code {code} names no account for tax on {side}.', 'Der Steuerschlüssel {code} nennt kein Konto für {side}.'),
  sales: w('sales', 'Umsatzsteuer'),
  purchases: w('purchases', 'Vorsteuer'),
  valid: w('The tax code {code} is not valid on {day}.', 'Der Steuerschlüssel {code} gilt am {day} nicht.'),
  itself: w('This line is the tax itself.', 'Diese Zeile ist selbst die Steuer.'),
};

/** A net amount with its tax; all signed alike, in minor units of one currency. */
export interface Taxed {
  readonly net: number;
  readonly tax: number;
  readonly gross: number;
}

/**
 * The tax on one line at a rate (1,000,000 = 100 %). From the net amount: `amount × rate`; out of the gross amount: `amount × rate ÷ (1 + rate)`, the
 * “VAT fraction” of HMRC Notice 700; either rounded once to the minor unit, and net and tax are always exactly the gross amount.
 * Throws `Refused` (invalid) when a figure is no safe integer.
 */
export function taxOf(amount: number, ratePpm: number, basis: 'gross' | 'net', rounding: Rounding): Taxed {
  const tax = basis === 'net' ? ratio(amount, ratePpm, 1_000_000, rounding) : ratio(amount, ratePpm, 1_000_000 + ratePpm, rounding);
  return basis === 'net' ? { net: amount, tax, gross: amount + tax } : { net: amount - tax, tax, gross: amount };
}

interface Code {
  readonly id: number;
  readonly code: string;
  readonly kind: 'output' | 'input' | 'both' | 'zero' | 'exempt' | 'reverse_charge' | 'outside';
  readonly rate_ppm: number;
  readonly rounding: Rounding | '';
  readonly output_account_id: number | null;
  readonly input_account_id: number | null;
  readonly from_day: string;
  readonly until_day: string;
}

type Side = 'output' | 'input';

/** Which of its two accounts the tax of a line belongs on. */
function sideOf(code: Code, kind: string, amount: number): Side {
  if (code.kind === 'output' || code.kind === 'input') return code.kind;
  if (kind === 'income') return 'output';
  return kind === 'expense' || kind === 'asset' || amount > 0 ? 'input' : 'output';
}

/** A line with a tax code as the lines it becomes: the net amount, and the tax on the account of the code. Writes nothing. @throws Refused missing, invalid */
export function split(ctx: Ctx, input: InputOf<(typeof dimensionCalls)['tax_code.split']>): TaxSplit {
  const { line, basis, day } = input;
  const code = first<Code>(ctx.db, sql`SELECT id, code, kind, rate_ppm, rounding, output_account_id, input_account_id, from_day, until_day FROM tax_codes WHERE id = ${line.tax_code_id ?? 0}`);
  if (!code) throw new Refused('missing', refusals.missing, { what: taxCode.label[ctx.language], id: line.tax_code_id ?? '' }, 'tax_code');
  if ((code.from_day !== '' && day < code.from_day) || (code.until_day !== '' && day > code.until_day)) throw new Refused('invalid', words.valid, { code: code.code, day }, 'tax_code');
  if (line.account_id !== null && (line.account_id === code.output_account_id || line.account_id === code.input_account_id)) throw new Refused('invalid', words.itself, {}, 'account');
  const figure = line.amount ?? line.quantity ?? 0;
  if (figure === 0) throw new Refused('invalid', words.amount, {}, 'amount');
  const kind = first<{ kind: string }>(ctx.db, sql`SELECT kind FROM accounts WHERE id = ${line.account_id ?? 0}`)?.kind ?? '';
  const reverse = code.kind === 'reverse_charge';
  const part = (of: number | undefined): Taxed => taxOf(of ?? 0, code.rate_ppm, reverse ? 'net' : basis, code.rounding || 'half_up');
  const [amount, quantity] = [part(line.amount), part(line.quantity)];
  const lines: Line[] = [named(ctx, 1, line, line.account_id, line.amount === undefined ? 0 : amount.net, quantity.net)];
  if (amount.tax !== 0 || quantity.tax !== 0) {
    const sides: readonly (readonly [Side, 1 | -1])[] = reverse ? [['input', 1], ['output', -1]] : [[sideOf(code, kind, figure), 1]];
    for (const [side, sign] of sides) {
      const account = side === 'output' ? code.output_account_id : code.input_account_id;
      if (account === null) throw new Refused('invalid', words.account, { code: code.code, side: words[side === 'output' ? 'sales' : 'purchases'][ctx.language] }, 'tax_code');
      lines.push(named(ctx, lines.length + 1, line, account, sign * amount.tax || 0, sign * quantity.tax || 0));
    }
  }
  const shown = line.amount === undefined ? quantity : amount;
  return { ...shown, gross: reverse ? shown.net : shown.gross, rate_ppm: code.rate_ppm, lines };
}

function named(ctx: Ctx, at: number, from: LineDraft, id: number | null, amount: number, quantity: number): Line {
  const account = first<{ name: string; number: string }>(ctx.db, sql`SELECT name, number FROM accounts WHERE id = ${id ?? 0}`);
  return {
    line: at,
    account_id: id,
    account: account?.name ?? '',
    number: account?.number ?? '',
    amount,
    currency: from.currency ?? '',
    quantity,
    party_id: from.party_id ?? null,
    department_id: from.department_id ?? null,
    place_id: from.place_id ?? null,
    project_id: from.project_id ?? null,
    tax_code_id: from.tax_code_id ?? null,
    tags: from.tags ?? [],
    text: from.text ?? '',
  };
}
