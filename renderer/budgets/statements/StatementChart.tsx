import { exponentOf } from '#contract/kit/money.ts';
import { LineChart, type Series } from '../../parts/chart/index.ts';
import { amount, decimal } from '../../parts/format.ts';
import { Answer } from '../../parts/Problem.tsx';
import { useAsk } from '../../query.ts';
import { locale, useT } from '../../t.ts';
import type { Choice, Kind } from './choice.ts';
import { twelveMonths } from './days.ts';
import type { AnyRow, AnyStatement } from './paper.ts';

/** The rows that become lines, the last of which the title speaks of; where that is a result, it is a profit or a loss. */
export interface Drawn {
  readonly call: string;
  readonly rows: (statement: AnyStatement) => readonly AnyRow[];
  readonly result?: boolean;
}

const named = (...keys: readonly string[]) => (statement: AnyStatement): readonly AnyRow[] => keys.flatMap((key) => statement.rows.filter((row) => row.key === key));

/** What the built-in statements draw over twelve months. */
export const drawn: Readonly<Record<Kind, Drawn>> = {
  trial_statement: { call: 'report.balance_sheet', rows: named('total.asset', 'total.liability') },
  balance_sheet: { call: 'report.balance_sheet', rows: named('total.asset', 'total.liability') },
  profit_and_loss: { call: 'report.profit_and_loss', rows: named('total.income', 'total.expense', 'result'), result: true },
  cash_flow: { call: 'report.cash_flow', rows: named('end') },
};

interface Props {
  readonly subject: { readonly drawn: Drawn; readonly input: Readonly<Record<string, unknown>>; readonly dimensions: boolean };
  readonly choice: Pick<Choice, 'dimension' | 'dimensionId'>;
  readonly to: string;
  readonly currency: string;
}

/** Twelve months up to the last one of the statement, as lines. */
export function StatementChart({ subject, choice, to, currency }: Props) {
  const t = useT();
  const { call, rows, result = false } = subject.drawn;
  const month = new Intl.DateTimeFormat(locale(), { month: 'short', year: '2-digit', timeZone: 'UTC' });
  const columns = twelveMonths(to).map((one) => ({ ...one, label: month.format(new Date(`${one.from}T00:00:00Z`)) }));
  const only = subject.dimensions && choice.dimension !== '' && choice.dimensionId > 0 ? { only: { dimension: choice.dimension, id: choice.dimensionId } } : {};
  const found = useAsk<AnyStatement>(call, { columns, ...only, ...subject.input }, { keep: true });
  return (
    <Answer of={found} rows={6}>
      {(statement) => {
        const lines = rows(statement).map((row): Series => ({ label: row.label, values: row.values.map((value) => value ?? 0) }));
        const last = lines.at(-1);
        const [first, end] = [last?.values[0] ?? 0, last?.values.at(-1) ?? 0];
        const whole = (value: number): string => decimal(value, exponentOf(currency)).replace(/[.,]\d+$/, exponentOf(currency) > 0 ? '' : '$&');
        const finding = t(`budgets.statements.findings.${result ? (end < 0 ? 'loss' : 'profit') : end > first ? 'rose' : end < first ? 'fell' : 'stayed'}`, {
          what: last?.label ?? '',
          amount: amount(end, currency).replace(/^-/, '\u2212'),
          before: amount(first, currency).replace(/^-/, '\u2212'),
          month: columns.at(-1)?.label ?? '',
        });
        return (
          <>
            <h2 className="unseen">{t('budgets.statements.chart')}</h2>
            <LineChart
              title={finding}
              about={t('budgets.statements.chartAbout', { currency, from: columns[0]?.label ?? '', to: columns.at(-1)?.label ?? '' })}
              points={columns.map((one) => one.label)}
              series={lines}
              by={t('budgets.statements.month')}
              format={whole}
              height={220}
            />
          </>
        );
      }}
    </Answer>
  );
}
