import type { Coverage, DesignRow } from '#contract/budgets/design.ts';
import type { AnyRow, AnyStatement } from '../statements/paper.ts';
import type { Subject } from '../statements/subject.ts';

/** A design as the page of a statement shows it. */

/** At most three rows are drawn: of the bold ones with amounts, or of all where none is bold, the first, one between, and the last. */
function lines(statement: AnyStatement): readonly AnyRow[] {
  const amounts = statement.rows.filter((row) => row.values.length > 0 && row.format === undefined);
  const strong = amounts.filter((row) => row.style === 'total' || row.style === 'subtotal');
  const wanted = strong.length > 0 ? strong : amounts;
  const places = new Set([0, Math.floor((wanted.length - 1) / 2), wanted.length - 1]);
  return wanted.filter((_row, at) => places.has(at));
}

const atEnd = (rows: readonly DesignRow[]): boolean => rows.some((row) => row.kind === 'accounts') && rows.every((row) => row.kind !== 'accounts' || row.basis === 'balance');

interface Given {
  readonly name: string;
  readonly design: { readonly id: number } | { readonly title: string; readonly covers: Coverage; readonly rows: DesignRow[] };
  readonly rows: readonly DesignRow[];
}

/** What the page of a design asks. Where all its rows are balances, it stands at the end of its days. */
export function subjectOf({ name, design, rows }: Given, more: Pick<Subject, 'preview' | 'told'> = {}): Subject {
  const ends = atEnd(rows);
  return { name, call: 'report.design', input: { design }, ends, asOf: ends, dimensions: true, method: false, drawn: { call: 'report.design', rows: lines }, ...more };
}
