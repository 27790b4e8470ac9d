import type { LeftRow, RevaluationDue, RevaluationPlan, RevaluationRow, RevaluationRun } from '#contract/budgets/exchange.ts';
import type { Named } from '#contract/kit/call.ts';
import { addDays, today } from '#contract/kit/day.ts';
import { reaches } from '#contract/kit/access.ts';
import { decimalText, exponentOf } from '#contract/kit/money.ts';
import { say, w } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { entityNamed } from '../../db/entities.ts';
import { names } from '../../db/list.ts';
import { all, first, sql } from '../../db/sql.ts';
import type { Agenda } from '../../records/task.ts';
import { refuseFirst } from '../assets/asset.ts';
import { postEntry, reverseStored } from '../journal/entry.ts';
import { type Difference, exchangeAccount } from './exchangeAccounts.ts';
import { type ForeignBalance, foreignBalances, isCurrency } from './foreignBalances.ts';
import { baseOf } from '../journal/lines.ts';
import { calendar, type Period } from '../accounts/periods.ts';
import { lineSpan, type PostedLine } from '../journal/posted.ts';
import { atRate, digitsOf, rateOn } from '../accounts/rates.ts';

/**
 * Unrealised exchange differences: monetary balances in other currencies are carried at the closing rate (IAS 21 §23; FRS 102 §30.9), and what
 * that changes is profit or loss of the period (IAS 21 §28; FRS 102 §30.10). What was posted before is part of what is carried, so that a
 * run posts only what is new, and reversing its entry takes it back.
 */

const words = {
  missing: w('There is no rate of {currency} on or before {day}. Add one under Exchange rates.', 'Für {currency} gibt es bis zum {day} keinen Kurs. Bitte unter Wechselkurse anlegen.'),
  stale: w('The newest rate of {currency} is of {found}, {age} days before {day}. Add a newer one, or allow older rates.', 'Der neueste Kurs für {currency} ist vom {found}, {age} Tage vor dem {day}. Bitte einen neueren anlegen oder ältere Kurse zulassen.'),
  none: w('No account is used for exchange differences. Give an account that use, or choose one here.', 'Kein Konto dient für Kursdifferenzen. Bitte einem Konto diese Verwendung geben oder hier eines wählen.'),
  chosen: w('Exchange differences go to an account that takes lines and is not archived.', 'Kursdifferenzen gehen auf ein Konto, das Buchungen aufnimmt und nicht archiviert ist.'),
  kept: w('Exchange differences go to an account without a currency of its own.', 'Kursdifferenzen gehen auf ein Konto ohne eigene Währung.'),
  large: w('The balance of {account} in {currency} is too large to be valued exactly.', 'Der Saldo von {account} in {currency} ist zu groß, um genau bewertet zu werden.'),
  many: w('There are more than {most} balances to revalue in one entry.', 'Mehr als {most} Salden lassen sich nicht in einer Buchung bewerten.'),
  hard: w('The period {name} is closed. Choose another day, or have it opened.', 'Die Periode {name} ist geschlossen. Bitte anderen Tag wählen oder öffnen lassen.'),
  narration: w('Revaluation at the rates of {day}', 'Bewertung zu den Kursen vom {day}'),
  line: w('{quantity} {currency} at {rate} of {day}', '{quantity} {currency} zu {rate} vom {day}'),
  empty: w('Nothing is left in {currency}', 'In {currency} ist nichts mehr da'),
  reversing: w('new period', 'neue Periode'),
  due: w('Foreign balances not revalued for {period}: {count} accounts', 'Fremdwährung für {period} nicht bewertet: {count} Konten'),
  dueOne: w('Foreign balances not revalued for {period}: 1 account', 'Fremdwährung für {period} nicht bewertet: 1 Konto'),
};

interface Input {
  readonly day: string;
  readonly gain_account_id?: number | undefined;
  readonly loss_account_id?: number | undefined;
  readonly max_age?: number | undefined;
}

const weekOld = 7;
const mostLines = lineSpan - 3;
const shownRows = 1000;

