import { z } from 'zod';
import { call, crud, needs } from '../kit/call.ts';
import { entity } from '../kit/entity.ts';
import { choice, longtext, text } from '../kit/field.ts';
import { w } from '../kit/words.ts';
import { type Statement, statementSchema } from './report.ts';

/** Statements that a firm designs itself: ordered rows over accounts and over other rows, run on the kept balances. */

/**
 * `accounts` sums accounts, `formula` reckons with other rows, `total` adds rows up; `heading`, `blank` and `note` hold no figure of their own.
 * In the label of a note {R10} is the figure of a row, {R10:2} that of the second column, {balance:1200} and {movement:4000-4999}
 * those of accounts, debit positive; {-balance:1200} turns the sign.
 */
export const rowKinds = ['heading', 'accounts', 'formula', 'total', 'blank', 'note'] as const;
export type RowKind = (typeof rowKinds)[number];

/** What a row of accounts takes: what moved without closing entries, the balance at the end, the one before, or what moved with closing entries. */
export const rowBases = ['result', 'balance', 'before', 'moved'] as const;
export type RowBasis = (typeof rowBases)[number];

/** How the figure of a row is written: money; a percentage with one digit; a plain number with two. */
export const rowFormats = ['amount', 'percent', 'ratio'] as const;
export type RowFormat = (typeof rowFormats)[number];

const controls = /[\u0000-\u001f\u007f]/;
const line = (max: number) => z.string().max(max).refine((value) => !controls.test(value) && value.isWellFormed(), 'holds control characters');

/** One row of a design. What is left out is empty, no, or the first of its choices. */
export const designRowSchema = z.strictObject({
  kind: z.enum(rowKinds),
  /** By which formulas name the row: a letter, then letters and digits. Case does not matter. */
  code: z.string().regex(/^([A-Za-z]\w{0,19})?$/, 'is no code: a letter, then letters and digits').optional(),
  /** Name of the row; the whole text of a note. */
  label: line(1000).optional(),
  /** Accounts, formula, or rows to add up; see the handbook for how they are written. */
  of: line(1000).optional(),
  basis: z.enum(rowBases).optional(),
  format: z.enum(rowFormats).optional(),
  indent: z.int().min(0).max(6).optional(),
  /** Turns the sign: credits are shown positive. */
  turn: z.boolean().optional(),
  bold: z.boolean().optional(),
  /** Left out where every column is zero. */
  hide: z.boolean().optional(),
  /** Every account stands below with a line of its own. */
  each: z.boolean().optional(),
  /** Concept of a taxonomy, such as `core:TurnoverRevenue`. It goes into files beside the figure. */
  tag: line(200).optional(),
});
export type DesignRow = z.infer<typeof designRowSchema>;

/** The rows of a design, in their order. */
export const designRowsSchema = z.array(designRowSchema).max(300);

/** What a design is meant to hold completely, so that a missing account can be told. */
export const coverages = [
  { value: 'result', label: w('All income and expenses', 'Alle Erträge und Aufwendungen') },
  { value: 'balance', label: w('All balances', 'Alle Salden') },
] as const;
export type Coverage = (typeof coverages)[number]['value'] | '';

export const statementDesign = entity({
  name: 'statement_design',
  table: 'statement_designs',
  label: w('Own statement', 'Eigene Auswertung'),
  plural: w('Own statements', 'Eigene Auswertungen'),
  area: 'report',
  filing: { module: 'budgets', icon: 'DataBarVertical' },
  title: 'name',
  subtitle: 'description',
  order: 'name',
  list: ['name', 'description', 'covers'],
  search: ['name', 'description'],
  keys: ['name'],
  purpose: w('Statements laid out as this firm reads them: own rows, formulas, key figures and notes.', 'Auswertungen, wie diese Firma sie liest: eigene Zeilen, Formeln, Kennzahlen und Erläuterungen.'),
  fields: {
    name: text(w('Name', 'Bezeichnung'), { required: true, max: 120, unique: true, sortable: true, width: 260 }),
    description: text(w('Description', 'Beschreibung'), { max: 200, width: 360 }),
    covers: choice(w('Should hold', 'Soll enthalten'), coverages, { width: 220, hint: w('Missing ones are listed', 'Fehlende werden genannt') }),
    rows: longtext(w('Rows', 'Zeilen'), { max: 200_000, hint: w('As JSON', 'Als JSON') }),
  },
});

/** What stands against a row. `row` counts from 0. */
export interface DesignProblem {
  readonly row: number;
  readonly about: 'code' | 'label' | 'of';
  readonly message: string;
  /** The design cannot be saved like this; otherwise the row only has no figure, or another one than was meant. */
  readonly grave: boolean;
}

/** An account that a complete design would hold exactly once. */
export interface Misplaced {
  readonly account_id: number;
  readonly number: string;
  readonly account: string;
  /** Minor units, debit positive, in the first column. */
  readonly amount: number;
  /** Codes of the rows that hold it; none where it is missing. */
  readonly rows: readonly string[];
}

/** A design that was run: the statement, and what is to be said about its rows. Both lists of accounts hold at most 200. */
export interface DesignedStatement extends Statement<number | null> {
  readonly problems: readonly DesignProblem[];
  readonly missing: readonly Misplaced[];
  readonly twice: readonly Misplaced[];
}

/** A design to begin with. */
export interface Starter {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly covers: Coverage;
  readonly rows: readonly DesignRow[];
}

export const designCalls = {
  ...crud(statementDesign),
  'statement_design.starters': call<readonly Starter[]>()({
    kind: 'heavy',
    input: z.strictObject({}),
    needs: needs('report', 'read'),
    of: 'statement_design',
    about: 'Designs to begin with: the statements that are built in, laid out for the chart of this company, and some of general use.',
  }),
  'report.design': call<DesignedStatement>()({
    kind: 'heavy',
    input: statementSchema.extend({
      design: z.union([
        z.strictObject({ id: z.int().positive() }),
        z.strictObject({ name: z.string().min(1).max(120) }),
        z.strictObject({ title: z.string().max(120), covers: z.enum(['', 'result', 'balance']), rows: designRowsSchema }),
      ]),
    }),
    needs: needs('report', 'read'),
    about: 'Runs a design: one that is kept, by id or name, or the rows given. Values are minor units, tenths of a percent or hundredths by the format of a row; null where nothing can be reckoned, as in a division by zero.',
  }),
};
