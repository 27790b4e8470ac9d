import { useCompanyCurrency } from '../../parts/record/rights.ts';
import type { Calendar } from '../statements/choice.ts';
import { drawn, StatementChart } from '../statements/StatementChart.tsx';

/** Cash at the end of each of the last twelve months. */
export function CashLine({ calendar }: { readonly calendar: Calendar }) {
  const currency = useCompanyCurrency();
  return (
    <section className="card-block">
      <StatementChart subject={{ drawn: drawn.cash_flow, input: {}, dimensions: false }} choice={{ dimension: '', dimensionId: 0 }} to={calendar.today} currency={currency} />
    </section>
  );
}
