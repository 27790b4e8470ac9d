import type { RowProblem } from '#contract/company/transfer.ts';

/** Columns with their number of problems, the worst first. */
export function countBy(problems: readonly RowProblem[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { column } of problems) counts.set(column, (counts.get(column) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
