import type { fiscalYear, period } from '#contract/budgets/period.ts';
import type { Row } from '#contract/kit/entity.ts';

export type Year = Row<typeof fiscalYear>;
export type Period = Row<typeof period>;
