import type { Register, RegisterRow } from '#contract/budgets/report.ts';
import type { PaperColumn, PaperLine } from '../../parts/report/paper.ts';

/** The register of an account as paper and as a table for a file. */

export interface RegisterWords {
  readonly date: string;
  readonly entry: string;
  readonly narration: string;
  readonly reference: string;
  readonly debit: string;
  readonly credit: string;
  readonly balance: string;
  readonly opening: string;
  readonly closing: string;
}

const textOf = (row: RegisterRow): string => (row.text === '' || row.text === row.narration ? row.narration : row.narration === '' ? row.text : `${row.narration}: ${row.text}`);
/** Both sides of an amount: what is debited, or what is credited without its sign. */
const sidesOf = (amount: number): readonly [number, number] => (amount < 0 ? [0, -amount] : [amount, 0]);

export const registerColumns = (words: RegisterWords): readonly PaperColumn[] => [
  { key: 'date', label: words.date, share: 10, unbroken: true },
  { key: 'entry', label: words.entry, share: 15, unbroken: true },
  { key: 'narration', label: words.narration, share: 34 },
  { key: 'reference', label: words.reference, share: 12 },
  { key: 'debit', label: words.debit, share: 12, align: 'end' },
  { key: 'credit', label: words.credit, share: 12, align: 'end' },
  { key: 'balance', label: words.balance, share: 13, align: 'end' },
];

/** Balance brought forward, the lines, and the balance at the end once all lines are there. */
export function registerLines(first: Register, rows: readonly RegisterRow[], whole: boolean, words: RegisterWords, write: { readonly day: (day: string) => string; readonly amount: (minor: number) => string }, open: (entry: number) => void): readonly PaperLine[] {
  const side = (minor: number): string => (minor === 0 ? '' : write.amount(minor));
  return [
    { key: 'opening', kind: 'group', cells: ['', '', words.opening, '', '', '', write.amount(first.opening)] },
    ...rows.map((row): PaperLine => {
      const [debit, credit] = sidesOf(row.amount);
      return { key: `${row.line_id}`, kind: 'line', cells: [write.day(row.day), row.number, textOf(row), row.reference, side(debit), side(credit), write.amount(row.balance)], opens: { entry: () => open(row.entry_id) } };
    }),
    ...(whole ? [{ key: 'closing', kind: 'total' as const, cells: ['', '', words.closing, '', '', '', write.amount(first.closing)] }] : []),
  ];
}

/** For a file: days as days, amounts as minor units. */
export function registerTable(rows: readonly RegisterRow[], words: RegisterWords): { columns: { title: string; kind: 'text' | 'money' | 'day' }[]; rows: (string | number | null)[][] } {
  return {
    columns: [
      { title: words.date, kind: 'day' },
      { title: words.entry, kind: 'text' },
      { title: words.narration, kind: 'text' },
      { title: words.reference, kind: 'text' },
      { title: words.debit, kind: 'money' },
      { title: words.credit, kind: 'money' },
      { title: words.balance, kind: 'money' },
    ],
    rows: rows.map((row) => {
      const [debit, credit] = sidesOf(row.amount);
      return [row.day, row.number, textOf(row), row.reference, debit === 0 ? null : debit, credit === 0 ? null : credit, row.balance];
    }),
  };
}
