import { Button, Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { Series } from '#contract/company/company.ts';
import { nounWords } from '../parts/changeWords.ts';
import { Answer, failureOf, Problem } from '../parts/Problem.tsx';
import { Screen } from '../parts/Screen.tsx';
import { useCall, useDo } from '../query.ts';
import { useCan } from '../state/session.ts';
import { tell } from '../state/ui.ts';
import { useT } from '../t.ts';
import { ReadOnly } from './ReadOnly.tsx';

/** The number series, each changed in its row. */
export function SeriesTable() {
  const t = useT();
  const can = useCan();
  const series = useCall('sequence.list', {});
  const may = can('company', 'write');
  return (
    <Screen title={t('settings.series.title')} text={t('settings.series.text')}>
      {!may && <ReadOnly />}
      <Answer of={series}>
        {(rows) => (
          <table className="table roomy" style={{ maxWidth: 760 }}>
            <thead>
              <tr>
                <th scope="col">{t('settings.series.name')}</th>
                <th scope="col">{t('settings.series.prefix')}</th>
                <th scope="col">{t('settings.series.next')}</th>
                <th scope="col">{t('settings.series.digits')}</th>
                <th scope="col">{t('settings.series.example')}</th>
                {may && (
                  <th scope="col">
                    <span className="unseen">{t('common.save')}</span>
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map((one) => (
                <SeriesRow key={`${one.id} ${one.prefix} ${one.next} ${one.digits}`} series={one} may={may} />
              ))}
            </tbody>
          </table>
        )}
      </Answer>
    </Screen>
  );
}

function SeriesRow({ series, may }: { readonly series: Series; readonly may: boolean }) {
  const t = useT();
  const update = useDo('sequence.update');
  const [prefix, setPrefix] = useState(series.prefix);
  const [next, setNext] = useState(String(series.next));
  const [digits, setDigits] = useState(String(series.digits));
  const name = nounWords(series.name);
  const changed = prefix !== series.prefix || next !== String(series.next) || digits !== String(series.digits);
  const good = /^\d{1,9}$/.test(next) && Number(next) >= 1 && /^[1-9]$/.test(digits);
  const save = (): void => {
    if (changed && good) update.mutate({ id: series.id, prefix, next: Number(next), digits: Number(digits) }, { onSuccess: () => tell(t('settings.series.saved', { name })) });
  };
  const cell = (label: string, value: string, set: (value: string) => void, width: number, figures: boolean) => (
    <td>
      <Input
        aria-label={`${label}: ${name}`}
        style={{ width }}
        input={{ className: figures ? 'tabular' : '' }}
        value={value}
        readOnly={!may}
        maxLength={figures ? 9 : 20}
        inputMode={figures ? 'numeric' : 'text'}
        onChange={(_event, data) => set(data.value)}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
    </td>
  );
  return (
    <>
      <tr>
        <th scope="row">{name}</th>
        {cell(t('settings.series.prefix'), prefix, setPrefix, 120, false)}
        {cell(t('settings.series.next'), next, setNext, 120, true)}
        {cell(t('settings.series.digits'), digits, setDigits, 64, true)}
        <td className="tabular selectable">{good ? `${prefix}${next.padStart(Number(digits), '0')}` : ''}</td>
        {may && (
          <td className="tight">
            <Button size="small" disabled={!changed || !good || update.isPending} aria-label={t('settings.series.save', { name })} onClick={save}>
              {t('common.save')}
            </Button>
          </td>
        )}
      </tr>
      {update.error && (
        <tr>
          <td colSpan={may ? 6 : 5}>
            <Problem failure={failureOf(update.error)} />
          </td>
        </tr>
      )}
    </>
  );
}
