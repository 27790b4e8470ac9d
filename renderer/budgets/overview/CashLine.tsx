import { useCompanyCurrency } from '../../parts/record/rights.ts';
import type { Calendar } from '../statements/choice.ts';
import { StatementChart } from '../statements/StatementChart.tsx';

/** Cash at the end of each of the last twelve months. */
export function CashLine({ calendar }: { readonly calendar: Calendar }) {
  const currency = useCompanyCurrency();
  return (
    <section className="card-block">
      <StatementChart kind="cash_flow" choice={{ dimension: '', dimensionId: 0 }} to={calendar.today} currency={currency} />
    </section>
  );
}
