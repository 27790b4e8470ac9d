import type { EntryDraft, LineDraft } from '#contract/budgets/entry.ts';
import { entry } from '#contract/budgets/entry.ts';
import { entryTemplate, type Filled, type TemplateLine, type TemplateLineDraft, type templateCalls } from '#contract/budgets/template.ts';
import type { InputOf, Written } from '#contract/kit/call.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { type Language, w } from '#contract/kit/words.ts';
import { append } from '../../db/audit.ts';
import type { Ctx } from '../../db/context.ts';
import { entityNamed } from '../../db/entities.ts';
import { room } from '../../db/room.ts';
import { all, first, name, run, sql } from '../../db/sql.ts';
import { insert, update } from '../../db/table.ts';
import { linesOf, mayTypeIn, usualJournal } from './entry.ts';
import { checkTags } from './lines.ts';
import { sharesOf, shareText } from './shares.ts';

/** Templates of entries: kept with their lines, taken from entries, and filled in for a day. */

const words = {
  named: w('Line {line}: there is no {what} {id}.', 'Zeile {line}: {what} {id} gibt es nicht.'),
  heading: w('Line {line}: {account} is a heading and takes no lines.', 'Zeile {line}: {account} ist eine Überschrift und nimmt keine Buchungen auf.'),
  side: w('Line {line}: say whether it is a debit or a credit.', 'Zeile {line}: Bitte Soll oder Haben angeben.'),
  both: w('Line {line} has an amount and a share; only one of them may be given.', 'Zeile {line} hat einen Betrag und einen Anteil; nur eines von beiden geht.'),
  currency: w('Line {line}: a share or an amount is in the currency of the company; give the quantity for another currency.', 'Zeile {line}: Anteile und Beträge sind in der Firmenwährung; für eine andere Währung bitte die Menge angeben.'),
  many: w('A template has at most {most} lines; this entry has more.', 'Eine Vorlage hat höchstens {most} Zeilen; diese Buchung hat mehr.'),
  nothing: w('This entry has no lines yet.', 'Diese Buchung hat noch keine Zeilen.'),
};

export const templateRoom = room(entryTemplate);

const mostLines = 500;
const refs = { account_id: 'account', party_id: 'party', department_id: 'department', place_id: 'place', project_id: 'project', tax_code_id: 'tax_code' } as const;
type RefKey = keyof typeof refs;
const refKeys: readonly RefKey[] = ['account_id', 'party_id', 'department_id', 'place_id', 'project_id', 'tax_code_id'];

/** Makes sure that what lines name is there, and that each says one thing. */
function checkLines(ctx: Ctx, lines: readonly TemplateLineDraft[]): void {
  for (const key of refKeys) {
    const wanted = [...new Set(lines.flatMap((line) => line[key] ?? []))];
    if (wanted.length === 0) continue;
    const of = entityNamed(refs[key]);
    const there = new Set(all<{ id: number }>(ctx.db, sql`SELECT id FROM ${name(of.table)} WHERE id IN (SELECT value FROM json_each(${JSON.stringify(wanted)}))`).map((row) => row.id));
    const at = lines.findIndex((line) => line[key] != null && !there.has(line[key]));
    if (at !== -1) throw new Refused('invalid', words.named, { line: at + 1, what: of.label[ctx.language], id: lines[at]![key] }, 'lines');
  }
  checkTags(ctx, lines);
  for (const [at, one] of lines.entries()) {
    const { amount = null, quantity = null, share = '', side = '', currency = '' } = one;
    const line = at + 1;
    const heading = first<{ name: string }>(ctx.db, sql`SELECT name FROM accounts WHERE id = ${one.account_id} AND heading = 1`);
    if (heading) throw new Refused('invalid', words.heading, { line, account: heading.name }, 'lines');
    if (amount !== null && share !== '') throw new Refused('invalid', words.both, { line }, 'lines');
    if (side === '' && (amount !== null || quantity !== null || share !== '')) throw new Refused('invalid', words.side, { line }, 'lines');
    if (currency !== '' && share !== '') throw new Refused('invalid', words.currency, { line }, 'lines');
  }
  for (const side of ['debit', 'credit']) sharesOf(0, lines.filter((line) => (line.share ?? '') !== '' && line.side === side).map((line) => line.share!));
}

