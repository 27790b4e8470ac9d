import type { engagement } from '#contract/budgets/engagement.ts';
import type { auditItem, auditSample } from '#contract/budgets/engagement.ts';
import type { AnyRow, Row } from '#contract/kit/entity.ts';

/** Records of an audit as the window has them. */
export type Audit = Row<typeof engagement>;
export type Item = Row<typeof auditItem>;
export type Sample = Row<typeof auditSample>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** What the pages need of an audit, out of the row of its record page. */
export interface AuditFacts {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly from: string;
  readonly until: string;
  readonly concluded: boolean;
  readonly materiality: number | null;
  readonly tolerable: number | null;
}

export const factsOf = (row: AnyRow): AuditFacts => ({
  id: row.id,
  number: textOf(row['number']),
  name: textOf(row['name']),
  from: textOf(row['from_day']),
  until: textOf(row['until_day']),
  concluded: row['state'] === 'concluded',
  materiality: numberOf(row['materiality']),
  tolerable: numberOf(row['tolerable']),
});
