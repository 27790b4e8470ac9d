import { locale } from '../../t.ts';
import { fetchPreference } from '../../state/preference.ts';
import { fetchAsk } from '../../query.ts';
import { type Choice, columnsFor, firstChoice, isChoice, type Kind } from './choice.ts';
import type { AnyStatement } from './paper.ts';
import { type Drawn, drawn } from './StatementChart.tsx';
import { fetchCalendar } from './useCalendar.ts';

/** What a page of a statement is about, and what it asks. */

/** What is shown on the page of a statement: a call of the office, and what its choices and its chart are. */
export interface Subject {
  /** Under this name its choices are remembered. */
  readonly name: string;
  readonly call: 'report.trial_statement' | 'report.balance_sheet' | 'report.profit_and_loss' | 'report.cash_flow' | 'report.design';
  /** What is asked beside the columns. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Its columns stand at the end of their days, and the paper does. */
  readonly ends: boolean;
  readonly asOf: boolean;
  readonly dimensions: boolean;
  readonly method: boolean;
  readonly drawn: Drawn;
  /** Beside what is being designed: the period is all there is to choose. */
  readonly preview?: boolean;
  /** Hears what came. */
  readonly told?: (statement: AnyStatement) => void;
}

/** The statements that are built in. */
export const builtIn = (kind: Kind): Subject => ({
  name: kind,
  call: `report.${kind}`,
  input: {},
  ends: kind === 'trial_statement' || kind === 'balance_sheet',
  asOf: kind === 'balance_sheet',
  dimensions: kind !== 'cash_flow',
  method: kind === 'cash_flow',
  drawn: drawn[kind],
});

/** Under this name the choices above it are remembered. */
export const choiceKey = (subject: Subject): string => `statement.${subject.name}`;

/** What is chosen until somebody chooses. */
export const startOf = (subject: Subject): Choice => (subject.name === 'trial_statement' || subject.preview === true ? { ...firstChoice, compare: 'none' } : firstChoice);

/** Whether only what names one department, place or the like is counted. */
export const isFiltered = (subject: Subject, choice: Choice): boolean => subject.dimensions && choice.dimension !== '' && choice.dimensionId > 0;

/** What the call of the subject is given. */
export const inputFor = (subject: Subject, choice: Choice, asked: ReturnType<typeof columnsFor>): Readonly<Record<string, unknown>> => ({
  columns: asked.columns,
  ...(choice.zero ? { zero: true } : {}),
  ...(asked.compare ? { compare: true } : {}),
  ...(asked.by && subject.dimensions ? { by: asked.by } : {}),
  ...(isFiltered(subject, choice) ? { only: { dimension: choice.dimension, id: choice.dimensionId } } : {}),
  ...(subject.method ? { method: choice.indirect ? 'indirect' : 'direct' } : {}),
  ...subject.input,
});

/** Asks for what a page of a statement will show, so that it is there when the page comes. */
export async function fetchStatement(kind: Kind): Promise<void> {
  const subject = builtIn(kind);
  const [calendar, kept] = await Promise.all([fetchCalendar(), fetchPreference(choiceKey(subject))]);
  const choice = isChoice(kept) ? kept : startOf(subject);
  await fetchAsk<AnyStatement>(subject.call, inputFor(subject, choice, columnsFor(choice, calendar, locale(), subject.ends)));
}
