import type { EntryChecked, EntryDraft, LineDraft } from '#contract/budgets/entry.ts';
import { Refused } from '#contract/kit/failure.ts';
import { exponentOf, plain } from '#contract/kit/money.ts';
import { say, w, type Words } from '#contract/kit/words.ts';
import type { Ctx } from '../../db/context.ts';
import { entityNamed } from '../../db/entities.ts';
import { all, first, name, sql } from '../../db/sql.ts';
import { convert } from '../accounts/rates.ts';
import { lineSpan, type PostedLine } from './posted.ts';

/** From lines as they are typed to lines that may be posted. */

const words = {
  named: w('Line {line}: there is no {what} {id}.', 'Zeile {line}: {what} {id} gibt es nicht.'),
  few: w('An entry needs at least two lines.', 'Eine Buchung braucht mindestens zwei Zeilen.'),
  many: w('An entry has at most {most} lines.', 'Eine Buchung hat höchstens {most} Zeilen.'),
  account: w('Line {line}: there is no account {id}.', 'Zeile {line}: Ein Konto {id} gibt es nicht.'),
  noAccount: w('Line {line}: the account is missing.', 'Zeile {line}: Das Konto fehlt.'),
  heading: w('Line {line}: {account} is a heading and takes no lines.', 'Zeile {line}: {account} ist eine Überschrift und nimmt keine Buchungen auf.'),
  archived: w('Line {line}: {account} is archived.', 'Zeile {line}: {account} ist archiviert.'),
  currency: w('Line {line}: {account} is kept in {currency}.', 'Zeile {line}: {account} wird in {currency} geführt.'),
  none: w('Line {line}: the amount is missing.', 'Zeile {line}: Der Betrag fehlt.'),
  rate: w('Line {line}: there is no rate of {currency} for {day}. Give the amount in {base}, or add a rate.', 'Zeile {line}: Für {currency} gibt es zum {day} keinen Kurs. Bitte den Betrag in {base} angeben oder einen Kurs anlegen.'),
  sign: w('Line {line}: amount and quantity point in different directions.', 'Zeile {line}: Betrag und Menge haben verschiedene Vorzeichen.'),
  balance: w('Debits and credits differ by {difference} {currency}.', 'Soll und Haben unterscheiden sich um {difference} {currency}.'),
};

/** Currency of the company. */
export const baseOf = (ctx: Ctx): string => first<{ currency: string }>(ctx.db, sql`SELECT currency FROM company`)?.currency ?? 'EUR';

interface Known {
  readonly id: number;
  readonly name: string;
  readonly heading: number;
  readonly archived: number;
  readonly currency: string;
}

/** Checks accounts and currencies, fills in amounts by the rate of the day, and makes sure that it balances. @throws Refused invalid, naming the line */
export function checked(ctx: Ctx, draft: EntryDraft): PostedLine[] {
  const { lines } = draft;
  if (lines.length < 2) throw new Refused('invalid', words.few, {}, 'lines');
  if (lines.length >= lineSpan) throw new Refused('invalid', words.many, { most: lineSpan - 1 }, 'lines');
  const base = baseOf(ctx);
  const known = accountsOf(ctx, lines);
  const found = lines.map((line, at) => valued(ctx, line, at + 1, draft.day, base, known));
  checkNamed(ctx, lines);
  const sum = found.reduce((before, line) => before + line.amount, 0);
  if (!Number.isSafeInteger(sum)) throw new Refused('invalid', words.none, { line: 1 }, 'lines');
  if (sum !== 0) throw new Refused('invalid', words.balance, { difference: plain(Math.abs(sum), base), currency: base }, 'lines');
  return found;
}

function accountsOf(ctx: Ctx, lines: readonly LineDraft[]): ReadonlyMap<number, Known> {
  const ids = JSON.stringify([...new Set(lines.map((line) => line.account_id))]);
  return new Map(all<Known>(ctx.db, sql`SELECT id, name, heading, archived, currency FROM accounts WHERE id IN (SELECT value FROM json_each(${ids}))`).map((row) => [row.id, row]));
}

