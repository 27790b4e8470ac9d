import { Checkbox, makeStyles, Select } from '@fluentui/react-components';
import { entities } from '#contract/calls.ts';
import { dimensions } from '#contract/budgets/report.ts';
import { day, ref } from '#contract/kit/field.ts';
import { w } from '#contract/kit/words.ts';
import { DayEditor } from '../../parts/fields/DayEditor.tsx';
import { RefEditor } from '../../parts/fields/RefEditor.tsx';
import { useCan } from '../../state/session.ts';
import { useT, words } from '../../t.ts';
import { acrosses, type Calendar, type Choice, chosenDays } from './choice.ts';
import { comparisons, type Days, presets } from './days.ts';

const useStyles = makeStyles({
  select: { minWidth: '0', '> select': { fieldSizing: 'content' } },
  day: { width: '124px' },
  record: { width: '180px' },
});

interface Props {
  readonly choice: Choice;
  readonly change: (choice: Choice) => void;
  readonly calendar: Calendar;
  /** What this statement has: cash is the whole company's, and a register has one column. */
  readonly has: { readonly across: boolean; readonly dimensions: boolean; readonly zero: boolean; readonly method: boolean };
}

const anyDay = day(w('Day', 'Tag'));

/** The row of choices above a statement. */
export function Parameters({ choice, change, calendar, has }: Props) {
  const styles = useStyles();
  const t = useT();
  const can = useCan();
  const set = (part: Partial<Choice>): void => {
    const next: Choice = { ...choice };
    change(Object.assign(next, part));
  };
  const readable = dimensions.filter((one) => {
    const entity = entities[one];
    return entity !== undefined && can(entity.area, 'read');
  });
  const titleOf = (dimension: string): string => {
    const entity = entities[dimension];
    return entity ? words(entity.label) : dimension;
  };
  const now = chosenDays(choice, calendar);
  return (
    <>
      <PeriodSelect choice={choice} calendar={calendar} set={set} />
      {choice.period === 'any' && <TwoDays days={{ from: choice.from || now.from, to: choice.to || now.to }} label={t('budgets.statements.period')} set={({ from, to }) => set({ from, to })} />}
      {has.across && (
        <Select
          className={styles.select}
          aria-label={t('budgets.statements.columns')}
          value={choice.across}
          onChange={(_event, data) => set({ across: acrosses.find((one) => one === data.value) ?? 'none' })}
        >
          {(['none', 'months', 'quarters'] as const).map((one) => (
            <option key={one} value={one}>
              {t(`budgets.statements.across.${one}`)}
            </option>
          ))}
          {has.dimensions &&
            readable.map((one) => (
              <option key={one} value={one}>
                {t(`budgets.statements.across.${one}`)}
              </option>
            ))}
        </Select>
      )}
      {has.across && choice.across === 'none' && (
        <Select className={styles.select} aria-label={t('budgets.statements.compare')} value={choice.compare} onChange={(_event, data) => set({ compare: comparisons.find((one) => one === data.value) ?? 'none' })}>
          {comparisons.map((one) => (
            <option key={one} value={one}>
              {t(`budgets.statements.comparisons.${one}`)}
            </option>
          ))}
        </Select>
      )}
      {has.across && choice.across === 'none' && choice.compare === 'any' && (
        <TwoDays days={{ from: choice.compareFrom, to: choice.compareTo }} label={t('budgets.statements.compare')} set={({ from, to }) => set({ compareFrom: from, compareTo: to })} />
      )}
      {has.dimensions && (
        <Select
          className={styles.select}
          aria-label={t('budgets.statements.filter')}
          value={choice.dimension}
          onChange={(_event, data) => set({ dimension: readable.find((one) => one === data.value) ?? '', dimensionId: 0 })}
        >
          <option value="">{t('budgets.statements.whole')}</option>
          {readable.map((one) => (
            <option key={one} value={one}>
              {titleOf(one)}
            </option>
          ))}
        </Select>
      )}
      {has.dimensions && choice.dimension !== '' && (
        <div className={styles.record}>
          <RefEditor
            key={choice.dimension}
            field={ref(w(titleOf(choice.dimension), titleOf(choice.dimension)), choice.dimension)}
            value={choice.dimensionId || null}
            change={(id) => set({ dimensionId: typeof id === 'number' ? id : 0 })}
            tell={() => undefined}
            label={titleOf(choice.dimension)}
            placeholder={t('budgets.statements.choose', { what: titleOf(choice.dimension) })}
            currency=""
          />
        </div>
      )}
      {has.method && (
        <Select className={styles.select} aria-label={t('budgets.statements.method')} value={choice.indirect ? 'indirect' : 'direct'} onChange={(_event, data) => set({ indirect: data.value === 'indirect' })}>
          <option value="direct">{t('budgets.statements.direct')}</option>
          <option value="indirect">{t('budgets.statements.indirect')}</option>
        </Select>
      )}
      {has.zero && <Checkbox label={t('budgets.statements.zero')} checked={choice.zero} onChange={(_event, data) => set({ zero: data.checked === true })} />}
    </>
  );
}

function PeriodSelect({ choice, calendar, set }: { readonly choice: Choice; readonly calendar: Calendar; readonly set: (part: Partial<Choice>) => void }) {
  const styles = useStyles();
  const t = useT();
  const now = chosenDays(choice, calendar);
  const known = choice.period === 'any' || presets.some((one) => one === choice.period) || calendar.years.some((one) => `year:${one.id}` === choice.period) || calendar.periods.some((one) => `period:${one.id}` === choice.period);
  return (
    <Select
      className={styles.select}
      aria-label={t('budgets.statements.period')}
      value={known ? choice.period : 'year'}
      onChange={(_event, data) => set(data.value === 'any' ? { period: 'any', from: now.from, to: now.to } : { period: data.value })}
    >
      {presets.map((one) => (
        <option key={one} value={one}>
          {t(`budgets.statements.presets.${one}`)}
        </option>
      ))}
      <option value="any">{t('budgets.statements.any')}</option>
      {calendar.years.length > 0 && (
        <optgroup label={t('budgets.statements.years')}>
          {calendar.years.map((one) => (
            <option key={one.id} value={`year:${one.id}`}>
              {one.name}
            </option>
          ))}
        </optgroup>
      )}
      {calendar.periods.length > 0 && (
        <optgroup label={t('budgets.statements.periods')}>
          {calendar.periods.map((one) => (
            <option key={one.id} value={`period:${one.id}`}>
              {one.name}
            </option>
          ))}
        </optgroup>
      )}
    </Select>
  );
}

/** The first and the last of some days. */
export function TwoDays({ days, label, set }: { readonly days: Days; readonly label: string; readonly set: (days: Days) => void }) {
  const styles = useStyles();
  const t = useT();
  const one = (part: keyof Days, name: string) => (
    <div className={styles.day}>
      <DayEditor field={anyDay} value={days[part]} change={(value) => set({ ...days, [part]: typeof value === 'string' ? value : '' })} tell={() => undefined} label={`${label}: ${name}`} currency="" />
    </div>
  );
  return (
    <>
      {one('from', t('budgets.statements.from'))}
      {one('to', t('budgets.statements.to'))}
    </>
  );
}
