import { asset, type assetCalls, assetMethods, assetUse, conventions } from '#contract/budgets/asset.ts';
import type { InputOf, Written } from '#contract/kit/call.ts';
import type { AnyDraft, AnyRow } from '#contract/kit/entity.ts';
import { Refused, refusals } from '#contract/kit/failure.ts';
import { w } from '#contract/kit/words.ts';
import type { Ctx } from '../db/context.ts';
import { entityNamed } from '../db/entities.ts';
import { room } from '../db/room.ts';
import { all, first, sql } from '../db/sql.ts';
import { insert, setArchived } from '../db/table.ts';
import { textAt } from '../db/values.ts';
import { type AssetFacts, lossOf } from './assetFigures.ts';
import { assetOf, called, fiscalStart, runsOf } from './assetRows.ts';
import { lineSpan } from './posted.ts';

/** The register of fixed assets: what may be written in it, and assets that come from a purchase. */

const words = {
  rests: w('{field}: depreciation is posted that rests on it. Reverse those entries first.', '{field}: Darauf beruht gebuchte Abschreibung. Bitte zuerst diese Buchungen stornieren.'),
  disposed: w('{asset} was disposed of; reverse its disposal first.', '{asset} ist abgegangen; bitte zuerst den Abgang stornieren.'),
  heading: w('{account} is a heading and takes no lines.', '{account} ist eine Überschrift und nimmt keine Buchungen auf.'),
  archive: w('{asset} is in use and has postings. Dispose of it first.', '{asset} ist in Gebrauch und hat Buchungen. Bitte zuerst den Abgang buchen.'),
  byUnits: w('{asset} does not lose its value by use.', '{asset} wird nicht nach Leistung abgeschrieben.'),
  early: w('{asset} was put into use on {day} only.', '{asset} ist erst seit dem {day} in Gebrauch.'),
  line: w('There is no posted line {line} in this entry.', 'Eine gebuchte Zeile {line} gibt es in dieser Buchung nicht.'),
  debit: w('Only a line with a debit becomes an asset.', 'Nur eine Zeile im Soll wird zum Anlagegut.'),
  twice: w('This line is {asset} already.', 'Diese Zeile ist schon {asset}.'),
};

const numberAt = (row: AnyDraft, key: string): number => {
  const value = row[key];
  return typeof value === 'number' ? value : 0;
};

/** What depreciation rests on, out of a record as it is typed. */
function factsOf(values: AnyDraft): AssetFacts {
  const inUse = textAt(values, 'in_use_day');
  return {
    method: assetMethods.find((one) => one.value === values['method'])?.value ?? 'none',
    cost: numberAt(values, 'cost'),
    salvage: numberAt(values, 'salvage'),
    in_use_day: inUse === '' ? textAt(values, 'acquired_day') : inUse,
    life_months: numberAt(values, 'life_months'),
    rate_ppm: numberAt(values, 'rate_ppm'),
    to_straight: values['to_straight'] === true,
    convention: conventions.find((one) => one.value === values['convention'])?.value ?? 'month',
    units_total: numberAt(values, 'units_total'),
    brought_day: textAt(values, 'brought_day'),
    brought_amount: numberAt(values, 'brought_amount'),
  };
}

/** What may not change any more once depreciation was posted. */
const resting = ['acquired_day', 'in_use_day', 'cost', 'salvage', 'method', 'life_months', 'rate_ppm', 'to_straight', 'convention', 'units_total', 'depreciation_account_id', 'brought_day', 'brought_amount'] as const;
/** What may not change once it was disposed of, beside that. */
const closed = ['asset_account_id', 'expense_account_id', ...resting] as const;
const roles = { asset_account_id: 'fixed_asset', depreciation_account_id: 'accumulated_depreciation', expense_account_id: 'depreciation' } as const;

/** The account that takes lines and has a use; null when there is none or more than one, for then it is somebody's choice. */
export function accountFor(ctx: Ctx, role: string): number | null {
  const found = all<{ id: number }>(ctx.db, sql`SELECT id FROM accounts WHERE role = ${role} AND heading = 0 AND archived = 0 LIMIT 2`);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

function complete(ctx: Ctx, values: AnyDraft, before: AnyRow | null): AnyDraft {
  if (before) holdFast(ctx, values, before);
  const made: AnyDraft = before ? values : { ...Object.fromEntries(Object.entries(roles).map(([key, role]) => [key, accountFor(ctx, role)])), convention: 'month', ...filled(values), state: 'in_use' };
  for (const key of Object.keys(roles)) {
    const heading = first<{ name: string }>(ctx.db, sql`SELECT name FROM accounts WHERE id = ${made[key] ?? null} AND heading = 1`);
    if (heading) throw new Refused('invalid', words.heading, { account: heading.name }, key);
  }
  const facts = factsOf({ ...before, ...made });
  lossOf(facts, [], fiscalStart(ctx))(facts.in_use_day);
  return made;
}

/** What is left empty takes its usual value. */
const filled = (values: AnyDraft): AnyDraft => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== ''));

