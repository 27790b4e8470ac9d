import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { asset, type DisposalPlan } from '#contract/budgets/asset.ts';
import type { AnyRow } from '#contract/kit/entity.ts';
import { isDay, today } from '#contract/kit/day.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { amount, money } from '../../parts/format.ts';
import { Answer, failureOf, Problem } from '../../parts/Problem.tsx';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import { useCall, useDo } from '../../query.ts';
import { tell } from '../../state/ui.ts';
import { useT } from '../../t.ts';
import { type AskedField, AskedFields, useAsked } from './Asked.tsx';

const fields: readonly AskedField[] = [
  { name: 'day', field: asset.fields.acquired_day, label: 'budgets.assets.day', required: true },
  { name: 'proceeds', field: asset.fields.salvage, label: 'budgets.assets.proceeds', hint: 'budgets.assets.proceedsHint' },
  { name: 'proceeds_account_id', field: asset.fields.asset_account_id, label: 'budgets.assets.proceedsAccount' },
  { name: 'party_id', field: asset.fields.party_id, label: 'budgets.assets.buyer' },
  { name: 'result_account_id', field: asset.fields.expense_account_id, label: 'budgets.assets.resultAccount', hint: 'budgets.assets.resultHint' },
];

/** Takes an asset out of the books: sold or scrapped, after showing what is posted. */
export function DisposeDialog({ row, title, close }: { readonly row: AnyRow; readonly title: string; readonly close: () => void }) {
  const t = useT();
  const currency = useCompanyCurrency();
  const typed = useAsked({ day: today(), proceeds: null, proceeds_account_id: null, party_id: null, result_account_id: null });
  const day = typed.textOf('day');
  const asked = { id: row.id, day, proceeds: typed.numberOf('proceeds') ?? 0, proceeds_account_id: typed.numberOf('proceeds_account_id'), party_id: typed.numberOf('party_id'), result_account_id: typed.numberOf('result_account_id') };
  const known = isDay(day) && Object.keys(typed.unreadable).length === 0 && asked.proceeds >= 0;
  const plan = useCall('asset.disposal', asked, { enabled: known, keep: true });
  const dispose = useDo('asset.dispose');
  const ready = known && plan.data?.problem === '' && !plan.isPlaceholderData && !dispose.isPending;
  const save = (): void =>
    dispose.mutate(
      { ...asked, version: row.version },
      {
        onSuccess: () => {
          tell(t('budgets.assets.gone', { asset: title }));
          close();
        },
      },
    );
  return (
    <FormDialog title={t('budgets.assets.disposeTitle', { asset: title })} text={t('budgets.assets.disposeText')} yes={t('budgets.assets.post')} ready={ready} run={save} close={close}>
      <AskedFields fields={fields} asked={typed} currency={currency} failure={dispose.error?.failure}>
        {known && <Answer of={plan} rows={4}>{(found) => <Plan plan={found} currency={currency} />}</Answer>}
        {dispose.error && <Problem failure={failureOf(dispose.error)} />}
      </AskedFields>
    </FormDialog>
  );
}

function Plan({ plan, currency }: { readonly plan: DisposalPlan; readonly currency: string }) {
  const t = useT();
  if (plan.problem !== '') {
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{plan.problem}</MessageBarBody>
      </MessageBar>
    );
  }
  const result = plan.result === 0 ? t('budgets.assets.even') : t(plan.result > 0 ? 'budgets.assets.gain' : 'budgets.assets.loss', { amount: money(Math.abs(plan.result), currency) });
  return (
    <>
      <p>
        {t('budgets.assets.before', { amount: money(plan.depreciation, currency), book: money(plan.book_value, currency) })} <strong>{result}</strong>
      </p>
      {plan.lines.length === 0 ? (
        <p className="quiet">{t('budgets.assets.noEntry')}</p>
      ) : (
        <table className="table" aria-label={t('budgets.assets.preview')}>
          <thead>
            <tr>
              <th scope="col">{t('budgets.assets.account')}</th>
              <th scope="col" className="figure">{t('budgets.assets.debit')}</th>
              <th scope="col" className="figure">{t('budgets.assets.credit')}</th>
            </tr>
          </thead>
          <tbody>
            {plan.lines.map((line, at) => (
              <tr key={at}>
                <th scope="row">{`${line.number} ${line.account}`.trim()}</th>
                <td className="figure">{line.amount > 0 ? amount(line.amount, currency) : ''}</td>
                <td className="figure">{line.amount < 0 ? amount(-line.amount, currency) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