interface Valuation {
  readonly balance: ForeignBalance;
  readonly digits: number;
  readonly rate_nano: number | null;
  readonly rate_day: string;
  readonly source: string;
  readonly value: number | null;
}

interface Worked {
  readonly period: Period;
  readonly base: string;
  readonly found: readonly Valuation[];
  readonly left: readonly LeftRow[];
  readonly without: readonly string[];
  readonly problems: readonly string[];
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
const differenceOf = (one: Valuation): number => (one.value === null ? 0 : one.value - one.balance.carrying);

/** Every foreign balance at the end of a day with the rate that serves it. @throws Refused when no period holds the day */
function work(ctx: Ctx, day: string, maxAge: number): Worked {
  const period = calendar(ctx.db)(day);
  const base = baseOf(ctx);
  const rates = new Map<string, { rate_nano: number; rate_day: string; source: string; digits: number } | null>();
  const problems: string[] = [];
  const without: string[] = [];
  const rateOf = (currency: string): { rate_nano: number; rate_day: string; source: string; digits: number } | null => {
    const known = rates.get(currency);
    if (known !== undefined) return known;
    const found = rateOn(ctx.db, currency, day);
    const age = found ? daysBetween(found.day, day) : 0;
    const good = found !== null && found.rate_nano > 0 && age <= maxAge;
    if (!good) {
      without.push(currency);
      problems.push(found && found.rate_nano > 0 ? say(words.stale, ctx.language, { currency, found: found.day, age, day }) : say(words.missing, ctx.language, { currency, day }));
    }
    const made = good ? { rate_nano: found.rate_nano, rate_day: found.day, source: found.source, digits: digitsOf(ctx.db, currency) } : null;
    rates.set(currency, made);
    return made;
  };
  const found: Valuation[] = [];
  const left: LeftRow[] = [];
  for (const balance of foreignBalances(ctx, day)) {
    const { currency, quantity } = balance;
    if (!balance.monetary || !isCurrency(currency)) {
      const { account_id, number, account, carrying } = balance;
      left.push({ account_id, number, account, currency, digits: digitsOf(ctx.db, currency), quantity, carrying, why: balance.monetary ? 'no_currency' : 'not_monetary' });
      continue;
    }
    if (quantity === 0) {
      found.push({ balance, digits: digitsOf(ctx.db, currency), rate_nano: null, rate_day: '', source: '', value: 0 });
      continue;
    }
    const rate = rateOf(currency);
    const value = rate === null ? null : atRate(quantity, rate.digits, rate.rate_nano, exponentOf(base));
    if (value !== null && !Number.isSafeInteger(value)) problems.push(say(words.large, ctx.language, { account: balance.account, currency }));
    found.push({ balance, digits: rate?.digits ?? digitsOf(ctx.db, currency), rate_nano: rate?.rate_nano ?? null, rate_day: rate?.rate_day ?? '', source: rate?.source ?? '', value });
  }
  return { period, base, found, left, without, problems };
}

/** The account that was chosen, or the one whose use says so. */
function accountFor(ctx: Ctx, difference: Difference, chosen: number | undefined, problems: string[]): Named | null {
  if (chosen === undefined) return exchangeAccount(ctx, difference, false);
  const found = first<{ id: number; number: string; name: string; heading: number; archived: number; currency: string }>(ctx.db, sql`SELECT id, number, name, heading, archived, currency FROM accounts WHERE id = ${chosen}`);
  if (!found || found.heading === 1 || found.archived === 1) problems.push(say(words.chosen, ctx.language, {}));
  else if (found.currency !== '' && found.currency !== baseOf(ctx)) problems.push(say(words.kept, ctx.language, {}));
  return found ? { id: found.id, title: found.name, subtitle: found.number, archived: found.archived === 1 } : null;
}

interface Judged extends Worked {
  readonly gain: number;
  readonly loss: number;
  readonly gainAccount: Named | null;
  readonly lossAccount: Named | null;
}

function judge(ctx: Ctx, input: Input): Judged {
  const worked = work(ctx, input.day, input.max_age ?? weekOld);
  const problems = [...worked.problems];
  const differences = worked.found.map(differenceOf);
  const gain = differences.reduce((sum, one) => sum + Math.max(one, 0), 0);
  const loss = differences.reduce((sum, one) => sum + Math.max(-one, 0), 0);
  const [gainAccount, lossAccount] = [accountFor(ctx, 'gain', input.gain_account_id, problems), accountFor(ctx, 'loss', input.loss_account_id, problems)];
  if ((gain > 0 && !gainAccount) || (loss > 0 && !lossAccount)) problems.push(say(words.none, ctx.language, {}));
  if (differences.filter((one) => one !== 0).length > mostLines) problems.push(say(words.many, ctx.language, { most: mostLines }));
  return { ...worked, problems, gain, loss, gainAccount, lossAccount };
}

/** What revaluing would post. */
export function plan(ctx: Ctx, input: Input): RevaluationPlan {
  const { period, base, found, left, gain, loss, gainAccount, lossAccount, problems } = judge(ctx, input);
  const shown = [...found.filter((one) => differenceOf(one) !== 0 || one.value === null), ...found.filter((one) => differenceOf(one) === 0 && one.value !== null)].slice(0, shownRows);
  const parties = namesOf(ctx, shown.flatMap((one) => one.balance.party_id ?? []));
  return {
    day: input.day,
    currency: base,
    rows: shown.map(({ balance, digits, rate_nano, rate_day, source, value }): RevaluationRow => {
      const { account_id, number, account, currency, party_id, quantity, carrying } = balance;
      return { account_id, number, account, currency, digits, party_id, party: party_id === null ? '' : (parties.get(party_id) ?? ''), quantity, carrying, rate_nano, rate_day, source, value, difference: value === null ? null : value - carrying };
    }),
    count: found.length,
    left: left.slice(0, shownRows),
    gain,
    loss,
    gain_account: gainAccount,
    loss_account: lossAccount,
    next_day: addDays(period.end_day, 1),
    state: period.state,
    later: first<{ n: number }>(ctx.db, sql`SELECT count(*) AS n FROM entries WHERE origin = 'revaluation' AND state = 'posted' AND day > ${input.day}`)!.n,
    problems: [...problems, ...(period.state === 'hard' ? [say(words.hard, ctx.language, { name: period.name })] : [])].slice(0, 100),
  };
}

/** Names of parties, as far as the role may read them. */
function namesOf(ctx: Ctx, ids: readonly number[]): ReadonlyMap<number, string> {
  const party = entityNamed('party');
  if (ids.length === 0 || !reaches(ctx.rights.access[party.area], 'read')) return new Map();
  return new Map(names(ctx, party, { ids: [...new Set(ids)] }).map((one) => [one.id, one.title]));
}

/** Posts the unrealised differences of a day. @throws Refused invalid when a rate is missing or too old, no account is known, or the period is closed */
export function revalue(ctx: Ctx, input: Input & { readonly reverse_next?: boolean | undefined; readonly reason?: string | undefined }) {
  const { period, found, gain, loss, gainAccount, lossAccount, problems } = judge(ctx, input);
  refuseFirst(problems, 'day');
  const lines = found.filter((one) => differenceOf(one) !== 0).map((one) => lineOf(ctx, one));
  if (lines.length === 0) return { entry: null, reversal: null, difference: 0, balances: 0 };
  const bare = { currency: '', quantity: 0, party_id: null, department_id: null, place_id: null, project_id: null, tax_code_id: null, text: '' };
  const against = gainAccount?.id === lossAccount?.id ? [[gainAccount, loss - gain] as const] : [[gainAccount, -gain] as const, [lossAccount, loss] as const];
  for (const [account, amount] of against) if (account && amount !== 0) lines.push({ ...bare, account_id: account.id, amount });
  const narration = say(words.narration, ctx.language, { day: input.day });
  const entry = postEntry(ctx, { day: input.day, journal: 'exchange', narration, reference: '', lines, origin: 'revaluation' }, { reason: input.reason });
  const done = { entry: { id: entry.id, number: entry.number }, difference: gain - loss, balances: found.filter((one) => differenceOf(one) !== 0).length };
  if (input.reverse_next !== true) return { ...done, reversal: null };
  const reversal = reverseStored(ctx, { id: entry.id, number: entry.number, journal: 'exchange' }, addDays(period.end_day, 1), input.reason ?? say(words.reversing, ctx.language, {}));
  return { ...done, reversal: { id: reversal.id, number: reversal.number } };
}

/** A line that changes what a balance is carried at and nothing in its own currency. */
function lineOf(ctx: Ctx, one: Valuation): PostedLine {
  const { balance, rate_nano, rate_day, digits } = one;
  const { account_id, currency, party_id } = balance;
  const text = rate_nano === null ? say(words.empty, ctx.language, { currency }) : say(words.line, ctx.language, { quantity: decimalText(balance.quantity, digits), currency, rate: decimalText(rate_nano, 9), day: rate_day });
  return { account_id, amount: differenceOf(one), currency, quantity: 0, party_id, department_id: null, place_id: null, project_id: null, tax_code_id: null, text };
}

/** Revaluations that were posted. */
export function runs(ctx: Ctx): readonly RevaluationRun[] {
  interface Found {
    readonly id: number;
    readonly version: number;
    readonly number: string;
    readonly day: string;
    readonly posted_at: number;
    readonly posted_by: string;
    readonly difference: number;
    readonly balances: number;
    readonly reversal_id: number | null;
    readonly reversal_version: number;
    readonly reversal_number: string;
    readonly reversal_day: string;
  }
  const found = all<Found>(
    ctx.db,
    sql`SELECT e.id, e.version, e.number, e.day, e.posted_at, e.posted_by, r.id AS reversal_id, r.version AS reversal_version, r.number AS reversal_number, r.day AS reversal_day,
          (SELECT ifnull(sum(l.amount), 0) FROM entry_lines l WHERE l.id BETWEEN e.id * 16384 AND e.id * 16384 + 16383 AND l.currency <> '') AS difference,
          (SELECT count(*) FROM entry_lines l WHERE l.id BETWEEN e.id * 16384 AND e.id * 16384 + 16383 AND l.currency <> '') AS balances
        FROM entries e LEFT JOIN entries r ON r.reverses_id = e.id WHERE e.origin = 'revaluation' ORDER BY e.day DESC, e.id DESC LIMIT 200`,
  );
  return found.map(({ reversal_id, reversal_version, reversal_number, reversal_day, ...run }) => ({ ...run, reversal: reversal_id === null ? null : { id: reversal_id, version: reversal_version, number: reversal_number, day: reversal_day } }));
}

/** Whether the last period that has ended is still to be revalued; closed ones are not. */
export function due(ctx: Ctx): RevaluationDue | null {
  const last = first<Period>(ctx.db, sql`SELECT id, name, end_day, state FROM periods WHERE archived = 0 AND end_day < ${today(new Date(ctx.now))} ORDER BY end_day DESC LIMIT 1`);
  if (!last || last.state === 'hard') return null;
  const { found, without } = work(ctx, last.end_day, weekOld);
  const open = found.filter((one) => one.value === null || differenceOf(one) !== 0);
  if (open.length === 0) return null;
  return { period_id: last.id, period: last.name, day: last.end_day, accounts: new Set(open.map((one) => one.balance.account_id)).size, without };
}

/** Two weeks after the end of a period its revaluation is late. */
const patience = 14;

/** The share of the agenda: a period that has ended and is not revalued yet. */
export const revaluationAgenda: Agenda = (ctx, input) => {
  if (ctx.rights.access.entry === 'none' || input.mine) return [];
  const found = due(ctx);
  if (!found || found.day > input.until) return [];
  const title = say(found.accounts === 1 ? words.dueOne : words.due, ctx.language, { period: found.period, count: found.accounts });
  return [{ entity: 'period', id: found.period_id, version: 1, title, day: found.day, what: 'revaluation', owner_id: null, late: addDays(found.day, patience) < today(new Date(ctx.now)) }];
};