function writeLines(ctx: Ctx, id: number, lines: readonly TemplateLineDraft[]): void {
  run(ctx.db, sql`DELETE FROM entry_template_lines WHERE template_id = ${id}`);
  for (const [at, line] of lines.entries()) {
    const { id: written } = run(
      ctx.db,
      sql`INSERT INTO entry_template_lines (created_at, updated_at, template_id, line, account_id, side, amount, share, currency, quantity, party_id, department_id, place_id, project_id, tax_code_id, text)
          VALUES (${ctx.now}, ${ctx.now}, ${id}, ${at + 1}, ${line.account_id}, ${line.side ?? ''}, ${line.amount ?? null}, ${line.share ?? ''}, ${line.currency ?? ''}, ${line.quantity ?? null},
            ${line.party_id ?? null}, ${line.department_id ?? null}, ${line.place_id ?? null}, ${line.project_id ?? null}, ${line.tax_code_id ?? null}, ${line.text ?? ''})`,
    );
    for (const tag of new Set(line.tags)) run(ctx.db, sql`INSERT INTO entry_template_line_tags (line_id, tag_id) VALUES (${written}, ${tag})`);
  }
}

/** Saves a template with its lines. @throws Refused invalid (naming the line), conflict, missing */
export function save(ctx: Ctx, input: InputOf<(typeof templateCalls)['entry_template.save']>): Written {
  const { id, version, lines, ...head } = input;
  mayTypeIn(ctx, head.journal);
  checkLines(ctx, lines);
  if (id === undefined) {
    const made = insert(ctx, templateRoom.entity, { journal: 'general', ...head });
    writeLines(ctx, made.id, lines);
    return made;
  }
  const before = JSON.stringify(templateLines(ctx, { id }));
  const written = update(ctx, templateRoom.entity, id, version ?? 0, head);
  writeLines(ctx, id, lines);
  const after = templateLines(ctx, { id });
  if (JSON.stringify(after) === before) return written;
  append(ctx, { action: 'changed', entity: entryTemplate.name, id, title: head.name, changes: { lines: [(JSON.parse(before) as unknown[]).length, after.length] } });
  // The head may be as it was: the lines alone make a new version too.
  if (written.version === version) run(ctx.db, sql`UPDATE entry_templates SET version = version + 1, updated_at = ${ctx.now} WHERE id = ${id}`);
  return { id, version: (version ?? 0) + 1 };
}

/** Lines of a template, in order. */
export const templateLines = (ctx: Ctx, input: { id: number }): readonly TemplateLine[] =>
  all<Omit<TemplateLine, 'tags'> & { tags: string }>(
    ctx.db,
    sql`SELECT l.line, l.account_id, ifnull(a.name, '') AS account, ifnull(a.number, '') AS number, l.side, l.amount, l.share, l.currency, l.quantity, l.party_id, l.department_id, l.place_id, l.project_id, l.tax_code_id, l.text,
          (SELECT json_group_array(tag_id) FROM (SELECT tag_id FROM entry_template_line_tags WHERE line_id = l.id ORDER BY tag_id)) AS tags
        FROM entry_template_lines l LEFT JOIN accounts a ON a.id = l.account_id WHERE l.template_id = ${input.id} ORDER BY l.line`,
  ).map((line) => ({ ...line, tags: JSON.parse(line.tags) as number[] }));

/** A line of an entry as one of a template. `of`: what shares are taken of. */
function taken(line: LineDraft, amounts: 'fixed' | 'open' | 'share', of: number): TemplateLineDraft {
  const { amount = 0, quantity = 0, currency = '', account_id, text = '' } = line;
  const figure = amount === 0 ? quantity : amount;
  const common = { account_id, text, ...(line.tags === undefined || line.tags.length === 0 ? {} : { tags: line.tags }), ...Object.fromEntries(refKeys.flatMap((key) => (key === 'account_id' || line[key] == null ? [] : [[key, line[key]]]))) };
  if (figure === 0) return { ...common, currency };
  const side = figure > 0 ? 'debit' : 'credit';
  if (amounts === 'share' && currency === '') return { ...common, side, share: shareText(Math.abs(amount), of) };
  if (amounts === 'open') return { ...common, side, currency };
  // What stands in another currency is valued by the rate of the day on which the template is used.
  return currency === '' || quantity === 0 ? { ...common, side, amount: Math.abs(figure) } : { ...common, side, currency, quantity: Math.abs(quantity) };
}