/** What stands against each line, and what the lines are worth that have no amount of their own. */
export function lineProblems(ctx: Ctx, draft: EntryDraft): Pick<EntryChecked, 'problems' | 'valued' | 'debit' | 'credit'> {
  const base = baseOf(ctx);
  const known = accountsOf(ctx, draft.lines);
  const problems: EntryChecked['problems'][number][] = [];
  const worth: EntryChecked['valued'][number][] = [];
  let [debit, credit] = [0, 0];
  for (const [at, line] of draft.lines.entries()) {
    let amount = line.amount ?? 0;
    try {
      ({ amount } = valued(ctx, line, at + 1, draft.day, base, known));
      if (line.amount === undefined && worth.length < 1000) worth.push({ line: at + 1, amount });
    } catch (thrown) {
      if (!(thrown instanceof Refused)) throw thrown;
      if (problems.length < 100) problems.push({ line: at + 1, about: aboutAmounts.has(thrown.words) ? 'amount' : 'account', message: say(thrown.words, ctx.language, thrown.params) });
    }
    if (amount > 0) debit += amount;
    else credit -= amount;
  }
  return { problems, valued: worth, debit, credit: credit || 0 };
}

const aboutAmounts = new Set<Words>([words.none, words.rate, words.sign]);

/** Makes sure that the tags of lines are there, those of entries as those of templates. @throws Refused invalid, naming the line */
export function checkTags(ctx: Ctx, lines: readonly Pick<LineDraft, 'tags'>[]): void {
  const tags = new Set(lines.flatMap((line) => line.tags ?? []));
  if (tags.size === 0) return;
  const there = new Set(all<{ id: number }>(ctx.db, sql`SELECT id FROM own_tags WHERE id IN (SELECT value FROM json_each(${JSON.stringify([...tags])}))`).map((row) => row.id));
  const at = lines.findIndex((line) => line.tags?.some((id) => !there.has(id)) === true);
  if (at !== -1) throw new Refused('invalid', words.named, { line: at + 1, what: entityNamed('own_tag').label[ctx.language], id: lines[at]!.tags!.find((id) => !there.has(id)) }, 'lines');
}

/** Makes sure that everything the lines name beside accounts is there. */
function checkNamed(ctx: Ctx, lines: readonly LineDraft[]): void {
  checkTags(ctx, lines);
  for (const [key, kind] of [['party_id', 'party'], ['department_id', 'department'], ['place_id', 'place'], ['project_id', 'project'], ['tax_code_id', 'tax_code']] as const) {
    const wanted = new Set(lines.flatMap((line) => line[key] ?? []));
    if (wanted.size === 0) continue;
    const of = entityNamed(kind);
    const there = new Set(all<{ id: number }>(ctx.db, sql`SELECT id FROM ${name(of.table)} WHERE id IN (SELECT value FROM json_each(${JSON.stringify([...wanted])}))`).map((row) => row.id));
    const at = lines.findIndex((line) => line[key] != null && !there.has(line[key]));
    if (at !== -1) throw new Refused('invalid', words.named, { line: at + 1, what: of.label[ctx.language], id: lines[at]![key] }, 'lines');
  }
}

function valued(ctx: Ctx, line: LineDraft, at: number, day: string, base: string, known: ReadonlyMap<number, Known>): PostedLine {
  if (line.account_id === null) throw new Refused('invalid', words.noAccount, { line: at }, 'lines');
  const account = known.get(line.account_id);
  if (!account) throw new Refused('invalid', words.account, { line: at, id: line.account_id }, 'lines');
  if (account.heading === 1) throw new Refused('invalid', words.heading, { line: at, account: account.name }, 'lines');
  if (account.archived === 1) throw new Refused('invalid', words.archived, { line: at, account: account.name }, 'lines');
  const currency = line.currency === undefined || line.currency === base ? '' : line.currency;
  if (account.currency !== '' && account.currency !== (currency === '' ? base : currency)) throw new Refused('invalid', words.currency, { line: at, account: account.name, currency: account.currency }, 'lines');
  const quantity = currency === '' ? 0 : (line.quantity ?? 0);
  let amount = line.amount ?? (currency === '' ? line.quantity : undefined);
  if (amount === undefined && currency !== '' && line.quantity !== undefined) {
    const worth = convert(ctx.db, { quantity: line.quantity, currency, day, base, digits: exponentOf(base) });
    if (worth === null) throw new Refused('invalid', words.rate, { line: at, currency, day, base }, 'lines');
    amount = worth;
  }
  if (amount === undefined || (amount === 0 && quantity === 0)) throw new Refused('invalid', words.none, { line: at }, 'lines');
  if (amount * quantity < 0) throw new Refused('invalid', words.sign, { line: at }, 'lines');
  return {
    account_id: line.account_id,
    amount,
    currency,
    quantity,
    party_id: line.party_id ?? null,
    department_id: line.department_id ?? null,
    place_id: line.place_id ?? null,
    project_id: line.project_id ?? null,
    tax_code_id: line.tax_code_id ?? null,
    text: line.text ?? '',
    ...(line.tags === undefined || line.tags.length === 0 ? {} : { tags: [...new Set(line.tags)].toSorted((a, b) => a - b) }),
  };
}