function holdFast(ctx: Ctx, values: AnyDraft, before: AnyRow): void {
  const disposed = before['state'] === 'disposed';
  const held: readonly string[] = disposed ? closed : runsOf(ctx, before.id).length > 0 ? resting : [];
  const field = held.find((key) => key in values && JSON.stringify(values[key]) !== JSON.stringify(before[key]));
  if (field === undefined) return;
  if (disposed) throw new Refused('invalid', words.disposed, { asset: called(assetOf(ctx, before.id)) }, field);
  throw new Refused('invalid', words.rests, { field: entityNamed('asset').fields[field]!.label[ctx.language] }, field);
}

export const assetRoom = room(asset, { complete });

/** Uses are noted for assets that wear by use and are still there. */
export const assetUseRoom = room(assetUse, {
  complete: (ctx, values, before) => {
    const both = { ...before, ...values };
    const one = assetOf(ctx, numberAt(both, 'asset_id'));
    if (one.state === 'disposed') throw new Refused('invalid', words.disposed, { asset: called(one) }, 'asset_id');
    if (one.method !== 'units') throw new Refused('invalid', words.byUnits, { asset: called(one) }, 'asset_id');
    if (textAt(both, 'day') < one.in_use_day) throw new Refused('invalid', words.early, { asset: called(one), day: one.in_use_day }, 'day');
    return values;
  },
});

/** Puts an asset away. @throws Refused invalid while it is in use and has postings */
export function archive(ctx: Ctx, input: { readonly id: number; readonly version: number }): Written {
  const one = assetOf(ctx, input.id);
  if (one.state !== 'disposed' && runsOf(ctx, input.id).length > 0) throw new Refused('invalid', words.archive, { asset: called(one) });
  return setArchived(ctx, assetRoom.entity, input.id, input.version, true, assetRoom.rules);
}

interface Bought {
  readonly day: string;
  readonly narration: string;
  readonly state: string;
  readonly account_id: number;
  readonly amount: number;
  readonly text: string;
  readonly party_id: number | null;
  readonly department_id: number | null;
  readonly place_id: number | null;
}

/** Makes an asset of a posted purchase line. @throws Refused missing, invalid (credit, or an asset already) */
export function capitalise(ctx: Ctx, input: InputOf<(typeof assetCalls)['asset.capitalise']>): Written {
  const entry = first<{ state: string }>(ctx.db, sql`SELECT state FROM entries WHERE id = ${input.entry_id}`);
  if (!entry) throw new Refused('missing', refusals.missing, { what: entityNamed('entry').label[ctx.language], id: input.entry_id });
  const line = first<Bought>(
    ctx.db,
    sql`SELECT e.day, e.narration, e.state, l.account_id, l.amount, l.text, l.party_id, l.department_id, l.place_id FROM entries e JOIN entry_lines l ON l.id = ${input.entry_id * lineSpan + input.line} WHERE e.id = ${input.entry_id} AND e.state = 'posted' AND ${input.line} < ${lineSpan}`,
  );
  if (!line) throw new Refused('invalid', words.line, { line: input.line }, 'line');
  if (line.amount <= 0) throw new Refused('invalid', words.debit, {}, 'line');
  const other = first<{ id: number }>(ctx.db, sql`SELECT id FROM assets WHERE entry_id = ${input.entry_id} AND entry_line = ${input.line}`);
  if (other) throw new Refused('invalid', words.twice, { asset: called(assetOf(ctx, other.id)) }, 'line');
  // Purchases name the supplier on the line that is owed, mostly.
  const supplier = line.party_id ?? first<{ party_id: number }>(ctx.db, sql`SELECT party_id FROM entry_lines WHERE id BETWEEN ${input.entry_id * lineSpan} AND ${(input.entry_id + 1) * lineSpan - 1} AND party_id IS NOT NULL ORDER BY id`)?.party_id ?? null;
  const name = [input.name, line.text, line.narration, entityNamed('asset').label[ctx.language]].find((one) => one !== undefined && one !== '') ?? '';
  const written = insert(
    ctx,
    assetRoom.entity,
    {
      name: name.slice(0, 200),
      acquired_day: line.day,
      in_use_day: input.in_use_day ?? line.day,
      cost: line.amount,
      method: input.method ?? 'straight_line',
      life_months: input.life_months ?? null,
      rate_ppm: input.rate_ppm ?? null,
      party_id: supplier,
      department_id: line.department_id,
      place_id: line.place_id,
      asset_account_id: line.account_id,
      depreciation_account_id: input.depreciation_account_id ?? null,
      expense_account_id: input.expense_account_id ?? null,
      entry_id: input.entry_id,
      entry_line: input.line,
    },
    assetRoom.rules,
  );
  return written;
}
