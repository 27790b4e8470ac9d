import { Field, makeStyles, MessageBar, MessageBarBody, Select } from '@fluentui/react-components';
import { useId, useState } from 'react';
import { asset, assetMethods, type Purchase } from '#contract/budgets/asset.ts';
import { isDay } from '#contract/kit/day.ts';
import { FormDialog } from '../../parts/FormDialog.tsx';
import { amount, day, money } from '../../parts/format.ts';
import { Answer, failureOf, Problem } from '../../parts/Problem.tsx';
import { useCompanyCurrency } from '../../parts/record/rights.ts';
import { useCall, useDo } from '../../query.ts';
import { go, placeOf, tell } from '../../state/ui.ts';
import { useT, words } from '../../t.ts';
import { type AskedField, AskedFields, useAsked } from './Asked.tsx';

const useStyles = makeStyles({ facts: { marginTop: '8px', marginBottom: '8px' } });

/** By units takes a number of units beside; that is filled in on the asset itself. */
const methods = assetMethods.filter((one) => one.value !== 'units');
type Method = Exclude<(typeof assetMethods)[number]['value'], 'units'>;
const isMethod = (text: string): text is Method => methods.some((one) => one.value === text);

const fields: readonly AskedField[] = [
  { name: 'name', field: asset.fields.name, required: true },
  { name: 'method', field: { ...asset.fields.method, options: methods }, required: true },
  { name: 'life_months', field: asset.fields.life_months },
  { name: 'in_use_day', field: asset.fields.in_use_day, required: true },
  { name: 'salvage', field: asset.fields.salvage },
  { name: 'rate_ppm', field: asset.fields.rate_ppm },
  { name: 'depreciation_account_id', field: asset.fields.depreciation_account_id },
  { name: 'expense_account_id', field: asset.fields.expense_account_id },
];

const begun = (of: Purchase): Readonly<Record<string, unknown>> => ({ name: of.name, method: 'straight_line', life_months: null, in_use_day: of.day, salvage: null, rate_ppm: null, depreciation_account_id: of.depreciation_account_id, expense_account_id: of.expense_account_id });

/** Makes an asset of a line of a posted entry; what the line says is filled in. */
export function CapitaliseDialog({ entry, close }: { readonly entry: { readonly id: number; readonly number: string }; readonly close: () => void }) {
  const t = useT();
  const found = useCall('asset.purchases', { entry_id: entry.id });
  const first = found.data?.find((one) => one.asset === null) ?? found.data?.[0];
  if (found.data && first) return <Chosen entry={entry} lines={found.data} first={first} close={close} />;
  // Shown once it is known what to ask, so that the focus stands in the first field from the beginning.
  if (found.isPending) return null;
  return (
    <FormDialog title={t('budgets.assets.capitaliseTitle', { number: entry.number })} text={t('budgets.assets.capitaliseText')} yes={t('budgets.assets.capitaliseYes')} ready={false} run={close} close={close}>
      <Answer of={found} rows={6}>{() => <p>{t('budgets.assets.noLine')}</p>}</Answer>
    </FormDialog>
  );
}

interface ChosenProps {
  readonly entry: { readonly id: number; readonly number: string };
  readonly lines: readonly Purchase[];
  readonly first: Purchase;
  readonly close: () => void;
}

function Chosen({ entry, lines, first, close }: ChosenProps) {
  const styles = useStyles();
  const t = useT();
  const id = useId();
  const currency = useCompanyCurrency();
  const [line, setLine] = useState(first.line);
  const purchase = lines.find((one) => one.line === line) ?? first;
  const typed = useAsked(begun(purchase));
  const choose = (wanted: number): void => {
    const other = lines.find((one) => one.line === wanted);
    if (!other) return;
    make.reset();
    setLine(wanted);
    typed.set(begun(other));
  };
  const make = useDo('asset.capitalise');
  const [name, method, inUse] = [typed.textOf('name').trim(), typed.textOf('method'), typed.textOf('in_use_day')];
  const ready = purchase.asset === null && name !== '' && isMethod(method) && isDay(inUse) && Object.keys(typed.unreadable).length === 0 && !make.isPending;
  const save = (): void => {
    if (!isMethod(method)) return;
    make.mutate(
      { entry_id: entry.id, line: purchase.line, name, method, in_use_day: inUse, life_months: typed.numberOf('life_months'), rate_ppm: typed.numberOf('rate_ppm'), salvage: typed.numberOf('salvage'), depreciation_account_id: typed.numberOf('depreciation_account_id'), expense_account_id: typed.numberOf('expense_account_id') },
      {
        onSuccess: (made) => {
          tell(t('budgets.assets.capitalised', { asset: name }));
          close();
          void go(placeOf(asset.name, made.id));
        },
      },
    );
  };
  const lineOf = (one: Purchase): string => `${one.account.subtitle} ${one.account.title}, ${amount(one.cost, currency)}, ${one.name}`.trim();
  const facts = [
    [words(asset.fields.cost.label), money(purchase.cost, currency)],
    [words(asset.fields.acquired_day.label), day(purchase.day)],
    [words(asset.fields.asset_account_id.label), `${purchase.account.subtitle} ${purchase.account.title}`.trim()],
    ...(purchase.supplier ? [[words(asset.fields.party_id.label), purchase.supplier.title] as const] : []),
  ] as const;
  return (
    <FormDialog title={t('budgets.assets.capitaliseTitle', { number: entry.number })} text={t('budgets.assets.capitaliseText')} yes={t('budgets.assets.capitaliseYes')} ready={ready} run={save} close={close}>
      <AskedFields
        fields={purchase.asset === null ? fields : []}
        asked={typed}
        currency={currency}
        failure={make.error?.failure}
        above={
          <>
            {lines.length > 1 && (
              <Field label={{ children: t('budgets.assets.line'), htmlFor: id }}>
                <Select id={id} value={String(purchase.line)} onChange={(_event, data) => choose(Number(data.value))}>
                  {lines.map((one) => (
                    <option key={one.line} value={one.line}>{lineOf(one)}</option>
                  ))}
                </Select>
              </Field>
            )}
            <dl className={`facts ${styles.facts}`}>
              {facts.map(([label, value]) => (
                <div key={label} style={{ display: 'contents' }}>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
            {purchase.asset !== null && (
              <MessageBar intent="info">
                <MessageBarBody>{t('budgets.assets.already', { asset: `${purchase.asset.subtitle} ${purchase.asset.title}`.trim() })}</MessageBarBody>
              </MessageBar>
            )}
            {purchase.asset === null && !purchase.likely && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>{t('budgets.assets.unlikely')}</MessageBarBody>
              </MessageBar>
            )}
          </>
        }
      >
        {make.error && !fields.some((one) => one.name === make.error?.failure.field) && <Problem failure={failureOf(make.error)} />}
      </AskedFields>
    </FormDialog>
  );
}