/** Makes a template of an entry or a draft. */
export function take(ctx: Ctx, input: InputOf<(typeof templateCalls)['entry_template.take']>): Written {
  const from = input.draft ?? entryOf(ctx, input.entry_id ?? 0);
  if (from.lines.length === 0) throw new Refused('invalid', words.nothing, {}, 'lines');
  if (from.lines.length > mostLines) throw new Refused('invalid', words.many, { most: mostLines }, 'lines');
  const sum = (sign: number): number => from.lines.reduce((so, line) => so + Math.max(0, sign * (line.amount ?? 0)), 0);
  const whole = Math.max(sum(1), sum(-1));
  const amounts = input.amounts ?? 'fixed';
  const lines = from.lines.map((line) => taken(line, amounts === 'share' && whole === 0 ? 'open' : amounts, whole));
  return save(ctx, { name: input.name, ...(input.code === undefined ? {} : { code: input.code }), journal: from.journal ?? 'general', narration: from.narration ?? '', reference: '', lines });
}

function entryOf(ctx: Ctx, id: number): EntryDraft {
  const found = first<{ day: string; journal: NonNullable<EntryDraft['journal']>; narration: string }>(ctx.db, sql`SELECT day, journal, narration FROM entries WHERE id = ${id}`);
  if (!found) throw new Refused('missing', refusals.missing, { what: entry.label[ctx.language], id });
  const lines = linesOf(ctx, { id }).map(({ line: _line, account: _account, number: _number, ...line }): LineDraft => line);
  return { ...found, journal: usualJournal(found.journal), lines };
}

/** Puts the date of the entry into the places of a text. */
export function dated(text: string, day: string, language: Language): string {
  const month = (): string => new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  const places: Readonly<Record<string, () => string>> = { day: () => String(Number(day.slice(8))), month, quarter: () => String(Math.ceil(Number(day.slice(5, 7)) / 3)), year: () => day.slice(0, 4) };
  return text.replace(/\{(day|month|quarter|year)\}/g, (_place, key: string) => places[key]!()).slice(0, 500);
}

/** The amount of each line, debit positive; undefined where it is left open. Shares of each side come to their sum exactly. */
function amountsOf(lines: readonly TemplateLine[], amount: number | undefined): (number | undefined)[] {
  const found = lines.map((line) => (line.amount === null ? undefined : line.side === 'credit' ? -line.amount : line.amount));
  if (amount === undefined) return found;
  for (const side of ['debit', 'credit'] as const) {
    const shared = [...lines.keys()].filter((at) => lines[at]!.share !== '' && lines[at]!.side === side);
    sharesOf(side === 'debit' ? amount : -amount, shared.map((at) => lines[at]!.share)).forEach((share, at) => (found[shared[at]!] = share));
  }
  return found;
}

/** The entry that a template makes on a day; writes nothing. @throws Refused missing */
export function fill(ctx: Ctx, input: { id: number; day: string; amount?: number | undefined }): Filled {
  const found = first<{ id: number; name: string; journal: NonNullable<EntryDraft['journal']> | ''; narration: string; reference: string }>(ctx.db, sql`SELECT id, name, journal, narration, reference FROM entry_templates WHERE id = ${input.id}`);
  if (!found) throw new Refused('missing', refusals.missing, { what: entryTemplate.label[ctx.language], id: input.id });
  const lines = templateLines(ctx, input);
  const amounts = amountsOf(lines, input.amount);
  const made = lines.map((line, at): LineDraft => {
    const quantity = line.quantity === null ? undefined : line.side === 'credit' ? -line.quantity : line.quantity;
    return {
      account_id: line.account_id,
      ...(amounts[at] === undefined ? {} : { amount: amounts[at] }),
      ...(line.currency === '' ? {} : { currency: line.currency, ...(quantity === undefined ? {} : { quantity }) }),
      ...Object.fromEntries(refKeys.flatMap((key) => (key === 'account_id' || line[key] === null ? [] : [[key, line[key]]]))),
      ...(line.tags.length === 0 ? {} : { tags: line.tags }),
      ...(line.text === '' ? {} : { text: dated(line.text, input.day, ctx.language) }),
    };
  });
  return {
    template: { id: found.id, name: found.name },
    asks: lines.some((line) => line.share !== ''),
    draft: { day: input.day, journal: found.journal === '' || found.journal === 'closing' ? 'general' : found.journal, narration: dated(found.narration, input.day, ctx.language), reference: dated(found.reference, input.day, ctx.language).slice(0, 100), lines: made },
    lines: lines.map(({ side: _side, share: _share, ...line }, at) => ({ ...line, amount: amounts[at] ?? 0, quantity: made[at]?.quantity ?? 0, text: made[at]?.text ?? '' })),
    open: lines.flatMap((line, at) => (amounts[at] === undefined && made[at]?.quantity === undefined ? [{ line: at + 1, side: line.side }] : [])),
  };
}
